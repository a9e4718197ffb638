//! A file of patients: opened and previewed, its columns corrected, each row read into a
//! [`PatientDraft`] or rejected with a reason.
//!
//! Nothing is lost on the way: what its field cannot hold (an unreadable birth date, a third phone, a comment behind a
//! number) is kept in [`PatientDraft::kept`] and goes to the remarks. Only columns that are mapped to nothing stay
//! behind, which the user sees in the preview.
//!
//! Deliberately not here: whether a row is somebody already known ([`plan`](super::plan)).

use chrono::NaiveDate;
use domain::{
    identifiers::{cin, email, nir, phone::Region},
    patient::{names::normalise, sex::Sex},
};

use super::{
    ImportError, Limits, Progress,
    cells::{self, Birth},
    codes::{Notice, Rejection, Warning},
    draft::PatientDraft,
    headers::{self, Column, Layout},
    keys::content_key,
    mapping::{DateOrder, Mapping, PatientField as F, check_fields},
    names,
    table::{Record, Table},
    text::{self, Encoding},
    tick,
};

/// What the practice's place says about numbers in a file.
#[derive(Debug, Clone, Copy)]
pub struct ReadOptions {
    /// Today, at the practice: nobody is born later.
    pub today: NaiveDate,
    /// The numbering plan by which national phone numbers are read.
    pub region: Region,
}

/// One row as it was read.
#[derive(Clone)]
pub struct Row {
    /// Physical line, from 1, where it starts.
    pub line: usize,
    /// The patient, or why there is none.
    pub content: Result<Box<PatientDraft>, Rejection>,
    /// What is worth knowing, in order, each once.
    pub warnings: Vec<Warning>,
    /// For a rejected row: the beginning of its cells, so that it can be found again.
    pub excerpt: String,
}

/// An opened file of patients. No `Debug`: it is a list of persons.
#[derive(Clone)]
pub struct PatientsFile {
    table: Table,
    layout: Layout,
    date_order: Option<DateOrder>,
    encoding: Encoding,
    unreadable: usize,
}

impl PatientsFile {
    /// Opens a file, guessing what `mapping` does not say.
    ///
    /// # Errors
    /// Every [`ImportError`] of a file or a mapping; not yet [`ImportError::NoNameColumn`], so that the columns can be
    /// shown and corrected.
    pub fn open(bytes: &[u8], mapping: &Mapping, today: NaiveDate, limits: &Limits) -> Result<Self, ImportError> {
        let decoded = match mapping.encoding {
            Some(encoding) => text::decode_as(bytes, encoding, limits)?,
            None => text::decode(bytes, limits)?,
        };
        let table = Table::open(decoded.text, mapping.separator, limits)?;
        let layout = headers::guess(&table, mapping, today)?;
        let (encoding, unreadable) = (decoded.encoding, decoded.unreadable);
        Ok(Self { table, layout, date_order: mapping.date_order, encoding, unreadable })
    }

    /// The encoding it was read in.
    #[must_use]
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// How many places could not be read in that encoding.
    #[must_use]
    pub fn unreadable(&self) -> usize {
        self.unreadable
    }

    /// The separator of its columns.
    #[must_use]
    pub fn separator(&self) -> char {
        self.table.separator()
    }

    /// Whether there is a header.
    #[must_use]
    pub fn has_header(&self) -> bool {
        self.layout.header.is_some()
    }

    /// The columns with their guesses and samples.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.layout.columns
    }

    /// Rows without the header: as many as [`PatientsFile::read`] accounts for.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.table.len() - usize::from(self.layout.header.is_some())
    }

    /// Sets the field of every column, as the user corrected them.
    ///
    /// # Errors
    /// As [`headers::correct`].
    pub fn correct(&mut self, fields: &[F]) -> Result<(), ImportError> {
        headers::correct(&mut self.layout, fields)
    }

    /// Reads every row.
    ///
    /// # Errors
    /// [`ImportError::NoNameColumn`], [`ImportError::FieldTwice`], [`ImportError::Cancelled`].
    pub fn read(&self, options: &ReadOptions, progress: &mut Progress<'_>) -> Result<Vec<Row>, ImportError> {
        let fields = self.layout.fields();
        check_fields(&fields)?;
        let order = self.date_order.unwrap_or_else(|| self.date_order_of(&fields));
        let reader = Reader { fields: &fields, layout: &self.layout, options: *options, order };
        let total = self.rows();
        let mut rows = Vec::with_capacity(total);
        for (index, record) in self.table.records().enumerate() {
            if Some(index) != self.layout.header {
                rows.push(reader.row(index, &record));
                tick(progress, rows.len(), total)?;
            }
        }
        Ok(rows)
    }

    /// Day or month first: the first date that can only be one of them tells.
    fn date_order_of(&self, fields: &[F]) -> DateOrder {
        let Some(column) = fields.iter().position(|f| *f == F::Born) else { return DateOrder::DayFirst };
        let mut month_first = 0_usize;
        for record in self.table.records() {
            let parts: Vec<u32> = record
                .cell(column)
                .split(['/', '-', '.', ' '])
                .take(2)
                .map_while(|p| (p.len() <= 2).then(|| p.trim().parse().ok()).flatten())
                .collect();
            match parts[..] {
                [13..=31, 1..=12] => return DateOrder::DayFirst,
                [1..=12, 13..=31] => month_first += 1,
                _ => {}
            }
        }
        if month_first > 0 { DateOrder::MonthFirst } else { DateOrder::DayFirst }
    }
}

struct Reader<'a> {
    fields: &'a [F],
    layout: &'a Layout,
    options: ReadOptions,
    order: DateOrder,
}

impl Reader<'_> {
    fn row(&self, index: usize, record: &Record) -> Row {
        let mut warnings = Vec::new();
        let content = match self.rejection(index, record) {
            Some(rejection) => Err(rejection),
            None => self.draft(record, &mut warnings).map(Box::new),
        };
        if content.is_err() {
            warnings.clear();
        }
        warnings.sort_unstable();
        warnings.dedup();
        let excerpt = if content.is_err() { excerpt(record) } else { String::new() };
        Row { line: record.line, content, warnings, excerpt }
    }

    /// What can be said before any cell is read.
    fn rejection(&self, index: usize, record: &Record) -> Option<Rejection> {
        if self.layout.header.is_some_and(|h| index < h) {
            return Some(Rejection::BeforeHeader);
        }
        if record.is_blank() {
            return Some(Rejection::EmptyRow);
        }
        if record.cells.iter().any(|c| c.contains('\0')) {
            return Some(Rejection::ZeroCharacter);
        }
        let width = self.fields.len();
        if self.layout.header.is_some() && record.cells.iter().skip(self.header_width()).any(|c| !c.trim().is_empty()) {
            return Some(Rejection::TooManyCells);
        }
        let is_header = |(c, column): (&String, &Column)| normalise(c) == normalise(&column.header);
        if self.layout.header.is_some()
            && record.cells.len() >= width.min(2)
            && record.cells.iter().zip(&self.layout.columns).all(is_header)
        {
            return Some(Rejection::RepeatedHeader);
        }
        is_total(record).then_some(Rejection::TotalLine)
    }

    /// Columns that have a header, up to the last.
    fn header_width(&self) -> usize {
        self.layout.columns.iter().rposition(|c| !c.header.is_empty()).map_or(0, |i| i + 1)
    }

    fn draft(&self, record: &Record, warnings: &mut Vec<Warning>) -> Result<PatientDraft, Rejection> {
        let mut draft = PatientDraft::default();
        let mut arabic = None;
        let mut full = None;
        if record.cells.len() < self.header_width() {
            warnings.push(Warning::row(Notice::TooFewCells));
        }
        for (field, cell) in self.fields.iter().zip(&record.cells) {
            let text = cells::clean(cell);
            if *field == F::Ignore || text.is_empty() {
                continue;
            }
            if cells::lost_a_letter(&text) && (field.is_name() || text.contains(char::REPLACEMENT_CHARACTER)) {
                warnings.push(Warning::of(Notice::LetterLost, *field));
            }
            match field {
                F::FullName => full = Some(text),
                F::FullNameArabic => arabic = Some(text),
                F::Sex => self.sex(&text, &mut draft, warnings),
                F::Born => self.born(&text, &mut draft, warnings),
                F::Mobile | F::Phone => self.phones(*field, cell, &mut draft, warnings),
                F::Nir => nir_of(&text, &mut draft, warnings),
                F::Language => match cells::language(&text) {
                    Some(language) => draft.language = language.to_owned(),
                    None => draft.kept.push((F::Language, text)),
                },
                F::Postcode => draft.postcode = self.postcode(text, warnings),
                F::Remarks => join(&mut draft.remarks, &cells::clean_lines(cell), "\n"),
                F::Address => join(&mut draft.address, &text, ", "),
                F::BirthName => draft.birth_name = text,
                other => {
                    if let Some(slot) = draft.text_mut(*other) {
                        *slot = text;
                    }
                }
            }
        }
        split_names(full, arabic, &mut draft, warnings);
        finish(&mut draft, warnings)?;
        Ok(draft)
    }

    fn sex(&self, text: &str, draft: &mut PatientDraft, warnings: &mut Vec<Warning>) {
        match cells::sex(text) {
            Some(sex) => draft.sex = sex,
            None => {
                draft.kept.push((F::Sex, text.to_owned()));
                warnings.push(Warning::of(Notice::SexUnreadable, F::Sex));
            }
        }
    }

    fn born(&self, text: &str, draft: &mut PatientDraft, warnings: &mut Vec<Warning>) {
        match cells::birth(text, self.order, self.options.today) {
            Birth::Missing => {}
            Birth::On { date, century_guessed } => {
                draft.born = Some(date);
                if century_guessed {
                    warnings.push(Warning::of(Notice::BirthCentury, F::Born));
                }
            }
            Birth::Unreadable => {
                draft.kept.push((F::Born, text.to_owned()));
                warnings.push(Warning::of(Notice::BirthUnreadable, F::Born));
            }
        }
    }

    /// The first number goes to its field, the second to the other one where that is free, the rest to the remarks.
    fn phones(&self, field: F, cell: &str, draft: &mut PatientDraft, warnings: &mut Vec<Warning>) {
        let (numbers, more) = cells::phones(cell, self.options.region);
        if more {
            draft.kept.push((field, cells::clean(cell)));
        }
        let other = if field == F::Mobile { F::Phone } else { F::Mobile };
        for number in numbers {
            if !number.valid {
                warnings.push(Warning::of(Notice::PhoneInvalid, field));
            }
            if number.zero_restored {
                warnings.push(Warning::of(Notice::PhoneZero, field));
            }
            let both = [draft.text(field), draft.text(other)];
            if both.into_iter().flatten().any(|n| *n == number.number) {
                continue;
            }
            let to_mobile_only_mobiles = |f: F| f != F::Mobile || number.mobile;
            let place = [field, other]
                .into_iter()
                .find(|f| (*f == field || to_mobile_only_mobiles(*f)) && draft.text(*f).is_some_and(String::is_empty));
            match place.and_then(|f| draft.text_mut(f)) {
                Some(slot) => *slot = number.number,
                None => draft.kept.push((field, number.number)),
            }
        }
    }

    fn postcode(&self, text: String, warnings: &mut Vec<Warning>) -> String {
        let lost = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()) && self.options.region != Region::MA;
        if !lost {
            return text;
        }
        warnings.push(Warning::of(Notice::PostcodeZero, F::Postcode));
        format!("0{text}")
    }
}

fn nir_of(text: &str, draft: &mut PatientDraft, warnings: &mut Vec<Warning>) {
    let bare: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-')).collect();
    let has_form = nir::comparable(&bare).is_some();
    draft.nir = if has_form { bare.to_uppercase() } else { text.to_owned() };
    // Thirteen characters are a number without its key: nothing is wrong with them.
    if !(has_form && bare.len() == 13)
        && let Some(notice) = nir::check(text).err().and_then(Notice::of)
    {
        warnings.push(Warning::of(notice, F::Nir));
    }
}

fn split_names(full: Option<String>, arabic: Option<String>, draft: &mut PatientDraft, warnings: &mut Vec<Warning>) {
    if let Some(full) = full {
        let name = names::split_latin(&full);
        if name.guessed {
            warnings.push(Warning::of(Notice::NameSplit, F::FullName));
        }
        // Columns of their own know better.
        for (slot, part) in [(&mut draft.surname, name.surname), (&mut draft.first_name, name.first_name)] {
            if slot.is_empty() {
                *slot = part;
            }
        }
        if draft.sex == Sex::Unknown {
            draft.sex = name.sex.unwrap_or(Sex::Unknown);
        }
    }
    if let Some(arabic) = arabic {
        let latin = (!draft.surname.is_empty()).then_some((draft.surname.as_str(), draft.first_name.as_str()));
        let name = names::split_arabic(&arabic, latin);
        if name.guessed {
            warnings.push(Warning::of(Notice::NameSplit, F::FullNameArabic));
        }
        for (slot, part) in [(&mut draft.surname_arabic, name.surname), (&mut draft.first_name_arabic, name.first_name)]
        {
            if slot.is_empty() {
                *slot = part;
            }
        }
    }
}

/// The checks of the whole row.
fn finish(draft: &mut PatientDraft, warnings: &mut Vec<Warning>) -> Result<(), Rejection> {
    let latin = (!draft.surname.is_empty(), !draft.first_name.is_empty());
    let arabic = (!draft.surname_arabic.is_empty(), !draft.first_name_arabic.is_empty());
    match (latin.0 || arabic.0, latin.1 || arabic.1) {
        (true, true) => {}
        (true, false) => warnings.push(Warning::of(Notice::FirstNameMissing, F::FirstName)),
        (false, true) => warnings.push(Warning::of(Notice::SurnameMissing, F::Surname)),
        // A birth name alone is a name.
        (false, false) if !draft.birth_name.is_empty() => {
            draft.surname = std::mem::take(&mut draft.birth_name);
            warnings.push(Warning::of(Notice::FirstNameMissing, F::FirstName));
        }
        (false, false) => return Err(Rejection::NoName),
    }
    if normalise(&draft.birth_name) == normalise(&draft.surname) {
        draft.birth_name.clear();
    }
    let checks = [
        (F::Email, &draft.email, email::check(&draft.email)),
        (F::Cin, &draft.cin, cin::check(&draft.cin)),
        (F::Nir, &draft.nir, nir::agrees(&draft.nir, draft.born, draft.sex)),
    ];
    for (field, value, check) in checks {
        if !value.is_empty()
            && let Some(notice) = check.err().and_then(Notice::of)
        {
            warnings.push(Warning::of(notice, field));
        }
    }
    if draft.external_id.is_empty() {
        draft.external_id = content_key(draft);
    }
    Ok(())
}

/// `Total;5127` and the like: a word for a sum, and at most one more cell, a number.
fn is_total(record: &Record) -> bool {
    let filled: Vec<&str> = record.cells.iter().map(|c| c.trim()).filter(|c| !c.is_empty()).collect();
    let [first, rest @ ..] = &filled[..] else { return false };
    let form = normalise(first);
    let word = form.split(' ').next().unwrap_or_default();
    let sum = matches!(word, "total" | "totaux" | "totals" | "sum" | "somme" | "المجموع")
        || ["nombre patients", "nombre de patients", "nombre total", "fin de fichier", "end of file", "fin du fichier"]
            .iter()
            .any(|w| form.starts_with(w));
    let number = |c: &&str| c.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '.' | ','));
    sum && rest.len() <= 1 && rest.iter().all(number)
}

fn join(slot: &mut String, text: &str, between: &str) {
    if !slot.is_empty() && !text.is_empty() {
        slot.push_str(between);
    }
    slot.push_str(text);
}

/// The first characters of what is in a row.
fn excerpt(record: &Record) -> String {
    const LENGTH: usize = 80;
    let cells: Vec<String> =
        record.cells.iter().take(50).map(|c| cells::clean(&c.chars().take(LENGTH).collect::<String>())).collect();
    let filled: Vec<&str> = cells.iter().map(String::as_str).filter(|c| !c.is_empty()).collect();
    filled.join(" · ").chars().take(LENGTH).collect()
}
