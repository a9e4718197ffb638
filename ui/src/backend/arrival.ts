// The first thing that the window asks its host: where things stand, and which practices this computer knows. The host gives
// the answer with the page; where it could not, it is asked once, before the first screen is there. App and entrance take the
// same answer.
import { call } from "./door";
import type { EntranceView, PracticesView } from "./types";

export interface Arrival {
  entrance: EntranceView;
  /** Null where there is no practice yet. */
  practices: PracticesView | null;
}

/** What the host gave with the page (`src-tauri/desktop/arrival.rs`); null once taken, and where a page is loaded again. */
function given(): Arrival | null {
  const page = globalThis as { semainierArrival?: Arrival };
  const arrival = page.semainierArrival ?? null;
  delete page.semainierArrival;
  const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  return navigation?.type === "navigate" ? arrival : null;
}

let asked: Promise<Arrival> | null = null;

async function ask(): Promise<Arrival> {
  const early = given();
  if (early) return early;
  // Side by side: one way to the host and back costs more than the answer.
  const list = call("list_practices", {});
  list.catch(() => undefined);
  const entrance = await call("read_entrance", {});
  return { entrance, practices: entrance.state === "none" ? null : await list };
}

/** Asks, or joins the question that is on its way. */
export function arrive(): Promise<Arrival> {
  if (!asked) {
    asked = ask();
    asked.catch(() => undefined);
  }
  return asked;
}

/** Forgets the answer, once it has been taken: who comes back to the entrance asks anew. */
export function arrived(): void {
  asked = null;
}
