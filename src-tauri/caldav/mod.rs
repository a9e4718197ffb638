//! Room `caldav`: one calendar at a server, spoken to in CalDAV (RFC 4791) over WebDAV: what it holds, put, remove.
//!
//! Every change names the entity tag that it means to change (`If-Match`, `If-None-Match`), so that nothing is overwritten
//! unseen and a step that was carried out twice does no harm. The practice's agenda counts: what somebody else changed in
//! an event of ours is put right, and said.
//!
//! Not here: which events there should be (`domain::agenda::publication`), what they say (room `export`), HTTP (room
//! `net`), what is remembered between two runs (the store).

mod collection;
mod xml;

pub use collection::{Carried, Collection, Found};

use thiserror::Error;

use crate::net::NetError;

/// Why a server did not do what was asked. Holds no content.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DavError {
    /// No answer came.
    #[error(transparent)]
    Net(#[from] NetError),
    /// User or password are wrong there.
    #[error("the server does not know this user and password")]
    WrongPassword,
    /// The user may not do this there.
    #[error("the user may not write there")]
    Forbidden,
    /// There is nothing under the address.
    #[error("there is no calendar under the address")]
    NoCalendar,
    /// There is something under the address that is no calendar.
    #[error("what stands under the address is no calendar")]
    NotACalendar,
    /// Somebody changes the same event again and again.
    #[error("somebody else is changing the same event")]
    Contended,
    /// The server has no room left.
    #[error("the server is full")]
    Full,
    /// The server asks to come back later.
    #[error("the server is busy")]
    Busy,
    /// Any other status.
    #[error("the server refused ({0})")]
    Refused(u16),
    /// The answer is no WebDAV.
    #[error("the answer is no WebDAV")]
    Garbled,
}

impl DavError {
    /// The stable code by which window and terminal word it.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Net(NetError::BadAddress) => "bad_address",
            Self::Net(NetError::NotEncrypted) => "not_encrypted",
            Self::Net(NetError::BadAuthority) => "bad_authority",
            Self::Net(NetError::Unreachable) => "server_unreachable",
            Self::Net(NetError::TimedOut) => "server_timed_out",
            Self::Net(NetError::Untrusted) => "certificate_untrusted",
            Self::Net(NetError::Redirected { .. }) => "redirected_elsewhere",
            Self::Net(NetError::TooLarge | NetError::Garbled | NetError::Unwritable) | Self::Garbled => {
                "answer_garbled"
            }
            Self::WrongPassword => "server_password",
            Self::Forbidden => "server_forbidden",
            Self::NoCalendar => "no_calendar",
            Self::NotACalendar => "not_a_calendar",
            Self::Contended => "event_contended",
            Self::Full => "server_full",
            Self::Busy => "server_busy",
            Self::Refused(_) => "server_refused",
        }
    }

    /// Whether the same would fail for every further event as well, so that a run stops here.
    #[must_use]
    pub const fn ends_the_run(&self) -> bool {
        !matches!(self, Self::Contended)
    }
}
