//! Patients: create, change, search, likely duplicates, merge, history.
//!
//! Not here: anything clinical; relatives and guardians' consents (`contact`).

pub mod save;
pub mod show;
pub mod wire;

pub use save::{create_patient, merge_patients, update_patient};
pub use show::{find_duplicates, patient_history, search_patients, show_patient};
