//! The configuration: a file (`PORTAL_CONFIG`), and environment variables that count more.

use std::{fs, io, net::SocketAddr, path::PathBuf};

use serde::Deserialize;

use crate::sub_processors::SubProcessor;

/// How the portal is set up.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// `PORTAL_LISTEN`: where it listens; a reverse proxy that ends TLS stands in front.
    pub listen: SocketAddr,
    /// `PORTAL_DATABASE`: the address of the database, as the role that may pass no wall.
    pub database: String,
    /// `PORTAL_OWNER_DATABASE`: the same as the schema's owner; for `migrate` and `tenant` only.
    pub owner_database: String,
    /// `PORTAL_CONNECTIONS`: how many connections to the database.
    pub connections: u32,
    /// `PORTAL_PUBLIC_URL`: the address under which people know it, without a slash at the end.
    pub public_url: String,
    /// `PORTAL_SIGNING_KEY`: the file of the key that signs confirmations; made where there is none.
    pub signing_key: PathBuf,
    /// `PORTAL_ERASURES`: the file that says what was erased, for the day the database comes back from a backup; empty: `erasures` beside
    /// the signing key.
    pub erasures: PathBuf,
    /// `PORTAL_PROXY`: true where a proxy of ours stands in front, whose last `X-Forwarded-For` is the visitor.
    pub proxy: bool,
    /// `PORTAL_PROCESSOR`: who runs this portal, as the privacy notice names them.
    pub processor: String,
    /// `PORTAL_PROCESSOR_CONTACT`: how they are reached.
    pub processor_contact: String,
    /// `PORTAL_HOST`: who hosts it, and where.
    pub host: String,
    /// `PORTAL_SUB_PROCESSORS`: who else gets to see data, as the privacy notice names them; a list in JSON, in the file tables
    /// `[[sub_processors]]`. None: the notice says that there is nobody.
    pub sub_processors: Vec<SubProcessor>,
    /// `PORTAL_METRICS_TOKEN`: who shows it may read the metrics; empty: nobody from outside.
    pub metrics_token: String,
    /// `PORTAL_MESSAGE_DELAY`: seconds that messages about a practice's own changes wait. An app can undo a change for ten
    /// minutes.
    pub message_delay: u32,
    /// `PORTAL_SMTP_HOST`: the mail server; empty: no mail goes.
    pub smtp_host: String,
    /// `PORTAL_SMTP_PORT`: its port; 0: the usual one of its security.
    pub smtp_port: u16,
    /// `PORTAL_SMTP_SECURITY`: `tls`, `starttls`, or `none` to this very computer.
    pub smtp_security: String,
    /// `PORTAL_SMTP_AUTHORITY`: a file with a certificate authority of one's own (PEM); empty: the public ones.
    pub smtp_authority: PathBuf,
    /// `PORTAL_SMTP_LOGIN`: the user there; empty: none is asked for.
    pub smtp_login: String,
    /// `PORTAL_SMTP_PASSWORD`: their password.
    pub smtp_password: String,
    /// `PORTAL_MAIL_FROM`: the address that mail comes from.
    pub mail_from: String,
    /// `PORTAL_MAIL_SENDER`: the name that stands with it.
    pub mail_sender: String,
    /// `PORTAL_SMS_URL`: the text message gateway (docs/sms-gateway.md); empty: no text message goes.
    pub sms_url: String,
    /// `PORTAL_SMS_TOKEN`: the bearer token that it asks for; empty: none.
    pub sms_token: String,
    /// `PORTAL_SMS_SECRET`: the secret under which both sign; at least 16 signs.
    pub sms_secret: String,
    /// `PORTAL_SMS_AUTHORITY`: a file with a certificate authority of one's own (PEM); empty: the public ones.
    pub sms_authority: PathBuf,
    /// `PORTAL_SMS_SENDER`: the name or number that text messages come from.
    pub sms_sender: String,
    /// `PORTAL_SMS_REPLIES`: whether answers arrive, so that messages say "reply 1".
    pub sms_replies: bool,
    /// Nobody is reached by phone: there is no gateway. Found when serving begins.
    #[serde(skip)]
    pub email_only: bool,
    /// Nobody is reached by e-mail: there is no mail server. Found when serving begins.
    #[serde(skip)]
    pub phone_only: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8630)),
            database: String::new(),
            owner_database: String::new(),
            connections: 20,
            public_url: "http://127.0.0.1:8630".to_owned(),
            signing_key: PathBuf::from("signing-key"),
            erasures: PathBuf::new(),
            proxy: false,
            processor: "Semainier".to_owned(),
            processor_contact: String::new(),
            host: String::new(),
            sub_processors: Vec::new(),
            metrics_token: String::new(),
            message_delay: 600,
            smtp_host: String::new(),
            smtp_port: 0,
            smtp_security: "tls".to_owned(),
            smtp_authority: PathBuf::new(),
            smtp_login: String::new(),
            smtp_password: String::new(),
            mail_from: String::new(),
            mail_sender: String::new(),
            sms_url: String::new(),
            sms_token: String::new(),
            sms_secret: String::new(),
            sms_authority: PathBuf::new(),
            sms_sender: String::new(),
            sms_replies: true,
            email_only: false,
            phone_only: false,
        }
    }
}

/// Why a configuration does not hold.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("a file of the configuration cannot be read: {0}")]
    File(io::Error),
    /// The file is not of the form; the parser's text may hold a password and is not kept.
    #[error("the configuration file is not of the form (line {0})")]
    Form(usize),
    /// A variable is not of its form.
    #[error("{0} is not of its form")]
    Variable(&'static str),
    /// A sub-processor is not of its form, or far away without a safeguard.
    #[error(
        "sub-processor {0} is not of its form: name, task and a country of two letters, and outside the EEA and Morocco a safeguard"
    )]
    SubProcessor(usize),
}

impl Config {
    /// From the file that `PORTAL_CONFIG` names, if any, and the environment.
    ///
    /// # Errors
    /// Where the file cannot be read, or one of both is not of its form.
    pub fn read(variable: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        let mut config = match variable("PORTAL_CONFIG") {
            Some(path) => Self::parse(&fs::read_to_string(path).map_err(ConfigError::File)?)?,
            None => Self::default(),
        };
        let text = |name: &str, into: &mut String| {
            if let Some(value) = variable(name) {
                *into = value;
            }
        };
        text("PORTAL_DATABASE", &mut config.database);
        text("PORTAL_OWNER_DATABASE", &mut config.owner_database);
        text("PORTAL_PUBLIC_URL", &mut config.public_url);
        text("PORTAL_PROCESSOR", &mut config.processor);
        text("PORTAL_PROCESSOR_CONTACT", &mut config.processor_contact);
        text("PORTAL_HOST", &mut config.host);
        text("PORTAL_METRICS_TOKEN", &mut config.metrics_token);
        text("PORTAL_SMTP_HOST", &mut config.smtp_host);
        text("PORTAL_SMTP_SECURITY", &mut config.smtp_security);
        text("PORTAL_SMTP_LOGIN", &mut config.smtp_login);
        text("PORTAL_SMTP_PASSWORD", &mut config.smtp_password);
        text("PORTAL_MAIL_FROM", &mut config.mail_from);
        text("PORTAL_MAIL_SENDER", &mut config.mail_sender);
        text("PORTAL_SMS_URL", &mut config.sms_url);
        text("PORTAL_SMS_TOKEN", &mut config.sms_token);
        text("PORTAL_SMS_SECRET", &mut config.sms_secret);
        text("PORTAL_SMS_SENDER", &mut config.sms_sender);
        for (name, into) in [
            ("PORTAL_SIGNING_KEY", &mut config.signing_key),
            ("PORTAL_ERASURES", &mut config.erasures),
            ("PORTAL_SMTP_AUTHORITY", &mut config.smtp_authority),
            ("PORTAL_SMS_AUTHORITY", &mut config.sms_authority),
        ] {
            if let Some(path) = variable(name) {
                *into = PathBuf::from(path);
            }
        }
        if let Some(list) = variable("PORTAL_SUB_PROCESSORS").filter(|list| !list.trim().is_empty()) {
            config.sub_processors =
                serde_json::from_str(&list).map_err(|_| ConfigError::Variable("PORTAL_SUB_PROCESSORS"))?;
        }
        if let Some(wrong) = config.sub_processors.iter().position(|one| !one.holds()) {
            return Err(ConfigError::SubProcessor(wrong + 1));
        }
        read_into(&variable, "PORTAL_LISTEN", &mut config.listen)?;
        read_into(&variable, "PORTAL_CONNECTIONS", &mut config.connections)?;
        read_into(&variable, "PORTAL_PROXY", &mut config.proxy)?;
        read_into(&variable, "PORTAL_MESSAGE_DELAY", &mut config.message_delay)?;
        read_into(&variable, "PORTAL_SMTP_PORT", &mut config.smtp_port)?;
        read_into(&variable, "PORTAL_SMS_REPLIES", &mut config.sms_replies)?;
        let url = config.public_url.trim_end_matches('/').to_owned();
        if !(url.starts_with("https://") || url.starts_with("http://127.0.0.1") || url.starts_with("http://localhost"))
        {
            return Err(ConfigError::Variable("PORTAL_PUBLIC_URL"));
        }
        config.public_url = url;
        Ok(config)
    }

    fn parse(text: &str) -> Result<Self, ConfigError> {
        toml::from_str(text).map_err(|error| {
            let before = error.span().map_or(0, |span| span.start).min(text.len());
            ConfigError::Form(text.as_bytes()[..before].iter().filter(|&&b| b == b'\n').count() + 1)
        })
    }

    /// The mail server; none where there is none.
    ///
    /// # Errors
    /// Where its authority's file cannot be read, or a word is not known.
    pub fn mail_server(&self) -> Result<Option<mail::Server>, ConfigError> {
        if self.smtp_host.is_empty() {
            return Ok(None);
        }
        let security =
            mail::Security::read(&self.smtp_security).ok_or(ConfigError::Variable("PORTAL_SMTP_SECURITY"))?;
        let port = if self.smtp_port == 0 { security.port() } else { self.smtp_port };
        Ok(Some(mail::Server {
            host: self.smtp_host.clone(),
            port,
            security,
            authority: read_file(&self.smtp_authority)?,
            login: self.smtp_login.clone(),
            from: self.mail_from.clone(),
            sender: if self.mail_sender.is_empty() { self.processor.clone() } else { self.mail_sender.clone() },
        }))
    }

    /// The text of the gateway's certificate authority; empty where there is none.
    ///
    /// # Errors
    /// Where its file cannot be read.
    pub fn sms_authority(&self) -> Result<String, ConfigError> {
        read_file(&self.sms_authority)
    }

    /// Whether it is served over TLS, so that cookies say so.
    #[must_use]
    pub fn secure(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

fn read_file(path: &PathBuf) -> Result<String, ConfigError> {
    if path.as_os_str().is_empty() { Ok(String::new()) } else { fs::read_to_string(path).map_err(ConfigError::File) }
}

fn read_into<T: std::str::FromStr>(
    variable: &impl Fn(&str) -> Option<String>,
    name: &'static str,
    into: &mut T,
) -> Result<(), ConfigError> {
    if let Some(value) = variable(name) {
        *into = value.parse().map_err(|_| ConfigError::Variable(name))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_counts_more_than_the_file_and_mistakes_are_named_without_their_text() {
        let config = Config::parse("connections = 3\npublic_url = \"https://rdv.exemple.fr/\"").unwrap();
        assert_eq!((config.connections, config.message_delay), (3, 600));
        let Err(ConfigError::Form(2)) = Config::parse("connections = 3\npasword = \"x\"") else {
            panic!("a mistake passes")
        };
        let read = |pairs: &'static [(&str, &str)]| {
            Config::read(move |name| pairs.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned()))
        };
        assert_eq!(read(&[("PORTAL_CONNECTIONS", "7")]).unwrap().connections, 7);
        assert!(matches!(read(&[("PORTAL_LISTEN", "here")]), Err(ConfigError::Variable("PORTAL_LISTEN"))));
        assert!(matches!(read(&[("PORTAL_PUBLIC_URL", "http://rdv.exemple.fr")]), Err(ConfigError::Variable(_))));
        assert_eq!(
            read(&[("PORTAL_PUBLIC_URL", "https://rdv.exemple.fr/")]).unwrap().public_url,
            "https://rdv.exemple.fr"
        );
    }

    fn of(pairs: &[(&str, &str)]) -> Result<Config, ConfigError> {
        Config::read(|name| pairs.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned()))
    }

    #[test]
    fn sub_processors_are_read_from_the_file_and_from_the_environment_and_looked_at() {
        let list = r#"[{"name": "Relais", "task": "mail", "country": "US", "safeguard": "clauses"}]"#;
        let read = of(&[("PORTAL_SUB_PROCESSORS", list)]).unwrap().sub_processors;
        assert_eq!((read.len(), read[0].country.as_str()), (1, "US"));
        let far = list.replace("clauses", "");
        assert!(matches!(of(&[("PORTAL_SUB_PROCESSORS", &far)]), Err(ConfigError::SubProcessor(1))));
        assert!(matches!(
            of(&[("PORTAL_SUB_PROCESSORS", "[{}]")]),
            Err(ConfigError::Variable("PORTAL_SUB_PROCESSORS"))
        ));
        let file = "[[sub_processors]]\nname = \"Relais\"\ntask = \"text_messages\"\ncountry = \"MA\"\n";
        assert_eq!(Config::parse(file).unwrap().sub_processors[0].country, "MA");
        assert!(Config::parse(&file.replace("text_messages", "advertising")).is_err());
    }

    #[test]
    fn what_the_files_for_deploying_say_is_what_the_program_reads() {
        let known = std::cell::RefCell::new(Vec::new());
        let _ = Config::read(|name| {
            known.borrow_mut().push(name.to_owned());
            None
        });
        let known = known.into_inner();
        let words = |text: &str| -> Vec<String> {
            let word = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
            let all =
                text.split(|c| !word(c)).filter(|word| word.starts_with("PORTAL_") && word.len() > "PORTAL_".len());
            all.map(ToOwned::to_owned).collect()
        };
        for (file, text, fewest) in [
            ("compose.yaml", include_str!("../deploy/compose.yaml"), 3),
            ("semainier-portal.service", include_str!("../deploy/semainier-portal.service"), 4),
            ("portal.toml", include_str!("../deploy/portal.toml"), 3),
            ("Dockerfile", include_str!("../deploy/Dockerfile"), 0),
            ("docs/sms-gateway.md", include_str!("../../docs/sms-gateway.md"), 2),
            ("README.md", include_str!("../README.md"), 2),
        ] {
            let said = words(text);
            assert!(said.len() >= fewest, "{file} says {said:?}");
            for word in said {
                assert!(known.contains(&word), "{file} says {word}, which nobody reads");
            }
        }
        // The file itself is read as it is; every word of it is known (unknown ones are refused).
        let config = Config::parse(include_str!("../deploy/portal.toml")).unwrap();
        assert!(config.secure() && config.proxy && config.sub_processors.iter().all(SubProcessor::holds));
        // The unit and the containers start what there is.
        for text in [include_str!("../deploy/compose.yaml"), include_str!("../deploy/semainier-portal.service")] {
            assert!(text.contains("serve"));
        }
    }
}
