// The fields of what is written on this screen, by kind: an empty body, and which fields one line of text fills.
import type { Body } from "$backend/types";
import type { Quick } from "./kinds";

type Written = Extract<Body, { kind: "consultation" | Quick }>;
export type WrittenKind = Written["kind"];

const EMPTY: { [Kind in WrittenKind]: Extract<Body, { kind: Kind }> } = {
  consultation: { kind: "consultation", reason: "", history: "", examination: "", conclusion: "", plan: "" },
  antecedent: { kind: "antecedent", label: "", note: "" },
  allergy: { kind: "allergy", agent: "", agent_kind: "substance", reaction: "", severity: "unknown" },
  condition: { kind: "condition", label: "", ald: false, since: "", until: "" },
  treatment: { kind: "treatment", label: "", cis: "", posology: "", since: "", until: "" },
  vaccination: { kind: "vaccination", vaccine: "", batch: "", dose: "", site: "" },
  measure: { kind: "measure", what: "blood_pressure", value: "", second: "", unit: "mmHg", confirmed: false },
  alert: { kind: "alert", text: "" },
  family: { kind: "family", relative: "", label: "" },
};

export function emptyBody(kind: WrittenKind): Written {
  return { ...EMPTY[kind] };
}

/** Text fields of a quick entry, in their order; multiline where one writes at length. */
export const TEXT_FIELDS: Record<Exclude<Quick, "measure">, { name: string; label?: string; long?: true; optional?: true }[]> = {
  antecedent: [{ name: "label" }, { name: "note", long: true, optional: true }],
  allergy: [{ name: "agent" }, { name: "reaction", optional: true }],
  condition: [{ name: "label" }],
  treatment: [{ name: "label", label: "treatment" }, { name: "posology", optional: true }],
  vaccination: [{ name: "vaccine" }, { name: "dose", optional: true }, { name: "batch", optional: true }, { name: "site", optional: true }],
  alert: [{ name: "text", long: true }],
  family: [{ name: "relative", optional: true }, { name: "label" }],
};

/** Whether anything worth keeping stands in it. */
export function isEmpty(body: Body): boolean {
  const empty = EMPTY[body.kind as WrittenKind] as unknown as Record<string, unknown>;
  const ignored = ["kind", "what", "unit", "confirmed"];
  return Object.entries(body).every(([name, value]) => ignored.includes(name) || value === empty[name] || (typeof value === "string" && value.trim() === ""));
}
