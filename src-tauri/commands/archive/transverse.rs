//! TRANSVERSE.ZIP: agendas, traces, and every table as it is.

use std::collections::BTreeMap;
use std::io::Write as _;

use chrono::{Datelike as _, NaiveDate};
use domain::agenda::discretion::Discretion;
use domain::time::from_day_number;
use zeroize::Zeroizing;

use super::opener::{Opener, beside};
use super::pieces::{Counted, writing};
use super::rows::{Named, damaged, from_cell};
use super::tables::{JOURNAL, OWN_SETTINGS, parted};
use crate::commands::export::events::{Outside, events};
use crate::commands::{CommandError, Desk};
use crate::export::ical;
use crate::privacy::archive::packed::{Measure, Packed};
use crate::privacy::archive::person::House;
use crate::privacy::archive::rows::{Heading, List, Listed, PersonFile, Value, line};
use crate::privacy::archive::traces::{self, Trace};
use crate::privacy::archive::{FILES, LIST, TABLES, readme};
use crate::store::archive::{self, Cell, Table};
use crate::store::{self, Connection};

/// Counts how often the journal speaks of each entry of the record: stands beside the tables.
pub(super) const JOURNALLED: &str = "journalled";

fn file_of(table: &str) -> String {
    format!("{TABLES}{}.NDJSON", table.to_uppercase())
}

/// A file of the archive under way.
pub(super) struct Transverse<'a> {
    desk: &'a Desk,
    zip: Packed<Counted>,
    listed: Vec<Listed>,
    pub opener: Opener,
}

impl<'a> Transverse<'a> {
    /// Begins it.
    ///
    /// # Errors
    /// `clinical_pending`, what disk and store refuse.
    pub async fn begin(
        desk: &'a Desk,
        connection: &mut Connection,
        below: Counted,
        house: &House,
    ) -> Result<Self, CommandError> {
        let opener = Opener::new(desk, connection).await?;
        let mut zip = Packed::new(below);
        zip.add("README.TXT", &readme::transverse(&house.sender)).map_err(|error| writing(&error))?;
        Ok(Self { desk, zip, listed: Vec::new(), opener })
    }

    /// The agendas: a calendar a practitioner and year.
    ///
    /// # Errors
    /// What disk and store refuse.
    pub async fn agendas(&mut self, connection: &mut Connection, house: &House) -> Result<(), CommandError> {
        let practice = self.desk.premises().practice_id.to_string();
        let outside = Outside { practice, discretion: Discretion::Name, language: house.language };
        let Some((first, last)) = archive::days(connection).await? else { return Ok(()) };
        let (first, last) = (from_day_number(first).year(), from_day_number(last).year());
        for (place, one) in store::practice::practitioners(connection).await?.into_iter().enumerate() {
            for year in first..=last {
                let day = |month, day| NaiveDate::from_ymd_opt(year, month, day).ok_or_else(damaged);
                let found = events(connection, one.id, (day(1, 1)?, day(12, 31)?), true, &outside).await?;
                if found.is_empty() {
                    continue;
                }
                let all: Vec<_> = found.into_iter().map(|dated| dated.event).collect();
                let text = Zeroizing::new(ical::calendar(&all, house.made_at));
                let name = format!("TRANSVERSE/AGENDA/P{:03}_{year}.ICS", place + 1);
                self.zip.add(&name, text.as_bytes()).map_err(|error| writing(&error))?;
            }
        }
        Ok(())
    }

    /// The traces.
    ///
    /// # Errors
    /// What disk and store refuse.
    pub async fn traces(&mut self, connection: &mut Connection) -> Result<(), CommandError> {
        let users: BTreeMap<String, String> =
            store::access::users(connection).await?.into_iter().map(|user| (user.id.to_string(), user.login)).collect();
        for (table, name) in
            [(JOURNAL, "TRANSVERSE/TRACES/JOURNAL.LOG"), ("connection_log", "TRANSVERSE/TRACES/CONNEXION.LOG")]
        {
            let table =
                archive::tables(connection).await?.into_iter().find(|one| one.name == table).ok_or_else(damaged)?;
            let zip = &mut self.zip;
            zip.begin_large(name).map_err(|error| writing(&error))?;
            archive::each_row(connection, &table, "", |cells| {
                let row = Named { columns: &table.columns, values: cells.into_iter().map(from_cell).collect() };
                let user = row.text("user_id")?;
                let login = users.get(&user).map_or("", String::as_str);
                let (at, workstation) = (row.text("at")?, row.text("workstation")?);
                let text = if table.name == JOURNAL {
                    let (subject, number) = (row.text("subject_id")?, row.number("sequence")?.to_string());
                    let data = [
                        ("sequence", number.as_str()),
                        ("user", user.as_str()),
                        ("login", login),
                        ("subject", &subject),
                    ];
                    let what = row.text("command")?;
                    let failure = what == "permission_denied";
                    traces::line(&Trace {
                        at: &at,
                        workstation: &workstation,
                        kind: "journal",
                        what: &what,
                        data: &data,
                        failure,
                    })
                } else {
                    let what = row.text("event")?;
                    let (data, failure) = ([("user", user.as_str()), ("login", login)], what == "failed");
                    traces::line(&Trace {
                        at: &at,
                        workstation: &workstation,
                        kind: "connection",
                        what: &what,
                        data: &data,
                        failure,
                    })
                };
                zip.write_all(text.as_bytes()).map_err(|error| writing(&error))
            })
            .await?;
        }
        Ok(())
    }

    /// Every table that comes along. `step` is told how many are done.
    ///
    /// # Errors
    /// `archive_unknown_seal`, `archive_stopped`, what disk and store refuse.
    pub async fn tables(
        &mut self,
        connection: &mut Connection,
        files: impl Iterator<Item = PersonFile>,
    ) -> Result<List, CommandError> {
        let (come, left_out) = parted(archive::tables(connection).await?);
        for table in &come {
            Opener::knows(table)?;
        }
        self.zip.begin(FILES).map_err(|error| writing(&error))?;
        for file in files {
            let mut text = serde_json::to_vec(&file).map_err(|_| damaged())?;
            text.push(b'\n');
            self.zip.write_all(&text).map_err(|error| writing(&error))?;
        }
        for (done, table) in come.iter().enumerate() {
            self.desk.leaving.step("tables", done as u64, come.len() as u64)?;
            self.table(connection, table).await?;
            if table.name == "clinical_entry" {
                self.journalled(connection).await?;
            }
        }
        let steps = archive::steps(connection).await?;
        let list = List { steps, tables: std::mem::take(&mut self.listed), left_out };
        let text = serde_json::to_vec_pretty(&list).map_err(|_| damaged())?;
        self.zip.add(LIST, &text).map_err(|error| writing(&error))?;
        Ok(list)
    }

    async fn table(&mut self, connection: &mut Connection, table: &Table) -> Result<(), CommandError> {
        let more = beside(&table.name);
        let mut columns = table.columns.clone();
        columns.extend(more.map(|(name, _)| name.to_owned()));
        let file = file_of(&table.name);
        self.zip.begin_large(&file).map_err(|error| writing(&error))?;
        let heading = Heading { table: table.name.clone(), columns: columns.clone() };
        self.zip.write_all(&heading.line()).map_err(|error| writing(&error))?;
        let desk = self.desk;
        let unlocked = desk.unlocked.lock().await;
        let private = unlocked.clinical.as_ref().ok_or_else(|| CommandError::new("clinical_pending"))?;
        let (zip, opener) = (&mut self.zip, &mut self.opener);
        let mut rows = 0;
        archive::each_row(connection, table, more.map_or("", |(_, expression)| expression), |cells| {
            let mut row = Named { columns: &columns, values: cells.into_iter().map(from_cell).collect() };
            if table.name == "setting" && OWN_SETTINGS.contains(&row.text("name")?.as_str()) {
                return Ok(());
            }
            opener.open(&table.name, &mut row, private)?;
            rows += 1;
            if rows % 1_000 == 0 && desk.leaving.is_cancelled() {
                return Err(CommandError::new("archive_stopped"));
            }
            zip.write_all(&line(&row.values)).map_err(|error| writing(&error))
        })
        .await?;
        self.listed.push(Listed { table: table.name.clone(), file, rows });
        Ok(())
    }

    async fn journalled(&mut self, connection: &mut Connection) -> Result<(), CommandError> {
        let file = file_of(JOURNALLED);
        self.zip.begin_large(&file).map_err(|error| writing(&error))?;
        let columns = ["owner_id", "entry_id", "versions"].map(str::to_owned).to_vec();
        let heading = Heading { table: JOURNALLED.to_owned(), columns };
        self.zip.write_all(&heading.line()).map_err(|error| writing(&error))?;
        let zip = &mut self.zip;
        let mut rows = 0;
        archive::each_journalled(connection, |cells: Vec<Cell>| {
            rows += 1;
            let values: Vec<Value> = cells.into_iter().map(from_cell).collect();
            zip.write_all(&line(&values)).map_err(|error| writing(&error))
        })
        .await?;
        self.listed.push(Listed { table: JOURNALLED.to_owned(), file, rows });
        Ok(())
    }

    /// Ends it.
    ///
    /// # Errors
    /// What the disk refuses.
    pub fn finish(self) -> Result<(Counted, Measure, Vec<String>), CommandError> {
        let (below, measure) = self.zip.finish().map_err(|error| writing(&error))?;
        Ok((below, measure, self.opener.unreadable))
    }
}
