// The real host: commands by Tauri's invoke, announcements by its one event `changed`.
import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import type { Announcement, Host } from "./door";
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
