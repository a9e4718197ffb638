// What can be done to appointments: each one command, its toast with a way back, and a refusal in words. Nothing is asked
// before: what can be undone is done.
import { call, isRefusal, practiceOf, type Refusal } from "$backend/door";
import type { AppointmentId, AppointmentView, ChangedAppointmentView, PractitionerId, Status, VaultId } from "$backend/types";
import { clockOf, dateOf, isolate, isolateFigures, shortDate } from "$kit/format";
import { clock } from "$kit/state/clock.svelte";
import { practices } from "$kit/state/practices.svelte";
import { preferences } from "$kit/state/preferences.svelte";
import { preview } from "$kit/state/preview.svelte";
import { toasts } from "$kit/state/toasts.svelte";
import { m, messageByKey, refusalText } from "$messages/index";
import { agenda } from "./agenda.svelte";
import { freed, leftBy } from "./freed.svelte";
import { mayOverbook, personName, statusWord } from "./names";

/** `mar. 24 nov. · 14:20`, or the time alone today. */
export function whenWords(starts: string): string {
  const time = isolateFigures(clockOf(starts));
  return dateOf(starts) === clock.date ? time : `${shortDate(dateOf(starts))} · ${time}`;
}

export function warningWords(codes: string[]): string | null {
  const words = codes.map((code) => messageByKey(`agenda_warning_${code}`)).filter((one) => one !== null);
  return words.length > 0 ? words.join(" ") : null;
}

function asRefusal(reason: unknown): Refusal {
  return isRefusal(reason) ? reason : { code: "internal", field: null, parameters: {} };
}

/** Lets something go on by itself; where it is refused, says so. */
export function tell(work: Promise<unknown>): void {
  work.catch(sayRefusal);
}

/** Says a refusal, and shows again what is true. */
export function sayRefusal(reason: unknown): void {
  const refusal = asRefusal(reason);
  // The window closes by itself then, and says it at the entrance.
  if (refusal.code === "signed_out") return;
  toasts.refused(refusalText(refusal));
  void agenda.load().catch(() => undefined);
}

/** Takes one entry back, in the practice where it was made; without one, the last thing that this user did here. */
export async function undo(sequence: number | null, practice: VaultId | null = null): Promise<void> {
  try {
    await call("undo", { sequence }, { practice });
    await agenda.load();
    toasts.done(m.undone());
  } catch (reason) {
    sayRefusal(reason);
  }
}

export async function said(changed: ChangedAppointmentView, text: string, code: string | null = null, practice = practiceOf(changed)): Promise<void> {
  // Where several practices are open, the one where it was done is said with it.
  const where = practices.several ? ` · ${isolate(practices.name(practice))}` : "";
  toasts.done(text + where, {
    person: personName(changed),
    code,
    warning: warningWords(changed.warnings),
    undo: () => undo(changed.sequence, practice),
  });
  await agenda.load();
}

export async function setStatus(id: AppointmentId, status: Status): Promise<void> {
  try {
    const changed = await call("set_status", { id, status });
    await said(changed, statusWord(status));
  } catch (reason) {
    sayRefusal(reason);
  }
}

/** Agrees to what a person asked for at the portal, or does not: they are told. */
export async function answerRequest(id: AppointmentId, accept: boolean): Promise<void> {
  try {
    const changed = accept ? await call("accept_portal_request", { id }) : await call("decline_portal_request", { id });
    await said(changed, accept ? m.portal_did_accept() : m.portal_did_decline());
  } catch (reason) {
    sayRefusal(reason);
  }
}

export async function cancel(id: AppointmentId, by: "patient" | "practice", reason: string): Promise<boolean> {
  try {
    const changed = await call("cancel_appointment", { id, by, reason });
    await said(changed, by === "patient" ? m.agenda_cancelled_by_patient() : m.agenda_cancelled_by_practice());
    freed.say([leftBy(changed)], true);
    return true;
  } catch (refused) {
    sayRefusal(refused);
    return false;
  }
}

/** The day's list of one practitioner as a PDF, shown to be printed or kept. */
export async function printDay(practitioner: PractitionerId, day: string, practice: VaultId | null = null): Promise<void> {
  try {
    preview.show(await call("print_day_list", { day, practitioner_id: practitioner, language: preferences.language }, { practice }));
  } catch (reason) {
    sayRefusal(reason);
  }
}

export interface Place {
  practitioner: PractitionerId;
  starts: string;
  minutes: number;
}

/**
 * Moves or resizes. Where the place is taken the refusal offers to overbook, on purpose and by one more key.
 */
export async function move(one: AppointmentView, to: Place, overbook = false): Promise<boolean> {
  if (one.starts === to.starts && one.practitioner_id === to.practitioner && one.minutes === to.minutes) return false;
  // Cut again while this answer was on its way, it waits for its next place.
  const pasted = agenda.cut === one.id;
  try {
    const changed = await call("move_appointment", {
      id: one.id,
      revision: one.revision,
      starts: to.starts,
      practitioner_id: to.practitioner,
      minutes: to.minutes,
      overbook,
    });
    if (pasted && agenda.cut === one.id) agenda.cut = null;
    const resized = one.starts === to.starts && one.practitioner_id === to.practitioner;
    await said(
      changed,
      resized
        ? m.agenda_resized({ n: isolateFigures(to.minutes) })
        : m.agenda_moved_to({ when: whenWords(to.starts), practitioner: changed.practitioner }),
    );
    if (!resized) freed.say([leftBy(one)], false);
    return true;
  } catch (reason) {
    const refusal = asRefusal(reason);
    if (!mayOverbook(refusal.code) || overbook) {
      sayRefusal(refusal);
      return false;
    }
    const taken = one.starts === to.starts ? m.agenda_taken_longer() : m.agenda_taken_there({ when: whenWords(to.starts) });
    toasts.refused(refusal.code === "slot_taken" ? taken : refusalText(refusal), {
      action: { label: m.agenda_overbook_anyway(), run: async () => void (await move(one, to, true)) },
    });
    void agenda.load().catch(() => undefined);
    return false;
  }
}

/** Makes an appointment longer or shorter by some minutes, never below five. */
export async function lengthen(one: AppointmentView, by: number): Promise<boolean> {
  if (!one.starts || one.minutes + by < 5) return false;
  return move(one, { practitioner: one.practitioner_id, starts: one.starts, minutes: one.minutes + by });
}

export async function saveNote(one: AppointmentView, note: string): Promise<boolean> {
  if (note === one.note) return true;
  try {
    const changed = await call("update_appointment", {
      id: one.id,
      patient_id: one.patient_id,
      type_id: one.type_id,
      urgency: one.urgency,
      note,
    });
    await said(changed, m.agenda_note_saved());
    return true;
  } catch (reason) {
    sayRefusal(reason);
    return false;
  }
}
