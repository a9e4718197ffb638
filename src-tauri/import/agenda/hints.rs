//! What an event's text says: who comes, what for, or that nobody comes.
//!
//! `SURNAME First - Type` in the title, `Tél …, né(e) le …` in the description, and their cousins in English and
//! Arabic. A phone or a birth date, or a surname in capitals, makes it a patient; a word such as *congés*, *réunion*,
//! *lunch* an absence; two capitalised words alone may be either, which the plan settles by who is known.

use chrono::NaiveDate;
use domain::{identifiers::phone::Region, patient::names::normalise, text::ascii_digits};

use super::{
    super::{
        cells::{self, Birth},
        codes::{Notice, Warning},
        draft::PatientDraft,
        ical::Event,
        mapping::{DateOrder, PatientField as F},
        names,
    },
    AgendaOptions, VisitDraft,
};

/// What a text was taken for. The label is the title, for where it becomes an absence.
#[derive(Clone, PartialEq, Eq)]
pub enum Reading {
    /// A patient comes.
    Patient(VisitDraft, String),
    /// Perhaps one does.
    Perhaps(VisitDraft, String),
    /// Nobody comes.
    Nobody {
        /// The title.
        label: String,
        /// Whether a word says that the practitioner is away or busy.
        away: bool,
    },
}

/// Reads title, description and categories.
pub fn read(event: &Event, options: &AgendaOptions, warnings: &mut Vec<Warning>) -> Reading {
    let summary = cells::clean(&event.text("SUMMARY"));
    let description = cells::clean_lines(&event.text("DESCRIPTION"));
    let mut facts = Facts::default();
    let rest_of_description = facts.take_from(&description, options);
    // Titles hold a phone at most behind the name.
    let title = if summary.chars().filter(char::is_ascii_digit).count() >= 6 {
        facts.take_from(&summary, options)
    } else {
        summary.clone()
    };
    let away = speaks_of_absence(&summary) || (event.text("CATEGORIES").split(',').any(speaks_of_absence));
    let told = facts.phone.is_some() || facts.birth.is_some() || facts.asked;
    let segments = segments(&title);
    let scored: Vec<(usize, Looks)> = segments.iter().map(|s| looks(s, options)).enumerate().collect();
    let best = scored.iter().max_by_key(|(i, l)| (*l, std::cmp::Reverse(*i))).copied();
    let label = if summary.is_empty() { first_line(&description) } else { summary };

    let Some((place, how)) = best else { return Reading::Nobody { label, away } };
    let a_type_beside = scored.iter().any(|(i, l)| *i != place && *l == Looks::Type);
    let sure =
        told && how > Looks::Words || how == Looks::Person && !away || how == Looks::Name && a_type_beside && !away;
    let perhaps = how == Looks::Name && !away || told && how == Looks::Words && !away;
    if !sure && !perhaps {
        return Reading::Nobody { label, away };
    }
    let (name, in_front) = without_type(&segments[place], options);
    let mut types: Vec<String> = in_front.into_iter().collect();
    types.extend(segments.iter().enumerate().filter(|(i, _)| *i != place).map(|(_, s)| s.clone()));
    if types.is_empty() {
        types.extend(Some(cells::clean(&event.text("CATEGORIES"))).filter(|c| !c.is_empty()));
    }
    let mut visit = VisitDraft { type_hint: types.join(" - "), ..VisitDraft::default() };
    visit.order_guessed = name_of(&name, &mut visit.hint, warnings);
    facts.fill(&mut visit.hint, options.region, warnings);
    if rest_of_description.chars().any(char::is_alphanumeric) {
        visit.note = description;
    }
    if sure { Reading::Patient(visit, label) } else { Reading::Perhaps(visit, label) }
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}

/// Puts a name into the hint; answers whether the order of its parts was a guess.
fn name_of(name: &str, hint: &mut PatientDraft, warnings: &mut Vec<Warning>) -> bool {
    if cells::lost_a_letter(name) {
        warnings.push(Warning::of(Notice::LetterLost, F::FullName));
    }
    if cells::is_arabic(name) {
        let split = names::split_arabic(name, None);
        (hint.surname_arabic, hint.first_name_arabic) = (split.surname, split.first_name);
        false
    } else {
        let split = names::split_latin(name);
        (hint.surname, hint.first_name) = (split.surname, split.first_name);
        hint.sex = split.sex.unwrap_or(hint.sex);
        split.guessed
    }
}

/// How much a piece of a title looks like a person, from least to most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Looks {
    /// The name of an appointment type.
    Type,
    /// Words.
    Words,
    /// One word that may be a surname.
    Surname,
    /// Two or more words written as names are.
    Name,
    /// A surname in capitals beside a first name, a comma, or a title of respect.
    Person,
}

fn looks(segment: &str, options: &AgendaOptions) -> Looks {
    let (segment, _) = without_type(segment, options);
    if segment.is_empty() || is_type(&segment, options) {
        return Looks::Type;
    }
    let words: Vec<&str> = segment.split(' ').filter(|w| !w.is_empty()).collect();
    let named = |w: &&str| {
        let first = w.chars().find(|c| c.is_alphabetic());
        first.is_some_and(|c| c.is_uppercase() || cells::is_arabic(&c.to_string())) || is_small_particle(w)
    };
    let letters = segment.chars().all(|c| {
        c.is_alphabetic() || matches!(c, ' ' | '-' | '‐' | '–' | '\'' | '’' | ',' | '.' | '،' | '?') || is_mark(c)
    });
    if !letters || words.len() > 7 || !words.iter().all(named) || speaks_of_absence(&segment) {
        return Looks::Words;
    }
    if words.len() == 1 {
        return Looks::Surname;
    }
    let capitals = words.iter().filter(|w| names::is_capitals(w)).count();
    let title =
        matches!(normalise(words[0]).as_str(), "m" | "mr" | "mme" | "mlle" | "monsieur" | "madame" | "mrs" | "ms");
    let comma = segment.contains([',', '،']);
    if (1..words.len()).contains(&capitals) || title || comma { Looks::Person } else { Looks::Name }
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{640}')
}

fn is_small_particle(word: &str) -> bool {
    matches!(
        word,
        "de" | "du"
            | "des"
            | "d'"
            | "la"
            | "le"
            | "da"
            | "dos"
            | "di"
            | "van"
            | "von"
            | "der"
            | "ben"
            | "el"
            | "al"
            | "bin"
            | "et"
    )
}

/// Titles fall apart at dashes between blanks, colons, slashes, bars and brackets.
fn segments(title: &str) -> Vec<String> {
    let mut title = title.to_owned();
    for dash in [" - ", " – ", " — ", " : ", ": ", " / ", " | ", "(", ")", "[", "]"] {
        title = title.replace(dash, "\n");
    }
    let trim = |s: &str| {
        cells::clean(s.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | ':' | '/' | ',' | ';')))
    };
    title.lines().map(trim).filter(|s| !s.is_empty()).collect()
}

fn is_type(segment: &str, options: &AgendaOptions) -> bool {
    const TYPES: [&str; 40] = [
        "consultation",
        "cs",
        "suivi",
        "vaccin",
        "vaccination",
        "controle",
        "certificat",
        "urgence",
        "rdv",
        "rendez vous",
        "visite",
        "visite a domicile",
        "bilan",
        "renouvellement",
        "renouvellement ordonnance",
        "ordonnance",
        "premiere consultation",
        "1ere consultation",
        "nouveau patient",
        "teleconsultation",
        "visio",
        "ecg",
        "frottis",
        "pansement",
        "resultats",
        "grossesse",
        "echographie",
        "soins",
        "seance",
        "consultation de suivi",
        "follow up",
        "check up",
        "checkup",
        "appointment",
        "visit",
        "new patient",
        "استشاره",
        "فحص",
        "متابعه",
        "تلقيح",
    ];
    let form = normalise(segment);
    TYPES.contains(&form.as_str()) || options.type_names.iter().any(|t| normalise(t) == form)
}

/// A segment without the type's words in front of the name (`RDV DUPONT Jean`), and those words.
fn without_type(segment: &str, options: &AgendaOptions) -> (String, Option<String>) {
    let words: Vec<&str> = segment.split(' ').collect();
    // The longest beginning that is a type, leaving a name of two words.
    for cut in (1..words.len().saturating_sub(1)).rev() {
        let front = words[..cut].join(" ");
        if is_type(&front, options) {
            return (words[cut..].join(" "), Some(front));
        }
    }
    (segment.to_owned(), None)
}

fn speaks_of_absence(text: &str) -> bool {
    const WORDS: [&str; 56] = [
        "conge",
        "conges",
        "vacances",
        "absence",
        "absent",
        "absente",
        "ferme",
        "fermeture",
        "ferie",
        "rtt",
        "formation",
        "reunion",
        "staff",
        "pause",
        "dejeuner",
        "repas",
        "dej",
        "garde",
        "astreinte",
        "congres",
        "dpc",
        "seminaire",
        "bloque",
        "bloquee",
        "indisponible",
        "administratif",
        "comptable",
        "comptabilite",
        "secretariat",
        "maintenance",
        "arret",
        "maladie",
        "vacation",
        "pas de rendez vous",
        "pas de rdv",
        "ne pas",
        "holiday",
        "holidays",
        "leave",
        "closed",
        "meeting",
        "lunch",
        "break",
        "training",
        "conference",
        "away",
        "out of office",
        "busy",
        "blocked",
        "personnel",
        "perso",
        "عطله",
        "اجتماع",
        "اجازه",
        "مغلق",
        "غداء",
    ];
    let padded = format!(" {} ", normalise(text));
    WORDS.iter().any(|w| padded.contains(&format!(" {w} ")))
}

/// Phone and birth date as found in a text.
#[derive(Default)]
struct Facts {
    phone: Option<String>,
    birth: Option<BirthFact>,
    /// A form asked for one of them, even if nobody filled it in.
    asked: bool,
}

/// What stood behind the label of a birth date.
enum BirthFact {
    /// A date, and whether its century is a guess.
    On(NaiveDate, bool),
    /// Something else.
    Typed(String),
}

const PHONE_LABELS: [&[&str]; 14] = [
    &["tel"],
    &["telephone"],
    &["phone"],
    &["mobile"],
    &["portable"],
    &["gsm"],
    &["port"],
    &["fixe"],
    &["cell"],
    &["num", "tel"],
    &["الهاتف"],
    &["هاتف"],
    &["رقم", "الهاتف"],
    &["النقال"],
];

const BIRTH_LABELS: [&[&str]; 22] = [
    &["ne", "e", "le"],
    &["nee", "le"],
    &["ne", "le"],
    &["nee"],
    &["ddn"],
    &["date", "de", "naissance"],
    &["date", "naissance"],
    &["naissance"],
    &["date", "naiss"],
    &["dn"],
    &["born", "on"],
    &["born"],
    &["dob"],
    &["birth", "date"],
    &["birthdate"],
    &["date", "of", "birth"],
    &["تاريخ", "الازدياد"],
    &["تاريخ", "الميلاد"],
    &["تاريخ", "الولاده"],
    &["ازداد", "في"],
    &["مزداد", "في"],
    &["مزداده", "في"],
];

impl Facts {
    /// Takes phone and birth date out of a text; answers the rest of it.
    fn take_from(&mut self, text: &str, options: &AgendaOptions) -> String {
        let tokens = tokens(text);
        let forms: Vec<Vec<String>> = tokens.iter().map(|t| domain::patient::names::tokens(t)).collect();
        let mut rest: Vec<&str> = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            if let Some(length) = label(&forms[at..], &BIRTH_LABELS) {
                self.asked = true;
                at += length + usize::from(tokens.get(at + length).is_some_and(|t| t == ":"));
                let (value, taken) = birth_value(&tokens[at..], options);
                self.birth = self.birth.take().or(value);
                at += taken;
            } else if let Some(length) = label(&forms[at..], &PHONE_LABELS) {
                self.asked = true;
                at += length + usize::from(tokens.get(at + length).is_some_and(|t| t == ":"));
                let taken = tokens[at..].iter().take_while(|t| is_number_part(t)).count();
                if taken > 0 {
                    self.phone = self.phone.take().or_else(|| Some(tokens[at..at + taken].join(" ")));
                    at += taken;
                } else if tokens.get(at).is_some_and(|t| cells::means_nothing(t)) {
                    at += 1;
                }
            } else {
                let taken = tokens[at..].iter().take_while(|t| is_number_part(t)).count();
                let number = tokens[at..at + taken].join(" ");
                // Without a label only what the numbering plan knows is a phone.
                if taken > 0 && self.phone.is_none() && cells::phones(&number, options.region).0.iter().any(|p| p.valid)
                {
                    self.phone = Some(number);
                    at += taken;
                } else {
                    let taken = taken.max(1);
                    rest.extend(tokens[at..at + taken].iter().map(String::as_str));
                    at += taken;
                }
            }
        }
        rest.join(" ")
    }

    fn fill(self, hint: &mut PatientDraft, region: Region, warnings: &mut Vec<Warning>) {
        if let Some(number) = self.phone.and_then(|p| cells::phones(&p, region).0.into_iter().next()) {
            if !number.valid {
                warnings.push(Warning::of(Notice::PhoneInvalid, F::Phone));
            }
            // What is not understood may be a mobile; people are called on it either way.
            let slot = if number.mobile || !number.valid { &mut hint.mobile } else { &mut hint.phone };
            *slot = number.number;
        }
        match self.birth {
            Some(BirthFact::On(date, century_guessed)) => {
                hint.born = Some(date);
                if century_guessed {
                    warnings.push(Warning::of(Notice::BirthCentury, F::Born));
                }
            }
            Some(BirthFact::Typed(typed)) => {
                hint.kept.push((F::Born, typed));
                warnings.push(Warning::of(Notice::BirthUnreadable, F::Born));
            }
            None => {}
        }
    }
}

/// What stands behind the label of a birth date, and how many tokens that is.
fn birth_value(tokens: &[String], options: &AgendaOptions) -> (Option<BirthFact>, usize) {
    for length in [1, 3, 2] {
        let Some(words) = tokens.get(..length) else { continue };
        if let Birth::On { date, century_guessed } = cells::birth(&words.join(" "), DateOrder::DayFirst, options.today)
        {
            return (Some(BirthFact::On(date, century_guessed)), length);
        }
    }
    match tokens.first() {
        Some(t) if t.chars().any(|c| c.is_ascii_digit()) => (Some(BirthFact::Typed(t.clone())), 1),
        Some(t) if cells::means_nothing(t) => (None, 1),
        _ => (None, 0),
    }
}

/// Words, numbers and colons of a text; a colon between digits (a time) does not part them.
fn tokens(text: &str) -> Vec<String> {
    let text = ascii_digits(text);
    let chars: Vec<char> = text.chars().collect();
    let mut spaced = String::with_capacity(text.len() + 16);
    for (i, c) in chars.iter().enumerate() {
        let before = i.checked_sub(1).map_or(' ', |i| chars[i]);
        let after = chars.get(i + 1).copied().unwrap_or(' ');
        match c {
            ',' | ';' | '|' | '\n' | '\t' | '،' | '؛' => spaced.push(' '),
            ':' if !(before.is_ascii_digit() && after.is_ascii_digit()) => spaced.push_str(" : "),
            // `Tél.0612345678`, `DDN07/03/1979`.
            '.' if before.is_alphabetic() && (after.is_ascii_digit() || after == '+') => spaced.push(' '),
            c if (c.is_ascii_digit() || *c == '+') && before.is_alphabetic() => {
                spaced.push(' ');
                spaced.push(*c);
            }
            c => spaced.push(*c),
        }
    }
    spaced.split_whitespace().map(str::to_owned).collect()
}

/// Whether a token may be a part of a phone number.
fn is_number_part(token: &str) -> bool {
    let digits = token.chars().filter(char::is_ascii_digit).count();
    let plain = token.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '(' | ')' | '.' | '-' | '/'));
    let date = token.chars().filter(|c| matches!(c, '/' | '-')).count() == 2 && digits <= 8;
    digits > 0 && plain && !date
}

/// How many tokens make up the longest of the labels that stands here.
fn label(forms: &[Vec<String>], labels: &[&[&str]]) -> Option<usize> {
    let fits = |label: &[&str]| -> Option<usize> {
        let mut words = label.iter();
        for (count, form) in forms.iter().enumerate() {
            for word in form {
                if words.next() != Some(&word.as_str()) {
                    return None;
                }
            }
            if words.len() == 0 {
                return Some(count + 1);
            }
            if form.is_empty() {
                return None;
            }
        }
        None
    };
    labels.iter().filter_map(|l| fits(l)).max()
}
