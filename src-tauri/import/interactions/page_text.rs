//! The text of a PDF's pages, string by string, with the place where each begins. Only what the published thesaurus needs: strings
//! shown by the page itself, in fonts that say what their bytes mean.
//!
//! Deliberately not here: widths (each string of the thesaurus is a whole line of a cell), forms and annotations, and what a
//! place means.

use std::collections::BTreeMap;

use lopdf::content::{Content, Operation};
use lopdf::{Document, Encoding, LoadOptions, Object};

/// The most that one compressed part may hold.
const PART_BYTES: usize = 50_000_000;
/// More pages than any thesaurus has.
const PAGES: usize = 2_000;

/// A string on a page: where it begins, counted from the bottom left corner in points.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// From the left.
    pub x: f32,
    /// From the bottom.
    pub y: f32,
    /// What it says.
    pub text: String,
}

/// The strings of each page, in the order in which they are drawn; none where it is no PDF that can be read.
pub fn pages(bytes: &[u8]) -> Option<Vec<Vec<Shown>>> {
    let options = LoadOptions { max_decompressed_size: Some(PART_BYTES), ..LoadOptions::default() };
    let file = Document::load_mem_with_options(bytes, options).ok()?;
    let pages = file.get_pages();
    if pages.is_empty() || pages.len() > PAGES {
        return None;
    }
    pages.into_values().map(|page| shown(&file, page)).collect()
}

fn shown(file: &Document, page: lopdf::ObjectId) -> Option<Vec<Shown>> {
    let fonts: BTreeMap<Vec<u8>, Encoding<'_>> = file
        .get_page_fonts(page)
        .ok()?
        .into_iter()
        .filter_map(|(name, font)| Some((name, font.get_font_encoding_with_limit(file, PART_BYTES).ok()?)))
        .collect();
    let bytes = file.get_page_content_with_limit(page, PART_BYTES).ok()?;
    let mut pen = Pen::default();
    for operation in &Content::decode(&bytes).ok()?.operations {
        pen.does(operation, &fonts);
    }
    Some(pen.shown)
}

/// Two axes and a place.
type Matrix = [f32; 6];

const HERE: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// `a`, then `b`.
fn then(a: Matrix, b: Matrix) -> Matrix {
    [
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    ]
}

struct Pen {
    page: Matrix,
    kept: Vec<Matrix>,
    line: Matrix,
    leading: f32,
    font: Vec<u8>,
    shown: Vec<Shown>,
    /// Whether the next string begins a place, or goes on.
    moved: bool,
}

impl Default for Pen {
    fn default() -> Self {
        let (kept, font, shown) = (Vec::new(), Vec::new(), Vec::new());
        Self { page: HERE, kept, line: HERE, leading: 0.0, font, shown, moved: true }
    }
}

impl Pen {
    fn does(&mut self, operation: &Operation, fonts: &BTreeMap<Vec<u8>, Encoding<'_>>) {
        let given = &operation.operands;
        let number = |at: usize| given.get(at).and_then(|one| one.as_float().ok()).unwrap_or(0.0);
        let matrix = || [0, 1, 2, 3, 4, 5].map(number);
        match operation.operator.as_str() {
            "q" => self.kept.push(self.page),
            "Q" => self.page = self.kept.pop().unwrap_or(HERE),
            "cm" => self.page = then(matrix(), self.page),
            "BT" => self.line = HERE,
            "Tm" => self.goes(matrix()),
            "Td" => self.goes(then([1.0, 0.0, 0.0, 1.0, number(0), number(1)], self.line)),
            "TD" => {
                self.leading = -number(1);
                self.goes(then([1.0, 0.0, 0.0, 1.0, number(0), number(1)], self.line));
            }
            "TL" => self.leading = number(0),
            "T*" => self.next(),
            "Tf" => self.font = given.first().and_then(|one| one.as_name().ok()).unwrap_or_default().to_vec(),
            "Tj" => self.show(given.first(), fonts),
            "'" | "\"" => {
                self.next();
                self.show(given.last(), fonts);
            }
            "TJ" => {
                for part in given.first().and_then(|one| one.as_array().ok()).into_iter().flatten() {
                    self.show(Some(part), fonts);
                }
            }
            _ => {}
        }
    }

    fn goes(&mut self, line: Matrix) {
        (self.line, self.moved) = (line, true);
    }

    fn next(&mut self) {
        self.goes(then([1.0, 0.0, 0.0, 1.0, 0.0, -self.leading], self.line));
    }

    fn show(&mut self, string: Option<&Object>, fonts: &BTreeMap<Vec<u8>, Encoding<'_>>) {
        let Some((bytes, encoding)) = string.and_then(|one| one.as_str().ok()).zip(fonts.get(&self.font)) else {
            return;
        };
        let text = Document::decode_text(encoding, bytes).unwrap_or_default();
        match self.shown.last_mut() {
            Some(last) if !self.moved => last.text.push_str(&text),
            _ => {
                let place = then(self.line, self.page);
                self.shown.push(Shown { x: place[4], y: place[5], text });
            }
        }
        self.moved = false;
    }
}
