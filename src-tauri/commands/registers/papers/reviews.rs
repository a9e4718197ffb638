//! Yearly reviews and audits on paper.

use domain::id::RegisterId;
use domain::privacy::review::Answer;

use super::super::facts::{AuditFacts, ProcessorFacts, ReviewFacts};
use super::super::reviews::{earliest_on, holidays, open_points, processor_name};
use super::super::words::{self, pick};
use super::{Who, empty, only};
use crate::commands::{CommandError, Desk};
use crate::print::report::{Cell, Part, Report, ReportSection, ReportTable};
use crate::print::words::Language;
use crate::store::{self, Connection};

/// The reviews of security, the newest first.
pub(super) async fn reviews(
    connection: &mut Connection,
    who: &Who,
    id: Option<RegisterId>,
    language: Language,
) -> Result<Report, CommandError> {
    let t = |french, arabic, english| pick(language, french, arabic, english);
    let mut rows = only(&store::registers::all::<ReviewFacts>(connection).await?, id);
    if id.is_some() && rows.is_empty() {
        return Err(super::super::missing("id"));
    }
    rows.sort_by_key(|row| std::cmp::Reverse((row.facts.reviewed_on, row.id)));
    let mut sections = Vec::new();
    for row in &rows {
        let found = row.facts.found.iter().map(|one| {
            let answer = words::answer(one.answer, language);
            let answer = match one.answer {
                Answer::Good => Cell::strong(answer),
                Answer::Partly | Answer::Missing => Cell::warning(answer),
                Answer::NotApplicable => Cell::soft(answer),
            };
            vec![words::point(one.point, language).into(), answer, one.remark.as_str().into()]
        });
        let table = ReportTable {
            columns: vec![
                (t("Point", "النقطة", "Point").to_owned(), 2.6),
                (t("Constat", "المعاينة", "Found").to_owned(), 0.9),
                (t("Remarque", "ملاحظة", "Remark").to_owned(), 1.8),
            ],
            rows: found.collect(),
            empty: String::new(),
        };
        let mut parts = vec![
            Part::Pairs(vec![
                (t("Par", "من طرف", "By").to_owned(), row.facts.reviewer.as_str().into()),
                (
                    t("Points ouverts", "نقط مفتوحة", "Open points").to_owned(),
                    open_points(&row.facts).to_string().into(),
                ),
            ]),
            Part::Table(table),
        ];
        if !row.facts.conclusion.is_empty() {
            parts.push(Part::Heading(t("Conclusion", "الخلاصة", "Conclusion").to_owned()));
            parts.push(Part::Text(row.facts.conclusion.clone()));
        }
        let note = if row.retired_on.is_some() {
            t("ne compte plus", "لم تعد معتمدة", "counts no more")
        } else {
            ""
        };
        sections.push(ReportSection {
            note: note.to_owned(),
            ..ReportSection::new(words::day(row.facts.reviewed_on), parts)
        });
    }
    let intro = if sections.is_empty() { vec![empty(language)] } else { Vec::new() };
    let title = t("Revue annuelle de la sécurité", "المراجعة السنوية للسلامة", "Yearly review of security");
    Ok(who.report(language, title, words::cited(who.law().security, language), intro, sections))
}

/// The audits of processors, the newest first.
pub(super) async fn audits(
    desk: &Desk,
    connection: &mut Connection,
    who: &Who,
    id: Option<RegisterId>,
    language: Language,
) -> Result<Report, CommandError> {
    let t = |french, arabic, english| pick(language, french, arabic, english);
    let all = store::registers::all::<AuditFacts>(connection).await?;
    let processors = store::registers::all::<ProcessorFacts>(connection).await?;
    let days = holidays(desk, connection, &all).await?;
    let rows = only(&all, id);
    if id.is_some() && rows.is_empty() {
        return Err(super::super::missing("id"));
    }
    let mut sections = Vec::new();
    for row in rows.iter().rev() {
        let facts = &row.facts;
        let pair = |label: &str, value: Cell| (label.to_owned(), value);
        let day = |day| Cell::code(words::day_or_none(day));
        let auditor = format!("{} · {}", facts.auditor, facts.organisation).trim_end_matches(" · ").to_owned();
        let mut parts = vec![Part::Pairs(vec![
            pair(t("Annoncé le", "أُعلن في", "Announced on"), day(facts.announced_on)),
            pair(t("Au plus tôt le", "أقرب تاريخ", "Not before"), day(earliest_on(row, &all, &days))),
            pair(t("Prévu le", "مقرر في", "Planned for"), day(facts.planned_on)),
            pair(t("Auditeur", "المدقق", "Auditor"), auditor.into()),
            pair(
                t("Engagement de confidentialité", "الالتزام بالسرية", "Bound to confidentiality"),
                day(facts.confidential_on),
            ),
            pair(t("Réalisé le", "أُجري في", "Held on"), day(facts.held_on)),
            pair(
                t("Discuté par les deux parties le", "ناقشه الطرفان في", "Discussed by both on"),
                day(facts.discussed_on),
            ),
            pair(t("À corriger avant le", "يصحح قبل", "To be put right by"), day(facts.corrections_until)),
            pair(t("Corrigé le", "صُحح في", "Put right on"), day(facts.corrected_on)),
        ])];
        for (title, text) in [
            (t("Rapport", "التقرير", "Report"), &facts.report),
            (
                t(
                    "Corrections, aux frais du sous-traitant",
                    "التصحيحات على نفقة المعالج",
                    "Corrections, at the processor’s cost",
                ),
                &facts.corrections,
            ),
        ] {
            if !text.is_empty() {
                parts.push(Part::Heading(title.to_owned()));
                parts.push(Part::Text(text.clone()));
            }
        }
        sections.push(ReportSection::new(processor_name(&processors, facts.processor_id), parts));
    }
    let rule = t(
        "Un audit au plus par période de douze mois, annoncé quinze jours ouvrés avant, par un auditeur nommé et tenu à la confidentialité\u{a0}; le rapport est discuté par les deux parties.",
        "تدقيق واحد على الأكثر كل اثني عشر شهرا، يُعلن قبله بخمسة عشر يوم عمل، يجريه مدقق معروف ملزم بالسرية، ويناقش الطرفان تقريره.",
        "One audit in twelve months at most, announced fifteen working days before, by a named auditor bound to confidentiality; both discuss the report.",
    );
    let mut intro = vec![Part::Remark(rule.to_owned())];
    if sections.is_empty() {
        intro.push(empty(language));
    }
    let title = t("Audits des sous-traitants", "تدقيق المعالجين من الباطن", "Audits of processors");
    Ok(who.report(language, title, words::cited(who.law().processors, language), intro, sections))
}
