//! The order given by hand, as the journal keeps it and undo puts it back.

use std::collections::BTreeMap;

use domain::id::AppointmentId;
use serde::{Deserialize, Serialize};

use crate::commands::CommandError;
use crate::journal::ChangeRecord;
use crate::store::{self, Connection};

/// The places of those who waited for one practitioner; none where nobody gave one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turns {
    /// Day number.
    pub day: i64,
    /// By appointment.
    pub turns: BTreeMap<AppointmentId, Option<i64>>,
}

impl Turns {
    /// As they are now, of these.
    ///
    /// # Errors
    /// What the store refuses.
    pub async fn read(
        connection: &mut Connection,
        day: i64,
        of: impl Iterator<Item = AppointmentId>,
    ) -> Result<Self, CommandError> {
        let turns = store::queue::turns(connection, day).await?;
        Ok(Self { day, turns: of.map(|id| (id, turns.get(&id).copied())).collect() })
    }

    /// Writes them.
    ///
    /// # Errors
    /// What the store refuses.
    pub async fn write(&self, connection: &mut Connection) -> Result<(), CommandError> {
        for (id, turn) in &self.turns {
            store::queue::set_turn(connection, self.day, *id, *turn).await?;
        }
        Ok(())
    }

    /// The entry of a change: both sides whole, since undo needs the places of everybody.
    #[must_use]
    pub fn change(before: &Self, after: &Self) -> ChangeRecord {
        let whole = |turns: &Self| match serde_json::to_value(turns) {
            Ok(serde_json::Value::Object(map)) => Some(map),
            _ => None,
        };
        ChangeRecord { kind: "queue".to_owned(), before: whole(before), after: whole(after), undoes: None }
    }

    fn of(side: Option<&serde_json::Map<String, serde_json::Value>>) -> Option<Self> {
        serde_json::from_value(serde_json::Value::Object(side?.clone())).ok()
    }

    /// Puts back the order that a change found, where nobody changed it since.
    ///
    /// # Errors
    /// `changed_meanwhile`; what the store refuses.
    pub async fn undo(connection: &mut Connection, record: &ChangeRecord) -> Result<ChangeRecord, CommandError> {
        let damaged = || CommandError::new("journal_damaged");
        let before = Self::of(record.before.as_ref()).ok_or_else(damaged)?;
        let after = Self::of(record.after.as_ref()).ok_or_else(damaged)?;
        let now = Self::read(connection, after.day, after.turns.keys().copied()).await?;
        if now != after {
            return Err(CommandError::new("changed_meanwhile"));
        }
        before.write(connection).await?;
        Ok(Self::change(&now, &before))
    }
}
