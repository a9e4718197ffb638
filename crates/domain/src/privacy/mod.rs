//! Data protection rules that need no data.

pub mod password;
pub mod retention;
