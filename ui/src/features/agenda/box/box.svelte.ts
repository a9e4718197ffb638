// The booking box's state: what is searched, what is found, which type and slot stand beside it, and what Enter does with
// the highlighted pair. Answers to questions that were overtaken are dropped.
import { call, isRefusal, type Refusal } from "$backend/door";
import type { ChangedAppointmentView, MatchView, PatientId, PractitionerId, SlotView, TypeView } from "$backend/types";
import { clock } from "$kit/state/clock.svelte";
import { session } from "$kit/state/session.svelte";
import { m, refusalText } from "$messages/index";
import { said, whenWords } from "../actions";
import { agenda } from "../agenda.svelte";
import { practice } from "../practice.svelte";
import { splitType } from "./parse";
import { spread } from "./spread";
import { type BoxTarget, boxRequest } from "./request.svelte";

export type Part = "any" | "morning" | "afternoon" | "evening";

/** How many matches and slots are offered, of how many that are asked for, and how far ahead. */
const MATCHES = 6;
const SLOTS = 4;
const ASKED = 60;
const DAYS = 60;

/** The fields of the form of a new patient. */
export interface NewFields {
  arabic: boolean;
  surname: string;
  first: string;
  born: string;
  mobile: string;
}

/** What of the box is kept over a lock. */
export interface BoxDraft {
  target: BoxTarget;
  text: string;
  form: NewFields | null;
}

export class Box {
  text = $state("");
  matches = $state.raw<MatchView[]>([]);
  more = $state(false);
  /** The highlighted match; `matches.length` is "create". */
  at = $state(0);
  typeId = $state<TypeView["id"] | null>(null);
  /** Whose slots; null: everybody's. */
  whose = $state<PractitionerId | null>(null);
  part = $state<Part>("any");
  slots = $state.raw<SlotView[]>([]);
  slotAt = $state(0);
  searched = $state("");
  creating = $state(false);
  /** What stands in the form of a new patient, to be taken back after a lock. */
  form = $state.raw<NewFields | null>(null);
  busy = $state(false);
  error = $state<Refusal | null>(null);
  target = $state.raw<BoxTarget>({ slot: null, walkIn: null });
  #asked = 0;
  #slotsAsked = 0;

  readonly type = $derived(practice.bookable.find((one) => one.id === this.typeId) ?? practice.bookable[0] ?? null);
  readonly match = $derived<MatchView | null>(this.matches[this.at] ?? null);
  readonly slot = $derived<SlotView | null>(this.slots[this.slotAt] ?? null);
  /** Whether "create" is offered: something was typed, and its answer has come. */
  readonly offersNew = $derived(this.text.trim() !== "" && this.searched === this.searchText);

  get searchText(): string {
    return splitType(this.text, practice.bookable).search;
  }

  /** Begins anew for what the box was opened for. */
  open(target: BoxTarget): void {
    this.target = target;
    this.error = null;
    this.creating = false;
    this.form = null;
    this.slotAt = 0;
    this.part = "any";
    // A practitioner books into their own agenda first.
    this.whose = target.slot || session.now?.role !== "practitioner" ? null : session.now.practitioner_id;
    if (target.slot && this.type && this.type.minutes > target.slot.minutes) {
      // Into a short gap: the longest type that fits it is the likelier one.
      const fitting = practice.bookable.filter((one) => one.minutes <= (target.slot?.minutes ?? 0));
      this.typeId = fitting.sort((a, b) => b.minutes - a.minutes)[0]?.id ?? this.typeId;
    }
    void this.findSlots();
  }

  clear(): void {
    this.#asked++;
    this.#slotsAsked++;
    this.text = "";
    this.matches = [];
    this.slots = [];
    this.searched = "";
    this.typeId = null;
    this.at = 0;
    this.creating = false;
    this.error = null;
    this.target = { slot: null, walkIn: null };
  }

  /** What is worth keeping over a lock: null while nothing was typed. */
  get draft(): BoxDraft | null {
    if (this.text.trim() === "" && !this.creating) return null;
    return { target: this.target, text: this.text, form: this.creating ? this.form : null };
  }

  /** Takes back what was typed before a lock. */
  async restore(draft: BoxDraft): Promise<void> {
    this.text = draft.text;
    await this.search();
    this.form = draft.form;
    this.creating = draft.form !== null;
  }

  async search(): Promise<void> {
    const { search, type } = splitType(this.text, practice.bookable);
    if (type && type.id !== this.typeId) this.chooseType(type.id);
    const asked = ++this.#asked;
    this.error = null;
    if (search === "") {
      this.matches = [];
      this.more = false;
      this.searched = "";
      this.at = 0;
      return;
    }
    try {
      const view = await call("search_patients", { text: search, limit: MATCHES });
      if (asked !== this.#asked) return;
      this.matches = view.matches;
      this.more = view.more;
      this.at = 0;
      this.searched = search;
    } catch (reason) {
      if (asked === this.#asked) this.#refused(reason);
    }
  }

  /** The slot it was opened from first, then the first free ones. */
  async findSlots(): Promise<void> {
    const { type } = this;
    const asked = ++this.#slotsAsked;
    if (!type || this.target.walkIn) {
      this.slots = [];
      return;
    }
    const own = this.target.slot;
    const chosen: SlotView[] = own
      ? [{ practitioner_id: own.practitioner, practitioner: practice.practitioner(own.practitioner)?.name ?? "", starts: own.starts, minutes: type.minutes }]
      : [];
    try {
      const whose = this.whose ?? own?.practitioner ?? null;
      const view = await call("find_slots", {
        practitioners: whose ? [whose] : [],
        type_id: type.id,
        minutes: null,
        // Who looks at next week asks for next week.
        from: agenda.date > clock.date ? agenda.date : clock.now || agenda.date,
        days: DAYS,
        part: this.part,
        count: ASKED,
      });
      if (asked !== this.#slotsAsked) return;
      const others = view.slots.filter((one) => !own || one.starts !== own.starts || one.practitioner_id !== own.practitioner);
      this.slots = spread(others, chosen, SLOTS);
      this.slotAt = Math.min(this.slotAt, Math.max(0, this.slots.length - 1));
    } catch (reason) {
      if (asked === this.#slotsAsked) this.#refused(reason);
    }
  }

  chooseType(id: TypeView["id"]): void {
    this.typeId = id;
    void this.findSlots();
  }

  /** Whose slots are offered; for a walk-in, whom they have come to see. */
  chooseWhose(id: PractitionerId | null): void {
    if (this.target.walkIn && id) this.target = { ...this.target, walkIn: { practitioner: id } };
    else {
      this.whose = id;
      if (this.target.slot && id !== this.target.slot.practitioner) this.target = { ...this.target, slot: null };
      void this.findSlots();
    }
  }

  nextType(by: 1 | -1): void {
    const all = practice.bookable;
    const index = all.findIndex((one) => one.id === this.type?.id);
    const next = all[(index + by + all.length) % all.length];
    if (next) this.chooseType(next.id);
  }

  nextSlot(by: 1 | -1): void {
    if (this.slots.length > 0) this.slotAt = (this.slotAt + by + this.slots.length) % this.slots.length;
  }

  move(by: 1 | -1): void {
    const last = this.matches.length - (this.offersNew ? 0 : 1);
    if (last >= 0) this.at = Math.min(Math.max(this.at + by, 0), last);
  }

  /** What Enter does: books the pair, or opens the form for somebody new. */
  async take(overbook = false): Promise<void> {
    if (this.busy) return;
    if (this.match) await this.book(this.match.id, overbook);
    else if (this.offersNew && this.matches.length === this.at) this.creating = true;
  }

  async book(patient: PatientId, overbook = false): Promise<void> {
    const { type, slot } = this;
    const { walkIn } = this.target;
    if (!type || this.busy) return;
    if (!walkIn && !slot) {
      this.error = { code: "no_free_slot", field: null, parameters: {} };
      return;
    }
    this.busy = true;
    try {
      if (walkIn) {
        const changed = await call("book_walk_in", {
          practitioner_id: walkIn.practitioner,
          patient_id: patient,
          type_id: this.typeId,
          urgency: "normal",
          note: "",
        });
        await this.#finish(changed, m.agenda_walk_in_added({ practitioner: changed.practitioner }), null);
      } else if (slot) {
        const changed = await call("book_appointment", {
          practitioner_id: slot.practitioner_id,
          patient_id: patient,
          type_id: type.id,
          starts: slot.starts,
          minutes: null,
          origin: session.now?.role === "practitioner" ? "practitioner" : "phone",
          overbook,
          note: "",
          contact_name: "",
          contact_phone: "",
        });
        const words = m.agenda_booked({ when: whenWords(slot.starts), practitioner: changed.practitioner });
        await this.#finish(changed, words, changed.spoken_code);
      }
    } catch (reason) {
      this.#refused(reason);
      if (this.error?.code === "slot_taken") void this.findSlots();
    } finally {
      this.busy = false;
    }
  }

  async #finish(changed: ChangedAppointmentView, words: string, code: string | null): Promise<void> {
    boxRequest.close();
    this.clear();
    await said(changed, words, code);
    const column = agenda.columns.findIndex((one) => one.items.some((item) => item.id === changed.id));
    const item = agenda.columns[column]?.items.find((one) => one.id === changed.id);
    if (item) agenda.cursor = { column, start: item.start, id: item.id };
  }

  #refused(reason: unknown): void {
    this.error = isRefusal(reason) ? reason : { code: "internal", field: null, parameters: {} };
  }

  get errorText(): string | null {
    return this.error ? refusalText(this.error) : null;
  }
}
