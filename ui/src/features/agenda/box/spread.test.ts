// Which free slots are offered.
import fc from "fast-check";
import { expect, it } from "vitest";
import type { PractitionerId, SlotView } from "$backend/types";
import { minuteOfDay, wallTime } from "$kit/format";
import { spread } from "./spread";

const slot = (day: number, minute: number, who = "a", minutes = 20): SlotView => ({
  practitioner_id: who as PractitionerId,
  practitioner: who,
  starts: wallTime(`2026-11-${24 + day}`, minute),
  minutes,
});

it("slots_that_differ_by_five_minutes_are_one_offer", () => {
  const found = [520, 525, 530, 535, 540].map((minute) => slot(0, minute));
  expect(spread(found, [], 4).map((one) => minuteOfDay(one.starts))).toEqual([520, 540]);
});

it("other_half_days_come_before_a_third_slot_of_one", () => {
  const found = [slot(0, 500), slot(0, 540), slot(0, 580), slot(0, 840), slot(1, 500)];
  expect(spread(found, [], 4).map((one) => one.starts.slice(8))).toEqual(["24T08:20", "24T09:00", "24T14:00", "25T08:20"]);
});

it("the_slot_it_was_opened_from_stays_first", () => {
  const own = slot(3, 600);
  expect(spread([slot(0, 500), slot(1, 500)], [own], 4)[0]).toBe(own);
});

it("nothing_offered_covers_another_and_as_many_as_there_are_places_for_are_offered", () => {
  const slots = fc
    .array(fc.record({ day: fc.integer({ min: 0, max: 3 }), five: fc.integer({ min: 96, max: 200 }), who: fc.constantFrom("a", "b") }), { maxLength: 60 })
    .map((all) => all.map((one) => slot(one.day, one.five * 5, one.who)).sort((a, b) => (a.starts < b.starts ? -1 : 1)));
  fc.assert(
    fc.property(slots, (found) => {
      const offered = spread(found, [], 4);
      for (const a of offered) {
        for (const b of offered) {
          if (a === b || a.practitioner_id !== b.practitioner_id || a.starts.slice(0, 10) !== b.starts.slice(0, 10)) continue;
          expect(Math.abs(minuteOfDay(a.starts) - minuteOfDay(b.starts))).toBeGreaterThanOrEqual(20);
        }
      }
      expect(offered.length).toBeLessThanOrEqual(4);
      if (found.length > 0) expect(offered.length).toBeGreaterThan(0);
    }),
  );
});
