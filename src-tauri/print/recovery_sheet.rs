//! The sheet on which a recovery key is kept.
//!
//! The key passes through here in clear, because paper is the point. What this module makes cannot be wiped from
//! memory reliably (the PDF writer copies it); the caller prints or saves the bytes at once and keeps neither.

use chrono::{DateTime, Utc};

use super::PrintError;
use super::page::{Band, Block, Column, Document, KeyValues, Paper, Pdf, Row, Slot, Table, Width};
use super::text::{Align, Colour, Direction, Paragraph, Span, Style};
use super::words::{KeyWords, Language};

/// Which of the two keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecoveryKey {
    /// Opens the database: agenda and identities.
    Agenda,
    /// Opens the clinical content.
    Clinical,
}

/// What stands on the sheet. Not `Debug`: it holds the key.
pub struct RecoverySheet<'a> {
    /// Name of the practice.
    pub practice: &'a str,
    /// Which key.
    pub key: RecoveryKey,
    /// The key in groups, as they are typed.
    pub groups: &'a [&'a str],
    /// Date on which the key was made, in words.
    pub made_on: &'a str,
    /// Moment of printing, for the file's own date.
    pub created_at: DateTime<Utc>,
    /// Language of the page.
    pub language: Language,
}

/// Width of a character of the key's face, in ems.
const MONO_ADVANCE: f32 = 0.6;

impl RecoverySheet<'_> {
    /// The sheet as a PDF, A4 upright.
    ///
    /// # Errors
    /// [`PrintError::NothingToPrint`] without a group; else only if the writer fails.
    pub fn to_pdf(&self) -> Result<Pdf, PrintError> {
        if self.groups.iter().all(|group| group.trim().is_empty()) {
            return Err(PrintError::NothingToPrint);
        }
        self.document().to_pdf()
    }

    fn document(&self) -> Document {
        let words = self.language.words();
        let about: &KeyWords = match self.key {
            RecoveryKey::Agenda => words.agenda_key,
            RecoveryKey::Clinical => words.clinical_key,
        };
        let body = Style::sized(10.5).leaded(1.45);
        let foot = Style::sized(8.0).coloured(Colour::FAINT);
        let mut document = Document::new(about.title, self.practice, self.created_at, self.language);
        document.paper = Paper::a4().with_margins(56.0, 40.0, 62.0, 62.0);
        document.footer = Some(Band {
            start: Slot::Text(vec![Span::words(words.secret, foot.medium().coloured(Colour::WARNING))]),
            centre: Slot::Empty,
            end: Slot::PageOf(foot),
            from_page: 1,
            rule: Some(Colour::HAIRLINE),
            gap: 14.0,
        });
        let heading = |text: &str| Paragraph::new(vec![Span::words(text, Style::sized(12.0).semi_bold())]).heading();
        let value = |text: &str| vec![Span::data(text, body)];
        document.blocks = vec![
            Block::Paragraph(Paragraph::new(vec![Span::data(
                "Semainier",
                Style::sized(9.0).semi_bold().coloured(Colour::ACCENT),
            )])),
            Block::Space(4.0),
            Block::Paragraph(Paragraph::new(vec![Span::words(
                about.title,
                Style::sized(23.0).semi_bold().leaded(1.25),
            )])),
            Block::Space(6.0),
            Block::Paragraph(Paragraph::new(vec![Span::words(about.purpose, body.coloured(Colour::SOFT))])),
            Block::Space(20.0),
            Block::KeyValues(KeyValues {
                pairs: vec![
                    (words.practice.to_owned(), value(self.practice)),
                    (words.made_on.to_owned(), value(self.made_on)),
                    (words.opens.to_owned(), vec![Span::words(about.opens, body)]),
                ],
                label: body.coloured(Colour::SOFT),
                gap: 6.0,
            }),
            Block::Space(22.0),
            self.groups(document.paper.text_width()),
            Block::Space(10.0),
            Block::Paragraph(Paragraph::new(vec![Span::words(words.typing, Style::sized(9.5).coloured(Colour::SOFT))])),
            Block::Space(30.0),
            Block::Paragraph(heading(words.keeping)),
            Block::Space(6.0),
            Block::KeyValues(KeyValues {
                pairs: (1..)
                    .zip(words.advice)
                    .map(|(number, advice)| (format!("{number}."), vec![Span::words(*advice, body)]))
                    .collect(),
                label: body.medium().coloured(Colour::ACCENT),
                gap: 8.0,
            }),
        ];
        document
    }

    /// The groups, numbered, four in a row where they are short; always read from left to right.
    fn groups(&self, width: f32) -> Block {
        let longest = self.groups.iter().map(|group| group.chars().count()).max().unwrap_or(1).max(1);
        // The boxes behind the groups end at the margins.
        let (inset, gap) = (10.0, 28.0);
        let columns = match longest {
            0..=5 => 4,
            6..=8 => 3,
            9..=16 => 2,
            _ => 1,
        };
        let room = (width - 2.0 * inset - gap * (columns - 1) as f32) / columns as f32;
        let size = (room / (longest as f32 * MONO_ADVANCE)).clamp(8.0, 23.0);
        let number = Style::sized(7.5).coloured(Colour::SOFT);
        let cell = |(index, group): (usize, &&str)| {
            vec![
                Paragraph::new(vec![Span::words((index + 1).to_string(), number)]).reading(Direction::LeftToRight),
                Paragraph::new(vec![Span::code(*group, Style::sized(size).mono().medium().leaded(1.2))])
                    .reading(Direction::LeftToRight),
            ]
        };
        let cells: Vec<Vec<Paragraph>> = self.groups.iter().enumerate().map(cell).collect();
        let rows = cells.chunks(columns).map(|cells| Row {
            cells: cells.to_vec(),
            chips: Some(Colour::ACCENT_TINT),
            ..Row::default()
        });
        Block::Table(Table {
            columns: vec![Column { width: Width::Share(1.0), align: Align::Start }; columns],
            header: Vec::new(),
            rows: rows.collect(),
            padding: 11.0,
            gap,
            inset,
            rule: None,
            header_rule: None,
            direction: Some(Direction::LeftToRight),
        })
    }
}
