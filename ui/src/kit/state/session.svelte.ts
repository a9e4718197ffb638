// Who is signed in on this window, as far as screens need it. The desk in Rust decides what is allowed; this only
// decides what is shown.
//
// Where several practices are open there is a session for each, and one in hand: what is done is done there, and its name
// stands in the header.
import type { Permission, SessionView, VaultId } from "$backend/types";

/** In milliseconds. */
const LONGEST_LEAVING = 3000;

class Session {
  /** The session in hand. Null at the entrance: nobody signed in yet, or locked. */
  now = $state.raw<SessionView | null>(null);
  /** Every session that is open, in the order of opening. */
  all = $state.raw<SessionView[]>([]);
  /** Grows when somebody else, or another practice, comes into the window: its screens begin anew then. */
  seating = $state(0);

  /** What the host still has to do after a lock. */
  left: Promise<void> = Promise.resolve();

  /** Waits for the lock: the next one to sign in would be locked out by it. Not for ever: a host may never answer. */
  leaving(): Promise<void> {
    return Promise.race([this.left, new Promise<void>((resolve) => setTimeout(resolve, LONGEST_LEAVING))]);
  }

  /** The practice in hand. */
  get practice(): VaultId | null {
    return this.now?.vault ?? null;
  }

  of(practice: VaultId | null): SessionView | null {
    return this.all.find((one) => one.vault === practice) ?? null;
  }

  /** Opens a session, or takes on what has changed of it, and takes it in hand. */
  open(session: SessionView): void {
    if (this.now?.vault !== session.vault || this.now.user_id !== session.user_id) this.seating += 1;
    this.keep(session);
    this.now = session;
  }

  /** Adds a session, or what has changed of it, without taking it in hand. */
  keep(session: SessionView): void {
    const known = this.all.some((one) => one.vault === session.vault);
    this.all = known ? this.all.map((one) => (one.vault === session.vault ? session : one)) : [...this.all, session];
    if (this.now?.vault === session.vault) this.now = session;
  }

  /** Takes an open practice in hand, at once; what is on the screen stays. */
  take(practice: VaultId): void {
    const session = this.of(practice);
    if (session && session !== this.now) this.now = session;
  }

  /** Ends the session of one practice, or of all. The last one in hand gives way to another that is open. */
  close(practice: VaultId | null = null): void {
    this.all = practice === null ? [] : this.all.filter((one) => one.vault !== practice);
    if (practice !== null && this.now?.vault !== practice) return;
    this.now = this.all[0] ?? null;
    this.seating += 1;
  }

  may(permission: Permission): boolean {
    return this.now?.permissions.includes(permission) ?? false;
  }
}

export const session = new Session();
