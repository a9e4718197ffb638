// How much room the window has, counted in letters rather than pixels, so that large text is treated as a small window.

export type Amount = "wide" | "narrow" | "tight";

/** In widths of the root's font: 1440 and 1000 pixels at the usual 16. */
export function amountOf(width: number, rem: number): Amount {
  const letters = width / rem;
  return letters >= 90 ? "wide" : letters >= 62 ? "narrow" : "tight";
}

class Room {
  /** Pixels of the root's font: what holds text grows with it. */
  rem = $state(16);
  amount = $state<Amount>("wide");

  /** Keeps itself and `data-room` of the page true until the returned function is called. */
  follow(page: Document): () => void {
    const root = page.documentElement;
    // One letter high and wide: it changes its size when the text does.
    const probe = page.createElement("div");
    probe.className = "rem-probe";
    page.body.append(probe);
    const measure = (): void => {
      this.rem = parseFloat(getComputedStyle(root).fontSize) || 16;
      this.amount = amountOf(root.clientWidth, this.rem);
      root.dataset.room = this.amount;
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(probe);
    observer.observe(root);
    return () => {
      observer.disconnect();
      probe.remove();
    };
  }
}

export const room = new Room();
