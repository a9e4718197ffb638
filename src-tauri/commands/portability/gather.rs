//! Everything held about one person, out of the tables and out of their sealed record, into a [`Dossier`].
//!
//! The caller opens the chart once and says so in the journal; nothing is written here, so that a whole practice can be gathered
//! person by person. Deliberately not here: permissions, what of it leaves, and how.

use std::collections::BTreeMap;

use domain::id::PatientId;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::commands::clock::instant_text;
use crate::commands::record::chart::{Chart, Inside};
use crate::commands::{CommandError, Desk};
use crate::journal;
use crate::privacy::dossier::{
    Content, Damaged, Dossier, Draft, Entry, Identity, Opening, Practice, Practitioner, Record, Site,
};
use crate::store::dossier::{self as rows, Family};
use crate::store::record::EntryRow;
use crate::store::{self, Connection, StoreError};
use crate::vault::JournalKey;

/// What is the same in everybody's dossier: read once.
pub(in crate::commands) struct House {
    /// The practice, its sites and practitioners.
    pub practice: Practice,
    /// Names of users.
    users: BTreeMap<String, String>,
}

impl House {
    /// Reads it.
    ///
    /// # Errors
    /// What the store refuses.
    pub async fn read(desk: &Desk, connection: &mut Connection) -> Result<Self, CommandError> {
        let premises = desk.premises();
        let paper = store::letterhead::practice_paper(connection).await?;
        let sites = store::practice::sites(connection).await?;
        let practitioners = store::practice::practitioners(connection).await?;
        let users = store::access::users(connection).await?;
        let practice = Practice {
            id: premises.practice_id.to_string(),
            name: premises.name.clone(),
            country: premises.country.as_str().to_owned(),
            email: paper.email,
            sites: sites
                .into_iter()
                .map(|one| Site {
                    id: one.id.to_string(),
                    name: one.name,
                    zone: one.zone,
                    address: one.address,
                    postcode: one.postcode,
                    city: one.city,
                    phone: one.phone,
                })
                .collect(),
            practitioners: practitioners
                .into_iter()
                .map(|one| Practitioner {
                    users: users
                        .iter()
                        .filter(|user| user.practitioner_id == Some(one.id))
                        .map(|user| user.id.to_string())
                        .collect(),
                    id: one.id.to_string(),
                    name: one.name,
                    speciality: one.speciality,
                    rpps: one.rpps,
                    inpe: one.inpe,
                })
                .collect(),
        };
        Ok(Self { practice, users: users.into_iter().map(|user| (user.id.to_string(), user.name)).collect() })
    }
}

fn damaged() -> CommandError {
    CommandError::from(StoreError::BadValue)
}

/// A value of one room as the like value of another: they are the same JSON.
fn like<T: Serialize, U: DeserializeOwned>(value: &T) -> Result<U, CommandError> {
    serde_json::to_string(value).ok().and_then(|text| serde_json::from_str(&text).ok()).ok_or_else(damaged)
}

fn entry(row: &EntryRow, inside: Inside) -> Result<Entry, CommandError> {
    Ok(Entry {
        id: row.id.to_string(),
        patient_id: row.patient_id.to_string(),
        version: row.version,
        on: inside.on,
        content: like::<_, Content>(&inside.body)?,
        struck: inside.struck,
        written_at: inside.written_at,
        written_by: inside.written_by,
        author: row.author.clone(),
    })
}

async fn record(connection: &mut Connection, chart: &Chart, patients: &[PatientId]) -> Result<Record, CommandError> {
    let (opened, harmed) = chart.open_all(connection).await?;
    let mut record = Record {
        damaged: harmed
            .into_iter()
            .map(|one| Damaged { id: one.id.to_string(), version: one.version, reason: one.reason })
            .collect(),
        reports: rows::rows(connection, Family::Reports, patients).await?,
        papers: rows::rows(connection, Family::Papers, patients).await?,
        documents: rows::rows(connection, Family::Documents, patients).await?,
        waiting_papers: rows::waiting_papers(connection, patients).await?,
        ..Record::default()
    };
    let corrected = opened.iter().any(|(row, _)| row.version > 1);
    for (row, inside) in opened {
        record.entries.push(entry(&row, inside)?);
    }
    record.entries.sort_by(|a, b| (&b.on, &b.written_at, &b.id).cmp(&(&a.on, &a.written_at, &a.id)));
    if corrected {
        for row in rows::earlier(connection, patients).await? {
            match chart.unseal(&row) {
                Some(inside) => record.earlier.push(entry(&row, inside)?),
                None => record.damaged.push(Damaged {
                    id: row.id.to_string(),
                    version: row.version,
                    reason: "unreadable".to_owned(),
                }),
            }
        }
    }
    for (user_id, saved_at, row) in rows::drafts(connection, patients).await? {
        if let Some(body) = chart.open_draft_of(&user_id, &row) {
            record.drafts.push(Draft { user_id, saved_at, body });
        }
    }
    Ok(record)
}

/// Who opened the record, by the journal; the newest first.
///
/// # Errors
/// What the store and the journal refuse.
pub(in crate::commands) async fn openings(
    desk: &Desk,
    connection: &mut Connection,
    house: &House,
    patients: &[PatientId],
) -> Result<Vec<Opening>, CommandError> {
    let mut keys: BTreeMap<String, Option<JournalKey>> = BTreeMap::new();
    let mut found = Vec::new();
    for row in rows::journalled(connection, patients).await? {
        if !keys.contains_key(&row.owner_id) {
            let bytes = store::journal::key(connection, &row.owner_id).await?;
            let key = bytes.map(|bytes| JournalKey::from_bytes(&bytes)).transpose().map_err(|_| damaged())?;
            keys.insert(row.owner_id.clone(), key);
        }
        let Some(Some(key)) = keys.get(&row.owner_id) else { continue };
        if journal::open_with(key, desk.vault_id, &row)?.kind == "opening" {
            found.push(Opening {
                at: row.at,
                by: house.users.get(&row.user_id).cloned().unwrap_or_default(),
                workstation: row.workstation,
                command: row.command,
                journal_sequence: row.sequence,
            });
        }
    }
    Ok(found)
}

/// Everything held about a person and those who were merged into them. Without a chart, what stands outside the record.
///
/// # Errors
/// `patient_not_found`; `vault_damaged` for a row that is not of its form; what the store refuses.
pub(in crate::commands) async fn gather(
    desk: &Desk,
    connection: &mut Connection,
    house: &House,
    chart: Option<&Chart>,
    patient: PatientId,
) -> Result<Dossier, CommandError> {
    let not_found = || CommandError::field("patient_not_found", "patient_id");
    let patients = match chart {
        Some(chart) => chart.patients().to_vec(),
        None => store::filing::owners(connection, patient).await?,
    };
    let root = chart.map_or(patient, Chart::patient).to_string();
    let mut persons: Vec<Identity> = Vec::with_capacity(patients.len());
    for person in rows::persons(connection, &patients).await? {
        persons.push(like(&person)?);
    }
    let at = persons.iter().position(|one| one.id == root).ok_or_else(not_found)?;
    let identity = persons.remove(at);
    let record = match chart {
        Some(chart) => Some(record(connection, chart, &patients).await?),
        None => None,
    };
    Ok(Dossier {
        format: 1,
        gathered_at: instant_text(desk.now()),
        practice: house.practice.clone(),
        patient: identity,
        merged: persons,
        contacts: rows::rows(connection, Family::Contacts, &patients).await?,
        consents: rows::rows(connection, Family::Consents, &patients).await?,
        agreements: rows::rows(connection, Family::Agreements, &patients).await?,
        requests: rows::rows(connection, Family::Requests, &patients).await?,
        restrictions: rows::rows(connection, Family::Restrictions, &patients).await?,
        directives: rows::rows(connection, Family::Directives, &patients).await?,
        appointments: rows::rows(connection, Family::Appointments, &patients).await?,
        series: rows::rows(connection, Family::Series, &patients).await?,
        waiting: rows::rows(connection, Family::Waiting, &patients).await?,
        calls: rows::rows(connection, Family::Calls, &patients).await?,
        record,
        disclosures: rows::rows(connection, Family::Disclosures, &patients).await?,
        openings: openings(desk, connection, house, &patients).await?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::record::wire::{self, Body};

    /// A text field that is added to what is sealed and not told here makes the mirror refuse it.
    #[test]
    fn every_field_of_every_kind_of_entry_is_told() {
        let bodies = [
            Body::Consultation(wire::Consultation { reason: "fièvre".into(), ..Default::default() }),
            Body::Antecedent(wire::Antecedent { label: "HTA".into(), ..Default::default() }),
            Body::Allergy(wire::Allergy { agent: "latex".into(), ..Default::default() }),
            Body::Condition(wire::Condition { label: "asthme".into(), ald: true, ..Default::default() }),
            Body::Treatment(wire::Treatment { label: "aspirine".into(), ..Default::default() }),
            Body::Vaccination(wire::Vaccination { vaccine: "BCG".into(), ..Default::default() }),
            Body::Measure(wire::Measure { what: "weight".into(), value: "71.5".into(), ..Default::default() }),
            Body::Alert(wire::Alert { text: "chute".into() }),
            Body::Family(wire::Family { relative: "mère".into(), label: "diabète".into() }),
            Body::Report(crate::import::results::Report {
                laboratory: "Labo".into(),
                lines: vec![crate::import::results::ReportLine { label: "TSH".into(), ..Default::default() }],
                ..Default::default()
            }),
            Body::Document(crate::commands::documents::wire::Document { title: "Radio".into(), ..Default::default() }),
        ];
        for body in bodies {
            let content: Content = like(&body).expect("told");
            assert_eq!(
                serde_json::to_value(&content).expect("JSON"),
                serde_json::to_value(&body).expect("JSON"),
                "{}",
                content.kind()
            );
        }
    }
}
