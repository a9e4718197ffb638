//! What somebody types into the booking box, read: what is a name and stays one, and what is a wish (a day, a time, a
//! type, a practitioner, a longer appointment).
//!
//! Many words are both: `mar` is Tuesday and the beginning of Marie, `sam` Saturday and Samira. Such a word is doubtful;
//! whether it is meant as a wish only the search can say, which first looks for it as a name. So the reading here is made
//! once, and settled as often as the search needs: with the last doubtful word meant as a wish, the last two, and so on.
//! A patient is therefore never hidden by a word that could be a weekday.
//!
//! Not here: running the search, and what the names, birth dates, phones and codes in the rest mean
//! ([`crate::patient::query`]).

mod tables;
#[cfg(test)]
mod tests;
mod when;

use chrono::NaiveDate;

use crate::agenda::PartOfDay;
use crate::patient::names::{compact, tokens};
use crate::text::ascii_digits;

/// How dates are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateOrder {
    /// `12/3` is the twelfth of March, as France and Morocco write it.
    DayFirst,
    /// English: the day first as well, since that is how the window shows dates in every language; the month first where
    /// nothing else makes a date (`3/14`), and `march 14` beside `14 march`.
    EitherWay,
}

/// What the practice has that can be named, each in its own order: a meaning is the place in the list.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// Short names and names of the types.
    pub types: &'a [(&'a str, &'a str)],
    /// Names of the practitioners.
    pub practitioners: &'a [&'a str],
}

/// What a word was understood as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// So many steps longer; shorter, if negative.
    Longer(i64),
    /// A type, by its place among those known.
    Type(usize),
    /// A practitioner, by their place among those known.
    Practitioner(usize),
    /// From this day on.
    Day(NaiveDate),
    /// From this minute of the day on.
    Time(u16),
    /// In this part of the day.
    Part(PartOfDay),
}

/// Words that were understood: where they stand in the text, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Understood {
    /// The first byte.
    pub from: usize,
    /// The byte after the last.
    pub to: usize,
    /// As what.
    pub meaning: Meaning,
}

/// A text, settled.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Typed {
    /// What is left to search for: names, birth dates, phones, codes.
    pub search: String,
    /// What was understood, in the order typed; each wish once, `+` alone excepted.
    pub understood: Vec<Understood>,
}

impl Typed {
    fn wish<T>(&self, of: impl Fn(Meaning) -> Option<T>) -> Option<T> {
        self.understood.iter().find_map(|one| of(one.meaning))
    }

    /// Steps longer, all together.
    pub fn steps(&self) -> i64 {
        let steps = self.understood.iter().map(|one| if let Meaning::Longer(n) = one.meaning { n } else { 0 });
        steps.fold(0, i64::saturating_add)
    }

    /// The type wished.
    pub fn kind(&self) -> Option<usize> {
        self.wish(|meaning| if let Meaning::Type(at) = meaning { Some(at) } else { None })
    }

    /// The practitioner wished.
    pub fn practitioner(&self) -> Option<usize> {
        self.wish(|meaning| if let Meaning::Practitioner(at) = meaning { Some(at) } else { None })
    }

    /// The day wished.
    pub fn day(&self) -> Option<NaiveDate> {
        self.wish(|meaning| if let Meaning::Day(day) = meaning { Some(day) } else { None })
    }

    /// The minute of the day wished.
    pub fn time(&self) -> Option<u16> {
        self.wish(|meaning| if let Meaning::Time(minute) = meaning { Some(minute) } else { None })
    }

    /// The part of the day wished.
    pub fn part(&self) -> Option<PartOfDay> {
        self.wish(|meaning| if let Meaning::Part(part) = meaning { Some(part) } else { None })
    }
}

/// How sure a reading as a wish is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Doubt {
    /// It can be nothing else.
    Sure,
    /// A wish, unless somebody bears that name.
    Likely,
    /// As likely a name: meant as a wish only where the search finds somebody so.
    Unlikely,
}

/// One word as typed.
struct Word {
    from: usize,
    to: usize,
    /// With ASCII digits, in lower case, signs kept.
    text: String,
    /// The search form in one piece.
    form: String,
}

struct Candidate {
    first: usize,
    count: usize,
    meaning: Meaning,
    doubt: Doubt,
}

/// A text, read but not settled.
pub struct Reading {
    words: Vec<Word>,
    raw: Vec<String>,
    candidates: Vec<Candidate>,
}

impl Reading {
    /// Reads the text. `today` is the date on the wall.
    pub fn of(text: &str, known: &Known<'_>, today: NaiveDate, order: DateOrder) -> Self {
        let mut words = Vec::new();
        let mut raw = Vec::new();
        for part in text.split_whitespace() {
            // Both stand in the same text: the distance is the place.
            let from = part.as_ptr() as usize - text.as_ptr() as usize;
            words.push(Word {
                from,
                to: from + part.len(),
                text: ascii_digits(part).to_lowercase(),
                form: compact(part),
            });
            raw.push(part.to_owned());
        }
        let mut candidates: Vec<Candidate> = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let read = step(&words, at)
                .or_else(|| when::read(&words[at..], today, order))
                .or_else(|| practitioner(&words[at..], known))
                .or_else(|| kind(&words[at], known));
            match read {
                Some((count, meaning, doubt)) => {
                    candidates.push(Candidate { first: at, count, meaning, doubt });
                    at += count;
                }
                None => at += 1,
            }
        }
        let mut reading = Self { words, raw, candidates };
        reading.strengthen();
        reading
    }

    /// A weekday beside a time is no name, and a short one after two names is more likely a day than a third name.
    fn strengthen(&mut self) {
        let is_day = |one: &Candidate| matches!(one.meaning, Meaning::Day(_)) && one.doubt != Doubt::Sure;
        for time in 0..self.candidates.len() {
            let one = &self.candidates[time];
            if !matches!(one.meaning, Meaning::Time(_)) {
                continue;
            }
            let (begins, ends) = (one.first, one.first + one.count);
            let before = self.candidates[..time]
                .iter()
                .rposition(|day| is_day(day) && self.only_fillers(day.first + day.count, begins));
            let after = self.candidates.iter().position(|day| is_day(day) && self.only_fillers(ends, day.first));
            // `mar 10h jeudi`: a whole name of a day says more than what may be Marie.
            let likely = |at: usize| self.candidates[at].doubt == Doubt::Likely;
            let beside = match (before, after) {
                (Some(before), Some(after)) if !likely(before) && likely(after) => Some(after),
                (before, after) => before.or(after),
            };
            if let Some(day) = beside {
                self.candidates[day].doubt = Doubt::Sure;
            }
        }
        let read: usize = self.candidates.iter().map(|one| one.count).sum();
        let (words, names) = (self.words.len(), self.words.len() - read);
        if let Some(last) = self.candidates.last_mut()
            && is_day(last)
            && last.first + last.count == words
            && names >= 2
        {
            last.doubt = Doubt::Likely;
        }
    }

    fn only_fillers(&self, from: usize, to: usize) -> bool {
        from <= to && to - from <= 1 && self.words[from..to].iter().all(|word| tables::is_filler(&word.form))
    }

    /// How many words could be a wish as well as a name.
    pub fn doubtful(&self) -> usize {
        self.candidates.iter().filter(|one| one.doubt != Doubt::Sure).count()
    }

    /// The text with the last `count` doubtful words meant as wishes, and the others as names.
    pub fn settled(&self, count: usize) -> Typed {
        let first = self.doubtful().saturating_sub(count);
        self.settle(|place, _| place >= first)
    }

    /// The text as it is most likely meant where nobody is found in any of its readings: somebody new.
    pub fn likeliest(&self) -> Typed {
        self.settle(|_, doubt| doubt == Doubt::Likely)
    }

    /// `means` is asked for each doubtful word by its place among them.
    fn settle(&self, means: impl Fn(usize, Doubt) -> bool) -> Typed {
        let mut taken: Vec<Meaning> = Vec::new();
        let mut consumed = vec![false; self.words.len()];
        let mut understood = Vec::new();
        let mut place = self.doubtful();
        // What is said last is what is meant.
        for one in self.candidates.iter().rev() {
            let sure = one.doubt == Doubt::Sure;
            if !sure {
                place -= 1;
                if !means(place, one.doubt) {
                    continue;
                }
            }
            let again = taken.iter().any(|other| {
                std::mem::discriminant(other) == std::mem::discriminant(&one.meaning)
                    && !matches!(other, Meaning::Longer(_))
            });
            if again && !sure {
                continue;
            }
            let range = one.first..one.first + one.count;
            consumed[range.clone()].iter_mut().for_each(|word| *word = true);
            if again {
                continue;
            }
            taken.push(one.meaning);
            let (from, to) = (self.words[range.start].from, self.words[range.end - 1].to);
            understood.push(Understood { from, to, meaning: one.meaning });
            if matches!(one.meaning, Meaning::Day(_) | Meaning::Time(_) | Meaning::Part(_)) {
                // `le 12/3`, `à 10h`, `lundi prochain`: the small words belong to what they stand beside.
                if range.start > 0 && tables::is_filler(&self.words[range.start - 1].form) {
                    consumed[range.start - 1] = true;
                }
                if self.words.get(range.end).is_some_and(|word| tables::is_next(&word.form)) {
                    consumed[range.end] = true;
                }
            }
        }
        understood.reverse();
        let left: Vec<&str> =
            self.raw.iter().zip(&consumed).filter(|(_, consumed)| !**consumed).map(|(raw, _)| raw.as_str()).collect();
        Typed { search: left.join(" "), understood }
    }
}

type Read = (usize, Meaning, Doubt);

/// `+`, `++`, `-`: longer and shorter by steps. A dash between two figures or two names is theirs.
fn step(words: &[Word], at: usize) -> Option<Read> {
    let text = words[at].text.as_str();
    let count = i64::try_from(text.chars().count()).ok()?;
    if count == 0 || count > 24 {
        return None;
    }
    if text.chars().all(|c| c == '+') {
        return Some((1, Meaning::Longer(count), Doubt::Sure));
    }
    if !text.chars().all(|c| matches!(c, '-' | '−')) {
        return None;
    }
    let is_step = |word: &Word| word.form.is_empty();
    match words.get(at + 1) {
        Some(next) if at > 0 && !is_step(next) => None,
        _ => Some((1, Meaning::Longer(-count), Doubt::Sure)),
    }
}

/// `dr lef`, `@lef`, a practitioner's name, or their initials.
fn practitioner(words: &[Word], known: &Known<'_>) -> Option<Read> {
    let first = &words[0];
    if let Some(begun) = first.text.strip_prefix('@') {
        let at = one_practitioner(known, |token| token.starts_with(&compact(begun)))?;
        return (!compact(begun).is_empty()).then_some((1, Meaning::Practitioner(at), Doubt::Sure));
    }
    if tables::is_title(&first.form) {
        let next = words.get(1).filter(|word| word.form.chars().count() >= 2)?;
        let at = one_practitioner(known, |token| token.starts_with(&next.form))?;
        let own = tokens(known.practitioners[at]);
        let more = words[2..].iter().take_while(|word| own.contains(&word.form)).count();
        return Some((2 + more, Meaning::Practitioner(at), Doubt::Sure));
    }
    let form = first.form.as_str();
    if form.chars().count() >= 3
        && let Some(at) = one_practitioner(known, |token| token == form)
    {
        return Some((1, Meaning::Practitioner(at), Doubt::Unlikely));
    }
    let mut by_initials = known.practitioners.iter().enumerate().filter(|(_, name)| {
        let own: Vec<String> = tokens(name).into_iter().filter(|token| !tables::is_title(token)).collect();
        own.len() >= 2 && own.iter().filter_map(|token| token.chars().next()).eq(form.chars())
    });
    match (by_initials.next(), by_initials.next()) {
        (Some((at, _)), None) => Some((1, Meaning::Practitioner(at), Doubt::Unlikely)),
        _ => None,
    }
}

/// The one practitioner a word of whose name fits; none where two are called so.
fn one_practitioner(known: &Known<'_>, fits: impl Fn(&str) -> bool) -> Option<usize> {
    let mut found = known
        .practitioners
        .iter()
        .enumerate()
        .filter(|(_, name)| tokens(name).iter().any(|token| !tables::is_title(token) && fits(token)));
    match (found.next(), found.next()) {
        (Some((at, _)), None) => Some(at),
        _ => None,
    }
}

/// A type's short name, or its name where that is one word.
fn kind(word: &Word, known: &Known<'_>) -> Option<Read> {
    if word.form.is_empty() {
        return None;
    }
    let is = |name: &str| !name.is_empty() && !name.contains(' ') && compact(name) == word.form;
    let at = known
        .types
        .iter()
        .position(|(short, _)| is(short))
        .or_else(|| known.types.iter().position(|(_, name)| is(name)))?;
    // One letter is more likely the beginning of a name.
    let doubt = if word.form.chars().count() == 1 { Doubt::Unlikely } else { Doubt::Likely };
    Some((1, Meaning::Type(at), doubt))
}
