//! The agenda: days and their columns, booking, moving, statuses, free slots, the doctor's day.
//!
//! Not here: series, waiting list, statistics (not in the program yet); hours, blocks and holidays (`planning`).

pub mod book;
pub mod day;
pub(in crate::commands) mod place;
pub(crate) mod print;
pub mod rebooking;
pub mod show;
pub mod slots;
pub mod status;
pub mod typed;
pub mod typed_wire;
pub mod wire;

pub use book::{book_appointment, book_walk_in, move_appointment, update_appointment};
pub use day::{print_day_list, show_days, show_my_day};
pub use rebooking::{propose_rebooking, rebook_appointments};
pub use show::show_appointment;
pub use slots::find_slots;
pub use status::{cancel_appointment, set_status};
pub use typed::read_box;

use chrono::NaiveDate;

use super::CommandError;

/// An ISO date of a request.
pub(super) fn date(text: &str, field: &str) -> Result<NaiveDate, CommandError> {
    text.parse().map_err(|_| CommandError::field("bad_date", field))
}
