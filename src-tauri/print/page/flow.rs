//! From blocks to pages: blocks become strips that are never cut, strips fill pages.

use std::sync::Arc;

use super::super::PrintError;
use super::super::text::{Align, Colour, Direction, Line, Paragraph, Typesetter};
use super::picture::Picture;
use super::{Block, Document, KeyValues, Panel, StampOn, Under, bands, pieces, table};

/// Something on a page, from its top left corner, in points.
#[derive(Clone)]
pub(super) enum Mark {
    /// A line of text; `x` is its left edge.
    Text { x: f32, baseline: f32, line: Line },
    /// A filled box.
    Fill { x: f32, y: f32, width: f32, height: f32, radius: f32, colour: Colour },
    /// The outline of a box.
    Frame { x: f32, y: f32, width: f32, height: f32, radius: f32, thickness: f32, colour: Colour },
    /// A straight line.
    Line { from: (f32, f32), to: (f32, f32), thickness: f32, colour: Colour },
    /// A picture that fills its box.
    Picture { x: f32, y: f32, width: f32, height: f32, picture: Arc<Picture> },
}

impl Mark {
    pub fn moved(mut self, dx: f32, dy: f32) -> Mark {
        match &mut self {
            Mark::Text { x, baseline: y, .. }
            | Mark::Fill { x, y, .. }
            | Mark::Frame { x, y, .. }
            | Mark::Picture { x, y, .. } => {
                *x += dx;
                *y += dy;
            }
            Mark::Line { from, to, .. } => {
                *from = (from.0 + dx, from.1 + dy);
                *to = (to.0 + dx, to.1 + dy);
            }
        }
        self
    }
}

/// A page of marks.
#[derive(Default)]
pub(super) struct LaidPage {
    pub marks: Vec<Mark>,
}

/// What is never cut: a line, a row, a box, a space. Its marks are relative to its own top left corner.
#[derive(Clone, Default)]
pub(super) struct Strip {
    pub height: f32,
    pub marks: Vec<Mark>,
    /// A page may not end after it.
    pub keep_with_next: bool,
    /// Empty space: left out at the top of a page.
    pub is_space: bool,
    /// What follows begins a page.
    pub ends_page: bool,
    /// A stroke of this colour through the rest of the page.
    pub strikes: Option<Colour>,
    /// Index of the table header that stands above it on every page.
    pub header: Option<usize>,
}

/// Where strips are made: the width they have, the height of the lowest page, and the headers of tables.
pub(super) struct Composer<'a> {
    pub typesetter: &'a mut Typesetter,
    pub direction: Direction,
    pub width: f32,
    /// Height of the body of the page with the least room.
    pub body: f32,
    /// Headers of tables, drawn on every page that has rows of theirs.
    pub headers: Vec<Strip>,
}

/// Lays a document out.
pub(super) fn lay_out(document: &Document, typesetter: &mut Typesetter) -> Result<Vec<LaidPage>, PrintError> {
    let paper = &document.paper;
    let width = paper.text_width();
    let mut on_top =
        Composer { typesetter, direction: document.direction, width, body: paper.height, headers: Vec::new() };
    let mut running = Vec::new();
    for block in &document.running {
        on_top.block(block, &mut running)?;
    }
    let running = on_top.folded(running);
    let room = |typesetter: &mut Typesetter, page: usize| {
        paper.height
            - paper.top
            - paper.bottom
            - running.height
            - bands::height(document, document.header.as_ref(), page, typesetter)
            - bands::height(document, document.footer.as_ref(), page, typesetter)
    };
    // Bands come and go by page number only: the tightest page is the last of the first few that differ.
    let latest = [&document.header, &document.footer].into_iter().flatten().map(|band| band.from_page).max();
    let rooms: Vec<f32> = (1..=latest.unwrap_or(1).max(1)).map(|page| room(typesetter, page)).collect();
    let body = rooms.iter().copied().fold(f32::INFINITY, f32::min);
    if body < 24.0 || width < 24.0 {
        return Err(PrintError::PageTooSmall);
    }
    let mut composer = Composer { typesetter, direction: document.direction, width, body, headers: Vec::new() };
    let mut strips = Vec::new();
    for block in &document.blocks {
        composer.block(block, &mut strips)?;
    }
    let headers = composer.headers;
    let left = match document.direction {
        Direction::LeftToRight => paper.start,
        Direction::RightToLeft => paper.end,
    };
    let tops: Vec<f32> = (1..=rooms.len())
        .map(|page| paper.top + bands::height(document, document.header.as_ref(), page, typesetter) + running.height)
        .collect();
    let mut filler =
        Filler { pages: vec![LaidPage::default()], filled: 0.0, rooms, tops: tops.clone(), left, width, headers };
    filler.fill(strips);
    let mut pages = filler.pages;
    let count = pages.len();
    for (index, page) in pages.iter_mut().enumerate() {
        // On top of the page, and before the rest for whoever reads the file aloud.
        let top = at_or_last(&tops, index) - running.height;
        page.marks.splice(0..0, running.marks.iter().map(|mark| mark.clone().moved(left, top)));
        page.marks.extend(document.strokes.iter().map(|stroke| Mark::Line {
            from: stroke.from,
            to: stroke.to,
            thickness: stroke.thickness,
            colour: stroke.colour,
        }));
        for stamp in &document.stamps {
            if stamp.on == StampOn::Every || index + 1 == count {
                let strip = pieces::column(typesetter, &stamp.pieces, (stamp.width, stamp.align), document.direction);
                page.marks.extend(strip.marks.into_iter().map(|mark| mark.moved(stamp.x, stamp.y)));
            }
        }
        bands::draw(document, index + 1, count, typesetter, page);
    }
    Ok(pages)
}

/// Puts strips on pages.
struct Filler {
    pages: Vec<LaidPage>,
    /// Height in use on the last page.
    filled: f32,
    /// Height and top of the body of each page; the last stands for all that follow.
    rooms: Vec<f32>,
    tops: Vec<f32>,
    left: f32,
    width: f32,
    headers: Vec<Strip>,
}

/// Less room than this at the foot of a page needs no stroke.
const WRITABLE: f32 = 40.0;

impl Filler {
    fn fill(&mut self, strips: Vec<Strip>) {
        let needs = self.needs(&strips);
        let mut goes_on = false;
        let mut page_ended = false;
        let mut table = None;
        // Where the end is struck through, so is what a kept-together line leaves free on an earlier page.
        let strikes = strips.iter().find_map(|strip| strip.strikes);
        for (index, strip) in strips.into_iter().enumerate() {
            if let Some(colour) = strip.strikes {
                self.strike(colour);
                continue;
            }
            if strip.is_space || strip.ends_page {
                page_ended |= strip.ends_page;
                if self.filled > 0.0 {
                    self.filled = (self.filled + strip.height).min(self.room());
                }
                continue;
            }
            let group = group_height(&needs[index..]);
            let need = if !goes_on && group <= self.room() { group } else { needs[index].0 };
            goes_on = strip.keep_with_next;
            if self.filled > 0.0 && (page_ended || self.filled + need > self.room() + 0.01) {
                strikes.into_iter().for_each(|colour| self.strike(colour));
                self.pages.push(LaidPage::default());
                self.filled = 0.0;
            }
            page_ended = false;
            if self.filled == 0.0 || table != strip.header {
                let header = strip.header.and_then(|header| self.headers.get(header)).cloned();
                header.into_iter().for_each(|header| self.put(header));
            }
            table = strip.header;
            self.put(strip);
        }
    }

    /// Height that each strip needs, with the table header it brings along, and whether it keeps the next one.
    fn needs(&self, strips: &[Strip]) -> Vec<(f32, bool)> {
        let mut table = None;
        let mut needs = Vec::with_capacity(strips.len());
        for strip in strips {
            let brings = strip.header.filter(|_| table != strip.header).and_then(|header| self.headers.get(header));
            table = strip.header;
            needs.push((strip.height + brings.map_or(0.0, |header| header.height), strip.keep_with_next));
        }
        needs
    }

    fn put(&mut self, strip: Strip) {
        let top = at_or_last(&self.tops, self.pages.len() - 1) + self.filled;
        self.filled += strip.height;
        let left = self.left;
        if let Some(page) = self.pages.last_mut() {
            page.marks.extend(strip.marks.into_iter().map(|mark| mark.moved(left, top)));
        }
    }

    /// A stroke from corner to corner of what is left of the page.
    fn strike(&mut self, colour: Colour) {
        let top = at_or_last(&self.tops, self.pages.len() - 1);
        let (from, to) = (top + self.filled + 10.0, top + self.room() - 4.0);
        if to - from < WRITABLE {
            return;
        }
        let (left, right) = (self.left, self.left + self.width);
        if let Some(page) = self.pages.last_mut() {
            page.marks.push(Mark::Line { from: (left, to), to: (right, from), thickness: 0.7, colour });
        }
        self.filled = self.room();
    }

    fn room(&self) -> f32 {
        at_or_last(&self.rooms, self.pages.len() - 1)
    }
}

fn at_or_last(values: &[f32], index: usize) -> f32 {
    values.get(index).or(values.last()).copied().unwrap_or(0.0)
}

/// Height of a strip and of all that must stay with it.
fn group_height(needs: &[(f32, bool)]) -> f32 {
    let kept = needs.iter().position(|(_, keep)| !keep).map_or(needs.len(), |last| last + 1);
    needs[..kept].iter().map(|(height, _)| height).sum()
}

impl Composer<'_> {
    pub fn block(&mut self, block: &Block, strips: &mut Vec<Strip>) -> Result<(), PrintError> {
        match block {
            Block::Paragraph(paragraph) => self.paragraph(paragraph, strips),
            Block::Space(height) => strips.push(Strip { height: *height, is_space: true, ..Strip::default() }),
            Block::Rule { thickness, colour } => strips.push(Strip {
                height: *thickness,
                marks: vec![rule(0.0, 0.0, self.width, *thickness, *colour)],
                ..Strip::default()
            }),
            Block::Panel(panel) => self.panel(panel, strips)?,
            Block::KeyValues(pairs) => self.key_values(pairs, strips)?,
            Block::Table(table) => table::strips(self, table, strips)?,
            Block::Beside(beside) => strips.push(pieces::strip(self, beside)?),
            Block::Under(under) => self.under(under, strips)?,
            Block::Strike(colour) => strips.push(Strip { strikes: Some(*colour), ..Strip::default() }),
            Block::PageBreak => strips.push(Strip { ends_page: true, ..Strip::default() }),
        }
        Ok(())
    }

    /// Everything of the body gets the heading as its table header, which pages repeat.
    fn under(&mut self, under: &Under, strips: &mut Vec<Strip>) -> Result<(), PrintError> {
        let mut head = Vec::new();
        for block in &under.head {
            self.block(block, &mut head)?;
        }
        let head = self.folded(head);
        let body = self.body;
        self.body -= head.height;
        if self.body < 24.0 {
            return Err(PrintError::PageTooSmall);
        }
        self.headers.push(head);
        let header = Some(self.headers.len() - 1);
        let first = strips.len();
        for block in &under.body {
            self.block(block, strips)?;
        }
        strips[first..].iter_mut().for_each(|strip| strip.header = strip.header.or(header));
        self.body = body;
        Ok(())
    }

    /// Strips under one another as one that is never cut.
    fn folded(&self, strips: Vec<Strip>) -> Strip {
        let mut whole = Strip::default();
        let mut table = None;
        for strip in strips {
            let brings = strip.header.filter(|_| table != strip.header).and_then(|header| self.headers.get(header));
            table = strip.header;
            for part in brings.cloned().into_iter().chain([strip]) {
                let top = whole.height;
                whole.height += part.height;
                whole.marks.extend(part.marks.into_iter().map(|mark| mark.moved(0.0, top)));
            }
        }
        whole
    }

    fn paragraph(&mut self, paragraph: &Paragraph, strips: &mut Vec<Strip>) {
        let lines = self.typesetter.lines(paragraph, self.width, self.direction);
        let count = lines.len();
        for (index, line) in lines.into_iter().enumerate() {
            // No first or last line alone on a page.
            let alone = count > 1 && (index == 0 || index + 2 == count);
            let height = line.height;
            let mark = text(line, paragraph.align, 0.0, self.width, 0.0);
            let keep_with_next = alone || paragraph.keep_with_next;
            strips.push(Strip { height, marks: vec![mark], keep_with_next, ..Strip::default() });
        }
    }

    fn panel(&mut self, panel: &Panel, strips: &mut Vec<Strip>) -> Result<(), PrintError> {
        let inner = self.width - 2.0 * panel.padding;
        if inner < 24.0 || self.body - 2.0 * panel.padding < 24.0 {
            return Err(PrintError::TooWide);
        }
        let stack = Stack::of(self.typesetter, &panel.paragraphs, inner, self.direction);
        for part in stack.cut(self.body - 2.0 * panel.padding) {
            let (width, height, radius) = (self.width, part.height + 2.0 * panel.padding, panel.radius);
            let mut marks = Vec::new();
            if let Some(colour) = panel.fill {
                marks.push(Mark::Fill { x: 0.0, y: 0.0, width, height, radius, colour });
            }
            if let Some(colour) = panel.frame {
                marks.push(Mark::Frame { x: 0.0, y: 0.0, width, height, radius, thickness: 0.75, colour });
            }
            marks.extend(part.marks(panel.padding, inner, panel.padding, None));
            strips.push(Strip { height, marks, ..Strip::default() });
        }
        Ok(())
    }

    fn key_values(&mut self, pairs: &KeyValues, strips: &mut Vec<Strip>) -> Result<(), PrintError> {
        let table = table::of_pairs(self, pairs);
        table::strips(self, &table, strips)
    }
}

/// Lines under one another, of one cell or box.
#[derive(Default)]
pub(super) struct Stack {
    /// Top of each line, its alignment, and the line.
    lines: Vec<(f32, Align, Line)>,
    pub height: f32,
}

impl Stack {
    /// Wraps paragraphs into a column.
    pub fn of(typesetter: &mut Typesetter, paragraphs: &[Paragraph], width: f32, direction: Direction) -> Stack {
        let mut stack = Stack::default();
        for paragraph in paragraphs {
            if !stack.lines.is_empty() {
                stack.height += paragraph.space_before;
            }
            for line in typesetter.lines(paragraph, width, direction) {
                let top = stack.height;
                stack.height += line.height;
                stack.lines.push((top, paragraph.align, line));
            }
        }
        stack
    }

    /// From its top to the baseline of its first line.
    pub fn first_baseline(&self) -> f32 {
        self.lines.first().map_or(0.0, |(_, _, line)| line.ascent)
    }

    /// Parts that are at most `height` tall; one line at least each.
    pub fn cut(self, height: f32) -> Vec<Stack> {
        if self.height <= height {
            return vec![self];
        }
        let mut parts = vec![Stack::default()];
        let mut origin = 0.0;
        for (top, align, line) in self.lines {
            let bottom = top + line.height;
            if bottom - origin > height && parts.last().is_some_and(|part| !part.lines.is_empty()) {
                parts.push(Stack::default());
                origin = top;
            }
            if let Some(part) = parts.last_mut() {
                part.height = bottom - origin;
                part.lines.push((top - origin, align, line));
            }
        }
        parts
    }

    /// The marks of its lines in a column at `x` and `y`; `align` is for lines that have no wish of their own.
    pub fn marks(self, x: f32, width: f32, y: f32, align: Option<Align>) -> Vec<Mark> {
        let lines = self.lines.into_iter();
        lines
            .map(|(top, own, line)| {
                let align = if own == Align::Start { align.unwrap_or(own) } else { own };
                text(line, align, x, width, y + top)
            })
            .collect()
    }
}

/// A line of text between `x` and `x + width`, its top at `y`.
pub(super) fn text(line: Line, align: Align, x: f32, width: f32, y: f32) -> Mark {
    let free = width - line.width;
    let shift = match (align, line.direction) {
        (Align::Start, Direction::LeftToRight) | (Align::End, Direction::RightToLeft) => 0.0,
        (Align::Centre, _) => free / 2.0,
        (Align::End, Direction::LeftToRight) | (Align::Start, Direction::RightToLeft) => free,
    };
    Mark::Text { x: x + shift, baseline: y + line.ascent, line }
}

/// A horizontal line with its top at `y`.
pub(super) fn rule(x: f32, y: f32, width: f32, thickness: f32, colour: Colour) -> Mark {
    Mark::Fill { x, y, width, height: thickness, radius: 0.0, colour }
}
