//! Files for somebody outside, under a passphrase of their own: the public format `age` (age-encryption.org/v1), which other
//! programs read. Written from front to back; nothing is ever in clear below.
//!
//! Not here: whether a passphrase is good enough (the caller's rule); anything of the vault's own keys.

use std::io::{self, Write};

use age::secrecy::SecretString;
use age::stream::StreamWriter;

/// What a guess costs, as a power of two: 128 MiB and about half a second.
const WORK: u8 = 17;

/// A file under way.
pub struct PassphraseWriter<W: Write>(StreamWriter<W>);

impl<W: Write> PassphraseWriter<W> {
    /// Begins a file that this passphrase opens.
    ///
    /// # Errors
    /// What is refused below.
    pub fn begin(passphrase: &str, below: W) -> io::Result<Self> {
        let mut recipient = age::scrypt::Recipient::new(SecretString::from(passphrase.to_owned()));
        recipient.set_work_factor(WORK);
        let recipients = std::iter::once(&recipient as &dyn age::Recipient);
        let encryptor = age::Encryptor::with_recipients(recipients).map_err(io::Error::other)?;
        Ok(Self(encryptor.wrap_output(below)?))
    }

    /// Ends it: without this it does not open.
    ///
    /// # Errors
    /// What is refused below.
    pub fn finish(self) -> io::Result<W> {
        self.0.finish()
    }
}

impl<W: Write> Write for PassphraseWriter<W> {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        self.0.write(buffer)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    fn opened(bytes: &[u8], passphrase: &str) -> Option<Vec<u8>> {
        let identity = age::scrypt::Identity::new(SecretString::from(passphrase.to_owned()));
        let mut reader =
            age::Decryptor::new(bytes).ok()?.decrypt(std::iter::once(&identity as &dyn age::Identity)).ok()?;
        let mut plain = Vec::new();
        reader.read_to_end(&mut plain).ok()?;
        Some(plain)
    }

    #[test]
    fn the_passphrase_opens_it_and_no_other_does_nor_a_cut_one() {
        let plain = b"Benjelloun ".repeat(20_000);
        let mut writer = PassphraseWriter::begin("sept mots de passe", Vec::new()).expect("begun");
        writer.write_all(&plain).expect("written");
        let sealed = writer.finish().expect("finished");
        assert!(sealed.starts_with(b"age-encryption.org/v1\n-> scrypt "));
        assert!(!sealed.windows(10).any(|window| window == b"Benjelloun"));
        assert_eq!(opened(&sealed, "sept mots de passe"), Some(plain));
        assert_eq!(opened(&sealed, "sept mots de passé"), None);
        assert_eq!(opened(&sealed[..sealed.len() - 1], "sept mots de passe"), None);
    }
}
