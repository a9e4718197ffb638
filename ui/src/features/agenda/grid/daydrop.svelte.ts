// Dropping on another day: a drag that comes over the date in the header opens the month, and a day of it takes the
// appointment at the same time. By keyboard: cut, pick the day, paste.
import type { AppointmentId } from "$backend/types";
import { minuteOfDay, wallTime } from "$kit/format";
import { move } from "../actions";
import { agenda } from "../agenda.svelte";
import type { Ghost } from "./drag.svelte";

class DayDrop {
  /** The day under the pointer. */
  day = $state<string | null>(null);
  /** The month is to open: somebody holds an appointment over the date. */
  opens = $state(false);

  over(event: PointerEvent, ghost: Ghost | null): void {
    if (ghost?.kind !== "move") return;
    const under = document.elementFromPoint?.(event.clientX, event.clientY) ?? null;
    if (under?.closest("[data-drop-opens]")) this.opens = true;
    const day = under?.closest<HTMLElement>("[data-drop-day]")?.dataset.dropDay ?? null;
    if (day !== this.day) this.#mark(day);
  }

  #mark(day: string | null): void {
    for (const old of document.querySelectorAll("[data-drop-on]")) old.removeAttribute("data-drop-on");
    if (day) document.querySelector(`[data-drop-day="${day}"]`)?.setAttribute("data-drop-on", "");
    this.day = day;
  }

  /** The pointer went up: true where a day took what was dragged. */
  take(ghost: Ghost | null): boolean {
    const { day } = this;
    const one = ghost ? agenda.find(ghost.id as AppointmentId) : null;
    this.clear();
    if (!day || !one?.starts) return false;
    void move(one, { practitioner: one.practitioner_id, starts: wallTime(day, minuteOfDay(one.starts)), minutes: one.minutes });
    return true;
  }

  clear(): void {
    this.#mark(null);
    this.opens = false;
  }
}

export const dayDrop = new DayDrop();
