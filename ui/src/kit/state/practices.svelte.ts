// The practices that this computer account knows, as the host last said: names, hues, which are open. Nothing of a patient.
import type { Colour, KnownPracticeView, PracticesView, VaultId } from "$backend/types";
import { session } from "./session.svelte";

/** Somebody's session that a lock ended. */
export interface Left {
  practice: VaultId;
  login: string;
}

class Practices {
  list = $state.raw<KnownPracticeView[]>([]);
  /** What was open when the window locked, the one in hand first; each is opened again by its own password. */
  left = $state.raw<Left[]>([]);

  /** Those that are open in this window. */
  get open(): KnownPracticeView[] {
    return this.list.filter((one) => session.of(one.practice) !== null);
  }

  /** Whether one must say which practice is meant. */
  get several(): boolean {
    return this.open.length > 1;
  }

  /** The one in hand, where the list is known. */
  get current(): KnownPracticeView | null {
    return this.find(session.practice);
  }

  find(practice: VaultId | null): KnownPracticeView | null {
    return this.list.find((one) => one.practice === practice) ?? null;
  }

  name(practice: VaultId | null): string {
    return this.find(practice)?.name ?? session.of(practice)?.practice ?? "";
  }

  colour(practice: VaultId | null): Colour {
    return this.find(practice)?.colour ?? "teal";
  }

  /** What was open at the lock, is known still, and is not open yet. */
  get waiting(): Left[] {
    return this.left.filter((one) => session.of(one.practice) === null && this.find(one.practice)?.state === "closed");
  }

  /** The window locks: remembers what was open. */
  leave(): void {
    const inHand = session.practice;
    this.left = [...session.all].sort((a, b) => Number(b.vault === inHand) - Number(a.vault === inHand)).map((one) => ({ practice: one.vault, login: one.login }));
    this.list = [];
  }

  /** Somebody comes in: what others had open is not theirs to open. */
  enter(practice: VaultId, login: string): void {
    if (!this.left.some((one) => one.practice === practice && one.login === login)) this.left = [];
  }

  /** Takes on what the host says, and the sessions that it has open. */
  set(view: PracticesView): void {
    this.list = view.practices;
    for (const one of view.practices) {
      if (one.session && !session.of(one.practice)) session.keep(one.session);
    }
  }

  /** The open practice after (or before) the one in hand; null where there is no other. */
  next(by: 1 | -1): VaultId | null {
    const { open } = this;
    const at = open.findIndex((one) => one.practice === session.practice);
    const next = open[(at + by + open.length) % open.length];
    return next && next.practice !== session.practice ? next.practice : null;
  }

  clear(): void {
    this.list = [];
    this.left = [];
  }
}

export const practices = new Practices();
