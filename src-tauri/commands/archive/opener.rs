//! What is sealed in a row, opened on its way out. One place knows every sealed column; a column that is sealed and stands nowhere
//! here stops the export, so that nothing leaves as bytes that nobody can ever open.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::rows::{Named, damaged};
use super::tables::JOURNAL;
use crate::commands::patient::save::patient_key_place;
use crate::commands::results::sealing;
use crate::commands::{CommandError, Desk};
use crate::privacy::archive::rows::Value;
use crate::store::Connection;
use crate::store::tables::{self as archive, Cell, Table};
use crate::vault::{self, ClinicalPrivateKey, Context, FilingKey, JournalKey, PatientKey};

/// How many keys are opened before somebody else may use the session's.
const KEYS_AT_ONCE: usize = 500;

/// The keys of a vault, opened.
pub(super) struct Opener {
    pub(super) vault: Uuid,
    patients: BTreeMap<(String, i64), PatientKey>,
    journals: BTreeMap<String, JournalKey>,
    /// What did not open, by its id.
    pub unreadable: Vec<String>,
}

/// Where a patient's sealed value stands.
pub(super) fn place<'a>(
    vault: Uuid,
    (table, column, row): (&'a str, &'a str, &'a str),
    patient: &'a str,
    (version, key): (i64, i64),
) -> Result<Context<'a>, CommandError> {
    let version = u64::try_from(version).map_err(|_| damaged())?;
    let key_id = u32::try_from(key).map_err(|_| damaged())?;
    Ok(Context { vault, table, column, row, patient, version, key_id })
}

/// Where a former entry's change stands.
pub(super) fn former_place<'a>(vault: Uuid, row: &'a str, owner: &'a str) -> Context<'a> {
    Context { vault, table: "former_journal", column: "sealed", row, patient: owner, version: 1, key_id: 1 }
}

/// Where the picture of a signature stands.
pub(super) fn signature_place(
    vault: Uuid,
    practitioner: &str,
    version: i64,
    key_id: u32,
) -> Result<Context<'_>, CommandError> {
    let version = u64::try_from(version).map_err(|_| damaged())?;
    Ok(Context {
        vault,
        table: "practitioner_signature",
        column: "sealed",
        row: practitioner,
        patient: "",
        version,
        key_id,
    })
}

/// What is needed beside a table's columns to open its rows: an expression, and the name of its column.
pub(super) fn beside(table: &str) -> Option<(&'static str, &'static str)> {
    (table == "report_seen")
        .then_some(("patient_id", "(SELECT r.patient_id FROM report r WHERE r.entry_id = t.entry_id)"))
}

impl Opener {
    /// Opens every key that opens.
    ///
    /// # Errors
    /// `clinical_pending`, what the store refuses.
    pub async fn new(desk: &Desk, connection: &mut Connection) -> Result<Self, CommandError> {
        let all = archive::tables(connection).await?;
        let table = |name: &str| all.iter().find(|table| table.name == name).ok_or_else(damaged);
        let mut sealed: Vec<(String, i64, Vec<u8>)> = Vec::new();
        let of_keys = table("patient_key")?;
        archive::each_row(connection, of_keys, "", |cells| {
            let row =
                Named { columns: &of_keys.columns, values: cells.into_iter().map(super::rows::from_cell).collect() };
            sealed.push((row.text("patient_id")?, row.number("version")?, row.bytes("sealed")?));
            Ok::<(), CommandError>(())
        })
        .await?;
        let mut patients = BTreeMap::new();
        for some in sealed.chunks(KEYS_AT_ONCE) {
            let unlocked = desk.unlocked.lock().await;
            let private = unlocked.clinical.as_ref().ok_or_else(|| CommandError::new("clinical_pending"))?;
            tokio::task::block_in_place(|| {
                for (patient, version, sealed) in some {
                    if let Some(key) = patient_key(desk.vault_id, private, patient, *version, sealed) {
                        patients.insert((patient.clone(), *version), key);
                    }
                }
            });
        }
        let mut journals = BTreeMap::new();
        let of_journal = table("journal_key")?;
        archive::each_row(connection, of_journal, "", |cells| {
            if let [Cell::Text(owner), Cell::Bytes(bytes)] = cells.as_slice() {
                journals.insert(owner.clone(), JournalKey::from_bytes(bytes).map_err(|_| damaged())?);
            }
            Ok::<(), CommandError>(())
        })
        .await?;
        Ok(Self { vault: desk.vault_id, patients, journals, unreadable: Vec::new() })
    }

    /// Whether every sealed column of a table is known here.
    ///
    /// # Errors
    /// `archive_unknown_seal`.
    pub fn knows(table: &Table) -> Result<(), CommandError> {
        let known = [
            "clinical_draft",
            "clinical_entry",
            "clinical_entry_version",
            "document",
            "filed",
            "former_journal",
            "patient_key",
            "practitioner_signature",
            "report_seen",
            JOURNAL,
        ];
        let sealed = table.columns.iter().any(|column| column.starts_with("sealed"));
        if sealed && !known.contains(&table.name.as_str()) {
            return Err(CommandError::new("archive_unknown_seal").with("table", &table.name));
        }
        Ok(())
    }

    /// Opens what is sealed in a row.
    ///
    /// # Errors
    /// `vault_damaged` where the row is not of its form.
    pub fn open(&mut self, table: &str, row: &mut Named<'_>, private: &ClinicalPrivateKey) -> Result<(), CommandError> {
        match table {
            "patient_key" => row.set("sealed", Value::Key),
            "document" => row.set("sealed_key", Value::Key),
            "clinical_entry" => self.entry(row, "id")?,
            "clinical_entry_version" => self.entry(row, "entry_id")?,
            "clinical_draft" => {
                let (user, patient) = (row.text("user_id")?, row.text("patient_id")?);
                let versions = (1, row.number("key_version")?);
                self.of_patient(row, ("clinical_draft", &user), &patient, versions)?;
            }
            "report_seen" => {
                let (entry, version, user) = (row.text("entry_id")?, row.number("version")?, row.text("user_id")?);
                let (mark, patient) = (format!("{entry}:{version}:{user}"), row.text("patient_id")?);
                let versions = (1, row.number("key_version")?);
                self.of_patient(row, ("report_seen", &mark), &patient, versions)?;
            }
            "filed" => {
                let id = row.text("id")?;
                let opened = filed(self.vault, private, &id, &row.bytes("sealed_key")?, &row.bytes("sealed")?);
                match opened {
                    Some(plain) => {
                        row.set("sealed", Value::Opened(plain));
                        row.set("sealed_key", Value::Key);
                    }
                    None => self.harmed(row, "sealed", id)?,
                }
            }
            "practitioner_signature" => {
                let (practitioner, version) = (row.text("practitioner_id")?, row.number("version")?);
                let sealed = row.bytes("sealed")?;
                let key_id = vault::sealed_key_id(&sealed).unwrap_or(0);
                match vault::open_with(private, &signature_place(self.vault, &practitioner, version, key_id)?, &sealed)
                {
                    Ok(plain) => row.set("sealed", Value::Opened(plain)),
                    Err(_) => self.harmed(row, "sealed", practitioner)?,
                }
            }
            JOURNAL => {
                let (sequence, owner) = (row.number("sequence")?.to_string(), row.text("owner_id")?);
                let context = Context {
                    vault: self.vault,
                    table: "journal",
                    column: "sealed",
                    row: &sequence,
                    patient: &owner,
                    version: 1,
                    key_id: 1,
                };
                self.of_owner(row, &owner, &context, format!("journal:{sequence}"))?;
            }
            "former_journal" if row.text_option("vault_id").is_some() => {
                let (vault, sequence, owner) = (row.text("vault_id")?, row.number("sequence")?, row.text("owner_id")?);
                let name = format!("{vault}:{sequence}");
                if row.bytes("sealed").is_ok() {
                    self.of_owner(row, &owner, &former_place(self.vault, &name, &owner), name.clone())?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn entry(&mut self, row: &mut Named<'_>, id: &str) -> Result<(), CommandError> {
        let (id, patient) = (row.text(id)?, row.text("patient_id")?);
        let versions = (row.number("version")?, row.number("key_version")?);
        self.of_patient(row, ("clinical_entry", &id), &patient, versions)
    }

    fn of_patient(
        &mut self,
        row: &mut Named<'_>,
        (table, id): (&str, &str),
        patient: &str,
        versions: (i64, i64),
    ) -> Result<(), CommandError> {
        let sealed = row.bytes("sealed")?;
        let context = place(self.vault, (table, "sealed", id), patient, versions)?;
        let key = self.patients.get(&(patient.to_owned(), versions.1));
        match key.and_then(|key| vault::open(key, &context, &sealed).ok()) {
            Some(plain) => row.set("sealed", Value::Opened(plain)),
            None => self.harmed(row, "sealed", id.to_owned())?,
        }
        Ok(())
    }

    /// A change of the history: gone where its key was erased.
    fn of_owner(
        &mut self,
        row: &mut Named<'_>,
        owner: &str,
        context: &Context<'_>,
        id: String,
    ) -> Result<(), CommandError> {
        let Some(key) = self.journals.get(owner) else {
            row.set("sealed", Value::Null);
            return Ok(());
        };
        match vault::open(key, context, &row.bytes("sealed")?) {
            Ok(plain) => row.set("sealed", Value::Opened(plain)),
            Err(_) => {
                row.set("sealed", Value::Null);
                self.unreadable.push(id);
            }
        }
        Ok(())
    }

    fn harmed(&mut self, row: &mut Named<'_>, column: &str, id: String) -> Result<(), CommandError> {
        let bytes = row.bytes(column)?;
        row.set(column, Value::Unreadable(bytes));
        self.unreadable.push(id);
        Ok(())
    }
}

fn patient_key(
    vault: Uuid,
    private: &ClinicalPrivateKey,
    patient: &str,
    version: i64,
    sealed: &[u8],
) -> Option<PatientKey> {
    let key_id = vault::sealed_key_id(sealed).ok()?;
    let place = patient_key_place(vault, patient, u64::try_from(version).ok()?, key_id);
    PatientKey::from_bytes(&vault::open_with(private, &place, sealed).ok()?).ok()
}

fn filed(
    vault: Uuid,
    private: &ClinicalPrivateKey,
    id: &str,
    sealed_key: &[u8],
    sealed: &[u8],
) -> Option<zeroize::Zeroizing<Vec<u8>>> {
    let key_id = vault::sealed_key_id(sealed_key).ok()?;
    let bytes = vault::open_with(private, &sealing::place(vault, "sealed_key", id, key_id), sealed_key).ok()?;
    let key = FilingKey::from_bytes(&bytes).ok()?;
    vault::open(&key, &sealing::place(vault, "sealed", id, 1), sealed).ok()
}
