//! The day of one practitioner on paper.
//!
//! Takes everything in words (date, times, phones, labels) and decides only how it looks. Which appointments
//! belong on it, and in which order, is the caller's business.

use chrono::{DateTime, Utc};

use super::PrintError;
use super::page::{Band, Block, Column, Document, Panel, Paper, Pdf, Row, Slot, Table, Width};
use super::text::{Align, Colour, Paragraph, Span, Style};
use super::words::Language;

/// What stands on the list. Not `Debug`: persons' data.
#[derive(Clone)]
pub struct DayList {
    /// Name of the practice.
    pub practice: String,
    /// Name of the practitioner.
    pub practitioner: String,
    /// The day, in words.
    pub date_in_words: String,
    /// Moment of printing, in words, at the site's wall clock.
    pub printed_at: String,
    /// Moment of printing, for the file's own date.
    pub created_at: DateTime<Utc>,
    /// Language of the page.
    pub language: Language,
    /// The appointments, in order.
    pub rows: Vec<DayRow>,
}

/// An appointment of the list. Empty texts leave no gap.
#[derive(Clone, Default)]
pub struct DayRow {
    /// Start, or what stands for it in the queue.
    pub time: String,
    /// End.
    pub end: String,
    /// Patient's name, in Latin or Arabic letters; or what a held slot is for.
    pub patient: String,
    /// Birth date.
    pub birth_date: String,
    /// Phone, as it is written in the country.
    pub phone: String,
    /// Type of the appointment.
    pub reason: String,
    /// Colour of the type.
    pub reason_colour: Option<Colour>,
    /// Note for the desk.
    pub note: String,
    /// Status, in words.
    pub status: String,
    /// What the status means for the eye.
    pub standing: Standing,
    /// Booking code.
    pub code: String,
}

/// How an appointment stands, shown by the screen's signs beside the status's own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Standing {
    /// Requested or booked.
    #[default]
    Expected,
    /// Confirmed by the patient.
    Confirmed,
    /// In the waiting room.
    Arrived,
    /// With the practitioner.
    InConsultation,
    /// Over.
    Done,
    /// Did not come, left, or cancelled.
    Absent,
}

impl Standing {
    fn sign(self) -> &'static str {
        match self {
            Standing::Expected => "○",
            Standing::Confirmed => "◉",
            Standing::Arrived => "◆",
            Standing::InConsultation => "▶",
            Standing::Done => "✓",
            Standing::Absent => "✕",
        }
    }
}

const SMALL: Style = Style::sized(8.0).coloured(Colour::SOFT).leaded(1.25);

impl DayList {
    /// The list as a PDF, A4 upright.
    ///
    /// # Errors
    /// Only if the writer fails: any text fits.
    pub fn to_pdf(&self) -> Result<Pdf, PrintError> {
        self.document().to_pdf()
    }

    /// The list as a document.
    pub fn document(&self) -> Document {
        let words = self.language.words();
        let title = format!("{} · {} · {}", words.day_list, self.practitioner, self.date_in_words);
        let mut document = Document::new(title, self.practice.clone(), self.created_at, self.language);
        document.paper = Paper::a4().with_margins(38.0, 30.0, 38.0, 38.0);
        document.header = Some(Band {
            start: Slot::Text(vec![
                Span::data(&self.practitioner, SMALL.medium().coloured(Colour::INK)),
                Span::words(" · ", SMALL),
                Span::data(&self.date_in_words, SMALL),
            ]),
            centre: Slot::Empty,
            end: Slot::Text(vec![Span::data(&self.practice, SMALL)]),
            from_page: 2,
            rule: None,
            gap: 10.0,
        });
        document.footer = Some(Band::confidential_foot(self.language, &self.printed_at, 14.0));
        document.blocks.push(self.head());
        document.blocks.push(Block::Space(12.0));
        document.blocks.push(if self.rows.is_empty() { self.empty() } else { self.table() });
        document
    }

    fn head(&self) -> Block {
        let words = self.language.words();
        let count = if self.rows.is_empty() { String::new() } else { self.language.appointments(self.rows.len()) };
        let eyebrow = Style::sized(8.5).semi_bold().coloured(Colour::ACCENT);
        let row = |start: Span, end: Span| Row {
            cells: vec![vec![Paragraph::new(vec![start])], vec![Paragraph::new(vec![end])]],
            ..Row::default()
        };
        Block::Table(Table {
            columns: vec![
                Column { width: Width::Share(2.4), align: Align::Start },
                Column { width: Width::Share(1.0), align: Align::End },
            ],
            header: Vec::new(),
            rows: vec![
                row(Span::words(words.day_list, eyebrow), Span::data(&self.practice, SMALL)),
                row(
                    Span::data(capitalised(&self.date_in_words), Style::sized(19.0).semi_bold().leaded(1.3)),
                    Span::words("", SMALL),
                ),
                row(
                    Span::data(&self.practitioner, Style::sized(11.5).medium()),
                    Span::words(count, Style::sized(9.5).medium().coloured(Colour::SOFT)),
                ),
            ],
            padding: 1.0,
            gap: 16.0,
            inset: 0.0,
            rule: None,
            header_rule: None,
            direction: None,
        })
    }

    fn empty(&self) -> Block {
        let style = Style::sized(11.0).coloured(Colour::SOFT);
        let text = Paragraph::new(vec![Span::words(self.language.words().empty_day, style)]);
        Block::Panel(Panel {
            paragraphs: vec![text.aligned(Align::Centre)],
            fill: Some(Colour::PAPER),
            frame: None,
            padding: 28.0,
            radius: 7.0,
        })
    }

    fn table(&self) -> Block {
        let words = self.language.words();
        let label = Style::sized(7.5).medium().coloured(Colour::SOFT);
        let column = |width| Column { width, align: Align::Start };
        Block::Table(Table {
            columns: vec![
                column(Width::Fixed(38.0)),
                column(Width::Share(1.2)),
                column(Width::Share(1.0)),
                Column { width: Width::Fixed(10.0), align: Align::Centre },
                column(Width::Fixed(80.0)),
                Column { width: Width::Fixed(50.0), align: Align::End },
            ],
            header: [words.time, words.patient, words.reason, "", words.status, words.code]
                .map(|word| Paragraph::new(vec![Span::words(word, label)]))
                .to_vec(),
            rows: self.rows.iter().map(DayRow::row).collect(),
            padding: 3.2,
            gap: 8.0,
            inset: 10.0,
            rule: Some(Colour::HAIRLINE),
            header_rule: Some(Colour::ACCENT),
            direction: None,
        })
    }
}

impl DayRow {
    fn row(&self) -> Row {
        let faded = matches!(self.standing, Standing::Done | Standing::Absent);
        let here = matches!(self.standing, Standing::Arrived | Standing::InConsultation);
        let ink = if faded { Colour::FAINT } else { Colour::INK };
        let body = Style::sized(9.0).coloured(ink).leaded(1.25);
        let name = Style::sized(10.0).semi_bold().coloured(ink).leaded(1.25);
        let name = if self.standing == Standing::Absent { name.struck() } else { name };
        let status = if here { body.medium().coloured(Colour::ACCENT) } else { body };
        let sign = if self.status.is_empty() { "" } else { self.standing.sign() };
        Row {
            cells: vec![
                lines([
                    vec![Span::code(&self.time, Style::sized(10.0).medium().coloured(ink).leaded(1.25))],
                    vec![Span::code(&self.end, SMALL)],
                ]),
                lines([
                    vec![Span::data(&self.patient, name)],
                    between([Span::code(&self.birth_date, SMALL), Span::code(&self.phone, SMALL)]),
                ]),
                lines([vec![Span::data(&self.reason, body)], vec![Span::data(&self.note, SMALL)]]),
                lines([vec![Span::words(sign, status.signs())]]),
                lines([vec![Span::data(&self.status, status)]]),
                lines([vec![Span::code(&self.code, Style::sized(8.5).mono().coloured(ink))]]),
            ],
            bar: self.reason_colour,
            ..Row::default()
        }
    }
}

/// As a heading begins: `Mardi 24 novembre`.
fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

/// One paragraph a line, without the empty ones.
fn lines<const N: usize>(lines: [Vec<Span>; N]) -> Vec<Paragraph> {
    lines.into_iter().map(Paragraph::new).filter(|line| !line.is_empty()).collect()
}

/// Facts of one line with a dot between them, without the empty ones.
fn between<const N: usize>(facts: [Span; N]) -> Vec<Span> {
    let mut line = Vec::new();
    for fact in facts.into_iter().filter(|fact| !fact.text.trim().is_empty()) {
        if !line.is_empty() {
            line.push(Span::words(" · ", fact.style));
        }
        line.push(fact);
    }
    line
}
