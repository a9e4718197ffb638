//! Whole-app scenarios and the checks of the house: one binary, one file a subject.

mod typescript;
mod walls;
