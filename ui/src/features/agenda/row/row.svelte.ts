// Appointments in a row: a family with one practitioner, or one patient with several, one after another. Whom, in which
// order, and the free places that hold them all.
import { call, isRefusal, practiceOf, type Refusal } from "$backend/door";
import type { MatchView, PractitionerId, FreeRowView, TypeId } from "$backend/types";
import { clock } from "$kit/state/clock.svelte";
import { toasts } from "$kit/state/toasts.svelte";
import { m, refusalText } from "$messages/index";
import { undo } from "../actions";
import { agenda } from "../agenda.svelte";
import { matchName } from "../names";
import { practice } from "../practice.svelte";
import type { Link, RowDraft } from "./request.svelte";

const DAYS = 60;
const COUNT = 6;
const MOST = 8;
const MATCHES = 6;

export class Row {
  links = $state.raw<Link[]>([]);
  part = $state<RowDraft["part"]>("any");
  /** The longest pause between two practitioners, in minutes. */
  pause = $state("15");
  rows = $state.raw<FreeRowView[]>([]);
  at = $state(0);
  text = $state("");
  matches = $state.raw<MatchView[]>([]);
  matchAt = $state(0);
  searched = $state(false);
  busy = $state(false);
  error = $state.raw<Refusal | null>(null);
  readonly note: string;
  /** Never to be told to the portal. */
  never = $state(false);
  #next = 1;
  #asked = 0;
  #typed = 0;

  constructor(first: Omit<Link, "key">, { note, never }: { note: string; never: boolean }, kept: RowDraft | null = null) {
    this.note = note;
    this.never = never;
    this.links = [{ ...first, key: 0 }];
    if (!kept) return;
    this.links = kept.links;
    this.#next = Math.max(...kept.links.map((one) => one.key)) + 1;
    this.part = kept.part;
    this.pause = kept.pause;
    this.text = kept.text;
  }

  /** What is kept over a lock; the places are asked for again. */
  get draft(): RowDraft {
    return { links: this.links, part: this.part, pause: this.pause, note: this.note, never: this.never, text: this.text };
  }

  get chosen(): FreeRowView | null {
    return this.rows[this.at] ?? null;
  }

  get full(): boolean {
    return this.links.length >= MOST;
  }

  /** Whether practitioners change on the way: only then there can be a pause. */
  get changes(): boolean {
    return this.links.some((one, index) => index > 0 && one.practitioner !== this.links[index - 1]?.practitioner);
  }

  async search(): Promise<void> {
    const typed = ++this.#typed;
    const text = this.text.trim();
    if (text === "") {
      this.matches = [];
      return;
    }
    try {
      const { matches } = await call("search_patients", { text, limit: MATCHES });
      if (typed !== this.#typed) return;
      this.matches = matches;
      this.matchAt = 0;
    } catch (reason) {
      if (typed === this.#typed) this.#refused(reason);
    }
  }

  /** Somebody more, as the one before: the same practitioner and type. */
  add(match: MatchView | undefined): void {
    const last = this.links.at(-1);
    if (!match || !last || this.full) return;
    this.links = [...this.links, { ...last, key: this.#next++, patient: match.id, person: matchName(match) }];
    this.text = "";
    this.matches = [];
    void this.find();
  }

  /** The same person once more, with the next practitioner. */
  addPractitioner(): void {
    const last = this.links.at(-1);
    const others = practice.active;
    if (!last || this.full || others.length < 2) return;
    const next = others[(others.findIndex((one) => one.id === last.practitioner) + 1) % others.length];
    if (!next) return;
    this.links = [...this.links, { ...last, key: this.#next++, practitioner: next.id }];
    void this.find();
  }

  remove(link: Link): void {
    this.links = this.links.filter((one) => one !== link);
    void this.find();
  }

  change(link: Link, to: { type?: TypeId; practitioner?: PractitionerId }): void {
    this.links = this.links.map((one) => (one === link ? { ...one, ...to } : one));
    void this.find();
  }

  swap(index: number): void {
    const [before, after] = [this.links[index - 1], this.links[index]];
    if (!before || !after) return;
    this.links = this.links.map((one, at) => (at === index - 1 ? after : at === index ? before : one));
    void this.find();
  }

  /** Asks the host for places that hold them all. */
  async find(): Promise<void> {
    const asked = ++this.#asked;
    if (this.links.length < 2) {
      this.rows = [];
      this.searched = false;
      return;
    }
    try {
      const { rows } = await call("find_rows", {
        links: this.#links,
        from: agenda.date > clock.date ? agenda.date : clock.now || agenda.date,
        days: DAYS,
        part: this.part,
        pause: Number.parseInt(this.pause, 10) || 0,
        count: COUNT,
      });
      if (asked !== this.#asked) return;
      this.rows = rows;
      this.at = 0;
      this.searched = true;
      this.error = null;
    } catch (reason) {
      if (asked === this.#asked) this.#refused(reason);
    }
  }

  get #links() {
    return this.links.map((one) => ({ patient_id: one.patient, practitioner_id: one.practitioner, type_id: one.type, minutes: null }));
  }

  async book(): Promise<boolean> {
    const { chosen } = this;
    if (!chosen || this.busy) return false;
    this.busy = true;
    try {
      const done = await call("book_row", { links: this.#links, starts: chosen.starts, origin: "desk", note: this.note, never_sync: this.never });
      toasts.done(m.row_booked({ n: done.appointments.length }), { person: this.links[0]?.person ?? null, undo: () => undo(done.sequence, practiceOf(done)) });
      await agenda.load();
      return true;
    } catch (reason) {
      const refused = isRefusal(reason) ? reason : null;
      if (refused?.code === "slot_taken") await this.find();
      this.#refused(reason);
      return false;
    } finally {
      this.busy = false;
    }
  }

  #refused(reason: unknown): void {
    this.error = isRefusal(reason) ? reason : { code: "internal", field: null, parameters: {} };
  }

  get errorText(): string | null {
    return this.error ? refusalText(this.error) : null;
  }
}
