//! Room `net`: the one HTTP client. A request to an address that the practice chose goes out, an answer comes in.
//!
//! Encrypted always: `https`, or plain `http` to this very computer. Certificates are checked against the public
//! authorities that the program brings along, or against the practice's own and no other. A redirect is followed inside the
//! same host only, so that a password goes nowhere else. Every call ends: connecting, answering, the silence between two pieces and
//! the size of an answer are bounded, so that neither a huge nor a dripping answer holds anybody up. Calls block; whoever asks sees to it that nobody waits on them.
//!
//! Not here: what is said (CalDAV has its own room), who may say it and when, passwords' keeping (the vault's keyring).

mod address;
mod client;

pub use address::Address;
pub use client::{Answer, Client, Credentials, Limits, Listening, Request};

use thiserror::Error;

/// Why no answer came. Never holds a path, a user or a password.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NetError {
    /// Not an address of the form `https://host/path`.
    #[error("not an address")]
    BadAddress,
    /// Plain `http` to another computer.
    #[error("the address is not encrypted")]
    NotEncrypted,
    /// The practice's own certificate authority cannot be read.
    #[error("the certificate authority cannot be read")]
    BadAuthority,
    /// Nobody answers there: no network, no such host, nothing listens.
    #[error("the server cannot be reached")]
    Unreachable,
    /// It took too long.
    #[error("the server did not answer in time")]
    TimedOut,
    /// The server's certificate is not one of the trusted authorities' for this host and this day.
    #[error("the server's certificate is not trusted")]
    Untrusted,
    /// The server sends on to another host.
    #[error("the server redirects to another host")]
    Redirected {
        /// Where to; a host only.
        host: String,
    },
    /// The answer is larger than anything expected.
    #[error("the answer is too large")]
    TooLarge,
    /// What was received cannot be written down here.
    #[error("what was received cannot be written")]
    Unwritable,
    /// The answer is no HTTP.
    #[error("the answer is garbled")]
    Garbled,
}
