//! Breaking paragraphs into lines of a given width.

use std::ops::Range;

use unicode_bidi::{BidiInfo, Level};

use super::fonts::is_joined_to_previous;
use super::prepare::{self, FIRST_STRONG_ISOLATE, POP_ISOLATE, Prepared};
use super::shape::{Line, Typesetter};
use super::style::{Direction, Paragraph};

/// Widths are sums of rounded numbers; a line may pass its width by this much (points).
const TOLERANCE: f32 = 0.02;

impl Typesetter {
    /// The lines of a paragraph on a page that reads `page`, none wider than `width` points unless a single
    /// character is. No character is lost: what does not fit between two spaces is broken anywhere.
    pub fn lines(&mut self, paragraph: &Paragraph, width: f32, page: Direction) -> Vec<Line> {
        let mut lines = Vec::new();
        for prepared in prepare::hard_lines(paragraph, page) {
            let base = match prepared.direction {
                Direction::LeftToRight => Level::ltr(),
                Direction::RightToLeft => Level::rtl(),
            };
            let bidi = BidiInfo::new(&prepared.text, Some(base));
            self.wrap(&prepared, &bidi, width, &mut lines);
        }
        lines
    }

    /// Width in points of a paragraph whose lines are not wrapped.
    pub fn natural_width(&mut self, paragraph: &Paragraph, page: Direction) -> f32 {
        self.lines(paragraph, f32::INFINITY, page).iter().map(|line| line.width).fold(0.0, f32::max)
    }

    fn wrap(&mut self, prepared: &Prepared, bidi: &BidiInfo<'_>, width: f32, lines: &mut Vec<Line>) {
        let end = trimmed(&prepared.text, 0..prepared.text.len()).end;
        let whole = self.line(prepared, bidi, 0..end);
        if whole.width <= width + TOLERANCE {
            lines.push(whole);
            return;
        }
        let measure = Measure::new(&whole, prepared.text.len());
        let breaks = Breaks::of(prepared);
        let mut start = 0;
        while start < end {
            let next = breaks.next(prepared, &measure, start..end, width);
            let shown = trimmed(&prepared.text, start..next.min(end));
            lines.push(self.line(prepared, bidi, shown));
            start = next + leading_space(&prepared.text[next..]);
        }
    }
}

/// Width of any stretch of the line, from one shaping of the whole.
struct Measure {
    /// Width of everything before each byte.
    before: Vec<f32>,
}

impl Measure {
    fn new(whole: &Line, length: usize) -> Measure {
        let mut before = vec![0.0; length + 1];
        for glyph in whole.runs.iter().flat_map(|run| &run.glyphs) {
            before[glyph.at + 1] += glyph.advance;
        }
        for at in 1..before.len() {
            before[at] += before[at - 1];
        }
        Measure { before }
    }

    fn width(&self, stretch: Range<usize>) -> f32 {
        self.before[stretch.end] - self.before[stretch.start]
    }
}

/// Places (byte positions) where a line may end.
struct Breaks {
    /// After spaces and hyphens outside of what stays together.
    wanted: Vec<usize>,
    /// After spaces and hyphens inside of it: second choice.
    tolerated: Vec<usize>,
    /// Between any two characters that are not joined: last resort.
    forced: Vec<usize>,
}

impl Breaks {
    fn of(prepared: &Prepared) -> Breaks {
        let mut breaks = Breaks { wanted: Vec::new(), tolerated: Vec::new(), forced: Vec::new() };
        let mut before: Option<char> = None;
        for (at, character) in prepared.text.char_indices() {
            if let Some(before) = before {
                let after_space = is_breaking_space(before) && !is_breaking_space(character);
                let after_hyphen = matches!(before, '-' | '\u{2010}' | '–' | '—' | '/') && character.is_alphanumeric();
                if after_space || after_hyphen || before == '\u{200b}' {
                    let inside = prepared.together.iter().any(|range| range.start < at && at < range.end);
                    if inside { breaks.tolerated.push(at) } else { breaks.wanted.push(at) }
                } else if before != FIRST_STRONG_ISOLATE
                    && (character == FIRST_STRONG_ISOLATE || !is_joined_to_previous(character))
                {
                    breaks.forced.push(at);
                }
            }
            before = Some(character);
        }
        breaks
    }

    /// Where the line that starts at `rest.start` ends; always further on.
    fn next(&self, prepared: &Prepared, measure: &Measure, rest: Range<usize>, width: f32) -> usize {
        let fits = |end: usize| measure.width(trimmed(&prepared.text, rest.start..end)) <= width + TOLERANCE;
        if fits(rest.end) {
            return rest.end;
        }
        let last = |places: &[usize]| {
            let first = places.partition_point(|place| *place <= rest.start);
            places[first..].iter().copied().take_while(|place| *place < rest.end && fits(*place)).last()
        };
        last(&self.wanted)
            .or_else(|| last(&self.tolerated))
            .or_else(|| last(&self.forced))
            .filter(|place| *place > rest.start)
            .unwrap_or_else(|| self.one_character(rest))
    }

    /// Not even one character fits: it stands alone on its line.
    fn one_character(&self, rest: Range<usize>) -> usize {
        [&self.wanted, &self.tolerated, &self.forced]
            .into_iter()
            .filter_map(|places| places.iter().copied().find(|place| *place > rest.start))
            .min()
            .map_or(rest.end, |place| place.min(rest.end))
    }
}

fn is_breaking_space(character: char) -> bool {
    character.is_whitespace() && !matches!(character, '\u{a0}' | '\u{202f}' | '\u{2007}')
}

/// The stretch without the spaces at its end, inside an isolate too.
fn trimmed(text: &str, stretch: Range<usize>) -> Range<usize> {
    let unseen = |character| is_breaking_space(character) || character == POP_ISOLATE;
    let kept = text[stretch.clone()].trim_end_matches(unseen).len();
    stretch.start..stretch.start + kept
}

fn leading_space(text: &str) -> usize {
    text.len() - text.trim_start_matches(is_breaking_space).len()
}
