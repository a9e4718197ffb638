//! What messages by the practice's own mail server leave behind: a line in the ledger of whom they went to, the operator of the server
//! in the registers. Nothing of either where nothing went.

use domain::id::PatientId;
use semainier_app::commands::agenda::wire::CancelAppointmentRequest;
use semainier_app::commands::disclosure::wire::{DisclosureView, DisclosuresRequest};
use semainier_app::commands::messages::wire::{SentMessagesView, SetMessagesRequest};
use semainier_app::commands::registers::wire::ProcessorsView;
use semainier_app::commands::restriction::wire::RestrictRequest;
use semainier_app::commands::{Desk, agenda, disclosure, messages, registers, restriction};

use crate::house::{Cast, House, at, book, verified};
use crate::messages::{later, practice, reach, request, send};
use crate::registers::{french, processor};
use crate::registers_papers::{flat, paper};
use crate::smtp::{Smtp, Way};

async fn ledger(desk: &Desk, patient_id: PatientId) -> Vec<DisclosureView> {
    disclosure::show_disclosures(desk, DisclosuresRequest { patient_id }).await.expect("shown").disclosures
}

fn fields(line: &DisclosureView) -> Vec<&str> {
    let mut all: Vec<&str> = line.categories.iter().map(String::as_str).collect();
    all.sort_unstable();
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn each_message_is_a_line_of_the_ledger_with_the_fields_it_told() {
    let Some(server) = Smtp::start(Way::StartTls) else { return };
    let (house, desk, cast) = practice(&server).await;
    let booked = book(&desk, &cast, at("2026-12-03T10:00"), false).await.expect("booked").appointment;
    send(&desk).await;
    assert!(ledger(&desk, cast.patient).await.is_empty(), "nothing went yet");
    let desk = later(&house, 11).await;
    assert_eq!(send(&desk).await.sent, 1);
    let lines = ledger(&desk, cast.patient).await;
    assert_eq!(lines.len(), 1);
    let line = &lines[0];
    let told = (line.recipient_kind.as_str(), line.recipient.as_str(), line.purpose.as_str(), line.way.as_str());
    assert_eq!(told, ("mail_server", "127.0.0.1", "message", "mail"));
    assert_eq!(fields(line), ["appointment_time", "booking_code", "email", "language", "place", "practitioner"]);
    // What the line says is what the message says: the code and the practitioner stand in it.
    let body = server.arrived().remove(0).body();
    assert!(body.contains(&booked.code) && body.contains("Cabinet"), "{body}");
    // A cancellation tells less.
    let cancel = CancelAppointmentRequest { id: booked.id, by: "practice".to_owned(), reason: String::new() };
    agenda::cancel_appointment(&desk, cancel).await.expect("cancelled");
    send(&desk).await;
    let desk = later(&house, 25).await;
    assert_eq!(send(&desk).await.sent, 1);
    let lines = ledger(&desk, cast.patient).await;
    assert_eq!(lines.len(), 2);
    assert_eq!(fields(&lines[0]), ["appointment_time", "email", "language", "practitioner"]);
    assert!(lines[0].sequence > lines[1].sequence, "each has its own entry of the journal");
    assert!(verified(&desk).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_did_not_go_is_in_no_ledger() {
    let Some(mut server) = Smtp::start(Way::StartTls) else { return };
    let (house, desk, cast) = practice(&server).await;
    let other = Cast { patient: crate::house::add_patient(&desk, "ALAOUI", "Nadia", "1985-01-02").await, ..cast };
    let third = Cast { patient: crate::house::add_patient(&desk, "BRUN", "Paul", "1970-01-02").await, ..cast };
    reach(&desk, &third, "nobody@example.org", "").await;
    for (who, start) in [(&cast, "2026-12-03T10:00"), (&other, "2026-12-03T11:00"), (&third, "2026-12-03T12:00")] {
        book(&desk, who, at(start), false).await.expect("booked");
    }
    let objection = RestrictRequest {
        patient_id: cast.patient,
        kind: "objection".to_owned(),
        scope: "reminders".to_owned(),
        ground: String::new(),
        reason: "ne veut pas".to_owned(),
        since: String::new(),
    };
    restriction::restrict(&desk, objection).await.expect("noted");
    send(&desk).await;
    let desk = later(&house, 11).await;
    assert_eq!(send(&desk).await, SentMessagesView { sent: 0, failed: 2, waiting: 0 });
    server.stop();
    book(&desk, &third, at("2026-12-03T14:00"), false).await.expect("booked");
    for who in [&cast, &other, &third] {
        assert_eq!(ledger(&desk, who.patient).await, []);
    }
}

async fn processors(desk: &Desk) -> ProcessorsView {
    registers::show_processors(desk, french()).await.expect("shown")
}

/// Who receives something by the activity of messages, if it is in the register.
async fn activity(desk: &Desk) -> Option<Vec<String>> {
    let all = registers::show_activities(desk, french()).await.expect("shown").activities;
    all.into_iter().find(|one| one.kind == "messages").map(|one| one.fields.recipients)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_operator_of_the_mail_server_is_proposed_until_a_processor_names_it() {
    let Some(server) = Smtp::start(Way::StartTls) else { return };
    let house = House::new().await;
    let desk = house.desk().await;
    assert!(processors(&desk).await.unnamed.is_empty() && activity(&desk).await.is_none());
    for register in ["notice", "dpia"] {
        assert!(!flat(&paper(&desk, register, "fr").await).contains("127.0.0.1"), "{register}");
    }
    messages::set_messages(&desk, request(&server)).await.expect("set up");
    assert_eq!(processors(&desk).await.unnamed, ["127.0.0.1"]);
    let recipients = activity(&desk).await.expect("it is proposed");
    assert!(recipients.iter().any(|line| line.contains("messagerie") && line.contains("127.0.0.1")), "{recipients:?}");
    for register in ["notice", "dpia"] {
        let text = flat(&paper(&desk, register, "fr").await);
        assert!(text.contains("127.0.0.1") && !text.contains("pas de serveur extérieur"), "{register}: {text}");
    }
    let mut named = processor("Messagerie SARL", "FR");
    named.fields.remark = "Serveur 127.0.0.1".to_owned();
    registers::save_processor(&desk, named).await.expect("saved");
    assert!(processors(&desk).await.unnamed.is_empty());
    // Switched off, nobody carries anything.
    let off = SetMessagesRequest { enabled: false, ..request(&server) };
    messages::set_messages(&desk, off).await.expect("off");
    assert!(activity(&desk).await.is_none());
    assert!(verified(&desk).await);
}
