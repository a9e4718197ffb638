//! Who answers for the practice's data: what the registers and the notice name.

use domain::privacy::authority::{authority, breach_hours, law};
use domain::role::Permission;

use super::wire::{PrivacySettingsFields, PrivacySettingsView, SavePrivacySettingsRequest};
use super::{SHORT, TOPIC, date, day_text, meanwhile, text};
use crate::commands::desk::Change;
use crate::commands::requests;
use crate::commands::wire::{DoneView, NothingRequest};
use crate::commands::{CommandError, Desk};
use crate::journal::ChangeRecord;
use crate::store;
use crate::store::registers::PrivacySettings;

/// What the journal calls it.
pub(super) const KIND: &str = "privacy_settings";
/// Longest remark: it stands on a notice of one page.
const REMARK: usize = 600;
/// Most hours that a practice may set.
const HOURS: i64 = 720;

/// Who answers for the practice's data, and what the country's law asks of it.
///
/// # Errors
/// `permission_denied`.
pub async fn show_privacy_settings(desk: &Desk, _request: NothingRequest) -> Result<PrivacySettingsView, CommandError> {
    let mut connection = desk.read(Permission::KeepPrivacy, "show_privacy_settings").await?;
    let row = store::registers::settings(&mut connection).await?;
    let answer_days = requests::own_days(&mut connection).await?;
    let premises = desk.premises();
    let (authority, law) = (authority(premises.country), law(premises.country));
    Ok(PrivacySettingsView {
        practice: premises.name.clone(),
        authority: authority.short.to_owned(),
        authority_site: authority.site.to_owned(),
        declaration_needed: law.declaration,
        hours_free: !law.breach.by_law,
        hours: breach_hours(premises.country, row.breach_hours),
        answer_days_free: requests::days_are_free(desk),
        answer_days: answer_days.and_then(|days| i64::try_from(days).ok()),
        wall: desk.wall_now().to_string(),
        revision: row.revision,
        fields: PrivacySettingsFields {
            controller: row.controller,
            representative: row.representative,
            officer: row.officer,
            officer_contact: row.officer_contact,
            declaration: row.declaration,
            declared_on: day_text(row.declared_on),
            breach_hours: row.breach_hours,
            retention_remark: row.retention_remark,
        },
    })
}

/// Changes who answers for the practice's data.
///
/// # Errors
/// `permission_denied`, `too_long`, `bad_characters`, `bad_date`, `out_of_range`, `changed_meanwhile`.
pub async fn save_privacy_settings(desk: &Desk, request: SavePrivacySettingsRequest) -> Result<DoneView, CommandError> {
    let fields = request.fields;
    let after = PrivacySettings {
        controller: text(&fields.controller, "controller", SHORT)?,
        representative: text(&fields.representative, "representative", SHORT)?,
        officer: text(&fields.officer, "officer", SHORT)?,
        officer_contact: text(&fields.officer_contact, "officer_contact", SHORT)?,
        declaration: text(&fields.declaration, "declaration", SHORT)?,
        declared_on: date(&fields.declared_on, "declared_on")?,
        breach_hours: fields.breach_hours,
        retention_remark: text(&fields.retention_remark, "retention_remark", REMARK)?,
        revision: request.revision,
    };
    if after.breach_hours.is_some_and(|hours| !(1..=HOURS).contains(&hours)) {
        return Err(CommandError::field("out_of_range", "breach_hours"));
    }
    let mut change = desk.change(Permission::KeepPrivacy, "save_privacy_settings").await?;
    let before = store::registers::settings(change.connection()).await?;
    store::registers::save_settings(change.connection(), &after).await.map_err(meanwhile)?;
    let after = PrivacySettings { revision: after.revision + 1, ..after };
    let record = ChangeRecord::updated(KIND, &before, &after);
    let subject = desk.premises().practice_id.to_string();
    let sequence = change.record(TOPIC, &subject, None, &record).await?;
    change.commit().await?;
    Ok(DoneView { sequence: Some(sequence) })
}

/// Takes a change back.
pub(super) async fn back(change: &mut Change<'_>, record: &ChangeRecord) -> Result<ChangeRecord, CommandError> {
    let now = store::registers::settings(change.connection()).await?;
    if !record.still_holds(&now) {
        return Err(CommandError::new("changed_meanwhile"));
    }
    let back: PrivacySettings = record.reverted(&now).ok_or_else(|| CommandError::new("journal_damaged"))?;
    store::registers::save_settings(change.connection(), &back).await.map_err(meanwhile)?;
    Ok(ChangeRecord::updated(KIND, &now, &PrivacySettings { revision: now.revision + 1, ..back }))
}
