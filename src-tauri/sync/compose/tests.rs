//! What leaves, and above all what does not.

use domain::agenda::status::Status;
use fhir::booking::AppointmentStatus;
use proptest::prelude::*;

use super::*;

fn instruction(email: bool, birth_date: bool, reason: bool) -> Instruction {
    serde_json::from_value(serde_json::json!({
        "version": 1, "signed_on": "2026-11-01", "from_on": "2026-11-02",
        "controller": { "name": "Cabinet", "address": "Paris", "email": "a@b.example.fr", "dpo": null, "authority": "CNIL",
            "registration": null },
        "practitioners": [Uuid::from_u128(1)],
        "fields": { "email": email, "birth_date": birth_date, "reason": reason },
        "reminders": { "hours_before": [], "survey": false }, "waiting_list": false, "language": "ar",
    }))
    .unwrap()
}

fn facts() -> AppointmentFacts {
    AppointmentFacts {
        id: AppointmentId::new(Uuid::from_u128(7)),
        code: Some(BookingCode::from_number(5)),
        status: Status::Confirmed,
        cancelled_by: None,
        type_id: Some(TypeId::new(Uuid::from_u128(3))),
        type_label: "Consultation".to_owned(),
        practitioner_id: PractitionerId::new(Uuid::from_u128(1)),
        site_id: SiteId::new(Uuid::from_u128(2)),
        start_at: DateTime::from_timestamp(1_795_000_800, 0).unwrap(),
        minutes: 20,
        person: Some(PersonFacts {
            surname: "El Idrissi".to_owned(),
            first_name: "Salma".to_owned(),
            phone: "0612345678".to_owned(),
            email: "salma@exemple.ma".to_owned(),
            born_on: NaiveDate::from_ymd_opt(1984, 2, 29),
            language: None,
            region: Region::MA,
        }),
        contact: None,
        visio: String::new(),
        hidden: false,
    }
}

#[test]
fn only_what_the_instruction_covers_leaves() {
    let told = appointment(&facts(), &instruction(false, false, false)).unwrap();
    let person = told.person.clone().unwrap();
    assert_eq!((person.email, person.born_on, told.kind), (None, None, None));
    assert_eq!((person.language, person.phone.unwrap().as_str()), (Language::Ar, "+212612345678"));
    let all = appointment(&facts(), &instruction(true, true, true)).unwrap();
    assert!(all.kind.is_some() && all.person.as_ref().unwrap().email.is_some() && all.confirmed);
    assert_eq!(
        fields(&all),
        ["name", "phone", "email", "birth_date", "language", "appointment_time", "booking_code", "appointment_type"]
    );
    let foreign = AppointmentFacts { practitioner_id: PractitionerId::new(Uuid::from_u128(9)), ..facts() };
    assert_eq!(appointment(&foreign, &instruction(true, true, true)), Err(NotTold::NotInstructed));
    let hidden = AppointmentFacts { hidden: true, ..facts() };
    assert_eq!(appointment(&hidden, &instruction(true, true, true)), Err(NotTold::Hidden));
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    let from_on = |today| covers(&instruction(true, true, true), facts().practitioner_id, day(today));
    assert!(!from_on("2026-11-01") && from_on("2026-11-02"));
}

#[test]
fn a_value_that_is_not_of_its_form_stays_here_and_a_thing_without_a_name_too() {
    let whole = facts();
    let mut odd = facts();
    odd.type_label = "1850578006084 diabète".to_owned();
    odd.visio = "http://visio.exemple.fr/".to_owned();
    let person = odd.person.as_mut().unwrap();
    (person.phone, person.email) = ("appeler sa fille".to_owned(), "salma".to_owned());
    let told = appointment(&odd, &instruction(true, true, true)).unwrap();
    let person = told.person.unwrap();
    assert_eq!((told.kind, told.visio, person.phone, person.email), (None, None, None, None));
    let nameless = PersonFacts { first_name: " ".to_owned(), ..whole.person.clone().unwrap() };
    let nameless = AppointmentFacts { person: Some(nameless), ..whole };
    assert_eq!(appointment(&nameless, &instruction(true, true, true)), Err(NotTold::Unfit("Patient.name")));
}

#[test]
fn a_request_is_pending_and_who_left_is_cancelled_without_a_reason() {
    let of = |status, cancelled_by| {
        let told = appointment(&AppointmentFacts { status, cancelled_by, ..facts() }, &instruction(true, true, true));
        let told = told.unwrap();
        (told.status, told.cancelled_by)
    };
    assert_eq!(of(Status::Requested, None), (AppointmentStatus::Pending, None));
    assert_eq!(of(Status::Left, None), (AppointmentStatus::Cancelled, None));
    let by = Some(CancelledBy::Patient);
    assert_eq!(of(Status::Cancelled, by), (AppointmentStatus::Cancelled, by));
    assert_eq!(of(Status::Booked, by), (AppointmentStatus::Booked, None));
}

#[test]
fn a_wish_has_no_time_and_is_settled_by_being_cancelled() {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    let wish_facts = WishFacts {
        appointment: facts(),
        wish: Wish {
            from_on: day("2026-12-01"),
            until_on: day("2026-12-31"),
            weekdays: 0b1_1111,
            from_minute: 540,
            to_minute: 1080,
        },
    };
    let open = wish(&wish_facts, false, &instruction(true, true, true)).unwrap();
    assert_eq!((open.status, open.span, open.confirmed), (AppointmentStatus::Waitlist, None, false));
    let settled = wish(&wish_facts, true, &instruction(true, true, true)).unwrap();
    assert_eq!(settled.status, AppointmentStatus::Cancelled);
}

#[test]
fn spans_of_one_name_are_one_and_what_is_gone_is_marked() {
    let of = schedule_id(PractitionerId::new(Uuid::from_u128(1)), SiteId::new(Uuid::from_u128(2)));
    assert_eq!(of, schedule_id(PractitionerId::new(Uuid::from_u128(1)), SiteId::new(Uuid::from_u128(2))));
    let start_at = facts().start_at;
    let (one, two) = (TypeId::new(Uuid::from_u128(1)), TypeId::new(Uuid::from_u128(2)));
    let free = |types: Vec<TypeId>| SlotFacts { start_at, minutes: 20, free: true, types };
    let all = wanted(of, &[free(vec![two]), free(vec![one, two])]);
    assert_eq!(all.values().map(|told| told.types.clone()).collect::<Vec<_>>(), [vec![one, two]]);
    let any = wanted(of, &[free(vec![two]), free(Vec::new())]);
    assert!(any.values().all(|told| told.types.is_empty()));
    let (closes, opens) = slots(of, &[free(vec![one])], &[]).unwrap();
    assert_eq!((closes.len(), opens.len()), (0, 1));
    let Resource::Slot(put) = &opens[0].resource else { panic!("a slot") };
    let meta = fhir::booking::Meta { id: "1".to_owned(), version: 4, updated_at: start_at };
    let there = Slot { meta: Some(meta), ..(**put).clone() };
    let (closes, opens) = slots(of, &[], std::slice::from_ref(&there)).unwrap();
    assert_eq!((closes.len(), opens.len(), closes[0].expect), (1, 0, Expect::Version(4)));
    let Resource::Slot(marked) = &closes[0].resource else { panic!("a slot") };
    assert_eq!(marked.status, SlotStatus::EnteredInError);
    let (closes, opens) = slots(of, &[free(vec![one])], &[there]).unwrap();
    assert!(closes.is_empty() && opens.is_empty());
}

proptest! {
    /// Whatever stands in the fields of the agenda, what leaves can be read by the strict types, and holds no digits of an identity
    /// number, no markup and no text longer than its field.
    #[test]
    fn whatever_is_typed_what_leaves_is_of_its_form(
        surname in any::<String>(), first_name in "\\PC{0,120}", phone in any::<String>(), email in any::<String>(),
        label in any::<String>(), visio in any::<String>(), minutes in -10i64..3_000,
    ) {
        let mut odd = facts();
        (odd.type_label, odd.visio, odd.minutes) = (label, visio, minutes);
        let person = odd.person.as_mut().unwrap();
        (person.surname, person.first_name, person.phone, person.email) = (surname, first_name, phone, email);
        odd.contact = Some(ContactFacts { name: "x".to_owned(), phone: "y".to_owned(), consent: None, region: Region::FR });
        if let Ok(told) = appointment(&odd, &instruction(true, true, true)) {
            let text = Resource::Appointment(Box::new(told.clone())).text();
            let read: Appointment = serde_json::from_str(&text).unwrap();
            prop_assert_eq!(read, told);
        }
    }
}
