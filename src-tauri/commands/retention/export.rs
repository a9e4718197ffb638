//! What the rules would do, and what was destroyed, on paper and as a table.

use std::collections::BTreeMap;

use base64::Engine as _;
use chrono::NaiveDate;
use domain::role::Permission;
use serde_json::json;

use super::dry_run::{groups, run, until};
use super::wire::{DestructionView, ExportRetentionRequest};
use super::words::{self, Words};
use crate::commands::agenda::print::{file, language};
use crate::commands::wire::FileView;
use crate::commands::words::date_in_words;
use crate::commands::{CommandError, Desk};
use crate::export::cells::to_csv;
use crate::journal::ChangeRecord;
use crate::print::report::{Cell, Part, Report, ReportHead, ReportSection, ReportTable};
use crate::print::words::Language;
use crate::store::destruction::LineRow;
use crate::store::{self, Connection, StoreError};

/// More persons than this stand in the table alone.
const ON_PAPER: usize = 500;

fn day(text: &str) -> String {
    text.parse::<NaiveDate>().map_or_else(|_| text.to_owned(), |day| day.format("%d/%m/%Y").to_string())
}

async fn head(desk: &Desk, connection: &mut Connection) -> Result<ReportHead, CommandError> {
    let mut lines = Vec::new();
    if let Some(site) = store::practice::sites(connection).await?.into_iter().find(|site| site.active) {
        lines.push(site.address.trim().to_owned());
        lines.push(format!("{} {}", site.postcode, site.city).trim().to_owned());
    }
    Ok(ReportHead { name: desk.premises().name, lines })
}

fn report(desk: &Desk, practice: ReportHead, title: &str, subtitle: String, language: Language) -> Report {
    let now = desk.wall_now();
    let (hour, minute) = (now.time_of_day_minutes() / 60, now.time_of_day_minutes() % 60);
    Report {
        practice,
        title: title.to_owned(),
        subtitle,
        intro: Vec::new(),
        sections: Vec::new(),
        printed_at: format!("{} {hour:02}:{minute:02}", date_in_words(now.date(), language)),
        foot: String::new(),
        landscape: false,
        language,
        created_at: desk.now(),
    }
}

/// Writes what the rules would do up to a day: a report, or the whole list as a table. Names only for who may see them. What
/// leaves is journalled.
///
/// # Errors
/// `permission_denied`, `bad_date`, `unknown_word`, `print_failed`.
pub async fn export_retention(desk: &Desk, request: ExportRetentionRequest) -> Result<FileView, CommandError> {
    let language = language(&request.language)?;
    let until = until(desk, &request.until)?;
    desk.require(Permission::KeepPrivacy, "export_retention").await?;
    let mut snapshot = desk.store.snapshot().await?;
    let run = run(desk, &mut snapshot, until).await?;
    let practice = head(desk, &mut snapshot).await?;
    snapshot.rollback().await.map_err(StoreError::from)?;
    let words = words::of(language);
    let made = match request.format.as_str() {
        "csv" => {
            let mut rows = vec![words.columns.map(str::to_owned).to_vec()];
            rows.extend(run.persons.iter().map(|one| {
                vec![
                    one.number.map_or_else(String::new, |number| number.to_string()),
                    one.name.clone(),
                    one.name_arabic.clone(),
                    day(&one.born),
                    words.place(&one.place).to_owned(),
                    words.action(&one.action).to_owned(),
                    words.category(&one.category).to_owned(),
                    day(&one.on),
                    day(&one.last),
                ]
            }));
            let bytes = to_csv(&rows).map_err(|_| CommandError::new("print_failed"))?;
            FileView {
                name: format!("{}-{until}.csv", words.file),
                media: "text/csv".to_owned(),
                base64: base64::engine::general_purpose::STANDARD.encode(bytes),
            }
        }
        "pdf" => {
            let mut paper = report(desk, practice, words.title, until_words(&words, until, language), language);
            let from = run.from.to_string();
            paper.intro = vec![Part::Pairs(vec![
                (words.looked_at.to_owned(), Cell::code(run.looked_at.to_string())),
                (words.due.to_owned(), Cell::code(run.persons.len().to_string())),
            ])];
            let rows = groups(&run)
                .into_iter()
                .map(|group| {
                    vec![
                        Cell::strong(words.action(&group.action)),
                        words.category(&group.category).into(),
                        words.place(&group.place).into(),
                        Cell::code(group.persons.to_string()),
                        Cell::code(group.overdue.to_string()),
                    ]
                })
                .collect();
            let shares = [2.2, 3.0, 1.8, 1.0, 1.2];
            let columns = words.groups.iter().map(|word| (*word).to_owned()).zip(shares).collect();
            let table = ReportTable { columns, rows, empty: words.nothing.to_owned() };
            paper.sections.push(ReportSection::new(words.what, vec![Part::Table(table)]));
            let persons = run.persons.iter().take(ON_PAPER).map(|one| {
                let number = one.number.map_or_else(|| one.erasure_id.chars().take(8).collect(), |n| n.to_string());
                vec![
                    Cell::code(number),
                    one.name.clone().into(),
                    words.action(&one.action).into(),
                    words.category(&one.category).into(),
                    if one.on < from { Cell::warning(day(&one.on)) } else { Cell::code(day(&one.on)) },
                ]
            });
            let shares = [1.0, 2.6, 1.8, 2.4, 1.2];
            let columns = words.persons.iter().map(|word| (*word).to_owned()).zip(shares).collect();
            let table = ReportTable { columns, rows: persons.collect(), empty: words.nothing.to_owned() };
            let mut parts = vec![Part::Table(table)];
            if run.persons.len() > ON_PAPER {
                parts.push(Part::Remark(words.rest.to_owned()));
            }
            paper.sections.push(ReportSection::new(words.who, parts));
            file(format!("{}-{until}.pdf", words.file), paper.to_pdf()?)
        }
        _ => return Err(CommandError::field("unknown_word", "format")),
    };
    let mut change = desk.change(Permission::KeepPrivacy, "export_retention").await?;
    let what = json!({ "format": request.format, "persons": run.persons.len() });
    let practice = desk.premises().practice_id.to_string();
    change.record("exports", &practice, None, &ChangeRecord::created("export", &what)).await?;
    change.commit().await?;
    Ok(made)
}

fn until_words(words: &Words, until: NaiveDate, language: Language) -> String {
    format!("{} {}", words.until, date_in_words(until, language))
}

/// The report of a confirmed destruction.
pub(super) async fn destruction_report(
    desk: &Desk,
    connection: &mut Connection,
    list: &DestructionView,
    lines: &[LineRow],
    language: Language,
) -> Result<FileView, CommandError> {
    let words = words::of(language);
    let practice = head(desk, connection).await?;
    let mut paper = report(desk, practice, words.destruction, day(&list.confirmed_on), language);
    paper.intro = vec![
        Part::Text(words.destroyed.to_owned()),
        Part::Pairs(vec![
            (words.made.to_owned(), format!("{} · {}", day(&list.made_on), list.made_by).into()),
            (words.confirmed.to_owned(), format!("{} · {}", day(&list.confirmed_on), list.confirmed_by).into()),
            (words.count.to_owned(), Cell::code(lines.len().to_string())),
            (words.documents.to_owned(), Cell::code(list.documents.to_string())),
            (words.digest.to_owned(), Cell::code(list.digest.clone())),
        ]),
    ];
    let mut counts: BTreeMap<(&str, &str), i64> = BTreeMap::new();
    for line in lines {
        *counts.entry((&line.category, &line.place)).or_default() += 1;
    }
    let rows = counts.into_iter().map(|((category, place), count)| {
        vec![words.category(category).into(), words.place(place).into(), Cell::code(count.to_string())]
    });
    let columns = [words.groups[1], words.groups[2], words.groups[3]];
    let table = |columns: &[&str], shares: &[f32], rows: Vec<Vec<Cell>>| ReportTable {
        columns: columns.iter().map(|word| (*word).to_owned()).zip(shares.iter().copied()).collect(),
        rows,
        empty: words.nothing.to_owned(),
    };
    let counted = Part::Table(table(&columns, &[3.0, 2.0, 1.0], rows.collect()));
    paper.sections.push(ReportSection::new(words.what, vec![counted]));
    let rows = lines.iter().map(|line| {
        vec![
            Cell::code(line.erasure_id.clone()),
            words.category(&line.category).into(),
            Cell::code(day(&line.destroy_on)),
        ]
    });
    let columns = [words.random_id, words.groups[1], words.persons[4]];
    let named = Part::Table(table(&columns, &[3.4, 2.4, 1.2], rows.collect()));
    paper.sections.push(ReportSection::new(words.ids, vec![Part::Remark(words.ids_are.to_owned()), named]));
    paper.sections.push(ReportSection::new("", vec![Part::Signatures(vec![words.controller.to_owned()])]));
    let name = format!("{}-{}.pdf", words.destruction_file, list.confirmed_on);
    Ok(file(name, paper.to_archive()?))
}
