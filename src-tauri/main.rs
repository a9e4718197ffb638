//! Which door? The window or the command line.
fn main() {}
