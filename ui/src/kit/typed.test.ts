// Dates and times as people type them.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dateOfNumber } from "./format";
import { shownTime, typedDay, typedNumber, typedNumbers, typedTime } from "./typed";

describe("a typed time", () => {
  it.each([
    ["9", 540],
    ["9:05", 545],
    ["9h05", 545],
    ["9h", 540],
    ["9.30", 570],
    ["930", 570],
    ["0905", 545],
    [" 18:00 ", 1080],
    ["24:00", 1440],
    ["٠٩:٣٠", 570],
  ])("%s_is_%i_minutes", (text, minutes) => expect(typedTime(text)).toBe(minutes));

  it.each(["", "x", "9:60", "24:01", "25", "9:5:5", "-1"])("%s_is_none", (text) => expect(typedTime(text)).toBeNull());

  it("reads_back_what_it_shows", () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 1440 }), (minutes) => typedTime(shownTime(minutes)) === minutes));
  });
});

describe("a typed day", () => {
  it.each([
    ["24/12/2026", "2026-12-24"],
    ["24.12.26", "2026-12-24"],
    ["24122026", "2026-12-24"],
    ["241226", "2026-12-24"],
    ["2026-12-24", "2026-12-24"],
    ["1-2-2027", "2027-02-01"],
    ["٢٤/١٢/٢٠٢٦", "2026-12-24"],
    ["29/02/2028", "2028-02-29"],
  ])("%s_is_%s", (text, day) => expect(typedDay(text)).toBe(day));

  it.each(["", "24/13/2026", "31/04/2026", "29/02/2027", "hier", "24/12"])("%s_is_none", (text) => expect(typedDay(text)).toBeNull());

  it("reads_back_every_day_however_it_is_written", () => {
    fc.assert(
      fc.property(fc.integer({ min: 11_000, max: 40_000 }), fc.constantFrom("/", ".", "-", ""), (days, between) => {
        const [year = "", month = "", day = ""] = dateOfNumber(days).split("-");
        return typedDay([day, month, year].join(between)) === `${year}-${month}-${day}`;
      }),
    );
  });
});

describe("typed numbers", () => {
  it.each([
    ["60", 60],
    [" 060 ", 60],
    ["٦٠", 60],
  ])("%s_is_%i", (text, n) => expect(typedNumber(text)).toBe(n));

  it.each(["", "x", "-1", "1.5", "6 0", "1234567890"])("%s_is_none", (text) => expect(typedNumber(text)).toBeNull());

  it("are_read_with_anything_between_them", () => {
    expect(typedNumbers("48, 2")).toEqual([48, 2]);
    expect(typedNumbers("48 h et 2 h")).toEqual([48, 2]);
    expect(typedNumbers("٤٨، ٢")).toEqual([48, 2]);
    expect(typedNumbers("  ")).toEqual([]);
    expect(typedNumbers("demain"), "something that says no number is not the same as nothing").toBeNull();
  });
});
