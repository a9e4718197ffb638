// A wish while it is written down: fields as they stand in the form, and as the host takes them.
import type { PractitionerId, Urgency, WishView } from "$backend/types";

export class WishDraft {
  urgency = $state<Urgency>("normal");
  weekdays = $state.raw<number[]>([]);
  /** Minutes of the day; null: from the beginning, to the end. */
  from = $state<number | null>(null);
  to = $state<number | null>(null);
  practitioners = $state.raw<PractitionerId[]>([]);
  until = $state("");
  note = $state("");
  readonly #since: string;

  constructor(wish: Partial<WishView> = {}) {
    this.urgency = wish.urgency ?? "normal";
    this.weekdays = wish.weekdays ?? [];
    this.from = wish.from_minute ? wish.from_minute : null;
    this.to = wish.to_minute !== undefined && wish.to_minute < 1440 ? wish.to_minute : null;
    this.practitioners = wish.practitioners ?? [];
    this.until = wish.until ?? "";
    this.note = wish.note ?? "";
    this.#since = wish.from ?? "";
  }

  get wish(): WishView {
    return {
      practitioners: this.practitioners,
      weekdays: this.weekdays,
      from: this.#since,
      until: this.until,
      from_minute: this.from ?? 0,
      to_minute: this.to ?? 1440,
      urgency: this.urgency,
      note: this.note.trim(),
    };
  }

  toggleDay(weekday: number): void {
    this.weekdays = this.weekdays.includes(weekday) ? this.weekdays.filter((one) => one !== weekday) : [...this.weekdays, weekday].sort();
  }

  togglePractitioner(id: PractitionerId): void {
    this.practitioners = this.practitioners.includes(id) ? this.practitioners.filter((one) => one !== id) : [...this.practitioners, id];
  }
}
