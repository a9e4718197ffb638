//! Which glyphs a file needs, and the fonts cut down to them.
//!
//! A PDF font says for each glyph which characters it stands for, once. Where one glyph stands for different
//! characters in a document (a hyphen and a minus, a box for two unknown signs), it is put into a second cut of the same
//! font, so that copied text is always the text that was given.

use std::collections::BTreeMap;

use printpdf::{FontId, FontMetrics, FontType, ParsedFont, PdfFont, PdfFontMetricsStub};
use subsetter::GlyphRemapper;

use super::super::PrintError;
use super::super::text::Face;

/// One cut of a font.
struct Cut {
    face: Face,
    /// Glyph of the whole font → its characters.
    glyphs: BTreeMap<u16, String>,
}

/// The cuts of a document, while its pages are gone through.
#[derive(Default)]
pub(super) struct Embedding {
    cuts: Vec<Cut>,
}

/// A glyph's place in the fonts of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Placement {
    /// Index of the cut.
    pub cut: usize,
    /// Glyph of the whole font.
    pub glyph: u16,
}

impl Embedding {
    /// Notes that a glyph is used for these characters.
    pub fn place(&mut self, face: Face, glyph: u16, text: &str) -> Placement {
        let free = |cut: &Cut| cut.face == face && cut.glyphs.get(&glyph).is_none_or(|known| known == text);
        let cut = self.cuts.iter().position(free).unwrap_or_else(|| {
            self.cuts.push(Cut { face, glyphs: BTreeMap::new() });
            self.cuts.len() - 1
        });
        self.cuts[cut].glyphs.entry(glyph).or_insert_with(|| text.to_owned());
        Placement { cut, glyph }
    }

    /// A glyph that shows nothing and stands for these characters.
    pub fn carrier(&mut self, text: &str) -> Placement {
        let (face, blanks) = Face::blanks();
        let known = |cut: &Cut, glyph: &u16| cut.glyphs.get(glyph).is_some_and(|known| known == text);
        let glyph = self.cuts.iter().filter(|cut| cut.face == face).find_map(|cut| {
            blanks
                .iter()
                .find(|glyph| known(cut, glyph))
                .or(blanks.iter().find(|glyph| !cut.glyphs.contains_key(glyph)))
        });
        let glyph = glyph.or(blanks.first()).copied().unwrap_or(0);
        self.place(face, glyph, text)
    }

    /// Cuts the fonts down.
    ///
    /// # Errors
    /// [`PrintError::Font`] if a font cannot be cut.
    pub fn finish(self) -> Result<Embedded, PrintError> {
        let mut fonts = Vec::with_capacity(self.cuts.len());
        let mut remaps = Vec::with_capacity(self.cuts.len());
        for (index, cut) in self.cuts.iter().enumerate() {
            let glyphs: Vec<u16> = cut.glyphs.keys().copied().collect();
            let remapper = GlyphRemapper::new_from_glyphs_sorted(&glyphs);
            let error = || PrintError::Font { font: cut.face.name() };
            let bytes = subsetter::subset(cut.face.data(), 0, &remapper).map_err(|_| error())?;
            let mut widths = BTreeMap::new();
            let mut remap = BTreeMap::new();
            for glyph in glyphs {
                let new = remapper.get(glyph).ok_or_else(error)?;
                widths.insert(new, cut.face.advance_per_mille(glyph));
                remap.insert(glyph, new);
            }
            fonts.push((FontId(format!("S{index}")), font(cut.face, index, bytes, widths)));
            remaps.push(remap);
        }
        Ok(Embedded { fonts, remaps, cuts: self.cuts })
    }
}

/// The fonts of a file.
pub(super) struct Embedded {
    /// To be registered with the document.
    pub fonts: Vec<(FontId, PdfFont)>,
    remaps: Vec<BTreeMap<u16, u16>>,
    cuts: Vec<Cut>,
}

impl Embedded {
    /// Number of a glyph inside its cut, its characters, and its width in thousandths of an em.
    pub fn glyph(&self, placement: Placement) -> (u16, &str, f32) {
        let cut = &self.cuts[placement.cut];
        let new = self.remaps[placement.cut].get(&placement.glyph).copied().unwrap_or(0);
        let text = cut.glyphs.get(&placement.glyph).map_or("", String::as_str);
        (new, text, f32::from(cut.face.advance_per_mille(placement.glyph)))
    }

    /// Name of a cut in the file.
    pub fn font(&self, cut: usize) -> FontId {
        self.fonts[cut].0.clone()
    }
}

fn font(face: Face, index: usize, bytes: Vec<u8>, widths: BTreeMap<u16, u16>) -> PdfFont {
    let (ascent, descent, [x_min, y_min, x_max, y_max]) = face.metrics_per_mille();
    // Six letters and a plus sign mark a cut font (ISO 32000-1, 9.6.4).
    let letter = |position: u32| char::from(b'A' + (index / 26_usize.pow(position) % 26) as u8);
    let tag: String = (0..6).rev().map(letter).collect();
    PdfFont::new(ParsedFont {
        original_bytes: bytes,
        font_index: 0,
        font_name: Some(format!("{tag}+{}", face.name())),
        codepoint_to_glyph: BTreeMap::new(),
        glyph_widths: widths,
        // Widths and metrics are given in thousandths already.
        units_per_em: 1000,
        font_metrics: FontMetrics { ascent, descent },
        font_type: FontType::TrueType,
        pdf_font_metrics: PdfFontMetricsStub {
            units_per_em: 1000,
            x_min,
            y_min,
            x_max,
            y_max,
            caret_slope_rise: 1,
            caret_slope_run: 0,
            us_weight_class: face.weight_class(),
        },
    })
}
