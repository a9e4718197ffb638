//! The agenda: days and their columns, booking, moving, statuses, free slots, the doctor's day.
//!
//! Not here: series and the waiting list (rooms of their own), blocks, statistics (not in the program yet).

pub mod book;
pub mod day;
pub(super) mod print;
pub mod show;
pub mod slots;
pub mod status;
pub mod wire;

pub use book::{book_appointment, book_walk_in, move_appointment, update_appointment};
pub use day::{print_day_list, show_days, show_my_day, show_waiting_room};
pub use show::show_appointment;
pub use slots::find_slots;
pub use status::{cancel_appointment, set_status};

use chrono::NaiveDate;

use super::CommandError;

/// An ISO date of a request.
pub(in crate::commands) fn date(text: &str, field: &str) -> Result<NaiveDate, CommandError> {
    text.parse().map_err(|_| CommandError::field("bad_date", field))
}
