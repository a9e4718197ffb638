// The keys of the reception: F keys, since they are the same on every keyboard and act while one types.
import { isolateFigures } from "$kit/format";
import { boxRequest } from "$kit/state/box.svelte";
import type { KeyGroup } from "$kit/state/keys.svelte";
import { m } from "$messages/index";
import type { Box } from "./box.svelte";
import { parked } from "./parked.svelte";

interface Hands {
  box: Box;
  park: () => void;
  unpark: () => void;
  note: () => void;
  /** Opens another form with what stands here. */
  further: (what: Further) => void;
}

export type Further = "series" | "row" | "waiting";

export function receptionKeys({ box, park, unpark, note, further }: Hands): KeyGroup {
  return {
    title: m.agenda_keys_reception,
    keys: [
      {
        combo: "F3",
        label: () => (parked.list.length > 0 ? m.agenda_key_unpark({ n: isolateFigures(parked.list.length) }) : null),
        help: m.agenda_key_unpark_help,
        footer: true,
        everywhere: true,
        run: unpark,
      },
      {
        combo: "F2",
        label: () => (boxRequest.open && box.parkable ? m.agenda_box_key_park() : null),
        help: m.agenda_box_key_park,
        footer: true,
        everywhere: true,
        run: park,
      },
      {
        combo: "F6",
        label: () => (boxRequest.open && box.match?.contacts.length ? m.agenda_box_key_caller() : null),
        help: m.agenda_box_key_caller,
        everywhere: true,
        run: () => box.nextCaller(),
      },
      {
        combo: "Shift+F6",
        label: () => (boxRequest.open && box.tellable ? m.portal_box_key_never() : null),
        help: m.portal_box_key_never,
        everywhere: true,
        run: () => (box.never = !box.never),
      },
      {
        combo: "F7",
        label: () => (boxRequest.open && box.match && box.slot ? m.series_key_box() : null),
        help: m.series_key_box,
        everywhere: true,
        run: () => further("series"),
      },
      {
        combo: "Shift+F7",
        label: () => (boxRequest.open && box.match ? m.row_key_box() : null),
        help: m.row_key_box,
        everywhere: true,
        run: () => further("row"),
      },
      {
        combo: "Shift+F2",
        label: () => (boxRequest.open && box.match ? m.waiting_list_key_box() : null),
        help: m.waiting_list_key_box,
        everywhere: true,
        run: () => further("waiting"),
      },
      { combo: "F4", label: m.agenda_key_call, footer: true, everywhere: true, run: note },
    ],
  };
}
