//! Printing onto the pre-printed secure form that narcotics need, and the sheet that finds out where a printer prints.
//!
//! The form is paper that is ordered with the prescriber's identity on it: nothing of it is drawn here, only the
//! patient, the date, the lines and their number are put into its areas. Where those are comes with the form's
//! [`Areas`]; how far a printer is off, with its [`Calibration`].

use chrono::{DateTime, Utc};

use super::PrintError;
use super::page::{Band, Block, Document, KeyValues, Paper, Pdf, Piece, Shift, Slot, Stamp, StampOn, Stroke};
use super::prescription::{Prescription, Sheet};
use super::text::{Align, Colour, Direction, Paragraph, Span, Style};
use super::words::Language;

/// Points in a millimetre.
const MM: f32 = 72.0 / 25.4;

/// A rectangle of the sheet in millimetres from its top left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    /// Left edge.
    pub x: f32,
    /// Top edge.
    pub y: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
}

/// The areas of a form.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Areas {
    /// The patient's identity.
    pub patient: Area,
    /// Place and date.
    pub date: Area,
    /// The lines, and the signature under them.
    pub lines: Area,
    /// The square for the number of products.
    pub number: Area,
}

impl Areas {
    /// Where the areas are on most forms of that size, until they are measured.
    pub fn usual(sheet: Sheet) -> Areas {
        let area = |x, y, width, height| Area { x, y, width, height };
        match sheet {
            Sheet::A4 => Areas {
                patient: area(100.0, 48.0, 95.0, 20.0),
                date: area(100.0, 38.0, 95.0, 8.0),
                lines: area(20.0, 75.0, 170.0, 185.0),
                number: area(20.0, 268.0, 15.0, 12.0),
            },
            Sheet::A5 => Areas {
                patient: area(66.0, 40.0, 74.0, 18.0),
                date: area(66.0, 31.0, 74.0, 8.0),
                lines: area(12.0, 62.0, 124.0, 116.0),
                number: area(12.0, 186.0, 14.0, 11.0),
            },
        }
    }
}

/// How far a printer is off.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Calibration {
    /// Millimetres to move everything to the right.
    pub right_mm: f32,
    /// Millimetres to move everything down.
    pub down_mm: f32,
    /// Magnification.
    pub scale: f32,
}

impl Default for Calibration {
    fn default() -> Calibration {
        Calibration { right_mm: 0.0, down_mm: 0.0, scale: 1.0 }
    }
}

impl Calibration {
    fn shift(self) -> Shift {
        // What no printer is off by is a slip of the hand: a page pushed off its sheet would be lost.
        let within = |value: f32, least: f32, most: f32| if value.is_finite() { value.clamp(least, most) } else { 0.0 };
        let scale = if self.scale.is_finite() { self.scale.clamp(0.9, 1.1) } else { 1.0 };
        Shift { x: within(self.right_mm, -20.0, 20.0) * MM, y: within(self.down_mm, -20.0, 20.0) * MM, scale }
    }
}

/// A prescription on the secure form. Not `Debug`: persons' data.
#[derive(Clone)]
pub struct SecureForm {
    /// What is prescribed; its head is already on the form, so only its author is used.
    pub prescription: Prescription,
    /// Where the form has its areas.
    pub areas: Areas,
    /// How far the printer is off.
    pub calibration: Calibration,
}

impl SecureForm {
    /// What goes onto the form, as a PDF.
    ///
    /// # Errors
    /// [`PrintError::NothingToPrint`] without a line; [`PrintError::PageTooSmall`] if an area is too small.
    pub fn to_pdf(&self) -> Result<Pdf, PrintError> {
        self.document()?.to_pdf()
    }

    /// The same as a document.
    ///
    /// # Errors
    /// [`PrintError::NothingToPrint`] without a line.
    pub fn document(&self) -> Result<Document, PrintError> {
        let paper = &self.prescription;
        let mut document = paper.document()?;
        let areas = self.areas;
        document.running.clear();
        document.paper = area_as_margins(paper.sheet, areas.lines, paper.language.direction());
        document.footer = Some(Band {
            start: Slot::Empty,
            centre: Slot::Empty,
            end: Slot::PageOf(Style::sized(7.5)),
            from_page: 1,
            rule: None,
            gap: 4.0,
        });
        let mut patient = paper.patient.pieces(paper.language);
        if paper.duplicate {
            let mark = Span::words(paper.language.paper().duplicate, Style::sized(9.0).semi_bold());
            patient.push(Piece::Text(Paragraph::new(vec![mark])));
        }
        let line = |text: String, style: Style| vec![Piece::Text(Paragraph::new(vec![Span::words(text, style)]))];
        let date = paper.language.signed_at(&paper.place, &paper.date);
        document.stamps = vec![
            stamp(areas.patient, patient, Align::Start),
            stamp(areas.date, line(date, Style::sized(9.5)), Align::Start),
            stamp(areas.number, line(paper.content.count().to_string(), Style::sized(14.0).semi_bold()), Align::Centre),
        ];
        document.shift = self.calibration.shift();
        Ok(document)
    }
}

fn stamp(area: Area, pieces: Vec<Piece>, align: Align) -> Stamp {
    Stamp { x: area.x * MM, y: area.y * MM, width: area.width * MM, pieces, on: StampOn::Every, align }
}

fn area_as_margins(sheet: Sheet, area: Area, direction: Direction) -> Paper {
    let whole = match sheet {
        Sheet::A4 => Paper::a4(),
        Sheet::A5 => Paper::a5(),
    };
    let (left, right) = (area.x * MM, whole.width - (area.x + area.width) * MM);
    let (start, end) = if direction == Direction::RightToLeft { (right, left) } else { (left, right) };
    whole.with_margins(area.y * MM, whole.height - (area.y + area.height) * MM, start, end)
}

/// The sheet that finds out where a printer prints.
#[derive(Debug, Clone)]
pub struct CalibrationSheet {
    /// Size of the form.
    pub sheet: Sheet,
    /// Where the form has its areas.
    pub areas: Areas,
    /// What was found out before; the sheet is printed with it, so that it shows whether it is right.
    pub calibration: Calibration,
    /// Language of the instructions.
    pub language: Language,
    /// Moment of printing, for the file's own date.
    pub created_at: DateTime<Utc>,
}

/// Where cross A is from the left and from the top.
const CROSS_MM: f32 = 20.0;

impl CalibrationSheet {
    /// The sheet as a PDF.
    ///
    /// # Errors
    /// [`PrintError::PageTooSmall`] if the areas leave no room for the instructions.
    pub fn to_pdf(&self) -> Result<Pdf, PrintError> {
        self.document().to_pdf()
    }

    /// The sheet as a document.
    pub fn document(&self) -> Document {
        let words = self.language.paper();
        let mut document = Document::new(words.calibration, "Semainier", self.created_at, self.language);
        let inner = Area { x: self.areas.lines.x + 6.0, width: self.areas.lines.width - 12.0, ..self.areas.lines };
        let inner = Area { y: inner.y + 8.0, height: inner.height - 12.0, ..inner };
        document.paper = area_as_margins(self.sheet, inner, self.language.direction());
        document.shift = self.calibration.shift();
        let (title, body) = match self.sheet {
            Sheet::A4 => (Style::sized(14.0).semi_bold(), Style::sized(10.0).leaded(1.45)),
            Sheet::A5 => (Style::sized(11.5).semi_bold(), Style::sized(8.5).leaded(1.4)),
        };
        document.blocks = vec![
            Block::Paragraph(Paragraph::new(vec![Span::words(words.calibration, title)])),
            Block::Space(8.0),
            Block::KeyValues(KeyValues {
                pairs: (1..)
                    .zip(words.calibrating)
                    .map(|(number, step)| (format!("{number}."), vec![Span::words(*step, body)]))
                    .collect(),
                label: body.medium().coloured(Colour::ACCENT),
                gap: 6.0,
            }),
        ];
        self.rulers(&mut document);
        let areas = [self.areas.patient, self.areas.date, self.areas.lines, self.areas.number];
        for (area, name) in areas.into_iter().zip(words.areas) {
            frame(&mut document, area);
            let style = Style::sized(7.0).coloured(Colour::SOFT);
            let name = Piece::Text(Paragraph::new(vec![Span::words(name, style)]));
            document.stamps.push(stamp(
                Area { x: area.x + 1.0, width: area.width - 2.0, ..area },
                vec![name],
                Align::Start,
            ));
        }
        document
    }

    /// Crosses, and rulers in millimetres along the left and the top.
    fn rulers(&self, document: &mut Document) {
        let apart = match self.sheet {
            Sheet::A4 => 150.0,
            Sheet::A5 => 100.0,
        };
        for (x, name) in [(CROSS_MM, "A"), (CROSS_MM + apart, "B")] {
            stroke(document, (x - 5.0, CROSS_MM), (x + 5.0, CROSS_MM), 0.4);
            stroke(document, (x, CROSS_MM - 5.0), (x, CROSS_MM + 5.0), 0.4);
            let style = Style::sized(9.0).semi_bold();
            label(document, (x + 1.5, CROSS_MM - 5.0), name, style);
        }
        label(
            document,
            (CROSS_MM + apart / 2.0 - 12.0, CROSS_MM - 2.0),
            &format!("A – B = {apart} mm"),
            Style::sized(8.0),
        );
        let height = match self.sheet {
            Sheet::A4 => 280,
            Sheet::A5 => 195,
        };
        for (length, down) in [(apart as u16 + 20, false), (height, true)] {
            for mm in 10..=length {
                let long = if mm % 10 == 0 {
                    3.0
                } else if mm % 5 == 0 {
                    2.0
                } else {
                    1.0
                };
                let mm = f32::from(mm);
                let (from, to) = if down { ((8.0, mm), (8.0 + long, mm)) } else { ((mm, 8.0), (mm, 8.0 + long)) };
                stroke(document, from, to, 0.25);
            }
            for mm in (10..=length).step_by(10) {
                let at = f32::from(mm);
                let place = if down { (3.0, at - 1.3) } else { (at - 1.8, 4.5) };
                label(document, place, &mm.to_string(), Style::sized(6.0));
            }
        }
    }
}

fn stroke(document: &mut Document, from: (f32, f32), to: (f32, f32), thickness: f32) {
    let point = |(x, y): (f32, f32)| (x * MM, y * MM);
    document.strokes.push(Stroke { from: point(from), to: point(to), thickness, colour: Colour::INK });
}

fn frame(document: &mut Document, area: Area) {
    let (left, top, right, bottom) = (area.x, area.y, area.x + area.width, area.y + area.height);
    for (from, to) in [
        ((left, top), (right, top)),
        ((right, top), (right, bottom)),
        ((right, bottom), (left, bottom)),
        ((left, bottom), (left, top)),
    ] {
        stroke(document, from, to, 0.5);
    }
}

fn label(document: &mut Document, (x, y): (f32, f32), text: &str, style: Style) {
    let text = Paragraph::new(vec![Span::words(text, style)]).reading(Direction::LeftToRight);
    let area = Area { x, y, width: 40.0, height: 5.0 };
    document.stamps.push(stamp(area, vec![Piece::Text(text)], Align::Start));
}

#[cfg(test)]
mod tests {
    use super::super::samples::{self, Head};
    use super::super::{poppler, prescription::Content};
    use super::*;

    fn form(language: Language, count: usize, calibration: Calibration) -> SecureForm {
        let content = Content::Plain(samples::numbered(count));
        let prescription = samples::prescription(language, Head::Latin, Sheet::A4, content);
        SecureForm { prescription, areas: Areas::usual(Sheet::A4), calibration }
    }

    #[test]
    fn only_what_the_form_does_not_have_is_printed_and_inside_its_areas() {
        for language in Language::ALL {
            let form = form(language, 3, Calibration::default());
            let pdf = form.to_pdf().expect("printed");
            let text = poppler::text(&pdf);
            assert!(!text.contains("10001234567") && !text.contains("+33"), "the form has the head already");
            let name = form.prescription.patient.name.split([' ', '-']);
            assert!(name.chain(["DCI2"]).all(|word| text.contains(word)), "{text}");
            let places = poppler::boxes(&pdf);
            let lines = form.areas.lines;
            for word in ["DCI0", "DCI1", "DCI2", "POS2"] {
                let x = places.get(word).expect("the word is printed") / MM;
                assert!(lines.x <= x && x <= lines.x + lines.width, "{word} at {x} mm in {language:?}");
            }
        }
    }

    #[test]
    fn the_calibration_moves_everything_by_its_millimetres() {
        let at =
            |calibration| poppler::boxes(&form(Language::French, 2, calibration).to_pdf().expect("printed"))["DCI1"];
        let plain = at(Calibration::default());
        let right = at(Calibration { right_mm: 3.0, ..Calibration::default() });
        assert!((right - plain - 3.0 * MM).abs() < 0.05);
        let larger = at(Calibration { scale: 1.02, ..Calibration::default() });
        assert!((larger - plain * 1.02).abs() < 0.05);
        let slip = at(Calibration { right_mm: f32::NAN, down_mm: 4000.0, scale: f32::INFINITY });
        assert!((slip - plain).abs() < 0.05);
    }

    #[test]
    fn many_lines_go_on_over_further_forms() {
        let pages = poppler::pages(&form(Language::French, 40, Calibration::default()).to_pdf().expect("printed"));
        assert!(pages.len() > 2);
        for page in &pages {
            assert!(page.contains("BENJELLOUN") && page.contains("Lyon, le 24 novembre 2026") && page.contains("40"));
        }
        let all = pages.concat();
        assert!((0..40).all(|index| all.contains(&format!("POS{index} "))));
    }

    #[test]
    fn the_calibration_sheet_fits_and_has_its_crosses_where_it_says() {
        for language in Language::ALL {
            for sheet in [Sheet::A4, Sheet::A5] {
                let (areas, calibration) = (Areas::usual(sheet), Calibration::default());
                let made = CalibrationSheet { sheet, areas, calibration, language, created_at: samples::moment() };
                let document = made.document();
                let cross = |x: f32| {
                    document.strokes.iter().any(|stroke| {
                        (stroke.from.0 - x * MM).abs() < 0.01 && stroke.from.1 < 20.0 * MM && stroke.to.1 > 20.0 * MM
                    })
                };
                let pdf = made.to_pdf().expect("printed");
                assert_eq!(pdf.pages, 1, "{sheet:?} in {language:?}");
                assert!(cross(20.0) && cross(if sheet == Sheet::A4 { 170.0 } else { 120.0 }));
                let squeezed: String = poppler::text(&pdf).split_whitespace().collect();
                let title: String = language.paper().calibration.split_whitespace().collect();
                assert!(squeezed.contains(&title) || sheet == Sheet::A5);
            }
        }
    }
}
