//! The letter to the person: that their request came, that it takes longer, what became of it. Each one says where they may
//! complain.

use chrono::NaiveDate;
use domain::privacy::requests::{Outcome, Proof};
use domain::role::Permission;

use super::wire::PrintRequestLetterRequest;
use super::words::Letterwords;
use super::{found, note, steps};
use crate::commands::erasure::wire::ErasureReceiptView;
use crate::commands::letterhead::Sources;
use crate::commands::wire::FileView;
use crate::commands::words::date_in_words;
use crate::commands::{CommandError, Desk, agenda};
use crate::print::letter::Letter;
use crate::print::words::Language;
use crate::store::requests::DataRequest;
use crate::store::{self, Connection};

/// A day without its weekday.
fn day(day: NaiveDate, language: Language) -> String {
    let words = date_in_words(day, language);
    words.split_once(' ').map_or(words.clone(), |(_, rest)| rest.to_owned())
}

async fn sources(desk: &Desk, connection: &mut Connection) -> Result<Sources, CommandError> {
    let whose = match desk.session().practitioner_id {
        Some(id) => id,
        None => {
            let all = store::practice::practitioners(connection).await?;
            all.iter().find(|one| one.active).ok_or_else(|| CommandError::new("practitioner_not_found"))?.id
        }
    };
    Sources::read(desk, connection, whose).await
}

fn paper(
    desk: &Desk,
    sources: &Sources,
    row: &DataRequest,
    language: Language,
    paragraphs: Vec<String>,
) -> Result<FileView, CommandError> {
    let today = desk.wall_now().date();
    let mut recipient = vec![row.name.clone()];
    recipient.extend(row.contact.lines().map(str::trim).filter(|line| !line.is_empty()).take(6).map(str::to_owned));
    let words = Letterwords::of(language);
    let letter = Letter {
        head: sources.head(language)?,
        title: words.subject(row.kind).to_owned(),
        recipient,
        patient: None,
        place: sources.site.city.clone(),
        date: day(today, language),
        text: paragraphs.join("\n\n"),
        signature: None,
        stamp: false,
        duplicate: false,
        sheet: sources.sheet(),
        language,
        created_at: desk.now(),
    };
    let short = row.id.to_string();
    let name = format!("{}-{}.pdf", words.file, short.get(24..).unwrap_or_default());
    Ok(agenda::print::file(name, letter.to_pdf()?))
}

/// Prints a letter, and notes that it was.
///
/// # Errors
/// `unknown_word`, `request_not_found`, `request_erased` where the address went with the person, `not_answered` for an answer to
/// a request that is open, `not_extended`, `practitioner_not_found`, `print_failed`, `permission_denied`.
pub async fn print_request_letter(desk: &Desk, request: PrintRequestLetterRequest) -> Result<FileView, CommandError> {
    let mut change = desk.change(Permission::KeepPrivacy, "print_request_letter").await?;
    let row = found(change.connection(), request.id).await?;
    if row.erased {
        return Err(CommandError::field("request_erased", "id"));
    }
    let asked = if request.language.is_empty() { &row.language } else { &request.language };
    let language = agenda::print::language(asked)?;
    let words = Letterwords::of(language);
    let told = store::requests::steps(change.connection(), row.id).await?;
    let said = |kind: &str| told.iter().rev().find(|step| step.kind == kind).map(|step| step.words.clone());
    let mut paragraphs = vec![words.greeting.to_owned(), words.received(row.kind, &day(row.received_on, language))];
    match request.what.as_str() {
        "received" => {
            paragraphs.push(words.will_answer(&day(row.due_on, language)));
            if row.proof == Proof::None {
                paragraphs.push(words.show_identity.to_owned());
            }
        }
        "extended" => {
            let reason = said("extended").ok_or_else(|| CommandError::field("not_extended", "what"))?;
            paragraphs.push(words.extended(&day(row.due_on, language), &reason));
        }
        "answer" => match (row.outcome, row.closed_on) {
            (Some(Outcome::Refused), _) => {
                paragraphs.push(words.refused(&row.ground));
                paragraphs.extend(said("refused"));
                paragraphs.push(words.judge.to_owned());
            }
            (Some(Outcome::Withdrawn), _) => paragraphs.push(words.withdrawn.to_owned()),
            (Some(Outcome::Executed), Some(on)) => {
                paragraphs.push(words.executed(row.kind, &day(on, language)));
                let tasks = store::processor::of_request(change.connection(), &row.id.to_string()).await?;
                let confirmed = tasks.iter().filter(|task| task.confirmed_at.is_some()).count();
                paragraphs.push(words.processor(tasks.len(), confirmed));
            }
            _ => return Err(CommandError::field("not_answered", "what")),
        },
        _ => return Err(CommandError::field("unknown_word", "what")),
    }
    paragraphs.push(words.complaint(desk.premises().country));
    paragraphs.push(words.closing.to_owned());
    let sources = sources(desk, change.connection()).await?;
    let file = paper(desk, &sources, &row, language, paragraphs)?;
    note(desk, &mut change, row.id, "letter", (desk.wall_now().date(), &request.what)).await?;
    steps::keep(&mut change, &row, &row.clone()).await?;
    change.commit().await?;
    Ok(file)
}

/// The letter that says that everything is erased, made from what was known a moment ago.
///
/// # Errors
/// As [`print_request_letter`].
pub(super) async fn of_erased(
    desk: &Desk,
    connection: &mut Connection,
    before: &DataRequest,
    after: &DataRequest,
    receipt: &ErasureReceiptView,
) -> Result<FileView, CommandError> {
    let language = agenda::print::language(&before.language)?;
    let words = Letterwords::of(language);
    let on = after.closed_on.unwrap_or(after.due_on);
    let confirmed = receipt.processor.iter().filter(|task| task.confirmed_at.is_some()).count();
    let paragraphs = vec![
        words.greeting.to_owned(),
        words.received(before.kind, &day(before.received_on, language)),
        words.executed(before.kind, &day(on, language)),
        words.erased.to_owned(),
        words.processor(receipt.processor.len(), confirmed),
        words.complaint(desk.premises().country),
        words.closing.to_owned(),
    ];
    let sources = sources(desk, connection).await?;
    paper(desk, &sources, before, language, paragraphs)
}
