//! Patients: how they are named, found and told apart.

pub mod birth;
pub mod likeness;
pub mod names;
pub mod query;
pub mod sex;
