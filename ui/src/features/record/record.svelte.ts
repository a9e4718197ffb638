// One patient's record while it stands on the screen: opened once, read again when something of it changed, searched at the host.
//
// Nothing of it is kept here beyond the screen: leaving closes it at the host as well.
import { call, isRefusal } from "$backend/door";
import type { AbbreviationView, EntryId, OpenLimitedRecordRequest, PatientId, PatientView, RecordEntryView, RecordView, TemplateView, VaultId } from "$backend/types";
import { session } from "$kit/state/session.svelte";
import { toasts } from "$kit/state/toasts.svelte";
import { m, refusalText } from "$messages/index";
import { KIND_ORDER } from "./kinds";

/** How many entries are drawn at first, and each time more are asked for. */
const SHOWN = 80;

export class PatientRecord {
  patient = $state.raw<PatientView | null>(null);
  view = $state.raw<RecordView | null>(null);
  /** It is limited, and no ground was stated yet. */
  limited = $state(false);
  templates = $state.raw<TemplateView[]>([]);
  abbreviations = $state.raw<AbbreviationView[]>([]);
  failure = $state.raw<string | null>(null);
  /** What the timeline is narrowed to. */
  text = $state("");
  kinds = $state.raw<string[]>([]);
  from = $state("");
  until = $state("");
  found = $state.raw<Partial<Record<EntryId, true>> | null>(null);
  limit = $state(SHOWN);
  /** The entry under the cursor, and those that are open. */
  current = $state<EntryId | null>(null);
  opened = $state.raw<Partial<Record<EntryId, true>>>({});
  versions = $state.raw<Partial<Record<EntryId, RecordEntryView[]>>>({});
  striking = $state<EntryId | null>(null);
  readonly practice: VaultId | null = session.practice;
  #asked = 0;

  constructor(readonly id: PatientId) {}

  byId = $derived(Object.fromEntries((this.view?.entries ?? []).map((one) => [one.id, one])) as Partial<Record<EntryId, RecordEntryView>>);
  narrowed = $derived(this.text.trim() !== "" || this.kinds.length > 0 || this.from !== "" || this.until !== "");
  list = $derived((this.view?.entries ?? []).filter((one) => !this.narrowed || this.found === null || this.found[one.id]));
  shown = $derived(this.list.slice(0, this.limit));
  /** The kinds that there are, with how many of each. */
  counts = $derived.by(() => {
    const counts: Record<string, number> = {};
    for (const one of this.view?.entries ?? []) counts[one.body.kind] = (counts[one.body.kind] ?? 0) + 1;
    const rank = (kind: string): number => (KIND_ORDER.includes(kind) ? KIND_ORDER.indexOf(kind) : KIND_ORDER.length);
    return Object.entries(counts).sort(([a], [b]) => rank(a) - rank(b));
  });

  #refused(reason: unknown): void {
    if (!isRefusal(reason)) throw reason;
    this.failure = refusalText(reason);
    this.limited = reason.code === "record_limited";
    if (this.limited) this.view = null;
  }

  async open(): Promise<void> {
    try {
      const where = { practice: this.practice };
      const [patient, view, texts] = await Promise.all([
        call("show_patient", { id: this.id }, where),
        call("open_record", { patient_id: this.id }, where),
        call("list_record_texts", {}, where),
      ]);
      this.patient = patient;
      this.view = view;
      this.templates = texts.templates;
      this.abbreviations = texts.abbreviations;
      this.failure = null;
      this.current = view.entries[0]?.id ?? null;
    } catch (reason) {
      this.#refused(reason);
    }
  }

  /** Opens it though it is limited, for a ground that the law lets stand; the host journals it. */
  async openLimited(ground: OpenLimitedRecordRequest["ground"]): Promise<void> {
    try {
      const where = { practice: this.practice };
      const view = await call("open_limited_record", { patient_id: this.id, ground }, where);
      [this.patient] = await Promise.all([call("show_patient", { id: this.id }, where), this.loadTexts()]);
      this.view = view;
      this.limited = false;
      this.failure = null;
      this.current = view.entries[0]?.id ?? null;
    } catch (reason) {
      this.#refused(reason);
    }
  }

  close(): void {
    // The host forgets it with the session in any case.
    void call("close_record", {}, { practice: this.practice }).catch(() => undefined);
  }

  /** Reads it again under the opening that stands; where another window closed it, opens it again. */
  async refresh(): Promise<void> {
    if (!this.view) return;
    const request = { patient_id: this.view.patient_id };
    const where = { practice: this.practice };
    try {
      this.view = await call("refresh_record", request, where).catch((reason: unknown) => {
        if (isRefusal(reason) && reason.code === "record_not_open") return call("open_record", request, where);
        throw reason;
      });
      await this.search();
    } catch (reason) {
      this.#refused(reason);
    }
  }

  async loadTexts(): Promise<void> {
    try {
      const texts = await call("list_record_texts", {}, { practice: this.practice });
      this.templates = texts.templates;
      this.abbreviations = texts.abbreviations;
    } catch (reason) {
      this.#refused(reason);
    }
  }

  /** Something changed: an entry of some record, or the texts that one writes with. */
  changed(ids: string[]): void {
    if (ids.length === 0 || ids.some((id) => id.startsWith("entry:"))) void this.refresh();
    // An opening is named by its patient: it changes nothing.
    if (ids.some((id) => !id.startsWith("entry:") && id !== this.view?.patient_id)) void this.loadTexts();
  }

  async search(): Promise<void> {
    const asked = ++this.#asked;
    if (!this.view) return;
    if (!this.narrowed) {
      this.found = null;
      return;
    }
    try {
      const request = { patient_id: this.view.patient_id, text: this.text, kinds: this.kinds, from: this.from, until: this.until };
      const { ids } = await call("search_record", request, { practice: this.practice });
      // A slower answer to what was typed before.
      if (asked !== this.#asked) return;
      this.found = Object.fromEntries(ids.map((id) => [id, true]));
      this.limit = SHOWN;
      if (this.current === null || !this.found[this.current]) this.current = ids[0] ?? null;
    } catch (reason) {
      if (asked === this.#asked) this.#refused(reason);
    }
  }

  toggleKind(kind: string): void {
    this.kinds = this.kinds.includes(kind) ? this.kinds.filter((one) => one !== kind) : [...this.kinds, kind];
    void this.search();
  }

  clear(): void {
    this.text = "";
    this.kinds = [];
    this.from = "";
    this.until = "";
    void this.search();
  }

  more(): void {
    this.limit += SHOWN;
  }

  move(by: 1 | -1): void {
    const at = this.list.findIndex((one) => one.id === this.current);
    const next = at < 0 ? 0 : Math.max(0, Math.min(this.list.length - 1, at + by));
    if (next >= this.limit) this.more();
    this.current = this.list[next]?.id ?? null;
  }

  toggle(id: EntryId): void {
    this.opened = { ...this.opened, [id]: this.opened[id] ? undefined : true };
    this.current = id;
  }

  /** Shows an entry wherever it stands in the timeline. */
  reveal(id: EntryId): void {
    if (this.narrowed && !this.found?.[id]) this.clear();
    const at = (this.view?.entries ?? []).findIndex((one) => one.id === id);
    if (at >= this.limit) this.limit = at + SHOWN;
    this.opened = { ...this.opened, [id]: true };
    this.current = id;
  }

  async showVersions(id: EntryId): Promise<void> {
    if (this.versions[id]) {
      this.versions = { ...this.versions, [id]: undefined };
      return;
    }
    try {
      const view = await call("show_entry_versions", { id }, { practice: this.practice });
      this.versions = { ...this.versions, [id]: view.versions };
    } catch (reason) {
      this.#refused(reason);
    }
  }

  /** Strikes an entry; says what is wrong with the reason, or null. */
  async strike(entry: RecordEntryView, reason: string): Promise<string | null> {
    try {
      await call("strike_entry", { id: entry.id, version: entry.version, reason }, { practice: this.practice });
      this.striking = null;
      toasts.done(m.record_strike_done());
      await this.refresh();
      return null;
    } catch (refusal) {
      if (!isRefusal(refusal)) throw refusal;
      return refusalText(refusal);
    }
  }
}
