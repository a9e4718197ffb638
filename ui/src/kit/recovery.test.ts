// Groups of a recovery key as people copy and type them.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyPlace, groupsOf, isGroup, readGroup } from "./recovery";

const KEY = "7KQ2M-X4RTD-0F8HJ-N3WPC-B6YV9-2GZES-5A1KM-T8QXR";
const SIGNS = [..."0123456789ABCDEFGHJKMNPQRSTVWXYZ"];

describe("a recovery key", () => {
  it("falls_into_eight_groups_however_they_are_parted", () => {
    expect(groupsOf(KEY)).toHaveLength(8);
    expect(groupsOf(KEY.replaceAll("-", "  "))).toEqual(groupsOf(KEY));
  });

  it("is_proved_by_its_group_typed_in_any_case_with_letters_that_look_like_digits", () => {
    expect(isGroup(KEY, 2, "of8hj")).toBe(true);
    expect(isGroup(KEY, 6, "5aik m")).toBe(true);
    expect(isGroup(KEY, 6, "5alkm")).toBe(true);
    expect(isGroup(KEY, 6, "٥a١km")).toBe(true);
  });

  it("is_not_proved_by_another_group_or_by_nothing", () => {
    expect(isGroup(KEY, 2, "7KQ2M")).toBe(false);
    expect(isGroup(KEY, 2, "")).toBe(false);
    expect(isGroup(KEY, 9, "")).toBe(false);
  });

  it("tells_every_two_groups_apart_that_differ", () => {
    const group = fc.array(fc.constantFrom(...SIGNS), { minLength: 5, maxLength: 5 }).map((signs) => signs.join(""));
    fc.assert(fc.property(group, group, (one, other) => (readGroup(one) === readGroup(other)) === (one === other)));
  });

  it("asks_for_any_of_its_groups", () => {
    const asked = new Set(Array.from({ length: 400 }, () => anyPlace(8)));
    expect([...asked].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });
});
