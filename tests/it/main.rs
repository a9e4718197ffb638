//! Whole-app scenarios.
