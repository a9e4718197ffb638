//! From what is signed to the paper of it, in words. Not here: how it is laid out (room `print`).

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use domain::country::Country;
use domain::patient::sex::Sex;
use domain::prescription::Prescription;
use domain::prescription::model::{Act, Kind, Line, Prescriber, Subject};
use domain::prescription::sentence::{Language, sentence};

use crate::commands::CommandError;
use crate::commands::letterhead::Sources;
use crate::commands::words::date_in_words;
use crate::print::letterhead::{self, Patient};
use crate::print::page::Picture;
use crate::print::prescription::{self as printed, Content, Sheet};
use crate::print::words::Language as PaperLanguage;

/// What is beside the content of a paper.
pub(super) struct Around<'a> {
    /// Head of the paper.
    pub sources: &'a Sources,
    /// Number.
    pub number: &'a str,
    /// Town.
    pub place: &'a str,
    /// When it was signed.
    pub signed_at: DateTime<Utc>,
    /// Sheet.
    pub sheet: Sheet,
    /// Image of the signature.
    pub signature: Option<Arc<Picture>>,
    /// Printed before.
    pub duplicate: bool,
}

/// The language of a paper.
pub(super) const fn paper_language(language: Language) -> PaperLanguage {
    match language {
        Language::French => PaperLanguage::French,
        Language::Arabic => PaperLanguage::Arabic,
    }
}

/// Who prescribes, as the rules ask it.
pub(super) fn prescriber(sources: &Sources) -> Prescriber {
    let own = &sources.own;
    let (site, row) = (&sources.site, &sources.practitioner);
    let joined =
        |text: &str| text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(", ");
    let town = format!("{} {}", site.postcode, site.city);
    let address = [joined(&site.address), town.trim().to_owned()];
    let address = address.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    // The head of the paper says the phone as it is dialled from abroad.
    let phone = sources.head(PaperLanguage::French).ok().and_then(|head| head.latin.or(head.arabic));
    Prescriber {
        name: row.name.trim().to_owned(),
        qualification: joined(&own.qualifications),
        speciality: joined(&row.speciality),
        rpps: row.rpps.split_whitespace().collect(),
        structure: sources.practice.structure.split_whitespace().collect(),
        inpe: row.inpe.split_whitespace().collect(),
        order_number: own.order_number.trim().to_owned(),
        country: if address.is_empty() {
            String::new()
        } else {
            match sources.country {
                Country::FR => "France",
                Country::MA => "Maroc",
            }
            .to_owned()
        },
        address,
        phone: phone.map_or_else(|| site.phone.trim().to_owned(), |sender| sender.phone),
        email: sources.practice.email.trim().to_owned(),
    }
}

/// A prescription on paper.
///
/// # Errors
/// `picture_unreadable` for the logo.
pub(super) fn prescription(content: &Prescription, around: Around<'_>) -> Result<printed::Prescription, CommandError> {
    let language = content.language;
    let paper = paper_language(language);
    let lines: Vec<(bool, printed::Line)> = match content.kind {
        Kind::Drugs => content.lines.iter().map(|one| (one.ald, line(one, language))).collect(),
        _ => content.acts.iter().map(|one| (one.ald, act(one, language))).collect(),
    };
    let two_zones = content.patient.ald || lines.iter().any(|(ald, _)| *ald);
    let (covered, other): (Vec<_>, Vec<_>) = lines.into_iter().partition(|(ald, _)| *ald && two_zones);
    let own = |list: Vec<(bool, printed::Line)>| list.into_iter().map(|(_, line)| line).collect::<Vec<_>>();
    Ok(printed::Prescription {
        head: around.sources.head(paper)?,
        patient: patient(&content.patient, content.written_on, paper),
        kind: match content.kind {
            Kind::Drugs => printed::Kind::Medicines,
            Kind::Physiotherapy => printed::Kind::Physiotherapy,
            Kind::Nursing => printed::Kind::Nursing,
            Kind::Laboratory => printed::Kind::Laboratory,
            Kind::Imaging => printed::Kind::Imaging,
        },
        place: around.place.to_owned(),
        date: day(content.written_on, paper),
        content: if two_zones {
            Content::TwoZones { covered: own(covered), other: own(other) }
        } else {
            Content::Plain(own(other))
        },
        note: numbered(around.number, paper),
        signature: around.signature,
        stamp: around.sources.country == Country::MA,
        strike_rest: true,
        duplicate: around.duplicate,
        sheet: around.sheet,
        language: paper,
        created_at: around.signed_at,
    })
}

/// A date without its weekday: `24 novembre 2026`.
pub(super) fn day(date: NaiveDate, language: PaperLanguage) -> String {
    let words = date_in_words(date, language);
    words.split_once(' ').map_or(words.clone(), |(_, rest)| rest.to_owned())
}

/// The paper's number, in words.
pub(super) fn numbered(number: &str, language: PaperLanguage) -> String {
    match language {
        PaperLanguage::French => format!("N° {number}"),
        // The mark keeps year and number in their order beside Arabic letters.
        PaperLanguage::Arabic => format!("رقم \u{200e}{number}"),
        PaperLanguage::English => format!("No. {number}"),
    }
}

/// The patient on paper.
pub(super) fn patient(subject: &Subject, today: NaiveDate, language: PaperLanguage) -> Patient {
    let arabic = language == PaperLanguage::Arabic;
    let decimal = |whole: u32, rest: u32, digits: usize| {
        let rest = format!("{rest:0digits$}");
        let rest = rest.trim_end_matches('0');
        if rest.is_empty() { whole.to_string() } else { format!("{whole},{rest}") }
    };
    let weight = subject
        .weight_g
        .map(|grams| format!("{} {}", decimal(grams / 1000, grams % 1000 / 100, 1), if arabic { "كغ" } else { "kg" }));
    let height =
        subject.height_mm.map(|mm| format!("{},{:02} {}", mm / 1000, mm % 1000 / 10, if arabic { "م" } else { "m" }));
    Patient {
        name: format!("{} {}", subject.family_name, subject.given_names).trim().to_owned(),
        sex: match subject.sex {
            Sex::Female => letterhead::Sex::Female,
            Sex::Male => letterhead::Sex::Male,
            Sex::Unknown => letterhead::Sex::Unstated,
        },
        born_on: subject.born_on.map_or_else(String::new, |born| born.format("%d/%m/%Y").to_string()),
        age: age(subject.born_on, today, language),
        weight: weight.unwrap_or_default(),
        height: height.unwrap_or_default(),
        more: Vec::new(),
    }
}

/// An age in words: months until the third birthday.
pub(super) fn age(born_on: Option<NaiveDate>, today: NaiveDate, language: PaperLanguage) -> String {
    use chrono::Datelike;
    let Some(born) = born_on.filter(|born| *born <= today) else { return String::new() };
    let years = today.years_since(born).unwrap_or(0);
    let (number, months) = if years >= 3 {
        (years, false)
    } else {
        let whole = (today.year() - born.year()) * 12 + today.month() as i32
            - born.month() as i32
            - i32::from(today.day() < born.day());
        (u32::try_from(whole).unwrap_or(0), true)
    };
    match (language, months) {
        (PaperLanguage::French, true) => format!("{number} mois"),
        (PaperLanguage::French, false) => format!("{number} ans"),
        (PaperLanguage::English, true) => format!("{number} months"),
        (PaperLanguage::English, false) => format!("{number} years"),
        (PaperLanguage::Arabic, true) => arabic(number, ["شهر واحد", "شهران", "أشهر", "شهرًا", "شهر"]),
        (PaperLanguage::Arabic, false) => arabic(number, ["سنة واحدة", "سنتان", "سنوات", "سنة", "سنة"]),
    }
}

/// A number of things in Arabic: one, two, few, many, hundreds.
fn arabic(number: u32, words: [&str; 5]) -> String {
    match (number, number % 100) {
        (1, _) => words[0].to_owned(),
        (2, _) => words[1].to_owned(),
        (_, 3..=10) => format!("{number} {}", words[2]),
        (_, 11..=99) => format!("{number} {}", words[3]),
        _ => format!("{number} {}", words[4]),
    }
}

fn line(line: &Line, language: Language) -> printed::Line {
    let french = language == Language::French;
    let mut notes = Vec::new();
    if line.single_delivery {
        notes.push(if french { "Délivrance en une seule fois" } else { "يُصرف دفعة واحدة" }.to_owned());
    } else if let Some(days) = line.fraction_days {
        notes.push(if french {
            format!("Délivrance fractionnée de {days} jours")
        } else {
            format!("صرف مجزأ لكل {}", arabic(days.into(), ["يوم واحد", "يومين", "أيام", "يومًا", "يوم"]))
        });
    }
    if let Some(table) = line.table {
        notes.push(if french { format!("Tableau {table}") } else { format!("الجدول {table}") });
    }
    let packs = line.packs.map_or_else(String::new, |packs| match (french, packs) {
        (true, 1) => "1 boîte".to_owned(),
        (true, _) => format!("{packs} boîtes"),
        (false, _) => arabic(packs.into(), ["علبة واحدة", "علبتان", "علب", "علبة", "علبة"]),
    });
    printed::Line {
        inn: line.substance.clone(),
        dosage: line.strength.clone(),
        form: line.form.clone(),
        brand: line.brand.clone().unwrap_or_default(),
        posology: sentence(&line.posology, language),
        translation: String::new(),
        letters: line.letters.as_ref().map_or_else(String::new, |letters| {
            let parts = [&letters.strength, &letters.per_intake, &letters.intakes];
            let parts: Vec<&str> = parts.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
            parts.join(if french { ", " } else { "، " })
        }),
        amount: packs,
        renewals: line.renewals.map(u32::from),
        not_substitutable: line.non_substitutable.map(|ground| ground.as_str().to_owned()),
        notes,
    }
}

fn act(act: &Act, language: Language) -> printed::Line {
    let french = language == Language::French;
    let sessions = act.sessions.map_or_else(String::new, |sessions| match (french, sessions) {
        (true, 1) => "1 séance".to_owned(),
        (true, _) => format!("{sessions} séances"),
        (false, _) => arabic(sessions.into(), ["حصة واحدة", "حصتان", "حصص", "حصة", "حصة"]),
    });
    let notes = if act.at_home {
        vec![if french { "À domicile" } else { "في المنزل" }.to_owned()]
    } else {
        Vec::new()
    };
    printed::Line { inn: act.text.clone(), amount: sessions, notes, ..printed::Line::default() }
}

/// An act as one sentence.
pub(super) fn act_spoken(one: &Act, language: Language) -> String {
    let line = act(one, language);
    let mut parts = vec![line.inn];
    parts.extend([line.amount].into_iter().chain(line.notes).filter(|part| !part.is_empty()));
    parts.join(if language == Language::French { ", " } else { "، " })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn ages_are_said_as_each_language_says_them() {
        let today = on("2026-11-22");
        for (born, french, arabic) in [
            ("1979-05-12", "47 ans", "47 سنة"),
            ("2023-11-22", "3 ans", "3 سنوات"),
            ("2025-11-23", "11 mois", "11 شهرًا"),
            ("2026-10-20", "1 mois", "شهر واحد"),
        ] {
            assert_eq!(age(Some(on(born)), today, PaperLanguage::French), french);
            assert_eq!(age(Some(on(born)), today, PaperLanguage::Arabic), arabic);
        }
        assert_eq!(age(None, today, PaperLanguage::French), "");
    }

    #[test]
    fn a_date_stands_without_its_weekday() {
        assert_eq!(day(on("2026-11-24"), PaperLanguage::French), "24 novembre 2026");
        assert_eq!(day(on("2026-12-01"), PaperLanguage::Arabic), "1 دجنبر 2026");
    }
}
