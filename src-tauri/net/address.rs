//! Addresses that may be spoken to.

use std::net::IpAddr;

use ureq::http::Uri;
use ureq::http::uri::Scheme;

use super::NetError;

/// An address: scheme, host, port and path. Never a user in it, and no query but one that the program put there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    encrypted: bool,
    host: String,
    port: u16,
    path: String,
    query: String,
}

impl Address {
    /// Reads an address as somebody typed it.
    ///
    /// # Errors
    /// [`NetError::BadAddress`], [`NetError::NotEncrypted`].
    pub fn parse(text: &str) -> Result<Self, NetError> {
        let uri: Uri = text.trim().parse().map_err(|_| NetError::BadAddress)?;
        let encrypted = match uri.scheme() {
            Some(scheme) if *scheme == Scheme::HTTPS => true,
            Some(scheme) if *scheme == Scheme::HTTP => false,
            _ => return Err(NetError::BadAddress),
        };
        let authority = uri.authority().ok_or(NetError::BadAddress)?;
        if authority.as_str().contains('@')
            || uri.query().is_some()
            || text.contains('#')
            || authority.host().is_empty()
        {
            return Err(NetError::BadAddress);
        }
        let host = authority.host().to_ascii_lowercase();
        // A port that is written must be one: `https://host:/` has none.
        let port = match authority.as_str().strip_prefix(authority.host()).unwrap_or_default() {
            "" => {
                if encrypted {
                    443
                } else {
                    80
                }
            }
            _ => authority.port_u16().filter(|port| *port > 0).ok_or(NetError::BadAddress)?,
        };
        let address = Self { encrypted, host, port, path: uri.path().to_owned(), query: String::new() };
        if !encrypted && !address.is_this_computer() {
            return Err(NetError::NotEncrypted);
        }
        Ok(address)
    }

    /// Whether it names this very computer.
    #[must_use]
    pub fn is_this_computer(&self) -> bool {
        let bare = self.host.trim_start_matches('[').trim_end_matches(']');
        self.host == "localhost" || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
    }

    /// The host, to be shown.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The path; begins with a slash.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The same host with another path, without a query.
    #[must_use]
    pub fn at(&self, path: &str) -> Self {
        let path = if path.starts_with('/') { path.to_owned() } else { format!("/{path}") };
        Self { path, query: String::new(), ..self.clone() }
    }

    /// The same with a query, which is encoded already.
    #[must_use]
    pub fn asking(&self, query: &str) -> Self {
        Self { query: query.to_owned(), ..self.clone() }
    }

    /// Where a link of an answer leads: to the same scheme, host and port only; its query counts.
    ///
    /// # Errors
    /// As [`Self::redirected`].
    pub fn linked(&self, link: &str) -> Result<Self, NetError> {
        let (place, query) = link.split_once('?').unwrap_or((link, ""));
        if !query.bytes().all(|b| b.is_ascii_graphic() && b != b'#') {
            return Err(NetError::Garbled);
        }
        Ok(self.redirected(place)?.asking(query))
    }

    /// Where a redirect leads, from here.
    ///
    /// # Errors
    /// [`NetError::Redirected`] for another host, port or scheme; [`NetError::Garbled`] for no address at all.
    pub fn redirected(&self, location: &str) -> Result<Self, NetError> {
        if location.starts_with('/') && !location.starts_with("//") {
            return Ok(self.at(location.split(['?', '#']).next().unwrap_or_default()));
        }
        let elsewhere = |host: &str| NetError::Redirected { host: host.to_owned() };
        // `//host/path` keeps the scheme.
        let scheme = if self.encrypted { "https:" } else { "http:" };
        let location = if location.starts_with("//") { format!("{scheme}{location}") } else { location.to_owned() };
        match Self::parse(&location) {
            Ok(other) if (other.encrypted, &other.host, other.port) == (self.encrypted, &self.host, self.port) => {
                Ok(other)
            }
            Ok(other) => Err(elsewhere(&other.host)),
            Err(_) => match location.parse::<Uri>().ok().and_then(|uri| uri.host().map(str::to_owned)) {
                Some(host) => Err(elsewhere(&host)),
                None => Err(NetError::Garbled),
            },
        }
    }
}

impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (scheme, usual) = if self.encrypted { ("https", 443) } else { ("http", 80) };
        write!(f, "{scheme}://{}", self.host)?;
        if self.port != usual {
            write!(f, ":{}", self.port)?;
        }
        f.write_str(&self.path)?;
        if self.query.is_empty() { Ok(()) } else { write!(f, "?{}", self.query) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_encrypted_addresses_and_this_computer_are_spoken_to() {
        for good in [
            "https://dav.example.org/cabinet/agenda/",
            "https://dav.example.org:8443",
            "http://127.0.0.1:5232/a/",
            "http://localhost:5232/",
            "http://[::1]:5232/a/",
            "http://127.8.9.1/",
        ] {
            assert!(Address::parse(good).is_ok(), "{good}");
        }
        for plain in ["http://dav.example.org/", "http://192.168.1.10:5232/", "http://localhost.example.org/"] {
            assert_eq!(Address::parse(plain), Err(NetError::NotEncrypted), "{plain}");
        }
        for bad in [
            "",
            "dav.example.org",
            "/a/",
            "ftp://example.org/",
            "https://",
            "https:///a",
            "https://user:password@example.org/",
            "https://example.org/?a=b",
            "https://example.org/#a",
            "https://example.org:0/",
            "https://example.org:99999/",
            "https://exa mple.org/",
        ] {
            assert_eq!(Address::parse(bad), Err(NetError::BadAddress), "{bad}");
        }
    }

    #[test]
    fn an_address_is_written_as_it_was_meant() {
        for text in ["https://dav.example.org/a/", "http://127.0.0.1:5232/a/b/", "https://dav.example.org:8443/"] {
            assert_eq!(Address::parse(text).map(|address| address.to_string()), Ok(text.to_owned()));
        }
        assert_eq!(
            Address::parse(" HTTPS://DAV.Example.org ").map(|a| a.to_string()),
            Ok("https://dav.example.org/".into())
        );
    }

    #[test]
    fn a_redirect_stays_in_the_house() {
        let here = Address::parse("https://dav.example.org/a/").unwrap();
        assert_eq!(here.redirected("/b/").map(|to| to.to_string()), Ok("https://dav.example.org/b/".into()));
        assert_eq!(here.redirected("https://dav.example.org/c/").map(|to| to.path().to_owned()), Ok("/c/".into()));
        let elsewhere = |host: &str| Err(NetError::Redirected { host: host.to_owned() });
        assert_eq!(here.redirected("https://evil.example.org/a/"), elsewhere("evil.example.org"));
        assert_eq!(here.redirected("http://dav.example.org/a/"), elsewhere("dav.example.org"));
        assert_eq!(here.redirected("https://dav.example.org:444/a/"), elsewhere("dav.example.org"));
        assert_eq!(here.redirected("//evil.example.org/a/"), elsewhere("evil.example.org"));
        assert_eq!(here.redirected("b/"), Err(NetError::Garbled));
    }

    #[test]
    fn a_link_keeps_its_query_and_stays_in_the_house() {
        let here = Address::parse("https://fhir.example.org/r4/").unwrap();
        let asked = here.asking("identifier=a%7Cb");
        assert_eq!(asked.to_string(), "https://fhir.example.org/r4/?identifier=a%7Cb");
        assert_eq!(asked.at("/x").to_string(), "https://fhir.example.org/x");
        let next = here.linked("https://fhir.example.org/r4?_getpages=7&_count=50").unwrap();
        assert_eq!(next.to_string(), "https://fhir.example.org/r4?_getpages=7&_count=50");
        let elsewhere = here.linked("https://evil.example.org/r4?_getpages=7");
        assert_eq!(elsewhere, Err(NetError::Redirected { host: "evil.example.org".to_owned() }));
        assert_eq!(here.linked("/r4?a=b c"), Err(NetError::Garbled));
    }

    proptest! {
        #[test]
        fn nothing_typed_makes_it_fail_nor_speak_openly(text in "(https?://)?\\PC{0,40}") {
            if let Ok(address) = Address::parse(&text) {
                prop_assert!(address.encrypted || address.is_this_computer());
                prop_assert_eq!(Address::parse(&address.to_string()), Ok(address));
            }
        }
    }
}
