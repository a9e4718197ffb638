//! The bundle that a person takes along: everything a practice holds about them, and nothing about anybody else.
