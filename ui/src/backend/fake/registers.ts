// The fake host's registers: kept in memory, with the rules that the screens show. What papers say is made up.
import type {
  ActivityFields,
  ActivityView,
  AuditFields,
  AuditView,
  BreachFields,
  BreachView,
  InstructionView,
  PrivacySettingsFields,
  ProcessorFields,
  ProcessorView,
  RegisterId,
  ReviewFields,
  ReviewView,
} from "../types";
import { type Handlers, refuse } from "./handlers";
import type { FakePractice } from "./practice";

const HOURS = 72;
const AREA = ["AT", "BE", "DE", "ES", "FR", "IE", "IT", "LU", "NL", "PT"];

const POINTS: { point: string; text: string; known: string; good: boolean | null }[] = [
  { point: "responsible", text: "Une personne est désignée pour la protection des données, et joignable", known: "", good: false },
  { point: "backups", text: "Les sauvegardes sont récentes et dans deux emplacements", known: "Dernière sauvegarde vérifiée : 23/11/2026 22:00 · second emplacement réglé", good: true },
  { point: "locking", text: "Les postes se verrouillent seuls", known: "Minutes : 10", good: true },
  { point: "rooms", text: "Les locaux et les papiers sont sous clé", known: "", good: null },
];

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
const plusDays = (date: string, days: number): string => day(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000);
/** Winter in Paris: the wall is an hour ahead of UTC. */
const instantOf = (moment: string): number => Date.parse(`${moment}:00Z`) - 3_600_000;
const instantText = (at: number): string => new Date(at).toISOString();
const momentText = (at: number): string => new Date(at + 3_600_000).toISOString().slice(0, 16);

function fields(name: string, purposes: string[], recipients: string[]): ActivityFields {
  return {
    name,
    purposes,
    grounds: ["Intérêt légitime du cabinet à organiser son activité (RGPD, art. 6, § 1 f)"],
    persons: ["Patients"],
    data: ["Noms, prénoms, date de naissance, sexe"],
    recipients,
    transfers: ["Aucun : les données restent sur les ordinateurs du cabinet"],
    retention: ["Rendez-vous sans dossier : 2 ans après la dernière activité"],
    measures: ["Base de données entièrement chiffrée"],
    remark: "",
  };
}

export function registerHandlers(practice: FakePractice): Handlers {
  const full = practice.patients.length > 0;
  let next = 1;
  const id = (): RegisterId => `register-${String(next++).padStart(5, "0")}` as RegisterId;
  const announce = (of: string): void => practice.announce("privacy", of);

  let settings: PrivacySettingsFields = { controller: "", representative: "", officer: "", officer_contact: "", declaration: "", declared_on: "", breach_hours: null, retention_remark: "" };
  let settingsRevision = 1;

  const proposals: [string, ActivityFields][] = [
    ["agenda", fields("Rendez-vous et accueil des patients", ["Prendre, déplacer et annuler des rendez-vous"], ["Praticiens du cabinet (2)", "Secrétariat du cabinet (1)"])],
    ["accounts", fields("Comptes, connexions et journal", ["Pouvoir prouver qui a fait quoi"], ["Administrateurs du logiciel (1)"])],
  ];
  const activities: ActivityView[] = full
    ? [
        {
          id: id(),
          kind: "agenda",
          fields: { ...fields("Rendez-vous et accueil des patients", ["Prendre, déplacer et annuler des rendez-vous"], ["Praticiens du cabinet (2)"]), remark: "Revu en équipe" },
          proposed: null,
          differences: [{ field: "recipients", added: ["Secrétariat du cabinet (1)"], gone: [] }],
          unused: false,
          accepted_at: "2026-03-02T09:12:00.000Z",
          accepted_by: "Dr Lefèvre",
          retired_on: "",
          revision: 1,
        },
      ]
    : [];

  const processors: ProcessorView[] = [];
  const instructions: InstructionView[] = [];
  const breaches: BreachView[] = [];
  const reviews: ReviewView[] = [];
  const audits: AuditView[] = [];

  function seen<Row extends { id: RegisterId | null; revision: number }>(rows: Row[], wanted: RegisterId, revision: number): Row {
    const found = rows.find((one) => one.id === wanted) ?? refuse("not_found", "id");
    if (found.revision !== revision) refuse("changed_meanwhile");
    return found;
  }

  /** Puts a row in, or in the place of the one that was seen; undo puts the old one back. */
  function keep<Row extends { id: RegisterId; revision: number }>(rows: Row[], command: string, row: Row): { id: RegisterId; revision: number; sequence: number } {
    const at = rows.findIndex((one) => one.id === row.id);
    const before = at < 0 ? null : rows[at];
    if (at < 0) rows.push(row);
    else rows[at] = row;
    announce(row.id);
    const sequence = practice.record(command, row.id, () => {
      const now = rows.findIndex((one) => one.id === row.id);
      if (before) rows[now] = { ...before, revision: row.revision + 1 };
      else rows.splice(now, 1);
      announce(row.id);
    });
    return { id: row.id, revision: row.revision, sequence };
  }

  function standing(view: BreachView): BreachView {
    const hours = settings.breach_hours ?? HOURS;
    const aware = instantOf(view.fields.aware_at);
    const until = aware + hours * 3_600_000;
    const now = instantOf(practice.now);
    const told = view.fields.notified_at ? instantOf(view.fields.notified_at) : null;
    const [notification, over] =
      told !== null
        ? told > until
          ? (["late", told - until] as const)
          : (["in_time", 0] as const)
        : view.fields.risk === "unlikely"
          ? (["not_needed", 0] as const)
          : now > until
            ? (["overdue", now - until] as const)
            : (["running", until - now] as const);
    const done = (is: boolean) => (is ? ("done" as const) : ("open" as const));
    return {
      ...view,
      aware_at: instantText(aware),
      deadline_at: instantText(until),
      deadline: momentText(until),
      notification,
      minutes: Math.floor(over / 60_000),
      steps: [
        { step: "contain", state: done(view.fields.measures !== "") },
        { step: "assess", state: done(view.fields.risk !== "unassessed") },
        { step: "notify", state: told === null && view.fields.risk === "unlikely" ? "not_needed" : done(told !== null) },
        { step: "inform", state: view.fields.persons_informed_at ? "done" : view.fields.risk === "high" || view.fields.risk === "unassessed" ? "open" : "not_needed" },
        { step: "close", state: done(view.closed_at !== "") },
      ],
      text: `Ce qui s’est passé : ${view.fields.what}`,
    };
  }

  function judged(fields: BreachFields, closed: boolean): void {
    if (!fields.what.trim()) refuse("empty", "what");
    if (fields.aware_at.length < 16) refuse(fields.aware_at ? "bad_date" : "empty", "aware_at");
    if (fields.aware_at > practice.now) refuse("breach_aware_in_future", "aware_at");
    if ((fields.persons_count ?? 0) < 0) refuse("out_of_range", "persons_count");
    const late = fields.notified_at && instantOf(fields.notified_at) > instantOf(fields.aware_at) + HOURS * 3_600_000;
    if (late && !fields.delay_reason) refuse("breach_delay_unreasoned", "delay_reason");
    if (!closed) return;
    if (fields.risk === "unassessed") refuse("breach_not_assessed", "risk");
    if (fields.risk !== "unlikely" && !fields.notified_at) refuse("breach_not_notified", "notified_at");
  }

  function processorView(row: ProcessorView): ProcessorView {
    const { country, safeguard, contract_on, contract_until, end_confirmed_on, announced_on, objected_on } = row.fields;
    const inside = AREA.includes(country);
    const left = contract_until ? Math.round((Date.parse(contract_until) - Date.parse(practice.today)) / 86_400_000) : null;
    const contract = end_confirmed_on ? "ended" : !contract_on ? "missing" : left !== null && left < 0 ? "unconfirmed" : left !== null && left <= 60 ? "ends_soon" : "running";
    const until = announced_on ? plusDays(announced_on, 8) : "";
    const days = until ? Math.round((Date.parse(until) - Date.parse(practice.today)) / 86_400_000) : 0;
    return {
      ...row,
      transfer: inside ? "inside" : "needs_safeguard",
      safeguard_missing: !inside && safeguard === "none",
      contract,
      contract_days: Math.abs(left ?? 0),
      objection: !announced_on ? "" : objected_on ? "objected" : days >= 0 ? "open" : "accepted",
      objection_until: until,
      objection_days: Math.max(0, days),
    };
  }

  function processorRow(own: RegisterId, sent: ProcessorFields, revision: number): ProcessorView {
    if (!sent.name.trim()) refuse("empty", "name");
    if (!/^[a-z]{2}$/i.test(sent.country)) refuse("bad_country", "country");
    const view = { id: own, fields: { ...sent, country: sent.country.toUpperCase() }, retired_on: "", revision } as ProcessorView;
    return processorView(view);
  }

  function auditRow(own: RegisterId, sent: AuditFields, revision: number): AuditView {
    if (!sent.auditor.trim()) refuse("auditor_missing", "auditor");
    const earliest = sent.announced_on ? plusDays(sent.announced_on, 23) : "";
    if (sent.planned_on && sent.planned_on < earliest) refuse("audit_notice_too_short", "planned_on", { earliest });
    return { id: own, fields: sent, processor: processors.find((one) => one.id === sent.processor_id)?.fields.name ?? "", earliest_on: earliest, retired_on: "", revision };
  }

  function reviewRow(own: RegisterId, sent: ReviewFields, revision: number): ReviewView {
    if (sent.found.length !== POINTS.length) refuse("review_incomplete", "found");
    const open = sent.found.filter((one) => one.answer === "partly" || one.answer === "missing").length;
    return { id: own, fields: { ...sent, reviewed_on: sent.reviewed_on || practice.today }, open, retired_on: "", revision };
  }

  const named = () => processors.filter((one) => !one.retired_on).map((one) => ({ id: one.id, name: one.fields.name }));

  return {
    show_privacy_settings: () => ({
      fields: { ...settings },
      practice: practice.name,
      authority: practice.country === "MA" ? "CNDP" : "CNIL",
      authority_site: practice.country === "MA" ? "www.cndp.ma" : "www.cnil.fr",
      declaration_needed: practice.country === "MA",
      hours_free: practice.country === "MA",
      hours: settings.breach_hours ?? HOURS,
      answer_days_free: practice.country === "MA",
      answer_days: practice.answerDays,
      wall: practice.now,
      revision: settingsRevision,
    }),
    save_privacy_settings(request) {
      if (request.revision !== settingsRevision) refuse("changed_meanwhile");
      if (request.fields.breach_hours !== null && request.fields.breach_hours < 1) refuse("out_of_range", "breach_hours");
      const before = settings;
      settings = { ...request.fields };
      settingsRevision += 1;
      announce("settings");
      return { sequence: practice.record("save_privacy_settings", "settings", () => void (settings = before)) };
    },
    show_activities() {
      const accepted = activities.filter((one) => !one.retired_on);
      const shown = proposals.map(([kind, proposed]): ActivityView => {
        const row = accepted.find((one) => one.kind === kind);
        if (row) return { ...row, proposed };
        return { id: null, kind, fields: proposed, proposed, differences: [], unused: false, accepted_at: "", accepted_by: "", retired_on: "", revision: 0 };
      });
      const all = [...shown, ...accepted.filter((one) => one.kind === "own"), ...activities.filter((one) => one.retired_on)];
      return { activities: all, waiting: all.filter((one) => one.id === null || one.differences.length > 0).length };
    },
    save_activity(request) {
      if (!request.fields.name.trim()) refuse("empty", "name");
      if (request.fields.purposes.length === 0) refuse("empty", "purposes");
      const before = request.id ? seen(activities, request.id, request.revision) : null;
      const row = {
        id: before?.id ?? id(),
        kind: request.kind,
        fields: request.fields,
        proposed: null,
        differences: [],
        unused: false,
        accepted_at: instantText(instantOf(practice.now)),
        accepted_by: practice.user?.name ?? "",
        retired_on: "",
        revision: (before?.revision ?? 0) + 1,
      };
      return keep(activities as (ActivityView & { id: RegisterId })[], "save_activity", row);
    },
    show_processors: () => ({
      processors: [...processors].sort((a, b) => Number(a.retired_on !== "") - Number(b.retired_on !== "")),
      instructions: [...instructions].reverse(),
      matrix: [
        { action: "Finalité du traitement", controller: "responsable", processor: "—" },
        { action: "Violation de données", controller: "responsable, donne instruction", processor: "agit sur instruction, informe dès la découverte" },
      ],
      unnamed: full && processors.length === 0 ? ["agenda.example"] : [],
      controller: settings.controller || practice.name,
      wall: practice.now,
    }),
    save_processor(request) {
      const before = request.id ? seen(processors, request.id, request.revision) : null;
      return keep(processors, "save_processor", processorRow(before?.id ?? id(), request.fields, (before?.revision ?? 0) + 1));
    },
    give_instruction(request) {
      if (!request.subject.trim()) refuse("empty", "subject");
      if (!request.text.trim()) refuse("empty", "text");
      const old = instructions.find((one) => one.id === request.replaces);
      const numbers = instructions.filter((one) => one.processor_id === request.processor_id).map((one) => one.number);
      if (old) old.replaced = true;
      return keep(instructions, "give_instruction", {
        id: id(),
        processor_id: request.processor_id,
        number: old?.number ?? Math.max(0, ...numbers) + 1,
        version: (old?.version ?? 0) + 1,
        replaced: false,
        given_on: request.given_on || practice.today,
        given_by: practice.user?.name ?? "",
        subject: request.subject,
        text: request.text,
        acknowledged_on: "",
        unlawful: "",
        withdrawn_on: "",
        revision: 1,
      });
    },
    follow_instruction(request) {
      const before = seen(instructions, request.id, request.revision);
      const { acknowledged_on, unlawful, withdrawn_on } = request;
      return keep(instructions, "follow_instruction", { ...before, acknowledged_on, unlawful, withdrawn_on, revision: before.revision + 1 });
    },
    show_breaches: () => ({
      breaches: breaches.map(standing).sort((a, b) => Number(a.closed_at !== "") - Number(b.closed_at !== "")),
      authority: practice.country === "MA" ? "CNDP" : "CNIL",
      authority_site: "www.cnil.fr",
      hours: settings.breach_hours ?? HOURS,
      now: instantText(instantOf(practice.now)),
      wall: practice.now,
      processors: named(),
    }),
    save_breach(request) {
      judged(request.fields, request.closed);
      const before = request.id ? seen(breaches, request.id, request.revision) : null;
      const row = { ...before, id: before?.id ?? id(), number: before?.number ?? breaches.length + 1, fields: request.fields, closed_at: request.closed ? instantText(instantOf(practice.now)) : "", revision: (before?.revision ?? 0) + 1 } as BreachView;
      return keep(breaches, "save_breach", standing(row));
    },
    show_reviews: () => ({
      wall: practice.now,
      next_on: reviews.length > 0 ? `${Number(practice.today.slice(0, 4)) + 1}${practice.today.slice(4)}` : plusDays(practice.today, -3),
      overdue: reviews.length === 0,
      points: POINTS,
      reviews: [...reviews].reverse(),
      audits: [...audits].reverse(),
      processors: named(),
    }),
    save_review(request) {
      const before = request.id ? seen(reviews, request.id, request.revision) : null;
      return keep(reviews, "save_review", reviewRow(before?.id ?? id(), request.fields, (before?.revision ?? 0) + 1));
    },
    save_audit(request) {
      const before = request.id ? seen(audits, request.id, request.revision) : null;
      return keep(audits, "save_audit", auditRow(before?.id ?? id(), request.fields, (before?.revision ?? 0) + 1));
    },
    retire_register(request) {
      const rows = { activities, processors, reviews, audits }[request.register] as { id: RegisterId; revision: number; retired_on: string }[];
      const before = seen(rows, request.id, request.revision);
      return keep(rows, "retire_register", { ...before, retired_on: request.retired ? practice.today : "", revision: before.revision + 1 });
    },
    print_register: (request) => ({ name: `${request.register}-${request.language}.pdf`, media: "application/pdf", base64: btoa("%PDF-1.7") }),
  };
}
