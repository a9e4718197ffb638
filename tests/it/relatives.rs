//! Contact persons, one phone for a family, guardians' consents.

use domain::id::{ContactPersonId, PatientId};
use semainier_app::commands::contact::wire::{
    ContactRequest, GiveConsentRequest, SaveContactRequest, WithdrawConsentRequest,
};
use semainier_app::commands::history::wire::UndoRequest;
use semainier_app::commands::patient::wire::{
    CreatePatientRequest, MatchView, PatientFields, PatientRequest, SearchPatientsRequest, UpdatePatientRequest,
};
use semainier_app::commands::{Desk, contact, history, patient};

use crate::house::{House, add_patient, code, verified};

/// A relative as a form sends them.
pub fn relative(of: PatientId, name: &str, phone: &str) -> SaveContactRequest {
    SaveContactRequest {
        id: None,
        revision: None,
        patient_id: of,
        name: name.to_owned(),
        relation: "mother".to_owned(),
        phone: phone.to_owned(),
        guardian: true,
        linked_patient_id: None,
        told_appointments: true,
        told_messages: false,
        told_results: false,
    }
}

async fn child(desk: &Desk, first_name: &str, born: &str) -> PatientId {
    let fields = PatientFields {
        surname: "DUPRÉ".to_owned(),
        first_name: first_name.to_owned(),
        born: born.to_owned(),
        ..Default::default()
    };
    patient::create_patient(desk, CreatePatientRequest { fields }).await.expect("a child").patient.id
}

async fn found(desk: &Desk, text: &str) -> Vec<MatchView> {
    let request = SearchPatientsRequest { text: text.to_owned(), limit: 20 };
    patient::search_patients(desk, request).await.expect("a search").matches
}

fn consent(of: PatientId, by: ContactPersonId, on: &str) -> GiveConsentRequest {
    GiveConsentRequest { patient_id: of, contact_person_id: by, given_on: on.to_owned(), way: "written".to_owned() }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_phone_finds_the_whole_family_and_says_whose_it_is() {
    let house = House::new().await;
    let desk = house.desk().await;
    // Marie has 06 11 22 33 44; her children have no phone of their own.
    let mother = add_patient(&desk, "DUPONT", "Marie", "1979-05-12").await;
    let marion = child(&desk, "Marion", "2014-02-14").await;
    let hugo = child(&desk, "Hugo", "2011-07-01").await;
    for one in [marion, hugo] {
        let request = SaveContactRequest { linked_patient_id: Some(mother), ..relative(one, "", "") };
        let saved = contact::save_contact(&desk, request).await.expect("saved").contact;
        assert_eq!((saved.name.as_str(), saved.phone.as_str()), ("DUPONT Marie", ""));
        assert_eq!(saved.phone_shown, "06 11 22 33 44");
    }
    let family = found(&desk, "06 11 22 33 44").await;
    assert_eq!(family.len(), 3, "mother and children");
    for one in &family {
        assert_eq!(one.phone, "06 11 22 33 44");
        assert_eq!(one.phone_of.is_some(), one.id != mother, "only the mother's own");
        if one.id != mother {
            assert_eq!(one.contacts[0].relation, "mother");
            assert!(one.minor);
        }
    }
    // Her number changes in one place.
    let shown = patient::show_patient(&desk, PatientRequest { id: mother }).await.expect("there");
    let fields = PatientFields { mobile: "0699887766".to_owned(), ..shown.fields };
    let request = UpdatePatientRequest { id: mother, revision: shown.revision, fields };
    patient::update_patient(&desk, request).await.expect("changed");
    assert_eq!(found(&desk, "0699887766").await.len(), 3);
    assert!(found(&desk, "0611223344").await.is_empty());
    let of = contact::list_contacts(&desk, PatientRequest { id: mother }).await.expect("listed").contact_of;
    assert_eq!(of.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contact_person_can_be_changed_removed_and_taken_back() {
    let house = House::new().await;
    let desk = house.desk().await;
    let marion = child(&desk, "Marion", "2014-02-14").await;
    let saved = contact::save_contact(&desk, relative(marion, "  Anne   Dupré ", "0612000214")).await.expect("saved");
    assert_eq!(saved.contact.name, "Anne Dupré");
    assert_eq!(found(&desk, "06 12 00 02 14").await.len(), 1);
    let change = SaveContactRequest {
        id: Some(saved.contact.id),
        revision: Some(saved.contact.revision),
        told_results: true,
        ..relative(marion, "Anne Dupré", "0612000299")
    };
    let changed = contact::save_contact(&desk, change.clone()).await.expect("changed");
    assert!(changed.contact.told_results);
    assert_eq!(code(contact::save_contact(&desk, change).await), "changed_meanwhile");
    assert_eq!(found(&desk, "0612000299").await.len(), 1);
    history::undo(&desk, UndoRequest { sequence: Some(changed.sequence) }).await.expect("undone");
    assert_eq!(found(&desk, "0612000214").await.len(), 1, "found by the number it had");
    let removed = contact::remove_contact(&desk, ContactRequest { id: saved.contact.id }).await.expect("removed");
    assert!(found(&desk, "0612000214").await.is_empty());
    assert_eq!(
        code(contact::remove_contact(&desk, ContactRequest { id: saved.contact.id }).await),
        "contact_not_found"
    );
    history::undo(&desk, UndoRequest { sequence: removed.sequence }).await.expect("undone");
    assert_eq!(found(&desk, "0612000214").await.len(), 1);
    let steps = patient::patient_history(&desk, PatientRequest { id: marion }).await.expect("a history").steps;
    let commands: Vec<&str> = steps.iter().map(|step| step.command.as_str()).collect();
    assert_eq!(commands, ["create_patient", "save_contact", "save_contact", "undo", "remove_contact", "undo"]);
    assert!(verified(&desk).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_of_a_contact_person_is_refused() {
    let house = House::new().await;
    let desk = house.desk().await;
    let marion = child(&desk, "Marion", "2014-02-14").await;
    let nobody = relative(marion, " ", "0612000214");
    assert_eq!(code(contact::save_contact(&desk, nobody).await), "empty");
    let own = SaveContactRequest { linked_patient_id: Some(marion), ..relative(marion, "Moi", "") };
    assert_eq!(code(contact::save_contact(&desk, own).await), "contact_is_the_patient");
    let unknown = SaveContactRequest { relation: "friend of the mayor".to_owned(), ..relative(marion, "Lui", "") };
    assert_eq!(code(contact::save_contact(&desk, unknown).await), "unknown_word");
    let long = relative(marion, &"x".repeat(300), "");
    assert_eq!(code(contact::save_contact(&desk, long).await), "too_long");
    let stranger = relative(PatientId::new(uuid::Uuid::nil()), "Lui", "");
    assert_eq!(code(contact::save_contact(&desk, stranger).await), "patient_not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_minor_s_consent_is_missing_until_a_guardian_gives_it_and_again_when_it_is_withdrawn() {
    let house = House::new().await;
    let desk = house.desk().await;
    let marion = child(&desk, "Marion", "2014-02-14").await;
    let state = async || found(&desk, "marion").await[0].guardian.clone();
    assert_eq!(state().await.as_deref(), Some("missing"));
    let mother = contact::save_contact(&desk, relative(marion, "Anne", "0612000214")).await.expect("saved").contact;
    let aunt = SaveContactRequest { guardian: false, relation: "other".to_owned(), ..relative(marion, "Zoé", "") };
    let aunt = contact::save_contact(&desk, aunt).await.expect("saved").contact;
    assert_eq!(code(contact::give_consent(&desk, consent(marion, aunt.id, "")).await), "not_a_guardian");
    assert_eq!(code(contact::give_consent(&desk, consent(marion, mother.id, "2026-11-30")).await), "date_in_future");
    let given = contact::give_consent(&desk, consent(marion, mother.id, "02/09/2026")).await.expect("given");
    assert_eq!(state().await.as_deref(), Some("current"));
    history::undo(&desk, UndoRequest { sequence: given.sequence }).await.expect("undone");
    assert_eq!(state().await.as_deref(), Some("missing"));
    contact::give_consent(&desk, consent(marion, mother.id, "")).await.expect("given");
    let view = contact::list_contacts(&desk, PatientRequest { id: marion }).await.expect("listed");
    assert!(view.minor);
    assert_eq!(view.consents.len(), 1, "the one that was taken back never was");
    let one = &view.consents[0];
    assert_eq!((one.by.as_str(), one.given_on.as_str(), one.way.as_str()), ("Anne", "2026-11-22", "written"));
    assert!(one.holds);
    let before = WithdrawConsentRequest { id: one.id, withdrawn_on: "01/09/2026".to_owned() };
    assert_eq!(code(contact::withdraw_consent(&desk, before).await), "bad_date", "before it was given");
    let withdraw = WithdrawConsentRequest { id: one.id, withdrawn_on: String::new() };
    let withdrawn = contact::withdraw_consent(&desk, withdraw.clone()).await.expect("withdrawn");
    assert_eq!(state().await.as_deref(), Some("missing"));
    assert_eq!(code(contact::withdraw_consent(&desk, withdraw).await), "consent_withdrawn");
    history::undo(&desk, UndoRequest { sequence: withdrawn.sequence }).await.expect("undone");
    assert_eq!(state().await.as_deref(), Some("current"));
    // Whoever is no longer a contact person decides no more; the proof stays.
    contact::remove_contact(&desk, ContactRequest { id: mother.id }).await.expect("removed");
    assert_eq!(state().await.as_deref(), Some("missing"));
    let view = contact::list_contacts(&desk, PatientRequest { id: marion }).await.expect("listed");
    assert_eq!(view.consents.len(), 1);
    assert!(verified(&desk).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn from_sixteen_on_nobody_else_consents() {
    let house = House::new().await;
    let desk = house.desk().await;
    // The clock stands at 22 November 2026.
    let (today, tomorrow) = (child(&desk, "Léo", "2010-11-22").await, child(&desk, "Mia", "2010-11-23").await);
    let matches = found(&desk, "dupre").await;
    let of = |id| matches.iter().find(|one| one.id == id).map(|one| (one.minor, one.guardian.clone()));
    assert_eq!(of(today), Some((false, None)));
    assert_eq!(of(tomorrow), Some((true, Some("missing".to_owned()))));
    let mother = contact::save_contact(&desk, relative(today, "Anne", "")).await.expect("saved").contact;
    assert_eq!(code(contact::give_consent(&desk, consent(today, mother.id, "")).await), "consent_not_needed");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_schema_itself_refuses_a_patient_as_their_own_contact_and_a_consent_that_ends_before_it_begins() {
    let house = House::new().await;
    let desk = house.desk().await;
    let marion = child(&desk, "Marion", "2014-02-14").await;
    let mother = contact::save_contact(&desk, relative(marion, "Anne", "")).await.expect("saved").contact;
    let mut tx = desk.store().write().await.expect("a transaction");
    let row = semainier_app::store::contact::contact(&mut tx, mother.id).await.expect("read").expect("there");
    let own = semainier_app::store::contact::ContactPerson { linked_patient_id: Some(marion), ..row };
    assert!(semainier_app::store::contact::update(&mut tx, &own).await.is_err());
    let backwards = semainier_app::store::contact::Consent {
        id: domain::id::ConsentId::new(uuid::Uuid::from_u128(1)),
        patient_id: marion,
        contact_person_id: mother.id,
        given_on: "2026-11-20".parse().unwrap(),
        way: domain::patient::guardian::ConsentWay::Spoken,
        noted_at: "2026-11-22T09:00:00Z".to_owned(),
        noted_by: desk.session().user_id,
        withdrawn_on: Some("2026-11-19".parse().unwrap()),
        removed: false,
    };
    assert!(semainier_app::store::contact::save_consent(&mut tx, &backwards).await.is_err());
}
