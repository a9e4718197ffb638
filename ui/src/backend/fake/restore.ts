// The fake host's guided restore: a few backups, whose content and failures are made up.
import type { BackupContentView, FoundBackupView } from "../types";
import { FAKE_PASSWORD, FAKE_RECOVERY_KEY, judged } from "./entrance";
import { type Handlers, refuse } from "./handlers";
import type { FakePractice } from "./practice";

const FOLDER = "/home/cabinet/.local/share/semainier/practice";
const KEPT = `${FOLDER}-before-restore-20261124T101400Z`;

export function restoreHandlers(practice: FakePractice): Handlers {
  let stopped = false;
  let running = false;
  let asked = 0;

  const found = (): FoundBackupView[] =>
    practice.users.length === 0
      ? []
      : [24, 23, 22].map((day, index) => ({
          file: `${FOLDER}/backups/semainier-5f0c9a12-202611${day}T080007Z.semainier-backup`,
          place: (["first", "second", "first"] as const)[index] ?? "first",
          made_at: `2026-11-${day}T08:00:07.000Z`,
          bytes: 48_318_464 - day * 1000,
          entries: 21_400 + day * 31,
        }));

  /** Refuses as the host does, before anything of the file is read. */
  function may(): void {
    if (practice.demonstration) refuse("in_demonstration");
    if (practice.user && !practice.user.administrator) refuse("permission_denied");
  }

  async function work(): Promise<void> {
    running = true;
    stopped = false;
    asked = 0;
    for (let i = 0; i < 12 && !stopped; i++) await new Promise((resolve) => setTimeout(resolve, practice.restoreMilliseconds / 12));
    running = false;
    if (stopped) refuse("restore_cancelled");
  }

  const usersOf = (): BackupContentView["users"] =>
    practice.users.length > 0
      ? practice.users.map(({ login, name }, index) => ({ login, name, enrolled_here: index < 2 }))
      : [{ login: "lefevre", name: "Dr Lefèvre", enrolled_here: false }];

  return {
    find_backups() {
      may();
      return { folder: FOLDER, backups: found() };
    },

    async inspect_backup({ file }) {
      may();
      if (!file.endsWith(".semainier-backup")) refuse("not_a_backup", "file");
      await work();
      if (file.includes("damaged")) refuse("backup_damaged", "file", { part: "database" });
      const one = found().find((backup) => backup.file === file);
      return {
        file,
        made_at: one?.made_at ?? "2026-11-20T18:00:07.000Z",
        practice: practice.users.length > 0 ? practice.name : "Cabinet des Tilleuls",
        entries: one?.entries ?? 21_950,
        documents: 0,
        bytes: one?.bytes ?? 47_000_000,
        users: usersOf(),
        present: practice.users.length > 0 ? "same" : "none",
        folder: FOLDER,
        kept_in: practice.users.length > 0 ? KEPT : null,
        erasure_list: one !== undefined,
      };
    },

    async restore_backup({ file, credentials }) {
      may();
      if (credentials.by === "password" && credentials.password !== FAKE_PASSWORD) refuse("wrong_credentials", "password");
      if (credentials.by === "recovery_key") {
        const plain = (key: string) => key.toUpperCase().replace(/[^0-9A-Z]/g, "");
        if (plain(credentials.recovery_key) !== plain(FAKE_RECOVERY_KEY)) refuse("wrong_recovery_key", "recovery_key");
        if (!judged(credentials.new_password, []).accepted) refuse("weak_password", "new_password");
      }
      await work();
      const one = found().find((backup) => backup.file === file);
      const kept = practice.users.length > 0 ? KEPT : null;
      practice.user = null;
      return {
        practice: practice.users.length > 0 ? practice.name : "Cabinet des Tilleuls",
        folder: FOLDER,
        kept_in: kept,
        made_at: one?.made_at ?? "2026-11-20T18:00:07.000Z",
        entries: one?.entries ?? 21_950,
        verified: true,
        erased: one ? 1 : 0,
        warnings: one ? [] : ["erasure_list_missing"],
      };
    },

    show_restore_progress() {
      if (!running) return { step: "none", done: 0, total: 0 };
      asked += 1;
      return asked < 3 ? { step: "reading", done: asked * 16_000_000, total: 48_000_000 } : { step: "checking", done: 48_000_000, total: 48_000_000 };
    },

    cancel_restore() {
      stopped = true;
      return { sequence: null };
    },
  };
}
