//! Data protection rules that need no data.

pub mod password;

pub mod consent;
pub mod erasure;
pub mod requests;
pub mod restriction;
