//! A prescription on the practice's own paper, A4 or A5.
//!
//! Everything arrives in words: dosages, posology sentences, quantities, dates. What may be prescribed, and whether
//! quantities need letters, was decided before; here it is only laid out, so that no line is parted from its
//! posology, none is lost at a page break, and the signature stands right under the last one. Deliberately not here:
//! rules, and any national number or QR code of an electronic prescription: only the health insurance gives those out.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::PrintError;
use super::letterhead::{self, Letterhead, Patient};
use super::page::{
    Band, Beside, Block, Column, Document, FOOT, Panel, Paper, Pdf, Picture, Piece, Row, Table, Under, Width,
};
use super::text::{Align, Colour, Direction, Paragraph, Span, Style};
use super::words::Language;

/// What stands on the paper. Not `Debug`: persons' data.
#[derive(Clone)]
pub struct Prescription {
    /// The practice and the prescriber.
    pub head: Letterhead,
    /// Whom it is for.
    pub patient: Patient,
    /// What is prescribed.
    pub kind: Kind,
    /// Town in which it is signed.
    pub place: String,
    /// Date on which it is signed, in words.
    pub date: String,
    /// The content.
    pub content: Content,
    /// Free text under the lines.
    pub note: String,
    /// Image of the signature.
    pub signature: Option<Arc<Picture>>,
    /// Whether there is to be room for a stamp.
    pub stamp: bool,
    /// Whether what is left of the page is struck through.
    pub strike_rest: bool,
    /// Whether it was printed before.
    pub duplicate: bool,
    /// Sheet.
    pub sheet: Sheet,
    /// Language of the wording.
    pub language: Language,
    /// Moment of signing, for the file's own date.
    pub created_at: DateTime<Utc>,
}

/// What is prescribed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Medicines and devices.
    Medicines,
    /// Physiotherapy.
    Physiotherapy,
    /// Nursing.
    Nursing,
    /// Laboratory.
    Laboratory,
    /// Imaging.
    Imaging,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Kind; 5] = [Kind::Medicines, Kind::Physiotherapy, Kind::Nursing, Kind::Laboratory, Kind::Imaging];

    /// Its title.
    pub fn title(self, language: Language) -> &'static str {
        let words = language.paper();
        match self {
            Kind::Medicines => words.medicines,
            Kind::Physiotherapy => words.physiotherapy,
            Kind::Nursing => words.nursing,
            Kind::Laboratory => words.laboratory,
            Kind::Imaging => words.imaging,
        }
    }
}

/// Size of the paper, upright.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sheet {
    /// 210 × 297 mm.
    A4,
    /// 148 × 210 mm.
    A5,
}

/// The lines, as they are parted.
#[derive(Clone)]
pub enum Content {
    /// One list.
    Plain(Vec<Line>),
    /// The two zones of a patient with a long-term condition.
    TwoZones {
        /// At 100 %: the upper zone.
        covered: Vec<Line>,
        /// The rest.
        other: Vec<Line>,
    },
    /// Lists under headings.
    Sections(Vec<Section>),
}

/// Lines under a heading.
#[derive(Clone)]
pub struct Section {
    /// The heading.
    pub title: String,
    /// The lines.
    pub lines: Vec<Line>,
}

/// One line. Empty texts leave no gap.
#[derive(Clone, Default)]
pub struct Line {
    /// International name of the substance; the act or examination on other papers.
    pub inn: String,
    /// Strength.
    pub dosage: String,
    /// Form and route.
    pub form: String,
    /// Brand.
    pub brand: String,
    /// How it is taken, as one sentence.
    pub posology: String,
    /// The same in the patient's other language.
    pub translation: String,
    /// Quantities in full letters.
    pub letters: String,
    /// Duration or number of packs.
    pub amount: String,
    /// How often it may be dispensed again; `None` where nothing is said.
    pub renewals: Option<u32>,
    /// Ground for which it may not be replaced: `MTE`, `EFG`, `CIF`.
    pub not_substitutable: Option<String>,
    /// Further remarks: fractions, the start of the treatment.
    pub notes: Vec<String>,
}

impl Prescription {
    /// The prescription as a PDF for a printer.
    ///
    /// # Errors
    /// [`PrintError::NothingToPrint`] without a line; [`PrintError::PageTooSmall`] if the head leaves no room.
    pub fn to_pdf(&self) -> Result<Pdf, PrintError> {
        self.document()?.to_pdf()
    }

    /// The prescription as PDF/A-2b: the original that is archived.
    ///
    /// # Errors
    /// As for [`Prescription::to_pdf`].
    pub fn to_archive(&self) -> Result<Pdf, PrintError> {
        self.document()?.to_archive()
    }

    /// The prescription as a document.
    ///
    /// # Errors
    /// [`PrintError::NothingToPrint`] without a line.
    pub fn document(&self) -> Result<Document, PrintError> {
        let count = self.content.count();
        if count == 0 {
            return Err(PrintError::NothingToPrint);
        }
        let language = self.language;
        let title = format!("{} · {} · {}", self.kind.title(language), self.patient.name, self.date);
        let mut document = Document::new(title, self.head.author(self.language), self.created_at, language);
        document.paper = match self.sheet {
            Sheet::A4 => Paper::a4().with_margins(34.0, 28.0, 42.0, 42.0),
            Sheet::A5 => Paper::a5().with_margins(24.0, 22.0, 28.0, 28.0),
        };
        document.running = self.running();
        document.footer = Some(self.footer(count));
        document.blocks = self.body();
        Ok(document)
    }

    /// What every page begins with.
    fn running(&self) -> Vec<Block> {
        let mut blocks = self.head.blocks(self.language, self.sheet == Sheet::A5);
        blocks.push(Block::Space(8.0));
        let size = match (self.sheet, self.kind) {
            (Sheet::A4, Kind::Medicines) => 15.0,
            (Sheet::A4, _) => 13.5,
            (Sheet::A5, Kind::Medicines) => 13.0,
            (Sheet::A5, _) => 11.0,
        };
        let style = Style::sized(size).semi_bold().leaded(1.25);
        let mut title = vec![Span::words(self.kind.title(self.language), style)];
        if self.duplicate {
            let mark = Style::sized(9.0).semi_bold().coloured(Colour::WARNING);
            title.extend([Span::words("   ", mark), Span::words(self.language.paper().duplicate, mark)]);
        }
        let date = self.language.signed_at(&self.place, &self.date);
        blocks.push(Block::Beside(Beside {
            columns: vec![
                Column { width: Width::Share(if self.sheet == Sheet::A4 { 1.9 } else { 1.4 }), align: Align::Start },
                Column { width: Width::Share(1.0), align: Align::End },
            ],
            cells: vec![
                vec![Piece::Text(Paragraph::new(title))],
                vec![Piece::Space(3.5), Piece::Text(Paragraph::new(vec![Span::words(date, Style::sized(9.5))]))],
            ],
            gap: 10.0,
            direction: None,
            keep_with_next: true,
        }));
        blocks.extend([Block::Space(5.0), self.patient.block(self.language), Block::Space(9.0)]);
        blocks
    }

    fn footer(&self, count: usize) -> Band {
        let mut start = vec![Span::words(self.language.prescribed(count), FOOT)];
        if self.duplicate {
            let mark = FOOT.semi_bold().coloured(Colour::WARNING);
            start.extend([Span::words(" · ", FOOT), Span::words(self.language.paper().duplicate, mark)]);
        }
        if !self.head.foot.trim().is_empty() {
            start.extend([Span::words("\n", FOOT), Span::data(&self.head.foot, FOOT)]);
        }
        Band::foot(start, Some(Colour::HAIRLINE), 12.0)
    }

    /// The lines and the signature.
    pub(super) fn body(&self) -> Vec<Block> {
        let words = self.language.paper();
        let zone = |title: &str, more: &str| {
            let style = Style::sized(8.5).medium().leaded(1.3);
            let mut spans = vec![Span::words(title, style)];
            if !more.is_empty() {
                spans.extend([Span::words("\n", style), Span::words(format!("({more})"), style.semi_bold())]);
            }
            Paragraph::new(spans)
        };
        let mut blocks = Vec::new();
        let mut number = 0;
        match &self.content {
            Content::Plain(lines) => blocks.push(self.lines(lines, &mut number, true)),
            Content::TwoZones { covered, other } => {
                let title = zone(words.covered, words.covered_more);
                blocks.push(self.zone(title, covered, &mut number, other.is_empty()));
                blocks.push(Block::Space(12.0));
                let title = zone(words.uncovered, words.uncovered_more);
                blocks.push(self.zone(title, other, &mut number, true));
            }
            Content::Sections(sections) => {
                for (index, section) in sections.iter().enumerate().filter(|(_, section)| !section.lines.is_empty()) {
                    let last = sections[index + 1..].iter().all(|section| section.lines.is_empty());
                    let style = Style::sized(10.0).semi_bold().coloured(Colour::ACCENT);
                    let title = Paragraph::new(vec![Span::data(&section.title, style)]);
                    blocks.push(Block::Under(Under {
                        head: vec![Block::Paragraph(title), Block::Space(2.0)],
                        body: vec![self.lines(&section.lines, &mut number, last)],
                    }));
                    blocks.push(Block::Space(if last { 0.0 } else { 8.0 }));
                }
            }
        }
        blocks.push(self.signature());
        if self.strike_rest {
            blocks.push(Block::Strike(Colour::FAINT));
        }
        blocks
    }

    /// A zone of the two-zone paper: its heading in a frame on every page that has lines of it.
    fn zone(&self, title: Paragraph, lines: &[Line], number: &mut usize, last: bool) -> Block {
        let panel = Panel {
            paragraphs: vec![title.aligned(Align::Centre)],
            fill: Some(Colour::PAPER),
            frame: Some(Colour::SOFT),
            padding: 5.0,
            radius: 3.0,
        };
        let body = if lines.is_empty() {
            let none = Span::words(self.language.paper().none, Style::sized(9.5).coloured(Colour::SOFT));
            Block::Beside(Beside {
                columns: vec![Column { width: Width::Share(1.0), align: Align::Centre }],
                cells: vec![vec![Piece::Space(4.0), Piece::Text(Paragraph::new(vec![none])), Piece::Space(4.0)]],
                gap: 0.0,
                direction: None,
                keep_with_next: true,
            })
        } else {
            self.lines(lines, number, last)
        };
        Block::Under(Under { head: vec![Block::Panel(panel), Block::Space(3.0)], body: vec![body] })
    }

    fn lines(&self, lines: &[Line], number: &mut usize, last: bool) -> Block {
        let count = lines.len();
        let rows = lines.iter().enumerate().map(|(index, line)| {
            *number += 1;
            // The signature stands under a line, never alone on a page.
            Row {
                cells: vec![
                    vec![Paragraph::new(vec![Span::code(
                        format!("{number}."),
                        Style::sized(10.0).medium().coloured(Colour::ACCENT).leaded(1.35),
                    )])],
                    line.paragraphs(self.language),
                ],
                keep_with_next: last && index + 1 == count,
                ..Row::default()
            }
        });
        Block::Table(Table {
            columns: vec![
                Column { width: Width::Fixed(20.0), align: Align::Start },
                Column { width: Width::Share(1.0), align: Align::Start },
            ],
            header: Vec::new(),
            rows: rows.collect(),
            padding: 4.5,
            gap: 6.0,
            inset: 0.0,
            rule: Some(Colour::HAIRLINE),
            header_rule: None,
            direction: None,
        })
    }

    fn signature(&self) -> Block {
        let words = self.language.paper();
        let label = if self.stamp { words.signature_and_stamp } else { words.signature };
        letterhead::signature(label, &self.head.author(self.language), self.signature.as_ref(), &self.note)
    }
}

impl Content {
    /// Number of lines.
    pub fn count(&self) -> usize {
        match self {
            Content::Plain(lines) => lines.len(),
            Content::TwoZones { covered, other } => covered.len() + other.len(),
            Content::Sections(sections) => sections.iter().map(|section| section.lines.len()).sum(),
        }
    }
}

impl Line {
    /// What is taken, how, how much: a paragraph each.
    pub(super) fn paragraphs(&self, language: Language) -> Vec<Paragraph> {
        let words = language.paper();
        let body = Style::sized(10.0).leaded(1.35);
        let soft = Style::sized(9.0).coloured(Colour::SOFT).leaded(1.35);
        let given = |text: &str| !text.trim().is_empty();
        // Substance and strength are one piece, so that they read forwards inside Arabic too.
        let what = format!("{} {}", self.inn.trim(), self.dosage.trim());
        let mut name = vec![Span::data(what.trim(), Style::sized(10.5).semi_bold().leaded(1.35))];
        if given(&self.form) {
            name.extend([Span::words(" ", body), Span::data(&self.form, body)]);
        }
        if given(&self.brand) {
            name.extend([Span::words(" (", soft), Span::data(&self.brand, soft), Span::words(")", soft)]);
        }
        let mut paragraphs = vec![Paragraph::new(name)];
        if given(&self.posology) {
            paragraphs.push(Paragraph::new(vec![Span::data(&self.posology, body)]));
        }
        if given(&self.translation) {
            let right_to_left = self.translation.chars().any(|character| matches!(character, '\u{600}'..='\u{6ff}'));
            let direction = if right_to_left { Direction::RightToLeft } else { Direction::LeftToRight };
            paragraphs.push(Paragraph::new(vec![Span::data(&self.translation, body)]).reading(direction));
        }
        if given(&self.letters) {
            paragraphs.push(Paragraph::new(vec![Span::data(&self.letters, body.medium())]));
        }
        let mut facts = Vec::new();
        if given(&self.amount) {
            facts.push(Span::data(&self.amount, body));
        }
        if let Some(times) = self.renewals {
            facts.push(Span::words(language.renewals(times), body));
        }
        if !facts.is_empty() {
            let between = Span::words("  ·  ", soft);
            let facts = facts.into_iter().map(|fact| vec![fact]).collect::<Vec<_>>();
            paragraphs.push(Paragraph::new(facts.join(&between)));
        }
        if let Some(ground) = &self.not_substitutable {
            let style = body.semi_bold();
            let mut spans = vec![Span::words(words.not_substitutable, style)];
            if given(ground) {
                spans.extend([Span::words(" (", style), Span::data(ground, style), Span::words(")", style)]);
            }
            paragraphs.push(Paragraph::new(spans));
        }
        let notes = self.notes.iter().filter(|note| given(note));
        paragraphs.extend(notes.map(|note| Paragraph::new(vec![Span::data(note, soft)])));
        paragraphs
    }
}

#[cfg(test)]
mod tests;
