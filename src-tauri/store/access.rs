//! Users, the connection log, drafts and preferences.

use domain::id::{PractitionerId, UserId};
use domain::role::Roles;
use serde::{Deserialize, Serialize};
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use super::row::{flag, number_option, parsed, parsed_option, text};
use super::{Connection, StoreError};

/// A user's row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct User {
    /// Identifier.
    pub id: UserId,
    /// Login.
    pub login: String,
    /// Name.
    pub name: String,
    /// Administrator whatever else.
    pub administrator: bool,
    /// `administrator`, `practitioner`, `secretary`.
    pub role: String,
    /// The practitioner they are.
    pub practitioner_id: Option<PractitionerId>,
    /// `active`, `clinical_pending`, `disabled`.
    pub state: String,
    /// Preferences, JSON.
    pub preferences: String,
    /// UTC instant.
    pub created_at: String,
}

impl User {
    /// The roles that this row gives.
    #[must_use]
    pub fn roles(&self) -> Roles {
        Roles {
            administrator: self.administrator,
            practitioner: self.role == "practitioner",
            secretary: self.role == "secretary",
        }
    }
}

/// What a change checks of its user.
pub struct Standing {
    /// Roles as they are now.
    pub roles: Roles,
    /// Disabled meanwhile.
    pub disabled: bool,
}

const COLUMNS: &str =
    "SELECT id, login, name, administrator, role, practitioner_id, state, preferences, created_at FROM user";

fn read(row: &SqliteRow) -> Result<User, StoreError> {
    Ok(User {
        id: parsed(row, 0)?,
        login: text(row, 1)?,
        name: text(row, 2)?,
        administrator: flag(row, 3)?,
        role: text(row, 4)?,
        practitioner_id: parsed_option(row, 5)?,
        state: text(row, 6)?,
        preferences: text(row, 7)?,
        created_at: text(row, 8)?,
    })
}

/// What a change needs to know before it begins, in one look: the present roles of its user (none where there is no such
/// user) and the journal's newest entry.
///
/// # Errors
/// What SQLite refuses.
pub async fn threshold(
    connection: &mut Connection,
    id: UserId,
) -> Result<(Option<Standing>, Option<(i64, Vec<u8>)>), StoreError> {
    let row = sqlx::query(sqlx::AssertSqlSafe(format!(
        "SELECT u.*, j.sequence, j.hash FROM (SELECT 1)
           LEFT JOIN ({COLUMNS} WHERE id = ?) u ON TRUE
           LEFT JOIN (SELECT sequence, hash FROM journal ORDER BY sequence DESC LIMIT 1) j ON TRUE"
    )))
    .bind(id.to_string())
    .fetch_one(connection)
    .await?;
    let user = if row.try_get::<Option<&str>, _>(0)?.is_some() { Some(read(&row)?) } else { None };
    let standing = user.map(|user| Standing { roles: user.roles(), disabled: user.state == "disabled" });
    let head = match number_option(&row, 9)? {
        Some(sequence) => Some((sequence, row.try_get(10)?)),
        None => None,
    };
    Ok((standing, head))
}

/// The present roles of a user; none where there is no such user.
///
/// # Errors
/// What SQLite refuses.
pub async fn standing(connection: &mut Connection, id: UserId) -> Result<Option<Standing>, StoreError> {
    Ok(user(connection, id).await?.map(|user| Standing { roles: user.roles(), disabled: user.state == "disabled" }))
}

/// A user by identifier.
///
/// # Errors
/// What SQLite refuses.
pub async fn user(connection: &mut Connection, id: UserId) -> Result<Option<User>, StoreError> {
    sqlx::query(sqlx::AssertSqlSafe(format!("{COLUMNS} WHERE id = ?")))
        .bind(id.to_string())
        .fetch_optional(connection)
        .await?
        .map(|row| read(&row))
        .transpose()
}

/// A user by login.
///
/// # Errors
/// What SQLite refuses.
pub async fn user_by_login(connection: &mut Connection, login: &str) -> Result<Option<User>, StoreError> {
    sqlx::query(sqlx::AssertSqlSafe(format!("{COLUMNS} WHERE login = ?")))
        .bind(login)
        .fetch_optional(connection)
        .await?
        .map(|row| read(&row))
        .transpose()
}

/// All users by name.
///
/// # Errors
/// What SQLite refuses.
pub async fn users(connection: &mut Connection) -> Result<Vec<User>, StoreError> {
    sqlx::query(sqlx::AssertSqlSafe(format!("{COLUMNS} ORDER BY name, id")))
        .fetch_all(connection)
        .await?
        .iter()
        .map(read)
        .collect()
}

/// Adds or replaces a user's row.
///
/// # Errors
/// [`StoreError::NotUnique`] where the login is taken.
pub async fn save(connection: &mut Connection, user: &User) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO user (id, login, name, administrator, role, practitioner_id, state, preferences, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET login = excluded.login, name = excluded.name,
             administrator = excluded.administrator, role = excluded.role,
             practitioner_id = excluded.practitioner_id, state = excluded.state, preferences = excluded.preferences",
    )
    .bind(user.id.to_string())
    .bind(&user.login)
    .bind(&user.name)
    .bind(user.administrator)
    .bind(&user.role)
    .bind(user.practitioner_id.map(|id| id.to_string()))
    .bind(&user.state)
    .bind(&user.preferences)
    .bind(&user.created_at)
    .execute(connection)
    .await?;
    Ok(())
}

/// One line of the connection log.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct ConnectionRow {
    /// UTC instant.
    pub at: String,
    /// The user's name.
    pub user: String,
    /// Workstation.
    pub workstation: String,
    /// What happened.
    pub event: String,
}

/// Adds a line to the connection log, and forgets those older than `keep_from` (6 months: DOMAIN.md, retention).
///
/// # Errors
/// What SQLite refuses.
pub async fn log_connection(
    connection: &mut Connection,
    at: &str,
    user: UserId,
    workstation: &str,
    event: &str,
    keep_from: &str,
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM connection_log WHERE at < ?").bind(keep_from).execute(&mut *connection).await?;
    sqlx::query("INSERT INTO connection_log (at, user_id, workstation, event) VALUES (?, ?, ?, ?)")
        .bind(at)
        .bind(user.to_string())
        .bind(workstation)
        .bind(event)
        .execute(connection)
        .await?;
    Ok(())
}

/// The newest lines of the connection log.
///
/// # Errors
/// What SQLite refuses.
pub async fn connections(connection: &mut Connection, limit: i64) -> Result<Vec<ConnectionRow>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT l.at, coalesce(u.name, '') AS user, l.workstation, l.event
           FROM connection_log l LEFT JOIN user u ON u.id = l.user_id ORDER BY l.id DESC LIMIT ?",
    )
    .bind(limit)
    .fetch_all(connection)
    .await?)
}

/// Keeps a draft; an empty body forgets it.
///
/// # Errors
/// What SQLite refuses (a body that is not JSON).
pub async fn save_draft(
    connection: &mut Connection,
    user: UserId,
    kind: &str,
    body: &str,
    at: &str,
) -> Result<(), StoreError> {
    if body.is_empty() {
        sqlx::query("DELETE FROM draft WHERE user_id = ? AND kind = ?")
            .bind(user.to_string())
            .bind(kind)
            .execute(connection)
            .await?;
    } else {
        sqlx::query(
            "INSERT INTO draft (user_id, kind, body, saved_at) VALUES (?, ?, ?, ?)
             ON CONFLICT DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at",
        )
        .bind(user.to_string())
        .bind(kind)
        .bind(body)
        .bind(at)
        .execute(connection)
        .await?;
    }
    Ok(())
}

/// The drafts of a user: kind and body.
///
/// # Errors
/// What SQLite refuses.
pub async fn drafts(connection: &mut Connection, user: UserId) -> Result<Vec<(String, String)>, StoreError> {
    Ok(sqlx::query_as("SELECT kind, body FROM draft WHERE user_id = ? ORDER BY kind")
        .bind(user.to_string())
        .fetch_all(connection)
        .await?)
}
