//! Tables: rows that stay whole, under a header that every page repeats.

use super::super::PrintError;
use super::super::text::{Align, Colour, Direction, Paragraph, Span};
use super::flow::{Composer, Mark, Stack, Strip, rule};
use super::{Column, KeyValues, Row, Table, Width};

const HAIRLINE: f32 = 0.5;
const HEADER_LINE: f32 = 0.9;
const BAR: f32 = 2.5;
/// Space between labels and values.
const LABEL_GAP: f32 = 14.0;
/// How far a cell's own box reaches into the gap on each side, as a part of the gap.
const CHIP_REACH: f32 = 0.36;
/// Space between the boxes of two rows.
const CHIP_GAP: f32 = 8.0;
const CHIP_RADIUS: f32 = 6.0;

/// Where a column's text stands.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub x: f32,
    pub width: f32,
    pub align: Align,
}

/// The strips of a table. The header is registered with the composer and drawn by the page.
pub(super) fn strips(composer: &mut Composer<'_>, table: &Table, strips: &mut Vec<Strip>) -> Result<(), PrintError> {
    let places = places_of(composer, table)?;
    let direction = table.direction.unwrap_or(composer.direction);
    let mut header = None;
    let mut room = composer.body;
    if !table.header.is_empty() {
        let row = Row { cells: table.header.iter().map(|cell| vec![cell.clone()]).collect(), ..Row::default() };
        let stacks = stacks(composer, &row, &places, direction);
        let line = table.header_rule.map(|colour| (colour, HEADER_LINE));
        let strip = row_strip(stacks, &places, table, &row, Frame { width: composer.width, direction, line });
        room -= strip.height;
        if room < 24.0 {
            return Err(PrintError::PageTooSmall);
        }
        composer.headers.push(strip);
        header = Some(composer.headers.len() - 1);
    }
    let line = table.rule.map(|colour| (colour, HAIRLINE));
    for row in &table.rows {
        let stacks = stacks(composer, row, &places, direction);
        let parts = cut(stacks, room - 2.0 * table.padding - HAIRLINE);
        let last = parts.len() - 1;
        for (index, part) in parts.into_iter().enumerate() {
            let frame = Frame { width: composer.width, direction, line };
            let keep_with_next = row.keep_with_next && index == last;
            strips.push(Strip { header, keep_with_next, ..row_strip(part, &places, table, row, frame) });
        }
    }
    Ok(())
}

fn stacks(composer: &mut Composer<'_>, row: &Row, places: &[Place], direction: Direction) -> Vec<Stack> {
    let cells = row.cells.iter().map(Vec::as_slice).chain(std::iter::repeat(&[][..]));
    places.iter().zip(cells).map(|(place, cell)| Stack::of(composer.typesetter, cell, place.width, direction)).collect()
}

/// Labels and values as a table without lines, the labels' column as wide as its widest label.
pub(super) fn of_pairs(composer: &mut Composer<'_>, pairs: &KeyValues) -> Table {
    let label = |text: &String| Paragraph::new(vec![Span::words(text.clone(), pairs.label)]);
    let mut widest = 0.0_f32;
    for (text, _) in &pairs.pairs {
        widest = widest.max(composer.typesetter.natural_width(&label(text), composer.direction));
    }
    let width = widest.clamp(4.0, composer.width * 0.4);
    let rows = pairs.pairs.iter().map(|(text, value)| Row {
        cells: vec![vec![label(text)], vec![Paragraph::new(value.clone())]],
        ..Row::default()
    });
    Table {
        columns: vec![
            Column { width: Width::Fixed(width), align: Align::Start },
            Column { width: Width::Share(1.0), align: Align::Start },
        ],
        header: Vec::new(),
        rows: rows.collect(),
        padding: pairs.gap / 2.0,
        gap: LABEL_GAP,
        inset: 0.0,
        rule: None,
        header_rule: None,
        direction: None,
    }
}

/// Columns from left to right of the sheet, in the order of the cells.
fn places_of(composer: &Composer<'_>, table: &Table) -> Result<Vec<Place>, PrintError> {
    let direction = table.direction.unwrap_or(composer.direction);
    places(composer.width, &table.columns, table.gap, table.inset, direction)
}

/// Columns of any content from left to right of the sheet, in the order of the cells.
pub(super) fn places(
    whole: f32,
    columns: &[Column],
    gap: f32,
    inset: f32,
    direction: Direction,
) -> Result<Vec<Place>, PrintError> {
    let gaps = gap * columns.len().saturating_sub(1) as f32;
    let inner = whole - 2.0 * inset - gaps;
    let mut fixed = 0.0;
    let mut shares = 0.0;
    for column in columns {
        match column.width {
            Width::Fixed(width) => fixed += width,
            Width::Share(share) => shares += share,
        }
    }
    let free = inner - fixed;
    if free < -0.01 || (shares > 0.0 && free < 1.0) {
        return Err(PrintError::TooWide);
    }
    let mirrored = direction == Direction::RightToLeft;
    let mut places = Vec::new();
    let mut from_start = inset;
    for column in columns {
        let width = match column.width {
            Width::Fixed(width) => width,
            Width::Share(share) => free * share / shares,
        };
        if width < 4.0 {
            return Err(PrintError::TooWide);
        }
        let x = if mirrored { whole - from_start - width } else { from_start };
        places.push(Place { x, width, align: column.align });
        from_start += width + gap;
    }
    Ok(places)
}

/// Cells side by side, cut into parts that fit a page. Mostly one part.
fn cut(stacks: Vec<Stack>, height: f32) -> Vec<Vec<Stack>> {
    let lowest = stacks.iter().map(Stack::first_baseline).fold(0.0, f32::max);
    if stacks.iter().all(|stack| stack.height + lowest - stack.first_baseline() <= height) {
        return vec![stacks];
    }
    let mut columns: Vec<_> = stacks.into_iter().map(|stack| stack.cut(height - lowest).into_iter()).collect();
    let mut parts = Vec::new();
    loop {
        let part: Vec<Option<Stack>> = columns.iter_mut().map(Iterator::next).collect();
        if part.iter().all(Option::is_none) {
            return parts;
        }
        parts.push(part.into_iter().map(Option::unwrap_or_default).collect());
    }
}

/// What a row is drawn in.
struct Frame {
    width: f32,
    direction: Direction,
    /// Colour and thickness of the line under it.
    line: Option<(Colour, f32)>,
}

fn row_strip(stacks: Vec<Stack>, places: &[Place], table: &Table, row: &Row, frame: Frame) -> Strip {
    // First lines of different sizes stand on one baseline.
    let lowest = stacks.iter().map(Stack::first_baseline).fold(0.0, f32::max);
    let tallest = stacks.iter().map(|stack| stack.height + lowest - stack.first_baseline()).fold(0.0, f32::max);
    let line = frame.line.map_or(0.0, |(_, thickness)| thickness);
    let width = frame.width;
    let height = tallest + 2.0 * table.padding + line;
    let mut marks = Vec::new();
    if let Some(colour) = row.tint {
        marks.push(Mark::Fill { x: 0.0, y: 0.0, width, height: height - line, radius: 0.0, colour });
    }
    if let Some(colour) = row.bar {
        let x = if frame.direction == Direction::RightToLeft { width - BAR } else { 0.0 };
        let inside = table.padding.min(3.0);
        let bar = height - line - 2.0 * inside;
        marks.push(Mark::Fill { x, y: inside, width: BAR, height: bar, radius: BAR / 2.0, colour });
    }
    for (stack, place) in stacks.into_iter().zip(places) {
        let y = table.padding + lowest - stack.first_baseline();
        if let Some(colour) = row.chips.filter(|_| stack.height > 0.0) {
            let out = table.gap * CHIP_REACH;
            let (x, width) = (place.x - out, place.width + 2.0 * out);
            let height = height - line - CHIP_GAP;
            marks.push(Mark::Fill { x, y: CHIP_GAP / 2.0, width, height, radius: CHIP_RADIUS, colour });
        }
        marks.extend(stack.marks(place.x, place.width, y, Some(place.align)));
    }
    if let Some((colour, thickness)) = frame.line {
        marks.push(rule(0.0, height - thickness, width, thickness, colour));
    }
    Strip { height, marks, ..Strip::default() }
}
