//! The intermediate archive: persons who are no longer active, all their rows each, in a file of its own beside the
//! database, under its own key.
//!
//! What belongs to a person is read from the schema (`family`), so that a table that comes later is not forgotten.
//! The file is never changed: a new one is written beside it and takes its name (`file`), so that at any moment the whole old
//! or the whole new one is there. One lock says who may write it; a backup holds the same one shared.
//!
//! Not here: who is archived and when (room `domain`), the order between the two files (room `commands`), keys.

mod family;
mod file;
pub mod known;
mod moving;
mod room;

pub use family::Schema;
pub use file::{FILE_NAME, Header, Lock, Shelved, count, find, header, list, missing_pages, one, rewrite, sweep};
pub use moving::{Package, Row, gather, put_back, take_out};
pub use room::reading_room;
