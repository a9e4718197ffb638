// What the box in the header was opened for. Whoever wants it asks here (the grid, a call, a patient's file); the box
// itself, which stands in the header on every screen, answers.
import type { ContactPersonId, PatientId, PractitionerId } from "$backend/types";

export interface BoxTarget {
  /** The slot it was opened from; none: the first free ones are offered. */
  slot: { practitioner: PractitionerId; starts: string; minutes: number } | null;
  /** Somebody who has come without an appointment, for this practitioner. */
  walkIn: { practitioner: PractitionerId } | null;
  /** Who was chosen before. */
  patient: PatientId | null;
  /** Who of their contact persons is calling. */
  caller: ContactPersonId | null;
  /** A call is to be noted, not an appointment. */
  call: boolean;
}

export const NO_TARGET: BoxTarget = { slot: null, walkIn: null, patient: null, caller: null, call: false };

class BoxRequest {
  open = $state(false);
  target = $state.raw<BoxTarget>(NO_TARGET);
  /** Grows each time the box is asked for, so that asking again puts the focus back into it. */
  asked = $state(0);

  ask(target: Partial<BoxTarget> = {}): void {
    this.target = { ...NO_TARGET, ...target };
    this.open = true;
    this.asked += 1;
  }

  close(): void {
    this.open = false;
    this.target = NO_TARGET;
  }
}

export const boxRequest = new BoxRequest();
