// The first thing that the window asks its host: where things stand, and which practices this computer knows. It is asked
// once, before the first screen has even been fetched; app and entrance take the same answer.
import { call } from "./door";
import type { EntranceView, PracticesView } from "./types";

export interface Arrival {
  entrance: EntranceView;
  /** Null where there is no practice yet. */
  practices: PracticesView | null;
}

let asked: Promise<Arrival> | null = null;

async function ask(): Promise<Arrival> {
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
