//! The words of days, months, units and parts of the day in French, Arabic (as Morocco and the East say them) and
//! English, in their search form. All three are understood whatever the window speaks: a desk has all of them.

use super::Doubt;
use crate::agenda::PartOfDay;

/// Weekdays: Monday is 0. The article makes an Arabic day; without it خميس and جمعة are names as well.
const WEEKDAYS: [(&[&str], &[&str]); 7] = [
    (&["lundi", "monday", "الاثنين"], &["lun", "mon", "اثنين"]),
    (&["mardi", "tuesday", "الثلاثاء"], &["mar", "tue", "tues", "ثلاثاء"]),
    (&["mercredi", "wednesday", "الاربعاء"], &["mer", "wed", "اربعاء"]),
    (&["jeudi", "thursday", "الخميس"], &["jeu", "thu", "thur", "thurs", "خميس"]),
    (&["vendredi", "friday", "الجمعه"], &["ven", "fri", "جمعه"]),
    (&["samedi", "saturday", "السبت"], &["sam", "sat", "سبت"]),
    (&["dimanche", "sunday", "الاحد"], &["dim", "sun", "احد"]),
];

const MONTHS: [&[&str]; 12] = [
    &["janvier", "january", "janv", "jan", "يناير"],
    &["fevrier", "february", "fevr", "fev", "feb", "فبراير"],
    &["mars", "march", "mar", "مارس"],
    &["avril", "april", "avr", "apr", "ابريل"],
    &["mai", "may", "ماي", "مايو"],
    &["juin", "june", "jun", "يونيو"],
    &["juillet", "july", "juil", "jul", "يوليوز", "يوليو"],
    &["aout", "august", "aug", "غشت", "اغسطس"],
    &["septembre", "september", "sept", "sep", "شتنبر", "سبتمبر"],
    &["octobre", "october", "oct", "اكتوبر"],
    &["novembre", "november", "nov", "نونبر", "نوفمبر"],
    &["decembre", "december", "dec", "دجنبر", "ديسمبر"],
];

/// A unit of a shift.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Days,
    Weeks,
    Months,
}

const UNITS: [(Unit, &[&str]); 3] = [
    (Unit::Days, &["j", "jr", "jrs", "jour", "jours", "d", "day", "days", "ي", "يوم", "ايام", "يوما"]),
    (Unit::Weeks, &["s", "sem", "semaine", "semaines", "w", "wk", "wks", "week", "weeks", "اسبوع", "اسابيع", "اسبوعا"]),
    (Unit::Months, &["m", "mois", "mo", "month", "months", "شهر", "اشهر", "شهور", "شهرا"]),
];

/// Arabic has a word of its own for two of them.
const PAIRS: [(Unit, &str); 3] = [(Unit::Days, "يومين"), (Unit::Weeks, "اسبوعين"), (Unit::Months, "شهرين")];

/// Days from today.
const RELATIVE: [(i64, &[&str]); 3] = [
    (0, &["aujourdhui", "auj", "ajd", "today", "اليوم"]),
    (1, &["demain", "tomorrow", "tmrw", "غدا"]),
    (2, &["apresdemain", "بعدغد"]),
];

const PARTS: [(PartOfDay, &[&str]); 3] = [
    (PartOfDay::Morning, &["matin", "matinee", "morning", "صباحا", "الصباح"]),
    (PartOfDay::Afternoon, &["apresmidi", "aprem", "apm", "afternoon", "بعدالزوال", "زوالا"]),
    (PartOfDay::Evening, &["soir", "soiree", "evening", "مساء", "المساء"]),
];

const FILLERS: &[&str] = &[
    "le",
    "a",
    "au",
    "des",
    "pour",
    "vers",
    "on",
    "at",
    "for",
    "next",
    "prochain",
    "prochaine",
    "في",
    "يوم",
    "علي",
    "ليوم",
    "الساعه",
];
const NEXT: &[&str] = &["prochain", "prochaine", "القادم", "المقبل", "القادمه", "المقبله"];
const TITLES: &[&str] = &[
    "dr",
    "dre",
    "pr",
    "pre",
    "docteur",
    "docteure",
    "professeur",
    "doctor",
    "د",
    "دكتور",
    "دكتوره",
    "الدكتور",
    "الدكتوره",
];
const AHEAD: &[&str] = &["dans", "in", "بعد"];

pub(super) fn weekday(form: &str) -> Option<(i64, Doubt)> {
    for (day, (whole, short)) in (0..).zip(&WEEKDAYS) {
        if whole.contains(&form) {
            return Some((day, Doubt::Likely));
        }
        if short.contains(&form) {
            return Some((day, Doubt::Unlikely));
        }
    }
    None
}

pub(super) fn month(form: &str) -> Option<u32> {
    (1..).zip(&MONTHS).find(|(_, names)| names.contains(&form)).map(|(month, _)| month)
}

pub(super) fn unit(form: &str) -> Option<Unit> {
    UNITS.iter().find(|(_, names)| names.contains(&form)).map(|(unit, _)| *unit)
}

pub(super) fn pair(form: &str) -> Option<Unit> {
    PAIRS.iter().find(|(_, name)| *name == form).map(|(unit, _)| *unit)
}

pub(super) fn relative(form: &str) -> Option<i64> {
    RELATIVE.iter().find(|(_, names)| names.contains(&form)).map(|(days, _)| *days)
}

pub(super) fn part(form: &str) -> Option<PartOfDay> {
    PARTS.iter().find(|(_, names)| names.contains(&form)).map(|(part, _)| *part)
}

pub(super) fn is_filler(form: &str) -> bool {
    FILLERS.contains(&form)
}

pub(super) fn is_next(form: &str) -> bool {
    NEXT.contains(&form)
}

pub(super) fn is_title(form: &str) -> bool {
    TITLES.contains(&form)
}

pub(super) fn is_ahead(form: &str) -> bool {
    AHEAD.contains(&form)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::patient::names::compact;

    #[test]
    fn every_word_stands_in_its_search_form() {
        let words = WEEKDAYS.iter().flat_map(|(whole, short)| whole.iter().chain(*short));
        let words = words.chain(MONTHS.iter().copied().flatten()).chain(UNITS.iter().flat_map(|(_, names)| *names));
        let words = words.chain(RELATIVE.iter().flat_map(|(_, names)| *names));
        let words = words.chain(PARTS.iter().flat_map(|(_, names)| *names)).chain(PAIRS.iter().map(|(_, name)| name));
        for word in words.chain(FILLERS).chain(NEXT).chain(TITLES).chain(AHEAD) {
            assert_eq!(compact(word), *word);
        }
    }
}
