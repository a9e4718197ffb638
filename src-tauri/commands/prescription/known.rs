//! What a patient's record says that prescribing needs: who it is, treatments and allergies that stand, weight, a long-term
//! condition. Not here: what follows from it.

use std::sync::{Mutex, PoisonError};

use chrono::NaiveDate;
use domain::clinical::standing::stands;
use domain::id::PatientId;
use domain::patient::sex::Sex;
use domain::prescription::model::Subject;
use domain::prescription::sentence::Language;
use domain::time::WallTime;

use crate::commands::record::chart::{Chart, Inside};
use crate::commands::record::wire::{Allergy, Body, Treatment};
use crate::commands::{CommandError, Desk};
use crate::store::{self, Connection, patient::Patient};

/// What is known.
#[derive(Clone)]
pub(super) struct Known {
    /// The patient's row.
    pub row: Patient,
    /// For the rules and the paper.
    pub subject: Subject,
    /// Age in whole months.
    pub months: Option<u16>,
    /// Treatments that stand.
    pub treatments: Vec<Treatment>,
    /// Allergies that stand.
    pub allergies: Vec<Allergy>,
    /// Entries that cannot be read.
    pub damaged: usize,
}

/// A measure in a smaller unit: so many of them to one of the unit that it was written in.
fn exact(value: &str, each: f64) -> Option<u32> {
    let value: f64 = value.trim().replace(',', ".").parse().ok()?;
    let value = (value * each).round();
    // Nobody weighs a ton or is a hundred metres tall.
    (value > 0.0 && value < 1_000_000.0).then_some(value as u32)
}

/// The newest value of a measure whose unit is one of these; a unit that is none of them says nothing.
fn newest<'a>(opened: impl Iterator<Item = &'a Inside>, what: &str, units: &[(&str, f64)]) -> Option<u32> {
    opened
        .filter_map(|inside| match &inside.body {
            Body::Measure(one) if one.what == what => {
                let (_, each) = units.iter().find(|(unit, _)| *unit == one.unit.trim())?;
                Some((&inside.on, &inside.written_at, exact(&one.value, *each)?))
            }
            _ => None,
        })
        .max()
        .map(|(_, _, value)| value)
}

/// What was read last, for the checks that follow key by key: as long as nothing at all was journalled since. It goes with the
/// session.
#[derive(Default)]
pub struct LastKnown(Mutex<Option<Read>>);

struct Read {
    patient: PatientId,
    /// The journal's newest entry when it was read.
    head: i64,
    /// A check is of one day.
    on: NaiveDate,
    known: Known,
}

impl LastKnown {
    /// What a patient's record says, opened where something may have changed.
    ///
    /// # Errors
    /// As [`Chart::open`].
    pub(super) async fn of(
        desk: &Desk,
        connection: &mut Connection,
        patient: PatientId,
    ) -> Result<Known, CommandError> {
        let today = desk.wall_now();
        let head = store::journal::head(connection).await?.map_or(0, |(sequence, _)| sequence);
        let last = &desk.last_known.0;
        let fits = |read: &&Read| read.patient == patient && read.head == head && read.on == today.date();
        let held =
            last.lock().unwrap_or_else(PoisonError::into_inner).as_ref().filter(fits).map(|read| read.known.clone());
        if let Some(known) = held {
            return Ok(known);
        }
        let chart = Chart::open(desk, connection, patient).await?;
        let known = Known::of(&chart, connection, today).await?;
        let read = Read { patient, head, on: today.date(), known: known.clone() };
        *last.lock().unwrap_or_else(PoisonError::into_inner) = Some(read);
        Ok(known)
    }
}

impl Known {
    /// Reads it out of an opened chart.
    ///
    /// # Errors
    /// `patient_not_found`, what the store refuses.
    pub async fn of(chart: &Chart, connection: &mut Connection, today: WallTime) -> Result<Self, CommandError> {
        let row = store::patient::resolved(connection, chart.patient())
            .await?
            .ok_or_else(|| CommandError::field("patient_not_found", "patient_id"))?;
        let (opened, damaged) = chart.open_all(connection).await?;
        let standing: Vec<Inside> =
            opened.into_iter().map(|(_, inside)| inside).filter(|inside| inside.struck.is_none()).collect();
        let day = today.date().to_string();
        let (mut treatments, mut allergies, mut ald) = (Vec::new(), Vec::new(), false);
        for inside in &standing {
            match &inside.body {
                Body::Treatment(one) if stands(&one.since, &one.until, &day) => treatments.push(one.clone()),
                Body::Allergy(one) => allergies.push(one.clone()),
                Body::Condition(one) if one.ald && stands("", &one.until, &day) => ald = true,
                _ => {}
            }
        }
        let born_on = row.born;
        let months = born_on.filter(|born| *born <= today.date()).and_then(|born| {
            let (now, then) = (today.date(), born);
            let whole = months_between(then, now);
            u16::try_from(whole).ok()
        });
        let weight_g = newest(standing.iter(), "weight", &[("", 1000.0), ("kg", 1000.0), ("g", 1.0)]);
        let height_mm = newest(standing.iter(), "height", &[("", 10.0), ("cm", 10.0), ("m", 1000.0)]);
        let (family_name, given_names) = names(&row, Language::French);
        let subject = Subject {
            family_name,
            given_names,
            sex: row.sex.parse().unwrap_or(Sex::Unknown),
            born_on,
            weight_g,
            height_mm,
            ald,
        };
        Ok(Self { row, subject, months, treatments, allergies, damaged: damaged.len() })
    }

    /// The names on a paper in that language.
    pub fn name_in(&mut self, language: Language) {
        (self.subject.family_name, self.subject.given_names) = names(&self.row, language);
    }
}

/// Family and given names in the letters of a paper, where they are known in them; the family name in capitals.
pub(in crate::commands) fn names(row: &Patient, language: Language) -> (String, String) {
    let latin = (row.surname.trim(), row.first_name.trim());
    let arabic = (row.surname_arabic.trim(), row.first_name_arabic.trim());
    let known = |(family, given): (&str, &str)| !family.is_empty() && !given.is_empty();
    let chosen = match language {
        Language::Arabic if known(arabic) => arabic,
        _ if known(latin) || !known(arabic) => latin,
        _ => arabic,
    };
    let family = if chosen.0.is_empty() { row.birth_name.trim() } else { chosen.0 };
    (family.to_uppercase(), chosen.1.to_owned())
}

fn months_between(from: chrono::NaiveDate, to: chrono::NaiveDate) -> i32 {
    use chrono::Datelike;
    let months = (to.year() - from.year()) * 12 + i32::try_from(to.month()).unwrap_or(0)
        - i32::try_from(from.month()).unwrap_or(0);
    if to.day() < from.day() { months - 1 } else { months }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_covers_its_ends() {
        for (since, until, covered) in [
            ("", "", true),
            ("2026-11-22", "", true),
            ("2026-11-23", "", false),
            ("", "2026-11-22", true),
            ("", "2026-11-21", false),
        ] {
            assert_eq!(stands(since, until, "2026-11-22"), covered, "{since} {until}");
        }
    }

    #[test]
    fn measures_are_read_exactly_or_not_at_all() {
        assert_eq!(exact("62.5", 1000.0), Some(62_500));
        assert_eq!(exact("168,5", 10.0), Some(1_685));
        assert_eq!(exact("0", 10.0), None);
        assert_eq!(exact("gros", 10.0), None);
    }

    #[test]
    fn months_are_whole() {
        let day = |year, month, day| chrono::NaiveDate::from_ymd_opt(year, month, day).expect("a date");
        assert_eq!(months_between(day(2024, 5, 12), day(2026, 5, 11)), 23);
        assert_eq!(months_between(day(2024, 5, 12), day(2026, 5, 12)), 24);
    }
}
