//! Series: the occurrences of RRULE, RDATE and EXDATE.
//!
//! Rules are followed on the wall of the zone they are written in, as if it were UTC, so that no zone data but the
//! bundled one is asked and a series at 10:00 stays at 10:00; each occurrence is then put on the site's wall. Rules by
//! the hour or finer are refused: nobody is ill every minute, and what they mean where the clock changes is not agreed
//! upon.

use std::collections::BTreeSet;

use chrono::{Days, Months, NaiveDateTime, NaiveTime, TimeZone};
use domain::time::WallTime;
use rrule::{RRule, RRuleSet, Tz, Unvalidated};

use super::{
    super::{
        codes::Rejection,
        ical::{
            Calendar, Event, Property,
            value::{When, when, whens},
        },
    },
    AgendaOptions,
    times::{EventTime, in_zone, placed, to_site},
};

/// The occurrences of a series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Occurrences {
    /// On the site's wall, in order, each once.
    pub starts: Vec<WallTime>,
    /// Whether there would be more.
    pub cut: bool,
}

/// The most occurrences of one series.
const MOST: u16 = 3_000;
/// The most rules of one event, and the longest rule in characters.
const RULES: usize = 4;
const LONGEST: usize = 1_000;
/// After so many rules that hardly ever come true, the file's others are refused: each costs a long search.
const PATIENCE: usize = 5;

/// Follows an event's rules up to the horizon of `options`.
pub(super) fn expand(
    event: &Event,
    time: &EventTime,
    calendar: &Calendar,
    options: &AgendaOptions,
    exhausted: &mut usize,
) -> Result<Occurrences, Rejection> {
    let mut at: BTreeSet<NaiveDateTime> = BTreeSet::from([time.written]);
    let mut cut = false;
    for property in event.all("RRULE").take(RULES) {
        if *exhausted >= PATIENCE {
            return Err(Rejection::BadRule);
        }
        let (found, more) = follow(property, time, options)?;
        *exhausted += usize::from(found.len() <= 1 && more);
        cut |= more;
        at.extend(found);
    }
    for property in event.all("RDATE") {
        for when in whens(property).ok_or(Rejection::BadTime)? {
            at.insert(on_its_wall(&when, time, calendar, options)?);
            if at.len() > usize::from(MOST) {
                return Err(Rejection::BadRule);
            }
        }
    }
    for property in event.all("EXDATE") {
        for when in whens(property).ok_or(Rejection::BadTime)? {
            match when {
                // A whole day excludes whatever is on it.
                When::Day(day) => at.retain(|t| t.date() != day),
                when => {
                    at.remove(&on_its_wall(&when, time, calendar, options)?);
                }
            }
        }
    }
    let mut starts: Vec<WallTime> = at.into_iter().map(|t| to_site(t, &time.zone, options)).collect();
    starts.sort_unstable();
    starts.dedup();
    Ok(Occurrences { starts, cut })
}

/// A date of a list on the wall that the series is written on; whole days at the series' time.
fn on_its_wall(
    when: &When,
    time: &EventTime,
    calendar: &Calendar,
    options: &AgendaOptions,
) -> Result<NaiveDateTime, Rejection> {
    if let When::Day(day) = when {
        return Ok(day.and_time(time.written.time()));
    }
    let (written, zone) = placed(when, calendar, options, &mut Vec::new())?;
    Ok(in_zone(written, &zone, &time.zone))
}

/// The occurrences of one rule, and whether there would be more.
fn follow(
    property: &Property,
    time: &EventTime,
    options: &AgendaOptions,
) -> Result<(Vec<NaiveDateTime>, bool), Rejection> {
    let horizon = options.until.and_time(NaiveTime::MIN).checked_add_days(Days::new(1)).ok_or(Rejection::BadRule)?;
    let rule = parts(property, time)?;
    if rule.until.is_some_and(|u| u < time.written) || horizon < time.written {
        return Ok((vec![time.written], rule.until.is_none_or(|u| u >= horizon)));
    }
    let utc = |t: NaiveDateTime| Tz::UTC.from_utc_datetime(&t);
    let start = utc(time.written);
    let parsed: RRule<Unvalidated> = rule.text.parse().map_err(|_| Rejection::BadRule)?;
    let valid = parsed.validate(start).map_err(|_| Rejection::BadRule)?;
    let set = RRuleSet::new(start).rrule(valid).before(utc(horizon));
    let result = set.clone().all(MOST);
    let (dates, limited) = if result.dates.len() >= usize::from(MOST) {
        // A rule that is old: what is past can be left out, what is to come cannot.
        let year_ago = options.today.checked_sub_months(Months::new(12)).unwrap_or(options.today);
        (set.after(utc(year_ago.and_time(NaiveTime::MIN))).all(MOST).dates, true)
    } else {
        (result.dates, result.limited)
    };
    let ends = rule.until.is_some_and(|u| u < horizon) || rule.count.is_some_and(|c| dates.len() >= c);
    Ok((dates.into_iter().map(|d| d.naive_utc()).collect(), limited || !ends))
}

struct Parts {
    text: String,
    until: Option<NaiveDateTime>,
    count: Option<usize>,
}

/// The rule with its end on the wall it counts on.
fn parts(property: &Property, time: &EventTime) -> Result<Parts, Rejection> {
    let value = property.value.trim().to_ascii_uppercase();
    if value.len() > LONGEST {
        return Err(Rejection::BadRule);
    }
    let (mut text, mut until, mut count, mut frequency) = (Vec::new(), None, None, false);
    for part in value.split(';').map(str::trim).filter(|p| !p.is_empty()) {
        let (name, value) = part.split_once('=').ok_or(Rejection::BadRule)?;
        match name {
            "FREQ" => match value {
                "DAILY" | "WEEKLY" | "MONTHLY" | "YEARLY" => {
                    frequency = true;
                    text.push(part.to_owned());
                }
                "HOURLY" | "MINUTELY" | "SECONDLY" => return Err(Rejection::TooFrequent),
                _ => return Err(Rejection::BadRule),
            },
            // Several times a day by another name.
            "BYHOUR" | "BYMINUTE" | "BYSECOND" if value.contains(',') => return Err(Rejection::TooFrequent),
            "INTERVAL" => {
                // Every thousandth day, week, month or year is beyond any horizon.
                let interval =
                    value.parse::<u16>().ok().filter(|n| (1..=1_000).contains(n)).ok_or(Rejection::BadRule)?;
                text.push(format!("INTERVAL={interval}"));
            }
            "COUNT" => {
                let n = value.parse::<u32>().ok().filter(|n| *n > 0).ok_or(Rejection::BadRule)?;
                count = usize::try_from(n).ok();
                text.push(format!("COUNT={n}"));
            }
            "UNTIL" => until = Some(end_of(value, time)?),
            "BYDAY" if value.split(',').all(is_day_of_rule) => text.push(part.to_owned()),
            "WKST" if is_weekday(value) => text.push(part.to_owned()),
            "BYMONTH" | "BYMONTHDAY" | "BYYEARDAY" | "BYWEEKNO" | "BYSETPOS" | "BYHOUR" | "BYMINUTE" | "BYSECOND"
                if value.split(',').all(|n| is_number(n, 3)) =>
            {
                text.push(part.to_owned());
            }
            // Unknown parts may change everything, unless they are somebody's own.
            _ if name.starts_with("X-") => {}
            _ => return Err(Rejection::BadRule),
        }
    }
    if !frequency {
        return Err(Rejection::BadRule);
    }
    text.extend(until.map(|u| format!("UNTIL={}", u.format("%Y%m%dT%H%M%SZ"))));
    Ok(Parts { text: text.join(";"), until, count })
}

/// `MO`, `-1SU`, `+2FR`. Checked here, since the crate takes what it does not understand for every week's day.
fn is_day_of_rule(text: &str) -> bool {
    let Some((place, day)) = text.len().checked_sub(2).and_then(|at| text.split_at_checked(at)) else { return false };
    is_weekday(day) && (place.is_empty() || is_number(place, 2))
}

fn is_weekday(text: &str) -> bool {
    matches!(text, "MO" | "TU" | "WE" | "TH" | "FR" | "SA" | "SU")
}

/// A number with or without its sign, of so many digits at most.
fn is_number(text: &str, digits: usize) -> bool {
    let bare = text.strip_prefix(['+', '-']).unwrap_or(text);
    (1..=digits).contains(&bare.len()) && bare.bytes().all(|b| b.is_ascii_digit())
}

/// The last moment of a rule on the wall it counts on.
fn end_of(value: &str, time: &EventTime) -> Result<NaiveDateTime, Rejection> {
    let bare = Property { name: "UNTIL".to_owned(), parameters: Vec::new(), value: value.to_owned() };
    Ok(match when(&bare).ok_or(Rejection::BadRule)? {
        When::Day(day) => day.and_hms_opt(23, 59, 59).ok_or(Rejection::BadRule)?,
        When::Wall(at, _) => at,
        // Of whole days the day counts.
        When::Utc(at) if time.all_day => at.date().and_hms_opt(23, 59, 59).ok_or(Rejection::BadRule)?,
        When::Utc(at) => {
            let utc = "UTC".parse().map_err(|_| Rejection::UnknownZone)?;
            in_zone(at, &utc, &time.zone)
        }
    })
}
