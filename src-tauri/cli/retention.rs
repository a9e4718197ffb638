//! The retention from a terminal: what the rules would do, the intermediate archive, the destruction.

use std::path::PathBuf;

use clap::Subcommand;
use domain::id::PatientId;
use serde_json::json;

use super::Refusal;
use super::out::save;
use super::output::Output;
use crate::commands::retention::wire::{
    ArchivePatientsRequest, BringBackRequest, ConfirmDestructionRequest, DestructionListView, DestructionRequest,
    DryRunRetentionRequest, ExportRetentionRequest, HoldPatientRequest, IntermediateRequest, LiftHoldRequest,
    OpenIntermediateRequest, PrintDestructionRequest, SearchIntermediateRequest, SetRetentionRuleRequest,
};
use crate::commands::wire::NothingRequest;
use crate::commands::{Desk, retention as rules};

/// Persons fetched at once.
const PAGE: i64 = 1_000;
/// Persons archived at once.
const BATCH: usize = 1_000;

/// `retention`.
#[derive(Subcommand)]
pub enum Retention {
    /// The rules with their sources, whom somebody keeps longer, the lists of destruction.
    Rules,
    /// Decide how long a category is kept.
    Rule {
        /// The category, as `rules` names it.
        category: String,
        /// Months in all; without it the country's default counts again.
        #[arg(long)]
        months: Option<u32>,
        /// Months in the active base.
        #[arg(long)]
        active_months: Option<u32>,
        /// Why.
        #[arg(long)]
        reason: String,
    },
    /// What the rules would do, without doing anything: the groups, then a line for each person.
    DryRun {
        /// Up to and with this day; without it the end of this month.
        #[arg(long, default_value = "")]
        until: String,
        /// archive, destroy or held alone.
        #[arg(long, default_value = "")]
        action: String,
        /// The groups alone.
        #[arg(long)]
        summary: bool,
        /// Write the report to this PDF instead.
        #[arg(long, conflicts_with = "csv")]
        pdf: Option<PathBuf>,
        /// Write the list to this table instead.
        #[arg(long)]
        csv: Option<PathBuf>,
        /// fr, ar or en.
        #[arg(long, default_value = "fr")]
        language: String,
    },
    /// Keep a patient longer, for a stated reason.
    Hold {
        /// The patient.
        #[arg(long)]
        patient: String,
        /// legal_claim, inspection, continued_care or other.
        #[arg(long, default_value = "legal_claim")]
        ground: String,
        /// Why.
        #[arg(long)]
        reason: String,
    },
    /// No longer keep somebody longer.
    Lift {
        /// The random id, as `rules` names it.
        id: String,
        /// Why.
        #[arg(long)]
        reason: String,
    },
    /// Put patients into the intermediate archive (practitioners).
    Archive {
        /// Whom; may be given several times.
        #[arg(long, required_unless_present = "due", conflicts_with = "due")]
        patient: Vec<String>,
        /// Everybody whose active time is over today.
        #[arg(long)]
        due: bool,
    },
    /// Open the intermediate archive and look for somebody, read them or bring them back (practitioners).
    Open {
        /// Why; it is journalled.
        #[arg(long)]
        reason: String,
        /// Beginnings of names, and a birth date.
        #[arg(long)]
        search: Option<String>,
        /// Read this person.
        #[arg(long)]
        read: Option<String>,
        /// Bring this person back.
        #[arg(long)]
        bring_back: Option<String>,
    },
    /// The list of those to destroy; with its id and digest the destruction itself (practitioners).
    Destroy {
        /// The list, as it was printed.
        #[arg(long, requires = "digest")]
        confirm: Option<String>,
        /// Its digest.
        #[arg(long, requires = "confirm")]
        digest: Option<String>,
        /// Give this list up.
        #[arg(long, conflicts_with_all = ["confirm", "report"])]
        drop: Option<String>,
        /// Print the report of this destruction.
        #[arg(long, requires = "out", conflicts_with = "confirm")]
        report: Option<String>,
        /// The report's file.
        #[arg(long, requires = "report")]
        out: Option<PathBuf>,
        /// fr, ar or en.
        #[arg(long, default_value = "fr")]
        language: String,
    },
}

fn patient(text: &str) -> Result<PatientId, Refusal> {
    text.parse().map_err(|_| Refusal::field("patient_not_found", "patient_id"))
}

/// `retention …`.
pub async fn retention(desk: &Desk, command: Retention, output: &Output) -> Result<(), Refusal> {
    match command {
        Retention::Rules => {
            let view = rules::show_retention(desk, NothingRequest {}).await?;
            view.rules.iter().for_each(|one| output.view(one));
            view.holds.iter().for_each(|one| output.view(one));
            view.destructions.iter().for_each(|one| output.view(one));
            output.view(&json!({ "archived": view.archived, "looked_on": view.looked_on }));
        }
        Retention::Rule { category, months, active_months, reason } => {
            let named = category.clone();
            let request = SetRetentionRuleRequest { category, months, active_months, reason };
            let view = rules::set_retention_rule(desk, request).await?;
            view.rules.iter().filter(|one| one.category == named).for_each(|one| output.view(one));
        }
        Retention::DryRun { until, action, summary, pdf, csv, language } => {
            let file = pdf.map(|file| (file, "pdf")).or(csv.map(|file| (file, "csv")));
            if let Some((file, format)) = file {
                let request = ExportRetentionRequest { until, format: format.to_owned(), language };
                return save(&rules::export_retention(desk, request).await?, &file, output);
            }
            dry_run(desk, (until, action), summary, output).await?;
        }
        Retention::Hold { patient: id, ground, reason } => {
            let request =
                HoldPatientRequest { patient_id: Some(patient(&id)?), erasure_id: String::new(), ground, note: reason };
            output.view(&rules::hold_patient(desk, request).await?);
        }
        Retention::Lift { id, reason } => {
            output.view(&rules::lift_hold(desk, LiftHoldRequest { erasure_id: id, reason }).await?);
        }
        Retention::Archive { patient: ids, due } => {
            let patients = if due {
                all_due(desk).await?
            } else {
                ids.iter().map(|id| patient(id)).collect::<Result<Vec<_>, _>>()?
            };
            let mut archived = 0;
            for batch in patients.chunks(BATCH) {
                let request = ArchivePatientsRequest { patients: batch.to_vec() };
                let view = rules::archive_patients(desk, request).await?;
                archived += view.archived;
                view.stayed.iter().for_each(|one| output.view(one));
            }
            output.view(&json!({ "archived": archived }));
        }
        Retention::Open { reason, search, read, bring_back } => {
            output.view(&rules::open_intermediate(desk, OpenIntermediateRequest { reason: reason.clone() }).await?);
            if let Some(text) = search {
                let found = rules::search_intermediate(desk, SearchIntermediateRequest { text }).await?;
                found.matches.iter().for_each(|one| output.view(one));
            }
            if let Some(erasure_id) = read {
                output.view(&rules::read_intermediate(desk, IntermediateRequest { erasure_id }).await?);
            }
            if let Some(erasure_id) = bring_back {
                output.view(&rules::bring_back_patient(desk, BringBackRequest { erasure_id, reason }).await?);
            }
        }
        Retention::Destroy { confirm, digest, drop, report, out, language } => {
            if let (Some(id), Some(digest)) = (confirm, digest) {
                output.view(&rules::confirm_destruction(desk, ConfirmDestructionRequest { id, digest }).await?.list);
            } else if let Some(id) = drop {
                output.view(&rules::drop_destruction(desk, DestructionRequest { id }).await?);
            } else if let (Some(id), Some(out)) = (report, out) {
                save(&rules::print_destruction(desk, PrintDestructionRequest { id, language }).await?, &out, output)?;
            } else {
                list(&rules::list_destruction(desk, NothingRequest {}).await?, output);
            }
        }
    }
    Ok(())
}

fn list(view: &DestructionListView, output: &Output) {
    view.persons.iter().for_each(|one| output.view(one));
    output.view(&view.list);
}

async fn dry_run(
    desk: &Desk,
    (until, action): (String, String),
    summary: bool,
    output: &Output,
) -> Result<(), Refusal> {
    let mut offset = 0;
    loop {
        let limit = if summary { 0 } else { PAGE };
        let request = DryRunRetentionRequest { until: until.clone(), action: action.clone(), offset, limit };
        let view = rules::dry_run_retention(desk, request).await?;
        if offset == 0 {
            let (groups, listed) = (&view.groups, view.listed);
            output
                .view(&json!({ "until": view.until, "looked_at": view.looked_at, "kept": view.kept, "listed": listed,
                "groups": groups }));
        }
        view.persons.iter().for_each(|one| output.view(one));
        offset += PAGE;
        if summary || offset >= view.listed {
            return Ok(());
        }
    }
}

/// Everybody whose active time is over today.
async fn all_due(desk: &Desk) -> Result<Vec<PatientId>, Refusal> {
    let (mut found, mut offset) = (Vec::new(), 0);
    loop {
        let until = desk.wall_now().date().to_string();
        let request = DryRunRetentionRequest { until, action: "archive".to_owned(), offset, limit: PAGE };
        let view = rules::dry_run_retention(desk, request).await?;
        found.extend(view.persons.iter().filter_map(|one| one.patient_id));
        offset += PAGE;
        if offset >= view.listed {
            return Ok(found);
        }
    }
}
