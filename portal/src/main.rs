//! `semainier-portal`: serve, migrate, take a practice in.

use std::{process::ExitCode, sync::Arc};

use clap::{Parser, Subcommand};
use domain::id::PracticeId;
use portal::{
    clock::Clock,
    config::Config,
    demonstration,
    guard::Guard,
    logging,
    messages::{Development, Gateways, Messenger, SmsGateway},
    outside::{self, Outside},
    secret, serve,
    signing::Key,
    state::Portal,
    store::{NewTenant, Store},
};

/// The booking portal: a processor that acts for practices on their documented instructions.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Serve. The configuration comes from PORTAL_… variables and from the file that PORTAL_CONFIG names.
    Serve {
        /// Show messages, one-time codes too, on the standard error instead of sending them: never for real persons.
        #[arg(long)]
        development: bool,
    },
    /// Bring the schema up to date, as its owner.
    Migrate,
    /// After the database came back from a backup, before serving: erases again what was erased since, and tells practices to look at
    /// everything anew.
    Restored,
    /// Practices.
    #[command(subcommand)]
    Tenant(Tenant),
    /// Take the demonstration practice in.
    Seed,
}

#[derive(Subcommand)]
enum Tenant {
    /// Take a practice in; prints, this once, what its app needs.
    Add {
        /// The practice's own number, as its app shows it; none: a new one.
        #[arg(long)]
        id: Option<String>,
        /// The practice's name.
        name: String,
    },
    /// Give a practice another secret; the old one and its tokens count no more.
    Renew {
        /// The practice's number.
        id: String,
    },
}

#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("configuration: {0}")]
    Config(#[from] portal::config::ConfigError),
    #[error("database: {0}")]
    Store(#[from] portal::store::StoreError),
    #[error("{0}")]
    File(#[from] std::io::Error),
    #[error("{0}")]
    Replay(#[from] portal::outside::ReplayError),
    #[error("mail: {0}")]
    Mail(#[from] mail::MailError),
    #[error("{0}")]
    Gateway(#[from] portal::messages::GatewayError),
    #[error("{0}")]
    Said(&'static str),
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(arguments.what).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("semainier-portal: {failure}");
            ExitCode::FAILURE
        }
    }
}

async fn run(what: What) -> Result<(), Failure> {
    let mut config = Config::read(|name| std::env::var(name).ok())?;
    if config.erasures.as_os_str().is_empty() {
        config.erasures = config.signing_key.with_file_name("erasures");
    }
    let clock = Clock::system();
    let owner = || async { Ok::<_, Failure>(Store::open_owner(&config.owner_database).await?) };
    let practice =
        |text: &str| text.parse::<PracticeId>().map_err(|_| Failure::Said("the practice's number is no UUID"));
    match what {
        What::Migrate => Ok(owner().await?.migrate().await?),
        What::Seed => {
            if let Some(made) = demonstration::seed(&owner().await?, clock.now()).await? {
                show(&made);
            }
            Ok(())
        }
        What::Tenant(Tenant::Add { id, name }) => {
            let id = id.map_or_else(|| Ok(PracticeId::new(secret::make_id())), |text| practice(&text))?;
            show(&owner().await?.add_tenant(id, &name, clock.now()).await?);
            Ok(())
        }
        What::Tenant(Tenant::Renew { id }) => {
            show(&owner().await?.renew_credential(practice(&id)?, clock.now()).await?);
            Ok(())
        }
        What::Restored => {
            let store = Store::open(&config.database, 2).await?;
            let key = Key::open(&config.signing_key)?;
            let own = (&key, config.processor.as_str());
            let again = outside::replay(&store, &Outside::at(&config.erasures), own, clock.now()).await?;
            store.begin_life().await?;
            println!("{}", serde_json::json!({ "erased_again": again }));
            Ok(())
        }
        What::Serve { development } => {
            let messenger: Box<dyn Messenger> =
                if development { Box::new(Development) } else { Box::new(gateways(&mut config, &clock)?) };
            let store = Store::open(&config.database, config.connections).await?;
            if store.passes_walls().await? {
                return Err(Failure::Said(
                    "the database's role passes the walls between practices: use semainier_portal",
                ));
            }
            let key = Key::open(&config.signing_key)?;
            let own = (&key, config.processor.as_str());
            let again = outside::replay(&store, &Outside::at(&config.erasures), own, clock.now()).await?;
            if again > 0 {
                logging::done(clock.now(), "restored", &format!("{again} erasures carried out again"));
            }
            let listener = tokio::net::TcpListener::bind(config.listen).await?;
            logging::done(clock.now(), "listening", &listener.local_addr()?.to_string());
            let portal = Portal::new(store, clock, config, key, Guard::default());
            serve::serve(portal, listener, messenger, stop()).await?;
            Ok(())
        }
    }
}

/// The ways out that are set up. Without any nobody could prove who they are.
fn gateways(config: &mut Config, clock: &Clock) -> Result<Gateways, Failure> {
    let mail = match config.mail_server()? {
        Some(server) => {
            let password = mail::Password::new(std::mem::take(&mut config.smtp_password));
            Some(Arc::new(mail::Mailer::open(&server, &password)?))
        }
        None => None,
    };
    let sms = if config.sms_url.is_empty() {
        None
    } else {
        let callback = format!("{}/gateway/sms", config.public_url);
        let authority = config.sms_authority()?;
        let own = (config.sms_sender.as_str(), callback.as_str());
        let secrets = (config.sms_token.as_str(), config.sms_secret.as_str());
        Some(Arc::new(SmsGateway::open(&config.sms_url, secrets, &authority, own)?))
    };
    if mail.is_none() && sms.is_none() {
        return Err(Failure::Said(
            "there is no way to send messages: set PORTAL_SMTP_HOST, PORTAL_SMS_URL or both (or, without real persons, --development)",
        ));
    }
    config.email_only = sms.is_none();
    config.phone_only = mail.is_none();
    for (there, what) in [(mail.is_some(), "no mail server"), (sms.is_some(), "no text message gateway")] {
        if !there {
            logging::done(clock.now(), "without", what);
        }
    }
    Ok(Gateways { mail, sms, clock: clock.clone() })
}

fn show(made: &NewTenant) {
    let shown = serde_json::json!({
        "practice": made.practice.to_string(), "client_id": made.client_id, "client_secret": made.client_secret,
    });
    println!("{shown}");
}

async fn stop() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let Ok(mut ended) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) else { return };
        tokio::select! {
            _ = interrupted => {}
            _ = ended.recv() => {}
        }
    }
    #[cfg(not(unix))]
    {
        let _ = interrupted.await;
    }
}
