//! Weeks and lists on paper: from views to the room `print`.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};
use domain::agenda::status::Status;

use super::list::list_appointments;
use super::wire::{ListAppointmentsRequest, PrintListRequest, PrintWeekRequest};
use crate::commands::agenda::day::show_days;
use crate::commands::agenda::print::{file, language, patient_name, row, standing};
use crate::commands::agenda::wire::{AppointmentView, ColumnView, ShowDaysRequest};
use crate::commands::agenda::{self};
use crate::commands::wire::{FileView, NothingRequest};
use crate::commands::words::date_in_words;
use crate::commands::{CommandError, Desk, practice};
use crate::print::agenda_list::{AgendaList, ListDay};
use crate::print::week_grid::{WeekCell, WeekDay, WeekGrid, WeekPage};
use crate::print::words::Language;

/// Those who gave their time back do not stand on a week's page.
fn stands(a: &AppointmentView) -> bool {
    a.status.parse::<Status>().is_ok_and(Status::is_active)
}

fn clock(minute: i64) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

fn day_name(date: NaiveDate, language: Language) -> String {
    // `lundi 23`: the year and month stand above.
    date_in_words(date, language).split(' ').take(2).collect::<Vec<_>>().join(" ")
}

/// A week of some practitioners, a page each.
///
/// # Errors
/// `bad_date`, `print_failed`, `unknown_word`, `permission_denied`.
pub async fn print_week(desk: &Desk, request: PrintWeekRequest) -> Result<FileView, CommandError> {
    let asked = language(&request.language)?;
    let day = agenda::date(&request.day, "day")?;
    let monday = day - Days::new(u64::from(day.weekday().num_days_from_monday()));
    let days = ShowDaysRequest { from: monday.to_string(), days: 7, practitioners: request.practitioners };
    let shown = show_days(desk, days).await?;
    let known = practice::show_practice(desk, NothingRequest {}).await?;
    let mut pages: Vec<(domain::id::PractitionerId, Vec<ColumnView>)> = Vec::new();
    for column in shown.columns {
        match pages.iter_mut().find(|(id, _)| *id == column.practitioner_id) {
            Some((_, columns)) => columns.push(column),
            None => pages.push((column.practitioner_id, vec![column])),
        }
    }
    let pages = pages
        .into_iter()
        .map(|(id, columns)| {
            let name =
                known.practitioners.iter().find(|one| one.id == id).map_or_else(String::new, |one| one.name.clone());
            week_page(name, columns, asked)
        })
        .collect::<Result<Vec<_>, _>>()?;
    let sunday = monday + Days::new(6);
    let grid = WeekGrid {
        practice: desk.premises().name,
        week: format!("{} – {}", date_in_words(monday, asked), date_in_words(sunday, asked)),
        number: monday.iso_week().week(),
        printed_at: desk.wall_now().naive().format("%d/%m/%Y %H:%M").to_string(),
        created_at: desk.now(),
        language: asked,
        pages,
    };
    Ok(file(format!("{}-S{:02}.pdf", monday.iso_week().year(), monday.iso_week().week()), grid.to_pdf()?))
}

/// One practitioner's week: the days with something in them, the weekdays in any case; a row an hour.
fn week_page(practitioner: String, columns: Vec<ColumnView>, asked: Language) -> Result<WeekPage, CommandError> {
    let kept: Vec<ColumnView> = columns
        .into_iter()
        .enumerate()
        .filter(|(place, column)| *place < 5 || !column.open.is_empty() || column.appointments.iter().any(stands))
        .map(|(_, column)| column)
        .collect();
    let mut hours: BTreeMap<i64, Vec<Vec<WeekCell>>> = BTreeMap::new();
    let count = kept.len();
    let mut days = Vec::new();
    for (place, column) in kept.into_iter().enumerate() {
        let date = agenda::date(&column.day, "day")?;
        let open = column.open.iter().map(|one| format!("{}–{}", clock(one.from), clock(one.to)));
        days.push(WeekDay { name: day_name(date, asked), open: open.collect::<Vec<_>>().join(", ") });
        // Hours that are open stand there even where nobody is booked.
        for one in &column.open {
            for hour in one.from / 60..=(one.to - 1).max(one.from) / 60 {
                hours.entry(hour).or_insert_with(|| vec![Vec::new(); count]);
            }
        }
        for a in column.appointments.iter().filter(|a| stands(a)) {
            let Some(starts) = a.starts else { continue };
            let minute = starts.minutes().rem_euclid(1440);
            let cells = hours.entry(minute / 60).or_insert_with(|| vec![Vec::new(); count]);
            cells[place].push(WeekCell {
                time: clock(minute),
                patient: patient_name(a, asked),
                reason: a.type_name.clone(),
                standing: standing(a.status.parse().map_err(|_| CommandError::new("vault_damaged"))?),
            });
        }
    }
    let rows = hours.into_iter().map(|(hour, cells)| (clock(hour * 60), cells)).collect();
    Ok(WeekPage { practitioner, days, rows })
}

/// The appointments of some days as a list.
///
/// # Errors
/// As `list_appointments`; `print_failed`, `nothing_to_print`.
pub async fn print_list(desk: &Desk, request: PrintListRequest) -> Result<FileView, CommandError> {
    let asked = language(&request.language)?;
    let ListAppointmentsRequest { from, days, .. } = request.list.clone();
    let first = agenda::date(&from, "from")?;
    let list = list_appointments(desk, request.list).await?;
    let last = first + Days::new(u64::try_from(days - 1).unwrap_or(0));
    let mut by_day: Vec<ListDay> = Vec::new();
    for a in &list.appointments {
        let words = date_in_words(agenda::date(&a.day, "day")?, asked);
        if by_day.last().is_none_or(|day| day.date_in_words != words) {
            by_day.push(ListDay { date_in_words: words, rows: Vec::new() });
        }
        if let Some(day) = by_day.last_mut() {
            day.rows.push((row(a, asked)?, a.practitioner.clone()));
        }
    }
    let document = AgendaList {
        practice: desk.premises().name,
        span: if days == 1 {
            date_in_words(first, asked)
        } else {
            format!("{} – {}", date_in_words(first, asked), date_in_words(last, asked))
        },
        printed_at: desk.wall_now().naive().format("%d/%m/%Y %H:%M").to_string(),
        created_at: desk.now(),
        language: asked,
        days: by_day,
    };
    Ok(file(format!("{first}-{last}.pdf"), document.to_pdf()?))
}
