//! When an event is, on the site's wall.

use chrono::{DateTime, NaiveDateTime, Timelike};
use domain::time::{Resolved, WallTime, Zone, instant, resolve, wall};

use super::{
    super::{
        codes::{Notice, Rejection, Warning},
        ical::{
            Calendar, Event, Property,
            value::{When, duration, when},
            zones::zone_of,
        },
    },
    AgendaOptions,
};

/// When an event is.
#[derive(Debug, Clone)]
pub(super) struct EventTime {
    /// Start on the site's wall.
    pub start: WallTime,
    /// The same as written, in `zone`: what rules of recurrence count from.
    pub written: NaiveDateTime,
    /// The zone it was written in: the site's for floating times and whole days.
    pub zone: Zone,
    /// How long, at least 1.
    pub minutes: u32,
    /// Whether whole days were written.
    pub all_day: bool,
}

/// Reads start and end.
pub(super) fn read(
    event: &Event,
    calendar: &Calendar,
    options: &AgendaOptions,
    warnings: &mut Vec<Warning>,
) -> Result<EventTime, Rejection> {
    let property = event.property("DTSTART").ok_or(Rejection::NoStart)?;
    let start = when(property).ok_or(Rejection::BadTime)?;
    let all_day = matches!(start, When::Day(_));
    let (written, zone) = placed(&start, calendar, options, warnings)?;
    if written.second() != 0 {
        warnings.push(Warning::row(Notice::SecondsDropped));
    }
    let start = to_site(written, &zone, options);
    match resolve(start, &options.zone) {
        Resolved::Gap { .. } if !all_day => warnings.push(Warning::row(Notice::TimeInGap)),
        Resolved::Fold { .. } if !all_day => warnings.push(Warning::row(Notice::TimeTwice)),
        _ => {}
    }
    if zone != options.zone && start.naive() != written {
        warnings.push(Warning::row(Notice::OtherZone));
    }
    let seconds = length(event, written, &zone, all_day, calendar, options)?;
    let minutes = match seconds {
        None if all_day => 1_440,
        None => {
            warnings.push(Warning::row(Notice::NoEnd));
            options.default_minutes.clamp(1, 1_440)
        }
        // Many write a single whole day as from a day to the same.
        Some(0) if all_day => 1_440,
        Some(0) => return Err(Rejection::ZeroDuration),
        Some(s) if s < 0 => return Err(Rejection::NegativeDuration),
        Some(s) => u32::try_from((s + 59) / 60).map_err(|_| Rejection::TooLong)?,
    };
    /// Absences end some day.
    const LONGEST: u32 = 10 * 366 * 1_440;
    if minutes > LONGEST {
        return Err(Rejection::TooLong);
    }
    Ok(EventTime { start, written, zone, minutes, all_day })
}

/// Seconds from start to end as written; none where no end is.
fn length(
    event: &Event,
    start: NaiveDateTime,
    zone: &Zone,
    all_day: bool,
    calendar: &Calendar,
    options: &AgendaOptions,
) -> Result<Option<i64>, Rejection> {
    if let Some(property) = event.property("DTEND") {
        let end = when(property).ok_or(Rejection::BadTime)?;
        let (end, end_zone) = placed(&end, calendar, options, &mut Vec::new())?;
        // Within one zone the wall counts; between two the time that passes.
        let seconds = if end_zone == *zone || all_day {
            end.signed_duration_since(start).num_seconds()
        } else {
            let at = |t: NaiveDateTime, z: &Zone| instant(WallTime::new(t), z);
            at(end, &end_zone).signed_duration_since(at(start, zone)).num_seconds()
        };
        return Ok(Some(seconds));
    }
    match event.property("DURATION") {
        Some(property) => duration(&property.value).map(Some).ok_or(Rejection::BadTime),
        None => Ok(None),
    }
}

/// A date or time in the zone it is written in.
pub(super) fn placed(
    when: &When,
    calendar: &Calendar,
    options: &AgendaOptions,
    warnings: &mut Vec<Warning>,
) -> Result<(NaiveDateTime, Zone), Rejection> {
    Ok(match when {
        When::Day(date) => (date.and_time(chrono::NaiveTime::MIN), options.zone.clone()),
        When::Wall(at, None) => (*at, options.zone.clone()),
        When::Wall(at, Some(id)) => {
            let (zone, other_name) = zone_of(id, calendar).ok_or(Rejection::UnknownZone)?;
            if other_name {
                warnings.push(Warning::row(Notice::ZoneByOtherName));
            }
            (*at, zone)
        }
        // An instant is best counted on the wall it will hang on: a weekly series in UTC means UTC's weeks, though.
        When::Utc(at) => (*at, "UTC".parse().map_err(|_| Rejection::UnknownZone)?),
    })
}

/// From the wall of `zone` to the site's.
pub(super) fn to_site(written: NaiveDateTime, zone: &Zone, options: &AgendaOptions) -> WallTime {
    let there = WallTime::new(written);
    if *zone == options.zone { there } else { wall(instant(there, zone), &options.zone) }
}

/// From an instant or another wall to the wall of `zone`.
pub(super) fn in_zone(written: NaiveDateTime, from: &Zone, zone: &Zone) -> NaiveDateTime {
    if from == zone {
        return written;
    }
    let at: DateTime<chrono::Utc> = instant(WallTime::new(written), from);
    wall(at, zone).naive()
}

/// A property's time on the site's wall.
pub(super) fn on_wall(property: &Property, calendar: &Calendar, options: &AgendaOptions) -> Option<WallTime> {
    let (written, zone) = placed(&when(property)?, calendar, options, &mut Vec::new()).ok()?;
    Some(to_site(written, &zone, options))
}
