//! Laid pages to PDF/A-2b: what is archived. The second writer behind the page model, by a library that checks its own
//! output against the standard and refuses what would break it.
//!
//! The text is the one that `text` has set: the same glyphs at the same places, each with its characters.

use std::collections::HashMap;

use chrono::{Datelike, Timelike};
use krilla::color::rgb;
use krilla::configure::{Archival, ConfigurationBuilder};
use krilla::geom::{Path, PathBuilder, Point, Size, Transform};
use krilla::metadata::{DateTime, Metadata, TextDirection};
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use krilla::{Document as File, SerializeSettings};

use super::super::PrintError;
use super::super::text::{Colour, Direction, Face, Glyph, Run};
use super::flow::{LaidPage, Mark};
use super::pdf::{ARC, heavier, plain};
use super::picture::{Picture, Pixels};
use super::{Document, Shift};

/// Stands for a character without a glyph: the standard wants no "missing" glyph in a file.
const BOX: char = '□';

/// Writes the file.
pub(super) fn write(document: &Document, pages: &[LaidPage]) -> Result<Vec<u8>, PrintError> {
    let configuration =
        ConfigurationBuilder::new().with_archival_validator(Archival::A2_B).finish().map_err(|_| PrintError::Writer)?;
    let mut file = File::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    file.set_metadata(metadata(document));
    let mut pen = Pen { fonts: HashMap::new(), pictures: Vec::new(), carriers: HashMap::new() };
    let size = Size::from_wh(document.paper.width, document.paper.height).ok_or(PrintError::PageTooSmall)?;
    for laid in pages {
        let mut page = file.start_page_with(PageSettings::new(size));
        let mut surface = page.surface();
        let Shift { x, y, scale } = document.shift;
        surface.push_transform(&Transform::from_row(scale, 0.0, 0.0, scale, x, y));
        for mark in &laid.marks {
            pen.mark(&mut surface, mark)?;
        }
        surface.pop();
        surface.finish();
        page.finish();
    }
    file.finish().map_err(|_| PrintError::Writer)
}

fn metadata(document: &Document) -> Metadata {
    let at = document.created_at.naive_utc();
    let date = DateTime::new(u16::try_from(at.year()).unwrap_or(1))
        .month(at.month() as u8)
        .day(at.day() as u8)
        .hour(at.hour() as u8)
        .minute(at.minute() as u8)
        .second(at.second() as u8)
        .utc_offset_hour(0)
        .utc_offset_minute(0);
    let direction = match document.direction {
        Direction::LeftToRight => TextDirection::LeftToRight,
        Direction::RightToLeft => TextDirection::RightToLeft,
    };
    Metadata::new()
        .title(document.title.clone())
        .authors(vec![document.author.clone()])
        .language(document.language.tag().to_owned())
        .creator("Semainier".to_owned())
        .producer("Semainier".to_owned())
        .creation_date(date)
        .text_direction(direction)
}

/// Draws, and keeps what a file needs once.
struct Pen<'a> {
    fonts: HashMap<Face, Font>,
    pictures: Vec<(&'a Picture, krilla::image::Image)>,
    /// Blank glyphs by the text that they carry.
    carriers: HashMap<String, u16>,
}

impl<'a> Pen<'a> {
    fn mark(&mut self, surface: &mut Surface<'_>, mark: &'a Mark) -> Result<(), PrintError> {
        match mark {
            Mark::Text { x, baseline, line } => {
                for run in &line.runs {
                    self.run(surface, run, x + run.x, *baseline)?;
                }
            }
            Mark::Fill { x, y, width, height, radius, colour } => {
                surface.set_fill(Some(fill(*colour)));
                surface.set_stroke(None);
                shape((*x, *y), (*width, *height), *radius).iter().for_each(|path| surface.draw_path(path));
            }
            Mark::Frame { x, y, width, height, radius, thickness, colour } => {
                surface.set_fill(None);
                surface.set_stroke(Some(stroke(*colour, *thickness)));
                shape((*x, *y), (*width, *height), *radius).iter().for_each(|path| surface.draw_path(path));
            }
            Mark::Line { from, to, thickness, colour } => {
                let mut path = PathBuilder::new();
                path.move_to(from.0, from.1);
                path.line_to(to.0, to.1);
                surface.set_fill(None);
                surface.set_stroke(Some(stroke(*colour, *thickness)));
                path.finish().iter().for_each(|path| surface.draw_path(path));
            }
            Mark::Picture { x, y, width, height, picture } => {
                let image = self.picture(picture)?;
                let size = Size::from_wh(*width, *height).ok_or(PrintError::Picture)?;
                surface.push_transform(&Transform::from_translate(*x, *y));
                surface.draw_image(image, size);
                surface.pop();
            }
        }
        Ok(())
    }

    fn picture(&mut self, picture: &'a Picture) -> Result<krilla::image::Image, PrintError> {
        if let Some((_, image)) = self.pictures.iter().find(|(known, _)| std::ptr::eq(*known, picture)) {
            return Ok(image.clone());
        }
        let image = match picture.pixels() {
            Pixels::Rgb(bytes) => {
                let rgba = bytes.chunks_exact(3).flat_map(|p| [p[0], p[1], p[2], 255]).collect();
                krilla::image::Image::from_rgba8(rgba, picture.width(), picture.height())
            }
            Pixels::Jpeg { bytes, .. } => {
                krilla::image::Image::from_jpeg(bytes.clone().into(), false).map_err(|_| PrintError::Picture)?
            }
        };
        self.pictures.push((picture, image.clone()));
        Ok(image)
    }

    fn font(&mut self, face: Face) -> Result<Font, PrintError> {
        if let Some(font) = self.fonts.get(&face) {
            return Ok(font.clone());
        }
        let font = Font::new(face.data().into(), 0).ok_or(PrintError::Font { font: face.name() })?;
        self.fonts.insert(face, font.clone());
        Ok(font)
    }

    fn run(&mut self, surface: &mut Surface<'_>, run: &Run, x: f32, baseline: f32) -> Result<(), PrintError> {
        let style = run.style;
        surface.set_fill(Some(fill(style.colour)));
        let heavier = heavier(run.face, style.weight) * style.size;
        surface.set_stroke((heavier > 0.0).then(|| stroke(style.colour, heavier)));
        // What carries no text (marks beside their carriers) comes last, so that it parts no word.
        let (with_text, without): (Vec<&Glyph>, Vec<&Glyph>) =
            run.glyphs.iter().partition(|glyph| !glyph.text.is_empty());
        for glyphs in [with_text, without] {
            for group in glyphs.chunk_by(|one, next| one.id.is_some() == next.id.is_some()) {
                self.group(surface, run, group, (x, baseline))?;
            }
        }
        if style.struck {
            surface.set_stroke(None);
            let (middle, thickness) = (baseline - style.size * 0.3, (style.size * 0.07).max(0.5));
            shape((x, middle), (run.width, thickness), 0.0).iter().for_each(|path| surface.draw_path(path));
        }
        surface.set_stroke(None);
        Ok(())
    }

    /// Glyphs of one font, one after the other, each where it stands.
    fn group(
        &mut self,
        surface: &mut Surface<'_>,
        run: &Run,
        glyphs: &[&Glyph],
        (x, baseline): (f32, f32),
    ) -> Result<(), PrintError> {
        let size = run.style.size;
        let Some(first) = glyphs.first() else { return Ok(()) };
        let face = if first.id.is_some() { run.face } else { Face::blanks().0 };
        let mut text = String::new();
        let mut placed = Vec::with_capacity(glyphs.len());
        for (index, glyph) in glyphs.iter().enumerate() {
            let start = text.len();
            text.push_str(&plain(&run.text[glyph.text.clone()]));
            let id = match glyph.id {
                Some(0) => face.glyph(BOX).unwrap_or(0),
                Some(id) => id,
                None => self.carrier(&text[start..]),
            };
            let own = || f32::from(face.advance_per_mille(id)) * size / 1000.0;
            let advance = glyphs.get(index + 1).map_or_else(own, |next| next.x - glyph.x);
            let range = start..text.len();
            placed.push(KrillaGlyph::new(
                GlyphId::new(u32::from(id)),
                advance / size,
                0.0,
                glyph.y / size,
                0.0,
                range,
                None,
            ));
        }
        let font = self.font(face)?;
        surface.draw_glyphs(Point::from_xy(x + first.x, baseline), &placed, font, &text, size, false);
        Ok(())
    }

    /// A glyph that shows nothing, another one for each text as long as there are any.
    fn carrier(&mut self, text: &str) -> u16 {
        let blanks = Face::blanks().1;
        let next = self.carriers.len() % blanks.len().max(1);
        *self.carriers.entry(text.to_owned()).or_insert_with(|| blanks.get(next).copied().unwrap_or(0))
    }
}

fn fill(Colour(red, green, blue): Colour) -> Fill {
    Fill { paint: rgb::Color::new(red, green, blue).into(), opacity: NormalizedF32::ONE, ..Fill::default() }
}

fn stroke(Colour(red, green, blue): Colour, width: f32) -> Stroke {
    Stroke { paint: rgb::Color::new(red, green, blue).into(), width, ..Stroke::default() }
}

/// A box, its corners round.
fn shape((left, top): (f32, f32), (width, height): (f32, f32), radius: f32) -> Option<Path> {
    let (right, bottom) = (left + width, top + height);
    let radius = radius.min(width / 2.0).min(height / 2.0).max(0.0);
    let away = radius * (1.0 - ARC);
    let mut path = PathBuilder::new();
    if radius <= 0.0 {
        path.move_to(left, top);
        path.line_to(right, top);
        path.line_to(right, bottom);
        path.line_to(left, bottom);
    } else {
        path.move_to(left + radius, top);
        path.line_to(right - radius, top);
        path.cubic_to(right - away, top, right, top + away, right, top + radius);
        path.line_to(right, bottom - radius);
        path.cubic_to(right, bottom - away, right - away, bottom, right - radius, bottom);
        path.line_to(left + radius, bottom);
        path.cubic_to(left + away, bottom, left, bottom - away, left, bottom - radius);
        path.line_to(left, top + radius);
        path.cubic_to(left, top + away, left + away, top, left + radius, top);
    }
    path.close();
    path.finish()
}

#[cfg(test)]
mod tests {
    use super::super::super::prescription::{Content, Prescription, Sheet};
    use super::super::super::samples::{self, Head};
    use super::super::super::text::{Paragraph, Span, Style};
    use super::super::super::words::Language;
    use super::super::super::{page::Block, poppler};

    fn paper(language: Language) -> Prescription {
        let lines = (0..6).map(if language == Language::Arabic { samples::arabic_line } else { samples::line });
        let content = Content::Plain(lines.collect());
        Prescription {
            signature: Some(samples::picture(90, 40)),
            ..samples::prescription(language, Head::Both, Sheet::A4, content)
        }
    }

    /// Poppler moves the spaces beside figures inside Arabic.
    fn squeezed(text: &str) -> String {
        text.split_whitespace().collect()
    }

    #[test]
    fn the_archived_original_says_what_the_print_copy_says() {
        for language in Language::ALL {
            let document = paper(language).document().expect("a document");
            let (copy, original) = (document.to_pdf().expect("printed"), document.to_archive().expect("archived"));
            assert_eq!(copy.pages, original.pages);
            assert_eq!(squeezed(&poppler::text(&copy)), squeezed(&poppler::text(&original)), "{language:?}");
        }
    }

    #[test]
    fn the_archived_original_looks_like_the_print_copy() {
        for language in [Language::French, Language::Arabic] {
            let document = paper(language).document().expect("a document");
            let page = |pdf| poppler::grey(&pdf, 1, 60);
            let copy = page(document.to_pdf().expect("printed"));
            let original = page(document.to_archive().expect("archived"));
            let dots = copy.rows().flatten().zip(original.rows().flatten());
            let (all, other) = dots
                .fold((0_u32, 0_u32), |(all, other), (one, two)| (all + 1, other + u32::from(one.abs_diff(*two) > 96)));
            assert!(other * 1000 < all, "{other} of {all} dots differ in {language:?}");
        }
    }

    #[test]
    fn it_is_an_archive_file_with_its_fonts_inside() {
        let pdf = paper(Language::Arabic).document().and_then(|made| made.to_archive()).expect("archived");
        assert_eq!(poppler::info(&pdf, "Title"), paper(Language::Arabic).document().expect("a document").title);
        assert!(poppler::fonts(&pdf).iter().all(|font| font.contains('+') && font.contains("yes yes yes")));
        let metadata = String::from_utf8_lossy(&pdf.bytes);
        assert!(metadata.contains("pdfaid:part>2<") && metadata.contains("pdfaid:conformance>B<"));
        assert!(metadata.contains("OutputIntent"));
        assert!(pdf.bytes.len() < 400_000, "{} bytes", pdf.bytes.len());
    }

    #[test]
    fn characters_without_a_glyph_do_not_keep_a_paper_out_of_the_archive() {
        let mut document = paper(Language::French).document().expect("a document");
        let name = Span::data("李 小 龙 ễ e\u{302}\u{303}", Style::sized(10.0));
        document.blocks.insert(0, Block::Paragraph(Paragraph::new(vec![name])));
        let text = poppler::text(&document.to_archive().expect("archived"));
        // Poppler drops the space between two characters that share the box.
        assert!(squeezed(&text).contains("李小龙ễ"), "{text}");
    }

    #[test]
    fn a_jpeg_is_archived_as_it_is() {
        let logo = super::Picture::read(&samples::JPEG).ok().map(std::sync::Arc::new);
        let mut paper = paper(Language::French);
        paper.head.logo = logo;
        let pdf = paper.document().and_then(|made| made.to_archive()).expect("archived");
        assert!(pdf.bytes.windows(samples::JPEG.len()).any(|part| part == samples::JPEG));
    }

    #[test]
    fn the_same_paper_is_the_same_archive_file() {
        let make = || paper(Language::French).document().and_then(|made| made.to_archive()).expect("archived");
        assert!(make() == make());
    }
}
