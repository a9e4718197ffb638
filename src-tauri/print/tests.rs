//! Claims about the day list and the recovery sheet, read back as a reader of PDF files would.

use chrono::{DateTime, Utc};

use super::PrintError;
use super::day_list::{DayList, DayRow, Standing};
use super::poppler;
use super::recovery_sheet::{RecoveryKey, RecoverySheet};
use super::text::Colour;
use super::words::Language;

const PHONE: &str = "06 11 22 33 44";
const LONG_NAME: &str = "DE LA TRÉMOILLE-ROCHEFORT-MONTMORENCY Marie-Charlotte Élisabeth Joséphine";
const NAMES: [&str; 7] = [
    "D'Hérouville–Nguyễn",
    "O’Brien",
    "Ælfgifu Œuvrard",
    "El Mehdi Aït-Ouahmane",
    "محمد بن عبد الله",
    "Łukasz Żółć",
    "بنجلون فاطمة الزهراء",
];

fn moment() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_507_200, 0).expect("a moment")
}

fn list(language: Language, rows: Vec<DayRow>) -> DayList {
    let (practice, practitioner, date, printed_at) = match language {
        Language::French => ("Cabinet des Tilleuls", "Dr Lefèvre", "mardi 24 novembre 2026", "24/11/2026 à 8:12"),
        Language::Arabic => ("عيادة الأطلس", "د. لوفيفر", "الثلاثاء 24 نونبر 2026", "24/11/2026، 8:12"),
        Language::English => ("Limes Practice", "Dr Lefèvre", "Tuesday 24 November 2026", "24/11/2026 8:12"),
    };
    DayList {
        practice: practice.to_owned(),
        practitioner: practitioner.to_owned(),
        date_in_words: date.to_owned(),
        printed_at: printed_at.to_owned(),
        created_at: moment(),
        language,
        rows,
    }
}

fn row(index: usize) -> DayRow {
    let minute = 8 * 60 + index * 5;
    let standings =
        [Standing::Expected, Standing::Confirmed, Standing::Arrived, Standing::InConsultation, Standing::Done];
    DayRow {
        time: format!("{}:{:02}", minute / 60 % 24, minute % 60),
        end: format!("{}:{:02}", (minute + 5) / 60 % 24, (minute + 5) % 60),
        patient: NAMES[index % NAMES.len()].to_owned(),
        birth_date: "12/05/1979".to_owned(),
        phone: PHONE.to_owned(),
        reason: "Consultation".to_owned(),
        reason_colour: Some(Colour::ACCENT),
        note: if index.is_multiple_of(3) { "Apporter les derniers résultats".to_owned() } else { String::new() },
        status: "confirmé".to_owned(),
        standing: standings[index % standings.len()],
        code: format!("K7M{index:04}"),
    }
}

fn rows(count: usize) -> Vec<DayRow> {
    (0..count).map(row).collect()
}

#[test]
fn every_name_of_the_vectors_is_read_back_in_every_language() {
    for language in Language::ALL {
        let pdf = list(language, rows(NAMES.len())).to_pdf().expect("the day is printed");
        let text = poppler::text(&pdf);
        for name in NAMES {
            assert!(text.contains(name), "{name} on a page in {language:?}");
        }
    }
}

#[test]
fn phones_codes_and_times_read_forwards_on_an_arabic_page() {
    let pdf = list(Language::Arabic, rows(20)).to_pdf().expect("the day is printed");
    let text = poppler::text(&pdf);
    assert_eq!(text.matches(PHONE).count(), 20);
    assert_eq!(text.matches("12/05/1979").count(), 20);
    for index in 0..20 {
        assert!(text.contains(&format!("K7M{index:04}")));
        assert!(text.contains(&row(index).time));
    }
}

#[test]
fn a_vocalised_name_is_read_back() {
    let name = "مُحَمَّد الأَمِين";
    let rows = vec![DayRow { patient: name.to_owned(), ..row(0) }];
    let text = poppler::text(&list(Language::Arabic, rows).to_pdf().expect("the day is printed"));
    assert!(text.contains(name), "{text}");
}

#[test]
fn two_hundred_rows_are_all_there_in_order() {
    for language in [Language::French, Language::Arabic] {
        let pdf = list(language, rows(200)).to_pdf().expect("the day is printed");
        let pages = poppler::pages(&pdf);
        assert_eq!(pages.len(), pdf.pages);
        let codes: Vec<usize> = pages
            .iter()
            .flat_map(|page| page.split_whitespace())
            .filter_map(|word| word.strip_prefix("K7M").and_then(|number| number.parse().ok()))
            .collect();
        assert_eq!(codes, (0..200).collect::<Vec<_>>());
        let practitioner = list(language, Vec::new()).practitioner;
        let code_heading = language.words().code;
        for (index, page) in pages.iter().enumerate() {
            // By words: where most of a page is Latin, poppler puts points on the other side of Arabic.
            let named = practitioner.split([' ', '.']).all(|word| page.contains(word));
            assert!(named, "page {} says whose day it is", index + 1);
            assert!(page.contains(code_heading), "page {} has its column heads", index + 1);
        }
    }
}

#[test]
fn forty_ordinary_rows_take_two_pages() {
    for language in Language::ALL {
        assert_eq!(list(language, rows(40)).to_pdf().expect("the day is printed").pages, 2);
    }
}

#[test]
fn an_empty_day_says_so() {
    for language in Language::ALL {
        let pdf = list(language, Vec::new()).to_pdf().expect("the day is printed");
        assert_eq!(pdf.pages, 1);
        assert!(poppler::text(&pdf).contains(language.words().empty_day.trim_end_matches('.')));
    }
}

#[test]
fn a_name_of_seventy_letters_is_whole() {
    assert!(LONG_NAME.chars().count() >= 70);
    for language in [Language::French, Language::Arabic] {
        let only = vec![DayRow { patient: LONG_NAME.to_owned(), ..row(0) }];
        let text = poppler::text(&list(language, only).to_pdf().expect("the day is printed"));
        for word in LONG_NAME.split([' ', '-']) {
            assert!(text.contains(word), "{word} in {language:?}");
        }
    }
}

#[test]
fn a_held_slot_without_patient_leaves_no_empty_facts() {
    let held = DayRow { time: "9:00".to_owned(), patient: "Réservé".to_owned(), ..DayRow::default() };
    let text = poppler::text(&list(Language::French, vec![held]).to_pdf().expect("the day is printed"));
    let line = text.lines().find(|line| line.contains("Réservé")).expect("the slot is listed");
    assert_eq!(line.split_whitespace().collect::<Vec<_>>(), ["9:00", "Réservé"], "no sign, no dot");
}

#[test]
fn the_file_carries_the_day_in_its_title() {
    let pdf = list(Language::French, rows(1)).to_pdf().expect("the day is printed");
    assert_eq!(poppler::info(&pdf, "Title"), "Liste du jour · Dr Lefèvre · mardi 24 novembre 2026");
    assert_eq!(poppler::info(&pdf, "Author"), "Cabinet des Tilleuls");
}

#[test]
fn the_same_day_is_the_same_file() {
    for language in Language::ALL {
        let print = || list(language, rows(40)).to_pdf().expect("the day is printed");
        assert!(print() == print());
    }
}

#[test]
fn arabic_counts_appointments_by_its_own_plural() {
    let count = |number| Language::Arabic.appointments(number);
    assert_eq!(count(1), "موعد واحد");
    assert_eq!(count(2), "موعدان");
    assert_eq!(count(3), "3 مواعيد");
    assert_eq!(count(10), "10 مواعيد");
    assert_eq!(count(11), "11 موعدا");
    assert_eq!(count(100), "100 موعد");
    assert_eq!(count(103), "103 مواعيد");
}

const GROUPS: [&str; 13] =
    ["7K2M", "9QXD", "4TRB", "W8ZN", "H3VC", "P6JE", "5YGA", "M1SK", "X0QF", "8DTR", "2NWB", "C7HZ", "V4PJ"];

fn sheet<'a>(key: RecoveryKey, language: Language, groups: &'a [&'a str]) -> RecoverySheet<'a> {
    RecoverySheet {
        practice: "Cabinet des Tilleuls",
        key,
        groups,
        made_on: "24/11/2026",
        created_at: moment(),
        language,
    }
}

#[test]
fn a_recovery_sheet_holds_its_key_in_order_and_says_which_it_is() {
    for language in Language::ALL {
        for key in [RecoveryKey::Agenda, RecoveryKey::Clinical] {
            let pdf = sheet(key, language, &GROUPS).to_pdf().expect("the sheet is printed");
            assert_eq!(pdf.pages, 1);
            let text = poppler::text(&pdf);
            let groups: Vec<&str> = text.split_whitespace().filter(|word| GROUPS.contains(word)).collect();
            if language != Language::Arabic {
                assert_eq!(groups, GROUPS);
            }
            for (row, wanted) in GROUPS.chunks(4).enumerate() {
                let mut read: Vec<&str> = groups.iter().copied().skip(row * 4).take(4).collect();
                let mut wanted = wanted.to_vec();
                read.sort_unstable();
                wanted.sort_unstable();
                assert_eq!(read, wanted, "row {row} in {language:?}");
            }
            assert!(text.contains("Cabinet des Tilleuls"));
            let words = language.words();
            let (own, other) = match key {
                RecoveryKey::Agenda => (words.agenda_key.title, words.clinical_key.title),
                RecoveryKey::Clinical => (words.clinical_key.title, words.agenda_key.title),
            };
            assert_eq!(poppler::info(&pdf, "Title"), own);
            assert!(text.contains(own) && !text.contains(other), "{own}");
        }
    }
}

#[test]
fn the_groups_stand_from_left_to_right_on_an_arabic_sheet_too() {
    let place = |language: Language| {
        let pdf = sheet(RecoveryKey::Agenda, language, &GROUPS).to_pdf().expect("the sheet is printed");
        let text = poppler::boxes(&pdf);
        GROUPS.map(|group| *text.get(group).expect("the group is on the page"))
    };
    let (french, arabic) = (place(Language::French), place(Language::Arabic));
    for (french, arabic) in french.iter().zip(&arabic) {
        assert!((french - arabic).abs() < 0.5, "{french} and {arabic}");
    }
    assert!(arabic[0] < arabic[1] && arabic[1] < arabic[2] && arabic[2] < arabic[3]);
}

#[test]
fn a_key_of_other_groups_fits_as_well() {
    let long = ["7K2M9QXD4TRBW8ZNH3VCP6JE"; 4];
    let many = ["ABCD"; 64];
    for groups in [&long[..], &many[..], &["X"][..]] {
        let pdf = sheet(RecoveryKey::Agenda, Language::French, groups).to_pdf().expect("the sheet is printed");
        assert_eq!(poppler::text(&pdf).matches(groups[0]).count(), groups.len());
    }
}

#[test]
fn a_sheet_without_a_key_is_not_printed() {
    for groups in [&[][..], &["", " "][..]] {
        let refused = sheet(RecoveryKey::Clinical, Language::English, groups).to_pdf();
        assert!(matches!(refused, Err(PrintError::NothingToPrint)));
    }
}
