//! The dialogue with a plain FHIR server: conditional updates alone are enough for bookings to go there and to come back.

use chrono::{DateTime, TimeDelta, Utc};
use domain::agenda::status::Status;
use domain::id::{AppointmentId, PractitionerId, SiteId, TypeId};
use domain::identifiers::phone::Region;
use domain::sync::{Answer, Cursor, Expect, Held, Step, step};
use semainier_app::sync::{
    AppointmentFacts, Confirmation, Instruction, PersonFacts, Portal, Put, Resource, ScheduleFacts, Secret, Server,
    Settings, SlotFacts, SyncError, appointment, digest, inbound, own, schedule, schedule_id, slots,
};
use serde_json::json;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::plain_fhir::PlainFhir;

const NOON: i64 = 1_795_000_800;

pub fn instruction() -> Instruction {
    serde_json::from_value(json!({
        "version": 1, "signed_on": "2026-11-01", "from_on": "2026-11-01",
        "controller": { "name": "Cabinet du Parc", "address": "12 rue du Parc, Paris", "email": "donnees@parc.example.fr",
            "dpo": null, "authority": "CNIL", "registration": null },
        "practitioners": [practitioner().to_string()], "fields": { "email": true, "birth_date": false, "reason": true },
        "reminders": { "hours_before": [48], "survey": false }, "waiting_list": true, "language": "fr",
    }))
    .expect("an instruction")
}

pub fn practitioner() -> PractitionerId {
    PractitionerId::new(Uuid::from_u128(0xa1))
}

fn site() -> SiteId {
    SiteId::new(Uuid::from_u128(0xb1))
}

pub fn at(minutes: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(NOON, 0).expect("an instant") + TimeDelta::minutes(minutes)
}

pub fn facts(number: u128, minutes: i64) -> AppointmentFacts {
    AppointmentFacts {
        id: AppointmentId::new(Uuid::from_u128(0xc000 + number)),
        code: None,
        status: Status::Booked,
        cancelled_by: None,
        type_id: Some(TypeId::new(Uuid::from_u128(0xd1))),
        type_label: "Consultation".to_owned(),
        practitioner_id: practitioner(),
        site_id: site(),
        start_at: at(minutes),
        minutes: 20,
        person: Some(PersonFacts {
            surname: "Dupont".to_owned(),
            first_name: "Marie".to_owned(),
            phone: "06 11 22 33 44".to_owned(),
            email: "marie@dupont.example.fr".to_owned(),
            born_on: None,
            language: None,
            region: Region::FR,
        }),
        contact: None,
        visio: String::new(),
        hidden: false,
    }
}

pub fn put(facts: &AppointmentFacts, expect: Expect) -> Put {
    let told = appointment(facts, &instruction()).expect("it is told");
    Put { resource: Resource::Appointment(Box::new(told)), expect }
}

fn portal(server: &PlainFhir) -> Portal {
    let settings = Settings {
        server: Server::Plain,
        address: server.address(),
        authority: String::new(),
        client_id: "cabinet".to_owned(),
        pinned_key: String::new(),
        practitioners: vec![practitioner()],
    };
    Portal::open(&settings, Secret::new(Zeroizing::new("secret".to_owned()))).expect("settings")
}

#[test]
fn bookings_go_to_a_plain_server_and_what_it_adds_does_not_disturb() {
    let server = PlainFhir::new(NOON);
    let portal = portal(&server);
    let first = facts(1, 0);
    let answered = portal.put(&put(&first, Expect::Nothing)).expect("answered");
    assert_eq!((answered.answer, answered.version), (Answer::Kept, 1));
    // Doubled, or its answer lost: the same again changes nothing.
    let again = portal.put(&put(&first, Expect::Nothing)).expect("answered");
    assert_eq!((again.answer, again.version), (Answer::Kept, 1));
    let there = portal.appointment(first.id).expect("asked").expect("it is there");
    let told = appointment(&first, &instruction()).expect("it is told");
    assert_eq!(semainier_app::sync::Appointment { meta: None, ..there.clone() }, told);
    assert_eq!(inbound(&there).expect("it bears a version").status, Some(Status::Booked));
    let later = AppointmentFacts { status: Status::Cancelled, ..first.clone() };
    let changed = portal.put(&put(&later, Expect::Version(1))).expect("answered");
    assert_eq!((changed.answer, changed.version), (Answer::Kept, 2));
    // A copy that was delayed comes too late.
    let late = portal.put(&put(&first, Expect::Version(1))).expect("answered");
    assert_eq!(late.answer, Answer::OtherVersion);
    assert_eq!(server.kept("Appointment")[0]["status"], "cancelled");
}

#[test]
fn what_others_do_there_is_heard_page_by_page_and_each_thing_once() {
    let server = PlainFhir::new(NOON);
    let portal = portal(&server);
    let puts: Vec<Put> = (0..8).map(|n| put(&facts(u128::from(n as u8), n * 30), Expect::Nothing)).collect();
    let answers = portal.put_all(&puts).expect("answered");
    assert!(answers.iter().all(|one| one.answer == Answer::Kept));
    let mut cursor = portal.start().expect("a cursor");
    let hear = |cursor: &mut Cursor| {
        let (mut all, mut more) = (Vec::new(), None);
        loop {
            let page = portal.feed(*cursor, more.as_deref()).expect("heard");
            all.extend(page.appointments.into_iter().map(|one| (one.id, one.meta.expect("a version").version)));
            *cursor = page.cursor;
            more = page.more;
            if more.is_none() {
                return all;
            }
        }
    };
    assert_eq!(hear(&mut cursor).len(), 8, "everything, by pages of three");
    server.change(&facts(3, 0).id.to_string(), |there| {
        there["status"] = json!("cancelled");
        there["cancelationReason"] = json!({ "coding": [{
            "system": "http://terminology.hl7.org/CodeSystem/appointment-cancellation-reason", "code": "pat" }] });
    });
    let news = hear(&mut cursor);
    // A minute is told again; what is known already is none.
    assert!(news.contains(&(facts(3, 0).id, 2)), "{news:?}");
    let there = portal.appointment(facts(3, 0).id).expect("asked").expect("it is there");
    let told = inbound(&there).expect("it bears a version");
    assert_eq!(told.status, Some(Status::Cancelled));
    assert_eq!(told.cancelled_by, Some(domain::agenda::CancelledBy::Patient));
    let foreign = AppointmentFacts { practitioner_id: PractitionerId::new(Uuid::from_u128(9)), ..facts(99, 0) };
    let mut elsewhere = serde_json::to_value(appointment(&facts(99, 0), &instruction()).expect("told")).expect("JSON");
    elsewhere["participant"][0]["actor"]["identifier"]["value"] =
        json!(format!("urn:uuid:{}", foreign.practitioner_id));
    server.add("Appointment", elsewhere);
    let news = hear(&mut cursor);
    assert!(news.iter().all(|(id, _)| *id != facts(99, 0).id), "somebody else's are left aside: {news:?}");
}

#[test]
fn free_time_is_told_to_a_plain_server_and_what_is_gone_is_marked() {
    let server = PlainFhir::new(NOON);
    let portal = portal(&server);
    let told = schedule(
        &ScheduleFacts {
            practitioner_id: practitioner(),
            practitioner_name: "Dr Claire Lefèvre".to_owned(),
            speciality: "Médecine générale".to_owned(),
            site_id: site(),
            site_name: "Cabinet du Parc".to_owned(),
            street: "12 rue du Parc".to_owned(),
            post_code: "75014".to_owned(),
            town: "Paris".to_owned(),
            country: domain::country::Country::FR,
            zone: "Europe/Paris".parse().expect("a zone"),
            types: Vec::new(),
            horizon: None,
            active: true,
        },
        &instruction(),
    )
    .expect("it is told");
    let name = schedule_id(practitioner(), site());
    let put = Put { resource: Resource::Schedule(Box::new(told)), expect: Expect::Nothing };
    assert_eq!(portal.put(&put).expect("answered").answer, Answer::Kept);
    assert!(portal.schedule(name).expect("asked").is_some());
    let free = |minutes: i64| SlotFacts { start_at: at(minutes), minutes: 20, free: true, types: Vec::new() };
    let stretch = (at(-600), at(600));
    let tell = |facts: &[SlotFacts]| {
        let there = portal.slots(name, stretch.0, stretch.1).expect("asked");
        let (closes, opens) = slots(name, facts, &there).expect("spans");
        for answered in portal.put_all(&[closes.clone(), opens.clone()].concat()).expect("answered") {
            assert_eq!(answered.answer, Answer::Kept);
        }
        (closes.len(), opens.len())
    };
    assert_eq!(tell(&[free(0), free(20), free(40), free(60)]), (0, 4));
    assert_eq!(tell(&[free(0), free(40), free(60)]), (1, 0));
    assert_eq!(tell(&[free(0), free(20), free(40), free(60)]), (0, 1), "what was marked is opened again");
    assert_eq!(tell(&[free(0), free(20), free(40), free(60)]), (0, 0));
    let shown = server.kept("Slot").iter().filter(|slot| slot["status"] == "free").count();
    assert_eq!((shown, server.kept("Slot").len()), (4, 4));
}

#[test]
fn an_erasure_at_a_plain_server_is_looked_after_and_what_only_the_portal_offers_is_said() {
    let server = PlainFhir::new(NOON);
    let portal = portal(&server);
    let one = facts(1, 0);
    portal.put(&put(&one, Expect::Nothing)).expect("answered");
    let hidden = AppointmentFacts { hidden: true, ..one.clone() };
    let told = appointment(&hidden, &instruction());
    let known = Held::At { version: 1, digest: digest(&put(&one, Expect::Nothing).resource) };
    assert_eq!(step(&own(told.as_ref().map_err(|why| *why)), &known), Step::Erase);
    let done = portal.erase(Uuid::from_u128(1), &[one.id], &[]).expect("erased");
    assert_eq!(done, Confirmation::Looked);
    assert_eq!(portal.appointment(one.id).expect("asked"), None);
    assert!(server.kept("Appointment").is_empty());
    assert_eq!(portal.standing().err(), Some(SyncError::NotOffered));
    assert_eq!(portal.export(&mut Vec::new()).err(), Some(SyncError::NotOffered));
    assert_eq!(portal.check().err(), Some(SyncError::NotOffered));
    let methods: Vec<String> = server.asked().into_iter().map(|(method, _)| method).collect();
    assert!(methods.iter().all(|method| matches!(method.as_str(), "GET" | "PUT" | "DELETE")), "{methods:?}");
}
