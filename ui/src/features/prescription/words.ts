// What is said of a prescription, put into words.
import type { LineFields, PrescriptionFindingView } from "$backend/types";
import { isolate } from "$kit/format";
import type { IconName } from "$kit/icons";
import { m, messageByKey } from "$messages/index";
import type { Paper } from "./editor.svelte";

/** The sentence of a finding. */
export function sentenceOf(finding: PrescriptionFindingView): string {
  const parameters: Record<string, string> = { about: isolate(finding.about), against: isolate(finding.against) };
  for (const [name, value] of Object.entries(finding.parameters)) parameters[name] = isolate(value);
  return messageByKey(`finding_${finding.code}`, parameters) ?? finding.code;
}

export interface Level {
  icon: IconName;
  tone: "danger" | "warning" | "info" | "good";
  word: string;
}

/** How grave it is: icon, word, colour. */
export function levelOf(finding: PrescriptionFindingView): Level {
  if (finding.severity === "hard") return { icon: "error", tone: "danger", word: m.prescription_level_hard() };
  if (finding.settled) return { icon: "check", tone: "good", word: m.prescription_level_settled() };
  if (finding.code === "interaction") {
    switch (finding.level_word) {
      case "contraindicated":
        return { icon: "error", tone: "danger", word: m.prescription_level_contraindicated() };
      case "discouraged":
        return { icon: "warning", tone: "danger", word: m.prescription_level_discouraged() };
      case "precaution":
        return { icon: "warning", tone: "warning", word: m.prescription_level_precaution() };
      default:
        return { icon: "info", tone: "info", word: m.prescription_level_take_into_account() };
    }
  }
  if (finding.severity === "reason") return { icon: "error", tone: "danger", word: m.prescription_level_reason() };
  if (finding.severity === "warning") return { icon: "warning", tone: "warning", word: m.prescription_level_warning() };
  return { icon: "info", tone: "info", word: m.prescription_level_note() };
}

export function paperWord(paper: Paper): string {
  return {
    drugs: m.prescription_paper_drugs,
    physiotherapy: m.prescription_paper_physiotherapy,
    nursing: m.prescription_paper_nursing,
    laboratory: m.prescription_paper_laboratory,
    imaging: m.prescription_paper_imaging,
    certificate: m.prescription_paper_certificate,
    letter: m.prescription_paper_letter,
  }[paper]();
}

/** What stands beside a line, in short words. */
export function marksOf(fields: LineFields): string[] {
  return [
    fields.ald ? m.prescription_mark_ald() : "",
    fields.non_substitutable ? m.prescription_mark_ground({ ground: isolate(fields.non_substitutable) }) : "",
    fields.renewals === null ? "" : fields.renewals === 0 ? m.prescription_mark_no_renewal() : m.prescription_mark_renewals({ n: fields.renewals }),
    fields.packs === null ? "" : m.prescription_mark_packs({ n: fields.packs }),
    fields.single_delivery ? m.prescription_mark_single() : fields.fraction_days === null ? "" : m.prescription_mark_fraction({ n: fields.fraction_days }),
    fields.table ? m.prescription_mark_table({ table: isolate(fields.table) }) : "",
  ].filter(Boolean);
}
