//! Processors, their instructions and the responsibility matrix on paper.

use domain::id::RegisterId;
use domain::privacy::authority::Transfer;
use domain::privacy::processor::{EndChoice, Safeguard};

use super::super::facts::{InstructionFacts, ProcessorFacts};
use super::super::processors::{self, view};
use super::super::reviews::processor_name;
use super::super::words::{self, pick};
use super::super::{name_of, user_names};
use super::{Who, empty};
use crate::commands::CommandError;
use crate::print::report::{Cell, Part, Report, ReportSection, ReportTable};
use crate::print::words::Language;
use crate::store::registers::Entry;
use crate::store::{self, Connection};

fn safeguard(one: Safeguard, language: Language) -> &'static str {
    let (french, arabic, english) = match one {
        Safeguard::None => ("aucune", "لا شيء", "none"),
        Safeguard::Clauses => ("clauses contractuelles types", "بنود تعاقدية نموذجية", "standard contractual clauses"),
        Safeguard::Rules => ("règles d’entreprise contraignantes", "قواعد مقاولة ملزمة", "binding corporate rules"),
        Safeguard::Authorisation => ("autorisation de l’autorité", "إذن السلطة", "authorisation of the authority"),
        Safeguard::Consent => {
            ("consentement exprès de la personne", "موافقة صريحة من الشخص", "express consent of the person")
        }
    };
    pick(language, french, arabic, english)
}

fn end(one: EndChoice, language: Language) -> &'static str {
    let (french, arabic, english) = match one {
        EndChoice::Return => ("restitution puis destruction", "إرجاع ثم إتلاف", "returned, then destroyed"),
        EndChoice::Destroy => ("destruction", "إتلاف", "destroyed"),
        EndChoice::HandOver => {
            ("remise à un autre sous-traitant", "تسليم إلى معالج آخر", "handed to another processor")
        }
    };
    pick(language, french, arabic, english)
}

fn transfer(one: Transfer, language: Language) -> &'static str {
    let (french, arabic, english) = match one {
        Transfer::Inside => ("pas de transfert", "لا نقل", "no transfer"),
        Transfer::Recognised => ("pays reconnu", "بلد معترف به", "recognised country"),
        Transfer::NeedsSafeguard => ("garantie nécessaire", "تلزم ضمانة", "needs a safeguard"),
    };
    pick(language, french, arabic, english)
}

fn section(row: &Entry<ProcessorFacts>, all: &[Entry<ProcessorFacts>], who: &Who, language: Language) -> ReportSection {
    let t = |french, arabic, english| pick(language, french, arabic, english);
    let (facts, now) = (&row.facts, view(row, who.country, who.today()));
    let pair = |label: &str, value: Cell| (label.to_owned(), value);
    let day = |day| Cell::code(words::day_or_none(day));
    let reaches = domain::privacy::authority::transfer(who.country, &facts.country);
    let country = format!("{} · {}", facts.country, transfer(reaches, language));
    let objection = match now.objection.as_str() {
        "open" => format!(
            "{} {}",
            t("opposition possible jusqu’au", "يمكن التعرض إلى غاية", "objection possible until"),
            words::day_or_none(now.objection_until.parse().ok())
        ),
        "objected" => format!(
            "{} {} · {}",
            t("opposition le", "تعرض في", "objected on"),
            words::day_or_none(facts.objected_on),
            facts.objection
        ),
        "accepted" => t("sans opposition dans le délai", "لا تعرض داخل الأجل", "no objection in time").to_owned(),
        _ => String::new(),
    };
    let contract = match now.contract.as_str() {
        "missing" => Cell::warning(t("pas de contrat", "لا عقد", "no contract")),
        "unconfirmed" => Cell::warning(t(
            "terminé, sort des données non confirmé",
            "انتهى ولم يُؤكد مصير المعطيات",
            "over, what became of the data is not confirmed",
        )),
        "ended" => t("terminé", "انتهى", "over").into(),
        _ => t("en cours", "سار", "running").into(),
    };
    let mut parts = vec![Part::Pairs(vec![
        pair(t("Service", "الخدمة", "Service"), facts.service.as_str().into()),
        pair(
            t("Pour le compte de", "لحساب", "On behalf of"),
            facts.processor_id.map(|id| processor_name(all, id)).unwrap_or_default().into(),
        ),
        pair(t("Contact", "الاتصال", "Contact"), facts.contact.as_str().into()),
        pair(t("Protection des données", "حماية المعطيات", "Data protection"), facts.officer.as_str().into()),
        pair(t("Pays", "البلد", "Country"), country.into()),
        pair(
            t("Garantie", "الضمانة", "Safeguard"),
            match (facts.safeguard, now.safeguard_missing) {
                (_, true) => Cell::warning(t("manquante", "ناقصة", "missing")),
                (Safeguard::None, false) => Cell::default(),
                (one, false) => format!("{} {}", safeguard(one, language), facts.safeguard_remark).trim().into(),
            },
        ),
        pair(
            t("Hébergeur de données de santé", "مستضيف معطيات الصحة", "Certified health-data host"),
            facts.health_host.as_str().into(),
        ),
        pair(t("Contrat", "العقد", "Contract"), contract),
        pair(t("Référence", "المرجع", "Reference"), facts.reference.as_str().into()),
        pair(t("Signé le", "وُقع في", "Signed on"), day(facts.contract_on)),
        pair(t("Jusqu’au", "إلى غاية", "Until"), day(facts.contract_until)),
        pair(t("Annoncé le", "أُعلن في", "Announced on"), day(facts.announced_on)),
        pair(t("Opposition", "التعرض", "Objection"), objection.into()),
        pair(t("Fin de contrat", "عند نهاية العقد", "At the end"), end(facts.end_choice, language).into()),
        pair(t("Confirmée par écrit le", "أُكد كتابة في", "Confirmed in writing on"), day(facts.end_confirmed_on)),
    ])];
    if !facts.remark.is_empty() {
        parts.push(Part::Remark(facts.remark.clone()));
    }
    let note = row.retired_on.map(|on| format!("{} {}", t("retiré le", "سُحب في", "retired on"), words::day(on)));
    ReportSection { note: note.unwrap_or_default(), ..ReportSection::new(facts.name.as_str(), parts) }
}

/// The register of processors, each followed by those that work for it.
pub(super) async fn register(
    connection: &mut Connection,
    who: &Who,
    language: Language,
) -> Result<Report, CommandError> {
    let t = |french, arabic, english| pick(language, french, arabic, english);
    let all = store::registers::all::<ProcessorFacts>(connection).await?;
    let mut sections = Vec::new();
    for row in all.iter().filter(|row| row.facts.processor_id.is_none()) {
        sections.push(section(row, &all, who, language));
        let below = all.iter().filter(|other| other.facts.processor_id == Some(row.id));
        sections.extend(below.map(|other| section(other, &all, who, language)));
    }
    let mut intro = vec![who.answering(language)];
    if sections.is_empty() {
        intro.push(empty(language));
    }
    let title = t("Registre des sous-traitants", "سجل المعالجين من الباطن", "Register of processors");
    Ok(who.report(language, title, words::cited(who.law().processors, language), intro, sections))
}

/// The instructions to processors, in all their versions.
pub(super) async fn instructions(
    connection: &mut Connection,
    who: &Who,
    language: Language,
) -> Result<Report, CommandError> {
    let t = |french, arabic, english| pick(language, french, arabic, english);
    let all = store::registers::all::<ProcessorFacts>(connection).await?;
    let given = store::registers::all::<InstructionFacts>(connection).await?;
    let names = user_names(connection).await?;
    let shown = processors::instructions(&given, &names);
    let mut sections = Vec::new();
    for one in &shown {
        let Some(row) = given.iter().find(|row| row.id == one.id) else { continue };
        let facts = &row.facts;
        let pair = |label: &str, value: Cell| (label.to_owned(), value);
        let day = |day| Cell::code(words::day_or_none(day));
        let parts = vec![
            Part::Pairs(vec![
                pair(t("À", "إلى", "To"), processor_name(&all, facts.processor_id).into()),
                pair(t("Donnée le", "أُعطيت في", "Given on"), Cell::code(words::day(facts.given_on))),
                pair(t("Par", "من طرف", "By"), name_of(&names, facts.given_by).into()),
                pair(t("Confirmée le", "أُكدت في", "Confirmed on"), day(facts.acknowledged_on)),
                pair(t("Terminée le", "انتهت في", "Ended on"), day(facts.withdrawn_on)),
            ]),
            Part::Text(facts.text.clone()),
        ];
        let mut parts = parts;
        if !facts.unlawful.is_empty() {
            let label = t(
                "Le sous-traitant la juge illicite\u{a0}:",
                "يعتبرها المعالج غير مشروعة:",
                "The processor takes it for unlawful:",
            );
            parts.push(Part::Notice(format!("{label} {}", facts.unlawful)));
        }
        let title = format!("{}.{} · {}", one.number, one.version, one.subject);
        let note = if one.replaced { t("remplacée", "معوضة", "replaced") } else { "" };
        sections.push(ReportSection { note: note.to_owned(), ..ReportSection::new(title, parts) });
    }
    let mut intro = vec![who.answering(language)];
    if sections.is_empty() {
        intro.push(empty(language));
    }
    let title = t(
        "Instructions documentées aux sous-traitants",
        "تعليمات موثقة للمعالجين من الباطن",
        "Documented instructions to processors",
    );
    Ok(who.report(language, title, words::cited(who.law().processors, language), intro, sections))
}

/// The responsibility matrix, with the names of the two.
pub(super) async fn matrix(
    connection: &mut Connection,
    who: &Who,
    processor: Option<RegisterId>,
    language: Language,
) -> Result<Report, CommandError> {
    let t = |french, arabic, english| pick(language, french, arabic, english);
    let all = store::registers::all::<ProcessorFacts>(connection).await?;
    let name = match processor {
        Some(id) => {
            Some(all.iter().find(|row| row.id == id).ok_or_else(|| super::super::missing("id"))?.facts.name.clone())
        }
        None => None,
    };
    let controller = format!("{}\n{}", t("Responsable", "المسؤول", "Controller"), who.controller(language));
    let label = t("Sous-traitant", "المعالج من الباطن", "Processor");
    let other = name.as_ref().map_or_else(|| label.to_owned(), |name| format!("{label}\n{name}"));
    let rows = (1..).zip(processors::matrix(language)).map(|(number, line)| {
        vec![Cell::code(format!("{number}")), Cell::strong(line.action), line.controller.into(), line.processor.into()]
    });
    let table = ReportTable {
        columns: vec![
            (t("N°", "رقم", "No").to_owned(), 0.35),
            (t("Action ou mesure", "العمل أو التدبير", "Action or measure").to_owned(), 2.4),
            (controller, 2.0),
            (other, 2.4),
        ],
        rows: rows.collect(),
        empty: String::new(),
    };
    let signatures = vec![who.controller(language).to_owned(), name.unwrap_or_else(|| label.to_owned())];
    let sections = vec![ReportSection::new("", vec![Part::Table(table), Part::Signatures(signatures)])];
    let title = t("Matrice des responsabilités", "مصفوفة المسؤوليات", "Responsibility matrix");
    Ok(who.report(language, title, words::cited(who.law().processors, language), Vec::new(), sections))
}
