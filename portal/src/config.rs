//! The configuration: a file (`PORTAL_CONFIG`), and environment variables that count more.

use std::{fs, io, net::SocketAddr, path::PathBuf};

use serde::Deserialize;

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
    /// `PORTAL_PROXY`: true where a proxy of ours stands in front, whose last `X-Forwarded-For` is the visitor.
    pub proxy: bool,
    /// `PORTAL_PROCESSOR`: who runs this portal, as the privacy notice names them.
    pub processor: String,
    /// `PORTAL_PROCESSOR_CONTACT`: how they are reached.
    pub processor_contact: String,
    /// `PORTAL_HOST`: who hosts it, and where.
    pub host: String,
    /// `PORTAL_METRICS_TOKEN`: who shows it may read the metrics; empty: nobody from outside.
    pub metrics_token: String,
    /// `PORTAL_MESSAGE_DELAY`: seconds that messages about a practice's own changes wait, so that it can undo them.
    pub message_delay: u32,
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
            proxy: false,
            processor: "Semainier".to_owned(),
            processor_contact: String::new(),
            host: String::new(),
            metrics_token: String::new(),
            message_delay: 60,
        }
    }
}

/// Why a configuration does not hold.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("the configuration file cannot be read: {0}")]
    File(io::Error),
    /// The file is not of the form; the parser's text may hold a password and is not kept.
    #[error("the configuration file is not of the form (line {0})")]
    Form(usize),
    /// A variable is not of its form.
    #[error("{0} is not of its form")]
    Variable(&'static str),
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
        if let Some(path) = variable("PORTAL_SIGNING_KEY") {
            config.signing_key = PathBuf::from(path);
        }
        read_into(&variable, "PORTAL_LISTEN", &mut config.listen)?;
        read_into(&variable, "PORTAL_CONNECTIONS", &mut config.connections)?;
        read_into(&variable, "PORTAL_PROXY", &mut config.proxy)?;
        read_into(&variable, "PORTAL_MESSAGE_DELAY", &mut config.message_delay)?;
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

    /// Whether it is served over TLS, so that cookies say so.
    #[must_use]
    pub fn secure(&self) -> bool {
        self.public_url.starts_with("https://")
    }
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
        assert_eq!((config.connections, config.message_delay), (3, 60));
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
}
