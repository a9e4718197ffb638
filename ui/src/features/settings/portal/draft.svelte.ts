// An instruction that is being prepared: the portal that was looked at, the terms, what would leave; and at its end, signed.
// Each step asks the host, which refuses beside the field; what was refused leads back to the step where its field stands.
import { call, isRefusal } from "$backend/door";
import type { InstructionTerms, PortalSeenView, SyncPreviewView, SyncView } from "$backend/types";
import { typedNumber } from "$kit/typed";
import { refusalText } from "$messages/index";

export const STEPS = ["address", "key", "terms", "preview", "sign"] as const;
export type Step = (typeof STEPS)[number];

/** How many payloads a preview shows; all are counted. */
const SHOWN = 300;

const FIELDS: Record<"address" | "terms", string[]> = {
  address: ["address", "authority", "client_id", "client_secret"],
  terms: ["practitioners", "email", "birth_date", "reason", "from_on", "reminder_hours", "survey", "waiting_list", "horizon_days", "language", "controller", "controller_address", "controller_email", "officer", "registration"],
};

const plain = (field: string | null): string => (field ?? "").replace(/^terms\./, "");

export class Draft {
  step = $state<Step>("address");
  address = $state("");
  authority = $state("");
  client_id = $state("");
  secret = $state("");
  seen = $state.raw<PortalSeenView | null>(null);
  compared = $state(false);
  terms = $state<InstructionTerms>() as InstructionTerms;
  horizon = $state("");
  preview = $state.raw<SyncPreviewView | null>(null);
  previewed = $state(false);
  busy = $state(false);
  error = $state.raw<{ field: string; text: string } | null>(null);
  /** The instruction that this one replaces. */
  readonly before: SyncView;

  constructor(view: SyncView) {
    this.before = view;
    this.terms = structuredClone(view.proposal);
    this.horizon = String(view.proposal.horizon_days);
    if (!view.portal) return;
    this.address = view.portal.address;
    this.authority = view.portal.authority;
    this.client_id = view.portal.client_id;
  }

  get place(): number {
    return STEPS.indexOf(this.step);
  }

  /** The secret that is kept in this account's keyring may stay. */
  get keepsSecret(): boolean {
    return Boolean(this.before.portal?.has_secret) && this.client_id === this.before.portal?.client_id;
  }

  /** The key is the one that was compared when the instruction in force was signed. */
  get isKnownKey(): boolean {
    return this.seen !== null && this.seen.fingerprint !== "" && this.seen.fingerprint === this.before.portal?.fingerprint;
  }

  get isPlain(): boolean {
    return this.seen?.kind === "fhir";
  }

  errorOf(field: string): string | null {
    return this.error && plain(this.error.field) === field ? this.error.text : null;
  }

  /** What has no field on this step to stand beside. */
  get rest(): string | null {
    if (!this.error) return null;
    const here = this.step === "address" || this.step === "terms" ? FIELDS[this.step] : [];
    return here.includes(plain(this.error.field)) ? null : this.error.text;
  }

  async #ask(work: () => Promise<void>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.error = null;
    try {
      await work();
      return true;
    } catch (reason) {
      if (!isRefusal(reason)) throw reason;
      this.error = { field: reason.field ?? "", text: refusalText(reason) };
      const field = plain(reason.field);
      if (FIELDS.terms.includes(field)) this.step = "terms";
      else if (FIELDS.address.includes(field) || field === "key") this.step = "address";
      return false;
    } finally {
      this.busy = false;
    }
  }

  look(): Promise<boolean> {
    return this.#ask(async () => {
      this.seen = await call("look_at_portal", { address: this.address.trim(), authority: this.authority });
      this.address = this.seen.address;
      this.compared = this.isKnownKey || this.isPlain;
      this.step = "key";
    });
  }

  /** The terms as they will be signed. */
  get whole(): InstructionTerms {
    return { ...$state.snapshot(this.terms), horizon_days: typedNumber(this.horizon) ?? 0 };
  }

  look_ahead(): Promise<boolean> {
    return this.#ask(async () => {
      this.preview = await call("preview_sync", { terms: this.whole, limit: SHOWN });
      this.previewed = false;
      this.step = "preview";
    });
  }

  async sign(): Promise<SyncView | null> {
    let signed: SyncView | null = null;
    await this.#ask(async () => {
      signed = await call("sign_sync_instruction", {
        address: this.address,
        authority: this.authority,
        client_id: this.client_id.trim(),
        client_secret: this.secret === "" ? null : this.secret,
        key: this.seen?.key ?? "",
        terms: this.whole,
        previewed: this.previewed,
      });
    });
    if (signed) this.secret = "";
    return signed;
  }

  /** One step on: each asks what the next needs. */
  async next(): Promise<SyncView | null> {
    if (this.step === "address") await this.look();
    else if (this.step === "key") this.step = this.compared ? "terms" : "key";
    else if (this.step === "terms") await this.look_ahead();
    else if (this.step === "preview") this.step = this.previewed ? "sign" : "preview";
    else return this.sign();
    return null;
  }

  /** One step back; false where this is the first. */
  back(): boolean {
    const before = STEPS[this.place - 1];
    if (!before) return false;
    this.error = null;
    this.step = before;
    return true;
  }

  get ready(): boolean {
    if (this.step === "key") return this.compared;
    if (this.step === "preview") return this.previewed;
    return true;
  }
}
