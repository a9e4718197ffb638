// A view of a register that is read again whenever something of it moved.
import { isRefusal, onChange } from "$backend/door";
import { refusalText } from "$messages/index";

export class Loaded<View> {
  view = $state.raw<View | null>(null);
  refused = $state<string | null>(null);
  readonly #ask: () => Promise<View>;

  constructor(ask: () => Promise<View>) {
    this.#ask = ask;
  }

  async load(): Promise<void> {
    try {
      this.view = await this.#ask();
      this.refused = null;
    } catch (reason) {
      if (!isRefusal(reason)) throw reason;
      this.refused = refusalText(reason);
    }
  }

  /** Reads now and after each change, until the returned function is called. */
  watch(): () => void {
    void this.load();
    return onChange("privacy", () => void this.load());
  }
}
