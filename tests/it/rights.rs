//! Persons' rights: the register and its clock, what each request really does, limitation, objection, consents, the processor.

use std::sync::{Arc, Mutex};

use chrono::{DateTime, TimeDelta, Utc};
use domain::id::{DataRequestId, PatientId};
use domain::privacy::restriction::Scope;
use semainier_app::commands::consents::wire::{
    ConsentsView, ListConsentsRequest, RecordConsentRequest, RetractConsentRequest, SaveConsentPurposeRequest,
    ThreeLanguages,
};
use semainier_app::commands::contact::wire::SaveContactRequest;
use semainier_app::commands::documents::wire::ListDocumentsRequest;
use semainier_app::commands::entrance::sign_in;
use semainier_app::commands::entrance::wire::SignInRequest;
use semainier_app::commands::erasure::wire::ErasePersonRequest;
use semainier_app::commands::patient::wire::{MergePatientsRequest, PatientRequest, UpdatePatientRequest};
use semainier_app::commands::record::wire::{
    Body, Consultation, OpenLimitedRecordRequest, OpenRecordRequest, WriteEntryRequest,
};
use semainier_app::commands::requests::wire::{
    AmendRequestRequest, DataRequestRequest, DataRequestView, ExecuteRequestRequest, ExtendRequestRequest,
    ListRequestsRequest, NoteExchangeRequest, PrintRequestLetterRequest, RefuseRequestRequest, SetRequestDaysRequest,
    TakeRequestRequest,
};
use semainier_app::commands::restriction::wire::{
    LiftRestrictionRequest, RestrictRequest, RestrictedView, RestrictionsRequest,
};
use semainier_app::commands::wire::NothingRequest;
use semainier_app::commands::{
    CommandError, Desk, consents, contact, documents, erasure, patient, processor, record, requests, restriction,
};
use semainier_app::privacy::processor::{Confirmation, Instruction, Processor, ProcessorError};
use semainier_app::store;

use crate::house::{House, PASSWORD, add_patient, code, now, verified};
use crate::record::{dump, holds, user};
use crate::results::{import, marie};

/// Somebody who keeps data outside, as far as a test needs one.
#[derive(Default)]
struct StandIn {
    told: Mutex<Vec<Instruction>>,
    away: Mutex<bool>,
}

impl Processor for StandIn {
    fn name(&self) -> &str {
        "Portail"
    }

    fn carry_out(&self, instruction: &Instruction) -> Result<Confirmation, ProcessorError> {
        if *self.away.lock().expect("a lock") {
            return Err(ProcessorError::Unreachable);
        }
        let mut told = self.told.lock().expect("a lock");
        told.push(instruction.clone());
        let reference = format!("P-{}", told.len());
        Ok(Confirmation { at: now(), reference, text: "Exécuté".to_owned() })
    }
}

impl StandIn {
    fn orders(&self) -> Vec<&'static str> {
        self.told.lock().expect("a lock").iter().map(|one| one.order.as_str()).collect()
    }
}

fn asked(kind: &str, patient_id: Option<PatientId>) -> TakeRequestRequest {
    TakeRequestRequest {
        kind: kind.to_owned(),
        by_whom: "person".to_owned(),
        way: "desk".to_owned(),
        patient_id,
        contact: "1 rue de la Paix\n75002 Paris".to_owned(),
        content: "Ce que vous savez de moi".to_owned(),
        language: "fr".to_owned(),
        proof: "identity_card".to_owned(),
        ..Default::default()
    }
}

async fn take(desk: &Desk, kind: &str, patient_id: PatientId) -> DataRequestId {
    requests::take_request(desk, asked(kind, Some(patient_id))).await.expect("taken in").id
}

async fn show(desk: &Desk, id: DataRequestId) -> DataRequestView {
    requests::show_request(desk, DataRequestRequest { id }).await.expect("shown")
}

async fn execute(
    desk: &Desk,
    id: DataRequestId,
    with: impl Fn(&mut ExecuteRequestRequest),
) -> Result<DataRequestView, CommandError> {
    let mut request = ExecuteRequestRequest {
        id,
        revision: show(desk, id).await.line.revision,
        reason: "Demande de la personne".to_owned(),
        scope: String::new(),
        ground: String::new(),
        consents: Vec::new(),
        wish: String::new(),
        designee: String::new(),
    };
    with(&mut request);
    requests::execute_request(desk, request).await
}

async fn at(house: &House, when: DateTime<Utc>) -> Arc<Desk> {
    let request = SignInRequest { login: "lefevre".to_owned(), password: PASSWORD.to_owned() };
    sign_in::open(&house.doorstep_at(when), request).await.expect("signed in").0
}

fn consultation(text: &str) -> Body {
    Body::Consultation(Consultation { reason: text.to_owned(), ..Default::default() })
}

fn writing(patient_id: PatientId) -> WriteEntryRequest {
    WriteEntryRequest { patient_id, on: String::new(), body: consultation("Toux") }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secretary_takes_a_request_in_and_sees_its_deadline_alone() {
    let house = House::new().await;
    let doctor = house.desk().await;
    let secretary = user(&house, &doctor, "samia", "secretary").await;
    let patient_id = add_patient(&doctor, "DUPONT", "Marie", "1979-05-12").await;
    let taken = requests::take_request(&secretary, asked("access", Some(patient_id))).await.expect("taken in");
    assert_eq!(taken.due_on, "2026-12-22");
    assert_eq!(code(requests::list_requests(&secretary, ListRequestsRequest::default()).await), "permission_denied");
    let one = DataRequestRequest { id: taken.id };
    assert_eq!(code(requests::show_request(&secretary, one).await), "permission_denied");
    let listed = requests::list_requests(&doctor, ListRequestsRequest::default()).await.expect("listed").requests;
    assert_eq!((listed.len(), listed[0].name.as_str(), listed[0].days_left), (1, "Marie DUPONT", 30));
    let view = show(&doctor, taken.id).await;
    assert_eq!((view.proof_by.as_str(), view.line.proof.as_str()), ("samia", "identity_card"));
    assert!(view.missing.is_empty() && view.may_extend);
    assert_eq!(code(requests::take_request(&doctor, asked("gift", None)).await), "unknown_word");
    assert_eq!(code(requests::take_request(&doctor, asked("access", None)).await), "empty");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clock_runs_from_the_receipt_and_is_extended_once_within_its_first_month() {
    let house = House::new().await;
    let desk = house.desk().await;
    let patient_id = add_patient(&desk, "DUPONT", "Marie", "1979-05-12").await;
    let late = TakeRequestRequest { received_on: "2026-10-31".to_owned(), ..asked("access", Some(patient_id)) };
    let taken = requests::take_request(&desk, late).await.expect("taken in");
    assert_eq!(taken.due_on, "2026-11-30", "November has no 31st");
    let extend = |revision| ExtendRequestRequest { id: taken.id, revision, reason: "Dossier volumineux".to_owned() };
    let view = requests::extend_request(&desk, extend(1)).await.expect("extended");
    assert_eq!(view.line.due_on, "2027-01-31", "three months from the receipt");
    assert_eq!(code(requests::extend_request(&desk, extend(1)).await), "changed_meanwhile");
    assert_eq!(code(requests::extend_request(&desk, extend(2)).await), "extended_already");
    let old = TakeRequestRequest { received_on: "2026-10-21".to_owned(), ..asked("access", Some(patient_id)) };
    let old = requests::take_request(&desk, old).await.expect("taken in");
    assert_eq!(show(&desk, old.id).await.line.days_left, -1);
    let extend = ExtendRequestRequest { id: old.id, revision: 1, reason: "Trop tard".to_owned() };
    assert_eq!(code(requests::extend_request(&desk, extend).await), "extension_too_late");
    // An erasure runs from the day on which the request is complete.
    let early = TakeRequestRequest { received_on: "2026-10-31".to_owned(), ..asked("erasure", Some(patient_id)) };
    let early = requests::take_request(&desk, early).await.expect("taken in");
    let amend = |complete: &str| AmendRequestRequest {
        id: early.id,
        revision: 1,
        patient_id: None,
        proof: String::new(),
        complete_on: complete.to_owned(),
    };
    assert_eq!(code(requests::amend_request(&desk, amend("2026-10-30")).await), "bad_date");
    assert_eq!(code(requests::amend_request(&desk, amend("2026-12-01")).await), "date_in_future");
    let view = requests::amend_request(&desk, amend("2026-11-20")).await.expect("amended");
    assert_eq!(view.line.due_on, "2026-12-20");

    let rabat = House::in_morocco().await;
    let desk = rabat.desk().await;
    let patient_id = add_patient(&desk, "BENALI", "Samira", "1979-02-03").await;
    let due = async |kind: &str| requests::take_request(&desk, asked(kind, Some(patient_id))).await.expect("in").due_on;
    assert_eq!(due("rectification").await, "2026-12-03", "ten clear days");
    assert_eq!(due("access").await, "2026-12-22");
    requests::set_request_days(&desk, SetRequestDaysRequest { days: Some(15) }).await.expect("set");
    assert_eq!((due("access").await, due("rectification").await), ("2026-12-08".to_owned(), "2026-12-03".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_work_on_one_request_do_not_step_on_each_other() {
    let house = House::new().await;
    let desk = house.desk().await;
    let patient_id = add_patient(&desk, "DUPONT", "Marie", "1979-05-12").await;
    let id = take(&desk, "access", patient_id).await;
    let note = |revision| NoteExchangeRequest { id, revision, on: String::new(), words: "Rappelée".to_owned() };
    let (one, other) = tokio::join!(requests::note_exchange(&desk, note(1)), requests::note_exchange(&desk, note(1)));
    let mut outcomes = [code(one), code(other)];
    outcomes.sort();
    assert_eq!(outcomes, ["changed_meanwhile", "done"]);
    assert_eq!(show(&desk, id).await.steps.iter().filter(|step| step.kind == "exchange").count(), 1);
    // A copy is due: the erasure of the same person waits for it.
    let erase = take(&desk, "erasure", patient_id).await;
    assert_eq!(code(execute(&desk, erase, |_| {}).await), "request_open");
    let refuse = RefuseRequestRequest {
        id,
        revision: 2,
        ground: "excessive".to_owned(),
        words: "Troisième demande du mois".to_owned(),
    };
    let refused = requests::refuse_request(&desk, refuse).await.expect("refused");
    assert_eq!((refused.ground.as_str(), refused.line.outcome.as_deref()), ("excessive", Some("refused")));
    assert_eq!(code(execute(&desk, id, |_| {}).await), "request_closed");
    assert!(execute(&desk, erase, |_| {}).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erasure_leaves_the_proof_without_the_person() {
    let house = House::new().await;
    let desk = house.desk().await;
    let port = Arc::new(StandIn::default());
    let patient_id = add_patient(&desk, "QUETZAL", "Zénobie", "1979-05-12").await;
    let unproven = TakeRequestRequest { proof: String::new(), ..asked("erasure", Some(patient_id)) };
    let unproven = requests::take_request(&desk, unproven).await.expect("taken in");
    assert_eq!(code(execute(&desk, unproven.id, |_| {}).await), "identity_missing");
    let id = take(&desk, "erasure", patient_id).await;
    desk.connect_processor(port.clone());
    *port.away.lock().expect("a lock") = true;
    let done = execute(&desk, id, |_| {}).await.expect("erased");
    assert_eq!((done.line.outcome.as_deref(), done.line.erased, done.line.name.as_str()), (Some("executed"), true, ""));
    assert!(done.contact.is_empty() && done.content.is_empty() && done.line.patient_id.is_none());
    let letter = done.letter.expect("the letter can be printed now and never again");
    assert!(letter.media == "application/pdf" && letter.base64.len() > 1_000);
    let receipt = done.receipt.expect("a receipt").erasure.expect("of the erasure");
    assert_eq!(receipt.erased.removed["patient"], 1);
    assert_eq!(receipt.processor.len(), 1);
    assert_eq!((receipt.processor[0].confirmed_at, receipt.processor[0].code.as_str()), (None, "unreachable"));
    *port.away.lock().expect("a lock") = false;
    processor::retry_processor_tasks(&desk, NothingRequest {}).await.expect("told again");
    let receipt = show(&desk, id).await.receipt.expect("a receipt").erasure.expect("of the erasure");
    assert_eq!((receipt.processor[0].reference.as_str(), receipt.processor[0].tries), ("P-1", 2));
    assert!(receipt.processor[0].confirmed_at.is_some());
    processor::retry_processor_tasks(&desk, NothingRequest {}).await.expect("nothing to tell");
    assert_eq!(port.orders(), ["erase"], "what was confirmed is not told again");
    let dumped = dump(&desk).await;
    for word in ["QUETZAL", "Zénobie", "rue de la Paix", "savez de moi"] {
        assert!(!holds(&dumped, word), "{word} is left");
    }
    let all = requests::list_requests(&desk, ListRequestsRequest { closed: true }).await.expect("listed").requests;
    assert_eq!(all.len(), 2, "kind, dates and outcome stay");
    let print = PrintRequestLetterRequest { id, what: "answer".to_owned(), language: String::new() };
    assert_eq!(code(requests::print_request_letter(&desk, print).await), "request_erased");
    assert!(verified(&desk).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_processor_nothing_is_said_to_be_with_one() {
    let house = House::new().await;
    let desk = house.desk().await;
    let patient_id = add_patient(&desk, "DURAND", "Paul", "1960-08-15").await;
    let request = ErasePersonRequest { patient_id, reason: "À sa demande".to_owned(), request_id: None };
    assert!(erasure::erase_person(&desk, request).await.expect("erased").processor.is_empty());
    let tasks = processor::list_processor_tasks(&desk, NothingRequest {}).await.expect("listed");
    assert!(tasks.connected.is_empty() && tasks.tasks.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_says_what_the_journal_says_and_nothing_is_taken_on_trust() {
    let house = House::new().await;
    let desk = house.desk().await;
    let patient_id = add_patient(&desk, "DUPONT", "Marie", "1979-05-12").await;
    let id = take(&desk, "rectification", patient_id).await;
    assert_eq!(code(execute(&desk, id, |_| {}).await), "nothing_done_yet");
    let shown = patient::show_patient(&desk, PatientRequest { id: patient_id }).await.expect("shown");
    let mut fields = shown.fields.clone();
    fields.city = "Lyon".to_owned();
    let request = UpdatePatientRequest { id: patient_id, revision: shown.revision, fields };
    patient::update_patient(&desk, request).await.expect("changed");
    let done = execute(&desk, id, |_| {}).await.expect("executed").receipt.expect("a receipt").done;
    assert_eq!((done.len(), done[0].what.as_str()), (1, "update_patient"));
    assert!(done[0].fields.contains(&"city".to_owned()));
    let copy = take(&desk, "access", patient_id).await;
    assert_eq!(code(execute(&desk, copy, |_| {}).await), "nothing_done_yet");
    let wishes = take(&desk, "post_mortem", patient_id).await;
    assert_eq!(code(execute(&desk, wishes, |one| one.wish = "hand_over".to_owned()).await), "empty");
    let done = execute(&desk, wishes, |one| {
        one.wish = "hand_over".to_owned();
        one.designee = "Sa fille".to_owned();
    });
    assert_eq!(done.await.expect("kept").receipt.expect("a receipt").done[0].what, "directive");
    let standing = restriction::list_restrictions(&desk, RestrictionsRequest { patient_id }).await.expect("listed");
    assert_eq!(standing.directive.expect("a directive").designee, "Sa fille");
    for (what, language) in [("received", "ar"), ("answer", "fr"), ("answer", "en")] {
        let print = PrintRequestLetterRequest { id, what: what.to_owned(), language: language.to_owned() };
        let file = requests::print_request_letter(&desk, print).await.expect("printed");
        assert!(file.base64.starts_with("JVBERi"), "a PDF");
    }
    let print = PrintRequestLetterRequest { id, what: "extended".to_owned(), language: String::new() };
    assert_eq!(code(requests::print_request_letter(&desk, print).await), "not_extended");
}

async fn limit(desk: &Desk, patient_id: PatientId) -> RestrictedView {
    let request = RestrictRequest {
        patient_id,
        kind: "limitation".to_owned(),
        scope: "all".to_owned(),
        ground: "accuracy_contested".to_owned(),
        reason: "Conteste une date".to_owned(),
        since: String::new(),
    };
    restriction::restrict(desk, request).await.expect("limited")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limited_record_opens_for_a_stated_ground_alone_and_is_never_changed() {
    let house = House::new().await;
    let desk = house.desk().await;
    let patient_id = add_patient(&desk, "Dupont", "Marie", "1979-05-12").await;
    record::write_entry(&desk, writing(patient_id)).await.expect("written");
    let open = OpenRecordRequest { patient_id };
    record::open_record(&desk, open.clone()).await.expect("opened");
    let restricted = limit(&desk, patient_id).await.restriction;
    assert_eq!(code(record::refresh_record(&desk, open.clone()).await), "record_limited", "at once");
    assert_eq!(code(record::open_record(&desk, open.clone()).await), "record_limited");
    let papers = ListDocumentsRequest { patient_id };
    assert_eq!(code(documents::list_documents(&desk, papers.clone()).await), "record_limited");
    assert_eq!(code(record::write_entry(&desk, writing(patient_id)).await), "record_limited");
    let request = |ground: &str| OpenLimitedRecordRequest { patient_id, ground: ground.to_owned() };
    assert_eq!(code(record::open_limited_record(&desk, request("curiosity")).await), "unknown_word");
    let view = record::open_limited_record(&desk, request("consent")).await.expect("opened");
    assert_eq!((view.entries.len(), view.limited_since.as_deref()), (1, Some("2026-11-22")));
    assert!(documents::list_documents(&desk, papers.clone()).await.is_ok(), "its papers are part of it");
    assert_eq!(code(record::write_entry(&desk, writing(patient_id)).await), "record_limited", "read, not changed");
    let mut connection = desk.store().read().await.expect("a connection");
    let rows =
        store::journal::list(&mut connection, Some(&patient_id.to_string()), None, 5).await.expect("the journal");
    drop(connection);
    let openings = rows.iter().filter(|row| row.command == "open_limited_record").count();
    assert_eq!(openings, 1, "journalled, with its ground");
    // Identity is as little changed as the record.
    let shown = patient::show_patient(&desk, PatientRequest { id: patient_id }).await.expect("shown");
    assert_eq!(shown.restrictions[0].kind, "limitation");
    let request = UpdatePatientRequest { id: patient_id, revision: shown.revision, fields: shown.fields.clone() };
    assert_eq!(code(patient::update_patient(&desk, request).await), "record_limited");
    let other = add_patient(&desk, "Dupond", "Marie", "1979-05-12").await;
    let merge = MergePatientsRequest { into: other, from: patient_id };
    assert_eq!(code(patient::merge_patients(&desk, merge).await), "record_limited");
    // What comes from outside waits, sealed, and is there when the limitation is lifted.
    record::close_record(&desk, NothingRequest {}).await.expect("closed");
    assert_eq!(code(documents::list_documents(&desk, papers).await), "record_limited", "the ground ended with it");
    let came = import(&desk, marie("D-1", "1.31")).await.remove(0);
    assert_eq!((came.outcome.as_str(), came.entry_id), ("filed", None));
    let lift = LiftRestrictionRequest { id: restricted.id, reason: "Date vérifiée, personne prévenue".to_owned() };
    restriction::lift_restriction(&desk, lift.clone()).await.expect("lifted");
    assert_eq!(code(restriction::lift_restriction(&desk, lift).await), "restriction_lifted");
    assert_eq!(record::open_record(&desk, open).await.expect("opened").entries.len(), 2);
    assert!(verified(&desk).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_objection_stops_what_it_is_about_at_once_and_the_processor_is_told() {
    let house = House::new().await;
    let desk = house.desk().await;
    let port = Arc::new(StandIn::default());
    desk.connect_processor(port.clone());
    let patient_id = add_patient(&desk, "DUPONT", "Marie", "1979-05-12").await;
    let alias = add_patient(&desk, "DUPOND", "Marie", "1979-05-12").await;
    patient::merge_patients(&desk, MergePatientsRequest { into: patient_id, from: alias }).await.expect("merged");
    let id = take(&desk, "objection", patient_id).await;
    assert_eq!(code(execute(&desk, id, |_| {}).await), "unknown_word", "an objection to what?");
    let done = execute(&desk, id, |one| one.scope = "reminders".to_owned()).await.expect("executed");
    assert_eq!(done.receipt.expect("a receipt").processor.len(), 2, "for both of their files");
    assert_eq!(port.orders(), ["object", "object"]);
    let stops = async |who, asked| {
        let mut connection = desk.store().read().await.expect("a connection");
        store::restriction::stops(&mut connection, who, asked).await.expect("told")
    };
    for who in [patient_id, alias] {
        assert!(stops(who, Scope::Reminders).await && !stops(who, Scope::Sync).await);
    }
    let restricted = limit(&desk, patient_id).await;
    assert_eq!(restricted.told, 2);
    assert!(stops(alias, Scope::Sync).await, "a limitation stops everything");
    let again = RestrictRequest {
        patient_id: alias,
        kind: "objection".to_owned(),
        scope: "reminders".to_owned(),
        ground: String::new(),
        reason: "Encore".to_owned(),
        since: String::new(),
    };
    assert_eq!(code(restriction::restrict(&desk, again.clone()).await), "already_restricted");
    let hold = RestrictRequest { kind: "legal_hold".to_owned(), ..again.clone() };
    assert_eq!(code(restriction::restrict(&desk, hold.clone()).await), "other_scope");
    restriction::restrict(&desk, RestrictRequest { scope: "all".to_owned(), ..hold }).await.expect("held");
    let request = ErasePersonRequest { patient_id, reason: "À sa demande".to_owned(), request_id: None };
    assert_eq!(code(erasure::erase_person(&desk, request).await), "kept_for_claim");
}

async fn consented(desk: &Desk, patient_id: PatientId) -> ConsentsView {
    consents::list_consents(desk, ListConsentsRequest { patient_id }).await.expect("listed")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_consent_is_to_the_words_that_were_shown_and_a_minor_s_is_a_guardian_s() {
    let house = House::new().await;
    let desk = house.desk().await;
    let adult = add_patient(&desk, "DUPONT", "Marie", "1979-05-12").await;
    let minor = add_patient(&desk, "DUPONT", "Léa", "2010-12-01").await;
    let purposes = consented(&desk, adult).await.purposes;
    assert_eq!(purposes.len(), 5);
    for one in &purposes {
        let text = &one.texts[0].text;
        assert!([&text.fr, &text.ar, &text.en].iter().all(|words| words.len() > 80), "in three languages");
    }
    let sms = &purposes[0];
    let give = |patient_id, contact_person_id, text_version| RecordConsentRequest {
        patient_id,
        purpose_id: sms.id,
        text_version,
        language: "fr".to_owned(),
        contact_person_id,
        given_on: String::new(),
        way: "written".to_owned(),
    };
    consents::record_consent(&desk, give(adult, None, 1)).await.expect("noted");
    assert_eq!(code(consents::record_consent(&desk, give(adult, None, 1)).await), "already_consented");
    assert_eq!(code(consents::record_consent(&desk, give(adult, None, 2)).await), "text_not_found");
    assert_eq!(code(consents::record_consent(&desk, give(minor, None, 1)).await), "guardian_needed");
    let contact = |guardian| SaveContactRequest {
        id: None,
        revision: None,
        patient_id: minor,
        name: "Marie Dupont".to_owned(),
        relation: String::new(),
        phone: String::new(),
        guardian,
        linked_patient_id: None,
        told_appointments: false,
        told_messages: false,
        told_results: false,
    };
    let aunt = contact::save_contact(&desk, contact(false)).await.expect("kept").contact.id;
    let mother = contact::save_contact(&desk, contact(true)).await.expect("kept").contact.id;
    assert_eq!(code(consents::record_consent(&desk, give(minor, Some(aunt), 1)).await), "not_a_guardian");
    consents::record_consent(&desk, give(minor, Some(mother), 1)).await.expect("noted");
    let view = consented(&desk, minor).await;
    assert!(view.needs_guardian && view.guardians.len() == 1 && view.consents[0].by == "Marie Dupont");
    assert_eq!(view.consents[0].state, "given");
    // Sixteen on 1 December: their own word counts from then on.
    let later = at(&house, now() + TimeDelta::days(9)).await;
    let view = consented(&later, minor).await;
    assert!(!view.needs_guardian && view.consents[0].state == "lapsed");
    consents::record_consent(&later, give(minor, None, 1)).await.expect("their own");
    let words = |fr: &str| ThreeLanguages { fr: fr.to_owned(), ar: "نص جديد".to_owned(), en: "New".to_owned() };
    let save =
        |text| SaveConsentPurposeRequest { id: Some(sms.id), name: sms.name.clone(), text, active: true, revision: 1 };
    let missing = ThreeLanguages { ar: String::new(), ..words("Nouveau") };
    assert_eq!(code(consents::save_consent_purpose(&desk, save(missing)).await), "empty");
    let saved = consents::save_consent_purpose(&desk, save(words("Nouveau"))).await.expect("saved").purposes;
    assert_eq!(
        (saved[0].texts.len(), saved[0].texts[0].version, saved[0].texts[1].text.clone()),
        (2, 2, sms.texts[0].text.clone())
    );
    assert_eq!(code(consents::save_consent_purpose(&desk, save(words("Encore"))).await), "changed_meanwhile");
    let standing = consented(&desk, adult).await.consents.remove(0);
    assert!(standing.is_older_text && standing.text_version == 1);
    consents::record_consent(&desk, give(adult, None, 2)).await.expect("to the new words");
    let view = consented(&desk, adult).await;
    let states: Vec<(i64, &str)> = view.consents.iter().map(|one| (one.text_version, one.state.as_str())).collect();
    assert_eq!(states, [(2, "given"), (1, "withdrawn")]);
    let id = take(&desk, "withdrawal", adult).await;
    let done = execute(&desk, id, |_| {}).await.expect("executed").receipt.expect("a receipt").done;
    assert_eq!(done.len(), 1);
    assert!(consented(&desk, adult).await.consents.iter().all(|one| one.state == "withdrawn"));
    let again =
        RetractConsentRequest { id: view.consents[0].id, withdrawn_on: String::new(), way: "spoken".to_owned() };
    assert_eq!(code(consents::retract_consent(&desk, again).await), "consent_withdrawn");
    let mut tx = desk.store().write().await.expect("a transaction");
    assert!(sqlx::query("UPDATE consent_text SET text_fr = 'x'").execute(&mut *tx).await.is_err(), "words stay");
    drop(tx);
    assert!(verified(&desk).await);
}
