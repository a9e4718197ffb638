//! Requests and views of what the practice plans: openings of single dates, blocks, locums, holidays, rebooking.

use domain::agenda::blocks::BlockKind;
use domain::agenda::rebooking::Preference;
use domain::holidays::{HolidayChange, Region};
use domain::id::{AbsenceId, AppointmentId, BlockId, LocumId, OpeningId, PractitionerId, SchoolHolidayId, TypeId};
use domain::time::WallTime;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::super::agenda::wire::{AppointmentView, ChangedAppointmentView, SlotView};
use super::super::wire::MinutesView;

/// What is planned for a practitioner beside the weekly template and the absences.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PlanningView {
    /// Openings of today and later.
    pub openings: Vec<OpeningOnceView>,
    /// Blocks that hold today or later.
    pub blocks: Vec<BlockView>,
    /// Locums of today and later.
    pub locums: Vec<LocumView>,
}

/// An opening of a single date.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct OpeningOnceView {
    /// Identifier.
    #[ts(type = "OpeningId")]
    pub id: OpeningId,
    /// ISO date.
    pub day: String,
    /// Minute of the day.
    pub from: i64,
    /// Minute of the day.
    pub to: i64,
    /// Why, for the desk.
    pub label: String,
}

/// Open on a single date, beside the weekly template; on a holiday too.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AddOpeningRequest {
    /// Whose.
    #[ts(type = "PractitionerId")]
    pub practitioner_id: PractitionerId,
    /// ISO date.
    pub day: String,
    /// Minute of the day.
    pub from: i64,
    /// Minute of the day.
    pub to: i64,
    /// Why, for the desk.
    pub label: String,
}

/// Take an opening back.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RemoveOpeningRequest {
    /// Which.
    #[ts(type = "OpeningId")]
    pub id: OpeningId,
}

/// A stretch kept for something.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BlockView {
    /// Identifier.
    #[ts(type = "BlockId")]
    pub id: BlockId,
    /// What for.
    #[ts(type = "BlockKind")]
    pub kind: BlockKind,
    /// 1 Monday to 7 Sunday.
    pub weekdays: Vec<u32>,
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
    /// Released so many days before; none: never.
    pub release_days: Option<i64>,
    /// At this minute of that day.
    pub release_minute: Option<i64>,
    /// Whose time it is.
    #[ts(type = "TypeId[]")]
    pub types: Vec<TypeId>,
    /// Its name, for the desk.
    pub label: String,
}

/// Add (no id) or change a block.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SaveBlockRequest {
    /// None: a new one.
    #[ts(type = "BlockId | null")]
    pub id: Option<BlockId>,
    /// Whose.
    #[ts(type = "PractitionerId")]
    pub practitioner_id: PractitionerId,
    /// What for.
    #[ts(type = "BlockKind")]
    pub kind: BlockKind,
    /// 1 Monday to 7 Sunday.
    pub weekdays: Vec<u32>,
    /// Minute of the day.
    pub from: i64,
    /// Minute of the day.
    pub to: i64,
    /// First day it counts; of one date alone, the same as the last.
    pub valid_from: Option<String>,
    /// Last day it counts.
    pub valid_until: Option<String>,
    /// `every`, `odd` or `even`.
    #[ts(type = "'every' | 'odd' | 'even'")]
    pub weeks: String,
    /// Released so many days before; none: never.
    pub release_days: Option<i64>,
    /// At this minute of that day; none: never.
    pub release_minute: Option<i64>,
    /// Whose time it is.
    #[ts(type = "TypeId[]")]
    pub types: Vec<TypeId>,
    /// Its name, for the desk.
    pub label: String,
}

/// Take a block back.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RemoveBlockRequest {
    /// Which.
    #[ts(type = "BlockId")]
    pub id: BlockId,
}

/// Who stands in for a practitioner.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct LocumView {
    /// Identifier.
    #[ts(type = "LocumId")]
    pub id: LocumId,
    /// Name.
    pub name: String,
    /// Professional number.
    pub number: String,
    /// First day, ISO date.
    pub first_day: String,
    /// Last day, ISO date.
    pub last_day: String,
    /// Codes of checks that warn (never block).
    pub warnings: Vec<String>,
}

/// Add (no id) or change a locum.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SaveLocumRequest {
    /// None: a new one.
    #[ts(type = "LocumId | null")]
    pub id: Option<LocumId>,
    /// Who is replaced.
    #[ts(type = "PractitionerId")]
    pub practitioner_id: PractitionerId,
    /// Name.
    pub name: String,
    /// Professional number.
    pub number: String,
    /// First day, ISO date.
    pub first_day: String,
    /// Last day, ISO date.
    pub last_day: String,
}

/// Take a locum back.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RemoveLocumRequest {
    /// Which.
    #[ts(type = "LocumId")]
    pub id: LocumId,
}

/// What was planned.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PlannedView {
    /// Identifier.
    pub id: String,
    /// The journal's entry, to undo.
    pub sequence: i64,
}

/// The holidays of a year.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ListHolidaysRequest {
    /// The year.
    pub year: i32,
}

/// The holidays of a year.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct HolidaysView {
    /// Where the practice is in France.
    #[ts(type = "HolidayRegion")]
    pub region: Region,
    /// Public holidays by date.
    pub holidays: Vec<HolidayView>,
    /// Periods of school holidays that touch the year.
    pub school_holidays: Vec<SchoolHolidayView>,
}

/// A public holiday.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct HolidayView {
    /// ISO date.
    pub day: String,
    /// Which, where the calendar knows it; else empty.
    pub holiday: String,
    /// Its name, where it is the practice's own.
    pub label: String,
    /// By the moon, or the practice's own: it may be moved.
    pub editable: bool,
    /// The practice is closed.
    pub closed: bool,
    /// The practice said something of this date.
    pub changed: bool,
}

/// Say something of a date: closed for a holiday, open on one, no holiday after all; or leave it to the calendar again.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SetHolidayRequest {
    /// ISO date.
    pub day: String,
    /// What; none: what the calendar says.
    #[ts(type = "HolidayChange | null")]
    pub state: Option<HolidayChange>,
    /// Which holiday; empty: the practice's own.
    pub holiday: String,
    /// Its name, where it is the practice's own.
    pub label: String,
}

/// Put a holiday by the moon on another date.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MoveHolidayRequest {
    /// Where it stands, ISO date.
    pub from: String,
    /// Where it was announced, ISO date.
    pub to: String,
}

/// Where the practice is in France.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SetHolidayRegionRequest {
    /// The region.
    #[ts(type = "HolidayRegion")]
    pub region: Region,
}

/// A period of school holidays.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SchoolHolidayView {
    /// Identifier.
    #[ts(type = "SchoolHolidayId")]
    pub id: SchoolHolidayId,
    /// Zone, such as `A`.
    pub zone: String,
    /// Name.
    pub label: String,
    /// First day, ISO date.
    pub first_day: String,
    /// Last day, ISO date.
    pub last_day: String,
}

/// Add (no id) or change a period of school holidays.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SaveSchoolHolidayRequest {
    /// None: a new one.
    #[ts(type = "SchoolHolidayId | null")]
    pub id: Option<SchoolHolidayId>,
    /// Zone; may be empty.
    pub zone: String,
    /// Name.
    pub label: String,
    /// First day, ISO date.
    pub first_day: String,
    /// Last day, ISO date.
    pub last_day: String,
}

/// Take a period back.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RemoveSchoolHolidayRequest {
    /// Which.
    #[ts(type = "SchoolHolidayId")]
    pub id: SchoolHolidayId,
}

/// Where could the appointments go that an absence hits?
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ProposeRebookingRequest {
    /// The absence.
    #[ts(type = "AbsenceId")]
    pub absence_id: AbsenceId,
    /// Which proposal comes first.
    #[ts(type = "RebookingPreference")]
    pub preference: Preference,
    /// How many proposals for each, 1 to 5.
    pub count: i64,
}

/// The appointments that an absence hits, with where each could go. No two proposals take the same time.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RebookingView {
    /// Whose absence.
    pub practitioner: String,
    /// First wall minute of the absence.
    #[ts(type = "string")]
    pub starts: WallTime,
    /// When they are back.
    #[ts(type = "string")]
    pub ends: WallTime,
    /// Its label.
    pub label: String,
    /// Those hit from now on, by start.
    pub hits: Vec<RebookingHitView>,
}

/// One appointment that an absence hits.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RebookingHitView {
    /// The appointment.
    pub appointment: AppointmentView,
    /// Who stands in at its time, so that it can stay; empty: nobody.
    pub locum: String,
    /// Free times, best first; empty: none was found.
    pub proposals: Vec<SlotView>,
}

/// Move some appointments at once, each with its own journal entry.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RebookAppointmentsRequest {
    /// Where each goes, at most 1000.
    pub moves: Vec<RebookingMove>,
}

/// Where one appointment goes.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RebookingMove {
    /// Which.
    #[ts(type = "AppointmentId")]
    pub id: AppointmentId,
    /// The revision that was shown.
    pub revision: i64,
    /// To whom.
    #[ts(type = "PractitionerId")]
    pub practitioner_id: PractitionerId,
    /// When.
    #[ts(type = "string")]
    pub starts: WallTime,
}

/// What became of the moves.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RebookedView {
    /// Those that were moved.
    pub moved: Vec<ChangedAppointmentView>,
    /// Those that were refused: they stay where they were.
    pub refused: Vec<RefusedMoveView>,
}

/// A move that was refused.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RefusedMoveView {
    /// Which.
    #[ts(type = "AppointmentId")]
    pub id: AppointmentId,
    /// Code of the refusal.
    pub code: String,
}

/// An opening of a single date.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DayOpeningView {
    /// Which.
    #[ts(type = "OpeningId")]
    pub id: OpeningId,
    /// When.
    pub span: MinutesView,
    /// Why, for the desk.
    pub label: String,
}

/// A block on a day.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DayBlockView {
    /// Which.
    #[ts(type = "BlockId")]
    pub id: BlockId,
    /// What for.
    #[ts(type = "BlockKind")]
    pub kind: BlockKind,
    /// When.
    pub span: MinutesView,
    /// Its name, for the desk.
    pub label: String,
    /// Whose time it is.
    #[ts(type = "TypeId[]")]
    pub types: Vec<TypeId>,
    /// The first minute of everybody's; none: it is never released.
    #[ts(type = "string | null")]
    pub released_at: Option<WallTime>,
    /// Already everybody's.
    pub released: bool,
}

/// A public holiday on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DayHolidayView {
    /// Which, where the calendar knows it; else empty.
    pub holiday: String,
    /// Its name, where it is the practice's own.
    pub label: String,
    /// The practice is closed.
    pub closed: bool,
}

/// School holidays on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DaySchoolHolidayView {
    /// Zone.
    pub zone: String,
    /// Name.
    pub label: String,
}
