//! Appointments of some days on paper: a heading a day, a row an appointment with its practitioner.
//!
//! Takes everything in words and decides only how it looks. Which appointments belong on it is the caller's business.

use chrono::{DateTime, Utc};

use super::PrintError;
use super::day_list::{DayRow, Standing};
use super::page::{Band, Block, Column, Document, Panel, Paper, Pdf, Row, Table, Width};
use super::text::{Align, Colour, Paragraph, Span, Style};
use super::words::Language;

/// What stands on the list. Not `Debug`: persons' data.
#[derive(Clone)]
pub struct AgendaList {
    /// Name of the practice.
    pub practice: String,
    /// The days, in words.
    pub span: String,
    /// Moment of printing, in words, at the site's wall clock.
    pub printed_at: String,
    /// Moment of printing, for the file's own date.
    pub created_at: DateTime<Utc>,
    /// Language of the page.
    pub language: Language,
    /// The days that have appointments.
    pub days: Vec<ListDay>,
}

/// A day of the list.
#[derive(Clone)]
pub struct ListDay {
    /// The day, in words.
    pub date_in_words: String,
    /// Appointments with the names of their practitioners.
    pub rows: Vec<(DayRow, String)>,
}

const SMALL: Style = Style::sized(8.0).coloured(Colour::SOFT).leaded(1.25);

impl AgendaList {
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
        let title = format!("{} · {}", words.appointments, self.span);
        let mut document = Document::new(title, self.practice.clone(), self.created_at, self.language);
        document.paper = Paper::a4().with_margins(38.0, 30.0, 38.0, 38.0);
        document.footer = Some(Band::confidential_foot(self.language, &self.printed_at, 14.0));
        let count: usize = self.days.iter().map(|day| day.rows.len()).sum();
        let eyebrow = Style::sized(8.5).semi_bold().coloured(Colour::ACCENT);
        document.blocks.push(Block::Paragraph(Paragraph::new(vec![
            Span::words(words.appointments, eyebrow),
            Span::words(" · ", eyebrow),
            Span::data(&self.practice, SMALL),
        ])));
        document.blocks.push(Block::Paragraph(Paragraph::new(vec![Span::data(
            &self.span,
            Style::sized(15.0).semi_bold().leaded(1.3),
        )])));
        if count == 0 {
            let style = Style::sized(11.0).coloured(Colour::SOFT);
            let text = Paragraph::new(vec![Span::words(words.empty_day, style)]);
            document.blocks.push(Block::Space(12.0));
            document.blocks.push(Block::Panel(Panel {
                paragraphs: vec![text.aligned(Align::Centre)],
                fill: Some(Colour::PAPER),
                frame: None,
                padding: 28.0,
                radius: 7.0,
            }));
            return document;
        }
        document.blocks.push(Block::Paragraph(Paragraph::new(vec![Span::words(
            self.language.appointments(count),
            Style::sized(9.5).medium().coloured(Colour::SOFT),
        )])));
        for day in &self.days {
            document.blocks.push(Block::Space(12.0));
            document.blocks.push(Block::Paragraph(
                Paragraph::new(vec![Span::data(&day.date_in_words, Style::sized(11.0).semi_bold().leaded(1.4))])
                    .heading(),
            ));
            document.blocks.push(day.table(self.language));
        }
        document
    }
}

impl ListDay {
    fn table(&self, language: Language) -> Block {
        let words = language.words();
        let label = Style::sized(7.5).medium().coloured(Colour::SOFT);
        let column = |width| Column { width, align: Align::Start };
        Block::Table(Table {
            columns: vec![
                column(Width::Fixed(38.0)),
                column(Width::Share(1.3)),
                column(Width::Share(1.0)),
                column(Width::Share(0.8)),
                column(Width::Fixed(72.0)),
                Column { width: Width::Fixed(50.0), align: Align::End },
            ],
            header: [words.time, words.patient, words.reason, words.practitioner, words.status, words.code]
                .map(|word| Paragraph::new(vec![Span::words(word, label)]))
                .to_vec(),
            rows: self.rows.iter().map(row).collect(),
            padding: 3.0,
            gap: 8.0,
            inset: 6.0,
            rule: Some(Colour::HAIRLINE),
            header_rule: Some(Colour::ACCENT),
            direction: None,
        })
    }
}

fn row((one, practitioner): &(DayRow, String)) -> Row {
    let faded = matches!(one.standing, Standing::Done | Standing::Absent);
    let ink = if faded { Colour::FAINT } else { Colour::INK };
    let body = Style::sized(8.5).coloured(ink).leaded(1.25);
    let name = if one.standing == Standing::Absent { body.semi_bold().struck() } else { body.semi_bold() };
    let cell = |lines: Vec<Span>| {
        lines
            .into_iter()
            .filter(|span| !span.text.trim().is_empty())
            .map(|span| Paragraph::new(vec![span]))
            .collect::<Vec<_>>()
    };
    Row {
        cells: vec![
            cell(vec![Span::code(&one.time, body.medium())]),
            cell(vec![Span::data(&one.patient, name), Span::code(&one.phone, SMALL)]),
            cell(vec![Span::data(&one.reason, body), Span::data(&one.note, SMALL)]),
            cell(vec![Span::data(practitioner, body)]),
            cell(vec![Span::data(&one.status, body)]),
            cell(vec![Span::code(&one.code, Style::sized(8.0).mono().coloured(ink))]),
        ],
        bar: one.reason_colour,
        ..Row::default()
    }
}
