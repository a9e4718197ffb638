//! What the cells of a column look like, as a help where its header says nothing or two things.

use chrono::NaiveDate;
use domain::{
    identifiers::{cin, email, nir},
    patient::birth::parse_birth,
    text::ascii_digits,
};

use super::{cells, mapping::PatientField as F};

/// What was counted in a column's sample.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Content {
    /// Its first values, three at most.
    pub samples: Vec<String>,
    filled: usize,
    dates: usize,
    emails: usize,
    nirs: usize,
    cins: usize,
    phones: usize,
    mobiles: usize,
    postcodes: usize,
    sexes: usize,
    arabic: usize,
    latin: usize,
    comma_names: usize,
    two_words: usize,
    plain_words: usize,
}

impl Content {
    /// Counts `cells`; `today` bounds birth dates.
    pub fn of<'a>(cells: impl Iterator<Item = &'a str>, today: NaiveDate) -> Self {
        let mut content = Self::default();
        for cell in cells.map(str::trim).filter(|c| !c.is_empty()) {
            content.count(cell, today);
        }
        content
    }

    fn count(&mut self, cell: &str, today: NaiveDate) {
        /// A cell longer than this is prose; nothing of it is counted but that it is there.
        const PROSE: usize = 120;
        self.filled += 1;
        if self.samples.len() < 3 {
            self.samples.push(cell.chars().take(PROSE).collect());
        }
        if cell.len() > PROSE * 2 {
            return;
        }
        let digits = ascii_digits(cell).bytes().filter(u8::is_ascii_digit).count();
        let letters = cell.chars().filter(|c| c.is_alphabetic()).count();
        let is = usize::from;
        self.arabic += is(cells::is_arabic(cell));
        self.latin += is(letters > 0 && !cells::is_arabic(cell));
        self.emails += is(cell.contains('@') && email::check(cell).is_ok());
        self.sexes += is(letters > 0 && cells::sex(cell).is_some());
        if digits == 0 {
            let words = cell.split_whitespace().count();
            self.comma_names += is(cell.split(',').filter(|p| !p.trim().is_empty()).count() == 2);
            self.two_words += is(words >= 2);
            self.plain_words += is(letters * 10 >= cell.chars().count() * 7 && words <= 5);
            return;
        }
        let separators = cell.chars().filter(|c| matches!(c, '/' | '-' | '.')).count();
        self.dates += is((separators == 2 || digits == 8) && parse_birth(cell, today).is_some());
        self.nirs += is((13..=15).contains(&digits) && nir::comparable(cell).is_some() && !cell.starts_with('0'));
        self.cins += is(cin::check(cell).is_ok());
        self.postcodes += is(digits == 5 && cell.len() == 5);
        let phone_like = letters == 0 && (9..=14).contains(&digits) && separators != 2;
        let start: String = ascii_digits(cell).chars().filter(char::is_ascii_digit).collect();
        let national = ["0033", "00212", "33", "212"].iter().find_map(|p| start.strip_prefix(p)).unwrap_or(&start);
        let national = national.trim_start_matches('0');
        self.phones += is(phone_like && national.len() == 9);
        self.mobiles += is(phone_like && national.len() == 9 && national.starts_with(['6', '7']));
    }

    /// The fields that the cells alone speak for, the likeliest first. Without any header dates are birth dates and the
    /// first columns of words are names; under a header that is not known they may be anything.
    pub fn fields(&self, no_header: bool) -> impl Iterator<Item = F> {
        let words = no_header && self.most(self.plain_words) && !self.most(self.arabic);
        [
            (self.most(self.emails), F::Email),
            (self.most(self.nirs), F::Nir),
            (self.most(self.cins), F::Cin),
            (no_header && self.most(self.dates), F::Born),
            (no_header && self.most(self.sexes), F::Sex),
            (no_header && self.most(self.mobiles), F::Mobile),
            (no_header && self.most(self.phones), F::Phone),
            (no_header && self.most(self.postcodes), F::Postcode),
            (no_header && self.most(self.comma_names), F::FullName),
            (self.most(self.arabic) && self.most(self.two_words), F::FullNameArabic),
            (words, F::Surname),
            (words, F::FirstName),
        ]
        .into_iter()
        .filter(|(holds, _)| *holds)
        .map(|(_, field)| field)
    }

    fn most(&self, n: usize) -> bool {
        self.filled > 0 && n * 10 >= self.filled * 8
    }

    /// Whether the cells are of a kind that a header never is.
    #[must_use]
    pub fn is_telling(&self) -> bool {
        [self.dates, self.emails, self.nirs, self.phones, self.postcodes].into_iter().any(|n| self.most(n))
    }

    /// Whether names here are Arabic (or Latin); none where the column is empty.
    #[must_use]
    pub fn is_arabic(&self) -> Option<bool> {
        (self.arabic + self.latin > 0).then_some(self.arabic > self.latin)
    }

    /// Whether most numbers are mobiles.
    #[must_use]
    pub fn is_mobile(&self) -> bool {
        self.mobiles * 2 > self.phones
    }

    /// Whether most cells are `SURNAME, First`.
    #[must_use]
    pub fn has_comma_names(&self) -> bool {
        self.filled > 0 && self.comma_names * 2 > self.filled
    }

    /// Whether nearly all cells have two words or more.
    #[must_use]
    pub fn has_two_words(&self) -> bool {
        self.filled > 0 && self.two_words * 10 >= self.filled * 9
    }
}
