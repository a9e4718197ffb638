// Words of categories, spans and entries, for the parts of the retention.
import type { RecordEntryView, RetentionAction, RetentionCategory, RetentionGround } from "$backend/types";
import { number } from "$kit/format";
import type { IconName } from "$kit/icons";
import { m, messageByKey } from "$messages/index";

export const GROUNDS: RetentionGround[] = ["legal_claim", "inspection", "continued_care", "other"];

export function categoryWord(category: RetentionCategory): string {
  return messageByKey(`retention_category_${category}`) ?? category;
}

export function groundWord(ground: RetentionGround): string {
  return messageByKey(`retention_ground_${ground}`) ?? ground;
}

export function actionWord(action: RetentionAction): string {
  return messageByKey(`retention_action_${action}`) ?? action;
}

export function actionIcon(action: RetentionAction): IconName {
  return ({ archive: "folder", destroy: "trash", held: "lock" } as const)[action];
}

export function placeWord(place: "active" | "archive"): string {
  return place === "archive" ? m.retention_place_archive() : m.retention_place_active();
}

/** Months in words: whole years where they are some. */
export function span(months: number): string {
  return months % 12 === 0 && months >= 24
    ? m.retention_years({ n: months / 12, count: number(months / 12) })
    : m.retention_months({ n: months, count: number(months) });
}

/** What an entry says, in one paragraph: its own texts, in their order. */
export function entryText(entry: RecordEntryView): string {
  const skipped = ["kind", "agent_kind", "severity", "document", "digest", "id"];
  return Object.entries(entry.body as Record<string, unknown>)
    .filter(([name, value]) => typeof value === "string" && value !== "" && !skipped.includes(name))
    .map(([, value]) => value as string)
    .join(" · ");
}
