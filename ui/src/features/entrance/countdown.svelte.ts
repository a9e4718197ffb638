// The delay after failed sign-ins, counted down. The host decides it; this only shows what is left.
import type { Refusal } from "$backend/door";

/** Seconds that a refusal says to wait; 0 where it says none. */
export function waitOf(refusal: Refusal): number {
  const seconds = Number(refusal.parameters["seconds"] ?? refusal.parameters["wait_seconds"] ?? 0);
  return Number.isFinite(seconds) ? Math.max(0, Math.ceil(seconds)) : 0;
}

export class Countdown {
  seconds = $state(0);
  #timer: ReturnType<typeof setInterval> | undefined;

  start(seconds: number): void {
    this.stop();
    this.seconds = seconds;
    if (seconds === 0) return;
    const until = performance.now() + seconds * 1000;
    this.#timer = setInterval(() => {
      this.seconds = Math.max(0, Math.ceil((until - performance.now()) / 1000));
      if (this.seconds === 0) this.stop();
    }, 250);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
