// The practices that this computer account knows, as the host last said: names, hues, which are open. Nothing of a patient.
import type { Colour, KnownPracticeView, PracticesView, VaultId } from "$backend/types";
import { session } from "./session.svelte";

class Practices {
  list = $state.raw<KnownPracticeView[]>([]);

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
  }
}

export const practices = new Practices();
