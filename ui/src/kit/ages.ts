// How long ago something was, in words.
import { m } from "$messages/index";

/** `à l’instant`, `il y a 3 min`, `il y a 2 h`, `il y a 4 jours`. */
export function age(minutes: number): string {
  if (minutes < 1) return m.publishing_age_now();
  if (minutes < 90) return m.publishing_age_minutes({ n: minutes });
  if (minutes < 36 * 60) return m.publishing_age_hours({ n: Math.round(minutes / 60) });
  return m.publishing_age_days({ n: Math.round(minutes / 1440) });
}

/** Whole minutes since a UTC instant; none where there was none. Counts of seconds need no zone. */
export function minutesSince(at: string | null, now: number = Date.now()): number | null {
  const then = at === null ? NaN : Date.parse(at);
  return Number.isNaN(then) ? null : Math.max(0, Math.floor((now - then) / 60_000));
}
