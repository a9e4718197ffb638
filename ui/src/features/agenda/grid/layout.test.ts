// Claims about places on the grid, over generated days.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { closedStretches, cutTo, hourHeight, lanes, minuteAt, shownHours, type Stretch, type Timed, without } from "./layout";

const timed = fc
  .array(fc.record({ start: fc.integer({ min: 0, max: 1400 }), minutes: fc.integer({ min: 1, max: 240 }) }), { maxLength: 40 })
  .map((all): Timed[] => all.map((one, index) => ({ id: `a${index}`, ...one })));
const stretch = fc.tuple(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 600 })).map(([from, length]): Stretch => ({ from, to: Math.min(1440, from + length) }));
const overlap = (a: Timed, b: Timed): boolean => a.start < b.start + b.minutes && b.start < a.start + a.minutes;

describe("lanes", () => {
  it("never_put_two_overlapping_appointments_into_one_lane", () => {
    fc.assert(
      fc.property(timed, (items) => {
        const placed = lanes(items);
        for (const a of items) {
          for (const b of items) {
            if (a.id < b.id && overlap(a, b)) expect(placed.get(a.id)?.lane).not.toBe(placed.get(b.id)?.lane);
          }
        }
      }),
    );
  });

  it("agree_on_their_number_wherever_two_overlap", () => {
    fc.assert(
      fc.property(timed, (items) => {
        const placed = lanes(items);
        for (const a of items) {
          const own = placed.get(a.id);
          expect(own && own.lane < own.lanes).toBe(true);
          for (const b of items) if (overlap(a, b)) expect(placed.get(b.id)?.lanes).toBe(own?.lanes);
        }
      }),
    );
  });

  it("leave_the_whole_width_to_one_that_overlaps_nobody", () => {
    fc.assert(
      fc.property(timed, (items) => {
        const placed = lanes(items);
        for (const a of items) {
          if (items.every((b) => a === b || !overlap(a, b))) expect(placed.get(a.id)).toEqual({ lane: 0, lanes: 1 });
        }
      }),
    );
  });

  it("do_not_depend_on_the_order_of_the_answer", () => {
    fc.assert(
      fc.property(timed, (items) => {
        const places = (all: Timed[]) => Object.fromEntries(lanes(all));
        expect(places([...items].reverse())).toEqual(places(items));
      }),
    );
  });

  it("keep_short_ones_apart_that_would_be_drawn_over_one_another", () => {
    const placed = lanes([{ id: "a", start: 540, minutes: 5 }, { id: "b", start: 545, minutes: 5 }], 10);
    expect([placed.get("a")?.lane, placed.get("b")?.lane]).toEqual([0, 1]);
  });
});

describe("shown hours", () => {
  it("are_whole_and_hold_everything_open_or_booked", () => {
    fc.assert(
      fc.property(fc.array(stretch, { maxLength: 6 }), fc.array(stretch, { maxLength: 12 }), (open, booked) => {
        const shown = shownHours(open, booked);
        expect([shown.from % 60, shown.to % 60]).toEqual([0, 0]);
        for (const one of [...open, ...booked]) expect(shown.from <= one.from && one.to <= shown.to).toBe(true);
        expect(shown.to).toBeLessThanOrEqual(1440);
      }),
    );
  });

  it("are_at_least_a_working_day_where_nothing_is_open", () => {
    expect(shownHours([], [])).toEqual({ from: 480, to: 1080 });
    expect(shownHours([], [{ from: 1065, to: 1080 }])).toEqual({ from: 480, to: 1080 });
    expect(shownHours([], [{ from: 420, to: 1200 }])).toEqual({ from: 420, to: 1260 });
  });
});

describe("an hour's height", () => {
  it("gives_five_minutes_whole_pixels_and_the_shortest_appointment_a_line", () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 2000 }), fc.integer({ min: 1, max: 60 }), fc.integer({ min: 12, max: 40 }), (room, shortest, line) => {
        const height = hourHeight(room, { from: 480, to: 1140 }, shortest, line);
        expect(height % 12).toBe(0);
        expect((height / 60) * Math.max(10, Math.min(shortest, 15))).toBeGreaterThanOrEqual(line - 1e-9);
      }),
    );
  });

  it("lets_the_day_fit_the_room_where_it_can", () => {
    const height = hourHeight(900, { from: 480, to: 1140 }, 15, 17);
    expect(height * 11).toBeLessThanOrEqual(900);
  });
});

describe("what is taken out of a stretch", () => {
  it("and_what_is_left_share_no_minute_and_miss_none", () => {
    fc.assert(
      fc.property(stretch, fc.array(stretch, { maxLength: 8 }), (whole, taken) => {
        const left = without(whole, taken);
        for (let minute = whole.from; minute < whole.to; minute++) {
          const inside = (one: Stretch): boolean => one.from <= minute && minute < one.to;
          expect(left.filter(inside).length).toBe(taken.some(inside) ? 0 : 1);
        }
      }),
    );
  });
});

describe("closed stretches", () => {
  const shown = { from: 480, to: 1140 };

  it("are_a_break_between_two_openings_and_closed_around_them", () => {
    const closed = closedStretches(shown, [{ from: 540, to: 750 }, { from: 840, to: 1080 }], []);
    expect(closed.map((one) => [one.from, one.to, one.kind])).toEqual([
      [480, 540, "closed"],
      [750, 840, "break"],
      [1080, 1140, "closed"],
    ]);
  });

  it("name_an_absence_and_do_not_call_it_a_break", () => {
    const closed = closedStretches(shown, [{ from: 480, to: 600 }, { from: 660, to: 1140 }], [{ from: 600, to: 660, label: "Réunion" }]);
    expect(closed).toEqual([{ from: 600, to: 660, kind: "absence", label: "Réunion" }]);
  });

  it("cover_a_day_without_opening_whole", () => {
    expect(closedStretches(shown, [], []).map((one) => [one.from, one.to, one.kind])).toEqual([[480, 1140, "closed"]]);
  });
});

describe("the minute under a point", () => {
  it("lies_in_the_shown_hours_and_on_the_snap", () => {
    fc.assert(
      fc.property(fc.double({ min: -500, max: 2500, noNaN: true }), (offset) => {
        const minute = minuteAt(offset, 800, { from: 480, to: 1140 });
        expect(minute % 5).toBe(0);
        expect(minute >= 480 && minute < 1140).toBe(true);
      }),
    );
  });
});

describe("a holiday", () => {
  it("names_the_longest_of_what_it_closes_and_leaves_what_is_opened", () => {
    const shown = { from: 480, to: 1080 };
    expect(closedStretches(shown, [], [], "Noël")).toEqual([{ from: 480, to: 1080, kind: "holiday", label: "Noël" }]);
    expect(closedStretches(shown, [{ from: 540, to: 720 }], [], "Noël")).toEqual([
      { from: 480, to: 540, kind: "holiday", label: "" },
      { from: 720, to: 1080, kind: "holiday", label: "Noël" },
    ]);
  });

  it("cuts_blocks_to_what_is_shown", () => {
    const shown = { from: 480, to: 1080 };
    expect(cutTo(shown, { from: 420, to: 510 })).toEqual({ from: 480, to: 510 });
    expect(cutTo(shown, { from: 420, to: 480 })).toBeNull();
  });
});
