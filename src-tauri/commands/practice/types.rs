//! Appointment types with all that they ask for, and the rooms and equipment that they take along.

use domain::agenda::provider_time::ProviderTime;
use domain::id::{ResourceId, ResourceKindId, TypeId};
use domain::money::Cents;
use domain::role::Permission;

use super::wire::{
    ResourceKindView, ResourceView, SaveResourceKindRequest, SaveResourceRequest, SaveTypeRequest, SavedView, TypeView,
};
use super::{name, saved};
use crate::commands::{CommandError, Desk};
use crate::store::practice::AppointmentType;
use crate::store::types::{Resource, ResourceKind};
use crate::store::{self, Connection};

/// The longest free time that a type keeps after, in minutes; the schema says the same.
const LONGEST_BUFFER: i64 = 240;
/// How long instructions may be.
const INSTRUCTIONS: usize = 2_000;

pub(super) fn view(kind: AppointmentType) -> TypeView {
    TypeView {
        id: kind.id,
        name: kind.name,
        short_name: kind.short_name,
        minutes: kind.minutes,
        colour: kind.colour,
        active: kind.active,
        buffer_minutes: kind.buffer_minutes,
        online: kind.online,
        needs_approval: kind.needs_approval,
        instructions: kind.instructions,
        price_cents: kind.price_cents,
        provider_time: kind.provider_time,
        practitioners: kind.practitioners,
        sites: kind.sites,
        resource_kinds: kind.resource_kinds,
    }
}

pub(super) fn kind_view(kind: ResourceKind) -> ResourceKindView {
    ResourceKindView { id: kind.id, name: kind.name, category: kind.category, active: kind.active }
}

pub(super) fn resource_view(one: Resource) -> ResourceView {
    ResourceView { id: one.id, kind_id: one.kind_id, site_id: one.site_id, name: one.name, active: one.active }
}

/// The pattern as it is kept; one that does not speak of the whole duration is refused.
fn provider_time(text: &str, minutes: i64) -> Result<String, CommandError> {
    let pattern: ProviderTime = text.parse().map_err(|_| CommandError::field("bad_provider_time", "provider_time"))?;
    let parts = (minutes + 4) / 5;
    if !pattern.is_whole() && pattern.minutes() != parts * 5 {
        return Err(CommandError::field("provider_time_length", "provider_time").with("parts", parts));
    }
    Ok(pattern.to_string())
}

/// Every practitioner, site and kind that a type names is there.
async fn check_lists(connection: &mut Connection, request: &SaveTypeRequest) -> Result<(), CommandError> {
    let practitioners = store::practice::practitioners(connection).await?;
    if request.practitioners.iter().any(|id| !practitioners.iter().any(|one| one.id == *id)) {
        return Err(CommandError::field("practitioner_not_found", "practitioners"));
    }
    let sites = store::practice::sites(connection).await?;
    if request.sites.iter().any(|id| !sites.iter().any(|one| one.id == *id)) {
        return Err(CommandError::field("not_found", "sites"));
    }
    let kinds = store::types::resource_kinds(connection).await?;
    if request.resource_kinds.iter().any(|id| !kinds.iter().any(|one| one.id == *id)) {
        return Err(CommandError::field("not_found", "resource_kinds"));
    }
    Ok(())
}

fn sorted<T: Ord + Copy>(mut list: Vec<T>) -> Vec<T> {
    list.sort_unstable();
    list.dedup();
    list
}

/// Adds or changes an appointment type. Appointments that are booked keep what they were booked with.
///
/// # Errors
/// `name_missing`, `bad_duration`, `unknown_word`, `out_of_range`, `bad_provider_time`, `provider_time_length`,
/// `bad_price`, `too_long`, `practitioner_not_found`, `not_found`, `last_type`, `permission_denied`.
pub async fn save_type(desk: &Desk, request: SaveTypeRequest) -> Result<SavedView, CommandError> {
    if !(1..=1440).contains(&request.minutes) {
        return Err(CommandError::field("bad_duration", "minutes"));
    }
    if !["blue", "teal", "green", "ochre", "red", "violet", "orange"].contains(&request.colour.as_str()) {
        return Err(CommandError::field("unknown_word", "colour"));
    }
    if !(0..=LONGEST_BUFFER).contains(&request.buffer_minutes) {
        return Err(CommandError::field("out_of_range", "buffer_minutes"));
    }
    if request.instructions.chars().count() > INSTRUCTIONS {
        return Err(CommandError::field("too_long", "instructions").with("limit", INSTRUCTIONS));
    }
    let price = match request.price_cents {
        Some(cents) => Some(Cents::price(cents).ok_or_else(|| CommandError::field("bad_price", "price_cents"))?),
        None => None,
    };
    let provider_time = provider_time(&request.provider_time, request.minutes)?;
    let mut change = desk.change(Permission::ManageSettings, "save_type").await?;
    check_lists(change.connection(), &request).await?;
    let all = store::practice::types(change.connection()).await?;
    let before = match request.id {
        Some(id) => Some(all.iter().find(|one| one.id == id).ok_or_else(|| CommandError::new("not_found"))?.clone()),
        None => None,
    };
    let after = AppointmentType {
        id: request.id.unwrap_or_else(|| TypeId::new(desk.make_id())),
        name: name(&request.name, "name")?,
        short_name: request.short_name.trim().to_owned(),
        minutes: request.minutes,
        colour: request.colour,
        rank: before.as_ref().map_or(i64::try_from(all.len()).unwrap_or(0), |before| before.rank),
        active: request.active,
        buffer_minutes: request.buffer_minutes,
        online: request.online,
        needs_approval: request.needs_approval,
        instructions: request.instructions.trim().to_owned(),
        price_cents: price.map(Cents::value),
        provider_time,
        practitioners: sorted(request.practitioners),
        sites: sorted(request.sites),
        resource_kinds: sorted(request.resource_kinds),
    };
    if !after.active && !all.iter().any(|kind| kind.active && kind.id != after.id) {
        return Err(CommandError::field("last_type", "active"));
    }
    store::practice::save_type(change.connection(), &after).await?;
    saved(&mut change, "type", &after.id.to_string(), before.as_ref(), &after).await?;
    change.commit().await?;
    Ok(SavedView { id: after.id.to_string() })
}

/// Adds or changes a kind of rooms or equipment.
///
/// # Errors
/// `name_missing`, `unknown_word`, `not_found`, `permission_denied`.
pub async fn save_resource_kind(desk: &Desk, request: SaveResourceKindRequest) -> Result<SavedView, CommandError> {
    if !["room", "equipment"].contains(&request.category.as_str()) {
        return Err(CommandError::field("unknown_word", "category"));
    }
    let mut change = desk.change(Permission::ManageSettings, "save_resource_kind").await?;
    let all = store::types::resource_kinds(change.connection()).await?;
    let before = match request.id {
        Some(id) => Some(all.iter().find(|one| one.id == id).ok_or_else(|| CommandError::new("not_found"))?.clone()),
        None => None,
    };
    let after = ResourceKind {
        id: request.id.unwrap_or_else(|| ResourceKindId::new(desk.make_id())),
        name: name(&request.name, "name")?,
        category: request.category,
        rank: before.as_ref().map_or(i64::try_from(all.len()).unwrap_or(0), |before| before.rank),
        active: request.active,
    };
    store::types::save_resource_kind(change.connection(), &after).await?;
    saved(&mut change, "resource_kind", &after.id.to_string(), before.as_ref(), &after).await?;
    change.commit().await?;
    Ok(SavedView { id: after.id.to_string() })
}

/// Adds or changes a room or a piece of equipment. Appointments that hold it keep it.
///
/// # Errors
/// `name_missing`, `not_found`, `permission_denied`.
pub async fn save_resource(desk: &Desk, request: SaveResourceRequest) -> Result<SavedView, CommandError> {
    let mut change = desk.change(Permission::ManageSettings, "save_resource").await?;
    let kinds = store::types::resource_kinds(change.connection()).await?;
    if !kinds.iter().any(|kind| kind.id == request.kind_id) {
        return Err(CommandError::field("not_found", "kind_id"));
    }
    let sites = store::practice::sites(change.connection()).await?;
    let all = store::types::resources(change.connection()).await?;
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
    let after = Resource {
        id: request.id.unwrap_or_else(|| ResourceId::new(desk.make_id())),
        kind_id: request.kind_id,
        site_id,
        name: name(&request.name, "name")?,
        rank: before.as_ref().map_or(i64::try_from(all.len()).unwrap_or(0), |before| before.rank),
        active: request.active,
    };
    store::types::save_resource(change.connection(), &after).await?;
    saved(&mut change, "resource", &after.id.to_string(), before.as_ref(), &after).await?;
    change.commit().await?;
    Ok(SavedView { id: after.id.to_string() })
}
