//! The recovery keys as people see them: 160 random bits, printed as eight groups of five Crockford base-32 characters, of
//! which the fifth is a check character, so that a typo is named with its group.
//!
//! Not here: what a recovery key opens.

use zeroize::Zeroizing;

use super::error::{RecoveryKeyError, SealError};
use super::keys::fill_random;

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const GROUPS: usize = 8;
/// Characters of a group that carry the key; one check character follows.
const CARRYING: usize = 4;
const GROUP: usize = CARRYING + 1;
const BYTES: usize = 20;

/// Which of the two keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecoveryKind {
    /// Opens the database key.
    Database,
    /// Opens the clinical private key.
    Clinical,
}

/// A recovery key. Wiped when dropped, without `Debug`.
pub struct RecoveryKey {
    kind: RecoveryKind,
    bytes: Zeroizing<[u8; BYTES]>,
}

impl RecoveryKey {
    /// A new random key.
    pub fn make(kind: RecoveryKind) -> Result<Self, SealError> {
        let mut bytes = Zeroizing::new([0; BYTES]);
        fill_random(bytes.as_mut_slice())?;
        Ok(RecoveryKey { kind, bytes })
    }

    #[cfg(test)]
    pub(super) fn from_bytes(kind: RecoveryKind, bytes: [u8; BYTES]) -> Self {
        RecoveryKey { kind, bytes: Zeroizing::new(bytes) }
    }

    /// Reads what somebody typed: case, blanks, dashes and dots do not matter, O counts as 0, I and L count as 1, and
    /// Arabic digits as digits.
    pub fn parse(kind: RecoveryKind, typed: &str) -> Result<Self, RecoveryKeyError> {
        let mut values = Zeroizing::new([0_u8; GROUPS * GROUP]);
        let mut found = 0;
        let mut stranger = None;
        for c in typed.chars().filter(|c| !is_separator(*c)) {
            match (value_of(c), values.get_mut(found)) {
                (Some(value), Some(place)) => *place = value,
                (None, _) => stranger = stranger.or(Some(found / GROUP + 1)),
                (Some(_), None) => {}
            }
            found += 1;
        }
        if let Some(group) = stranger.filter(|group| *group <= GROUPS) {
            return Err(RecoveryKeyError::Character { group });
        }
        if found != values.len() {
            return Err(RecoveryKeyError::Length { expected: values.len(), found });
        }
        match first_misfit(kind, &values) {
            None => Ok(RecoveryKey { kind, bytes: pack(&values) }),
            Some(_) if first_misfit(kind.other(), &values).is_none() => Err(RecoveryKeyError::OtherKind),
            Some(group) => Err(RecoveryKeyError::Group { group }),
        }
    }

    /// Which of the two keys this is.
    pub fn kind(&self) -> RecoveryKind {
        self.kind
    }

    /// The key as it is shown and printed: its groups, joined by dashes.
    pub fn text(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(GROUPS * (GROUP + 1)));
        for (group, fragment) in self.fragments().iter().enumerate() {
            if group > 0 {
                text.push('-');
            }
            text.push_str(fragment);
        }
        text
    }

    /// The groups one by one, so that a screen can ask to type some of them back.
    pub fn fragments(&self) -> Vec<Zeroizing<String>> {
        let values = unpack(&self.bytes);
        let groups = values.as_chunks::<CARRYING>().0.iter().enumerate();
        groups
            .map(|(group, carrying)| {
                let mut text = Zeroizing::new(String::with_capacity(GROUP));
                text.extend(carrying.iter().map(|value| char::from(ALPHABET[usize::from(*value)])));
                text.push(char::from(ALPHABET[usize::from(check(self.kind, group, carrying))]));
                text
            })
            .collect()
    }

    /// Whether `typed` is the group `group` (counted from 0), read as tolerantly as a whole key.
    pub fn fragment_is(&self, group: usize, typed: &str) -> bool {
        let typed: Zeroizing<Vec<Option<u8>>> =
            Zeroizing::new(typed.chars().filter(|c| !is_separator(*c)).map(value_of).collect());
        let fragments = self.fragments();
        fragments.get(group).is_some_and(|fragment| fragment.chars().map(value_of).eq(typed.iter().copied()))
    }

    pub(super) fn bytes(&self) -> &[u8; BYTES] {
        &self.bytes
    }
}

impl RecoveryKind {
    fn other(self) -> Self {
        match self {
            RecoveryKind::Database => RecoveryKind::Clinical,
            RecoveryKind::Clinical => RecoveryKind::Database,
        }
    }
}

fn is_separator(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '‐' | '‑' | '–' | '—' | '.' | '·' | '_' | '\u{200e}' | '\u{200f}')
}

fn value_of(c: char) -> Option<u8> {
    let c = match c {
        '٠'..='٩' => char::from(b'0' + (c as u32 - '٠' as u32) as u8),
        '۰'..='۹' => char::from(b'0' + (c as u32 - '۰' as u32) as u8),
        _ => c.to_ascii_uppercase(),
    };
    let c = match c {
        'O' => '0',
        'I' | 'L' => '1',
        c => c,
    };
    ALPHABET.iter().position(|letter| char::from(*letter) == c).map(|place| place as u8)
}

/// Multiplication in the field of 32 elements (x⁵ + x² + 1).
fn times(a: u8, b: u8) -> u8 {
    let product = (0..5).filter(|bit| b >> bit & 1 == 1).fold(0_u16, |sum, bit| sum ^ u16::from(a) << bit);
    (5..9).rev().fold(product, |rest, bit| if rest >> bit & 1 == 1 { rest ^ 0b10_0101 << (bit - 5) } else { rest })
        as u8
}

/// The check character: a weighted sum whose weights all differ, so that one wrong character and two exchanged ones both
/// show; and a constant of its own for each group and kind, so that exchanged groups and exchanged keys show as well.
fn check(kind: RecoveryKind, group: usize, carrying: &[u8; CARRYING]) -> u8 {
    let place = match kind {
        RecoveryKind::Database => group as u8,
        RecoveryKind::Clinical => (GROUPS + group) as u8,
    };
    // The weights 2, 4, 8, 16 are the powers of the field's generator.
    carrying.iter().zip([2, 4, 8, 16]).fold(place, |sum, (value, weight)| sum ^ times(*value, weight))
}

/// The first group (from 1) whose check character does not fit.
fn first_misfit(kind: RecoveryKind, values: &[u8; GROUPS * GROUP]) -> Option<usize> {
    let groups = values.as_chunks::<GROUP>().0;
    let misfit = groups
        .iter()
        .enumerate()
        .position(|(group, [a, b, c, d, last])| check(kind, group, &[*a, *b, *c, *d]) != *last);
    misfit.map(|group| group + 1)
}

/// 160 bits into 32 values of five bits.
fn unpack(bytes: &[u8; BYTES]) -> Zeroizing<[u8; GROUPS * CARRYING]> {
    let mut values = Zeroizing::new([0; GROUPS * CARRYING]);
    for (five, eight) in bytes.as_chunks::<5>().0.iter().zip(values.as_chunks_mut::<8>().0) {
        let bits = five.iter().fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
        for (place, value) in eight.iter_mut().enumerate() {
            *value = (bits >> (35 - 5 * place) & 31) as u8;
        }
    }
    values
}

/// The key's bytes from the values of its groups, check characters left out.
fn pack(values: &[u8; GROUPS * GROUP]) -> Zeroizing<[u8; BYTES]> {
    let mut bytes = Zeroizing::new([0; BYTES]);
    let (pairs, _) = values.as_chunks::<{ 2 * GROUP }>();
    for (ten, five) in pairs.iter().zip(bytes.as_chunks_mut::<5>().0) {
        let carrying = ten.iter().enumerate().filter(|(place, _)| place % GROUP != CARRYING);
        let bits = carrying.fold(0_u64, |bits, (_, value)| bits << 5 | u64::from(*value));
        five.copy_from_slice(&bits.to_be_bytes()[3..]);
    }
    bytes
}
