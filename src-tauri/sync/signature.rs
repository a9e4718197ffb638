//! What the portal confirms: a statement and its signature under it, and whether both hold.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, VerifyingKey};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::SyncError;

/// A statement of the portal, to the letter, and its signature. What is kept as proof.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The text that is signed.
    pub statement: String,
    /// The signature (Ed25519, base 64).
    pub signature: String,
}

/// That something is gone there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Confirmation {
    /// By a signed statement, which was verified.
    Signed(Receipt),
    /// By looking: a plain server has nothing of that name any more.
    Looked,
}

/// What a statement must be about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// An erasure.
    Erasure,
    /// The destruction of everything, of which this was returned before (SHA-256, hexadecimal).
    Destruction {
        /// The fingerprint of what was returned.
        returned_sha256: String,
    },
}

#[derive(Deserialize)]
struct Statement {
    statement: String,
    request: Uuid,
    returned_sha256: Option<String>,
    key: String,
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn public(key: &str) -> Option<VerifyingKey> {
    let bytes = <[u8; 32]>::try_from(STANDARD.decode(key).ok()?).ok()?;
    VerifyingKey::from_bytes(&bytes).ok()
}

/// The short name of a public key, to be compared by eye; none where it is no key.
#[must_use]
pub fn key_name(key: &str) -> Option<String> {
    let key = public(key).filter(|key| !key.is_weak())?;
    Some(hex(&Sha256::digest(key.as_bytes()))[..16].to_owned())
}

/// Whether a receipt is the pinned key's, about this request and for this purpose. Anybody can look again at any time.
///
/// # Errors
/// [`SyncError::BadSignature`].
pub fn verify(pinned_key: &str, receipt: &Receipt, request: Uuid, purpose: &Purpose) -> Result<(), SyncError> {
    let holds = || {
        let key = public(pinned_key).filter(|key| !key.is_weak())?;
        let signature = Signature::from_slice(&STANDARD.decode(&receipt.signature).ok()?).ok()?;
        key.verify_strict(receipt.statement.as_bytes(), &signature).ok()?;
        let said: Statement = serde_json::from_str(&receipt.statement).ok()?;
        let (word, returned) = match purpose {
            Purpose::Erasure => ("erasure", None),
            Purpose::Destruction { returned_sha256 } => ("destruction", Some(returned_sha256.clone())),
        };
        let about = said.statement == word && said.request == request && said.returned_sha256 == returned;
        (about && Some(said.key) == key_name(pinned_key)).then_some(())
    };
    holds().ok_or(SyncError::BadSignature)
}

#[cfg(test)]
mod tests {
    use ed25519_dalek::{Signer as _, SigningKey};

    use super::*;

    fn signed(key: &SigningKey, statement: &str) -> Receipt {
        Receipt {
            statement: statement.to_owned(),
            signature: STANDARD.encode(key.sign(statement.as_bytes()).to_bytes()),
        }
    }

    #[test]
    fn a_receipt_holds_for_its_key_its_request_and_its_purpose_alone() {
        let key = SigningKey::from_bytes(&[7; 32]);
        let pinned = STANDARD.encode(key.verifying_key().as_bytes());
        let request = Uuid::from_u128(5);
        let name = key_name(&pinned).unwrap();
        let text = |word: &str, hash: &str| {
            format!(r#"{{"statement":"{word}","request":"{request}","returned_sha256":{hash},"key":"{name}"}}"#)
        };
        let erased = signed(&key, &text("erasure", "null"));
        assert_eq!(verify(&pinned, &erased, request, &Purpose::Erasure), Ok(()));
        let bad = Err(SyncError::BadSignature);
        assert_eq!(verify(&pinned, &erased, Uuid::from_u128(6), &Purpose::Erasure), bad);
        let destruction = Purpose::Destruction { returned_sha256: "ab".to_owned() };
        assert_eq!(verify(&pinned, &erased, request, &destruction), bad);
        let destroyed = signed(&key, &text("destruction", "\"ab\""));
        assert_eq!(verify(&pinned, &destroyed, request, &destruction), Ok(()));
        let other = Purpose::Destruction { returned_sha256: "cd".to_owned() };
        assert_eq!(verify(&pinned, &destroyed, request, &other), bad);
        let changed = Receipt { statement: erased.statement.replace("null", " null"), ..erased.clone() };
        assert_eq!(verify(&pinned, &changed, request, &Purpose::Erasure), bad);
        let another = SigningKey::from_bytes(&[8; 32]);
        let foreign = STANDARD.encode(another.verifying_key().as_bytes());
        assert_eq!(verify(&foreign, &erased, request, &Purpose::Erasure), bad);
        assert_eq!(verify("", &erased, request, &Purpose::Erasure), bad);
    }
}
