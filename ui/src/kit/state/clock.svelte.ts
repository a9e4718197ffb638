// The site's wall clock. The host says what time it is there; between its answers the window only counts minutes on.
// No zone is ever asked of the web view: its data may be years old.
import { dateOf, minuteOfDay, wallTime } from "../format";

class SiteClock {
  /** Wall time at the site, `2026-11-24T10:14`; empty until the host has said it. */
  now = $state("");
  #said = "";
  #saidAt = 0;

  get date(): string {
    return dateOf(this.now);
  }

  get minute(): number {
    return minuteOfDay(this.now);
  }

  /** Takes on what the host says. `at` is a count of milliseconds, by any steady clock. */
  set(now: string, at: number = Date.now()): void {
    this.#said = now.slice(0, 16);
    this.#saidAt = at;
    this.now = this.#said;
  }

  /** Counts on from what was said. */
  tick(at: number = Date.now()): void {
    if (!this.#said) return;
    const passed = Math.max(0, Math.floor((at - this.#saidAt) / 60_000));
    const next = wallTime(dateOf(this.#said), minuteOfDay(this.#said) + passed);
    if (next !== this.now) this.now = next;
  }

  /** Ticks until the returned function is called. */
  run(): () => void {
    const timer = setInterval(() => this.tick(), 2_000);
    return () => clearInterval(timer);
  }
}

export const clock = new SiteClock();
