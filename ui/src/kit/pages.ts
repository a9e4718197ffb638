// The pages of a PDF, drawn by pdf.js: on the screen, and once more, finer, for the printer. Nothing in the document runs, and
// nothing is fetched for it.
//
// Not here: forms, links, the text layer for selecting. The words of a page are told to who cannot see it.
import { getDocument, GlobalWorkerOptions, type PDFDocumentProxy, type PDFPageProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import type { TextContent } from "pdfjs-dist/types/src/display/api";
import worker from "pdfjs-dist/legacy/build/pdf.worker.min.mjs?url";

GlobalWorkerOptions.workerSrc = worker;

/** Points of a PDF an inch. */
const POINTS = 72;

export interface OpenedPages {
  count: number;
  /** Height by width of a page, counted from 1. */
  shape(page: number): Promise<number>;
  /** Draws a page so that it is so many device pixels wide. */
  draw(page: number, canvas: HTMLCanvasElement, width: number): Promise<void>;
  /** A page as a picture of so many dots an inch. */
  picture(page: number, dots: number): Promise<Blob>;
  /** What stands on a page. */
  words(page: number): Promise<string>;
  close(): Promise<void>;
}

/** Draws a page at a scale, on the screen or for the printer. */
async function render(page: PDFPageProxy, canvas: HTMLCanvasElement, scale: number, intent: "display" | "print"): Promise<void> {
  const viewport = page.getViewport({ scale });
  canvas.width = Math.round(viewport.width);
  canvas.height = Math.round(viewport.height);
  await page.render({ canvas, viewport, intent }).promise;
}

class Pages implements OpenedPages {
  readonly #document: PDFDocumentProxy;

  constructor(document: PDFDocumentProxy) {
    this.#document = document;
  }

  get count(): number {
    return this.#document.numPages;
  }

  async shape(page: number): Promise<number> {
    const { width, height } = (await this.#document.getPage(page)).getViewport({ scale: 1 });
    return height / width;
  }

  async draw(page: number, canvas: HTMLCanvasElement, width: number): Promise<void> {
    const one = await this.#document.getPage(page);
    await render(one, canvas, width / one.getViewport({ scale: 1 }).width, "display");
  }

  async picture(page: number, dots: number): Promise<Blob> {
    const canvas = document.createElement("canvas");
    await render(await this.#document.getPage(page), canvas, dots / POINTS, "print");
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
    // A canvas of no size frees its memory at once.
    canvas.width = canvas.height = 0;
    if (!blob) throw new Error("no picture of the page");
    return blob;
  }

  async words(page: number): Promise<string> {
    // Read by its reader: WebKitGTK's streams cannot be walked by `for await`, as pdf.js' own shortcut does.
    const stream = (await this.#document.getPage(page)).streamTextContent() as ReadableStream<TextContent>;
    const reader = stream.getReader();
    let words = "";
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      for (const item of part.value.items) if ("str" in item) words += item.str + (item.hasEOL ? "\n" : "");
    }
    return words;
  }

  async close(): Promise<void> {
    await this.#document.loadingTask.destroy();
  }
}

/** Opens a PDF; fails where it is none. */
export async function openPages(bytes: Uint8Array): Promise<OpenedPages> {
  const task = getDocument({ data: bytes, isEvalSupported: false, enableXfa: false, useWorkerFetch: false, useSystemFonts: false });
  return new Pages(await task.promise);
}
