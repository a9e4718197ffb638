// Deadlines in groups: what is late, what comes within a week, what comes later. No dates are counted here: the desk did.
import type { DueItemView } from "$backend/types";
import { number } from "$kit/format";
import type { IconName } from "$kit/icons";
import { m } from "$messages/index";

export type GroupName = "late" | "week" | "later";

const ICONS: Record<string, IconName> = {
  request: "file",
  audit: "search",
  audit_discussion: "message",
  audit_corrections: "search",
  security_review: "shield",
  breach_notification: "warning",
  breach_persons: "warning",
  breach_open: "warning",
  objection_window: "building",
  contract_end: "building",
  contract_unconfirmed: "building",
  contract_missing: "building",
  destruction: "trash",
  archive_ends: "folder",
  retention_look: "history",
};

export function iconOf(kind: string): IconName {
  return ICONS[kind] ?? "clock";
}

/** Where the desk names only a figure, what it counts; empty where the kind says it all. */
export function labelOf({ kind, label }: DueItemView): string {
  const count = Number(label);
  if (label === "" || Number.isNaN(count)) return label;
  if (kind.startsWith("breach_")) return m.registers_breach_number({ count: number(count) });
  if (kind === "destruction" || kind === "archive_ends") return m.privacy_due_persons({ n: count, count: number(count) });
  return label;
}

export function groupOf(item: DueItemView): GroupName {
  return item.days < 0 ? "late" : item.days <= 7 ? "week" : "later";
}

/** The groups that hold something, the most urgent first; the order within is the desk's. */
export function grouped(items: DueItemView[]): { name: GroupName; items: DueItemView[] }[] {
  return (["late", "week", "later"] as const)
    .map((name) => ({ name, items: items.filter((item) => groupOf(item) === name) }))
    .filter((group) => group.items.length > 0);
}
