//! Patients: how they are named, found and told apart.

pub mod birth;
pub mod likeness;
pub mod names;
pub mod query;
pub mod sex;

pub use likeness::{Identity, Likeness, Reason, likeness};
pub use query::{Fragment, Reading, SearchQuery};
pub use sex::Sex;
