import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { axisOf, place } from "./curve";

describe("an axis", () => {
  it("holds_every_value_between_few_round_marks", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0.05, max: 700, noNaN: true }), { minLength: 1, maxLength: 30 }), (values) => {
        const { low, high, marks } = axisOf(values);
        expect(low).toBeLessThanOrEqual(Math.min(...values));
        expect(high).toBeGreaterThanOrEqual(Math.max(...values));
        expect(high).toBeGreaterThan(low);
        expect(marks.length).toBeGreaterThanOrEqual(2);
        expect(marks.length).toBeLessThanOrEqual(7);
        for (const value of values) {
          expect(place(value, low, high, 100)).toBeGreaterThanOrEqual(-1e-9);
          expect(place(value, low, high, 100)).toBeLessThanOrEqual(100 + 1e-9);
        }
      }),
    );
  });

  it("is_round_for_what_doctors_measure", () => {
    expect(axisOf([66, 73.2]).marks).toEqual([65, 67.5, 70, 72.5, 75]);
    expect(axisOf([168]).marks.length).toBeGreaterThan(1);
  });
});
