//! The only SQL of the portal. Every question names its practice: [`Store::begin`] opens a transaction behind that practice's wall
//! (`SET LOCAL app.practice`), and the database's row-level security shows it nothing else.
//!
//! Errors hold an SQLSTATE at most: what the database says of a refused row may hold the row.

mod account;
mod appointment;
mod booking;
mod directory;
mod erase;
mod instruction;
mod message;
mod outcome;
mod restored;
mod retention;
mod rights;
mod row;
mod schedule;
mod search;
mod slot;
mod tenant;
mod visit;

use std::{
    collections::HashMap,
    sync::{Arc, OnceLock},
};

use chrono::{DateTime, Utc};
use domain::id::PracticeId;
use fhir::booking::{Instruction, Schedule};
use sqlx::{
    AssertSqlSafe, PgPool, Postgres,
    postgres::{PgConnectOptions, PgListener, PgPoolOptions},
};
use uuid::Uuid;

pub use account::Account;
pub use appointment::{Held, name_hash, put_appointment};
pub use booking::{BookRequest, Booked, MOST_OPEN, can_change};
pub use directory::{Listed, Shown};
pub use erase::{Destroyed, Erasure, Export, Receipt};
pub use instruction::covers;
pub use message::{Channel, MOST_TRIES, Message, NewMessage, Template};
pub use outcome::{About, Lost, MOST_SHOWN, QUESTIONS, Told, reached};
pub use retention::Purged;
pub use rights::{RightsKind, RightsRequest};
pub use search::FreeSlot;
pub use slot::SlotSearch;
pub use tenant::{NewTenant, State, TOKEN_LASTS, read_client_name};
pub use visit::{CODE_LASTS, Visit};

/// Why the store did not do it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The time is taken: the rule "one slot, one booking".
    #[error("the time is taken")]
    Taken,
    /// Another appointment of the practice has that booking code.
    #[error("the booking code is taken")]
    CodeTaken,
    /// It was erased and does not come back.
    #[error("erased")]
    Erased,
    /// Another version is there than was expected.
    #[error("another version")]
    Stale,
    /// It is not there.
    #[error("not found")]
    NotFound,
    /// The practitioner and site have no schedule here.
    #[error("no such schedule")]
    NoSchedule,
    /// The instruction does not cover it.
    #[error("not instructed: {0}")]
    NotInstructed(&'static str),
    /// Too many appointments stand open already.
    #[error("too many")]
    TooMany,
    /// What is stored is not of its form.
    #[error("stored in another form")]
    Form,
    /// The database failed; its state.
    #[error("database ({0:?})")]
    Database([u8; 5]),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let Some(error) = error.as_database_error() else { return Self::Database(*b"08000") };
        match error.constraint() {
            Some("one_slot_one_booking") => return Self::Taken,
            Some("appointment_by_code") => return Self::CodeTaken,
            _ => {}
        }
        let mut state = *b"XX000";
        if let Some(code) = error.code().filter(|code| code.len() == 5) {
            state.copy_from_slice(code.as_bytes());
        }
        Self::Database(state)
    }
}

/// Is told of which practice something was committed that others may see.
type Hook = Box<dyn Fn(PracticeId) + Send + Sync>;

/// The database.
#[derive(Clone)]
pub struct Store {
    pool: PgPool,
    hook: Arc<OnceLock<Hook>>,
}

/// What other processes of the portal tell.
pub struct Ears(PgListener);

impl Ears {
    /// The next thing that is told; none where the connection was lost, and something may have been missed.
    ///
    /// # Errors
    /// Where the database cannot be reached any more.
    pub async fn next(&mut self) -> Result<Option<String>, StoreError> {
        Ok(self.0.try_recv().await?.map(|told| told.payload().to_owned()))
    }
}

/// The channel on which processes tell one another what they changed.
const CHANNEL: &str = "portal_changes";

/// A transaction behind the wall of one practice. Dropped without [`Tx::commit`], it leaves nothing.
pub struct Tx {
    practice: PracticeId,
    inner: sqlx::Transaction<'static, Postgres>,
    /// Who is told after the commit, where something was changed that others may see.
    hook: Arc<OnceLock<Hook>>,
    changed: bool,
    /// What was read already and is asked for again and again, by each entry of a batch.
    instruction: Option<Option<Instruction>>,
    schedules: HashMap<Uuid, Schedule>,
}

impl Store {
    /// Opens the database to serve: no statement and no wait for a lock lasts long, and nothing stays open behind somebody who
    /// went away.
    ///
    /// # Errors
    /// Where it cannot be reached.
    pub async fn open(address: &str, connections: u32) -> Result<Self, StoreError> {
        let limits =
            [("statement_timeout", "15s"), ("lock_timeout", "5s"), ("idle_in_transaction_session_timeout", "60s")];
        let options = address.parse::<PgConnectOptions>()?.options(limits);
        Self::connect(options, connections).await
    }

    /// Opens the database as the schema's owner, who may take the time a migration takes.
    ///
    /// # Errors
    /// Where it cannot be reached.
    pub async fn open_owner(address: &str) -> Result<Self, StoreError> {
        Self::connect(address.parse()?, 2).await
    }

    async fn connect(options: PgConnectOptions, connections: u32) -> Result<Self, StoreError> {
        let pool = PgPoolOptions::new()
            .max_connections(connections)
            .acquire_timeout(std::time::Duration::from_secs(10))
            .connect_with(options)
            .await?;
        Ok(Self { pool, hook: Arc::default() })
    }

    /// Says who is told of which practice something was committed. Once for a store and its copies.
    pub fn on_change(&self, hook: impl Fn(PracticeId) + Send + Sync + 'static) {
        // A second one would leave the first without news: the first stays.
        let _ = self.hook.set(Box::new(hook));
    }

    /// Listens to what other processes of the portal tell.
    ///
    /// # Errors
    /// Where the database cannot be reached.
    pub async fn listen(&self) -> Result<Ears, StoreError> {
        // A connection of its own: of those that serve none is taken away.
        let options = self.pool.connect_options().as_ref().clone();
        let own = PgPoolOptions::new().max_connections(1).connect_with(options).await?;
        let mut listener = PgListener::connect_with(&own).await?;
        listener.listen(CHANNEL).await?;
        Ok(Ears(listener))
    }

    /// Tells other processes of which practices something was committed. Lost with a crash of the database, as is what they remember.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn announce(&self, whose: &str, practices: &[PracticeId]) -> Result<(), StoreError> {
        let told: Vec<String> = practices.iter().map(|practice| format!("{whose} {practice}")).collect();
        let mut tx = self.pool.begin_with("BEGIN; SET LOCAL synchronous_commit = off").await?;
        sqlx::query("SELECT pg_notify($1, told) FROM unnest($2::text[]) told")
            .bind(CHANNEL)
            .bind(told)
            .execute(&mut *tx)
            .await?;
        Ok(tx.commit().await?)
    }

    /// Whether the role that serves can pass the walls, which it must not.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn passes_walls(&self) -> Result<bool, StoreError> {
        const OWN: &str = "SELECT r.rolsuper OR r.rolbypassrls OR EXISTS (SELECT FROM pg_class c WHERE c.relname = 'appointment' \
                           AND pg_has_role(current_user, c.relowner, 'MEMBER')) FROM pg_roles r WHERE r.rolname = current_user";
        Ok(sqlx::query_scalar(OWN).fetch_one(&self.pool).await?)
    }

    /// Brings the schema up to date, as its owner.
    ///
    /// # Errors
    /// Where a step fails, or the schema is newer than this program.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        sqlx::migrate!("./migrations").run(&self.pool).await.map_err(|error| match error {
            sqlx::migrate::MigrateError::Execute(error) => error.into(),
            sqlx::migrate::MigrateError::ExecuteMigration(error, _) => error.into(),
            _ => StoreError::Form,
        })
    }

    /// A transaction behind the wall of a practice.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn begin(&self, practice: PracticeId) -> Result<Tx, StoreError> {
        // A UUID is written in hexadecimal: nothing of a request stands in this statement.
        let begin = AssertSqlSafe(format!("BEGIN; SET LOCAL app.practice = '{practice}'"));
        let inner = self.pool.begin_with(begin).await?;
        Ok(Tx {
            practice,
            inner,
            hook: self.hook.clone(),
            changed: false,
            instruction: None,
            schedules: HashMap::new(),
        })
    }

    /// Closes every connection.
    pub async fn close(&self) {
        self.pool.close().await;
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// Where it does not.
    pub async fn answers(&self) -> Result<(), StoreError> {
        sqlx::query("SELECT 1").execute(&self.pool).await?;
        Ok(())
    }

    /// How many connections there are, and how many of them wait for work.
    #[must_use]
    pub fn connections(&self) -> (u32, usize) {
        (self.pool.size(), self.pool.num_idle())
    }
}

impl Tx {
    /// Whose wall it stands behind.
    #[must_use]
    pub const fn practice(&self) -> PracticeId {
        self.practice
    }

    /// Makes what was done last.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn commit(self) -> Result<(), StoreError> {
        self.inner.commit().await?;
        if let Some(hook) = self.hook.get().filter(|_| self.changed) {
            hook(self.practice);
        }
        Ok(())
    }

    /// Marks a place to go back to.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn save(&mut self) -> Result<(), StoreError> {
        sqlx::query("SAVEPOINT entry").execute(self.conn()).await?;
        Ok(())
    }

    /// Forgets the place, and keeps or undoes what was done since.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn settle(&mut self, keep: bool) -> Result<(), StoreError> {
        let statement = if keep { "RELEASE SAVEPOINT entry" } else { "ROLLBACK TO SAVEPOINT entry" };
        sqlx::query(statement).execute(self.conn()).await?;
        if !keep {
            self.instruction = None;
            self.schedules.clear();
        }
        Ok(())
    }

    /// The next number of what the practice has to hear of.
    async fn next_feed(&mut self) -> Result<i64, StoreError> {
        let practice = self.practice.uuid();
        let next = "UPDATE practice SET feed = feed + 1 WHERE practice_id = $1 RETURNING feed";
        Ok(sqlx::query_scalar(next).bind(practice).fetch_one(self.change()).await?)
    }

    /// The number of the last thing that the practice has to hear of.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn feed(&mut self) -> Result<i64, StoreError> {
        let practice = self.practice.uuid();
        Ok(sqlx::query_scalar("SELECT feed FROM practice WHERE practice_id = $1")
            .bind(practice)
            .fetch_one(self.conn())
            .await?)
    }

    /// To read, and to change what no other visitor sees.
    fn conn(&mut self) -> &mut sqlx::PgConnection {
        &mut self.inner
    }

    /// To change what others may see: what is open, offered or said of a practice.
    fn change(&mut self) -> &mut sqlx::PgConnection {
        self.changed = true;
        &mut self.inner
    }
}

/// Which version a change expects to find.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expect {
    /// Whatever there is.
    Anything,
    /// That version.
    Version(i64),
    /// Nothing.
    Nothing,
}

/// What a conditional update did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Put {
    /// What happened.
    pub outcome: PutOutcome,
    /// The version now.
    pub version: i64,
    /// Since when.
    pub updated_at: DateTime<Utc>,
}

/// What a conditional update did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PutOutcome {
    /// It was not there.
    Created,
    /// It was, and is changed.
    Updated,
    /// It was, exactly so: a doubled request does nothing twice.
    Unchanged,
}

impl Expect {
    /// What is to be done, given the version that is there and whether its content is the same already.
    ///
    /// A request that was doubled or whose answer was lost finds its own content: that is a success, whatever it expected.
    fn judge(self, there: Option<(i64, bool)>) -> Result<PutOutcome, StoreError> {
        match (self, there) {
            (_, Some((_, true))) => Ok(PutOutcome::Unchanged),
            (Self::Anything, Some(_)) => Ok(PutOutcome::Updated),
            (Self::Version(expected), Some((version, _))) if expected == version => Ok(PutOutcome::Updated),
            (Self::Anything | Self::Nothing, None) => Ok(PutOutcome::Created),
            (Self::Version(_) | Self::Nothing, _) => Err(StoreError::Stale),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_doubled_request_succeeds_and_a_late_one_does_not() {
        assert_eq!(Expect::Nothing.judge(None), Ok(PutOutcome::Created));
        assert_eq!(Expect::Nothing.judge(Some((1, true))), Ok(PutOutcome::Unchanged));
        assert_eq!(Expect::Nothing.judge(Some((1, false))), Err(StoreError::Stale));
        assert_eq!(Expect::Version(1).judge(Some((1, false))), Ok(PutOutcome::Updated));
        assert_eq!(Expect::Version(1).judge(Some((2, true))), Ok(PutOutcome::Unchanged));
        assert_eq!(Expect::Version(1).judge(Some((2, false))), Err(StoreError::Stale));
        assert_eq!(Expect::Version(1).judge(None), Err(StoreError::Stale));
        assert_eq!(Expect::Anything.judge(Some((9, false))), Ok(PutOutcome::Updated));
    }
}
