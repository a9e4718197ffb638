//! The text message gateway: a small HTTP interface (`docs/sms-gateway.md`) that a provider, or a few lines before one, offers.
//!
//! What goes out and what comes back is signed with a secret that both know, over the very bytes and the time. Calls block.

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};

use super::SendError;
use crate::{secret, store::Message};

/// How long a signature counts before and after the time that it bears.
const FRESH: TimeDelta = TimeDelta::minutes(5);
/// The largest answer that is read.
const LARGEST: u64 = 16 * 1024;

/// The signature over a body and its time.
#[must_use]
pub fn signature_of(key: &str, timestamp: i64, body: &[u8]) -> String {
    let mut signed = format!("{timestamp}.").into_bytes();
    signed.extend_from_slice(body);
    secret::signature(key.as_bytes(), &signed)
}

/// Whether a body was signed with that secret, not long ago.
#[must_use]
pub fn is_signed(key: &str, timestamp: &str, signature: &str, body: &[u8], now: DateTime<Utc>) -> bool {
    let Ok(at) = timestamp.parse::<i64>() else { return false };
    let age = DateTime::from_timestamp(at, 0).map(|at| (now - at).abs());
    let own = signature_of(key, at, body);
    !key.is_empty() && secret::same(own.as_bytes(), signature.as_bytes()) && age.is_some_and(|age| age <= FRESH)
}

/// Why there is no way to a gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum GatewayError {
    /// Neither `https`, nor `http` to this computer.
    #[error("the address of the text message gateway is not encrypted")]
    NotEncrypted,
    /// The secret is missing or too short to hold.
    #[error("the secret of the text message gateway has less than 16 signs")]
    Secret,
    /// The certificate authority cannot be read.
    #[error("the certificate authority of the text message gateway cannot be read")]
    Authority,
}

/// The way to a gateway.
pub struct SmsGateway {
    agent: ureq::Agent,
    address: String,
    token: String,
    secret: String,
    sender: String,
    callback: String,
}

impl SmsGateway {
    /// A way to it; nothing is sent yet. `authority` is a certificate authority of one's own (PEM), or empty for the public ones.
    ///
    /// # Errors
    /// Where it must not or cannot be spoken to.
    pub fn open(
        address: &str,
        (token, secret): (&str, &str),
        authority: &str,
        (sender, callback): (&str, &str),
    ) -> Result<Self, GatewayError> {
        let here = ["http://127.0.0.1", "http://localhost", "http://[::1]"].iter().any(|start| {
            address.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '/']))
        });
        if !here && !address.starts_with("https://") {
            return Err(GatewayError::NotEncrypted);
        }
        if secret.len() < 16 {
            return Err(GatewayError::Secret);
        }
        let roots = if authority.is_empty() {
            RootCerts::WebPki
        } else {
            let found: Vec<Certificate<'static>> = parse_pem(authority.as_bytes())
                .filter_map(|item| match item {
                    Ok(PemItem::Certificate(certificate)) => Some(certificate),
                    _ => None,
                })
                .collect();
            if found.is_empty() {
                return Err(GatewayError::Authority);
            }
            RootCerts::Specific(Arc::new(found))
        };
        let mut config = ureq::Agent::config_builder()
            .tls_config(TlsConfig::builder().root_certs(roots).build())
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_connect(Some(Duration::from_secs(10)))
            .timeout_global(Some(Duration::from_secs(20)))
            .user_agent("Semainier");
        if here {
            config = config.proxy(None);
        }
        Ok(Self {
            agent: config.build().new_agent(),
            address: address.to_owned(),
            token: token.to_owned(),
            secret: secret.to_owned(),
            sender: sender.to_owned(),
            callback: callback.to_owned(),
        })
    }

    /// Hands one message over; blocks. The gateway knows a message by its id: the same twice is one.
    ///
    /// # Errors
    /// Whether it may go later, or never.
    pub fn send(&self, message: &Message, text: &str, now: DateTime<Utc>) -> Result<(), SendError> {
        let id = format!("{}.{}", message.practice, message.id);
        let body = serde_json::json!({
            "id": id, "to": message.recipient, "text": text, "language": message.language.as_str(), "sender": self.sender,
            "callback": self.callback,
        })
        .to_string();
        let timestamp = now.timestamp();
        let mut request = self
            .agent
            .post(&self.address)
            .header("content-type", "application/json")
            .header("idempotency-key", &id)
            .header("semainier-timestamp", timestamp.to_string())
            .header("semainier-signature", signature_of(&self.secret, timestamp, body.as_bytes()));
        if !self.token.is_empty() {
            request = request.header("authorization", format!("Bearer {}", self.token));
        }
        let mut answer = request.send(body).map_err(|error| match error {
            ureq::Error::Timeout(_) => SendError::Way("gateway_timed_out"),
            ureq::Error::Tls(_) | ureq::Error::Rustls(_) => SendError::Way("gateway_untrusted"),
            _ => SendError::Way("gateway_unreachable"),
        })?;
        // Read to its end, so that the connection can be used again.
        let _ = answer.body_mut().with_config().limit(LARGEST).read_to_vec();
        match answer.status().as_u16() {
            // 409: it has that message already.
            200..=299 | 409 => Ok(()),
            401 | 403 => Err(SendError::Way("gateway_refuses_us")),
            300..=399 => Err(SendError::Way("gateway_redirects")),
            400 | 404 | 410 | 413 | 422 => Err(SendError::Never),
            _ => Err(SendError::Later),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_counts_for_these_bytes_this_secret_and_some_minutes() {
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let key = "sixteen signs ok";
        let good = signature_of(key, now.timestamp(), b"{}");
        let ask = |key: &str, at: i64, body: &[u8]| is_signed(key, &at.to_string(), &good, body, now);
        assert!(ask(key, now.timestamp(), b"{}"));
        assert!(!ask(key, now.timestamp(), b"{} ") && !ask("another secret..", now.timestamp(), b"{}"));
        assert!(!ask(key, now.timestamp() + 1, b"{}") && !ask("", now.timestamp(), b"{}"));
        let old = now.timestamp() - 301;
        assert!(!is_signed(key, &old.to_string(), &signature_of(key, old, b"{}"), b"{}", now));
        assert!(!is_signed(key, "soon", &good, b"{}", now));
        // As in docs/sms-gateway.md.
        assert_eq!(
            signature_of("a secret that both know", 1_796_000_000, b"{\"id\":\"1\"}"),
            "3fb233e953b121249a3bc60746fb5a984e734fdd45074509ed3cb77b2745ddc3"
        );
    }

    #[test]
    fn a_gateway_is_spoken_to_encrypted_and_signed_or_not_at_all() {
        let open = |address: &str, secret: &str, authority: &str| {
            SmsGateway::open(address, ("", secret), authority, ("", "")).err()
        };
        let secret = "sixteen signs ok";
        assert_eq!(open("https://sms.example.org/send", secret, ""), None);
        assert_eq!(open("http://127.0.0.1:9/send", secret, ""), None);
        for address in [
            "http://sms.example.org",
            "http://127.0.0.1.example.org",
            "ftp://127.0.0.1",
            "",
            "http://localhost.example.org",
        ] {
            assert_eq!(open(address, secret, ""), Some(GatewayError::NotEncrypted), "{address}");
        }
        assert_eq!(open("https://sms.example.org", "short", ""), Some(GatewayError::Secret));
        assert_eq!(open("https://sms.example.org", secret, "hello"), Some(GatewayError::Authority));
    }
}
