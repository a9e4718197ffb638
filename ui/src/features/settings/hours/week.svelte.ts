// A weekly template while it is edited: spans of a day, with their weeks and validity. Overlaps and other rules are the
// host's to refuse; a span whose times are not times yet is not sent.
import type { HoursLine, HoursView } from "$backend/types";

export type Weeks = HoursLine["weeks"];

export interface Span {
  key: number;
  weekday: number;
  from: number | null;
  to: number | null;
  weeks: Weeks;
  valid_from: string;
  valid_until: string;
}

export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;
const MORNING = { from: 540, to: 720 };
const AFTERNOON = { from: 840, to: 1080 };

export class Week {
  spans = $state<Span[]>([]);
  #saved = "";
  #next = 1;

  constructor(hours: HoursView[]) {
    this.spans = hours.map((line) => ({
      key: this.#next++,
      weekday: line.weekday,
      from: line.from,
      to: line.to,
      weeks: line.weeks,
      valid_from: line.valid_from ?? "",
      valid_until: line.valid_until ?? "",
    }));
    this.#saved = this.#text();
  }

  #text(): string {
    return JSON.stringify(this.spans.map(({ key: _key, ...span }) => span));
  }

  get changed(): boolean {
    return this.#text() !== this.#saved;
  }

  of(weekday: number): Span[] {
    return this.spans.filter((span) => span.weekday === weekday);
  }

  /** Whether this span ends before it starts, or is no span yet. */
  isBad(span: Span): boolean {
    return span.from === null || span.to === null || span.from >= span.to;
  }

  get ready(): boolean {
    return this.spans.every((span) => !this.isBad(span));
  }

  /** The next span that one would expect on this day: the morning, the afternoon, then an hour more. */
  add(weekday: number): Span {
    const last = this.of(weekday).at(-1);
    const after = last?.to ?? null;
    const times = after === null ? MORNING : after <= AFTERNOON.from ? AFTERNOON : { from: after, to: Math.min(1440, after + 60) };
    const span: Span = { key: this.#next++, weekday, ...times, weeks: "every", valid_from: "", valid_until: "" };
    this.spans.push(span);
    return span;
  }

  remove(span: Span): void {
    this.spans = this.spans.filter((other) => other.key !== span.key);
  }

  /** Monday's spans on Tuesday to Friday. */
  copyMonday(): void {
    const monday = this.of(1);
    const rest = this.spans.filter((span) => span.weekday === 1 || span.weekday > 5);
    const copies = [2, 3, 4, 5].flatMap((weekday) => monday.map((span) => ({ ...span, key: this.#next++, weekday })));
    this.spans = [...rest, ...copies];
  }

  /** Minutes a week, of what counts every week or every other. */
  get minutes(): number {
    return this.spans
      .filter((span) => !this.isBad(span))
      .reduce((sum, span) => sum + ((span.to ?? 0) - (span.from ?? 0)) / (span.weeks === "every" ? 1 : 2), 0);
  }

  lines(): HoursLine[] {
    return this.spans.map((span) => ({
      weekday: span.weekday,
      from: span.from ?? 0,
      to: span.to ?? 0,
      valid_from: span.valid_from || null,
      valid_until: span.valid_until || null,
      weeks: span.weeks,
    }));
  }
}
