//! The page model: what every printed document is made of, whoever writes the file.
//!
//! A [`Document`] is blocks from top to bottom. `flow` cuts them into pages, `table` lays rows, `bands` the running
//! header and footer, `pdf` writes the file for a printer, `archive` the
//! one that is kept (PDF/A). Start and end are sides of reading, not left and right: a right-to-left
//! document mirrors its columns and alignment by itself. Lengths are points (1/72 inch).
//!
//! Pictures and bar codes stand in [`Beside`]. Deliberately not here: links, forms, columns of running text.

mod archive;
mod bands;
mod embed;
mod flow;
mod pdf;
pub mod picture;
mod pieces;
mod table;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::PrintError;
use super::text::{Align, Colour, Direction, Paragraph, Span, Style, Typesetter};
use super::words::Language;
pub use bands::FOOT;
pub use picture::Picture;

/// A document to print. Not `Debug`: it may hold persons' data or a key.
#[derive(Clone)]
pub struct Document {
    /// Title, as the reader's window shows it.
    pub title: String,
    /// Who made it: the practice.
    pub author: String,
    /// When it was made; the file's only notion of time.
    pub created_at: DateTime<Utc>,
    /// Language of its wording.
    pub language: Language,
    /// The way it reads; the language's own unless changed.
    pub direction: Direction,
    /// Sheet and margins.
    pub paper: Paper,
    /// Running header.
    pub header: Option<Band>,
    /// Running footer.
    pub footer: Option<Band>,
    /// What stands on top of every page, under the running header: a letterhead.
    pub running: Vec<Block>,
    /// The content, from top to bottom.
    pub blocks: Vec<Block>,
    /// What stands at a fixed place of the sheet, whatever flows beside it.
    pub stamps: Vec<Stamp>,
    /// Lines at fixed places of every sheet: rulers, crosses, frames.
    pub strokes: Vec<Stroke>,
    /// Where a printer puts the page, measured on a calibration sheet.
    pub shift: Shift,
}

impl Document {
    /// An empty A4 document.
    pub fn new(
        title: impl Into<String>,
        author: impl Into<String>,
        created_at: DateTime<Utc>,
        language: Language,
    ) -> Document {
        Document {
            title: title.into(),
            author: author.into(),
            created_at,
            language,
            direction: language.direction(),
            paper: Paper::a4(),
            header: None,
            footer: None,
            running: Vec::new(),
            blocks: Vec::new(),
            stamps: Vec::new(),
            strokes: Vec::new(),
            shift: Shift::default(),
        }
    }

    /// Number of pages it takes.
    ///
    /// # Errors
    /// As for [`Document::to_pdf`], without the writer's.
    pub fn pages(&self) -> Result<usize, PrintError> {
        Ok(flow::lay_out(self, &mut Typesetter::new())?.len())
    }

    /// Lays the document out and writes it. The same document gives the same bytes.
    ///
    /// # Errors
    /// [`PrintError::PageTooSmall`], [`PrintError::TooWide`] for a model that cannot be laid out; else a failure of
    /// the writer.
    pub fn to_pdf(&self) -> Result<Pdf, PrintError> {
        let pages = flow::lay_out(self, &mut Typesetter::new())?;
        Ok(Pdf { bytes: pdf::write(self, &pages)?, pages: pages.len() })
    }

    /// The same as PDF/A-2b, for the archive. The same document gives the same bytes.
    ///
    /// # Errors
    /// As for [`Document::to_pdf`]; [`PrintError::Writer`] too if the file would break the standard.
    pub fn to_archive(&self) -> Result<Pdf, PrintError> {
        let pages = flow::lay_out(self, &mut Typesetter::new())?;
        Ok(Pdf { bytes: archive::write(self, &pages)?, pages: pages.len() })
    }
}

/// A finished file. Not `Debug`: it holds what was printed.
#[derive(Clone, PartialEq)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// Number of pages.
    pub pages: usize,
}

/// Sheet and margins.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Paper {
    /// Width in points, as the sheet is turned.
    pub width: f32,
    /// Height in points, as the sheet is turned.
    pub height: f32,
    /// Empty space at the top.
    pub top: f32,
    /// Empty space at the bottom.
    pub bottom: f32,
    /// Empty space where reading begins.
    pub start: f32,
    /// Empty space where reading ends.
    pub end: f32,
}

impl Paper {
    /// 210 × 297 mm, upright.
    pub const fn a4() -> Paper {
        Paper { width: 595.276, height: 841.89, top: 40.0, bottom: 36.0, start: 42.0, end: 42.0 }
    }

    /// 148 × 210 mm, upright.
    pub const fn a5() -> Paper {
        Paper { width: 419.528, height: 595.276, top: 32.0, bottom: 28.0, start: 34.0, end: 34.0 }
    }

    /// The same sheet lying on its long side.
    pub const fn landscape(self) -> Paper {
        Paper { width: self.height, height: self.width, ..self }
    }

    /// The same sheet with other margins.
    pub const fn with_margins(self, top: f32, bottom: f32, start: f32, end: f32) -> Paper {
        Paper { top, bottom, start, end, ..self }
    }

    /// Width between the side margins.
    pub fn text_width(&self) -> f32 {
        self.width - self.start - self.end
    }
}

/// What runs along the top or bottom of every page.
#[derive(Clone)]
pub struct Band {
    /// At the start side.
    pub start: Slot,
    /// In the middle.
    pub centre: Slot,
    /// At the end side.
    pub end: Slot,
    /// First page that has it, counted from 1.
    pub from_page: usize,
    /// Hairline between the band and the body.
    pub rule: Option<Colour>,
    /// Space between the band and the body.
    pub gap: f32,
}

/// A place in a band.
#[derive(Clone)]
pub enum Slot {
    /// Nothing.
    Empty,
    /// Text.
    Text(Vec<Span>),
    /// `Page n of m`, in the document's language.
    PageOf(Style),
}

/// A piece of content.
#[derive(Clone)]
pub enum Block {
    /// Text.
    Paragraph(Paragraph),
    /// Empty space, dropped at the top of a page.
    Space(f32),
    /// A line across the page.
    Rule {
        /// Its thickness.
        thickness: f32,
        /// Its colour.
        colour: Colour,
    },
    /// Text in a box.
    Panel(Panel),
    /// Labels with their values, labels in a column of their own.
    KeyValues(KeyValues),
    /// Rows and columns.
    Table(Table),
    /// Columns of text, pictures and bar codes, never cut.
    Beside(Beside),
    /// Content under a heading that every page of it repeats.
    Under(Under),
    /// A stroke through what is left of the page, so that nobody writes there.
    Strike(Colour),
    /// What follows begins a page.
    PageBreak,
}

/// Columns side by side, tops level; one page has room for all of it or it is refused.
#[derive(Clone)]
pub struct Beside {
    /// The columns, from the start side.
    pub columns: Vec<Column>,
    /// What stands in each, from top to bottom.
    pub cells: Vec<Vec<Piece>>,
    /// Space between two columns.
    pub gap: f32,
    /// Order of the columns, where it differs from the page's.
    pub direction: Option<Direction>,
    /// Whether a page may not end right after it.
    pub keep_with_next: bool,
}

/// A piece of a column.
#[derive(Clone)]
pub enum Piece {
    /// Text.
    Text(Paragraph),
    /// Empty space.
    Space(f32),
    /// A bar code: the widths of its bars and gaps, in modules, from left to right.
    Bars {
        /// Bar, gap, bar, …
        widths: Vec<u8>,
        /// Width of a module in points.
        module: f32,
        /// Height in points.
        height: f32,
    },
    /// A picture, as large as the box allows without being stretched.
    Picture {
        /// The picture.
        picture: Arc<Picture>,
        /// Width of the box.
        width: f32,
        /// Height of the box.
        height: f32,
    },
    /// An empty frame, such as one for a stamp.
    Frame {
        /// Height in points.
        height: f32,
        /// Its colour.
        colour: Colour,
    },
}

/// Content under a heading that every page of it repeats.
#[derive(Clone)]
pub struct Under {
    /// The heading.
    pub head: Vec<Block>,
    /// The content.
    pub body: Vec<Block>,
}

/// Text at a fixed place of every sheet.
#[derive(Clone)]
pub struct Stamp {
    /// Left edge, in points from the sheet's.
    pub x: f32,
    /// Top edge, in points from the sheet's.
    pub y: f32,
    /// Width of its lines.
    pub width: f32,
    /// The pieces, from top to bottom.
    pub pieces: Vec<Piece>,
    /// Which pages have it.
    pub on: StampOn,
    /// Where its lines stand.
    pub align: Align,
}

/// Which pages a stamp is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StampOn {
    /// All.
    Every,
    /// Only the last.
    Last,
}

/// A straight line at a fixed place, in points from the sheet's top left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stroke {
    /// Where it begins.
    pub from: (f32, f32),
    /// Where it ends.
    pub to: (f32, f32),
    /// Its thickness.
    pub thickness: f32,
    /// Its colour.
    pub colour: Colour,
}

/// Where a page lands on the sheet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shift {
    /// To the right, in points.
    pub x: f32,
    /// Down, in points.
    pub y: f32,
    /// Magnification from the sheet's top left corner.
    pub scale: f32,
}

impl Default for Shift {
    fn default() -> Shift {
        Shift { x: 0.0, y: 0.0, scale: 1.0 }
    }
}

/// Text in a box, on one page if it fits on one.
#[derive(Clone)]
pub struct Panel {
    /// The text.
    pub paragraphs: Vec<Paragraph>,
    /// Colour inside.
    pub fill: Option<Colour>,
    /// Colour of its outline.
    pub frame: Option<Colour>,
    /// Space between the outline and the text.
    pub padding: f32,
    /// Radius of its corners.
    pub radius: f32,
}

/// Labels with their values.
#[derive(Clone)]
pub struct KeyValues {
    /// Label and value.
    pub pairs: Vec<(String, Vec<Span>)>,
    /// Look of the labels.
    pub label: Style,
    /// Space between two lines.
    pub gap: f32,
}

/// Rows and columns. The header is repeated on every page; a row is cut only if it is taller than a page.
#[derive(Clone)]
pub struct Table {
    /// The columns, from the start side.
    pub columns: Vec<Column>,
    /// One paragraph a column; empty for a table without header.
    pub header: Vec<Paragraph>,
    /// The rows.
    pub rows: Vec<Row>,
    /// Space above and below the text of a row.
    pub padding: f32,
    /// Space between two columns.
    pub gap: f32,
    /// Space between the table's sides and its text.
    pub inset: f32,
    /// Hairline under each row.
    pub rule: Option<Colour>,
    /// Line under the header.
    pub header_rule: Option<Colour>,
    /// Order of the columns, where it differs from the page's.
    pub direction: Option<Direction>,
}

/// A column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Column {
    /// Its width.
    pub width: Width,
    /// Where its text stands.
    pub align: Align,
}

/// Width of a column, without the gaps beside it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Width {
    /// In points.
    Fixed(f32),
    /// A part of what the fixed columns and the gaps leave.
    Share(f32),
}

/// A row.
#[derive(Clone, Default)]
pub struct Row {
    /// Paragraphs of each column; missing cells are empty.
    pub cells: Vec<Vec<Paragraph>>,
    /// Colour behind the row.
    pub tint: Option<Colour>,
    /// Colour of a bar at the start side.
    pub bar: Option<Colour>,
    /// Colour of a box of its own behind each cell that is not empty.
    pub chips: Option<Colour>,
    /// Whether a page may not end right after it.
    pub keep_with_next: bool,
}
