//! The registers on paper, from a terminal.

use std::path::PathBuf;

use clap::Subcommand;

use super::Refusal;
use super::out::save;
use super::output::Output;
use crate::commands::registers::wire::PrintRegisterRequest;
use crate::commands::{Desk, registers};

/// `register`.
#[derive(Subcommand)]
pub enum Register {
    /// Print a register, or a document that follows from the registers.
    Print {
        /// activities, processors, instructions, breaches, notification, reviews, audits, matrix, dpia or notice.
        register: String,
        /// The file; replaced whole.
        #[arg(long)]
        out: PathBuf,
        /// Only this row: the breach of a notification, one review, one audit, the matrix with one processor.
        #[arg(long)]
        id: Option<String>,
        /// fr, ar or en.
        #[arg(long, default_value = "fr")]
        language: String,
    },
}

/// `register`.
pub async fn register(desk: &Desk, command: Register, output: &Output) -> Result<(), Refusal> {
    match command {
        Register::Print { register, out, id, language } => {
            let id = id.map(|id| id.parse().map_err(|_| Refusal::field("not_found", "id"))).transpose()?;
            let request = PrintRegisterRequest { register, id, language };
            save(&registers::print_register(desk, request).await?, &out, output)
        }
    }
}
