// The real host: commands by Tauri's invoke, announcements by its one event `changed`.
import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import type { Announcement, Host } from "./door";

export function tauriHost(): Host {
  return {
    invoke: (name, request) => invoke(name, { request }),
    listen: (hear) => listen<Announcement>("changed", (event) => hear(event.payload)),
  };
}
