//! A week on paper, lying: a column a day, a row an hour, a page a practitioner.
//!
//! Takes everything in words and decides only how it looks.

use chrono::{DateTime, Utc};

use super::PrintError;
use super::day_list::Standing;
use super::page::{Band, Block, Column, Document, Paper, Pdf, Row, Table, Width};
use super::text::{Align, Colour, Paragraph, Span, Style};
use super::words::Language;

/// What stands on the pages. Not `Debug`: persons' data.
#[derive(Clone)]
pub struct WeekGrid {
    /// Name of the practice.
    pub practice: String,
    /// The week, in words.
    pub week: String,
    /// Its ISO number.
    pub number: u32,
    /// Moment of printing, in words, at the site's wall clock.
    pub printed_at: String,
    /// Moment of printing, for the file's own date.
    pub created_at: DateTime<Utc>,
    /// Language of the pages.
    pub language: Language,
    /// A page a practitioner.
    pub pages: Vec<WeekPage>,
}

/// One practitioner's week.
#[derive(Clone)]
pub struct WeekPage {
    /// Name of the practitioner.
    pub practitioner: String,
    /// The days, in order.
    pub days: Vec<WeekDay>,
    /// Hour, and what begins in it on each of the days.
    pub rows: Vec<(String, Vec<Vec<WeekCell>>)>,
}

/// The head of a day.
#[derive(Clone)]
pub struct WeekDay {
    /// `lundi 23`.
    pub name: String,
    /// Opening hours; may be empty.
    pub open: String,
}

/// An appointment in the week.
#[derive(Clone)]
pub struct WeekCell {
    /// Start.
    pub time: String,
    /// Patient's name, or what a held slot is for.
    pub patient: String,
    /// Type.
    pub reason: String,
    /// What its status means for the eye.
    pub standing: Standing,
}

const SMALL: Style = Style::sized(7.5).coloured(Colour::SOFT).leaded(1.25);

impl WeekGrid {
    /// The week as a PDF, A4 lying.
    ///
    /// # Errors
    /// [`PrintError::NothingToPrint`] without a page; else only if the writer fails.
    pub fn to_pdf(&self) -> Result<Pdf, PrintError> {
        if self.pages.is_empty() {
            return Err(PrintError::NothingToPrint);
        }
        self.document().to_pdf()
    }

    /// The week as a document.
    pub fn document(&self) -> Document {
        let words = self.language.words();
        let title = format!("{} {} · {}", words.week, self.number, self.week);
        let mut document = Document::new(title, self.practice.clone(), self.created_at, self.language);
        document.paper = Paper::a4().landscape().with_margins(30.0, 26.0, 30.0, 30.0);
        document.footer = Some(Band::confidential_foot(self.language, &self.printed_at, 10.0));
        for (place, page) in self.pages.iter().enumerate() {
            if place > 0 {
                document.blocks.push(Block::PageBreak);
            }
            document.blocks.push(self.head(page));
            document.blocks.push(Block::Space(8.0));
            document.blocks.push(page.table());
        }
        document
    }

    fn head(&self, page: &WeekPage) -> Block {
        let words = self.language.words();
        let row = |start: Span, end: Span| Row {
            cells: vec![vec![Paragraph::new(vec![start])], vec![Paragraph::new(vec![end])]],
            ..Row::default()
        };
        Block::Table(Table {
            columns: vec![
                Column { width: Width::Share(2.0), align: Align::Start },
                Column { width: Width::Share(1.0), align: Align::End },
            ],
            header: Vec::new(),
            rows: vec![
                row(
                    Span::words(
                        format!("{} {}", words.week, self.number),
                        Style::sized(8.5).semi_bold().coloured(Colour::ACCENT),
                    ),
                    Span::data(&self.practice, SMALL),
                ),
                row(
                    Span::data(&page.practitioner, Style::sized(16.0).semi_bold().leaded(1.25)),
                    Span::data(&self.week, Style::sized(9.0).coloured(Colour::SOFT)),
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
}

impl WeekPage {
    fn table(&self) -> Block {
        let label = Style::sized(8.5).medium();
        let mut columns = vec![Column { width: Width::Fixed(30.0), align: Align::Start }];
        columns.extend(self.days.iter().map(|_| Column { width: Width::Share(1.0), align: Align::Start }));
        let mut header = vec![Paragraph::new(vec![Span::words("", label)])];
        header.extend(self.days.iter().map(|day| {
            let open = if day.open.is_empty() { String::new() } else { format!("  {}", day.open) };
            Paragraph::new(vec![Span::data(&day.name, label), Span::code(open, SMALL)])
        }));
        let rows = self.rows.iter().map(|(hour, cells)| {
            let mut all = vec![vec![Paragraph::new(vec![Span::code(hour, Style::sized(8.0).coloured(Colour::SOFT))])]];
            all.extend(cells.iter().map(|cell| cell.iter().map(WeekCell::line).collect()));
            Row { cells: all, ..Row::default() }
        });
        Block::Table(Table {
            columns,
            header,
            rows: rows.collect(),
            padding: 3.0,
            gap: 8.0,
            inset: 4.0,
            rule: Some(Colour::HAIRLINE),
            header_rule: Some(Colour::ACCENT),
            direction: None,
        })
    }
}

impl WeekCell {
    /// `9:30 DUPONT Marie · Consultation`
    fn line(&self) -> Paragraph {
        let ink = if self.standing == Standing::Done { Colour::FAINT } else { Colour::INK };
        let body = Style::sized(8.0).coloured(ink).leaded(1.3);
        let mut spans = vec![
            Span::code(&self.time, body.medium()),
            Span::words(" ", body),
            Span::data(&self.patient, body.semi_bold()),
        ];
        if !self.reason.is_empty() {
            spans.push(Span::words(" · ", SMALL));
            spans.push(Span::data(&self.reason, SMALL));
        }
        Paragraph::new(spans)
    }
}
