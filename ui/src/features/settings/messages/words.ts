// How messages to patients stand, in words.
import type { MessagesView, UntoldView } from "$backend/types";
import { age } from "$kit/ages";
import { clockOf, dateOf, mediumDate } from "$kit/format";
import type { IconName } from "$kit/icons";
import { m, messageByKey, refusalText } from "$messages/index";

export interface State {
  icon: IconName;
  tone: "good" | "warning" | "plain";
  words: string;
}

export function state(one: MessagesView): State {
  if (!one.set_up) return { icon: "st_requested", tone: "plain", words: m.messages_not_set_up() };
  if (!one.enabled) return { icon: "minus", tone: "plain", words: m.messages_off() };
  if (!one.has_password) return { icon: "key", tone: "warning", words: m.messages_no_password() };
  if (one.code) return { icon: "warning", tone: "warning", words: m.messages_failed() };
  if (one.age_minutes === null) return { icon: "waiting", tone: "plain", words: m.messages_not_yet() };
  return { icon: "check", tone: "good", words: m.messages_done({ age: age(one.age_minutes) }) };
}

/** What a message says. */
export function template(word: UntoldView["template"]): string {
  return messageByKey(`messages_template_${word}`) ?? word;
}

/** Why a message did not go. */
export function reason(code: string): string {
  return code === "no_email" ? m.messages_no_email() : refusalText({ code });
}

/** When an appointment begins. */
export function moment(starts: string): string {
  return `${mediumDate(dateOf(starts))} · ${clockOf(starts)}`;
}
