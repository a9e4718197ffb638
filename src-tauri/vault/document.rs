//! Documents: files of any size, sealed in chunks, named by the SHA-256 of their ciphertext.
//!
//! A sealed document: the six bytes of every sealed value, a 32-byte salt, then chunks of 64 KiB, each with its tag. Each
//! document has a key of its own, derived from the salt and the whole context; a chunk's nonce and associated data hold
//! its index and whether it is the last, so that a cut, exchanged, doubled or appended chunk is refused.
//!
//! Not here: which documents there are; deleting them.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

use sha2::{Digest, Sha256};
use zeroize::{Zeroize, Zeroizing};

use super::cipher::{self, NONCE, TAG};
use super::codec::{Encoder, from_hex, to_hex};
use super::error::SealError;
use super::keys::{Secret32, random_bytes};
use super::seal::{Context, HEADER, Kind, SealingKey};

/// Plain bytes of a chunk. Part of format 1.
const CHUNK: usize = 64 * 1024;
const SALT: usize = 32;

/// The SHA-256 of a sealed document: its file's name, as 64 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DocumentName([u8; 32]);

impl DocumentName {
    /// From the 64 digits; `None` for anything else, so that no name leads out of the folder.
    pub fn parse(text: &str) -> Option<Self> {
        from_hex(text).and_then(|bytes| bytes.try_into().ok()).map(DocumentName)
    }
}

impl std::fmt::Display for DocumentName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&to_hex(&self.0))
    }
}

/// The key of one document and the count of its chunks.
struct Chunks {
    key: Secret32,
    binding: [u8; 32],
    index: u64,
}

impl Chunks {
    fn new<K: SealingKey>(key: &K, context: &Context<'_>, header: &[u8; HEADER], salt: &[u8; SALT]) -> Self {
        let binding: [u8; 32] = Sha256::digest(context.encode(header)).into();
        // The kind of key takes part, so that a filing key and a patient key with the same bytes give different documents.
        let info = Encoder::new("document").number(K::KIND as u64).bytes(&binding).finish();
        Chunks { key: cipher::derive(&[key.secret().bytes()], salt, "semainier/1/document", &info), binding, index: 0 }
    }

    /// Nonce and associated data of the next chunk.
    fn next(&mut self, last: bool) -> Result<([u8; NONCE], Vec<u8>), SealError> {
        let mut nonce = [0; NONCE];
        nonce[3..11].copy_from_slice(&self.index.to_be_bytes());
        nonce[11] = u8::from(last);
        let data = Encoder::new("semainier/1/chunk").bytes(&self.binding).number(self.index).number(u64::from(last));
        self.index = self.index.checked_add(1).ok_or(SealError::TooLong)?;
        Ok((nonce, data.finish()))
    }
}

/// Seals what is written to it into the writer below. Without [`Self::finish`] the document is not whole and never opens.
pub struct DocumentWriter<W: Write> {
    below: W,
    chunks: Chunks,
    pending: Zeroizing<Vec<u8>>,
    hash: Sha256,
    /// A chunk did not reach the writer below: whatever follows, the document will never be whole.
    broken: Option<SealError>,
}

impl<W: Write> DocumentWriter<W> {
    /// Starts a document under this key, for this place.
    pub fn new<K: SealingKey>(key: &K, context: &Context<'_>, below: W) -> Result<Self, SealError> {
        Self::with_salt(random_bytes()?, key, context, below)
    }

    pub(super) fn with_salt<K: SealingKey>(
        salt: [u8; SALT],
        key: &K,
        context: &Context<'_>,
        below: W,
    ) -> Result<Self, SealError> {
        let header = context.header(Kind::Document);
        let chunks = Chunks::new(key, context, &header, &salt);
        let pending = Zeroizing::new(Vec::with_capacity(CHUNK));
        let mut writer = DocumentWriter { below, chunks, pending, hash: Sha256::new(), broken: None };
        writer.put(&header)?;
        writer.put(&salt)?;
        Ok(writer)
    }

    /// Seals the last chunk; gives the writer below back, flushed, and the document's name.
    pub fn finish(mut self) -> Result<(W, DocumentName), SealError> {
        self.chunk(true)?;
        self.below.flush()?;
        Ok((self.below, DocumentName(self.hash.finalize().into())))
    }

    fn chunk(&mut self, last: bool) -> Result<(), SealError> {
        let (nonce, data) = self.chunks.next(last)?;
        let sealed = cipher::encrypt(&self.chunks.key, &nonce, &data, &self.pending)?;
        self.pending.as_mut_slice().zeroize();
        self.pending.clear();
        self.put(&sealed)
    }

    fn put(&mut self, sealed: &[u8]) -> Result<(), SealError> {
        if let Some(error) = self.broken {
            return Err(error);
        }
        self.hash.update(sealed);
        let put = self.below.write_all(sealed).map_err(SealError::from);
        self.broken = put.err();
        put
    }
}

impl<W: Write> Write for DocumentWriter<W> {
    fn write(&mut self, plain: &[u8]) -> io::Result<usize> {
        // A full chunk waits until more comes: only then is it known not to be the last.
        if self.pending.len() == CHUNK && !plain.is_empty() {
            self.chunk(false).map_err(as_io)?;
        }
        let taken = plain.len().min(CHUNK - self.pending.len());
        self.pending.extend_from_slice(&plain[..taken]);
        Ok(taken)
    }

    /// Chunks are of fixed length: what does not fill one waits for more or for [`DocumentWriter::finish`].
    fn flush(&mut self) -> io::Result<()> {
        self.below.flush()
    }
}

/// Opens a sealed document. Every byte it gives is authentic; that the document is whole is known only once reading ended
/// without an error, so that nothing may be kept before. An error of sealing comes as [`io::ErrorKind::InvalidData`].
pub struct DocumentReader<R: Read> {
    below: R,
    chunks: Chunks,
    /// Sealed bytes read ahead: one chunk and one byte more tell whether the chunk is the last.
    ahead: Vec<u8>,
    plain: Zeroizing<Vec<u8>>,
    given: usize,
    state: State,
}

enum State {
    Within,
    Ended,
    Failed(SealError),
}

impl<R: Read> DocumentReader<R> {
    /// Starts reading a document that was sealed under this key for this place.
    pub fn new<K: SealingKey>(key: &K, context: &Context<'_>, mut below: R) -> Result<Self, SealError> {
        let mut start = Vec::with_capacity(HEADER + SALT);
        below.by_ref().take((HEADER + SALT) as u64).read_to_end(&mut start)?;
        let (header, salt) = context.strip(Kind::Document, &start)?;
        let salt = salt.try_into().map_err(|_| SealError::Truncated)?;
        let chunks = Chunks::new(key, context, header, salt);
        let plain = Zeroizing::new(Vec::new());
        Ok(DocumentReader { below, chunks, ahead: Vec::new(), plain, given: 0, state: State::Within })
    }

    /// Opens the next chunk into `plain`.
    fn chunk(&mut self) -> Result<(), SealError> {
        let wanted = CHUNK + TAG + 1 - self.ahead.len();
        self.below.by_ref().take(wanted as u64).read_to_end(&mut self.ahead)?;
        let last = self.ahead.len() <= CHUNK + TAG;
        let sealed = if last { self.ahead.as_slice() } else { &self.ahead[..CHUNK + TAG] };
        if sealed.len() < TAG {
            return Err(SealError::Truncated);
        }
        let (nonce, data) = self.chunks.next(last)?;
        self.plain = cipher::decrypt(&self.chunks.key, &nonce, &data, sealed)?;
        self.given = 0;
        self.ahead = if last { Vec::new() } else { self.ahead.split_off(CHUNK + TAG) };
        if last {
            self.state = State::Ended;
        }
        Ok(())
    }
}

impl<R: Read> Read for DocumentReader<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.given == self.plain.len() && !out.is_empty() {
            match self.state {
                State::Ended => return Ok(0),
                State::Failed(error) => return Err(as_io(error)),
                State::Within => {}
            }
            if let Err(error) = self.chunk() {
                self.state = State::Failed(error);
                return Err(as_io(error));
            }
        }
        let taken = out.len().min(self.plain.len() - self.given);
        out[..taken].copy_from_slice(&self.plain[self.given..self.given + taken]);
        self.given += taken;
        Ok(taken)
    }
}

/// Seals all that `plain` gives into a file of the folder, which gets the document's name only once it is whole and on the
/// disk. On failure nothing is left behind.
pub fn save_document<K: SealingKey>(
    folder: &Path,
    key: &K,
    context: &Context<'_>,
    plain: &mut dyn Read,
) -> Result<DocumentName, SealError> {
    let mut writer = DocumentWriter::new(key, context, tempfile::NamedTempFile::new_in(folder)?)?;
    let mut buffer = Zeroizing::new(vec![0; CHUNK]);
    loop {
        match plain.read(&mut buffer) {
            Ok(0) => break,
            Ok(length) => writer.write_all(&buffer[..length]).map_err(from_io)?,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error.into()),
        }
    }
    let (file, name) = writer.finish()?;
    file.as_file().sync_all()?;
    file.persist(folder.join(name.to_string())).map_err(|failure| failure.error)?;
    super::disk::sync_folder(folder)?;
    Ok(name)
}

/// Opens a whole document of the folder into memory, and checks that it is the one that the name promises. For a document
/// that is too large for that, use [`DocumentReader`].
pub fn read_document<K: SealingKey>(
    folder: &Path,
    name: DocumentName,
    key: &K,
    context: &Context<'_>,
) -> Result<Zeroizing<Vec<u8>>, SealError> {
    let file = File::open(folder.join(name.to_string()))?;
    // Chunks are added to a buffer that is large enough from the start: growing would leave copies of the plain text.
    let length = usize::try_from(file.metadata()?.len()).map_err(|_| SealError::TooLong)?;
    let mut reader = DocumentReader::new(key, context, Hashed { below: file, hash: Sha256::new() })?;
    let mut plain = Zeroizing::new(Vec::new());
    plain.try_reserve_exact(length).map_err(|_| SealError::TooLong)?;
    reader.read_to_end(&mut plain).map_err(from_io)?;
    if reader.below.hash.finalize() == name.0 { Ok(plain) } else { Err(SealError::OtherDocument) }
}

struct Hashed<R> {
    below: R,
    hash: Sha256,
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let length = self.below.read(out)?;
        self.hash.update(&out[..length]);
        Ok(length)
    }
}

fn as_io(error: SealError) -> io::Error {
    match error {
        SealError::Io(kind) => kind.into(),
        error => io::Error::new(io::ErrorKind::InvalidData, error),
    }
}

fn from_io(error: io::Error) -> SealError {
    match error.get_ref().and_then(|inner| inner.downcast_ref::<SealError>()) {
        Some(inner) => *inner,
        None => SealError::Io(error.kind()),
    }
}
