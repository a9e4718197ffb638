// What a contact person is to a patient, in words.
import type { Relation } from "$backend/types";
import { m } from "$messages/index";

export const RELATIONS: Relation[] = ["mother", "father", "guardian", "grandparent", "spouse", "child", "sibling", "carer", "other"];

const WORDS: Record<Relation, () => string> = {
  mother: m.relation_mother,
  father: m.relation_father,
  guardian: m.relation_guardian,
  grandparent: m.relation_grandparent,
  spouse: m.relation_spouse,
  child: m.relation_child,
  sibling: m.relation_sibling,
  carer: m.relation_carer,
  other: m.relation_other,
};

const PHONES: Record<Relation, () => string> = {
  mother: m.phone_of_mother,
  father: m.phone_of_father,
  guardian: m.phone_of_guardian,
  grandparent: m.phone_of_grandparent,
  spouse: m.phone_of_spouse,
  child: m.phone_of_child,
  sibling: m.phone_of_sibling,
  carer: m.phone_of_carer,
  other: m.phone_of_other,
};

/** `mère`; empty where it is not said. */
export function relationWord(relation: Relation | ""): string {
  return relation === "" ? "" : WORDS[relation]();
}

/** `tél. de la mère` */
export function phoneOfWord(relation: Relation | ""): string {
  return PHONES[relation || "other"]();
}
