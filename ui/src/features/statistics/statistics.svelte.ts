// Which period is shown, of whom, and its figures. Periods are the host's: this only names a day of one.
import { call, isRefusal } from "$backend/door";
import type { PractitionerId, ShowStatisticsRequest, StatisticsView, TypeId } from "$backend/types";
import { addDays } from "$kit/format";
import { refusalText } from "$messages/index";

export type Period = ShowStatisticsRequest["period"];

export class Statistics {
  period = $state<Period>("month");
  /** A day of the period; of a custom one its first. */
  on = $state("");
  until = $state("");
  practitioner = $state<PractitionerId | "">("");
  type = $state<TypeId | "">("");
  view = $state.raw<StatisticsView | null>(null);
  error = $state.raw<{ field: string | null; text: string } | null>(null);
  busy = $state(false);
  #asked = 0;

  get request(): ShowStatisticsRequest {
    return {
      period: this.period,
      on: this.on,
      until: this.period === "custom" ? this.until : null,
      practitioners: this.practitioner ? [this.practitioner] : [],
      types: this.type ? [this.type] : [],
    };
  }

  /** Asks for the figures; the last question asked is the one that is answered. */
  async load(): Promise<void> {
    const asked = ++this.#asked;
    this.busy = true;
    try {
      const view = await call("show_statistics", this.request);
      if (asked !== this.#asked) return;
      this.view = view;
      this.error = null;
    } catch (reason) {
      if (!isRefusal(reason)) throw reason;
      if (asked === this.#asked) this.error = { field: reason.field, text: refusalText(reason) };
    } finally {
      if (asked === this.#asked) this.busy = false;
    }
  }

  /** The period before, or the next one. */
  async page(step: 1 | -1): Promise<void> {
    const { view } = this;
    if (!view) return;
    if (this.period === "custom") {
      const days = step * (Math.round((Date.parse(view.until) - Date.parse(view.from)) / 86_400_000) + 1);
      this.on = addDays(view.from, days);
      this.until = addDays(view.until, days);
    } else {
      this.on = step > 0 ? addDays(view.until, 1) : view.before_until;
    }
    await this.load();
  }

  async show(period: Period, today: string): Promise<void> {
    if (period === "custom" && this.view) {
      this.on = this.view.from;
      this.until = this.view.until;
    } else if (this.period === "custom") {
      this.on = this.on || today;
    }
    this.period = period;
    await this.load();
  }
}
