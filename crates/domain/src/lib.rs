//! The rules of a medical practice, pure: no clock, no I/O, no async, no SQL, no window.
