//! Patients: how they are named, found and told apart.

pub mod birth;
pub mod guardian;
pub mod likeness;
pub mod names;
pub mod query;
pub mod relation;
pub mod sex;
pub mod whose;

pub use likeness::{Identity, Likeness, Reason, likeness};
pub use query::{Fragment, Reading, SearchQuery};
pub use relation::Relation;
pub use sex::Sex;
