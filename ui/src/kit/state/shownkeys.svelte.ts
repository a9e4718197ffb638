// Recovery keys that were made while the session ended (a re-key signs everybody out): the entrance shows them first, so
// that a key that is shown once is seen once.
import type { ShownKey } from "../recovery";

class ShownKeys {
  keys = $state.raw<ShownKey[]>([]);

  show(keys: ShownKey[]): void {
    this.keys = keys;
  }

  confirmed(): void {
    this.keys = [];
  }
}

export const shownKeys = new ShownKeys();
