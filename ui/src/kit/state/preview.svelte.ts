// A document that is shown before it is printed or kept. One at a time; whatever has a PDF to show says so here, and the
// window's one preview shows it.
import type { FileView } from "$backend/types";

class Preview {
  file = $state.raw<FileView | null>(null);

  /** Shows a PDF of the host's: from there it is printed or kept. */
  show(file: FileView): void {
    this.file = file;
  }

  close(): void {
    this.file = null;
  }
}

export const preview = new Preview();
