//! Which tables belong to a person, as the schema says: what names a patient, and what cannot be without such a row.

use sqlx::AssertSqlSafe;

use crate::store::{Connection, StoreError};

/// A column that refers to another table.
#[derive(Debug, Clone)]
pub(super) struct Reference {
    /// The column.
    pub column: String,
    /// The table it refers to.
    pub table: String,
    /// That table's column.
    pub to: String,
    /// Whether a row can be without it.
    pub optional: bool,
    /// Whether the row goes with the other by itself.
    pub cascades: bool,
}

/// A table, as far as moving its rows needs it.
#[derive(Debug, Clone)]
pub(super) struct Table {
    /// Its name.
    pub name: String,
    /// Its columns.
    pub columns: Vec<String>,
    /// The columns of its primary key.
    pub key: Vec<String>,
    /// What it refers to.
    pub references: Vec<Reference>,
}

impl Table {
    /// Whether a column says whose a row is.
    pub fn names_patient(&self) -> bool {
        self.columns.iter().any(|column| column == "patient_id")
    }
}

/// The schema as moving rows needs it: read once for many persons.
pub struct Schema(pub(super) Vec<Table>);

impl Schema {
    /// Reads it.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub async fn read(connection: &mut Connection) -> Result<Self, StoreError> {
        Ok(Self(tables(connection).await?))
    }

    pub(super) fn table(&self, name: &str) -> Result<&Table, StoreError> {
        self.0.iter().find(|one| one.name == name).ok_or(StoreError::BadValue)
    }
}

async fn tables(connection: &mut Connection) -> Result<Vec<Table>, StoreError> {
    let columns: Vec<(String, String, i64, i64)> = sqlx::query_as(
        "SELECT m.name, c.name, c.pk, c.\"notnull\" FROM sqlite_schema m JOIN pragma_table_info(m.name) c
          WHERE m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL%' AND m.name NOT LIKE 'sqlite%'
            AND m.name NOT LIKE '\\_%' ESCAPE '\\' ORDER BY m.name, c.cid",
    )
    .fetch_all(&mut *connection)
    .await?;
    let references: Vec<(String, String, String, Option<String>, String)> = sqlx::query_as(
        "SELECT m.name, f.\"from\", f.\"table\", f.\"to\", f.on_delete
           FROM sqlite_schema m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table'",
    )
    .fetch_all(connection)
    .await?;
    let mut tables: Vec<Table> = Vec::new();
    let mut required: Vec<(String, String)> = Vec::new();
    for (table, column, key, not_null) in columns {
        if tables.last().is_none_or(|last| last.name != table) {
            tables.push(Table { name: table.clone(), columns: Vec::new(), key: Vec::new(), references: Vec::new() });
        }
        if not_null != 0 || key > 0 {
            required.push((table, column.clone()));
        }
        if let Some(last) = tables.last_mut() {
            if key > 0 {
                last.key.push(column.clone());
            }
            last.columns.push(column);
        }
    }
    for (table, column, other, to, on_delete) in references {
        let optional = !required.iter().any(|(t, c)| *t == table && *c == column);
        let to = match to {
            Some(to) => to,
            None => tables
                .iter()
                .find(|one| one.name == other)
                .and_then(|one| one.key.first().cloned())
                .ok_or(StoreError::BadValue)?,
        };
        if let Some(one) = tables.iter_mut().find(|one| one.name == table) {
            let cascades = on_delete == "CASCADE";
            one.references.push(Reference { column, table: other, to, optional, cascades });
        }
    }
    Ok(tables)
}

/// A name within SQL: of the schema itself, never of a request.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// The rows of a table whose column has one of these values (a JSON list), each as a JSON object. Bytes stand in it as
/// `{"hex": …}`.
pub(super) async fn rows(
    connection: &mut Connection,
    table: &Table,
    column: &str,
    values: &str,
) -> Result<Vec<String>, StoreError> {
    let fields: Vec<String> = table
        .columns
        .iter()
        .map(|name| {
            let own = quoted(name);
            let label = name.replace('\'', "''");
            format!("'{label}', CASE typeof({own}) WHEN 'blob' THEN json_object('hex', hex({own})) ELSE {own} END")
        })
        .collect();
    let order: Vec<String> = table.key.iter().map(|name| quoted(name)).collect();
    let sql = format!(
        "SELECT json_object({}) FROM {} WHERE {} IN (SELECT value FROM json_each(?)) ORDER BY {}",
        fields.join(", "),
        quoted(&table.name),
        quoted(column),
        if order.is_empty() { "1".to_owned() } else { order.join(", ") },
    );
    Ok(sqlx::query_scalar(AssertSqlSafe(sql)).bind(values).fetch_all(connection).await?)
}

/// Adds a row that [`rows`] gave. Columns that it does not know get the schema's own value; `left_out` are not written.
pub(super) async fn insert(
    connection: &mut Connection,
    table: &Table,
    body: &str,
    left_out: &[&str],
) -> Result<(), StoreError> {
    let known: Vec<String> =
        sqlx::query_scalar("SELECT key FROM json_each(?)").bind(body).fetch_all(&mut *connection).await?;
    let columns: Vec<&String> =
        table.columns.iter().filter(|name| known.contains(name) && !left_out.contains(&name.as_str())).collect();
    let names: Vec<String> = columns.iter().map(|name| quoted(name)).collect();
    let values: Vec<String> = columns.iter().map(|name| value(name)).collect();
    let sql = format!("INSERT INTO {} ({}) SELECT {}", quoted(&table.name), names.join(", "), values.join(", "));
    sqlx::query(AssertSqlSafe(sql)).bind(body).execute(connection).await?;
    Ok(())
}

/// A column's value out of the bound object.
pub(super) fn value(column: &str) -> String {
    let path = format!("'$.\"{}\"'", column.replace('\'', "''").replace('"', "\\\""));
    format!(
        "CASE json_type(?1, {path}) WHEN 'object' THEN unhex(json_extract(?1, {path} || '.hex')) ELSE json_extract(?1, {path}) END"
    )
}

/// Removes the row whose primary key stands in the object.
pub(super) async fn remove(connection: &mut Connection, table: &Table, body: &str) -> Result<u64, StoreError> {
    if table.key.is_empty() {
        return Err(StoreError::BadValue);
    }
    let key: Vec<String> = table.key.iter().map(|name| format!("{} = {}", quoted(name), value(name))).collect();
    let sql = format!("DELETE FROM {} WHERE {}", quoted(&table.name), key.join(" AND "));
    Ok(sqlx::query(AssertSqlSafe(sql)).bind(body).execute(connection).await?.rows_affected())
}
