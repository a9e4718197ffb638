//! What stood open in the archive, sealed anew under the keys of the vault that takes it in.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::path::PathBuf;

use uuid::Uuid;
use zeroize::Zeroizing;

use super::opener::{former_place, place, signature_place};
use super::pieces::sealing as refused;
use super::rows::{Named, damaged};
use super::tables::PRIVATE;
use crate::commands::documents::sweep::FOLDER;
use crate::commands::documents::upload::{file_place, key_place};
use crate::commands::patient::save::patient_key_place;
use crate::commands::results::sealing;
use crate::commands::{CommandError, Desk};
use crate::privacy::archive::ArchiveError;
use crate::privacy::archive::rows::{PersonFile, Value};
use crate::store::{Connection, journal as keys};
use crate::vault::{self, ClinicalPublicKey, Context, FilingKey, JournalKey, PatientKey};

/// The new keys.
pub(super) struct Sealer {
    vault: Uuid,
    public: ClinicalPublicKey,
    key_id: u32,
    documents: PathBuf,
    patients: BTreeMap<(String, i64), PatientKey>,
    journals: BTreeMap<String, JournalKey>,
    /// Keys of documents' files.
    files: BTreeMap<String, FilingKey>,
    /// The names of files there, and here.
    names: BTreeMap<String, String>,
    /// Users there, and the account of the same login here.
    pub users: BTreeMap<String, String>,
    /// What was written into the documents' folder.
    written: Vec<PathBuf>,
}

impl Sealer {
    /// For a practitioner's session.
    ///
    /// # Errors
    /// `clinical_pending`.
    pub async fn new(desk: &Desk) -> Result<Self, CommandError> {
        let unlocked = desk.unlocked.lock().await;
        let pending = || CommandError::new("clinical_pending");
        // From the private key, never from the file: a session that can open seals to no key that was put there.
        let public = unlocked.clinical.as_ref().ok_or_else(pending)?.public_key();
        let (_, key_id) = desk.clinical_public.as_ref().ok_or_else(pending)?;
        Ok(Self {
            vault: desk.vault_id,
            public,
            key_id: *key_id,
            documents: desk.folder().join(FOLDER),
            patients: BTreeMap::new(),
            journals: BTreeMap::new(),
            files: BTreeMap::new(),
            names: BTreeMap::new(),
            users: BTreeMap::new(),
            written: Vec::new(),
        })
    }

    /// Removes what was written: nothing of it is anybody's.
    pub fn discard(&self) {
        for path in &self.written {
            let _ = fs::remove_file(path);
        }
    }

    /// Seals a person's file.
    ///
    /// # Errors
    /// What the disk refuses.
    pub fn file(&mut self, file: &PersonFile, content: &mut dyn Read) -> Result<(), ArchiveError> {
        fs::create_dir_all(&self.documents)?;
        let key;
        let name = if file.kind == "paper" {
            let known = self.patients.get(&(file.patient.clone(), file.key));
            let known = known.ok_or_else(|| ArchiveError::Changed { part: file.name.clone() })?;
            let key_id = u32::try_from(file.key).map_err(|_| ArchiveError::Changed { part: file.name.clone() })?;
            let context = Context {
                vault: self.vault,
                table: FOLDER,
                column: "",
                row: &file.id,
                patient: &file.patient,
                version: 1,
                key_id,
            };
            vault::save_document(&self.documents, known, &context, content)
        } else {
            key = FilingKey::make().map_err(io::Error::other)?;
            let saved =
                vault::save_document(&self.documents, &key, &file_place(self.vault, &file.id, &file.patient), content);
            self.files.insert(file.id.clone(), key);
            saved
        };
        let name = name.map_err(|error| match error {
            vault::SealError::Io(kind) => ArchiveError::Disk(kind),
            _ => ArchiveError::Changed { part: file.name.clone() },
        })?;
        let name = name.to_string();
        self.written.push(self.documents.join(&name));
        self.names.insert(file.file.clone(), name);
        Ok(())
    }

    /// A file's name here.
    fn named(&self, name: &str) -> String {
        self.names.get(name).cloned().unwrap_or_else(|| name.to_owned())
    }

    /// What an entry says of its file, with the name that it has here.
    fn renamed(&self, plain: Zeroizing<Vec<u8>>) -> Zeroizing<Vec<u8>> {
        let mut plain = plain;
        if self.names.is_empty() || plain.len() < 66 {
            return plain;
        }
        let mut at = 0;
        while at + 66 <= plain.len() {
            let word = &plain[at..at + 66];
            let hexadecimal = |byte: &u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
            if word[0] == b'"' && word[65] == b'"' && word[1..65].iter().all(hexadecimal) {
                let name = String::from_utf8_lossy(&word[1..65]).into_owned();
                if let Some(new) = self.names.get(&name) {
                    plain[at + 1..at + 65].copy_from_slice(new.as_bytes());
                }
                at += 65;
            } else {
                at += 1;
            }
        }
        plain
    }

    /// Seals what a row holds open.
    ///
    /// # Errors
    /// `vault_damaged` where the row is not of its form, what the store refuses.
    pub async fn seal(
        &mut self,
        connection: &mut Connection,
        table: &str,
        row: &mut Named<'_>,
    ) -> Result<(), CommandError> {
        if PRIVATE.contains(&table)
            && let Some(here) = self.users.get(&row.text("user_id")?)
        {
            row.set("user_id", Value::Text(here.clone()));
        }
        match table {
            "patient_key" => self.patient_key(row)?,
            "document" => self.document(row)?,
            "signed_paper" => row.set("document", Value::Text(self.named(&row.text("document")?))),
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
            "filed" => self.filed(row)?,
            "practitioner_signature" => {
                let (practitioner, version) = (row.text("practitioner_id")?, row.number("version")?);
                if let Some(plain) = opened(row, "sealed") {
                    let context = signature_place(self.vault, &practitioner, version, self.key_id)?;
                    row.set("sealed", Value::Bytes(vault::seal_to(&self.public, &context, &plain).map_err(refused)?));
                }
            }
            "former_journal" => {
                let name = format!("{}:{}", row.text("vault_id")?, row.number("sequence")?);
                if let Some(plain) = opened(row, "sealed") {
                    let owner = row.text("owner_id")?;
                    let vault = self.vault;
                    let key = self.journal_key(connection, &owner).await?;
                    let sealed = vault::seal(key, &former_place(vault, &name, &owner), &plain).map_err(refused)?;
                    row.set("sealed", Value::Bytes(sealed));
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn patient_key(&mut self, row: &mut Named<'_>) -> Result<(), CommandError> {
        let (patient, version) = (row.text("patient_id")?, row.number("version")?);
        let key = PatientKey::make().map_err(refused)?;
        let context =
            patient_key_place(self.vault, &patient, u64::try_from(version).map_err(|_| damaged())?, self.key_id);
        let sealed = vault::seal_to(&self.public, &context, key.expose()).map_err(refused)?;
        row.set("sealed", Value::Bytes(sealed));
        self.patients.insert((patient, version), key);
        Ok(())
    }

    fn document(&mut self, row: &mut Named<'_>) -> Result<(), CommandError> {
        let (id, patient, version) = (row.text("id")?, row.text("patient_id")?, row.number("key_version")?);
        // Of a file that was missing there is no key either; the row says so as it did.
        let key = self.files.remove(&id).map_or_else(FilingKey::make, Ok).map_err(refused)?;
        let sealed = if version > 0 {
            let known = self.patients.get(&(patient.clone(), version)).ok_or_else(damaged)?;
            vault::seal(
                known,
                &place(self.vault, ("document", "sealed_key", &id), &patient, (1, version))?,
                key.expose(),
            )
        } else {
            vault::seal_to(&self.public, &key_place(self.vault, &id, &patient, self.key_id), key.expose())
        };
        row.set("sealed_key", Value::Bytes(sealed.map_err(refused)?));
        row.set("file", Value::Text(self.named(&row.text("file")?)));
        Ok(())
    }

    fn filed(&self, row: &mut Named<'_>) -> Result<(), CommandError> {
        let id = row.text("id")?;
        if let Some(plain) = opened(row, "sealed") {
            let plain = self.renamed(plain);
            let key = FilingKey::make().map_err(refused)?;
            let sealed = vault::seal(&key, &sealing::place(self.vault, "sealed", &id, 1), &plain).map_err(refused)?;
            let context = sealing::place(self.vault, "sealed_key", &id, self.key_id);
            row.set("sealed", Value::Bytes(sealed));
            row.set("sealed_key", Value::Bytes(vault::seal_to(&self.public, &context, key.expose()).map_err(refused)?));
        }
        Ok(())
    }

    fn entry(&self, row: &mut Named<'_>, id: &str) -> Result<(), CommandError> {
        let (id, patient) = (row.text(id)?, row.text("patient_id")?);
        let versions = (row.number("version")?, row.number("key_version")?);
        self.of_patient(row, ("clinical_entry", &id), &patient, versions)
    }

    fn of_patient(
        &self,
        row: &mut Named<'_>,
        (table, id): (&str, &str),
        patient: &str,
        versions: (i64, i64),
    ) -> Result<(), CommandError> {
        if let Some(plain) = opened(row, "sealed") {
            let plain = self.renamed(plain);
            let key = self.patients.get(&(patient.to_owned(), versions.1)).ok_or_else(damaged)?;
            let sealed = vault::seal(key, &place(self.vault, (table, "sealed", id), patient, versions)?, &plain);
            row.set("sealed", Value::Bytes(sealed.map_err(refused)?));
        }
        Ok(())
    }

    async fn journal_key(&mut self, connection: &mut Connection, owner: &str) -> Result<&JournalKey, CommandError> {
        if !self.journals.contains_key(owner) {
            let key = match keys::key(connection, owner).await? {
                Some(bytes) => JournalKey::from_bytes(&bytes).map_err(refused)?,
                None => {
                    let key = JournalKey::make().map_err(refused)?;
                    keys::insert_key(connection, owner, key.expose()).await?;
                    key
                }
            };
            self.journals.insert(owner.to_owned(), key);
        }
        self.journals.get(owner).ok_or_else(damaged)
    }
}

/// What stands open in a column.
fn opened(row: &mut Named<'_>, column: &str) -> Option<Zeroizing<Vec<u8>>> {
    match row.take(column) {
        Some(Value::Opened(plain)) => Some(plain),
        Some(other) => {
            row.set(column, other);
            None
        }
        None => None,
    }
}
