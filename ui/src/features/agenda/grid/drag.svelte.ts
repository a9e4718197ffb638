// Dragging and resizing with the pointer, mouse, pen or finger. A drag starts after ten pixels (a finger first rests, so
// that it can still scroll); Escape takes it back; what it would do is drawn in its place, nothing else moves.
import type { AppointmentView } from "$backend/types";
import { SNAP } from "./layout";

export interface Ghost {
  id: string;
  kind: "move" | "resize";
  column: number;
  start: number;
  minutes: number;
}

export interface Grip {
  view: AppointmentView;
  column: number;
  start: number;
  minutes: number;
  kind: "move" | "resize";
}

/** Where a point of the window lies on the grid. */
export type Locate = (x: number, y: number) => { column: number; minute: number } | null;

const FAR_ENOUGH = 10;
const REST_MILLISECONDS = 350;

export class Drag {
  ghost = $state.raw<Ghost | null>(null);
  #grip: Grip | null = null;
  #from = { x: 0, y: 0, minute: 0 };
  #rested = true;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly locate: Locate,
    private readonly drop: (grip: Grip, ghost: Ghost) => void,
    private readonly limit: () => { from: number; to: number },
  ) {}

  get active(): boolean {
    return this.ghost !== null;
  }

  /** A pointer went down on an appointment that can be moved. */
  hold(event: PointerEvent, grip: Grip): void {
    const at = this.locate(event.clientX, event.clientY);
    if (!at) return;
    this.#grip = grip;
    this.#from = { x: event.clientX, y: event.clientY, minute: at.minute };
    this.#rested = event.pointerType !== "touch";
    clearTimeout(this.#timer);
    if (!this.#rested) {
      this.#timer = setTimeout(() => {
        this.#rested = true;
        this.#begin();
      }, REST_MILLISECONDS);
    }
  }

  #begin(): void {
    if (!this.#grip || this.ghost) return;
    const { view, column, start, minutes, kind } = this.#grip;
    this.ghost = { id: view.id, kind, column, start, minutes };
  }

  /** The pointer moved: true while a drag is on. */
  over(event: PointerEvent): boolean {
    const grip = this.#grip;
    if (!grip) return false;
    const far = Math.hypot(event.clientX - this.#from.x, event.clientY - this.#from.y) >= FAR_ENOUGH;
    if (!this.ghost) {
      if (!far) return false;
      if (!this.#rested) {
        // A finger that moves before it rested scrolls.
        this.cancel();
        return false;
      }
      this.#begin();
    }
    const at = this.locate(event.clientX, event.clientY);
    if (!at) return true;
    const { from, to } = this.limit();
    const by = at.minute - this.#from.minute;
    const next: Ghost =
      grip.kind === "resize"
        ? { ...this.#ghostOf(grip), minutes: Math.min(Math.max(SNAP, grip.minutes + by), to - grip.start) }
        : {
            ...this.#ghostOf(grip),
            column: at.column,
            start: Math.min(Math.max(snapped(grip.start + by), from), Math.max(from, to - grip.minutes)),
          };
    const old = this.ghost;
    if (!old || old.column !== next.column || old.start !== next.start || old.minutes !== next.minutes) this.ghost = next;
    return true;
  }

  #ghostOf(grip: Grip): Ghost {
    return { id: grip.view.id, kind: grip.kind, column: grip.column, start: grip.start, minutes: grip.minutes };
  }

  /** The pointer went up: true where something was dropped. */
  release(): boolean {
    const { ghost } = this;
    const grip = this.#grip;
    this.cancel();
    if (!ghost || !grip) return false;
    this.drop(grip, ghost);
    return true;
  }

  /** Takes it back. */
  cancel(): void {
    clearTimeout(this.#timer);
    this.#grip = null;
    this.ghost = null;
  }
}

function snapped(minute: number): number {
  return Math.round(minute / SNAP) * SNAP;
}
