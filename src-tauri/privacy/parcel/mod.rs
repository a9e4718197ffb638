//! A parcel: files in one archive that is written from front to back, each with its SHA-256 in a manifest that closes it.
//!
//! Names are ours or made safe; the same name twice cannot be. Nothing is kept in memory but the manifest. Deliberately not here:
//! where the bytes go (a file, an encryption, a memory), what is in them.

#[cfg(test)]
mod tests;

use std::io::{self, Read, Write};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, ZipWriter};

/// Name of the manifest.
pub const MANIFEST: &str = "manifest.json";

/// A file of a parcel, as its manifest tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManifestFile {
    /// Its path.
    pub path: String,
    /// Media type.
    pub media: String,
    /// Bytes.
    pub bytes: u64,
    /// SHA-256, in hexadecimal digits.
    pub sha256: String,
}

/// The manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// 1 for this form.
    pub format: u32,
    /// What made it.
    pub program: String,
    /// When it was made.
    pub made_at: String,
    /// Its files, in their order.
    pub files: Vec<ManifestFile>,
}

/// A parcel under way.
pub struct Parcel<W: Write> {
    archive: ZipWriter<StreamWriter<W>>,
    manifest: Manifest,
    stamp: zip::DateTime,
}

/// Counts and digests what goes by.
struct Watched<'a, W: Write> {
    below: &'a mut W,
    digest: Sha256,
    bytes: u64,
}

impl<W: Write> Write for Watched<'_, W> {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        let length = self.below.write(buffer)?;
        self.digest.update(&buffer[..length]);
        self.bytes += length as u64;
        Ok(length)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.below.flush()
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What is packed already.
fn is_packed(media: &str) -> bool {
    matches!(media, "application/pdf" | "image/jpeg" | "image/png" | "application/zip")
}

impl<W: Write> Parcel<W> {
    /// Begins one; `made_at` is an instant as the manifest says it.
    pub fn begin(below: W, made_at: &str) -> Self {
        let part = |from: usize, to: usize| made_at.get(from..to).and_then(|text| text.parse::<u16>().ok());
        let small = |from: usize, to: usize| part(from, to).and_then(|number| u8::try_from(number).ok());
        // The archive's own notion of time is coarse and without a zone: it is the instant's own figures.
        let stamp = (|| {
            zip::DateTime::from_date_and_time(
                part(0, 4)?,
                small(5, 7)?,
                small(8, 10)?,
                small(11, 13)?,
                small(14, 16)?,
                small(17, 19)?,
            )
            .ok()
        })();
        Self {
            archive: ZipWriter::new_stream(below),
            manifest: Manifest {
                format: 1,
                program: format!("Semainier {}", env!("CARGO_PKG_VERSION")),
                made_at: made_at.to_owned(),
                files: Vec::new(),
            },
            stamp: stamp.unwrap_or_default(),
        }
    }

    fn options(&self, media: &str) -> SimpleFileOptions {
        let method = if is_packed(media) { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        let options = SimpleFileOptions::default().compression_method(method).last_modified_time(self.stamp);
        // Fast: text shrinks well enough, and somebody waits.
        let options = if is_packed(media) { options } else { options.compression_level(Some(2)) };
        options.unix_permissions(0o600).large_file(true)
    }

    /// Adds a file from its writer.
    ///
    /// # Errors
    /// What is refused below; a name that was there.
    pub fn write(
        &mut self,
        path: &str,
        media: &str,
        fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        if self.manifest.files.iter().any(|file| file.path == path) || path == MANIFEST {
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, "a name twice in a parcel"));
        }
        let options = self.options(media);
        self.archive.start_file(path, options)?;
        let mut watched = Watched { below: &mut self.archive, digest: Sha256::new(), bytes: 0 };
        fill(&mut watched)?;
        let (bytes, digest) = (watched.bytes, watched.digest.finalize());
        self.manifest.files.push(ManifestFile {
            path: path.to_owned(),
            media: media.to_owned(),
            bytes,
            sha256: hex(&digest),
        });
        Ok(())
    }

    /// Adds a file.
    ///
    /// # Errors
    /// As [`Parcel::write`].
    pub fn add(&mut self, path: &str, media: &str, bytes: &[u8]) -> io::Result<()> {
        self.write(path, media, |into| into.write_all(bytes))
    }

    /// Adds a file that is read from its front to its end.
    ///
    /// # Errors
    /// As [`Parcel::write`], and what is refused above.
    pub fn copy(&mut self, path: &str, media: &str, content: &mut dyn Read) -> io::Result<()> {
        self.write(path, media, |into| io::copy(content, into).map(drop))
    }

    /// Closes it with its manifest; returns what it was written to, and the manifest.
    ///
    /// # Errors
    /// What is refused below.
    pub fn finish(mut self) -> io::Result<(W, Manifest)> {
        let text = serde_json::to_vec_pretty(&self.manifest).map_err(io::Error::other)?;
        let options = self.options("application/json");
        self.archive.start_file(MANIFEST, options)?;
        self.archive.write_all(&text)?;
        let stream = self.archive.finish()?;
        Ok((stream.into_inner(), self.manifest))
    }
}

/// A name that every system takes for a file's: letters, figures, dashes; at most so many characters.
#[must_use]
pub fn safe_name(text: &str, longest: usize) -> String {
    let mut name = String::new();
    for sign in text.chars() {
        let sign = if sign.is_alphanumeric() { sign } else { '-' };
        if sign != '-' || !(name.is_empty() || name.ends_with('-')) {
            name.push(sign);
        }
        if name.chars().count() >= longest {
            break;
        }
    }
    name.trim_end_matches('-').to_owned()
}
