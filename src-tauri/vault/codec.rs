//! How values become bytes that are authenticated: an unambiguous, length-prefixed encoding, and hexadecimal for JSON.
//!
//! Not here: anything secret (hexadecimal is not constant-time) and anything that is decoded again, hexadecimal apart.

use uuid::Uuid;

/// Associated data under construction. Every field is preceded by its length, so that no two lists of fields encode alike.
pub(super) struct Encoder(Vec<u8>);

impl Encoder {
    /// Starts with the label that separates this use from all others.
    pub(super) fn new(label: &str) -> Self {
        Encoder(Vec::with_capacity(256)).bytes(label.as_bytes())
    }

    /// One field of any length: eight bytes big-endian length, then the bytes.
    pub(super) fn bytes(mut self, field: &[u8]) -> Self {
        self.0.extend_from_slice(&(field.len() as u64).to_be_bytes());
        self.0.extend_from_slice(field);
        self
    }

    pub(super) fn text(self, field: &str) -> Self {
        self.bytes(field.as_bytes())
    }

    pub(super) fn number(self, field: u64) -> Self {
        self.bytes(&field.to_be_bytes())
    }

    pub(super) fn id(self, field: Uuid) -> Self {
        self.bytes(field.as_bytes())
    }

    /// Absent and empty differ: a presence byte comes first.
    pub(super) fn optional(self, field: Option<&[u8]>) -> Self {
        match field {
            None => self.bytes(&[0]),
            Some(field) => self.bytes(&[1]).bytes(field),
        }
    }

    pub(super) fn finish(self) -> Vec<u8> {
        self.0
    }
}

/// Lower-case hexadecimal.
pub(super) fn to_hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    push_hex(&mut text, bytes);
    text
}

/// Appends lower-case hexadecimal; does not reallocate when the capacity suffices.
pub(super) fn push_hex(text: &mut String, bytes: &[u8]) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    for byte in bytes {
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
}

/// Reads lower-case hexadecimal; `None` for anything else (upper case too: one value has one spelling).
pub(super) fn from_hex(text: &str) -> Option<Vec<u8>> {
    fn digit(c: u8) -> Option<u8> {
        match c {
            b'0'..=b'9' => Some(c - b'0'),
            b'a'..=b'f' => Some(c - b'a' + 10),
            _ => None,
        }
    }
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    pairs.iter().map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?)).collect()
}

/// Bytes that stand in `vault.json` as hexadecimal, of a length that the type fixes where it can.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Hex<T>(pub(super) T);

impl<T: AsRef<[u8]>> serde::Serialize for Hex<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&to_hex(self.0.as_ref()))
    }
}

impl<'de, T: TryFrom<Vec<u8>>> serde::Deserialize<'de> for Hex<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let bytes = from_hex(&text).ok_or_else(|| serde::de::Error::custom("hexadecimal expected"))?;
        T::try_from(bytes).map(Hex).map_err(|_| serde::de::Error::custom("wrong length"))
    }
}
