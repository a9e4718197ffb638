// Locks when nobody touched anything for so long. Every key, movement and touch counts; the machine's sleep does too.

/** Calls `lock` after `minutes` without a sign of life; returns how to stop watching. */
export function whenIdle(minutes: number, lock: () => void): () => void {
  let last = Date.now();
  const alive = (): void => {
    last = Date.now();
  };
  const events = ["keydown", "pointermove", "pointerdown", "wheel", "touchstart"] as const;
  events.forEach((name) => window.addEventListener(name, alive, { passive: true, capture: true }));
  const timer = setInterval(() => {
    if (minutes > 0 && Date.now() - last >= minutes * 60_000) lock();
  }, 5_000);
  return () => {
    clearInterval(timer);
    events.forEach((name) => window.removeEventListener(name, alive, { capture: true }));
  };
}
