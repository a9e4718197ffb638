//! What the other side is known to hold of one thing.

/// What a change expects to find there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expect {
    /// Nothing of that name.
    Nothing,
    /// This version.
    Version(i64),
}

/// What the other side holds of one thing, as far as is known here.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Held {
    /// Nothing was ever sent.
    #[default]
    Nothing,
    /// It was sent, and no answer came: it may be there. Remembered before the first sending, so that a process that is killed in
    /// between knows it.
    Perhaps,
    /// It is there in this version. The digest is that of our own words; empty where the version is somebody else's.
    At {
        /// The version.
        version: i64,
        /// The digest of what we sent.
        digest: String,
    },
    /// It was erased there for good: it never goes there again by this name.
    Gone,
}

const PERHAPS: i64 = 0;
const GONE: i64 = -1;

impl Held {
    /// It is there, in somebody else's words.
    #[must_use]
    pub const fn theirs(version: i64) -> Self {
        Self::At { version, digest: String::new() }
    }

    /// Out of the two values that are stored; no row: [`Held::Nothing`].
    #[must_use]
    pub fn read(version: i64, digest: &str) -> Self {
        match version {
            PERHAPS => Self::Perhaps,
            version if version < 0 => Self::Gone,
            version => Self::At { version, digest: digest.to_owned() },
        }
    }

    /// The two values that are stored; none where there is no row.
    #[must_use]
    pub fn row(&self) -> Option<(i64, &str)> {
        match self {
            Self::Nothing => None,
            Self::Perhaps => Some((PERHAPS, "")),
            Self::At { version, digest } => Some((*version, digest)),
            Self::Gone => Some((GONE, "")),
        }
    }

    /// The version that is there for certain.
    #[must_use]
    pub const fn version(&self) -> Option<i64> {
        match self {
            Self::At { version, .. } => Some(*version),
            _ => None,
        }
    }

    /// What the next change expects to find.
    #[must_use]
    pub const fn expect(&self) -> Expect {
        match self {
            Self::At { version, .. } => Expect::Version(*version),
            _ => Expect::Nothing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_held_is_stored_and_read_back() {
        for held in [Held::Perhaps, Held::Gone, Held::theirs(7), Held::At { version: 1, digest: "ab".to_owned() }] {
            let (version, digest) = held.row().unwrap();
            assert_eq!(Held::read(version, digest), held);
        }
        assert_eq!(Held::Nothing.row(), None);
        assert_eq!(Held::theirs(3).expect(), Expect::Version(3));
        assert_eq!(Held::Perhaps.expect(), Expect::Nothing);
    }
}
