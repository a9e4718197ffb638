//! The reading room: an archived person's rows in a database in memory, so that they are read as the active are. It vanishes
//! with its connection; nothing that is done in it reaches a file.

use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use sqlx::{AssertSqlSafe, Row as _};

use super::Package;
use super::family::{Schema, insert, rows};
use crate::store::row::json_ids;
use crate::store::{Connection, MIGRATOR, StoreError};

/// What a person's rows refer to, and what the practice says of itself.
const AROUND: &[&str] = &["practice", "site", "practitioner", "user", "appointment_type", "setting"];

/// A database in memory with the schema of this version.
async fn empty_room() -> Result<Connection, StoreError> {
    let options = SqliteConnectOptions::new().in_memory(true).foreign_keys(false).pragma("temp_store", "MEMORY");
    let pool =
        SqlitePoolOptions::new().max_connections(1).idle_timeout(None).max_lifetime(None).connect_with(options).await?;
    MIGRATOR.run(&pool).await.map_err(|_| StoreError::NotReadable)?;
    Ok(pool.acquire().await?.detach())
}

/// Lays a package out, with what it refers to and its part of the journal, from the open database.
///
/// # Errors
/// What SQLite refuses.
pub async fn reading_room(main: &mut Connection, package: &Package) -> Result<Connection, StoreError> {
    let mut room = empty_room().await?;
    // What keeps a living database in order would refuse rows that come as they are.
    let guards: Vec<String> =
        sqlx::query_scalar("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetch_all(&mut room).await?;
    for guard in guards {
        let sql = format!("DROP TRIGGER \"{}\"", guard.replace('"', "\"\""));
        sqlx::query(AssertSqlSafe(sql)).execute(&mut room).await?;
    }
    let schema = Schema::read(&mut room).await?;
    let find = |name: &str| schema.table(name);
    for name in AROUND {
        let table = find(name)?;
        let key = table.key.first().ok_or(StoreError::BadValue)?;
        let all = format!("SELECT json_group_array(\"{key}\") FROM \"{name}\"");
        let keys: String = sqlx::query(AssertSqlSafe(all)).fetch_one(&mut *main).await?.try_get(0)?;
        sqlx::query(AssertSqlSafe(format!("DELETE FROM \"{name}\""))).execute(&mut room).await?;
        for body in rows(main, table, key, &keys).await? {
            insert(&mut room, table, &body, &[]).await?;
        }
    }
    for body in rows(main, find("journal")?, "owner_id", &json_ids(&package.patients)).await? {
        insert(&mut room, find("journal")?, &body, &[]).await?;
    }
    for row in &package.rows {
        insert(&mut room, find(&row.table)?, &row.body, &[]).await?;
    }
    Ok(room)
}
