//! Secrets, tokens and codes: made from the operating system's randomness, kept as hashes only.
//!
//! Client secrets and tokens have 256 random bits, so one round of SHA-256 is enough: nobody guesses them, and a slow hash would
//! be a way to keep the server busy. One-time codes are short: they live minutes, bear few tries, and are hashed with their visit.

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD as BASE64},
};
use domain::id::PracticeId;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// A SHA-256.
pub type Hash = [u8; 32];

/// Random bytes.
///
/// # Panics
/// Where the operating system has no randomness to give, which is no state to go on in.
#[must_use]
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

/// A random identifier. It tells no time: what the outside sees should not say when it was made.
#[must_use]
pub fn make_id() -> Uuid {
    uuid::Builder::from_random_bytes(random()).into_uuid()
}

/// A hash of parts, each bound by its length.
#[must_use]
pub fn hash(parts: &[&[u8]]) -> Hash {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update((part.len() as u64).to_be_bytes());
        digest.update(part);
    }
    digest.finalize().into()
}

/// The plain SHA-256 of a text, in hexadecimal.
#[must_use]
pub fn fingerprint(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

/// The plain SHA-256 of a text, in base 64, as a policy for contents names it.
#[must_use]
pub fn digest(bytes: &[u8]) -> String {
    STANDARD.encode(Sha256::digest(bytes))
}

/// Whether two are equal, in a time that does not tell where they differ.
#[must_use]
pub fn same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).fold(0, |sum, (a, b)| sum | (a ^ b)) == 0
}

/// A keyed hash.
#[must_use]
pub fn keyed(key: &[u8], parts: &[&[u8]]) -> Hash {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key).expect("a key of any length is taken");
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// The HMAC-SHA-256 of a text, in hexadecimal: for those outside, who have this and nothing of ours.
#[must_use]
pub fn signature(key: &[u8], text: &[u8]) -> String {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key).expect("a key of any length is taken");
    mac.update(text);
    mac.finalize().into_bytes().iter().map(|b| format!("{b:02x}")).collect()
}

/// Something only its bearer has, which says whose it is: the practice in front, 256 random bits behind. The practice is a
/// claim; that the hash is found behind that practice's wall is the proof.
pub struct Bearer {
    /// The practice it claims.
    pub practice: PracticeId,
    /// The hash under which it is kept.
    pub hash: Hash,
    text: String,
}

impl Bearer {
    /// A new one for a practice.
    #[must_use]
    pub fn make(practice: PracticeId) -> Self {
        let mut bytes = [0; 48];
        bytes[..16].copy_from_slice(practice.uuid().as_bytes());
        bytes[16..].copy_from_slice(&random::<32>());
        Self { practice, hash: hash(&[&bytes]), text: BASE64.encode(bytes) }
    }

    /// The one of a text.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let bytes = BASE64.decode(text).ok().filter(|b| b.len() == 48)?;
        let practice = PracticeId::new(Uuid::from_slice(&bytes[..16]).ok()?);
        Some(Self { practice, hash: hash(&[&bytes]), text: text.to_owned() })
    }

    /// The text, for its bearer alone.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// A client secret: its text, shown once, and the hash that is kept.
#[must_use]
pub fn make_client_secret() -> (String, Hash) {
    let text = BASE64.encode(random::<32>());
    let kept = hash_client_secret(&text);
    (text, kept)
}

/// The hash of a client secret.
#[must_use]
pub fn hash_client_secret(text: &str) -> Hash {
    hash(&[b"client secret", text.as_bytes()])
}

/// A one-time code of six digits.
#[must_use]
pub fn make_one_time_code() -> String {
    // 2⁶⁴ is so much larger than 10⁶ that no digit is favoured by more than one in 10¹³.
    format!("{:06}", u64::from_be_bytes(random()) % 1_000_000)
}

/// The hash of a one-time code in its visit, for a contact.
#[must_use]
pub fn hash_one_time_code(visit: &Hash, contact: &str, code: &str) -> Hash {
    hash(&[b"one-time code", visit, contact.as_bytes(), code.as_bytes()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bearer_is_read_back_and_another_practice_has_another_hash() {
        let practice = PracticeId::new(make_id());
        let made = Bearer::make(practice);
        let read = Bearer::read(made.text()).unwrap();
        assert!(read.practice == practice && read.hash == made.hash);
        let mut bytes = BASE64.decode(made.text()).unwrap();
        bytes[0] ^= 1;
        let moved = Bearer::read(&BASE64.encode(bytes)).unwrap();
        assert!(moved.practice != practice && moved.hash != made.hash);
        for text in ["", "x", "AAAA", &made.text()[1..], &format!("{}=", made.text())] {
            assert!(Bearer::read(text).is_none());
        }
    }

    #[test]
    fn parts_do_not_run_into_one_another() {
        assert_ne!(hash(&[b"ab", b"c"]), hash(&[b"a", b"bc"]));
        assert_ne!(keyed(b"k", &[b"ab", b"c"]), keyed(b"k", &[b"a", b"bc"]));
        assert!(same(b"abc", b"abc") && !same(b"abc", b"abd") && !same(b"abc", b"ab"));
        assert_eq!(fingerprint(b""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    #[test]
    fn a_one_time_code_has_six_digits_and_counts_for_one_contact_only() {
        let code = make_one_time_code();
        assert!(code.len() == 6 && code.bytes().all(|b| b.is_ascii_digit()));
        let visit = random();
        assert_ne!(hash_one_time_code(&visit, "a", &code), hash_one_time_code(&visit, "b", &code));
    }
}
