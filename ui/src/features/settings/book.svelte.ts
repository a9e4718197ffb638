// The practice as the settings show it, asked for once and again whenever something of it changed.
import { call, onChange } from "$backend/door";
import type { PracticeView } from "$backend/types";

class Book {
  practice = $state.raw<PracticeView | null>(null);

  async load(): Promise<void> {
    this.practice = await call("show_practice", {});
  }

  /** Follows changes until the returned function is called. */
  follow(): () => void {
    void this.load().catch(() => undefined);
    return onChange("practice", () => void this.load().catch(() => undefined));
  }
}

export const book = new Book();
