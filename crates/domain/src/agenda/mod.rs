//! The agenda: what an appointment may become, what overlaps, when a practitioner is open, where there is room.
//!
//! Spans are in minutes on the wall (see [`crate::time::WallTime::minutes`]), never instants.

pub mod blocks;
pub mod booking_code;
pub mod day;
pub mod discretion;
pub mod fits;
pub mod hours;
pub mod overlap;
pub mod provider_time;
pub mod publication;
pub mod rebooking;
pub mod slots;
pub mod status;
pub mod typed;

pub use blocks::{Block, BlockKind, Release};
pub use booking_code::{BookingCode, InvalidBookingCode};
pub use day::{DayRules, LocumDates, OneOffOpening};
pub use discretion::{Discretion, initials};
pub use fits::{Busy, Need, fitting_starts};
pub use hours::{Absence, OpeningHours, Weeks, open_spans};
pub use overlap::{DurationError, MAX_MINUTES, Span, check_minutes};
pub use provider_time::{InvalidProviderTime, Part, ProviderTime, needed_spans};
pub use slots::{DEFAULT_STEP, FreeStarts, PartOfDay, Wanted, free_starts};
pub use status::{CancelledBy, Origin, Status, Urgency};
