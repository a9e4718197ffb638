//! Series of appointments, and the waiting list.

use clap::{Args, Subcommand};
use domain::id::{AppointmentId, PatientId, WaitingEntryId};
use domain::time::WallTime;
use serde_json::{Value, json};

use super::Refusal;
use super::output::Output;
use super::setup::{known, practitioner_id, type_id};
use crate::commands::series::wire::{
    BookSeriesRequest, CancelSeriesRequest, ChangeSeriesRequest, ChangedSeriesView, PlannedSessionView, SeriesChange,
    SeriesPlan, SeriesRequest, SeriesRuleView, SessionChoice,
};
use crate::commands::waiting_list::wire::{
    AddToWaitingListRequest, FindWaitingRequest, ListWaitingRequest, RecordOfferRequest, WaitingEntryRequest, WishView,
};
use crate::commands::{Desk, series, waiting_list};

/// `series`.
#[derive(Subcommand)]
pub enum Series {
    /// Where the sessions would be put, and what speaks against it; nothing is written.
    Preview(Plan),
    /// Book the sessions where they are proposed; those without a free place are left out and named.
    Book {
        #[command(flatten)]
        plan: Plan,
        /// Never to be told to a portal, none of them.
        #[arg(long)]
        never_sync: bool,
    },
    /// The sessions of an appointment's series.
    Show {
        /// Id of the appointment.
        id: String,
    },
    /// Move sessions: this one, this and the following, or all. Those without a free place are put where it is proposed.
    Change(Change),
    /// Cancel sessions that are still to come.
    Cancel {
        /// Id of the appointment.
        id: String,
        /// one, following or all.
        #[arg(long, default_value = "one")]
        scope: String,
        /// patient or practice.
        #[arg(long, default_value = "patient")]
        by: String,
        /// Why.
        #[arg(long, default_value = "")]
        reason: String,
    },
}

/// A series to be planned.
#[derive(Args)]
pub struct Plan {
    /// For whom: id of the patient.
    #[arg(long)]
    patient: String,
    /// With whom: id or exact name.
    #[arg(long)]
    practitioner: String,
    /// Type: id or exact name.
    #[arg(long = "type")]
    type_name: String,
    /// Wall time of the first session.
    #[arg(long)]
    first: String,
    /// days, weeks or months.
    #[arg(long, default_value = "weeks")]
    unit: String,
    /// From one session to the next: `2`, or a range as `7-9`.
    #[arg(long)]
    every: String,
    /// How many sessions.
    #[arg(long)]
    sessions: i64,
}

/// A change of a series.
#[derive(Args)]
pub struct Change {
    /// Id of the appointment.
    id: String,
    /// one, following or all.
    #[arg(long, default_value = "one")]
    scope: String,
    /// Wall time to which this session goes; without it it stays.
    #[arg(long)]
    at: Option<String>,
    /// To another agenda, id or exact name.
    #[arg(long)]
    practitioner: Option<String>,
    /// Another type, id or exact name.
    #[arg(long = "type")]
    type_name: Option<String>,
    /// New duration.
    #[arg(long)]
    minutes: Option<i64>,
    /// Another interval: `2`, or a range as `7-9`.
    #[arg(long)]
    every: Option<String>,
    /// Another number of sessions.
    #[arg(long)]
    sessions: Option<i64>,
    /// Only say where they would be put.
    #[arg(long)]
    dry_run: bool,
}

/// `waiting`.
#[derive(Subcommand)]
pub enum Waiting {
    /// Put somebody on the list.
    Add {
        /// Who: id of the patient.
        #[arg(long, required_unless_present = "appointment")]
        patient: Option<String>,
        /// The appointment that they want earlier: its id.
        #[arg(long)]
        appointment: Option<String>,
        /// Type: id or exact name.
        #[arg(long = "type", required_unless_present = "appointment")]
        type_name: Option<String>,
        /// With whom, may be repeated; without it anybody.
        #[arg(long)]
        practitioner: Vec<String>,
        /// Days of the week, 1 Monday to 7 Sunday; without it any.
        #[arg(long, value_delimiter = ',')]
        weekdays: Vec<u32>,
        /// From this date on; without it today.
        #[arg(long, default_value = "")]
        from: String,
        /// Until this date; without it half a year.
        #[arg(long, default_value = "")]
        until: String,
        /// normal, urgent or emergency.
        #[arg(long, default_value = "normal")]
        urgency: String,
    },
    /// Who waits: urgent first, then the oldest.
    List {
        /// Those as well who left by themselves in the last 30 days.
        #[arg(long)]
        left: bool,
    },
    /// Whom a free stretch is offered to, in this order.
    Find {
        /// Whose: id or exact name.
        #[arg(long)]
        practitioner: String,
        /// First wall time.
        #[arg(long)]
        from: String,
        /// Wall time at which it ends.
        #[arg(long)]
        to: String,
    },
    /// Say what came of an offer; accepted books at once.
    Offer {
        /// Id of the entry.
        id: String,
        /// Whose: id or exact name.
        #[arg(long)]
        practitioner: String,
        /// Wall time.
        #[arg(long)]
        at: String,
        /// accepted, refused or no_answer.
        #[arg(long)]
        outcome: String,
    },
    /// Take somebody off the list.
    Remove {
        /// Id of the entry.
        id: String,
    },
}

fn wall(text: &str, field: &str) -> Result<WallTime, Refusal> {
    text.parse().map_err(|_| Refusal::field("bad_date", field))
}

fn appointment(text: &str) -> Result<AppointmentId, Refusal> {
    text.parse().map_err(|_| Refusal::field("appointment_not_found", "id"))
}

fn patient(text: &str) -> Result<PatientId, Refusal> {
    text.parse().map_err(|_| Refusal::field("patient_not_found", "patient"))
}

fn entry(text: &str) -> Result<WaitingEntryId, Refusal> {
    text.parse().map_err(|_| Refusal::field("waiting_entry_not_found", "id"))
}

/// `2`, or `7-9`.
fn interval(text: &str) -> Result<(i64, i64), Refusal> {
    let bad = || Refusal::field("bad_interval", "at_least");
    let (least, most) = text.split_once('-').unwrap_or((text, text));
    Ok((least.trim().parse().map_err(|_| bad())?, most.trim().parse().map_err(|_| bad())?))
}

fn choices(sessions: &[PlannedSessionView]) -> Vec<SessionChoice> {
    let choice = |one: &PlannedSessionView| SessionChoice {
        number: one.number,
        planned: one.planned,
        starts: one.starts.filter(|_| one.kept.is_none()),
    };
    sessions.iter().map(choice).collect()
}

fn done(view: &ChangedSeriesView, word: &str) -> Value {
    let places: Vec<Value> = view.appointments.iter().map(|a| json!({ "id": a.id, "starts": a.starts })).collect();
    json!({ "series_id": view.series_id, "sequence": view.sequence, word: places })
}

async fn change(desk: &Desk, asked: &Change, output: &Output) -> Result<(), Refusal> {
    let known = known(desk).await?;
    let id = appointment(&asked.id)?;
    let view = series::show_series(desk, SeriesRequest { appointment_id: id }).await?;
    let own = view.sessions.iter().find(|session| session.number == view.number);
    let starts = match &asked.at {
        Some(text) => wall(text, "at")?,
        None => own.and_then(|session| session.appointment.starts).ok_or_else(|| Refusal::new("series_not_found"))?,
    };
    let rule = match (&asked.every, asked.sessions) {
        (None, None) => None,
        (every, sessions) => {
            let (at_least, at_most) = every.as_deref().map_or(Ok((view.rule.at_least, view.rule.at_most)), interval)?;
            Some(SeriesRuleView { at_least, at_most, sessions: sessions.unwrap_or(view.rule.sessions), ..view.rule })
        }
    };
    let change = SeriesChange {
        appointment_id: id,
        scope: asked.scope.parse().map_err(|_| Refusal::field("unknown_word", "scope"))?,
        starts,
        practitioner_id: asked.practitioner.as_deref().map(|text| practitioner_id(&known, text)).transpose()?,
        type_id: asked.type_name.as_deref().map(|text| type_id(&known, text)).transpose()?,
        minutes: asked.minutes,
        rule,
    };
    let sessions = series::preview_series_change(desk, change.clone()).await?.sessions;
    if asked.dry_run {
        for session in &sessions {
            output.view(session);
        }
        return Ok(());
    }
    let request = ChangeSeriesRequest { change, sessions: choices(&sessions) };
    output.view(&done(&series::change_series(desk, request).await?, "changed"));
    Ok(())
}

async fn planned(desk: &Desk, plan: &Plan) -> Result<SeriesPlan, Refusal> {
    let known = known(desk).await?;
    let (at_least, at_most) = interval(&plan.every)?;
    Ok(SeriesPlan {
        appointment_id: None,
        practitioner_id: practitioner_id(&known, &plan.practitioner)?,
        patient_id: patient(&plan.patient)?,
        type_id: type_id(&known, &plan.type_name)?,
        minutes: None,
        first: wall(&plan.first, "first")?,
        rule: SeriesRuleView {
            unit: plan.unit.parse().map_err(|_| Refusal::field("unknown_word", "unit"))?,
            at_least,
            at_most,
            sessions: plan.sessions,
        },
    })
}

/// `series`.
pub async fn series(desk: &Desk, command: Series, output: &Output) -> Result<(), Refusal> {
    match command {
        Series::Preview(plan) => {
            let plan = planned(desk, &plan).await?;
            for session in series::preview_series(desk, plan).await?.sessions {
                output.view(&session);
            }
        }
        Series::Book { plan, never_sync } => {
            let plan = planned(desk, &plan).await?;
            let sessions = series::preview_series(desk, plan.clone()).await?.sessions;
            let choices = choices(&sessions);
            let (origin, note) = ("desk".to_owned(), String::new());
            let request = BookSeriesRequest { plan, sessions: choices, origin, note, never_sync };
            let left_out: Vec<i64> = sessions.iter().filter(|one| one.starts.is_none()).map(|one| one.number).collect();
            let mut view = done(&series::book_series(desk, request).await?, "booked");
            view["left_out"] = left_out.into();
            output.view(&view);
        }
        Series::Show { id } => {
            let request = SeriesRequest { appointment_id: appointment(&id)? };
            output.view(&series::show_series(desk, request).await?);
        }
        Series::Change(asked) => change(desk, &asked, output).await?,
        Series::Cancel { id, scope, by, reason } => {
            let request = CancelSeriesRequest {
                appointment_id: appointment(&id)?,
                scope: scope.parse().map_err(|_| Refusal::field("unknown_word", "scope"))?,
                by,
                reason,
            };
            output.view(&done(&series::cancel_series(desk, request).await?, "cancelled"));
        }
    }
    Ok(())
}

/// `waiting`.
pub async fn waiting(desk: &Desk, command: Waiting, output: &Output) -> Result<(), Refusal> {
    match command {
        Waiting::Add {
            patient: who,
            appointment: earlier,
            type_name,
            practitioner,
            weekdays,
            from,
            until,
            urgency,
        } => {
            let known = known(desk).await?;
            let practitioners =
                practitioner.iter().map(|text| practitioner_id(&known, text)).collect::<Result<Vec<_>, _>>()?;
            let request = AddToWaitingListRequest {
                patient_id: who.as_deref().map(patient).transpose()?,
                appointment_id: earlier.as_deref().map(appointment).transpose()?,
                type_id: type_name.as_deref().map(|text| type_id(&known, text)).transpose()?,
                wish: WishView {
                    practitioners,
                    weekdays,
                    from,
                    until,
                    from_minute: 0,
                    to_minute: 1440,
                    urgency,
                    note: String::new(),
                },
            };
            output.view(&waiting_list::add_to_waiting_list(desk, request).await?);
        }
        Waiting::List { left } => {
            for one in waiting_list::list_waiting(desk, ListWaitingRequest { left }).await?.entries {
                output.view(&one);
            }
        }
        Waiting::Find { practitioner, from, to } => {
            let request = FindWaitingRequest {
                practitioner_id: practitioner_id(&known(desk).await?, &practitioner)?,
                from: wall(&from, "from")?,
                to: wall(&to, "to")?,
                limit: 50,
            };
            for one in waiting_list::find_waiting(desk, request).await?.people {
                output.view(&one);
            }
        }
        Waiting::Offer { id, practitioner, at, outcome } => {
            let request = RecordOfferRequest {
                id: entry(&id)?,
                practitioner_id: practitioner_id(&known(desk).await?, &practitioner)?,
                starts: wall(&at, "at")?,
                outcome: outcome.parse().map_err(|_| Refusal::field("unknown_word", "outcome"))?,
            };
            output.view(&waiting_list::record_offer(desk, request).await?);
        }
        Waiting::Remove { id } => {
            let request = WaitingEntryRequest { id: entry(&id)? };
            output.view(&waiting_list::remove_from_waiting_list(desk, request).await?);
        }
    }
    Ok(())
}
