// Who calls for a patient: the patient, or one of their contact persons.
import type { ContactPersonId, MatchContactView, MatchView } from "$backend/types";
import { phoneOfWord, relationWord } from "$kit/relations";

/** `tél. de la mère`, where the phone shown is not the patient's own; else empty. */
export function phoneOf(match: MatchView): string {
  const contact = match.contacts.find((one) => one.id === match.phone_of);
  return contact ? phoneOfWord(contact.relation) : "";
}

/** `Samira BEN ALI (mère)` */
export function callerName(contact: MatchContactView): string {
  const relation = relationWord(contact.relation);
  return relation ? `${contact.name} (${relation})` : contact.name;
}

/**
 * Who is likely on the phone: whose number was searched; for a minor, the first guardian; else the patient.
 */
export function likelyCaller(match: MatchView): ContactPersonId | null {
  if (match.phone_of) return match.phone_of;
  return match.minor ? (match.contacts.find((one) => one.guardian)?.id ?? null) : null;
}
