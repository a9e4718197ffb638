// The parts of the data-protection office: what they need, and where they are. Each is loaded when it is first shown.
import type { Component } from "svelte";
import type { Permission } from "$backend/types";
import type { IconName } from "$kit/icons";

export type PartName =
  | "due"
  | "requests"
  | "consents"
  | "disclosures"
  | "retention"
  | "activities"
  | "processors"
  | "breaches"
  | "reviews"
  | "leaving";

interface Part {
  name: PartName;
  icon: IconName;
  needs: Permission[];
  load: () => Promise<{ default: Component }>;
}

export const PARTS: Part[] = [
  { name: "due", icon: "clock", needs: ["keep_privacy"], load: () => import("./due/Due.svelte") },
  { name: "requests", icon: "mail", needs: ["take_requests"], load: () => import("./requests/Requests.svelte") },
  { name: "consents", icon: "check", needs: ["keep_privacy"], load: () => import("./consents/Consents.svelte") },
  { name: "disclosures", icon: "publishing", needs: ["keep_privacy"], load: () => import("./disclosures/Disclosures.svelte") },
  { name: "retention", icon: "history", needs: ["keep_privacy"], load: () => import("./retention/Retention.svelte") },
  { name: "activities", icon: "list", needs: ["keep_privacy"], load: () => import("./activities/Activities.svelte") },
  { name: "processors", icon: "building", needs: ["keep_privacy"], load: () => import("./processors/Processors.svelte") },
  { name: "breaches", icon: "warning", needs: ["keep_privacy"], load: () => import("./breaches/Breaches.svelte") },
  { name: "reviews", icon: "shield", needs: ["keep_privacy"], load: () => import("./reviews/Reviews.svelte") },
  { name: "leaving", icon: "sign_out", needs: ["export_data"], load: () => import("./leaving/Leaving.svelte") },
];
