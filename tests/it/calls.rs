//! The register of calls: noted, read, answered, passed on; and drafts that wait.

use std::sync::Arc;

use domain::id::{CallId, PatientId};
use semainier_app::commands::access::wire::{AddUserRequest, SaveDraftRequest};
use semainier_app::commands::call::wire::{
    AnswerCallRequest, CallRequest, CallView, ListCallsRequest, NoteCallRequest,
};
use semainier_app::commands::history::wire::UndoRequest;
use semainier_app::commands::wire::NothingRequest;
use semainier_app::commands::{Desk, access, call, contact, history};

use crate::house::{Cast, House, OTHER, cast, code, known, verified};
use crate::relatives::relative;

/// The practitioner's desk and a secretary's.
async fn desks(house: &House) -> (Arc<Desk>, Arc<Desk>) {
    let doctor = house.desk().await;
    let request = AddUserRequest {
        login: "samia".to_owned(),
        name: "Samia".to_owned(),
        role: "secretary".to_owned(),
        administrator: false,
        practitioner_id: None,
        password: OTHER.to_owned(),
    };
    access::add_user(&doctor, request).await.expect("a secretary");
    let desk = house.sign_in("samia", OTHER).await.expect("the secretary signs in");
    (doctor, desk)
}

fn message(cast: &Cast, about: &str) -> NoteCallRequest {
    NoteCallRequest {
        patient_id: cast.patient,
        contact_person_id: None,
        caller_name: String::new(),
        caller_phone: String::new(),
        about: about.to_owned(),
        practitioner_id: Some(cast.practitioner),
    }
}

async fn listed(desk: &Desk, which: &str, text: &str) -> Vec<CallView> {
    let request = ListCallsRequest {
        which: which.to_owned(),
        practitioner_id: None,
        patient_id: None,
        text: text.to_owned(),
        limit: 50,
    };
    call::list_calls(desk, request).await.expect("a list").calls
}

async fn waiting(desk: &Desk) -> (i64, i64, i64) {
    let counts = call::count_calls(desk, NothingRequest {}).await.expect("counts");
    (counts.open, counts.answered, counts.unread)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_is_left_read_answered_and_passed_on() {
    let house = House::new().await;
    let (doctor, secretary) = desks(&house).await;
    let cast = cast(&doctor).await;
    let noted = call::note_call(&secretary, message(&cast, " Demande un certificat ")).await.expect("noted").call;
    assert_eq!((noted.state.as_str(), noted.about.as_str()), ("unread", "Demande un certificat"));
    assert_eq!((noted.patient.as_str(), noted.phone.as_str()), ("DUPONT Marie", "06 11 22 33 44"));
    assert_eq!((noted.taken_by.as_str(), noted.taken_at.to_string().as_str()), ("Samia", "2026-11-22T10:00"));
    assert_eq!(waiting(&doctor).await, (1, 0, 1));
    assert_eq!(waiting(&secretary).await, (1, 0, 0), "unread is a matter of whom it is for");

    // The secretary may neither read it for the doctor nor answer it.
    let request = CallRequest { id: noted.id };
    assert_eq!(code(call::read_call(&secretary, request.clone()).await), "permission_denied");
    let read = call::read_call(&doctor, request.clone()).await.expect("read");
    assert_eq!((read.call.state.as_str(), read.call.read_by.as_str()), ("read", "Dr Lefèvre"));
    assert!(read.sequence.is_some());
    let again = call::read_call(&doctor, request.clone()).await.expect("read");
    assert_eq!(again.sequence, None, "read once");

    let answer = |revision| AnswerCallRequest { id: noted.id, revision, answer: "Prêt demain".to_owned() };
    assert_eq!(code(call::answer_call(&secretary, answer(2)).await), "permission_denied");
    assert_eq!(code(call::answer_call(&doctor, answer(1)).await), "changed_meanwhile");
    let answered = call::answer_call(&doctor, answer(2)).await.expect("answered");
    assert_eq!((answered.call.state.as_str(), answered.call.answered_by.as_str()), ("answered", "Dr Lefèvre"));
    assert_eq!(waiting(&secretary).await, (1, 1, 0));
    assert_eq!(listed(&secretary, "answered", "").await[0].answer, "Prêt demain");

    let closed = call::close_call(&secretary, request.clone()).await.expect("closed");
    assert_eq!((closed.call.state.as_str(), closed.call.closed_by.as_str()), ("closed", "Samia"));
    assert_eq!(waiting(&secretary).await, (0, 0, 0));
    assert!(listed(&secretary, "open", "").await.is_empty());
    assert_eq!(code(call::close_call(&secretary, request).await), "call_not_open");
    assert_eq!(code(call::answer_call(&doctor, answer(closed.call.revision)).await), "call_not_open");
    history::undo(&secretary, UndoRequest { sequence: closed.sequence }).await.expect("undone");
    assert_eq!(waiting(&secretary).await, (1, 1, 0));
    assert!(verified(&doctor).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_taken_back_never_was_unless_it_was_read_meanwhile() {
    let house = House::new().await;
    let (doctor, secretary) = desks(&house).await;
    let cast = cast(&doctor).await;
    let first = call::note_call(&secretary, message(&cast, "Rappeler")).await.expect("noted");
    history::undo(&secretary, UndoRequest { sequence: first.sequence }).await.expect("undone");
    assert!(listed(&doctor, "all", "").await.is_empty());
    assert_eq!(code(call::read_call(&doctor, CallRequest { id: first.call.id }).await), "call_not_found");
    let second = call::note_call(&secretary, message(&cast, "Rappeler")).await.expect("noted");
    call::read_call(&doctor, CallRequest { id: second.call.id }).await.expect("read");
    let undo = history::undo(&secretary, UndoRequest { sequence: second.sequence }).await;
    assert_eq!(code(undo), "changed_meanwhile");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_relative_s_call_keeps_their_name_and_phone_and_calls_are_found_by_whatever_is_known() {
    let house = House::new().await;
    let (doctor, secretary) = desks(&house).await;
    let cast = cast(&doctor).await;
    let mother = contact::save_contact(&doctor, relative(cast.patient, "Anne Dupré", "0612000214")).await;
    let mother = mother.expect("saved").contact;
    let by_mother = NoteCallRequest { contact_person_id: Some(mother.id), ..message(&cast, "Vaccin de rentrée") };
    let noted = call::note_call(&secretary, by_mother).await.expect("noted").call;
    assert_eq!(
        (noted.caller.as_str(), noted.relation.as_str(), noted.phone.as_str()),
        ("Anne Dupré", "mother", "06 12 00 02 14")
    );
    let noted_only = NoteCallRequest {
        practitioner_id: None,
        caller_name: "Pharmacie du Parc".to_owned(),
        caller_phone: "0478000000".to_owned(),
        ..message(&cast, "Ordonnance illisible ?")
    };
    let only = call::note_call(&secretary, noted_only).await.expect("noted").call;
    assert_eq!(only.state, "noted", "nobody was left a message");
    assert_eq!(waiting(&secretary).await, (1, 0, 0));
    for (text, about) in [
        ("dup mar vaccin", "Vaccin de rentrée"),
        ("anne", "Vaccin de rentrée"),
        ("RENTREE", "Vaccin de rentrée"),
        ("pharmacie", "Ordonnance illisible ?"),
        ("0478", "Ordonnance illisible ?"),
    ] {
        let found: Vec<String> = listed(&secretary, "all", text).await.into_iter().map(|one| one.about).collect();
        assert_eq!(found, [about], "{text}");
    }
    for everything in ["dupont", "0612000214", "0611223344"] {
        assert_eq!(listed(&secretary, "all", everything).await.len(), 2, "{everything}: whose calls are about her");
    }
    assert!(listed(&secretary, "all", "zzz").await.is_empty());
    assert_eq!(listed(&secretary, "all", "% _ \" OR zzz").await.len(), 0, "signs of SQL are no commands");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_of_a_call_is_refused() {
    let house = House::new().await;
    let (doctor, secretary) = desks(&house).await;
    let cast = cast(&doctor).await;
    assert_eq!(code(call::note_call(&secretary, message(&cast, "  ")).await), "empty");
    assert_eq!(code(call::note_call(&secretary, message(&cast, &"x".repeat(2_000))).await), "too_long");
    let nobody = NoteCallRequest { patient_id: PatientId::new(uuid::Uuid::nil()), ..message(&cast, "?") };
    assert_eq!(code(call::note_call(&secretary, nobody).await), "patient_not_found");
    let stranger = NoteCallRequest {
        contact_person_id: Some(domain::id::ContactPersonId::new(uuid::Uuid::nil())),
        ..message(&cast, "?")
    };
    assert_eq!(code(call::note_call(&secretary, stranger).await), "contact_not_found");
    let nowhere = NoteCallRequest {
        practitioner_id: Some(domain::id::PractitionerId::new(uuid::Uuid::nil())),
        ..message(&cast, "?")
    };
    assert_eq!(code(call::note_call(&secretary, nowhere).await), "practitioner_not_found");
    let unknown = CallRequest { id: CallId::new(uuid::Uuid::nil()) };
    assert_eq!(code(call::close_call(&secretary, unknown).await), "call_not_found");
    let request = ListCallsRequest {
        which: "some".to_owned(),
        practitioner_id: None,
        patient_id: None,
        text: String::new(),
        limit: 5,
    };
    assert_eq!(code(call::list_calls(&secretary, request).await), "unknown_word");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_who_is_nothing_else_sees_no_call() {
    let house = House::with_role("administrator").await;
    let desk = house.desk().await;
    assert_eq!(code(call::count_calls(&desk, NothingRequest {}).await), "permission_denied");
    assert!(known(&desk).await.practitioners.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn bookings_put_aside_are_each_user_s_own_and_survive_a_lock() {
    let house = House::new().await;
    let (doctor, secretary) = desks(&house).await;
    let body = serde_json::json!([{ "text": "dup mar" }, { "text": "ben ali" }]).to_string();
    let request = SaveDraftRequest { kind: "parked".to_owned(), body: body.clone() };
    access::save_draft(&secretary, request).await.expect("kept");
    secretary.store().close().await;
    drop(secretary);
    let again = house.sign_in("samia", OTHER).await.expect("after the lock");
    let kept = access::list_drafts(&again, NothingRequest {}).await.expect("listed").drafts;
    assert_eq!(
        kept.iter().map(|one| (one.kind.as_str(), one.body.as_str())).collect::<Vec<_>>(),
        [("parked", body.as_str())]
    );
    assert!(access::list_drafts(&doctor, NothingRequest {}).await.expect("listed").drafts.is_empty());
}
