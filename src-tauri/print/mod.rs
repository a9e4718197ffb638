//! Room `print`.
