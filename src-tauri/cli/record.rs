//! The medical record from a terminal. What is written comes from a file or from standard input, never from the arguments:
//! they can be read by other programs of this computer.

use std::io::Read as _;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use domain::clinical::abbreviation::expand_all;
use domain::id::{EntryId, PatientId};
use serde_json::{Value, json};

use super::Refusal;
use super::out::save;
use super::output::Output;
use crate::commands::entrance::create::disk;
use crate::commands::record::summary_wire::SearchRecordRequest;
use crate::commands::record::wire::{
    Body, CorrectEntryRequest, EntryRequest, OpenRecordRequest, RecordEntryView, StrikeEntryRequest, WriteEntryRequest,
};
use crate::commands::summary::wire::PrintSummaryRequest;
use crate::commands::wire::NothingRequest;
use crate::commands::{Desk, record as records, summary};

/// Longest text that is read.
const LIMIT: u64 = 1 << 20;

/// `record`.
#[derive(Subcommand)]
pub enum Record {
    /// Open a patient's record; that it was opened stands in the journal. One line an entry, the newest first.
    Show(Show),
    /// Write an entry.
    Write(Write),
    /// Correct an entry; the version before is kept.
    Correct(Correct),
    /// Strike an entry that was made in error; it stays visible, with the reason.
    Strike {
        /// Identifier of the entry.
        entry: String,
        /// The version that was shown; without it the newest.
        #[arg(long)]
        version: Option<i64>,
        /// A file with the reason; without it standard input.
        #[arg(long)]
        file: Option<PathBuf>,
    },
    /// Print a patient's summary on one page, for a colleague or the emergency service.
    Summary {
        /// Identifier of the patient.
        patient: String,
        /// Where the PDF is written.
        #[arg(long)]
        out: PathBuf,
        /// fr, ar or en.
        #[arg(long, default_value = "fr")]
        language: String,
    },
    /// All versions of an entry, the newest first.
    Versions {
        /// Identifier of the entry.
        entry: String,
    },
}

/// `record show`.
#[derive(Args)]
pub struct Show {
    /// Identifier of the patient.
    pub patient: String,
    /// Only these kinds, such as consultation or allergy; may be given several times.
    #[arg(long)]
    pub kind: Vec<String>,
    /// Only entries with words that begin so.
    #[arg(long, default_value = "")]
    pub search: String,
    /// Only from this date on.
    #[arg(long, default_value = "")]
    pub from: String,
    /// Only until this date.
    #[arg(long, default_value = "")]
    pub until: String,
    /// What stands today and the curves as well.
    #[arg(long)]
    pub summary: bool,
}

/// What is written, and how it is given.
#[derive(Args)]
pub struct Given {
    /// The date that it is about; without it today, or of a correction the date as it was.
    #[arg(long, default_value = "")]
    pub on: String,
    /// What plain text is; JSON says its own kind.
    #[arg(long, default_value = "consultation")]
    pub kind: String,
    /// A file with plain text, or with JSON such as {"kind":"measure","what":"weight","value":"72"}; without it standard input.
    #[arg(long)]
    pub file: Option<PathBuf>,
    /// Write the practice's abbreviations out in plain text.
    #[arg(long)]
    pub expand: bool,
}

/// `record write`.
#[derive(Args)]
pub struct Write {
    /// Identifier of the patient.
    pub patient: String,
    #[command(flatten)]
    pub given: Given,
}

/// `record correct`.
#[derive(Args)]
pub struct Correct {
    /// Identifier of the entry.
    pub entry: String,
    /// The version that was shown; without it the newest.
    #[arg(long)]
    pub version: Option<i64>,
    #[command(flatten)]
    pub given: Given,
}

fn patient(text: &str) -> Result<PatientId, Refusal> {
    text.parse().map_err(|_| Refusal::field("patient_not_found", "patient_id"))
}

fn entry(text: &str) -> Result<EntryId, Refusal> {
    text.parse().map_err(|_| Refusal::new("entry_not_found"))
}

fn read(file: Option<&PathBuf>) -> Result<String, Refusal> {
    let mut text = String::new();
    let done = match file {
        Some(file) => std::fs::File::open(file).and_then(|file| file.take(LIMIT).read_to_string(&mut text)),
        None => std::io::stdin().lock().take(LIMIT).read_to_string(&mut text),
    };
    match done {
        Ok(_) => Ok(text.trim_start_matches('\u{feff}').trim_end().to_owned()),
        Err(error) if error.kind() == std::io::ErrorKind::InvalidData => Err(Refusal::field("bad_request", "file")),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(Refusal::field("file_missing", "file")),
        Err(error) => Err(disk(&error)),
    }
}

/// The field of a kind that plain text fills.
fn plain_field(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "consultation" => "history",
        "antecedent" | "condition" | "treatment" | "family" => "label",
        "allergy" => "agent",
        "vaccination" => "vaccine",
        "alert" => "text",
        _ => return None,
    })
}

async fn body(desk: &Desk, given: &Given) -> Result<Body, Refusal> {
    let text = read(given.file.as_ref())?;
    let bad = || Refusal::field("bad_request", "body");
    let value: Value = if text.starts_with('{') {
        serde_json::from_str(&text).map_err(|_| bad())?
    } else {
        let field = plain_field(&given.kind).ok_or_else(|| Refusal::field("unknown_word", "kind"))?;
        let text = if given.expand { written_out(desk, &text).await? } else { text };
        let mut value = json!({ "kind": given.kind, field: text });
        if given.kind == "allergy" {
            value["agent_kind"] = "other".into();
            value["severity"] = "unknown".into();
        }
        value
    };
    serde_json::from_value(value).map_err(|_| bad())
}

async fn written_out(desk: &Desk, text: &str) -> Result<String, Refusal> {
    let texts = records::list_record_texts(desk, NothingRequest {}).await?;
    let find = |key: &str| texts.abbreviations.iter().find(|one| one.key == key).map(|one| one.text.as_str());
    Ok(expand_all(text, find))
}

/// The version that a change is built on: the one that was given, or the newest.
async fn newest(desk: &Desk, id: EntryId, version: Option<i64>) -> Result<i64, Refusal> {
    if let Some(version) = version {
        return Ok(version);
    }
    let versions = records::show_entry_versions(desk, EntryRequest { id }).await?;
    versions.versions.first().map(|one| one.version).ok_or_else(|| Refusal::new("record_damaged").with("entry", id))
}

/// An entry as one line: its fields beside what every entry has.
fn line(entry: &RecordEntryView) -> Value {
    let mut all = json!({ "id": entry.id, "version": entry.version, "on": entry.on });
    if let (Value::Object(all), Ok(Value::Object(fields))) = (&mut all, serde_json::to_value(&entry.body)) {
        all.extend(fields);
        all.insert("struck".to_owned(), json!(entry.struck));
        all.insert("written_at".to_owned(), json!(entry.written_at));
        all.insert("written_by".to_owned(), json!(entry.written_by));
    }
    all
}

async fn show(desk: &Desk, show: Show, output: &Output) -> Result<(), Refusal> {
    let view = records::open_record(desk, OpenRecordRequest { patient_id: patient(&show.patient)? }).await?;
    let request = SearchRecordRequest {
        patient_id: view.patient_id,
        text: show.search,
        kinds: show.kind,
        from: show.from,
        until: show.until,
    };
    let found = records::search_record(desk, request).await?.ids;
    for one in view.entries.iter().filter(|one| found.contains(&one.id)) {
        output.view(&line(one));
    }
    for one in &view.damaged {
        output.view(&json!({ "id": one.id, "version": one.version, "damaged": one.reason }));
    }
    if show.summary {
        output.view(&json!({ "summary": view.summary, "curves": view.curves }));
    }
    Ok(())
}

/// `record`.
pub async fn record(desk: &Desk, command: Record, output: &Output) -> Result<(), Refusal> {
    match command {
        Record::Show(asked) => show(desk, asked, output).await?,
        Record::Write(Write { patient: of, given }) => {
            let patient_id = patient(&of)?;
            let body = body(desk, &given).await?;
            let written = records::write_entry(desk, WriteEntryRequest { patient_id, on: given.on, body }).await?;
            output.view(&line(&written));
        }
        Record::Correct(Correct { entry: which, version, given }) => {
            let id = entry(&which)?;
            let body = body(desk, &given).await?;
            let version = newest(desk, id, version).await?;
            let request = CorrectEntryRequest { id, version, on: given.on, body };
            output.view(&line(&records::correct_entry(desk, request).await?));
        }
        Record::Strike { entry: which, version, file } => {
            let id = entry(&which)?;
            let reason = read(file.as_ref())?;
            let version = newest(desk, id, version).await?;
            let request = StrikeEntryRequest { id, version, reason };
            output.view(&line(&records::strike_entry(desk, request).await?));
        }
        Record::Summary { patient: of, out, language } => {
            let request = PrintSummaryRequest { patient_id: patient(&of)?, language };
            save(&summary::print_summary(desk, request).await?, &out, output)?;
        }
        Record::Versions { entry: which } => {
            let versions = records::show_entry_versions(desk, EntryRequest { id: entry(&which)? }).await?;
            for one in &versions.versions {
                output.view(&line(one));
            }
            for one in &versions.damaged {
                output.view(&json!({ "id": one.id, "version": one.version, "damaged": one.reason }));
            }
        }
    }
    Ok(())
}
