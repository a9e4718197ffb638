//! What a secretariat did for a practice, for its invoice. Read from the journal's outside (command, user, instant): no
//! change is opened, so the content of what was done is never looked at.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::counts::{Counts, Entry, Tally};
use domain::role::Permission;
use domain::time::{WallTime, Zone, instant};

use super::Landing;
use super::wire::{CountsView, ExportCountsRequest, ShowCountsRequest};
use crate::commands::agenda::print::language;
use crate::commands::clock::instant_text;
use crate::commands::export::table;
use crate::commands::history::undo::WINDOW;
use crate::commands::wire::FileView;
use crate::commands::{CommandError, Desk};
use crate::print::words::Language;
use crate::store::{self, Connection};

/// Entries read at once.
const PAGE: i64 = 2_000;

/// Counts what was done from a day to a day, both included, by this user or by all secretaries together.
///
/// # Errors
/// `bad_date`, `bad_period` where the last day is before the first, `unknown_word`, `permission_denied`.
pub async fn show_counts(desk: &Desk, request: ShowCountsRequest) -> Result<CountsView, CommandError> {
    let mut connection = desk.read(Permission::ReadAgenda, "show_counts").await?;
    let premises = desk.premises();
    let (from, to) = period(&request, &premises.zone)?;
    let whose: Vec<String> = match request.whose.as_str() {
        "own" => vec![desk.session().user_id.to_string()],
        "secretaries" => store::access::users(&mut connection)
            .await?
            .into_iter()
            .filter(|user| user.role == "secretary")
            .map(|user| user.id.to_string())
            .collect(),
        _ => return Err(CommandError::field("unknown_word", "whose")),
    };
    let counts = count(&mut connection, from, to, &whose).await?;
    let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    Ok(CountsView {
        practice: premises.name,
        from: request.from,
        to: request.to,
        whose: request.whose,
        booked: number(counts.booked),
        moved: number(counts.moved),
        cancelled: number(counts.cancelled),
        calls: number(counts.calls),
    })
}

/// From the beginning of the first day to the end of the last, on the site's clock.
fn period(request: &ShowCountsRequest, zone: &Zone) -> Result<(DateTime<Utc>, DateTime<Utc>), CommandError> {
    let day = |text: &str, field: &str| -> Result<NaiveDate, CommandError> {
        text.parse().map_err(|_| CommandError::field("bad_date", field))
    };
    let (first, last) = (day(&request.from, "from")?, day(&request.to, "to")?);
    if last < first {
        return Err(CommandError::field("bad_period", "to"));
    }
    let after = last.succ_opt().ok_or_else(|| CommandError::field("bad_date", "to"))?;
    Ok((instant(WallTime::at(first, 0), zone), instant(WallTime::at(after, 0), zone)))
}

async fn count(
    connection: &mut Connection,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    whose: &[String],
) -> Result<Counts, CommandError> {
    let window = TimeDelta::minutes(WINDOW);
    let mut after = begin(connection, from).await?;
    let mut tally = Tally::new(from, to, window, |user: &str| whose.iter().any(|one| one == user));
    // A change of the last moment may still be taken back after the period.
    let end = instant_text(to + window);
    loop {
        let rows = store::journal::outsides(connection, after, PAGE).await?;
        let Some(last) = rows.last() else { break };
        after = last.sequence;
        // A page wholly after the period: the rest is later still.
        let over = rows.iter().all(|row| row.at > end);
        for row in rows {
            let at = row.at.parse().map_err(|_| CommandError::new("journal_damaged"))?;
            tally.add(Entry {
                at,
                user: row.user_id,
                command: row.command,
                subject: row.subject_id,
                appointment: row.appointment,
            });
        }
        if over {
            break;
        }
    }
    Ok(tally.finish())
}

/// The number of the entry after which the period begins, found from the journal's end: invoices are of the last weeks. A
/// clock that was set back makes a few entries look old, not a whole page of them.
async fn begin(connection: &mut Connection, from: DateTime<Utc>) -> Result<i64, CommandError> {
    let from = instant_text(from);
    let mut before = i64::MAX;
    loop {
        let moments = store::journal::moments(connection, before, PAGE).await?;
        let Some((first, _)) = moments.last() else { return Ok(0) };
        if moments.iter().all(|(_, at)| *at < from) {
            return Ok(moments[0].0);
        }
        before = *first;
    }
}

/// The counts of all open practices as a table for spreadsheets, one line a practice.
///
/// # Errors
/// `locked` where no practice is open, `unknown_word`, and as [`show_counts`].
pub async fn export_counts(landing: &Landing, request: ExportCountsRequest) -> Result<FileView, CommandError> {
    let language = language(&request.language)?;
    let desks = landing.desks();
    if desks.is_empty() {
        return Err(CommandError::new("locked"));
    }
    let mut lines = vec![headings(language).map(str::to_owned).to_vec()];
    for desk in desks {
        let asked =
            ShowCountsRequest { from: request.from.clone(), to: request.to.clone(), whose: request.whose.clone() };
        let counts = show_counts(&desk, asked).await?;
        let numbers = [counts.booked, counts.moved, counts.cancelled, counts.calls].map(|number| number.to_string());
        lines.push([counts.practice, counts.from, counts.to].into_iter().chain(numbers).collect());
    }
    let name = match language {
        Language::French => "decompte",
        Language::Arabic => "الحصيلة",
        Language::English => "counts",
    };
    table(format!("{name}-{}-{}.csv", request.from, request.to), &lines)
}

const fn headings(language: Language) -> [&'static str; 7] {
    match language {
        Language::French => ["Cabinet", "Du", "Au", "RDV pris", "RDV déplacés", "RDV annulés", "Appels"],
        Language::Arabic => {
            ["العيادة", "من", "إلى", "المواعيد المحجوزة", "المواعيد المنقولة", "المواعيد الملغاة", "المكالمات"]
        }
        Language::English => ["Practice", "From", "To", "Booked", "Moved", "Cancelled", "Calls"],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_whole_days_of_the_site_across_a_change_of_the_clock() {
        let paris: Zone = "Europe/Paris".parse().unwrap();
        let asked = |from: &str, to: &str| ShowCountsRequest { from: from.into(), to: to.into(), whose: "own".into() };
        let (from, to) = period(&asked("2026-10-25", "2026-10-25"), &paris).unwrap();
        assert_eq!((to - from).num_hours(), 25);
        assert_eq!(period(&asked("2026-10-25", "2026-10-24"), &paris).unwrap_err().code, "bad_period");
        assert_eq!(period(&asked("25/10", "2026-10-24"), &paris).unwrap_err().code, "bad_date");
    }
}
