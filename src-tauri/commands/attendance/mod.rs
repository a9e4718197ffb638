//! No-shows and late cancellations: the practice's rule of what is counted and shown when somebody books.
//!
//! Not here: the counting itself, which comes with every match of a search (room `store`, `search`).

pub mod wire;

use domain::agenda::attendance::{AttendanceRule, AttendanceRuleError, SENTENCE};
use domain::role::Permission;

use super::wire::{DoneView, NothingRequest};
use super::{CommandError, Desk};
use crate::journal::ChangeRecord;
use crate::store::{self, Connection};
use wire::AttendanceRuleView;

/// The setting that holds the rule.
const SETTING: &str = "attendance";

/// The practice's rule; the usual one until somebody chose.
pub(super) async fn rule(connection: &mut Connection) -> Result<AttendanceRule, CommandError> {
    let value = store::practice::setting(connection, SETTING).await?;
    Ok(value.and_then(|value| serde_json::from_value(value).ok()).unwrap_or_default())
}

/// The rule as it stands.
///
/// # Errors
/// `permission_denied`.
pub async fn show_attendance_rule(desk: &Desk, _request: NothingRequest) -> Result<AttendanceRuleView, CommandError> {
    let mut connection = desk.read(Permission::ReadAgenda, "show_attendance_rule").await?;
    let rule = rule(&mut connection).await?;
    Ok(AttendanceRuleView {
        show_from: rule.show_from,
        months: rule.months,
        late_hours: rule.late_hours,
        sentence: rule.sentence,
    })
}

/// Changes the rule. What was counted stays counted; whether a cancellation was late was decided when it was made.
///
/// # Errors
/// `out_of_range` or `too_long` with the field, `permission_denied`.
pub async fn save_attendance_rule(desk: &Desk, request: AttendanceRuleView) -> Result<DoneView, CommandError> {
    let after = AttendanceRule {
        show_from: request.show_from,
        months: request.months,
        late_hours: request.late_hours,
        sentence: request.sentence.split_whitespace().collect::<Vec<_>>().join(" "),
    };
    let range =
        |field: &str, from: i64, to: i64| CommandError::field("out_of_range", field).with("from", from).with("to", to);
    let after = after.checked().map_err(|error| match error {
        AttendanceRuleError::ShowFrom => range("show_from", 1, 20),
        AttendanceRuleError::Months => range("months", 1, 120),
        AttendanceRuleError::LateHours => range("late_hours", 0, 336),
        AttendanceRuleError::Sentence => CommandError::field("too_long", "sentence").with("limit", SENTENCE),
    })?;
    let mut change = desk.change(Permission::ManageSettings, "save_attendance_rule").await?;
    let before = rule(change.connection()).await?;
    let value = serde_json::to_value(&after).map_err(|_| CommandError::new("bad_request"))?;
    store::practice::save_setting(change.connection(), SETTING, &value).await?;
    let id = desk.premises().practice_id.to_string();
    change.record("practice", &id, None, &ChangeRecord::updated("attendance", &before, &after)).await?;
    let sequence = change.commit().await?;
    super::practice::refresh(desk).await?;
    Ok(DoneView { sequence: Some(sequence) })
}
