// Going from one open practice to another: what is being typed stays with the practice it belongs to, and every screen begins
// anew in the other.
import { call } from "$backend/door";
import type { VaultId } from "$backend/types";
import { drafts, PARKED } from "$kit/state/drafts.svelte";
import { practices } from "$kit/state/practices.svelte";
import { route } from "$kit/state/route.svelte";
import { session } from "$kit/state/session.svelte";
import { agenda } from "../features/agenda/agenda.svelte";
import { filters } from "../features/agenda/filters.svelte";
import { freed } from "../features/agenda/freed.svelte";
import { month } from "../features/agenda/month/month.svelte";
import { seriesRequest } from "../features/agenda/series/request.svelte";
import { offers } from "../features/agenda/side/offers.svelte";
import { waiting } from "../features/agenda/side/waiting.svelte";
import { book } from "../features/settings/book.svelte";
import { boxRequest } from "$kit/state/box.svelte";

/** Asks the host which practices there are, and takes their sessions on. */
export async function readPractices(): Promise<void> {
  practices.set(await call("list_practices", {}));
}

/** Keeps what is being typed with the practice in hand. */
export async function keepDrafts(): Promise<void> {
  const practice = session.practice;
  for (const draft of drafts.collect()) await call("save_draft", draft, { practice }).catch(() => undefined);
}

/** Takes back what was being typed in a practice, once. */
export async function takeDrafts(practice: VaultId): Promise<void> {
  try {
    const kept = (await call("list_drafts", {}, { practice })).drafts;
    drafts.restore(kept);
    // What was put aside waits on.
    for (const { kind } of kept) if (kind !== PARKED) await call("save_draft", { kind, body: "" }, { practice });
  } catch {
    // Without its drafts the practice is still the practice.
  }
}

/** Goes to another practice that is open. Where all stand side by side, only what is in hand changes. */
export async function switchTo(practice: VaultId): Promise<void> {
  const other = session.of(practice);
  if (!other || practice === session.practice) return;
  if (route.place.screen === "practices") {
    await keepDrafts();
    boxRequest.close();
    await takeDrafts(practice);
    session.take(practice);
    return;
  }
  await keepDrafts();
  boxRequest.close();
  await takeDrafts(practice);
  agenda.clear();
  agenda.weekOf = null;
  filters.clear();
  month.clear();
  waiting.clear();
  freed.clear();
  offers.close();
  seriesRequest.close();
  book.practice = null;
  // A patient or an appointment of the one practice is nobody in the other.
  route.go(route.place.screen);
  session.open(other);
}
