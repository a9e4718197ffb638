// What the form of appointments in a row is opened with: the first of them.
import type { PatientId, PractitionerId, TypeId } from "$backend/types";

/** One of a row, as the form shows it. */
export interface Link {
  key: number;
  patient: PatientId;
  person: string;
  practitioner: PractitionerId;
  type: TypeId;
}

class RowRequest {
  first = $state.raw<Omit<Link, "key"> | null>(null);
  note = "";

  ask(first: Omit<Link, "key">, note: string): void {
    this.first = first;
    this.note = note;
  }

  close(): void {
    this.first = null;
    this.note = "";
  }
}

export const rowRequest = new RowRequest();
