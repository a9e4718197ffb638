// The fake host's rule on no-shows and late cancellations.
import { type Handlers, refuse } from "./handlers";
import type { FakePractice } from "./practice";

export function attendanceHandlers(practice: FakePractice): Handlers {
  return {
    show_attendance_rule: () => ({ ...practice.attendance }),
    save_attendance_rule(rule) {
      const range = (field: string, value: number, from: number, to: number): void => {
        if (value < from || value > to) refuse("out_of_range", field, { from: String(from), to: String(to) });
      };
      range("show_from", rule.show_from, 1, 20);
      range("months", rule.months, 1, 120);
      range("late_hours", rule.late_hours, 0, 336);
      practice.attendance = { ...rule };
      practice.announce("practice");
      return { sequence: practice.record("save_attendance_rule", "practice", () => undefined) };
    },
  };
}
