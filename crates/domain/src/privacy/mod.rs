//! Data protection rules that need no data.

pub mod connections;
pub mod information;
pub mod password;

pub mod consent;
pub mod erasure;
pub mod requests;
pub mod restriction;
