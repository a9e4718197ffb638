//! The arguments of what leaves the house: exports, publishing, statistics.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// `export`.
#[derive(Subcommand)]
pub enum Export {
    /// The agenda between two days: a calendar or a table.
    Agenda {
        /// The file; replaced whole.
        file: PathBuf,
        /// First day.
        #[arg(long)]
        from: String,
        /// Last day.
        #[arg(long)]
        until: String,
        /// Only these, id or exact name; may be given several times.
        #[arg(long)]
        practitioner: Vec<String>,
        /// ics or csv.
        #[arg(long, default_value = "ics")]
        format: String,
        /// busy, initials or name.
        #[arg(long, default_value = "busy")]
        discretion: String,
        /// fr, ar or en.
        #[arg(long, default_value = "fr")]
        language: String,
    },
    /// Every patient, as a table.
    Patients {
        /// The file; replaced whole.
        file: PathBuf,
        /// fr, ar or en.
        #[arg(long, default_value = "fr")]
        language: String,
    },
}

/// `publish`.
#[derive(Subcommand)]
pub enum Publish {
    /// Where agendas are published to, and how it stands.
    List,
    /// Set up or change; the password comes from SEMAINIER_SERVER_PASSWORD_FILE, once.
    Set(PublishSet),
    /// Publish now.
    Now {
        /// Id or exact name.
        #[arg(long)]
        practitioner: String,
    },
    /// Publish what is due, as the window does by itself.
    Due,
    /// Remove everything from the server, and stop.
    Withdraw {
        /// Id or exact name.
        #[arg(long)]
        practitioner: String,
    },
}

/// `publish set`.
#[derive(Args)]
pub struct PublishSet {
    /// Id or exact name.
    #[arg(long)]
    pub practitioner: String,
    /// Address of the calendar.
    #[arg(long)]
    pub address: String,
    /// User at the server.
    #[arg(long)]
    pub user: String,
    /// File of a certificate authority of one's own (PEM).
    #[arg(long)]
    pub authority: Option<PathBuf>,
    /// busy, initials or name.
    #[arg(long, default_value = "initials")]
    pub discretion: String,
    /// fr, ar or en.
    #[arg(long, default_value = "fr")]
    pub language: String,
    /// Days before today.
    #[arg(long, default_value_t = 7)]
    pub days_back: i64,
    /// Days after today.
    #[arg(long, default_value_t = 90)]
    pub days_ahead: i64,
    /// Minutes between two runs.
    #[arg(long, default_value_t = 15)]
    pub every: i64,
    /// Not by itself.
    #[arg(long)]
    pub off: bool,
}

/// `statistics`.
#[derive(Args)]
pub struct Statistics {
    /// week, month, quarter or custom.
    #[arg(long, default_value = "month")]
    pub period: String,
    /// A day of it; of a custom period the first.
    #[arg(long)]
    pub on: String,
    /// The last day of a custom period.
    #[arg(long)]
    pub until: Option<String>,
    /// Only these, id or exact name; may be given several times.
    #[arg(long)]
    pub practitioner: Vec<String>,
    /// Only these types, id or exact name; may be given several times.
    #[arg(long = "type")]
    pub types: Vec<String>,
    /// Write the table to this file instead.
    #[arg(long)]
    pub csv: Option<PathBuf>,
    /// fr, ar or en.
    #[arg(long, default_value = "fr")]
    pub language: String,
}
