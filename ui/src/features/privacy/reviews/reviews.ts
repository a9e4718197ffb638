// Reviews and audits as the screen begins them, and where an audit stands.
import type { AuditView, RegisterId, ReviewView, ReviewsView } from "$backend/types";
import { isolate, numericDate } from "$kit/format";
import type { IconName } from "$kit/icons";
import { session } from "$kit/state/session.svelte";
import { m } from "$messages/index";

export const ANSWERS = ["good", "partly", "missing", "not_applicable"] as const;
export type Answer = (typeof ANSWERS)[number];

/** A review that begins: what the program knows itself is answered, the rest is somebody's to say. */
export function blankReview(view: ReviewsView): ReviewView {
  const found = view.points.filter((one) => one.good !== null).map((one) => ({ point: one.point, answer: one.good ? ("good" as const) : ("missing" as const), remark: "" }));
  return { id: "" as RegisterId, fields: { reviewed_on: "", reviewer: session.now?.name ?? "", found, conclusion: "" }, open: 0, retired_on: "", revision: 0 };
}

/** An audit that is announced. */
export function blankAudit(view: ReviewsView): AuditView {
  return {
    id: "" as RegisterId,
    fields: {
      processor_id: (view.processors[0]?.id ?? "") as RegisterId,
      announced_on: "",
      planned_on: "",
      auditor: "",
      organisation: "",
      confidential_on: "",
      held_on: "",
      report: "",
      discussed_on: "",
      corrections: "",
      corrections_until: "",
      corrected_on: "",
    },
    processor: "",
    earliest_on: "",
    retired_on: "",
    revision: 0,
  };
}

interface MarkOf {
  icon: IconName;
  text: string;
  tone: "plain" | "good" | "warning";
}

export function auditMark(one: AuditView): MarkOf {
  const { held_on, discussed_on, corrections_until, corrected_on } = one.fields;
  if (one.retired_on) return { icon: "history", tone: "plain", text: m.registers_state_retired() };
  if (!held_on) return { icon: "clock", tone: "plain", text: one.earliest_on ? m.registers_audit_planned({ on: isolate(numericDate(one.earliest_on)) }) : m.registers_audit_not_announced() };
  if (!discussed_on) return { icon: "message", tone: "warning", text: m.registers_audit_to_discuss() };
  if (corrections_until && !corrected_on) return { icon: "warning", tone: "warning", text: m.registers_audit_to_correct({ on: isolate(numericDate(corrections_until)) }) };
  return { icon: "check", tone: "good", text: m.registers_audit_done() };
}
