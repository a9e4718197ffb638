// The fake host's leaving: takes its time, can be stopped and goes on, and takes an archive in where nothing is kept.
import type { ArchiveView, FormerVaultView } from "../types";
import { type Handlers, refuse } from "./handlers";
import type { FakePractice } from "./practice";
import { archivedOf, bringAllBack } from "./retention";

const STEPS = 10;

export function archiveHandlers(practice: FakePractice): Handlers {
  let stopped = false;
  let finished = 0;
  let now: Pick<ArchiveView, "running" | "phase" | "done" | "total"> = { running: false, phase: "", done: 0, total: 0 };
  const formers: FormerVaultView[] = [];

  const own = (): number => practice.patients.length;
  const reads = (): boolean => practice.user?.role === "practitioner";

  function may(): void {
    if (!reads()) refuse("permission_denied", null, { permission: "read_clinical" });
    if (now.running) refuse("archive_running");
  }

  async function work(phase: ArchiveView["phase"], total: number, step: (done: number) => void = () => undefined): Promise<void> {
    stopped = false;
    for (let i = 1; i <= STEPS; i++) {
      now = { running: true, phase, done: Math.round((total * i) / STEPS), total };
      await new Promise((resolve) => setTimeout(resolve, 40));
      step(now.done);
      if (stopped) {
        now = { running: false, phase: "", done: 0, total: 0 };
        refuse("archive_stopped");
      }
    }
    now = { running: false, phase: "", done: 0, total: 0 };
  }

  return {
    show_archive: () => ({ ...now, finished, persons: own(), archived: archivedOf(practice), empty: practice.patients.length === 0 && practice.appointments.length === 0, opens: reads(), formers: [...formers] }),

    async export_archive({ into, anew, bring_back }) {
      may();
      if (!into.startsWith("/")) refuse("folder_missing", "into");
      const archived = archivedOf(practice);
      if (archived > 0 && !bring_back) refuse("archive_persons_first", "bring_back", { n: String(archived) });
      bringAllBack(practice);
      if (anew) finished = 0;
      const reused = finished;
      await work("persons", own(), (done) => (finished = Math.max(finished, done)));
      finished = 0;
      return { path: `${into}/PA20261124T091400.ZIP`, bytes: 48_000_000, persons: own(), reused, files: 12, unreadable: [] };
    },

    cancel_archive() {
      stopped = true;
      return { sequence: null };
    },

    discard_archive() {
      finished = 0;
      return { sequence: null };
    },

    async import_archive({ path }) {
      may();
      if (practice.patients.length > 0) refuse("archive_not_empty");
      if (!path.toUpperCase().endsWith(".ZIP")) refuse("archive_unreadable", "path");
      await work("taking_in", 400);
      formers.push({ id: "5f0c9a12-0000-7000-8000-000000000001", practice: "Cabinet du Parc", taken_in_at: `${practice.now}Z`, entries: 1_204 });
      return { practice: "Cabinet du Parc", made_at: "2026-11-20T18:00:00Z", persons: 240, appointments: 1_830, entries: 960, files: 12, journal: 1_204, users: ["Dr Lefèvre", "Samia"], unreadable: 0 };
    },

    list_former_journal({ vault }) {
      if (!formers.some((one) => one.id === vault)) refuse("former_vault_not_found", "vault");
      return { entries: [], verified: true };
    },
  };
}
