// Who is signed in on this window, as far as screens need it. The desk in Rust decides what is allowed; this only
// decides what is shown.
import type { Permission, SessionView } from "$backend/types";

class Session {
  /** Null at the entrance: nobody signed in yet, or locked. */
  now = $state.raw<SessionView | null>(null);

  /** What the host still has to do after a lock: the next one to sign in waits for it, or would be locked out by it. */
  left: Promise<void> = Promise.resolve();

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
