//! What the agenda's figures mean: periods and the one before, how full open time is, shares and spreads.
//!
//! Counting rows is the store's; words and pictures are the screens'. Nobody is named here: figures know practitioners and
//! types, never patients.

mod figures;
mod period;

pub use figures::{Figures, LEAD_BANDS, Spread, WAIT_BANDS, booked_minutes, permille};
pub use period::{LONGEST, Period, PeriodKind};
