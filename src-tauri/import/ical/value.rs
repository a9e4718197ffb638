//! Values of iCalendar: dates, times, durations.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime};

use super::Property;

/// A date or a time as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum When {
    /// A whole day.
    Day(NaiveDate),
    /// An instant in UTC.
    Utc(NaiveDateTime),
    /// A wall time, in the named zone or (floating) wherever one is.
    Wall(NaiveDateTime, Option<String>),
}

impl When {
    /// The date as written.
    #[must_use]
    pub fn date(&self) -> NaiveDate {
        match self {
            Self::Day(date) => *date,
            Self::Utc(t) | Self::Wall(t, _) => t.date(),
        }
    }
}

/// The date or time of a property; none where it is neither, or of a year in which no practice has appointments.
#[must_use]
pub fn when(property: &Property) -> Option<When> {
    when_of(property.value.trim(), property)
}

/// The dates or times of a property that may have several; none where one of them is neither. Of periods the start.
#[must_use]
pub fn whens(property: &Property) -> Option<Vec<When>> {
    let starts = property.value.split(',').map(|v| v.split('/').next().unwrap_or(v).trim());
    starts.filter(|v| !v.is_empty()).map(|v| when_of(v, property)).collect()
}

fn when_of(text: &str, property: &Property) -> Option<When> {
    // Some write the extended form with hyphens and colons.
    let bare: String = text.chars().filter(|c| !matches!(c, '-' | ':')).collect();
    let (bare, utc) = match bare.strip_suffix(['Z', 'z']) {
        Some(rest) => (rest, true),
        None => (bare.as_str(), false),
    };
    let (date, time) = match bare.split_once(['T', 't', ' ']) {
        Some((date, time)) => (date, Some(time)),
        None => (bare, None),
    };
    let date = date_of(date)?;
    let Some(time) = time else { return Some(When::Day(date)) };
    let at = date.and_time(time_of(time)?);
    if utc {
        return Some(When::Utc(at));
    }
    let zone = property.parameter("TZID").map(str::trim).filter(|z| !z.is_empty()).map(str::to_owned);
    Some(When::Wall(at, zone))
}

fn digits(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|b| b.is_ascii_digit())
}

fn date_of(text: &str) -> Option<NaiveDate> {
    if !digits(text, 8) {
        return None;
    }
    let date = NaiveDate::from_ymd_opt(text[..4].parse().ok()?, text[4..6].parse().ok()?, text[6..].parse().ok()?)?;
    (1900..=2200).contains(&date.year()).then_some(date)
}

fn time_of(text: &str) -> Option<NaiveTime> {
    let seconds = if digits(text, 6) {
        text[4..].parse::<u32>().ok()?.min(59)
    } else if digits(text, 4) {
        0
    } else {
        return None;
    };
    NaiveTime::from_hms_opt(text[..2].parse().ok()?, text[2..4].parse().ok()?, seconds)
}

/// A duration in seconds, such as `PT20M`, `P1D`, `-PT5M`; none where it is none.
#[must_use]
pub fn duration(text: &str) -> Option<i64> {
    let text = text.trim().to_ascii_uppercase();
    let (sign, text) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(&text)),
    };
    let mut seconds = 0_i64;
    let mut number = String::new();
    let mut any = false;
    for c in text.strip_prefix('P')?.chars() {
        match c {
            '0'..='9' if number.len() < 9 => number.push(c),
            'T' if number.is_empty() => {}
            'W' | 'D' | 'H' | 'M' | 'S' => {
                let unit = match c {
                    'W' => 604_800,
                    'D' => 86_400,
                    'H' => 3_600,
                    'M' => 60,
                    _ => 1,
                };
                seconds = seconds.checked_add(number.parse::<i64>().ok()?.checked_mul(unit)?)?;
                number.clear();
                any = true;
            }
            _ => return None,
        }
    }
    (any && number.is_empty()).then_some(sign * seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(value: &str, zone: Option<&str>) -> Option<When> {
        let parameters = zone.map(|z| ("TZID".to_owned(), z.to_owned())).into_iter().collect();
        when(&Property { name: "DTSTART".into(), parameters, value: value.into() })
    }

    #[test]
    fn dates_and_times_are_told_apart() {
        let day = NaiveDate::from_ymd_opt(2026, 9, 1).unwrap();
        let nine = day.and_hms_opt(9, 0, 0).unwrap();
        assert_eq!(of("20260901", None), Some(When::Day(day)));
        assert_eq!(of("20260901T090000Z", Some("Europe/Paris")), Some(When::Utc(nine)));
        assert_eq!(of("20260901T090000", None), Some(When::Wall(nine, None)));
        assert_eq!(of("2026-09-01T09:00", Some("Europe/Paris")), Some(When::Wall(nine, Some("Europe/Paris".into()))));
        for bad in ["", "2026", "20261301", "20260901T250000", "20260901T", "99990101", "hier", "20260901T0900é0", "é"]
        {
            assert_eq!(of(bad, None), None, "{bad}");
        }
    }

    #[test]
    fn durations_are_seconds() {
        assert_eq!(duration("PT20M"), Some(1_200));
        assert_eq!(duration("P1DT2H"), Some(93_600));
        assert_eq!(duration("P2W"), Some(1_209_600));
        assert_eq!(duration("-PT5M"), Some(-300));
        for bad in ["", "P", "20M", "PT", "PT1", "PTxM", "P9999999999D", "P99999999999999999999W"] {
            assert_eq!(duration(bad), None, "{bad}");
        }
    }
}
