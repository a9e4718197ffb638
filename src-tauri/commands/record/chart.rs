//! A patient's chart under a practitioner's keys: the one place where entries of the record are sealed and opened.
//!
//! Whatever writes an entry goes through [`Chart::write`] or [`Chart::replace`], which also journal it: the number of an
//! entry's journal entries is its version, and a row that says less was put back. Nothing else may journal under
//! `entry:…`. Not here: permissions (the caller's change asks for one), what an entry means.

use std::collections::BTreeMap;

use domain::id::{EntryId, PatientId};
use domain::role::Permission;
use domain::time::wall;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::wire::{Body, DamagedEntryView, RecordEntryView};
use crate::commands::desk::Change;
use crate::commands::patient::save::patient_key_place;
use crate::commands::{CommandError, Desk};
use crate::journal::ChangeRecord;
use crate::store::record::{self, EntryRow};
use crate::store::record_text::DraftRow;
use crate::store::{self, Connection, StoreError};
use crate::vault::{self, Context, PatientKey};

/// Longest entry, in bytes of its JSON.
const LIMIT: usize = 1 << 20;

/// What is sealed. Date and signature stand inside as well: the columns beside it prove nothing.
#[derive(Clone, Serialize, Deserialize)]
pub struct Inside {
    /// ISO date that it is about.
    pub on: String,
    /// What it holds.
    pub body: Body,
    /// Why it was struck.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub struck: Option<String>,
    /// UTC instant of this version.
    pub written_at: String,
    /// The user who signed this version.
    pub written_by: String,
}

/// The journal's word of a change: never content.
#[derive(Serialize)]
struct Trace {
    version: i64,
    digest: String,
}

/// A patient's keys, opened.
pub struct Chart {
    vault: uuid::Uuid,
    patient: PatientId,
    patients: Vec<PatientId>,
    keys: BTreeMap<(PatientId, i64), PatientKey>,
    newest: i64,
    /// Kept and nothing else: never written to.
    limited_since: Option<String>,
}

fn place<'a>(vault: uuid::Uuid, id: &'a str, patient: &'a str, row: &EntryRow) -> Option<Context<'a>> {
    Some(Context {
        vault,
        table: "clinical_entry",
        column: "sealed",
        row: id,
        patient,
        version: u64::try_from(row.version).ok()?,
        key_id: u32::try_from(row.key_version).ok()?,
    })
}

/// Where a draft stands: a user has one about a patient, and what it said before is nobody's history.
fn draft_place<'a>(vault: uuid::Uuid, user: &'a str, patient: &'a str, key_version: i64) -> Option<Context<'a>> {
    Some(Context {
        vault,
        table: "clinical_draft",
        column: "sealed",
        row: user,
        patient,
        version: 1,
        key_id: u32::try_from(key_version).ok()?,
    })
}

fn no_randomness<E>(_: E) -> CommandError {
    CommandError::new("no_randomness")
}

impl Chart {
    /// Opens the keys of a patient and of everybody who was merged into them.
    ///
    /// # Errors
    /// `permission_denied`, `clinical_pending` for a practitioner who was not given the clinical key yet,
    /// `patient_not_found`, `record_limited` where the person's data are limited and no ground was stated to open them.
    pub async fn open(desk: &Desk, connection: &mut Connection, patient: PatientId) -> Result<Self, CommandError> {
        let chart = Self::open_for_keeping(desk, connection, patient).await?;
        match &chart.limited_since {
            Some(since) if !desk.reading.is_granted(chart.patient) => {
                Err(CommandError::new("record_limited").with("since", since))
            }
            _ => Ok(chart),
        }
    }

    /// As [`Chart::open`], for what a limitation lets stand: the person's own copy, the archive, the proof. Nothing of it is
    /// shown to somebody who works with the record.
    ///
    /// # Errors
    /// As [`Chart::open`], but for `record_limited`.
    pub async fn open_for_keeping(
        desk: &Desk,
        connection: &mut Connection,
        patient: PatientId,
    ) -> Result<Self, CommandError> {
        if !desk.session().roles.may(Permission::ReadClinical) {
            return Err(CommandError::new("permission_denied").with("permission", Permission::ReadClinical.as_str()));
        }
        let root = store::patient::resolved(connection, patient)
            .await?
            .ok_or_else(|| CommandError::field("patient_not_found", "patient_id"))?
            .id;
        let (patients, sealed) = record::keys(connection, root).await?;
        let limited_since = store::restriction::limited_since(connection, &patients).await?;
        let unlocked = desk.unlocked.lock().await;
        let private = unlocked.clinical.as_ref().ok_or_else(|| CommandError::new("clinical_pending"))?;
        let (mut keys, mut newest) = (BTreeMap::new(), 0);
        for (id, version, sealed) in sealed {
            if id == root {
                newest = version;
            }
            // A key that does not open leaves its entries unreadable, and they are named; the others open.
            if let Some(key) = open_key(desk.vault_id, private, id, version, &sealed) {
                keys.insert((id, version), key);
            }
        }
        Ok(Self { vault: desk.vault_id, patient: root, patients, keys, newest, limited_since })
    }

    /// Whose it is: the one that others were merged into.
    #[must_use]
    pub fn patient(&self) -> PatientId {
        self.patient
    }

    /// Since when the record is limited.
    #[must_use]
    pub fn limited_since(&self) -> Option<&str> {
        self.limited_since.as_deref()
    }

    /// Refuses to change what is limited, whatever ground it was opened for.
    fn changeable(&self) -> Result<(), CommandError> {
        match &self.limited_since {
            Some(since) => Err(CommandError::new("record_limited").with("since", since)),
            None => Ok(()),
        }
    }

    /// The patient and everybody who was merged into them.
    #[must_use]
    pub fn patients(&self) -> &[PatientId] {
        &self.patients
    }

    /// Seals what this user is writing about the patient.
    ///
    /// # Errors
    /// `record_damaged` where the patient's key does not open.
    pub(super) fn seal_draft(&self, desk: &Desk, plain: &[u8]) -> Result<DraftRow, CommandError> {
        self.changeable()?;
        let damaged = || CommandError::new("record_damaged");
        let key = self.keys.get(&(self.patient, self.newest)).ok_or_else(damaged)?;
        let (user, patient) = (desk.session().user_id.to_string(), self.patient.to_string());
        let place = draft_place(self.vault, &user, &patient, self.newest).ok_or_else(damaged)?;
        let sealed = vault::seal(key, &place, plain).map_err(no_randomness)?;
        Ok(DraftRow { patient_id: self.patient, key_version: self.newest, sealed })
    }

    /// Opens what this user was writing; none where it does not open.
    #[must_use]
    pub(super) fn open_draft(&self, desk: &Desk, row: &DraftRow) -> Option<String> {
        self.open_draft_of(&desk.session().user_id.to_string(), row)
    }

    /// Opens what a user was writing, whoever they are; none where it does not open.
    #[must_use]
    pub(in crate::commands) fn open_draft_of(&self, user: &str, row: &DraftRow) -> Option<String> {
        let key = self.keys.get(&(row.patient_id, row.key_version))?;
        let patient = row.patient_id.to_string();
        let place = draft_place(self.vault, user, &patient, row.key_version)?;
        let plain = vault::open(key, &place, &row.sealed).ok()?;
        std::str::from_utf8(&plain).ok().map(str::to_owned)
    }

    /// The newest key of the patient, with its version: what documents are sealed under.
    #[must_use]
    pub fn newest_key(&self) -> Option<(&PatientKey, i64)> {
        self.key(self.patient, self.newest).map(|key| (key, self.newest))
    }

    /// A key of the patient, or of somebody who was merged into them.
    #[must_use]
    pub fn key(&self, patient: PatientId, version: i64) -> Option<&PatientKey> {
        self.keys.get(&(patient, version))
    }

    /// Opens one row as the journal knows it; none where it does not open, or an earlier version was put back.
    ///
    /// # Errors
    /// What the store refuses.
    pub async fn standing(&self, connection: &mut Connection, row: &EntryRow) -> Result<Option<Inside>, CommandError> {
        let whole = record::journalled_version(connection, row).await? == row.version;
        Ok(self.unseal(row).filter(|_| whole))
    }

    /// Opens one row; none where it does not open, or was signed by somebody else than its columns say.
    #[must_use]
    pub fn unseal(&self, row: &EntryRow) -> Option<Inside> {
        let key = self.keys.get(&(row.patient_id, row.key_version))?;
        let (id, patient) = (row.id.to_string(), row.patient_id.to_string());
        let plain = vault::open(key, &place(self.vault, &id, &patient, row)?, &row.sealed).ok()?;
        let inside: Inside = serde_json::from_slice(&plain).ok()?;
        (inside.written_at == row.written_at && inside.written_by == row.written_by).then_some(inside)
    }

    /// Everything that opens, and the names of what does not.
    ///
    /// # Errors
    /// What the store refuses.
    pub async fn open_all(
        &self,
        connection: &mut Connection,
    ) -> Result<(Vec<(EntryRow, Inside)>, Vec<DamagedEntryView>), CommandError> {
        let mut known = record::journalled(connection, &self.patients).await?;
        let (mut opened, mut damaged) = (Vec::with_capacity(known.len()), Vec::new());
        let take = |row: EntryRow| {
            let version = known.remove(&row.id).unwrap_or(0);
            match self.unseal(&row) {
                Some(inside) if version == row.version => opened.push((row, inside)),
                Some(_) => damaged.push(harm(row.id, row.version, "rolled_back")),
                None => damaged.push(harm(row.id, row.version, "unreadable")),
            }
        };
        record::each_entry(connection, &self.patients, take).await?;
        damaged.extend(known.into_iter().map(|(id, version)| harm(id, version, "missing")));
        Ok((opened, damaged))
    }

    /// Writes a new entry within a change, and journals it.
    ///
    /// # Errors
    /// `record_damaged` where the patient's key does not open, `record_limited`, `too_long`, what the store refuses.
    pub async fn write(
        &self,
        desk: &Desk,
        change: &mut Change<'_>,
        on: String,
        body: Body,
    ) -> Result<(EntryRow, Inside), CommandError> {
        self.changeable()?;
        let id = EntryId::new(desk.make_id());
        let inside = self.signed(desk, change, on, body, None);
        let row = self.seal(desk, id, self.patient, (1, self.newest), &inside)?;
        record::insert(change.connection(), &row).await?;
        self.trace(change, &row, true).await?;
        Ok((row, inside))
    }

    /// Puts the next version in an entry's place within a change, and journals it. The one before is kept.
    ///
    /// # Errors
    /// As [`Chart::write`]; `changed_meanwhile`.
    pub async fn replace(
        &self,
        desk: &Desk,
        change: &mut Change<'_>,
        before: &EntryRow,
        (on, body, struck): (String, Body, Option<String>),
    ) -> Result<(EntryRow, Inside), CommandError> {
        self.changeable()?;
        let inside = self.signed(desk, change, on, body, struck);
        let keys = self.keys.keys().filter(|(of, _)| *of == before.patient_id).map(|(_, version)| *version);
        let key = keys.max().unwrap_or(before.key_version);
        let row = self.seal(desk, before.id, before.patient_id, (before.version + 1, key), &inside)?;
        record::update(change.connection(), &row).await.map_err(|error| match error {
            StoreError::NotFound => CommandError::new("changed_meanwhile"),
            other => other.into(),
        })?;
        self.trace(change, &row, false).await?;
        Ok((row, inside))
    }

    /// Seals a value that stands beside the record's entries under the newest key of one of its patients, for its table, column and
    /// row. Returns the key's version too.
    ///
    /// # Errors
    /// `record_damaged` where the patient's key does not open.
    pub fn seal_value(
        &self,
        (table, column, row): (&str, &str, &str),
        patient: PatientId,
        plain: &[u8],
    ) -> Result<(i64, Vec<u8>), CommandError> {
        let damaged = || CommandError::new("record_damaged");
        let newest = self.keys.iter().filter(|((of, _), _)| *of == patient).max_by_key(|((_, version), _)| *version);
        let ((_, version), key) = newest.ok_or_else(damaged)?;
        let owner = patient.to_string();
        let key_id = u32::try_from(*version).map_err(|_| damaged())?;
        let place = Context { vault: self.vault, table, column, row, patient: &owner, version: 1, key_id };
        Ok((*version, vault::seal(key, &place, plain).map_err(no_randomness)?))
    }

    /// Opens what [`Chart::seal_value`] sealed; none where it does not open.
    #[must_use]
    pub fn open_value(
        &self,
        (table, column, row): (&str, &str, &str),
        patient: PatientId,
        key_version: i64,
        sealed: &[u8],
    ) -> Option<Zeroizing<Vec<u8>>> {
        let key = self.keys.get(&(patient, key_version))?;
        let owner = patient.to_string();
        let key_id = u32::try_from(key_version).ok()?;
        let place = Context { vault: self.vault, table, column, row, patient: &owner, version: 1, key_id };
        vault::open(key, &place, sealed).ok()
    }

    fn signed(&self, desk: &Desk, change: &Change<'_>, on: String, body: Body, struck: Option<String>) -> Inside {
        let written_by = desk.session().user_id.to_string();
        Inside { on, body, struck, written_at: change.at().to_owned(), written_by }
    }

    fn seal(
        &self,
        desk: &Desk,
        id: EntryId,
        patient: PatientId,
        (version, key_version): (i64, i64),
        inside: &Inside,
    ) -> Result<EntryRow, CommandError> {
        let damaged = || CommandError::new("record_damaged");
        let key = self.keys.get(&(patient, key_version)).ok_or_else(damaged)?;
        let plain = Zeroizing::new(serde_json::to_vec(inside).map_err(|_| damaged())?);
        if plain.len() > LIMIT {
            return Err(CommandError::field("too_long", "body").with("limit", LIMIT));
        }
        let mut row = EntryRow {
            id,
            patient_id: patient,
            version,
            key_version,
            sealed: Vec::new(),
            written_at: inside.written_at.clone(),
            written_by: inside.written_by.clone(),
            author: desk.session().name.clone(),
        };
        let (id, patient) = (id.to_string(), patient.to_string());
        let place = place(self.vault, &id, &patient, &row).ok_or_else(damaged)?;
        row.sealed = vault::seal(key, &place, &plain).map_err(no_randomness)?;
        Ok(row)
    }

    async fn trace(&self, change: &mut Change<'_>, row: &EntryRow, new: bool) -> Result<i64, CommandError> {
        let after = Trace { version: row.version, digest: vault::digest(&row.sealed) };
        let record = if new {
            ChangeRecord::created("clinical_entry", &after)
        } else {
            let before = Trace { version: row.version - 1, digest: String::new() };
            ChangeRecord::updated("clinical_entry", &before, &after)
        };
        let owner = row.patient_id.to_string();
        change.record("record", &format!("entry:{}", row.id), Some(&owner), &record).await
    }
}

fn open_key(
    vault: uuid::Uuid,
    private: &vault::ClinicalPrivateKey,
    id: PatientId,
    version: i64,
    sealed: &[u8],
) -> Option<PatientKey> {
    let text = id.to_string();
    let key_id = vault::sealed_key_id(sealed).ok()?;
    let place = patient_key_place(vault, &text, u64::try_from(version).ok()?, key_id);
    PatientKey::from_bytes(&vault::open_with(private, &place, sealed).ok()?).ok()
}

/// Names an entry that cannot be read.
pub(super) fn harm(id: EntryId, version: i64, reason: &str) -> DamagedEntryView {
    DamagedEntryView { id, version, reason: reason.to_owned() }
}

/// An opened entry as a screen shows it.
///
/// # Errors
/// `vault_damaged` where its instant is none.
pub(super) fn view(desk: &Desk, row: &EntryRow, inside: Inside) -> Result<RecordEntryView, CommandError> {
    let instant = inside.written_at.parse().map_err(|_| CommandError::from(StoreError::BadValue))?;
    Ok(RecordEntryView {
        id: row.id,
        version: row.version,
        on: inside.on,
        body: inside.body,
        struck: inside.struck,
        written_at: wall(instant, &desk.premises().zone),
        written_by: row.author.clone(),
    })
}
