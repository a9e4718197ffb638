//! Types in full, through the one door: provider time, buffers, who offers what, rooms and equipment.

use domain::agenda::provider_time::Part;
use domain::id::{AppointmentId, PractitionerId, ResourceId, TypeId};
use domain::time::WallTime;
use semainier_app::commands::agenda::wire::{
    BookAppointmentRequest, CancelAppointmentRequest, ChangedAppointmentView, FindSlotsRequest, MoveAppointmentRequest,
    UpdateAppointmentRequest,
};
use semainier_app::commands::history::wire::UndoRequest;
use semainier_app::commands::practice::wire::{
    SavePractitionerRequest, SaveResourceKindRequest, SaveResourceRequest, SaveTypeRequest,
};
use semainier_app::commands::{CommandError, Desk, agenda, history, practice};
use semainier_app::store::agenda::Appointment;
use semainier_app::store::{self, StoreError};

use crate::house::{Cast, House, at, cast, code, known, verified};

/// A type that asks for nothing yet.
pub fn plain(name: &str, minutes: i64) -> SaveTypeRequest {
    SaveTypeRequest {
        id: None,
        name: name.to_owned(),
        short_name: String::new(),
        minutes,
        colour: "teal".to_owned(),
        active: true,
        buffer_minutes: 0,
        online: false,
        needs_approval: false,
        instructions: String::new(),
        price_cents: None,
        provider_time: String::new(),
        practitioners: Vec::new(),
        sites: Vec::new(),
        resource_kinds: Vec::new(),
    }
}

pub async fn add_type(desk: &Desk, request: SaveTypeRequest) -> TypeId {
    practice::save_type(desk, request).await.expect("a type").id.parse().expect("an id")
}

pub async fn add_practitioner(desk: &Desk, name: &str) -> PractitionerId {
    let request = SavePractitionerRequest {
        id: None,
        name: name.to_owned(),
        speciality: String::new(),
        rpps: String::new(),
        inpe: String::new(),
        site_id: None,
        active: true,
    };
    practice::save_practitioner(desk, request).await.expect("a practitioner").id.parse().expect("an id")
}

pub async fn book_as(
    desk: &Desk,
    cast: &Cast,
    kind: TypeId,
    starts: WallTime,
    overbook: bool,
) -> Result<ChangedAppointmentView, CommandError> {
    let request = BookAppointmentRequest {
        practitioner_id: cast.practitioner,
        patient_id: Some(cast.patient),
        type_id: kind,
        starts,
        minutes: None,
        origin: "phone".to_owned(),
        overbook,
        note: String::new(),
        contact_name: String::new(),
        contact_phone: String::new(),
        never_sync: false,
    };
    agenda::book_appointment(desk, request).await
}

pub fn search(kind: TypeId, from: &str, days: i64) -> FindSlotsRequest {
    FindSlotsRequest {
        practitioners: vec![],
        type_id: kind,
        minutes: None,
        from: from.to_owned(),
        days,
        part: "any".to_owned(),
        count: 200,
    }
}

/// One echograph at the first site; its kind and itself.
pub async fn echograph(desk: &Desk) -> (domain::id::ResourceKindId, ResourceId) {
    let request = SaveResourceKindRequest {
        id: None,
        name: "Échographe".to_owned(),
        category: "equipment".to_owned(),
        active: true,
    };
    let kind = practice::save_resource_kind(desk, request).await.expect("a kind").id.parse().expect("an id");
    let request =
        SaveResourceRequest { id: None, kind_id: kind, site_id: None, name: "Écho 1".to_owned(), active: true };
    let one = practice::save_resource(desk, request).await.expect("a resource").id.parse().expect("an id");
    (kind, one)
}

fn row(desk: &Desk, like: &Appointment, number: u32) -> Appointment {
    Appointment { id: AppointmentId::new(desk.make_id()), code: format!("!{number:06}"), revision: 1, ..like.clone() }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_type_is_kept_with_all_that_it_asks_for() {
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    let (kind, _) = echograph(&desk).await;
    let site = known(&desk).await.sites[0].id;
    let request = SaveTypeRequest {
        buffer_minutes: 10,
        online: true,
        needs_approval: false,
        instructions: "Venir à jeun.".to_owned(),
        price_cents: Some(5_500),
        provider_time: "/xx/".to_owned(),
        practitioners: vec![cast.practitioner],
        sites: vec![site],
        resource_kinds: vec![kind],
        ..plain("Échographie", 20)
    };
    let id = add_type(&desk, request.clone()).await;
    let saved = known(&desk).await.types.into_iter().find(|one| one.id == id).expect("the type");
    assert_eq!((saved.buffer_minutes, saved.online, saved.price_cents), (10, true, Some(5_500)));
    assert_eq!((saved.provider_time.as_str(), saved.instructions.as_str()), ("/XX/", "Venir à jeun."));
    assert_eq!(saved.practitioners, [cast.practitioner]);
    assert_eq!((saved.sites, saved.resource_kinds), (vec![site], vec![kind]));
    let refused = |change: fn(&mut SaveTypeRequest)| {
        let mut request = request.clone();
        change(&mut request);
        practice::save_type(&desk, request)
    };
    assert_eq!(code(refused(|one| one.provider_time = "////".to_owned()).await), "bad_provider_time");
    assert_eq!(code(refused(|one| one.provider_time = "/X/".to_owned()).await), "provider_time_length");
    assert_eq!(code(refused(|one| one.buffer_minutes = 241).await), "out_of_range");
    assert_eq!(code(refused(|one| one.price_cents = Some(-1)).await), "bad_price");
    let nobody = domain::id::PractitionerId::new(desk.make_id());
    let request = SaveTypeRequest { practitioners: vec![nobody], ..request };
    assert_eq!(code(practice::save_type(&desk, request).await), "practitioner_not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn parts_without_the_practitioner_overlap_and_parts_with_them_never() {
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    let kind = add_type(&desk, SaveTypeRequest { provider_time: "/X/".to_owned(), ..plain("Soin", 15) }).await;
    let first = book_as(&desk, &cast, kind, at("2026-11-24T09:00"), false).await.expect("booked");
    assert_eq!(first.appointment.provider_parts.len(), 1);
    assert_eq!(code(book_as(&desk, &cast, kind, at("2026-11-24T09:00"), false).await), "slot_taken");
    assert_eq!(code(book_as(&desk, &cast, kind, at("2026-11-24T09:05"), false).await), "done", "middles side by side");
    assert_eq!(code(book_as(&desk, &cast, kind, at("2026-11-24T09:10"), false).await), "done");
    assert_eq!(code(book_as(&desk, &cast, cast.kind, at("2026-11-24T08:50"), false).await), "slot_taken", "9:05–9:10");
    assert_eq!(code(book_as(&desk, &cast, cast.kind, at("2026-11-24T08:45"), false).await), "done", "until 9:05");
    assert_eq!(code(book_as(&desk, &cast, cast.kind, at("2026-11-24T09:20"), false).await), "done", "from 9:20 on");
    // Lengthened, the end needs the practitioner.
    let request = MoveAppointmentRequest {
        id: first.appointment.id,
        revision: None,
        starts: at("2026-11-24T09:00"),
        practitioner_id: None,
        minutes: Some(20),
        overbook: false,
    };
    assert_eq!(code(agenda::move_appointment(&desk, request).await), "slot_taken");
    assert!(verified(&desk).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_schema_itself_refuses_an_overlap_of_needed_parts() {
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    let booked = book_as(&desk, &cast, cast.kind, at("2026-11-24T09:00"), false).await.expect("booked");
    let mut tx = desk.store().write().await.expect("a transaction");
    let whole = store::agenda::appointment(&mut tx, booked.appointment.id).await.expect("read").expect("there");
    let starts = whole.starts.expect("a time");
    let with = |start: i64, parts: &[(i64, i64)], number: u32| Appointment {
        starts: Some(start),
        provider_parts: parts.iter().map(|(offset, minutes)| Part { offset: *offset, minutes: *minutes }).collect(),
        ..row(&desk, &whole, number)
    };
    // 20 minutes whole from 9:00.
    assert_eq!(store::agenda::insert(&mut tx, &with(starts + 15, &[(0, 5)], 1)).await, Err(StoreError::SlotTaken));
    assert_eq!(store::agenda::insert(&mut tx, &with(starts - 10, &[(0, 10)], 2)).await, Ok(()), "needed before only");
    let beside = with(starts + 5, &[(15, 5)], 3);
    assert_eq!(store::agenda::insert(&mut tx, &beside).await, Ok(()), "needed after only");
    let moved = Appointment { provider_parts: Vec::new(), ..beside.clone() };
    assert_eq!(
        store::agenda::update(&mut tx, &moved).await,
        Err(StoreError::SlotTaken),
        "nor by a change of the parts"
    );
    let moved = Appointment { starts: Some(starts), ..beside.clone() };
    assert_eq!(store::agenda::update(&mut tx, &moved).await, Err(StoreError::SlotTaken), "nor by a move");
    assert_eq!(store::agenda::insert(&mut tx, &with(starts + 10, &[(10, 5)], 4)).await, Err(StoreError::SlotTaken));
    assert_eq!(store::agenda::insert(&mut tx, &with(starts + 15, &[(10, 5)], 5)).await, Ok(()));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_appointment_takes_a_resource_along_and_the_schema_refuses_two_holders() {
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    let other = add_practitioner(&desk, "Dr Benjelloun").await;
    let (kind, echo) = echograph(&desk).await;
    let exam = add_type(&desk, SaveTypeRequest { resource_kinds: vec![kind], ..plain("Écho", 30) }).await;
    let first = book_as(&desk, &cast, exam, at("2026-11-24T09:00"), false).await.expect("booked");
    assert_eq!(first.appointment.resources, [echo]);
    // Another practitioner is free, the echograph is not.
    let others = Cast { practitioner: other, ..Cast { ..cast } };
    assert_eq!(code(book_as(&desk, &others, exam, at("2026-11-24T09:15"), false).await), "resource_taken");
    let over = book_as(&desk, &others, exam, at("2026-11-24T09:15"), true).await.expect("on purpose, without it");
    assert!(over.appointment.resources.is_empty());
    assert!(over.warnings.contains(&"without_resource".to_owned()));
    let next = book_as(&desk, &others, exam, at("2026-11-24T09:30"), true).await.expect("free again");
    assert_eq!(next.appointment.resources, [echo]);
    {
        let mut tx = desk.store().write().await.expect("a transaction");
        let held = store::agenda::appointment(&mut tx, first.appointment.id).await.expect("read").expect("there");
        let mut raw = Appointment { practitioner_id: other, overbooked: true, ..row(&desk, &held, 1) };
        raw.starts = held.starts.map(|starts| starts + 10);
        assert_eq!(store::agenda::insert(&mut tx, &raw).await, Err(StoreError::ResourceTaken));
        raw.resources.clear();
        assert_eq!(store::agenda::insert(&mut tx, &raw).await, Ok(()));
        raw.resources = vec![echo];
        assert_eq!(store::agenda::update(&mut tx, &raw).await, Err(StoreError::ResourceTaken), "nor by a change");
        raw.resources = vec![ResourceId::new(desk.make_id())];
        assert_eq!(store::agenda::update(&mut tx, &raw).await, Err(StoreError::Refused), "there is no such resource");
    }
    // A cancelled one lets go; coming back it must find it free.
    let cancel = CancelAppointmentRequest { id: first.appointment.id, by: "patient".to_owned(), reason: String::new() };
    let cancelled = agenda::cancel_appointment(&desk, cancel).await.expect("cancelled");
    let taken = book_as(&desk, &others, exam, at("2026-11-24T09:00"), true).await.expect("booked");
    assert_eq!(taken.appointment.resources, [echo]);
    let undo = UndoRequest { sequence: Some(cancelled.sequence) };
    assert_eq!(code(history::undo(&desk, undo).await), "resource_taken");
    history::undo(&desk, UndoRequest { sequence: Some(taken.sequence) }).await.expect("undone");
    history::undo(&desk, UndoRequest { sequence: Some(cancelled.sequence) }).await.expect("undone");
    assert_eq!(code(book_as(&desk, &others, exam, at("2026-11-24T08:50"), false).await), "resource_taken");
    assert!(verified(&desk).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn slots_honour_who_offers_it_buffers_and_resources() {
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    add_practitioner(&desk, "Dr Benjelloun").await;
    let (kind, _) = echograph(&desk).await;
    let kept = add_type(
        &desk,
        SaveTypeRequest { buffer_minutes: 15, practitioners: vec![cast.practitioner], ..plain("Bilan", 30) },
    )
    .await;
    let exam = add_type(&desk, SaveTypeRequest { resource_kinds: vec![kind], ..plain("Écho", 30) }).await;
    book_as(&desk, &cast, kept, at("2026-11-24T09:00"), false).await.expect("booked");
    book_as(&desk, &cast, exam, at("2026-11-24T11:00"), false).await.expect("booked");
    let starts = |slots: Vec<semainier_app::commands::agenda::wire::SlotView>| -> Vec<WallTime> {
        slots.into_iter().map(|slot| slot.starts).collect()
    };
    let bilans = agenda::find_slots(&desk, search(kept, "2026-11-24", 1)).await.expect("slots").slots;
    assert!(bilans.iter().all(|slot| slot.practitioner_id == cast.practitioner));
    let bilans = starts(bilans);
    assert_eq!(bilans.first(), Some(&at("2026-11-24T09:45")), "15 minutes are kept after the first");
    assert!(!bilans.contains(&at("2026-11-24T10:30")), "it would leave no time before 11:00");
    assert!(bilans.contains(&at("2026-11-24T10:15")));
    let plain_ones = starts(agenda::find_slots(&desk, search(cast.kind, "2026-11-24", 1)).await.expect("slots").slots);
    assert_eq!(plain_ones.first(), Some(&at("2026-11-24T09:45")));
    let in_kept_time = book_as(&desk, &cast, cast.kind, at("2026-11-24T09:30"), false).await.expect("booked");
    assert!(in_kept_time.warnings.contains(&"kept_free".to_owned()), "{:?}", in_kept_time.warnings);
    // Every slot that is proposed can be booked, without a word.
    for starts in [at("2026-11-24T14:00"), at("2026-11-24T15:00")] {
        assert!(plain_ones.contains(&starts));
    }
    let exams = starts(agenda::find_slots(&desk, search(exam, "2026-11-24", 1)).await.expect("slots").slots);
    assert!(!exams.iter().any(|start| *start > at("2026-11-24T10:30") && *start < at("2026-11-24T11:30")));
}

#[tokio::test(flavor = "multi_thread")]
async fn another_type_and_another_practitioner_are_told_of() {
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    let other = add_practitioner(&desk, "Dr Benjelloun").await;
    let theirs =
        add_type(&desk, SaveTypeRequest { practitioners: vec![other], buffer_minutes: 5, ..plain("Leur", 20) }).await;
    let booked = book_as(&desk, &cast, theirs, at("2026-11-24T09:00"), false).await.expect("booked all the same");
    assert!(booked.warnings.contains(&"type_not_offered".to_owned()));
    assert_eq!(booked.appointment.buffer, 5);
    let request = UpdateAppointmentRequest {
        id: booked.appointment.id,
        patient_id: Some(cast.patient),
        type_id: cast.kind,
        note: String::new(),
        urgency: "normal".to_owned(),
    };
    let changed = agenda::update_appointment(&desk, request).await.expect("another type");
    assert_eq!(
        (changed.appointment.buffer, changed.appointment.minutes),
        (0, 20),
        "what it keeps changes, not how long"
    );
    history::undo(&desk, UndoRequest { sequence: None }).await.expect("undone");
    let detail = agenda::show_appointment(
        &desk,
        semainier_app::commands::agenda::wire::AppointmentRequest { id: booked.appointment.id },
    )
    .await
    .expect("there");
    assert_eq!((detail.appointment.type_id, detail.appointment.buffer), (theirs, 5));
}
