//! The booking box: what is typed is a patient, a wish, or both; one question a key.

use domain::id::PatientId;
use semainier_app::commands::agenda::typed_wire::{BoxSlotsRequest, BoxView, ReadBoxRequest};
use semainier_app::commands::agenda::wire::{AppointmentRequest, BookAppointmentRequest};
use semainier_app::commands::{Desk, agenda, contact};

use crate::house::{Cast, House, add_patient, at, book, cast, code, known};
use crate::relatives::relative;

fn asked(cast: &Cast, text: &str) -> ReadBoxRequest {
    ReadBoxRequest {
        text: text.to_owned(),
        language: "fr".to_owned(),
        limit: 6,
        type_id: Some(cast.kind),
        patient_id: None,
        slots: Some(BoxSlotsRequest {
            practitioners: Vec::new(),
            from: "2026-11-22T10:00".to_owned(),
            days: 60,
            part: "any".to_owned(),
            count: 20,
            known: String::new(),
        }),
    }
}

async fn read(desk: &Desk, cast: &Cast, text: &str) -> BoxView {
    agenda::read_box(desk, asked(cast, text)).await.expect("read")
}

fn names(view: &BoxView) -> Vec<String> {
    view.matches.iter().map(|one| format!("{} {}", one.surname, one.first_name)).collect()
}

fn first(view: &BoxView) -> String {
    view.slots.as_ref().and_then(|slots| slots.first()).map_or_else(String::new, |slot| slot.starts.to_string())
}

fn kinds(view: &BoxView) -> Vec<(&str, &str)> {
    view.understood.iter().map(|one| (one.kind.as_str(), one.value.as_str())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_a_day_and_a_time_give_the_patient_and_the_slot_in_one_question() {
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    // The clock stands at Sunday 22 November 2026, 10:00.
    let view = read(&desk, &cast, "dup mar").await;
    assert_eq!(names(&view), ["DUPONT Marie"]);
    assert_eq!(first(&view), "2026-11-23T09:00");
    assert!(view.understood.is_empty(), "mar is Marie");
    let view = read(&desk, &cast, "dup mar jeu 10h").await;
    assert_eq!(names(&view), ["DUPONT Marie"]);
    assert_eq!(kinds(&view), [("day", "2026-11-26"), ("time", "10:00")]);
    assert_eq!(first(&view), "2026-11-26T10:00");
    assert!(view.slots.iter().flatten().all(|slot| slot.starts.time_of_day_minutes() >= 600), "none before ten");
    let view = read(&desk, &cast, "dup mar jeu").await;
    assert_eq!((names(&view), first(&view)), (vec!["DUPONT Marie".to_owned()], "2026-11-26T09:00".to_owned()));
    let view = read(&desk, &cast, "+7j dupont").await;
    assert_eq!(first(&view), "2026-11-30T09:00", "the 29th is a Sunday: the next day that is open");
    let view = read(&desk, &cast, "14h30").await;
    assert_eq!(first(&view), "2026-11-23T14:30");
    let view = read(&desk, &cast, "dup demain après-midi").await;
    assert_eq!(first(&view), "2026-11-23T12:00");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_word_that_somebody_bears_is_a_name_before_it_is_a_day() {
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    assert_eq!(kinds(&read(&desk, &cast, "dupont sam").await), [("day", "2026-11-28")]);
    add_patient(&desk, "DUPONT", "Samira", "1984-01-30").await;
    let view = read(&desk, &cast, "dupont sam").await;
    assert_eq!((names(&view), kinds(&view)), (vec!["DUPONT Samira".to_owned()], vec![]));
    add_patient(&desk, "LUNDI", "Paul", "1961-11-03").await;
    assert_eq!(names(&read(&desk, &cast, "lundi").await), ["LUNDI Paul"]);
    let view = read(&desk, &cast, "lefebvre anna lundi").await;
    assert_eq!((view.search.as_str(), kinds(&view)), ("lefebvre anna", vec![("day", "2026-11-23")]), "somebody new");
    let view = read(&desk, &cast, "martin sam").await;
    assert_eq!(view.search, "martin sam", "somebody new may be called so");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plus_lengthens_a_type_is_picked_by_its_short_name_and_a_practitioner_by_theirs() {
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    let practice = known(&desk).await;
    let other = practice.types.iter().find(|kind| kind.id != cast.kind && !kind.short_name.is_empty()).expect("a type");
    let usual = practice.types.iter().find(|kind| kind.id == cast.kind).expect("there").minutes;
    assert_eq!(read(&desk, &cast, "dup mar ++").await.minutes, usual + 10);
    assert_eq!(read(&desk, &cast, "dup mar -").await.minutes, usual - 5);
    assert_eq!(read(&desk, &cast, "dup mar ------------").await.minutes, 5, "never less than a step");
    let view = read(&desk, &cast, &format!("dup mar {} +", other.short_name)).await;
    assert_eq!((view.type_id, view.minutes, names(&view).len()), (Some(other.id), other.minutes + 5, 1));
    assert!(view.slots.iter().flatten().all(|slot| slot.minutes == other.minutes + 5));
    let view = read(&desk, &cast, "dup mar dr lef").await;
    assert_eq!((view.practitioner_id, view.search.as_str()), (Some(cast.practitioner), "dup mar"));
    let view = read(&desk, &cast, "lefevre").await;
    assert_eq!(view.practitioner_id, Some(cast.practitioner), "no patient is called so");
    add_patient(&desk, "LEFÈVRE", "Anna", "1984-01-30").await;
    assert_eq!(names(&read(&desk, &cast, "lefevre").await), ["LEFÈVRE Anna"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn phones_birth_dates_and_codes_are_searched_and_said() {
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    let mut booked = book(&desk, &cast, at("2026-11-24T09:30"), false).await.expect("booked");
    // Codes are drawn: one of letters only may be a name as well, and is then not said to be a code.
    let mut next = at("2026-11-24T10:30");
    while !booked.spoken_code.contains(|sign: char| sign.is_ascii_digit()) {
        booked = book(&desk, &cast, next, false).await.expect("booked");
        next = next.plus_minutes(60);
    }
    for (text, kind) in [
        ("06 11 22", "phone"),
        ("+33 6 11 22 33 44", "phone"),
        ("12/05/1979", "born"),
        (booked.spoken_code.as_str(), "code"),
    ] {
        let view = read(&desk, &cast, text).await;
        assert_eq!(names(&view), ["DUPONT Marie"], "{text}");
        assert!(view.sought.iter().any(|one| one.kind == kind), "{text}: {:?}", view.sought);
        assert!(view.understood.is_empty(), "{text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn slots_are_found_again_only_where_the_wish_changed() {
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    let first = read(&desk, &cast, "d").await;
    assert!(first.slots.is_some());
    let next = |text: &str| {
        let mut request = asked(&cast, text);
        if let Some(slots) = &mut request.slots {
            slots.known = first.known.clone();
        }
        request
    };
    assert!(agenda::read_box(&desk, next("du")).await.expect("read").slots.is_none());
    assert!(agenda::read_box(&desk, next("dup +")).await.expect("read").slots.is_some());
    let walk_in = ReadBoxRequest { slots: None, ..asked(&cast, "dup") };
    let view = agenda::read_box(&desk, walk_in).await.expect("read");
    assert_eq!((view.slots.is_none(), view.known.as_str()), (true, ""));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_was_chosen_before_is_there_until_another_name_is_typed() {
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    add_patient(&desk, "BEN ALI", "Samira", "1976-03-08").await;
    let with = |text: &str| ReadBoxRequest { patient_id: Some(cast.patient), ..asked(&cast, text) };
    for (text, name) in [("", "DUPONT Marie"), ("jeudi", "DUPONT Marie"), ("ben", "BEN ALI Samira")] {
        let view = agenda::read_box(&desk, with(text)).await.expect("read");
        assert_eq!(names(&view), [name], "{text}");
    }
    let nobody = ReadBoxRequest { patient_id: Some(PatientId::new(uuid::Uuid::nil())), ..asked(&cast, "") };
    assert!(agenda::read_box(&desk, nobody).await.expect("read").matches.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_booking_by_a_relative_keeps_who_called() {
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    contact::save_contact(&desk, relative(cast.patient, "Anne Dupré", "0612000214")).await.expect("saved");
    let view = read(&desk, &cast, "06 12 00 02 14").await;
    let one = &view.matches[0];
    assert_eq!(one.phone, "06 12 00 02 14", "the number that was asked for, not the patient's own");
    let caller = one.contacts.iter().find(|contact| Some(contact.id) == one.phone_of).expect("whose it is");
    let request = BookAppointmentRequest {
        practitioner_id: cast.practitioner,
        patient_id: Some(one.id),
        type_id: cast.kind,
        starts: at("2026-11-24T09:30"),
        minutes: None,
        origin: "phone".to_owned(),
        overbook: false,
        note: String::new(),
        contact_name: caller.name.clone(),
        contact_phone: caller.phone.clone(),
        never_sync: false,
    };
    let booked = agenda::book_appointment(&desk, request).await.expect("booked");
    let shown = agenda::show_appointment(&desk, AppointmentRequest { id: booked.appointment.id }).await.expect("there");
    assert_eq!((shown.contact_name.as_str(), shown.contact_phone.as_str()), ("Anne Dupré", "06 12 00 02 14"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_in_a_question_is_refused_and_nothing_typed_makes_it_fail() {
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    let limit = ReadBoxRequest { limit: 0, ..asked(&cast, "d") };
    assert_eq!(code(agenda::read_box(&desk, limit).await), "out_of_range");
    let language = ReadBoxRequest { language: "de".to_owned(), ..asked(&cast, "d") };
    assert_eq!(code(agenda::read_box(&desk, language).await), "unknown_word");
    let long = "dup jeu 10h + ".repeat(100);
    for text in ["", " ", "++++++++++++++++++++++++++++++++++++++", "\u{202e}x\0", "12/3 12/3 12/3", "\" OR 1 *", &long]
    {
        read(&desk, &cast, text).await;
    }
    let no_type = ReadBoxRequest { type_id: None, ..asked(&cast, "dup mar") };
    let view = agenda::read_box(&desk, no_type).await.expect("a practice without types still finds its patients");
    assert_eq!((names(&view).len(), view.slots.is_none()), (1, true));
}
