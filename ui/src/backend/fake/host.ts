// The fake host: a practice (or several) in memory behind the same door, for component tests and for looking at screens in a browser.
// It is loaded only where there is no window around the page; a release never asks for it.
import type { Announcement, Host } from "../door";
import { accessHandlers } from "./access";
import { agendaHandlers } from "./agenda";
import { archiveHandlers } from "./archive";
import { attendanceHandlers } from "./attendance";
import { boxHandlers } from "./box";
import { callHandlers } from "./calls";
import { contactHandlers } from "./contacts";
import { drugHandlers } from "./drugs";
import { entranceHandlers } from "./entrance";
import { historyHandlers } from "./history";
import { letterheadHandlers } from "./letterhead";
import { myDayHandlers } from "./my_day";
import { outHandlers } from "./out";
import { portabilityHandlers } from "./portability";
import { messagesHandlers } from "./messages";
import { portalHandlers } from "./portal";
import { type Standing, withPortal } from "./portal_sample";
import { overviewHandlers } from "./overview";
import { patientFileHandlers } from "./patient_files";
import { patientHandlers } from "./patients";
import type { VaultId } from "../types";
import { planningHandlers } from "./planning";
import type { FakePractice } from "./practice";
import { prescriptionHandlers } from "./prescription";
import { type Landing, practicesHandlers, workHandlers } from "./practices";
import { practiceHandlers } from "./practice_room";
import { privacyHandlers } from "./privacy";
import { recordHandlers } from "./record";
import { registerHandlers } from "./registers";
import { restoreHandlers } from "./restore";
import { rightsHandlers } from "./rights";
import { queueHandlers } from "./queue";
import { resultHandlers } from "./results";
import { retentionHandlers } from "./retention";
import { safekeepingHandlers } from "./safekeeping";
import { neighbours } from "./neighbours";
import { demonstrationPractice, emptyPractice, fullPractice, noPractice } from "./seed";
import { seriesHandlers } from "./series";
import { takeoverHandlers } from "./takeover";
import { waitingListHandlers } from "./waiting_list";

type AnyHandler = (request: unknown) => unknown;

export interface FakeHost extends Host {
  practice: FakePractice;
  /** Every command that was asked, in order. */
  asked: { name: string; request: unknown; practice: VaultId | null }[];
}

/** Everything that one practice answers. */
function handlersOf(practice: FakePractice): Record<string, AnyHandler | undefined> {
  const agenda = agendaHandlers(practice);
  return {
    ...entranceHandlers(practice),
    ...accessHandlers(practice),
    ...archiveHandlers(practice),
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
    ...letterheadHandlers(practice),
    ...callHandlers(practice),
    ...drugHandlers(practice),
    ...recordHandlers(practice),
    ...prescriptionHandlers(practice),
    ...myDayHandlers(practice),
    ...queueHandlers(practice),
    ...resultHandlers(practice),
    ...privacyHandlers(practice),
    ...registerHandlers(practice),
    ...rightsHandlers(practice),
    ...retentionHandlers(practice),
    ...overviewHandlers(practice),
    ...takeoverHandlers(practice),
    ...safekeepingHandlers(practice),
    ...restoreHandlers(practice),
    ...outHandlers(practice),
    ...portabilityHandlers(practice),
    ...messagesHandlers(practice),
    ...portalHandlers(practice),
    ...historyHandlers(practice),
    ...workHandlers(practice),
  } as unknown as Record<string, AnyHandler | undefined>;
}

/** A host over this practice, and over others that the computer knows; answers after a task, as the real one does. */
export function hostOver(practice: FakePractice, others: FakePractice[] = []): FakeHost {
  const landing: Landing = { known: [practice, ...others], own: practice, current: practice };
  const ofLanding = practicesHandlers(landing) as unknown as Record<string, AnyHandler | undefined>;
  const all = new Map([practice, ...others].map((one) => [one, handlersOf(one)]));
  const asked: FakeHost["asked"] = [];

  /** The practice that a command names, as the real host finds it. */
  function meant(name: VaultId | null): FakePractice {
    if (name === null) return landing.current;
    const found = landing.known.find((one) => one.vault === name && one.user !== null);
    if (!found) throw { code: "practice_closed", field: null, parameters: {} };
    return found;
  }

  return {
    practice,
    asked,
    async invoke(name, request, of = null) {
      asked.push({ name, request, practice: of });
      await Promise.resolve();
      const handler = ofLanding[name] ?? all.get(meant(of))?.[name];
      if (!handler) throw { code: "unknown_command", field: null, parameters: { name } };
      return structuredClone(await handler(structuredClone(request)));
    },
    listen(hear: (announcement: Announcement) => void) {
      for (const one of [practice, ...others]) one.hearers.add(hear);
      return Promise.resolve(() => [practice, ...others].forEach((one) => one.hearers.delete(hear)));
    },
  };
}

/**
 * The host of a page in a browser: `?practice=none`, `empty`, `full` or the demonstration; `&signed_out` for the
 * entrance, `&as=lefevre` for another user, `&no_keyring`; `&practices` for three practices side by side, two of them open; `&portal` (or `&portal=unreachable` …) for one that is connected; `&language=ar&theme=dark&density=compact` as the user likes it.
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
  if (asks.has("portal")) withPortal(practice, (asks.get("portal") || "on") as Standing);
  return hostOver(practice, asks.has("practices") ? neighbours() : []);
}
