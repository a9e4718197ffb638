//! Data protection rules that need no data.

pub mod connections;
pub mod information;
pub mod password;
