//! The agenda from further away: how full a month is, appointments as a list, the search in the agenda, what changed since
//! somebody left, the board of what is to be placed later, week and list on paper.
//!
//! Not here: the days themselves, booking and moving (`agenda`); counts over years (statistics).

pub mod board;
pub mod changes;
pub mod list;
pub mod month;
pub mod print;
pub mod search;
pub mod wire;

pub use board::{pin_appointment, show_board, unpin_appointment};
pub use changes::show_changes;
pub use list::list_appointments;
pub use month::show_month;
pub use print::{print_list, print_week};
pub use search::search_agenda;
