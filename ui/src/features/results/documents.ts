// Documents in and out, piece by piece: neither side ever holds more of one on the disk than sealed bytes.
import { call } from "$backend/door";
import { base64Of, bytesOf } from "$backend/files";
import type { DocumentId, DocumentView, FiledDocumentView, PatientId } from "$backend/types";

export const CATEGORIES = ["letter", "report", "imaging", "administrative", "photo", "other"] as const;
export type Category = (typeof CATEGORIES)[number];

interface Filing {
  patient: PatientId;
  title: string;
  category: Category;
  dated: string;
}

/** Hands a file over and files it. `step` is told how far it is and answers whether to go on; null where it was stopped. */
export async function fileDocument(file: File, filing: Filing, step: (done: number) => boolean): Promise<FiledDocumentView | null> {
  const { handle, piece } = await call("begin_document", { patient_id: filing.patient });
  for (let offset = 0; offset < file.size; offset += piece) {
    if (!step(offset)) {
      await call("cancel_document", { handle });
      return null;
    }
    await call("add_document_piece", { handle, offset, base64: await base64Of(file.slice(offset, offset + piece)) });
  }
  return call("file_document", { handle, title: filing.title, category: filing.category, dated: filing.dated });
}

/** All bytes of a document, once the host found all of it whole. */
export async function readDocument(id: DocumentId, step: (done: number, total: number) => void): Promise<{ document: DocumentView; bytes: Uint8Array<ArrayBuffer> }> {
  const { handle, document } = await call("open_document", { id });
  const bytes = new Uint8Array(document.bytes);
  let at = 0;
  for (let last = false; !last; ) {
    const piece = await call("read_document", { handle });
    const part = bytesOf(piece.base64);
    bytes.set(part, at);
    at += part.length;
    last = piece.last;
    step(at, document.bytes);
  }
  return { document, bytes };
}
