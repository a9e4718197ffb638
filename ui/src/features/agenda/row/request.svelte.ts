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

/** A row that was being put together when the window locked. */
export interface RowDraft {
  links: Link[];
  part: "any" | "morning" | "afternoon" | "evening";
  pause: string;
  note: string;
  /** Never to be told to the portal, none of them. */
  never?: boolean;
  /** The name that was being typed. */
  text: string;
}

class RowRequest {
  first = $state.raw<Omit<Link, "key"> | null>(null);
  note = "";
  never = false;
  kept: RowDraft | null = null;

  ask(first: Omit<Link, "key">, { note, never }: { note: string; never: boolean }): void {
    this.kept = null;
    this.note = note;
    this.never = never;
    this.first = first;
  }

  takeBack(kept: RowDraft): void {
    const [first] = kept.links;
    if (!first) return;
    this.kept = kept;
    this.note = kept.note;
    this.never = kept.never ?? false;
    this.first = first;
  }

  close(): void {
    this.first = null;
    this.note = "";
    this.never = false;
    this.kept = null;
  }
}

export const rowRequest = new RowRequest();
