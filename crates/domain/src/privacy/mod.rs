//! Data protection: the rules of the registers and deadlines, and what each country's law says, as data.

pub mod activity;
pub mod audit;
pub mod authority;
pub mod breach;
pub mod connections;
pub mod information;
pub mod line;
pub mod matrix;
pub mod password;
pub mod processor;
pub mod review;

pub mod consent;
pub mod erasure;
pub mod requests;
pub mod restriction;
pub mod retention;
