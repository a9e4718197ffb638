//! Sealing what is clinical: a field under a patient's key, a key to the clinical public key, a change under a journal key.
//!
//! A sealed value: format byte, kind byte, the key's number (4 bytes big-endian), then nonce, ciphertext and tag, or a box.
//! All of it and the whole [`Context`] are authenticated: a value opens only at the place for which it was sealed.
//!
//! Not here: where sealed values are stored, which key is whose.

use sha2::{Digest as _, Sha256};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::cipher;
use super::codec::{Encoder, to_hex};
use super::error::SealError;
use super::keys::{ClinicalPrivateKey, ClinicalPublicKey, FilingKey, JournalKey, PatientKey, Secret32, random_bytes};

/// How often one key may seal at most: random 96-bit nonces (NIST SP 800-38D, 8.3). Whoever stores a key counts its uses
/// and makes the next one, with the next `key_id`, long before.
pub const MAX_SEALS_PER_KEY: u64 = 1 << 32;

/// What one sealed value may hold: 64 MiB. Larger things are documents.
pub(super) const MAX_PLAIN: usize = 64 << 20;

pub(super) const FORMAT: u8 = 1;
pub(super) const HEADER: usize = 6;

/// The first bytes of a sealed value tell what it is.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Patient = 1,
    Box = 2,
    Journal = 3,
    Document = 4,
    Filed = 5,
}

/// The place of a sealed value. Identifiers come as the strings that are stored; the caller uses one spelling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Context<'a> {
    /// The vault's id.
    pub vault: Uuid,
    /// Table, or what stands for one (`documents`).
    pub table: &'a str,
    /// Column.
    pub column: &'a str,
    /// The row's id.
    pub row: &'a str,
    /// The patient's id; empty where there is none.
    pub patient: &'a str,
    /// The row's version, so that an old value put back is refused.
    pub version: u64,
    /// The number of the key that seals, in the caller's table of keys.
    pub key_id: u32,
}

impl Context<'_> {
    /// The associated data: the header of the sealed value and every part of the context.
    pub(super) fn encode(&self, header: &[u8; HEADER]) -> Vec<u8> {
        Encoder::new("semainier/1/context")
            .bytes(header)
            .id(self.vault)
            .text(self.table)
            .text(self.column)
            .text(self.row)
            .text(self.patient)
            .number(self.version)
            .number(u64::from(self.key_id))
            .finish()
    }

    pub(super) fn header(&self, kind: Kind) -> [u8; HEADER] {
        let [a, b, c, d] = self.key_id.to_be_bytes();
        [FORMAT, kind as u8, a, b, c, d]
    }

    /// Splits a sealed value, if it is of this kind and sealed with the key that the context names.
    pub(super) fn strip<'b>(&self, kind: Kind, sealed: &'b [u8]) -> Result<(&'b [u8; HEADER], &'b [u8]), SealError> {
        let (header, rest) = sealed.split_first_chunk::<HEADER>().ok_or(SealError::Truncated)?;
        if header[0] != FORMAT || header[1] != kind as u8 {
            return Err(SealError::UnknownFormat);
        }
        if header != &self.header(kind) {
            return Err(SealError::OtherKey);
        }
        Ok((header, rest))
    }
}

mod private {
    use super::{Kind, Secret32};

    /// Keeps [`super::SealingKey`] to the keys of this room.
    pub trait Sealing {
        /// The kind byte of what the key seals.
        #[allow(private_interfaces)]
        const KIND: Kind;
        /// The key's bytes.
        #[allow(private_interfaces)]
        fn secret(&self) -> &Secret32;
    }
}
use private::Sealing;

/// A key that seals values: [`PatientKey`], [`JournalKey`] or [`FilingKey`]. A value sealed under one kind never opens
/// under another.
pub trait SealingKey: Sealing {}

macro_rules! sealing_key {
    ($name:ident, $kind:expr) => {
        #[allow(private_interfaces)]
        impl Sealing for $name {
            const KIND: Kind = $kind;
            fn secret(&self) -> &Secret32 {
                &self.0
            }
        }
        impl SealingKey for $name {}
    };
}
sealing_key!(PatientKey, Kind::Patient);
sealing_key!(JournalKey, Kind::Journal);
sealing_key!(FilingKey, Kind::Filed);

/// Seals a value for its place.
pub fn seal<K: SealingKey>(key: &K, context: &Context<'_>, plain: &[u8]) -> Result<Vec<u8>, SealError> {
    seal_with(&random_bytes()?, key, context, plain)
}

pub(super) fn seal_with<K: SealingKey>(
    nonce: &[u8; cipher::NONCE],
    key: &K,
    context: &Context<'_>,
    plain: &[u8],
) -> Result<Vec<u8>, SealError> {
    if plain.len() > MAX_PLAIN {
        return Err(SealError::TooLong);
    }
    let header = context.header(K::KIND);
    let mut sealed = header.to_vec();
    sealed.extend(cipher::wrap_with(key.secret(), nonce, &context.encode(&header), plain)?);
    Ok(sealed)
}

/// Opens a value that was sealed with this key for this place.
pub fn open<K: SealingKey>(key: &K, context: &Context<'_>, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealError> {
    let (header, rest) = context.strip(K::KIND, sealed)?;
    if rest.len() < cipher::NONCE + cipher::TAG {
        return Err(SealError::Truncated);
    }
    cipher::unwrap(key.secret(), &context.encode(header), rest)
}

/// Seals to the clinical public key: a patient's key, the key of what a secretary files. Needs no secret; `key_id` is the
/// clinical key's number ([`super::VaultFile::clinical_public_key`] gives both).
///
/// It proves nothing about who sealed: whoever has the public key can make such a value.
pub fn seal_to(public: &ClinicalPublicKey, context: &Context<'_>, plain: &[u8]) -> Result<Vec<u8>, SealError> {
    seal_to_with(&Secret32::make()?, public, context, plain)
}

pub(super) fn seal_to_with(
    ephemeral: &Secret32,
    public: &ClinicalPublicKey,
    context: &Context<'_>,
    plain: &[u8],
) -> Result<Vec<u8>, SealError> {
    if plain.len() > MAX_PLAIN {
        return Err(SealError::TooLong);
    }
    let header = context.header(Kind::Box);
    let mut sealed = header.to_vec();
    sealed.extend(cipher::seal_box_with(ephemeral, &public.0, None, &context.encode(&header), plain)?);
    Ok(sealed)
}

/// Opens what [`seal_to`] sealed for this place.
pub fn open_with(
    private: &ClinicalPrivateKey,
    context: &Context<'_>,
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, SealError> {
    let (header, rest) = context.strip(Kind::Box, sealed)?;
    if rest.len() < cipher::PUBLIC + cipher::TAG {
        return Err(SealError::Truncated);
    }
    cipher::open_box(&private.0, None, &context.encode(header), rest)
}

/// The SHA-256 of a sealed value as 64 hexadecimal digits: names it without a word of what is inside.
#[must_use]
pub fn digest(sealed: &[u8]) -> String {
    to_hex(&Sha256::digest(sealed))
}

/// The number of the key that sealed a value, so that the caller can fetch it.
pub fn sealed_key_id(sealed: &[u8]) -> Result<u32, SealError> {
    match sealed.split_first_chunk::<HEADER>() {
        None => Err(SealError::Truncated),
        Some(([FORMAT, _, a, b, c, d], _)) => Ok(u32::from_be_bytes([*a, *b, *c, *d])),
        Some(_) => Err(SealError::UnknownFormat),
    }
}
