// Who is signed in on this window, as far as screens need it. The desk in Rust decides what is allowed; this only
// decides what is shown.
import type { Permission, SessionView } from "$backend/types";

/** In milliseconds. */
const LONGEST_LEAVING = 3000;

class Session {
  /** Null at the entrance: nobody signed in yet, or locked. */
  now = $state.raw<SessionView | null>(null);

  /** What the host still has to do after a lock. */
  left: Promise<void> = Promise.resolve();

  /** Waits for the lock: the next one to sign in would be locked out by it. Not for ever: a host may never answer. */
  leaving(): Promise<void> {
    return Promise.race([this.left, new Promise<void>((resolve) => setTimeout(resolve, LONGEST_LEAVING))]);
  }

  open(session: SessionView): void {
    this.now = session;
  }

  close(): void {
    this.now = null;
  }

  may(permission: Permission): boolean {
    return this.now?.permissions.includes(permission) ?? false;
  }
}

export const session = new Session();
