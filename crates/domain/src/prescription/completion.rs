//! Proposals while a posology is typed: each goes on from what stands there and is a posology as it is.

use super::Unit;
use super::lexicon::beginning_with;
use super::sentence::Language;
use super::typed::parse;

const MOST: usize = 8;

/// What could be meant, likeliest first, at most eight whole texts.
#[must_use]
pub fn complete(typed: &str, unit: Unit, language: Language) -> Vec<String> {
    let typed = typed.trim_start();
    let mut proposals: Vec<String> = Vec::with_capacity(MOST);
    let read = parse(typed, unit).ok();
    let mut propose = |text: String| {
        if proposals.len() < MOST && !proposals.contains(&text) && parse(&text, unit).is_ok_and(|it| Some(it) != read) {
            proposals.push(text);
        }
    };
    // The word that is being typed, ended; what makes a posology only with more gets more.
    let ends = typed.chars().next_back().is_some_and(char::is_alphabetic);
    let continuations = continuations(language);
    if ends {
        // Up to three words may be the beginning of one phrase: "si b".
        let mut starts: Vec<usize> = std::iter::once(0)
            .chain(typed.match_indices(char::is_whitespace).map(|(at, blank)| at + blank.len()))
            .filter(|&at| typed[at..].starts_with(char::is_alphabetic))
            .collect();
        starts.reverse();
        for from in starts.into_iter().take(3) {
            let (before, start) = typed.split_at(from);
            for ended in beginning_with(start).take(24) {
                let text = format!("{before}{ended}");
                if parse(&text, unit).is_ok() {
                    propose(text);
                } else {
                    for more in continuations.iter().copied().chain(SPANS) {
                        propose(format!("{text} {more}"));
                    }
                }
            }
        }
    }
    let gap = if typed.is_empty() || typed.ends_with(' ') { "" } else { " " };
    for more in continuations {
        propose(format!("{typed}{gap}{more}"));
    }
    proposals
}

const SPANS: [&str; 3] = ["7 jours", "5 jours", "1 mois"];

const fn continuations(language: Language) -> &'static [&'static str] {
    match language {
        Language::French => &[
            "matin et soir",
            "pendant 7 jours",
            "matin",
            "3 fois par jour",
            "pendant 5 jours",
            "soir",
            "si besoin",
            "pendant 1 mois",
            "pendant 3 mois",
            "max 4 par jour",
            "au coucher",
            "1 matin et 1 soir",
            "1 3 fois par jour",
            "pendant le repas",
        ],
        Language::Arabic => &[
            "صباحًا ومساءً",
            "لمدة 7 أيام",
            "صباحًا",
            "3 مرات في اليوم",
            "لمدة 5 أيام",
            "مساءً",
            "عند الحاجة",
            "لمدة شهر واحد",
            "لمدة 3 أشهر",
            "دون تجاوز 4 في اليوم",
            "عند النوم",
            "1 صباحًا و1 مساءً",
            "أثناء الأكل",
        ],
    }
}
