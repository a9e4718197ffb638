//! Phone and birth date in free text: behind their labels in French, English and Arabic, or a phone on its own.
//!
//! Deliberately not here: names ([`hints`](super::hints)).

use chrono::NaiveDate;
use domain::{identifiers::phone::Region, text::ascii_digits};

use super::{
    super::{
        cells::{self, Birth},
        codes::{Notice, Warning},
        draft::PatientDraft,
        mapping::{DateOrder, PatientField as F},
    },
    AgendaOptions,
};

/// Phone and birth date as found in a text.
#[derive(Default)]
pub(super) struct Facts {
    pub phone: Option<String>,
    pub birth: Option<BirthFact>,
    /// A form asked for one of them, even if nobody filled it in.
    pub asked: bool,
}

/// What stood behind the label of a birth date.
pub(super) enum BirthFact {
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
    pub fn take_from(&mut self, text: &str, options: &AgendaOptions) -> String {
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

    pub fn fill(self, hint: &mut PatientDraft, region: Region, warnings: &mut Vec<Warning>) {
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
