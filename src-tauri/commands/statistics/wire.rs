//! Requests and views of statistics. No patient is in them.

use domain::id::{PractitionerId, TypeId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Figures of a period.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ShowStatisticsRequest {
    /// Over which days.
    #[ts(type = "'week' | 'month' | 'quarter' | 'custom'")]
    pub period: String,
    /// A day of the week, month or quarter; of a custom period its first.
    pub on: String,
    /// The last day of a custom period, at most a year later.
    pub until: Option<String>,
    /// Whose; none named: of all who are active.
    #[ts(type = "PractitionerId[]")]
    pub practitioners: Vec<PractitionerId>,
    /// Of which types; none named: of all.
    #[ts(type = "TypeId[]")]
    pub types: Vec<TypeId>,
}

/// The same, as a table.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ExportStatisticsRequest {
    /// Which figures.
    pub figures: ShowStatisticsRequest,
    /// `fr`, `ar`, `en`.
    pub language: String,
}

/// The figures of a period beside those of the one before.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct StatisticsView {
    /// First day.
    pub from: String,
    /// Last day.
    pub until: String,
    /// First day of the period before.
    pub before_from: String,
    /// Last day of the period before.
    pub before_until: String,
    /// Of everything.
    pub total: FiguresView,
    /// Of everything, before.
    pub before: FiguresView,
    /// By practitioner, in their order.
    pub practitioners: Vec<GroupView>,
    /// By type, in their order; open time is nobody's type.
    pub types: Vec<GroupView>,
    /// By day, or by week where the period is long.
    pub steps: Vec<StatisticsStepView>,
    /// Arrivals by hour of the day, from the first hour with one to the last.
    pub hours: Vec<HourView>,
    /// Days from booking to appointment.
    pub lead: Vec<BandView>,
    /// Minutes from arrival to being called.
    pub wait: Vec<BandView>,
}

/// Figures of one practitioner or one type.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct GroupView {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: String,
    /// Hue of a type; empty for a practitioner.
    pub colour: String,
    /// Now.
    pub figures: FiguresView,
    /// Before.
    pub before: FiguresView,
}

/// Figures. Shares are thousandths; none of nothing.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct FiguresView {
    /// Appointments that were not called off.
    pub appointments: i64,
    /// Of these: without an appointment before.
    pub walk_ins: i64,
    /// Agreed, and their time has come.
    pub due: i64,
    /// Of the due: the patient did not come.
    pub no_shows: i64,
    /// No-shows of those due.
    pub no_show_share: Option<i64>,
    /// Called off.
    pub cancelled: i64,
    /// Of these: late.
    pub late_cancelled: i64,
    /// Late cancellations of all that was booked.
    pub late_share: Option<i64>,
    /// Minutes that appointments hold.
    pub minutes: i64,
    /// Minutes within opening hours, absences taken out.
    pub open_minutes: i64,
    /// Of these: booked.
    pub booked_minutes: i64,
    /// Booked of open minutes.
    pub fill: Option<i64>,
    /// Days from booking to appointment: mean.
    pub lead_mean: Option<i64>,
    /// Median.
    pub lead_median: Option<i64>,
    /// Of how many.
    pub leads: i64,
    /// Minutes from arrival (or the appointed time, where that is later) to being called: mean.
    pub wait_mean: Option<i64>,
    /// Median.
    pub wait_median: Option<i64>,
    /// Of how many.
    pub waits: i64,
}

/// A day or a week of the period.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct StatisticsStepView {
    /// First day.
    pub from: String,
    /// Last day.
    pub until: String,
    /// Appointments that were not called off.
    pub appointments: i64,
    /// No-shows.
    pub no_shows: i64,
    /// Minutes within opening hours.
    pub open_minutes: i64,
    /// Of these: booked.
    pub booked_minutes: i64,
    /// Booked of open minutes, in thousandths.
    pub fill: Option<i64>,
}

/// Arrivals within one hour of the day.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct HourView {
    /// 0 to 23.
    pub hour: i64,
    /// How many arrived.
    pub arrivals: i64,
    /// How many in the period before.
    pub before: i64,
}

/// How many lie between two bounds.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BandView {
    /// From this on.
    pub from: i64,
    /// Up to this; none: without end.
    pub to: Option<i64>,
    /// How many.
    pub count: i64,
    /// How many in the period before.
    pub before: i64,
}
