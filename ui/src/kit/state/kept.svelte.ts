// A form that opens over every screen, kept over a lock and over a change of practice: what stands in it is kept with the
// practice it was begun in, and the form opens again there.
import { onMount, untrack } from "svelte";
import { drafts } from "./drafts.svelte";
import { session } from "./session.svelte";

export interface KeptForm<Fields> {
  /** What stands in it; null while it is not open. */
  read: () => Fields | null;
  /** Opens it with what was kept. */
  open: (kept: Fields) => void;
  close: () => void;
}

/** For a component's first lines. */
export function keepForm<Fields>(kind: string, form: KeptForm<Fields>): void {
  const takeBack = (): void => {
    const kept = drafts.take<Fields>(kind);
    if (kept !== null) form.open(kept);
  };
  onMount(() => {
    takeBack();
    return drafts.register(kind, form.read);
  });
  // Another practice is in hand: what stands here was kept with its own.
  let standsIn = session.practice;
  $effect(() => {
    if (session.practice === standsIn) return;
    standsIn = session.practice;
    untrack(() => {
      form.close();
      takeBack();
    });
  });
}
