//! The portal's own key, and the statements it signs: what was erased, what was destroyed.

use std::{fs, io, path::Path};

use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use chrono::{DateTime, Utc};
use domain::id::PracticeId;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use uuid::Uuid;

use crate::{
    secret,
    store::{Destroyed, Receipt},
};

/// The portal's key pair.
pub struct Key(SigningKey);

impl Key {
    /// The key of a file; made there, readable by its owner alone, where there is none.
    ///
    /// # Errors
    /// Where the file cannot be read or written, or holds no key.
    pub fn open(path: &Path) -> io::Result<Self> {
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                write_private(path, &BASE64.encode(secret::random::<32>()))?;
                fs::read_to_string(path)?
            }
            Err(error) => return Err(error),
        };
        let bytes = BASE64.decode(text.trim()).ok().and_then(|b| <[u8; 32]>::try_from(b).ok());
        bytes
            .map(|b| Self(SigningKey::from_bytes(&b)))
            .ok_or_else(|| io::Error::other("the signing key's file holds no key"))
    }

    /// A key for tests and demonstrations, gone with the process.
    #[must_use]
    pub fn make() -> Self {
        Self(SigningKey::from_bytes(&secret::random()))
    }

    /// The public half, as base 64: what a practice pins.
    #[must_use]
    pub fn public(&self) -> String {
        BASE64.encode(self.0.verifying_key().as_bytes())
    }

    /// A short name of the public half.
    #[must_use]
    pub fn id(&self) -> String {
        secret::fingerprint(self.0.verifying_key().as_bytes())[..16].to_owned()
    }

    /// A secret of its own for another purpose.
    #[must_use]
    pub fn derive(&self, purpose: &str) -> [u8; 32] {
        secret::keyed(self.0.as_bytes(), &[purpose.as_bytes()])
    }

    /// A signed statement of what went: an erasure, a destruction. `again`: carried out again after the database came back from a backup.
    #[must_use]
    pub fn state(
        &self,
        processor: &str,
        (practice, request, kind): (PracticeId, Uuid, &str),
        gone: &Destroyed,
        (returned_sha256, again): (Option<&str>, bool),
        now: DateTime<Utc>,
    ) -> Receipt {
        let mut said = serde_json::json!({
            "statement": kind, "practice": practice.to_string(), "request": request, "at": now, "gone": gone,
            "returned_sha256": returned_sha256, "processor": processor, "key": self.id(),
            "backups": "isolated, deleted with their own expiry",
        });
        if again {
            said["again_after_restore"] = true.into();
        }
        let statement = said.to_string();
        Receipt { signature: self.sign(&statement), statement }
    }

    /// The signature under a statement, as base 64.
    #[must_use]
    pub fn sign(&self, statement: &str) -> String {
        BASE64.encode(self.0.sign(statement.as_bytes()).to_bytes())
    }
}

/// Whether a signature under a statement is of that public key.
#[must_use]
pub fn verify(public: &str, statement: &str, signature: &str) -> bool {
    let bytes = |text: &str| BASE64.decode(text).ok();
    let key = bytes(public).and_then(|b| <[u8; 32]>::try_from(b).ok()).and_then(|b| VerifyingKey::from_bytes(&b).ok());
    let signature = bytes(signature).and_then(|b| Signature::from_slice(&b).ok());
    matches!((key, signature), (Some(key), Some(signature)) if key.verify_strict(statement.as_bytes(), &signature).is_ok())
}

fn write_private(path: &Path, text: &str) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut file = options.open(path)?;
    io::Write::write_all(&mut file, text.as_bytes())?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_of_one_statement_and_one_key() {
        let (key, other) = (Key::make(), Key::make());
        let signature = key.sign("destroyed");
        assert!(verify(&key.public(), "destroyed", &signature));
        assert!(!verify(&key.public(), "destroyed.", &signature));
        assert!(!verify(&other.public(), "destroyed", &signature));
        assert!(!verify("", "destroyed", "") && key.id() != other.id());
    }
}
