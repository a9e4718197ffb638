//! Breaches on paper: the register, and the text that the authority is told.

use chrono::{DateTime, Utc};
use domain::id::RegisterId;
use domain::privacy::breach::{Nature, Risk, deadline};

use super::super::breaches::{Told, read, standing};
use super::super::facts::BreachFacts;
use super::super::reviews::processor_name;
use super::super::words::{self, pick};
use super::{Who, empty};
use crate::commands::{CommandError, Desk};
use crate::print::report::{Cell, Part, Report, ReportSection};
use crate::print::words::Language;
use crate::store::Connection;

fn nature(one: Nature, language: Language) -> &'static str {
    let (french, arabic, english) = match one {
        Nature::Confidentiality => ("perte de confidentialité", "فقدان السرية", "loss of confidentiality"),
        Nature::Integrity => ("perte d’intégrité", "فقدان السلامة", "loss of integrity"),
        Nature::Availability => ("perte de disponibilité", "فقدان الإتاحة", "loss of availability"),
    };
    pick(language, french, arabic, english)
}

fn risk(one: Risk, language: Language) -> &'static str {
    let (french, arabic, english) = match one {
        Risk::Unassessed => ("à évaluer", "يجب تقييمه", "to be judged"),
        Risk::Unlikely => ("improbable", "غير محتمل", "unlikely"),
        Risk::Likely => ("risque pour les personnes", "خطر على الأشخاص", "a risk for the persons"),
        Risk::High => ("risque élevé pour les personnes", "خطر كبير على الأشخاص", "a high risk for the persons"),
    };
    pick(language, french, arabic, english)
}

fn counted(text: &str, count: Option<i64>, language: Language) -> String {
    match count {
        Some(count) => {
            let about = pick(language, "environ", "حوالي", "about");
            format!("{text} ({about} {count})").trim().to_owned()
        }
        None => text.to_owned(),
    }
}

/// What happened, for whoever reads it: label and text, in the order of an authority's form.
fn points(told: &Told, facts: &BreachFacts, language: Language) -> Vec<(&'static str, String)> {
    let t = |french, arabic, english| pick(language, french, arabic, english);
    let at = |at: Option<DateTime<Utc>>| at.map(|at| words::moment(at, &told.zone)).unwrap_or_default();
    let natures: Vec<&str> = facts.natures.iter().map(|one| nature(*one, language)).collect();
    vec![
        (t("Ce qui s’est passé", "ما وقع", "What happened"), facts.what.clone()),
        (t("Nature", "الطبيعة", "Nature"), natures.join(", ")),
        (t("Début, autant que connu", "البداية حسب المعروف", "Began, as far as is known"), at(facts.began_at)),
        (t("Prise de connaissance", "تاريخ العلم", "Became aware"), at(Some(facts.aware_at))),
        (t("Constatée par", "اكتشفه", "Found by"), facts.found_by.clone()),
        (
            t("Chez le sous-traitant", "لدى المعالج من الباطن", "At the processor"),
            facts.processor_id.map(|id| processor_name(&told.processors, id)).unwrap_or_default(),
        ),
        (
            t("Personnes concernées", "الأشخاص المعنيون", "Persons concerned"),
            counted(&facts.persons, facts.persons_count, language),
        ),
        (
            t("Données concernées", "المعطيات المعنية", "Data concerned"),
            counted(&facts.data, facts.records_count, language),
        ),
        (t("Conséquences probables", "العواقب المحتملة", "Likely consequences"), facts.consequences.clone()),
        (
            t("Mesures prises ou proposées", "التدابير المتخذة أو المقترحة", "Measures taken or proposed"),
            facts.measures.clone(),
        ),
        (t("Risque", "الخطر", "Risk"), risk(facts.risk, language).to_owned()),
        (t("Motif de cette appréciation", "سبب هذا التقدير", "Why it is judged so"), facts.risk_reason.clone()),
        (t("Personnes informées le", "أُخبر الأشخاص في", "Persons told on"), at(facts.persons_informed_at)),
        (t("Par quel moyen", "بأي وسيلة", "How"), facts.persons_informed_how.clone()),
        (
            t("Personnes non informées\u{a0}: motif", "سبب عدم إخبار الأشخاص", "Why the persons are not told"),
            facts.persons_exempt.clone(),
        ),
        (t("Motif du retard", "سبب التأخر", "Why late"), facts.delay_reason.clone()),
    ]
}

/// Who notifies whom, about what.
fn opening(number: i64, who: &Who, language: Language) -> Vec<(&'static str, String)> {
    let t = |french, arabic, english| pick(language, french, arabic, english);
    let settings = &who.settings;
    let contact = format!("{} {}", settings.officer, settings.officer_contact).trim().to_owned();
    let practice = format!("{} {}", who.phone, who.email).trim().to_owned();
    vec![
        (
            t("Destinataire", "المرسل إليه", "To"),
            format!("{} ({})", who.authority_name(language), who.authority().short),
        ),
        (t("Responsable du traitement", "المسؤول عن المعالجة", "Controller"), who.controller(language).to_owned()),
        (t("Représenté par", "يمثله", "Represented by"), settings.representative.clone()),
        (t("Adresse", "العنوان", "Address"), who.address.join(", ")),
        (t("Contact", "الاتصال", "Contact"), if contact.is_empty() { practice } else { contact }),
        (
            t("Déclaration ou autorisation", "التصريح أو الإذن", "Declaration or authorisation"),
            settings.declaration.clone(),
        ),
        (
            t("Numéro au registre des violations", "الرقم في سجل الخروق", "Number in the register of breaches"),
            number.to_string(),
        ),
    ]
}

/// Says that it is late by so many minutes, where it is.
fn late(facts: &BreachFacts, told: &Told, now: DateTime<Utc>, language: Language) -> Option<String> {
    let (state, minutes) = standing(facts, told.hours, now);
    let hours = minutes.div_euclid(60);
    (matches!(state, "late" | "overdue")).then(|| match language {
        Language::French => format!("Délai de {} heures dépassé de {hours} h {:02} min.", told.hours, minutes % 60),
        Language::Arabic => format!("تجاوز أجل {} ساعة بـ {hours} س {:02} د.", told.hours, minutes % 60),
        Language::English => format!("Late: {} hours exceeded by {hours} h {:02} min.", told.hours, minutes % 60),
    })
}

/// The text to give to the authority: a line a point, what is not known yet said as such.
pub(in super::super) fn notification_text(
    told: &Told,
    number: i64,
    facts: &BreachFacts,
    now: DateTime<Utc>,
    who: &Who,
    language: Language,
) -> String {
    let colon = if language == Language::French { "\u{a0}:" } else { ":" };
    let mut lines: Vec<String> = Vec::new();
    for (label, text) in opening(number, who, language).into_iter().chain(points(told, facts, language)) {
        if !text.trim().is_empty() {
            lines.push(format!("{label}{colon} {text}"));
        }
    }
    lines.extend(late(facts, told, now, language));
    lines.join("\n")
}

/// What the authority asks and is not written down yet.
fn unknown(facts: &BreachFacts, language: Language) -> Vec<String> {
    let t = |french, arabic, english| pick(language, french, arabic, english);
    let asked = [
        (facts.natures.is_empty(), t("la nature de la violation", "طبيعة الخرق", "the nature of the breach")),
        (
            facts.persons.is_empty() || facts.persons_count.is_none(),
            t(
                "les personnes concernées et leur nombre approximatif",
                "الأشخاص المعنيون وعددهم التقريبي",
                "the persons concerned and about how many",
            ),
        ),
        (facts.data.is_empty(), t("les catégories de données", "أصناف المعطيات", "the categories of data")),
        (facts.consequences.is_empty(), t("les conséquences probables", "العواقب المحتملة", "the likely consequences")),
        (facts.measures.is_empty(), t("les mesures prises", "التدابير المتخذة", "the measures taken")),
    ];
    asked.into_iter().filter(|(open, _)| *open).map(|(_, text)| text.to_owned()).collect()
}

/// The notification of one breach.
pub(super) async fn notification(
    desk: &Desk,
    connection: &mut Connection,
    who: &Who,
    id: RegisterId,
    language: Language,
) -> Result<Report, CommandError> {
    let t = |french, arabic, english| pick(language, french, arabic, english);
    let told = read(desk, connection).await?;
    let row = told.rows.iter().find(|(_, row)| row.id == id);
    let (number, row) = row.ok_or_else(|| super::super::missing("id"))?;
    let facts = &row.facts;
    let pairs = |all: Vec<(&'static str, String)>| {
        Part::Pairs(all.into_iter().map(|(label, text)| (label.to_owned(), Cell::from(text))).collect())
    };
    let mut intro = vec![pairs(opening(*number, who, language))];
    intro.extend(late(facts, &told, who.now, language).map(Part::Notice));
    let mut parts = vec![pairs(points(&told, facts, language))];
    let unknown = unknown(facts, language);
    if !unknown.is_empty() {
        parts.push(Part::Heading(
            t(
                "À compléter par une notification ultérieure",
                "يُتمم بتبليغ لاحق",
                "To be completed by a later notification",
            )
            .to_owned(),
        ));
        parts.push(Part::List(unknown));
    }
    parts.push(Part::Signatures(vec![t("Date et signature", "التاريخ والتوقيع", "Date and signature").to_owned()]));
    let title = t("Notification d’une violation de données", "تبليغ عن خرق للمعطيات", "Notification of a data breach");
    let law = words::cited(who.law().breach.authority, language);
    let subtitle = format!("{} · {}", who.authority().site, law).trim_end_matches(" · ").to_owned();
    Ok(who.report(language, title, subtitle, intro, vec![ReportSection::new("", parts)]))
}

/// The register.
pub(super) async fn register(
    desk: &Desk,
    connection: &mut Connection,
    who: &Who,
    language: Language,
) -> Result<Report, CommandError> {
    let t = |french, arabic, english| pick(language, french, arabic, english);
    let told = read(desk, connection).await?;
    let at = |at: Option<DateTime<Utc>>| at.map(|at| words::moment(at, &told.zone)).unwrap_or_default();
    let mut sections = Vec::new();
    for (number, row) in &told.rows {
        let facts = &row.facts;
        let (state, _) = standing(facts, told.hours, who.now);
        let standing: Cell = match state {
            "not_needed" => t("pas nécessaire", "غير لازم", "not needed").into(),
            "running" => t("à faire", "يجب القيام به", "to be done").into(),
            "overdue" => Cell::warning(t("délai dépassé", "تجاوز الأجل", "overdue")),
            "late" => Cell::warning(t("faite en retard", "تم متأخرا", "done late")),
            _ => t("faite à temps", "تم في الأجل", "done in time").into(),
        };
        let mut pairs: Vec<(String, Cell)> =
            points(&told, facts, language).into_iter().map(|(label, text)| (label.to_owned(), text.into())).collect();
        let until = at(Some(deadline(facts.aware_at, told.hours)));
        pairs.push((
            t("Autorité à prévenir avant", "تُخبر السلطة قبل", "Authority to be told before").to_owned(),
            Cell::code(until),
        ));
        pairs.push((t("Notification", "التبليغ", "Notification").to_owned(), standing));
        pairs.push((
            t("Autorité prévenue le", "أُخبرت السلطة في", "Authority told on").to_owned(),
            at(facts.notified_at).into(),
        ));
        pairs.push((t("Sous le numéro", "تحت رقم", "Under number").to_owned(), facts.reference.as_str().into()));
        let note = match facts.closed_at {
            Some(closed) => {
                format!("{} {}", t("clôturée le", "أُغلق في", "closed on"), words::moment(closed, &told.zone))
            }
            None => t("ouverte", "مفتوح", "open").to_owned(),
        };
        let title = format!("{number} · {}", at(Some(facts.aware_at)));
        sections.push(ReportSection { note, ..ReportSection::new(title, vec![Part::Pairs(pairs)]) });
    }
    let mut intro = vec![who.answering(language)];
    if sections.is_empty() {
        intro.push(empty(language));
    }
    let title = t("Registre des violations de données", "سجل خروق المعطيات", "Register of data breaches");
    let law = who.law().breach.authority;
    let subtitle = if law.is_empty() { String::new() } else { words::cited(&format!("{law}, § 5"), language) };
    Ok(who.report(language, title, subtitle, intro, sections))
}
