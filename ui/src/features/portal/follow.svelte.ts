// Keeps true how the sync stands, for whoever shows something of it (`$kit/state/portal`): asked when something of it moved,
// and once a minute, since what waits grows older.
import { untrack } from "svelte";
import { call, onChange } from "$backend/door";
import { clock } from "$kit/state/clock.svelte";
import { portal } from "$kit/state/portal.svelte";
import { session } from "$kit/state/session.svelte";

async function load(): Promise<void> {
  const { practice } = session;
  try {
    const view = await call("show_sync_state", {});
    if (practice === session.practice) portal.now = view;
  } catch {
    // What cannot be had is not shown; the settings say why.
    portal.now = null;
  }
}

/** Keeps it true until the returned function is called. */
export function portalFollow(): () => void {
  if (!session.may("read_agenda")) return () => undefined;
  void load();
  const stops = (["sync", "agenda"] as const).map((topic) => onChange(topic, () => void (topic === "sync" || portal.known ? load() : undefined)));
  const minutes = $effect.root(() => {
    let seen = "";
    $effect(() => {
      const { now } = clock;
      untrack(() => {
        if (seen && now !== seen && portal.known) void load();
        seen = now;
      });
    });
  });
  return () => {
    stops.forEach((stop) => stop());
    minutes();
    portal.now = null;
  };
}
