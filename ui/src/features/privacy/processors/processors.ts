// Where a processor stands, in a mark: country, contract, announcement.
import type { ProcessorView, RegisterId } from "$backend/types";
import { isolate, number, numericDate } from "$kit/format";
import type { IconName } from "$kit/icons";
import { m } from "$messages/index";

interface MarkOf {
  icon: IconName;
  text: string;
  tone: "plain" | "good" | "warning" | "danger";
}

/** One that is about to be written. */
export function blank(): ProcessorView {
  return {
    id: "" as RegisterId,
    fields: {
      name: "",
      service: "",
      country: "",
      contact: "",
      officer: "",
      processor_id: null,
      contract_on: "",
      contract_until: "",
      reference: "",
      health_host: "",
      safeguard: "none",
      safeguard_remark: "",
      announced_on: "",
      objected_on: "",
      objection: "",
      end_choice: "return",
      end_confirmed_on: "",
      remark: "",
    },
    transfer: "inside",
    safeguard_missing: false,
    contract: "missing",
    contract_days: 0,
    objection: "",
    objection_until: "",
    objection_days: 0,
    retired_on: "",
    revision: 0,
  };
}

export function countryMark(one: ProcessorView): MarkOf {
  const country = isolate(one.fields.country);
  if (one.safeguard_missing) return { icon: "warning", tone: "warning", text: m.registers_country_unsafe({ country }) };
  if (one.transfer === "inside") return { icon: "check", tone: "plain", text: m.registers_country_inside({ country }) };
  return { icon: "shield", tone: "plain", text: m.registers_country_safe({ country }) };
}

export function contractMark(one: ProcessorView): MarkOf {
  if (one.retired_on) return { icon: "history", tone: "plain", text: m.registers_state_retired() };
  const n = one.contract_days;
  switch (one.contract) {
    case "missing":
      return { icon: "warning", tone: "warning", text: m.registers_contract_missing() };
    case "ends_soon":
      return { icon: "clock", tone: "warning", text: m.registers_contract_ends({ n, count: number(n) }) };
    case "unconfirmed":
      return { icon: "error", tone: "danger", text: m.registers_contract_unconfirmed({ n, count: number(n) }) };
    case "ended":
      return { icon: "history", tone: "plain", text: m.registers_contract_ended() };
    default:
      return { icon: "check", tone: "good", text: m.registers_contract_running() };
  }
}

export function objectionMark(one: ProcessorView): MarkOf | null {
  switch (one.objection) {
    case "open":
      return { icon: "clock", tone: "warning", text: m.registers_objection_open({ n: one.objection_days, count: number(one.objection_days), on: isolate(numericDate(one.objection_until)) }) };
    case "objected":
      return { icon: "error", tone: "danger", text: m.registers_objection_made() };
    case "accepted":
      return { icon: "check", tone: "plain", text: m.registers_objection_over() };
    default:
      return null;
  }
}
