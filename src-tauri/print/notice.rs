//! The notice that hangs in a waiting room: one page, large letters, read standing.
//!
//! Letters get smaller until everything is on one page; what does not fit even then is refused, since a second sheet would
//! hang unseen. Deliberately not here: what a notice says.

use chrono::{DateTime, Utc};

use super::PrintError;
use super::page::{Band, Beside, Block, Column, Document, FOOT, Panel, Paper, Pdf, Piece, Width};
use super::report::ReportHead;
use super::text::{Align, Colour, Paragraph, Span, Style};
use super::words::Language;

/// What stands on the notice. Nothing of a patient is on it.
#[derive(Clone)]
pub struct Notice {
    /// Whose notice it is.
    pub practice: ReportHead,
    /// Its title.
    pub title: String,
    /// What it is about, in a sentence.
    pub lead: String,
    /// What it says, a heading and its lines each, in reading order.
    pub blocks: Vec<NoticeBlock>,
    /// Whom to ask, and where to complain: a label and its text each.
    pub contacts: Vec<(String, String)>,
    /// At the foot: the law, a version.
    pub foot: String,
    /// Language of the wording.
    pub language: Language,
    /// Moment of printing, for the file's own date.
    pub created_at: DateTime<Utc>,
}

/// A part of the notice.
#[derive(Clone)]
pub struct NoticeBlock {
    /// Its heading.
    pub title: String,
    /// Its lines.
    pub lines: Vec<String>,
    /// Whether the lines are a list: set apart from one another.
    pub listed: bool,
}

/// Parts of the full size that are tried in turn.
const SCALES: [f32; 14] = [1.2, 1.16, 1.12, 1.08, 1.04, 1.0, 0.96, 0.92, 0.88, 0.84, 0.8, 0.76, 0.72, 0.68];

impl Notice {
    /// The notice as a PDF, one page A4 upright.
    ///
    /// # Errors
    /// [`PrintError::NothingToPrint`] without a block; [`PrintError::PageTooSmall`] where it does not fit on a page.
    pub fn to_pdf(&self) -> Result<Pdf, PrintError> {
        self.document()?.to_pdf()
    }

    /// The notice as a document.
    ///
    /// # Errors
    /// As for [`Notice::to_pdf`].
    pub fn document(&self) -> Result<Document, PrintError> {
        if self.blocks.iter().all(|block| block.lines.is_empty()) {
            return Err(PrintError::NothingToPrint);
        }
        for scale in SCALES {
            let document = self.at(scale);
            // Columns that are taller than the page are refused by the layout: smaller letters may do.
            if document.pages().is_ok_and(|pages| pages == 1) {
                return Ok(document);
            }
        }
        Err(PrintError::PageTooSmall)
    }

    fn at(&self, scale: f32) -> Document {
        let sized = |size: f32| Style::sized(size * scale);
        let mut document =
            Document::new(self.title.clone(), self.practice.name.clone(), self.created_at, self.language);
        document.paper = Paper::a4().with_margins(40.0, 28.0, 50.0, 50.0);
        document.footer = Some(Band { end: super::page::Slot::Empty, ..self.foot() });
        let blocks = &mut document.blocks;
        let text = |spans: Vec<Span>| Block::Paragraph(Paragraph::new(spans));
        blocks.push(Block::Rule { thickness: 4.0, colour: Colour::ACCENT });
        blocks.push(Block::Space(12.0 * scale));
        blocks.push(text(vec![Span::data(&self.practice.name, sized(13.0).semi_bold().coloured(Colour::ACCENT))]));
        let quiet = sized(9.5).coloured(Colour::SOFT).leaded(1.35);
        let lines = self.practice.lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty());
        let mut spans = Vec::new();
        for line in lines {
            if !spans.is_empty() {
                spans.push(Span::words("  ·  ", quiet));
            }
            spans.push(Span::code(line, quiet));
        }
        if !spans.is_empty() {
            blocks.push(text(spans));
        }
        blocks.push(Block::Space(22.0 * scale));
        blocks.push(text(vec![Span::data(&self.title, sized(31.0).semi_bold().leaded(1.15))]));
        blocks.push(Block::Space(6.0 * scale));
        blocks.push(text(vec![Span::data(&self.lead, sized(13.0).coloured(Colour::SOFT).leaded(1.4))]));
        blocks.push(Block::Space(20.0 * scale));
        blocks.push(self.columns(scale));
        blocks.push(Block::Space(18.0 * scale));
        blocks.push(self.panel(scale));
        document
    }

    fn foot(&self) -> Band {
        Band::foot(vec![Span::data(&self.foot, FOOT)], Some(Colour::HAIRLINE), 12.0)
    }

    /// Two columns that are about as long as one another, in reading order.
    fn columns(&self, scale: f32) -> Block {
        let weight = |block: &NoticeBlock| {
            let lines: usize = block.lines.iter().map(|line| line.chars().count().div_ceil(38).max(1)).sum();
            lines + 2
        };
        let all: usize = self.blocks.iter().map(weight).sum();
        let mut before = 0;
        let mut split = self.blocks.len();
        for (index, block) in self.blocks.iter().enumerate() {
            let own = weight(block);
            // A block belongs where its middle is.
            if (before * 2 + own) * 2 > all * 2 {
                split = index;
                break;
            }
            before += own;
        }
        let split = split.max(1).min(self.blocks.len());
        let cells = [&self.blocks[..split], &self.blocks[split..]]
            .iter()
            .map(|column| column.iter().flat_map(|block| block.pieces(scale)).collect())
            .collect();
        Block::Beside(Beside {
            columns: vec![Column { width: Width::Share(1.0), align: Align::Start }; 2],
            cells,
            gap: 28.0,
            direction: None,
            keep_with_next: false,
        })
    }

    fn panel(&self, scale: f32) -> Block {
        let label = Style::sized(9.0 * scale).medium().coloured(Colour::ACCENT).leaded(1.35);
        let body = Style::sized(11.0 * scale).leaded(1.4);
        let mut paragraphs = Vec::new();
        for (title, text) in self.contacts.iter().filter(|(_, text)| !text.trim().is_empty()) {
            paragraphs.push(Paragraph::new(vec![Span::words(title, label)]).after(7.0 * scale));
            // A line each: an address in Latin letters keeps its own direction under an Arabic name.
            paragraphs.extend(text.lines().map(|line| Paragraph::new(vec![Span::data(line, body)])));
        }
        Block::Panel(Panel {
            paragraphs,
            fill: Some(Colour::ACCENT_TINT),
            frame: None,
            padding: 14.0 * scale,
            radius: 8.0,
        })
    }
}

impl NoticeBlock {
    fn pieces(&self, scale: f32) -> Vec<Piece> {
        let title = Style::sized(12.0 * scale).semi_bold().coloured(Colour::ACCENT).leaded(1.35);
        let body = Style::sized(10.5 * scale).leaded(if self.listed { 1.28 } else { 1.4 });
        let mut pieces =
            vec![Piece::Text(Paragraph::new(vec![Span::data(&self.title, title)])), Piece::Space(2.0 * scale)];
        let between = if self.listed { 5.0 } else { 1.0 };
        for line in self.lines.iter().filter(|line| !line.trim().is_empty()) {
            pieces.push(Piece::Text(Paragraph::new(vec![Span::data(line, body)])));
            pieces.push(Piece::Space(between * scale));
        }
        pieces.push(Piece::Space(12.0 * scale));
        pieces
    }
}

#[cfg(test)]
mod tests {
    use super::super::poppler;
    use super::super::samples;
    use super::*;

    fn notice(language: Language, blocks: usize, words: usize) -> Notice {
        let block = |n: usize| NoticeBlock {
            title: format!("Titre{n}"),
            lines: vec![(0..words).map(|w| format!("mot{}", n * words + w)).collect::<Vec<_>>().join(" ")],
            listed: n.is_multiple_of(2),
        };
        Notice {
            practice: ReportHead { name: "Cabinet des Tilleuls".to_owned(), lines: vec!["69003 Lyon".to_owned()] },
            title: "Vos données, vos droits".to_owned(),
            lead: "Ce qui est fait de vos données.".to_owned(),
            blocks: (0..blocks).map(block).collect(),
            contacts: vec![
                ("Nous écrire".to_owned(), "+33 4 72 00 00 00".to_owned()),
                ("Vide".to_owned(), String::new()),
            ],
            foot: "RGPD, art. 13".to_owned(),
            language,
            created_at: samples::moment(),
        }
    }

    #[test]
    fn a_notice_is_one_page_with_every_word_of_it_in_every_language() {
        for language in Language::ALL {
            for (blocks, words) in [(1, 3), (6, 20), (8, 45)] {
                let pdf = notice(language, blocks, words).to_pdf().expect("printed");
                assert_eq!(pdf.pages, 1, "{blocks} blocks of {words} words in {language:?}");
                let text = poppler::text(&pdf);
                let mut read: Vec<usize> =
                    text.split_whitespace().filter_map(|word| word.strip_prefix("mot")?.parse().ok()).collect();
                read.sort_unstable();
                assert_eq!(read, (0..blocks * words).collect::<Vec<_>>(), "{language:?}");
                assert!(text.contains("+33 4 72 00 00 00") && text.contains("RGPD") && !text.contains("Vide"));
            }
        }
    }

    #[test]
    fn what_does_not_fit_on_one_page_is_refused_and_not_cut() {
        assert!(matches!(notice(Language::French, 12, 400).to_pdf(), Err(PrintError::PageTooSmall)));
        assert!(matches!(notice(Language::French, 0, 0).to_pdf(), Err(PrintError::NothingToPrint)));
    }
}
