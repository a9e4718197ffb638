// Dragging with the pointer: when it starts, where it drops, how it is taken back.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { AppointmentView } from "$backend/types";
import { Drag, type Ghost, type Grip } from "./drag.svelte";

// One column is 100 wide, one minute one high, midnight at the top.
const locate = (x: number, y: number) => ({ column: Math.floor(x / 100), minute: Math.floor(y / 5) * 5 });
const view = { id: "a" } as AppointmentView;
const pointer = (x: number, y: number, pointerType = "mouse") => ({ clientX: x, clientY: y, pointerType }) as PointerEvent;
const grip = (kind: Grip["kind"] = "move"): Grip => ({ view, column: 0, start: 600, minutes: 20, kind });

describe("a drag", () => {
  let dropped: Ghost[] = [];
  let drag: Drag;

  beforeEach(() => {
    vi.useFakeTimers();
    dropped = [];
    drag = new Drag(locate, (_, ghost) => dropped.push(ghost), () => ({ from: 480, to: 1140 }));
  });
  afterEach(() => vi.useRealTimers());

  it("starts_after_ten_pixels_and_not_before", () => {
    drag.hold(pointer(50, 605), grip());
    expect(drag.over(pointer(55, 612))).toBe(false);
    expect(drag.active).toBe(false);
    drag.over(pointer(50, 616));
    expect(drag.active).toBe(true);
  });

  it("drops_where_it_was_let_go_keeping_the_place_it_was_held_by", () => {
    drag.hold(pointer(50, 605), grip());
    drag.over(pointer(150, 665));
    expect(drag.release()).toBe(true);
    expect(dropped).toEqual([{ id: "a", kind: "move", column: 1, start: 660, minutes: 20 }]);
  });

  it("is_a_click_where_it_never_started", () => {
    drag.hold(pointer(50, 605), grip());
    drag.over(pointer(51, 606));
    expect(drag.release()).toBe(false);
    expect(dropped).toEqual([]);
  });

  it("taken_back_drops_nothing", () => {
    drag.hold(pointer(50, 605), grip());
    drag.over(pointer(150, 665));
    drag.cancel();
    expect(drag.release()).toBe(false);
    expect(dropped).toEqual([]);
  });

  it("keeps_inside_the_shown_hours", () => {
    drag.hold(pointer(50, 605), grip());
    drag.over(pointer(50, 10));
    expect(drag.ghost?.start).toBe(480);
    drag.over(pointer(50, 5000));
    expect(drag.ghost?.start).toBe(1120);
  });

  it("at_the_edge_resizes_and_never_below_five_minutes", () => {
    drag.hold(pointer(50, 619), grip("resize"));
    drag.over(pointer(250, 650));
    expect(drag.ghost).toMatchObject({ column: 0, start: 600, minutes: 55 });
    drag.over(pointer(250, 500));
    expect(drag.ghost?.minutes).toBe(5);
  });

  it("by_a_finger_starts_only_after_it_rested_and_scrolls_otherwise", () => {
    drag.hold(pointer(50, 605, "touch"), grip());
    drag.over(pointer(50, 640, "touch"));
    expect(drag.active).toBe(false);
    drag.hold(pointer(50, 605, "touch"), grip());
    vi.advanceTimersByTime(400);
    expect(drag.active).toBe(true);
    drag.over(pointer(50, 665, "touch"));
    drag.release();
    expect(dropped.map((one) => one.start)).toEqual([660]);
  });
});
