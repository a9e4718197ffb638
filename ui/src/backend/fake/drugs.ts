// The fake host's drug base: a few made-up drugs and pairs, imported or not.
import type { DrugEditionView, DrugView, FindingView, FoundDrugView, MappingCountsView } from "../types";
import { type Handlers, refuse } from "./handlers";
import { folded } from "./patients";
import type { FakePractice } from "./practice";

export const DRUG_EDITIONS: DrugEditionView[] = [
  { base: "drugs", edition: "2026-05-19", imported_at: "2026-11-20T08:00:00Z" },
  { base: "interactions", edition: "2020-10", imported_at: "2026-11-20T08:01:00Z" },
];
const COUNTS: MappingCountsView = { substances: 5, by_name: 2, by_fraction: 1, homeopathic: 1, unlinked: 1 };

function drug(cis: string, name: string, substance: string, more: Partial<DrugView> = {}): DrugView {
  return {
    cis,
    name,
    form: "comprimé",
    routes: ["orale"],
    authorisation: "Autorisation active",
    procedure: "Procédure nationale",
    marketing: "Commercialisée",
    authorised_on: "1998-03-12",
    bdm_status: "",
    eu_number: "",
    holders: ["LABO"],
    surveillance: false,
    substances: [substance],
    atc: "N05BA01",
    composition: [{ element: "comprimé", code: "00001", substance, dosage: "5 mg", reference: "un comprimé", fraction: false, link: 1, linked: substance !== "INCONNULINE" }],
    presentations: [],
    generics: [],
    conditions: [],
    shortages: [],
    edition: "2026-05-19",
    ...more,
  };
}

const DRUGS: DrugView[] = [
  drug("60000000", "ZÉTAMOL LABO 5 mg, comprimé", "ZÉTAMOL", {
    conditions: [
      { wording: "liste I", kind: "list_1", number: null },
      { wording: "prescription limitée à 4 semaines", kind: "limited_to_days", number: 28 },
    ],
    presentations: [
      { cip7: "3000000", cip13: "3400930000000", label: "plaquette de 30 comprimés", status: "Présentation active", marketing: "Déclaration de commercialisation", declared_on: "2011-03-16", collectivities: "oui", rate: 65, price_cents: 246, price_with_fee_cents: 348, fee_cents: 102, indication: "" },
      { cip7: "3000001", cip13: "3400930000017", label: "plaquette de 90 comprimés", status: "Présentation active", marketing: "Déclaration de commercialisation", declared_on: "2011-03-16", collectivities: "oui", rate: null, price_cents: null, price_with_fee_cents: null, fee_cents: null, indication: "" },
    ],
    generics: [
      { group: 1, label: "ZÉTAMOL 5 mg", kind: 0, cis: 60000000, name: "ZÉTAMOL LABO 5 mg, comprimé" },
      { group: 1, label: "ZÉTAMOL 5 mg", kind: 1, cis: 60000003, name: "ZÉTAMOL AUTRE 5 mg, comprimé" },
    ],
    shortages: [{ cip13: "", status: "Tension d'approvisionnement", begun_on: "2026-04-14", updated_on: "2026-05-18", back_on: "", link: "" }],
  }),
  drug("60000001", "PLOMBE 10 mg, gélule", "PLOMBE", { atc: "" }),
  drug("60000002", "INCONNUE 1 g, poudre", "INCONNULINE", { atc: "", marketing: "Non commercialisée" }),
];

const found = (one: DrugView): FoundDrugView => ({ cis: one.cis, name: one.name, substances: one.substances, atc: one.atc, form: one.form, marketed: one.marketing === "Commercialisée" });

/** What is to be said of substances, each with the line that it is of. */
function findings(all: { name: string; line: string }[]): FindingView[] {
  const empty = { b: "", b_line: "", level_word: "", mechanism: "", advice: "", through: "", edition: "2020-10" };
  const said: FindingView[] = [];
  const known = ["zetamol", "plombe"];
  all.forEach((one, at) => {
    for (const other of all.slice(at + 1)) {
      const names = [folded(one.name), folded(other.name)];
      if (names[0] === names[1]) {
        said.push({ ...empty, kind: "same_substance", a: one.name, a_line: one.line, b: other.name, b_line: other.line, level: "même substance" });
      } else if (known.every((name) => names.includes(name))) {
        said.push({ ...empty, kind: "interaction", a: one.name, a_line: one.line, b: other.name, b_line: other.line, level: "contre-indication", level_word: "contraindicated", mechanism: "Somme des effets.", advice: "À éviter.", through: "ZÉTAMOL + IRRITANTS" });
      }
    }
  });
  for (const one of all.filter((one) => !known.includes(folded(one.name)))) {
    said.push({ ...empty, kind: "unknown", a: one.name, a_line: one.line, level: "unknown" });
  }
  return said;
}

export function drugHandlers(practice: FakePractice): Handlers {
  const has = (base: string): boolean => practice.drug_editions.some((one) => one.base === base);
  const need = (): void => {
    if (!has("drugs")) refuse("no_drugs");
  };
  const find = (cis: string): DrugView => DRUGS.find((one) => one.cis === cis) ?? refuse("drug_not_found", "cis");
  const keep = (base: "drugs" | "interactions"): void => {
    const edition = DRUG_EDITIONS.find((one) => one.base === base);
    if (edition) practice.drug_editions = [...practice.drug_editions.filter((one) => one.base !== base), edition];
    practice.announce("drugs", base);
  };
  return {
    show_drug_editions: () => ({ editions: practice.drug_editions }),
    search_drugs({ text, limit }) {
      need();
      const words = folded(text).split(/\s+/).filter(Boolean);
      const searched = (one: DrugView): string => folded([one.name, one.cis, one.atc, ...one.substances, ...one.presentations.map((pack) => pack.cip13)].join(" "));
      const all = DRUGS.filter((one) => words.length > 0 && words.every((word) => searched(one).includes(word)));
      return { drugs: all.slice(0, limit).map(found), more: all.length > limit, edition: "2026-05-19" };
    },
    show_drug({ cis }) {
      need();
      return find(cis);
    },
    check_drugs({ cis, substances }) {
      if (!has("interactions")) refuse("no_thesaurus");
      const named = substances.map((name) => ({ name, line: name }));
      const drugs = cis.flatMap((code) => find(code).substances.map((name) => ({ name, line: find(code).name })));
      return { findings: findings([...named, ...drugs]), edition: "2020-10", drugs_edition: "2026-05-19" };
    },
    show_mapping: () => ({
      counts: has("drugs") ? COUNTS : { substances: 0, by_name: 0, by_fraction: 0, homeopathic: 0, unlinked: 0 },
      substances: has("drugs")
        ? [
            { code: "00001", name: "ZÉTAMOL", term: "ZÉTAMOL", through: "name", drugs: 2 },
            { code: "00003", name: "INCONNULINE", term: "", through: "", drugs: 1 },
          ]
        : [],
      editions: practice.drug_editions,
    }),
    import_drugs({ folder, download }) {
      if (!download && folder.includes("vide")) refuse("drugs_file_missing", "file", { file: "CIS_bdpm.txt" });
      keep("drugs");
      return { drugs: 3, compositions: 3, presentations: 2, conditions: 2, generics: 2, shortages: 1, orphans: 0, rejected: 0, edition: "2026-05-19", mapping: COUNTS };
    },
    import_interactions() {
      keep("interactions");
      return { pairs: 2, substances: 2, classes: 1, edition: "2020-10", mapping: COUNTS };
    },
  };
}
