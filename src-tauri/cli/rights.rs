//! Persons' rights from a terminal: requests, and the erasure of a person.

use std::path::PathBuf;

use base64::Engine as _;
use clap::Subcommand;
use domain::id::{DataRequestId, PatientId};

use super::Refusal;
use super::output::Output;
use crate::commands::entrance::create::disk;
use crate::commands::erasure::wire::ErasePersonRequest;
use crate::commands::requests::wire::{
    AmendRequestRequest, DataRequestRequest, DataRequestView, DropRequestRequest, ExecuteRequestRequest,
    ExtendRequestRequest, ListRequestsRequest, NoteExchangeRequest, PrintRequestLetterRequest, RefuseRequestRequest,
    TakeRequestRequest,
};
use crate::commands::wire::FileView;
use crate::commands::{Desk, erasure, requests};

/// `person`.
#[derive(Subcommand)]
pub enum Person {
    /// Erase a person and everybody merged into them, everywhere; prints the receipt, or why not and until when.
    Erase {
        /// The patient.
        #[arg(long)]
        patient: String,
        /// Why, without a name: it stays as the proof.
        #[arg(long)]
        reason: String,
        /// The request that asks for it.
        #[arg(long)]
        request: Option<String>,
    },
    /// Everything that is held about a person, for them: readable, as FHIR, as tables, with their documents.
    Export(super::person::PersonExport),
}

/// `request`.
#[derive(Subcommand)]
pub enum Request {
    /// Take a request in.
    Add {
        /// access, rectification, erasure, limitation, objection, portability, withdrawal or post_mortem.
        #[arg(long)]
        kind: String,
        /// The patient, where that is known.
        #[arg(long)]
        patient: Option<String>,
        /// person, guardian, heir or representative.
        #[arg(long, default_value = "person")]
        by: String,
        /// desk, phone, post, email or portal.
        #[arg(long, default_value = "desk")]
        way: String,
        /// Who asks; without it the patient.
        #[arg(long, default_value = "")]
        name: String,
        /// Where they are answered.
        #[arg(long, default_value = "")]
        contact: String,
        /// What they ask.
        #[arg(long, default_value = "")]
        content: String,
        /// fr, ar or en.
        #[arg(long, default_value = "fr")]
        language: String,
        /// ISO date; without it today.
        #[arg(long, default_value = "")]
        received: String,
        /// What was shown: known, identity_card, passport, residence_permit, family_book, inheritance, mandate or questions.
        #[arg(long, default_value = "")]
        proof: String,
    },
    /// The register.
    List {
        /// Closed ones too.
        #[arg(long)]
        closed: bool,
    },
    /// One request with its steps and its receipt.
    Show {
        /// The request.
        id: String,
    },
    /// Say about whom it is, what was shown, since when it is complete.
    Amend {
        /// The request.
        id: String,
        /// The patient.
        #[arg(long)]
        patient: Option<String>,
        /// What was shown.
        #[arg(long, default_value = "")]
        proof: String,
        /// ISO date.
        #[arg(long, default_value = "")]
        complete: String,
    },
    /// Note an exchange with the person.
    Note {
        /// The request.
        id: String,
        /// What was said or sent.
        words: String,
        /// ISO date; without it today.
        #[arg(long, default_value = "")]
        on: String,
    },
    /// Extend the time, with its reason.
    Extend {
        /// The request.
        id: String,
        /// Why.
        #[arg(long)]
        reason: String,
    },
    /// Refuse, with the legal ground.
    Refuse {
        /// The request.
        id: String,
        /// medical_record, legal_claims, unidentified, excessive, rights_of_others, not_portable, legal_obligation, accurate or
        /// nothing_held.
        #[arg(long)]
        ground: String,
        /// In words, for the letter.
        #[arg(long)]
        words: String,
    },
    /// Close it because its requester takes it back.
    Drop {
        /// The request.
        id: String,
    },
    /// Execute it; prints it with its receipt.
    Execute {
        /// The request.
        id: String,
        /// Why, or in which words.
        #[arg(long, default_value = "")]
        reason: String,
        /// Of an objection: all, sync or reminders.
        #[arg(long, default_value = "")]
        scope: String,
        /// Of a limitation: accuracy_contested, unlawful_kept, needed_for_claim or objection_pending.
        #[arg(long, default_value = "")]
        ground: String,
        /// Of directives after death: erase, keep or hand_over.
        #[arg(long, default_value = "")]
        wish: String,
        /// To whom it is handed over.
        #[arg(long, default_value = "")]
        designee: String,
        /// Where the letter goes that an erasure leaves, a PDF.
        #[arg(long)]
        letter: Option<PathBuf>,
    },
    /// Print a letter to the person.
    Letter {
        /// The request.
        id: String,
        /// received, extended or answer.
        #[arg(long, default_value = "answer")]
        what: String,
        /// fr, ar or en; without it the request's.
        #[arg(long, default_value = "")]
        language: String,
        /// The PDF.
        #[arg(long)]
        out: PathBuf,
    },
}

fn patient_id(text: &str) -> Result<PatientId, Refusal> {
    text.parse().map_err(|_| Refusal::field("patient_not_found", "patient"))
}

fn request_id(text: &str) -> Result<DataRequestId, Refusal> {
    text.parse().map_err(|_| Refusal::field("request_not_found", "id"))
}

/// `person`.
pub async fn person(desk: &Desk, command: Person, output: &Output) -> Result<(), Refusal> {
    match command {
        Person::Erase { patient, reason, request } => {
            let request_id = request.as_deref().map(request_id).transpose()?;
            let request = ErasePersonRequest { patient_id: patient_id(&patient)?, reason, request_id };
            output.view(&erasure::erase_person(desk, request).await?);
        }
        Person::Export(asked) => super::person::export(desk, asked, output).await?,
    }
    Ok(())
}

async fn shown(desk: &Desk, id: &str) -> Result<DataRequestView, Refusal> {
    requests::show_request(desk, DataRequestRequest { id: request_id(id)? }).await
}

fn write(out: &PathBuf, file: &FileView) -> Result<(), Refusal> {
    let bytes = base64::engine::general_purpose::STANDARD.decode(&file.base64);
    std::fs::write(out, bytes.map_err(|_| Refusal::new("bad_request"))?).map_err(|error| disk(&error))
}

/// `request`.
pub async fn request(desk: &Desk, command: Request, output: &Output) -> Result<(), Refusal> {
    match command {
        Request::Add { kind, patient, by, way, name, contact, content, language, received, proof } => {
            let request = TakeRequestRequest {
                kind,
                by_whom: by,
                way,
                patient_id: patient.as_deref().map(patient_id).transpose()?,
                name,
                contact,
                content,
                language,
                received_on: received,
                proof,
            };
            output.view(&requests::take_request(desk, request).await?);
        }
        Request::List { closed } => {
            for one in requests::list_requests(desk, ListRequestsRequest { closed }).await?.requests {
                output.view(&one);
            }
        }
        Request::Show { id } => output.view(&shown(desk, &id).await?),
        Request::Amend { id, patient, proof, complete } => {
            let before = shown(desk, &id).await?.line;
            let request = AmendRequestRequest {
                id: before.id,
                revision: before.revision,
                patient_id: patient.as_deref().map(patient_id).transpose()?,
                proof,
                complete_on: complete,
            };
            output.view(&requests::amend_request(desk, request).await?);
        }
        Request::Note { id, words, on } => {
            let before = shown(desk, &id).await?.line;
            let request = NoteExchangeRequest { id: before.id, revision: before.revision, on, words };
            output.view(&requests::note_exchange(desk, request).await?);
        }
        Request::Extend { id, reason } => {
            let before = shown(desk, &id).await?.line;
            let request = ExtendRequestRequest { id: before.id, revision: before.revision, reason };
            output.view(&requests::extend_request(desk, request).await?);
        }
        Request::Refuse { id, ground, words } => {
            let before = shown(desk, &id).await?.line;
            let request = RefuseRequestRequest { id: before.id, revision: before.revision, ground, words };
            output.view(&requests::refuse_request(desk, request).await?);
        }
        Request::Drop { id } => {
            let before = shown(desk, &id).await?.line;
            let request = DropRequestRequest { id: before.id, revision: before.revision };
            output.view(&requests::drop_request(desk, request).await?);
        }
        Request::Execute { id, reason, scope, ground, wish, designee, letter } => {
            let before = shown(desk, &id).await?.line;
            let request = ExecuteRequestRequest {
                id: before.id,
                revision: before.revision,
                reason,
                scope,
                ground,
                consents: Vec::new(),
                wish,
                designee,
            };
            let mut done = requests::execute_request(desk, request).await?;
            if let (Some(out), Some(file)) = (&letter, done.letter.take()) {
                write(out, &file)?;
            }
            output.view(&done);
        }
        Request::Letter { id, what, language, out } => {
            let request = PrintRequestLetterRequest { id: request_id(&id)?, what, language };
            let file = requests::print_request_letter(desk, request).await?;
            write(&out, &file)?;
            output.view(&serde_json::json!({ "file": out.display().to_string() }));
        }
    }
    Ok(())
}
