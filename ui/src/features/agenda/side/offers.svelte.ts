// A stretch that has just become free, and those of the waiting list whom it suits: whom to ring, and what they said.
import { call, isRefusal, practiceOf } from "$backend/door";
import type { FittingPersonView, FreedView } from "$backend/types";
import { addDays, clockOf, dateOf } from "$kit/format";
import { session } from "$kit/state/session.svelte";
import { toasts } from "$kit/state/toasts.svelte";
import { m } from "$messages/index";
import { said, sayRefusal, undo, whenWords } from "../actions";
import { agenda } from "../agenda.svelte";
import { personName } from "../names";

const MOST = 20;

class Offers {
  freed = $state.raw<FreedView | null>(null);
  people = $state.raw<FittingPersonView[]>([]);
  at = $state(0);
  busy = $state(false);
  /** Grows when the offer is to have the focus. */
  wanted = $state(0);
  #asked = 0;

  get current(): FittingPersonView | null {
    return this.people[this.at] ?? null;
  }

  /** Looks for whom the first of some freed stretches suits. With `focus`, the keyboard goes there. */
  async look(freed: FreedView[], focus: boolean): Promise<boolean> {
    if (!session.may("change_agenda") || !session.may("read_patients")) return false;
    const asked = ++this.#asked;
    for (const stretch of freed) {
      try {
        const { people } = await call("find_waiting", { ...stretch, limit: MOST });
        if (asked !== this.#asked) return false;
        if (people.length === 0) continue;
        this.freed = stretch;
        this.people = people;
        this.at = 0;
        if (focus) this.wanted += 1;
        return true;
      } catch (reason) {
        // What was done is done: that nobody could be looked for is said, and no more.
        if (isRefusal(reason)) sayRefusal(reason);
        return false;
      }
    }
    if (asked === this.#asked) this.close();
    return false;
  }

  /** The list changed, or the slot was taken: whom it suits now. */
  async again(): Promise<void> {
    if (this.freed && !this.busy) await this.look([this.freed], false);
  }

  move(by: 1 | -1): void {
    this.at = Math.min(Math.max(this.at + by, 0), Math.max(0, this.people.length - 1));
  }

  /** Says what came of the offer to the chosen one; true where it was taken. */
  async record(outcome: "accepted" | "refused" | "no_answer"): Promise<boolean> {
    const { freed, current } = this;
    if (!freed || !current || this.busy) return false;
    this.busy = true;
    try {
      const { entry, starts } = current;
      const done = await call("record_offer", { id: entry.id, practitioner_id: freed.practitioner_id, starts, outcome });
      if (done.appointment) {
        const { appointment } = done;
        const words = m.waiting_list_booked({ when: whenWords(starts), practitioner: appointment.practitioner });
        this.close();
        await said({ ...appointment, sequence: done.sequence }, words, appointment.spoken_code, practiceOf(done));
        agenda.stayWith(appointment.id);
        // What they had before is free in turn.
        if (done.freed) await this.look([done.freed], true);
        return true;
      }
      this.people = this.people.filter((one) => one !== current);
      this.at = Math.min(this.at, Math.max(0, this.people.length - 1));
      toasts.done(outcome === "refused" ? m.waiting_list_did_refuse() : m.waiting_list_did_not_answer(), {
        person: personName(entry),
        undo: async () => {
          await undo(done.sequence, practiceOf(done));
          await this.look([freed], false);
        },
      });
      if (this.people.length === 0) this.close();
      return false;
    } catch (reason) {
      sayRefusal(reason);
      this.busy = false;
      await this.again();
      return false;
    } finally {
      this.busy = false;
    }
  }

  /** `mar. 24 nov. · 10:00–10:20`, in pieces. */
  get day(): string {
    return this.freed ? dateOf(this.freed.from) : "";
  }

  get hours(): string {
    const { freed } = this;
    if (!freed) return "";
    return dateOf(freed.to) === addDays(this.day, 1) ? clockOf(freed.from) : `${clockOf(freed.from)}–${clockOf(freed.to)}`;
  }

  close(): void {
    this.#asked++;
    this.freed = null;
    this.people = [];
    this.at = 0;
  }
}

export const offers = new Offers();
