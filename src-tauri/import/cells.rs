//! One cell: cleaned, and read as a sex, a birth date, phones, a post code or a language.

use chrono::{Datelike, Days, NaiveDate};
use domain::{
    identifiers::phone::{self, Region},
    patient::{birth::parse_birth, names::normalise, sex::Sex},
    text::ascii_digits,
};
use unicode_normalization::UnicodeNormalization;

use super::mapping::DateOrder;

/// The cell without blanks around it, control characters and byte order marks, blanks inside as one, accents composed.
#[must_use]
pub fn clean(cell: &str) -> String {
    let words = cell.split(|c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}');
    words.filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ").nfc().collect()
}

/// The same for prose, which may have lines.
#[must_use]
pub fn clean_lines(cell: &str) -> String {
    let lines: Vec<String> = super::table::lines(cell).map(clean).collect();
    lines.join("\n").trim_matches('\n').to_owned()
}

/// Whether a person who fills in forms means "nothing" by it.
#[must_use]
pub fn means_nothing(cell: &str) -> bool {
    let form = normalise(cell);
    matches!(
        form.as_str(),
        "" | "x"
            | "xx"
            | "xxx"
            | "n a"
            | "na"
            | "nc"
            | "nr"
            | "neant"
            | "inconnu"
            | "inconnue"
            | "aucun"
            | "aucune"
            | "null"
            | "none"
            | "nil"
            | "unknown"
            | "non renseigne"
            | "non communique"
            | "pas de mail"
            | "pas de telephone"
            | "غير معروف"
            | "لا يوجد"
    )
}

/// Whether most letters are Arabic.
#[must_use]
pub fn is_arabic(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic());
    let (arabic, other) = letters.fold((0_usize, 0_usize), |(a, o), c| {
        let is = matches!(c, '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}');
        if is { (a + 1, o) } else { (a, o + 1) }
    });
    arabic > other
}

/// Whether a letter got lost: U+FFFD, or a question mark between two letters.
#[must_use]
pub fn lost_a_letter(text: &str) -> bool {
    if text.contains(char::REPLACEMENT_CHARACTER) {
        return true;
    }
    let chars: Vec<char> = text.chars().collect();
    chars.windows(3).any(|w| w[1] == '?' && w[0].is_alphabetic() && w[2].is_alphabetic())
}

/// A sex, or a title that tells it, in French, English or Arabic, or by the number of the NIR.
#[must_use]
pub fn sex(cell: &str) -> Option<Sex> {
    let form = normalise(cell);
    Some(match form.as_str() {
        "m" | "h" | "1" | "homme" | "hommes" | "masculin" | "masc" | "male" | "man" | "garcon" | "boy" | "mr"
        | "monsieur" | "mons" | "ذكر" | "رجل" | "ولد" | "السيد" | "ذ" => Sex::Male,
        "f" | "2" | "femme" | "feminin" | "feminine" | "fem" | "female" | "woman" | "fille" | "girl" | "mme"
        | "mlle" | "melle" | "mrs" | "ms" | "miss" | "madame" | "mademoiselle" | "انثي" | "امراه" | "بنت"
        | "السيده" | "الانسه" => Sex::Female,
        "i" | "u" | "0" | "9" | "3" | "autre" | "other" | "indetermine" | "indeterminate" | "enfant" | "bebe"
        | "dr" | "pr" => Sex::Unknown,
        _ if means_nothing(cell) => Sex::Unknown,
        _ => return None,
    })
}

/// What a birth date's cell says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Birth {
    /// Nothing.
    Missing,
    /// A date.
    On {
        /// The date.
        date: NaiveDate,
        /// Whether the century was a guess between two that both can be.
        century_guessed: bool,
    },
    /// Something that is no date, or none that anybody alive was born on.
    Unreadable,
}

/// Reads a birth date in every way that exports write it: with two or four digits of year, with a time behind it, with
/// the month as a word, as a spreadsheet's day number.
#[must_use]
pub fn birth(cell: &str, order: DateOrder, today: NaiveDate) -> Birth {
    let text = ascii_digits(cell.trim()).into_owned();
    if means_nothing(&text) || text.chars().all(|c| !c.is_ascii_digit() || c == '0') {
        return if text.chars().any(char::is_alphabetic) && !means_nothing(&text) {
            Birth::Unreadable
        } else {
            Birth::Missing
        };
    }
    if matches!(text.as_str(), "01/01/0001" | "0001-01-01" | "30/12/1899" | "1899-12-30") {
        return Birth::Missing;
    }
    let text = without_time(&text);
    let swapped = (order == DateOrder::MonthFirst).then(|| month_first(text)).flatten();
    let text = swapped.as_deref().unwrap_or(text);
    let found = parse_birth(text, today).or_else(|| with_month_word(text, today)).or_else(|| day_number(text, today));
    found.map_or(Birth::Unreadable, |date| {
        let short_year =
            text.rsplit(|c: char| !c.is_ascii_digit()).next().is_some_and(|y| y.len() == 2) || text.len() == 6;
        let year_first = text.len() > 4 && text.bytes().take(4).all(|b| b.is_ascii_digit()) && text.len() != 6;
        // People of 100 to 110 are alive; beyond, the guess is none.
        let century_guessed = short_year && !year_first && today.year() - (date.year() - 100) <= 110;
        Birth::On { date, century_guessed }
    })
}

fn without_time(text: &str) -> &str {
    match text.split_once(['T', ' ']) {
        Some((date, time)) if time.contains(':') && time.starts_with(|c: char| c.is_ascii_digit()) => date,
        _ => text,
    }
}

fn month_first(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split(['/', '-', '.']).collect();
    let [month, day, year] = parts[..] else { return None };
    (month.len() <= 2 && day.len() <= 2).then(|| format!("{day}/{month}/{year}"))
}

/// `12 mars 1980`, `3 février 79`, `March 12, 1980`, `12 ماي 1980`.
fn with_month_word(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let form = normalise(text);
    let words: Vec<&str> = form.split(' ').filter(|w| !matches!(*w, "le" | "of" | "the" | "er")).collect();
    let [a, b, c] = words[..] else { return None };
    let digits = |w: &str| w.trim_end_matches(|c: char| c.is_alphabetic()).to_owned();
    let (day, month, year) = match (month_word(a), month_word(b)) {
        (_, Some(month)) => (digits(a), month, c),
        (Some(month), _) => (digits(b), month, c),
        _ => return None,
    };
    parse_birth(&format!("{day}/{month}/{year}"), today)
}

fn month_word(word: &str) -> Option<u32> {
    const MONTHS: [&[&str]; 12] = [
        &["janvier", "janv", "january", "jan", "يناير"],
        &["fevrier", "fevr", "fev", "february", "feb", "فبراير"],
        &["mars", "mar", "march", "مارس"],
        &["avril", "avr", "april", "apr", "ابريل"],
        &["mai", "may", "ماي", "مايو"],
        &["juin", "june", "jun", "يونيو"],
        &["juillet", "juil", "july", "jul", "يوليوز", "يوليو"],
        &["aout", "august", "aug", "غشت", "اغسطس"],
        &["septembre", "sept", "september", "sep", "شتنبر", "سبتمبر"],
        &["octobre", "oct", "october", "اكتوبر"],
        &["novembre", "nov", "november", "نونبر", "نوفمبر"],
        &["decembre", "dec", "december", "دجنبر", "ديسمبر"],
    ];
    let place = MONTHS.iter().position(|names| names.iter().any(|n| normalise(n) == word))?;
    u32::try_from(place + 1).ok()
}

/// Days since 1899-12-30, as spreadsheets save a date whose format was lost.
fn day_number(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    if text.len() != 5 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let date = NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(text.parse().ok()?))?;
    (date <= today && today.year() - date.year() <= domain::patient::birth::OLDEST).then_some(date)
}

/// A number of a phone's cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhoneCell {
    /// E.164 where it is valid, else as typed.
    pub number: String,
    /// Whether the numbering plan knows it.
    pub valid: bool,
    /// Whether it is a mobile.
    pub mobile: bool,
    /// Whether its first zero had been lost.
    pub zero_restored: bool,
}

/// The numbers of a cell (`06 12 34 56 78 / 01 40 00 00 00`), and whether there is more in it than numbers.
#[must_use]
pub fn phones(cell: &str, region: Region) -> (Vec<PhoneCell>, bool) {
    let more = cell.chars().any(char::is_alphabetic) && !means_nothing(cell);
    if !ascii_digits(cell).bytes().any(|b| b.is_ascii_digit()) {
        return (Vec::new(), more);
    }
    let whole = read_phone(cell, region);
    if whole.valid {
        return (vec![whole], more);
    }
    let pieces: Vec<&str> = cell
        .split(['/', ';', ',', '|', '\n'])
        .flat_map(|p| p.split(" ou "))
        .flat_map(|p| p.split(" et "))
        .filter(|p| ascii_digits(p).bytes().any(|b| b.is_ascii_digit()))
        .collect();
    if pieces.len() < 2 {
        return (vec![whole], more);
    }
    let parts: Vec<PhoneCell> = pieces.into_iter().map(|p| read_phone(p, region)).collect();
    if parts.iter().any(|p| p.valid) { (parts, more) } else { (vec![whole], more) }
}

fn read_phone(text: &str, region: Region) -> PhoneCell {
    /// Longer than any number with all its decoration; the parser need not see it.
    const LONGEST: usize = 64;
    let typed = clean(text);
    let digits: String = ascii_digits(&typed).chars().filter(char::is_ascii_digit).collect();
    let found = if typed.len() <= LONGEST { Some(phone::parse(&typed, region)) } else { None };
    match found {
        Some(p) if p.valid => {
            let zero_restored = digits.len() == 9 && !typed.starts_with('+') && !digits.starts_with('0');
            PhoneCell { number: p.e164, valid: true, mobile: p.mobile, zero_restored }
        }
        _ if digits.len() == 9 && !digits.starts_with('0') => {
            let again = phone::parse(&format!("0{digits}"), region);
            let number = if again.valid { again.e164 } else { typed };
            PhoneCell { number, valid: again.valid, mobile: again.mobile, zero_restored: again.valid }
        }
        _ => PhoneCell { number: typed, valid: false, mobile: false, zero_restored: false },
    }
}

/// `fr`, `ar` or `en`; none for languages that the app does not write in.
#[must_use]
pub fn language(cell: &str) -> Option<&'static str> {
    match normalise(cell).as_str() {
        "fr" | "fra" | "fre" | "francais" | "francaise" | "french" | "الفرنسيه" | "فرنسيه" => Some("fr"),
        "ar" | "ara" | "arabe" | "arabic" | "العربيه" | "عربيه" | "darija" => Some("ar"),
        "en" | "eng" | "anglais" | "anglaise" | "english" | "الانجليزيه" | "انجليزيه" => Some("en"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    fn born(cell: &str) -> Birth {
        birth(cell, DateOrder::DayFirst, day(2026, 11, 22))
    }

    #[test]
    fn birth_dates_are_read_in_every_form_of_the_files() {
        let on = |y, m, d| Birth::On { date: day(y, m, d), century_guessed: false };
        for (cell, expected) in [
            ("25/01/1957", on(1957, 1, 25)),
            ("18-12-81", on(1981, 12, 18)),
            ("2011-12-08", on(2011, 12, 8)),
            ("1957-01-25 00:00:00", on(1957, 1, 25)),
            ("1957-01-25T10:30:00Z", on(1957, 1, 25)),
            ("25.1.1957", on(1957, 1, 25)),
            ("25 janvier 1957", on(1957, 1, 25)),
            ("1er février 1957", on(1957, 2, 1)),
            ("January 25, 1957", on(1957, 1, 25)),
            ("25 يناير 1957", on(1957, 1, 25)),
            ("٢٥/٠١/١٩٥٧", on(1957, 1, 25)),
            ("20845", on(1957, 1, 25)),
        ] {
            assert_eq!(born(cell), expected, "{cell}");
        }
    }

    #[test]
    fn a_birth_date_that_cannot_be_is_told_from_none() {
        for cell in ["32/13/2011", "1957", "hier", "01/01/2030", "25/01/1857", "29/02/1957"] {
            assert_eq!(born(cell), Birth::Unreadable, "{cell}");
        }
        for cell in ["", "  ", "?", "-", "inconnu", "00/00/0000", "0000-00-00", "N/A"] {
            assert_eq!(born(cell), Birth::Missing, "{cell}");
        }
    }

    #[test]
    fn a_century_is_a_guess_only_where_both_can_be() {
        let guessed = |cell| match born(cell) {
            Birth::On { century_guessed, .. } => century_guessed,
            other => panic!("{other:?}"),
        };
        assert!(guessed("26-11-19") && guessed("261119") && guessed("22/06/26"));
        assert!(!guessed("18-12-81") && !guessed("22-06-00") && !guessed("2019-11-26") && !guessed("26/11/2019"));
        assert!(!guessed("26/11/1919"));
    }

    #[test]
    fn american_order_is_read_where_asked() {
        let today = day(2026, 11, 22);
        let found = birth("12/31/1999", DateOrder::MonthFirst, today);
        assert_eq!(found, Birth::On { date: day(1999, 12, 31), century_guessed: false });
        assert_eq!(birth("1999-12-31", DateOrder::MonthFirst, today), found);
    }

    #[test]
    fn sexes_are_read_in_three_languages() {
        for cell in ["H", "M", "Masculin", "male", "1", "ذكر", "M.", "Monsieur", "HOMME"] {
            assert_eq!(sex(cell), Some(Sex::Male), "{cell}");
        }
        for cell in ["F", "Féminin", "Female", "2", "أنثى", "Mme", "Mlle", "femme"] {
            assert_eq!(sex(cell), Some(Sex::Female), "{cell}");
        }
        assert_eq!(sex("?"), Some(Sex::Unknown));
        assert_eq!(sex("peut-être"), None);
    }

    #[test]
    fn cells_are_cleaned_and_composed() {
        assert_eq!(clean("  Le\u{a0} Gall\t\u{feff}"), "Le Gall");
        assert_eq!(clean("Ame\u{301}lie"), "Amélie");
        assert_eq!(clean_lines("a\r\n b \u{7}c\n"), "a\nb c");
        assert!(lost_a_letter("Nguy?n") && lost_a_letter("Ng\u{fffd}n") && !lost_a_letter("Qui ? Lui"));
    }

    #[test]
    fn phones_of_a_cell_are_told_apart() {
        let (phones_found, more) = phones("06 12 34 56 78 / 01 40 20 30 40", Region::FR);
        let numbers: Vec<&str> = phones_found.iter().map(|p| p.number.as_str()).collect();
        assert_eq!(numbers, ["+33612345678", "+33140203040"]);
        assert!(phones_found[0].mobile && !phones_found[1].mobile && !more);
        let (one, more) = phones("0612345678 (son fils)", Region::FR);
        assert!(one.len() == 1 && one[0].valid && more);
        assert_eq!(phones("inconnu", Region::FR), (Vec::new(), false));
        let (lost, _) = phones("612345678", Region::FR);
        assert!(lost[0].valid && lost[0].zero_restored && lost[0].number == "+33612345678");
        let (bad, _) = phones("0612", Region::FR);
        assert!(!bad[0].valid && bad[0].number == "0612");
    }
}
