//! The drug base and the thesaurus from a terminal.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use serde_json::json;

use super::Refusal;
use super::output::Output;
use super::words;
use crate::commands::drugs::wire::{
    CheckDrugsRequest, DrugRequest, ImportDrugsRequest, ImportInteractionsRequest, SearchDrugsRequest,
};
use crate::commands::wire::NothingRequest;
use crate::commands::{Desk, drugs};

/// `drug`.
#[derive(Subcommand)]
pub enum Drug {
    /// Search by brand, substance, ATC, CIS or CIP.
    Search {
        /// What to look for.
        #[arg(required = true)]
        text: Vec<String>,
        /// At most so many.
        #[arg(long, default_value_t = 20)]
        limit: i64,
    },
    /// Everything the base says of a drug.
    Show {
        /// Eight digits.
        cis: String,
    },
    /// Interactions, the same substance twice, and what the thesaurus does not know.
    Check(Check),
    /// Which substances are linked to the thesaurus.
    Mapping {
        /// Also those that are linked.
        #[arg(long)]
        all: bool,
    },
    /// The editions in use.
    Editions,
}

/// `drug check`.
#[derive(Args)]
pub struct Check {
    /// Substances, separated by semicolons.
    #[arg(long, value_delimiter = ';')]
    pub substances: Vec<String>,
    /// CIS codes, separated by semicolons or commas.
    #[arg(long)]
    pub cis: Vec<String>,
    /// Substances taken already.
    #[arg(long, value_delimiter = ';')]
    pub current_substances: Vec<String>,
    /// CIS codes taken already.
    #[arg(long)]
    pub current_cis: Vec<String>,
}

/// A path as this process sees it, for a command that may run from elsewhere.
fn absolute(path: &Path) -> String {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).to_string_lossy().into_owned()
}

fn codes(given: Vec<String>) -> Vec<String> {
    let cut =
        |text: &str| text.split([';', ',', ' ']).filter(|part| !part.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    given.iter().flat_map(|text| cut(text)).collect()
}

/// `import drugs`.
pub async fn import(
    desk: &Desk,
    folder: Option<PathBuf>,
    edition: Option<String>,
    output: &Output,
) -> Result<(), Refusal> {
    let download = folder.is_none();
    let request = ImportDrugsRequest { folder: folder.as_deref().map(absolute).unwrap_or_default(), download, edition };
    output.view(&drugs::import_drugs(desk, request).await?);
    Ok(())
}

/// `import interactions`.
pub async fn import_interactions(
    desk: &Desk,
    file: &Path,
    substances: Option<PathBuf>,
    edition: Option<String>,
    output: &Output,
) -> Result<(), Refusal> {
    let request =
        ImportInteractionsRequest { file: absolute(file), substances: substances.as_deref().map(absolute), edition };
    output.view(&drugs::import_interactions(desk, request).await?);
    Ok(())
}

/// `drug`.
pub async fn drug(desk: &Desk, command: Drug, output: &Output) -> Result<(), Refusal> {
    match command {
        Drug::Search { text, limit } => {
            let found = drugs::search_drugs(desk, SearchDrugsRequest { text: text.join(" "), limit }).await?;
            for one in found.drugs {
                output.view(&json!({ "cis": one.cis, "name": one.name, "substances": one.substances, "atc": one.atc,
                                     "marketed": one.marketed, "edition": found.edition }));
            }
        }
        Drug::Show { cis } => output.view(&drugs::show_drug(desk, DrugRequest { cis }).await?),
        Drug::Check(check) => {
            let request = CheckDrugsRequest {
                substances: check.substances,
                cis: codes(check.cis),
                current_substances: check.current_substances,
                current_cis: codes(check.current_cis),
            };
            let checked = drugs::check_drugs(desk, request).await?;
            for finding in &checked.findings {
                output.view(finding);
            }
            if checked.findings.is_empty() {
                output.remark(&words::nothing_found(&checked.edition));
            }
        }
        Drug::Mapping { all } => {
            let mapping = drugs::show_mapping(desk, NothingRequest {}).await?;
            output.view(&mapping.counts);
            for one in mapping.substances.iter().filter(|one| all || one.through.is_empty()) {
                output.view(one);
            }
        }
        Drug::Editions => {
            for one in drugs::show_drug_editions(desk, NothingRequest {}).await?.editions {
                output.view(&one);
            }
        }
    }
    Ok(())
}
