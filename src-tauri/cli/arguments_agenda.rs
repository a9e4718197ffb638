//! The arguments of the agenda: free slots, booking, moving, what became of an appointment, a day.

use clap::Args;

/// `slots`.
#[derive(Args)]
pub struct Slots {
    /// Id or exact name; may be given several times.
    #[arg(long)]
    pub practitioner: Vec<String>,
    /// Id or exact name.
    #[arg(long = "type")]
    pub type_name: String,
    /// First day or wall time.
    #[arg(long)]
    pub from: String,
    /// How many.
    #[arg(long, default_value_t = 10)]
    pub count: i64,
    /// How many days to look at.
    #[arg(long, default_value_t = 60)]
    pub days: i64,
    /// any, morning, afternoon or evening.
    #[arg(long, default_value = "any")]
    pub part: String,
}

/// `book`.
#[derive(Args)]
pub struct Book {
    /// Id or exact name.
    #[arg(long)]
    pub practitioner: String,
    /// Patient's id.
    #[arg(long)]
    pub patient: String,
    /// Id or exact name.
    #[arg(long = "type")]
    pub type_name: String,
    /// Wall time at the site, 2026-11-24T09:30.
    #[arg(long)]
    pub at: String,
    /// Minutes, other than the type's.
    #[arg(long)]
    pub minutes: Option<i64>,
    /// Over another on purpose.
    #[arg(long)]
    pub overbook: bool,
    /// Note for the desk.
    #[arg(long, default_value = "")]
    pub note: String,
    /// Never to be told to a portal.
    #[arg(long)]
    pub never_sync: bool,
}

/// `move`.
#[derive(Args)]
pub struct Move {
    /// Appointment's id.
    pub id: String,
    /// Wall time at the site.
    #[arg(long)]
    pub at: String,
    /// To another agenda, id or exact name.
    #[arg(long)]
    pub practitioner: Option<String>,
    /// New duration.
    #[arg(long)]
    pub minutes: Option<i64>,
    /// Over another on purpose.
    #[arg(long)]
    pub overbook: bool,
}

/// `status`.
#[derive(Args)]
pub struct Status {
    /// Appointment's id.
    pub id: String,
    /// The next status.
    pub status: String,
}

/// `cancel`.
#[derive(Args)]
pub struct Cancel {
    /// Appointment's id.
    pub id: String,
    /// patient or practice.
    #[arg(long)]
    pub by: String,
    /// Why.
    #[arg(long, default_value = "")]
    pub reason: String,
}

/// `agenda`.
#[derive(Args)]
pub struct Agenda {
    /// The day.
    #[arg(long)]
    pub date: String,
    /// Only this one, id or exact name.
    #[arg(long)]
    pub practitioner: Option<String>,
}
