//! The disclosure ledger: what left about whom, to whom, why. Written in the change that lets it leave.
//!
//! Deliberately not here: the content of what left, which stands nowhere but where it went.
