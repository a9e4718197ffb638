//! A person out of the database and back: every row, in the order in which the schema takes them.

use std::collections::{BTreeMap, HashSet};

use domain::id::PatientId;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sqlx::AssertSqlSafe;

use super::family::{self, Schema, Table, insert, quoted, remove, rows, value};
use crate::store::row::json_ids;
use crate::store::{Connection, StoreError, patient, record};

/// A row.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Row {
    /// Its table.
    pub table: String,
    /// Its columns, a JSON object; bytes as `{"hex": …}`.
    pub body: String,
}

/// A row of somebody else that names a row of this person and can be without.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Its table.
    pub table: String,
    /// The column.
    pub column: String,
    /// The row as it was.
    pub body: String,
}

/// All that the database holds about a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Package {
    /// The patient and everybody who was merged into them; the patient first.
    pub patients: Vec<PatientId>,
    /// The rows, each after those it refers to.
    pub rows: Vec<Row>,
    /// What others' rows said of them.
    pub links: Vec<Link>,
}

/// What is made by the schema itself, or is of the moment: it neither goes along nor comes back.
const FLEETING: &[&str] = &["resource_hold", "pin", "queue_turn"];

/// Registers that have their own retention: their rows stay, without saying whose they are until the person comes back.
const STAYING: &[&str] = &["data_request"];

impl Package {
    /// The sealed files that its rows name.
    #[must_use]
    pub fn documents(&self) -> Vec<String> {
        let named = |row: &Row| match row.table.as_str() {
            "document" => field(&row.body, "file"),
            "signed_paper" => field(&row.body, "document"),
            _ => None,
        };
        self.rows.iter().filter_map(named).collect()
    }

    /// Rows of a table, as JSON objects.
    pub fn of<'a>(&'a self, table: &'a str) -> impl Iterator<Item = Value> + 'a {
        self.rows.iter().filter(move |row| row.table == table).filter_map(|row| serde_json::from_str(&row.body).ok())
    }
}

fn field(body: &str, name: &str) -> Option<String> {
    let value: Value = serde_json::from_str(body).ok()?;
    value.get(name)?.as_str().map(str::to_owned)
}

/// Everything about a patient and those merged into them.
///
/// # Errors
/// [`StoreError::NotFound`], what SQLite refuses.
pub async fn gather(connection: &mut Connection, schema: &Schema, of: PatientId) -> Result<Package, StoreError> {
    let root = patient::resolved(connection, of).await?.ok_or(StoreError::NotFound)?.id;
    let (mut patients, _) = record::keys(connection, root).await?;
    patients.sort_by_key(|id| (*id != root, *id));
    let tables = &schema.0;
    let mut package = Package { patients, rows: Vec::new(), links: Vec::new() };
    let mut seen = HashSet::new();
    let ids = json_ids(&package.patients);
    let find = |name: &str| schema.table(name);
    take_in(connection, (&mut package, &mut seen), find("patient")?, "id", &ids).await?;
    for table in tables.iter().filter(|one| one.name != "patient" && one.names_patient() && !left(one)) {
        take_in(connection, (&mut package, &mut seen), table, "patient_id", &ids).await?;
    }
    // What cannot be without one of these rows, and what cannot be without that, until nothing is added.
    loop {
        let before = package.rows.len();
        for table in tables {
            for reference in table.references.iter().filter(|one| !one.optional && one.table != "patient") {
                if stays(table) {
                    continue;
                }
                let values = values_of(&package, &reference.table, &reference.to);
                if !values.is_empty() {
                    take_in(connection, (&mut package, &mut seen), table, &reference.column, &listed(&values)).await?;
                }
            }
        }
        if package.rows.len() == before {
            break;
        }
    }
    take_in(connection, (&mut package, &mut seen), find("journal_key")?, "owner_id", &ids).await?;
    let uids = values_of(&package, "appointment", "external_uid");
    if !uids.is_empty() {
        take_in(connection, (&mut package, &mut seen), find("taken_over_event")?, "uid", &listed(&uids)).await?;
    }
    package.rows = in_order(tables, std::mem::take(&mut package.rows));
    for table in tables {
        for reference in
            table.references.iter().filter(|one| one.optional && (one.column != "patient_id" || stays(table)))
        {
            let values = values_of(&package, &reference.table, &reference.to);
            if values.is_empty() {
                continue;
            }
            for body in rows(connection, table, &reference.column, &listed(&values)).await? {
                if !seen.contains(&Row { table: table.name.clone(), body: body.clone() }) {
                    package.links.push(Link { table: table.name.clone(), column: reference.column.clone(), body });
                }
            }
        }
    }
    Ok(package)
}

fn stays(table: &Table) -> bool {
    STAYING.contains(&table.name.as_str())
}

/// What is not taken along: registers that stay, and what goes with the patient by itself (work under way).
fn left(table: &Table) -> bool {
    stays(table) || table.references.iter().any(|one| one.table == "patient" && one.cascades)
}

async fn take_in(
    connection: &mut Connection,
    (package, seen): (&mut Package, &mut HashSet<Row>),
    table: &Table,
    column: &str,
    values: &str,
) -> Result<(), StoreError> {
    for body in rows(connection, table, column, values).await? {
        let row = Row { table: table.name.clone(), body };
        if seen.insert(row.clone()) {
            package.rows.push(row);
        }
    }
    Ok(())
}

fn values_of(package: &Package, table: &str, column: &str) -> Vec<String> {
    let mut found: Vec<String> =
        package.rows.iter().filter(|row| row.table == table).filter_map(|row| field(&row.body, column)).collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn listed(values: &[String]) -> String {
    Value::from(values.to_vec()).to_string()
}

/// Each table after those it refers to.
fn in_order(tables: &[Table], rows: Vec<Row>) -> Vec<Row> {
    let mut depth: BTreeMap<&str, usize> = BTreeMap::new();
    // As often as there are tables: no chain of references is longer.
    for _ in 0..tables.len() {
        for table in tables {
            let below = table.references.iter().filter(|one| one.table != table.name);
            let deepest = below.filter_map(|one| depth.get(one.table.as_str())).max().map_or(0, |depth| depth + 1);
            depth.insert(&table.name, deepest.max(depth.get(table.name.as_str()).copied().unwrap_or(0)));
        }
    }
    let rank = |row: &Row| (depth.get(row.table.as_str()).copied().unwrap_or(0), row.table.clone());
    let mut rows = rows;
    rows.sort_by_cached_key(rank);
    rows
}

/// Removes a person: all rows of the package, its search words, what somebody was typing about them. Whatever was added
/// since it was gathered makes it fail.
///
/// # Errors
/// [`StoreError::Refused`] where a row is left over or the schema keeps one; what SQLite refuses.
pub async fn take_out(connection: &mut Connection, schema: &Schema, package: &Package) -> Result<(), StoreError> {
    sqlx::query("PRAGMA defer_foreign_keys = ON").execute(&mut *connection).await?;
    let find = |name: &str| schema.table(name);
    for link in &package.links {
        let table = find(&link.table)?;
        let key: Vec<String> = table.key.iter().map(|name| format!("{} = {}", quoted(name), value(name))).collect();
        let sql =
            format!("UPDATE {} SET {} = NULL WHERE {}", quoted(&link.table), quoted(&link.column), key.join(" AND "));
        sqlx::query(AssertSqlSafe(sql)).bind(&link.body).execute(&mut *connection).await?;
    }
    for row in package.of("patient") {
        let number = row.get("number").and_then(Value::as_i64).ok_or(StoreError::BadValue)?;
        for sql in ["DELETE FROM patient_words WHERE rowid = ?", "DELETE FROM patient_parts WHERE rowid = ?"] {
            sqlx::query(sql).bind(number).execute(&mut *connection).await?;
        }
    }
    for id in &package.patients {
        sqlx::query("DELETE FROM draft WHERE instr(body, ?) > 0")
            .bind(id.to_string())
            .execute(&mut *connection)
            .await?;
    }
    // The key first: without it the schema lets the entries go.
    let keys = package.rows.iter().filter(|row| row.table == "patient_key");
    let others = package.rows.iter().rev().filter(|row| row.table != "patient_key");
    for row in keys.chain(others) {
        let table = find(&row.table)?;
        let goes_along = table.references.iter().any(|one| one.cascades);
        if !goes_along && remove(connection, table, &row.body).await? != 1 {
            return Err(StoreError::Refused);
        }
    }
    let ids = json_ids(&package.patients);
    for table in schema.0.iter().filter(|one| one.names_patient()) {
        if !rows(connection, table, "patient_id", &ids).await?.is_empty() {
            return Err(StoreError::Refused);
        }
    }
    Ok(())
}

/// Brings a person back, as they were. The file number is a new one; a booking code that was given to somebody else
/// meanwhile is taken from `codes`; a slot that was booked meanwhile is shared, as an overbooking.
///
/// # Errors
/// [`StoreError::NotUnique`] where they are there already; what SQLite refuses.
pub async fn put_back(
    connection: &mut Connection,
    schema: &Schema,
    package: &Package,
    mut codes: impl Iterator<Item = String>,
) -> Result<(), StoreError> {
    sqlx::query("PRAGMA defer_foreign_keys = ON").execute(&mut *connection).await?;
    for row in package.rows.iter().filter(|row| !FLEETING.contains(&row.table.as_str())) {
        let table = schema.table(&row.table)?;
        match row.table.as_str() {
            "patient" => insert(connection, table, &row.body, &["number"]).await?,
            "appointment" => appointment(connection, table, &row.body, &mut codes).await?,
            "clinical_entry" => entry(connection, table, &row.body, package).await?,
            // Written by the schema while the entry went through its versions.
            "clinical_entry_version" => {}
            _ => insert(connection, table, &row.body, &[]).await?,
        }
    }
    for link in &package.links {
        let Ok(table) = schema.table(&link.table) else { continue };
        let key: Vec<String> = table.key.iter().map(|name| format!("{} = {}", quoted(name), value(name))).collect();
        let column = quoted(&link.column);
        let sql = format!(
            "UPDATE {} SET {column} = {} WHERE {} AND {column} IS NULL",
            quoted(&link.table),
            value(&link.column),
            key.join(" AND ")
        );
        sqlx::query(AssertSqlSafe(sql)).bind(&link.body).execute(&mut *connection).await?;
    }
    for id in &package.patients {
        patient::reindex(connection, *id).await?;
    }
    Ok(())
}

async fn appointment(
    connection: &mut Connection,
    table: &Table,
    body: &str,
    codes: &mut impl Iterator<Item = String>,
) -> Result<(), StoreError> {
    let mut value: Value = serde_json::from_str(body).map_err(|_| StoreError::BadValue)?;
    for _ in 0..100 {
        match family::insert(connection, table, &value.to_string(), &[]).await {
            Err(StoreError::SlotTaken) => value["overbooked"] = 1.into(),
            Err(StoreError::ResourceTaken) => value["resources"] = "".into(),
            Err(StoreError::NotUnique) => value["code"] = codes.next().ok_or(StoreError::NotUnique)?.into(),
            done => return done,
        }
    }
    Err(StoreError::NotUnique)
}

/// An entry goes through its versions again: the schema lets it begin with the first and keeps each.
async fn entry(connection: &mut Connection, table: &Table, body: &str, package: &Package) -> Result<(), StoreError> {
    let last: Value = serde_json::from_str(body).map_err(|_| StoreError::BadValue)?;
    let id = last.get("id").cloned().unwrap_or_default();
    let mut versions: Vec<Value> =
        package.of("clinical_entry_version").filter(|row| row.get("entry_id") == Some(&id)).collect();
    versions.push(last.clone());
    versions.sort_by_key(|row| row.get("version").and_then(Value::as_i64));
    for (number, version) in versions.iter().enumerate() {
        let mut whole = last.clone();
        for column in ["version", "key_version", "sealed", "written_at", "written_by"] {
            whole[column] = version.get(column).cloned().unwrap_or_default();
        }
        let whole = whole.to_string();
        if number == 0 {
            insert(connection, table, &whole, &[]).await?;
        } else {
            let sql = format!(
                "UPDATE clinical_entry SET version = {}, key_version = {}, sealed = {}, written_at = {}, written_by = {}
                  WHERE id = json_extract(?1, '$.id')",
                value("version"),
                value("key_version"),
                value("sealed"),
                value("written_at"),
                value("written_by")
            );
            sqlx::query(AssertSqlSafe(sql)).bind(whole).execute(&mut *connection).await?;
        }
    }
    Ok(())
}
