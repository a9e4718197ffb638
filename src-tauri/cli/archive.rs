//! The whole practice in one archive, from a terminal: how far it is stands on the error stream.

use std::future::Future;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Subcommand;
use serde_json::json;

use super::Refusal;
use super::output::Output;
use super::words;
use crate::commands::archive::wire::{ExportArchiveRequest, FormerJournalRequest, ImportArchiveRequest};
use crate::commands::wire::NothingRequest;
use crate::commands::{Desk, archive as commands};

/// `archive`.
#[derive(Subcommand)]
pub enum Archive {
    /// Write it; one that was stopped goes on where it was.
    Export {
        /// The folder.
        #[arg(long)]
        out: PathBuf,
        /// Language of what people read: fr, ar or en.
        #[arg(long, default_value = "fr")]
        language: String,
        /// From the beginning.
        #[arg(long)]
        anew: bool,
        /// Bring whoever is in the intermediate archive back first.
        #[arg(long)]
        bring_back: bool,
    },
    /// How it stands.
    Show,
    /// Throw away what an export that was stopped had finished.
    Discard,
    /// The journal of a vault from which the practice came (practitioners).
    Journal {
        /// The vault; without it the latest.
        #[arg(long)]
        vault: Option<String>,
    },
}

/// How often it is told how far something is.
const BEAT: Duration = Duration::from_secs(1);

fn absolute(path: &Path) -> Result<String, Refusal> {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    path.to_str().map(str::to_owned).ok_or_else(|| Refusal::field("bad_name", "path"))
}

/// Does something long, and tells how far it is.
async fn telling<T>(
    desk: &Desk,
    output: &Output,
    work: impl Future<Output = Result<T, Refusal>>,
) -> Result<T, Refusal> {
    let mut work = std::pin::pin!(work);
    let mut said = (String::new(), -1);
    loop {
        tokio::select! {
            done = &mut work => return done,
            () = tokio::time::sleep(BEAT) => {
                let now = commands::show_progress(desk);
                if now.running && said != (now.phase.clone(), now.done) {
                    output.remark(&words::archive_progress(&now.phase, now.done, now.total));
                    said = (now.phase, now.done);
                }
            }
        }
    }
}

/// `archive`.
pub async fn archive(desk: &Desk, command: Archive, output: &Output) -> Result<(), Refusal> {
    match command {
        Archive::Export { out, language, anew, bring_back } => {
            let request = ExportArchiveRequest { into: absolute(&out)?, language, anew, bring_back };
            output.view(&telling(desk, output, commands::export_archive(desk, request)).await?);
            output.remark(&words::in_the_clear());
        }
        Archive::Show => output.view(&commands::show_archive(desk, NothingRequest {}).await?),
        Archive::Discard => {
            commands::discard_archive(desk, NothingRequest {}).await?;
            output.view(&json!({ "discarded": true }));
        }
        Archive::Journal { vault } => {
            let formers = commands::show_archive(desk, NothingRequest {}).await?.formers;
            let vault = vault.or_else(|| formers.first().map(|one| one.id.clone())).unwrap_or_default();
            let mut before = None;
            loop {
                let request = FormerJournalRequest { vault: vault.clone(), before, limit: 1_000 };
                let page = commands::list_former_journal(desk, request).await?;
                if before.is_none() {
                    output.view(&json!({ "vault": vault, "verified": page.verified }));
                }
                for entry in &page.entries {
                    output.view(entry);
                }
                before = page.entries.last().map(|entry| entry.sequence);
                if before.is_none_or(|sequence| sequence <= 1) {
                    return Ok(());
                }
            }
        }
    }
    Ok(())
}

/// `import archive`.
pub async fn import(desk: &Desk, file: &Path, output: &Output) -> Result<(), Refusal> {
    let request = ImportArchiveRequest { path: absolute(file)? };
    output.view(&telling(desk, output, commands::import_archive(desk, request)).await?);
    Ok(())
}
