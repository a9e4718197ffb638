import { describe, expect, it } from "vitest";
import { every, marks, niceTop } from "./scale";

describe("an axis", () => {
  it("ends_at_a_round_number_that_holds_every_value", () => {
    expect([0, 1, 3, 7, 11, 24, 26, 51, 99, 101, 0.4].map(niceTop)).toEqual([1, 1, 5, 10, 20, 25, 50, 100, 100, 200, 0.5]);
    for (let value = 1; value < 5_000; value += 7) {
      expect(niceTop(value)).toBeGreaterThanOrEqual(value);
      expect(niceTop(value)).toBeLessThanOrEqual(value * 2.5);
    }
  });

  it("has_few_marks_from_nothing_to_its_top", () => {
    expect(marks(1000)).toEqual([0, 250, 500, 750, 1000]);
    expect(marks(3)).toEqual([0, 1, 2, 3]);
    expect(marks(1)).toEqual([0, 1]);
    for (const top of [1, 2, 5, 10, 20, 25, 100]) {
      const all = marks(top);
      expect([all[0], all.at(-1)]).toEqual([0, top]);
      expect(all.length).toBeLessThanOrEqual(5);
    }
  });

  it("leaves_out_labels_that_have_no_room", () => {
    expect([every(31, 620, 40), every(7, 620, 40), every(0, 620, 40), every(5, 0, 40)]).toEqual([2, 1, 1, 200]);
  });
});
