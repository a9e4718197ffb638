//! Pictures: a practice's logo, the image of a signature.
//!
//! A PNG is unpacked and laid on white paper (paper is white, and an archive file may do without transparency); a
//! JPEG is carried as it is. Deliberately not here: other formats, and JPEGs in the four colours of a press, which
//! viewers disagree on.

use std::io::Cursor;

use super::super::PrintError;

/// More pixels than any logo or signature needs; what a small file could be blown up to.
const PIXELS: u64 = 24_000_000;

/// A picture that can be printed. Not `Debug`: it may be somebody's signature.
#[derive(Clone, PartialEq)]
pub struct Picture {
    width: u32,
    height: u32,
    pixels: Pixels,
}

/// What a picture is made of.
#[derive(Clone, PartialEq)]
pub(super) enum Pixels {
    /// Three bytes a pixel, row by row.
    Rgb(Vec<u8>),
    /// A whole JPEG file.
    Jpeg { bytes: Vec<u8>, grey: bool },
}

impl Picture {
    /// Reads a PNG or a JPEG.
    ///
    /// # Errors
    /// [`PrintError::Picture`] for anything else.
    pub fn read(bytes: &[u8]) -> Result<Picture, PrintError> {
        match bytes {
            [0x89, b'P', b'N', b'G', ..] => read_png(bytes),
            [0xff, 0xd8, ..] => read_jpeg(bytes),
            _ => Err(PrintError::Picture),
        }
    }

    /// Width in pixels.
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Height in pixels.
    pub fn height(&self) -> u32 {
        self.height
    }

    pub(super) fn pixels(&self) -> &Pixels {
        &self.pixels
    }

    /// Width and height in points, as large as a box allows.
    pub(super) fn fitted(&self, width: f32, height: f32) -> (f32, f32) {
        let (own_width, own_height) = (self.width.max(1) as f32, self.height.max(1) as f32);
        let scale = (width / own_width).min(height / own_height);
        (own_width * scale, own_height * scale)
    }
}

fn read_png(bytes: &[u8]) -> Result<Picture, PrintError> {
    let mut decoder = png::Decoder::new(Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().map_err(|_| PrintError::Picture)?;
    let (width, height) = (reader.info().width, reader.info().height);
    if u64::from(width) * u64::from(height) > PIXELS {
        return Err(PrintError::Picture);
    }
    let mut raw = vec![0; reader.output_buffer_size().ok_or(PrintError::Picture)?];
    let frame = reader.next_frame(&mut raw).map_err(|_| PrintError::Picture)?;
    let raw = &raw[..frame.buffer_size()];
    let on_white = |value: u8, alpha: u8| {
        let (value, alpha) = (u32::from(value), u32::from(alpha));
        ((value * alpha + 255 * (255 - alpha) + 127) / 255) as u8
    };
    let rgb: Vec<u8> = match frame.color_type {
        png::ColorType::Grayscale => raw.iter().flat_map(|grey| [*grey; 3]).collect(),
        png::ColorType::GrayscaleAlpha => raw.chunks_exact(2).flat_map(|p| [on_white(p[0], p[1]); 3]).collect(),
        png::ColorType::Rgb => raw.to_vec(),
        png::ColorType::Rgba => raw
            .chunks_exact(4)
            .flat_map(|p| [on_white(p[0], p[3]), on_white(p[1], p[3]), on_white(p[2], p[3])])
            .collect(),
        png::ColorType::Indexed => return Err(PrintError::Picture),
    };
    Ok(Picture { width, height, pixels: Pixels::Rgb(rgb) })
}

/// Finds the frame header (ITU T.81, B.2.2) among a JPEG's segments.
fn read_jpeg(bytes: &[u8]) -> Result<Picture, PrintError> {
    let ends = bytes.windows(2).rev().take(64).any(|pair| pair == [0xff, 0xd9]);
    let mut at = 2;
    while let Some([0xff, kind, high, low]) = bytes.get(at..at + 4) {
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        match kind {
            0xff => at += 1,
            // Baseline, extended, progressive.
            0xc0..=0xc2 => {
                let Some([8, h1, h0, w1, w0, components]) = bytes.get(at + 4..at + 10) else { break };
                let (width, height) = (u16::from_be_bytes([*w1, *w0]), u16::from_be_bytes([*h1, *h0]));
                let fits = (1..=PIXELS).contains(&(u64::from(width) * u64::from(height)));
                if !fits || !ends || !matches!(components, 1 | 3) {
                    break;
                }
                let pixels = Pixels::Jpeg { bytes: bytes.to_vec(), grey: *components == 1 };
                return Ok(Picture { width: width.into(), height: height.into(), pixels });
            }
            // The picture's own data begin: no frame header came before.
            0xda => break,
            _ => at += 2 + length,
        }
    }
    Err(PrintError::Picture)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(colour: png::ColorType, data: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, 2, 1);
        encoder.set_color(colour);
        encoder.write_header().and_then(|mut writer| writer.write_image_data(data)).expect("a picture is made");
        bytes
    }

    #[test]
    fn what_is_transparent_is_paper() {
        let picture = Picture::read(&png(png::ColorType::Rgba, &[10, 20, 30, 255, 10, 20, 30, 0])).ok();
        let picture = picture.expect("a PNG is read");
        assert!(*picture.pixels() == Pixels::Rgb(vec![10, 20, 30, 255, 255, 255]));
        assert_eq!((picture.width(), picture.height()), (2, 1));
    }

    #[test]
    fn a_cut_picture_is_refused() {
        let whole = png(png::ColorType::Rgb, &[1, 2, 3, 4, 5, 6]);
        for end in 0..whole.len() - 16 {
            assert!(matches!(Picture::read(&whole[..end]), Err(PrintError::Picture)), "{end} bytes");
        }
        assert!(matches!(Picture::read(b"GIF89a"), Err(PrintError::Picture)));
        assert!(matches!(Picture::read(&[0xff, 0xd8, 0xff, 0xc0, 0, 17]), Err(PrintError::Picture)));
    }
}
