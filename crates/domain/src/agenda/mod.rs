//! The agenda: what an appointment may become, what overlaps, when a practitioner is open, where there is room.
//!
//! Spans are in minutes on the wall (see [`crate::time::WallTime::minutes`]), never instants.

pub mod booking_code;
pub mod hours;
pub mod overlap;
pub mod slots;
pub mod status;
