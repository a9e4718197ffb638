//! Local wall time, and the one function that turns it into an instant.
//!
//! An appointment is a wall-clock promise: the stored truth is local date and time plus the site's zone. Instants are
//! derived for the outside only. What time it is now is deliberately not here.

mod observance;
mod wall;
mod zone;

pub use observance::{Observance, observances};
pub use wall::{InvalidWallTime, WallTime, day_number, from_day_number};
pub use zone::{InvalidZone, Resolved, Zone, instant, resolve, wall, zones};
