//! Statistics: how full open time is, no-shows and late cancellations, lead and waiting times, arrivals by the hour; by
//! practitioner and type, beside the period before. Nobody's patient is in them.
//!
//! Not here: counting (room `store`), what the figures mean (room `domain`), pictures (the screen).

mod table;
pub mod wire;

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::agenda::hours::{Absence, OpeningHours, open_spans};
use domain::id::{PractitionerId, TypeId};
use domain::role::Permission;
use domain::statistics::{Figures, LEAD_BANDS, Period, PeriodKind, Spread, WAIT_BANDS, booked_minutes, permille};
use domain::time::{WallTime, day_number, from_day_number};

use super::agenda::date;
use super::agenda::print::language;
use super::wire::FileView;
use super::{CommandError, Desk};
use crate::journal::ChangeRecord;
use crate::store::practice::{AppointmentType, Practitioner};
use crate::store::statistics::{Counts, Scope};
use crate::store::{self, Connection};
use wire::{
    BandView, ExportStatisticsRequest, FiguresView, GroupView, HourView, ShowStatisticsRequest, StatisticsStepView,
    StatisticsView,
};

/// The figures of one period.
struct Counted {
    counts: Counts,
    /// Open and booked minutes by practitioner and day number.
    open: HashMap<(PractitionerId, i64), (i64, i64)>,
}

impl Counted {
    fn figures(&self, of: impl Fn(PractitionerId, TypeId) -> bool) -> Figures {
        let mut sum = Figures::default();
        let counts = self.counts.figures.iter();
        counts.filter(|((who, what), _)| of(*who, *what)).for_each(|(_, figures)| sum.add(figures));
        sum
    }

    /// Open and booked minutes of some practitioners on some days.
    fn time(&self, of: impl Fn(PractitionerId, i64) -> bool) -> (i64, i64) {
        let times = self.open.iter().filter(|((who, day), _)| of(*who, *day));
        times.fold((0, 0), |sum, (_, time)| (sum.0 + time.0, sum.1 + time.1))
    }

    fn of_practitioners(&self, of: impl Fn(PractitionerId) -> bool) -> Figures {
        let mut figures = self.figures(|who, _| of(who));
        (figures.open_minutes, figures.booked_minutes) = self.time(|who, _| of(who));
        figures
    }
}

/// Whom and what the figures are about.
struct About {
    practitioners: Vec<Practitioner>,
    types: Vec<AppointmentType>,
    asked_types: Vec<TypeId>,
    hours: HashMap<PractitionerId, Vec<OpeningHours>>,
    now: i64,
    ahead: i64,
}

/// When a practitioner is open is asked here, day by day, as the agenda shows it.
async fn count(connection: &mut Connection, about: &About, period: Period) -> Result<Counted, CommandError> {
    let (from_day, to_day) = (day_number(period.from), day_number(period.until) + 1);
    let scope = Scope {
        from_day,
        to_day,
        practitioners: about.practitioners.iter().map(|one| one.id).collect(),
        types: about.asked_types.clone(),
        now: about.now,
        ahead: about.ahead,
    };
    let counts = store::statistics::counts(connection, &scope).await?;
    let mut absences: HashMap<PractitionerId, Vec<Absence>> = HashMap::new();
    for absence in store::opening::absences(connection, None, from_day * 1440, to_day * 1440).await? {
        absences.entry(absence.practitioner_id).or_default().push(absence.rule());
    }
    let mut open = HashMap::new();
    for one in &about.practitioners {
        let rules = about.hours.get(&one.id).map_or(&[][..], Vec::as_slice);
        let away = absences.get(&one.id).map_or(&[][..], Vec::as_slice);
        for day in from_day..to_day {
            let spans = open_spans(from_day_number(day), rules, away);
            let minutes = spans.iter().map(|span| span.minutes).sum::<i64>();
            if minutes > 0 {
                let busy = counts.busy.get(&(one.id, day)).map_or(&[][..], Vec::as_slice);
                open.insert((one.id, day), (minutes, booked_minutes(&spans, busy)));
            }
        }
    }
    Ok(Counted { counts, open })
}

fn period_of(request: &ShowStatisticsRequest) -> Result<(PeriodKind, Period), CommandError> {
    let kind: PeriodKind = request.period.parse().map_err(|_| CommandError::field("unknown_word", "period"))?;
    let on = date(&request.on, "on")?;
    let period = match (kind, &request.until) {
        (PeriodKind::Custom, Some(until)) => {
            let refusal = || CommandError::field("out_of_range", "until").with("limit", domain::statistics::LONGEST);
            Period::custom(on, date(until, "until")?).ok_or_else(refusal)?
        }
        (PeriodKind::Custom, None) => return Err(CommandError::field("bad_date", "until")),
        _ => Period::around(kind, on),
    };
    Ok((kind, period))
}

async fn about(
    desk: &Desk,
    connection: &mut Connection,
    request: &ShowStatisticsRequest,
    middle: NaiveDate,
) -> Result<About, CommandError> {
    let mut practitioners = store::practice::practitioners(connection).await?;
    match request.practitioners.as_slice() {
        [] => practitioners.retain(|one| one.active),
        asked => practitioners.retain(|one| asked.contains(&one.id)),
    }
    if practitioners.len() < request.practitioners.len() {
        return Err(CommandError::field("practitioner_not_found", "practitioners"));
    }
    let types = store::practice::types(connection).await?;
    if request.types.iter().any(|id| !types.iter().any(|one| one.id == *id)) {
        return Err(CommandError::field("type_not_found", "types"));
    }
    let mut hours: HashMap<PractitionerId, Vec<OpeningHours>> = HashMap::new();
    for line in store::opening::hours(connection, None).await? {
        hours.entry(line.practitioner_id).or_default().push(line.rule()?);
    }
    let noon = WallTime::at(middle, 12 * 60);
    let ahead = noon.minutes() - domain::time::instant(noon, &desk.premises().zone).timestamp().div_euclid(60);
    let now = desk.wall_now().minutes();
    Ok(About { practitioners, types, asked_types: request.types.clone(), hours, now, ahead })
}

/// The figures of a period beside those of the one before.
///
/// # Errors
/// `bad_date`, `unknown_word`, `out_of_range`, `practitioner_not_found`, `type_not_found`, `permission_denied`.
pub async fn show_statistics(desk: &Desk, request: ShowStatisticsRequest) -> Result<StatisticsView, CommandError> {
    let (kind, period) = period_of(&request)?;
    let mut connection = desk.read(Permission::ReadStatistics, "show_statistics").await?;
    let about = about(desk, &mut connection, &request, period.from).await?;
    let earlier = period.before(kind);
    let now = count(&mut connection, &about, period).await?;
    let before = count(&mut connection, &about, earlier).await?;
    let practitioners = about.practitioners.iter().map(|one| GroupView {
        id: one.id.to_string(),
        name: one.name.clone(),
        colour: String::new(),
        figures: figures(&now.of_practitioners(|who| who == one.id)),
        before: figures(&before.of_practitioners(|who| who == one.id)),
    });
    let types = about.types.iter().map(|one| GroupView {
        id: one.id.to_string(),
        name: one.name.clone(),
        colour: one.colour.clone(),
        figures: figures(&now.figures(|_, what| what == one.id)),
        before: figures(&before.figures(|_, what| what == one.id)),
    });
    let (total, total_before) = (now.of_practitioners(|_| true), before.of_practitioners(|_| true));
    Ok(StatisticsView {
        from: period.from.to_string(),
        until: period.until.to_string(),
        before_from: earlier.from.to_string(),
        before_until: earlier.until.to_string(),
        practitioners: practitioners.collect(),
        types: types
            .filter(|one| one.figures.appointments + one.before.appointments + one.figures.cancelled > 0)
            .collect(),
        steps: period.steps().into_iter().map(|step| step_view(&now, step)).collect(),
        hours: hours(&now.counts.hours, &before.counts.hours),
        lead: bands(&total.lead, &total_before.lead, LEAD_BANDS),
        wait: bands(&total.wait, &total_before.wait, WAIT_BANDS),
        total: figures(&total),
        before: figures(&total_before),
    })
}

fn figures(of: &Figures) -> FiguresView {
    FiguresView {
        appointments: of.appointments,
        walk_ins: of.walk_ins,
        due: of.due,
        no_shows: of.no_shows,
        no_show_share: of.no_show_share(),
        cancelled: of.cancelled,
        late_cancelled: of.late_cancelled,
        late_share: of.late_share(),
        minutes: of.minutes,
        open_minutes: of.open_minutes,
        booked_minutes: of.booked_minutes,
        fill: of.fill(),
        lead_mean: of.lead.mean(),
        lead_median: of.lead.median(),
        leads: of.lead.total(),
        wait_mean: of.wait.mean(),
        wait_median: of.wait.median(),
        waits: of.wait.total(),
    }
}

fn step_view(counted: &Counted, step: Period) -> StatisticsStepView {
    let days = day_number(step.from)..=day_number(step.until);
    let (open_minutes, booked_minutes) = counted.time(|_, day| days.contains(&day));
    let of_days = days.clone().filter_map(|day| counted.counts.days.get(&day));
    let (appointments, no_shows) = of_days.fold((0, 0), |sum, day| (sum.0 + day.0, sum.1 + day.1));
    StatisticsStepView {
        from: step.from.to_string(),
        until: step.until.to_string(),
        appointments,
        no_shows,
        open_minutes,
        booked_minutes,
        fill: permille(booked_minutes, open_minutes),
    }
}

fn hours(now: &[i64; 24], before: &[i64; 24]) -> Vec<HourView> {
    let some = |hour: &usize| now[*hour] + before[*hour] > 0;
    let (Some(first), Some(last)) = ((0..24).find(some), (0..24).rev().find(some)) else { return Vec::new() };
    let number = |hour: usize| i64::try_from(hour).unwrap_or(0);
    (first..=last).map(|hour| HourView { hour: number(hour), arrivals: now[hour], before: before[hour] }).collect()
}

fn bands(now: &Spread, before: &Spread, bounds: &[i64]) -> Vec<BandView> {
    if now.total() + before.total() == 0 {
        return Vec::new();
    }
    let (now, before) = (now.bands(bounds), before.bands(bounds));
    (0..now.len())
        .map(|band| BandView {
            from: if band == 0 { 0 } else { bounds[band - 1] + 1 },
            to: bounds.get(band).copied(),
            count: now[band],
            before: before[band],
        })
        .collect()
}

/// The figures of a period as a table.
///
/// # Errors
/// As [`show_statistics`].
pub async fn export_statistics(desk: &Desk, request: ExportStatisticsRequest) -> Result<FileView, CommandError> {
    let language = language(&request.language)?;
    let view = show_statistics(desk, request.figures.clone()).await?;
    let name = format!("statistics-{}-{}.csv", view.from, view.until);
    let made = super::export::table(name, &table::rows(&view, language))?;
    let mut change = desk.change(Permission::ReadStatistics, "export_statistics").await?;
    let what = serde_json::json!({ "format": "csv", "first_day": view.from, "last_day": view.until });
    let subject = desk.premises().practice_id.to_string();
    change.record("exports", &subject, None, &ChangeRecord::created("export", &what)).await?;
    change.commit().await?;
    Ok(made)
}
