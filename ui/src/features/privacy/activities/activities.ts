// What a row of the register of activities stands for on the screen.
import type { ActivityFields, ActivityView } from "$backend/types";
import type { IconName } from "$kit/icons";
import { m } from "$messages/index";

/** The fields of the law that are lists of lines, in the register's order. */
export const FIELDS = ["purposes", "grounds", "persons", "data", "recipients", "transfers", "retention", "measures"] as const;
export type ListField = (typeof FIELDS)[number];

export function keyOf(one: ActivityView): string {
  return one.id ?? one.kind;
}

const NO_FIELDS: ActivityFields = { name: "", purposes: [], grounds: [], persons: [], data: [], recipients: [], transfers: [], retention: [], measures: [], remark: "" };

/** An own activity that is about to be written. */
export function blank(): ActivityView {
  return { id: null, kind: "own", fields: { ...NO_FIELDS }, proposed: null, differences: [], unused: false, accepted_at: "", accepted_by: "", retired_on: "", revision: 0 };
}

interface MarkOf {
  icon: IconName;
  tone: "plain" | "good" | "warning";
  text: string;
  /** Somebody has to look at it. */
  waits: boolean;
}

export function markOf(one: ActivityView): MarkOf {
  if (one.retired_on) return { icon: "history", tone: "plain", text: m.registers_state_retired(), waits: false };
  if (!one.id) return { icon: "info", tone: "warning", text: m.registers_state_proposed(), waits: true };
  if (one.unused) return { icon: "warning", tone: "warning", text: m.registers_state_unused(), waits: true };
  if (one.differences.length > 0) return { icon: "refresh", tone: "warning", text: m.registers_state_changed(), waits: true };
  return { icon: "check", tone: "good", text: m.registers_state_accepted(), waits: false };
}

/** Lines as a text field holds them, and back. */
export const textOf = (lines: string[]): string => lines.join("\n");
export const linesOf = (text: string): string[] => text.split("\n").map((line) => line.trim()).filter((line) => line !== "");
