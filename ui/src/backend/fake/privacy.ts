// The fake host's data-protection office: what is due.
import type { DueItemView } from "../types";
import type { Handlers } from "./handlers";
import type { FakePractice } from "./practice";

const addDays = (date: string, days: number): string => new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

export function privacyHandlers(practice: FakePractice): Handlers {
  return {
    show_due() {
      const item = (kind: string, id: string, label: string, days: number, part: string): DueItemView => ({ kind, id, label, on: addDays(practice.today, days), days, part });
      const items =
        practice.patients.length === 0
          ? []
          : [
              item("request", "request-1", "Accès · reçue le 20 octobre", -6, "requests"),
              item("request", "request-2", "Effacement · reçue le 30 octobre", 4, "requests"),
              item("review", "review-1", "2026", 35, "reviews"),
            ];
      return { today: practice.today, items };
    },
  };
}
