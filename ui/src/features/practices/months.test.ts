// Months as an invoice has them.
import { expect, it } from "vitest";
import { monthBefore, monthOf } from "./months";

it("a_month_is_whole_in_every_length", () => {
  expect(monthOf("2026-11-24")).toEqual({ from: "2026-11-01", to: "2026-11-30" });
  expect(monthOf("2028-02-29")).toEqual({ from: "2028-02-01", to: "2028-02-29" });
  expect(monthOf("2026-12-31")).toEqual({ from: "2026-12-01", to: "2026-12-31" });
});

it("the_month_before_january_is_december", () => {
  expect(monthBefore("2026-01-31")).toEqual({ from: "2025-12-01", to: "2025-12-31" });
});
