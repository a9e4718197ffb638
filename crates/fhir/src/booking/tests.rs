//! Round trips of anything that fits, and refusals of everything that does not.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::{
    agenda::{BookingCode, CancelledBy},
    country::Country,
    id::{AppointmentId, PractitionerId, SiteId, TypeId},
};
use proptest::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

use super::*;

fn at(minutes: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_790_000_040, 0).unwrap() + TimeDelta::minutes(minutes)
}

fn uuid() -> impl Strategy<Value = Uuid> {
    any::<u128>().prop_map(Uuid::from_u128)
}

fn name() -> impl Strategy<Value = Name> {
    "[A-Za-zÀ-ÿء-ي][A-Za-zÀ-ÿء-ي'’ -]{0,30}[a-z]".prop_map(|n| n.parse().unwrap())
}

fn label() -> impl Strategy<Value = Label> {
    "[A-Z][a-zé ]{0,30}[a-z0-9]".prop_map(|l| l.parse().unwrap())
}

fn day() -> impl Strategy<Value = NaiveDate> {
    (0i64..40_000).prop_map(|d| NaiveDate::from_ymd_opt(1930, 1, 1).unwrap() + TimeDelta::days(d))
}

fn span() -> impl Strategy<Value = Span> {
    (0i64..1_000_000, 1..=MAX_MINUTES).prop_map(|(start, minutes)| Span { start_at: at(start), minutes })
}

fn meta() -> impl Strategy<Value = Option<Meta>> {
    prop::option::of(("[A-Za-z0-9.-]{1,64}", 1i64..1000, 0i64..1000).prop_map(|(id, version, m)| Meta {
        id,
        version,
        updated_at: at(m),
    }))
}

fn kind() -> impl Strategy<Value = AppointmentType> {
    (uuid(), label()).prop_map(|(id, label)| AppointmentType { id: TypeId::new(id), label })
}

fn language() -> impl Strategy<Value = Language> {
    prop::sample::select(Language::ALL)
}

fn phone() -> impl Strategy<Value = Phone> {
    r"\+[1-9][0-9]{7,13}".prop_map(|p| p.parse().unwrap())
}

fn person() -> impl Strategy<Value = Person> {
    let email = prop::option::of("[a-z]{1,10}@[a-z]{1,10}\\.fr".prop_map(|e| e.parse().unwrap()));
    (name(), name(), prop::option::of(phone()), email, prop::option::of(day()), language()).prop_map(
        |(surname, first_name, phone, email, born_on, language)| Person {
            surname,
            first_name,
            phone,
            email,
            born_on,
            language,
        },
    )
}

fn wish() -> impl Strategy<Value = Wish> {
    (day(), 0i64..90, 1u8..0x80, 0u16..1439, 1u16..1440).prop_map(|(from_on, days, weekdays, from, length)| Wish {
        from_on,
        until_on: from_on + TimeDelta::days(days),
        weekdays,
        from_minute: from,
        to_minute: (from + length).min(1440),
    })
}

prop_compose! {
    fn appointment()(
        meta in meta(), id in uuid(), code in prop::option::of(0u32..1 << 30), kind in prop::option::of(kind()),
        status in prop::sample::select(AppointmentStatus::ALL), practitioner in uuid(), site in uuid(), span in span(),
        person in prop::option::of(person()), contact in prop::option::of((name(), phone(), any::<Option<bool>>())),
        confirmed in any::<bool>(), timed in any::<bool>(), visio in any::<bool>(), wish in wish(),
        by in prop::sample::select(vec![None, Some(CancelledBy::Patient), Some(CancelledBy::Practice)]),
    ) -> Appointment {
        let waits = status == AppointmentStatus::Waitlist;
        let ended = matches!(status, AppointmentStatus::Cancelled | AppointmentStatus::Noshow);
        Appointment {
            meta,
            id: AppointmentId::new(id),
            code: code.map(BookingCode::from_number),
            status,
            confirmed: confirmed && person.is_some(),
            cancelled_by: by.filter(|_| ended),
            kind,
            practitioner: PractitionerId::new(practitioner),
            site: SiteId::new(site),
            span: Some(span).filter(|_| timed || status.needs_time()),
            contact: contact.filter(|_| person.is_some()).map(|(name, phone, consent)| Contact { name, phone, consent }),
            person,
            visio: visio.then(|| "https://visio.exemple.fr/r?k=1".parse().unwrap()),
            wish: Some(wish).filter(|_| waits),
        }
    }
}

prop_compose! {
    fn schedule()(
        meta in meta(), ids in (uuid(), uuid(), uuid()), active in any::<bool>(), name in name(),
        speciality in prop::option::of(label()), place in label(), town in label(), street in prop::option::of("[1-9][0-9]{0,3} rue [A-Z][a-z]{1,20}"),
        post_code in prop::option::of("[0-9]{5}"),
        zone in prop::sample::select(vec![(Country::FR, "Europe/Paris"), (Country::MA, "Africa/Casablanca"), (Country::FR, "Indian/Reunion")]),
        types in prop::collection::vec((kind(), 1..=MAX_MINUTES, any::<bool>()), 0..5),
        horizon in prop::option::of((day(), 0i64..90)),
    ) -> Schedule {
        Schedule {
            meta,
            id: ScheduleId(ids.0),
            active,
            practitioner: Practitioner { id: PractitionerId::new(ids.1), name, speciality },
            site: Site {
                id: SiteId::new(ids.2), name: place, street, post_code, town, country: zone.0, zone: zone.1.parse().unwrap(),
            },
            types: types.into_iter().map(|(kind, minutes, needs_approval)| OfferedType { kind, minutes, needs_approval }).collect(),
            horizon: horizon.map(|(from_on, days)| Horizon { from_on, until_on: from_on + TimeDelta::days(days) }),
        }
    }
}

prop_compose! {
    fn slot()(
        meta in meta(), id in uuid(), schedule in uuid(), span in span(), types in prop::collection::vec(uuid(), 0..4),
        status in prop::sample::select(vec![SlotStatus::Free, SlotStatus::Busy, SlotStatus::BusyUnavailable]),
    ) -> Slot {
        Slot {
            meta, id: SlotId(id), schedule: ScheduleId(schedule), status, span,
            types: types.into_iter().map(TypeId::new).collect(),
        }
    }
}

proptest! {
    #[test]
    fn an_appointment_comes_back_whole(appointment in appointment()) {
        let text = serde_json::to_string(&appointment).unwrap();
        prop_assert_eq!(serde_json::from_str::<Appointment>(&text).unwrap(), appointment);
    }

    #[test]
    fn a_schedule_comes_back_whole(schedule in schedule()) {
        let text = serde_json::to_string(&schedule).unwrap();
        prop_assert_eq!(serde_json::from_str::<Schedule>(&text).unwrap(), schedule);
    }

    #[test]
    fn a_slot_comes_back_whole_and_bears_nobody(slot in slot()) {
        let text = serde_json::to_string(&slot).unwrap();
        prop_assert!(!text.contains("Patient"));
        prop_assert_eq!(serde_json::from_str::<Slot>(&text).unwrap(), slot);
    }

    #[test]
    fn a_bundle_comes_back_whole(appointments in prop::collection::vec(appointment(), 0..4), slots in prop::collection::vec(slot(), 0..4)) {
        let mut bundle = Bundle::new(BundleKind::Searchset);
        bundle.link.push(Link { relation: "monitor".into(), url: "Appointment?_cursor=3".into() });
        let resources = appointments.into_iter().map(|a| Resource::Appointment(Box::new(a)))
            .chain(slots.into_iter().map(|s| Resource::Slot(Box::new(s))));
        bundle.entry = resources.map(|r| BundleEntry { resource: Some(r), ..BundleEntry::default() }).collect();
        let text = serde_json::to_string(&bundle).unwrap();
        prop_assert_eq!(serde_json::from_str::<Bundle>(&text).unwrap(), bundle);
    }

    /// Whatever is put into whatever object of an appointment: it is refused, or it is not there any more.
    #[test]
    fn a_canary_anywhere_is_refused(appointment in appointment(), place in any::<prop::sample::Index>(), key in "[a-z]{1,12}") {
        let canary = "CANARY-7f3a";
        let mut value = serde_json::to_value(&appointment).unwrap();
        let mut objects = Vec::new();
        pointers(&value, String::new(), &mut objects);
        let pointer = place.get(&objects).clone();
        let object = value.pointer_mut(&pointer).unwrap().as_object_mut().unwrap();
        prop_assume!(!object.contains_key(&key));
        object.insert(key, json!(canary));
        match serde_json::from_value::<Appointment>(value) {
            Ok(read) => prop_assert!(!serde_json::to_string(&read).unwrap().contains(canary)),
            Err(error) => prop_assert!(!error.to_string().contains(canary)),
        }
    }
}

/// The pointers of every object in a value.
fn pointers(value: &Value, at: String, into: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            for (key, inner) in map {
                pointers(inner, format!("{at}/{}", key.replace('/', "~1")), into);
            }
            into.push(at);
        }
        Value::Array(all) => {
            for (n, inner) in all.iter().enumerate() {
                pointers(inner, format!("{at}/{n}"), into);
            }
        }
        _ => {}
    }
}

pub(super) fn whole() -> Appointment {
    Appointment {
        meta: None,
        id: AppointmentId::new(Uuid::from_u128(1)),
        code: Some(BookingCode::from_number(7)),
        status: AppointmentStatus::Booked,
        confirmed: false,
        cancelled_by: None,
        kind: Some(AppointmentType { id: TypeId::new(Uuid::from_u128(2)), label: "Consultation".parse().unwrap() }),
        practitioner: PractitionerId::new(Uuid::from_u128(3)),
        site: SiteId::new(Uuid::from_u128(4)),
        span: Some(Span { start_at: at(0), minutes: 15 }),
        person: Some(Person {
            surname: "Martin".parse().unwrap(),
            first_name: "Léa".parse().unwrap(),
            phone: Some("+33612345678".parse().unwrap()),
            email: Some("lea@exemple.fr".parse().unwrap()),
            born_on: NaiveDate::from_ymd_opt(2015, 3, 1),
            language: Language::Fr,
        }),
        contact: Some(Contact {
            name: "Anne Martin".parse().unwrap(),
            phone: "+33612345678".parse().unwrap(),
            consent: Some(true),
        }),
        visio: None,
        wish: None,
    }
}

#[test]
fn the_form_of_an_appointment_is_that_of_the_profiles() {
    let value = serde_json::to_value(whole()).unwrap();
    assert_eq!(
        value,
        json!({
            "resourceType": "Appointment",
            "meta": { "profile": ["https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-appointment"] },
            "contained": [
                {
                    "resourceType": "Patient", "id": "patient",
                    "name": [{ "family": "Martin", "given": ["Léa"] }],
                    "telecom": [
                        { "system": "phone", "value": "+33612345678", "use": "mobile" },
                        { "system": "email", "value": "lea@exemple.fr" }
                    ],
                    "birthDate": "2015-03-01",
                    "communication": [{ "language": { "coding": [{ "system": "urn:ietf:bcp:47", "code": "fr" }] } }]
                },
                {
                    "resourceType": "RelatedPerson", "id": "contact",
                    "extension": [{ "url": "https://semainier.invalid/fhir/guardian-consent", "valueBoolean": true }],
                    "patient": { "reference": "#patient" },
                    "name": [{ "text": "Anne Martin" }],
                    "telecom": [{ "system": "phone", "value": "+33612345678", "use": "mobile" }]
                }
            ],
            "identifier": [
                { "system": "urn:ietf:rfc:3986", "value": "urn:uuid:00000000-0000-0000-0000-000000000001" },
                { "system": "https://semainier.invalid/fhir/booking-code", "value": BookingCode::from_number(7).to_string() }
            ],
            "status": "booked",
            "serviceType": [{
                "coding": [{ "system": "https://semainier.invalid/fhir/appointment-type", "code": "00000000-0000-0000-0000-000000000002" }],
                "text": "Consultation"
            }],
            "start": "2026-09-21T14:14:00Z",
            "end": "2026-09-21T14:29:00Z",
            "participant": [
                {
                    "type": [{ "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "code": "PPRF" }] }],
                    "actor": { "identifier": { "system": "urn:ietf:rfc:3986", "value": "urn:uuid:00000000-0000-0000-0000-000000000003" } },
                    "status": "accepted"
                },
                {
                    "type": [{ "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "code": "LOC" }] }],
                    "actor": { "identifier": { "system": "urn:ietf:rfc:3986", "value": "urn:uuid:00000000-0000-0000-0000-000000000004" } },
                    "status": "accepted"
                },
                { "actor": { "reference": "#patient" }, "status": "needs-action" },
                { "actor": { "reference": "#contact" }, "status": "accepted" }
            ]
        })
    );
}

#[test]
fn no_forbidden_field_is_taken() {
    let forbidden: &[(&str, &str, Value)] = &[
        // Free-text notes, in each of the places where FHIR has one.
        ("", "comment", json!("x")),
        ("", "description", json!("x")),
        ("", "patientInstruction", json!("x")),
        ("", "text", json!({ "status": "generated", "div": "<div>x</div>" })),
        ("", "note", json!("x")),
        // Clinical data.
        ("", "reasonCode", json!([{ "text": "x" }])),
        ("", "reasonReference", json!([{ "reference": "Condition/1" }])),
        ("", "supportingInformation", json!([{ "reference": "Observation/1" }])),
        ("", "basedOn", json!([{ "reference": "ServiceRequest/1" }])),
        ("", "specialty", json!([{ "text": "x" }])),
        ("", "priority", json!(1)),
        // NIR, INS, CIN.
        (
            "/contained/0",
            "identifier",
            json!([{ "system": "urn:oid:1.2.250.1.213.1.4.8", "value": "185057800608436" }]),
        ),
        ("/contained/1", "identifier", json!([{ "value": "AB123456" }])),
        // Address, treating doctor, sex, death, photographs, contacts.
        ("/contained/0", "address", json!([{ "text": "x" }])),
        ("/contained/1", "address", json!([{ "text": "x" }])),
        ("/contained/0", "generalPractitioner", json!([{ "reference": "Practitioner/1" }])),
        ("/contained/0", "gender", json!("female")),
        ("/contained/0", "deceasedBoolean", json!(true)),
        ("/contained/0", "maritalStatus", json!({ "text": "x" })),
        ("/contained/0", "photo", json!([{ "data": "AAAA" }])),
        ("/contained/0", "contact", json!([{ "name": { "text": "x" } }])),
        ("/contained/0", "extension", json!([{ "url": "http://hl7.org/fhir/StructureDefinition/patient-birthPlace" }])),
        ("/contained/0/name/0", "text", json!("x")),
        ("/contained/0/name/0", "prefix", json!(["Dr"])),
        ("/contained/0/telecom/0", "rank", json!(1)),
        ("/contained/1", "birthDate", json!("1980-01-01")),
        ("/contained/1", "relationship", json!([{ "text": "x" }])),
        ("/participant/0/actor", "display", json!("x")),
        ("/participant/2/actor", "display", json!("x")),
        ("/participant/2", "period", json!({})),
        ("/serviceType/0/coding/0", "display", json!("x")),
        ("", "_comment", json!({ "extension": [] })),
        ("", "minutesDuration", json!(15)),
        ("", "created", json!("2026-01-01")),
        ("", "slot", json!([{ "reference": "Slot/1" }])),
        ("", "implicitRules", json!("x")),
    ];
    for (place, key, value) in forbidden {
        let mut appointment = serde_json::to_value(whole()).unwrap();
        let object = appointment.pointer_mut(place).unwrap().as_object_mut().unwrap();
        object.insert((*key).to_owned(), value.clone());
        assert!(serde_json::from_value::<Appointment>(appointment).is_err(), "{place}/{key}");
    }
}

#[test]
fn what_is_of_the_form_and_says_more_is_refused_too() {
    let refused = |change: &dyn Fn(&mut Value)| {
        let mut value = serde_json::to_value(whole()).unwrap();
        change(&mut value);
        serde_json::from_value::<Appointment>(value).is_err()
    };
    let push = |list: &'static str, more: Value| {
        move |v: &mut Value| {
            if v.pointer(list).is_none() {
                v[&list[1..]] = json!([]);
            }
            v.pointer_mut(list).unwrap().as_array_mut().unwrap().push(more.clone());
        }
    };
    let set = |place: &'static str, to: Value| move |v: &mut Value| *v.pointer_mut(place).unwrap() = to.clone();
    // A third identifier, a number in a name, a reason as the type's text, another person, a foreign extension.
    assert!(refused(&push("/identifier", json!({ "system": "urn:x", "value": "185057800608436" }))));
    assert!(refused(&set("/contained/0/name/0/family", json!("185057800608436"))));
    assert!(refused(&set("/serviceType/0/text", json!("Suivi 185057800608436"))));
    assert!(refused(&set("/serviceType/0/text", json!("x".repeat(81)))));
    assert!(refused(&push("/contained/0/name", json!({ "family": "Autre", "given": ["X"] }))));
    assert!(refused(&push("/contained/0/name/0/given", json!("note de trop"))));
    assert!(refused(&push("/contained/0/telecom", json!({ "system": "phone", "value": "+33611111111" }))));
    assert!(refused(&push("/contained/0/telecom", json!({ "system": "other", "value": "note" }))));
    assert!(refused(&push("/contained", json!({ "resourceType": "Observation", "id": "o" }))));
    assert!(refused(&push("/extension", json!({ "url": "https://exemple.fr/note", "valueCode": "note" }))));
    assert!(refused(&push("/contained/1/extension", json!({ "url": "https://exemple.fr/note", "valueUrl": "note" }))));
    assert!(refused(&push("/serviceType", json!({ "text": "note" }))));
    assert!(refused(&push("/participant", json!({ "actor": { "reference": "#patient" }, "status": "accepted" }))));
    assert!(refused(&push("/requestedPeriod", json!({ "start": "2026-01-01", "end": "2026-01-02" }))));
    assert!(refused(&set("/contained/0/id", json!("note"))));
    assert!(refused(&set("/contained/1/patient/reference", json!("Patient/7"))));
    assert!(refused(&set("/identifier/1/system", json!("urn:oid:1.2.250.1.213.1.4.8"))));
    assert!(refused(&set("/end", json!("2026-09-21T14:14:00Z"))));
    assert!(refused(&set("/start", json!("2026-09-21T14:14:07Z"))));
    assert!(refused(&set("/status", json!("no_show"))));
    assert!(
        refused(&push("/cancelationReason", Value::Null))
            || refused(&|v| v["cancelationReason"] = json!({ "text": "note" }))
    );
    assert!(!refused(&|_| {}), "unchanged, it is taken");
    assert!(!refused(&|v| v["meta"] = json!({})), "what a client says in meta does not count");
}

#[test]
fn schedules_and_slots_take_no_more_either() {
    let slot = json!({
        "resourceType": "Slot",
        "identifier": [{ "system": "urn:ietf:rfc:3986", "value": "urn:uuid:00000000-0000-0000-0000-000000000001" }],
        "schedule": { "identifier": { "system": "urn:ietf:rfc:3986", "value": "urn:uuid:00000000-0000-0000-0000-000000000002" } },
        "status": "busy", "start": "2026-09-21T14:14:00+00:00", "end": "2026-09-21T15:14:00Z"
    });
    assert!(serde_json::from_value::<Slot>(slot.clone()).is_ok());
    for (key, value) in
        [("comment", json!("x")), ("overbooked", json!(true)), ("text", json!({})), ("contained", json!([]))]
    {
        let mut more = slot.clone();
        more[key] = value;
        assert!(serde_json::from_value::<Slot>(more).is_err(), "{key}");
    }
}

#[test]
fn a_bundle_has_its_limit_and_takes_nothing_else() {
    let entries = |n: usize| json!({ "resourceType": "Bundle", "type": "batch", "entry": vec![json!({}); n] });
    assert!(serde_json::from_value::<Bundle>(entries(MAX_ENTRIES)).is_ok());
    assert!(serde_json::from_value::<Bundle>(entries(MAX_ENTRIES + 1)).is_err());
    let foreign = json!({ "resourceType": "Bundle", "type": "batch", "entry": [{ "resource": { "resourceType": "Observation" } }] });
    assert!(serde_json::from_value::<Bundle>(foreign).is_err());
}

#[test]
fn an_outcome_says_a_word_and_where_and_nothing_more() {
    let outcome = OperationOutcome::refusal(IssueCode::Conflict, "slot_taken", Some("Appointment.start"));
    let value = serde_json::to_value(&outcome).unwrap();
    assert_eq!(value["issue"][0]["details"]["coding"][0]["code"], "slot_taken");
    assert_eq!(value["issue"][0]["expression"], json!(["Appointment.start"]));
    assert_eq!(serde_json::from_value::<OperationOutcome>(value).unwrap().word(), Some("slot_taken"));
}

#[test]
fn the_capability_statement_names_the_profiles_and_conditional_update() {
    let statement =
        capability_statement("https://rdv.exemple.fr/fhir", "1", NaiveDate::from_ymd_opt(2026, 1, 1).unwrap());
    let resources = statement["rest"][0]["resource"].as_array().unwrap();
    assert_eq!(resources.len(), 3);
    for resource in resources {
        assert_eq!(resource["conditionalUpdate"], true);
        assert!(resource["supportedProfile"][0].as_str().unwrap().starts_with("https://hl7.fr/ig/fhir/core/"));
    }
}

#[test]
fn what_another_server_adds_by_itself_is_left_out_and_nothing_else() {
    let mut value = serde_json::to_value(whole()).unwrap();
    value["id"] = json!("1207");
    value["meta"] = json!({ "versionId": "3", "lastUpdated": "2026-09-21T14:14:00.123Z", "source": "#x1", "tag": [{ "code": "x" }] });
    value["text"] = json!({ "status": "generated", "div": "<div>Martin</div>" });
    assert!(serde_json::from_value::<Appointment>(value.clone()).is_err());
    let read = Appointment::read_foreign(&value.to_string()).unwrap();
    assert_eq!(read.meta.as_ref().map(|m| (m.id.as_str(), m.version)), Some(("1207", 3)));
    assert_eq!(Appointment { meta: None, ..read }, whole());
    value["comment"] = json!("note");
    assert!(Appointment::read_foreign(&value.to_string()).is_err());
}
