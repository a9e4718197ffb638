//! From a stretch of logical text to glyphs in the order the eye meets them, left to right.

use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;
use std::str::FromStr;

use rustybuzz::{BufferClusterLevel, Feature, GlyphBuffer, ShapePlan, UnicodeBuffer};
use unicode_bidi::{BidiInfo, Level};

use super::fonts::{Face, is_invisible, is_joined_to_previous};
use super::prepare::{FIRST_STRONG_ISOLATE, POP_ISOLATE, Prepared};
use super::style::{Direction, Style};

/// Arabic needs air above and below that Latin does not: line height as a multiple of the size.
const ARABIC_LEADING: f32 = 1.45;

/// A glyph in its place.
///
/// Readers of PDF files put the text of right-to-left lines in order by place, and disagree on glyphs that stand for
/// several characters. So there every piece of text is one character: what a ligature stands for beyond its first
/// letter, and the text of marks, is carried by invisible glyphs at the ligature's or base's left edge.
#[derive(Debug, Clone, PartialEq)]
pub struct Glyph {
    /// Index in the whole font; `None` shows nothing and only carries text.
    pub id: Option<u16>,
    /// Left edge, in points from the run's left edge.
    pub x: f32,
    /// Height above the baseline in points: marks stand off it.
    pub y: f32,
    /// The characters of [`Run::text`] it stands for; empty for what only adds to another glyph.
    pub text: Range<usize>,
    /// First byte of its cluster in the prepared line.
    pub(super) at: usize,
    /// Where the pen was, in points from the run's left edge: `x` without the shift of a mark.
    pub(super) pen: f32,
    /// How far it moves the pen, in points.
    pub(super) advance: f32,
}

/// Glyphs of one font and style. Not `Debug`: holds text.
#[derive(Clone, PartialEq)]
pub struct Run {
    /// The font.
    pub face: Face,
    /// The look.
    pub style: Style,
    /// Left edge, in points from the line's left edge.
    pub x: f32,
    /// Width in points.
    pub width: f32,
    /// From left to right, by the place of their text.
    pub glyphs: Vec<Glyph>,
    /// The run's text in logical order.
    pub text: String,
}

/// One line of text. Not `Debug`: holds text.
#[derive(Clone, PartialEq)]
pub struct Line {
    /// From left to right.
    pub runs: Vec<Run>,
    /// Width in points, without trailing space.
    pub width: f32,
    /// Height in points.
    pub height: f32,
    /// From the line's top to its baseline, in points.
    pub ascent: f32,
    /// Which way the line reads.
    pub direction: Direction,
}

/// Face, right to left, figures, script.
type PlanKey = (Face, bool, bool, Option<rustybuzz::Script>);

/// A glyph as the font says it, in its units.
#[derive(Clone, Copy)]
struct Shaped {
    id: u16,
    /// First byte of its cluster in the word.
    cluster: usize,
    advance: i32,
    shift: (i32, i32),
}

/// Words of one face as they are set.
type Words = HashMap<Box<str>, Rc<[Shaped]>>;

/// Sets text; keeps the shaping plans and the words of one document. A record says the same words again and again, and every
/// paragraph that wraps is measured before it is set.
#[derive(Default)]
pub struct Typesetter {
    plans: HashMap<PlanKey, ShapePlan>,
    buffer: Option<UnicodeBuffer>,
    words: HashMap<(Face, bool), Words>,
}

impl Typesetter {
    /// A typesetter for one document.
    pub fn new() -> Typesetter {
        Typesetter::default()
    }

    /// Sets a stretch of a prepared line as if it were a whole line.
    pub(super) fn line(&mut self, prepared: &Prepared, bidi: &BidiInfo<'_>, stretch: Range<usize>) -> Line {
        let base = prepared.style_at(stretch.start);
        let mut line = Line {
            runs: Vec::new(),
            width: 0.0,
            height: base.size * base.leading,
            ascent: 0.0,
            direction: prepared.direction,
        };
        let mut largest = base.size;
        if let Some(paragraph) = bidi.paragraphs.first().filter(|_| !stretch.is_empty()) {
            let (levels, runs) = bidi.visual_runs(paragraph, stretch);
            for visual in runs {
                self.level_run(prepared, visual.clone(), levels[visual.start], &mut line);
            }
        }
        for run in &line.runs {
            let leading =
                if run.face == Face::Arabic { run.style.leading.max(ARABIC_LEADING) } else { run.style.leading };
            line.height = line.height.max(run.style.size * leading);
            largest = largest.max(run.style.size);
        }
        // One rule for every face, so that lines of a page stand evenly: the letters of Inter between their ascent
        // (0.97) and descent (0.24) in the middle of the line.
        line.ascent = (line.height - largest * 1.21) / 2.0 + largest * 0.97;
        line
    }

    /// Appends the pieces of one level run, each of one style and font, from left to right.
    fn level_run(&mut self, prepared: &Prepared, stretch: Range<usize>, level: Level, line: &mut Line) {
        let mut pieces: Vec<(Range<usize>, Face, Style)> = Vec::new();
        let mut before = None;
        for (offset, character) in prepared.text[stretch.clone()].char_indices() {
            let at = stretch.start + offset;
            let end = at + character.len_utf8();
            if matches!(character, FIRST_STRONG_ISOLATE | POP_ISOLATE) {
                before = None;
                continue;
            }
            let style = prepared.style_at(at);
            let face = Face::for_character(character, style.family, style.weight, before);
            match pieces.last_mut() {
                Some((range, last, look)) if before.is_some() && *last == face && *look == style => range.end = end,
                _ => pieces.push((at..end, face, style)),
            }
            before = Some(face);
        }
        if level.is_rtl() {
            pieces.reverse();
        }
        for (range, face, style) in pieces {
            let run = self.run(&prepared.text, range, face, style, level.is_rtl(), line.width);
            line.width += run.width;
            line.runs.push(run);
        }
    }

    fn run(&mut self, text: &str, range: Range<usize>, face: Face, style: Style, leftwards: bool, x: f32) -> Run {
        let source = &text[range.clone()];
        let mut glyphs = Vec::with_capacity(source.len());
        let mut width = 0.0;
        for (segment, figures) in segments(source, face, leftwards) {
            let scale = style.size / face.units_per_em();
            for word in words(&source[segment.clone()], face, leftwards) {
                let start = segment.start + word.start;
                let within = range.start + start..range.start + segment.start + word.end;
                for shaped in self.word(text, within, face, leftwards, figures).iter() {
                    let cluster = start + shaped.cluster;
                    let advance = shaped.advance as f32 * scale;
                    glyphs.push(Glyph {
                        id: Some(shaped.id),
                        x: width + shaped.shift.0 as f32 * scale,
                        y: shaped.shift.1 as f32 * scale,
                        text: cluster..cluster,
                        at: range.start + cluster,
                        pen: width,
                        advance,
                    });
                    width += advance;
                }
            }
        }
        attach_text(&mut glyphs, source, leftwards);
        if leftwards {
            glyphs = carried(glyphs, source);
        }
        Run { face, style, x, width, glyphs, text: source.to_owned() }
    }

    /// A word shaped, the first time it is met. What joins its neighbours is shaped where it stands.
    fn word(&mut self, text: &str, range: Range<usize>, face: Face, leftwards: bool, figures: bool) -> Rc<[Shaped]> {
        let alone = stands_alone(face, leftwards);
        let known = self.words.get(&(face, figures)).and_then(|words| words.get(&text[range.clone()]));
        if let Some(known) = known.filter(|_| alone) {
            return Rc::clone(known);
        }
        let buffer = self.shape(text, range.clone(), face, leftwards, figures);
        let glyphs = buffer.glyph_infos().iter().zip(buffer.glyph_positions()).map(|(info, position)| Shaped {
            id: u16::try_from(info.glyph_id).unwrap_or(0),
            cluster: info.cluster as usize,
            advance: position.x_advance,
            shift: (position.x_offset, position.y_offset),
        });
        let shaped: Rc<[Shaped]> = glyphs.collect();
        self.buffer = Some(buffer.clear());
        if alone {
            self.words.entry((face, figures)).or_default().insert(text[range].into(), Rc::clone(&shaped));
        }
        shaped
    }

    fn shape(&mut self, text: &str, range: Range<usize>, face: Face, leftwards: bool, figures: bool) -> GlyphBuffer {
        let mut buffer = self.buffer.take().unwrap_or_default();
        buffer.set_cluster_level(BufferClusterLevel::Characters);
        buffer.push_str(&text[range.clone()]);
        // The neighbours decide how Arabic letters join, also across a break or a change of style.
        buffer.set_pre_context(&text[..range.start]);
        buffer.set_post_context(&text[range.end..]);
        buffer.set_direction(if leftwards {
            rustybuzz::Direction::RightToLeft
        } else {
            rustybuzz::Direction::LeftToRight
        });
        buffer.guess_segment_properties();
        let script = Some(buffer.script()).filter(|script| *script != rustybuzz::script::UNKNOWN);
        let direction = buffer.direction();
        let plan = self
            .plans
            .entry((face, leftwards, figures, script))
            .or_insert_with(|| ShapePlan::new(face.parsed(), direction, script, None, &features(face, figures)));
        rustybuzz::shape_with_plan(face.parsed(), plan, buffer)
    }
}

/// Whether a word of this face looks the same beside whatever neighbours: no letters that join, no kerning with a space.
fn stands_alone(face: Face, leftwards: bool) -> bool {
    !leftwards && !matches!(face, Face::Arabic | Face::Fallback)
}

/// The words of a segment, each with the spaces after it; the whole, where words do not stand alone.
fn words(segment: &str, face: Face, leftwards: bool) -> Vec<Range<usize>> {
    let alone = stands_alone(face, leftwards);
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut after_space = true;
    for (at, character) in segment.char_indices() {
        let end = at + character.len_utf8();
        match words.last_mut() {
            Some(word) if !alone || !after_space || character == ' ' || is_joined_to_previous(character) => {
                word.end = end
            }
            _ => words.push(at..end),
        }
        after_space = character == ' ';
    }
    words
}

/// Figures apart from the rest, for faces that have figures of equal width.
fn segments(source: &str, face: Face, leftwards: bool) -> Vec<(Range<usize>, bool)> {
    let tabular = matches!(face, Face::SansRegular | Face::SansMedium | Face::SansSemiBold);
    if !tabular || leftwards {
        return vec![(0..source.len(), false)];
    }
    let mut segments: Vec<(Range<usize>, bool)> = Vec::new();
    for (at, character) in source.char_indices() {
        let end = at + character.len_utf8();
        match segments.last_mut() {
            Some((range, figures)) if *figures == character.is_ascii_digit() => range.end = end,
            _ => segments.push((at..end, character.is_ascii_digit())),
        }
    }
    segments
}

/// Gives each glyph the characters it stands for: a cluster's go to its first glyph in reading order.
fn attach_text(glyphs: &mut [Glyph], source: &str, leftwards: bool) {
    let mut starts: Vec<usize> = glyphs.iter().map(|glyph| glyph.text.start).collect();
    starts.sort_unstable();
    starts.dedup();
    let mut given = vec![false; starts.len()];
    let mut attach = |glyph: &mut Glyph| {
        let index = starts.partition_point(|start| *start < glyph.text.start);
        let end = starts.get(index + 1).copied().unwrap_or(source.len());
        if index == 0 {
            // Marks can change places and leave the first character to a later cluster.
            glyph.text = 0..0;
        }
        let shows = !source[glyph.text.start..end].chars().all(is_invisible);
        if shows && !std::mem::replace(&mut given[index], true) {
            glyph.text.end = end;
        }
    };
    if leftwards {
        glyphs.iter_mut().rev().for_each(&mut attach);
    } else {
        glyphs.iter_mut().for_each(&mut attach);
    }
}

/// Right-to-left glyphs with one character each; see [`Glyph`].
fn carried(glyphs: Vec<Glyph>, source: &str) -> Vec<Glyph> {
    let mut out = Vec::with_capacity(glyphs.len() + 4);
    // Carriers and marks of the next base, which stands to their right.
    let (mut carriers, mut marks) = (Vec::new(), Vec::new());
    for mut glyph in glyphs {
        let is_base = glyph.advance > 0.0;
        let text = glyph.text.clone();
        for (at, character) in source[text.clone()].char_indices().skip(usize::from(is_base)) {
            let start = text.start + at;
            glyph.text.end = glyph.text.end.min(start);
            if !is_invisible(character) {
                let text = start..start + character.len_utf8();
                carriers.push(Glyph { id: None, x: glyph.pen, y: 0.0, text, advance: 0.0, ..glyph.clone() });
            }
        }
        if is_base {
            place_carriers(&mut carriers, &mut out);
            out.append(&mut marks);
            out.push(glyph);
        } else {
            marks.push(glyph);
        }
    }
    place_carriers(&mut carriers, &mut out);
    out.append(&mut marks);
    out
}

/// Last character first, as the eye meets them from the left.
fn place_carriers(carriers: &mut Vec<Glyph>, out: &mut Vec<Glyph>) {
    carriers.sort_by_key(|carrier| std::cmp::Reverse(carrier.text.start));
    out.append(carriers);
}

/// What a piece of text is shaped with: figures of equal width; no ligatures or context that would make `2x1` or `->`
/// look like something else. Arabic keeps everything: its letters need it.
fn features(face: Face, figures: bool) -> Vec<Feature> {
    let names: &[&str] = match face {
        Face::Arabic | Face::Fallback => &[],
        _ if figures => &["+tnum", "-calt", "-liga"],
        _ => &["-calt", "-liga"],
    };
    names.iter().filter_map(|name| Feature::from_str(name).ok()).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn words_shaped_one_by_one_are_set_as_the_whole(
            text in "([A-Za-zÀ-ÿŁœ]{1,9}[,.;:!?'’»)-]{0,2} {1,2}|[TVWYLP][aoyev.]{1,3} |[«(/][a-z]{1,5}[0-9]{0,3} ){1,12}",
            face in prop::sample::select(vec![Face::SansRegular, Face::SansMedium, Face::SansSemiBold, Face::Mono]),
        ) {
            let mut setter = Typesetter::new();
            let whole = setter.shape(&text, 0..text.len(), face, false, false);
            let glyphs = whole.glyph_infos().iter().zip(whole.glyph_positions());
            let expected: Vec<(u32, u32, i32, i32)> =
                glyphs.map(|(info, at)| (info.glyph_id, info.cluster, at.x_advance, at.x_offset)).collect();
            let mut set = Vec::new();
            for word in words(&text, face, false) {
                let shaped = setter.word(&text, word.clone(), face, false, false);
                set.extend(shaped.iter().map(|one| {
                    (u32::from(one.id), (word.start + one.cluster) as u32, one.advance, one.shift.0)
                }));
            }
            prop_assert_eq!(set, expected);
        }
    }
}
