// Printing through the system: the pages as pictures, one a sheet, and the system's own dialog. What is on the screen is hidden
// meanwhile by the style sheet of the preview.
import type { OpenedPages } from "$kit/pages";

/** Fine enough for small print and bar codes, and small enough for a printer's queue. */
const DOTS = 200;

/** Prints every page; comes back when the system's dialog is closed. */
export async function printPages(pages: OpenedPages): Promise<void> {
  const sheets = document.createElement("div");
  sheets.className = "sheets";
  const addresses: string[] = [];
  try {
    for (let page = 1; page <= pages.count; page++) {
      const address = URL.createObjectURL(await pages.picture(page, DOTS));
      addresses.push(address);
      const sheet = new Image();
      sheet.src = address;
      sheets.append(sheet);
      await sheet.decode();
    }
    document.body.append(sheets);
    const closed = new Promise<void>((resolve) => addEventListener("afterprint", () => resolve(), { once: true }));
    window.print();
    await closed;
  } finally {
    sheets.remove();
    for (const address of addresses) URL.revokeObjectURL(address);
  }
}
