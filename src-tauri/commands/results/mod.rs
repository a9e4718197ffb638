//! Laboratory results: imported, given to the patient whose they are for certain, kept aside for a person where that is not
//! so, read and marked as seen by practitioners.
//!
//! Whoever files need not read: a paper is sealed under a key of its own, which is sealed to the clinical public key; who it
//! is about is judged from the file while it is in memory. A practitioner's session takes filed papers in, and makes entries
//! of the record of them.
//!
//! Deliberately not here: what the forms of files are (room `import`), undo of what came into a record (it is struck there).

pub mod folder;
pub mod inbox;
pub mod intake;
pub mod sealing;
pub mod show;
pub mod take_in;
pub mod wire;

pub use folder::{automatic, check_watched_folder, set_watched_folder, show_watched_folder};
pub use inbox::{attach_result, detach_result, list_inbox, read_filed, refuse_result};
pub use intake::import_results;
pub use show::{list_results, list_unseen, mark_seen};
