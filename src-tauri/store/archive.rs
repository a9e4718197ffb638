//! The whole database as tables, for the archive with which a practice leaves and arrives: which tables and columns there
//! are is read from SQLite itself, so that a later schema step comes along by itself.
//!
//! Not here: which tables stay behind, what is sealed in a column (room `commands`).

use futures_util::TryStreamExt as _;
use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{Arguments as _, AssertSqlSafe, Row as _, TypeInfo as _, ValueRef as _};

use super::{Connection, StoreError};

/// A value of a row as SQLite keeps it.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing.
    Null,
    /// A whole number.
    Integer(i64),
    /// Another number.
    Real(f64),
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

/// A table: its name, its columns in their order, and those of them that order it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Name.
    pub name: String,
    /// Columns.
    pub columns: Vec<String>,
    /// The primary key's columns.
    pub key: Vec<String>,
}

impl Table {
    /// Where a column stands.
    #[must_use]
    pub fn place(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|one| one == column)
    }
}

/// A name of the schema as SQL says it.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// The schema's steps that were applied here.
///
/// # Errors
/// What SQLite refuses.
pub async fn steps(connection: &mut Connection) -> Result<Vec<i64>, StoreError> {
    Ok(sqlx::query_scalar("SELECT version FROM _sqlx_migrations ORDER BY version").fetch_all(connection).await?)
}

/// Every table that holds rows of its own, in the order of their names: no index of words, none of SQLite's own.
///
/// # Errors
/// What SQLite refuses.
pub async fn tables(connection: &mut Connection) -> Result<Vec<Table>, StoreError> {
    let names: Vec<String> = sqlx::query_scalar(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'
            AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name <> '_sqlx_migrations' ORDER BY name",
    )
    .fetch_all(&mut *connection)
    .await?;
    let mut tables = Vec::with_capacity(names.len());
    for name in names {
        let columns: Vec<(String, i64)> = sqlx::query_as("SELECT name, pk FROM pragma_table_info(?) ORDER BY cid")
            .bind(&name)
            .fetch_all(&mut *connection)
            .await?;
        let mut key: Vec<(i64, String)> =
            columns.iter().filter(|(_, rank)| *rank > 0).map(|(name, rank)| (*rank, name.clone())).collect();
        key.sort();
        tables.push(Table {
            name,
            columns: columns.into_iter().map(|(name, _)| name).collect(),
            key: key.into_iter().map(|(_, name)| name).collect(),
        });
    }
    Ok(tables)
}

fn cells(row: &SqliteRow) -> Result<Vec<Cell>, StoreError> {
    (0..row.len())
        .map(|place| {
            let raw = row.try_get_raw(place)?;
            if raw.is_null() {
                return Ok(Cell::Null);
            }
            Ok(match raw.type_info().name() {
                "INTEGER" => Cell::Integer(row.try_get(place)?),
                "REAL" => Cell::Real(row.try_get(place)?),
                "BLOB" => Cell::Bytes(row.try_get(place)?),
                _ => Cell::Text(row.try_get(place)?),
            })
        })
        .collect()
}

/// Hands over each row of a table, ordered by its key, as it is read. `more`: an expression beside the columns, or empty.
///
/// # Errors
/// What SQLite refuses, or what `take` does.
pub async fn each_row<E: From<StoreError>>(
    connection: &mut Connection,
    table: &Table,
    more: &str,
    mut take: impl FnMut(Vec<Cell>) -> Result<(), E>,
) -> Result<(), E> {
    let mut columns: Vec<String> = table.columns.iter().map(|name| format!("t.{}", quoted(name))).collect();
    if !more.is_empty() {
        columns.push(more.to_owned());
    }
    let key: Vec<String> = table.key.iter().map(|name| format!("t.{}", quoted(name))).collect();
    let order = if key.is_empty() { "t.rowid".to_owned() } else { key.join(", ") };
    let sql = format!("SELECT {} FROM {} t ORDER BY {order}", columns.join(", "), quoted(&table.name));
    let mut rows = sqlx::query(AssertSqlSafe(sql)).fetch(connection);
    while let Some(row) = rows.try_next().await.map_err(StoreError::from)? {
        take(cells(&row)?)?;
    }
    Ok(())
}

/// The statement that adds a row of these columns.
#[must_use]
pub fn insert_statement(table: &str, columns: &[String]) -> String {
    let names: Vec<String> = columns.iter().map(|name| quoted(name)).collect();
    let marks = vec!["?"; columns.len()].join(", ");
    format!("INSERT INTO {} ({}) VALUES ({marks})", quoted(table), names.join(", "))
}

/// Adds a row.
///
/// # Errors
/// What SQLite refuses.
pub async fn insert(connection: &mut Connection, statement: &str, cells: &[Cell]) -> Result<(), StoreError> {
    let mut arguments = SqliteArguments::default();
    for cell in cells {
        match cell {
            Cell::Null => arguments.add(None::<i64>),
            Cell::Integer(number) => arguments.add(*number),
            Cell::Real(number) => arguments.add(*number),
            Cell::Text(text) => arguments.add(text.clone()),
            Cell::Bytes(bytes) => arguments.add(bytes.clone()),
        }
        .map_err(|_| StoreError::BadValue)?;
    }
    sqlx::query_with(AssertSqlSafe(statement.to_owned()), arguments).execute(connection).await?;
    Ok(())
}

/// Whether nothing was kept here yet: no person, no appointment, no paper, and nobody's former practice.
///
/// # Errors
/// What SQLite refuses.
pub async fn is_empty(connection: &mut Connection) -> Result<bool, StoreError> {
    Ok(sqlx::query_scalar(
        "SELECT NOT (EXISTS (SELECT 1 FROM patient) OR EXISTS (SELECT 1 FROM appointment) OR EXISTS (SELECT 1 FROM filed)
                  OR EXISTS (SELECT 1 FROM former_vault))",
    )
    .fetch_one(connection)
    .await?)
}

/// Makes way for rows that are already in order: references are checked at the commit, and the rules that make or refuse
/// rows of these tables rest until [`wake`]. Returns what wakes them.
///
/// # Errors
/// What SQLite refuses.
pub async fn rest(connection: &mut Connection, tables: &[&str]) -> Result<Vec<String>, StoreError> {
    sqlx::query("PRAGMA defer_foreign_keys = ON").execute(&mut *connection).await?;
    let json = serde_json::Value::from(tables.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>()).to_string();
    let rules: Vec<(String, String)> = sqlx::query_as(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name IN (SELECT value FROM json_each(?)) ORDER BY rowid",
    )
    .bind(json)
    .fetch_all(&mut *connection)
    .await?;
    for (name, _) in &rules {
        sqlx::query(AssertSqlSafe(format!("DROP TRIGGER {}", quoted(name)))).execute(&mut *connection).await?;
    }
    Ok(rules.into_iter().map(|(_, sql)| sql).collect())
}

/// Sets the rules again, and holds the rows against each other.
///
/// # Errors
/// [`StoreError::Refused`] where a row names one that is not there; what SQLite refuses.
pub async fn wake(connection: &mut Connection, rules: Vec<String>) -> Result<(), StoreError> {
    for sql in rules {
        sqlx::query(AssertSqlSafe(sql)).execute(&mut *connection).await?;
    }
    let loose = sqlx::query("PRAGMA foreign_key_check").fetch_optional(connection).await?;
    if loose.is_some() { Err(StoreError::Refused) } else { Ok(()) }
}

/// Removes every row of a table.
///
/// # Errors
/// What SQLite refuses.
pub async fn clear(connection: &mut Connection, table: &str) -> Result<(), StoreError> {
    sqlx::query(AssertSqlSafe(format!("DELETE FROM {}", quoted(table)))).execute(connection).await?;
    Ok(())
}

/// Removes every row of a table but one.
///
/// # Errors
/// What SQLite refuses.
pub async fn clear_but(
    connection: &mut Connection,
    table: &str,
    column: &str,
    kept: &[String],
) -> Result<(), StoreError> {
    let sql = format!("DELETE FROM {} WHERE {} NOT IN (SELECT value FROM json_each(?))", quoted(table), quoted(column));
    let kept = serde_json::Value::from(kept.to_vec()).to_string();
    sqlx::query(AssertSqlSafe(sql)).bind(kept).execute(connection).await?;
    Ok(())
}

/// How often the journal speaks of each entry of the record of somebody who is still there: owner, entry, how often.
///
/// # Errors
/// What SQLite refuses, or what `take` does.
pub async fn each_journalled<E: From<StoreError>>(
    connection: &mut Connection,
    mut take: impl FnMut(Vec<Cell>) -> Result<(), E>,
) -> Result<(), E> {
    let mut rows = sqlx::query(
        "SELECT owner_id, substr(subject_id, 7), count(*) FROM journal
          WHERE subject_id >= 'entry:' AND subject_id < 'entry;' AND owner_id IN (SELECT id FROM patient)
          GROUP BY owner_id, subject_id ORDER BY owner_id, subject_id",
    )
    .fetch(connection);
    while let Some(row) = rows.try_next().await.map_err(StoreError::from)? {
        take(cells(&row)?)?;
    }
    Ok(())
}

/// Gives a user another practitioner, or none.
///
/// # Errors
/// What SQLite refuses.
pub async fn set_practitioner(
    connection: &mut Connection,
    user: &str,
    practitioner: Option<&str>,
) -> Result<(), StoreError> {
    sqlx::query("UPDATE user SET practitioner_id = ? WHERE id = ?")
        .bind(practitioner)
        .bind(user)
        .execute(connection)
        .await?;
    Ok(())
}

/// The first and the last day on which there is an appointment; none where there is none.
///
/// # Errors
/// What SQLite refuses.
pub async fn days(connection: &mut Connection) -> Result<Option<(i64, i64)>, StoreError> {
    let found: (Option<i64>, Option<i64>) =
        sqlx::query_as("SELECT min(day), max(day) FROM appointment").fetch_one(connection).await?;
    Ok(found.0.zip(found.1))
}

/// Begins to read: everything from here on is of one moment, until [`release`].
///
/// # Errors
/// What SQLite refuses.
pub async fn hold(connection: &mut Connection) -> Result<(), StoreError> {
    sqlx::query("BEGIN").execute(connection).await?;
    Ok(())
}

/// Ends what [`hold`] began.
///
/// # Errors
/// What SQLite refuses.
pub async fn release(connection: &mut Connection) -> Result<(), StoreError> {
    sqlx::query("COMMIT").execute(connection).await?;
    Ok(())
}
