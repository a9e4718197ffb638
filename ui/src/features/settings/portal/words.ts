// What an instruction says, in a line each.
import type { InstructionTerms, SyncRefusedView } from "$backend/types";
import { listed } from "$kit/format";
import { m, messageByKey, refusalText } from "$messages/index";

/** The host of an address: what is typed to confirm the end. */
export const hostOf = (address: string): string => address.replace(/^https?:\/\//, "").replace(/[/:].*$/, "");

/** The optional fields that it takes along. */
export function optionalWords(terms: InstructionTerms): string {
  const words = [terms.email ? m.portal_field_email() : "", terms.birth_date ? m.portal_field_birth_date() : "", terms.reason ? m.portal_field_type() : ""];
  return listed(words) || m.portal_none_optional();
}

/** The languages that messages are written in, each by its own name. */
export const LANGUAGES = [
  { value: "fr" as const, label: "Français" },
  { value: "ar" as const, label: "العربية" },
  { value: "en" as const, label: "English" },
];

export const languageWord = (language: InstructionTerms["language"]): string => LANGUAGES.find((one) => one.value === language)?.label ?? language;

/** The messages that the portal sends. */
export function messagesWords(terms: InstructionTerms): string {
  const words = [m.portal_message_booking(), ...[...terms.reminder_hours].sort((a, b) => b - a).map((n) => m.portal_terms_reminder({ n })), terms.survey ? m.portal_terms_survey() : "", terms.waiting_list ? m.portal_terms_waiting() : ""];
  return listed(words);
}

/** Why something was refused, in a sentence; a word of the portal's that nobody knows is shown as it is. */
export const refusedWords = (one: SyncRefusedView): string => refusalText({ code: one.code });

export const refusedKind = (one: SyncRefusedView): string => messageByKey(`portal_refused_${one.kind}`) ?? one.kind;
