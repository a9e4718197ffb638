//! Setting text: from characters to placed glyphs.
//!
//! A paragraph becomes one logical string with direction isolates around its data (`prepare`), whose embedding
//! levels give visual runs; each run is split by style and by the font that can show it, and shaped (`shape`);
//! lines are broken where the width ends (`wrap`). Every glyph keeps the characters it stands for, so that text
//! can be searched and copied out of the PDF in logical order.
//!
//! Deliberately not here: hyphenation, justification, vertical text. Line breaks follow spaces and hyphens, which
//! is what French, Arabic and English want; not the whole of UAX #14.

pub mod fonts;
mod prepare;
mod shape;
pub mod style;
#[cfg(test)]
mod tests;
mod wrap;

pub use fonts::Face;
pub use shape::{Glyph, Line, Run, Typesetter};
pub use style::{Align, Colour, Direction, Family, Paragraph, Span, Style, Weight};
