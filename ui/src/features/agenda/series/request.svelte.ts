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
  /** The appointment that becomes the first session. */
  appointment: AppointmentId | null;
}

class SeriesRequest {
  /** A new series. */
  begun = $state.raw<NewSeries | null>(null);
  /** A session of a series that is to be changed. */
  changed = $state.raw<AppointmentView | null>(null);

  get open(): boolean {
    return this.begun !== null || this.changed !== null;
  }

  begin(series: NewSeries): void {
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
      appointment: one.id,
    });
  }

  change(one: AppointmentView): void {
    this.begun = null;
    this.changed = one;
  }

  close(): void {
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
