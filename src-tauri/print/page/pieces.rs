//! Columns of text, pictures and bar codes that stand side by side.

use super::super::PrintError;
use super::super::text::{Align, Colour, Direction, Typesetter};
use super::flow::{Composer, Mark, Stack, Strip};
use super::{Beside, Piece, table};

/// The strip of columns side by side.
pub(super) fn strip(composer: &mut Composer<'_>, beside: &Beside) -> Result<Strip, PrintError> {
    let direction = beside.direction.unwrap_or(composer.direction);
    let places = table::places(composer.width, &beside.columns, beside.gap, 0.0, direction)?;
    let mut whole = Strip { keep_with_next: beside.keep_with_next, ..Strip::default() };
    for (place, cell) in places.iter().zip(&beside.cells) {
        let part = column(composer.typesetter, cell, (place.width, place.align), direction);
        whole.height = whole.height.max(part.height);
        whole.marks.extend(part.marks.into_iter().map(|mark| mark.moved(place.x, 0.0)));
    }
    if whole.height > composer.body {
        return Err(PrintError::PageTooSmall);
    }
    Ok(whole)
}

/// Pieces under one another.
pub(super) fn column(
    typesetter: &mut Typesetter,
    pieces: &[Piece],
    (width, align): (f32, Align),
    direction: Direction,
) -> Strip {
    let mut whole = Strip::default();
    let left = |own: f32| match (align, direction) {
        (Align::Start, Direction::LeftToRight) | (Align::End, Direction::RightToLeft) => 0.0,
        (Align::Centre, _) => (width - own) / 2.0,
        (Align::End, Direction::LeftToRight) | (Align::Start, Direction::RightToLeft) => width - own,
    };
    for piece in pieces {
        let top = whole.height;
        match piece {
            Piece::Text(paragraph) => {
                let stack = Stack::of(typesetter, std::slice::from_ref(paragraph), width, direction);
                whole.height += stack.height;
                whole.marks.extend(stack.marks(0.0, width, top, Some(align)));
            }
            Piece::Space(height) => whole.height += height,
            Piece::Bars { widths, module, height } => {
                let modules: u32 = widths.iter().copied().map(u32::from).sum();
                let mut x = left(modules as f32 * module);
                for (index, bar) in widths.iter().enumerate() {
                    let width = f32::from(*bar) * module;
                    if index % 2 == 0 {
                        let colour = Colour(0, 0, 0);
                        whole.marks.push(Mark::Fill { x, y: top, width, height: *height, radius: 0.0, colour });
                    }
                    x += width;
                }
                whole.height += height;
            }
            Piece::Picture { picture, width, height } => {
                let (width, height) = picture.fitted(*width, *height);
                let picture = picture.clone();
                whole.marks.push(Mark::Picture { x: left(width), y: top, width, height, picture });
                whole.height += height;
            }
            Piece::Frame { height, colour } => {
                let colour = *colour;
                let frame =
                    Mark::Frame { x: 0.0, y: top, width, height: *height, radius: 4.0, thickness: 0.75, colour };
                whole.marks.push(frame);
                whole.height += height;
            }
        }
    }
    whole
}
