//! One message out by SMTP, for the portal and for an app without one.
//!
//! Encrypted always: TLS from the first byte, STARTTLS that must succeed, or plain to this very computer. Certificates are checked
//! against the public authorities, or against one's own and no other. Every step has its time limit. Calls block; whoever asks
//! sees to it that nobody waits on them. Not here: what a message says and when it is due (`domain::messages`), who may set a
//! server up, and the keeping of its password.

mod error;
mod server;

use std::time::{Duration, SystemTime};

use lettre::{
    Message, SmtpTransport, Transport,
    message::{
        Mailbox,
        header::{ContentType, HeaderName, HeaderValue},
    },
    transport::smtp::{PoolConfig, client::Tls, client::TlsParameters, extension::ClientId},
    transport::smtp::{authentication::Credentials, client::Certificate, client::CertificateStore},
};

pub use error::MailError;
pub use server::{Password, Security, Server};

/// No single step of a conversation with a server takes longer.
const PATIENCE: Duration = Duration::from_secs(20);

/// A message to one person.
#[derive(Debug, Clone, Copy)]
pub struct Mail<'a> {
    /// Its name, the same if it has to be handed over twice: by it a server or a reader knows the second from another.
    pub id: &'a str,
    /// To whom: an address alone.
    pub to: &'a str,
    /// The subject.
    pub subject: &'a str,
    /// The text.
    pub body: &'a str,
    /// The language of the text.
    pub language: &'a str,
    /// Where a reader says by itself that no more of these are wanted (RFC 8058).
    pub unsubscribe: Option<&'a str>,
    /// When it was made.
    pub date: SystemTime,
}

/// A way to a server.
pub struct Mailer {
    transport: SmtpTransport,
    from: Mailbox,
    host: String,
}

impl Mailer {
    /// A way to that server; nothing is sent yet.
    ///
    /// # Errors
    /// [`MailError::BadServer`], [`MailError::BadAddress`] of the sender, [`MailError::NotEncrypted`], [`MailError::BadAuthority`].
    pub fn open(server: &Server, password: &Password) -> Result<Self, MailError> {
        server.check()?;
        let from = mailbox(&server.from, Some(&server.sender))?;
        let host = from.email.domain().to_owned();
        let transport = SmtpTransport::builder_dangerous(server.host.as_str())
            .port(server.port)
            .tls(tls(server)?)
            .timeout(Some(PATIENCE))
            .hello_name(ClientId::Domain(host.clone()))
            .pool_config(PoolConfig::new().max_size(4).idle_timeout(Duration::from_secs(30)));
        let transport = if server.login.is_empty() {
            transport
        } else {
            transport.credentials(Credentials::new(server.login.clone(), password.text().to_owned()))
        };
        Ok(Self { transport: transport.build(), from, host })
    }

    /// Hands one message over.
    ///
    /// # Errors
    /// Why it was not taken; [`MailError::is_final`] says whether it is worth another try.
    pub fn send(&self, mail: &Mail<'_>) -> Result<(), MailError> {
        let message = self.message(mail)?;
        self.transport.send(&message).map(drop).map_err(|error| error::of(&error))
    }

    fn message(&self, mail: &Mail<'_>) -> Result<Message, MailError> {
        let to = mailbox(mail.to, None)?;
        let mut builder = Message::builder()
            .from(self.from.clone())
            .to(to)
            .date(mail.date)
            .message_id(Some(format!("<{}@{}>", mail.id, self.host)))
            .subject(mail.subject)
            .header(ContentType::TEXT_PLAIN)
            .raw_header(HeaderValue::new(HeaderName::new_from_ascii_str("Content-Language"), mail.language.to_owned()))
            // Nobody's absence note answers it.
            .raw_header(HeaderValue::new(
                HeaderName::new_from_ascii_str("Auto-Submitted"),
                "auto-generated".to_owned(),
            ));
        if let Some(address) = mail.unsubscribe {
            let plain =
                address.starts_with("http") && address.bytes().all(|b| b.is_ascii_graphic() && !b"<>".contains(&b));
            if !plain {
                return Err(MailError::Garbled);
            }
            let header = |name, value: String| HeaderValue::new(HeaderName::new_from_ascii_str(name), value);
            builder = builder
                .raw_header(header("List-Unsubscribe", format!("<{address}>")))
                .raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned()));
        }
        builder.body(mail.body.to_owned()).map_err(|_| MailError::Garbled)
    }
}

/// Whether a text is an e-mail address that a message can be sent to.
#[must_use]
pub fn is_address(text: &str) -> bool {
    mailbox(text, None).is_ok()
}

fn mailbox(address: &str, name: Option<&str>) -> Result<Mailbox, MailError> {
    let email: lettre::Address = address.trim().parse().map_err(|_| MailError::BadAddress)?;
    let name = name.map(str::trim).filter(|name| !name.is_empty());
    if name.is_some_and(|name| name.chars().any(char::is_control)) {
        return Err(MailError::BadAddress);
    }
    Ok(Mailbox::new(name.map(str::to_owned), email))
}

fn tls(server: &Server) -> Result<Tls, MailError> {
    if server.security == Security::None {
        return Ok(Tls::None);
    }
    let mut builder = TlsParameters::builder(server.host.clone());
    if !server.authority.is_empty() {
        if !server.authority.contains("-----BEGIN CERTIFICATE-----") {
            return Err(MailError::BadAuthority);
        }
        let certificate = Certificate::from_pem(server.authority.as_bytes()).map_err(|_| MailError::BadAuthority)?;
        builder = builder.certificate_store(CertificateStore::None).add_root_certificate(certificate);
    }
    let parameters = builder.build().map_err(|_| MailError::BadAuthority)?;
    Ok(if server.security == Security::Tls { Tls::Wrapper(parameters) } else { Tls::Required(parameters) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server() -> Server {
        Server {
            host: "mail.example.org".to_owned(),
            port: 465,
            security: Security::Tls,
            authority: String::new(),
            login: "cabinet".to_owned(),
            from: "rdv@example.org".to_owned(),
            sender: "Cabinet du parc".to_owned(),
        }
    }

    fn mail<'a>(to: &'a str, unsubscribe: Option<&'a str>) -> Mail<'a> {
        let date = SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000);
        Mail { id: "m-1", to, subject: "Rappel : é", body: "موعدكم\nà 9 h", language: "ar", unsubscribe, date }
    }

    #[test]
    fn a_message_names_its_sender_its_language_and_a_way_out() {
        let mailer = Mailer::open(&server(), &Password::new("secret".to_owned())).unwrap();
        let text = mailer.message(&mail("lea@example.org", Some("https://rdv.example.org/fr/x"))).unwrap().formatted();
        let text = String::from_utf8(text).unwrap();
        for line in [
            "From: \"Cabinet du parc\" <rdv@example.org>",
            "To: lea@example.org",
            "Message-ID: <m-1@example.org>",
            "Auto-Submitted: auto-generated",
            "Content-Language: ar",
            "List-Unsubscribe: <https://rdv.example.org/fr/x>",
            "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
            "Date: Fri, 15 Jan 2027 08:00:00 +0000",
        ] {
            assert!(text.contains(&format!("{line}\r\n")), "{line}: {text}");
        }
        assert!(text.is_ascii() && text.contains("charset=utf-8"));
    }

    #[test]
    fn nothing_of_a_message_makes_a_line_of_its_own() {
        let mailer = Mailer::open(&server(), &Password::new(String::new())).unwrap();
        for to in ["a@example.org\r\nBcc: b@example.org", "a@example.org, b@example.org", "a", "", "<a@example.org>"] {
            assert_eq!(mailer.message(&mail(to, None)).err(), Some(MailError::BadAddress), "{to}");
        }
        let bad = mail("a@example.org", Some("https://x.example.org/\r\nBcc: b@example.org"));
        assert_eq!(mailer.message(&bad).err(), Some(MailError::Garbled));
        let subject = Mail { subject: "a\r\nBcc: b@example.org", ..mail("a@example.org", None) };
        let text = String::from_utf8(mailer.message(&subject).unwrap().formatted()).unwrap();
        assert!(!text.contains("\nBcc:"), "{text}");
        let named = Server { sender: "x\r\nBcc: b@example.org".to_owned(), ..server() };
        assert_eq!(Mailer::open(&named, &Password::new(String::new())).err(), Some(MailError::BadAddress));
    }

    #[test]
    fn plain_is_for_this_computer_alone() {
        let plain = |host: &str| {
            let server = Server { host: host.to_owned(), security: Security::None, ..server() };
            Mailer::open(&server, &Password::new(String::new())).err()
        };
        assert_eq!(plain("mail.example.org"), Some(MailError::NotEncrypted));
        assert_eq!(plain("127.0.0.1.example.org"), Some(MailError::NotEncrypted));
        assert_eq!((plain("127.0.0.1"), plain("localhost"), plain("::1")), (None, None, None));
        for host in ["", "a b", "mail.example.org:25", "https://mail.example.org", "ma/il"] {
            let server = Server { host: host.to_owned(), ..server() };
            assert_eq!(
                Mailer::open(&server, &Password::new(String::new())).err(),
                Some(MailError::BadServer),
                "{host}"
            );
        }
        let server = Server { authority: "hello".to_owned(), ..server() };
        assert_eq!(Mailer::open(&server, &Password::new(String::new())).err(), Some(MailError::BadAuthority));
    }
}
