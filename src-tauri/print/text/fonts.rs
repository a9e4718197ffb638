//! The fonts inside the program, and which of them can show a character.
//!
//! Inter (the interface's own face) for Latin, Greek and Cyrillic, JetBrains Mono for keys and codes, Noto Sans
//! Arabic, and DejaVu Sans for whatever is left (Tifinagh, Hebrew, Armenian, signs). There is no Chinese, Japanese
//! or Indic face: such characters show as a box, yet stay in the text that can be searched and copied.
//!
//! Sources and licences: SIL Open Font License 1.1 for the first three, the Bitstream Vera licence for DejaVu.

use std::sync::LazyLock;

use super::style::{Family, Weight};

/// One embedded font program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Face {
    /// Inter, weight 400.
    SansRegular,
    /// Inter, weight 500.
    SansMedium,
    /// Inter, weight 600.
    SansSemiBold,
    /// JetBrains Mono, weight 400.
    Mono,
    /// Noto Sans Arabic, weight 400.
    Arabic,
    /// DejaVu Sans: the last resort.
    Fallback,
}

static PARSED: LazyLock<[rustybuzz::Face<'static>; 6]> = LazyLock::new(|| {
    Face::ALL.map(|face| rustybuzz::Face::from_slice(face.data(), 0).expect("an embedded font is a whole font"))
});

impl Face {
    /// Every face, in the order of its discriminant.
    pub const ALL: [Face; 6] =
        [Face::SansRegular, Face::SansMedium, Face::SansSemiBold, Face::Mono, Face::Arabic, Face::Fallback];

    /// The font program, a whole TrueType file.
    pub fn data(self) -> &'static [u8] {
        match self {
            Face::SansRegular => uzor_fonts::INTER_400,
            Face::SansMedium => uzor_fonts::INTER_500,
            Face::SansSemiBold => uzor_fonts::INTER_600,
            Face::Mono => uzor_fonts::JETBRAINS_MONO_REGULAR,
            Face::Arabic => uzor_fonts::NOTO_SANS_ARABIC,
            Face::Fallback => uzor_fonts::DEJAVU_SANS,
        }
    }

    /// PostScript name, as it stands in the PDF after the subset's tag.
    pub fn name(self) -> &'static str {
        match self {
            Face::SansRegular => "Inter-Regular",
            Face::SansMedium => "Inter-Medium",
            Face::SansSemiBold => "Inter-SemiBold",
            Face::Mono => "JetBrainsMono-Regular",
            Face::Arabic => "NotoSansArabic-Regular",
            Face::Fallback => "DejaVuSans",
        }
    }

    /// Weight as OpenType counts it.
    pub fn weight_class(self) -> u16 {
        match self {
            Face::SansMedium => 500,
            Face::SansSemiBold => 600,
            Face::SansRegular | Face::Mono | Face::Arabic | Face::Fallback => 400,
        }
    }

    /// Whether a heavier weight has to be drawn by thickening this face's outlines.
    pub fn lacks_weights(self) -> bool {
        matches!(self, Face::Mono | Face::Arabic | Face::Fallback)
    }

    /// Whether the face has a glyph for the character.
    pub fn covers(self, character: char) -> bool {
        self.parsed().glyph_index(character).is_some()
    }

    /// The face's glyph for a character.
    pub fn glyph(self, character: char) -> Option<u16> {
        self.parsed().glyph_index(character).map(|glyph| glyph.0)
    }

    /// Glyphs that show nothing and have no width, for text that has to be carried invisibly.
    pub fn blanks() -> (Face, &'static [u16]) {
        static BLANKS: LazyLock<Vec<u16>> = LazyLock::new(|| {
            let font = Face::Fallback.parsed();
            let blank = |id: &u16| {
                let id = ttf_glyph(*id);
                font.glyph_hor_advance(id) == Some(0) && font.glyph_bounding_box(id).is_none()
            };
            (1..font.number_of_glyphs()).filter(blank).collect()
        });
        (Face::Fallback, &BLANKS)
    }

    /// The parsed font.
    pub(super) fn parsed(self) -> &'static rustybuzz::Face<'static> {
        &PARSED[self as usize]
    }

    /// Font units per em.
    pub fn units_per_em(self) -> f32 {
        self.parsed().units_per_em() as f32
    }

    /// Nominal advance of a glyph in thousandths of an em, rounded as the PDF's width table has it.
    pub fn advance_per_mille(self, glyph: u16) -> u16 {
        let units = self.parsed().glyph_hor_advance(ttf_glyph(glyph)).unwrap_or(0);
        (f32::from(units) * 1000.0 / self.units_per_em()).round() as u16
    }

    /// Ascent, descent and bounding box (x min, y min, x max, y max) in thousandths of an em, for the PDF's font
    /// descriptor.
    pub fn metrics_per_mille(self) -> (i16, i16, [i16; 4]) {
        let parsed = self.parsed();
        let scale = |units: i16| (f32::from(units) * 1000.0 / self.units_per_em()).round() as i16;
        let bounds = parsed.global_bounding_box();
        (
            scale(parsed.ascender()),
            scale(parsed.descender()),
            [scale(bounds.x_min), scale(bounds.y_min), scale(bounds.x_max), scale(bounds.y_max)],
        )
    }

    /// The face for the next character, given the face of the character before it in the same run.
    ///
    /// Marks and invisible characters stay with what they belong to; so do spaces and signs after Arabic, so that
    /// a name of several words is shaped as one piece.
    pub(super) fn for_character(character: char, family: Family, weight: Weight, before: Option<Face>) -> Face {
        let first = Face::primary(family, weight);
        if let Some(before) = before {
            if is_joined_to_previous(character) && (before.covers(character) || is_invisible(character)) {
                return before;
            }
            if before == Face::Arabic && is_neutral(character) && before.covers(character) {
                return before;
            }
        }
        let sans = Face::primary(Family::Sans, weight);
        [first, sans, Face::Arabic, Face::Fallback]
            .into_iter()
            .find(|face| face.covers(character))
            .unwrap_or(if is_invisible(character) { first } else { Face::Fallback })
    }

    fn primary(family: Family, weight: Weight) -> Face {
        match (family, weight) {
            (Family::Mono, _) => Face::Mono,
            (Family::Signs, _) => Face::Fallback,
            (Family::Sans, Weight::Regular) => Face::SansRegular,
            (Family::Sans, Weight::Medium) => Face::SansMedium,
            (Family::Sans, Weight::SemiBold) => Face::SansSemiBold,
        }
    }
}

fn ttf_glyph(glyph: u16) -> rustybuzz::ttf_parser::GlyphId {
    rustybuzz::ttf_parser::GlyphId(glyph)
}

/// Characters that never show by themselves (joiners, direction marks, variation selectors).
pub(super) fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// Combining marks of the scripts we have fonts for, and invisible characters.
pub(super) fn is_joined_to_previous(character: char) -> bool {
    is_invisible(character)
        || matches!(character,
            '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}'..='\u{5c7}'
            | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6dc}'
            | '\u{6df}'..='\u{6e4}' | '\u{6e7}'..='\u{6ed}' | '\u{8d3}'..='\u{8ff}' | '\u{1ab0}'..='\u{1aff}'
            | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20f0}' | '\u{2d7f}' | '\u{fe20}'..='\u{fe2f}')
}

fn is_neutral(character: char) -> bool {
    character.is_whitespace() || (character.is_ascii_punctuation() && character != '(' && character != ')')
}
