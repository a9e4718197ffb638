// Marks on the page's own time line, by which `make bench` measures the window from outside. Nothing reads them in use,
// and they say nothing but when: they hold no data.

/** Marks the moment at which what has just been put on the page has been painted. */
export function markPainted(name: string): void {
  // The task after a frame's callbacks runs when the frame is done.
  requestAnimationFrame(() => setTimeout(() => performance.mark(name)));
}

/** Marks this very moment. */
export function markNow(name: string): void {
  performance.mark(name);
}
