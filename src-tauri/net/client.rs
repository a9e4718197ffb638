//! The client: one for each host and user, so that a connection can be used again.

use std::io::{self, BufRead as _, BufReader, Read as _, Write};
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
/// How long a connection is kept for the next call: longer than whoever asks once a minute waits, so that no handshake comes between.
const KEPT: Duration = Duration::from_secs(120);
/// How long a whole call may take.
const CALL: Duration = Duration::from_secs(45);
/// The largest answer: a calendar of many thousand events, listed.
const LARGEST: u64 = 32 * 1024 * 1024;
/// How long a listener waits for the next line; servers give a sign of life more often.
const SILENCE: Duration = Duration::from_secs(75);
/// The longest line of a stream of events.
const LINE: u64 = 4 * 1024;
/// How long receiving a whole file may take.
const FILE: Duration = Duration::from_secs(30 * 60);
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

    /// A token that the server gave (RFC 6750).
    #[must_use]
    pub fn token(token: &str) -> Self {
        Self(Zeroizing::new(format!("Bearer {token}")))
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
    /// After how many seconds to come back, where the server says it.
    pub retry_after: Option<u64>,
    /// The body.
    pub body: Vec<u8>,
}

/// How much and how long is put up with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The largest answer, in bytes.
    pub largest: u64,
    /// How long a whole call may take, the last byte of the answer included.
    pub call: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { largest: LARGEST, call: CALL }
    }
}

/// What a listener wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listening {
    /// To hear on.
    On,
    /// To stop.
    Enough,
}

/// A client.
pub struct Client {
    agent: ureq::Agent,
    credentials: Credentials,
    limits: Limits,
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
            .max_idle_age(KEPT)
            .user_agent("Semainier");
        if address.is_this_computer() {
            // No proxy knows this computer better than itself.
            config = config.proxy(None);
        }
        Ok(Self { agent: config.build().new_agent(), credentials, limits: Limits::default() })
    }

    /// The same within other limits.
    #[must_use]
    pub fn within(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// Asks, follows redirects inside the host, and answers with whatever status came.
    ///
    /// # Errors
    /// Every [`NetError`] but those of addresses.
    pub fn send(&self, request: &Request<'_>) -> Result<Answer, NetError> {
        self.send_as(&self.credentials, request)
    }

    /// The same with other credentials than the client's own.
    ///
    /// # Errors
    /// As [`Self::send`].
    pub fn send_as(&self, credentials: &Credentials, request: &Request<'_>) -> Result<Answer, NetError> {
        self.whole(self.follow(credentials, request, Patience { whole: self.limits.call, silence: None })?)
    }

    /// Receives an answer into a file; whatever status but 200 came is answered as by [`Self::send`].
    ///
    /// # Errors
    /// As [`Self::send`]; [`NetError::Unwritable`] where the file takes no more.
    pub fn receive(
        &self,
        credentials: &Credentials,
        request: &Request<'_>,
        largest: u64,
        into: &mut dyn Write,
    ) -> Result<Answer, NetError> {
        let mut response = self.follow(credentials, request, Patience { whole: FILE, silence: Some(CALL) })?;
        if response.status().as_u16() != 200 {
            return self.whole(response);
        }
        let answer = head(&response);
        let mut reader = response.body_mut().with_config().limit(largest).reader();
        let mut chunk = [0; 64 * 1024];
        loop {
            let read = reader.read(&mut chunk).map_err(|error| told(ureq::Error::from(error)))?;
            if read == 0 {
                return Ok(answer);
            }
            into.write_all(&chunk[..read]).map_err(|_| NetError::Unwritable)?;
        }
    }

    /// Listens to a stream of lines until it ends, until `longest` is over, or until the listener has enough. Whatever status but
    /// 200 came is answered as by [`Self::send`].
    ///
    /// # Errors
    /// As [`Self::send`]; [`NetError::TimedOut`] where the server gave no sign of life, too.
    pub fn listen(
        &self,
        credentials: &Credentials,
        request: &Request<'_>,
        longest: Duration,
        heard: &mut dyn FnMut(&str) -> Listening,
    ) -> Result<Answer, NetError> {
        let patience = Patience { whole: longest, silence: Some(SILENCE) };
        let mut response = self.follow(credentials, request, patience)?;
        if response.status().as_u16() != 200 {
            return self.whole(response);
        }
        let answer = head(&response);
        let mut lines = BufReader::new(response.body_mut().with_config().limit(self.limits.largest).reader());
        let mut line = Vec::new();
        loop {
            line.clear();
            let read = lines.by_ref().take(LINE).read_until(b'\n', &mut line);
            let read = read.map_err(|error| told(ureq::Error::from(error)))?;
            if read as u64 == LINE && line.last() != Some(&b'\n') {
                return Err(NetError::TooLarge);
            }
            let text = std::str::from_utf8(&line).map_err(|_| NetError::Garbled)?;
            if read == 0 || heard(text.trim_end_matches(['\r', '\n'])) == Listening::Enough {
                return Ok(answer);
            }
        }
    }

    fn whole(&self, mut response: http::Response<ureq::Body>) -> Result<Answer, NetError> {
        let body = response.body_mut().with_config().limit(self.limits.largest).read_to_vec().map_err(told)?;
        Ok(Answer { body, ..head(&response) })
    }

    fn follow(
        &self,
        credentials: &Credentials,
        request: &Request<'_>,
        patience: Patience,
    ) -> Result<http::Response<ureq::Body>, NetError> {
        let mut address = request.address.clone();
        for _ in 0..=REDIRECTS {
            let response = self.once(credentials, request, &address, patience)?;
            let location = text(&response, http::header::LOCATION);
            match location.filter(|_| matches!(response.status().as_u16(), 301 | 302 | 307 | 308)) {
                Some(location) => address = address.redirected(&location)?,
                None => return Ok(response),
            }
        }
        Err(NetError::Garbled)
    }

    fn once(
        &self,
        credentials: &Credentials,
        request: &Request<'_>,
        address: &Address,
        patience: Patience,
    ) -> Result<http::Response<ureq::Body>, NetError> {
        let mut builder = http::Request::builder().method(request.method).uri(address.to_string());
        if !credentials.0.is_empty() {
            builder = builder.header(http::header::AUTHORIZATION, credentials.0.as_str());
        }
        for (name, value) in request.headers {
            builder = builder.header(*name, *value);
        }
        let refused = |_| NetError::BadAddress;
        match request.body {
            Some(body) => self.run(builder.body(body.to_owned()).map_err(refused)?, patience),
            None => self.run(builder.body(()).map_err(refused)?, patience),
        }
    }

    fn run<S: ureq::AsSendBody>(
        &self,
        request: http::Request<S>,
        patience: Patience,
    ) -> Result<http::Response<ureq::Body>, NetError> {
        let configured = self.agent.configure_request(request);
        let configured = configured.timeout_global(Some(patience.whole)).timeout_per_read(patience.silence);
        self.agent.run(configured.build()).map_err(told)
    }
}

/// How long one call may take, and how long it may be silent.
#[derive(Clone, Copy)]
struct Patience {
    whole: Duration,
    silence: Option<Duration>,
}

fn text(response: &http::Response<ureq::Body>, name: http::HeaderName) -> Option<String> {
    response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
}

/// The answer without its body.
fn head(response: &http::Response<ureq::Body>) -> Answer {
    Answer {
        status: response.status().as_u16(),
        etag: text(response, http::header::ETAG),
        // A date is left aside: whose clock would it be?
        retry_after: text(response, http::header::RETRY_AFTER).and_then(|seconds| seconds.trim().parse().ok()),
        body: Vec::new(),
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
