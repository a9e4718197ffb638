// The fake host's data-protection office: what is due.
import type { DueItemView } from "../types";
import type { Handlers } from "./handlers";
import { type FakePractice, nameOf } from "./practice";

const addDays = (date: string, days: number): string => new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

export function privacyHandlers(practice: FakePractice): Handlers {
  return {
    show_due() {
      const item = (kind: string, id: string, label: string, days: number, part: string): DueItemView => ({ kind, id, label, on: addDays(practice.today, days), days, part });
      const nameAt = (index: number): string => {
        const patient = practice.patients[index];
        return patient ? nameOf(patient) : "";
      };
      const items =
        practice.patients.length === 0
          ? []
          : [
              item("request", "request-1", nameAt(0), -6, "requests"),
              item("request", "request-2", nameAt(1), 4, "requests"),
              item("retention_look", "", "", 35, "retention"),
            ];
      return { today: practice.today, items };
    },
  };
}
