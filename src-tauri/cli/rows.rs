//! Appointments in a row: places that hold them all, and booking them at once.

use clap::{Args, Subcommand};
use domain::time::WallTime;
use serde_json::json;

use super::Refusal;
use super::agenda::line;
use super::output::Output;
use super::setup::{known, practitioner_id, type_id};
use crate::commands::series::wire::{BookRowRequest, FindRowsRequest, RowLink};
use crate::commands::{Desk, series};

/// `row`.
#[derive(Subcommand)]
pub enum Row {
    /// Where they could follow one another.
    Find {
        #[command(flatten)]
        links: Links,
        /// From this wall time or date on.
        #[arg(long)]
        from: String,
        /// How many days to look at.
        #[arg(long, default_value_t = 60)]
        days: i64,
        /// any, morning, afternoon or evening.
        #[arg(long, default_value = "any")]
        part: String,
        /// The longest pause between two practitioners, in minutes.
        #[arg(long, default_value_t = 15)]
        pause: i64,
        /// How many places.
        #[arg(long, default_value_t = 6)]
        count: i64,
    },
    /// Book them, all or none.
    Book {
        #[command(flatten)]
        links: Links,
        /// Wall times, one for each, as `row find` says them.
        #[arg(long = "at", required = true)]
        at: Vec<String>,
        /// Note for the desk.
        #[arg(long, default_value = "")]
        note: String,
        /// Never to be told to a portal, none of them.
        #[arg(long)]
        never_sync: bool,
    },
}

/// Who follows whom. Each is given in order; a practitioner or a type given once is that of all.
#[derive(Args)]
pub struct Links {
    /// Patient's id, in order.
    #[arg(long, required = true)]
    patient: Vec<String>,
    /// Id or exact name: once, or once for each.
    #[arg(long, required = true)]
    practitioner: Vec<String>,
    /// Id or exact name: once, or once for each.
    #[arg(long = "type", required = true)]
    types: Vec<String>,
}

/// The one of this place: a list of one says it of all. One patient may see several practitioners, so each list may be the
/// longest.
fn of(list: &[String], at: usize) -> Result<&str, Refusal> {
    let one = if list.len() == 1 { list.first() } else { list.get(at) };
    one.map(String::as_str).ok_or_else(|| Refusal::field("not_in_a_row", "links"))
}

async fn read(desk: &Desk, links: &Links) -> Result<Vec<RowLink>, Refusal> {
    let known = known(desk).await?;
    let count = links.patient.len().max(links.practitioner.len()).max(links.types.len());
    (0..count)
        .map(|at| {
            let patient = of(&links.patient, at)?;
            Ok(RowLink {
                patient_id: patient.parse().map_err(|_| Refusal::field("patient_not_found", "patient"))?,
                practitioner_id: practitioner_id(&known, of(&links.practitioner, at)?)?,
                type_id: type_id(&known, of(&links.types, at)?)?,
                minutes: None,
            })
        })
        .collect()
}

/// `row`.
pub async fn row(desk: &Desk, command: Row, output: &Output) -> Result<(), Refusal> {
    match command {
        Row::Find { links, from, days, part, pause, count } => {
            let links = read(desk, &links).await?;
            let request = FindRowsRequest { links, from, days, part, pause, count };
            for one in series::find_rows(desk, request).await?.rows {
                output.view(&one);
            }
        }
        Row::Book { links, at, note, never_sync } => {
            let starts = at
                .iter()
                .map(|text| text.parse::<WallTime>().map_err(|_| Refusal::field("bad_date", "at")))
                .collect::<Result<Vec<_>, _>>()?;
            let (links, origin) = (read(desk, &links).await?, "desk".to_owned());
            let request = BookRowRequest { links, starts, origin, note, never_sync };
            let done = series::book_row(desk, request).await?;
            let booked: Vec<_> = done.appointments.iter().map(line).collect();
            output.view(&json!({ "sequence": done.sequence, "booked": booked }));
        }
    }
    Ok(())
}
