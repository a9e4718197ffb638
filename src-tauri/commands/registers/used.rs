//! How this practice really uses the program: what the proposals for the register follow from, and what the program can say
//! itself at a review.

use chrono::{DateTime, Months, NaiveDate, TimeDelta, Utc};
use domain::privacy::activity::{Portal, Server, Use};

use crate::commands::safekeeping;
use crate::commands::sync::wire::InstructionTerms;
use crate::commands::{CommandError, Desk};
use crate::store::{self, Connection, StoreError};

/// A backup older than this many days protects nothing that was written since.
const RECENT: i64 = 7;

/// How the practice uses the program, with the facts behind it.
pub(super) struct Used {
    /// What proposals follow from.
    pub used: Use,
    /// Patients.
    pub patients: i64,
    /// When the newest verified backup was made.
    pub backup_at: Option<DateTime<Utc>>,
    /// Accounts that may sign in.
    pub accounts: i64,
}

/// The name of the server in an address.
pub(super) fn host(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let host = authority.rsplit('@').next().unwrap_or(authority);
    let host = if host.starts_with('[') { host.split_inclusive(']').next() } else { host.split(':').next() };
    host.unwrap_or_default().to_lowercase()
}

/// The portal that an instruction is in force for, and what it may be told.
async fn portal(connection: &mut Connection) -> Result<Option<Portal>, CommandError> {
    let all = store::sync::instructions(connection).await?;
    let Some((row, _)) = all.into_iter().find(|(row, _)| row.ended_on.is_none()) else { return Ok(None) };
    let terms: InstructionTerms = serde_json::from_str(&row.terms).map_err(|_| StoreError::BadValue)?;
    let (email, birth_date, reason) = (terms.email, terms.birth_date, terms.reason);
    Ok(Some(Portal { host: host(&row.address), email, birth_date, reason }))
}

/// Reads how the practice uses the program.
pub(super) async fn read(desk: &Desk, connection: &mut Connection) -> Result<Used, CommandError> {
    let today: NaiveDate = desk.wall_now().date();
    let adult_since = today.checked_sub_months(Months::new(18 * 12)).unwrap_or(today);
    let parts = store::registers::used_parts(connection, adult_since).await?;
    let users = store::access::users(connection).await?;
    let active: Vec<_> = users.iter().filter(|user| user.state != "disabled").map(store::access::User::roles).collect();
    let count = |holds: fn(&domain::role::Roles) -> bool| i64::try_from(active.iter().filter(|one| holds(one)).count());
    let mut servers: Vec<Server> = Vec::new();
    for (one, _) in store::publishing::all(connection).await? {
        if one.enabled {
            servers.push(Server {
                host: host(&one.address),
                discretion: one.discretion.as_str().to_owned(),
                days: one.days_back + one.days_ahead,
            });
        }
    }
    servers.sort_by(|a, b| (&a.host, &a.discretion).cmp(&(&b.host, &b.discretion)));
    let mail = store::message::server(connection).await?.filter(|(server, _)| server.enabled);
    let arrangement = safekeeping::arrangement(connection).await?;
    let backups = store::upkeep::backups(connection, 100).await?;
    let verified = backups.iter().filter(|one| one.outcome == "verified").filter_map(|one| one.at.parse().ok());
    let backup_at: Option<DateTime<Utc>> = verified.max();
    let used = Use {
        practitioners: count(|one| one.practitioner).unwrap_or(i64::MAX),
        secretaries: count(|one| one.secretary).unwrap_or(i64::MAX),
        administrators: count(|one| one.administrator).unwrap_or(i64::MAX),
        lock_after: desk.premises().lock_after_minutes,
        record: parts.record,
        prescriptions: parts.prescriptions,
        results: parts.results,
        calls: parts.calls,
        waiting_list: parts.waiting_list,
        queue: parts.queue,
        numbers: parts.numbers,
        minors: parts.minors,
        contact_persons: parts.contact_persons,
        taken_over: parts.taken_over,
        servers,
        portal: portal(connection).await?,
        mail_server: mail.map(|(server, _)| server.host.to_lowercase()),
        backed_up: backup_at.is_some_and(|at| desk.now() - at <= TimeDelta::days(RECENT)),
        backups_kept: arrangement.keep,
        second_place: arrangement.second_place,
    };
    Ok(Used { used, patients: parts.patients, backup_at, accounts: i64::try_from(active.len()).unwrap_or(i64::MAX) })
}

#[cfg(test)]
mod tests {
    use super::host;

    #[test]
    fn the_server_is_named_without_user_port_or_path() {
        for (address, name) in [
            ("https://agenda.example/dav/user/", "agenda.example"),
            ("https://user@Agenda.example:8443/dav", "agenda.example"),
            ("http://[::1]:5232/x", "[::1]"),
            ("agenda.example", "agenda.example"),
        ] {
            assert_eq!(host(address), name);
        }
    }
}
