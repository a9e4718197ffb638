// What other screens and papers show of a record: the signed paper, the laboratory's report, the scan, the page for a colleague.
import { call, isRefusal } from "$backend/door";
import type { PatientId, RecordEntryView } from "$backend/types";
import { preferences } from "$kit/state/preferences.svelte";
import { preview } from "$kit/state/preview.svelte";
import { route } from "$kit/state/route.svelte";
import { toasts } from "$kit/state/toasts.svelte";
import { m, refusalText } from "$messages/index";

/** What opening an entry elsewhere is called; null where there is nothing more of it than stands here. */
export function elsewhereWord(entry: RecordEntryView): string | null {
  switch (entry.body.kind) {
    case "prescription":
    case "letter":
      return m.record_print_paper();
    case "report":
      return m.record_open_report();
    case "document":
      return m.record_open_document();
    default:
      return null;
  }
}

async function shown(paper: Promise<Parameters<typeof preview.show>[0]>): Promise<void> {
  try {
    preview.show(await paper);
  } catch (reason) {
    if (!isRefusal(reason)) throw reason;
    toasts.refused(refusalText(reason));
  }
}

/** Shows the whole of an entry: a signed paper as it prints, a report or a scan on its own screen. */
export function openElsewhere(entry: RecordEntryView, patient: PatientId): void {
  const { body } = entry;
  if (body.kind === "prescription" || body.kind === "letter") void shown(call("print_prescription", { id: entry.id }));
  else if (body.kind === "report") route.go("results", { patient, entry: entry.id });
  else if (body.kind === "document") route.go("results", { patient, document: body.document_id });
}

/** The patient on one page. */
export function printSummary(patient: PatientId): void {
  void shown(call("print_summary", { patient_id: patient, language: preferences.language }));
}
