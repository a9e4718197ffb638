// A weekly template while it is edited: spans of a day, with their weeks and validity. Overlaps and other rules are the
// host's to refuse; a span whose times are not times yet is not sent.
import type { HoursLine, HoursView } from "$backend/types";

export type Weeks = HoursLine["weeks"];

/** One span of a day; each of its fields is edited in place. */
export class Span {
  readonly key: number;
  readonly weekday: number;
  from = $state<number | null>(null);
  to = $state<number | null>(null);
  weeks = $state<Weeks>("every");
  valid_from = $state("");
  valid_until = $state("");

  constructor(key: number, weekday: number, line: Partial<Omit<HoursLine, "weekday">> = {}) {
    this.key = key;
    this.weekday = weekday;
    this.from = line.from ?? null;
    this.to = line.to ?? null;
    this.weeks = line.weeks ?? "every";
    this.valid_from = line.valid_from ?? "";
    this.valid_until = line.valid_until ?? "";
  }

  /** Whether it ends before it starts, or is no span yet. */
  get bad(): boolean {
    return this.from === null || this.to === null || this.from >= this.to;
  }

  get line(): HoursLine {
    return {
      weekday: this.weekday,
      from: this.from ?? 0,
      to: this.to ?? 0,
      valid_from: this.valid_from || null,
      valid_until: this.valid_until || null,
      weeks: this.weeks,
    };
  }
}

export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;
const MORNING = { from: 540, to: 720 };
const AFTERNOON = { from: 840, to: 1080 };

export class Week {
  spans = $state.raw<Span[]>([]);
  #saved = "";
  #next = 1;

  constructor(hours: HoursView[]) {
    this.spans = hours.map((line) => new Span(this.#next++, line.weekday, line));
    this.#saved = this.#text();
  }

  #text(): string {
    return JSON.stringify(this.spans.map((span) => [span.bad, span.line]));
  }

  get changed(): boolean {
    return this.#text() !== this.#saved;
  }

  of(weekday: number): Span[] {
    return this.spans.filter((span) => span.weekday === weekday);
  }

  get ready(): boolean {
    return this.spans.every((span) => !span.bad);
  }

  /** The next span that one would expect on this day: the morning, the afternoon, then an hour more. */
  add(weekday: number): Span {
    const last = this.of(weekday).at(-1);
    const after = last?.to ?? null;
    const times = after === null ? MORNING : after <= AFTERNOON.from ? AFTERNOON : { from: after, to: Math.min(1440, after + 60) };
    const span = new Span(this.#next++, weekday, times);
    this.spans = [...this.spans, span];
    return span;
  }

  remove(span: Span): void {
    this.spans = this.spans.filter((other) => other.key !== span.key);
  }

  /** Monday's spans on Tuesday to Friday. */
  copyMonday(): void {
    const monday = this.of(1);
    const rest = this.spans.filter((span) => span.weekday === 1 || span.weekday > 5);
    const copies = [2, 3, 4, 5].flatMap((weekday) => monday.map((span) => new Span(this.#next++, weekday, span.line)));
    this.spans = [...rest, ...copies];
  }

  /** Minutes a week, of what counts every week or every other. */
  get minutes(): number {
    return this.spans
      .filter((span) => !span.bad)
      .reduce((sum, span) => sum + ((span.to ?? 0) - (span.from ?? 0)) / (span.weeks === "every" ? 1 : 2), 0);
  }

  /** Takes on what was typed before a lock. */
  take(lines: HoursLine[]): void {
    this.spans = lines.map((line) => new Span(this.#next++, line.weekday, line));
  }

  lines(): HoursLine[] {
    return this.spans.map((span) => span.line);
  }
}
