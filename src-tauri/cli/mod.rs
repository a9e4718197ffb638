//! The command line: the same commands for programs and administrators, without a window.
//!
//! User and password come from the environment and files, never from arguments. Exit codes: 0 done, 2 usage, 3 refused,
//! 4 not opened, 5 damaged. Not here: anything that a command does; this room only reads arguments and prints views.

mod agenda;
mod archive;
mod arguments;
mod arguments_agenda;
mod arguments_out;
mod drugs;
mod keep;
mod messages;
mod out;
mod output;
mod overview;
mod people;
mod person;
mod planning;
mod prescription;
mod reception;
mod record;
mod registers;
mod results;
mod retention;
mod rights;
mod rows;
mod series;
mod session;
mod setup;
mod sync;
mod words;
mod words_prescription;

use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command};
use output::Output;

/// Done.
const DONE: u8 = 0;
/// The arguments are not of the command's form.
const USAGE: u8 = 2;
/// A rule refused.
const REFUSED: u8 = 3;
/// Wrong password, locked, not here.
const NOT_OPENED: u8 = 4;
/// Damaged.
const DAMAGED: u8 = 5;

/// How long a wrong password or key keeps one waiting.
const WAIT: std::time::Duration = std::time::Duration::from_secs(1);

/// What ends a command line early: a refusal with its exit code.
pub(crate) type Refusal = crate::commands::CommandError;

/// Reads the arguments, runs, prints.
#[must_use]
pub fn main() -> ExitCode {
    // Where the system refuses, the program still serves; it only stays dumpable.
    let _ = crate::vault::harden_process();
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are answers; everything else is a wrong usage.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { USAGE } else { DONE });
        }
    };
    let output = Output::new(arguments.json);
    let runtime = match tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build() {
        Ok(runtime) => runtime,
        Err(_) => return output.refused(&Refusal::new("no_memory")),
    };
    match runtime.block_on(run(arguments, &output)) {
        Ok(code) => ExitCode::from(code),
        Err(refusal) => {
            if matches!(refusal.code.as_str(), "wrong_credentials" | "wrong_recovery_key") {
                // Each process starts anew: whoever guesses through the command line waits every time.
                std::thread::sleep(WAIT);
            }
            output.refused(&refusal)
        }
    }
}

async fn run(arguments: Arguments, output: &Output) -> Result<u8, Refusal> {
    let vault = arguments.vault;
    match arguments.command {
        Command::Init(init) => setup::init(vault, init, output).await,
        Command::Restore(restore) => keep::restore(vault, restore, output).await,
        Command::Recover => keep::recover(vault, output).await,
        Command::Verify => keep::verify(vault, output).await,
        command => {
            let desk = session::open(vault).await?;
            let done = at_desk(&desk, command, output).await;
            session::close(desk).await;
            done
        }
    }
}

async fn at_desk(desk: &crate::commands::Desk, command: Command, output: &Output) -> Result<u8, Refusal> {
    match command {
        Command::User(command) => setup::user(desk, command, output).await?,
        Command::Practitioner(command) => setup::practitioner(desk, command, output).await?,
        Command::Type(command) => setup::appointment_type(desk, command, output).await?,
        Command::Hours(command) => setup::hours(desk, command, output).await?,
        Command::Absence(command) => planning::absence(desk, command, output).await?,
        Command::Block(command) => planning::block(desk, command, output).await?,
        Command::Opening(command) => planning::opening(desk, command, output).await?,
        Command::Seed(seed) => setup::seed(desk, seed, output).await?,
        Command::Import(command) => people::import(desk, command, output).await?,
        Command::Drug(command) => drugs::drug(desk, command, output).await?,
        Command::Prescription(command) => prescription::prescription(desk, command, output).await?,
        Command::Register(command) => registers::register(desk, command, output).await?,
        Command::Results(command) => results::results(desk, command, output).await?,
        Command::Document(command) => results::document(desk, command, output).await?,
        Command::Retention(command) => retention::retention(desk, command, output).await?,
        Command::Patient(command) => people::patient(desk, command, output).await?,
        Command::Person(command) => rights::person(desk, command, output).await?,
        Command::Request(command) => rights::request(desk, command, output).await?,
        Command::Disclosures(asked) => person::disclosures(desk, asked, output).await?,
        Command::Contact(command) => reception::contact(desk, command, output).await?,
        Command::Phone(command) => reception::phone(desk, command, output).await?,
        Command::Record(command) => record::record(desk, command, output).await?,
        Command::Series(command) => series::series(desk, command, output).await?,
        Command::Row(command) => rows::row(desk, command, output).await?,
        Command::Waiting(command) => series::waiting(desk, command, output).await?,
        Command::Read(read) => reception::read(desk, read, output).await?,
        Command::Slots(slots) => agenda::slots(desk, slots, output).await?,
        Command::Book(book) => agenda::book(desk, book, output).await?,
        Command::Move(change) => agenda::move_to(desk, change, output).await?,
        Command::Status(change) => agenda::status(desk, change, output).await?,
        Command::Cancel(cancel) => agenda::cancel(desk, cancel, output).await?,
        Command::Agenda(day) => agenda::day(desk, day, output).await?,
        Command::Month(asked) => overview::month(desk, asked, output).await?,
        Command::List(asked) => overview::list(desk, asked, output).await?,
        Command::Find(asked) => overview::find(desk, asked, output).await?,
        Command::Changes(asked) => overview::changes(desk, asked, output).await?,
        Command::Board(command) => overview::board(desk, command, output).await?,
        Command::Room(command) => overview::room(desk, command, output).await?,
        Command::Counts(counts) => keep::counts(desk, counts, output).await?,
        Command::Export(command) => out::export(desk, command, output).await?,
        Command::Archive(command) => archive::archive(desk, command, output).await?,
        Command::Publish(command) => out::publish(desk, command, output).await?,
        Command::Messages(command) => messages::messages(desk, command, output).await?,
        Command::Sync(command) => sync::sync(desk, command, output).await?,
        Command::Statistics(asked) => out::statistics(desk, asked, output).await?,
        Command::Undo { sequence } => agenda::undo(desk, sequence, output).await?,
        Command::Journal { subject } => keep::journal(desk, subject, output).await?,
        Command::Backup { file } => keep::backup(desk, file, output).await?,
        Command::Call { name, request } => {
            let request = serde_json::from_str(&request).map_err(|_| Refusal::new("bad_request"))?;
            output.view(&crate::commands::dispatch(desk, &name, request).await?);
        }
        Command::Init(_) | Command::Restore(_) | Command::Recover | Command::Verify => {}
    }
    Ok(DONE)
}
