// A small practice for tests of the agenda: two appointments of today, one after the other.
import { emptyPractice, put } from "$backend/fake/seed";

/** Today of one practitioner, one known appointment at 11:00, another at 11:20. */
export function small() {
  const practice = emptyPractice();
  const marie = practice.addPatient({ surname: "DUPONT", first_name: "Marie", born: "1979-05-12", mobile: "+33611223344" }, "2026-09-02");
  const marc = practice.addPatient({ surname: "DUPUIS", first_name: "Marc", born: "1961-11-03", mobile: "+33698765432" }, null, 2);
  const first = put(practice, { practitioner: 0, day: practice.today, minute: 660, minutes: 20, patient: marie, type: 0, status: "booked" });
  const second = put(practice, { practitioner: 0, day: practice.today, minute: 680, minutes: 20, patient: marc, type: 0, status: "booked" });
  return { practice, marie, marc, first, second };
}
