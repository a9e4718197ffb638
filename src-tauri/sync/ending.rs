//! The end of a contract, as far as it can be told without asking: its number, the fingerprint of a file in hand, and a destruction
//! that was confirmed before.
//!
//! The number is derived: a vault that came back from a copy older than the end asks for the same one, and finds its confirmation.

use std::io::{self, Read};

use sha2::{Digest as _, Sha256};
use uuid::{Builder, Uuid};

use super::signature::{hex, verify};
use super::{Confirmation, Portal, Purpose, Receipt, SyncError};

/// The number under which a practice has everything destroyed at a portal: one a contract.
#[must_use]
pub fn destruction_number(vault: Uuid, portal: &str, client: &str) -> Uuid {
    let mut hash = Sha256::new();
    hash.update(b"semainier/destruction/1\n");
    hash.update(vault.as_bytes());
    hash.update(format!("\n{portal}\n{client}"));
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.finalize()[..16]);
    Builder::from_random_bytes(bytes).into_uuid()
}

/// The fingerprint (SHA-256, hexadecimal) of what is read.
///
/// # Errors
/// Where it cannot be read to its end.
pub fn fingerprint(from: &mut dyn Read) -> io::Result<String> {
    let mut hash = Sha256::new();
    let mut chunk = [0; 64 * 1024];
    loop {
        match from.read(&mut chunk)? {
            0 => return Ok(hex(&hash.finalize())),
            read => hash.update(&chunk[..read]),
        }
    }
}

impl Portal {
    /// The confirmation of a destruction that was carried out before, and the fingerprint of what was returned then.
    ///
    /// # Errors
    /// [`SyncError::NotFound`]; [`SyncError::BadSignature`]; what the portal or the way there refuses.
    pub fn destroyed(&self, request: Uuid) -> Result<(Confirmation, String), SyncError> {
        let receipt: Receipt = self.ask("GET", &format!("/practice/receipt/{request}"), None)?;
        let said: serde_json::Value = serde_json::from_str(&receipt.statement).map_err(|_| SyncError::BadSignature)?;
        let returned = said["returned_sha256"].as_str().unwrap_or_default().to_owned();
        let purpose = Purpose::Destruction { returned_sha256: returned.clone() };
        verify(&self.settings.pinned_key, &receipt, request, &purpose)?;
        Ok((Confirmation::Signed(receipt), returned))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_is_one_a_contract() {
        let (vault, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let number = destruction_number(vault, "https://rdv.example.org/", "c1");
        assert_eq!(number, destruction_number(vault, "https://rdv.example.org/", "c1"));
        assert_ne!(number, destruction_number(other, "https://rdv.example.org/", "c1"));
        assert_ne!(number, destruction_number(vault, "https://rdv.example.com/", "c1"));
        assert_ne!(number, destruction_number(vault, "https://rdv.example.org/", "c2"));
        assert_eq!(number.get_version_num(), 4);
    }

    #[test]
    fn a_fingerprint_is_of_every_byte() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(fingerprint(&mut io::empty()).expect("read"), empty);
        let long = vec![7; 200_000];
        let cut = fingerprint(&mut &long[..199_999]).expect("read");
        assert_ne!(fingerprint(&mut &long[..]).expect("read"), cut);
    }
}
