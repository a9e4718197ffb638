//! The agenda from further away, and the waiting room: how full a month is, lists, the search, what changed, what is cut
//! and not placed yet; who waits, who is called, walk-ins.

use clap::{Args, Subcommand};
use domain::id::{AppointmentId, SiteId, TypeId};
use domain::time::WallTime;

use super::Refusal;
use super::agenda::{appointment, changed, line};
use super::output::Output;
use super::setup::{known, practitioner_id, type_id};
use crate::commands::agenda::wire::BookWalkInRequest;
use crate::commands::overview::wire::{
    ListAppointmentsRequest, PinRequest, SearchAgendaRequest, ShowChangesRequest, ShowMonthRequest,
};
use crate::commands::practice::wire::PracticeView;
use crate::commands::queue::wire::{CallNextRequest, PlaceInQueueRequest};
use crate::commands::wire::NothingRequest;
use crate::commands::{Desk, agenda, overview, queue};

/// `month`.
#[derive(Args)]
pub struct Month {
    /// First day.
    #[arg(long)]
    from: String,
    /// How many days, 1 to 42.
    #[arg(long, default_value_t = 31)]
    days: i64,
    /// Id or exact name; may be given several times.
    #[arg(long)]
    practitioner: Vec<String>,
    /// Count only this type, id or exact name; may be given several times.
    #[arg(long = "type")]
    types: Vec<String>,
    /// Count only this status; may be given several times.
    #[arg(long)]
    status: Vec<String>,
    /// Count only at this site, id or exact name.
    #[arg(long)]
    site: Option<String>,
}

/// `list`.
#[derive(Args)]
pub struct List {
    /// First day.
    #[arg(long)]
    from: String,
    /// How many days, 1 to 93.
    #[arg(long, default_value_t = 1)]
    days: i64,
    /// Id or exact name; may be given several times.
    #[arg(long)]
    practitioner: Vec<String>,
    /// Id or exact name; may be given several times.
    #[arg(long = "type")]
    types: Vec<String>,
    /// A status; may be given several times.
    #[arg(long)]
    status: Vec<String>,
    /// Only at this site, id or exact name.
    #[arg(long)]
    site: Option<String>,
}

/// `find`.
#[derive(Args)]
pub struct Find {
    /// A name, a booking code, a type, words of a note.
    #[arg(required = true)]
    text: Vec<String>,
    /// Types and notes are looked for from this day on; without it today. A person or a code is found at any date.
    #[arg(long)]
    from: Option<String>,
    /// On so many days, 1 to 92.
    #[arg(long, default_value_t = 92)]
    days: i64,
    /// How many.
    #[arg(long, default_value_t = 50)]
    limit: i64,
}

/// `changes`.
#[derive(Args)]
pub struct Changes {
    /// Wall time; without it since this user was here last.
    #[arg(long)]
    since: Option<String>,
    /// This user's own changes as well.
    #[arg(long)]
    own: bool,
}

/// `board`.
#[derive(Subcommand)]
pub enum Board {
    /// What is pinned, to be placed later.
    List,
    /// Pin an appointment: it stays where it is until it is moved.
    Pin {
        /// Appointment's id.
        id: String,
    },
    /// Take it off the board.
    Unpin {
        /// Appointment's id.
        id: String,
    },
}

/// `room`.
#[derive(Subcommand)]
pub enum Room {
    /// Who waits, in the order to be called, and who is with a practitioner.
    List,
    /// Call the next patient of a practitioner.
    Next {
        /// Whose: id or exact name.
        #[arg(long)]
        practitioner: String,
        /// Whoever is in there stays.
        #[arg(long)]
        keep: bool,
    },
    /// Put somebody who waits before another of the same practitioner, or last.
    Place {
        /// Appointment's id.
        id: String,
        /// The other's appointment; without it last.
        #[arg(long)]
        before: Option<String>,
    },
    /// Somebody without an appointment is there.
    WalkIn {
        /// Patient's id.
        #[arg(long)]
        patient: String,
        /// To whom: id or exact name.
        #[arg(long)]
        practitioner: String,
        /// Type: id or exact name; without it the first.
        #[arg(long = "type")]
        type_name: Option<String>,
        /// normal, urgent or emergency.
        #[arg(long, default_value = "normal")]
        urgency: String,
        /// Note for the desk.
        #[arg(long, default_value = "")]
        note: String,
    },
    /// What the wall display shows: booking codes, no names.
    Wall,
}

fn each<T>(texts: &[String], find: impl Fn(&str) -> Result<T, Refusal>) -> Result<Vec<T>, Refusal> {
    texts.iter().map(|text| find(text)).collect()
}

fn site_id(known: &PracticeView, text: Option<&str>) -> Result<Option<SiteId>, Refusal> {
    let Some(text) = text else { return Ok(None) };
    let found = known.sites.iter().find(|site| site.name == text || site.id.to_string() == text);
    found.map(|site| Some(site.id)).ok_or_else(|| Refusal::field("site_not_found", "site"))
}

/// `month`.
pub async fn month(desk: &Desk, month: Month, output: &Output) -> Result<(), Refusal> {
    let known = known(desk).await?;
    let request = ShowMonthRequest {
        from: month.from,
        days: month.days,
        practitioners: each(&month.practitioner, |text| practitioner_id(&known, text))?,
        types: each(&month.types, |text| type_id(&known, text))?,
        statuses: month.status,
        site_id: site_id(&known, month.site.as_deref())?,
    };
    for cell in overview::show_month(desk, request).await?.cells {
        output.view(&cell);
    }
    Ok(())
}

/// `list`.
pub async fn list(desk: &Desk, list: List, output: &Output) -> Result<(), Refusal> {
    let known = known(desk).await?;
    let request = ListAppointmentsRequest {
        from: list.from,
        days: list.days,
        practitioners: each(&list.practitioner, |text| practitioner_id(&known, text))?,
        types: each(&list.types, |text| type_id(&known, text))?,
        statuses: list.status,
        site_id: site_id(&known, list.site.as_deref())?,
    };
    for one in overview::list_appointments(desk, request).await?.appointments {
        output.view(&line(&one));
    }
    Ok(())
}

/// `find`.
pub async fn find(desk: &Desk, find: Find, output: &Output) -> Result<(), Refusal> {
    let request = SearchAgendaRequest {
        text: find.text.join(" "),
        from: find.from.unwrap_or_else(|| desk.wall_now().date().to_string()),
        days: find.days,
        limit: find.limit,
    };
    for found in overview::search_agenda(desk, request).await?.found {
        let mut all = line(&found.appointment);
        all["by"] = found.by.into();
        all["past"] = found.past.into();
        output.view(&all);
    }
    Ok(())
}

/// `changes`.
pub async fn changes(desk: &Desk, asked: Changes, output: &Output) -> Result<(), Refusal> {
    let since: Option<WallTime> =
        asked.since.map(|text| text.parse().map_err(|_| Refusal::field("bad_date", "since"))).transpose()?;
    let request = ShowChangesRequest { since, own: asked.own };
    for change in overview::show_changes(desk, request).await?.changes {
        output.view(&change);
    }
    Ok(())
}

/// `board`.
pub async fn board(desk: &Desk, command: Board, output: &Output) -> Result<(), Refusal> {
    let pin = |text: &str| appointment(text).map(|id: AppointmentId| PinRequest { id });
    let view = match command {
        Board::List => overview::show_board(desk, NothingRequest {}).await?,
        Board::Pin { id } => overview::pin_appointment(desk, pin(&id)?).await?,
        Board::Unpin { id } => overview::unpin_appointment(desk, pin(&id)?).await?,
    };
    for one in &view.pinned {
        output.view(&line(one));
    }
    Ok(())
}

/// `room`.
pub async fn room(desk: &Desk, command: Room, output: &Output) -> Result<(), Refusal> {
    match command {
        Room::List => {
            let room = queue::show_waiting_room(desk, NothingRequest {}).await?;
            for one in &room.waiting {
                let mut all = line(&one.appointment);
                all["waited"] = one.waited.into();
                all["over"] = one.over.into();
                all["expected"] = one.expected.into();
                output.view(&all);
            }
            for one in &room.seated {
                output.view(&line(one));
            }
        }
        Room::Next { practitioner, keep } => {
            let practitioner_id = practitioner_id(&known(desk).await?, &practitioner)?;
            let request = CallNextRequest { practitioner_id, finish: !keep };
            output.view(&changed(&queue::call_next(desk, request).await?));
        }
        Room::Place { id, before } => {
            let before = before.as_deref().map(appointment).transpose()?;
            let request = PlaceInQueueRequest { id: appointment(&id)?, before };
            output.view(&queue::place_in_queue(desk, request).await?);
        }
        Room::WalkIn { patient, practitioner, type_name, urgency, note } => {
            let known = known(desk).await?;
            let kind: Option<TypeId> = type_name.as_deref().map(|text| type_id(&known, text)).transpose()?;
            let request = BookWalkInRequest {
                practitioner_id: practitioner_id(&known, &practitioner)?,
                patient_id: patient.parse().map_err(|_| Refusal::field("patient_not_found", "patient"))?,
                type_id: kind,
                urgency,
                note,
            };
            output.view(&changed(&agenda::book_walk_in(desk, request).await?));
        }
        Room::Wall => output.view(&queue::show_wall_display(desk, NothingRequest {}).await?),
    }
    Ok(())
}
