//! The dialogue with the real portal, call by call: what the room `sync` says is what the portal understands, and what the portal
//! confirms bears its key.

use std::time::Duration;

use domain::agenda::status::Status;
use domain::sync::{Answer, Cursor, Expect};
use semainier_app::net::Listening;
use semainier_app::sync::{
    AppointmentFacts, Confirmation, Instruction, Listened, OfferedFacts, Portal, Purpose, Put, Resource, ScheduleFacts,
    Secret, Server, Settings, SlotFacts, SyncError, about, appointment, schedule, schedule_id, slots, verify,
};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::portal_server::{PortalServer, Tenant, Visitor};
use crate::sync_plain::{facts, instruction, practitioner, put};
use crate::sync_scene::clock;

fn settings(server: &PortalServer, tenant: &Tenant, key: &str) -> Settings {
    Settings {
        server: Server::Portal,
        address: server.address(),
        authority: String::new(),
        client_id: tenant.client_id.clone(),
        pinned_key: key.to_owned(),
        practitioners: vec![practitioner()],
    }
}

fn open(server: &PortalServer, tenant: &Tenant, key: &str) -> Portal {
    let secret = Secret::new(Zeroizing::new(tenant.client_secret.clone()));
    Portal::open(&settings(server, tenant, key), secret).expect("settings")
}

fn plate() -> ScheduleFacts {
    ScheduleFacts {
        practitioner_id: practitioner(),
        practitioner_name: "Dr Claire Lefèvre".to_owned(),
        speciality: String::new(),
        site_id: facts(0, 0).site_id,
        site_name: "Cabinet du Parc".to_owned(),
        street: "12 rue du Parc".to_owned(),
        post_code: "75014".to_owned(),
        town: "Paris".to_owned(),
        country: domain::country::Country::FR,
        zone: "Europe/Paris".parse().expect("a zone"),
        types: vec![OfferedFacts {
            type_id: facts(0, 0).type_id.expect("a type"),
            label: "Consultation".to_owned(),
            minutes: 20,
            needs_approval: false,
        }],
        horizon: None,
        active: true,
    }
}

/// An hour from now on, so many minutes later, on a whole minute.
fn soon(minutes: i64) -> chrono::DateTime<chrono::Utc> {
    let minute = clock().timestamp() / 60 + 60 + minutes;
    chrono::DateTime::from_timestamp(minute * 60, 0).expect("an instant")
}

fn at(number: u128, minutes: i64) -> AppointmentFacts {
    AppointmentFacts { start_at: soon(minutes), ..facts(number, 0) }
}

/// A portal that was instructed and knows the schedule.
fn instructed(server: &PortalServer) -> (Tenant, Portal, String) {
    let tenant = server.tenant("Cabinet du Parc");
    let seen = about(&server.address(), "").expect("it says who it is");
    let portal = open(server, &tenant, &seen.signing_key);
    assert_eq!(portal.check().expect("the same key"), seen);
    portal.instruct(&instruction()).expect("taken");
    let told = schedule(&plate(), &instruction()).expect("it is told");
    let put = Put { resource: Resource::Schedule(Box::new(told)), expect: Expect::Nothing };
    assert_eq!(portal.put(&put).expect("answered").answer, Answer::Kept);
    (tenant, portal, seen.signing_key)
}

#[test]
fn the_portal_understands_what_is_said_and_says_what_is_understood() {
    let Some(server) = PortalServer::new() else { return };
    let (tenant, portal, key) = instructed(&server);
    portal.instruct(&instruction()).expect("the same again does no harm");
    assert_eq!(portal.instruction().expect("it is there"), instruction());
    let skipped = Instruction { version: 3, ..instruction() };
    assert_eq!(portal.instruct(&skipped).err(), Some(SyncError::OtherVersion));
    let wrong = Tenant { client_secret: "not the secret".to_owned(), ..tenant.clone() };
    assert_eq!(open(&server, &wrong, &key).standing().err(), Some(SyncError::UnknownClient));
    let other = open(&server, &tenant, "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=");
    assert_eq!(other.check().err(), Some(SyncError::OtherKey));
    // Many at once, doubled, one late.
    let puts: Vec<Put> = (1..=620).map(|n| put(&at(n, 20 * n as i64), Expect::Nothing)).collect();
    let answers = portal.put_all(&puts).expect("answered");
    assert!(answers.len() == 620 && answers.iter().all(|one| (one.answer, one.version) == (Answer::Kept, 1)));
    let again = portal.put_all(&puts[..3]).expect("answered");
    assert!(again.iter().all(|one| (one.answer, one.version) == (Answer::Kept, 1)));
    let off = AppointmentFacts { status: Status::Cancelled, ..at(1, 20) };
    assert_eq!(portal.put(&put(&off, Expect::Version(1))).map(|one| one.version), Ok(2));
    assert_eq!(portal.put(&puts[0]).map(|one| one.answer), Ok(Answer::OtherVersion));
    let there = portal.appointment(off.id).expect("asked").expect("it is there");
    assert_eq!(there.meta.as_ref().map(|meta| meta.version), Some(2));
    assert_eq!(portal.appointment(facts(5_000, 0).id), Ok(None));
    // Everything, page by page.
    let start = portal.start().expect("a cursor");
    let (mut all, mut more) = (0, None::<String>);
    loop {
        let page = portal.everything(start, more.as_deref()).expect("a page");
        all += page.appointments.len();
        more = page.more;
        if more.is_none() {
            break;
        }
    }
    assert_eq!((all, start), (620, Cursor::Feed(0)));
    let uncovered = AppointmentFacts { ..at(900, 0) };
    let mut told = appointment(&uncovered, &instruction()).expect("it is told");
    told.person.as_mut().expect("a person").born_on = "1984-02-29".parse().ok();
    let put = Put { resource: Resource::Appointment(Box::new(told)), expect: Expect::Nothing };
    let refused = portal.put(&put).expect("answered");
    assert_eq!((refused.answer, refused.element.as_deref()), (Answer::NotInstructed, Some("Patient.birthDate")));
    assert_eq!(portal.usage(clock().date_naive()).expect("counted").month, clock().format("%Y-%m").to_string());
    portal.suspend().expect("suspended");
    assert_eq!(portal.standing().expect("it stands").state, "suspended");
    portal.resume().expect("resumed");
}

#[test]
fn free_time_is_booked_and_whoever_listens_hears_it() {
    let Some(server) = PortalServer::new() else { return };
    let (tenant, portal, key) = instructed(&server);
    let name = schedule_id(practitioner(), facts(0, 0).site_id);
    let free: Vec<SlotFacts> =
        (0..6).map(|n| SlotFacts { start_at: soon(20 * n), minutes: 20, free: true, types: Vec::new() }).collect();
    let (closes, opens) = slots(name, &free, &[]).expect("spans");
    assert!(closes.is_empty());
    assert!(portal.put_all(&opens).expect("answered").iter().all(|one| one.answer == Answer::Kept));
    let there = portal.slots(name, free[0].start_at, soon(600)).expect("asked");
    let (closes, opens) = slots(name, &free[1..], &there).expect("spans");
    assert_eq!((there.len(), closes.len(), opens.len()), (6, 1, 0));
    assert!(portal.put_all(&closes).expect("answered").iter().all(|one| one.answer == Answer::Kept));
    let (sender, heard) = std::sync::mpsc::channel();
    let listener = open(&server, &tenant, &key);
    let listening = std::thread::spawn(move || {
        listener.listen(&mut |what| match what {
            Listened::Feed(number) => {
                let _ = sender.send(number);
                if number > 0 { Listening::Enough } else { Listening::On }
            }
            Listened::Alive => Listening::On,
        })
    });
    assert_eq!(heard.recv_timeout(Duration::from_secs(30)), Ok(0), "nothing yet");
    let kind = facts(0, 0).type_id.expect("a type").to_string();
    let visitor = Visitor::new(&server, &tenant, "+33612345678");
    let whom = [("whom", "me"), ("surname", "Martin"), ("first_name", "Léa")];
    let booked = visitor.book(&name.0.to_string(), &kind, 0, &whom);
    let number = heard.recv_timeout(Duration::from_secs(30)).expect("it is told at once");
    assert!(number > 0);
    assert_eq!(listening.join().expect("it ended"), Ok(()));
    let page = portal.feed(Cursor::Feed(0), None).expect("heard");
    assert_eq!((page.cursor, page.more), (Cursor::Feed(number), None));
    assert_eq!(page.appointments[0].id.to_string(), booked.id);
    // The practice's own over it: a patient holds that time, until it is taken over.
    let over = AppointmentFacts { start_at: free[1].start_at, ..facts(7, 0) };
    assert_eq!(portal.put(&put(&over, Expect::Nothing)).map(|one| one.answer), Ok(Answer::SlotTaken));
    let kept = Put {
        resource: Resource::Appointment(Box::new(semainier_app::sync::Appointment {
            meta: None,
            ..page.appointments[0].clone()
        })),
        expect: Expect::Version(1),
    };
    assert_eq!(portal.put(&kept).map(|one| one.answer), Ok(Answer::Kept));
    assert_eq!(portal.put(&put(&over, Expect::Nothing)).map(|one| one.answer), Ok(Answer::Kept));
}

#[test]
fn what_is_erased_and_destroyed_is_confirmed_by_the_pinned_key() {
    let Some(server) = PortalServer::new() else { return };
    let (_tenant, portal, key) = instructed(&server);
    let one = at(1, 0);
    portal.put(&put(&one, Expect::Nothing)).expect("answered");
    let request = Uuid::from_u128(11);
    let contacts = ["+33611223344".to_owned()];
    let Confirmation::Signed(receipt) = portal.erase(request, &[one.id], &contacts).expect("erased") else {
        panic!("the portal signs")
    };
    assert_eq!(verify(&key, &receipt, request, &Purpose::Erasure), Ok(()));
    let again = portal.erase(request, &[one.id], &contacts);
    assert_eq!(again, Ok(Confirmation::Signed(receipt.clone())), "the same request, the same confirmation");
    assert_eq!(portal.receipt(request, &Purpose::Erasure), Ok(Confirmation::Signed(receipt)));
    assert_eq!(portal.put(&put(&one, Expect::Nothing)).map(|one| one.answer), Ok(Answer::Erased), "a late copy");
    portal.put(&put(&at(2, 40), Expect::Nothing)).expect("answered");
    let mut lines = Vec::new();
    let fingerprint = portal.export(&mut lines).expect("returned");
    assert!(String::from_utf8_lossy(&lines).lines().count() >= 3);
    portal.put(&put(&at(3, 60), Expect::Nothing)).expect("answered");
    let end = Uuid::from_u128(12);
    assert_eq!(portal.destroy(end, &fingerprint).err(), Some(SyncError::ChangedSinceExport));
    let fingerprint = portal.export(&mut Vec::new()).expect("returned");
    let done = portal.destroy(end, &fingerprint).expect("destroyed");
    let purpose = Purpose::Destruction { returned_sha256: fingerprint.clone() };
    let Confirmation::Signed(receipt) = &done else { panic!("the portal signs") };
    assert_eq!(verify(&key, receipt, end, &purpose), Ok(()));
    assert_eq!(portal.destroy(end, &fingerprint), Ok(done), "its answer was lost: asked again");
    assert_eq!(portal.put(&put(&at(4, 80), Expect::Nothing)).err(), Some(SyncError::Ended));
    assert_eq!(portal.standing().expect("it stands").state, "ended");
}
