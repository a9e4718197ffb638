//! A plain report on the practice's paper: a title, what it is about, sections of paragraphs, labelled values, lists and
//! tables. Registers, notices, receipts and lists of what is kept are printed with it.
//!
//! Everything arrives in words; a report decides only how it looks, in French, Arabic and English, for a printer or for
//! the archive. Deliberately not here: what a report says, letters ([`super::letter`]), anything with a patient's head.

use chrono::{DateTime, Utc};

use super::PrintError;
use super::page::{
    Band, Beside, Block, Column, Document, FOOT, KeyValues, Panel, Paper, Pdf, Piece, Row, Slot, Table, Width,
};
use super::text::{Align, Colour, Paragraph, Span, Style};
use super::words::Language;

/// What stands on the report. Not `Debug`: it may hold persons' data.
#[derive(Clone)]
pub struct Report {
    /// Whose report it is.
    pub practice: ReportHead,
    /// Its title.
    pub title: String,
    /// What stands under the title, smaller: a period, a version. May be empty.
    pub subtitle: String,
    /// What stands before the first section.
    pub intro: Vec<Part>,
    /// The sections.
    pub sections: Vec<ReportSection>,
    /// Moment of printing, in words.
    pub printed_at: String,
    /// What the foot of every page says beside the date: that it is confidential, under which number. May be empty.
    pub foot: String,
    /// Whether the sheet lies on its long side: for wide tables.
    pub landscape: bool,
    /// Language of the wording.
    pub language: Language,
    /// Moment of printing, for the file's own date.
    pub created_at: DateTime<Utc>,
}

/// Whose report it is.
#[derive(Clone, Default)]
pub struct ReportHead {
    /// Name of the practice.
    pub name: String,
    /// Address, phone, numbers: a line each. Empty lines leave no gap.
    pub lines: Vec<String>,
}

/// A section of a report.
#[derive(Clone, Default)]
pub struct ReportSection {
    /// Its heading; may be empty.
    pub title: String,
    /// What stands beside the heading, quieter: a date, a state. May be empty.
    pub note: String,
    /// Its content.
    pub parts: Vec<Part>,
    /// Whether it begins a page.
    pub new_page: bool,
}

/// A piece of a report.
#[derive(Clone)]
pub enum Part {
    /// Running text; an empty line parts paragraphs.
    Text(String),
    /// Text that steps back: sources, remarks.
    Remark(String),
    /// A smaller heading.
    Heading(String),
    /// A line each, with a mark before it.
    List(Vec<String>),
    /// Labels with their values; a value without text leaves its line out.
    Pairs(Vec<(String, Cell)>),
    /// Rows and columns.
    Table(ReportTable),
    /// Something to heed, in a box.
    Notice(String),
    /// Something quiet, in a box.
    Box(String),
    /// A question with room for an answer by hand, or with the answer that is known.
    Question(String, String),
    /// Places to date and sign, side by side, a label each.
    Signatures(Vec<String>),
}

/// A table of a report.
#[derive(Clone, Default)]
pub struct ReportTable {
    /// The heading of each column, and its share of the width.
    pub columns: Vec<(String, f32)>,
    /// The rows: a cell a column.
    pub rows: Vec<Vec<Cell>>,
    /// What stands where there is no row.
    pub empty: String,
}

/// A cell, or a value beside its label.
#[derive(Clone, Default)]
pub struct Cell {
    /// The text. A line feed starts a new line.
    pub text: String,
    /// How it is set.
    pub tone: Tone,
}

/// How a cell is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// As text.
    #[default]
    Plain,
    /// A date, number or code: kept on one line, read from left to right.
    Code,
    /// To be seen first.
    Strong,
    /// Steps back.
    Soft,
    /// To be heeded.
    Warning,
}

impl Cell {
    /// A date, number or code.
    pub fn code(text: impl Into<String>) -> Cell {
        Cell { text: text.into(), tone: Tone::Code }
    }

    /// To be seen first.
    pub fn strong(text: impl Into<String>) -> Cell {
        Cell { text: text.into(), tone: Tone::Strong }
    }

    /// Steps back.
    pub fn soft(text: impl Into<String>) -> Cell {
        Cell { text: text.into(), tone: Tone::Soft }
    }

    /// To be heeded.
    pub fn warning(text: impl Into<String>) -> Cell {
        Cell { text: text.into(), tone: Tone::Warning }
    }

    fn span(&self, body: Style) -> Span {
        match self.tone {
            Tone::Plain => Span::data(&self.text, body),
            Tone::Code => Span::code(&self.text, body),
            Tone::Strong => Span::data(&self.text, body.semi_bold()),
            Tone::Soft => Span::data(&self.text, body.coloured(Colour::SOFT)),
            Tone::Warning => Span::data(&self.text, body.medium().coloured(Colour::WARNING)),
        }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        Cell { text, tone: Tone::Plain }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell::from(text.to_owned())
    }
}

const BODY: Style = Style::sized(9.5).leaded(1.42);
const SMALL: Style = Style::sized(8.5).leaded(1.32);
const LABEL: Style = Style::sized(8.5).coloured(Colour::SOFT).leaded(1.32);
/// Space between two parts of a section.
const BETWEEN: f32 = 6.0;
/// Room for an answer by hand.
const ANSWER: f32 = 46.0;

impl Report {
    /// The report as a PDF for a printer, A4.
    ///
    /// # Errors
    /// [`PrintError::NothingToPrint`] without a word beside the title; else only if the writer fails.
    pub fn to_pdf(&self) -> Result<Pdf, PrintError> {
        self.document()?.to_pdf()
    }

    /// The report as PDF/A, for what is kept.
    ///
    /// # Errors
    /// As for [`Report::to_pdf`].
    pub fn to_archive(&self) -> Result<Pdf, PrintError> {
        self.document()?.to_archive()
    }

    /// The report as a document.
    ///
    /// # Errors
    /// [`PrintError::NothingToPrint`] without a word beside the title.
    pub fn document(&self) -> Result<Document, PrintError> {
        if self.intro.is_empty() && self.sections.iter().all(|section| section.parts.is_empty()) {
            return Err(PrintError::NothingToPrint);
        }
        let mut document =
            Document::new(self.title.clone(), self.practice.name.clone(), self.created_at, self.language);
        document.paper = Paper::a4().with_margins(40.0, 30.0, 46.0, 46.0);
        if self.landscape {
            document.paper = document.paper.landscape();
        }
        document.header = Some(self.running_head());
        document.footer = Some(self.running_foot());
        let blocks = &mut document.blocks;
        self.head(blocks);
        push_parts(blocks, &self.intro);
        for section in &self.sections {
            section.push(blocks);
        }
        Ok(document)
    }

    fn running_head(&self) -> Band {
        Band {
            start: Slot::Text(vec![Span::data(&self.title, Style::sized(8.0).medium())]),
            centre: Slot::Empty,
            end: Slot::Text(vec![Span::data(&self.practice.name, Style::sized(8.0).coloured(Colour::SOFT))]),
            from_page: 2,
            rule: Some(Colour::HAIRLINE),
            gap: 14.0,
        }
    }

    fn running_foot(&self) -> Band {
        let mut foot = Vec::new();
        if !self.printed_at.trim().is_empty() {
            foot.push(Span::words(format!("{} ", self.language.words().printed), FOOT));
            foot.push(Span::code(&self.printed_at, FOOT));
        }
        if !self.foot.trim().is_empty() {
            foot.push(Span::words(if foot.is_empty() { "" } else { " · " }, FOOT));
            foot.push(Span::data(&self.foot, FOOT));
        }
        Band::foot(foot, Some(Colour::HAIRLINE), 12.0)
    }

    fn head(&self, blocks: &mut Vec<Block>) {
        let name = Span::data(&self.practice.name, Style::sized(9.5).semi_bold().coloured(Colour::ACCENT));
        blocks.push(Block::Paragraph(Paragraph::new(vec![name]).heading()));
        let lines: Vec<&str> =
            self.practice.lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty()).collect();
        if !lines.is_empty() {
            let mut spans = Vec::new();
            for (index, line) in lines.iter().enumerate() {
                if index > 0 {
                    spans.push(Span::words("  ·  ", LABEL));
                }
                spans.push(Span::code(*line, LABEL));
            }
            blocks.push(Block::Paragraph(Paragraph::new(spans).heading()));
        }
        blocks.push(Block::Space(14.0));
        let title = Span::data(&self.title, Style::sized(19.0).semi_bold().leaded(1.22));
        blocks.push(Block::Paragraph(Paragraph::new(vec![title]).heading()));
        if !self.subtitle.trim().is_empty() {
            let subtitle = Span::data(&self.subtitle, Style::sized(10.5).coloured(Colour::SOFT).leaded(1.35));
            blocks.push(Block::Paragraph(Paragraph::new(vec![subtitle]).heading()));
        }
        blocks.push(Block::Space(8.0));
        blocks.push(Block::Rule { thickness: 0.9, colour: Colour::ACCENT });
        blocks.push(Block::Space(10.0));
    }
}

impl ReportSection {
    /// A section of that heading.
    pub fn new(title: impl Into<String>, parts: Vec<Part>) -> ReportSection {
        ReportSection { title: title.into(), parts, ..ReportSection::default() }
    }

    fn push(&self, blocks: &mut Vec<Block>) {
        if self.new_page {
            blocks.push(Block::PageBreak);
        } else {
            blocks.push(Block::Space(14.0));
        }
        if !self.title.trim().is_empty() {
            let mut spans = vec![Span::data(&self.title, Style::sized(12.5).semi_bold().leaded(1.55))];
            if !self.note.trim().is_empty() {
                spans.push(Span::words("   ", LABEL));
                spans.push(Span::data(&self.note, LABEL));
            }
            blocks.push(Block::Paragraph(Paragraph::new(spans).heading()));
        }
        push_parts(blocks, &self.parts);
    }
}

fn push_parts(blocks: &mut Vec<Block>, parts: &[Part]) {
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            blocks.push(Block::Space(BETWEEN));
        }
        part.push(blocks);
    }
}

impl Part {
    fn push(&self, blocks: &mut Vec<Block>) {
        match self {
            Part::Text(text) => texts(blocks, text, BODY),
            Part::Remark(text) => texts(blocks, text, LABEL),
            Part::Heading(text) => {
                let style = Style::sized(10.0).semi_bold().coloured(Colour::ACCENT).leaded(1.4);
                blocks.push(Block::Paragraph(Paragraph::new(vec![Span::data(text, style)]).heading()));
            }
            Part::List(items) => blocks.push(list(items)),
            Part::Pairs(pairs) => {
                let told = pairs.iter().filter(|(_, value)| !value.text.trim().is_empty());
                let pairs: Vec<_> =
                    told.map(|(label, value)| (label.clone(), vec![value.span(SMALL.leaded(1.4))])).collect();
                if !pairs.is_empty() {
                    blocks.push(Block::KeyValues(KeyValues { pairs, label: LABEL, gap: 3.5 }));
                }
            }
            Part::Table(table) => table.push(blocks),
            Part::Notice(text) => {
                boxed(blocks, text, BODY.coloured(Colour::WARNING), Colour::WARNING_TINT);
            }
            Part::Box(text) => boxed(blocks, text, BODY, Colour::PAPER),
            Part::Question(question, answer) => {
                let style = BODY.medium();
                blocks.push(Block::Paragraph(Paragraph::new(vec![Span::data(question, style)]).heading()));
                if answer.trim().is_empty() {
                    let cells =
                        vec![vec![Piece::Space(3.0), Piece::Frame { height: ANSWER, colour: Colour::HAIRLINE }]];
                    let columns = vec![Column { width: Width::Share(1.0), align: Align::Start }];
                    let (gap, direction) = (0.0, None);
                    blocks.push(Block::Beside(Beside { columns, cells, gap, direction, keep_with_next: false }));
                } else {
                    texts(blocks, answer, BODY.coloured(Colour::SOFT));
                }
            }
            Part::Signatures(labels) => blocks.push(signatures(labels)),
        }
    }
}

fn texts(blocks: &mut Vec<Block>, text: &str, style: Style) {
    let text = text.replace("\r\n", "\n");
    for (index, part) in text.split("\n\n").map(str::trim).filter(|part| !part.is_empty()).enumerate() {
        if index > 0 {
            blocks.push(Block::Space(BETWEEN));
        }
        blocks.push(Block::Paragraph(Paragraph::new(vec![Span::data(part, style)])));
    }
}

fn boxed(blocks: &mut Vec<Block>, text: &str, style: Style, fill: Colour) {
    let text = text.replace("\r\n", "\n");
    let parts = text.split("\n\n").map(str::trim).filter(|part| !part.is_empty());
    let paragraphs: Vec<_> = parts.map(|part| Paragraph::new(vec![Span::data(part, style)]).after(5.0)).collect();
    if !paragraphs.is_empty() {
        blocks.push(Block::Panel(Panel { paragraphs, fill: Some(fill), frame: None, padding: 9.0, radius: 5.0 }));
    }
}

/// Items under one another, a dot before each at the side where reading begins.
fn list(items: &[String]) -> Block {
    let dot = Paragraph::new(vec![Span::words("•", BODY.coloured(Colour::ACCENT))]);
    let rows = items.iter().filter(|item| !item.trim().is_empty()).map(|item| Row {
        cells: vec![vec![dot.clone()], vec![Paragraph::new(vec![Span::data(item, BODY)])]],
        ..Row::default()
    });
    Block::Table(Table {
        columns: vec![
            Column { width: Width::Fixed(7.0), align: Align::Start },
            Column { width: Width::Share(1.0), align: Align::Start },
        ],
        header: Vec::new(),
        rows: rows.collect(),
        padding: 1.2,
        gap: 4.0,
        inset: 0.0,
        rule: None,
        header_rule: None,
        direction: None,
    })
}

fn signatures(labels: &[String]) -> Block {
    let frame = |label: &String| {
        vec![
            Piece::Space(6.0),
            Piece::Text(Paragraph::new(vec![Span::data(label, LABEL)])),
            Piece::Space(3.0),
            Piece::Frame { height: 62.0, colour: Colour::HAIRLINE },
        ]
    };
    Block::Beside(Beside {
        columns: vec![Column { width: Width::Share(1.0), align: Align::Start }; labels.len().max(1)],
        cells: labels.iter().map(frame).collect(),
        gap: 18.0,
        direction: None,
        keep_with_next: false,
    })
}

impl ReportTable {
    fn push(&self, blocks: &mut Vec<Block>) {
        if self.rows.is_empty() {
            let text = if self.empty.trim().is_empty() { "—" } else { self.empty.as_str() };
            blocks.push(Block::Paragraph(Paragraph::new(vec![Span::data(text, BODY.coloured(Colour::SOFT))])));
            return;
        }
        let label = Style::sized(7.5).medium().coloured(Colour::SOFT).leaded(1.3);
        let row = |cells: &Vec<Cell>| Row {
            cells: cells.iter().map(|cell| vec![Paragraph::new(vec![cell.span(SMALL)])]).collect(),
            ..Row::default()
        };
        let column = |(_, share): &(String, f32)| Column { width: Width::Share(share.max(0.1)), align: Align::Start };
        blocks.push(Block::Table(Table {
            columns: self.columns.iter().map(column).collect(),
            header: self.columns.iter().map(|(title, _)| Paragraph::new(vec![Span::words(title, label)])).collect(),
            rows: self.rows.iter().map(row).collect(),
            padding: 3.5,
            gap: 9.0,
            inset: 4.0,
            rule: Some(Colour::HAIRLINE),
            header_rule: Some(Colour::ACCENT),
            direction: None,
        }));
    }
}

#[cfg(test)]
mod tests;
