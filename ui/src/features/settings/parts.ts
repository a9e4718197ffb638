// The parts of the settings: what they need, and where they are. Each is loaded when it is first shown.
import type { Component } from "svelte";
import type { Permission } from "$backend/types";
import type { IconName } from "$kit/icons";

export type PartName =
  | "practice"
  | "practitioners"
  | "papers"
  | "types"
  | "resources"
  | "hours"
  | "calendar"
  | "waiting"
  | "attendance"
  | "users"
  | "reading"
  | "publishing"
  | "messages"
  | "portal"
  | "exports"
  | "backups"
  | "journal"
  | "preferences"
  | "password";

interface Part {
  name: PartName;
  icon: IconName;
  needs: Permission[];
  load: () => Promise<{ default: Component }>;
}

export const PARTS: Part[] = [
  { name: "practice", icon: "building", needs: ["manage_settings"], load: () => import("./practice/Practice.svelte") },
  { name: "practitioners", icon: "doctor", needs: ["manage_settings"], load: () => import("./practice/Practitioners.svelte") },
  { name: "papers", icon: "file", needs: ["manage_settings"], load: () => import("./papers/Papers.svelte") },
  { name: "types", icon: "list", needs: ["manage_settings"], load: () => import("./practice/Types.svelte") },
  { name: "resources", icon: "room", needs: ["manage_settings"], load: () => import("./practice/Resources.svelte") },
  { name: "hours", icon: "clock", needs: ["read_agenda"], load: () => import("./hours/Hours.svelte") },
  { name: "calendar", icon: "calendar", needs: ["manage_settings"], load: () => import("./calendar/Calendar.svelte") },
  { name: "waiting", icon: "waiting", needs: ["manage_settings"], load: () => import("./waiting/Waiting.svelte") },
  { name: "attendance", icon: "missed", needs: ["manage_settings"], load: () => import("./attendance/Attendance.svelte") },
  { name: "users", icon: "users", needs: ["manage_users"], load: () => import("./users/Users.svelte") },
  { name: "reading", icon: "file", needs: ["grant_clinical"], load: () => import("./users/Reading.svelte") },
  { name: "publishing", icon: "publishing", needs: ["publish_agenda"], load: () => import("./publishing/Publishing.svelte") },
  { name: "messages", icon: "mail", needs: ["manage_settings"], load: () => import("./messages/Messages.svelte") },
  { name: "portal", icon: "portal", needs: ["keep_privacy"], load: () => import("./portal/Portal.svelte") },
  { name: "exports", icon: "download", needs: ["export_data"], load: () => import("./exports/Exports.svelte") },
  { name: "backups", icon: "disk", needs: ["manage_backups"], load: () => import("./backups/Backups.svelte") },
  { name: "journal", icon: "shield", needs: ["read_journal"], load: () => import("./journal/Journal.svelte") },
  { name: "preferences", icon: "display", needs: [], load: () => import("./Preferences.svelte") },
  { name: "password", icon: "key", needs: [], load: () => import("./Password.svelte") },
];
