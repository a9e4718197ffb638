// The booking box's state: what is typed and how the host understood it, what is found, which type and slot stand beside
// it, who is calling, and what Enter does with the highlighted pair. Each key is one question to the host; answers to
// questions that were overtaken are dropped.
import { call, isRefusal, type Refusal } from "$backend/door";
import type {
  BoxView,
  ChangedAppointmentView,
  ContactPersonId,
  MatchContactView,
  MatchView,
  PatientId,
  PractitionerId,
  SlotView,
  SoughtView,
  TypeView,
  UnderstoodView,
  VaultId,
} from "$backend/types";
import { type BoxTarget, boxRequest, NO_TARGET } from "$kit/state/box.svelte";
import { clock } from "$kit/state/clock.svelte";
import { portal } from "$kit/state/portal.svelte";
import { preferences } from "$kit/state/preferences.svelte";
import { session } from "$kit/state/session.svelte";
import { m, refusalText } from "$messages/index";
import { said, whenWords } from "../actions";
import { agenda } from "../agenda.svelte";
import { matchName } from "../names";
import { practice } from "../practice.svelte";
import { likelyCaller } from "./callers";
import { parked, type ParkedBooking } from "./parked.svelte";
import { spread } from "./spread";

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
  note: string;
  form: NewFields | null;
  never?: boolean;
}

export class Box {
  text = $state("");
  matches = $state.raw<MatchView[]>([]);
  more = $state(false);
  /** The highlighted match; `matches.length` is "create". */
  at = $state(0);
  understood = $state.raw<UnderstoodView[]>([]);
  sought = $state.raw<SoughtView[]>([]);
  /** What of the text is left to search for, and to name somebody new. */
  searchText = $state("");
  /** What was typed when the answer that stands here was asked for. */
  answered = $state<string | null>(null);
  typeId = $state<TypeView["id"] | null>(null);
  #typedType = $state<TypeView["id"] | null>(null);
  #typedWhose = $state<PractitionerId | null>(null);
  minutes = $state(0);
  /** Whose slots; null: everybody's. */
  whose = $state<PractitionerId | null>(null);
  part = $state<Part>("any");
  slots = $state.raw<SlotView[]>([]);
  slotAt = $state(0);
  note = $state("");
  /** Never to be told to the portal: it is booked so, and nothing of it ever leaves. */
  never = $state(false);
  creating = $state(false);
  /** A call is being noted. */
  calling = $state(false);
  /** What stands in the form of a new patient, to be taken back after a lock. */
  form = $state.raw<NewFields | null>(null);
  busy = $state(false);
  error = $state<Refusal | null>(null);
  target = $state.raw<BoxTarget>(NO_TARGET);
  #caller = $state<{ of: PatientId; id: ContactPersonId | null } | null>(null);
  /** A slot that is offered first: it was chosen before this was put aside. */
  #kept = $state.raw<SlotView | null>(null);
  #wished = false;
  #found: SlotView[] = [];
  #known = "";
  #asked = 0;
  /** Where it was opened: what is booked is booked there. */
  #practice: VaultId | null = null;

  readonly type = $derived(
    practice.bookable.find((one) => one.id === (this.#typedType ?? this.typeId)) ?? practice.bookable[0] ?? null,
  );
  readonly match = $derived<MatchView | null>(this.matches[this.at] ?? null);
  readonly slot = $derived<SlotView | null>(this.slots[this.slotAt] ?? null);
  /** Whether "create" is offered: something was typed, and its answer has come. */
  readonly offersNew = $derived(this.searchText !== "" && this.answered === this.text);
  /** Whose slots are offered, typed or chosen. */
  readonly shownWhose = $derived(this.#typedWhose ?? this.whose);

  /** Who calls for the highlighted patient; null: they do. */
  readonly caller = $derived.by<MatchContactView | null>(() => {
    const { match } = this;
    if (!match) return null;
    const id = this.#caller?.of === match.id ? this.#caller.id : likelyCaller(match);
    return match.contacts.find((one) => one.id === id) ?? null;
  });

  /** Begins anew for what the box was opened for. */
  open(target: BoxTarget): void {
    this.target = target;
    this.#practice = session.practice;
    this.error = null;
    this.creating = false;
    this.calling = false;
    this.form = null;
    this.slotAt = 0;
    this.part = "any";
    this.#known = "";
    this.#kept = null;
    if (target.patient) {
      this.text = "";
      this.#caller = { of: target.patient, id: target.caller };
    }
    // A practitioner books into their own agenda first.
    this.whose = target.slot || session.now?.role !== "practitioner" ? null : session.now.practitioner_id;
    if (target.slot && this.type && this.type.minutes > target.slot.minutes) {
      // Into a short gap: the longest type that fits it is the likelier one.
      const fitting = practice.bookable.filter((one) => one.minutes <= (target.slot?.minutes ?? 0));
      this.typeId = fitting.sort((a, b) => b.minutes - a.minutes)[0]?.id ?? this.typeId;
    }
    void this.read().then(() => {
      if (target.call && target.patient) this.callNote();
    });
  }

  clear(): void {
    this.#asked++;
    this.text = "";
    this.note = "";
    this.never = false;
    this.matches = [];
    this.understood = [];
    this.sought = [];
    this.searchText = "";
    this.answered = null;
    this.slots = [];
    this.#found = [];
    this.#known = "";
    this.#kept = null;
    this.#caller = null;
    this.typeId = null;
    this.#typedType = null;
    this.#typedWhose = null;
    this.at = 0;
    this.creating = false;
    this.calling = false;
    this.error = null;
    this.target = NO_TARGET;
  }

  /** What is worth keeping over a lock: null while nothing was typed. */
  get draft(): BoxDraft | null {
    if (this.text.trim() === "" && this.note.trim() === "" && !this.creating) return null;
    return { target: this.target, text: this.text, note: this.note, form: this.creating ? this.form : null, never: this.never };
  }

  /** Takes back what was typed before a lock. */
  async restore(draft: BoxDraft): Promise<void> {
    this.text = draft.text;
    this.note = draft.note ?? "";
    this.never = draft.never ?? false;
    await this.read();
    this.form = draft.form;
    this.creating = draft.form !== null;
  }

  /** Whether there is anything to put aside. */
  get parkable(): boolean {
    return this.draft !== null || this.match !== null;
  }

  /** Puts what stands here aside and makes room for the next caller. */
  async park(): Promise<void> {
    if (!this.parkable) return;
    const { match } = this;
    const one: ParkedBooking = {
      at: clock.now,
      text: this.text,
      target: this.target,
      patient: match ? { id: match.id, name: matchName(match) } : null,
      typeId: this.type?.id ?? null,
      whose: this.whose,
      part: this.part,
      slot: this.slot,
      minutes: this.minutes,
      note: this.note,
      caller: this.caller?.id ?? null,
      form: this.creating ? this.form : null,
      never: this.never,
    };
    try {
      await parked.add(one);
      this.clear();
    } catch (reason) {
      this.#refused(reason);
    }
  }

  /** Takes one back; what stands here waits in its stead. */
  async unpark(which?: ParkedBooking): Promise<void> {
    const wanted = which ?? parked.list[0];
    if (!wanted) return;
    if (this.parkable) await this.park();
    const one = await parked.take(wanted);
    if (!one) return;
    this.clear();
    this.target = { ...one.target, patient: one.target.patient ?? one.patient?.id ?? null };
    this.text = one.text;
    this.note = one.note;
    this.never = one.never ?? false;
    this.typeId = one.typeId;
    this.whose = one.whose;
    this.part = one.part;
    this.#kept = one.slot;
    await this.read();
    const place = this.matches.findIndex((match) => match.id === one.patient?.id);
    if (place >= 0) this.at = place;
    if (one.patient) this.#caller = { of: one.patient.id, id: one.caller };
    this.form = one.form;
    this.creating = one.form !== null;
  }

  /** Asks the host what stands here: one question a key. */
  async read(): Promise<void> {
    const asked = ++this.#asked;
    const { text, target } = this;
    const type = practice.bookable.find((one) => one.id === this.typeId) ?? practice.bookable[0] ?? null;
    const whose = this.whose ?? target.slot?.practitioner ?? null;
    this.error = null;
    try {
      const view = await call("read_box", {
        text,
        language: preferences.language,
        limit: MATCHES,
        type_id: type?.id ?? null,
        patient_id: target.patient,
        slots: target.walkIn
          ? null
          : {
              practitioners: whose ? [whose] : [],
              // Who looks at next week asks for next week.
              from: agenda.date > clock.date ? agenda.date : clock.now || agenda.date || (session.now?.today ?? ""),
              days: DAYS,
              part: this.part,
              count: ASKED,
              known: this.#known,
            },
      });
      if (asked === this.#asked) this.#take(view, text);
    } catch (reason) {
      if (asked === this.#asked) this.#refused(reason);
    }
  }

  #take(view: BoxView, text: string): void {
    if (this.searchText !== view.search || this.answered === null) this.at = 0;
    this.matches = view.matches;
    this.at = Math.min(this.at, Math.max(0, view.matches.length - 1));
    this.more = view.more;
    this.understood = view.understood;
    this.sought = view.sought;
    this.searchText = view.search;
    this.answered = text;
    this.#typedType = view.understood.some((one) => one.kind === "type") ? view.type_id : null;
    this.#typedWhose = view.practitioner_id;
    this.minutes = view.minutes;
    this.#wished = view.wished;
    if (this.target.walkIn) {
      if (view.practitioner_id) this.target = { ...this.target, walkIn: { practitioner: view.practitioner_id } };
      this.slots = [];
      return;
    }
    if (view.slots === null) return;
    this.#known = view.known;
    this.#found = view.slots;
    this.#offer();
  }

  /** The slot it was opened from first, unless something else was typed; then the first free ones. */
  #offer(): void {
    const own = this.#wished || this.#typedWhose ? null : this.target.slot;
    const first: SlotView[] = [];
    if (this.#kept && !this.#wished) first.push({ ...this.#kept, minutes: this.minutes });
    else if (own) {
      const practitioner = practice.practitioner(own.practitioner)?.name ?? "";
      first.push({ practitioner_id: own.practitioner, practitioner, starts: own.starts, minutes: this.minutes });
    }
    const others = this.#found.filter(
      (one) => !first.some((other) => one.starts === other.starts && one.practitioner_id === other.practitioner_id),
    );
    this.slots = spread(others, first, SLOTS);
    this.slotAt = 0;
  }

  /** Finds the free slots again: something else was chosen, or somebody was faster. */
  async findSlots(): Promise<void> {
    this.#known = "";
    await this.read();
  }

  /** Takes a word out of the text that was understood as something else than meant. */
  async forget(piece: UnderstoodView): Promise<void> {
    this.#strike((one) => one === piece);
    await this.read();
  }

  #strike(which: (piece: UnderstoodView) => boolean): void {
    // From the end, so that places before stay where they are.
    for (const piece of this.understood.filter(which).toReversed()) {
      this.text = `${this.text.slice(0, piece.from).trimEnd()} ${this.text.slice(piece.to).trimStart()}`.trimStart();
    }
  }

  chooseType(id: TypeView["id"]): void {
    this.#strike((piece) => piece.kind === "type");
    this.typeId = id;
    void this.findSlots();
  }

  /** Whose slots are offered; for a walk-in, whom they have come to see. */
  chooseWhose(id: PractitionerId | null): void {
    this.#strike((piece) => piece.kind === "practitioner");
    if (this.target.walkIn && id) this.target = { ...this.target, walkIn: { practitioner: id } };
    else {
      this.whose = id;
      if (this.target.slot && id !== this.target.slot.practitioner) this.target = { ...this.target, slot: null };
      void this.findSlots();
    }
  }

  choosePart(part: Part): void {
    this.#strike((piece) => piece.kind === "part");
    this.part = part;
    void this.findSlots();
  }

  chooseCaller(id: ContactPersonId | null): void {
    if (this.match) this.#caller = { of: this.match.id, id };
  }

  /** Whether a portal could be told of what is booked here; what has no time is never told. */
  get tellable(): boolean {
    return portal.known && !this.target.walkIn && !this.target.call;
  }

  /** The next who may be calling, after the last the patient again. */
  nextCaller(): void {
    const { match } = this;
    if (!match || match.contacts.length === 0) return;
    const ids = [null, ...match.contacts.map((one) => one.id)];
    this.chooseCaller(ids[(ids.indexOf(this.caller?.id ?? null) + 1) % ids.length] ?? null);
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

  /** Notes a call about the highlighted patient instead of booking. */
  callNote(): void {
    if (this.match) this.calling = true;
    else this.target = { ...this.target, call: true };
  }

  /** What Enter does: books the pair, notes the call, or opens the form for somebody new. */
  async take(overbook = false): Promise<void> {
    // Enter before the answer to the last key: what was typed is what is meant.
    if (this.answered !== this.text) await this.read();
    if (this.busy) return;
    if (this.match && this.target.call) this.calling = true;
    else if (this.match) await this.book(this.match.id, overbook);
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
    const caller = this.match?.id === patient ? this.caller : null;
    this.busy = true;
    try {
      if (walkIn) {
        const changed = await call("book_walk_in", {
          practitioner_id: walkIn.practitioner,
          patient_id: patient,
          type_id: this.#typedType ?? this.typeId,
          urgency: "normal",
          note: this.note.trim(),
        }, { practice: this.#practice });
        await this.#finish(changed, m.agenda_walk_in_added({ practitioner: changed.practitioner }), null);
      } else if (slot) {
        const changed = await call("book_appointment", {
          practitioner_id: slot.practitioner_id,
          patient_id: patient,
          type_id: type.id,
          starts: slot.starts,
          minutes: this.minutes > 0 && this.minutes !== type.minutes ? this.minutes : null,
          origin: session.now?.role === "practitioner" ? "practitioner" : "phone",
          overbook,
          note: this.note.trim(),
          contact_name: caller?.name ?? "",
          contact_phone: caller?.phone ?? "",
          never_sync: this.never,
        }, { practice: this.#practice });
        const words = m.agenda_booked({ when: whenWords(slot.starts), practitioner: changed.practitioner });
        await this.#finish(changed, words, changed.spoken_code);
      }
    } catch (reason) {
      const refused = reason;
      if (isRefusal(reason) && reason.code === "slot_taken") await this.findSlots();
      this.#refused(refused);
    } finally {
      this.busy = false;
    }
  }

  async #finish(changed: ChangedAppointmentView, words: string, code: string | null): Promise<void> {
    boxRequest.close();
    this.clear();
    await said(changed, words, code);
    agenda.stayWith(changed.id);
  }

  #refused(reason: unknown): void {
    this.error = isRefusal(reason) ? reason : { code: "internal", field: null, parameters: {} };
  }

  get errorText(): string | null {
    return this.error ? refusalText(this.error) : null;
  }
}
