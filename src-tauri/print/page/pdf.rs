//! Laid pages to PDF bytes: the only place that knows the PDF writer.

use chrono::{Datelike, Timelike};
use lopdf::{Dictionary, Object, StringFormat};
use printpdf::{
    Color, CurTransMat, LinePoint, Op, PaintMode, PdfDocument, PdfFontHandle, PdfPage, PdfSaveOptions, Point, Polygon,
    PolygonRing, Pt, Px, Rect, Rgb, TextItem, TextMatrix, TextRenderingMode, WindingOrder, XObject, XObjectId,
    XObjectTransform,
};
use printpdf::{DictItem, ExternalStream, ExternalXObject, Line as PdfLine};

use super::super::PrintError;
use super::super::text::{Colour, Direction, Face, Line, Run, Weight};
use super::embed::{Embedded, Embedding, Placement};
use super::flow::{LaidPage, Mark};
use super::picture::{Picture, Pixels};
use super::{Document, Shift};

/// Thickness that makes an outline heavier, in ems: for faces that have one weight only.
const MEDIUM_STROKE: f32 = 0.014;
const SEMI_BOLD_STROKE: f32 = 0.03;
/// A quarter of a circle as a Bézier curve.
pub(super) const ARC: f32 = 0.552_285;

/// Writes the file.
pub(super) fn write(document: &Document, pages: &[LaidPage]) -> Result<Vec<u8>, PrintError> {
    let mut embedding = Embedding::default();
    let placements: Vec<Vec<Placement>> = texts(pages)
        .flat_map(|(_, _, line)| &line.runs)
        .map(|run| {
            let mut placed = Vec::with_capacity(run.glyphs.len());
            for glyph in &run.glyphs {
                let text = plain(&run.text[glyph.text.clone()]);
                placed.push(match glyph.id {
                    Some(id) => embedding.place(run.face, id, &text),
                    None => embedding.carrier(&text),
                });
            }
            placed
        })
        .collect();
    let embedded = embedding.finish()?;
    let mut placements = placements.iter();

    let mut pdf = PdfDocument::new(&document.title);
    let info = &mut pdf.metadata.info;
    info.author = document.author.clone();
    info.creator = "Semainier".to_owned();
    info.producer = "Semainier".to_owned();
    let created = date(document);
    (info.creation_date, info.modification_date, info.metadata_date) = (created, created, created);
    for (id, font) in &embedded.fonts {
        pdf.resources.fonts.map.insert(id.clone(), font.clone());
    }
    let (width, height) = (Pt(document.paper.width), Pt(document.paper.height));
    let mut pictures: Vec<&Picture> = Vec::new();
    for page in pages {
        let mut pen = Pen { height: document.paper.height, ops: Vec::new(), fill: None };
        pen.shift(document.shift);
        for mark in &page.marks {
            match mark {
                Mark::Text { x, baseline, line } => {
                    for run in &line.runs {
                        let placed = placements.next().ok_or(PrintError::Writer)?;
                        pen.run(&embedded, run, placed, x + run.x, *baseline);
                    }
                }
                Mark::Fill { x, y, width, height, radius, colour } => {
                    pen.fill(*colour);
                    pen.shape(*x, *y, *width, *height, *radius, PaintMode::Fill);
                }
                Mark::Frame { x, y, width, height, radius, thickness, colour } => {
                    pen.ops.push(Op::SetOutlineColor { col: rgb(*colour) });
                    pen.ops.push(Op::SetOutlineThickness { pt: Pt(*thickness) });
                    pen.shape(*x, *y, *width, *height, *radius, PaintMode::Stroke);
                }
                Mark::Line { from, to, thickness, colour } => {
                    pen.ops.push(Op::SetOutlineColor { col: rgb(*colour) });
                    pen.ops.push(Op::SetOutlineThickness { pt: Pt(*thickness) });
                    pen.line(*from, *to);
                }
                Mark::Picture { x, y, width, height, picture } => {
                    let picture: &Picture = picture;
                    let number = pictures.iter().position(|known| std::ptr::eq(*known, picture)).unwrap_or_else(|| {
                        pictures.push(picture);
                        pictures.len() - 1
                    });
                    pen.picture(number, *x, *y, *width, *height);
                }
            }
        }
        let sheet = Rect::from_wh(width, height);
        pdf.pages.push(PdfPage { media_box: sheet.clone(), trim_box: sheet.clone(), crop_box: sheet, ops: pen.ops });
    }
    for (number, picture) in pictures.into_iter().enumerate() {
        pdf.resources.xobjects.map.insert(picture_id(number), XObject::External(embedded_picture(picture)));
    }
    save(document, &pdf)
}

fn picture_id(number: usize) -> XObjectId {
    XObjectId(format!("P{number}"))
}

fn embedded_picture(picture: &Picture) -> ExternalXObject {
    let name = |name: &str| DictItem::Name(name.as_bytes().to_vec());
    let mut dict = std::collections::BTreeMap::from([
        ("Type".to_owned(), name("XObject")),
        ("Subtype".to_owned(), name("Image")),
        ("Width".to_owned(), DictItem::Int(i64::from(picture.width()))),
        ("Height".to_owned(), DictItem::Int(i64::from(picture.height()))),
        ("BitsPerComponent".to_owned(), DictItem::Int(8)),
    ]);
    let (content, space) = match picture.pixels() {
        Pixels::Rgb(bytes) => (bytes, "DeviceRGB"),
        Pixels::Jpeg { bytes, grey } => {
            dict.insert("Filter".to_owned(), name("DCTDecode"));
            (bytes, if *grey { "DeviceGray" } else { "DeviceRGB" })
        }
    };
    dict.insert("ColorSpace".to_owned(), name(space));
    let compress = matches!(picture.pixels(), Pixels::Rgb(_));
    let (width, height) = (Some(Px(picture.width() as usize)), Some(Px(picture.height() as usize)));
    ExternalXObject { stream: ExternalStream { dict, content: content.clone(), compress }, width, height, dpi: None }
}

/// Adds what the writer does not know (language, direction, a reproducible id) and gives the bytes.
fn save(document: &Document, pdf: &PdfDocument) -> Result<Vec<u8>, PrintError> {
    let mut warnings = Vec::new();
    let options = PdfSaveOptions { subset_fonts: false, image_optimization: None, ..PdfSaveOptions::default() };
    let mut file = printpdf::to_lopdf_doc(pdf, &options, &mut warnings);
    file.version = "1.7".to_owned();
    let reference = |file: &lopdf::Document, key: &[u8]| {
        file.trailer.get(key).and_then(Object::as_reference).map_err(|_| PrintError::Writer)
    };
    let root = reference(&file, b"Root")?;
    let info = reference(&file, b"Info")?;

    let mut preferences = Dictionary::new();
    preferences.set("DisplayDocTitle", true);
    if document.direction == Direction::RightToLeft {
        preferences.set("Direction", Object::Name(b"R2L".to_vec()));
    }
    let catalog = file.get_dictionary_mut(root).map_err(|_| PrintError::Writer)?;
    catalog.set("Lang", Object::string_literal(document.language.tag()));
    catalog.set("ViewerPreferences", preferences);
    let info = file.get_dictionary_mut(info).map_err(|_| PrintError::Writer)?;
    for unused in ["GTS_PDFXVersion", "Identifier", "Keywords", "Subject", "Trapped"] {
        info.remove(unused.as_bytes());
    }

    file.compress();
    // The id is made of the content, so that the same document is the same file.
    file.trailer.remove(b"ID");
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).map_err(|_| PrintError::Writer)?;
    let id = Object::String(fingerprint(&bytes).to_be_bytes().to_vec(), StringFormat::Hexadecimal);
    file.trailer.set("ID", vec![id.clone(), id]);
    bytes.clear();
    file.save_to(&mut bytes).map_err(|_| PrintError::Writer)?;
    Ok(bytes)
}

/// 128-bit FNV-1a: tells files apart; protects nothing.
fn fingerprint(bytes: &[u8]) -> u128 {
    bytes.iter().fold(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d, |hash: u128, byte| {
        (hash ^ u128::from(*byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b)
    })
}

/// Thickness of the line around letters that makes them heavier, in ems.
pub(super) fn heavier(face: Face, weight: Weight) -> f32 {
    match weight {
        Weight::Medium if face.lacks_weights() => MEDIUM_STROKE,
        Weight::SemiBold if face.lacks_weights() => SEMI_BOLD_STROKE,
        _ => 0.0,
    }
}

fn texts(pages: &[LaidPage]) -> impl Iterator<Item = (f32, f32, &Line)> {
    pages.iter().flat_map(|page| &page.marks).filter_map(|mark| match mark {
        Mark::Text { x, baseline, line } => Some((*x, *baseline, line)),
        _ => None,
    })
}

/// Characters as they are copied out of the file: every kind of space is a space.
pub(super) fn plain(text: &str) -> String {
    text.chars().map(|character| if character.is_whitespace() { ' ' } else { character }).collect()
}

fn date(document: &Document) -> printpdf::OffsetDateTime {
    let at = document.created_at.naive_utc();
    printpdf::OffsetDateTime::new_in_offset(
        printpdf::Date { year: at.year(), month: at.month() as u8, day: at.day() as u8 },
        printpdf::Time { hour: at.hour() as u8, minute: at.minute() as u8, second: at.second() as u8, millisecond: 0 },
        printpdf::Offset { hours: 0, minutes: 0, seconds: 0, milliseconds: 0 },
    )
}

fn rgb(Colour(red, green, blue): Colour) -> Color {
    let part = |value: u8| (f32::from(value) / 255.0 * 1000.0).round() / 1000.0;
    Color::Rgb(Rgb { r: part(red), g: part(green), b: part(blue), icc_profile: None })
}

/// Two decimals are a hundredth of a point: finer than any printer.
fn rounded(value: f32) -> f32 {
    (value * 100.0).round() / 100.0
}

/// Draws on one page.
struct Pen {
    height: f32,
    ops: Vec<Op>,
    fill: Option<Colour>,
}

impl Pen {
    fn shift(&mut self, shift: Shift) {
        if shift != Shift::default() {
            let Shift { x, y, scale } = shift;
            let up = self.height * (1.0 - scale) - y;
            self.ops.push(Op::SetTransformationMatrix { matrix: CurTransMat::Raw([scale, 0.0, 0.0, scale, x, up]) });
        }
    }

    fn line(&mut self, from: (f32, f32), to: (f32, f32)) {
        let point = |(x, y): (f32, f32)| LinePoint {
            p: Point { x: Pt(rounded(x)), y: Pt(rounded(self.height - y)) },
            bezier: false,
        };
        let line = PdfLine { points: vec![point(from), point(to)], is_closed: false };
        self.ops.push(Op::DrawLine { line });
    }

    fn picture(&mut self, number: usize, x: f32, y: f32, width: f32, height: f32) {
        let transform = XObjectTransform {
            translate_x: Some(Pt(rounded(x))),
            translate_y: Some(Pt(rounded(self.height - y - height))),
            scale_x: Some(width),
            scale_y: Some(height),
            no_auto_scale: true,
            ..XObjectTransform::default()
        };
        self.ops.push(Op::UseXobject { id: picture_id(number), transform });
    }

    fn fill(&mut self, colour: Colour) {
        if self.fill != Some(colour) {
            self.fill = Some(colour);
            self.ops.push(Op::SetFillColor { col: rgb(colour) });
        }
    }

    fn run(&mut self, embedded: &Embedded, run: &Run, placed: &[Placement], x: f32, baseline: f32) {
        let style = run.style;
        self.fill(style.colour);
        self.ops.push(Op::StartTextSection);
        let stroke = heavier(run.face, style.weight);
        if stroke > 0.0 {
            self.ops.push(Op::SetOutlineColor { col: rgb(style.colour) });
            self.ops.push(Op::SetOutlineThickness { pt: Pt(rounded(stroke * style.size)) });
            self.ops.push(Op::SetTextRenderingMode { mode: TextRenderingMode::FillStroke });
        }
        self.glyphs(embedded, run, placed, x, baseline);
        if stroke > 0.0 {
            self.ops.push(Op::SetTextRenderingMode { mode: TextRenderingMode::Fill });
        }
        self.ops.push(Op::EndTextSection);
        if style.struck {
            let middle = baseline - style.size * 0.3;
            self.shape(x, middle, run.width, (style.size * 0.07).max(0.5), 0.0, PaintMode::Fill);
        }
    }

    /// Shows glyphs where they stand: one operator for all that share a font and a baseline, with corrections where
    /// the pen of the reader would be elsewhere.
    fn glyphs(&mut self, embedded: &Embedded, run: &Run, placed: &[Placement], x: f32, baseline: f32) {
        let size = run.style.size;
        let mut font = None;
        let mut line: Option<f32> = None;
        let mut pen = 0.0;
        let mut items: Vec<TextItem> = Vec::new();
        // What carries no text (marks beside their carriers) comes last, so that it parts no word.
        let all = || run.glyphs.iter().zip(placed);
        let with_text = all().filter(|(glyph, _)| !glyph.text.is_empty());
        for (glyph, placement) in with_text.chain(all().filter(|(glyph, _)| glyph.text.is_empty())) {
            let (left, height) = (x + glyph.x, rounded(self.height - baseline + glyph.y));
            if font != Some(placement.cut) || line != Some(height) {
                self.show(&mut items);
                if font != Some(placement.cut) {
                    font = Some(placement.cut);
                    let font = PdfFontHandle::External(embedded.font(placement.cut));
                    self.ops.push(Op::SetFont { font, size: Pt(size) });
                }
                line = Some(height);
                pen = rounded(left);
                self.ops.push(Op::SetTextMatrix { matrix: TextMatrix::Raw([1.0, 0.0, 0.0, 1.0, pen, height]) });
            }
            let off = ((pen - left) / size * 1000.0).round();
            if off.abs() >= 1.0 {
                items.push(TextItem::Offset(off));
                pen -= off / 1000.0 * size;
            }
            let (id, text, width) = embedded.glyph(*placement);
            items.push(TextItem::GlyphIds(vec![printpdf::Codepoint::with_cid(id, 0.0, text.to_owned())]));
            pen += width / 1000.0 * size;
        }
        self.show(&mut items);
    }

    fn show(&mut self, items: &mut Vec<TextItem>) {
        if !items.is_empty() {
            self.ops.push(Op::ShowText { items: std::mem::take(items) });
        }
    }

    /// A box with its top left corner at `x`, `y`.
    fn shape(&mut self, x: f32, y: f32, width: f32, height: f32, radius: f32, mode: PaintMode) {
        let (left, top) = (x, self.height - y);
        let (right, bottom) = (left + width, top - height);
        let point =
            |x: f32, y: f32, bezier: bool| LinePoint { p: Point { x: Pt(rounded(x)), y: Pt(rounded(y)) }, bezier };
        let radius = radius.min(width / 2.0).min(height / 2.0);
        let points = if radius <= 0.0 {
            [(left, bottom), (right, bottom), (right, top), (left, top)].map(|(x, y)| point(x, y, false)).to_vec()
        } else {
            let away = radius * (1.0 - ARC);
            let mut points = vec![point(left + radius, bottom, false)];
            // Each corner: where the straight side ends, two handles, where the next side begins.
            for (corner, before, after) in [
                ((right, bottom), (-1.0, 0.0), (0.0, 1.0)),
                ((right, top), (0.0, -1.0), (-1.0, 0.0)),
                ((left, top), (1.0, 0.0), (0.0, -1.0)),
                ((left, bottom), (0.0, 1.0), (1.0, 0.0)),
            ] {
                let at = |direction: (f32, f32), distance: f32, bezier: bool| {
                    point(corner.0 + direction.0 * distance, corner.1 + direction.1 * distance, bezier)
                };
                points.extend([
                    at(before, radius, false),
                    at(before, away, true),
                    at(after, away, true),
                    at(after, radius, false),
                ]);
            }
            points
        };
        let polygon = Polygon { rings: vec![PolygonRing { points }], mode, winding_order: WindingOrder::NonZero };
        self.ops.push(Op::DrawPolygon { polygon });
    }
}
