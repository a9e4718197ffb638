//! What is read in the box, by example and by property.

use chrono::{Datelike, Duration};
use proptest::prelude::*;

use super::*;

const TYPES: &[(&str, &str)] = &[("cs", "Consultation"), ("suivi", "Suivi"), ("vac", "Vaccin"), ("", "Pansement")];
const PRACTITIONERS: &[&str] = &["Dr Claire Lefèvre", "Dr Benjelloun", "Dr Nguyễn Anaïs", "د. سلمى العلوي"];

/// A Tuesday.
fn today() -> NaiveDate {
    day("2026-11-24")
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn reading(text: &str) -> Reading {
    Reading::of(text, &Known { types: TYPES, practitioners: PRACTITIONERS }, today(), DateOrder::DayFirst)
}

fn english(text: &str) -> Typed {
    let known = Known { types: TYPES, practitioners: PRACTITIONERS };
    let reading = Reading::of(text, &known, today(), DateOrder::EitherWay);
    reading.settled(reading.doubtful())
}

/// With every doubtful word meant.
fn meant(text: &str) -> Typed {
    let reading = reading(text);
    reading.settled(reading.doubtful())
}

/// With none of them.
fn sure(text: &str) -> Typed {
    reading(text).settled(0)
}

#[test]
fn names_phones_dates_of_birth_and_codes_stay_to_be_searched() {
    for text in [
        "dup mar",
        "mer sam",
        "06 11 22 33 44",
        "+33 6 11 22 33 44",
        "+212611223344",
        "dupont 030279",
        "03/02/1979",
        "K7M 4PX-3",
        "d'Hérouville–Nguyễn",
        "بن علي سميرة",
        "06-11 - 22",
        "",
    ] {
        let typed = sure(text);
        assert_eq!(typed.search, text.split_whitespace().collect::<Vec<_>>().join(" "), "{text}");
        assert!(typed.understood.is_empty(), "{text}");
    }
}

#[test]
fn a_plus_alone_lengthens_and_a_minus_shortens_by_a_step() {
    for (text, steps) in [("dup mar +", 1), ("dup mar ++", 2), ("dup mar + +", 2), ("dup mar -", -1), ("dup -- +", -1)]
    {
        let typed = sure(text);
        assert_eq!(typed.steps(), steps, "{text}");
        assert!(typed.search.starts_with("dup"), "{text}");
        assert!(!typed.search.contains(['+', '-']), "{text}");
    }
    assert_eq!(sure("dupont - martin").steps(), 0, "a double name as somebody types it");
    assert_eq!(sure("06 11 - 22").steps(), 0);
}

#[test]
fn a_day_with_a_time_is_understood_at_once() {
    for text in ["dup mar jeu 10h", "jeu 10h dup mar", "dup mar 10h jeudi", "dup mar jeudi à 10h", "dup mar jeu. 10:00"]
    {
        let typed = sure(text);
        assert_eq!(typed.day(), Some(day("2026-11-26")), "{text}");
        assert_eq!(typed.time(), Some(600), "{text}");
        assert_eq!(typed.search, "dup mar", "{text}");
    }
}

#[test]
fn a_short_weekday_is_a_name_first_and_a_day_where_that_finds_nobody() {
    assert_eq!(sure("dup mar").day(), None);
    let typed = reading("dup mar jeu").settled(1);
    assert_eq!((typed.search.as_str(), typed.day()), ("dup mar", Some(day("2026-11-26"))));
    assert_eq!(meant("dup mar jeu").search, "dup mar", "one day is enough: the other word stays a name");
    assert_eq!(meant("lun").day(), Some(day("2026-11-30")));
    assert_eq!(sure("mar.").day(), Some(day("2026-12-01")), "today is a Tuesday: the next one");
}

#[test]
fn days_are_said_in_three_languages() {
    for (text, date) in [
        ("demain", "2026-11-25"),
        ("tomorrow", "2026-11-25"),
        ("غدا", "2026-11-25"),
        ("غدًا", "2026-11-25"),
        ("après-demain", "2026-11-26"),
        ("après demain", "2026-11-26"),
        ("بعد غد", "2026-11-26"),
        ("aujourd’hui", "2026-11-24"),
        ("auj", "2026-11-24"),
        ("اليوم", "2026-11-24"),
        ("lundi prochain", "2026-11-30"),
        ("next monday", "2026-11-30"),
        ("الاثنين المقبل", "2026-11-30"),
        ("الإثنين", "2026-11-30"),
        ("يوم الجمعة", "2026-11-27"),
        ("thu", "2026-11-26"),
        ("+7j", "2026-12-01"),
        ("+7d", "2026-12-01"),
        ("+٧ أيام", "2026-12-01"),
        ("+2 semaines", "2026-12-08"),
        ("+2w", "2026-12-08"),
        ("+1m", "2026-12-24"),
        ("dans 3 semaines", "2026-12-15"),
        ("in 10 days", "2026-12-04"),
        ("dans 15j", "2026-12-09"),
        ("بعد أسبوع", "2026-12-01"),
        ("بعد أسبوعين", "2026-12-08"),
        ("بعد 3 أشهر", "2027-02-24"),
        ("12/3", "2027-03-12"),
        ("le 12/3", "2027-03-12"),
        ("24/11", "2026-11-24"),
        ("23/11", "2027-11-23"),
        ("29/2", "2028-02-29"),
        ("12/3/2027", "2027-03-12"),
        ("12 mars", "2027-03-12"),
        ("1er décembre", "2026-12-01"),
        ("12 déc 2026", "2026-12-12"),
        ("12 دجنبر", "2026-12-12"),
        ("٥ يناير", "2027-01-05"),
    ] {
        let typed = meant(text);
        assert_eq!(typed.day(), Some(day(date)), "{text}");
        assert_eq!(typed.search, "", "{text}");
    }
}

#[test]
fn times_are_written_in_many_ways() {
    for (text, minute) in [
        ("10h", 600),
        ("14h30", 870),
        ("14:30", 870),
        ("9:05", 545),
        ("10 h", 600),
        ("10 h 30", 630),
        ("9am", 540),
        ("12am", 0),
        ("2:30pm", 870),
        ("2 pm", 840),
        ("الساعة 10", 600),
        ("الساعة ١٠:٣٠", 630),
        ("10س", 600),
        ("à 8h", 480),
    ] {
        let typed = sure(text);
        assert_eq!(typed.time(), Some(minute), "{text}");
        assert_eq!(typed.search, "", "{text}");
    }
    for text in ["25h", "10h75", "h", "10:5", "13pm", "123h"] {
        assert_eq!(sure(text).time(), None, "{text}");
    }
}

#[test]
fn parts_of_the_day_are_understood() {
    for (text, part) in [
        ("matin", PartOfDay::Morning),
        ("après-midi", PartOfDay::Afternoon),
        ("après midi", PartOfDay::Afternoon),
        ("بعد الزوال", PartOfDay::Afternoon),
        ("evening", PartOfDay::Evening),
        ("صباحا", PartOfDay::Morning),
    ] {
        assert_eq!(meant(text).part(), Some(part), "{text}");
        assert_eq!(sure(text).part(), None, "{text} may be a name");
    }
    let typed = meant("dup jeudi matin");
    assert_eq!((typed.day(), typed.part()), (Some(day("2026-11-26")), Some(PartOfDay::Morning)));
}

#[test]
fn english_reads_the_month_first_only_where_nothing_else_is_a_date() {
    assert_eq!(english("12/3").day(), Some(day("2027-03-12")), "as the window shows dates");
    assert_eq!(english("3/14").day(), Some(day("2027-03-14")));
    assert_eq!(english("march 14").day(), Some(day("2027-03-14")));
    assert_eq!(english("14 march").day(), Some(day("2027-03-14")));
    assert_eq!(meant("3/14").day(), None);
    assert_eq!(meant("march 14").day(), None);
}

#[test]
fn a_birth_date_is_no_day_to_book() {
    for text in ["03/02/1979", "24/11/2026", "12/3/1927", "01/01/2035"] {
        let typed = meant(text);
        assert_eq!((typed.day(), typed.search.as_str()), (None, text));
    }
    assert_eq!(sure("12/3/27").day(), None, "perhaps somebody of 1927");
    assert_eq!(meant("12/3/27").day(), Some(day("2027-03-12")));
}

#[test]
fn types_and_practitioners_are_known_by_their_names() {
    assert_eq!(meant("dup mar VAC").kind(), Some(2));
    assert_eq!(meant("dup mar pansement").kind(), Some(3));
    assert_eq!(meant("dup mar suivi jeu").kind(), Some(1));
    assert_eq!(sure("dup mar dr lef").practitioner(), Some(0));
    assert_eq!(sure("dup mar dr lef").search, "dup mar");
    assert_eq!(sure("dup mar Dr Benjelloun").practitioner(), Some(1));
    assert_eq!(sure("dup @ngu").practitioner(), Some(2));
    assert_eq!(sure("dup د العلوي").practitioner(), Some(3));
    assert_eq!(sure("benjelloun fatima").practitioner(), None, "perhaps a patient");
    assert_eq!(reading("dup mar benjelloun").settled(1).practitioner(), Some(1));
    assert_eq!(meant("dup cl").practitioner(), Some(0), "initials");
    assert_eq!(sure("dup @").practitioner(), None);
}

#[test]
fn somebody_new_keeps_names_that_could_be_days() {
    assert_eq!(reading("martin sam").likeliest().search, "martin sam");
    assert_eq!(reading("lefebvre anna lundi").likeliest().search, "lefebvre anna");
    assert_eq!(reading("lefebvre anna lun").likeliest().search, "lefebvre anna");
    assert_eq!(reading("lefevre anna").likeliest().search, "lefevre anna");
    assert_eq!(reading("dupont cs").likeliest().kind(), Some(0));
}

#[test]
fn what_was_understood_says_where_it_stands() {
    let text = "  بن علي  +٧ أيام ++";
    let typed = meant(text);
    let words: Vec<&str> = typed.understood.iter().map(|one| &text[one.from..one.to]).collect();
    assert_eq!(words, ["+٧ أيام", "++"]);
}

const PIECES: &[&str] = &[
    "dup",
    "mar",
    "jeu",
    "lundi",
    "10h",
    "14:30",
    "+",
    "--",
    "+7j",
    "+7",
    "j",
    "12/3",
    "29/2",
    "12",
    "mars",
    "cs",
    "dr",
    "lef",
    "@ben",
    "demain",
    "بعد",
    "غد",
    "الخميس",
    "le",
    "06",
    "11",
    "+33",
    "matin",
    "dans",
    "3",
    "semaines",
    "h",
    "30",
];

proptest! {
    #[test]
    fn nothing_typed_makes_it_fail(text in any::<String>(), count in 0usize..6) {
        let reading = reading(&text);
        for typed in [reading.settled(count), reading.likeliest()] {
            for one in typed.understood {
                prop_assert!(text.get(one.from..one.to).is_some_and(|words| !words.is_empty()));
            }
        }
    }

    #[test]
    fn every_word_is_searched_understood_or_a_small_word_beside(
        pieces in prop::collection::vec(prop::sample::select(PIECES), 0..8), count in 0usize..8,
    ) {
        let text = pieces.join(" ");
        let reading = reading(&text);
        for typed in [reading.settled(count), reading.likeliest()] {
            let mut left = typed.search.split_whitespace();
            let mut at = 0;
            for one in &typed.understood {
                prop_assert!(one.from >= at && one.to > one.from, "in order and apart");
                at = one.to;
            }
            // What is searched is the typed words in their order.
            let mut typed_words = text.split_whitespace();
            prop_assert!(left.all(|word| typed_words.any(|other| other == word)));
        }
    }

    #[test]
    fn no_day_lies_in_the_past(
        pieces in prop::collection::vec(prop::sample::select(PIECES), 0..6), ahead in -4000i64..4000, english in any::<bool>(),
    ) {
        let today = today() + Duration::days(ahead);
        let order = if english { DateOrder::EitherWay } else { DateOrder::DayFirst };
        let known = Known { types: TYPES, practitioners: PRACTITIONERS };
        let reading = Reading::of(&pieces.join(" "), &known, today, order);
        for typed in [reading.settled(0), reading.settled(9), reading.likeliest()] {
            prop_assert!(typed.day().is_none_or(|day| day >= today));
        }
    }

    #[test]
    fn a_bare_weekday_is_the_next_one_after_today(ahead in 0i64..800, weekday in 0usize..7) {
        let today = today() + Duration::days(ahead);
        let names = ["lundi", "tue", "mercredi", "الخميس", "ven", "saturday", "dim"];
        let known = Known { types: &[], practitioners: &[] };
        let found = Reading::of(names[weekday], &known, today, DateOrder::DayFirst).settled(1).day().unwrap();
        prop_assert_eq!(found.weekday().num_days_from_monday() as usize, weekday);
        prop_assert!(found > today && found <= today + Duration::days(7));
    }

    #[test]
    fn a_day_and_a_month_are_the_next_such_day(ahead in 0i64..3000, wanted in 0i64..3000) {
        let today = today() + Duration::days(ahead);
        let date = today + Duration::days(wanted % 366);
        let known = Known { types: &[], practitioners: &[] };
        for text in [date.format("%d/%m").to_string(), date.format("%-d/%-m").to_string()] {
            let found = Reading::of(&text, &known, today, DateOrder::DayFirst).settled(0).day().unwrap();
            prop_assert_eq!((found.day(), found.month()), (date.day(), date.month()));
            prop_assert!(found >= today && found <= date);
        }
        // The same in English, however else it could be read.
        let found = Reading::of(&date.format("%d/%m").to_string(), &known, today, DateOrder::EitherWay).settled(0).day().unwrap();
        prop_assert_eq!((found.day(), found.month()), (date.day(), date.month()));
    }
}
