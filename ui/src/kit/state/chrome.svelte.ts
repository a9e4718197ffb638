// What a screen puts into the window's frame: its own controls in the header.
import type { Snippet } from "svelte";

class Chrome {
  header = $state.raw<Snippet | null>(null);

  /** Puts a screen's controls into the header until the returned function is called; for `$effect`. */
  fill(header: Snippet): () => void {
    this.header = header;
    return () => {
      if (this.header === header) this.header = null;
    };
  }
}

export const chrome = new Chrome();
