//! What a database that came back from a backup needs: another life, and what was erased since erased again.

use std::collections::BTreeSet;

use domain::id::PracticeId;
use sqlx::Row;
use uuid::Uuid;

use super::appointment::name_hash;
use super::{Store, StoreError, Tx};
use crate::secret::{self, Hash};

impl Store {
    /// The life of the database. Another cluster or another database of it is another life, and so is one that was begun: a restore
    /// brings the old number back with the rest.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn life(&self) -> Result<String, StoreError> {
        const SQL: &str = "SELECT (SELECT system_identifier FROM pg_control_system())::text, \
                           (SELECT oid FROM pg_database WHERE datname = current_database())::text, \
                           (SELECT last_value FROM life)::text";
        let row = sqlx::query(SQL).fetch_one(&self.pool).await?;
        let parts: [String; 3] = [row.try_get(0)?, row.try_get(1)?, row.try_get(2)?];
        let hash = secret::hash(&[parts[0].as_bytes(), parts[1].as_bytes(), parts[2].as_bytes()]);
        Ok(hash[..16].iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// Begins another life.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn begin_life(&self) -> Result<(), StoreError> {
        // A number that no backup holds; a sequence's are above zero.
        let number = i64::from_be_bytes(secret::random()).unsigned_abs() >> 2;
        sqlx::query("SELECT setval('life', $1)")
            .bind(i64::try_from(number).unwrap_or(1).max(1))
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Whether a practice is here, in service or ended.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn knows(&self, practice: PracticeId) -> Result<bool, StoreError> {
        Ok(sqlx::query_scalar("SELECT EXISTS (SELECT FROM tenant WHERE practice_id = $1)")
            .bind(practice.uuid())
            .fetch_one(&self.pool)
            .await?)
    }
}

impl Tx {
    /// Nobody else settles the same practice until the end of this transaction.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn alone(&mut self) -> Result<(), StoreError> {
        let practice = self.practice().uuid();
        sqlx::query("SELECT 1 FROM practice WHERE practice_id = $1 FOR UPDATE")
            .bind(practice)
            .execute(self.conn())
            .await?;
        Ok(())
    }

    /// Appointments whose names have these hashes.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn named(&mut self, hashes: &BTreeSet<Hash>) -> Result<Vec<Uuid>, StoreError> {
        let practice = self.practice().uuid();
        let all: Vec<Uuid> = sqlx::query_scalar("SELECT appointment_id FROM appointment WHERE practice_id = $1")
            .bind(practice)
            .fetch_all(self.conn())
            .await?;
        Ok(all.into_iter().filter(|id| hashes.contains(&name_hash(*id))).collect())
    }

    /// Every phone and address under which something stands.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn contacts(&mut self) -> Result<Vec<String>, StoreError> {
        const SQL: &str = "SELECT contact FROM account WHERE practice_id = $1 \
                           UNION SELECT contact FROM visit WHERE practice_id = $1 AND contact IS NOT NULL \
                           UNION SELECT contact FROM rights_request WHERE practice_id = $1 \
                           UNION SELECT recipient FROM message WHERE practice_id = $1 AND recipient IS NOT NULL";
        let practice = self.practice().uuid();
        Ok(sqlx::query_scalar(SQL).bind(practice).fetch_all(self.conn()).await?)
    }

    /// Whether names are known as erased, all of them.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn are_erased(&mut self, hashes: &BTreeSet<Hash>) -> Result<bool, StoreError> {
        let practice = self.practice().uuid();
        let hashes: Vec<Vec<u8>> = hashes.iter().map(|hash| hash.to_vec()).collect();
        let known: i64 = sqlx::query_scalar(
            "SELECT count(*) FROM erased e WHERE practice_id = $1 AND name_hash = ANY ($2) AND NOT EXISTS \
                 (SELECT FROM readmitted r WHERE r.practice_id = $1 AND r.name_hash = e.name_hash)",
        )
        .bind(practice)
        .bind(&hashes)
        .fetch_one(self.conn())
        .await?;
        Ok(usize::try_from(known).is_ok_and(|known| known == hashes.len()))
    }

    /// Remembers names as erased.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn remember_erased(
        &mut self,
        hashes: &BTreeSet<Hash>,
        now: chrono::DateTime<chrono::Utc>,
    ) -> Result<(), StoreError> {
        let practice = self.practice().uuid();
        let hashes: Vec<Vec<u8>> = hashes.iter().map(|hash| hash.to_vec()).collect();
        sqlx::query(
            "INSERT INTO erased (practice_id, name_hash, erased_at) SELECT $1, name, $3 FROM unnest($2::bytea[]) name \
             ON CONFLICT DO NOTHING",
        )
        .bind(practice)
        .bind(&hashes)
        .bind(now)
        .execute(self.change())
        .await?;
        self.erase_anew(&hashes).await
    }

    /// Names that are erased may not come again.
    pub(super) async fn erase_anew(&mut self, hashes: &[Vec<u8>]) -> Result<(), StoreError> {
        let practice = self.practice().uuid();
        sqlx::query("DELETE FROM readmitted WHERE practice_id = $1 AND name_hash = ANY ($2)")
            .bind(practice)
            .bind(hashes)
            .execute(self.conn())
            .await?;
        Ok(())
    }

    /// Takes erased names again: the practice says that the person wants it so. How many.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn readmit(&mut self, hashes: &BTreeSet<Hash>) -> Result<u64, StoreError> {
        let practice = self.practice().uuid();
        let hashes: Vec<Vec<u8>> = hashes.iter().map(|hash| hash.to_vec()).collect();
        let done = sqlx::query(
            "INSERT INTO readmitted (practice_id, name_hash) SELECT practice_id, name_hash FROM erased \
             WHERE practice_id = $1 AND name_hash = ANY ($2) ON CONFLICT DO NOTHING",
        )
        .bind(practice)
        .bind(&hashes)
        .execute(self.conn())
        .await?;
        Ok(done.rows_affected())
    }
}
