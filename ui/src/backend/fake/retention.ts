// The fake host's retention: rules of a few categories, patients of whom something is due, an archive in memory that opens for a
// reason, lists of destruction. Which patient is due is made up: every fourth to archive, every seventh to destroy.
import type {
  DestructionView,
  IntermediateMatchView,
  PatientView,
  RecordView,
  RetentionHoldView,
  RetentionPersonView,
  RetentionRuleView,
  RetentionView,
} from "../types";
import { type Handlers, refuse } from "./handlers";
import { folded } from "./patients";
import { type FakePatient, type FakePractice, nameOf } from "./practice";

interface Room {
  rules: RetentionRuleView[];
  holds: RetentionHoldView[];
  archived: (FakePatient & { since: string })[];
  destroyed: Set<string>;
  lists: { view: DestructionView; persons: RetentionPersonView[] }[];
  open: boolean;
  looked: string;
}

const rooms = new WeakMap<FakePractice, Room>();
const CNIL = "CNIL, délibération n° 2020-081 du 18 juin 2020 (référentiel cabinets médicaux)";
const PDF = (name: string) => ({ name, media: "application/pdf", base64: btoa("%PDF-1.7\n") });

function rule(category: RetentionRuleView["category"], active: number | null, months: number, at_least: number | null, at_most: number | null): RetentionRuleView {
  return {
    category,
    active_months: active,
    months,
    default_active_months: active,
    default_months: months,
    at_least,
    at_most,
    source: CNIL,
    dated: "2020-06-18",
    reason: "",
    decided_on: "",
    decided_by: "",
    remarks: [],
  };
}

function roomOf(practice: FakePractice): Room {
  const known = rooms.get(practice);
  if (known) return known;
  const room: Room = {
    rules: [rule("patient_record", 60, 240, 120, null), rule("minor_record", null, 336, 336, null), rule("deceased_record", null, 120, 120, null), rule("agenda_entry", null, 24, null, 24), rule("connection_log", null, 6, 6, 12)],
    holds: [],
    archived: [],
    destroyed: new Set(),
    lists: [],
    open: false,
    looked: "",
  };
  rooms.set(practice, room);
  return room;
}

/** How many persons are in the intermediate archive. */
export const archivedOf = (practice: FakePractice): number => roomOf(practice).archived.length;

/** Everybody out of it again: before a practice leaves. */
export function bringAllBack(practice: FakePractice): void {
  roomOf(practice).archived = [];
}

const erasureOf = (patient: FakePatient): string => `erasure-${patient.id}`;

export function retentionHandlers(practice: FakePractice): Handlers {
  const room = roomOf(practice);
  const may = (permission: string): void => {
    const role = practice.user?.role;
    if (role === "secretary" || (permission === "read_clinical" && role !== "practitioner")) refuse("permission_denied", null, { permission });
  };
  const view = (): RetentionView => ({
    rules: room.rules,
    holds: room.holds,
    archived: room.archived.length,
    open: room.open,
    destructions: room.lists.map((one) => one.view).reverse(),
    looked_on: room.looked,
  });
  const here = (): FakePatient[] => practice.patients.filter((one) => !room.archived.some((other) => other.id === one.id) && !room.destroyed.has(one.id));

  function due(): RetentionPersonView[] {
    const persons = here().flatMap((one, index): RetentionPersonView[] => {
      const action = index % 7 === 3 ? "destroy" : index % 4 === 1 ? "archive" : null;
      if (!action) return [];
      const held = action === "destroy" && room.holds.some((hold) => hold.patient_id === one.id);
      return [
        {
          erasure_id: erasureOf(one),
          patient_id: one.id,
          number: index + 1,
          name: nameOf(one),
          name_arabic: "",
          born: one.born,
          place: "active",
          action: held ? "held" : action,
          category: action === "destroy" ? "agenda_entry" : "patient_record",
          on: `20${String(10 + (index % 16)).padStart(2, "0")}-0${1 + (index % 9)}-12`,
          last: "",
        },
      ];
    });
    return persons.sort((a, b) => a.on.localeCompare(b.on));
  }

  function groups(persons: RetentionPersonView[], from: string) {
    const keys = [...new Set(persons.map((one) => `${one.action} ${one.category} ${one.place}`))].sort();
    return keys.map((key) => {
      const of = persons.filter((one) => `${one.action} ${one.category} ${one.place}` === key);
      const [first] = of;
      if (!first) throw new Error("a group without anybody");
      return { action: first.action, category: first.category, place: first.place, persons: of.length, overdue: of.filter((one) => one.on < from).length };
    });
  }

  const match = (one: FakePatient & { since: string }): IntermediateMatchView => ({
    erasure_id: erasureOf(one),
    name: nameOf(one),
    name_arabic: "",
    born: one.born,
    archived_on: one.since,
    destroy_on: `${Number(one.since.slice(0, 4)) + 15}${one.since.slice(4)}`,
    category: "patient_record",
    held: false,
  });

  function checkOpen(): void {
    may("read_clinical");
    if (!room.open) refuse("archive_not_open");
  }

  return {
    show_retention() {
      may("keep_privacy");
      return view();
    },
    set_retention_rule({ category, months, active_months, reason }) {
      may("keep_privacy");
      if (!reason.trim()) refuse("empty", "reason");
      const one = room.rules.find((other) => other.category === category);
      if (!one) return refuse("unknown_word", "category");
      if (months !== null && one.at_least !== null && months < one.at_least) refuse("retention_too_short", "months", { limit: String(one.at_least) });
      if (months !== null && one.at_most !== null && months > one.at_most) refuse("retention_too_long", "months", { limit: String(one.at_most) });
      Object.assign(one, {
        months: months ?? one.default_months,
        active_months: months === null ? one.default_active_months : (active_months ?? one.default_active_months),
        reason: months === null ? "" : reason,
        decided_on: months === null ? "" : practice.today,
        decided_by: months === null ? "" : (practice.user?.name ?? ""),
        remarks: months !== null && months < one.default_months ? ["retention_below_default"] : [],
      });
      return view();
    },
    dry_run_retention({ until, action, offset, limit }) {
      may("keep_privacy");
      room.looked = practice.today;
      const all = due();
      const listed = all.filter((one) => action === "" || one.action === action);
      const last = until || `${practice.today.slice(0, 8)}30`;
      const from = `${last.slice(0, 8)}01`;
      const looked = here().length + room.archived.length;
      return { until: last, from, looked_at: looked, kept: looked - all.length, groups: groups(all, from), listed: listed.length, persons: listed.slice(offset, offset + limit) };
    },
    export_retention: ({ format }) => PDF(`conservation.${format}`),
    hold_patient({ patient_id, erasure_id, ground, note }) {
      may("keep_privacy");
      if (!note.trim()) refuse("empty", "note");
      const patient = practice.patients.find((one) => one.id === patient_id);
      room.holds.push({
        erasure_id: patient ? erasureOf(patient) : erasure_id,
        patient_id,
        name: patient ? nameOf(patient) : "",
        ground,
        note,
        placed_on: practice.today,
        placed_by: practice.user?.name ?? "",
      });
      return { sequence: null };
    },
    lift_hold({ erasure_id, reason }) {
      if (!reason.trim()) refuse("empty", "reason");
      room.holds = room.holds.filter((one) => one.erasure_id !== erasure_id);
      return { sequence: null };
    },
    archive_patients({ patients }) {
      may("read_clinical");
      const ripe = due().filter((one) => one.action === "archive");
      const taken = patients.filter((id) => ripe.some((one) => one.patient_id === id));
      for (const id of taken) {
        const patient = practice.patients.find((one) => one.id === id);
        if (patient) room.archived.push({ ...patient, since: practice.today });
      }
      return { archived: taken.length, stayed: patients.filter((id) => !taken.includes(id)).map((patient_id) => ({ patient_id, code: "not_due" })) };
    },
    open_intermediate({ reason }) {
      may("read_clinical");
      if (!reason.trim()) refuse("empty", "reason");
      if (room.archived.length === 0) refuse("archive_empty");
      room.open = true;
      return { persons: room.archived.length, until: `${practice.today}T12:00:00.000Z` };
    },
    close_intermediate() {
      room.open = false;
      return { sequence: null };
    },
    search_intermediate({ text }) {
      checkOpen();
      const words = folded(text).split(/\s+/).filter(Boolean);
      const fits = (one: FakePatient): boolean => words.every((word) => folded(nameOf(one)).split(" ").some((part) => part.startsWith(word)));
      return { matches: room.archived.filter(fits).map(match), more: false };
    },
    async read_intermediate({ erasure_id }) {
      checkOpen();
      const patient = room.archived.find((one) => erasureOf(one) === erasure_id);
      if (!patient) return refuse("not_archived");
      const { sampleArchived } = await import("./retention_sample");
      return sampleArchived(patient) satisfies { patient: PatientView; record: RecordView };
    },
    bring_back_patient({ erasure_id, reason }) {
      checkOpen();
      if (!reason.trim()) refuse("empty", "reason");
      const patient = room.archived.find((one) => erasureOf(one) === erasure_id);
      if (!patient) return refuse("not_archived");
      room.archived = room.archived.filter((one) => one !== patient);
      return { patient_id: patient.id };
    },
    list_destruction() {
      may("read_clinical");
      const persons = due().filter((one) => one.action === "destroy");
      if (persons.length === 0) refuse("nothing_to_destroy");
      for (const one of room.lists) if (one.view.state === "open") one.view = { ...one.view, state: "dropped" };
      const id = `destruction-${room.lists.length + 1}`;
      const list: DestructionView = {
        id,
        state: "open",
        made_on: practice.today,
        made_by: practice.user?.name ?? "",
        digest: `${room.lists.length + 1}`.padStart(64, "a"),
        persons: persons.length,
        confirmed_on: "",
        confirmed_by: "",
        documents: 0,
      };
      room.lists.push({ view: list, persons });
      return { list, persons };
    },
    show_destruction({ id }) {
      may("read_clinical");
      const one = room.lists.find((other) => other.view.id === id);
      if (!one) return refuse("destruction_not_found", "id");
      return { list: one.view, persons: one.view.state === "open" ? one.persons : [] };
    },
    confirm_destruction({ id, digest }) {
      may("read_clinical");
      const one = room.lists.find((other) => other.view.id === id);
      if (!one) return refuse("destruction_not_found", "id");
      if (one.view.state !== "open") refuse("destruction_closed");
      if (one.view.digest !== digest) refuse("destruction_list_changed");
      for (const person of one.persons) if (person.patient_id) room.destroyed.add(person.patient_id);
      one.view = { ...one.view, state: "confirmed", confirmed_on: practice.today, confirmed_by: practice.user?.name ?? "", documents: 2 };
      return { list: one.view };
    },
    drop_destruction({ id }) {
      const one = room.lists.find((other) => other.view.id === id);
      if (!one) return refuse("destruction_not_found", "id");
      one.view = { ...one.view, state: "dropped" };
      return { sequence: null };
    },
    print_destruction: () => PDF("destruction.pdf"),
  };
}
