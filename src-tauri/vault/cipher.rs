//! The primitives: AES-256-GCM, HKDF-SHA256, and the box sealed to an X25519 key. Every use names a label of its own.
//!
//! Not here: what is sealed and under which key.

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, KeyInit};
use hkdf::hmac::{Hmac, Mac};
use hkdf::{Hkdf, HkdfExtract};
use sha2::Sha256;
use x25519_dalek::{PublicKey, StaticSecret};
use zeroize::{Zeroize, Zeroizing};

use super::codec::Encoder;
use super::error::SealError;
use super::keys::{Secret32, random_bytes};

pub(super) const NONCE: usize = 12;
pub(super) const TAG: usize = 16;
pub(super) const PUBLIC: usize = 32;

/// HKDF-SHA256 of all inputs together (each of them of fixed length) with a salt, for the use that label and context name.
pub(super) fn derive(inputs: &[&[u8]], salt: &[u8], label: &str, context: &[u8]) -> Secret32 {
    let mut out = Secret32::zero();
    derive_into(inputs, salt, label, context, out.bytes_mut());
    out
}

fn derive_into(inputs: &[&[u8]], salt: &[u8], label: &str, context: &[u8], out: &mut [u8]) {
    let mut extract = HkdfExtract::<Sha256>::new(Some(salt));
    for input in inputs {
        extract.input_ikm(input);
    }
    let (mut pseudorandom, hkdf): (_, Hkdf<Sha256>) = extract.finalize();
    pseudorandom.as_mut_slice().zeroize();
    let info = Encoder::new(label).bytes(context).finish();
    hkdf.expand(&info, out).expect("far below HKDF's limit of 8,160 bytes");
}

/// HMAC-SHA256.
pub(super) fn mac(key: &Secret32, message: &[u8]) -> [u8; 32] {
    keyed(key, message).finalize().into_bytes().into()
}

/// Whether the tag is the message's, compared in constant time.
pub(super) fn mac_fits(key: &Secret32, message: &[u8], tag: &[u8; 32]) -> bool {
    keyed(key, message).verify_slice(tag).is_ok()
}

fn keyed(key: &Secret32, message: &[u8]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.bytes()).expect("HMAC takes keys of any length");
    mac.update(message);
    mac
}

/// Ciphertext and tag. The caller answers for the nonce: never twice with one key.
pub(super) fn encrypt(key: &Secret32, nonce: &[u8; NONCE], data: &[u8], plain: &[u8]) -> Result<Vec<u8>, SealError> {
    let cipher = Aes256Gcm::new(key.bytes().into());
    cipher.encrypt(nonce.into(), Payload { msg: plain, aad: data }).map_err(|_| SealError::TooLong)
}

/// The plain text of `ciphertext` (with its tag), if key, nonce and associated data are those of its making.
pub(super) fn decrypt(
    key: &Secret32,
    nonce: &[u8; NONCE],
    data: &[u8],
    ciphertext: &[u8],
) -> Result<Zeroizing<Vec<u8>>, SealError> {
    let cipher = Aes256Gcm::new(key.bytes().into());
    cipher
        .decrypt(nonce.into(), Payload { msg: ciphertext, aad: data })
        .map(Zeroizing::new)
        .map_err(|_| SealError::Refused)
}

/// A random nonce, then [`encrypt`]: what the wraps of `vault.json` are.
pub(super) fn wrap(key: &Secret32, data: &[u8], plain: &[u8]) -> Result<Vec<u8>, SealError> {
    wrap_with(key, &random_bytes()?, data, plain)
}

pub(super) fn wrap_with(key: &Secret32, nonce: &[u8; NONCE], data: &[u8], plain: &[u8]) -> Result<Vec<u8>, SealError> {
    let mut out = nonce.to_vec();
    out.extend(encrypt(key, nonce, data, plain)?);
    Ok(out)
}

pub(super) fn unwrap(key: &Secret32, data: &[u8], wrapped: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealError> {
    let (nonce, ciphertext) = wrapped.split_first_chunk::<NONCE>().ok_or(SealError::Truncated)?;
    decrypt(key, nonce, data, ciphertext)
}

/// Unwraps a 32-byte key.
pub(super) fn unwrap_key(key: &Secret32, data: &[u8], wrapped: &[u8]) -> Result<Secret32, SealError> {
    Secret32::from_slice(&unwrap(key, data, wrapped)?).ok_or(SealError::KeyLength)
}

/// Seals to the holder of a private key who, where `shared` is given, must know that secret as well: an ephemeral X25519
/// key, then HKDF over the agreement and the shared secret, then AES-256-GCM. The result: ephemeral public key, ciphertext.
pub(super) fn seal_box(
    recipient: &[u8; PUBLIC],
    shared: Option<&Secret32>,
    data: &[u8],
    plain: &[u8],
) -> Result<Vec<u8>, SealError> {
    seal_box_with(&Secret32::make()?, recipient, shared, data, plain)
}

pub(super) fn seal_box_with(
    ephemeral: &Secret32,
    recipient: &[u8; PUBLIC],
    shared: Option<&Secret32>,
    data: &[u8],
    plain: &[u8],
) -> Result<Vec<u8>, SealError> {
    let ephemeral_public = PublicKey::from(&StaticSecret::from(*ephemeral.bytes())).to_bytes();
    let (key, nonce) = box_key(ephemeral, recipient, shared, &ephemeral_public, recipient)?;
    let mut out = ephemeral_public.to_vec();
    out.extend(encrypt(&key, &nonce, data, plain)?);
    Ok(out)
}

pub(super) fn open_box(
    private: &Secret32,
    shared: Option<&Secret32>,
    data: &[u8],
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, SealError> {
    let (ephemeral_public, ciphertext) = sealed.split_first_chunk::<PUBLIC>().ok_or(SealError::Truncated)?;
    let own_public = PublicKey::from(&StaticSecret::from(*private.bytes())).to_bytes();
    let (key, nonce) = box_key(private, ephemeral_public, shared, ephemeral_public, &own_public)?;
    decrypt(&key, &nonce, data, ciphertext)
}

/// Opens a box that holds a 32-byte key.
pub(super) fn open_box_key(
    private: &Secret32,
    shared: Option<&Secret32>,
    data: &[u8],
    sealed: &[u8],
) -> Result<Secret32, SealError> {
    Secret32::from_slice(&open_box(private, shared, data, sealed)?).ok_or(SealError::KeyLength)
}

fn box_key(
    private: &Secret32,
    other: &[u8; PUBLIC],
    shared: Option<&Secret32>,
    ephemeral_public: &[u8; PUBLIC],
    recipient: &[u8; PUBLIC],
) -> Result<(Secret32, [u8; NONCE]), SealError> {
    let agreed = StaticSecret::from(*private.bytes()).diffie_hellman(&PublicKey::from(*other));
    if !agreed.was_contributory() {
        return Err(SealError::Refused);
    }
    let context = Encoder::new("box").bytes(ephemeral_public).bytes(recipient).finish();
    // Whether a shared secret takes part is in the label, so that a box of one kind never opens as the other.
    let (label, inputs): (_, &[&[u8]]) = match shared {
        None => ("semainier/1/box", &[agreed.as_bytes()]),
        Some(shared) => ("semainier/1/box-shared", &[agreed.as_bytes(), shared.bytes()]),
    };
    let mut material = Zeroizing::new([0; 32 + NONCE]);
    derive_into(inputs, &[], label, &context, material.as_mut_slice());
    let key = Secret32::from_slice(&material[..32]).expect("32 bytes");
    let mut nonce = [0; NONCE];
    nonce.copy_from_slice(&material[32..]);
    Ok((key, nonce))
}
