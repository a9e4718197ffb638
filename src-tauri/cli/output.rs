//! Printing: one JSON object a line for programs, short lines for people.

use std::io::Write as _;
use std::process::ExitCode;

use serde::Serialize;
use serde_json::Value;

use super::{DAMAGED, NOT_OPENED, REFUSED, Refusal, words};

/// Where and how to print.
pub struct Output {
    json: bool,
}

impl Output {
    /// For programs or for people.
    pub const fn new(json: bool) -> Self {
        Self { json }
    }

    /// Prints a view. For people: the values of an object, one line.
    pub fn view<T: Serialize>(&self, view: &T) {
        let Ok(value) = serde_json::to_value(view) else { return };
        let line = if self.json { value.to_string() } else { plain(&value) };
        // A closed pipe is the reader's choice.
        let _ = writeln!(std::io::stdout(), "{line}");
    }

    /// Prints a line that is JSON already.
    pub fn line(&self, line: &str) {
        let _ = writeln!(std::io::stdout(), "{line}");
    }

    /// Says something to people that is no answer of a command.
    pub fn remark(&self, sentence: &str) {
        let _ = writeln!(std::io::stderr(), "{sentence}");
    }

    /// Prints a refusal and returns its exit code.
    pub fn refused(&self, refusal: &Refusal) -> ExitCode {
        if self.json {
            let _ = writeln!(std::io::stdout(), "{}", serde_json::json!(refusal));
        } else {
            let _ = writeln!(std::io::stderr(), "{}", words::sentence(refusal));
        }
        ExitCode::from(exit_code(refusal))
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::Object(fields) => fields
            .iter()
            .filter(|(_, value)| !value.is_null() && value.as_str() != Some(""))
            .map(|(name, value)| format!("{name}: {}", plain(value)))
            .collect::<Vec<_>>()
            .join("   "),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The exit code of a refusal.
pub fn exit_code(refusal: &Refusal) -> u8 {
    match refusal.code.as_str() {
        "usage" => super::USAGE,
        "wrong_credentials"
        | "wait"
        | "locked"
        | "signed_out"
        | "not_enrolled_here"
        | "device_secret_missing"
        | "keyring_missing"
        | "keyring_locked"
        | "keyring_failed"
        | "vault_missing"
        | "vault_file_old"
        | "newer_version"
        | "wrong_recovery_key"
        | "bad_recovery_key"
        | "other_recovery_key"
        | "no_memory"
        | "credentials_missing" => NOT_OPENED,
        "vault_damaged" | "vault_file_damaged" | "vault_file_tampered" | "journal_damaged" | "backup_damaged" => {
            DAMAGED
        }
        _ => REFUSED,
    }
}
