//! Requests and views of the practice's settings: sites, practitioners, types, opening hours, absences.

use domain::country::Country;
use domain::id::{AbsenceId, HoursId, PractitionerId, ResourceId, ResourceKindId, SiteId, TypeId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The practice and everything an agenda needs to be shown.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PracticeView {
    /// Name.
    pub name: String,
    /// Country.
    #[ts(type = "Country")]
    pub country: Country,
    /// Sites in order.
    pub sites: Vec<SiteView>,
    /// Practitioners in order.
    pub practitioners: Vec<PractitionerView>,
    /// Appointment types in order.
    pub types: Vec<TypeView>,
    /// Kinds of rooms and equipment, in order.
    pub resource_kinds: Vec<ResourceKindView>,
    /// Rooms and equipment, in order.
    pub resources: Vec<ResourceView>,
    /// Minutes of idleness before the lock.
    pub lock_after_minutes: i64,
}

/// Rename the practice, set the idle time.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct UpdatePracticeRequest {
    /// Name.
    pub name: String,
    /// Minutes of idleness before the lock, 1 to 60.
    pub lock_after_minutes: i64,
}

/// A site.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SiteView {
    /// Identifier.
    #[ts(type = "SiteId")]
    pub id: SiteId,
    /// Name.
    pub name: String,
    /// IANA zone.
    pub zone: String,
    /// Street.
    pub address: String,
    /// Post code.
    pub postcode: String,
    /// Town.
    pub city: String,
    /// Phone.
    pub phone: String,
    /// Still used.
    pub active: bool,
}

/// Add (no id) or change a site.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SaveSiteRequest {
    /// None: a new one.
    #[ts(type = "SiteId | null")]
    pub id: Option<SiteId>,
    /// Name.
    pub name: String,
    /// IANA zone.
    pub zone: String,
    /// Street.
    pub address: String,
    /// Post code.
    pub postcode: String,
    /// Town.
    pub city: String,
    /// Phone.
    pub phone: String,
    /// Still used.
    pub active: bool,
}

/// A practitioner: somebody with an agenda.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PractitionerView {
    /// Identifier.
    #[ts(type = "PractitionerId")]
    pub id: PractitionerId,
    /// Name, as `Dr Lefèvre`.
    pub name: String,
    /// Speciality.
    pub speciality: String,
    /// RPPS number (FR).
    pub rpps: String,
    /// INPE number (MA).
    pub inpe: String,
    /// Usual site.
    #[ts(type = "SiteId")]
    pub site_id: SiteId,
    /// Still here.
    pub active: bool,
    /// Codes of checks that warn (never block).
    pub warnings: Vec<String>,
}

/// Add (no id) or change a practitioner.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SavePractitionerRequest {
    /// None: a new one.
    #[ts(type = "PractitionerId | null")]
    pub id: Option<PractitionerId>,
    /// Name.
    pub name: String,
    /// Speciality.
    pub speciality: String,
    /// RPPS number.
    pub rpps: String,
    /// INPE number.
    pub inpe: String,
    /// Usual site; none: the first.
    #[ts(type = "SiteId | null")]
    pub site_id: Option<SiteId>,
    /// Still here.
    pub active: bool,
}

/// An appointment type (*motif*).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TypeView {
    /// Identifier.
    #[ts(type = "TypeId")]
    pub id: TypeId,
    /// Name.
    pub name: String,
    /// Short name, typed in the booking box.
    pub short_name: String,
    /// Minutes, copied at booking.
    pub minutes: i64,
    /// One of seven hues.
    #[ts(type = "Colour")]
    pub colour: String,
    /// Still proposed.
    pub active: bool,
    /// Free minutes kept after.
    pub buffer_minutes: i64,
    /// May be booked online.
    pub online: bool,
    /// Whether the practice agrees to each online booking before it holds.
    pub needs_approval: bool,
    /// What the patient is told.
    pub instructions: String,
    /// Price hint, in cents.
    pub price_cents: Option<i64>,
    /// 5-minute parts that need the practitioner, `/X/`; empty: all.
    pub provider_time: String,
    /// Who offers it; empty: everybody.
    #[ts(type = "PractitionerId[]")]
    pub practitioners: Vec<PractitionerId>,
    /// Where; empty: everywhere.
    #[ts(type = "SiteId[]")]
    pub sites: Vec<SiteId>,
    /// Kinds of which it takes one along.
    #[ts(type = "ResourceKindId[]")]
    pub resource_kinds: Vec<ResourceKindId>,
}

/// Add (no id) or change a type.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SaveTypeRequest {
    /// None: a new one.
    #[ts(type = "TypeId | null")]
    pub id: Option<TypeId>,
    /// Name.
    pub name: String,
    /// Short name.
    pub short_name: String,
    /// Minutes, 1 to 1440.
    pub minutes: i64,
    /// One of seven hues.
    #[ts(type = "Colour")]
    pub colour: String,
    /// Still proposed.
    pub active: bool,
    /// Free minutes kept after.
    pub buffer_minutes: i64,
    /// May be booked online.
    pub online: bool,
    /// Whether the practice agrees to each online booking before it holds.
    #[serde(default)]
    pub needs_approval: bool,
    /// What the patient is told.
    pub instructions: String,
    /// Price hint, in cents.
    pub price_cents: Option<i64>,
    /// 5-minute parts that need the practitioner, `/X/`; empty: all.
    pub provider_time: String,
    /// Who offers it; empty: everybody.
    #[ts(type = "PractitionerId[]")]
    pub practitioners: Vec<PractitionerId>,
    /// Where; empty: everywhere.
    #[ts(type = "SiteId[]")]
    pub sites: Vec<SiteId>,
    /// Kinds of which it takes one along.
    #[ts(type = "ResourceKindId[]")]
    pub resource_kinds: Vec<ResourceKindId>,
}

/// A kind of rooms or equipment.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ResourceKindView {
    /// Identifier.
    #[ts(type = "ResourceKindId")]
    pub id: ResourceKindId,
    /// Name.
    pub name: String,
    /// `room` or `equipment`.
    #[ts(type = "'room' | 'equipment'")]
    pub category: String,
    /// Still used.
    pub active: bool,
}

/// Add (no id) or change a kind.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SaveResourceKindRequest {
    /// None: a new one.
    #[ts(type = "ResourceKindId | null")]
    pub id: Option<ResourceKindId>,
    /// Name.
    pub name: String,
    /// `room` or `equipment`.
    #[ts(type = "'room' | 'equipment'")]
    pub category: String,
    /// Still used.
    pub active: bool,
}

/// A room or a piece of equipment.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ResourceView {
    /// Identifier.
    #[ts(type = "ResourceId")]
    pub id: ResourceId,
    /// Kind.
    #[ts(type = "ResourceKindId")]
    pub kind_id: ResourceKindId,
    /// Where it stands.
    #[ts(type = "SiteId")]
    pub site_id: SiteId,
    /// Name.
    pub name: String,
    /// Still used.
    pub active: bool,
}

/// Add (no id) or change a room or a piece of equipment.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SaveResourceRequest {
    /// None: a new one.
    #[ts(type = "ResourceId | null")]
    pub id: Option<ResourceId>,
    /// Kind.
    #[ts(type = "ResourceKindId")]
    pub kind_id: ResourceKindId,
    /// Where; none: the first site.
    #[ts(type = "SiteId | null")]
    pub site_id: Option<SiteId>,
    /// Name.
    pub name: String,
    /// Still used.
    pub active: bool,
}

/// What was added or changed.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SavedView {
    /// Identifier.
    pub id: String,
}

/// One line of a weekly template.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct HoursView {
    /// Identifier.
    #[ts(type = "HoursId")]
    pub id: HoursId,
    /// 1 Monday to 7 Sunday.
    pub weekday: u32,
    /// Minute of the day.
    pub from: i64,
    /// Minute of the day.
    pub to: i64,
    /// First day it counts, ISO date.
    pub valid_from: Option<String>,
    /// Last day it counts, ISO date.
    pub valid_until: Option<String>,
    /// `every`, `odd` or `even` ISO weeks.
    #[ts(type = "'every' | 'odd' | 'even'")]
    pub weeks: String,
}

/// Opening hours and absences to come of a practitioner.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct OpeningView {
    /// Weekly template.
    pub hours: Vec<HoursView>,
    /// Absences that end today or later.
    pub absences: Vec<AbsenceView>,
}

/// Whose.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PractitionerRequest {
    /// Whose.
    #[ts(type = "PractitionerId")]
    pub practitioner_id: PractitionerId,
}

/// Opening hours as set by the user.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct HoursLine {
    /// 1 Monday to 7 Sunday.
    pub weekday: u32,
    /// Minute of the day.
    pub from: i64,
    /// Minute of the day.
    pub to: i64,
    /// First day it counts.
    pub valid_from: Option<String>,
    /// Last day it counts.
    pub valid_until: Option<String>,
    /// `every`, `odd` or `even`.
    #[ts(type = "'every' | 'odd' | 'even'")]
    pub weeks: String,
}

/// Replace lines of the weekly template: all of the named weekdays.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SetHoursRequest {
    /// Whose.
    #[ts(type = "PractitionerId")]
    pub practitioner_id: PractitionerId,
    /// The weekdays whose lines are replaced; one without a line closes.
    pub weekdays: Vec<u32>,
    /// The new lines.
    pub lines: Vec<HoursLine>,
}

/// An absence.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AbsenceView {
    /// Identifier.
    #[ts(type = "AbsenceId")]
    pub id: AbsenceId,
    /// Wall time.
    pub starts: String,
    /// Wall time.
    pub ends: String,
    /// Why, for the desk.
    pub label: String,
    /// Appointments that it hits: never deleted, to be moved by somebody.
    pub hits: i64,
}

/// Add an absence.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AddAbsenceRequest {
    /// Whose.
    #[ts(type = "PractitionerId")]
    pub practitioner_id: PractitionerId,
    /// Wall time, `2026-12-24T00:00`.
    pub starts: String,
    /// Wall time.
    pub ends: String,
    /// Why, for the desk.
    pub label: String,
}

/// Take an absence back.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RemoveAbsenceRequest {
    /// Which.
    #[ts(type = "AbsenceId")]
    pub id: AbsenceId,
}
