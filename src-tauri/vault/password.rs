//! From a typed password to key material: Argon2id with costs that stand in the file.
//!
//! Not here: whether a password is good enough; the rule for that belongs to the caller.

use argon2::{Algorithm, Argon2, Block, Params, Version};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use super::error::VaultError;
use super::keys::Secret32;

/// What a person typed. Wiped when dropped, without `Debug`.
pub struct Password(Zeroizing<String>);

impl Password {
    /// Takes the typed text over and brings it to Unicode's form NFKC, so that the same password typed on another keyboard or
    /// system gives the same bytes (a French keyboard's no-break space, a composed or decomposed é).
    pub fn new(typed: impl Into<Zeroizing<String>>) -> Self {
        let typed = typed.into();
        // One character may become up to 18 (U+FDFA): counted first, so that no half-filled copy is left by a reallocation.
        let bytes = typed.nfkc().map(char::len_utf8).sum();
        let mut text = Zeroizing::new(String::with_capacity(bytes));
        text.extend(typed.nfkc());
        Password(text)
    }

    /// The text, for judging its strength.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

/// What Argon2id costs: memory and time that every guess must spend.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Costs {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over the memory.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

impl Costs {
    /// New passwords: 64 MiB, 3 passes (DESIGN: at least these).
    pub const STANDARD: Costs = Costs { memory_kib: 64 * 1024, passes: 3, lanes: 1 };
    /// The least that is opened: OWASP's minimum of 19 MiB and 2 passes.
    pub const FLOOR: Costs = Costs { memory_kib: 19 * 1024, passes: 2, lanes: 1 };
    /// The most that is opened: a tampered file must not freeze the computer.
    pub const CEILING: Costs = Costs { memory_kib: 1024 * 1024, passes: 16, lanes: 8 };

    /// Refuses costs under the floor or over the ceiling.
    pub(super) fn check(&self) -> Result<(), VaultError> {
        let within = (Self::FLOOR.memory_kib..=Self::CEILING.memory_kib).contains(&self.memory_kib)
            && (Self::FLOOR.passes..=Self::CEILING.passes).contains(&self.passes)
            && (Self::FLOOR.lanes..=Self::CEILING.lanes).contains(&self.lanes);
        if within { Ok(()) } else { Err(VaultError::CostsRefused) }
    }
}

/// Argon2id version 1.3 of the password. Takes a noticeable part of a second on purpose; call it off the main thread.
pub(super) fn stretch(password: &Password, salt: &[u8; 16], costs: &Costs) -> Result<Secret32, VaultError> {
    costs.check()?;
    #[cfg(test)]
    STRETCHED.with_borrow_mut(|all| all.push(*costs));
    let params =
        Params::new(costs.memory_kib, costs.passes, costs.lanes, Some(32)).map_err(|_| VaultError::CostsRefused)?;
    let count = params.block_count();
    // Reserved first: too little memory is an answer, not an abort. Wiped afterwards: the blocks derive from the password.
    let mut blocks: Zeroizing<Vec<Block>> = Zeroizing::new(Vec::new());
    blocks.try_reserve_exact(count).map_err(|_| VaultError::NoMemory)?;
    blocks.resize(count, Block::default());
    let mut out = Secret32::zero();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into_with_memory(password.0.as_bytes(), salt, out.bytes_mut(), blocks.as_mut_slice())
        .map_err(|_| VaultError::CostsRefused)?;
    Ok(out)
}

#[cfg(test)]
std::thread_local! {
    /// What this thread spent, so that a test can compare without measuring time.
    pub(super) static STRETCHED: std::cell::RefCell<Vec<Costs>> = const { std::cell::RefCell::new(Vec::new()) };
}
