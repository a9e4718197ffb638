//! Public holidays, with those of Alsace-Moselle and of the overseas departments, and what the practice changes of them:
//! it opens on one, takes one away, puts one by the moon on its announced date, adds one of its own.
//!
//! Holidays by the moon are known for the years of a table; for others they are reckoned by the tabular calendar, which is
//! off by a day at times: the practice moves them when they are announced.

use chrono::{Datelike, Days, NaiveDate};

use crate::country::Country;

words! {
    /// Which holiday.
    Holiday {
        /// 1 January.
        NewYear = "new_year",
        /// Monday after Easter.
        EasterMonday = "easter_monday",
        /// 1 May.
        LabourDay = "labour_day",
        /// 8 May, France.
        Victory1945 = "victory_1945",
        /// Thursday, 39 days after Easter.
        Ascension = "ascension",
        /// Monday, 50 days after Easter.
        WhitMonday = "whit_monday",
        /// 14 July, France.
        Bastille = "bastille",
        /// 15 August.
        Assumption = "assumption",
        /// 1 November.
        AllSaints = "all_saints",
        /// 11 November, France.
        Armistice1918 = "armistice_1918",
        /// 25 December.
        Christmas = "christmas",
        /// Friday before Easter, Alsace-Moselle.
        GoodFriday = "good_friday",
        /// 26 December, Alsace-Moselle.
        SaintStephen = "saint_stephen",
        /// The abolition of slavery, overseas: each department has its own date.
        Abolition = "abolition",
        /// 11 January, Morocco: the manifesto of independence.
        IndependenceManifesto = "independence_manifesto",
        /// 14 January, Morocco: Amazigh new year (since 2024).
        AmazighNewYear = "amazigh_new_year",
        /// 30 July, Morocco.
        Throne = "throne",
        /// 14 August, Morocco: Oued Ed-Dahab.
        OuedEdDahab = "oued_ed_dahab",
        /// 20 August, Morocco: the revolution of the king and the people.
        Revolution = "revolution",
        /// 21 August, Morocco: youth.
        Youth = "youth",
        /// 31 October, Morocco: unity (from 2026).
        Unity = "unity",
        /// 6 November, Morocco: the Green March.
        GreenMarch = "green_march",
        /// 18 November, Morocco.
        Independence = "independence",
        /// End of Ramadan, by the moon.
        EidAlFitr = "eid_al_fitr",
        /// The feast of the sacrifice, by the moon.
        EidAlAdha = "eid_al_adha",
        /// 1 Moharram, by the moon.
        HijriNewYear = "hijri_new_year",
        /// The prophet's birthday, by the moon.
        Mawlid = "mawlid",
    }
}

words! {
    /// Where in France the practice is: what is added to the holidays of everywhere.
    Region {
        /// Nothing is added.
        None = "none",
        /// Good Friday and 26 December.
        AlsaceMoselle = "alsace_moselle",
        /// 27 May.
        Guadeloupe = "guadeloupe",
        /// 22 May.
        Martinique = "martinique",
        /// 10 June.
        Guyane = "guyane",
        /// 20 December.
        Reunion = "reunion",
        /// 27 April.
        Mayotte = "mayotte",
        /// 9 October.
        SaintBarthelemy = "saint_barthelemy",
        /// 28 May.
        SaintMartin = "saint_martin",
    }
}

impl Region {
    /// The region that a time zone names; Alsace-Moselle is on the clock of Paris and must be chosen.
    pub fn of_zone(zone: &str) -> Self {
        match zone {
            "America/Guadeloupe" => Region::Guadeloupe,
            "America/Martinique" => Region::Martinique,
            "America/Cayenne" => Region::Guyane,
            "Indian/Reunion" => Region::Reunion,
            "Indian/Mayotte" => Region::Mayotte,
            "America/St_Barthelemy" => Region::SaintBarthelemy,
            "America/Marigot" => Region::SaintMartin,
            _ => Region::None,
        }
    }
}

words! {
    /// What the practice says of a date.
    HolidayChange {
        /// It is a holiday, and the practice is closed.
        Closed = "closed",
        /// It is a holiday, and the practice opens as on any day.
        Open = "open",
        /// It is none after all.
        Nothing = "nothing",
    }
}

/// A holiday on a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublicHoliday {
    /// The date.
    pub date: NaiveDate,
    /// Which.
    pub holiday: Holiday,
    /// True where the moon decides: the practice may move it by a day.
    pub editable: bool,
}

/// The country's holidays of a year, by date.
pub fn holidays(country: Country, region: Region, year: i32) -> Vec<PublicHoliday> {
    let mut all: Vec<PublicHoliday> = match country {
        Country::FR => fixed(year, FRANCE).chain(by_easter(year)).chain(of_region(region, year)).collect(),
        Country::MA => fixed(year, MOROCCO).chain(by_the_moon(year)).collect(),
    };
    all.sort_by_key(|holiday| (holiday.date, holiday.holiday));
    all
}

/// Easter Sunday of the Gregorian calendar, by the anonymous computus of 1876. None outside of the years of dates.
pub fn easter(year: i32) -> Option<NaiveDate> {
    let golden = year.rem_euclid(19);
    let (century, of_century) = (year.div_euclid(100), year.rem_euclid(100));
    let (leaps, of_leaps) = (century.div_euclid(4), century.rem_euclid(4));
    let moon = (century - (century + 8).div_euclid(25) + 1).div_euclid(3);
    let epact = (19 * golden + century - leaps - moon + 15).rem_euclid(30);
    let weekday = (32 + 2 * of_leaps + 2 * of_century.div_euclid(4) - epact - of_century.rem_euclid(4)).rem_euclid(7);
    let correction = (golden + 11 * epact + 22 * weekday).div_euclid(451);
    let day = epact + weekday - 7 * correction + 114;
    NaiveDate::from_ymd_opt(year, day.div_euclid(31).unsigned_abs(), (day.rem_euclid(31) + 1).unsigned_abs())
}

/// Month, day, first year.
type Fixed = (u32, u32, i32, Holiday);

const FRANCE: &[Fixed] = &[
    (1, 1, 0, Holiday::NewYear),
    (5, 1, 0, Holiday::LabourDay),
    (5, 8, 1982, Holiday::Victory1945),
    (7, 14, 0, Holiday::Bastille),
    (8, 15, 0, Holiday::Assumption),
    (11, 1, 0, Holiday::AllSaints),
    (11, 11, 0, Holiday::Armistice1918),
    (12, 25, 0, Holiday::Christmas),
];

const MOROCCO: &[Fixed] = &[
    (1, 1, 0, Holiday::NewYear),
    (1, 11, 0, Holiday::IndependenceManifesto),
    (1, 14, 2024, Holiday::AmazighNewYear),
    (5, 1, 0, Holiday::LabourDay),
    (7, 30, 0, Holiday::Throne),
    (8, 14, 0, Holiday::OuedEdDahab),
    (8, 20, 0, Holiday::Revolution),
    (8, 21, 0, Holiday::Youth),
    (10, 31, 2026, Holiday::Unity),
    (11, 6, 0, Holiday::GreenMarch),
    (11, 18, 0, Holiday::Independence),
];

/// Year, month, day: as announced or expected; the moon may move each by a day.
const BY_THE_MOON: &[(i32, u32, u32, Holiday)] = &[
    (2026, 3, 20, Holiday::EidAlFitr),
    (2026, 3, 21, Holiday::EidAlFitr),
    (2026, 5, 27, Holiday::EidAlAdha),
    (2026, 5, 28, Holiday::EidAlAdha),
    (2026, 6, 16, Holiday::HijriNewYear),
    (2026, 8, 25, Holiday::Mawlid),
    (2026, 8, 26, Holiday::Mawlid),
];

fn fixed(year: i32, table: &'static [Fixed]) -> impl Iterator<Item = PublicHoliday> {
    table.iter().filter(move |(_, _, since, _)| *since <= year).filter_map(move |&(month, day, _, holiday)| {
        NaiveDate::from_ymd_opt(year, month, day).map(|date| PublicHoliday { date, holiday, editable: false })
    })
}

fn by_easter(year: i32) -> impl Iterator<Item = PublicHoliday> {
    let after = |days: u64, holiday| {
        let date = easter(year)?.checked_add_days(Days::new(days))?;
        Some(PublicHoliday { date, holiday, editable: false })
    };
    [after(1, Holiday::EasterMonday), after(39, Holiday::Ascension), after(50, Holiday::WhitMonday)]
        .into_iter()
        .flatten()
}

fn of_region(region: Region, year: i32) -> Vec<PublicHoliday> {
    let on = |month, day, holiday| {
        NaiveDate::from_ymd_opt(year, month, day).map(|date| PublicHoliday { date, holiday, editable: false })
    };
    let abolition = |month, day| vec![on(month, day, Holiday::Abolition)];
    let all = match region {
        Region::None => Vec::new(),
        Region::AlsaceMoselle => {
            let friday = easter(year).and_then(|sunday| sunday.checked_sub_days(Days::new(2)));
            let friday = friday.map(|date| PublicHoliday { date, holiday: Holiday::GoodFriday, editable: false });
            vec![friday, on(12, 26, Holiday::SaintStephen)]
        }
        Region::Guadeloupe => abolition(5, 27),
        Region::Martinique => abolition(5, 22),
        Region::Guyane => abolition(6, 10),
        Region::Reunion => abolition(12, 20),
        Region::Mayotte => abolition(4, 27),
        Region::SaintBarthelemy => abolition(10, 9),
        Region::SaintMartin => abolition(5, 28),
    };
    all.into_iter().flatten().collect()
}

fn by_the_moon(year: i32) -> Vec<PublicHoliday> {
    let moon = |date: NaiveDate, holiday| PublicHoliday { date, holiday, editable: true };
    let known: Vec<PublicHoliday> = BY_THE_MOON
        .iter()
        .filter(|(of, ..)| *of == year)
        .filter_map(|&(of, month, day, holiday)| Some(moon(NaiveDate::from_ymd_opt(of, month, day)?, holiday)))
        .collect();
    if !known.is_empty() || !(1_000..=9_000).contains(&year) {
        return known;
    }
    // A year of the moon is eleven days shorter: two of its years touch one of ours, sometimes three.
    let about = (i64::from(year) - 622) * 33 / 32;
    (about - 1..=about + 2)
        .flat_map(|hijri| RECKONED.iter().map(move |&(month, day, holiday)| (hijri, month, day, holiday)))
        .filter_map(|(hijri, month, day, holiday)| Some(moon(tabular(hijri, month, day)?, holiday)))
        .filter(|one| one.date.year() == year)
        .collect()
}

/// Month and day of the year of the moon; feasts of two days have two lines.
const RECKONED: &[(i64, i64, Holiday)] = &[
    (1, 1, Holiday::HijriNewYear),
    (3, 12, Holiday::Mawlid),
    (3, 13, Holiday::Mawlid),
    (10, 1, Holiday::EidAlFitr),
    (10, 2, Holiday::EidAlFitr),
    (12, 10, Holiday::EidAlAdha),
    (12, 11, Holiday::EidAlAdha),
];

/// A date of the tabular calendar (30-year cycle with leap years 2, 5, 7, 10, 13, 16, 18, 21, 24, 26, 29; civil epoch).
fn tabular(year: i64, month: i64, day: i64) -> Option<NaiveDate> {
    let before = (year - 1) * 354 + (3 + 11 * year).div_euclid(30) + 29 * (month - 1) + month.div_euclid(2);
    // 16 July 622 of the Julian calendar, 19 July of ours.
    let epoch = NaiveDate::from_ymd_opt(622, 7, 19)?;
    epoch.checked_add_days(Days::new(u64::try_from(before + day - 1).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dates(country: Country, year: i32) -> Vec<String> {
        holidays(country, Region::None, year).iter().map(|one| one.date.format("%m-%d").to_string()).collect()
    }

    fn date_of(year: i32, holiday: Holiday) -> String {
        let all = holidays(Country::FR, Region::None, year);
        all.iter().find(|one| one.holiday == holiday).unwrap().date.to_string()
    }

    #[test]
    fn the_movable_ones_of_france_follow_easter() {
        for (year, monday, ascension, whit) in
            [(2026, "2026-04-06", "2026-05-14", "2026-05-25"), (2027, "2027-03-29", "2027-05-06", "2027-05-17")]
        {
            assert_eq!(date_of(year, Holiday::EasterMonday), monday);
            assert_eq!(date_of(year, Holiday::Ascension), ascension);
            assert_eq!(date_of(year, Holiday::WhitMonday), whit);
        }
        assert_eq!(holidays(Country::FR, Region::None, 2026).len(), 11);
    }

    #[test]
    fn easter_is_where_the_tables_of_the_church_have_it() {
        for known in [
            "1818-03-22",
            "1943-04-25",
            "1961-04-02",
            "2000-04-23",
            "2008-03-23",
            "2011-04-24",
            "2024-03-31",
            "2038-04-25",
        ] {
            let known: NaiveDate = known.parse().unwrap();
            assert_eq!(easter(known.year()), Some(known));
        }
        for year in 1..9999 {
            let sunday = easter(year).unwrap();
            assert_eq!(sunday.weekday(), chrono::Weekday::Sun, "{year}");
            assert!((81..=116).contains(&sunday.ordinal()), "{year}: 22 March to 25 April");
        }
    }

    #[test]
    fn morocco_has_eleven_fixed_ones_from_2026() {
        let fixed = ["01-01", "01-11", "01-14", "05-01", "07-30", "08-14", "08-20", "08-21", "10-31", "11-06", "11-18"];
        let of_2027 = holidays(Country::MA, Region::None, 2027);
        let those: Vec<String> =
            of_2027.iter().filter(|one| !one.editable).map(|one| one.date.format("%m-%d").to_string()).collect();
        assert_eq!(those, fixed);
        assert!(!dates(Country::MA, 2025).contains(&"10-31".to_owned()));
        assert!(!dates(Country::MA, 2023).contains(&"01-14".to_owned()));
    }

    #[test]
    fn those_by_the_moon_are_editable_and_the_others_are_not() {
        let moon: Vec<String> = holidays(Country::MA, Region::None, 2026)
            .iter()
            .filter(|one| one.editable)
            .map(|one| one.date.format("%m-%d").to_string())
            .collect();
        assert_eq!(moon, ["03-20", "03-21", "05-27", "05-28", "06-16", "08-25", "08-26"]);
        assert!(holidays(Country::FR, Region::None, 2026).iter().all(|one| !one.editable));
    }

    #[test]
    fn the_tabular_calendar_is_within_a_day_of_what_was_announced() {
        for &(year, month, day, holiday) in BY_THE_MOON {
            let announced = NaiveDate::from_ymd_opt(year, month, day).unwrap();
            let near = (1440..1460)
                .flat_map(|hijri| RECKONED.iter().map(move |&(month, day, of)| (tabular(hijri, month, day), of)))
                .filter(|(_, of)| *of == holiday)
                .filter_map(|(date, _)| date)
                .map(|date| date.signed_duration_since(announced).num_days().abs())
                .min();
            assert!(near.is_some_and(|days| days <= 1), "{holiday}: {near:?}");
        }
        // 1 Moharram 1447 and 1448, as calendars print them.
        assert_eq!(tabular(1447, 1, 1).unwrap().to_string(), "2025-06-27");
        assert_eq!(tabular(1448, 1, 1).unwrap().to_string(), "2026-06-17");
    }

    #[test]
    fn every_year_has_its_feasts_by_the_moon() {
        for year in 2027..2100 {
            let moon: Vec<PublicHoliday> =
                holidays(Country::MA, Region::None, year).into_iter().filter(|one| one.editable).collect();
            for holiday in [Holiday::EidAlFitr, Holiday::EidAlAdha, Holiday::HijriNewYear, Holiday::Mawlid] {
                assert!(moon.iter().any(|one| one.holiday == holiday), "{year} {holiday}");
            }
            assert!(moon.iter().all(|one| one.date.year() == year));
        }
    }

    #[test]
    fn a_region_adds_its_own() {
        let of = |region: Region| -> Vec<String> {
            let all = holidays(Country::FR, region, 2026);
            let everywhere = holidays(Country::FR, Region::None, 2026);
            all.iter().filter(|one| !everywhere.contains(one)).map(|one| one.date.format("%m-%d").to_string()).collect()
        };
        assert_eq!(of(Region::AlsaceMoselle), ["04-03", "12-26"]);
        assert_eq!(of(Region::Reunion), ["12-20"]);
        assert_eq!(of(Region::Guyane), ["06-10"]);
        assert_eq!(Region::of_zone("Indian/Mayotte"), Region::Mayotte);
        assert_eq!(Region::of_zone("Europe/Paris"), Region::None);
    }

    #[test]
    fn years_out_of_range_have_none_and_do_not_fail() {
        for year in [i32::MIN + 1, i32::MAX - 1] {
            assert!(holidays(Country::FR, Region::AlsaceMoselle, year).is_empty());
        }
    }
}
