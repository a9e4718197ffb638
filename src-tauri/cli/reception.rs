//! The reception: contact persons and consents, calls and messages, and what the booking box understands.

use clap::{Args, Subcommand};
use domain::id::PatientId;
use serde_json::json;

use super::Refusal;
use super::output::Output;
use super::setup::{known, practitioner_id};
use crate::commands::agenda::typed_wire::{BoxSlotsRequest, ReadBoxRequest};
use crate::commands::call::wire::{AnswerCallRequest, CallRequest, CallView, ListCallsRequest, NoteCallRequest};
use crate::commands::contact::wire::{ContactRequest, GiveConsentRequest, SaveContactRequest, WithdrawConsentRequest};
use crate::commands::patient::wire::PatientRequest;
use crate::commands::{Desk, agenda, call, contact as contacts};

/// `contact`.
#[derive(Subcommand)]
pub enum Contact {
    /// Add a contact person.
    Add {
        /// Whose: id of the patient.
        #[arg(long)]
        patient: String,
        /// Name; without it the linked patient's.
        #[arg(long, default_value = "")]
        name: String,
        /// mother, father, guardian, grandparent, spouse, child, sibling, carer or other.
        #[arg(long, default_value = "")]
        relation: String,
        /// Phone; without it the linked patient's.
        #[arg(long, default_value = "")]
        phone: String,
        /// Decides for a minor.
        #[arg(long)]
        guardian: bool,
        /// The patient they are, where they are one.
        #[arg(long)]
        linked: Option<String>,
        /// What they may be told: appointments, messages, results.
        #[arg(long, value_delimiter = ',', value_parser = ["appointments", "messages", "results"])]
        told: Vec<String>,
    },
    /// List contact persons and consents.
    List {
        /// Whose: id of the patient.
        patient: String,
    },
    /// Remove a contact person.
    Remove {
        /// Id of the contact person.
        id: String,
    },
    /// Note a guardian's consent for a minor.
    Consent {
        /// For whom: id of the patient.
        #[arg(long)]
        patient: String,
        /// By whom: id of the contact person.
        #[arg(long)]
        by: String,
        /// Date; without it today.
        #[arg(long, default_value = "")]
        on: String,
        /// spoken, written or electronic.
        #[arg(long, default_value = "written")]
        way: String,
    },
    /// Note that a consent was withdrawn.
    Withdraw {
        /// Id of the consent.
        id: String,
        /// Date; without it today.
        #[arg(long, default_value = "")]
        on: String,
    },
}

/// `phone`.
#[derive(Subcommand)]
pub enum Phone {
    /// Note a call, and leave a message where a practitioner is named.
    Note {
        /// About whom: id of the patient.
        #[arg(long)]
        patient: String,
        /// About what; never clinical.
        #[arg(long)]
        about: String,
        /// To whom a message is left: id or exact name.
        #[arg(long)]
        to: Option<String>,
        /// The contact person who called.
        #[arg(long)]
        contact: Option<String>,
        /// Who called, where it was neither the patient nor a contact person.
        #[arg(long, default_value = "")]
        caller: String,
        /// Phone to call back.
        #[arg(long, default_value = "")]
        phone: String,
    },
    /// List calls, the newest first.
    List {
        /// open, unread, answered or all.
        #[arg(long, default_value = "open")]
        which: String,
        /// Words of names, subject or answer; digits of a phone.
        text: Vec<String>,
    },
    /// Answer a message.
    Answer {
        /// Id of the call.
        id: String,
        /// A few words for the desk; never clinical.
        #[arg(long)]
        answer: String,
    },
    /// Settle a message: its answer was passed on.
    Close {
        /// Id of the call.
        id: String,
    },
}

/// `read`.
#[derive(Args)]
pub struct Read {
    /// As typed into the box.
    #[arg(allow_hyphen_values = true)]
    pub text: Vec<String>,
    /// fr, ar or en: how dates are written.
    #[arg(long, default_value = "fr")]
    pub language: String,
}

fn patient(text: &str) -> Result<PatientId, Refusal> {
    text.parse().map_err(|_| Refusal::field("patient_not_found", "patient"))
}

/// `contact`.
pub async fn contact(desk: &Desk, command: Contact, output: &Output) -> Result<(), Refusal> {
    let missing = |_| Refusal::field("contact_not_found", "id");
    match command {
        Contact::Add { patient: of, name, relation, phone, guardian, linked, told } => {
            let may = |what: &str| told.iter().any(|one| one == what);
            let request = SaveContactRequest {
                id: None,
                revision: None,
                patient_id: patient(&of)?,
                name,
                relation,
                phone,
                guardian,
                linked_patient_id: linked.as_deref().map(patient).transpose()?,
                told_appointments: may("appointments"),
                told_messages: may("messages"),
                told_results: may("results"),
            };
            output.view(&contacts::save_contact(desk, request).await?);
        }
        Contact::List { patient: of } => {
            output.view(&contacts::list_contacts(desk, PatientRequest { id: patient(&of)? }).await?);
        }
        Contact::Remove { id } => {
            let request = ContactRequest { id: id.parse().map_err(missing)? };
            output.view(&contacts::remove_contact(desk, request).await?);
        }
        Contact::Consent { patient: of, by, on, way } => {
            let by = by.parse().map_err(missing)?;
            let request = GiveConsentRequest { patient_id: patient(&of)?, contact_person_id: by, given_on: on, way };
            output.view(&contacts::give_consent(desk, request).await?);
        }
        Contact::Withdraw { id, on } => {
            let id = id.parse().map_err(|_| Refusal::field("consent_not_found", "id"))?;
            output.view(&contacts::withdraw_consent(desk, WithdrawConsentRequest { id, withdrawn_on: on }).await?);
        }
    }
    Ok(())
}

fn id(text: &str) -> Result<domain::id::CallId, Refusal> {
    text.parse().map_err(|_| Refusal::field("call_not_found", "id"))
}

/// The call as it stands, for whoever answers without having seen it.
async fn shown(desk: &Desk, id: domain::id::CallId) -> Result<CallView, Refusal> {
    let request = ListCallsRequest {
        which: "open".to_owned(),
        practitioner_id: None,
        patient_id: None,
        text: String::new(),
        limit: 500,
    };
    let calls = call::list_calls(desk, request).await?.calls;
    calls.into_iter().find(|one| one.id == id).ok_or_else(|| Refusal::field("call_not_found", "id"))
}

/// `phone`.
pub async fn phone(desk: &Desk, command: Phone, output: &Output) -> Result<(), Refusal> {
    match command {
        Phone::Note { patient: about_whom, about, to, contact, caller, phone } => {
            let practitioner = match to {
                Some(text) => Some(practitioner_id(&known(desk).await?, &text)?),
                None => None,
            };
            let contact = contact
                .map(|text| text.parse().map_err(|_| Refusal::field("contact_not_found", "contact")))
                .transpose()?;
            let request = NoteCallRequest {
                patient_id: patient(&about_whom)?,
                contact_person_id: contact,
                caller_name: caller,
                caller_phone: phone,
                about,
                practitioner_id: practitioner,
            };
            output.view(&call::note_call(desk, request).await?.call);
        }
        Phone::List { which, text } => {
            let request =
                ListCallsRequest { which, practitioner_id: None, patient_id: None, text: text.join(" "), limit: 500 };
            for one in call::list_calls(desk, request).await?.calls {
                output.view(&one);
            }
        }
        Phone::Answer { id: text, answer } => {
            let id = id(&text)?;
            let request = AnswerCallRequest { id, revision: shown(desk, id).await?.revision, answer };
            output.view(&call::answer_call(desk, request).await?.call);
        }
        Phone::Close { id: text } => {
            output.view(&call::close_call(desk, CallRequest { id: id(&text)? }).await?.call);
        }
    }
    Ok(())
}

/// `read`.
pub async fn read(desk: &Desk, read: Read, output: &Output) -> Result<(), Refusal> {
    let known = known(desk).await?;
    let request = ReadBoxRequest {
        text: read.text.join(" "),
        language: read.language,
        limit: 6,
        type_id: known.types.iter().find(|kind| kind.active).map(|kind| kind.id),
        patient_id: None,
        slots: Some(BoxSlotsRequest {
            practitioners: Vec::new(),
            from: desk.wall_now().to_string(),
            days: 60,
            part: "any".to_owned(),
            count: 4,
            known: String::new(),
        }),
    };
    let view = agenda::read_box(desk, request).await?;
    output.view(&json!({
        "search": view.search,
        "understood": view.understood.iter().map(|one| json!({ "as": one.kind, "value": one.value })).collect::<Vec<_>>(),
        "minutes": view.minutes,
        "type_id": view.type_id,
        "practitioner_id": view.practitioner_id,
        "matches": view.matches,
        "slots": view.slots,
    }));
    Ok(())
}
