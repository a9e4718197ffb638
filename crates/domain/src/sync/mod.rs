//! Between the agenda and a portal: what is to be told, what an answer means, what becomes of what was done there.
//!
//! One UUID is one thing's name on both sides, every change says which version it expects to find, and each side can be asked how a
//! thing stands. From that alone both sides end equal, whatever is lost, doubled, delayed or reordered on the way: the
//! `simulation` beside this module runs it ten thousand times.
//!
//! Deliberately not here: what is said (`fhir::booking`), how it travels (the app's room `sync`), what is remembered and in which
//! transaction (the store), the clock and chance, which are arguments.

pub mod availability;
pub mod cursor;
pub mod held;
pub mod meet;
pub mod pace;
#[cfg(test)]
mod simulation;
pub mod step;

pub use cursor::Cursor;
pub use held::{Expect, Held};
pub use meet::{Meet, Mine, There, meet, missing};
pub use step::{After, Answer, Own, Step, after, step};

words! {
    /// What kind of thing waits in the outbox.
    Kind {
        /// An appointment, or a wish of the waiting list.
        Appointment = "appointment",
        /// A practitioner at a site, with what can be booked there.
        Schedule = "schedule",
        /// The free time of one day of a practitioner at a site.
        Availability = "availability",
        /// Something that must be erased there, and confirmed.
        Erase = "erase",
    }
}
