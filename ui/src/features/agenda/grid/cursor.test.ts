// Claims about the cursor's ways, over generated columns.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { across, along, type Cursor, cursorAt, type CursorColumn, nearest, stopOf, stops, toEdge } from "./cursor";
import { lanes } from "./layout";

const SHOWN = { from: 480, to: 1140 };

const column = fc
  .array(
    fc.record({
      start: fc.integer({ min: 96, max: 220 }).map((five) => five * 5),
      minutes: fc.integer({ min: 1, max: 12 }).map((five) => five * 5),
      active: fc.boolean(),
    }),
    { maxLength: 20 },
  )
  .map((all): CursorColumn & { items: { id: string; start: number; minutes: number; active: boolean }[] } => {
    const items = all.map((one, index) => ({ id: `a${index}`, ...one }));
    return { items, lanes: lanes(items) };
  });

describe("stops", () => {
  it("hold_every_appointment_once_and_come_in_order", () => {
    fc.assert(
      fc.property(column, (one) => {
        const all = stops(one, SHOWN, 20);
        expect(all.filter((stop) => stop.id !== null).map((stop) => stop.id).sort()).toEqual(one.items.map((item) => item.id).sort());
        for (let i = 1; i < all.length; i++) expect((all[i - 1]?.start ?? 0) <= (all[i]?.start ?? 0)).toBe(true);
      }),
    );
  });

  it("never_offer_a_time_that_somebody_occupies", () => {
    fc.assert(
      fc.property(column, (one) => {
        for (const stop of stops(one, SHOWN, 20).filter((other) => other.id === null)) {
          for (const item of one.items.filter((other) => other.active)) {
            expect(stop.start + stop.minutes <= item.start || stop.start >= item.start + item.minutes).toBe(true);
          }
        }
      }),
    );
  });

  it("leave_no_free_quarter_of_an_hour_unreached", () => {
    const all = stops({ items: [], lanes: new Map() }, SHOWN, 20);
    expect(all.map((stop) => stop.start)).toEqual(Array.from({ length: 44 }, (_, i) => 480 + i * 15));
  });

  it("begin_a_gap_where_the_appointment_before_it_ends", () => {
    const items = [{ id: "a", start: 480, minutes: 35, active: true }];
    const free = stops({ items, lanes: lanes(items) }, SHOWN, 20).filter((stop) => stop.id === null);
    expect(free.slice(0, 3).map((stop) => stop.start)).toEqual([515, 525, 540]);
  });

  it("do_not_stop_at_the_last_few_minutes_of_a_gap", () => {
    const items = [{ id: "a", start: 545, minutes: 20, active: true }];
    const free = stops({ items, lanes: lanes(items) }, SHOWN, 20).filter((stop) => stop.id === null && stop.start < 545);
    expect(free.at(-1)?.start).toBe(525);
  });
});

describe("walking", () => {
  it("down_from_the_top_meets_every_stop_and_up_comes_back", () => {
    fc.assert(
      fc.property(column, (one) => {
        const all = stops(one, SHOWN, 20);
        let cursor: Cursor = toEdge(all, { column: 0, start: 0, id: null }, "first");
        const met = new Set<string>();
        for (let i = 0; i < all.length; i++) {
          const stop = stopOf(all, cursor);
          met.add(`${stop?.start} ${stop?.id}`);
          cursor = along(all, cursor, 1);
        }
        expect(met.size).toBe(new Set(all.map((stop) => `${stop.start} ${stop.id}`)).size);
        for (let i = 0; i < all.length; i++) cursor = along(all, cursor, -1);
        expect(cursor.start).toBe(all[0]?.start);
      }),
    );
  });

  it("across_keeps_the_time_as_near_as_the_other_column_lets_it", () => {
    const empty = { items: [], lanes: new Map(), stops: stops({ items: [], lanes: new Map() }, SHOWN, 20) };
    expect(across([empty, empty], { column: 0, start: 605, id: null }, 1)).toEqual({ column: 1, start: 600, id: null });
  });

  it("across_the_edge_goes_nowhere", () => {
    const empty = { items: [], lanes: new Map(), stops: stops({ items: [], lanes: new Map() }, SHOWN, 20) };
    expect(across([empty], { column: 0, start: 600, id: null }, 1)).toBeNull();
  });

  it("across_visits_the_neighbour_in_the_next_lane_before_the_next_column", () => {
    const items = [
      { id: "a", start: 600, minutes: 20, active: true },
      { id: "b", start: 610, minutes: 20, active: true },
    ];
    const own = { items, lanes: lanes(items), stops: stops({ items, lanes: lanes(items) }, SHOWN, 20) };
    expect(across([own, own], { column: 0, start: 600, id: "a" }, 1)).toEqual({ column: 0, start: 610, id: "b" });
    expect(across([own, own], { column: 0, start: 610, id: "b" }, 1)?.column).toBe(1);
  });
});

it("nearest_is_the_last_stop_that_has_begun", () => {
  const all = stops({ items: [], lanes: new Map() }, SHOWN, 20);
  expect(all[nearest(all, 614)]?.start).toBe(600);
  expect(all[nearest(all, 0)]?.start).toBe(480);
  expect(cursorAt(2, { start: 600, minutes: 20, id: null })).toEqual({ column: 2, start: 600, id: null });
});
