//! What goes by itself, when its time is over.

use chrono::{DateTime, Months, TimeDelta, Utc};

use super::{StoreError, Tx};

/// How much went.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Purged {
    /// Accounts two years after their last activity.
    pub accounts: u64,
    /// Appointments two years after their day, and wishes two years after they were last touched.
    pub appointments: u64,
    /// Connections six months after they were made, or after the account's last booking.
    pub connections: u64,
    /// Addresses a year after they connected.
    pub addresses: u64,
    /// Requests two years after they arrived.
    pub rights_requests: u64,
    /// Visits, tokens, past slots and settled messages.
    pub leftovers: u64,
}

impl Tx {
    /// Deletes what is past its time.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn purge(&mut self, now: DateTime<Utc>) -> Result<Purged, StoreError> {
        let ago = |months: u32| now.checked_sub_months(Months::new(months)).unwrap_or(now);
        let connections = "DELETE FROM connection c WHERE c.practice_id = $1 AND c.at < $2 AND NOT EXISTS (SELECT FROM account a \
                           WHERE a.practice_id = c.practice_id AND a.account_id = c.account_id AND a.last_booked_at >= $2)";
        let addresses =
            "UPDATE connection SET address = NULL WHERE practice_id = $1 AND at < $2 AND address IS NOT NULL";
        let appointments = "DELETE FROM appointment WHERE practice_id = $1 AND coalesce(end_at, updated_at) < $2";
        let accounts = "DELETE FROM account a WHERE a.practice_id = $1 AND a.last_active_at < $2 AND NOT EXISTS (SELECT FROM appointment p \
                        WHERE p.practice_id = a.practice_id AND p.account_id = a.account_id AND p.end_at >= $2)";
        let rights = "DELETE FROM rights_request WHERE practice_id = $1 AND received_at < $2";
        let mut leftovers = 0;
        for (sql, before) in [
            ("DELETE FROM visit WHERE practice_id = $1 AND seen_at < $2", now - TimeDelta::hours(24)),
            ("DELETE FROM token WHERE practice_id = $1 AND expires_at < $2", now),
            ("DELETE FROM slot WHERE practice_id = $1 AND end_at < $2", now - TimeDelta::days(7)),
            ("DELETE FROM message WHERE practice_id = $1 AND settled_at < $2", ago(6)),
        ] {
            leftovers += self.purge_one(sql, before).await?;
        }
        Ok(Purged {
            connections: self.purge_one(connections, ago(6)).await?,
            addresses: self.purge_one(addresses, ago(12)).await?,
            appointments: self.purge_one(appointments, ago(24)).await?,
            accounts: self.purge_one(accounts, ago(24)).await?,
            rights_requests: self.purge_one(rights, ago(24)).await?,
            leftovers,
        })
    }

    async fn purge_one(&mut self, sql: &'static str, before: DateTime<Utc>) -> Result<u64, StoreError> {
        let practice = self.practice().uuid();
        Ok(sqlx::query(sql).bind(practice).bind(before).execute(self.change()).await?.rows_affected())
    }
}
