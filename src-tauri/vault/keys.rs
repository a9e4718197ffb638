//! The secret types. Each is 32 bytes that are wiped when dropped, without `Debug`, `Serialize`, `Clone` or `PartialEq`, so
//! that none of them reaches a log, a file or a comparison by accident.
//!
//! Keys made at random come from [`fill_random`], the one source of randomness of this room.

use x25519_dalek::{PublicKey, StaticSecret};
use zeroize::{Zeroize, Zeroizing};

use super::cipher;
use super::codec;
use super::error::SealError;

/// The one source of randomness: the operating system's.
pub(super) fn fill_random(bytes: &mut [u8]) -> Result<(), getrandom::Error> {
    getrandom::fill(bytes)
}

/// A fixed number of random bytes that are not secret (nonces, salts).
pub(super) fn random_bytes<const N: usize>() -> Result<[u8; N], getrandom::Error> {
    let mut bytes = [0; N];
    fill_random(&mut bytes)?;
    Ok(bytes)
}

/// 32 secret bytes on the heap, so that moving the value leaves no copy behind.
pub(super) struct Secret32(Box<[u8; 32]>);

impl Secret32 {
    pub(super) fn zero() -> Self {
        Secret32(Box::new([0; 32]))
    }

    pub(super) fn make() -> Result<Self, getrandom::Error> {
        let mut secret = Self::zero();
        fill_random(secret.0.as_mut_slice())?;
        Ok(secret)
    }

    pub(super) fn from_slice(bytes: &[u8]) -> Option<Self> {
        let mut secret = Self::zero();
        if bytes.len() != 32 {
            return None;
        }
        secret.0.copy_from_slice(bytes);
        Some(secret)
    }

    pub(super) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    pub(super) fn bytes_mut(&mut self) -> &mut [u8; 32] {
        &mut self.0
    }

    pub(super) fn copy(&self) -> Self {
        let mut secret = Self::zero();
        secret.0.copy_from_slice(self.0.as_slice());
        secret
    }
}

impl Drop for Secret32 {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

macro_rules! secret_key {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        pub struct $name(pub(super) Secret32);

        impl $name {
            /// A new random key. Fails only where the operating system gives no random bytes.
            pub fn make() -> Result<Self, SealError> {
                Ok(Self(Secret32::make()?))
            }

            /// The key from its 32 bytes, as [`Self::expose`] gave them; wipe the source.
            pub fn from_bytes(bytes: &[u8]) -> Result<Self, SealError> {
                Secret32::from_slice(bytes).map(Self).ok_or(SealError::KeyLength)
            }

            /// The bare key, for the one place that must store or seal it.
            pub fn expose(&self) -> &[u8; 32] {
                self.0.bytes()
            }
        }
    };
}

secret_key! {
    /// Opens `practice.db`: SQLCipher's raw key.
    DatabaseKey
}
secret_key! {
    /// Seals the clinical rows and documents of one patient. Stored sealed to the [`ClinicalPublicKey`].
    PatientKey
}
secret_key! {
    /// Seals the journalled changes of one subject. Deleting it erases them while the chain still verifies.
    JournalKey
}
secret_key! {
    /// Seals one thing that somebody without the clinical key files (a scan, a result). Stored sealed to the
    /// [`ClinicalPublicKey`] until a practitioner's session takes it in under the patient's key.
    FilingKey
}
secret_key! {
    /// What the operating system's keyring keeps for one vault and OS account; with the password it opens the user key.
    DeviceSecret
}
secret_key! {
    /// Opens what was sealed to the [`ClinicalPublicKey`]; practitioners only.
    ClinicalPrivateKey
}

/// Random, one per user; wraps that user's other keys. Never leaves this room.
pub(super) struct UserKey(pub(super) Secret32);

impl DatabaseKey {
    /// The value of SQLCipher's `PRAGMA key`, quotes included: `"x'<64 hexadecimal digits>'"`.
    pub fn pragma_value(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(69));
        text.push_str("\"x'");
        codec::push_hex(&mut text, self.expose());
        text.push_str("'\"");
        text
    }

    pub(super) fn copy(&self) -> Self {
        DatabaseKey(self.0.copy())
    }
}

impl ClinicalPrivateKey {
    /// The public half. A practitioner's session seals to this one, never to one read from the database, which a
    /// secretary could have replaced.
    pub fn public_key(&self) -> ClinicalPublicKey {
        ClinicalPublicKey(public_of(&self.0))
    }

    pub(super) fn copy(&self) -> Self {
        ClinicalPrivateKey(self.0.copy())
    }
}

impl DeviceSecret {
    /// The half that stands in `vault.json`.
    pub fn public_key(&self) -> DevicePublicKey {
        DevicePublicKey(public_of(&self.private()))
    }

    /// The X25519 key that the stored secret stands for.
    pub(super) fn private(&self) -> Secret32 {
        cipher::derive(&[self.expose()], &[], "semainier/1/device", &[])
    }
}

impl UserKey {
    pub(super) fn make() -> Result<Self, getrandom::Error> {
        Secret32::make().map(UserKey)
    }

    pub(super) fn expose(&self) -> &[u8; 32] {
        self.0.bytes()
    }

    /// The X25519 key that opens what others grant to this user.
    pub(super) fn grant_private(&self) -> Secret32 {
        cipher::derive(&[self.expose()], &[], "semainier/1/user-grants", &[])
    }

    pub(super) fn grant_public(&self) -> [u8; 32] {
        public_of(&self.grant_private())
    }
}

macro_rules! public_key {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct $name(pub(super) [u8; 32]);

        impl $name {
            /// From its 32 bytes.
            pub fn from_bytes(bytes: &[u8]) -> Result<Self, SealError> {
                bytes.try_into().map(Self).map_err(|_| SealError::KeyLength)
            }

            /// Its 32 bytes, for storing.
            pub fn as_bytes(&self) -> &[u8; 32] {
                &self.0
            }
        }
    };
}

public_key! {
    /// Everybody seals to it; only [`ClinicalPrivateKey`] opens. Not secret.
    ClinicalPublicKey
}
public_key! {
    /// The public half of a [`DeviceSecret`]. Not secret.
    DevicePublicKey
}

fn public_of(private: &Secret32) -> [u8; 32] {
    PublicKey::from(&StaticSecret::from(*private.bytes())).to_bytes()
}
