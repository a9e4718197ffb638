//! The running header and footer.

use super::super::text::{Align, Colour, Direction, Line, Paragraph, Span, Style, Typesetter};
use super::super::words::Language;
use super::flow::{LaidPage, Mark, rule, text};
use super::{Band, Document, Slot};

const LINE: f32 = 0.5;
/// Space between two slots.
const BETWEEN: f32 = 16.0;
/// Stands for a page number while the number of pages is not known yet.
const WIDEST: usize = 888;

/// Text at the foot of a page.
pub const FOOT: Style = Style::sized(7.5).coloured(Colour::FAINT);

impl Band {
    /// The foot of every page: a text, and `page n of m`.
    pub fn foot(start: Vec<Span>, rule: Option<Colour>, gap: f32) -> Self {
        let (start, end) = (Slot::Text(start), Slot::PageOf(FOOT));
        Band { start, centre: Slot::Empty, end, from_page: 1, rule, gap }
    }

    /// The foot of what leaves the agenda on paper: when it was printed, and that it is confidential.
    pub fn confidential_foot(language: Language, printed_at: &str, gap: f32) -> Self {
        let words = language.words();
        let start = vec![
            Span::words(format!("{} ", words.printed), FOOT),
            Span::data(printed_at, FOOT),
            Span::words(format!(" · {}", words.confidential), FOOT),
        ];
        Self::foot(start, None, gap)
    }
}

/// Height that a band takes from the body of a page; 0 where the page has none.
pub(super) fn height(document: &Document, band: Option<&Band>, page: usize, typesetter: &mut Typesetter) -> f32 {
    match band.filter(|band| page >= band.from_page) {
        None => 0.0,
        Some(band) => tallest(&slots(document, band, WIDEST, WIDEST, typesetter)) + band.gap,
    }
}

/// Draws the bands of a page.
pub(super) fn draw(document: &Document, page: usize, pages: usize, typesetter: &mut Typesetter, laid: &mut LaidPage) {
    let paper = &document.paper;
    let width = paper.text_width();
    let left = if document.direction == Direction::RightToLeft { paper.end } else { paper.start };
    let shown = |band: &Option<Band>| band.clone().filter(|band| page >= band.from_page);
    if let Some(band) = shown(&document.header) {
        let slots = slots(document, &band, page, pages, typesetter);
        if let Some(colour) = band.rule {
            let y = paper.top + tallest(&slots) + band.gap / 2.0;
            laid.marks.push(rule(left, y, width, LINE, colour));
        }
        place(slots, left, width, paper.top, laid);
    }
    if let Some(band) = shown(&document.footer) {
        let slots = slots(document, &band, page, pages, typesetter);
        let top = paper.height - paper.bottom - tallest(&slots);
        if let Some(colour) = band.rule {
            laid.marks.push(rule(left, top - band.gap / 2.0, width, LINE, colour));
        }
        place(slots, left, width, top, laid);
    }
}

/// The lines of start, middle and end.
fn slots(
    document: &Document,
    band: &Band,
    page: usize,
    pages: usize,
    typesetter: &mut Typesetter,
) -> [(Align, Vec<Line>); 3] {
    let width = document.paper.text_width();
    let paragraph = |slot: &Slot| match slot {
        Slot::Empty => None,
        Slot::Text(spans) => Some(Paragraph::new(spans.clone())),
        Slot::PageOf(style) => Some(Paragraph::new(vec![Span::words(document.language.page_of(page, pages), *style)])),
    };
    let direction = document.direction;
    let mut lines = |slot: &Slot, room: f32| {
        paragraph(slot).map(|text| typesetter.lines(&text, room, direction)).unwrap_or_default()
    };
    let widest = |lines: &[Line]| lines.iter().map(|line| line.width).fold(0.0, f32::max);
    let centre = lines(&band.centre, width / 3.0);
    let side = if centre.is_empty() { width } else { (width - widest(&centre)) / 2.0 - BETWEEN };
    let end = lines(&band.end, if centre.is_empty() { width * 0.45 } else { side });
    let rest = if centre.is_empty() && !end.is_empty() { side - widest(&end) - BETWEEN } else { side };
    let start = lines(&band.start, rest);
    [(Align::Start, start), (Align::Centre, centre), (Align::End, end)]
}

fn tallest(slots: &[(Align, Vec<Line>); 3]) -> f32 {
    slots.iter().map(|(_, lines)| lines.iter().map(|line| line.height).sum()).fold(0.0, f32::max)
}

fn place(slots: [(Align, Vec<Line>); 3], left: f32, width: f32, top: f32, laid: &mut LaidPage) {
    // First lines of different sizes stand on one baseline.
    let first = |lines: &[Line]| lines.first().map_or(0.0, |line| line.ascent);
    let lowest = slots.iter().map(|(_, lines)| first(lines)).fold(0.0, f32::max);
    for (align, lines) in slots {
        let mut y = top + lowest - first(&lines);
        for line in lines {
            let height = line.height;
            let mark: Mark = text(line, align, left, width, y);
            laid.marks.push(mark);
            y += height;
        }
    }
}
