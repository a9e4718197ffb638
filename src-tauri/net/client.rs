//! The client: one for each host and user, so that a connection can be used again.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ureq::http;
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};
use zeroize::Zeroizing;

use super::{Address, NetError};

/// How long connecting may take.
const CONNECT: Duration = Duration::from_secs(10);
/// How long a whole call may take.
const CALL: Duration = Duration::from_secs(45);
/// The largest answer: a calendar of many thousand events, listed.
const LARGEST: u64 = 32 * 1024 * 1024;
/// How many redirects inside the host are followed.
const REDIRECTS: usize = 3;

/// User and password, as the header that carries them. Wiped when dropped; no `Debug`, no `Clone`.
pub struct Credentials(Zeroizing<String>);

impl Credentials {
    /// Basic authentication (RFC 7617): safe because the line is encrypted.
    #[must_use]
    pub fn new(login: &str, password: &str) -> Self {
        let plain = Zeroizing::new(format!("{login}:{password}"));
        let coded = Zeroizing::new(STANDARD.encode(plain.as_bytes()));
        Self(Zeroizing::new(format!("Basic {}", coded.as_str())))
    }

    /// For what is public: nothing is said of who asks.
    #[must_use]
    pub fn none() -> Self {
        Self(Zeroizing::new(String::new()))
    }
}

/// What is asked.
pub struct Request<'a> {
    /// The method, WebDAV's own included.
    pub method: &'a str,
    /// Where.
    pub address: &'a Address,
    /// Header fields.
    pub headers: &'a [(&'a str, &'a str)],
    /// The body; `None` where the method has none.
    pub body: Option<&'a str>,
}

/// What came back.
pub struct Answer {
    /// Status code.
    pub status: u16,
    /// The entity tag, where there is one.
    pub etag: Option<String>,
    /// The body.
    pub body: Vec<u8>,
}

/// A client.
pub struct Client {
    agent: ureq::Agent,
    credentials: Credentials,
}

impl Client {
    /// A client for the host of an address. `authority` is the practice's own certificate authority (PEM), or empty for
    /// the public ones.
    ///
    /// # Errors
    /// [`NetError::BadAuthority`].
    pub fn new(address: &Address, authority: &str, credentials: Credentials) -> Result<Self, NetError> {
        let roots = match authority.trim() {
            "" => RootCerts::WebPki,
            pem => RootCerts::Specific(Arc::new(certificates(pem)?)),
        };
        let mut config = ureq::Agent::config_builder()
            .tls_config(TlsConfig::builder().root_certs(roots).build())
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .allow_non_standard_methods(true)
            .timeout_connect(Some(CONNECT))
            .timeout_global(Some(CALL))
            .user_agent("Semainier");
        if address.is_this_computer() {
            // No proxy knows this computer better than itself.
            config = config.proxy(None);
        }
        Ok(Self { agent: config.build().new_agent(), credentials })
    }

    /// Asks, follows redirects inside the host, and answers with whatever status came.
    ///
    /// # Errors
    /// Every [`NetError`] but those of addresses.
    pub fn send(&self, request: &Request<'_>) -> Result<Answer, NetError> {
        let mut address = request.address.clone();
        for _ in 0..=REDIRECTS {
            let mut response = self.once(request, &address)?;
            let header = |response: &http::Response<ureq::Body>, name: http::HeaderName| {
                response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
            };
            if matches!(response.status().as_u16(), 301 | 302 | 307 | 308)
                && let Some(location) = header(&response, http::header::LOCATION)
            {
                address = address.redirected(&location)?;
                continue;
            }
            let etag = header(&response, http::header::ETAG);
            let body = response.body_mut().with_config().limit(LARGEST).read_to_vec().map_err(told)?;
            return Ok(Answer { status: response.status().as_u16(), etag, body });
        }
        Err(NetError::Garbled)
    }

    fn once(&self, request: &Request<'_>, address: &Address) -> Result<http::Response<ureq::Body>, NetError> {
        let mut builder = http::Request::builder().method(request.method).uri(address.to_string());
        if !self.credentials.0.is_empty() {
            builder = builder.header(http::header::AUTHORIZATION, self.credentials.0.as_str());
        }
        for (name, value) in request.headers {
            builder = builder.header(*name, *value);
        }
        let refused = |_| NetError::BadAddress;
        match request.body {
            Some(body) => self.agent.run(builder.body(body.to_owned()).map_err(refused)?),
            None => self.agent.run(builder.body(()).map_err(refused)?),
        }
        .map_err(told)
    }
}

fn certificates(pem: &str) -> Result<Vec<Certificate<'static>>, NetError> {
    let mut found = Vec::new();
    for item in parse_pem(pem.as_bytes()) {
        if let PemItem::Certificate(certificate) = item.map_err(|_| NetError::BadAuthority)? {
            found.push(certificate);
        }
    }
    if found.is_empty() { Err(NetError::BadAuthority) } else { Ok(found) }
}

/// The library's error without its text.
fn told(error: ureq::Error) -> NetError {
    use ureq::Error;
    match error {
        Error::Timeout(_) => NetError::TimedOut,
        Error::HostNotFound | Error::ConnectionFailed | Error::ConnectProxyFailed(_) => NetError::Unreachable,
        Error::BodyExceedsLimit(_) => NetError::TooLarge,
        Error::Tls(_) | Error::Rustls(_) => NetError::Untrusted,
        Error::Io(error) => match error.kind() {
            io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => NetError::TimedOut,
            // What goes wrong in the handshake arrives as invalid data.
            io::ErrorKind::InvalidData => NetError::Untrusted,
            _ => NetError::Unreachable,
        },
        Error::BadUri(_) | Error::Http(_) => NetError::BadAddress,
        _ => NetError::Garbled,
    }
}

#[cfg(test)]
mod tests;
