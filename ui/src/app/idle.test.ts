// The window locks itself when nobody is there, and not before.
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { whenIdle } from "./idle";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it("locks_after_so_many_minutes_without_a_sign_of_life", () => {
  const lock = vi.fn();
  const stop = whenIdle(10, lock);
  vi.advanceTimersByTime(9 * 60_000 + 50_000);
  expect(lock).not.toHaveBeenCalled();
  vi.advanceTimersByTime(20_000);
  expect(lock).toHaveBeenCalled();
  stop();
});

it("a_key_or_a_movement_begins_the_time_anew", () => {
  const lock = vi.fn();
  const stop = whenIdle(10, lock);
  vi.advanceTimersByTime(9 * 60_000);
  window.dispatchEvent(new KeyboardEvent("keydown", { key: "a" }));
  vi.advanceTimersByTime(9 * 60_000);
  window.dispatchEvent(new Event("pointermove"));
  vi.advanceTimersByTime(9 * 60_000);
  expect(lock).not.toHaveBeenCalled();
  stop();
});

it("stopped_it_locks_no_more", () => {
  const lock = vi.fn();
  whenIdle(1, lock)();
  vi.advanceTimersByTime(5 * 60_000);
  expect(lock).not.toHaveBeenCalled();
});
