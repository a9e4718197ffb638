// The fake host: a practice in memory behind the same door, for component tests and for looking at screens in a browser.
// It is loaded only where there is no window around the page; a release never asks for it.
import type { Announcement, Host } from "../door";
import { accessHandlers } from "./access";
import { agendaHandlers } from "./agenda";
import { attendanceHandlers } from "./attendance";
import { boxHandlers } from "./box";
import { callHandlers } from "./calls";
import { contactHandlers } from "./contacts";
import { entranceHandlers } from "./entrance";
import { historyHandlers } from "./history";
import { myDayHandlers } from "./my_day";
import { outHandlers } from "./out";
import { overviewHandlers } from "./overview";
import { patientFileHandlers } from "./patient_files";
import { patientHandlers } from "./patients";
import { planningHandlers } from "./planning";
import type { FakePractice } from "./practice";
import { practiceHandlers } from "./practice_room";
import { restoreHandlers } from "./restore";
import { queueHandlers } from "./queue";
import { safekeepingHandlers } from "./safekeeping";
import { demonstrationPractice, emptyPractice, fullPractice, noPractice } from "./seed";
import { seriesHandlers } from "./series";
import { takeoverHandlers } from "./takeover";
import { waitingListHandlers } from "./waiting_list";

type AnyHandler = (request: unknown) => unknown;

export interface FakeHost extends Host {
  practice: FakePractice;
  /** Every command that was asked, in order. */
  asked: { name: string; request: unknown }[];
}

/** A host over this practice; answers after a task, as the real one does. */
export function hostOver(practice: FakePractice): FakeHost {
  const agenda = agendaHandlers(practice);
  const handlers = {
    ...entranceHandlers(practice),
    ...accessHandlers(practice),
    ...practiceHandlers(practice),
    ...planningHandlers(practice),
    ...patientHandlers(practice),
    ...patientFileHandlers(practice),
    ...agenda,
    ...boxHandlers(practice, agenda.find_slots ?? (() => ({ slots: [] }))),
    ...contactHandlers(practice),
    ...seriesHandlers(practice),
    ...waitingListHandlers(practice),
    ...attendanceHandlers(practice),
    ...callHandlers(practice),
    ...myDayHandlers(practice),
    ...queueHandlers(practice),
    ...overviewHandlers(practice),
    ...takeoverHandlers(practice),
    ...safekeepingHandlers(practice),
    ...restoreHandlers(practice),
    ...outHandlers(practice),
    ...historyHandlers(practice),
  } as unknown as Record<string, AnyHandler | undefined>;
  const asked: FakeHost["asked"] = [];
  return {
    practice,
    asked,
    async invoke(name, request) {
      asked.push({ name, request });
      await Promise.resolve();
      const handler = handlers[name];
      if (!handler) throw { code: "unknown_command", field: null, parameters: { name } };
      return structuredClone(await handler(structuredClone(request)));
    },
    listen(hear: (announcement: Announcement) => void) {
      practice.hearers.add(hear);
      return Promise.resolve(() => practice.hearers.delete(hear));
    },
  };
}

/**
 * The host of a page in a browser: `?practice=none`, `empty`, `full` or the demonstration; `&signed_out` for the
 * entrance, `&as=lefevre` for another user, `&no_keyring`; `&language=ar&theme=dark&density=compact` as the user likes it.
 */
export function fakeHost(): FakeHost {
  const asks = new URLSearchParams(location.search);
  const which = asks.get("practice");
  const make = { none: noPractice, empty: emptyPractice, full: fullPractice }[which ?? ""] ?? demonstrationPractice;
  const practice = make();
  const as = asks.get("as");
  if (as) practice.user = practice.users.find((one) => one.login === as) ?? practice.user;
  if (asks.has("signed_out")) practice.user = null;
  const likes = Object.fromEntries([...asks].filter(([name]) => ["language", "theme", "density"].includes(name)));
  practice.preferences = { ...practice.preferences, ...likes };
  if (asks.has("no_keyring")) practice.keyring = false;
  return hostOver(practice);
}
