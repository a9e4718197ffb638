// What the timeline says of an entry, by its kind: its icon, its name, one line, and its details. Kinds that other screens write
// stand here with the plain fields that they share.
import type { Body } from "$backend/types";
import { isolate, numericDate } from "$kit/format";
import type { IconName } from "$kit/icons";
import { m, messageByKey } from "$messages/index";
import { measureName, measureText } from "./measures";

export interface Detail {
  label: string;
  text: string;
}

interface Kind {
  icon: IconName;
  /** One line. */
  line: (body: Fields) => string;
  details: (body: Fields) => Detail[];
}

/** A body's fields, whatever its kind. */
type Fields = Record<string, unknown>;

export const SECTIONS = ["reason", "history", "examination", "conclusion", "plan"] as const;
export type Section = (typeof SECTIONS)[number];

const text = (body: Fields, name: string): string => {
  const value = body[name];
  return typeof value === "string" ? value.trim() : typeof value === "number" ? String(value) : "";
};
const joined = (...words: string[]): string => words.filter(Boolean).join(" · ");

export function fieldLabel(name: string): string {
  return messageByKey(`record_field_${name}`) ?? name;
}

const detail = (body: Fields, ...names: string[]): Detail[] => names.map((name) => ({ label: fieldLabel(name), text: text(body, name) })).filter((one) => one.text !== "");

/** `depuis le … jusqu’au …` */
export function lasting(body: Fields): string {
  const [since, until] = [text(body, "since"), text(body, "until")];
  return joined(since && m.record_since({ date: isolate(numericDate(since)) }), until && m.record_until({ date: isolate(numericDate(until)) }));
}

export function severityWord(severity: string): string {
  return messageByKey(`record_severity_${severity}`) ?? severity;
}

const plain = (icon: IconName, ...names: string[]): Kind => ({
  icon,
  line: (body) => joined(...names.map((name) => text(body, name))),
  details: (body) => detail(body, ...names),
});

const KINDS: Record<string, Kind> = {
  consultation: {
    icon: "doctor",
    line: (body) => joined(text(body, "reason"), text(body, "conclusion")) || text(body, "history") || text(body, "examination") || text(body, "plan"),
    details: (body) => detail(body, ...SECTIONS),
  },
  antecedent: plain("history", "label", "note"),
  allergy: {
    icon: "allergy",
    line: (body) => joined(text(body, "agent"), text(body, "reaction"), severityWord(text(body, "severity"))),
    details: (body) => [
      ...detail(body, "agent"),
      { label: m.record_field_agent_kind(), text: messageByKey(`record_agent_${text(body, "agent_kind")}`) ?? "" },
      ...detail(body, "reaction"),
      { label: m.record_field_severity(), text: severityWord(text(body, "severity")) },
    ],
  },
  condition: {
    icon: "condition",
    line: (body) => joined(text(body, "label"), body["ald"] === true ? m.record_ald() : "", lasting(body)),
    details: (body) => [...detail(body, "label"), ...(lasting(body) ? [{ label: m.record_period(), text: lasting(body) }] : [])],
  },
  treatment: {
    icon: "drugs",
    line: (body) => joined(text(body, "label"), text(body, "posology"), lasting(body)),
    details: (body) => [...detail(body, "label", "posology"), ...(lasting(body) ? [{ label: m.record_period(), text: lasting(body) }] : [])],
  },
  vaccination: plain("vaccination", "vaccine", "dose", "batch", "site"),
  measure: {
    icon: "measure",
    line: (body) => `${measureName(text(body, "what"))} : ${measureText(text(body, "value"), text(body, "second"), text(body, "unit"))}`,
    details: (body) => [{ label: measureName(text(body, "what")), text: measureText(text(body, "value"), text(body, "second"), text(body, "unit")) }],
  },
  alert: plain("warning", "text"),
  family: plain("relatives", "relative", "label"),
  prescription: plain("drugs", "title", "label"),
  letter: plain("mail", "title", "label"),
  report: plain("list", "title", "label"),
  document: plain("file", "title", "label"),
};

const OTHER: Kind = { icon: "note", line: (body) => joined(text(body, "title"), text(body, "label")), details: (body) => detail(body, "title", "label") };

/** The order of the filter's chips. */
export const KIND_ORDER = Object.keys(KINDS);

/** What is written on this screen beside consultations. */
export const QUICK = ["measure", "antecedent", "allergy", "condition", "treatment", "vaccination", "alert", "family"] as const;
export type Quick = (typeof QUICK)[number];
/** A body that the short form writes. */
export type QuickBody = Extract<Body, { kind: Quick }>;

export function kindWord(kind: string): string {
  return messageByKey(`record_kind_${kind}`) ?? m.record_kind_other();
}

export function kindIcon(kind: string): IconName {
  return (KINDS[kind] ?? OTHER).icon;
}

export function lineOf(body: Body): string {
  return (KINDS[body.kind] ?? OTHER).line(body as unknown as Fields);
}

export function detailsOf(body: Body): Detail[] {
  return (KINDS[body.kind] ?? OTHER).details(body as unknown as Fields);
}

/** Whether this screen corrects entries of the kind. */
export function isOwn(kind: string): boolean {
  return kind === "consultation" || (QUICK as readonly string[]).includes(kind);
}
