//! Keys made of content, for rows and events that bring none of their own: importing the file again meets the same
//! key, whatever the practice has changed in between.
//!
//! The hash (FNV-1a, 128 bits) only has to be the same tomorrow and unlikely to collide; it protects nothing, and is
//! kept in the encrypted database only.

use domain::patient::names::normalise;

use super::draft::{PatientDraft, TEXT_FIELDS};
use super::mapping::PatientField as F;

/// What such keys of patients begin with.
pub const ROW_PREFIX: &str = "row:";

/// The key of a draft: of everything that tells who it is and how to reach them.
#[must_use]
pub fn content_key(draft: &PatientDraft) -> String {
    let mut hash = Fnv::new();
    for field in
        TEXT_FIELDS.into_iter().filter(|f| !matches!(f, F::ExternalId | F::Remarks | F::Insurer | F::TreatingDoctor))
    {
        hash.part(&normalise(draft.text(field).map_or("", String::as_str)));
    }
    hash.part(&draft.born.map(|b| b.to_string()).unwrap_or_default());
    // A birth date that could not be read still tells two rows apart.
    for (_, value) in &draft.kept {
        hash.part(value);
    }
    format!("{ROW_PREFIX}{:032x}", hash.0)
}

/// The key of any parts.
#[must_use]
pub fn key_of(prefix: &str, parts: &[&str]) -> String {
    let mut hash = Fnv::new();
    parts.iter().for_each(|p| hash.part(p));
    format!("{prefix}{:032x}", hash.0)
}

struct Fnv(u128);

impl Fnv {
    fn new() -> Self {
        Self(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d)
    }

    /// Adds a part and its end, so that `ab` + `c` is not `a` + `bc`.
    fn part(&mut self, text: &str) {
        for byte in text.bytes().chain(std::iter::once(0xff)) {
            self.0 = (self.0 ^ u128::from(byte)).wrapping_mul(0x0100_0000_0000_0000_0000_013b);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_the_same_for_the_same_person_and_stays_so() {
        let a = PatientDraft { surname: "BRETON".into(), first_name: "Clémence".into(), ..Default::default() };
        let b = PatientDraft { surname: "Breton".into(), first_name: "clemence".into(), ..Default::default() };
        let c = PatientDraft { surname: "Bretonc".into(), first_name: "lemence".into(), ..Default::default() };
        assert_eq!(content_key(&a), content_key(&b));
        assert_ne!(content_key(&a), content_key(&c));
        // Stored in vaults: must never change.
        assert_eq!(key_of("k:", &["a", "b"]), "k:697222d0e0757277b806e9775b4e0ce2");
    }
}
