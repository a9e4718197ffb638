//! Verification: reads every page and every entry, writes nothing, and names the first entry that is wrong.

use super::{GENESIS, JournalError, hash};
use crate::store::Connection;
use crate::store::journal as rows;
use sha2::{Digest, Sha256};

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// An entry's content is not what was hashed.
    Changed,
    /// A number is missing.
    Missing,
    /// An entry does not follow the one before it.
    Reordered,
    /// The chain ends before the anchored head.
    CutOff,
    /// A page of the file is damaged.
    Pages,
}

impl FaultKind {
    /// A stable word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::Missing => "missing",
            Self::Reordered => "reordered",
            Self::CutOff => "cut_off",
            Self::Pages => "pages",
        }
    }
}

/// The first thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Which entry; none for a page.
    pub sequence: Option<i64>,
    /// What.
    pub kind: FaultKind,
}

/// What a verification found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// Entries read.
    pub entries: i64,
    /// Number and hash of the newest entry.
    pub head: Option<(i64, Vec<u8>)>,
    /// The first fault.
    pub fault: Option<Fault>,
}

/// The head as it was anchored outside the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    /// Number.
    pub sequence: i64,
    /// Hash.
    pub hash: Vec<u8>,
}

/// Reads everything. A page that cannot be read at all is a finding ([`FaultKind::Pages`]), not a failure.
///
/// # Errors
/// What the store refuses, damage apart.
pub async fn verify(connection: &mut Connection, anchors: &[Anchor]) -> Result<Verified, JournalError> {
    let pages =
        |entries, head| Verified { entries, head, fault: Some(Fault { sequence: None, kind: FaultKind::Pages }) };
    let verified = match chain(connection, anchors).await {
        Err(JournalError::Store(error)) if error.is_damage() => return Ok(pages(0, None)),
        read => read?,
    };
    if verified.fault.is_some() {
        return Ok(verified);
    }
    match rows::check_pages(connection).await {
        Ok(faults) if faults.is_empty() => Ok(verified),
        Err(error) if !error.is_damage() => Err(error.into()),
        _ => Ok(pages(verified.entries, verified.head)),
    }
}

/// Reads the chain only.
///
/// # Errors
/// What the store refuses.
pub async fn chain(connection: &mut Connection, anchors: &[Anchor]) -> Result<Verified, JournalError> {
    let mut previous = GENESIS.to_vec();
    let mut last = 0;
    let mut anchored = 0;
    let mut entries = 0;
    let mut fault = None;
    'pages: loop {
        let page = rows::page(connection, last, 2_000).await?;
        if page.is_empty() {
            break;
        }
        for row in page {
            entries += 1;
            let kind = if row.sequence != last + 1 {
                Some((last + 1, FaultKind::Missing))
            } else if row.digest != Sha256::digest(&row.sealed).as_slice() || row.hash != hash(&row) {
                Some((row.sequence, FaultKind::Changed))
            } else if row.previous != previous {
                Some((row.sequence, FaultKind::Reordered))
            } else {
                None
            };
            if let Some((sequence, kind)) = kind {
                fault = Some(Fault { sequence: Some(sequence), kind });
                break 'pages;
            }
            for anchor in anchors.iter().filter(|anchor| anchor.sequence == row.sequence) {
                // The same number with another hash: the whole chain was written anew.
                if anchor.hash != row.hash {
                    fault = Some(Fault { sequence: Some(row.sequence), kind: FaultKind::Changed });
                    break 'pages;
                }
                anchored += 1;
            }
            last = row.sequence;
            previous = row.hash;
        }
    }
    if fault.is_none() && anchored < anchors.len() {
        fault = Some(Fault { sequence: Some(last + 1), kind: FaultKind::CutOff });
    }
    let head = (last > 0).then_some((last, previous));
    Ok(Verified { entries, head, fault })
}
