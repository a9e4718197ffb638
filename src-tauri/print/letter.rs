//! A letter or certificate on the practice's paper: text whose fields are already filled.
//!
//! Deliberately not here: templates and their fields.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::PrintError;
use super::letterhead::{self, Letterhead, Patient};
use super::page::{Band, Beside, Block, Column, Document, FOOT, Paper, Pdf, Picture, Piece, Width};
use super::prescription::Sheet;
use super::text::{Align, Colour, Paragraph, Span, Style};
use super::words::Language;

/// What stands on the paper. Not `Debug`: persons' data.
#[derive(Clone)]
pub struct Letter {
    /// The practice and the writer.
    pub head: Letterhead,
    /// Title of a certificate, subject of a letter; may be empty.
    pub title: String,
    /// To whom, a line each; empty for a certificate.
    pub recipient: Vec<String>,
    /// Whom it is about, where a box is wanted beside the text.
    pub patient: Option<Patient>,
    /// Town in which it is signed.
    pub place: String,
    /// Date on which it is signed, in words.
    pub date: String,
    /// The text; an empty line parts paragraphs.
    pub text: String,
    /// Image of the signature.
    pub signature: Option<Arc<Picture>>,
    /// Whether there is to be room for a stamp.
    pub stamp: bool,
    /// Whether it was printed before.
    pub duplicate: bool,
    /// Sheet.
    pub sheet: Sheet,
    /// Language of the wording.
    pub language: Language,
    /// Moment of signing, for the file's own date.
    pub created_at: DateTime<Utc>,
}

impl Letter {
    /// The letter as a PDF for a printer.
    ///
    /// # Errors
    /// [`PrintError::NothingToPrint`] without text; [`PrintError::PageTooSmall`] if the head leaves no room.
    pub fn to_pdf(&self) -> Result<Pdf, PrintError> {
        self.document()?.to_pdf()
    }

    /// The letter as a document.
    ///
    /// # Errors
    /// [`PrintError::NothingToPrint`] without text.
    pub fn document(&self) -> Result<Document, PrintError> {
        if self.text.trim().is_empty() {
            return Err(PrintError::NothingToPrint);
        }
        let words = self.language.paper();
        let small = self.sheet == Sheet::A5;
        let title = if self.title.trim().is_empty() { self.head.author(self.language) } else { self.title.clone() };
        let mut document = Document::new(title, self.head.author(self.language), self.created_at, self.language);
        document.paper = match self.sheet {
            Sheet::A4 => Paper::a4().with_margins(34.0, 28.0, 54.0, 54.0),
            Sheet::A5 => Paper::a5().with_margins(24.0, 22.0, 30.0, 30.0),
        };
        document.running = self.head.blocks(self.language, small);
        document.running.push(Block::Space(10.0));
        document.footer = Some(self.footer());
        let blocks = &mut document.blocks;
        blocks.push(self.opening());
        blocks.push(Block::Space(14.0));
        if !self.title.trim().is_empty() {
            let mut spans = vec![Span::data(&self.title, Style::sized(if small { 11.5 } else { 13.0 }).semi_bold())];
            if !self.recipient.is_empty() {
                let label = Style::sized(9.5).coloured(Colour::SOFT);
                spans.insert(0, Span::words(format!("{} ", words.subject), label));
            }
            let align = if self.recipient.is_empty() { Align::Centre } else { Align::Start };
            blocks.extend([Block::Paragraph(Paragraph::new(spans).aligned(align).heading()), Block::Space(10.0)]);
        }
        if let Some(patient) = &self.patient {
            blocks.extend([patient.block(self.language), Block::Space(10.0)]);
        }
        let style = Style::sized(if small { 9.5 } else { 10.5 }).leaded(1.5);
        let text = self.text.replace("\r\n", "\n");
        let paragraphs: Vec<&str> = text.split("\n\n").map(str::trim).filter(|part| !part.is_empty()).collect();
        for (index, part) in paragraphs.iter().enumerate() {
            let paragraph = Paragraph::new(vec![Span::data(*part, style)]);
            // The signature stands under words, never alone on a page.
            let last = index + 1 == paragraphs.len();
            blocks.push(Block::Paragraph(if last { paragraph.heading() } else { paragraph }));
            if !last {
                blocks.push(Block::Space(8.0));
            }
        }
        let label = if self.stamp { words.signature_and_stamp } else { words.signature };
        blocks.push(letterhead::signature(label, &self.head.author(self.language), self.signature.as_ref(), ""));
        Ok(document)
    }

    /// To whom, where and when.
    fn opening(&self) -> Block {
        let body = Style::sized(10.0).leaded(1.4);
        let recipient = self.recipient.iter().filter(|line| !line.trim().is_empty());
        let recipient = recipient.map(|line| Piece::Text(Paragraph::new(vec![Span::data(line, body)])));
        let date = Span::words(self.language.signed_at(&self.place, &self.date), Style::sized(9.5));
        let mut right: Vec<Piece> = vec![Piece::Text(Paragraph::new(vec![date]))];
        if !self.recipient.is_empty() {
            right.push(Piece::Space(10.0));
        }
        right.extend(recipient);
        let mut left = Vec::new();
        if self.duplicate {
            let mark = Style::sized(9.0).semi_bold().coloured(Colour::WARNING);
            left.push(Piece::Text(Paragraph::new(vec![Span::words(self.language.paper().duplicate, mark)])));
        }
        Block::Beside(Beside {
            columns: vec![Column { width: Width::Share(1.0), align: Align::Start }; 2],
            cells: vec![left, right],
            gap: 12.0,
            direction: None,
            keep_with_next: true,
        })
    }

    fn footer(&self) -> Band {
        let mut start = Vec::new();
        if self.duplicate {
            start.push(Span::words(format!("{} · ", self.language.paper().duplicate), FOOT.semi_bold()));
        }
        start.push(Span::data(&self.head.foot, FOOT));
        Band::foot(start, Some(Colour::HAIRLINE), 12.0)
    }
}

#[cfg(test)]
mod tests {
    use super::super::poppler;
    use super::super::samples::{self, Head};
    use super::*;

    fn letter(language: Language, text: String) -> Letter {
        Letter {
            head: samples::head(if language == Language::Arabic { Head::Both } else { Head::Latin }),
            title: "Certificat médical".to_owned(),
            recipient: Vec::new(),
            patient: Some(samples::patient(language)),
            place: "Lyon".to_owned(),
            date: "24 novembre 2026".to_owned(),
            text,
            signature: None,
            stamp: true,
            duplicate: false,
            sheet: Sheet::A4,
            language,
            created_at: samples::moment(),
        }
    }

    #[test]
    fn a_long_letter_loses_no_word_and_is_signed_once_at_its_end() {
        for language in Language::ALL {
            for sheet in [Sheet::A4, Sheet::A5] {
                let part = |from: usize| (from..from + 60).map(|n| format!("mot{n}")).collect::<Vec<_>>().join(" ");
                let text = (0..20).map(|index| part(index * 60)).collect::<Vec<_>>().join("\n\n");
                let pdf = Letter { sheet, ..letter(language, text) }.to_pdf().expect("printed");
                let pages = poppler::pages(&pdf);
                assert!(pages.len() > 1);
                let all = pages.concat();
                let read: Vec<usize> =
                    all.split_whitespace().filter_map(|word| word.strip_prefix("mot")?.parse().ok()).collect();
                assert_eq!(read, (0..1200).collect::<Vec<_>>());
                let signed: Vec<bool> = pages.iter().map(|page| page.contains(language.paper().signature)).collect();
                assert!(signed.iter().rev().skip(1).all(|signed| !signed) && signed.last() == Some(&true));
                assert!(pages.last().is_some_and(|page| page.contains("mot1199")));
            }
        }
    }

    #[test]
    fn an_empty_letter_is_not_printed() {
        assert!(matches!(letter(Language::French, " \n".to_owned()).to_pdf(), Err(PrintError::NothingToPrint)));
    }

    #[test]
    fn a_letter_names_whom_it_is_for() {
        let letter = Letter {
            recipient: vec!["Dr Éric Martin".to_owned(), "Cardiologue".to_owned()],
            duplicate: true,
            ..letter(Language::French, "Cher confrère,\n\nJe vous adresse ce patient.".to_owned())
        };
        let text = poppler::text(&letter.to_pdf().expect("printed"));
        for wanted in ["Dr Éric Martin", "Objet", "Certificat médical", "Cher confrère,", "DUPLICATA"] {
            assert!(text.contains(wanted), "{wanted}");
        }
    }
}
