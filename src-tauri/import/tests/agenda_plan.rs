//! What becomes of events: patients, overlaps, absences, a second import.

use super::super::{
    agenda::{
        EventStatus,
        plan::{AgendaPlan, Busy, EventOutcome, KnownEvent, Planned, Who, plan},
    },
    codes::{Notice, Warning},
    draft::PatientDraft,
    people::KnownPatient,
};
use super::{
    agenda::{event, planned, read_in, visit_event, wall},
    go,
};

fn patient(id: u32, surname: &str, first_name: &str, born: Option<&str>, mobile: &str) -> KnownPatient<u32> {
    let fields = PatientDraft {
        surname: surname.into(),
        first_name: first_name.into(),
        born: born.map(|b| b.parse().unwrap()),
        mobile: mobile.into(),
        ..PatientDraft::default()
    };
    KnownPatient { id, fields, also_known_as: Vec::new() }
}

fn who_of(plan: &AgendaPlan<u32>, row: usize) -> Who<u32> {
    match &plan.rows[row].outcome {
        EventOutcome::Created(Planned::Visits { who, .. }) => *who,
        _ => panic!("row {row} is no new visit"),
    }
}

#[test]
fn words_alone_are_either_a_patient_or_an_absence_by_who_is_known() {
    let events = visit_event("1", "20261124T090000", "Jean Dupont", "")
        + &visit_event("2", "20261124T100000", "Réseau Santé", "");
    let plan = planned(&events, &[patient(7, "DUPONT", "Jean", None, "")], &[]);
    assert!(matches!(who_of(&plan, 0), Who::Doubtful { candidate: 7, .. }));
    assert!(
        matches!(&plan.rows[1].outcome, EventOutcome::Created(Planned::Absences { label, .. }) if label == "Réseau Santé")
    );
    assert!(plan.rows[1].warnings.contains(&Warning::row(Notice::KindGuessed)));
}

#[test]
fn patients_are_matched_by_name_with_birth_date_or_phone() {
    let known = [
        patient(1, "Dupont", "Jean", Some("1979-02-03"), "+33612345678"),
        patient(2, "Dupont", "Jean", Some("2001-05-06"), ""),
        patient(3, "Le Gall", "Anaïs", None, ""),
    ];
    let events = [
        visit_event("1", "20261124T090000", "DUPONT Jean", "né le 03/02/1979"),
        visit_event("2", "20261124T093000", "DUPONT Jean", "Tél 06 12 34 56 78"),
        visit_event("3", "20261124T100000", "DUPONT Jean", "Tél inconnu"),
        visit_event("4", "20261124T103000", "LE GALL Anaïs", "né(e) le ?"),
        visit_event("5", "20261124T110000", "MARTIN Zoé", "Tél 0687654321"),
        visit_event("6", "20261124T113000", "Martin Zoé - Suivi", "née le 01/02/2003"),
        visit_event("7", "20261124T120000", "DUPONT Jean", "né le 04/04/1944"),
    ];
    let plan = planned(&events.concat(), &known, &[]);
    assert_eq!(who_of(&plan, 0), Who::Known(1));
    assert_eq!(who_of(&plan, 1), Who::Known(1));
    assert!(matches!(who_of(&plan, 2), Who::Doubtful { only_one_of_the_name: false, .. }));
    assert_eq!(who_of(&plan, 3), Who::Doubtful { candidate: 3, only_one_of_the_name: true });
    assert_eq!((who_of(&plan, 4), who_of(&plan, 5)), (Who::New(0), Who::New(0)));
    assert_eq!(plan.new_patients[0].mobile, "+33687654321");
    assert_eq!(plan.new_patients[0].born.unwrap().to_string(), "2003-02-01");
    assert!(plan.rows[4].warnings.contains(&Warning::row(Notice::NewPatient)));
    // Somebody of the name, but surely not born then: the practice's people are asked to look.
    assert!(matches!(who_of(&plan, 6), Who::Doubtful { .. } | Who::New(_)));
}

#[test]
fn the_later_of_two_at_one_time_is_an_overbooking() {
    let events = visit_event("1", "20261124T090000", "DUPONT Jean", "")
        + &visit_event("2", "20261124T091000", "MARTIN Zoé", "")
        + &visit_event("3", "20261124T092000", "LEROY Anne", "STATUS")
        + &event("UID:4\nSTATUS:CANCELLED\nSUMMARY:LEROY Anne\nDTSTART:20261124T091500\nDURATION:PT20M");
    let busy = [Busy { starts: wall("2026-11-24T08:50"), minutes: 20, uid: None }];
    let plan = planned(&events, &[], &busy);
    let at = |i: usize| match &plan.rows[i].outcome {
        EventOutcome::Created(Planned::Visits { at, .. }) => at[0].1,
        _ => panic!("row {i}"),
    };
    assert_eq!([at(0), at(1), at(2), at(3)], [true, true, true, false]);
    assert!(plan.rows[0].warnings.contains(&Warning::with_line(Notice::Overlap, None)));
    assert!(plan.rows[1].warnings.contains(&Warning::with_line(Notice::Overlap, Some(plan.rows[0].line))));
    assert!(
        matches!(&plan.rows[3].outcome, EventOutcome::Created(Planned::Visits { visit, .. }) if visit.status == EventStatus::Cancelled)
    );
}

#[test]
fn appointments_inside_an_absence_stay_and_say_so() {
    let events = event("UID:c\nSUMMARY:Congés\nDTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20270102")
        + &visit_event("1", "20261224T090000", "DUPONT Jean", "")
        + &visit_event("2", "20270102T090000", "DUPONT Jean", "");
    let plan = planned(&events, &[], &[]);
    let inside = |i: usize| plan.rows[i].warnings.contains(&Warning::row(Notice::InsideAbsence));
    assert!(inside(1) && !inside(2) && !inside(0));
    assert_eq!(plan.counts().created, 3);
}

#[test]
fn a_second_import_changes_only_what_the_other_software_changed() {
    let events = |start: &str| {
        visit_event("1", start, "DUPONT Jean", "") + &visit_event("2", "20261124T100000", "MARTIN Zoé", "")
    };
    let first = planned(&events("20261124T090000"), &[], &[]);
    let keep: Vec<(String, KnownEvent)> = first
        .rows
        .iter()
        .map(|row| {
            let EventOutcome::Created(Planned::Visits { at, .. }) = &row.outcome else { panic!("no visit") };
            // The practice has moved every appointment by a day since.
            let starts = at.iter().map(|(s, _)| s.plus_minutes(1_440)).collect();
            let known = KnownEvent {
                fingerprint: Some(row.fingerprint.clone()),
                starts,
                minutes: row.minutes,
                cancelled: false,
            };
            (row.uid.clone(), known)
        })
        .collect();
    let known = |uid: &str| keep.iter().find(|(u, _)| u == uid).map(|(_, k)| k.clone());
    let again = |text: &str| plan::<u32>(read_in("Europe/Paris", text), &[], &known, &[], &mut go).unwrap().counts();
    let same = again(&events("20261124T090000"));
    assert_eq!((same.created, same.updated, same.merged), (0, 0, 2));
    let moved = again(&events("20261124T093000"));
    assert_eq!((moved.created, moved.updated, moved.merged), (0, 1, 1));
}
