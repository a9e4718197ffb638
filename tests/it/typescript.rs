//! The TypeScript twin of the list of commands.

use std::fs;
use std::path::Path;

/// `make types` sets this to write the file instead of comparing it.
const WRITE: &str = "SEMAINIER_WRITE_TYPES";

#[test]
fn the_generated_typescript_is_what_the_list_of_commands_says() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/src/backend/generated.ts");
    let text = semainier_app::commands::typescript();
    if std::env::var_os(WRITE).is_some() {
        fs::write(&file, &text).expect("ui/src/backend can be written");
    }
    let kept = fs::read_to_string(&file).unwrap_or_default();
    assert!(kept == text, "ui/src/backend/generated.ts is stale: run `make types` and commit it");
}
