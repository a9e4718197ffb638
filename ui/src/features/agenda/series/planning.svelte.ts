// A series before it is written: its rule, the sessions as the host would put them, and what was decided of each.
import { call, isRefusal, practiceOf, type Refusal } from "$backend/door";
import type { AppointmentView, PlannedSessionView, PractitionerId, SeriesPlan, SeriesRuleView, SeriesView, SessionChoice } from "$backend/types";
import { dateOf, isolateFigures, minuteOfDay, wallTime } from "$kit/format";
import { toasts } from "$kit/state/toasts.svelte";
import { m, refusalText } from "$messages/index";
import { undo } from "../actions";
import { agenda } from "../agenda.svelte";
import { personName } from "../names";
import type { NewSeries, SeriesDraft, SeriesFields } from "./request.svelte";

/** What nobody can be put over. */
const HARD = ["slot_taken", "no_scheduling", "resource_taken", "in_the_past"];

const whole = (text: string): number => Number.parseInt(text, 10) || 0;

export type Scope = SeriesFields["scope"];

export class SeriesPlanning {
  readonly begun: NewSeries | null;
  readonly changed: AppointmentView | null;
  unit = $state<SeriesFields["unit"]>("weeks");
  atLeast = $state("1");
  /** Empty: a fixed interval. */
  atMost = $state("");
  count = $state("10");
  scope = $state<SeriesFields["scope"]>("one");
  date = $state("");
  minute = $state<number | null>(null);
  practitioner = $state<PractitionerId>("" as PractitionerId);
  minutes = $state("");
  /** Never to be told to the portal. */
  never = $state(false);
  series = $state.raw<SeriesView | null>(null);
  sessions = $state.raw<PlannedSessionView[]>([]);
  choices = $state.raw<Record<number, string | null>>({});
  loaded = $state(false);
  busy = $state(false);
  error = $state.raw<Refusal | null>(null);
  #asked = 0;
  #answered = $state("");
  /** What a lock interrupted, until it stands here again. */
  #kept: SeriesDraft | null;

  constructor(begun: NewSeries | null, changed: AppointmentView | null, kept: SeriesDraft | null = null) {
    this.#kept = kept;
    this.begun = begun;
    this.changed = changed;
    this.never = begun?.never ?? false;
    if (changed?.starts) {
      this.date = dateOf(changed.starts);
      this.minute = minuteOfDay(changed.starts);
      this.practitioner = changed.practitioner_id;
      this.minutes = String(changed.minutes);
    }
    if (kept) Object.assign(this, kept.fields);
  }

  /** What is kept over a lock; where the sessions can go is asked again. */
  get draft(): SeriesDraft {
    const { unit, atLeast, atMost, count, scope, date, minute, practitioner, minutes, never } = this;
    return {
      begun: this.begun,
      changed: this.changed?.id ?? null,
      fields: { unit, atLeast, atMost, count, scope, date, minute, practitioner, minutes, never },
      choices: this.#kept?.choices ?? this.choices,
    };
  }

  /** The rule that stands in the fields. */
  readonly rule = $derived<SeriesRuleView>({
    unit: this.unit,
    at_least: whole(this.atLeast),
    at_most: this.atMost.trim() === "" ? whole(this.atLeast) : whole(this.atMost),
    sessions: whole(this.count),
  });

  /** Whether the rule is asked for: of a new series, and where more than one session is changed. */
  get hasRule(): boolean {
    return this.begun !== null || this.scope !== "one";
  }

  get person(): string {
    return this.begun?.person ?? (this.changed ? personName(this.changed) : "");
  }

  /** What is asked of the host now, as text: the same is not asked twice. */
  readonly question = $derived(JSON.stringify([this.rule, this.scope, this.date, this.minute, this.practitioner, this.minutes]));

  /** Whether what stands here is the answer to what was asked. */
  readonly settled = $derived(this.loaded && this.#answered === this.question);

  async open(): Promise<void> {
    if (this.changed) {
      try {
        const series = await call("show_series", { appointment_id: this.changed.id });
        this.series = series;
        if (!this.#kept) {
          this.unit = series.rule.unit;
          this.atLeast = String(series.rule.at_least);
          this.atMost = series.rule.at_most === series.rule.at_least ? "" : String(series.rule.at_most);
          this.count = String(series.rule.sessions);
        }
      } catch (reason) {
        this.#refused(reason);
        return;
      }
    }
    await this.read();
  }

  get #plan(): SeriesPlan | null {
    const { begun } = this;
    if (!begun) return null;
    return {
      appointment_id: begun.appointment,
      practitioner_id: begun.practitioner,
      patient_id: begun.patient,
      type_id: begun.type,
      minutes: begun.minutes,
      first: begun.first,
      rule: this.rule,
    };
  }

  get #change() {
    const { changed, series } = this;
    if (!changed || !series || this.minute === null || this.date === "") return null;
    const asBefore = JSON.stringify(this.rule) === JSON.stringify(series.rule);
    return {
      appointment_id: changed.id,
      scope: this.scope,
      starts: wallTime(this.date, this.minute),
      practitioner_id: this.practitioner === changed.practitioner_id ? null : this.practitioner,
      type_id: null,
      minutes: whole(this.minutes) === changed.minutes ? null : whole(this.minutes),
      rule: asBefore || this.scope === "one" ? null : this.rule,
    };
  }

  /** Asks the host where the sessions would be put. */
  async read(): Promise<void> {
    const asked = ++this.#asked;
    const { question } = this;
    const [plan, change] = [this.#plan, this.#change];
    if (!plan && !change) return;
    try {
      const view = plan ? await call("preview_series", plan) : await call("preview_series_change", change as NonNullable<typeof change>);
      if (asked !== this.#asked) return;
      this.sessions = view.sessions;
      this.choices = this.#decided(view.sessions);
      this.error = null;
      this.#answered = question;
      this.loaded = true;
    } catch (reason) {
      if (asked === this.#asked) this.#refused(reason);
    }
  }

  /** What was decided before a lock, where it can still be done. */
  #decided(sessions: PlannedSessionView[]): Record<number, string | null> {
    const kept = this.#kept?.choices ?? {};
    this.#kept = null;
    const still = sessions.filter((one) => kept[one.number] !== undefined && this.options(one).includes(kept[one.number] ?? null));
    return Object.fromEntries(still.map((one) => [one.number, kept[one.number] ?? null]));
  }

  /** Where a session can be put, the best first; null: left out, or left where it is. */
  options(session: PlannedSessionView): (string | null)[] {
    if (session.kept) return [];
    const free = session.clashes.length === 0;
    const forced = !free && !session.clashes.some((code) => HARD.includes(code));
    return [...(free ? [session.planned] : session.proposals), ...(forced ? [session.planned] : []), null];
  }

  chosen(session: PlannedSessionView): string | null {
    const choice = this.choices[session.number];
    return choice === undefined ? session.starts : choice;
  }

  choose(session: PlannedSessionView, starts: string | null): void {
    this.choices = { ...this.choices, [session.number]: starts };
  }

  /** Those that will be booked or moved. */
  readonly moving = $derived(this.sessions.filter((one) => one.kept === null && this.chosen(one) !== null && this.chosen(one) !== one.now));
  readonly clashing = $derived(this.sessions.filter((one) => one.clashes.length > 0));

  /** Of a series that is there: how many stay as they are. */
  readonly staying = $derived(this.sessions.length - this.moving.length);

  async save(): Promise<boolean> {
    if (this.busy) return false;
    if (!this.settled) await this.read();
    const [plan, change] = [this.#plan, this.#change];
    if (this.error || this.moving.length === 0 || (!plan && !change)) return false;
    const sessions: SessionChoice[] = this.sessions.map((one) => ({ number: one.number, planned: one.planned, starts: one.kept ? null : this.chosen(one) }));
    this.busy = true;
    try {
      const done = plan
        ? await call("book_series", { plan, sessions, origin: "desk", note: this.begun?.note ?? "", never_sync: this.never })
        : await call("change_series", { change: change as NonNullable<typeof change>, sessions });
      const n = done.appointments.length;
      toasts.done(plan ? m.series_booked({ n }) : m.series_changed({ n }), { person: this.person, undo: () => undo(done.sequence, practiceOf(done)) });
      await agenda.load();
      return true;
    } catch (reason) {
      this.#refused(reason);
      // Somebody was faster: what is free is another now.
      if (isRefusal(reason) && HARD.includes(reason.code)) {
        const refused = this.error;
        await this.read();
        this.error = refused;
      }
      return false;
    } finally {
      this.busy = false;
    }
  }

  #refused(reason: unknown): void {
    this.error = isRefusal(reason) ? reason : { code: "internal", field: null, parameters: {} };
  }

  errorOf(...fields: string[]): string | null {
    return this.error && fields.includes(this.error.field ?? "") ? refusalText(this.error) : null;
  }

  /** What no field of the form stands for; of one session, with its number. */
  get rest(): string | null {
    const { error } = this;
    if (!error || ["at_least", "sessions", "minutes"].includes(error.field ?? "")) return null;
    const number = error.parameters?.["number"];
    const words = refusalText(error);
    return number === undefined ? words : `${m.series_session({ n: isolateFigures(String(number)) })} : ${words}`;
  }
}
