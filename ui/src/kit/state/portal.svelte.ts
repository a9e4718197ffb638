// How the sync with the portal stands, for whoever shows something of it: the header, the agenda, the rail. The portal's own
// feature keeps it true; nobody else asks the host for it.
import type { SyncStateView } from "$backend/types";

class PortalState {
  now = $state.raw<SyncStateView | null>(null);

  /** Whether an instruction is in force, or was: only then is a portal spoken of. */
  get known(): boolean {
    return this.now !== null && this.now.state !== "off" && this.now.state !== "ended";
  }

  /** What waits for somebody: requests to agree to, clashes to look at. */
  get waiting(): number {
    return this.now ? this.now.requests + this.now.clashes : 0;
  }
}

export const portal = new PortalState();
