// From the box to another form with what stands in it: a series, appointments in a row, the waiting list.
import { boxRequest } from "$kit/state/box.svelte";
import { wishRequest } from "$kit/state/wish.svelte";
import { agenda } from "../agenda.svelte";
import { matchName } from "../names";
import { practice } from "../practice.svelte";
import { rowRequest } from "../row/request.svelte";
import { seriesRequest } from "../series/request.svelte";
import type { Box } from "./box.svelte";
import type { Further } from "./keys";

export function further(box: Box, what: Further): void {
  const { match, type, slot } = box;
  if (!match || !type) return;
  const person = matchName(match);
  const note = box.note.trim();
  const never = box.tellable && box.never;
  const whose = box.shownWhose ?? slot?.practitioner_id ?? null;
  if (what === "series") {
    if (!slot) return;
    const minutes = box.minutes > 0 ? box.minutes : type.minutes;
    seriesRequest.begin({ patient: match.id, person, type: type.id, practitioner: slot.practitioner_id, first: slot.starts, minutes, note, never, appointment: null });
  } else if (what === "row") {
    const practitioner = whose ?? agenda.columns[agenda.cursor.column]?.practitioner ?? practice.active[0]?.id;
    if (!practitioner) return;
    rowRequest.ask({ patient: match.id, person, practitioner, type: type.id }, { note, never });
  } else {
    // Whom they asked for by name is wished for; whose slot happened to be first is not.
    wishRequest.ask({ patient: match.id, person, appointment: null, type: type.id, practitioner: box.shownWhose, note });
  }
  boxRequest.close();
}
