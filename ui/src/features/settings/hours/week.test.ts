// The weekly template while it is edited.
import { describe, expect, it } from "vitest";
import { lastDayOf, wallAt, wholeDays } from "./absence";
import { Week } from "./week.svelte";

const line = (weekday: number, from: number, to: number) => ({
  id: "x" as never,
  weekday,
  from,
  to,
  valid_from: null,
  valid_until: null,
  weeks: "every" as const,
});

describe("a week", () => {
  it("proposes_the_morning_then_the_afternoon", () => {
    const week = new Week([]);
    week.add(1);
    week.add(1);
    expect(week.lines().map(({ from, to }) => [from, to])).toEqual([
      [540, 720],
      [840, 1080],
    ]);
  });

  it("knows_whether_it_was_changed_and_changed_back", () => {
    const week = new Week([line(1, 540, 720)]);
    expect(week.changed).toBe(false);
    const [span] = week.spans;
    if (span) span.to = 750;
    expect(week.changed).toBe(true);
    if (span) span.to = 720;
    expect(week.changed).toBe(false);
  });

  it("is_not_ready_while_a_span_is_none", () => {
    const week = new Week([line(1, 540, 720)]);
    const span = week.add(2);
    span.to = 500;
    expect(week.ready).toBe(false);
    week.remove(span);
    expect(week.ready).toBe(true);
  });

  it("copies_monday_to_the_working_days_and_leaves_the_weekend", () => {
    const week = new Week([line(1, 540, 720), line(3, 0, 60), line(6, 600, 660)]);
    week.copyMonday();
    expect(week.lines().map(({ weekday, from }) => [weekday, from])).toEqual([[1, 540], [6, 600], [2, 540], [3, 540], [4, 540], [5, 540]]);
  });

  it("counts_alternate_weeks_by_half", () => {
    const week = new Week([line(1, 540, 660), { ...line(2, 540, 660), weeks: "odd" }]);
    expect(week.minutes).toBe(180);
  });
});

describe("an absence", () => {
  it("of_whole_days_ends_at_the_next_midnight_and_shows_its_last_day", () => {
    const span = wholeDays("2026-12-24", "2026-12-31");
    expect(span).toEqual({ starts: "2026-12-24T00:00", ends: "2027-01-01T00:00" });
    expect(lastDayOf(span)).toBe("2026-12-31");
  });

  it("of_hours_stays_on_its_day", () => {
    expect(lastDayOf({ starts: "2026-12-24T09:00", ends: "2026-12-24T12:00" })).toBe("2026-12-24");
    expect(wallAt("2026-12-24", 1440)).toBe("2026-12-25T00:00");
    expect(wallAt("2026-12-24", 545)).toBe("2026-12-24T09:05");
  });
});
