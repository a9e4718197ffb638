//! The register of processing activities on paper.

use domain::privacy::activity::Field;
use domain::privacy::activity::propose;

use super::super::activities::{lines_of, proposed, told};
use super::super::facts::ActivityFacts;
use super::super::used;
use super::super::wire::ActivityFields;
use super::super::words::{self, pick};
use super::{Who, empty};
use crate::commands::{CommandError, Desk};
use crate::print::report::{Part, Report, ReportSection};
use crate::print::words::Language;
use crate::store::{self, Connection};

/// An activity as a paper tells it.
pub(super) struct Told {
    /// What it says.
    pub fields: ActivityFields,
    /// Which of those that the program proposes, or `own`.
    pub kind: domain::privacy::activity::Kind,
    /// When it was accepted, in figures; empty: only proposed.
    pub accepted_on: String,
    /// By whom.
    pub accepted_by: String,
}

/// The activities in force, and those that are only proposed.
pub(super) async fn all(
    desk: &Desk,
    connection: &mut Connection,
    who: &Who,
    language: Language,
) -> Result<Vec<Told>, CommandError> {
    let rows = store::registers::all::<ActivityFacts>(connection).await?;
    let names = super::super::user_names(connection).await?;
    let proposals = propose(&used::read(desk, connection).await?.used);
    let mut all: Vec<Told> = rows
        .iter()
        .filter(|row| row.retired_on.is_none())
        .map(|row| Told {
            fields: told(&row.facts, who.country, language),
            kind: row.facts.kind,
            accepted_on: words::moment(row.facts.accepted_at, &who.zone),
            accepted_by: super::super::name_of(&names, row.facts.accepted_by),
        })
        .collect();
    for proposal in proposals {
        if !all.iter().any(|one| one.kind == proposal.kind) {
            all.push(Told {
                fields: proposed(&proposal, who.country, language),
                kind: proposal.kind,
                accepted_on: String::new(),
                accepted_by: String::new(),
            });
        }
    }
    all.sort_by_key(|one| one.kind);
    Ok(all)
}

/// The register.
pub(super) async fn register(
    desk: &Desk,
    connection: &mut Connection,
    who: &Who,
    language: Language,
) -> Result<Report, CommandError> {
    let t = |french, arabic, english| pick(language, french, arabic, english);
    let all = all(desk, connection, who, language).await?;
    let rows = store::registers::all::<ActivityFacts>(connection).await?;
    let section = |one: &Told| {
        let mut parts = Vec::new();
        if one.accepted_on.is_empty() {
            parts.push(Part::Notice(
                t(
                    "Proposé par le logiciel d’après l’usage du cabinet\u{a0}; pas encore accepté par le responsable.",
                    "مقترح من البرنامج حسب استعمال العيادة، ولم يقبله المسؤول بعد.",
                    "Proposed by the software from how the practice uses it; not yet accepted by the controller.",
                )
                .to_owned(),
            ));
        }
        let value = |field| lines_of(&one.fields, field).join("\n");
        let mut pairs: Vec<(String, crate::print::report::Cell)> =
            Field::ALL.iter().map(|&field| (words::field(field, language).to_owned(), value(field).into())).collect();
        pairs.push((t("Remarque", "ملاحظة", "Remark").to_owned(), one.fields.remark.as_str().into()));
        parts.push(Part::Pairs(pairs));
        let note = if one.accepted_on.is_empty() {
            String::new()
        } else {
            format!("{} {} · {}", t("accepté le", "قُبل في", "accepted on"), one.accepted_on, one.accepted_by)
        };
        ReportSection { note, ..ReportSection::new(one.fields.name.as_str(), parts) }
    };
    let mut sections: Vec<ReportSection> = all.iter().map(section).collect();
    let over: Vec<String> = rows
        .iter()
        .filter_map(|row| Some(format!("{} ({})", row.facts.fields.name, words::day(row.retired_on?))))
        .collect();
    if !over.is_empty() {
        let title = t("Traitements qui ont pris fin", "معالجات انتهت", "Processing that has ended");
        sections.push(ReportSection::new(title, vec![Part::List(over)]));
    }
    let mut intro = vec![who.answering(language)];
    if all.is_empty() {
        intro.push(empty(language));
    }
    let title = t("Registre des activités de traitement", "سجل أنشطة المعالجة", "Record of processing activities");
    Ok(who.report(language, title, words::cited(who.law().register, language), intro, sections))
}
