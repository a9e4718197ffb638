// The fake host's prescriptions: a few made-up drugs, posologies of one pattern, the rules that screens show.
import type {
  ActFields,
  CheckedPrescriptionView,
  DraftedLineView,
  EntryId,
  LetterTemplateId,
  LetterTemplateView,
  LineFields,
  MeantDrugView,
  PatientId,
  PrescriptionDraft,
  PrescriptionFindingView,
  PrescriptionSetId,
  PrescriptionSetView,
  ReadLineView,
  SecureFormFields,
  SignedPaperView,
} from "../types";
import { type Handlers, refuse } from "./handlers";
import { folded } from "./patients";
import type { FakePractice } from "./practice";

interface FakeDrug extends MeantDrugView {
  brand: string;
  strength: string;
  unit: [string, string, string, string];
  narcotic?: true;
}

const TABLET: FakeDrug["unit"] = ["tablet", "comprimé", "comprimés", "قرص"];
const CAPSULE: FakeDrug["unit"] = ["capsule", "gélule", "gélules", "كبسولة"];
const BASE: FakeDrug[] = [
  { cis: "60000000", name: "ZÉTAMOL LABO 5 mg, comprimé", brand: "ZÉTAMOL LABO", strength: "5 mg", substances: ["ZÉTAMOL"], form: "comprimé", marketed: true, unit: TABLET },
  { cis: "60000001", name: "PLOMBE 10 mg, gélule", brand: "PLOMBE", strength: "10 mg", substances: ["PLOMBE"], form: "gélule", marketed: true, unit: CAPSULE },
  { cis: "60000002", name: "INCONNUE 1 g, poudre", brand: "INCONNUE", strength: "1 g", substances: ["INCONNULINE"], form: "poudre", marketed: false, unit: ["sachet", "sachet", "sachets", "كيس"] },
  { cis: "60000004", name: "MORFINOL 10 mg, gélule", brand: "MORFINOL", strength: "10 mg", substances: ["MORFINOL"], form: "gélule", marketed: true, unit: CAPSULE, narcotic: true },
  { cis: "60000005", name: "DOLORAN 1000 mg, comprimé", brand: "DOLORAN", strength: "1000 mg", substances: ["PARATAMOL"], form: "comprimé", marketed: true, unit: TABLET },
];

const PATTERN = /^(?:1 )?(\d+ )?(?:comprimés? |gélules? |sachets? )?(?:le )?(matin et (?:1 )?(?:comprimé |gélule |sachet )?(?:le )?soir|matin|soir|3 fois par jour)(?: (?:pendant )?(\d+) ?j(?:ours?)?)?\.?$/;

export interface FakePaper {
  patient: PatientId;
  view: SignedPaperView;
  draft: PrescriptionDraft | null;
  text: string;
}

interface Read {
  often: number;
  days: number | null;
  when: string;
}

function read(text: string): Read | null {
  const found = PATTERN.exec(text.trim().toLowerCase().replace(/^1 (?=matin|soir|3)/, ""));
  if (!found) return null;
  const when = found[2]?.startsWith("matin et") ? "both" : (found[2] ?? "");
  return { often: when === "both" ? 2 : when.startsWith("3") ? 3 : 1, days: found[3] ? Number(found[3]) : null, when };
}

const drugOf = (line: LineFields): FakeDrug | undefined => BASE.find((one) => one.cis === line.cis);

function reading(line: LineFields): ReadLineView {
  const [, one, , arabic] = drugOf(line)?.unit ?? TABLET;
  const said = read(line.posology);
  const words = { both: `1 ${one} le matin et 1 ${one} le soir`, matin: `1 ${one} le matin`, soir: `1 ${one} le soir`, "3 fois par jour": `1 ${one} 3 fois par jour` };
  const french = said ? `${words[said.when as keyof typeof words]}${said.days ? ` pendant ${said.days} jours` : ""}.` : "";
  const moments = { both: `${arabic} واحد صباحًا و${arabic} واحد مساءً`, matin: `${arabic} واحد صباحًا`, soir: `${arabic} واحد مساءً`, "3 fois par jour": `${arabic} واحد 3 مرات في اليوم` };
  return {
    french,
    arabic: said ? `${moments[said.when as keyof typeof moments]}${said.days ? ` لمدة ${said.days} أيام` : ""}.` : "",
    days: said?.days ?? null,
    units: said?.days ? String(said.often * said.days) : "",
    intakes: said?.days ? said.often * said.days : null,
    packs: said?.days && line.cis ? { packs: Math.ceil((said.often * said.days) / 14), estimated: false, label: "plaquette(s) de 14" } : null,
    conditions: drugOf(line)?.narcotic ? ["list_1", "narcotic", "limited_to_days:28"] : [],
  };
}

const EMPTY: LineFields = { substance: "", brand: "", cis: "", strength: "", form: "", unit: "tablet", posology: "", packs: null, renewals: null, non_substitutable: "", ald: false, letters: null, fraction_days: null, single_delivery: false, table: "", override_reason: "" };

function finding(code: string, severity: PrescriptionFindingView["severity"], line: number | null, more: Partial<PrescriptionFindingView> = {}): PrescriptionFindingView {
  return { code, severity, line, other_line: null, about: "", against: "", level: "", level_word: "", mechanism: "", advice: "", parameters: {}, source: "", settled: false, ...more };
}

export function prescriptionHandlers(practice: FakePractice): Handlers {
  const papers: FakePaper[] = [];
  let favourites: PrescriptionSetView[] = [
    { id: "set-1" as PrescriptionSetId, name: "Douleur", lines: [{ ...EMPTY, substance: "PARATAMOL", brand: "DOLORAN", cis: "60000005", strength: "1000 mg", form: "comprimé", posology: "1 comprimé 3 fois par jour pendant 5 jours." }], acts: [] },
  ];
  let protocols: PrescriptionSetView[] = [
    { id: "set-2" as PrescriptionSetId, name: "Sevrage", lines: [{ ...EMPTY, substance: "ZÉTAMOL", brand: "ZÉTAMOL LABO", cis: "60000000", strength: "5 mg", form: "comprimé", posology: "1 comprimé le soir pendant 7 jours." }], acts: [] },
    { id: "set-3" as PrescriptionSetId, name: "Genou", lines: [], acts: [{ text: "Rééducation du genou", sessions: 10, at_home: false, ald: false }] },
  ];
  let templates: LetterTemplateView[] = [
    { id: "template-1" as LetterTemplateId, kind: "certificate", language: "fr", name: "Certificat médical", title: "Certificat médical", text: "Je soussigné, {praticien}, certifie avoir examiné {patient}, né(e) le {né le}.\n\n{constatations}" },
    { id: "template-2" as LetterTemplateId, kind: "letter", language: "fr", name: "Courrier à un confrère", title: "Avis pour {patient}", text: "Cher confrère,\n\nJe vous adresse {patient} pour {motif}." },
  ];
  let form: SecureFormFields | null = null;
  let signature = "";
  const may = (): void => {
    if (practice.user?.role !== "practitioner") refuse("permission_denied");
  };
  const patient = (id: PatientId) => practice.patients.find((one) => one.id === id) ?? refuse("patient_not_found", "patient_id");
  const name = (id: PatientId): string => `${patient(id).surname} ${patient(id).first_name}`;

  function check(draft: PrescriptionDraft): CheckedPrescriptionView {
    const findings: PrescriptionFindingView[] = [];
    draft.lines.forEach((line, at) => {
      const drug = drugOf(line);
      const said = read(line.posology);
      if (!said) findings.push(finding("posology", "hard", at, { source: "CSP R5132-3" }));
      else if (said.days === null && line.packs === null) findings.push(finding("duration", "hard", at, { source: "CSP R5132-3" }));
      if (drug?.narcotic) {
        if (said?.days && said.days > 28) findings.push(finding("narcotic_over_limit", "hard", at, { parameters: { days: String(said.days), limit: "28" }, source: "CSP R5132-30" }));
        if (!line.letters) findings.push(finding("letters_strength", "hard", at, { parameters: { letters: "dix milligrammes" }, source: "CSP R5132-29" }));
        if (!draft.secure_form) findings.push(finding("secure_form", "hard", at, { source: "CSP R5132-29" }));
      }
      const other = draft.lines.findIndex((one, place) => place > at && [one.cis, line.cis].sort().join() === "60000000,60000001");
      if (other >= 0) {
        findings.push(
          finding("interaction", "reason", at, { other_line: other, about: "ZÉTAMOL", against: "PLOMBE", level: "contre-indication", level_word: "contraindicated", mechanism: "Somme des effets.", advice: "Ne pas associer.", source: "2020-10", settled: line.override_reason.trim().length > 3 }),
        );
      }
      if (line.cis === "60000002") findings.push(finding("unknown_substance", "note", at, { about: "INCONNULINE", source: "2020-10" }));
      if (line.cis === "60000005" && draft.lines.findIndex((one) => one.cis === line.cis) < at) findings.push(finding("same_substance", "warning", at, { about: "PARATAMOL", against: "PARATAMOL", source: "2020-10" }));
    });
    if (draft.kind === "drugs" ? draft.lines.length === 0 : draft.acts.every((act) => act.text.trim() === "")) findings.push(finding("empty", "hard", null));
    const rank = (one: PrescriptionFindingView): number => ({ hard: 0, reason: one.settled ? 2 : 1, warning: 3, note: 4 })[one.severity];
    findings.sort((a, b) => rank(a) - rank(b));
    return {
      findings,
      signable: findings.every((one) => rank(one) > 1),
      secure_form: draft.lines.some((line) => drugOf(line)?.narcotic),
      lines: draft.lines.map((line) => ({ ...reading(line), packs: null })),
      drugs_edition: "2026-05-19",
      edition: "2020-10",
    };
  }

  function sign(id: PatientId, kind: SignedPaperView["kind"], title: string, lines: string[], draft: PrescriptionDraft | null, text: string) {
    const view: SignedPaperView = {
      id: practice.id<EntryId>("paper"),
      number: `2026-${String(papers.length + 1).padStart(6, "0")}`,
      on: practice.today,
      kind,
      title,
      lines,
      signer: practice.user?.name ?? "",
      struck: null,
      prints: 0,
      secure_form: draft?.secure_form ?? false,
    };
    papers.unshift({ patient: id, view, draft, text });
    return { paper: view, document: "0".repeat(64), digest: "1".repeat(64) };
  }

  const letter = (draft: { patient_id: PatientId; title: string; text: string; values: Record<string, string> }) => {
    const known: Record<string, string> = { patient: name(draft.patient_id), "ne le": patient(draft.patient_id).born, praticien: practice.user?.name ?? "", date: practice.today };
    for (const [field, value] of Object.entries(draft.values)) if (value.trim()) known[folded(field)] = value.trim();
    const unfilled: string[] = [];
    const fill = (text: string): string =>
      text.replace(/\{([^{}\n]{1,40})\}/g, (whole: string, field: string) => {
        const value = known[folded(field)];
        if (value === undefined && !unfilled.includes(field)) unfilled.push(field);
        return value ?? whole;
      });
    return { title: fill(draft.title), text: fill(draft.text), unfilled };
  };

  const spoken = (line: LineFields): string => `${line.substance} (${line.brand}) ${line.strength} ${line.form} : ${reading(line).french}`;
  const act = (one: ActFields): string => (one.sessions ? `${one.text}, ${one.sessions} séances` : one.text);
  const kept = (command: string, id: string, undo: () => void) => {
    const sequence = practice.record(command, id, undo);
    return { id, sequence };
  };

  return {
    start_prescription({ patient_id }) {
      may();
      const born = patient(patient_id).born;
      return {
        patient_id,
        name: name(patient_id),
        years: born ? Number(practice.today.slice(0, 4)) - Number(born.slice(0, 4)) : null,
        weight_g: 62_000,
        ald: true,
        language: patient(patient_id).language,
        treatments: [{ label: "KARDOVAL 75 mg", detail: "1 le matin" }],
        allergies: [{ label: "Pénicillines", detail: "urticaire" }],
        damaged: 0,
        country: practice.country,
        signer: practice.user?.name ?? "",
        papers: papers.filter((one) => one.patient === patient_id).map((one) => ({ ...one.view })),
        favourites,
        protocols,
        templates,
      };
    },
    draft_line({ text, cis, inn }): DraftedLineView {
      may();
      const nothing: DraftedLineView = { drugs: [], line: null, reading: null, completions: [], misread: null, secure_form: false, edition: "2026-05-19" };
      const [before = "", after] = cis ? ["", text] : text.split(/:(.*)/s);
      const words = folded(before).split(/\s+/).filter(Boolean);
      const drugs = words.length > 0 ? BASE.filter((one) => words.every((word) => folded(`${one.name} ${one.cis} ${one.substances.join(" ")}`).includes(word))) : [];
      const drug = BASE.find((one) => one.cis === cis) ?? drugs[0];
      const view = { ...nothing, drugs: drugs.map(({ cis, name, substances, form, marketed }) => ({ cis, name, substances, form, marketed })) };
      if (after === undefined || !drug) return view;
      const line: LineFields = { ...EMPTY, substance: drug.substances.join(" + "), brand: inn ? "" : drug.brand, cis: drug.cis, strength: drug.strength, form: drug.form, unit: drug.unit[0], posology: after.trim() };
      const said = read(line.posology);
      view.completions = said?.days ? [] : said ? [`${after.trim()} pendant 7 jours`, `${after.trim()} pendant 28 jours`] : ["1 matin", "1 matin et soir", "1 3 fois par jour"];
      if (!said) {
        const first = after.search(/\S/);
        return { ...view, line: first < 0 ? line : null, misread: first < 0 ? null : { text: after, from: first, to: after.length, why: "unknown" } };
      }
      if (drug.narcotic) line.letters = { strength: "dix milligrammes", per_intake: "une gélule", intakes: "deux prises par jour" };
      return { ...view, line: { ...line, posology: reading(line).french }, reading: reading(line), secure_form: drug.narcotic ?? false };
    },
    check_prescription(draft) {
      may();
      return check(draft);
    },
    sign_prescription(draft) {
      may();
      const checked = check(draft);
      if (!checked.signable) refuse("prescription_unsignable", null, { count: "1", findings: checked.findings.map((one) => one.code).join(", ") });
      return sign(draft.patient_id, draft.kind, "", draft.kind === "drugs" ? draft.lines.map(spoken) : draft.acts.map(act), draft, "");
    },
    list_prescriptions({ patient_id }) {
      may();
      return { papers: papers.filter((one) => one.patient === patient_id).map((one) => one.view) };
    },
    show_prescription({ id }) {
      may();
      const one = papers.find((paper) => paper.view.id === id) ?? refuse("entry_not_found", "id");
      return { paper: one.view, draft: one.draft, text: one.text, document: "0".repeat(64), digest: "1".repeat(64) };
    },
    print_prescription({ id }) {
      may();
      const one = papers.find((paper) => paper.view.id === id) ?? refuse("entry_not_found", "id");
      one.view = { ...one.view, prints: one.view.prints + 1 };
      return { name: `ordonnance-${one.view.number}.pdf`, media: "application/pdf", base64: btoa("%PDF-1.7\n") };
    },
    renew_prescription({ patient_id, id }) {
      may();
      const one = papers.find((paper) => paper.patient === patient_id && paper.draft && (id === null ? paper.view.kind === "drugs" : paper.view.id === id));
      if (!one?.draft) refuse("nothing_to_renew");
      const draft = { ...one.draft, lines: one.draft.lines.map((line) => ({ ...line, override_reason: "" })) };
      return { renewed: one.view, draft, checked: check(draft) };
    },
    list_prescription_sets: () => ({ favourites, protocols, templates }),
    save_prescription_set({ id, kind, name, lines, acts }) {
      may();
      if (name.trim() === "") refuse("name_missing", "name");
      const set: PrescriptionSetView = { id: id ?? practice.id<PrescriptionSetId>("set"), name, lines, acts };
      const before = { favourites, protocols };
      if (kind === "favourite") favourites = [...favourites.filter((one) => one.id !== id), set];
      else protocols = [...protocols.filter((one) => one.id !== id), set];
      return kept("save_prescription_set", set.id, () => ({ favourites, protocols } = before));
    },
    remove_prescription_set({ id }) {
      may();
      const before = { favourites, protocols };
      favourites = favourites.filter((one) => one.id !== id);
      protocols = protocols.filter((one) => one.id !== id);
      return kept("remove_prescription_set", id, () => ({ favourites, protocols } = before));
    },
    fill_letter(draft) {
      may();
      return letter(draft);
    },
    sign_letter(draft) {
      may();
      const filled = letter(draft);
      if (filled.unfilled[0]) refuse("field_unfilled", "text", { name: filled.unfilled[0], count: String(filled.unfilled.length) });
      return sign(draft.patient_id, draft.kind, filled.title, [], null, filled.text);
    },
    save_letter_template({ id, ...rest }) {
      may();
      if (rest.name.trim() === "") refuse("name_missing", "name");
      const before = templates;
      const one: LetterTemplateView = { id: id ?? practice.id<LetterTemplateId>("template"), ...rest };
      templates = [...templates.filter((other) => other.id !== id), one];
      return kept("save_letter_template", one.id, () => (templates = before));
    },
    remove_letter_template({ id }) {
      may();
      const before = templates;
      templates = templates.filter((one) => one.id !== id);
      return kept("remove_letter_template", id, () => (templates = before));
    },
    show_secure_form: () => ({
      form: form ?? { patient: { x: 10_000, y: 4_800, width: 9_500, height: 2_000 }, date: { x: 10_000, y: 3_800, width: 9_500, height: 800 }, lines: { x: 2_000, y: 7_500, width: 17_000, height: 18_500 }, number: { x: 2_000, y: 26_800, width: 1_500, height: 1_200 }, right: 0, down: 0, scale: 10_000 },
      measured: form !== null,
    }),
    save_secure_form({ form: next }) {
      may();
      if (next && Math.abs(next.right) > 2_000) refuse("out_of_range", "right");
      form = next;
      return { sequence: practice.record("save_secure_form", "practice", () => undefined) };
    },
    print_calibration: ({ sheet }) => ({ name: `calibrage-${sheet}.pdf`, media: "application/pdf", base64: btoa("%PDF-1.7\n") }),
    show_signature: () => ({ base64: signature }),
    save_signature({ base64 }) {
      may();
      signature = base64;
      return { sequence: practice.record("save_signature", "practitioner", () => undefined) };
    },
  };
}
