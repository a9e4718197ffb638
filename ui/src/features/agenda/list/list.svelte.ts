// All appointments of some days as a list, narrowed by what is typed and by the filters.
import { call } from "$backend/door";
import type { AppointmentId, AppointmentView, ListAppointmentsRequest, PractitionerId } from "$backend/types";
import { filters } from "../filters.svelte";

/** Spans that a list may show, in days from the date on. */
export const SPANS = [1, 7, 14, 31, 92] as const;

/** Letters without their accents and marks, for comparing what is typed; long vowels of Arabic stay. */
export function plain(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase();
}

class List {
  days = $state<number>(7);
  typed = $state("");
  all = $state.raw<AppointmentView[]>([]);
  more = $state(false);
  chosen = $state<AppointmentId | null>(null);
  #request: ListAppointmentsRequest | null = null;
  #asked = 0;

  readonly shown = $derived.by<AppointmentView[]>(() => {
    const words = plain(this.typed).split(/\s+/).filter(Boolean);
    if (words.length === 0) return this.all;
    return this.all.filter((one) => {
      const said = plain([one.patient, one.patient_arabic, one.type, one.note, one.practitioner, one.phone.replaceAll(" ", ""), one.code].join(" "));
      return words.every((word) => said.includes(word));
    });
  });

  /** Where the cursor stands: on what was chosen while it is shown, else on the first. */
  get current(): AppointmentId | null {
    return (this.shown.find((one) => one.id === this.chosen) ?? this.shown[0])?.id ?? null;
  }

  /** What was asked for: the same is printed. */
  get request(): ListAppointmentsRequest | null {
    return this.#request;
  }

  find(id: AppointmentId): AppointmentView | undefined {
    return this.all.find((one) => one.id === id);
  }

  async load(from: string, practitioners: PractitionerId[]): Promise<void> {
    const asked = ++this.#asked;
    const request: ListAppointmentsRequest = {
      from,
      days: this.days,
      practitioners,
      types: filters.types,
      statuses: filters.statuses,
      site_id: filters.site,
    };
    const view = await call("list_appointments", request);
    if (asked !== this.#asked) return;
    this.#request = request;
    this.all = view.appointments;
    this.more = view.more;
  }

  /** The cursor some rows on or back. */
  move(by: number): void {
    const at = this.shown.findIndex((one) => one.id === this.current);
    const next = this.shown[Math.min(Math.max(0, at + by), this.shown.length - 1)];
    if (next) this.chosen = next.id;
  }

  clear(): void {
    this.#asked++;
    this.all = [];
    this.typed = "";
    this.chosen = null;
    this.#request = null;
  }
}

export const list = new List();
