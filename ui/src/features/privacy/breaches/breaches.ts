// The clock of a breach, and what stands for its steps. The host says how long; here only the seconds are counted on.
import type { BreachStepView, BreachView, BreachesView, RegisterId } from "$backend/types";
import { clockTime } from "$kit/format";
import type { IconName } from "$kit/icons";

/** One that is about to be written down: somebody became aware now. */
export function blank(now: string): BreachView {
  return {
    id: "" as RegisterId,
    number: 0,
    fields: {
      what: "",
      found_by: "",
      aware_at: now,
      began_at: "",
      natures: [],
      persons: "",
      persons_count: null,
      data: "",
      records_count: null,
      consequences: "",
      measures: "",
      risk: "unassessed",
      risk_reason: "",
      notified_at: "",
      reference: "",
      delay_reason: "",
      persons_informed_at: "",
      persons_informed_how: "",
      persons_exempt: "",
      processor_id: null,
    },
    aware_at: "",
    deadline_at: "",
    deadline: "",
    notification: "running",
    minutes: 0,
    steps: [],
    text: "",
    closed_at: "",
    revision: 0,
  };
}

/** Seconds left until the deadline; negative once it is over. `passed`: milliseconds since the host answered. */
export function secondsLeft(breach: Pick<BreachView, "deadline_at">, view: Pick<BreachesView, "now">, passed: number): number {
  return Math.floor((Date.parse(breach.deadline_at) - Date.parse(view.now) - passed) / 1000);
}

/** `71:59:08`: hours, minutes and seconds of a count, whatever its sign. */
export function counted(seconds: number): string {
  const all = Math.abs(seconds);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${Math.floor(all / 3600)}:${two(Math.floor(all / 60) % 60)}:${two(all % 60)}`;
}

/** How much of the time is used up, 0 to 1. */
export function used(secondsToGo: number, hours: number): number {
  return Math.min(1, Math.max(0, 1 - secondsToGo / (hours * 3600)));
}

const STEP_ICONS: Record<BreachStepView["state"], IconName> = { open: "st_booked", done: "check", not_needed: "minus" };

export function stepIcon(step: BreachStepView): IconName {
  return STEP_ICONS[step.state];
}

/** `20/11/2026 09:30` of a moment: the host's own wall time. */
export function clockWords(moment: string): string {
  const minutes = Number(moment.slice(11, 13)) * 60 + Number(moment.slice(14, 16));
  return clockTime(minutes);
}
