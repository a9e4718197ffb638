// The fake host's backups.
import type { BackupView } from "../types";
import { type Handlers, refuse } from "./handlers";
import type { FakePractice } from "./practice";

export function safekeepingHandlers(practice: FakePractice): Handlers {
  const settings = { second_place: "/media/cabinet/semainier", every_hours: 4, keep: 30 };
  const at = (day: number, hour: number) => `2026-11-${String(day).padStart(2, "0")}T${String(hour).padStart(2, "0")}:00:07Z`;
  const backups: BackupView[] = practice.users.length === 0 ? [] : [24, 23, 20].flatMap((day) =>
    [16, 12, 8].filter((hour) => at(day, hour) < `${practice.now}Z`).flatMap((hour) =>
      (["first", "second"] as const).map((place) => {
        const failed = day === 23 && hour === 12 && place === "second";
        return {
          at: at(day, hour),
          place,
          file: `semainier-202611${day}-${hour}00.backup`,
          bytes: failed ? 0 : 48_318_464 - day * 1000,
          entries: 21_400 + day * 31 + hour,
          verified: !failed,
          code: failed ? "place_missing" : "",
        };
      }),
    ),
  );

  return {
    list_backups: () => ({ ...settings, backups, overdue: false }),

    set_backups(request) {
      if (request.every_hours < 1 || request.every_hours > 168) refuse("out_of_range", "every_hours", { from: "1", to: "168" });
      if (request.keep < 2 || request.keep > 365) refuse("out_of_range", "keep", { from: "2", to: "365" });
      Object.assign(settings, request);
      return { sequence: null };
    },

    async back_up() {
      await new Promise((resolve) => setTimeout(resolve, 400));
      const entries = 22_200 + practice.changes.length;
      backups.unshift({ at: `${practice.now}Z`, place: "first", file: "semainier-20261124-1014.backup", bytes: 48_320_512, entries, verified: true, code: "" });
      return { file: "semainier-20261124-1014.backup", entries, verified: true, warnings: settings.second_place ? [] : ["no_second_place"] };
    },

    async restore_drill({ file }) {
      await new Promise((resolve) => setTimeout(resolve, 600));
      const chosen = backups.find((one) => (file ? one.file === file : one.verified)) ?? refuse("no_backup");
      return {
        file: chosen.file,
        made_at: chosen.at,
        entries: chosen.entries,
        patients: practice.patients.length,
        appointments: practice.appointments.length,
        verified: true,
        entries_since: 14,
        erasure_list_missing: false,
      };
    },
  };
}
