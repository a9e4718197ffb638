// The fake host's further work on patients: merging two files, and what happened to one.
import { type Handlers, refuse } from "./handlers";
import { patientHandlers } from "./patients";
import type { FakePatient, FakePractice } from "./practice";

export function patientFileHandlers(practice: FakePractice): Handlers {
  const show = patientHandlers(practice).show_patient;

  return {
    merge_patients({ into, from }) {
      if (into === from) refuse("same_patient");
      const stays = practice.patients.find((one) => one.id === into) ?? refuse("patient_not_found");
      const goes: FakePatient = practice.patients.find((one) => one.id === from) ?? refuse("patient_not_found");
      const moved = practice.appointments.filter((one) => one.patient_id === from);
      moved.forEach((one) => (one.patient_id = into));
      practice.patients = practice.patients.filter((one) => one !== goes);
      const sequence = practice.record("merge_patients", into, () => {
        practice.patients = [...practice.patients, goes];
        moved.forEach((one) => (one.patient_id = from));
        practice.announce("patients", into, from);
      });
      practice.announce("patients", into, from);
      const patient = show?.({ id: stays.id });
      if (!patient || patient instanceof Promise) return refuse("patient_not_found");
      return { patient, sequence };
    },

    patient_history({ id }) {
      const one = practice.patients.find((other) => other.id === id) ?? refuse("patient_not_found");
      return {
        steps: [
          { sequence: 12, at: "2025-02-11T09:04:00", user: "Samia", command: "create_patient", changes: [] },
          {
            sequence: 857,
            at: "2026-09-02T17:41:00",
            user: "Dr Lefèvre",
            command: "update_patient",
            changes: [
              { field: "mobile", before: "+33611223300", after: one.mobile },
              { field: "city", before: "", after: one.city || "Lyon" },
            ],
          },
          { sequence: 1290, at: "2026-11-18T15:20:00", user: "Samia", command: "book_appointment", changes: [] },
        ],
      };
    },
  };
}
