//! The export: persons first, each into a sealed working file; then, of one moment, whoever changed since and all tables; at last the
//! file itself, out of the working files.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::id::PatientId;
use domain::role::Permission;
use serde_json::json;
use tokio::task::{JoinHandle, spawn_blocking};
use zeroize::Zeroizing;

use super::output::{self, Output};
use super::person::{self, Around, ToldOf};
use super::pieces::{self, Piece, Run, copy, writing};
use super::rows::damaged;
use super::transverse::Transverse;
use super::wire::{ArchivedView, ExportArchiveRequest};
use super::{opens, whole};
use crate::commands::agenda::print::language;
use crate::commands::disclosure::{self, Handed};
use crate::commands::portability::gather::House as Gathering;
use crate::commands::results::take_in::take_in;
use crate::commands::{CommandError, Desk, retention};
use crate::journal::ChangeRecord;
use crate::privacy::archive::manifest::{Manifest, Part};
use crate::privacy::archive::packed::{Measure, Whole};
use crate::privacy::archive::person::House;
use crate::privacy::archive::readme::{self, Sender};
use crate::privacy::archive::rows::List;
use crate::privacy::archive::{FORMAT, TRANSVERSE, file_name, person_name};
use crate::store::archive_run::{self, PieceRow};
use crate::store::{self, Connection, ReadConnection};

/// Commands whose entries in the practice's own name change nothing that is in a person's archive.
const UNTOUCHING: [&str; 5] = ["back_up", "export_archive", "export_agenda", "export_patients", "permission_denied"];

/// What leaves about everybody.
const WHOLE: &[&str] =
    &["identity", "contact", "appointments", "calls", "consents", "record", "results", "prescriptions", "documents"];

/// Writes the whole practice into an archive.
///
/// # Errors
/// `permission_denied`, `clinical_pending`, `archive_running`, `archive_persons_first`, `archive_stopped`, `archive_exists`, `folder_missing`,
/// `unknown_word`, what disk and store refuse. Whatever it is, the vault is as it was, and what is finished is kept.
pub async fn export_archive(desk: &Desk, request: ExportArchiveRequest) -> Result<ArchivedView, CommandError> {
    desk.require(Permission::ExportData, "export_archive").await?;
    desk.require(Permission::ReadClinical, "export_archive").await?;
    opens(desk)?;
    let running = desk.leaving.begin()?;
    let words = language(&request.language)?;
    let folder = PathBuf::from(&request.into);
    if !folder.is_dir() {
        return Err(CommandError::field("folder_missing", "into"));
    }
    output::tidy(desk).await?;
    let archived = store::archive::known::count_archived(&mut *desk.store().read().await?).await?;
    if archived > 0 {
        if !request.bring_back {
            return Err(CommandError::field("archive_persons_first", "bring_back").with("n", archived));
        }
        retention::bring_all_back(desk).await?;
    }
    while take_in(desk, None).await? > 0 {}
    let (run, kept) = pieces::begin(desk, &request.language, request.anew).await?;
    let made_at = run.row.begun_at.parse().map_err(|_| damaged())?;
    let mut connection = desk.read(Permission::ExportData, "export_archive").await?;
    let gathering = Gathering::read(desk, &mut connection).await?;
    let house = House {
        vault: desk.vault_id,
        sender: sender(&gathering),
        made_at,
        language: words,
        country: gathering.practice.country.clone(),
    };
    let around = Arc::new(Around { house, gathering });
    let mut work =
        Work { desk, run, around, pieces: kept.into_iter().map(|one| (one.patient_id, one)).collect(), reused: 0 };
    work.drop_stale(&mut connection).await?;
    work.reused = work.pieces.len();
    work.persons(&mut connection).await?;
    let told = work.moment(&mut connection).await;
    // Whatever went wrong, nobody else's writing waits for this reading.
    let _ = store::tables::release(&mut connection).await;
    drop(connection);
    let told = told?;
    let view = work.write(&folder.join(file_name(desk.now())), told).await?;
    let mut change = desk.change(Permission::ExportData, "export_archive").await?;
    let what = json!({ "persons": view.persons, "files": view.files, "unreadable": view.unreadable.len(), "bytes": view.bytes });
    let subject = desk.premises().practice_id.to_string();
    change.record("exports", &subject, None, &ChangeRecord::created("archive", &what)).await?;
    let all = Handed { purpose: "leaving", ..Handed::a_file(desk, WHOLE) };
    disclosure::note_everybody(desk, &mut change, &all).await?;
    work.run.end(change.connection()).await?;
    change.commit().await?;
    work.run.clear();
    drop(running);
    Ok(view)
}

fn sender(gathering: &Gathering) -> Sender {
    let practice = &gathering.practice;
    let number = practice.practitioners.iter().map(|one| if one.rpps.is_empty() { &one.inpe } else { &one.rpps });
    Sender {
        practice: practice.name.clone(),
        number: number.into_iter().find(|number| !number.is_empty()).cloned().unwrap_or_default(),
        email: practice.email.clone(),
        phone: practice.sites.first().map(|site| site.phone.clone()).unwrap_or_default(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
    }
}

/// A person who is being built on another processor.
type Building = JoinHandle<std::io::Result<(Vec<u8>, PieceRow)>>;

/// The export under way.
struct Work<'a> {
    desk: &'a Desk,
    run: Run,
    around: Arc<Around>,
    pieces: BTreeMap<PatientId, PieceRow>,
    reused: usize,
}

/// What the second part hands to the third.
struct Moment {
    /// Persons in the order of the archive.
    order: Vec<PieceRow>,
    /// The working file of TRANSVERSE.ZIP.
    transverse: (String, Measure),
    list: List,
    unreadable: Vec<String>,
}

impl Work<'_> {
    /// Forgets whoever changed since they were finished.
    async fn drop_stale(&mut self, connection: &mut Connection) -> Result<(), CommandError> {
        let Some(oldest) = self.pieces.values().map(|one| one.head).min() else { return Ok(()) };
        let practice = self.desk.premises().practice_id.to_string();
        let mut changed: BTreeMap<String, i64> = BTreeMap::new();
        for (owner, command, sequence) in archive_run::touched_since(connection, oldest).await? {
            if owner == practice {
                if !UNTOUCHING.contains(&command.as_str()) {
                    // A name of a type or of a practitioner stands in everybody's.
                    self.pieces.retain(|_, one| one.head >= sequence);
                }
                continue;
            }
            let newest = changed.entry(owner).or_default();
            *newest = (*newest).max(sequence);
        }
        for (owner, sequence) in changed {
            let root = archive_run::root_of(connection, &owner).await?;
            for id in [Some(owner), root].into_iter().flatten() {
                if let Ok(id) = id.parse::<PatientId>()
                    && self.pieces.get(&id).is_some_and(|one| one.head < sequence)
                {
                    self.pieces.remove(&id);
                }
            }
        }
        let persons: BTreeSet<PatientId> = archive_run::persons(connection).await?.into_iter().collect();
        self.pieces.retain(|id, _| persons.contains(id));
        Ok(())
    }

    /// Finishes everybody who is not.
    async fn persons(&mut self, connection: &mut ReadConnection) -> Result<(), CommandError> {
        let persons = archive_run::persons(connection).await?;
        let total = persons.len() as u64;
        let mut left: Vec<PatientId> = persons.into_iter().filter(|one| !self.pieces.contains_key(one)).collect();
        left.reverse();
        let mut piece = self.run.piece(self.desk.vault_id);
        let at_once = std::thread::available_parallelism().map_or(1, usize::from).clamp(1, 8) * 2;
        let mut building: VecDeque<Building> = VecDeque::new();
        while !left.is_empty() || !building.is_empty() {
            let done = self.pieces.len() + piece.persons();
            if let Err(stopped) = self.desk.leaving.step("persons", done as u64, total) {
                piece.close(self.desk).await?;
                return Err(stopped);
            }
            // Whoever is gathered is built on another processor, while the next are being gathered.
            while building.len() < at_once
                && let Some(patient) = left.pop()
            {
                let head = store::journal::head(connection).await?.map_or(0, |(sequence, _)| sequence);
                let (prepared, heavy) = person::prepare(self.desk, connection, &self.around, patient, head).await?;
                match heavy {
                    None => {
                        let around = Arc::clone(&self.around);
                        building.push_back(spawn_blocking(move || prepared.build(&around, Vec::new())));
                    }
                    Some(heavy) => prepared.write(self.desk, connection, &self.around, heavy, &mut piece).await?,
                }
            }
            if let Some(one) = building.pop_front() {
                let built = one.await.map_err(|_| CommandError::new("interrupted"))?;
                let (bytes, row) = built.map_err(|error| writing(&error))?;
                tokio::task::block_in_place(|| lay(Zeroizing::new(bytes), row, &mut piece))?;
            }
            if piece.is_full() {
                self.pieces.extend(piece.close(self.desk).await?.into_iter().map(|one| (one.patient_id, one)));
            }
        }
        self.pieces.extend(piece.close(self.desk).await?.into_iter().map(|one| (one.patient_id, one)));
        Ok(())
    }

    /// Everything of one moment: whoever changed while the others were written, and the tables.
    async fn moment(&mut self, connection: &mut ReadConnection) -> Result<Moment, CommandError> {
        store::tables::hold(connection).await?;
        self.drop_stale(connection).await?;
        let gathering = Gathering::read(self.desk, connection).await?;
        self.around = Arc::new(Around { house: self.around.house.clone(), gathering });
        self.persons(connection).await?;
        let mut order: Vec<PieceRow> = self.pieces.values().cloned().collect();
        order.sort_by(|a, b| (&a.file, a.offset).cmp(&(&b.file, b.offset)));
        let mut files = Vec::new();
        let mut unreadable = Vec::new();
        for (place, one) in order.iter().enumerate() {
            let told: ToldOf = serde_json::from_str(&one.told).map_err(|_| damaged())?;
            let archive = person_name(place + 1);
            files.extend(told.files.into_iter().map(|mut file| {
                if !file.name.is_empty() {
                    file.archive.clone_from(&archive);
                }
                file
            }));
            unreadable.extend(told.unreadable);
        }
        let vault = self.desk.vault_id;
        let below = self.run.keep(vault)?;
        let mut transverse = Transverse::begin(self.desk, connection, below, &self.around.house).await?;
        transverse.agendas(connection, &self.around.house).await?;
        transverse.traces(connection).await?;
        let list = transverse.tables(connection, files.into_iter()).await?;
        let (counted, measure, harmed) = transverse.finish()?;
        unreadable.extend(harmed);
        unreadable.sort();
        unreadable.dedup();
        let name = tokio::task::block_in_place(|| self.run.land(counted))?;
        Ok(Moment { order, transverse: (name, measure), list, unreadable })
    }

    /// The file itself.
    async fn write(&self, target: &Path, moment: Moment) -> Result<ArchivedView, CommandError> {
        let output = output::begin(self.desk, target).await?;
        let written = tokio::task::block_in_place(|| {
            let whole = Whole::new(output.file()?);
            self.fill(whole, &moment)
        });
        let files = match written {
            Ok(files) => files,
            Err(error) => {
                output.discard();
                return Err(error);
            }
        };
        let bytes = finish(output)?;
        Ok(ArchivedView {
            path: target.to_string_lossy().into_owned(),
            bytes: whole(bytes),
            persons: whole(moment.order.len() as u64),
            reused: whole(self.reused as u64),
            files,
            unreadable: moment.unreadable,
        })
    }

    fn fill<W: Write + Seek>(&self, mut whole_archive: Whole<W>, moment: &Moment) -> Result<i64, CommandError> {
        let failed = |error: std::io::Error| writing(&error);
        let house = &self.around.house;
        whole_archive.add("README.TXT", &readme::whole(&house.sender)).map_err(failed)?;
        whole_archive.add("DOCUMENTATION/DONNEES.TXT", &readme::tables(&moment.list)).map_err(failed)?;
        whole_archive.add("DOCUMENTATION/SIGNATURE.TXT", &readme::signature()).map_err(failed)?;
        let (name, measure) = &moment.transverse;
        whole_archive.begin(&format!("{TRANSVERSE}.ZIP"), measure.bytes).map_err(failed)?;
        copy(&mut self.run.open(house.vault, name)?, &mut whole_archive, measure.bytes).map_err(failed)?;
        let mut archives = vec![Part {
            id: TRANSVERSE.to_owned(),
            person: String::new(),
            bytes: measure.bytes,
            digest: measure.digest.clone(),
        }];
        let mut files = 0;
        let mut reading: Option<(String, Box<dyn Read>, i64)> = None;
        let total = moment.order.len() as u64;
        for (place, one) in moment.order.iter().enumerate() {
            self.desk.leaving.step("file", place as u64, total)?;
            let told: ToldOf = serde_json::from_str(&one.told).map_err(|_| damaged())?;
            files += told.files.iter().filter(|file| !file.name.is_empty()).count() as u64;
            let (id, bytes) = (person_name(place + 1), u64::try_from(one.bytes).map_err(|_| damaged())?);
            whole_archive.begin(&format!("{id}.ZIP"), bytes).map_err(failed)?;
            if reading.as_ref().is_none_or(|(name, _, at)| *name != one.file || *at > one.offset) {
                reading = Some((one.file.clone(), Box::new(self.run.open(house.vault, &one.file)?), 0));
            }
            let (_, below, at) = reading.as_mut().ok_or_else(damaged)?;
            // Somebody who was finished anew lies in another file: their old one is passed over.
            let skipped = u64::try_from(one.offset - *at).map_err(|_| damaged())?;
            copy(below, &mut std::io::sink(), skipped).map_err(failed)?;
            copy(below, &mut whole_archive, bytes).map_err(failed)?;
            *at = one.offset + one.bytes;
            archives.push(Part { id, person: told.person, bytes, digest: one.digest.clone() });
        }
        let manifest = Manifest {
            id: self.run.row.id.clone(),
            format: FORMAT,
            made_at: self.run.row.begun_at.clone(),
            practice: house.sender.practice.clone(),
            country: house.country.clone(),
            software: format!("Semainier {}", house.sender.version),
            vault: house.vault.to_string(),
            unreadable: moment.unreadable.clone(),
            archives,
        };
        whole_archive.add("MANIFEST.XML", &manifest.xml()).map_err(failed)?;
        whole_archive.finish().map_err(failed)?;
        Ok(whole(files))
    }
}

/// Lays somebody who was built behind the others of a working file.
fn lay(bytes: Zeroizing<Vec<u8>>, mut row: PieceRow, piece: &mut Piece<'_>) -> Result<(), CommandError> {
    let (mut counted, offset) = piece.writer()?;
    counted.write_all(&bytes).map_err(|error| writing(&error))?;
    row.offset = i64::try_from(offset).map_err(|_| damaged())?;
    piece.finished(counted, row);
    Ok(())
}

fn finish(output: Output) -> Result<u64, CommandError> {
    tokio::task::block_in_place(|| output.finish())
}
