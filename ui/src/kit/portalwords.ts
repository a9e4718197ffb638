// How the sync with the portal stands, in words: the header says it short, the settings whole.
import type { SyncStateView } from "$backend/types";
import { age, minutesSince } from "./ages";
import { isolate, number } from "./format";
import type { IconName } from "./icons";
import { m, messageByKey, refusalText } from "$messages/index";

export type Tone = "good" | "warning" | "plain";

export interface PortalWords {
  icon: IconName;
  tone: Tone;
  /** `Portail à jour`. */
  words: string;
  /** `il y a 2 min`, `3 à envoyer depuis 12 min`; empty where there is nothing to say. */
  more: string;
}

/** From here on what waits is worth a second look. */
const LATE_MINUTES = 15;

/** `3 à envoyer`, and since when where it is long. */
export function queueWords(state: SyncStateView): string {
  if (state.queued === 0) return "";
  const minutes = state.oldest_minutes ?? 0;
  const queued = m.portal_queued({ n: state.queued, count: number(state.queued) });
  return minutes >= 1 ? m.portal_queued_since({ queued, age: age(minutes) }) : queued;
}

const ICONS: Record<SyncStateView["state"], IconName> = {
  off: "minus",
  idle: "portal",
  waiting: "upload",
  unreachable: "offline",
  refused: "warning",
  keyless: "key",
  suspended: "pause",
  ended: "minus",
};

export function portalWords(state: SyncStateView): PortalWords {
  const late = (state.oldest_minutes ?? 0) >= LATE_MINUTES;
  const good = state.state === "idle" || (state.state === "waiting" && !late);
  // What was refused for good is in no queue, and still has not left.
  if (good && state.refused > 0) return { icon: "warning", tone: "warning", words: m.portal_some_refused({ n: state.refused, count: number(state.refused) }), more: queueWords(state) };
  const plain = state.state === "off" || state.state === "ended" || state.state === "suspended";
  const since = minutesSince(state.succeeded_at);
  const more = queueWords(state) || (state.state === "idle" && since !== null ? age(since) : "");
  return { icon: ICONS[state.state], tone: good ? "good" : plain ? "plain" : "warning", words: messageByKey(`portal_state_${state.state}`) ?? "", more };
}

/** Why the last try failed, and when the next one comes by itself. */
export function portalFailure(state: SyncStateView): string | null {
  if (!state.code) return null;
  const reason = refusalText({ code: state.code });
  if (state.next_in_seconds === null) return reason;
  return `${reason} ${m.portal_next_try({ when: isolate(nextWords(state.next_in_seconds)) })}`;
}

function nextWords(seconds: number): string {
  return seconds < 60 ? m.portal_in_seconds({ n: Math.max(1, seconds) }) : m.portal_in_minutes({ n: Math.ceil(seconds / 60) });
}
