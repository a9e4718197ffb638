// The answers of a guided restore while they are given, and the questions to the host. What a backup holds, whether it is whole
// and who may restore it is the host's to say; a refusal leads back to the step of its field.
import { call, isRefusal, type Refusal } from "$backend/door";
import type { BackupContentView, FoundBackupView, RestoreCredentials, RestoredView, RestoreProgressView } from "$backend/types";
import { m, refusalText } from "$messages/index";

export const STEPS = ["file", "content", "access", "agree", "done"] as const;
export type Step = (typeof STEPS)[number];
type By = RestoreCredentials["by"];

const STEP_OF_FIELD: Record<string, Step> = {
  file: "file",
  login: "access",
  password: "access",
  recovery_key: "access",
  clinical_recovery_key: "access",
  new_password: "access",
};

/** Short enough to see a bar move. */
const ASK_EVERY_MILLISECONDS = 250;

export class RestoreState {
  step = $state<Step>("file");
  found = $state.raw<FoundBackupView[] | null>(null);
  file = $state("");
  content = $state.raw<BackupContentView | null>(null);
  by = $state<By>("password");
  login = $state("");
  password = $state("");
  key = $state("");
  clinical = $state("");
  newPassword = $state("");
  newPasswordReady = $state(false);
  error = $state.raw<{ field: string | null; text: string } | null>(null);
  busy = $state<"reading" | "restoring" | null>(null);
  progress = $state.raw<RestoreProgressView | null>(null);

  get place(): number {
    return STEPS.indexOf(this.step);
  }

  get user(): BackupContentView["users"][number] | null {
    return this.content?.users.find((one) => one.login === this.login) ?? null;
  }

  /** Whether the access step holds what it asks for. */
  get accessReady(): boolean {
    if (!this.user) return false;
    return this.by === "password" ? this.password !== "" : this.key.trim() !== "" && this.newPasswordReady;
  }

  errorOf(field: string): string | null {
    return this.error?.field === field ? this.error.text : null;
  }

  async find(): Promise<void> {
    try {
      this.found = (await call("find_backups", {})).backups;
      this.file ||= this.found[0]?.file ?? "";
    } catch (reason) {
      this.found = [];
      this.#refuse(reason);
    }
  }

  /** Reads the chosen backup and goes on to what is in it. */
  async read(): Promise<void> {
    this.error = null;
    if (this.file.trim() === "") {
      this.error = { field: "file", text: m.error_empty() };
      return;
    }
    await this.#run("reading", async () => {
      const content = await call("inspect_backup", { file: this.file });
      this.content = content;
      this.choose((content.users.find((one) => one.enrolled_here) ?? content.users[0])?.login ?? "");
      this.step = "content";
    });
  }

  /** Who opens it; by what is proposed, as far as this computer can serve. */
  choose(login: string): void {
    this.login = login;
    this.by = this.user?.enrolled_here ? "password" : "recovery_key";
  }

  async restore(): Promise<RestoredView | null> {
    this.error = null;
    let result: RestoredView | null = null;
    const credentials: RestoreCredentials =
      this.by === "password"
        ? { by: "password", login: this.login, password: this.password }
        : { by: "recovery_key", login: this.login, recovery_key: this.key, clinical_recovery_key: this.clinical, new_password: this.newPassword };
    await this.#run("restoring", async () => {
      result = await call("restore_backup", { file: this.file, credentials });
      this.password = this.key = this.clinical = this.newPassword = "";
    });
    return result;
  }

  async stop(): Promise<void> {
    await call("cancel_restore", {}).catch(() => undefined);
  }

  back(): void {
    this.error = null;
    this.step = STEPS[this.place - 1] ?? this.step;
  }

  async #run(what: "reading" | "restoring", work: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = what;
    this.progress = null;
    const asking = setInterval(() => {
      void call("show_restore_progress", {})
        .then((progress) => (this.progress = progress))
        .catch(() => undefined);
    }, ASK_EVERY_MILLISECONDS);
    try {
      await work();
    } catch (reason) {
      this.#refuse(reason);
    } finally {
      clearInterval(asking);
      this.busy = null;
    }
  }

  #refuse(reason: unknown): void {
    if (!isRefusal(reason)) throw reason;
    const refusal: Refusal = reason;
    this.error = { field: refusal.field, text: refusalText(refusal) };
    const step = refusal.field ? STEP_OF_FIELD[refusal.field] : undefined;
    if (step) this.step = step;
  }
}
