//! Any dossier makes a bundle that FHIR takes, and none for the person speaks of anybody else.

use fhir::export::check::faults;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;

use super::*;
use crate::privacy::dossier::{
    Agreement, Allergy, Antecedent, Appointment, Condition, Consent, Consultation, Contact, Content, Document, Family,
    Identity, Measure, Practice, Practitioner, Record, Report, ReportLine, Site, Treatment, Vaccination,
};
use crate::privacy::person::for_the_person;

const USER: &str = "019ac000-0000-7000-8000-00000000000a";

fn said() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just("  ".to_owned()),
        Just("=cmd".to_owned()),
        Just("دوبون\u{0}\u{7}".to_owned()),
        "[a-zé0-9 ,.<>/-]{1,12}",
        any::<String>().prop_map(|text| text.chars().take(20).collect()),
    ]
}

fn day() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just("2024-02-29".to_owned()),
        Just("2026-02-30".to_owned()),
        (1990_i32..2040, 1_u32..13, 1_u32..29).prop_map(|(year, month, day)| format!("{year}-{month:02}-{day:02}")),
    ]
}

fn content() -> impl Strategy<Value = Content> {
    let line = (said(), said(), said(), said(), said(), prop_oneof![Just("remark"), Just("number"), Just("text")]);
    let line = line.prop_map(|(label, value, unit, low, text, kind)| ReportLine {
        kind: kind.to_owned(),
        label,
        value,
        unit,
        high: low.clone(),
        low,
        text,
        standing: "high".to_owned(),
        ..ReportLine::default()
    });
    prop_oneof![
        (said(), said(), said()).prop_map(|(reason, history, plan)| Content::Consultation(Consultation {
            reason,
            history,
            plan,
            ..Consultation::default()
        })),
        (said(), said()).prop_map(|(label, note)| Content::Antecedent(Antecedent { label, note })),
        (said(), said(), prop_oneof![Just("mild"), Just("severe"), Just("unknown"), Just("")]).prop_map(
            |(agent, reaction, severity)| Content::Allergy(Allergy {
                agent,
                agent_kind: "substance".to_owned(),
                reaction,
                severity: severity.to_owned(),
            })
        ),
        (said(), any::<bool>(), day(), day()).prop_map(|(label, ald, since, until)| Content::Condition(Condition {
            label,
            ald,
            since,
            until
        })),
        (said(), said(), said(), day(), day()).prop_map(|(label, cis, posology, since, until)| Content::Treatment(
            Treatment { label, cis, posology, since, until }
        )),
        (said(), said(), said(), said()).prop_map(|(vaccine, batch, dose, site)| Content::Vaccination(Vaccination {
            vaccine,
            batch,
            dose,
            site
        })),
        (
            prop_oneof![Just("weight".to_owned()), Just("blood_pressure".to_owned()), Just("gfr".to_owned()), said()],
            prop_oneof![Just("71.5".to_owned()), Just("NaN".to_owned()), Just("1e400".to_owned()), said()],
            prop_oneof![Just("80".to_owned()), said()],
            prop_oneof![Just("kg".to_owned()), said()],
        )
            .prop_map(|(what, value, second, unit)| Content::Measure(Measure {
                what,
                value,
                second,
                unit,
                confirmed: false
            })),
        said().prop_map(|text| Content::Alert(crate::privacy::dossier::Alert { text })),
        (said(), said()).prop_map(|(relative, label)| Content::Family(Family { relative, label })),
        (said(), said(), said(), prop::collection::vec(line, 0..4)).prop_map(|(laboratory, number, text, lines)| {
            Content::Report(Report { laboratory, number, text, lines, ..Report::default() })
        }),
        (said(), said(), day()).prop_map(|(title, category, dated)| Content::Document(Document {
            title,
            category,
            dated,
            media: "image/png".to_owned(),
            ..Document::default()
        })),
    ]
}

fn entry(number: usize, content: Content, on: String, struck: Option<String>, author: String) -> Entry {
    Entry {
        id: format!("019ac000-0000-7000-8000-{number:012}"),
        patient_id: String::new(),
        version: 1 + (number % 2) as i64,
        on,
        content,
        struck,
        written_at: if number.is_multiple_of(5) {
            "nonsense".to_owned()
        } else {
            "2026-11-20T09:00:00.000Z".to_owned()
        },
        written_by: if number.is_multiple_of(3) { USER.to_owned() } else { "another".to_owned() },
        author,
    }
}

fn appointment(number: usize, status: &str, starts: Option<&str>, note: String) -> Appointment {
    Appointment {
        id: format!("019ac000-0000-7000-8001-{number:012}"),
        code: "AB12-CD".to_owned(),
        practitioner_id: "019ac000-0000-7000-8000-0000000000b1".to_owned(),
        practitioner: "Dr Lefèvre".to_owned(),
        site_id: String::new(),
        site: "Cabinet".to_owned(),
        zone: "Europe/Paris".to_owned(),
        type_id: String::new(),
        type_name: "Consultation".to_owned(),
        // The hour that Paris skips, and the day on which it does.
        day: "2026-03-29".to_owned(),
        starts: starts.map(str::to_owned),
        queue_rank: None,
        minutes: 20,
        status: status.to_owned(),
        origin: "walk_in".to_owned(),
        urgency: "normal".to_owned(),
        overbooked: false,
        cancel_reason: note.clone(),
        note,
        contact_name: "Quelqu’un".to_owned(),
        contact_phone: "+33600000000".to_owned(),
        visio_link: String::new(),
        billing_hint: String::new(),
        cancelled_by: None,
        cancelled_late: false,
        arrived: None,
        seated: None,
        dismissed: None,
        external_uid: None,
        revision: 1,
    }
}

fn dossier() -> impl Strategy<Value = Dossier> {
    let entries = prop::collection::vec((content(), day(), prop::option::of(said()), said()), 0..8);
    (entries, said(), said(), day(), said(), prop_oneof![Just("qualified"), Just("none")]).prop_map(
        |(entries, surname, first_name, born, phone, ins)| Dossier {
            format: 1,
            gathered_at: "2026-11-26T06:30:00.000Z".to_owned(),
            practice: Practice {
                id: "019ac000-0000-7000-8000-0000000000a1".to_owned(),
                name: "Cabinet du Parc".to_owned(),
                country: "FR".to_owned(),
                sites: vec![Site { zone: "Europe/Paris".to_owned(), ..Site::default() }],
                practitioners: vec![Practitioner {
                    id: "019ac000-0000-7000-8000-0000000000b1".to_owned(),
                    name: "Dr Lefèvre".to_owned(),
                    rpps: "10001234567".to_owned(),
                    users: vec![USER.to_owned()],
                    ..Practitioner::default()
                }],
                ..Practice::default()
            },
            patient: Identity {
                number: 7,
                id: "019ac000-0000-7000-8000-0000000000c1".to_owned(),
                surname,
                first_name,
                born: Some(born),
                nir: phone.clone(),
                ins_status: ins.to_owned(),
                mobile: phone,
                ..Identity::default()
            },
            merged: Vec::new(),
            contacts: vec![Contact {
                id: String::new(),
                name: "Jeanne".to_owned(),
                relation: "mother".to_owned(),
                phone: "+33698765432".to_owned(),
                guardian: true,
                linked_patient_id: Some("019ac000-0000-7000-8000-0000000000d1".to_owned()),
                told_appointments: true,
                told_messages: false,
                told_results: false,
                removed: false,
            }],
            consents: vec![Consent {
                id: "019ac000-0000-7000-8000-0000000000e1".to_owned(),
                contact_person_id: String::new(),
                given_by: "Jeanne".to_owned(),
                relation: "mother".to_owned(),
                given_on: "2026-11-01".to_owned(),
                way: "written".to_owned(),
                noted_at: "2026-11-01T08:00:00.000Z".to_owned(),
                noted_by: "Samia".to_owned(),
                withdrawn_on: Some("2026-11-20".to_owned()),
                removed: false,
            }],
            agreements: vec![Agreement {
                id: "019ac000-0000-7000-8000-0000000000f1".to_owned(),
                purpose_fr: "Rappels".to_owned(),
                purpose_ar: String::new(),
                purpose_en: String::new(),
                text_version: 1,
                language: "ar".to_owned(),
                text: "أوافق".to_owned(),
                given_by: String::new(),
                relation: String::new(),
                given_on: "2026-11-02".to_owned(),
                way: "written".to_owned(),
                noted_at: "nonsense".to_owned(),
                noted_by: "Samia".to_owned(),
                withdrawn_on: None,
                withdrawn_way: String::new(),
            }],
            requests: Vec::new(),
            restrictions: Vec::new(),
            directives: Vec::new(),
            appointments: domain::agenda::status::Status::ALL
                .iter()
                .enumerate()
                .flat_map(|(number, status)| {
                    let starts = [Some("2026-03-29T02:30"), None, Some("nonsense")];
                    starts.map(|starts| (number, status, starts))
                })
                .enumerate()
                .map(|(place, (_, status, starts))| appointment(place, status.as_str(), starts, "note".to_owned()))
                .collect(),
            series: Vec::new(),
            waiting: Vec::new(),
            calls: Vec::new(),
            record: Some(Record {
                entries: entries
                    .into_iter()
                    .enumerate()
                    .map(|(number, (content, on, struck, author))| entry(number, content, on, struck, author))
                    .collect(),
                ..Record::default()
            }),
            disclosures: Vec::new(),
            openings: Vec::new(),
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    #[test]
    fn no_dossier_makes_a_bundle_that_lacks_what_fhir_requires(dossier in dossier()) {
        let bundle = bundle(&dossier, &BTreeMap::new());
        prop_assert_eq!(faults(&bundle), vec![]);
        let appointments = bundle.entry.iter().filter(|one| one.resource.kind() == "Appointment").count();
        prop_assert_eq!(appointments, dossier.appointments.len());
        // The same dossier gives the same bundle, and the bundle comes back from its text.
        let text = serde_json::to_string(&bundle).expect("JSON");
        prop_assert_eq!(serde_json::to_string(&super::bundle(&dossier, &BTreeMap::new())).expect("JSON"), text.clone());
        prop_assert_eq!(serde_json::from_str::<Bundle>(&text).expect("a bundle"), bundle);
    }

    #[test]
    fn what_concerns_others_is_in_no_bundle_for_the_person(dossier in dossier()) {
        let person = for_the_person(dossier);
        let text = serde_json::to_string(&bundle(&person, &BTreeMap::new())).expect("JSON");
        for other in ["33698765432", "33600000000", "0000000000d1", "Quelqu’un"] {
            prop_assert!(!text.contains(other), "{}", other);
        }
        prop_assert!(!serde_json::to_string(&person).expect("JSON").contains("0000000000d1"));
    }
}

#[test]
fn only_a_qualified_identity_bears_the_national_system() {
    let system = |ins: &str| {
        let mut runner = proptest::test_runner::TestRunner::deterministic();
        let mut one = dossier().new_tree(&mut runner).expect("a dossier").current();
        one.patient.nir = "1 79 05 69 123 456 78".to_owned();
        one.patient.ins_status = ins.to_owned();
        serde_json::to_string(&bundle(&one, &BTreeMap::new())).expect("JSON").contains(fhir::export::codes::INS_NIR)
    };
    assert!(system("qualified"));
    for other in ["none", "provisional", "retrieved", "validated"] {
        assert!(!system(other), "{other}");
    }
}
