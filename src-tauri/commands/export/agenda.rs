//! The agenda between two days, as a calendar or as a table.

use chrono::NaiveDate;
use domain::agenda::discretion::Discretion;
use domain::id::{PatientId, PractitionerId};
use domain::identifiers::phone_shown::shown;
use domain::privacy::restriction::Scope;
use domain::role::Permission;
use domain::time::{WallTime, from_day_number};

use super::events::{Outside, appointments, events};
use super::wire::ExportAgendaRequest;
use super::{file, table, words};
use crate::commands::agenda::date;
use crate::commands::agenda::print::language;
use crate::commands::agenda::show::spoken;
use crate::commands::disclosure::{self, Handed};
use crate::commands::wire::FileView;
use crate::commands::words::status_word;
use crate::commands::{CommandError, Desk};
use crate::export::ical;
use crate::journal::ChangeRecord;
use crate::store::agenda::NamedAppointment;
use crate::store::{self, Connection};

/// The longest stretch of days in one file.
const LONGEST: i64 = 3_660;

/// The agenda between two days as a file: a calendar with every status, or a table. Untimed walk-ins are whole days in the
/// calendar. The desk's note and the phone number stand in the table only, and only where names do.
///
/// # Errors
/// `bad_date`, `out_of_range`, `unknown_word`, `practitioner_not_found`, `nothing_to_export`, `permission_denied`.
pub async fn export_agenda(desk: &Desk, request: ExportAgendaRequest) -> Result<FileView, CommandError> {
    desk.require(Permission::ExportData, "export_agenda").await?;
    let span = (date(&request.from, "from")?, date(&request.until, "until")?);
    let days = (span.1 - span.0).num_days() + 1;
    if !(1..=LONGEST).contains(&days) {
        return Err(CommandError::field("out_of_range", "until"));
    }
    let mut connection = desk.read(Permission::ExportData, "export_agenda").await?;
    let outside = Outside {
        practice: desk.premises().practice_id.to_string(),
        discretion: request.discretion.parse().map_err(|_| CommandError::field("unknown_word", "discretion"))?,
        language: language(&request.language)?,
        unnamed: store::restriction::stopped(&mut connection, Scope::Sync).await?.into_iter().collect(),
    };
    let practitioners = chosen(&mut connection, &request.practitioners).await?;
    let name = |ending: &str| format!("agenda-{}-{}.{ending}", request.from, request.until);
    let mut told: Vec<PatientId> = Vec::new();
    let (made, count) = match request.format.as_str() {
        "ics" => {
            let mut all = Vec::new();
            for (practitioner, _) in &practitioners {
                all.extend(events(&mut connection, *practitioner, span, true, &outside).await?);
            }
            told.extend(all.iter().filter_map(|dated| dated.patient));
            let events: Vec<_> = all.into_iter().map(|dated| dated.event).collect();
            let text = ical::calendar(&events, desk.now());
            (file(name("ics"), "text/calendar", text.as_bytes()), events.len())
        }
        "csv" => {
            let mut rows = vec![words::agenda_heads(outside.language)];
            for (practitioner, _) in &practitioners {
                let all = appointments(&mut connection, *practitioner, span, true).await?;
                told.extend(all.iter().filter_map(|named| named.appointment.patient_id));
                rows.extend(all.iter().map(|named| row(desk, named, &outside)));
            }
            rows[1..].sort_by(|a, b| (&a[0], &a[1], &a[4]).cmp(&(&b[0], &b[1], &b[4])));
            let count = rows.len() - 1;
            (table(name("csv"), &rows)?, count)
        }
        _ => return Err(CommandError::field("unknown_word", "format")),
    };
    drop(connection);
    if count == 0 {
        return Err(CommandError::new("nothing_to_export"));
    }
    let mut change = desk.change(Permission::ExportData, "export_agenda").await?;
    let record = ChangeRecord::created(
        "export",
        &serde_json::json!({
            "format": request.format,
            "first_day": request.from,
            "last_day": request.until,
            "discretion": request.discretion,
            "practitioners": practitioners.iter().map(|(id, _)| id).collect::<Vec<_>>(),
            "appointments": count,
        }),
    );
    let subject = desk.premises().practice_id.to_string();
    change.record("exports", &subject, None, &record).await?;
    // A calendar of busy stretches tells nothing of anybody.
    if outside.discretion != Discretion::Busy {
        told.retain(|patient| !outside.unnamed.contains(patient));
        let named = outside.discretion == Discretion::Name;
        let categories: &[&'static str] =
            if named { &["identity", "contact", "appointments"] } else { &["identity", "appointments"] };
        disclosure::note(desk, &mut change, &Handed::a_file(desk, categories), &told).await?;
    }
    change.commit().await?;
    Ok(made)
}

async fn chosen(
    connection: &mut Connection,
    asked: &[PractitionerId],
) -> Result<Vec<(PractitionerId, String)>, CommandError> {
    let all = store::practice::practitioners(connection).await?;
    if asked.is_empty() {
        return Ok(all.into_iter().filter(|one| one.active).map(|one| (one.id, one.name)).collect());
    }
    asked
        .iter()
        .map(|id| {
            let found = all.iter().find(|one| one.id == *id);
            found
                .map(|one| (one.id, one.name.clone()))
                .ok_or_else(|| CommandError::field("practitioner_not_found", "practitioners"))
        })
        .collect()
}

fn row(desk: &Desk, named: &NamedAppointment, outside: &Outside) -> Vec<String> {
    let a = &named.appointment;
    let clock = |minute: i64| WallTime::from_minutes(minute).naive().format("%H:%M").to_string();
    let full = outside.discretion == Discretion::Name;
    let only = |text: String| if full { text } else { String::new() };
    vec![
        from_day_number(a.day).to_string(),
        a.starts.map_or_else(String::new, clock),
        a.starts.map_or_else(String::new, |starts| clock(starts + a.minutes)),
        a.minutes.to_string(),
        named.practitioner.clone(),
        status_word(a.status, outside.language).to_owned(),
        spoken(&a.code),
        outside.person(named),
        only(named.name_arabic.clone()),
        only(
            named.born.parse::<NaiveDate>().map_or_else(|_| String::new(), |born| born.format("%d/%m/%Y").to_string()),
        ),
        only(shown(&named.phone, desk.premises().region())),
        only(named.type_name.clone()),
        only(a.note.clone()),
    ]
}
