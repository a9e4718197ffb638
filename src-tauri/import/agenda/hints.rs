//! What an event's text says: who comes, what for, or that nobody comes.
//!
//! `SURNAME First - Type` in the title, `Tél …, né(e) le …` in the description, and their cousins in English and
//! Arabic. A phone or a birth date, or a surname in capitals, makes it a patient; a word such as *congés*, *réunion*,
//! *lunch* an absence; two capitalised words alone may be either, which the plan settles by who is known.

use domain::patient::names::normalise;

use super::{
    super::{
        cells,
        codes::{Notice, Warning},
        draft::PatientDraft,
        ical::Event,
        mapping::PatientField as F,
        names,
    },
    AgendaOptions, VisitDraft,
    facts::Facts,
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
