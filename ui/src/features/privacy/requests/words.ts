// The words of the register's closed lists, and the icon of a deadline.
import type { DataRequestView, RequestLineView } from "$backend/types";
import type { IconName } from "$kit/icons";
import { messageByKey } from "$messages/index";

export const KINDS = ["access", "rectification", "erasure", "limitation", "objection", "portability", "withdrawal", "post_mortem"] as const;
export const REQUESTERS = ["person", "guardian", "heir", "representative"] as const;
export const WAYS = ["desk", "phone", "post", "email", "portal"] as const;
export const PROOFS = ["known", "identity_card", "passport", "residence_permit", "family_book", "inheritance", "mandate", "questions"] as const;
export const GROUNDS = ["medical_record", "legal_claims", "unidentified", "excessive", "rights_of_others", "not_portable", "legal_obligation", "accurate", "nothing_held"] as const;
export const LIMITATIONS = ["accuracy_contested", "unlawful_kept", "needed_for_claim", "objection_pending"] as const;
export const SCOPES = ["all", "sync", "reminders"] as const;
export const WISHES = ["erase", "keep", "hand_over"] as const;

export const kindWord = (kind: string): string => messageByKey(`requests_kind_${kind}`) ?? kind;
export const requesterWord = (who: string): string => messageByKey(`requests_by_${who}`) ?? who;
export const wayWord = (way: string): string => messageByKey(`requests_way_${way}`) ?? way;
export const proofWord = (proof: string): string => messageByKey(`requests_proof_${proof}`) ?? proof;
export const groundWord = (ground: string): string => messageByKey(`requests_ground_${ground}`) ?? ground;
export const limitationWord = (ground: string): string => messageByKey(`requests_limitation_${ground}`) ?? ground;
export const scopeWord = (scope: string): string => messageByKey(`requests_scope_${scope}`) ?? scope;
export const wishWord = (wish: string): string => messageByKey(`requests_wish_${wish}`) ?? wish;
export const stepWord = (step: string): string => messageByKey(`requests_step_${step}`) ?? step;
export const outcomeWord = (outcome: string): string => messageByKey(`requests_outcome_${outcome}`) ?? outcome;
export const tableWord = (table: string): string => messageByKey(`requests_table_${table}`) ?? table;
export const doneWord = (what: string): string => messageByKey(`requests_did_${what}`) ?? messageByKey(`patients_did_${what}`) ?? what;
export const orderWord = (order: string): string => messageByKey(`requests_order_${order}`) ?? order;

/** How urgent an open request is. */
export type Urgency = "late" | "soon" | "calm";

export function urgencyOf(line: RequestLineView | DataRequestView): Urgency {
  return line.days_left < 0 ? "late" : line.days_left <= 7 ? "soon" : "calm";
}

export const URGENCY_ICONS: Record<Urgency, IconName> = { late: "warning", soon: "clock", calm: "clock" };
export const OUTCOME_ICONS: Record<string, IconName> = { executed: "check", refused: "close", withdrawn: "undo" };
