//! Messages to patients: the practice's mail server, what waits to be said, what was said and what could not be.

use chrono::{DateTime, Utc};
use domain::id::{AppointmentId, PatientId};
use domain::messages::{Seen, Standing, Template};
use domain::time::{WallTime, Zone, instant};
use serde::{Deserialize, Serialize};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::row::{flag, json_list, number, number_option, parsed, parsed_option, text};
use super::{Connection, StoreError};

/// The mail server that the practice chose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailServer {
    /// Its name.
    pub host: String,
    /// Its port.
    pub port: i64,
    /// `tls`, `starttls`, `none`.
    pub security: String,
    /// A certificate authority of one's own, PEM; empty: the public ones.
    pub authority: String,
    /// User at the server; empty: none is asked for.
    pub login: String,
    /// The address that messages come from.
    pub address: String,
    /// The name that stands with it.
    pub sender: String,
    /// The language of who has none of their own.
    pub language: String,
    /// Hours before an appointment at which is reminded.
    pub hours_before: Vec<u8>,
    /// Whether messages go by themselves.
    pub enabled: bool,
}

/// How the last runs went.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MailStanding {
    /// Instant of the last try.
    pub tried_at: Option<String>,
    /// Instant of the last success.
    pub succeeded_at: Option<String>,
    /// Failures in a row.
    pub failures: i64,
    /// Why the last try failed; empty where it did not.
    pub code: String,
}

/// The mail server, and how it stands; none where none was set up.
///
/// # Errors
/// What SQLite refuses.
pub async fn server(connection: &mut Connection) -> Result<Option<(MailServer, MailStanding)>, StoreError> {
    let row = sqlx::query(
        "SELECT host, port, security, authority, login, address, sender, language, hours_before, enabled, tried_at, succeeded_at,
                failures, code FROM mail_server",
    )
    .fetch_optional(connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let server = MailServer {
        host: text(&row, 0)?,
        port: number(&row, 1)?,
        security: text(&row, 2)?,
        authority: text(&row, 3)?,
        login: text(&row, 4)?,
        address: text(&row, 5)?,
        sender: text(&row, 6)?,
        language: text(&row, 7)?,
        hours_before: json_list(&text(&row, 8)?)?,
        enabled: flag(&row, 9)?,
    };
    let standing = MailStanding {
        tried_at: row.try_get(10)?,
        succeeded_at: row.try_get(11)?,
        failures: number(&row, 12)?,
        code: text(&row, 13)?,
    };
    Ok(Some((server, standing)))
}

/// Sets the server up, or changes it. What waited while nothing went is not said any more.
///
/// # Errors
/// What SQLite refuses.
pub async fn save_server(connection: &mut Connection, one: &MailServer) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO mail_server (only_one, host, port, security, authority, login, address, sender, language, hours_before, enabled)
         VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET host = excluded.host, port = excluded.port, security = excluded.security,
            authority = excluded.authority, login = excluded.login, address = excluded.address, sender = excluded.sender,
            language = excluded.language, hours_before = excluded.hours_before, enabled = excluded.enabled, failures = 0, code = '',
            tried_at = NULL",
    )
    .bind(&one.host)
    .bind(one.port)
    .bind(&one.security)
    .bind(&one.authority)
    .bind(&one.login)
    .bind(&one.address)
    .bind(&one.sender)
    .bind(&one.language)
    .bind(serde_json::to_string(&one.hours_before).map_err(|_| StoreError::BadValue)?)
    .bind(one.enabled)
    .execute(&mut *connection)
    .await?;
    if !one.enabled {
        sqlx::query("DELETE FROM message_pending").execute(connection).await?;
    }
    Ok(())
}

/// Notes how a run went.
///
/// # Errors
/// What SQLite refuses.
pub async fn note_run(connection: &mut Connection, standing: &MailStanding) -> Result<(), StoreError> {
    sqlx::query("UPDATE mail_server SET tried_at = ?, succeeded_at = ?, failures = ?, code = ?")
        .bind(&standing.tried_at)
        .bind(&standing.succeeded_at)
        .bind(standing.failures)
        .bind(&standing.code)
        .execute(connection)
        .await?;
    Ok(())
}

/// What a message is made of: read when it is sent.
#[derive(Debug, Clone)]
pub struct Facts {
    /// The appointment.
    pub appointment_id: AppointmentId,
    /// Its booking code.
    pub code: String,
    /// When it begins, at its site.
    pub starts: WallTime,
    /// Where it stands.
    pub standing: Standing,
    /// The practitioner's name.
    pub practitioner: String,
    /// The site's name and town.
    pub place: String,
    /// The site's phone.
    pub phone: String,
    /// The site's zone.
    pub zone: Zone,
    /// The patient.
    pub patient_id: PatientId,
    /// Their address; empty where there is none.
    pub email: String,
    /// Their language; empty where there is none.
    pub language: String,
    /// A portal sends for this practitioner.
    pub by_portal: bool,
}

/// A change that may have to be said.
#[derive(Debug, Clone)]
pub struct Pending {
    /// What it is about, as it stands now.
    pub facts: Facts,
    /// What the patient knows.
    pub before: Seen,
    /// Which state of the change this is.
    pub revision: i64,
    /// When a run saw it first.
    pub noticed_at: Option<DateTime<Utc>>,
    /// How often it was tried.
    pub tries: i64,
    /// When it is tried again.
    pub not_before: Option<DateTime<Utc>>,
}

const FACTS: &str = "a.id, a.code, a.starts, a.status, a.cancelled_by, p.name,
    CASE WHEN s.city = '' THEN s.name ELSE s.name || ', ' || s.city END, s.phone, s.zone, t.id, t.email, t.language,
    EXISTS (SELECT 1 FROM sync_covered c WHERE c.practitioner_id = a.practitioner_id)";

const JOINED: &str = "JOIN practitioner p ON p.id = a.practitioner_id JOIN site s ON s.id = a.site_id
    JOIN patient t ON t.id = a.patient_id";

fn standing_of(status: &str, cancelled_by: Option<&str>) -> Standing {
    match status {
        "requested" => Standing::Asked,
        "booked" | "confirmed" => Standing::Booked,
        "arrived" | "in_consultation" | "done" | "no_show" | "left" => Standing::Came,
        "cancelled" if cancelled_by == Some("practice") => Standing::CalledOffByPractice,
        "cancelled" => Standing::CalledOff,
        _ => Standing::Nothing,
    }
}

fn facts(row: &SqliteRow) -> Result<Facts, StoreError> {
    let cancelled_by: Option<String> = row.try_get(4)?;
    Ok(Facts {
        appointment_id: parsed(row, 0)?,
        code: text(row, 1)?,
        starts: WallTime::from_minutes(number(row, 2)?),
        standing: standing_of(&text(row, 3)?, cancelled_by.as_deref()),
        practitioner: text(row, 5)?,
        place: text(row, 6)?,
        phone: text(row, 7)?,
        zone: parsed(row, 8)?,
        patient_id: parsed(row, 9)?,
        email: text(row, 10)?,
        language: text(row, 11)?,
        by_portal: flag(row, 12)?,
    })
}

/// Stamps the changes that no run had seen yet.
///
/// # Errors
/// What SQLite refuses.
pub async fn notice(connection: &mut Connection, now: &str) -> Result<u64, StoreError> {
    let done = sqlx::query("UPDATE message_pending SET noticed_at = ? WHERE noticed_at IS NULL").bind(now);
    Ok(done.execute(connection).await?.rows_affected())
}

/// Whether there are changes that no run has seen yet.
///
/// # Errors
/// What SQLite refuses.
pub async fn is_unnoticed(connection: &mut Connection) -> Result<bool, StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM message_pending WHERE noticed_at IS NULL)";
    Ok(sqlx::query_scalar::<_, i64>(sql).fetch_one(connection).await? != 0)
}

/// Every change that may have to be said.
///
/// # Errors
/// What SQLite refuses.
pub async fn pending(connection: &mut Connection) -> Result<Vec<Pending>, StoreError> {
    let sql = format!(
        "SELECT {FACTS}, m.was_status, m.was_starts, m.revision, m.noticed_at, m.tries, m.not_before
           FROM message_pending m JOIN appointment a ON a.id = m.appointment_id {JOINED} ORDER BY a.starts, a.id"
    );
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_all(connection).await?;
    rows.iter()
        .map(|row| {
            let facts = facts(row)?;
            let was: Option<String> = row.try_get(13)?;
            let was_starts = number_option(row, 14)?.map(WallTime::from_minutes);
            let before = match was {
                Some(was) => Seen {
                    standing: standing_of(&was, None),
                    start_at: was_starts.map(|wall| instant(wall, &facts.zone)),
                    unseen: false,
                },
                None => Seen::NOTHING,
            };
            Ok(Pending {
                before,
                revision: number(row, 15)?,
                noticed_at: parsed_option(row, 16)?,
                tries: number(row, 17)?,
                not_before: parsed_option(row, 18)?,
                facts,
            })
        })
        .collect()
}

/// A change is said, or need not be: it goes, unless it changed again meanwhile.
///
/// # Errors
/// What SQLite refuses.
pub async fn settle(connection: &mut Connection, one: &Pending) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM message_pending WHERE appointment_id = ? AND revision = ?")
        .bind(one.facts.appointment_id.to_string())
        .bind(one.revision)
        .execute(connection)
        .await?;
    Ok(())
}

/// A change is tried again later.
///
/// # Errors
/// What SQLite refuses.
pub async fn put_off(connection: &mut Connection, one: &Pending, not_before: &str) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE message_pending SET tries = tries + 1, not_before = ? WHERE appointment_id = ? AND revision = ?",
    )
    .bind(not_before)
    .bind(one.facts.appointment_id.to_string())
    .bind(one.revision)
    .execute(connection)
    .await?;
    Ok(())
}

/// Appointments to come of which somebody may be reminded, between two wall times, with when something was last told of that time.
/// One that waits to be said is none of them.
///
/// # Errors
/// What SQLite refuses.
pub async fn to_come(
    connection: &mut Connection,
    from: WallTime,
    until: WallTime,
) -> Result<Vec<(Facts, Option<DateTime<Utc>>)>, StoreError> {
    let sql = format!(
        "SELECT {FACTS}, (SELECT max(m.settled_at) FROM message m WHERE m.appointment_id = a.id AND m.starts = a.starts)
           FROM appointment a {JOINED}
          WHERE a.practitioner_id IN (SELECT id FROM practitioner) AND a.starts BETWEEN ? AND ?
            AND a.status IN ('booked', 'confirmed')
            AND NOT EXISTS (SELECT 1 FROM message_pending w WHERE w.appointment_id = a.id)
          ORDER BY a.starts, a.id"
    );
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(from.minutes()).bind(until.minutes()).fetch_all(connection);
    rows.await?.iter().map(|row| Ok((facts(row)?, parsed_option(row, 13)?))).collect()
}

/// Writes down what became of a message.
///
/// # Errors
/// What SQLite refuses.
pub async fn add(
    connection: &mut Connection,
    id: &str,
    facts: &Facts,
    template: Template,
    code: &str,
    settled_at: &str,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO message (id, appointment_id, template, starts, state, code, settled_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(id)
    .bind(facts.appointment_id.to_string())
    .bind(template.as_str())
    .bind(facts.starts.minutes())
    .bind(if code.is_empty() { "sent" } else { "failed" })
    .bind(code)
    .bind(settled_at)
    .execute(connection)
    .await?;
    Ok(())
}

/// What could not be said of an appointment that is still to come.
#[derive(Debug, Clone)]
pub struct Untold {
    /// The appointment.
    pub appointment_id: AppointmentId,
    /// Who should have heard.
    pub patient_id: PatientId,
    /// Their name.
    pub patient: String,
    /// Their phone; empty where there is none.
    pub phone: String,
    /// When it begins.
    pub starts: WallTime,
    /// With whom.
    pub practitioner: String,
    /// What it should have said.
    pub template: Template,
    /// Why it did not go.
    pub code: String,
    /// When that was found.
    pub settled_at: String,
}

/// The last thing of each appointment to come that could not be said, where nothing was said of it since.
///
/// # Errors
/// What SQLite refuses.
pub async fn untold(connection: &mut Connection, from: WallTime) -> Result<Vec<Untold>, StoreError> {
    sqlx::query(
        "SELECT a.id, t.id, trim(t.surname || ' ' || t.first_name), CASE WHEN t.mobile <> '' THEN t.mobile ELSE t.phone END, m.starts,
                p.name, m.template, m.code, m.settled_at
           FROM message m JOIN appointment a ON a.id = m.appointment_id JOIN practitioner p ON p.id = a.practitioner_id
           JOIN patient t ON t.id = a.patient_id
          WHERE m.state = 'failed' AND m.starts >= ? AND m.starts = a.starts AND a.status <> 'deleted'
            AND NOT EXISTS (SELECT 1 FROM message l WHERE l.appointment_id = m.appointment_id
                AND (l.settled_at, l.id) > (m.settled_at, m.id))
          ORDER BY m.starts, a.id LIMIT 200",
    )
    .bind(from.minutes())
    .fetch_all(connection)
    .await?
    .iter()
    .map(|row| {
        Ok(Untold {
            appointment_id: parsed(row, 0)?,
            patient_id: parsed(row, 1)?,
            patient: text(row, 2)?,
            phone: text(row, 3)?,
            starts: WallTime::from_minutes(number(row, 4)?),
            practitioner: text(row, 5)?,
            template: parsed(row, 6)?,
            code: text(row, 7)?,
            settled_at: text(row, 8)?,
        })
    })
    .collect()
}

/// How many went since an instant, and how many changes wait to be said.
///
/// # Errors
/// What SQLite refuses.
pub async fn counts(connection: &mut Connection, since: &str) -> Result<(i64, i64), StoreError> {
    let row = sqlx::query(
        "SELECT (SELECT count(*) FROM message WHERE state = 'sent' AND settled_at >= ?), (SELECT count(*) FROM message_pending)",
    )
    .bind(since)
    .fetch_one(connection)
    .await?;
    Ok((number(&row, 0)?, number(&row, 1)?))
}

/// Whether an appointment stands as it was read: at that time, in that state, with no change that was not seen.
///
/// # Errors
/// What SQLite refuses.
pub async fn is_as_read(
    connection: &mut Connection,
    facts: &Facts,
    pending: Option<&Pending>,
) -> Result<bool, StoreError> {
    let row = sqlx::query(
        "SELECT a.starts, a.status, a.cancelled_by, (SELECT revision FROM message_pending WHERE appointment_id = a.id)
           FROM appointment a WHERE a.id = ?",
    )
    .bind(facts.appointment_id.to_string())
    .fetch_optional(connection)
    .await?;
    let Some(row) = row else { return Ok(false) };
    let cancelled_by: Option<String> = row.try_get(2)?;
    Ok(number_option(&row, 0)? == Some(facts.starts.minutes())
        && standing_of(&text(&row, 1)?, cancelled_by.as_deref()) == facts.standing
        && number_option(&row, 3)? == pending.map(|pending| pending.revision))
}
