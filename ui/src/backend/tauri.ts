// The real host: commands by Tauri's invoke, announcements by its one event `changed`.
import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import type { Announcement, Host } from "./door";
import type { FileKind } from "./files";
import type { FileView } from "./types";

export function tauriHost(): Host {
  return {
    invoke: (name, request, practice) => invoke(name, { request, practice }),
    listen: (hear) => listen<Announcement>("changed", (event) => hear(event.payload)),
  };
}

/** The host asks where, and writes; null where the user thought better of it. */
export function saveFile(file: FileView): Promise<string | null> {
  return invoke<string | null>("save_file", { request: file });
}

/** The host asks which folder; null where the user thought better of it. */
export function chooseFolder(): Promise<string | null> {
  return invoke<string | null>("choose_folder");
}

/** The host asks which file; null where the user thought better of it. */
export function chooseFile(kind: FileKind): Promise<string | null> {
  return invoke<string | null>("choose_file", { kind });
}

/** The second window, for the waiting room's wall. */
export function openWallDisplay(practice: string | null): Promise<void> {
  return invoke("open_wall_display", { request: {}, practice });
}

export function closeWallDisplay(): Promise<void> {
  return invoke("close_wall_display", { request: {} });
}
