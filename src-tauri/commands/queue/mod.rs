//! The waiting room: who waits and in which order, how long still, calling the next, the order changed by hand, and the
//! wall display, which knows booking codes only.
//!
//! Not here: arriving, being seated, leaving one by one (they are statuses: `agenda`), the window of the wall display
//! (room `desktop`).

pub mod room;
pub mod settings;
pub mod turns;
pub mod wall;
pub mod wire;

pub use room::{call_next, place_in_queue, show_waiting_room};
pub use settings::set_waiting_room;
pub use wall::show_wall_display;
