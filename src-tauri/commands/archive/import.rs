//! The way back: an archive of this program into a vault that is still empty. Held against its manifest first, all of it; then one
//! transaction, so that whatever goes wrong leaves the vault as it was.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::BufReader;
use std::path::Path;

use domain::id::PatientId;
use domain::role::Permission;
use serde_json::json;
use tokio::sync::mpsc;

use super::opener::beside;
use super::rows::{Named, damaged, to_cell};
use super::sealer::Sealer;
use super::tables::{GUARDED, JOURNAL, OWN_SETTINGS, parted};
use super::transverse::JOURNALLED;
use super::wire::{ImportArchiveRequest, TakenInView};
use super::{opens, whole};
use crate::commands::desk::Change;
use crate::commands::documents::sweep::{self, FOLDER};
use crate::commands::entrance::create::disk;
use crate::commands::{CommandError, Desk, practice};
use crate::journal::ChangeRecord;
use crate::privacy::archive::ArchiveError;
use crate::privacy::archive::reading::Opened;
use crate::privacy::archive::rows::{Heading, List, Listed, Value};
use crate::store::archive_run::FormerVault;
use crate::store::record::{self, EntryRow};
use crate::store::tables::{self as archive, Cell, Table};
use crate::store::{self, Connection, MIGRATOR};
use crate::vault;

/// Rows that are handed over at once.
const BATCH: usize = 200;

/// Takes an archive in.
///
/// # Errors
/// `permission_denied`, `clinical_pending`, `archive_not_empty`, `archive_unreadable`, `archive_foreign`, `archive_newer`,
/// `archive_changed` naming the part, `archive_running`, `archive_stopped`, `file_missing`, what disk and store refuse.
pub async fn import_archive(desk: &Desk, request: ImportArchiveRequest) -> Result<TakenInView, CommandError> {
    desk.require(Permission::ImportData, "import_archive").await?;
    desk.require(Permission::WriteClinical, "import_archive").await?;
    opens(desk)?;
    let running = desk.leaving.begin()?;
    let archive = tokio::task::block_in_place(|| checked(desk, Path::new(&request.path)))?;
    let folder = desk.folder().join(FOLDER);
    fs::create_dir_all(&folder).map_err(|error| disk(&error))?;
    let held = sweep::hold(&folder).map_err(|error| disk(&error))?;
    let mut change = desk.change(Permission::ImportData, "import_archive").await?;
    if !archive::is_empty(change.connection()).await? {
        return Err(CommandError::new("archive_not_empty"));
    }
    let mut arrival =
        Arrival { desk, sealer: Sealer::new(desk).await?, view: TakenInView::default(), done: 0, total: 0 };
    let taken = async {
        arrival.run(&mut change, archive).await?;
        change.commit().await
    };
    if let Err(error) = taken.await {
        arrival.sealer.discard();
        return Err(error);
    }
    drop(held);
    practice::refresh(desk).await?;
    drop(running);
    Ok(arrival.view)
}

/// Opens an archive and holds all of it against its manifest.
fn checked(desk: &Desk, path: &Path) -> Result<Opened, CommandError> {
    let file = File::open(path).map_err(|_| CommandError::field("file_missing", "path"))?;
    let mut archive = Opened::new(Box::new(BufReader::with_capacity(256 * 1024, file)))?;
    archive.verify(|done, total| desk.leaving.step("checking", done, total).is_ok())?;
    Ok(archive)
}

/// What is being taken in.
struct Arrival<'a> {
    desk: &'a Desk,
    sealer: Sealer,
    view: TakenInView,
    done: u64,
    total: u64,
}

/// Rows of a table with its heading.
type Batch = Result<(Heading, Vec<Vec<Value>>), ArchiveError>;

/// Reads a table beside what is done with its rows.
fn read(mut from: Opened, file: String) -> (mpsc::Receiver<Batch>, tokio::task::JoinHandle<Opened>) {
    let (sender, receiver) = mpsc::channel(2);
    let reading = tokio::task::spawn_blocking(move || {
        let mut waiting: Option<(Heading, Vec<Vec<Value>>)> = None;
        let read = from.each_row(&file, |heading, values| {
            let (_, rows) = waiting.get_or_insert_with(|| (heading.clone(), Vec::with_capacity(BATCH)));
            rows.push(values);
            if rows.len() >= BATCH
                && let Some(full) = waiting.take()
                && sender.blocking_send(Ok(full)).is_err()
            {
                return Err(ArchiveError::Stopped);
            }
            Ok(())
        });
        let last = match read {
            Ok(()) => waiting.map(Ok),
            Err(error) => Some(Err(error)),
        };
        if let Some(last) = last {
            // Nobody listens any more where the taking-in was stopped.
            let _ = sender.blocking_send(last);
        }
        from
    });
    (receiver, reading)
}

impl Arrival<'_> {
    async fn run(&mut self, change: &mut Change<'_>, mut from: Opened) -> Result<(), CommandError> {
        let manifest = from.manifest().clone();
        let list = tokio::task::block_in_place(|| from.list())?;
        if list.steps.iter().any(|step| !MIGRATOR.iter().any(|known| known.version == *step)) {
            return Err(ArchiveError::Newer.into());
        }
        let schema = archive::tables(change.connection()).await?;
        let (schema, _) = parted(schema);
        let schema: BTreeMap<String, Table> = schema.into_iter().map(|table| (table.name.clone(), table)).collect();
        let known = |one: &Listed| one.table == JOURNALLED || schema.contains_key(&one.table);
        if !list.tables.iter().all(known) {
            return Err(ArchiveError::Newer.into());
        }
        self.total = list.tables.iter().map(|one| one.rows).sum();
        let brought: Vec<&str> = list.tables.iter().map(|one| one.table.as_str()).collect();
        let resting: Vec<&str> = brought.iter().copied().filter(|name| !GUARDED.contains(name)).collect();
        let rules = archive::rest(change.connection(), &resting).await?;
        let here = store::access::users(change.connection()).await?;
        from = self.table(change, from, find(&list, "patient_key")?, &schema, Pass::All).await?;
        from = self.files(from)?;
        let mut people = People::new(&here);
        from = self.users(change, from, &list, &schema, &mut people).await?;
        self.make_way(change, &list, &people).await?;
        for one in &list.tables {
            match one.table.as_str() {
                "patient_key" | "user" | JOURNALLED | JOURNAL => {}
                "appointment" => {
                    // The rules go on: what was overbooked on purpose comes after what it overlaps.
                    from = self.table(change, from, one, &schema, Pass::NotOverbooked).await?;
                    from = self.table(change, from, one, &schema, Pass::Overbooked).await?;
                }
                _ => from = self.table(change, from, one, &schema, Pass::All).await?,
            }
        }
        for (user, practitioner) in &people.linked {
            archive::set_practitioner(change.connection(), user, practitioner.as_deref()).await?;
        }
        from = self.journal(change, from, find(&list, JOURNAL)?, (&manifest.vault, &manifest.practice)).await?;
        from = self.journalled(change, from, find(&list, JOURNALLED)?).await?;
        drop(from);
        self.index(change.connection()).await?;
        archive::wake(change.connection(), rules).await?;
        self.view.practice.clone_from(&manifest.practice);
        self.view.made_at.clone_from(&manifest.made_at);
        self.view.unreadable = whole(manifest.unreadable.len() as u64);
        let counts = |table: &str| list.tables.iter().find(|one| one.table == table).map_or(0, |one| whole(one.rows));
        self.view.persons = counts("patient");
        self.view.appointments = counts("appointment");
        self.view.entries = counts("clinical_entry");
        self.view.journal = counts(JOURNAL);
        let view = &self.view;
        let what = json!({
            "from": manifest.vault, "made_at": manifest.made_at, "persons": view.persons, "appointments": view.appointments,
            "entries": view.entries, "files": view.files, "journal": view.journal,
        });
        let subject = self.desk.premises().practice_id.to_string();
        change.record("practice", &subject, None, &ChangeRecord::created("archive", &what)).await?;
        for topic in ["patients", "agenda", "access", "record", "results"] {
            change.touch(topic, &subject);
        }
        Ok(())
    }

    fn step(&mut self, rows: usize) -> Result<(), CommandError> {
        self.done += rows as u64;
        self.desk.leaving.step("taking_in", self.done, self.total)
    }

    /// Seals every file of every person.
    fn files(&mut self, mut from: Opened) -> Result<Opened, CommandError> {
        tokio::task::block_in_place(|| {
            for (archive, files) in from.files()? {
                for file in files.iter().filter(|_| !archive.is_empty()) {
                    self.desk.leaving.step("taking_in", self.done, self.total)?;
                    let sealer = &mut self.sealer;
                    from.content(file, |content| sealer.file(file, content))?;
                    self.view.files += 1;
                }
            }
            Ok(from)
        })
    }

    /// Users come along as names.
    async fn users(
        &mut self,
        change: &mut Change<'_>,
        from: Opened,
        list: &List,
        schema: &BTreeMap<String, Table>,
        people: &mut People,
    ) -> Result<Opened, CommandError> {
        let one = find(list, "user")?;
        let (mut batches, reading) = read(from, one.file.clone());
        while let Some(batch) = batches.recv().await {
            let (heading, rows) = batch?;
            self.step(rows.len())?;
            for values in rows {
                let mut row = Named { columns: &heading.columns, values };
                people.come(&mut row)?;
                self.view.users.push(row.text("name")?);
                insert(change.connection(), schema, &one.table, row).await?;
            }
        }
        self.sealer.users.clone_from(&people.accounts);
        reading.await.map_err(|_| CommandError::new("interrupted"))
    }

    /// Removes what a new vault begins with, where the archive brings its own.
    async fn make_way(&mut self, change: &mut Change<'_>, list: &List, people: &People) -> Result<(), CommandError> {
        let connection = change.connection();
        let kept: Vec<String> = people.kept();
        let practitioners = store::practice::practitioners(connection).await?;
        let sites: Vec<String> = practitioners
            .iter()
            .filter(|one| kept.contains(&one.id.to_string()))
            .map(|one| one.site_id.to_string())
            .collect();
        for one in &list.tables {
            match one.table.as_str() {
                "user" | "patient_key" | "connection_log" | JOURNAL | JOURNALLED => {}
                "setting" => {
                    archive::clear_but(connection, "setting", "name", &OWN_SETTINGS.map(str::to_owned)).await?
                }
                "practitioner" => archive::clear_but(connection, "practitioner", "id", &kept).await?,
                "site" => archive::clear_but(connection, "site", "id", &sites).await?,
                table => archive::clear(connection, table).await?,
            }
        }
        Ok(())
    }

    /// A table as it is.
    async fn table(
        &mut self,
        change: &mut Change<'_>,
        from: Opened,
        one: &Listed,
        schema: &BTreeMap<String, Table>,
        pass: Pass,
    ) -> Result<Opened, CommandError> {
        let (mut batches, reading) = read(from, one.file.clone());
        while let Some(batch) = batches.recv().await {
            let (heading, rows) = batch?;
            self.step(if pass == Pass::Overbooked { 0 } else { rows.len() })?;
            for values in rows {
                let mut row = Named { columns: &heading.columns, values };
                if !pass.takes(&row)? {
                    continue;
                }
                self.sealer.seal(change.connection(), &one.table, &mut row).await?;
                match one.table.as_str() {
                    // What the old vault publishes goes on from there; here somebody has to say so, and the password.
                    "publishing" | "mail_server" => row.set("enabled", Value::Integer(0)),
                    // Numbered among those that are there.
                    "connection_log" => row.set("id", Value::Null),
                    _ => {}
                }
                insert(change.connection(), schema, &one.table, row).await?;
            }
        }
        reading.await.map_err(|_| CommandError::new("interrupted"))
    }

    /// The history as the former journal.
    async fn journal(
        &mut self,
        change: &mut Change<'_>,
        from: Opened,
        one: &Listed,
        (vault, practice): (&str, &str),
    ) -> Result<Opened, CommandError> {
        let (mut batches, reading) = read(from, one.file.clone());
        let (mut entries, mut head) = (0, Vec::new());
        let mut statement = String::new();
        while let Some(batch) = batches.recv().await {
            let (heading, rows) = batch?;
            self.step(rows.len())?;
            let mut columns = heading.columns.clone();
            columns.push("vault_id".to_owned());
            if statement.is_empty() {
                statement = archive::insert_statement("former_journal", &columns);
            }
            for mut values in rows {
                values.push(Value::Text(vault.to_owned()));
                let mut row = Named { columns: &columns, values };
                self.sealer.seal(change.connection(), "former_journal", &mut row).await?;
                (entries, head) = (row.number("sequence")?, row.bytes("hash")?);
                let cells: Option<Vec<Cell>> = row.values.into_iter().map(to_cell).collect();
                archive::insert(change.connection(), &statement, &cells.ok_or_else(damaged)?).await?;
            }
        }
        let former = FormerVault {
            id: vault.to_owned(),
            practice: practice.to_owned(),
            taken_in_at: change.at().to_owned(),
            entries,
            head,
        };
        store::archive_run::save_former(change.connection(), &former).await?;
        reading.await.map_err(|_| CommandError::new("interrupted"))
    }

    /// The journal here says of each entry of the record in which version it stands, as the one there did.
    async fn journalled(
        &mut self,
        change: &mut Change<'_>,
        from: Opened,
        one: &Listed,
    ) -> Result<Opened, CommandError> {
        let (mut batches, reading) = read(from, one.file.clone());
        while let Some(batch) = batches.recv().await {
            let (heading, rows) = batch?;
            self.step(rows.len())?;
            for values in rows {
                let row = Named { columns: &heading.columns, values };
                let (owner, entry, versions) = (row.text("owner_id")?, row.text("entry_id")?, row.number("versions")?);
                let digests = digests(change.connection(), &entry, versions).await?;
                for version in 1..=versions {
                    let digest = digests.get(&version).cloned().unwrap_or_default();
                    let after = json!({ "version": version, "digest": digest });
                    let record = if version == 1 {
                        ChangeRecord::created("clinical_entry", &after)
                    } else {
                        ChangeRecord::updated(
                            "clinical_entry",
                            &json!({ "version": version - 1, "digest": "" }),
                            &after,
                        )
                    };
                    change.record_quietly(&format!("entry:{entry}"), Some(&owner), &record).await?;
                }
            }
        }
        reading.await.map_err(|_| CommandError::new("interrupted"))
    }

    /// The words by which persons are found.
    async fn index(&mut self, connection: &mut Connection) -> Result<(), CommandError> {
        let mut after = 0;
        loop {
            let page = store::patient::page(connection, after, 500).await?;
            let Some(last) = page.last() else { return Ok(()) };
            after = last.number;
            let ids: Vec<PatientId> = page.into_iter().map(|one| one.id).collect();
            for id in ids {
                store::patient::reindex(connection, id).await?;
            }
        }
    }
}

async fn digests(
    connection: &mut Connection,
    entry: &str,
    versions: i64,
) -> Result<BTreeMap<i64, String>, CommandError> {
    let mut found = BTreeMap::new();
    let Ok(id) = entry.parse() else { return Ok(found) };
    let mut note = |row: EntryRow| found.insert(row.version, vault::digest(&row.sealed));
    if let Some(row) = record::entry(connection, id).await? {
        note(row);
    }
    if versions > 1 {
        for row in record::earlier(connection, id).await? {
            note(row);
        }
    }
    Ok(found)
}

fn find<'a>(list: &'a List, table: &str) -> Result<&'a Listed, CommandError> {
    let found = list.tables.iter().find(|one| one.table == table);
    found.ok_or_else(|| ArchiveError::Changed { part: table.to_owned() }.into())
}

/// Adds a row; columns that this schema does not have are refused, those that stand beside a table are left.
async fn insert(
    connection: &mut Connection,
    schema: &BTreeMap<String, Table>,
    name: &str,
    row: Named<'_>,
) -> Result<(), CommandError> {
    let table = schema.get(name).ok_or_else(damaged)?;
    let mut columns = Vec::with_capacity(row.columns.len());
    let mut cells = Vec::with_capacity(row.columns.len());
    for (column, value) in row.columns.iter().zip(row.values) {
        if table.place(column).is_none() {
            if beside(name).is_some_and(|(beside, _)| beside == column) {
                continue;
            }
            return Err(ArchiveError::Newer.into());
        }
        if name == "connection_log" && column == "id" {
            continue;
        }
        columns.push(column.clone());
        cells.push(to_cell(value).ok_or_else(damaged)?);
    }
    Ok(archive::insert(connection, &archive::insert_statement(name, &columns), &cells).await?)
}

/// Which rows of a table are taken at a time.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pass {
    All,
    NotOverbooked,
    Overbooked,
}

impl Pass {
    fn takes(self, row: &Named<'_>) -> Result<bool, CommandError> {
        Ok(match self {
            Pass::All => true,
            Pass::NotOverbooked => row.number("overbooked")? == 0,
            Pass::Overbooked => row.number("overbooked")? != 0,
        })
    }
}

/// Users here and there.
struct People {
    /// Accounts here: login in small letters, id, practitioner.
    here: Vec<(String, String, Option<String>)>,
    logins: BTreeSet<String>,
    /// Users there, and the account of the same login here.
    accounts: BTreeMap<String, String>,
    /// Accounts here, and the practitioner of the same login there.
    linked: Vec<(String, Option<String>)>,
}

fn folded(login: &str) -> String {
    login.trim().to_lowercase()
}

impl People {
    fn new(here: &[store::access::User]) -> Self {
        let here: Vec<_> = here
            .iter()
            .map(|user| (folded(&user.login), user.id.to_string(), user.practitioner_id.map(|id| id.to_string())))
            .collect();
        let logins = here.iter().map(|(login, _, _)| login.clone()).collect();
        Self { here, logins, accounts: BTreeMap::new(), linked: Vec::new() }
    }

    /// A user who comes along: without access, and without taking anybody's login.
    fn come(&mut self, row: &mut Named<'_>) -> Result<(), CommandError> {
        let (id, login) = (row.text("id")?, row.text("login")?);
        if let Some((_, account, own)) = self.here.iter().find(|(here, _, _)| *here == folded(&login)) {
            self.accounts.insert(id, account.clone());
            if let (Some(practitioner), Some(_)) = (row.text_option("practitioner_id"), own) {
                self.linked.push((account.clone(), Some(practitioner)));
            }
        }
        let mut free = login.clone();
        let mut number = 1;
        while !self.logins.insert(folded(&free)) {
            number += 1;
            free = format!("{login}~{number}");
        }
        row.set("login", Value::Text(free));
        row.set("state", Value::Text("disabled".to_owned()));
        Ok(())
    }

    /// Practitioners here who stay, since none there is theirs.
    fn kept(&self) -> Vec<String> {
        let linked = |account: &String| self.linked.iter().any(|(one, _)| one == account);
        self.here.iter().filter(|(_, account, _)| !linked(account)).filter_map(|(_, _, own)| own.clone()).collect()
    }
}
