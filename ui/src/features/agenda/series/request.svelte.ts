// What the series' form is opened for: a new series from the box or from an appointment, or a change of one that is there.
import { call } from "$backend/door";
import type { AppointmentId, AppointmentView, PatientId, PractitionerId, TypeId } from "$backend/types";
import { personName } from "../names";

/** A series that is to be begun. */
export interface NewSeries {
  patient: PatientId;
  person: string;
  type: TypeId;
  practitioner: PractitionerId;
  /** Wall time of the first session. */
  first: string;
  minutes: number;
  note: string;
  /** Never to be told to the portal, none of the new ones. */
  never: boolean;
  /** The appointment that becomes the first session. */
  appointment: AppointmentId | null;
}

/** A series that was being planned when the window locked: what it was about, the fields, and what was decided. */
export interface SeriesDraft {
  begun: NewSeries | null;
  changed: AppointmentId | null;
  fields: SeriesFields;
  /** By number of the session. */
  choices: Record<number, string | null>;
}

/** The fields of the form, as they stand in it. */
export interface SeriesFields {
  unit: "days" | "weeks" | "months";
  atLeast: string;
  atMost: string;
  count: string;
  scope: "one" | "following" | "all";
  date: string;
  minute: number | null;
  practitioner: PractitionerId;
  minutes: string;
  never?: boolean;
}

class SeriesRequest {
  /** A new series. */
  begun = $state.raw<NewSeries | null>(null);
  /** A session of a series that is to be changed. */
  changed = $state.raw<AppointmentView | null>(null);
  kept: SeriesDraft | null = null;

  get open(): boolean {
    return this.begun !== null || this.changed !== null;
  }

  begin(series: NewSeries, kept: SeriesDraft | null = null): void {
    this.kept = kept;
    this.changed = null;
    this.begun = series;
  }

  /** Repeats an appointment: it becomes the first session. */
  repeat(one: AppointmentView): void {
    if (!one.starts || !one.patient_id) return;
    this.begin({
      patient: one.patient_id,
      person: personName(one),
      type: one.type_id,
      practitioner: one.practitioner_id,
      first: one.starts,
      minutes: one.minutes,
      note: "",
      never: false,
      appointment: one.id,
    });
  }

  change(one: AppointmentView, kept: SeriesDraft | null = null): void {
    this.kept = kept;
    this.begun = null;
    this.changed = one;
  }

  /** After a lock: the form as it was left. A series whose appointment is gone meanwhile is not changed any more. */
  async takeBack(kept: SeriesDraft): Promise<void> {
    if (kept.begun) this.begin(kept.begun, kept);
    else if (kept.changed) {
      const { appointment } = await call("show_appointment", { id: kept.changed });
      this.change(appointment, kept);
    }
  }

  close(): void {
    this.kept = null;
    this.begun = null;
    this.changed = null;
  }
}

export const seriesRequest = new SeriesRequest();

/** Repeats an appointment; one that is a session already has its series changed. */
export async function repeatOrChange(one: AppointmentView): Promise<void> {
  const { session } = await call("show_appointment", { id: one.id });
  if (session) seriesRequest.change(one);
  else seriesRequest.repeat(one);
}
