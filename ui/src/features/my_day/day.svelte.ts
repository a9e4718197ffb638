// A doctor's day: the list, who waits, who is in the room, and the one key that goes on.
//
// Who is to be called next, and which step is allowed, the host says; this only asks for it.
import { call, isRefusal, practiceOf } from "$backend/door";
import type { AppointmentId, AppointmentView, MyDayView, PatientId, PatientView, PractitionerId, Status, VaultId, WaitingView } from "$backend/types";
import { addDays } from "$kit/format";
import { preferences } from "$kit/state/preferences.svelte";
import { session } from "$kit/state/session.svelte";
import { toasts } from "$kit/state/toasts.svelte";
import { m, messageByKey, refusalText } from "$messages/index";

/** The name in the window's script where it is known in it. */
export function personOf(one: AppointmentView): string {
  if (preferences.language === "ar" && one.patient_arabic) return one.patient_arabic;
  return one.patient || m.myday_held();
}

const GONE: Status[] = ["done", "cancelled", "no_show", "left"];

export function isGone(status: Status): boolean {
  return GONE.includes(status);
}

export class MyDay {
  date = $state("");
  /** Whose day; null: the signed-in practitioner's own. */
  whose = $state<PractitionerId | null>(null);
  view = $state.raw<MyDayView | null>(null);
  chosen = $state<AppointmentId | null>(null);
  patient = $state.raw<PatientView | null>(null);
  failure = $state<string | null>(null);
  #asked = 0;
  #patientAsked: PatientId | null = null;

  get list(): AppointmentView[] {
    return this.view?.appointments ?? [];
  }

  get waiting(): WaitingView[] {
    return this.view?.waiting ?? [];
  }

  get inRoom(): AppointmentView | null {
    return this.list.find((one) => one.status === "in_consultation") ?? null;
  }

  get next(): WaitingView | null {
    return this.waiting.find((one) => one.appointment.id === this.view?.next) ?? null;
  }

  get current(): AppointmentView | null {
    return this.list.find((one) => one.id === this.chosen) ?? null;
  }

  waitOf(id: AppointmentId): WaitingView | null {
    return this.waiting.find((one) => one.appointment.id === id) ?? null;
  }

  async load(): Promise<void> {
    if (!this.date) return;
    const asked = ++this.#asked;
    try {
      const view = await call("show_my_day", { day: this.date, practitioner_id: this.whose });
      if (asked !== this.#asked) return;
      this.view = view;
      this.failure = null;
      if (!this.current) this.chosen = (this.inRoom ?? this.next?.appointment ?? this.#firstToCome())?.id ?? null;
      await this.#showPatient();
    } catch (reason) {
      if (asked === this.#asked && isRefusal(reason)) this.failure = refusalText(reason);
    }
  }

  #firstToCome(): AppointmentView | null {
    return this.list.find((one) => !isGone(one.status)) ?? this.list[0] ?? null;
  }

  async go(date: string): Promise<void> {
    this.date = date;
    this.chosen = null;
    await this.load();
  }

  page(days: number): Promise<void> {
    return this.go(addDays(this.date, days));
  }

  async choose(id: AppointmentId): Promise<void> {
    this.chosen = id;
    await this.#showPatient();
  }

  move(step: number): Promise<void> {
    const at = this.list.findIndex((one) => one.id === this.chosen);
    const next = this.list[Math.min(Math.max(0, at + step), this.list.length - 1)];
    return next ? this.choose(next.id) : Promise.resolve();
  }

  async #showPatient(): Promise<void> {
    const id = this.current?.patient_id ?? null;
    this.#patientAsked = id;
    if (id === null) {
      this.patient = null;
      return;
    }
    try {
      const patient = await call("show_patient", { id });
      if (this.#patientAsked === id) this.patient = patient;
    } catch {
      this.patient = null;
    }
  }

  /** One key: whoever is in the room is done, whoever waits first comes in. Who that is, the waiting room's rule says now. */
  async callNext(): Promise<void> {
    const { view } = this;
    if (!view || !this.next) {
      toasts.refused(m.myday_next_none());
      return;
    }
    const leaving = this.list.filter((one) => one.status === "in_consultation").length;
    try {
      const called = await call("call_next", { practitioner_id: view.practitioner_id, finish: true });
      // The entries just before, of the same moment, ended the consultations.
      const taken = Array.from({ length: leaving + 1 }, (_, back) => called.sequence - back);
      this.chosen = called.id;
      toasts.done(m.myday_did_in_consultation(), { person: personOf(called), undo: () => this.#undo(taken, practiceOf(called)) });
    } catch (reason) {
      if (isRefusal(reason)) toasts.refused(refusalText(reason));
    }
    await this.load();
  }

  /** Calls this one, whoever is next. */
  async callIn(one: AppointmentView): Promise<void> {
    const leaving = this.inRoom;
    await this.#steps([...(leaving && leaving.id !== one.id ? [[leaving, "done"] as const] : []), [one, "in_consultation"] as const]);
  }

  async finish(one: AppointmentView): Promise<void> {
    await this.#steps([[one, "done"]]);
  }

  /** Takes the steps in order, with one way back for all of them. */
  async #steps(steps: (readonly [AppointmentView, Status])[]): Promise<void> {
    const taken: number[] = [];
    const [last, status] = steps.at(-1) ?? [null, null];
    if (!last) return;
    const { practice } = session;
    try {
      for (const [one, to] of steps) taken.unshift((await call("set_status", { id: one.id, status: to }, { practice })).sequence);
      this.chosen = last.id;
      toasts.done(messageByKey(`myday_did_${status}`) ?? "", { person: personOf(last), undo: () => this.#undo(taken, practice) });
    } catch (reason) {
      if (isRefusal(reason)) toasts.refused(refusalText(reason));
    }
    await this.load();
  }

  async #undo(sequences: number[], practice: VaultId | null): Promise<void> {
    try {
      for (const sequence of sequences) await call("undo", { sequence }, { practice });
      toasts.done(m.myday_undone());
    } catch (reason) {
      if (isRefusal(reason)) toasts.refused(refusalText(reason));
    }
    await this.load();
  }
}
