// Who is to be put on the waiting list. The box, an appointment's panel or a patient's file ask here; the waiting list's
// own form, which can open over every screen, answers.
import type { AppointmentId, PatientId, PractitionerId, TypeId, WishView } from "$backend/types";

export interface WishTarget {
  patient: PatientId;
  /** How the person is called. */
  person: string;
  /** The appointment that they want earlier: it then says for which type. */
  appointment: AppointmentId | null;
  type: TypeId | null;
  /** Whom they asked for; null: anybody. */
  practitioner: PractitionerId | null;
  note: string;
}

/** A wish that was being written down when the window locked. */
export interface WishKept {
  target: WishTarget;
  type: TypeId | null;
  wish: WishView;
}

class WishRequest {
  target = $state.raw<WishTarget | null>(null);
  kept: WishKept | null = null;

  ask(target: WishTarget): void {
    this.kept = null;
    this.target = target;
  }

  takeBack(kept: WishKept): void {
    this.kept = kept;
    this.target = kept.target;
  }

  close(): void {
    this.kept = null;
    this.target = null;
  }
}

export const wishRequest = new WishRequest();
