//! A zip as it is written, from front to back, so that nothing of it has to be kept: counted and hashed on the way.

use std::io::{self, Seek, Write};

use sha2::{Digest as _, Sha256};
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, ZipWriter};

/// What was written: how many bytes, and their SHA-256.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Measure {
    /// Bytes.
    pub bytes: u64,
    /// SHA-256, hexadecimal.
    pub digest: String,
}

/// Counts and hashes what goes through.
pub struct Measured<W> {
    below: W,
    bytes: u64,
    hash: Sha256,
}

impl<W: Write> Measured<W> {
    /// On top of a writer.
    pub fn new(below: W) -> Self {
        Self { below, bytes: 0, hash: Sha256::new() }
    }

    /// The writer below, and what went through.
    pub fn finish(self) -> (W, Measure) {
        (self.below, Measure { bytes: self.bytes, digest: hexadecimal(&self.hash.finalize()) })
    }
}

/// Lower-case hexadecimal.
#[must_use]
pub fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

impl<W: Write> Write for Measured<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = self.below.write(bytes)?;
        self.bytes += taken as u64;
        self.hash.update(&bytes[..taken]);
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.below.flush()
    }
}

/// Every entry bears this date: two archives of the same content are the same bytes.
fn options(method: CompressionMethod) -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(method)
        .last_modified_time(zip::DateTime::default())
        .unix_permissions(0o600)
}

fn as_io(error: zip::result::ZipError) -> io::Error {
    match error {
        zip::result::ZipError::Io(error) => error,
        other => io::Error::other(other),
    }
}

/// A zip under way whose entries are packed.
pub struct Packed<W: Write>(ZipWriter<StreamWriter<Measured<W>>>);

impl<W: Write> Packed<W> {
    /// Begins one.
    pub fn new(below: W) -> Self {
        Self(ZipWriter::new_stream(Measured::new(below)))
    }

    /// Begins an entry; what is written next is its content.
    ///
    /// # Errors
    /// What the writer below refuses.
    pub fn begin(&mut self, name: &str) -> io::Result<()> {
        let options = options(CompressionMethod::Deflated).compression_level(Some(1)).large_file(false);
        self.0.start_file(name, options).map_err(as_io)
    }

    /// Begins an entry that may be larger than four gigabytes.
    ///
    /// # Errors
    /// What the writer below refuses.
    pub fn begin_large(&mut self, name: &str) -> io::Result<()> {
        let options = options(CompressionMethod::Deflated).compression_level(Some(1)).large_file(true);
        self.0.start_file(name, options).map_err(as_io)
    }

    /// Adds a whole entry.
    ///
    /// # Errors
    /// What the writer below refuses.
    pub fn add(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.begin(name)?;
        self.0.write_all(bytes)
    }

    /// Ends it.
    ///
    /// # Errors
    /// What the writer below refuses.
    pub fn finish(self) -> io::Result<(W, Measure)> {
        Ok(self.0.finish().map_err(as_io)?.into_inner().finish())
    }
}

impl<W: Write> Write for Packed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// The whole archive: its parts are archives themselves and lie in it as they are.
pub struct Whole<W: Write + Seek>(ZipWriter<W>);

impl<W: Write + Seek> Whole<W> {
    /// Into something that can be gone back in.
    pub fn new(below: W) -> Self {
        Self(ZipWriter::new(below))
    }

    /// Begins a part of known length, as it is.
    ///
    /// # Errors
    /// What the writer below refuses.
    pub fn begin(&mut self, name: &str, bytes: u64) -> io::Result<()> {
        let options = options(CompressionMethod::Stored).large_file(bytes >= u64::from(u32::MAX));
        self.0.start_file(name, options).map_err(as_io)
    }

    /// Adds something small, packed.
    ///
    /// # Errors
    /// What the writer below refuses.
    pub fn add(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.0.start_file(name, options(CompressionMethod::Deflated)).map_err(as_io)?;
        self.0.write_all(bytes)
    }

    /// Ends it.
    ///
    /// # Errors
    /// What the writer below refuses.
    pub fn finish(self) -> io::Result<W> {
        self.0.finish().map_err(as_io)
    }
}

impl<W: Write> Whole<StreamWriter<W>> {
    /// Into something that only goes forward.
    pub fn forward(below: W) -> Self {
        Self(ZipWriter::new_stream(below))
    }
}

impl<W: Write + Seek> Write for Whole<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}
