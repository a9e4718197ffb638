//! What the vault promises, as tests.
