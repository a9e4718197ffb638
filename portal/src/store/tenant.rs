//! Practices, their credentials and their tokens.

use chrono::{DateTime, TimeDelta, Utc};
use domain::id::PracticeId;
use uuid::Uuid;

use super::{Store, StoreError, Tx, message::words};
use crate::secret::{self, Hash};

words! {
    /// How a practice stands with the portal.
    State {
        /// In service.
        Active = "active",
        /// Nothing is shown or booked; what is there stays.
        Suspended = "suspended",
        /// Everything is destroyed; the confirmation can still be fetched.
        Ended = "ended",
    }
}

/// A practice that was taken in: what its app needs, shown this once.
#[derive(Debug)]
pub struct NewTenant {
    /// Its number.
    pub practice: PracticeId,
    /// The client's name, for OAuth.
    pub client_id: String,
    /// The client's secret.
    pub client_secret: String,
}

/// A token ends so long after it was given.
pub const TOKEN_LASTS: TimeDelta = TimeDelta::minutes(30);

/// The client's name: practice and credential.
fn client_name(practice: PracticeId, client: Uuid) -> String {
    format!("{practice}.{client}")
}

/// Practice and credential of a client's name.
#[must_use]
pub fn read_client_name(name: &str) -> Option<(PracticeId, Uuid)> {
    let (practice, client) = name.split_once('.')?;
    Some((practice.parse().ok()?, Uuid::try_parse(client).ok().filter(|_| client.len() == 36)?))
}

impl Store {
    /// Takes a practice in, as the schema's owner.
    ///
    /// # Errors
    /// Where the database fails; where it is there already.
    pub async fn add_tenant(
        &self,
        practice: PracticeId,
        name: &str,
        now: DateTime<Utc>,
    ) -> Result<NewTenant, StoreError> {
        let mut tx = self.begin(practice).await?;
        sqlx::query("INSERT INTO tenant (practice_id) VALUES ($1)").bind(practice.uuid()).execute(tx.conn()).await?;
        sqlx::query("INSERT INTO practice (practice_id, name, created_at) VALUES ($1, $2, $3)")
            .bind(practice.uuid())
            .bind(name)
            .bind(now)
            .execute(tx.conn())
            .await?;
        let made = tx.add_credential(now).await?;
        tx.commit().await?;
        Ok(made)
    }

    /// Gives a practice another secret, as the schema's owner; the older ones count no more.
    ///
    /// # Errors
    /// Where the database fails; where there is no such practice.
    pub async fn renew_credential(&self, practice: PracticeId, now: DateTime<Utc>) -> Result<NewTenant, StoreError> {
        let mut tx = self.begin(practice).await?;
        sqlx::query("UPDATE credential SET revoked_at = $2 WHERE practice_id = $1 AND revoked_at IS NULL")
            .bind(practice.uuid())
            .bind(now)
            .execute(tx.conn())
            .await?;
        sqlx::query("DELETE FROM token WHERE practice_id = $1").bind(practice.uuid()).execute(tx.conn()).await?;
        let made = tx.add_credential(now).await?;
        tx.commit().await?;
        Ok(made)
    }

    /// The practices that are not ended, by number.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn tenants(&self) -> Result<Vec<(PracticeId, State)>, StoreError> {
        let rows: Vec<(Uuid, String)> =
            sqlx::query_as("SELECT practice_id, state FROM tenant WHERE state <> 'ended' ORDER BY practice_id")
                .fetch_all(&self.pool)
                .await?;
        let read = |(id, state): (Uuid, String)| State::read(&state).map(|state| (PracticeId::new(id), state));
        rows.into_iter().map(|row| read(row).ok_or(StoreError::Form)).collect()
    }
}

impl Tx {
    async fn add_credential(&mut self, now: DateTime<Utc>) -> Result<NewTenant, StoreError> {
        let practice = self.practice();
        let client = secret::make_id();
        let (client_secret, kept) = secret::make_client_secret();
        sqlx::query("INSERT INTO credential (practice_id, client_id, secret_hash, created_at) VALUES ($1, $2, $3, $4)")
            .bind(practice.uuid())
            .bind(client)
            .bind(kept.as_slice())
            .bind(now)
            .execute(self.conn())
            .await?;
        Ok(NewTenant { practice, client_id: client_name(practice, client), client_secret })
    }

    /// Whether a client has that secret.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn knows_client(&mut self, client: Uuid, kept: &Hash) -> Result<bool, StoreError> {
        let practice = self.practice().uuid();
        let sql = "SELECT secret_hash FROM credential WHERE practice_id = $1 AND client_id = $2 AND revoked_at IS NULL";
        let hash: Option<Vec<u8>> =
            sqlx::query_scalar(sql).bind(practice).bind(client).fetch_optional(self.conn()).await?;
        // Of nobody, a hash of the same length is compared, so that both take as long.
        let there = hash.unwrap_or_else(|| vec![0; kept.len()]);
        Ok(secret::same(&there, kept))
    }

    /// Keeps a token for a client.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn give_token(&mut self, client: Uuid, token: &Hash, now: DateTime<Utc>) -> Result<(), StoreError> {
        let practice = self.practice().uuid();
        sqlx::query("INSERT INTO token (practice_id, token_hash, client_id, expires_at) VALUES ($1, $2, $3, $4)")
            .bind(practice)
            .bind(token.as_slice())
            .bind(client)
            .bind(now + TOKEN_LASTS)
            .execute(self.conn())
            .await?;
        Ok(())
    }

    /// How the practice of a token stands; none where the token is not, or no more, good.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn token_state(&mut self, token: &Hash, now: DateTime<Utc>) -> Result<Option<State>, StoreError> {
        let practice = self.practice().uuid();
        let sql = "SELECT t.state FROM token k JOIN tenant t USING (practice_id) \
                   WHERE k.practice_id = $1 AND k.token_hash = $2 AND k.expires_at > $3";
        let state: Option<String> =
            sqlx::query_scalar(sql).bind(practice).bind(token.as_slice()).bind(now).fetch_optional(self.conn()).await?;
        state.map(|word| State::read(&word).ok_or(StoreError::Form)).transpose()
    }

    /// How the practice stands, and its name; none where there is no such practice.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn practice_state(&mut self) -> Result<Option<(State, String)>, StoreError> {
        let practice = self.practice().uuid();
        let sql = "SELECT t.state, p.name FROM practice p JOIN tenant t USING (practice_id) WHERE p.practice_id = $1";
        let row: Option<(String, String)> = sqlx::query_as(sql).bind(practice).fetch_optional(self.conn()).await?;
        row.map(|(word, name)| State::read(&word).map(|state| (state, name)).ok_or(StoreError::Form)).transpose()
    }

    /// Takes the practice out of service or back into it.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn set_state(&mut self, state: State) -> Result<(), StoreError> {
        let practice = self.practice().uuid();
        sqlx::query("UPDATE tenant SET state = $2 WHERE practice_id = $1")
            .bind(practice)
            .bind(state.as_str())
            .execute(self.change())
            .await?;
        Ok(())
    }
}
