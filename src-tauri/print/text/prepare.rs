//! A paragraph as one clean logical string with the look of every byte.

use std::ops::Range;

use super::style::{Direction, Paragraph, Style};

/// Opens a stretch that keeps its own direction.
pub(super) const FIRST_STRONG_ISOLATE: char = '\u{2068}';
/// Closes it.
pub(super) const POP_ISOLATE: char = '\u{2069}';

/// One hard line of a paragraph, ready for the bidirectional algorithm.
pub(super) struct Prepared {
    /// Logical text with isolates; no line feed, no other control.
    pub text: String,
    /// Look of each stretch of `text`, in order, without gaps.
    pub styles: Vec<(Range<usize>, Style)>,
    /// Stretches that should stay on one line.
    pub together: Vec<Range<usize>>,
    /// Direction of the line as a whole.
    pub direction: Direction,
}

impl Prepared {
    /// Look of the byte at `at`.
    pub fn style_at(&self, at: usize) -> Style {
        let index = self.styles.partition_point(|(range, _)| range.end <= at);
        self.styles[index.min(self.styles.len() - 1)].1
    }

    fn new(direction: Direction) -> Prepared {
        Prepared { text: String::new(), styles: Vec::new(), together: Vec::new(), direction }
    }
}

/// The hard lines of a paragraph, at least one; empty if the paragraph has no span.
pub(super) fn hard_lines(paragraph: &Paragraph, page: Direction) -> Vec<Prepared> {
    if paragraph.spans.is_empty() {
        return Vec::new();
    }
    let direction = paragraph.direction.unwrap_or(page);
    let mut lines = vec![Prepared::new(direction)];
    for span in &paragraph.spans {
        for (index, piece) in clean(&span.text).split('\n').enumerate() {
            if index > 0 {
                lines.push(Prepared::new(direction));
            }
            let line = lines.last_mut().expect("there is always a line to write on");
            let start = line.text.len();
            if span.isolated && !piece.is_empty() {
                line.text.push(FIRST_STRONG_ISOLATE);
                line.text.push_str(piece);
                line.text.push(POP_ISOLATE);
            } else {
                line.text.push_str(piece);
            }
            line.styles.push((start..line.text.len(), span.style));
            if span.together {
                line.together.push(start..line.text.len());
            }
        }
    }
    lines
}

/// Text without what cannot be printed: line ends become line feeds, tabs become spaces, other controls go, and so do
/// embedded direction overrides, which would leak out of their span.
fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\r' => {
                if characters.peek() != Some(&'\n') {
                    out.push('\n');
                }
            }
            '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\t' => out.push(' '),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            _ if character.is_control() => {}
            _ => out.push(character),
        }
    }
    out
}
