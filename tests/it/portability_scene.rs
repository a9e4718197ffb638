//! A person with something of everything, and another of whom nothing may be told.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::id::PatientId;
use semainier_app::commands::agenda::wire::{BookWalkInRequest, CancelAppointmentRequest};
use semainier_app::commands::call::wire::NoteCallRequest;
use semainier_app::commands::contact::wire::{GiveConsentRequest, SaveContactRequest};
use semainier_app::commands::documents::wire::{AddDocumentPieceRequest, BeginDocumentRequest, FileDocumentRequest};
use semainier_app::commands::patient::wire::{PatientRequest, UpdatePatientRequest};
use semainier_app::commands::record::wire::{
    Alert, Allergy, Antecedent, Body, Condition, Consultation, CorrectEntryRequest, Family, Measure,
    StrikeEntryRequest, Treatment, Vaccination, WriteEntryRequest,
};
use semainier_app::commands::results::wire::ImportResultsRequest;
use semainier_app::commands::{Desk, agenda, call, contact, documents, patient, prescription, record, results};

use crate::house::{Cast, House, add_patient, at, book, known};
use crate::prescribing::{draft, line, set_up_in};

/// Stands nowhere but in what concerns another person.
pub const OTHER_PERSON: &str = "Zwitscherling";
/// A phone of somebody else, in the forms in which it may stand.
pub const OTHER_PHONE: [&str; 2] = ["33698765432", "0698765432"];
pub const SCAN: &[u8] = b"\x89PNG\r\n\x1a\nnot much of a picture, but a file as it was";

async fn write(desk: &Desk, patient_id: PatientId, on: &str, body: Body) -> domain::id::EntryId {
    let request = WriteEntryRequest { patient_id, on: on.to_owned(), body };
    record::write_entry(desk, request).await.expect("written").id
}

/// Every kind of entry that is written by hand.
fn bodies() -> Vec<Body> {
    let text = str::to_owned;
    vec![
        Body::Consultation(Consultation {
            reason: text("Toux"),
            history: text("Trois semaines\nplus la nuit"),
            examination: text("Poumons libres"),
            conclusion: text("Trachéite"),
            plan: text("=2+2 revoir"),
        }),
        Body::Antecedent(Antecedent { label: text("Appendicectomie"), note: text("2001") }),
        Body::Allergy(Allergy {
            agent: text("Pénicilline"),
            agent_kind: text("substance"),
            reaction: text("urticaire"),
            severity: text("severe"),
        }),
        Body::Condition(Condition {
            label: text("Asthme"),
            ald: true,
            since: text("2010-02-28"),
            until: String::new(),
        }),
        Body::Condition(Condition {
            label: text("Otite"),
            ald: false,
            since: text("2020-02-29"),
            until: text("2020-03-10"),
        }),
        Body::Treatment(Treatment {
            label: text("Salbutamol"),
            cis: text("61000001"),
            posology: text("2 bouffées si besoin"),
            since: text("2019-01-01"),
            until: String::new(),
        }),
        Body::Vaccination(Vaccination {
            vaccine: text("DTP"),
            batch: text("X12"),
            dose: text("rappel"),
            site: text("bras"),
        }),
        Body::Measure(Measure { what: text("weight"), value: text("71.5"), ..Measure::default() }),
        Body::Measure(Measure {
            what: text("blood_pressure"),
            value: text("128"),
            second: text("79"),
            ..Measure::default()
        }),
        Body::Measure(Measure {
            what: text("Périmètre du mollet"),
            value: text("38"),
            unit: text("cm"),
            ..Measure::default()
        }),
        Body::Alert(Alert { text: text("Risque de chute") }),
        Body::Family(Family { relative: text("mère"), label: text("diabète") }),
    ]
}

/// A person with something of everything, and another who is their contact.
pub async fn full(house: &House) -> (Arc<Desk>, PatientId) {
    let (desk, patient_id) = set_up_in(house).await;
    let practice = known(&desk).await;
    let cast = Cast { practitioner: practice.practitioners[0].id, kind: practice.types[0].id, patient: patient_id };
    let shown = patient::show_patient(&desk, PatientRequest { id: patient_id }).await.expect("shown");
    let mut fields = shown.fields.clone();
    let born = std::mem::replace(&mut fields.born, "2015-05-12".to_owned());
    fields.birth_name = "MARTIN".to_owned();
    fields.surname_arabic = "دوبون".to_owned();
    fields.first_name_arabic = "ماري".to_owned();
    fields.mobile = "06 11 22 33 44".to_owned();
    fields.email = "marie@example.org".to_owned();
    fields.address = "3 rue des Lilas".to_owned();
    fields.city = "Lyon".to_owned();
    fields.remarks = "=cmd|' /C calc'!A0".to_owned();
    let update = UpdatePatientRequest { id: patient_id, revision: shown.revision, fields };
    patient::update_patient(&desk, update).await.expect("updated");
    let other = add_patient(&desk, OTHER_PERSON, "Karl", "1950-01-02").await;
    let contact = SaveContactRequest {
        id: None,
        revision: None,
        patient_id,
        name: "Jeanne Martin".to_owned(),
        relation: "mother".to_owned(),
        phone: "06 98 76 54 32".to_owned(),
        guardian: true,
        linked_patient_id: Some(other),
        told_appointments: true,
        told_messages: false,
        told_results: false,
    };
    let saved = contact::save_contact(&desk, contact).await.expect("a contact");
    let contact_person_id = saved.contact.id;
    let consent = GiveConsentRequest {
        patient_id,
        contact_person_id,
        given_on: "2026-11-01".to_owned(),
        way: "written".to_owned(),
    };
    contact::give_consent(&desk, consent).await.expect("a consent");
    // A guardian's consent is for a minor; the rest is an adult's.
    let shown = patient::show_patient(&desk, PatientRequest { id: patient_id }).await.expect("shown");
    let mut fields = shown.fields.clone();
    fields.born = born;
    let update = UpdatePatientRequest { id: patient_id, revision: shown.revision, fields };
    patient::update_patient(&desk, update).await.expect("updated");
    let noted = NoteCallRequest {
        patient_id,
        contact_person_id: None,
        caller_name: format!("Otto {OTHER_PERSON}"),
        caller_phone: "06 98 76 54 32".to_owned(),
        about: "demande un rendez-vous".to_owned(),
        practitioner_id: None,
    };
    call::note_call(&desk, noted).await.expect("a call");
    book(&desk, &cast, at("2026-11-24T09:30"), false).await.expect("booked");
    let cancelled = book(&desk, &cast, at("2026-11-25T14:00"), false).await.expect("booked").appointment;
    let cancel = CancelAppointmentRequest { id: cancelled.id, by: "patient".to_owned(), reason: "voyage".to_owned() };
    agenda::cancel_appointment(&desk, cancel).await.expect("cancelled");
    let walk_in = BookWalkInRequest {
        practitioner_id: cast.practitioner,
        patient_id,
        type_id: None,
        urgency: "urgent".to_owned(),
        note: "+33 boîte".to_owned(),
    };
    agenda::book_walk_in(&desk, walk_in).await.expect("a walk-in");
    for body in bodies() {
        write(&desk, patient_id, "2026-11-20", body).await;
    }
    let wrong = write(&desk, patient_id, "2026-11-19", Body::Alert(Alert { text: "Erreur".to_owned() })).await;
    let strike = StrikeEntryRequest { id: wrong, version: 1, reason: "autre patient".to_owned() };
    record::strike_entry(&desk, strike).await.expect("struck");
    let corrected = write(
        &desk,
        patient_id,
        "2026-11-18",
        Body::Antecedent(Antecedent { label: "Fracture du radius gauche".to_owned(), note: String::new() }),
    )
    .await;
    let correction = CorrectEntryRequest {
        id: corrected,
        version: 1,
        on: String::new(),
        body: Body::Antecedent(Antecedent { label: "Fracture du radius droit".to_owned(), note: String::new() }),
    };
    record::correct_entry(&desk, correction).await.expect("corrected");
    let drug = line(&desk, "Zetalab 5 mg gélule: 1 le soir 5 jours").await;
    prescription::sign_prescription(&desk, draft(patient_id, vec![drug])).await.expect("signed");
    let shown = patient::show_patient(&desk, PatientRequest { id: patient_id }).await.expect("shown").fields;
    let born = shown.born.get(..10).and_then(|day| day.parse::<chrono::NaiveDate>().ok());
    let born = born.map_or_else(|| shown.born.clone(), |day| day.format("%d/%m/%Y").to_string());
    let values = format!(
        "{}{}",
        crate::results::value("Glycemie", "0.92", ("0.70", "1.10"), ""),
        crate::results::value("Ferritine", "<5", ("20", "200"), "")
    );
    let report = crate::results::hprim(&shown.surname, &shown.first_name, &born, "L77", &values);
    let request = ImportResultsRequest {
        name: "labo.hpr".to_owned(),
        base64: STANDARD.encode(report),
        ..ImportResultsRequest::default()
    };
    let imported = results::import_results(&desk, request).await.expect("imported").results;
    assert_eq!(imported[0].outcome, "attached", "{imported:?}");
    let handle = documents::begin_document(&desk, BeginDocumentRequest { patient_id }).await.expect("begun").handle;
    let piece = AddDocumentPieceRequest { handle: handle.clone(), offset: 0, base64: STANDARD.encode(SCAN) };
    documents::add_document_piece(&desk, piece).await.expect("added");
    let filing = FileDocumentRequest {
        handle,
        title: "../../Radio du thorax".to_owned(),
        category: "imaging".to_owned(),
        dated: "2026-11-20".to_owned(),
    };
    documents::file_document(&desk, filing).await.expect("filed");
    (desk, patient_id)
}
