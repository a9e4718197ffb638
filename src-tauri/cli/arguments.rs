//! The arguments.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

pub use super::arguments_agenda::{Agenda, Book, Cancel, Move, Slots, Status};
pub use super::arguments_out::{Export, Publish, Statistics};

/// A medical practice's agenda and patients, encrypted on this computer.
#[derive(Parser)]
#[command(
    name = "semainier",
    version,
    after_help = "User and password: SEMAINIER_USER and the first line of the file SEMAINIER_PASSWORD_FILE; a new user's password: \
                  SEMAINIER_NEW_PASSWORD_FILE; that of a calendar server: SEMAINIER_SERVER_PASSWORD_FILE; recovery keys: SEMAINIER_RECOVERY_KEY_FILE and \
                  SEMAINIER_CLINICAL_RECOVERY_KEY_FILE, or two lines on standard input.\n\
                  Exit codes: 0 done, 2 usage, 3 refused, 4 not opened, 5 damaged."
)]
pub struct Arguments {
    /// Folder of the vault; without it SEMAINIER_VAULT, else the standard folder of this computer.
    #[arg(long, global = true)]
    pub vault: Option<PathBuf>,
    /// One JSON object a line.
    #[arg(long, global = true)]
    pub json: bool,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Subcommand)]
pub enum Command {
    /// Make a practice and its first user, an administrator.
    Init(Init),
    /// Users.
    #[command(subcommand)]
    User(User),
    /// Practitioners.
    #[command(subcommand)]
    Practitioner(Practitioner),
    /// Appointment types.
    #[command(subcommand)]
    Type(Type),
    /// Opening hours.
    #[command(subcommand)]
    Hours(Hours),
    /// Absences, and where the appointments could go that they hit.
    #[command(subcommand)]
    Absence(super::planning::Absence),
    /// Time kept for types, for urgencies, or without appointments.
    #[command(subcommand)]
    Block(super::planning::Block),
    /// Openings of single dates.
    #[command(subcommand)]
    Opening(super::planning::Opening),
    /// Fill an empty practice with made-up patients and appointments, for trials and measurements.
    Seed(Seed),
    /// Drugs and their interactions.
    #[command(subcommand)]
    Drug(super::drugs::Drug),
    /// Prescriptions, certificates and letters: checked, signed, printed.
    #[command(subcommand)]
    Prescription(super::prescription::Prescription),
    /// The registers of the data-protection office.
    #[command(subcommand)]
    Register(super::registers::Register),
    /// Laboratory results: what came in, whose it is, who has seen it.
    #[command(subcommand)]
    Results(super::results::Results),
    /// Scanned documents and photographs.
    #[command(subcommand)]
    Document(super::results::Document),
    /// How long what is kept: rules, dry run, intermediate archive, destruction.
    #[command(subcommand)]
    Retention(super::retention::Retention),
    /// Take over the files of another software.
    #[command(subcommand)]
    Import(Import),
    /// Patients.
    #[command(subcommand)]
    Patient(Patient),
    /// A person's data as a whole.
    #[command(subcommand)]
    Person(super::rights::Person),
    /// Persons' requests about their data.
    #[command(subcommand)]
    Request(super::rights::Request),
    /// What left about a person, and who opened their record.
    Disclosures(super::person::Disclosures),
    /// Contact persons of patients, and guardians' consents.
    #[command(subcommand)]
    Contact(super::reception::Contact),
    /// Calls and messages to practitioners.
    #[command(subcommand)]
    Phone(super::reception::Phone),
    /// What the booking box understands: `dup mar thu 10h`, `+7d`, `0611223344`.
    Read(super::reception::Read),
    /// Series of appointments.
    #[command(subcommand)]
    Series(super::series::Series),
    /// Appointments in a row: a family, or one person with several practitioners.
    #[command(subcommand)]
    Row(super::rows::Row),
    /// The medical record of a patient.
    #[command(subcommand)]
    Record(super::record::Record),
    /// The waiting list.
    #[command(subcommand)]
    Waiting(super::series::Waiting),
    /// Next free slots.
    Slots(Slots),
    /// Book an appointment.
    Book(Book),
    /// Move an appointment.
    Move(Move),
    /// Change an appointment's status.
    Status(Status),
    /// Cancel an appointment.
    Cancel(Cancel),
    /// The appointments of a day.
    Agenda(Agenda),
    /// How full each day is, by practitioner.
    Month(super::overview::Month),
    /// The appointments of some days, of some types, statuses or one site.
    List(super::overview::List),
    /// Find appointments by person, booking code, type or note, past and to come.
    Find(super::overview::Find),
    /// What the others changed in the agenda since this user was here last.
    Changes(super::overview::Changes),
    /// Appointments that are cut, to be placed later.
    #[command(subcommand)]
    Board(super::overview::Board),
    /// The waiting room.
    #[command(subcommand)]
    Room(super::overview::Room),
    /// What this user, or all secretaries, did for the practice.
    Counts(Counts),
    /// Write the agenda or the patients to a file.
    #[command(subcommand)]
    Export(Export),
    /// Leave with the whole practice in one archive (practitioners).
    #[command(subcommand)]
    Archive(super::archive::Archive),
    /// Publish an agenda to a calendar server.
    #[command(subcommand)]
    Publish(Publish),
    /// Messages to patients by the practice's own mail server.
    #[command(subcommand)]
    Messages(super::messages::Messages),
    /// The sync with a booking portal: instruction, preview, state, end of the contract.
    #[command(subcommand)]
    Sync(super::sync::Sync),
    /// Figures of a period beside the one before.
    Statistics(Statistics),
    /// Undo a change, by default the last of this user here.
    Undo {
        /// Number of the journal entry.
        sequence: Option<i64>,
    },
    /// The journal, newest first.
    Journal {
        /// Only of this subject.
        #[arg(long)]
        subject: Option<String>,
    },
    /// Read every page and entry, write nothing.
    Verify,
    /// Write a verified backup.
    Backup {
        /// The file.
        file: PathBuf,
    },
    /// Restore a backup into a new folder.
    Restore(Restore),
    /// Open the vault by its recovery key and set a new password.
    Recover,
    /// Any command of the list by name, with its request as JSON.
    Call {
        /// Name of the command.
        name: String,
        /// The request.
        #[arg(default_value = "{}")]
        request: String,
    },
}

/// `counts`.
#[derive(Args)]
pub struct Counts {
    /// First day, such as 2026-11-01.
    #[arg(long)]
    pub from: String,
    /// Last day.
    #[arg(long)]
    pub to: String,
    /// What all secretaries did together, instead of this user.
    #[arg(long)]
    pub secretaries: bool,
}

/// `init`.
#[derive(Args)]
pub struct Init {
    /// Name of the practice.
    #[arg(long)]
    pub practice: String,
    /// FR or MA.
    #[arg(long)]
    pub country: String,
    /// IANA time zone of the first site.
    #[arg(long)]
    pub zone: String,
    /// Name of the first user.
    #[arg(long)]
    pub name: String,
    /// practitioner, secretary or administrator.
    #[arg(long, default_value = "practitioner")]
    pub role: String,
    /// Name of the first site.
    #[arg(long, default_value = "")]
    pub site: String,
    /// Speciality of a practitioner.
    #[arg(long, default_value = "")]
    pub speciality: String,
    /// fr, ar or en.
    #[arg(long, default_value = "fr")]
    pub language: String,
}

/// `user`.
#[derive(Subcommand)]
pub enum User {
    /// Add a user; the password comes from SEMAINIER_NEW_PASSWORD_FILE.
    Add {
        /// Login.
        #[arg(long)]
        user: String,
        /// Name.
        #[arg(long)]
        name: String,
        /// practitioner, secretary or administrator.
        #[arg(long)]
        role: String,
        /// Administrator as well.
        #[arg(long)]
        administrator: bool,
        /// The practitioner they are, id or exact name.
        #[arg(long)]
        practitioner: Option<String>,
    },
    /// List users.
    List,
    /// Disable a user who leaves.
    Disable {
        /// Login.
        user: String,
    },
    /// Set a forgotten password, from SEMAINIER_NEW_PASSWORD_FILE.
    Reset {
        /// Login.
        user: String,
    },
    /// Change one's own password, to that of SEMAINIER_NEW_PASSWORD_FILE.
    Password,
}

/// `practitioner`.
#[derive(Subcommand)]
pub enum Practitioner {
    /// Add a practitioner.
    Add {
        /// Name.
        #[arg(long)]
        name: String,
        /// RPPS number.
        #[arg(long, default_value = "")]
        rpps: String,
        /// INPE number.
        #[arg(long, default_value = "")]
        inpe: String,
        /// Speciality.
        #[arg(long, default_value = "")]
        speciality: String,
    },
    /// List practitioners.
    List,
}

/// `type`.
#[derive(Subcommand)]
pub enum Type {
    /// Add an appointment type.
    Add {
        /// Name.
        #[arg(long)]
        name: String,
        /// Minutes.
        #[arg(long)]
        minutes: i64,
        /// One of blue, teal, green, ochre, red, violet, orange.
        #[arg(long, default_value = "blue")]
        colour: String,
        /// Short name.
        #[arg(long, default_value = "")]
        short: String,
        /// Free minutes kept after.
        #[arg(long, default_value_t = 0)]
        buffer: i64,
        /// May be booked online.
        #[arg(long)]
        online: bool,
        /// The practice agrees to each online booking before it holds.
        #[arg(long)]
        needs_approval: bool,
        /// What the patient is told.
        #[arg(long, default_value = "")]
        instructions: String,
        /// Price hint, in cents.
        #[arg(long)]
        price: Option<i64>,
        /// 5-minute parts that need the practitioner, such as /X/.
        #[arg(long, default_value = "")]
        provider_time: String,
        /// Who offers it, id or exact name; may be given several times; none: everybody.
        #[arg(long)]
        practitioner: Vec<String>,
    },
    /// List types.
    List,
}

/// `hours`.
#[derive(Subcommand)]
pub enum Hours {
    /// Set a practitioner's hours on some weekdays.
    Set {
        /// Id or exact name.
        #[arg(long)]
        practitioner: String,
        /// Such as mon-fri or mon,wed,sat.
        #[arg(long)]
        days: String,
        /// HH:MM; may be given several times, each with its --to.
        #[arg(long, required = true)]
        from: Vec<String>,
        /// HH:MM.
        #[arg(long, required = true)]
        to: Vec<String>,
        /// every, odd or even ISO weeks.
        #[arg(long, default_value = "every")]
        weeks: String,
    },
}

/// `seed`.
#[derive(Args)]
pub struct Seed {
    /// How many patients.
    #[arg(long)]
    pub patients: u32,
    /// How many appointments.
    #[arg(long)]
    pub appointments: u32,
    /// How many practitioners.
    #[arg(long, default_value_t = 1)]
    pub practitioners: u32,
    /// Over how many years, the last of them to come.
    #[arg(long, default_value_t = 1)]
    pub years: u32,
    /// The same seed makes the same practice.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
}

/// `import`.
#[derive(Subcommand)]
pub enum Import {
    /// Patients from separated values.
    Patients {
        /// The file.
        file: PathBuf,
        /// Which column is which field, JSON.
        #[arg(long)]
        mapping: Option<PathBuf>,
        /// Only say what would happen.
        #[arg(long)]
        dry_run: bool,
        /// Write what became of every row.
        #[arg(long)]
        report: Option<PathBuf>,
    },
    /// The public drug base: its official files in a folder or a zip archive, or fetched from the authority's address.
    Drugs {
        /// The folder, or the archive.
        #[arg(required_unless_present = "download", conflicts_with = "download")]
        folder: Option<PathBuf>,
        /// Fetch them (over the network, from the authority's own address).
        #[arg(long)]
        download: bool,
        /// Its date; without it the newest day that the files speak of.
        #[arg(long)]
        edition: Option<String>,
    },
    /// The interaction thesaurus, JSON or the published PDF.
    Interactions {
        /// The file of pairs.
        file: PathBuf,
        /// The file of substances; without it the one beside, `substances-…` for `thesaurus-…`; of a PDF its own lists.
        #[arg(long)]
        substances: Option<PathBuf>,
        /// Its date or month; without it what the file's name says.
        #[arg(long)]
        edition: Option<String>,
    },
    /// A whole practice, from an archive that this program wrote, into a vault that is still empty (practitioners).
    Archive {
        /// The archive.
        file: PathBuf,
    },
    /// Laboratory results: a file (HPRIM or HL7), or every file of a folder that is no longer being written.
    Results {
        /// The file or the folder; files are left where they are.
        path: PathBuf,
    },
    /// An agenda from iCalendar.
    Agenda {
        /// The file.
        file: PathBuf,
        /// Whose, id or exact name.
        #[arg(long)]
        practitioner: String,
        /// Only say what would happen.
        #[arg(long)]
        dry_run: bool,
        /// Write what became of every row.
        #[arg(long)]
        report: Option<PathBuf>,
    },
}

/// `patient`.
#[derive(Subcommand)]
pub enum Patient {
    /// Add a patient.
    Add {
        /// Surname.
        #[arg(long)]
        surname: String,
        /// First name.
        #[arg(long)]
        first_name: String,
        /// Birth date.
        #[arg(long, default_value = "")]
        born: String,
        /// Phone.
        #[arg(long, default_value = "")]
        phone: String,
        /// E-mail.
        #[arg(long, default_value = "")]
        email: String,
        /// NIR with its key.
        #[arg(long, default_value = "")]
        nir: String,
        /// National card (MA).
        #[arg(long, default_value = "")]
        cin: String,
    },
    /// Search patients.
    Search {
        /// Fragments: names, birth date, phone, booking code.
        #[arg(required = true)]
        text: Vec<String>,
        /// At most so many.
        #[arg(long, default_value_t = 20)]
        limit: i64,
    },
    /// Everything of identity and contact.
    Show {
        /// Identifier.
        id: String,
    },
}

/// `restore`.
#[derive(Args)]
pub struct Restore {
    /// The backup.
    pub file: PathBuf,
    /// A new folder.
    #[arg(long)]
    pub to: PathBuf,
}
