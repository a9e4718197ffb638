// Files that the host made, for the user to keep: in the window the host asks where and writes; in a browser the page
// hands it over as a download. And the choice of a backup, which only the window can offer.
import { isWindow } from "./door";
import type { FileView } from "./types";

/** The bytes of a file of the host's. */
export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
}

function asBase64(bytes: Uint8Array): string {
  let binary = "";
  for (let at = 0; at < bytes.length; at += 0x8000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(binary);
}

/** Bytes as a file, for the preview and for keeping. */
export function asFile(name: string, media: string, bytes: Uint8Array): FileView {
  return { name, media, base64: asBase64(bytes) };
}

/** A text of ours as a file: the report of a take-over, say. */
export function textFile(name: string, media: string, text: string): FileView {
  return { name, media, base64: asBase64(new TextEncoder().encode(text)) };
}

/** The bytes of a file that was chosen or dropped, base 64, as the host takes them. */
export async function base64Of(file: Blob): Promise<string> {
  return asBase64(new Uint8Array(await file.arrayBuffer()));
}

/** Keeps a file where the user says; answers with its name, or null where the user thought better of it. */
export async function saveFile(file: FileView): Promise<string | null> {
  if (isWindow()) return (await import("./tauri")).saveFile(file);
  const link = document.createElement("a");
  const address = URL.createObjectURL(new Blob([bytesOf(file.base64)], { type: file.media }));
  link.href = address;
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  return file.name;
}

/** Which folder the user means, by the host's dialog; null where they thought better of it, or where there is no dialog. */
export async function chooseFolder(): Promise<string | null> {
  return isWindow() ? (await import("./tauri")).chooseFolder() : null;
}

/** Whether there is a dialog to choose with: in the window only. */
export function canChoose(): boolean {
  return isWindow();
}

/** What the system's dialog may be asked for. */
export type FileKind = "archive" | "backup" | "drug_archive" | "thesaurus";

/** The path of a file that the user chooses in the system's dialog; null where they thought better of it. */
export async function chooseFile(kind: FileKind): Promise<string | null> {
  return isWindow() ? (await import("./tauri")).chooseFile(kind) : null;
}
