//! A mail server as somebody sets it up, and its password.

use zeroize::Zeroizing;

use crate::MailError;

/// How the way to a server is kept from others' eyes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// TLS from the first byte; usually port 465.
    Tls,
    /// TLS after a word in the clear, and nothing without it; usually port 587.
    StartTls,
    /// None: to this very computer only.
    None,
}

impl Security {
    /// All of them.
    pub const ALL: &'static [Self] = &[Self::Tls, Self::StartTls, Self::None];

    /// The stable word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Tls => "tls",
            Self::StartTls => "starttls",
            Self::None => "none",
        }
    }

    /// The one of a word.
    #[must_use]
    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|one| one.as_str() == word)
    }

    /// The port that is usual.
    #[must_use]
    pub const fn port(self) -> u16 {
        match self {
            Self::Tls => 465,
            Self::StartTls => 587,
            Self::None => 25,
        }
    }
}

/// A mail server.
#[derive(Debug, Clone)]
pub struct Server {
    /// Its name, or an address of this computer.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How it is spoken to.
    pub security: Security,
    /// A certificate authority of one's own (PEM); empty: the public ones.
    pub authority: String,
    /// The user there; empty: none is asked for.
    pub login: String,
    /// The address that messages come from.
    pub from: String,
    /// The name that stands with it.
    pub sender: String,
}

impl Server {
    /// Whether it is of its form, and may be spoken to as it says.
    pub(crate) fn check(&self) -> Result<(), MailError> {
        let is_v6 = self.host.parse::<std::net::Ipv6Addr>().is_ok();
        let plain = |b: u8| b.is_ascii_alphanumeric() || b"-.".contains(&b);
        let named = self.host.len() <= 253 && !self.host.is_empty() && self.host.bytes().all(plain);
        if !(is_v6 || named) || self.port == 0 {
            return Err(MailError::BadServer);
        }
        let here = self.host == "localhost" || self.host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback());
        if self.security == Security::None && !here {
            return Err(MailError::NotEncrypted);
        }
        Ok(())
    }
}

/// A password; wiped when it is dropped.
pub struct Password(Zeroizing<String>);

impl Password {
    /// Takes it over.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    pub(crate) fn text(&self) -> &str {
        &self.0
    }
}
