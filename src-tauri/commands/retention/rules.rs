//! The rules as they count here, and the controller's decisions about them.

use std::collections::HashMap;

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};
use domain::privacy::retention::{Category, Decided, defaults, objections};
use domain::role::Permission;
use serde_json::json;

use super::people::decided;
use super::wire::{RetentionRuleView, RetentionView, SetRetentionRuleRequest};
use super::{day_of, destroy, holds, reason};
use crate::commands::privacy::DueItem;
use crate::commands::wire::NothingRequest;
use crate::commands::{CommandError, Desk};
use crate::journal::ChangeRecord;
use crate::store::archive::known;
use crate::store::retention::{self, RuleRow};
use crate::store::{self, Connection};

/// The day on which the last dry run was looked at.
pub(super) const LOOKED_ON: &str = "retention_looked_on";

/// Names of users, by identifier.
pub(super) async fn names(connection: &mut Connection) -> Result<HashMap<String, String>, CommandError> {
    Ok(store::access::users(connection).await?.into_iter().map(|user| (user.id.to_string(), user.name)).collect())
}

/// The rules with their sources, whom somebody keeps longer, and how it stands with the archive.
///
/// # Errors
/// `permission_denied`.
pub async fn show_retention(desk: &Desk, _request: NothingRequest) -> Result<RetentionView, CommandError> {
    let mut connection = desk.read(Permission::KeepPrivacy, "show_retention").await?;
    let users = names(&mut connection).await?;
    let own = retention::rules(&mut connection).await?;
    let (country, zone) = (desk.premises().country, desk.premises().zone);
    let view = |default: &domain::privacy::retention::Default| {
        let row = own.iter().find(|row| row.category == default.category.as_str());
        let counts = row.and_then(decided).filter(|one| !objections(country, *one).iter().any(|o| o.refuses()));
        let now = counts.unwrap_or(Decided { category: default.category, active: None, months: default.months });
        RetentionRuleView {
            category: default.category.as_str().to_owned(),
            active_months: now.active.or(default.active),
            months: now.months,
            default_active_months: default.active,
            default_months: default.months,
            at_least: default.at_least,
            at_most: default.at_most,
            source: default.source.to_owned(),
            dated: default.dated.to_owned(),
            reason: row.map(|row| row.reason.clone()).unwrap_or_default(),
            decided_on: row
                .and_then(|row| day_of(&row.decided_at, &zone))
                .map_or_else(String::new, |day| day.to_string()),
            decided_by: row.and_then(|row| users.get(&row.decided_by)).cloned().unwrap_or_default(),
            remarks: objections(country, now).iter().map(|one| one.as_str().to_owned()).collect(),
        }
    };
    let looked = store::practice::setting(&mut connection, LOOKED_ON).await?;
    Ok(RetentionView {
        rules: defaults(country).iter().map(view).collect(),
        holds: holds::views(desk, &mut connection, &users).await?,
        archived: known::count_archived(&mut connection).await?,
        open: desk.archive.is_open(desk.now()),
        destructions: destroy::views(desk, &mut connection, &users).await?,
        looked_on: looked.and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default(),
    })
}

/// Decides how long a category is kept, or goes back to the default. What the law refuses is refused here; what is only not
/// recommended is told.
///
/// # Errors
/// `permission_denied`, `unknown_word`, `empty`, `too_long`, `retention_too_short`, `retention_too_long`,
/// `retention_active_too_long`, `retention_no_active`.
pub async fn set_retention_rule(desk: &Desk, request: SetRetentionRuleRequest) -> Result<RetentionView, CommandError> {
    let category: Category = request.category.parse().map_err(|_| CommandError::field("unknown_word", "category"))?;
    let why = reason(&request.reason, "reason")?;
    let row = match request.months {
        None => None,
        Some(months) => {
            let wish = Decided { category, active: request.active_months, months };
            let country = desk.premises().country;
            if let Some(refusal) = objections(country, wish).into_iter().find(|one| one.refuses()) {
                let bounds = defaults(country).iter().find(|one| one.category == category);
                let bound = match refusal {
                    domain::privacy::retention::Objection::TooShort => bounds.and_then(|one| one.at_least),
                    domain::privacy::retention::Objection::TooLong => bounds.and_then(|one| one.at_most),
                    _ => None,
                };
                let error = CommandError::field(refusal.as_str(), "months");
                return Err(error.with("limit", bound.unwrap_or_default()));
            }
            Some(wish)
        }
    };
    let mut change = desk.change(Permission::KeepPrivacy, "set_retention_rule").await?;
    let before = retention::rules(change.connection()).await?.into_iter().find(|one| one.category == category.as_str());
    match row {
        Some(wish) => {
            let row = RuleRow {
                category: category.as_str().to_owned(),
                active_months: wish.active.map(i64::from),
                months: i64::from(wish.months),
                reason: why.clone(),
                decided_at: change.at().to_owned(),
                decided_by: desk.session().user_id.to_string(),
            };
            retention::save_rule(change.connection(), &row).await?;
        }
        None => retention::remove_rule(change.connection(), category.as_str()).await?,
    }
    let told = |active: Option<i64>, months: Option<i64>, why: &str| json!({ "category": category.as_str(), "active_months": active, "months": months, "reason": why });
    let was = before.map_or_else(|| told(None, None, ""), |one| told(one.active_months, Some(one.months), &one.reason));
    let is = told(row.and_then(|one| one.active.map(i64::from)), row.map(|one| i64::from(one.months)), &why);
    let practice = desk.premises().practice_id.to_string();
    change.record("privacy", &practice, None, &ChangeRecord::updated("retention_rule", &was, &is)).await?;
    change.commit().await?;
    show_retention(desk, NothingRequest {}).await
}

/// What is due this week: lists that wait for a confirmation, archived persons whose time ends, the month's look at what the
/// rules would do. Nobody is named.
pub async fn due(
    connection: &mut Connection,
    today: NaiveDate,
    _now: DateTime<Utc>,
) -> Result<Vec<DueItem>, CommandError> {
    let mut items = Vec::new();
    let counts = store::destruction::line_counts(connection).await?;
    for list in store::destruction::destructions(connection).await? {
        if list.confirmed_at.is_none() && list.dropped_at.is_none() {
            let label = counts.get(&list.id).copied().unwrap_or_default().to_string();
            items.push(DueItem { kind: "destruction", id: list.id, label, on: today, part: "retention" });
        }
    }
    let week = today + Days::new(7);
    let ending: Vec<NaiveDate> = known::archived(connection)
        .await?
        .iter()
        .filter_map(|one| one.destroy_on.parse::<NaiveDate>().ok())
        .filter(|on| *on <= week)
        .collect();
    if let (Some(first), true) = (ending.iter().min(), items.is_empty()) {
        let label = ending.len().to_string();
        items.push(DueItem { kind: "archive_ends", id: String::new(), label, on: *first, part: "retention" });
    }
    let month = today.with_day(1).unwrap_or(today);
    let looked = store::practice::setting(connection, LOOKED_ON).await?;
    let looked = looked.and_then(|value| value.as_str().and_then(|day| day.parse::<NaiveDate>().ok()));
    if looked.is_none_or(|day| day < month) {
        let on = month.checked_add_months(chrono::Months::new(1)).map_or(today, |next| next - Days::new(1));
        items.push(DueItem { kind: "retention_look", id: String::new(), label: String::new(), on, part: "retention" });
    }
    Ok(items)
}
