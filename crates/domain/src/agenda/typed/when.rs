//! Days and times as people type them: `jeu 10h`, `+7j`, `12/3`, `demain`, `14h30`, `in 2 weeks`, `بعد أسبوعين`.
//!
//! Nothing read here lies in the past: a bare weekday is the next such day after today, since today has words of its own;
//! a day and a month are the next such day from today on; a whole date that has passed is a birth date, and left alone.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::tables::{self, Unit};
use super::{DateOrder, Doubt, Meaning, Read, Word};
use crate::agenda::PartOfDay;

/// How far ahead a shift or a date may lie, in days: nobody books further, and a typing error is not a date.
const FURTHEST: i64 = 3 * 366;

/// The day or time that the first words say, with how many words say it.
pub(super) fn read(words: &[Word], today: NaiveDate, order: DateOrder) -> Option<Read> {
    time(words)
        .map(|(count, minute)| (count, Meaning::Time(minute), Doubt::Sure))
        .or_else(|| shift(words, today).map(|(count, day)| (count, Meaning::Day(day), Doubt::Sure)))
        .or_else(|| numeric(&words[0], today, order))
        .or_else(|| named_month(words, today, order).map(|(count, day)| (count, Meaning::Day(day), Doubt::Sure)))
        .or_else(|| part(words).map(|(count, part)| (count, Meaning::Part(part), Doubt::Likely)))
        .or_else(|| relative(words, today).map(|(count, day)| (count, Meaning::Day(day), Doubt::Likely)))
        .or_else(|| weekday(&words[0], today))
}

/// Digits only, at most `longest` of them.
fn figures(text: &str, longest: usize) -> Option<u32> {
    if text.is_empty() || text.len() > longest || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}

fn minute_of_day(hour: u32, minute: u32) -> Option<u16> {
    (hour < 24 && minute < 60).then(|| u16::try_from(hour * 60 + minute).ok()).flatten()
}

/// `10h`, `14h30`, `14:30`, `9am`, `2:30pm`, `10س`; also with a blank before the sign, and after `الساعة`.
fn time(words: &[Word]) -> Option<(usize, u16)> {
    let first = words[0].text.as_str();
    if let Some(minute) = clock(first) {
        return Some((1, minute));
    }
    if words[0].form == "الساعه" {
        let next = words.get(1)?;
        let minute = clock(&next.text).or_else(|| minute_of_day(figures(&next.text, 2)?, 0))?;
        return Some((2, minute));
    }
    // `10 h`, `10 h 30`, `10 am`.
    figures(first, 2)?;
    let sign = words.get(1).map(|word| word.text.as_str())?;
    if matches!(sign, "h" | "heures" | "heure")
        && let Some(minute) = words.get(2).and_then(|word| figures(&word.text, 2).filter(|_| word.text.len() == 2))
        && let Some(all) = minute_of_day(figures(first, 2)?, minute)
    {
        return Some((3, all));
    }
    matches!(sign, "h" | "heures" | "heure" | "am" | "pm")
        .then(|| clock(&format!("{first}{}", &sign[..sign.len().min(2)])))?
        .or_else(|| clock(&format!("{first}h")))
        .map(|minute| (2, minute))
}

/// One word of a time.
fn clock(text: &str) -> Option<u16> {
    for (sign, afternoon) in [("am", false), ("pm", true), ("ص", false), ("م", true)] {
        if let Some(number) = text.strip_suffix(sign) {
            let (hour, minute) = number.split_once([':', 'h', '.']).unwrap_or((number, "00"));
            let hour = figures(hour, 2).filter(|hour| (1..=12).contains(hour))? % 12;
            return minute_of_day(hour + if afternoon { 12 } else { 0 }, figures(minute, 2)?);
        }
    }
    for sign in ["h", "س", "سا"] {
        if let Some((hour, minute)) = text.split_once(sign) {
            let minute = if minute.is_empty() { 0 } else { figures(minute, 2).filter(|_| minute.len() == 2)? };
            return minute_of_day(figures(hour, 2)?, minute);
        }
    }
    let (hour, minute) = text.split_once(':')?;
    minute_of_day(figures(hour, 2)?, figures(minute, 2).filter(|_| minute.len() == 2)?)
}

/// `+7j`, `+2 semaines`, `dans 3 mois`, `in 10 days`, `بعد أسبوع`, `بعد أسبوعين`.
fn shift(words: &[Word], today: NaiveDate) -> Option<(usize, NaiveDate)> {
    let first = words[0].text.as_str();
    if let Some(rest) = first.strip_prefix('+') {
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let number = figures(&rest[..end], 3)?;
        let sign = &rest[end..];
        if sign.is_empty() {
            let unit = tables::unit(&words.get(1)?.form)?;
            return Some((2, later(today, number, unit)?));
        }
        let unit = tables::unit(&crate::patient::names::compact(sign))?;
        return Some((1, later(today, number, unit)?));
    }
    if !tables::is_ahead(&words[0].form) {
        return None;
    }
    let next = words.get(1)?;
    if let Some(unit) = tables::pair(&next.form) {
        return Some((2, later(today, 2, unit)?));
    }
    let end = next.text.find(|c: char| !c.is_ascii_digit()).unwrap_or(next.text.len());
    if let Some(number) = figures(&next.text[..end], 3) {
        if end < next.text.len() {
            let unit = tables::unit(&crate::patient::names::compact(&next.text[end..]))?;
            return Some((2, later(today, number, unit)?));
        }
        let unit = tables::unit(&words.get(2)?.form)?;
        return Some((3, later(today, number, unit)?));
    }
    // `بعد أسبوع`: one, without saying so. A bare letter is no unit then.
    let unit = tables::unit(&next.form).filter(|_| next.form.chars().count() > 2)?;
    Some((2, later(today, 1, unit)?))
}

fn later(today: NaiveDate, number: u32, unit: Unit) -> Option<NaiveDate> {
    let day = match unit {
        Unit::Days => today.checked_add_days(Days::new(number.into())),
        Unit::Weeks => today.checked_add_days(Days::new(u64::from(number) * 7)),
        Unit::Months => today.checked_add_months(Months::new(number)),
    }?;
    near(day, today)
}

/// A day from today on, and not absurdly far.
fn near(day: NaiveDate, today: NaiveDate) -> Option<NaiveDate> {
    let ahead = day.signed_duration_since(today).num_days();
    (0..=FURTHEST).contains(&ahead).then_some(day)
}

/// The next such day of such a month from today on; 29 February may be years ahead.
fn next_such(day: u32, month: u32, today: NaiveDate) -> Option<NaiveDate> {
    (0..=8).filter_map(|years| NaiveDate::from_ymd_opt(today.year() + years, month, day)).find(|found| *found >= today)
}

/// `12/3`, `12/3/2027`, `12/3/27`. A date that has passed is a birth date and none of this.
fn numeric(word: &Word, today: NaiveDate, order: DateOrder) -> Option<Read> {
    let mut parts = word.text.split('/');
    let (first, second, year) = (parts.next()?, parts.next()?, parts.next());
    if parts.next().is_some() {
        return None;
    }
    let (first, second) = (figures(first, 2)?, figures(second, 2)?);
    let mut ways = vec![(first, second)];
    if order == DateOrder::EitherWay {
        ways.push((second, first));
    }
    let Some(year) = year else {
        let day = ways.into_iter().find_map(|(day, month)| next_such(day, month, today))?;
        return Some((1, Meaning::Day(day), Doubt::Sure));
    };
    let typed = i32::try_from(figures(year, 4)?).ok()?;
    let (year, doubt) = match year.len() {
        4 => (typed, Doubt::Sure),
        // 12/3/27 may be a birth date of 1927 as well.
        2 => (today.year() - today.year().rem_euclid(100) + typed, Doubt::Likely),
        _ => return None,
    };
    let day = ways.into_iter().find_map(|(day, month)| NaiveDate::from_ymd_opt(year, month, day))?;
    // Somebody may be born today: only later days are appointments without a doubt.
    (day > today).then_some(day).and_then(|day| near(day, today)).map(|day| (1, Meaning::Day(day), doubt))
}

/// `12 mars`, `1er mars`, `12 mars 2027`, in English also `march 12`.
fn named_month(words: &[Word], today: NaiveDate, order: DateOrder) -> Option<(usize, NaiveDate)> {
    let second = words.get(1)?;
    let (day, month) = match (day_figure(&words[0].text), tables::month(&second.form)) {
        (Some(day), Some(month)) => (day, month),
        _ if order == DateOrder::EitherWay => {
            let month = tables::month(&words[0].form)?;
            let day = day_figure(&second.text)?;
            // `dupont mar 12 avril`: the number belongs to the month after it.
            if words.get(2).is_some_and(|word| tables::month(&word.form).is_some()) {
                return None;
            }
            (day, month)
        }
        _ => return None,
    };
    if let Some(year) = words.get(2).and_then(|word| figures(&word.text, 4).filter(|_| word.text.len() == 4)) {
        let day = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
        return near(day, today).map(|day| (3, day));
    }
    next_such(day, month, today).map(|day| (2, day))
}

/// `12`, `1er`, `2nd`, `12th`.
fn day_figure(text: &str) -> Option<u32> {
    let number = ["er", "st", "nd", "rd", "th"].iter().find_map(|sign| text.strip_suffix(sign)).unwrap_or(text);
    figures(number, 2).filter(|day| (1..=31).contains(day))
}

fn part(words: &[Word]) -> Option<(usize, PartOfDay)> {
    two(words, tables::part).or_else(|| tables::part(&words[0].form).map(|part| (1, part)))
}

fn relative(words: &[Word], today: NaiveDate) -> Option<(usize, NaiveDate)> {
    let (count, days) = two(words, tables::relative).or_else(|| Some((1, tables::relative(&words[0].form)?)))?;
    Some((count, today.checked_add_days(Days::new(u64::try_from(days).ok()?))?))
}

/// Two words that are one: `après midi`, `بعد غد`.
fn two<T>(words: &[Word], table: impl Fn(&str) -> Option<T>) -> Option<(usize, T)> {
    let second = words.get(1)?;
    // Only what is no word by itself begins one of two.
    if !matches!(words[0].form.as_str(), "apres" | "بعد") {
        return None;
    }
    table(&format!("{}{}", words[0].form, second.form)).map(|found| (2, found))
}

/// `jeu`, `jeudi`, `الخميس`: the next one after today. A point makes an abbreviation sure.
fn weekday(word: &Word, today: NaiveDate) -> Option<Read> {
    let (wanted, doubt) = tables::weekday(&word.form)?;
    let ahead = (wanted - i64::from(today.weekday().num_days_from_monday()) - 1).rem_euclid(7) + 1;
    let day = today.checked_add_days(Days::new(u64::try_from(ahead).ok()?))?;
    let doubt = if word.text.ends_with('.') { Doubt::Sure } else { doubt };
    Some((1, Meaning::Day(day), doubt))
}
