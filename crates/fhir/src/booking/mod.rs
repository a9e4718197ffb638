//! What goes between a practice and its booking portal, as types that cannot hold more than the booking-only fields.
//!
//! A resource is read in two steps. The wire form (private, `deny_unknown_fields` everywhere) is parsed; out of it the value
//! is made, whose fields are the booking-only fields and nothing else; then the value is written back, and what was read must
//! be that, element for element. So what is accepted is exactly what this module itself would write: there is no place where a
//! note, an identity number or an address could travel along unread.
//!
//! Profiles and systems stand in [`names`] with their sources. Deliberately not here: what of a practice's data becomes which
//! value (the app's sync decides, under the controller's [`Instruction`]), how it is sent, and who may send it.

mod appointment;
mod bundle;
mod capability;
mod instruction;
pub mod names;
mod outcome;
mod schedule;
mod slot;
mod status;
#[cfg(test)]
mod tests;
mod text;
mod wire;

pub use appointment::{Appointment, AppointmentType, Contact, MAX_MINUTES, Person, Span, Wish};
pub use bundle::{Bundle, BundleEntry, BundleKind, Link, MAX_ENTRIES, Request, Resource, Response};
pub use capability::capability_statement;
pub use instruction::{Authority, Controller, Fields, Instruction, Reminders};
pub use outcome::{Issue, IssueCode, OperationOutcome};
pub use schedule::{Horizon, OfferedType, Practitioner, Schedule, ScheduleId, Site};
pub use slot::{Slot, SlotId, SlotStatus};
pub use status::AppointmentStatus;
pub use text::{Email, InvalidText, Label, Language, Name, Phone, VisioLink};
pub use wire::{Meta, Refused};
