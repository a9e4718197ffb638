// The fake host's contact persons and consents.
import type { ConsentId, ContactPersonId, ContactView, PatientId } from "../types";
import { type Handlers, refuse } from "./handlers";
import { type FakeContact, type FakePractice, guardianOf, isMinor, nameOf, phoneShown, reachedOf } from "./practice";

export function contactHandlers(practice: FakePractice): Handlers {
  const patient = (id: PatientId | null) => practice.patients.find((one) => one.id === id);

  function view(one: FakeContact): ContactView {
    const linked = patient(one.linked_patient_id);
    return {
      id: one.id,
      name: one.name,
      relation: one.relation,
      phone: one.phone,
      phone_shown: phoneShown(reachedOf(practice, one)),
      guardian: one.guardian,
      linked_patient_id: one.linked_patient_id,
      linked_patient: linked ? nameOf(linked) : "",
      told_appointments: one.told_appointments,
      told_messages: one.told_messages,
      told_results: one.told_results,
      revision: one.revision,
    };
  }

  function record(command: string, of: PatientId, undo: () => void): number {
    const sequence = practice.record(command, of, () => {
      undo();
      practice.announce("patients", of);
    });
    practice.announce("patients", of);
    return sequence;
  }

  return {
    list_contacts({ id }) {
      const of = patient(id) ?? refuse("patient_not_found", "patient_id");
      const contacts = practice.contacts.filter((one) => one.patient_id === id && !one.removed).sort((a, b) => Number(b.guardian) - Number(a.guardian));
      return {
        contacts: contacts.map(view),
        consents: practice.consents
          .filter((one) => one.patient_id === id)
          .map((one) => {
            const by = practice.contacts.find((other) => other.id === one.contact_person_id);
            return {
              id: one.id,
              by: by?.name ?? "",
              given_on: one.given_on,
              way: one.way,
              noted_by: one.noted_by,
              withdrawn_on: one.withdrawn_on,
              holds: Boolean(by?.guardian && !by.removed && one.withdrawn_on === null),
            };
          })
          .toReversed(),
        minor: isMinor(practice, of),
        guardian: guardianOf(practice, of),
        contact_of: practice.contacts
          .filter((one) => one.linked_patient_id === id && !one.removed)
          .flatMap((one) => {
            const other = patient(one.patient_id);
            return other ? [{ patient_id: other.id, patient: nameOf(other), relation: one.relation }] : [];
          }),
      };
    },

    save_contact({ id, revision, patient_id, ...fields }) {
      const linked = patient(fields.linked_patient_id);
      const name = fields.name.trim() || (linked ? nameOf(linked) : "");
      if (!name) refuse("empty", "name");
      if (fields.linked_patient_id === patient_id) refuse("contact_is_the_patient", "linked_patient_id");
      const before = practice.contacts.find((one) => one.id === id);
      if (id && !before) refuse("contact_not_found", "contact_person_id");
      if (before && revision !== null && revision !== before.revision) refuse("changed_meanwhile");
      if (before) {
        const old = { ...before };
        Object.assign(before, fields, { name, revision: before.revision + 1 });
        return { contact: view(before), sequence: record("save_contact", patient_id, () => Object.assign(before, old)) };
      }
      const one: FakeContact = { ...fields, name, id: practice.id<ContactPersonId>("contact"), patient_id, removed: false, revision: 1 };
      practice.contacts.push(one);
      return { contact: view(one), sequence: record("save_contact", patient_id, () => (one.removed = true)) };
    },

    remove_contact({ id }) {
      const one = practice.contacts.find((other) => other.id === id) ?? refuse("contact_not_found", "contact_person_id");
      one.removed = true;
      return { sequence: record("remove_contact", one.patient_id, () => (one.removed = false)) };
    },

    give_consent({ patient_id, contact_person_id, given_on, way }) {
      const by = practice.contacts.find((one) => one.id === contact_person_id) ?? refuse("contact_not_found", "contact_person_id");
      if (!by.guardian) refuse("not_a_guardian", "contact_person_id");
      const consent = {
        id: practice.id<ConsentId>("consent"),
        patient_id,
        contact_person_id,
        given_on: given_on || practice.today,
        way,
        noted_by: practice.user?.name ?? "",
        withdrawn_on: null,
      };
      practice.consents.push(consent);
      return { sequence: record("give_consent", patient_id, () => (practice.consents = practice.consents.filter((one) => one !== consent))) };
    },

    withdraw_consent({ id, withdrawn_on }) {
      const consent = practice.consents.find((one) => one.id === id) ?? refuse("consent_not_found", "id");
      if (consent.withdrawn_on !== null) refuse("consent_withdrawn", "id");
      consent.withdrawn_on = withdrawn_on || practice.today;
      return { sequence: record("withdraw_consent", consent.patient_id, () => (consent.withdrawn_on = null)) };
    },
  };
}
