// The keys of the wider views: month and list, zoom, columns, filters, the search, the replay, the waiting room's next and
// its wall display.
import type { KeyGroup } from "$kit/state/keys.svelte";
import { preferences } from "$kit/state/preferences.svelte";
import { session } from "$kit/state/session.svelte";
import { m } from "$messages/index";
import { tell } from "./actions";
import { agenda } from "./agenda.svelte";
import { ZOOMS } from "./grid/layout";
import { month } from "./month/month.svelte";
import { callNext, openWall } from "./overview";
import { practice } from "./practice.svelte";
import { waiting } from "./side/waiting.svelte";

interface Openers {
  columns: () => void;
  filter: () => void;
  search: () => void;
  replay: () => void;
}

/** One step nearer or further, kept with the user. */
export function zoom(by: 1 | -1): void {
  const at = ZOOMS.indexOf(preferences.zoom);
  const next = ZOOMS[at - by];
  if (next === undefined) return;
  preferences.zoom = next;
  if (agenda.isGrid) tell(agenda.load());
}

/** Whose next one a key calls: of the cursor's column, else of whoever has somebody waiting first. */
function whoseNext(): (typeof practice.active)[number]["id"] | null {
  const column = agenda.isGrid ? agenda.columns[agenda.cursor.column]?.practitioner : month.current?.practitioner_id;
  if (column && waiting.list.some((one) => one.appointment.practitioner_id === column)) return column;
  return waiting.list[0]?.appointment.practitioner_id ?? column ?? null;
}

export function viewKeys(openers: Openers): KeyGroup[] {
  return [
    {
      title: m.overview_keys,
      keys: [
        { combo: "m", help: m.overview_key_month, label: () => (agenda.mode === "month" || agenda.several ? null : m.overview_key_month()), run: () => tell(agenda.show("month")) },
        { combo: "l", help: m.overview_key_list, label: () => (agenda.mode === "list" || agenda.several ? null : m.overview_key_list()), run: () => tell(agenda.show("list")) },
        { combo: "Ctrl+f", label: m.overview_search, footer: true, everywhere: true, run: openers.search },
        { combo: "F9", label: m.overview_replay, footer: true, everywhere: true, run: openers.replay },
        { combo: "k", label: () => (!agenda.several && practice.active.length > 1 && agenda.mode !== "week" ? m.agenda_columns() : null), help: m.agenda_columns, run: openers.columns },
        { combo: "f", label: () => (agenda.several ? null : m.overview_filters()), help: m.overview_filters, run: openers.filter },
        {
          // Where plus stands on a shifted key, the unshifted one does as well.
          combo: ["Ctrl++", "Ctrl+Shift++", "Ctrl+=", "Ctrl+-"],
          shown: ["Ctrl", "+ −"],
          label: () => (agenda.isGrid ? m.overview_zoom({ n: preferences.zoom }) : null),
          help: m.overview_zoom_help,
          everywhere: true,
          run: (event) => zoom(event.key === "-" ? -1 : 1),
        },
        {
          combo: "q",
          label: () => (waiting.list.length > 0 && session.may("change_agenda") ? m.queue_key_next() : null),
          help: m.queue_key_next,
          footer: true,
          run: () => {
            const practitioner = whoseNext();
            if (practitioner) void callNext(practitioner);
          },
        },
        {
          combo: "F6",
          label: () => (waiting.list.length + waiting.seated.length > 0 ? m.queue_key_go() : null),
          help: m.queue_key_go,
          run: () => document.querySelector<HTMLElement>("[data-waiting]")?.focus(),
        },
        { combo: "F8", label: m.queue_key_wall, everywhere: true, run: openWall },
      ],
    },
  ];
}
