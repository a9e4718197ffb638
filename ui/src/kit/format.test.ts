// Claims about plain dates and wall times.
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { addDays, clockTime, dayNumber, isoWeek, listed, longDate, minuteOfDay, mondayOf, number, numericDate, shortDayName, spokenCode, wallTime, weekday, weekdayInitial } from "./format";
import { preferences } from "./state/preferences.svelte";

const dates = fc.integer({ min: 0, max: 40_000 }).map((days) => addDays("1970-01-01", days));

describe("plain dates", () => {
  beforeEach(() => (preferences.language = "fr"));

  it("come_back_when_days_are_added_and_taken", () => {
    fc.assert(fc.property(dates, fc.integer({ min: -800, max: 800 }), (date, days) => {
      expect(addDays(addDays(date, days), -days)).toBe(date);
    }));
  });

  it("count_days_without_gap_over_changes_of_clock", () => {
    fc.assert(fc.property(dates, (date) => {
      expect(dayNumber(addDays(date, 1)) - dayNumber(date)).toBe(1);
    }));
  });

  it("have_a_monday_in_the_same_week", () => {
    fc.assert(fc.property(dates, (date) => {
      expect([weekday(mondayOf(date)), isoWeek(mondayOf(date))]).toEqual([1, isoWeek(date)]);
    }));
  });

  it.each([
    ["2026-11-24", 48],
    ["2026-01-01", 1],
    ["2027-01-03", 53],
    ["2024-12-30", 1],
  ])("%s lies in week %i", (date, week) => expect(isoWeek(date)).toBe(week));

  it("count_the_first_of_a_month_in_french_and_no_other_day", () => {
    expect(longDate("2026-11-01")).toBe("dimanche 1er novembre 2026");
    expect(longDate("2026-11-11")).toBe("mercredi 11 novembre 2026");
    expect(shortDayName("2026-11-01")).toBe("dim. 1");
  });

  it("are_read_in_one_breath_in_arabic_and_named_by_one_letter_above_a_narrow_column", () => {
    preferences.language = "ar";
    expect(longDate("2026-11-24")).toBe("الثلاثاء 24 نونبر 2026");
    expect([...weekdayInitial("2026-11-24")]).toHaveLength(1);
    expect(listed(["أ", null, "ب"])).toBe("أ، ب");
  });

  it("stand_beside_lists_and_codes_as_they_are_said", () => {
    expect(listed(["lundi", undefined, "mardi"])).toBe("lundi, mardi");
    expect(spokenCode("K7M4PX3")).toBe("K7M 4PX-3");
  });

  it("are_written_in_the_window_s_language_with_latin_figures", () => {
    expect(longDate("2026-11-24")).toBe("mardi 24 novembre 2026");
    preferences.language = "ar";
    expect(longDate("2026-11-24")).toContain("24");
    expect(longDate("2026-11-24")).toContain("2026");
    expect(number(1234)).toMatch(/^[\d.,\s\u00a0\u202f]+$/);
    preferences.language = "en";
    expect(longDate("2026-11-24")).toMatch(/^Tuesday,? 24 November 2026$/);
  });

  it("of_birth_read_day_first_everywhere", () => {
    expect([numericDate("1979-02-03"), numericDate("")]).toEqual(["03/02/1979", ""]);
  });
});

describe("wall times", () => {
  it("come_back_from_date_and_minute", () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: 0, max: 1439 }), (date, minute) => {
        const wall = wallTime(date, minute);
        expect([wall.slice(0, 10), minuteOfDay(wall)]).toEqual([date, minute]);
      }),
    );
  });

  it("past_midnight_are_of_the_next_day", () => {
    expect(wallTime("2026-12-31", 1450)).toBe("2027-01-01T00:10");
  });

  it("are_said_without_a_leading_zero", () => {
    expect([clockTime(545), clockTime(0), clockTime(1439)]).toEqual(["9:05", "0:00", "23:59"]);
  });
});
