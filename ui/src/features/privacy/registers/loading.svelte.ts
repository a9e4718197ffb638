// A view of a register that is read again whenever something of it moved.
import { isRefusal, onChange } from "$backend/door";
import { clock } from "$kit/state/clock.svelte";
import { refusalText } from "$messages/index";

export class Loaded<View extends object> {
  view = $state.raw<View | null>(null);
  refused = $state<string | null>(null);
  readonly #ask: () => Promise<View>;

  constructor(ask: () => Promise<View>) {
    this.#ask = ask;
  }

  async load(): Promise<void> {
    try {
      const view = await this.#ask();
      // Nobody may have asked what time it is there before this screen.
      if ("wall" in view && typeof view.wall === "string") clock.set(view.wall);
      this.view = view;
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
