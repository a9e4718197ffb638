// The fake host's landing: several practices in memory, one current; and what was done for one, counted.
import type { CommandName, Commands, EntranceView, KnownPracticeView, VaultId } from "../types";
import { textFile } from "../files";
import { entranceHandlers, sessionView } from "./entrance";
import { type Handlers, refuse } from "./handlers";
import type { FakePractice } from "./practice";

export interface Landing {
  /** In the order of the list. */
  known: FakePractice[];
  own: FakePractice;
  current: FakePractice;
}

function knownView(landing: Landing, practice: FakePractice): KnownPracticeView {
  return {
    practice: practice.vault,
    name: practice.name,
    folder: practice.folder,
    colour: practice.colour,
    state: practice.user ? "open" : "closed",
    own: practice === landing.own,
    users: practice.users.filter((one) => one.state !== "disabled").map(({ login, name }) => ({ login, name })),
    session: practice.user ? sessionView(practice) : null,
    zone: practice.user ? practice.zone : null,
    now: practice.user ? practice.now : null,
  };
}

/** Folders that hold a vault which is not known yet, by folder: for adding one. */
export const elsewhere = new Map<string, FakePractice>();

export function practicesHandlers(landing: Landing): Handlers {
  const entrances = new Map<FakePractice, Handlers>();
  const find = (vault: VaultId): FakePractice => landing.known.find((one) => one.vault === vault) ?? refuse("practice_unknown");

  function ask<K extends CommandName>(practice: FakePractice, name: K, request: Commands[K]["request"]): Commands[K]["view"] {
    const handlers = entrances.get(practice) ?? entranceHandlers(practice);
    entrances.set(practice, handlers);
    return (handlers[name] as (request: Commands[K]["request"]) => Commands[K]["view"])(request);
  }

  function list(): Commands["list_practices"]["view"] {
    const shown = landing.known.filter((one) => one.users.length > 0);
    return { practices: shown.map((one) => knownView(landing, one)), current: shown.includes(landing.current) ? landing.current.vault : null };
  }

  return {
    list_practices: list,

    add_practice({ folder }) {
      const found = elsewhere.get(folder) ?? landing.known.find((one) => one.folder === folder) ?? refuse("vault_missing", "folder");
      if (landing.known.some((one) => one.vault === found.vault && one.folder !== folder)) refuse("practice_known", "folder");
      if (!landing.known.includes(found)) landing.known.push(found);
      return list();
    },

    open_practice({ practice, login, password }) {
      const opened = ask(find(practice), "sign_in", { login, password });
      landing.current = find(practice);
      return opened;
    },

    switch_practice({ practice }): EntranceView {
      landing.current = find(practice);
      return ask(landing.current, "read_entrance", {});
    },

    close_practice({ practice }) {
      find(practice).user = null;
      if (landing.current.vault === practice) landing.current = landing.known.find((one) => one.user) ?? landing.current;
      return list();
    },

    forget_practice({ practice }) {
      const gone = find(practice);
      if (gone === landing.own) refuse("practice_own");
      landing.known = landing.known.filter((one) => one !== gone);
      gone.user = null;
      if (landing.current === gone) landing.current = landing.known.find((one) => one.user) ?? landing.own;
      return list();
    },

    export_counts({ from, to, whose }) {
      const lines = landing.known.filter((one) => one.user).map((one) => {
        const counts = countsOf(one, { from, to, whose });
        return [counts.practice, from, to, counts.booked, counts.moved, counts.cancelled, counts.calls].join(";");
      });
      return textFile(`decompte-${from}-${to}.csv`, "text/csv", ["\uFEFFCabinet;Du;Au;RDV pris;RDV déplacés;RDV annulés;Appels", ...lines, ""].join("\r\n"));
    },

    lock() {
      landing.known.forEach((one) => (one.user = null));
      return { sequence: null };
    },
  };
}

function countsOf(practice: FakePractice, { from, to, whose }: Commands["show_counts"]["request"]): Commands["show_counts"]["view"] {
  if (to < from) refuse("bad_period", "to");
  const inside = practice.today >= from && practice.today <= to;
  const count = (...commands: string[]) => (inside ? practice.changes.filter((one) => commands.includes(one.command)).length : 0);
  return {
    practice: practice.name,
    from,
    to,
    whose,
    booked: count("book_appointment", "book_walk_in"),
    moved: count("move_appointment"),
    cancelled: count("cancel_appointment"),
    calls: count("note_call"),
  };
}

export function workHandlers(practice: FakePractice): Handlers {
  return { show_counts: (request) => countsOf(practice, request) };
}
