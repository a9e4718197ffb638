//! Patients: search, duplicates, merge, names that must survive.

use semainier_app::commands::history::wire::UndoRequest;
use semainier_app::commands::patient::wire::{
    CreatePatientRequest, FindDuplicatesRequest, MergePatientsRequest, PatientFields, PatientRequest,
    SearchPatientsRequest,
};
use semainier_app::commands::{Desk, agenda, history, patient};

use crate::house::{House, add_patient, at, book, cast, code};

async fn found(desk: &Desk, text: &str) -> Vec<String> {
    let request = SearchPatientsRequest { text: text.to_owned(), limit: 20 };
    let matches = patient::search_patients(desk, request).await.expect("a search").matches;
    matches
        .into_iter()
        .map(|one| if one.surname.is_empty() { one.name_arabic } else { format!("{} {}", one.surname, one.first_name) })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_patient_is_found_by_whatever_is_known() {
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    add_patient(&desk, "BEN ALI", "Samira", "1961-11-03").await;
    let arabic = PatientFields {
        surname_arabic: "بن عبد الله".to_owned(),
        first_name_arabic: "محمد".to_owned(),
        born: "1950-01-31".to_owned(),
        ..Default::default()
    };
    patient::create_patient(&desk, CreatePatientRequest { fields: arabic })
        .await
        .expect("an Arabic name alone is a name");
    let booked = book(&desk, &cast, at("2026-11-24T09:30"), false).await.expect("booked");
    for text in ["dup mar", "mar dup", "DUPONT", "upon", "12/05/1979", "120579", &booked.spoken_code] {
        assert_eq!(found(&desk, text).await, ["DUPONT Marie"], "{text}");
    }
    for text in ["benali", "ben ali", "sam ben"] {
        assert_eq!(found(&desk, text).await, ["BEN ALI Samira"], "{text}");
    }
    for text in ["محمد", "مُحَمَّد", "عبد الله", "بن"] {
        assert_eq!(found(&desk, text).await, ["بن عبد الله محمد"], "{text}");
    }
    assert_eq!(found(&desk, "0611 22").await.len(), 2, "both share a phone");
    assert!(found(&desk, "zzz").await.is_empty());
    assert!(found(&desk, "\" OR 1 *").await.is_empty(), "signs of the index's language are no commands");
}

#[tokio::test(flavor = "multi_thread")]
async fn names_at_the_limits_survive_saving_and_search() {
    let house = House::new().await;
    let desk = house.desk().await;
    let long = "Abcdefghij".repeat(7);
    let names = [
        ("D'Hérouville–Nguyễn", "Anaïs", "herouville"),
        ("O’Brien", "Seán", "brien"),
        ("Œuvrard", "Ælfgifu", "aelf oeuv"),
        ("Aït-Ouahmane", "El Mehdi", "ait ouahmane"),
        ("Żółć", "Łukasz", "lukasz zolc"),
        (long.as_str(), "X", "abcdefghijabc"),
    ];
    for (surname, first_name, text) in names {
        let id = add_patient(&desk, surname, first_name, "1980-02-29").await;
        let shown = patient::show_patient(&desk, PatientRequest { id }).await.expect("there");
        assert_eq!((shown.fields.surname.as_str(), shown.fields.first_name.as_str()), (surname, first_name));
        assert_eq!(found(&desk, text).await, [format!("{surname} {first_name}")], "{text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn checks_warn_and_never_block() {
    let house = House::new().await;
    let desk = house.desk().await;
    let fields = PatientFields {
        surname: "PETIT".to_owned(),
        first_name: "Hugo".to_owned(),
        nir: "184057512345626".to_owned(),
        cin: "123456".to_owned(),
        mobile: "06123456".to_owned(),
        email: "hugo".to_owned(),
        ..Default::default()
    };
    let saved = patient::create_patient(&desk, CreatePatientRequest { fields }).await.expect("saved all the same");
    let mut warned: Vec<&str> = saved.patient.warnings.iter().map(|warning| warning.field.as_str()).collect();
    warned.sort_unstable();
    assert_eq!(warned, ["cin", "email", "mobile", "nir"]);
    assert_eq!(saved.patient.fields.mobile, "06123456", "kept as typed");
    let nobody = PatientFields { born: "1980-01-01".to_owned(), ..Default::default() };
    assert_eq!(code(patient::create_patient(&desk, CreatePatientRequest { fields: nobody }).await), "name_missing");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_merge_is_an_alias_and_can_be_undone() {
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    book(&desk, &cast, at("2026-11-24T09:30"), false).await.expect("booked");
    let twice = PatientFields {
        surname: "Dupont".to_owned(),
        first_name: "Marie".to_owned(),
        born: "1979-05-12".to_owned(),
        ..Default::default()
    };
    let request = FindDuplicatesRequest { fields: twice.clone(), except: None };
    let duplicates = patient::find_duplicates(&desk, request).await.expect("a look").duplicates;
    assert_eq!(duplicates.first().map(|one| one.patient.id), Some(cast.patient));
    let second = patient::create_patient(&desk, CreatePatientRequest { fields: twice }).await.expect("made").patient.id;
    let merge = MergePatientsRequest { into: second, from: cast.patient };
    let merged = patient::merge_patients(&desk, merge.clone()).await.expect("merged");
    assert_eq!(merged.patient.appointments.len(), 1, "the alias's appointments are shown");
    assert_eq!(found(&desk, "dupont").await.len(), 1);
    assert_eq!(code(patient::merge_patients(&desk, merge).await), "same_patient");
    let shown = patient::show_patient(&desk, PatientRequest { id: cast.patient }).await.expect("there");
    assert_eq!(shown.id, second, "an alias shows the one it means");
    let next = book(&desk, &cast, at("2026-11-24T11:00"), false).await.expect("booked");
    assert_eq!(next.appointment.patient_id, Some(second));
    agenda::show_appointment(
        &desk,
        semainier_app::commands::agenda::wire::AppointmentRequest { id: next.appointment.id },
    )
    .await
    .expect("there");
    history::undo(&desk, UndoRequest { sequence: Some(merged.sequence) }).await.expect("undone");
    assert_eq!(found(&desk, "dupont").await.len(), 2);
}
