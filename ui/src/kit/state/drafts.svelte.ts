// What somebody is typing when the window locks: forms say how to read them, the lock keeps what they say, and the form
// takes it back after the next sign-in. The keeping itself (encrypted, by user) is the host's.

/** Bookings put aside: kept until they are taken back, and not only over one lock. */
export const PARKED = "parked";

export interface Draft {
  kind: string;
  /** JSON of the form's fields; empty forgets. */
  body: string;
}

class Drafts {
  /** Who was signed in when the window locked; null when nobody locked it. */
  lockedBy = $state<string | null>(null);
  #readers = new Map<string, () => unknown>();
  #kept = new Map<string, unknown>();

  /** A form that is open: `read` gives its fields, or null while nothing worth keeping is typed. */
  register(kind: string, read: () => unknown): () => void {
    this.#readers.set(kind, read);
    return () => {
      if (this.#readers.get(kind) === read) this.#readers.delete(kind);
    };
  }

  /** What all open forms hold now. */
  collect(): Draft[] {
    return [...this.#readers].flatMap(([kind, read]) => {
      const fields = read();
      return fields === null || fields === undefined ? [] : [{ kind, body: JSON.stringify(fields) }];
    });
  }

  /** After signing in: what the host kept for this user. */
  restore(kept: Draft[]): void {
    this.#kept.clear();
    for (const { kind, body } of kept) {
      try {
        this.#kept.set(kind, JSON.parse(body));
      } catch {
        // A draft that cannot be read is no draft.
      }
    }
  }

  /** The draft of this kind, once. */
  take<Fields>(kind: string): Fields | null {
    const fields = this.#kept.get(kind) ?? null;
    this.#kept.delete(kind);
    return fields as Fields | null;
  }

  /** Kinds that wait to be taken, so that a screen can open the right form. */
  waiting(kind: string): boolean {
    return this.#kept.has(kind);
  }
}

export const drafts = new Drafts();
