//! Users and their access: adding, changing, leaving, passwords, the clinical key, the re-key, the connection log, and what
//! belongs to one user (preferences, drafts).

pub(crate) mod key_file;
pub mod own;
pub mod users;
pub mod wire;

pub use own::{
    change_password, list_drafts, recover_clinical, rekey, save_draft, save_preferences, show_own_grant_code,
};
pub use users::{
    add_user, disable_user, grant_clinical, list_connections, list_users, reset_password, show_grant_code, update_user,
};

use super::CommandError;
use crate::vault::{Password, Unlocked};
use domain::privacy::password::{Judgement, judge};

/// Judges a password as the entrance shows it. `known`: words an attacker would try first.
#[must_use]
pub fn judged(password: &str, known: &[&str]) -> (u8, Judgement) {
    // An attacker's first hundred characters are enough to judge, and keep the judgement quick.
    let head: String = password.chars().take(100).collect();
    let entropy = zxcvbn::zxcvbn(&head, known);
    let score = u8::from(entropy.score());
    (score, judge(password, score, entropy.guesses_log10(), known))
}

/// A password that is good enough, or why not.
pub(crate) fn good_password(text: String, known: &[&str], field: &str) -> Result<Password, CommandError> {
    let (_, judgement) = judged(&text, known);
    if !judgement.accepted {
        let weaknesses: Vec<&str> = judgement.weaknesses.iter().map(|weakness| weakness.as_str()).collect();
        return Err(CommandError::field("weak_password", field).with("weaknesses", weaknesses.join(",")));
    }
    Ok(Password::new(text))
}

/// Whether a session can open clinical content.
pub(crate) fn reads_clinical(unlocked: &Unlocked) -> bool {
    unlocked.clinical.is_some()
}
