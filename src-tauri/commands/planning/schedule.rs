//! All the rules of some days, read at once and ready to be asked: when somebody is open, for whom, who stands in, what
//! holiday it is. Pure once it is read.

use std::collections::{BTreeSet, HashMap};

use chrono::{Datelike, NaiveDate};
use domain::agenda::blocks::Block as BlockRule;
use domain::agenda::day::{DayRules, LocumDates, OneOffOpening, kept_out, without};
use domain::agenda::hours::{Absence as AbsenceRule, OpeningHours};
use domain::agenda::overlap::Span;
use domain::holidays::{Holiday, Region, holidays};
use domain::id::{PractitionerId, TypeId};
use domain::time::{WallTime, day_number, from_day_number};

use super::wire::{DayHolidayView, DaySchoolHolidayView};
use crate::commands::CommandError;
use crate::commands::desk::Premises;
use crate::store::opening::Absence;
use crate::store::planning::{Block, Kept, Locum, Opening, Rules, SchoolHoliday};
use crate::store::{self, Connection};

/// A holiday, as the calendar and the practice have it together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayHoliday {
    /// Its date.
    pub date: NaiveDate,
    /// Which, where the calendar knows it.
    pub holiday: Option<Holiday>,
    /// Its name, where it is the practice's own.
    pub label: String,
    /// By the moon: the practice may move it.
    pub editable: bool,
    /// The practice is closed.
    pub closed: bool,
    /// The practice said something of this date.
    pub changed: bool,
}

/// What is known of one practitioner's days.
#[derive(Debug, Default)]
struct Own {
    hours: Vec<OpeningHours>,
    openings: Vec<OneOffOpening>,
    absences: Vec<AbsenceRule>,
    locums: Vec<LocumDates>,
    blocks: Vec<BlockRule>,
    rows: OwnRows,
}

#[derive(Debug, Default)]
struct OwnRows {
    openings: Vec<Opening>,
    absences: Vec<Absence>,
    locums: Vec<Locum>,
    blocks: Vec<Block>,
}

/// The rules of some days.
#[derive(Debug)]
pub struct Schedule {
    own: HashMap<PractitionerId, Own>,
    nobody: Own,
    closed: Vec<NaiveDate>,
    holidays: Vec<DayHoliday>,
    school_holidays: Vec<SchoolHoliday>,
    /// Appointments with free time kept after: start, minutes, buffer. Only of one practitioner.
    pub kept: Vec<Kept>,
}

/// The region of the holidays: the one chosen, else the one that the first site's clock tells.
pub(super) fn region(chosen: Option<&str>, premises: &Premises) -> Region {
    chosen.and_then(|word| word.parse().ok()).unwrap_or_else(|| Region::of_zone(premises.zone.name()))
}

/// The holidays of some years with what the practice says of them, by date.
pub(super) fn holidays_of(
    years: impl IntoIterator<Item = i32>,
    premises: &Premises,
    region: Region,
    changes: &[store::planning::HolidayChange],
) -> Vec<DayHoliday> {
    let mut all: Vec<DayHoliday> = years
        .into_iter()
        .flat_map(|year| holidays(premises.country, region, year))
        .map(|one| DayHoliday {
            date: one.date,
            holiday: Some(one.holiday),
            label: String::new(),
            editable: one.editable,
            closed: true,
            changed: false,
        })
        .collect();
    for change in changes {
        let date = from_day_number(change.day);
        let known = all.iter().find(|one| one.date == date).cloned();
        all.retain(|one| one.date != date);
        if change.state == "nothing" {
            continue;
        }
        let holiday = change.holiday.parse().ok().or(known.as_ref().and_then(|one| one.holiday));
        all.push(DayHoliday {
            date,
            holiday: if change.label.is_empty() { holiday } else { None },
            label: change.label.clone(),
            editable: known.is_none_or(|one| one.editable),
            closed: change.state == "closed",
            changed: true,
        });
    }
    all.sort_by_key(|one| one.date);
    all
}

impl Schedule {
    /// Reads the rules of all practitioners, or of one, for the days from the first up to, not including, the last.
    ///
    /// # Errors
    /// What the store refuses.
    pub async fn read(
        connection: &mut Connection,
        premises: &Premises,
        of: Option<PractitionerId>,
        first_day: i64,
        end_day: i64,
    ) -> Result<Self, CommandError> {
        let rules = store::planning::rules(connection, of, first_day, end_day).await?;
        Ok(Self::new(rules, premises, first_day, end_day)?)
    }

    fn new(rules: Rules, premises: &Premises, first_day: i64, end_day: i64) -> Result<Self, store::StoreError> {
        let mut own: HashMap<PractitionerId, Own> = HashMap::new();
        for (id, lines) in rules.hours {
            own.entry(id).or_default().hours = lines;
        }
        for (id, rows) in rules.openings {
            let one = own.entry(id).or_default();
            one.openings = rows.iter().map(Opening::rule).collect::<Result<_, _>>()?;
            one.rows.openings = rows;
        }
        for (id, rows) in rules.absences {
            let one = own.entry(id).or_default();
            one.absences = rows.iter().map(Absence::rule).collect();
            one.rows.absences = rows;
        }
        for (id, rows) in rules.locums {
            let one = own.entry(id).or_default();
            one.locums = rows.iter().map(Locum::rule).collect();
            one.rows.locums = rows;
        }
        for (id, rows) in rules.blocks {
            let one = own.entry(id).or_default();
            one.blocks = rows.iter().map(Block::rule).collect::<Result<_, _>>()?;
            one.rows.blocks = rows;
        }
        let years: BTreeSet<i32> = [first_day, end_day - 1].iter().map(|day| from_day_number(*day).year()).collect();
        let years = years.first().copied().unwrap_or(0)..=years.last().copied().unwrap_or(-1);
        let holidays = holidays_of(years, premises, region(rules.region.as_deref(), premises), &rules.holiday_changes);
        let closed = holidays
            .iter()
            .filter(|one| one.closed && (first_day..end_day).contains(&day_number(one.date)))
            .map(|one| one.date)
            .collect();
        Ok(Self {
            own,
            nobody: Own::default(),
            closed,
            holidays,
            school_holidays: rules.school_holidays,
            kept: rules.kept,
        })
    }

    fn of(&self, practitioner: PractitionerId) -> &Own {
        self.own.get(&practitioner).unwrap_or(&self.nobody)
    }

    fn rules(&self, practitioner: PractitionerId) -> DayRules<'_> {
        let own = self.of(practitioner);
        DayRules {
            hours: &own.hours,
            openings: &own.openings,
            absences: &own.absences,
            locums: &own.locums,
            closed: &self.closed,
        }
    }

    /// Whether anything says when the practitioner is open.
    #[must_use]
    pub fn has_hours(&self, practitioner: PractitionerId) -> bool {
        let own = self.of(practitioner);
        !own.hours.is_empty() || !own.openings.is_empty()
    }

    /// When the practitioner (or who stands in) is there.
    #[must_use]
    pub fn open_on(&self, practitioner: PractitionerId, date: NaiveDate) -> Vec<Span> {
        self.rules(practitioner).open_on(date)
    }

    /// When the practice would be open, absences or not.
    #[must_use]
    pub fn open_but_for_absences(&self, practitioner: PractitionerId, date: NaiveDate) -> Vec<Span> {
        DayRules { absences: &[], ..self.rules(practitioner) }.open_on(date)
    }

    /// What an appointment of a type may take of it now.
    #[must_use]
    pub fn open_for(&self, practitioner: PractitionerId, date: NaiveDate, type_id: TypeId, now: WallTime) -> Vec<Span> {
        let own = self.of(practitioner);
        let open = self.open_on(practitioner, date);
        if own.blocks.is_empty() || open.is_empty() {
            return open;
        }
        let blocks = own.blocks.iter().zip(&own.rows.blocks).map(|(rule, row)| (rule, row.types.contains(&type_id)));
        without(open, kept_out(date, blocks, now))
    }

    /// What nothing is booked over, of a date's open time.
    #[must_use]
    pub fn bookable(&self, practitioner: PractitionerId, date: NaiveDate) -> Vec<Span> {
        let open = self.open_on(practitioner, date);
        let shut = self.blocks_on(practitioner, date);
        without(
            open,
            shut.filter(|(_, rule, _)| rule.kind == domain::agenda::blocks::BlockKind::NoScheduling)
                .map(|(_, _, span)| span),
        )
    }

    /// The blocks that stand on a date: row, rule, span.
    pub fn blocks_on(
        &self,
        practitioner: PractitionerId,
        date: NaiveDate,
    ) -> impl Iterator<Item = (&Block, &BlockRule, Span)> {
        let own = self.of(practitioner);
        own.rows
            .blocks
            .iter()
            .zip(&own.blocks)
            .filter_map(move |(row, rule)| rule.span_on(date).map(|span| (row, rule, span)))
    }

    /// The openings of a date alone.
    pub fn openings_on(&self, practitioner: PractitionerId, day: i64) -> impl Iterator<Item = &Opening> {
        self.of(practitioner).rows.openings.iter().filter(move |opening| opening.day == day)
    }

    /// The absences that touch a span of wall minutes, by start.
    pub fn absences_in(&self, practitioner: PractitionerId, from: i64, to: i64) -> impl Iterator<Item = &Absence> {
        let absences = &self.of(practitioner).rows.absences;
        absences.iter().filter(move |absence| absence.starts < to && absence.ends > from)
    }

    /// Who stands in for the practitioner on a date.
    #[must_use]
    pub fn locum_on(&self, practitioner: PractitionerId, day: i64) -> Option<&str> {
        let locums = &self.of(practitioner).rows.locums;
        locums.iter().find(|one| (one.first_day..=one.last_day).contains(&day)).map(|one| one.name.as_str())
    }

    /// The holiday of a date.
    #[must_use]
    pub fn holiday_on(&self, date: NaiveDate) -> Option<DayHolidayView> {
        self.holidays.iter().find(|one| one.date == date).map(|one| DayHolidayView {
            holiday: one.holiday.map_or("", Holiday::as_str).to_owned(),
            label: one.label.clone(),
            closed: one.closed,
        })
    }

    /// Whether a holiday closes the practice on a date.
    #[must_use]
    pub fn is_closed(&self, date: NaiveDate) -> bool {
        self.closed.contains(&date)
    }

    /// The school holidays of a date.
    #[must_use]
    pub fn school_holidays_on(&self, day: i64) -> Vec<DaySchoolHolidayView> {
        self.school_holidays
            .iter()
            .filter(|one| (one.first_day..=one.last_day).contains(&day))
            .map(|one| DaySchoolHolidayView { zone: one.zone.clone(), label: one.label.clone() })
            .collect()
    }
}
