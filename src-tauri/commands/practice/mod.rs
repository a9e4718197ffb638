//! The practice's settings: sites, practitioners, appointment types, opening hours, absences.

pub mod opening;
pub mod types;
pub mod wire;

pub use opening::{add_absence, remove_absence, set_hours, show_opening};
pub use types::{save_resource, save_resource_kind, save_type};

use domain::id::{PractitionerId, SiteId};
use domain::identifiers::{inpe, rpps};
use domain::role::Permission;
use domain::time::Zone;

use super::desk::Premises;
use super::wire::{DoneView, NothingRequest};
use super::{CommandError, Desk};
use crate::journal::ChangeRecord;
use crate::store::practice::{Practitioner, Site};
use crate::store::{self, Connection};
use wire::{
    PracticeView, PractitionerView, SavePractitionerRequest, SaveSiteRequest, SavedView, SiteView,
    UpdatePracticeRequest,
};

/// The setting that holds the idle minutes before the lock.
const LOCK_AFTER: &str = "lock_after_minutes";
/// Idle minutes before the lock, until somebody chooses.
const LOCK_AFTER_DEFAULT: i64 = 10;

/// Reads what every session needs to know of the practice.
///
/// # Errors
/// What the store refuses.
pub(crate) async fn premises(connection: &mut Connection) -> Result<Premises, CommandError> {
    let practice = store::practice::practice(connection).await?;
    let sites = store::practice::sites(connection).await?;
    let site = sites.iter().find(|site| site.active).or(sites.first());
    let zone: Zone = site.and_then(|site| site.zone.parse().ok()).ok_or_else(|| CommandError::new("vault_damaged"))?;
    let lock_after_minutes = store::practice::setting(connection, LOCK_AFTER)
        .await?
        .and_then(|value| value.as_i64())
        .unwrap_or(LOCK_AFTER_DEFAULT);
    Ok(Premises {
        practice_id: practice.id,
        name: practice.name,
        country: practice.country,
        zone,
        demonstration: practice.demonstration,
        lock_after_minutes,
    })
}

async fn refresh(desk: &Desk) -> Result<(), CommandError> {
    let mut connection = desk.store().read().await?;
    let fresh = premises(&mut connection).await?;
    *desk.premises.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = fresh;
    Ok(())
}

fn name(text: &str, field: &str) -> Result<String, CommandError> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        return Err(CommandError::field("name_missing", field));
    }
    if text.chars().count() > 200 {
        return Err(CommandError::field("too_long", field).with("limit", 200));
    }
    Ok(text)
}

/// The practice with its sites, practitioners and types.
///
/// # Errors
/// `permission_denied`.
pub async fn show_practice(desk: &Desk, _request: NothingRequest) -> Result<PracticeView, CommandError> {
    let mut connection = desk.read(Permission::ReadAgenda, "show_practice").await?;
    let premises = premises(&mut connection).await?;
    let sites = store::practice::sites(&mut connection).await?;
    let practitioners = store::practice::practitioners(&mut connection).await?;
    let types = store::practice::types(&mut connection).await?;
    Ok(PracticeView {
        name: premises.name,
        country: premises.country,
        lock_after_minutes: premises.lock_after_minutes,
        sites: sites
            .into_iter()
            .map(|site| SiteView {
                id: site.id,
                name: site.name,
                zone: site.zone,
                address: site.address,
                postcode: site.postcode,
                city: site.city,
                phone: site.phone,
                active: site.active,
            })
            .collect(),
        practitioners: practitioners
            .into_iter()
            .map(|one| PractitionerView {
                warnings: warnings(&one),
                id: one.id,
                name: one.name,
                speciality: one.speciality,
                rpps: one.rpps,
                inpe: one.inpe,
                site_id: one.site_id,
                active: one.active,
            })
            .collect(),
        types: types.into_iter().map(types::view).collect(),
        resource_kinds: store::types::resource_kinds(&mut connection)
            .await?
            .into_iter()
            .map(types::kind_view)
            .collect(),
        resources: store::types::resources(&mut connection).await?.into_iter().map(types::resource_view).collect(),
    })
}

fn warnings(one: &Practitioner) -> Vec<String> {
    let mut warnings = Vec::new();
    if !one.rpps.is_empty() {
        warnings.extend(rpps::check(&one.rpps).err().map(|warning| warning.as_str().to_owned()));
    }
    if !one.inpe.is_empty() {
        warnings.extend(inpe::check(&one.inpe).err().map(|warning| warning.as_str().to_owned()));
    }
    warnings
}

/// Renames the practice, sets the idle time before the lock.
///
/// # Errors
/// `name_missing`, `out_of_range`, `permission_denied`.
pub async fn update_practice(desk: &Desk, request: UpdatePracticeRequest) -> Result<DoneView, CommandError> {
    if !(1..=60).contains(&request.lock_after_minutes) {
        return Err(CommandError::field("out_of_range", "lock_after_minutes"));
    }
    let mut change = desk.change(Permission::ManageSettings, "update_practice").await?;
    let before = store::practice::practice(change.connection()).await?;
    let mut after = before.clone();
    after.name = name(&request.name, "name")?;
    store::practice::save_practice(change.connection(), &after).await?;
    let minutes = serde_json::Value::from(request.lock_after_minutes);
    store::practice::save_setting(change.connection(), LOCK_AFTER, &minutes).await?;
    let id = after.id.to_string();
    change.record("practice", &id, None, &ChangeRecord::updated("practice", &before, &after)).await?;
    let sequence = change.commit().await?;
    refresh(desk).await?;
    Ok(DoneView { sequence: Some(sequence) })
}

fn zone(text: &str) -> Result<String, CommandError> {
    let zone: Zone = text.trim().parse().map_err(|_| CommandError::field("unknown_zone", "zone"))?;
    Ok(zone.to_string())
}

/// Adds or changes a site.
///
/// # Errors
/// `name_missing`, `unknown_zone`, `not_found`, `permission_denied`.
pub async fn save_site(desk: &Desk, request: SaveSiteRequest) -> Result<SavedView, CommandError> {
    let mut change = desk.change(Permission::ManageSettings, "save_site").await?;
    let sites = store::practice::sites(change.connection()).await?;
    let before = match request.id {
        Some(id) => {
            Some(sites.iter().find(|site| site.id == id).ok_or_else(|| CommandError::new("not_found"))?.clone())
        }
        None => None,
    };
    let after = Site {
        id: request.id.unwrap_or_else(|| SiteId::new(desk.make_id())),
        name: name(&request.name, "name")?,
        zone: zone(&request.zone)?,
        address: request.address,
        postcode: request.postcode,
        city: request.city,
        phone: request.phone,
        rank: before.as_ref().map_or(i64::try_from(sites.len()).unwrap_or(0), |before| before.rank),
        active: request.active,
    };
    if !after.active && !sites.iter().any(|site| site.active && site.id != after.id) {
        return Err(CommandError::field("last_site", "active"));
    }
    store::practice::save_site(change.connection(), &after).await?;
    saved(&mut change, "site", &after.id.to_string(), before.as_ref(), &after).await?;
    change.commit().await?;
    refresh(desk).await?;
    Ok(SavedView { id: after.id.to_string() })
}

async fn saved<T: serde::Serialize>(
    change: &mut super::desk::Change<'_>,
    kind: &str,
    id: &str,
    before: Option<&T>,
    after: &T,
) -> Result<i64, CommandError> {
    let record = match before {
        Some(before) => ChangeRecord::updated(kind, before, after),
        None => ChangeRecord::created(kind, after),
    };
    change.record("practice", id, None, &record).await
}

/// Adds or changes a practitioner. Numbers warn, never block.
///
/// # Errors
/// `name_missing`, `not_found`, `permission_denied`.
pub async fn save_practitioner(desk: &Desk, request: SavePractitionerRequest) -> Result<SavedView, CommandError> {
    let mut change = desk.change(Permission::ManageSettings, "save_practitioner").await?;
    let all = store::practice::practitioners(change.connection()).await?;
    let sites = store::practice::sites(change.connection()).await?;
    let before = match request.id {
        Some(id) => Some(all.iter().find(|one| one.id == id).ok_or_else(|| CommandError::new("not_found"))?.clone()),
        None => None,
    };
    let site_id = request
        .site_id
        .or(before.as_ref().map(|before| before.site_id))
        .or(sites.iter().find(|site| site.active).map(|site| site.id))
        .filter(|id| sites.iter().any(|site| site.id == *id))
        .ok_or_else(|| CommandError::field("not_found", "site_id"))?;
    let after = Practitioner {
        id: request.id.unwrap_or_else(|| PractitionerId::new(desk.make_id())),
        name: name(&request.name, "name")?,
        speciality: request.speciality,
        rpps: request.rpps,
        inpe: request.inpe,
        site_id,
        rank: before.as_ref().map_or(i64::try_from(all.len()).unwrap_or(0), |before| before.rank),
        active: request.active,
    };
    store::practice::save_practitioner(change.connection(), &after).await?;
    saved(&mut change, "practitioner", &after.id.to_string(), before.as_ref(), &after).await?;
    change.commit().await?;
    Ok(SavedView { id: after.id.to_string() })
}
