//! Absences with their guided rebooking, blocks, and openings of single dates.

use clap::{Args, Subcommand};
use domain::agenda::rebooking::Preference;
use serde_json::json;

use super::Refusal;
use super::output::Output;
use super::setup::{known, minute, practitioner_id, type_id, weekdays};
use crate::commands::planning::wire::{
    AddOpeningRequest, ProposeRebookingRequest, RebookAppointmentsRequest, RebookingMove, SaveBlockRequest,
};
use crate::commands::practice::wire::AddAbsenceRequest;
use crate::commands::{Desk, agenda, planning, practice};
use domain::id::AbsenceId;

/// `absence`.
#[derive(Subcommand)]
pub enum Absence {
    /// Add an absence. Appointments that it hits stay.
    Add {
        /// Id or exact name.
        #[arg(long)]
        practitioner: String,
        /// Wall time, 2026-12-24T00:00.
        #[arg(long)]
        from: String,
        /// Wall time at which they are back.
        #[arg(long)]
        to: String,
        /// Why, for the desk.
        #[arg(long, default_value = "")]
        label: String,
    },
    /// Where the appointments could go that it hits.
    Rebook(Rebook),
}

/// `absence rebook`.
#[derive(Args)]
pub struct Rebook {
    /// Absence's id.
    pub id: String,
    /// Propose what is nearest first, whoever it is.
    #[arg(long)]
    pub soonest: bool,
    /// Move each to its first proposal.
    #[arg(long)]
    pub apply: bool,
}

/// `block`.
#[derive(Subcommand)]
pub enum Block {
    /// Keep time for types, for the day's urgencies, or without appointments.
    Add {
        /// Id or exact name.
        #[arg(long)]
        practitioner: String,
        /// types, urgent or no_scheduling.
        #[arg(long)]
        kind: String,
        /// Such as mon-fri or mon,wed,sat.
        #[arg(long)]
        days: String,
        /// HH:MM.
        #[arg(long)]
        from: String,
        /// HH:MM.
        #[arg(long)]
        to: String,
        /// HH:MM at which it is released; without it, never.
        #[arg(long)]
        release: Option<String>,
        /// Released so many days before.
        #[arg(long, default_value_t = 0)]
        release_days: i64,
        /// Whose time it is, id or exact name; may be given several times.
        #[arg(long = "type")]
        types: Vec<String>,
        /// Its name.
        #[arg(long, default_value = "")]
        label: String,
    },
}

/// `opening`.
#[derive(Subcommand)]
pub enum Opening {
    /// Open on a single date.
    Add {
        /// Id or exact name.
        #[arg(long)]
        practitioner: String,
        /// Date.
        #[arg(long)]
        day: String,
        /// HH:MM.
        #[arg(long)]
        from: String,
        /// HH:MM.
        #[arg(long)]
        to: String,
        /// Why, for the desk.
        #[arg(long, default_value = "")]
        label: String,
    },
}

/// `absence`.
pub async fn absence(desk: &Desk, command: Absence, output: &Output) -> Result<(), Refusal> {
    match command {
        Absence::Add { practitioner, from, to, label } => {
            let practitioner_id = practitioner_id(&known(desk).await?, &practitioner)?;
            let request = AddAbsenceRequest { practitioner_id, starts: from, ends: to, label };
            output.view(&practice::add_absence(desk, request).await?);
        }
        Absence::Rebook(rebook) => self::rebook(desk, rebook, output).await?,
    }
    Ok(())
}

async fn rebook(desk: &Desk, rebook: Rebook, output: &Output) -> Result<(), Refusal> {
    let absence_id: AbsenceId = rebook.id.parse().map_err(|_| Refusal::new("not_found"))?;
    let preference = if rebook.soonest { Preference::Soonest } else { Preference::Practitioner };
    let request = ProposeRebookingRequest { absence_id, preference, count: 3 };
    let hits = agenda::propose_rebooking(desk, request).await?.hits;
    if !rebook.apply {
        for hit in hits {
            output.view(&json!({
                "id": hit.appointment.id,
                "starts": hit.appointment.starts,
                "type": hit.appointment.type_name,
                "locum": hit.locum,
                "proposals": hit.proposals,
            }));
        }
        return Ok(());
    }
    let moves = hits
        .into_iter()
        .filter_map(|hit| {
            let best = hit.proposals.first()?;
            Some(RebookingMove {
                id: hit.appointment.id,
                revision: hit.appointment.revision,
                practitioner_id: best.practitioner_id,
                starts: best.starts,
            })
        })
        .collect();
    let done = agenda::rebook_appointments(desk, RebookAppointmentsRequest { moves }).await?;
    for one in done.moved {
        output.view(&json!({ "id": one.appointment.id, "starts": one.appointment.starts, "sequence": one.sequence }));
    }
    for one in done.refused {
        output.view(&one);
    }
    Ok(())
}

/// `block`.
pub async fn block(desk: &Desk, command: Block, output: &Output) -> Result<(), Refusal> {
    let Block::Add { practitioner, kind, days, from, to, release, release_days, types, label } = command;
    let known = known(desk).await?;
    let release = release.map(|text| minute(&text, "release")).transpose()?;
    let request = SaveBlockRequest {
        id: None,
        practitioner_id: practitioner_id(&known, &practitioner)?,
        kind: kind.parse().map_err(|_| Refusal::field("unknown_word", "kind"))?,
        weekdays: weekdays(&days)?,
        from: minute(&from, "from")?,
        to: minute(&to, "to")?,
        valid_from: None,
        valid_until: None,
        weeks: "every".to_owned(),
        release_days: release.map(|_| release_days),
        release_minute: release,
        types: types.iter().map(|text| type_id(&known, text)).collect::<Result<_, _>>()?,
        label,
    };
    output.view(&planning::save_block(desk, request).await?);
    Ok(())
}

/// `opening`.
pub async fn opening(desk: &Desk, command: Opening, output: &Output) -> Result<(), Refusal> {
    let Opening::Add { practitioner, day, from, to, label } = command;
    let request = AddOpeningRequest {
        practitioner_id: practitioner_id(&known(desk).await?, &practitioner)?,
        day,
        from: minute(&from, "from")?,
        to: minute(&to, "to")?,
        label,
    };
    output.view(&planning::add_opening(desk, request).await?);
    Ok(())
}
