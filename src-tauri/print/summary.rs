//! A patient's record on one page, for a colleague or the emergency service.
//!
//! Nothing is left out to make it fit: letters get smaller first, and if that is not enough there is a second page,
//! which the first one announces. Deliberately not here: what belongs into a summary.

use chrono::{DateTime, Utc};

use super::PrintError;
use super::letterhead::{Letterhead, Patient};
use super::page::{Band, Block, Column, Document, FOOT, Paper, Pdf, Row, Slot, Table, Width};
use super::text::{Align, Colour, Paragraph, Span, Style};
use super::words::Language;

/// What stands on the page. Not `Debug`: persons' data.
#[derive(Clone)]
pub struct Summary {
    /// The practice and the practitioner.
    pub head: Letterhead,
    /// Whom it is about.
    pub patient: Patient,
    /// The sections, the most urgent first.
    pub sections: Vec<SummarySection>,
    /// Moment of printing, in words.
    pub printed_at: String,
    /// Language of the wording.
    pub language: Language,
    /// Moment of printing, for the file's own date.
    pub created_at: DateTime<Utc>,
}

/// A section, such as allergies or current treatments.
#[derive(Clone)]
pub struct SummarySection {
    /// Its heading.
    pub title: String,
    /// A line each.
    pub items: Vec<String>,
    /// Whether it is to be seen first: allergies, alerts.
    pub urgent: bool,
}

/// Sizes of the letters, tried in turn.
const SIZES: [f32; 3] = [9.5, 8.5, 7.5];
/// Items of a section that are kept on one page.
const TOGETHER: usize = 8;

impl Summary {
    /// The summary as a PDF, A4 upright.
    ///
    /// # Errors
    /// [`PrintError::NothingToPrint`] without a section.
    pub fn to_pdf(&self) -> Result<Pdf, PrintError> {
        self.document()?.to_pdf()
    }

    /// The summary as a document.
    ///
    /// # Errors
    /// [`PrintError::NothingToPrint`] without a section; [`PrintError::PageTooSmall`] if the head leaves no room.
    pub fn document(&self) -> Result<Document, PrintError> {
        if self.sections.iter().all(|section| section.items.is_empty()) {
            return Err(PrintError::NothingToPrint);
        }
        for size in SIZES {
            let document = self.at(size, None);
            if document.pages()? == 1 {
                return Ok(document);
            }
        }
        // The notice takes room of its own: the number it names is that of the document with it.
        let size = SIZES[1];
        let pages = self.at(size, Some(2)).pages()?;
        Ok(self.at(size, Some(pages)))
    }

    fn at(&self, size: f32, pages: Option<usize>) -> Document {
        let words = self.language.paper();
        let title = format!("{} · {}", words.summary, self.patient.name);
        let mut document = Document::new(title, self.head.author(self.language), self.created_at, self.language);
        document.paper = Paper::a4().with_margins(30.0, 26.0, 38.0, 38.0);
        document.header = Some(Band {
            start: Slot::Text(vec![Span::data(&self.patient.name, Style::sized(8.5).medium())]),
            centre: Slot::Empty,
            end: Slot::Text(vec![Span::words(words.summary, Style::sized(8.5).coloured(Colour::SOFT))]),
            from_page: 2,
            rule: None,
            gap: 8.0,
        });
        document.footer = Some(Band::foot(
            vec![Span::words(format!("{} ", self.language.words().printed), FOOT), Span::data(&self.printed_at, FOOT)],
            Some(Colour::HAIRLINE),
            10.0,
        ));
        let heading = Paragraph::new(vec![Span::words(words.summary, Style::sized(14.0).semi_bold().leaded(1.25))]);
        document.blocks = self.head.blocks(self.language, true);
        document.blocks.extend([Block::Space(6.0), Block::Paragraph(heading), Block::Space(4.0)]);
        if let Some(pages) = pages {
            let style = Style::sized(9.5).semi_bold().coloured(Colour::WARNING);
            let notice = Paragraph::new(vec![Span::words(self.language.more_pages(pages), style)]);
            document.blocks.extend([Block::Paragraph(notice), Block::Space(4.0)]);
        }
        document.blocks.extend([self.patient.block(self.language), Block::Space(6.0), self.sections(size)]);
        document
    }

    fn sections(&self, size: f32) -> Block {
        let label = Style::sized(size).medium().coloured(Colour::ACCENT).leaded(1.3);
        let body = Style::sized(size).leaded(1.3);
        let mut rows = Vec::new();
        for section in self.sections.iter().filter(|section| !section.items.is_empty()) {
            let (label, body) = if section.urgent {
                (label.semi_bold().coloured(Colour::WARNING), body.medium())
            } else {
                (label, body)
            };
            for items in section.items.chunks(TOGETHER) {
                rows.push(Row {
                    cells: vec![
                        vec![Paragraph::new(vec![Span::data(&section.title, label)])],
                        items.iter().map(|item| Paragraph::new(vec![Span::data(item, body)])).collect(),
                    ],
                    tint: section.urgent.then_some(Colour::WARNING_TINT),
                    ..Row::default()
                });
            }
        }
        Block::Table(Table {
            columns: vec![
                Column { width: Width::Fixed(118.0), align: Align::Start },
                Column { width: Width::Share(1.0), align: Align::Start },
            ],
            header: Vec::new(),
            rows,
            padding: size * 0.35,
            gap: 10.0,
            inset: 6.0,
            rule: Some(Colour::HAIRLINE),
            header_rule: None,
            direction: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::poppler;
    use super::super::samples::{self, Head};
    use super::*;

    fn summary(language: Language, items: usize) -> Summary {
        let section = |title: &str, from: usize, count: usize, urgent: bool| SummarySection {
            title: title.to_owned(),
            items: (from..from + count).map(|n| format!("fait{n} depuis 2019, suivi régulier")).collect(),
            urgent,
        };
        Summary {
            head: samples::head(Head::Latin),
            patient: samples::patient(language),
            sections: vec![
                section("Allergies", 0, 2, true),
                section("Antécédents", 2, items / 2, false),
                section("Traitements en cours", 2 + items / 2, items - items / 2, false),
            ],
            printed_at: "24/11/2026".to_owned(),
            language,
            created_at: samples::moment(),
        }
    }

    fn facts(text: &str) -> Vec<usize> {
        text.match_indices("fait")
            .filter_map(|(at, _)| {
                text[at + 4..].chars().take_while(char::is_ascii_digit).collect::<String>().parse().ok()
            })
            .collect()
    }

    #[test]
    fn an_ordinary_record_fits_on_one_page_and_a_long_one_says_that_it_goes_on() {
        for language in Language::ALL {
            for items in [5, 25, 45, 60, 120, 400] {
                let pdf = summary(language, items).to_pdf().expect("printed");
                let pages = poppler::pages(&pdf);
                let mut read = facts(&pages.concat());
                read.sort_unstable();
                assert_eq!(read, (0..items + 2).collect::<Vec<_>>(), "{items} items in {language:?}");
                assert!(items > 45 || pages.len() == 1, "{items} items on {} pages", pages.len());
                // Poppler moves spaces and signs beside figures inside Arabic: word by word.
                let notice = language.more_pages(pages.len());
                let letters = |word: &&str| word.chars().count() > 3;
                let said = notice.split([' ', '\u{a0}', '،', '.']).filter(letters).all(|word| pages[0].contains(word));
                assert_eq!(said, pages.len() > 1, "{items} items in {language:?}");
            }
        }
    }

    #[test]
    fn an_empty_record_has_no_summary() {
        let empty = Summary { sections: Vec::new(), ..summary(Language::French, 1) };
        assert!(matches!(empty.to_pdf(), Err(PrintError::NothingToPrint)));
    }
}
