// How the publishing of an agenda stands, in words.
import type { PublishingView } from "$backend/types";
import { age } from "$kit/ages";
import type { IconName } from "$kit/icons";
import { isolate } from "$kit/format";
import { m, refusalText } from "$messages/index";

export type Tone = "good" | "warning" | "plain";

export interface State {
  icon: IconName;
  tone: Tone;
  words: string;
}

export function state(one: PublishingView): State {
  if (!one.set_up) return { icon: "st_requested", tone: "plain", words: m.publishing_not_set_up() };
  if (!one.enabled) return { icon: "minus", tone: "plain", words: m.publishing_off() };
  if (!one.has_password) return { icon: "key", tone: "warning", words: m.publishing_no_password() };
  if (one.code) return { icon: "warning", tone: "warning", words: m.publishing_failed() };
  if (one.age_minutes === null) return { icon: "waiting", tone: "plain", words: m.publishing_not_yet() };
  return { icon: "check", tone: "good", words: m.publishing_done({ age: age(one.age_minutes) }) };
}

/** Why the last try failed, and when the next one comes. */
export function failure(one: PublishingView): string | null {
  if (!one.code || !one.enabled) return null;
  const reason = refusalText({ code: one.code });
  return one.next_in_minutes === null ? reason : `${reason} ${m.publishing_again({ n: one.next_in_minutes })}`;
}

/** The host of an address, isolated: it is read from left to right. */
export function host(address: string): string {
  return isolate(address.replace(/^https?:\/\//, "").replace(/\/.*$/, ""));
}
