//! The agenda: what an appointment may become, what overlaps, when a practitioner is open, where there is room.
//!
//! Spans are in minutes on the wall (see [`crate::time::WallTime::minutes`]), never instants.

pub mod attendance;
pub mod booking_code;
pub mod hours;
pub mod overlap;
pub mod series;
pub mod slots;
pub mod status;
pub mod waiting_list;

pub use booking_code::{BookingCode, InvalidBookingCode};
pub use hours::{Absence, OpeningHours, Weeks, open_spans};
pub use overlap::{DurationError, MAX_MINUTES, Span, check_minutes};
pub use slots::{DEFAULT_STEP, FreeStarts, PartOfDay, Wanted, free_starts};
pub use status::{CancelledBy, Origin, Status, Urgency};
