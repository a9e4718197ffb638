//! Surname and first name out of one text, in Latin and in Arabic.
//!
//! `SURNAME, First` and capitals tell; without them the surname is taken to come first, as practice software lists
//! people, and the row says that it was a guess.

use domain::patient::{names::normalise, sex::Sex};

use super::cells;

/// A name taken apart.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct SplitName {
    /// Surname.
    pub surname: String,
    /// First name(s).
    pub first_name: String,
    /// What a title in front said.
    pub sex: Option<Sex>,
    /// Whether where to cut was a guess.
    pub guessed: bool,
}

/// Splits a Latin name.
#[must_use]
pub fn split_latin(text: &str) -> SplitName {
    let text = cells::clean(text);
    if let Some((surname, first)) = text.split_once(',') {
        let (sex, surname) = without_title(surname.trim());
        let (other, first) = without_title(first.trim());
        return SplitName {
            surname: surname.join(" "),
            first_name: first.join(" "),
            sex: sex.or(other),
            guessed: false,
        };
    }
    let (sex, words) = without_title(&text);
    let capitals = |w: &&str| is_capitals(w);
    let leading = words.iter().take_while(|w| capitals(w)).count();
    let trailing = words.iter().rev().take_while(|w| capitals(w)).count();
    let (surname, first, guessed) = if (1..words.len()).contains(&leading) {
        (words[..leading].join(" "), words[leading..].join(" "), false)
    } else if (1..words.len()).contains(&trailing) {
        let cut = words.len() - trailing;
        (words[cut..].join(" "), words[..cut].join(" "), false)
    } else {
        let units = latin_units(&words);
        let (surname, first) = units.split_at(units.len().min(1));
        (surname.join(" "), first.join(" "), !first.is_empty())
    };
    SplitName { surname, first_name: first, sex, guessed }
}

/// Splits an Arabic name, which has the first name first. Where the Latin name is known, its surname says how many
/// words are the surname.
#[must_use]
pub fn split_arabic(text: &str, latin: Option<(&str, &str)>) -> SplitName {
    let text = cells::clean(text);
    if let Some((surname, first)) = text.split_once([',', '،']) {
        let (surname, first_name) = (surname.trim().to_owned(), first.trim().to_owned());
        return SplitName { surname, first_name, ..SplitName::default() };
    }
    let words: Vec<&str> = text.split(' ').filter(|w| !w.is_empty()).collect();
    let units = arabic_units(&words);
    if units.len() < 2 {
        return SplitName { surname: units.join(" "), guessed: false, ..SplitName::default() };
    }
    let count = |name: &str| latin_units(&name.split(' ').filter(|w| !w.is_empty()).collect::<Vec<_>>()).len();
    let (cut, guessed) = match latin.map(|(surname, first)| (count(surname), count(first))) {
        Some((surname, first)) if surname + first == units.len() && first > 0 => (first, false),
        Some((surname, _)) if surname > 0 => (units.len().saturating_sub(surname).max(1), false),
        _ => (1, units.len() > 2),
    };
    SplitName { surname: units[cut..].join(" "), first_name: units[..cut].join(" "), sex: None, guessed }
}

/// Whether a word is written as surnames are: capitals only, two letters at least.
pub(crate) fn is_capitals(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic());
    let (mut count, mut upper) = (0, true);
    for c in letters {
        count += 1;
        upper &= c.is_uppercase();
    }
    count >= 2 && upper
}

/// Words without a title in front, and the sex that it told.
fn without_title(text: &str) -> (Option<Sex>, Vec<&str>) {
    let mut words: Vec<&str> = text.split(' ').filter(|w| !w.is_empty()).collect();
    let title = words.first().map(|w| normalise(w)).unwrap_or_default();
    let sex = match title.as_str() {
        "m" | "mr" | "monsieur" => Some(Sex::Male),
        "mme" | "mlle" | "melle" | "madame" | "mademoiselle" | "mrs" | "ms" | "miss" => Some(Sex::Female),
        "enfant" | "bebe" | "dr" | "docteur" | "pr" => None,
        _ => return (None, words),
    };
    if words.len() < 2 {
        return (None, words);
    }
    words.remove(0);
    (sex, words)
}

/// Words that belong to the next one: `LE GALL`, `BEN ABDELLAH`, `AÏT AHMED`, `DE LA TOUR`.
fn is_particle(word: &str) -> bool {
    matches!(
        normalise(word).as_str(),
        "de" | "du"
            | "des"
            | "d"
            | "da"
            | "do"
            | "dos"
            | "di"
            | "del"
            | "della"
            | "la"
            | "le"
            | "les"
            | "el"
            | "al"
            | "ben"
            | "bent"
            | "bin"
            | "ibn"
            | "ait"
            | "ould"
            | "oulad"
            | "bou"
            | "abou"
            | "abu"
            | "abd"
            | "abdel"
            | "van"
            | "von"
            | "der"
            | "den"
            | "ter"
            | "st"
            | "ste"
            | "saint"
            | "sainte"
            | "mac"
            | "mc"
            | "o"
            | "sidi"
            | "lalla"
            | "moulay"
    )
}

fn latin_units(words: &[&str]) -> Vec<String> {
    let mut units: Vec<String> = Vec::new();
    let mut open = false;
    for word in words {
        match units.last_mut() {
            Some(last) if open => {
                last.push(' ');
                last.push_str(word);
            }
            _ => units.push((*word).to_owned()),
        }
        open = is_particle(word);
    }
    units
}

fn arabic_units(words: &[&str]) -> Vec<String> {
    let mut units: Vec<String> = Vec::new();
    let mut open = false;
    for word in words {
        let form = normalise(word);
        // نور الدين, فاطمة الزهراء, عطاء الله: the second word belongs to the one before.
        let joins_back = matches!(form.as_str(), "الدين" | "الله" | "الزهراء" | "الزهرا");
        match units.last_mut() {
            Some(last) if open || joins_back => {
                last.push(' ');
                last.push_str(word);
            }
            _ => units.push((*word).to_owned()),
        }
        open = matches!(
            form.as_str(),
            "عبد"
                | "بن"
                | "ابن"
                | "بنت"
                | "ابو"
                | "ابي"
                | "بو"
                | "ال"
                | "ايت"
                | "اولاد"
                | "ولد"
                | "ام"
                | "بني"
                | "سيدي"
                | "مولاي"
                | "لالا"
                | "للا"
        );
    }
    units
}

#[cfg(test)]
mod tests {
    use super::*;

    fn latin(text: &str) -> (String, String, bool) {
        let s = split_latin(text);
        (s.surname, s.first_name, s.guessed)
    }

    #[test]
    fn commas_and_capitals_tell_the_surname() {
        let sure = |s: &str, f: &str| (s.to_owned(), f.to_owned(), false);
        assert_eq!(latin("BEN ABDELLAH, Mohamed"), sure("BEN ABDELLAH", "Mohamed"));
        assert_eq!(latin("EL IDRISSI,Fatima Zahra"), sure("EL IDRISSI", "Fatima Zahra"));
        assert_eq!(latin("AÏT AHMED Youssef"), sure("AÏT AHMED", "Youssef"));
        assert_eq!(latin("Marie-Claire D'HÉROUVILLE"), sure("D'HÉROUVILLE", "Marie-Claire"));
        assert_eq!(latin("Mme DUPONT Jeanne"), sure("DUPONT", "Jeanne"));
        assert_eq!(split_latin("M. DUPONT, Jean").sex, Some(Sex::Male));
        assert_eq!(split_latin("Mlle Anne DUPONT").sex, Some(Sex::Female));
    }

    #[test]
    fn without_them_the_surname_comes_first_and_it_is_a_guess() {
        let guess = |s: &str, f: &str| (s.to_owned(), f.to_owned(), true);
        assert_eq!(latin("Tanguy Bertrand"), guess("Tanguy", "Bertrand"));
        assert_eq!(latin("Le Gall Anaïs"), guess("Le Gall", "Anaïs"));
        assert_eq!(latin("DE LA TOUR MARIE"), guess("DE LA TOUR", "MARIE"));
        assert_eq!(latin("Dupont"), ("Dupont".to_owned(), String::new(), false));
        assert_eq!(latin(""), (String::new(), String::new(), false));
        assert_eq!(latin("M."), ("M.".to_owned(), String::new(), false));
    }

    #[test]
    fn arabic_names_are_cut_where_the_latin_ones_are() {
        let cut = |text: &str, surname: &str, first: &str| {
            let s = split_arabic(text, Some((surname, first)));
            (s.surname, s.first_name)
        };
        let pair = |s: &str, f: &str| (s.to_owned(), f.to_owned());
        assert_eq!(cut("محمد بن عبد الله", "BEN ABDELLAH", "Mohamed"), pair("بن عبد الله", "محمد"));
        assert_eq!(
            cut("فاطمة الزهراء بن عبد الله", "BEN ABDELLAH", "Fatima Zahra"),
            pair("بن عبد الله", "فاطمة الزهراء")
        );
        assert_eq!(cut("فاطمة الزهراء التازي", "TAZI", "Fatima Zahra"), pair("التازي", "فاطمة الزهراء"));
        assert_eq!(cut("عبد الله الإدريسي", "EL IDRISSI", "Abdellah"), pair("الإدريسي", "عبد الله"));
        assert_eq!(cut("عبد الله أيت أحمد", "AÏT AHMED", "Abdellah"), pair("أيت أحمد", "عبد الله"));
        assert_eq!(cut("مريم التازي", "TAZI", "Meryem"), pair("التازي", "مريم"));
    }

    #[test]
    fn an_arabic_name_alone_begins_with_the_first_name() {
        let s = split_arabic("محمد العلوي", None);
        assert_eq!((s.surname.as_str(), s.first_name.as_str(), s.guessed), ("العلوي", "محمد", false));
        let s = split_arabic("العلوي، محمد", None);
        assert_eq!((s.surname.as_str(), s.first_name.as_str()), ("العلوي", "محمد"));
    }
}
