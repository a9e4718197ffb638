// What the booking box was opened for. The grid asks here; the box, which stands in the header on every screen, answers.
import type { PractitionerId } from "$backend/types";

export interface BoxTarget {
  /** The slot it was opened from; none: the first free ones are offered. */
  slot: { practitioner: PractitionerId; starts: string; minutes: number } | null;
  /** Somebody who has come without an appointment, for this practitioner. */
  walkIn: { practitioner: PractitionerId } | null;
}

class BoxRequest {
  open = $state(false);
  target = $state.raw<BoxTarget>({ slot: null, walkIn: null });
  /** Grows each time the box is asked for, so that asking again puts the focus back into it. */
  asked = $state(0);

  ask(target: Partial<BoxTarget> = {}): void {
    this.target = { slot: null, walkIn: null, ...target };
    this.open = true;
    this.asked += 1;
  }

  close(): void {
    this.open = false;
    this.target = { slot: null, walkIn: null };
  }
}

export const boxRequest = new BoxRequest();
