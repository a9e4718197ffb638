// What came from the portal: which is shown, which one is chosen, what is done about it.
import { call, isRefusal, practiceOf } from "$backend/door";
import type { PortalNoticeView } from "$backend/types";
import { session } from "$kit/state/session.svelte";
import { toasts } from "$kit/state/toasts.svelte";
import { m, messageByKey, refusalText } from "$messages/index";

export type Which = "new" | "all";

export class Notices {
  which = $state<Which>("new");
  #all = $state.raw<PortalNoticeView[]>([]);
  loaded = $state(false);
  chosen = $state<number | null>(null);
  failure = $state<string | null>(null);
  busy = $state(false);

  /** One that was just looked at stays until another is chosen: nothing goes from under the pointer. */
  readonly list = $derived(this.which === "all" ? this.#all : this.#all.filter((one) => !one.seen || one.id === this.chosen));
  readonly current = $derived(this.list.find((one) => one.id === this.chosen) ?? null);

  get none(): boolean {
    return this.#all.length === 0;
  }

  async load(): Promise<void> {
    const { practice } = session;
    try {
      const view = await call("list_portal_notices", {});
      if (practice !== session.practice) return;
      this.#all = view.notices;
      this.failure = null;
    } catch (reason) {
      if (isRefusal(reason)) this.failure = refusalText(reason);
    } finally {
      this.loaded = true;
    }
  }

  choose(id: number | null): void {
    this.chosen = id;
  }

  move(by: 1 | -1): void {
    const at = this.list.findIndex((one) => one.id === this.chosen);
    const next = this.list[at < 0 ? 0 : Math.min(Math.max(0, at + by), this.list.length - 1)];
    if (next) this.chosen = next.id;
  }

  /** The one below, or the last: many are gone through by one key each. */
  #next(from: PortalNoticeView): void {
    const at = this.list.findIndex((one) => one.id === from.id);
    const rest = this.list.filter((one) => one.id !== from.id);
    this.chosen = rest[Math.min(Math.max(0, at), rest.length - 1)]?.id ?? null;
  }

  async #run(work: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      await work();
    } catch (reason) {
      if (!isRefusal(reason)) throw reason;
      toasts.refused(refusalText(reason));
      await this.load();
    } finally {
      this.busy = false;
    }
  }

  /** Agrees to what a person asked for at the portal, or does not. */
  decide(one: PortalNoticeView, accept: boolean): Promise<void> {
    return this.#run(async () => {
      if (one.kind !== "request" || one.seen || !one.appointment_id) return;
      const id = one.appointment_id;
      const changed = accept ? await call("accept_portal_request", { id }) : await call("decline_portal_request", { id });
      const practice = practiceOf(changed);
      const warnings = changed.warnings.map((code) => messageByKey(`agenda_warning_${code}`)).filter((words) => words !== null);
      toasts.done(accept ? m.portal_did_accept() : m.portal_did_decline(), {
        person: one.patient,
        warning: warnings.length > 0 ? warnings.join(" ") : null,
        undo: changed.sequence === null ? null : () => this.#undo(changed.sequence, practice),
      });
      this.#next(one);
      await this.load();
    });
  }

  async #undo(sequence: number | null, practice: ReturnType<typeof practiceOf>): Promise<void> {
    try {
      await call("undo", { sequence }, { practice });
      toasts.done(m.undone());
    } catch (reason) {
      if (isRefusal(reason)) toasts.refused(refusalText(reason));
    }
    await this.load();
  }

  /** Somebody has looked at it. A request is settled by an answer only. */
  mark(one: PortalNoticeView): Promise<void> {
    return this.#run(async () => {
      if (one.seen || one.kind === "request") return;
      const view = await call("mark_portal_notice", { id: one.id });
      this.#next(one);
      this.#all = view.notices;
    });
  }
}
