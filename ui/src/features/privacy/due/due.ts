// Deadlines in groups: what is late, what comes within a week, what comes later. No dates are counted here: the desk did.
import type { DueItemView } from "$backend/types";
import type { IconName } from "$kit/icons";

export type GroupName = "late" | "week" | "later";

const ICONS: Record<string, IconName> = {
  request: "file",
  breach: "warning",
  review: "shield",
  audit: "search",
};

export function iconOf(kind: string): IconName {
  return ICONS[kind] ?? "clock";
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
