// The parts of the data-protection office: what they need, and where they are. Each is loaded when it is first shown.
import type { Component } from "svelte";
import type { Permission } from "$backend/types";
import type { IconName } from "$kit/icons";

export type PartName = "due" | "leaving";

interface Part {
  name: PartName;
  icon: IconName;
  needs: Permission[];
  load: () => Promise<{ default: Component }>;
}

export const PARTS: Part[] = [
  { name: "due", icon: "clock", needs: ["keep_privacy"], load: () => import("./due/Due.svelte") },
  { name: "leaving", icon: "sign_out", needs: ["export_data"], load: () => import("./leaving/Leaving.svelte") },
];
