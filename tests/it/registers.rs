//! The registers of the data-protection office, through the one door.

use domain::id::RegisterId;
use semainier_app::commands::call::wire::NoteCallRequest;
use semainier_app::commands::history::undo::undo;
use semainier_app::commands::history::wire::UndoRequest;
use semainier_app::commands::privacy::show_due;
use semainier_app::commands::registers::breach_wire::*;
use semainier_app::commands::registers::wire::*;
use semainier_app::commands::requests::wire::SetRequestDaysRequest;
use semainier_app::commands::wire::NothingRequest;
use semainier_app::commands::{Desk, call, registers, requests};

use crate::house::{House, add_patient, code, verified};
use crate::record::user;

pub fn french() -> RegistersRequest {
    RegistersRequest { language: "fr".to_owned() }
}

async fn activities(desk: &Desk) -> ActivitiesView {
    registers::show_activities(desk, french()).await.expect("the register")
}

async fn accept(desk: &Desk, one: &ActivityView) -> SavedRegisterView {
    let request = SaveActivityRequest {
        id: one.id,
        kind: one.kind.clone(),
        revision: one.revision,
        language: "fr".to_owned(),
        fields: one.fields.clone(),
    };
    registers::save_activity(desk, request).await.expect("accepted")
}

fn of<'a>(view: &'a ActivitiesView, kind: &str) -> &'a ActivityView {
    view.activities.iter().find(|one| one.kind == kind).unwrap_or_else(|| panic!("{kind} in the register"))
}

pub fn processor(name: &str, country: &str) -> SaveProcessorRequest {
    SaveProcessorRequest {
        id: None,
        revision: 0,
        fields: ProcessorFields {
            name: name.to_owned(),
            service: "Maintenance".to_owned(),
            country: country.to_owned(),
            contract_on: "2026-01-05".to_owned(),
            safeguard: "none".to_owned(),
            end_choice: "return".to_owned(),
            ..Default::default()
        },
    }
}

pub fn breach(what: &str, aware_at: &str) -> SaveBreachRequest {
    SaveBreachRequest {
        id: None,
        revision: 0,
        fields: BreachFields {
            what: what.to_owned(),
            aware_at: aware_at.to_owned(),
            risk: "unassessed".to_owned(),
            ..Default::default()
        },
        closed: false,
    }
}

/// Executes one statement of raw SQL; says whether the schema let it pass.
async fn passes(desk: &Desk, statement: &str) -> bool {
    let mut tx = desk.store().write().await.expect("a transaction");
    sqlx::raw_sql(sqlx::AssertSqlSafe(statement.to_owned())).execute(&mut *tx).await.is_ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_register_follows_from_what_the_practice_does_and_is_never_overwritten() {
    let house = House::new().await;
    let desk = house.desk().await;
    let before = activities(&desk).await;
    assert!(before.activities.iter().all(|one| one.id.is_none() && one.accepted_at.is_empty()));
    assert_eq!(before.waiting as usize, before.activities.len());
    assert!(!before.activities.iter().any(|one| one.kind == "calls"), "no call was noted");
    // The controller accepts, in their own words.
    let mut agenda = of(&before, "agenda").clone();
    agenda.fields.remark = "Revu avec l’équipe".to_owned();
    agenda.fields.retention.push("Listes imprimées : détruites le soir".to_owned());
    let saved = accept(&desk, &agenda).await;
    let view = activities(&desk).await;
    let kept = of(&view, "agenda");
    assert_eq!((kept.id, kept.differences.len(), kept.accepted_by.as_str()), (Some(saved.id), 0, "Dr Lefèvre"));
    assert_eq!(kept.fields, agenda.fields);
    // The practice changes: it notes a call, it has a secretary and a contact person's minor.
    let child = add_patient(&desk, "PETIT", "Zoé", "2020-05-12").await;
    user(&house, &desk, "samia", "secretary").await;
    let noted = NoteCallRequest {
        patient_id: child,
        contact_person_id: None,
        caller_name: String::new(),
        caller_phone: String::new(),
        about: "Rappeler".to_owned(),
        practitioner_id: None,
    };
    call::note_call(&desk, noted).await.expect("noted");
    let view = activities(&desk).await;
    assert!(of(&view, "calls").id.is_none(), "what is new waits to be accepted");
    let kept = of(&view, "agenda");
    assert_eq!(kept.fields, agenda.fields, "what was accepted stands as it is");
    let changed: Vec<&str> = kept.differences.iter().map(|one| one.field.as_str()).collect();
    assert_eq!(changed, ["persons", "recipients"]);
    assert_eq!(kept.differences[0].added, ["Mineurs et leurs représentants légaux"]);
    assert_eq!(kept.differences[1].added, ["Secrétariat du cabinet (1)"]);
    // Accepted again as it stands, nothing is said to have changed any more.
    accept(&desk, kept).await;
    assert!(of(&activities(&desk).await, "agenda").differences.is_empty());
    // In another language, what was accepted as proposed is told in it, and the controller's own line as written.
    let english =
        registers::show_activities(&desk, RegistersRequest { language: "en".to_owned() }).await.expect("told");
    let told = &of(&english, "agenda").fields;
    assert_eq!(told.name, "Appointments and reception");
    assert!(told.retention.contains(&"Listes imprimées : détruites le soir".to_owned()));
    assert!(verified(&desk).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_activity_is_complete_or_refused_and_one_kind_is_in_force_once() {
    let house = House::new().await;
    let desk = house.desk().await;
    let agenda = of(&activities(&desk).await, "agenda").clone();
    let request = |fields: ActivityFields| SaveActivityRequest {
        id: None,
        kind: "agenda".to_owned(),
        revision: 0,
        language: "fr".to_owned(),
        fields,
    };
    let empty = ActivityFields { purposes: vec![" ".to_owned()], ..agenda.fields.clone() };
    let refused = registers::save_activity(&desk, request(empty)).await.expect_err("the law asks for it");
    assert_eq!((refused.code.as_str(), refused.field.as_deref()), ("empty", Some("purposes")));
    let first = accept(&desk, &agenda).await;
    assert_eq!(code(registers::save_activity(&desk, request(agenda.fields.clone())).await), "activity_in_force");
    let stale = SaveActivityRequest { id: Some(first.id), revision: 7, ..request(agenda.fields.clone()) };
    assert_eq!(code(registers::save_activity(&desk, stale).await), "changed_meanwhile");
    // Retired, it stays in the register, and the proposal comes again.
    let retire = RetireRegisterRequest {
        register: "activities".to_owned(),
        id: first.id,
        revision: first.revision,
        retired: true,
    };
    registers::retire_register(&desk, retire).await.expect("retired");
    let view = activities(&desk).await;
    let of_agenda: Vec<_> = view.activities.iter().filter(|one| one.kind == "agenda").collect();
    assert_eq!(of_agenda.len(), 2);
    assert!(of_agenda.iter().any(|one| one.id.is_none()) && of_agenda.iter().any(|one| !one.retired_on.is_empty()));
    // An own one is accepted beside.
    let own = ActivityFields { name: "Vidéosurveillance".to_owned(), ..agenda.fields.clone() };
    let own = SaveActivityRequest { kind: "own".to_owned(), ..request(own) };
    registers::save_activity(&desk, own.clone()).await.expect("accepted");
    registers::save_activity(&desk, own).await.expect("as many as there are");
    for table in ["processing_activity", "processor", "breach", "processor_instruction", "security_review"] {
        let gone = passes(&desk, &format!("DELETE FROM {table}")).await;
        assert!(!gone || table != "processing_activity", "a register's row is not deleted");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_breach_is_told_in_time_or_says_why_and_is_closed_only_when_all_is_done() {
    let house = House::new().await;
    let desk = house.desk().await;
    // Now is 22 November, 10:00 in Paris.
    let future = registers::save_breach(&desk, breach("Clé USB perdue", "2026-11-22T10:01")).await;
    assert_eq!(code(future), "breach_aware_in_future");
    let saved = registers::save_breach(&desk, breach("Clé USB perdue", "2026-11-18T09:30")).await.expect("noted");
    let shown = registers::show_breaches(&desk, french()).await.expect("the register");
    let one = &shown.breaches[0];
    assert_eq!((one.number, one.notification.as_str(), one.minutes), (1, "overdue", 24 * 60 + 30));
    assert_eq!((one.deadline.as_str(), one.aware_at.as_str()), ("2026-11-21T09:30", "2026-11-18T08:30:00.000Z"));
    assert!(one.text.contains("CNIL") && one.text.contains("Clé USB perdue") && one.text.contains("24 h 30 min"));
    let with =
        |fields: BreachFields, revision, closed| SaveBreachRequest { id: Some(saved.id), revision, fields, closed };
    let told = BreachFields {
        risk: "high".to_owned(),
        risk_reason: "Données de santé non chiffrées".to_owned(),
        natures: vec!["confidentiality".to_owned()],
        notified_at: "2026-11-22T09:00".to_owned(),
        ..one.fields.clone()
    };
    let late = registers::save_breach(&desk, with(told.clone(), 1, false)).await.expect_err("late without a reason");
    assert_eq!((late.code.as_str(), late.field.as_deref()), ("breach_delay_unreasoned", Some("delay_reason")));
    let told = BreachFields { delay_reason: "Découverte pendant un congé".to_owned(), ..told };
    let second = registers::save_breach(&desk, with(told.clone(), 1, false)).await.expect("noted");
    assert_eq!(code(registers::save_breach(&desk, with(told.clone(), 1, false)).await), "changed_meanwhile");
    let closing = registers::save_breach(&desk, with(told.clone(), second.revision, true)).await;
    assert_eq!(code(closing), "breach_persons_not_informed");
    let due = show_due(&desk, NothingRequest {}).await.expect("due");
    assert!(due.items.iter().any(|item| item.kind == "breach_persons" && item.id == saved.id.to_string()));
    let told = BreachFields { persons_informed_at: "2026-11-22T09:45".to_owned(), ..told };
    let closing = registers::save_breach(&desk, with(told.clone(), second.revision, true)).await;
    assert_eq!(code(closing), "breach_measures_missing");
    let told = BreachFields { measures: "Clé révoquée, personnel formé".to_owned(), ..told };
    let closed = registers::save_breach(&desk, with(told, second.revision, true)).await.expect("closed");
    let shown = registers::show_breaches(&desk, french()).await.expect("the register");
    assert!(!shown.breaches[0].closed_at.is_empty());
    assert!(shown.breaches[0].steps.iter().all(|step| step.state == "done"));
    // Closing is taken back; a register's row itself only as entered in error.
    undo(&desk, UndoRequest { sequence: Some(closed.sequence) }).await.expect("taken back");
    let shown = registers::show_breaches(&desk, french()).await.expect("the register");
    assert!(shown.breaches[0].closed_at.is_empty() && shown.breaches[0].fields.measures.is_empty());
    let wrong = registers::save_breach(&desk, breach("Saisie par erreur", "2026-11-22T08:00")).await.expect("noted");
    undo(&desk, UndoRequest { sequence: Some(wrong.sequence) }).await.expect("taken back");
    assert_eq!(registers::show_breaches(&desk, french()).await.expect("the register").breaches.len(), 1);
    assert!(!passes(&desk, "DELETE FROM breach").await, "a register is proof");
    assert!(
        !passes(
            &desk,
            "UPDATE breach SET facts = json_set(facts, '$.closed_at', '2026-11-22T09:00:00Z', '$.notified_at', NULL)"
        )
        .await
    );
    assert!(verified(&desk).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_hour_that_the_clock_shows_twice_is_the_earlier_and_stays_what_it_was() {
    let house = House::new().await;
    let desk = house.desk().await;
    let saved = registers::save_breach(&desk, breach("Panne", "2026-10-25T02:30")).await.expect("noted");
    let shown = registers::show_breaches(&desk, french()).await.expect("the register").breaches.remove(0);
    assert_eq!(shown.aware_at, "2026-10-25T00:30:00.000Z", "the first of the two");
    assert_eq!(shown.deadline, "2026-10-28T01:30", "72 hours later the clock is an hour back");
    let again = SaveBreachRequest { id: Some(saved.id), revision: 1, fields: shown.fields, closed: false };
    registers::save_breach(&desk, again).await.expect("kept");
    let shown = registers::show_breaches(&desk, french()).await.expect("the register").breaches.remove(0);
    assert_eq!(shown.aware_at, "2026-10-25T00:30:00.000Z");
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_law_names_no_hours_the_practice_sets_them_and_only_there() {
    let set = |hours| SavePrivacySettingsRequest {
        fields: PrivacySettingsFields {
            controller: String::new(),
            representative: String::new(),
            officer: "Mme Alaoui".to_owned(),
            officer_contact: "dpo@cabinet.example".to_owned(),
            declaration: "D-GC-123/2026".to_owned(),
            declared_on: "2026-03-01".to_owned(),
            breach_hours: Some(hours),
            retention_remark: String::new(),
        },
        revision: 1,
    };
    let rabat = House::in_morocco().await;
    let desk = rabat.desk().await;
    assert_eq!(code(registers::save_privacy_settings(&desk, set(0)).await), "out_of_range");
    let saved = registers::save_privacy_settings(&desk, set(24)).await.expect("saved");
    let view = registers::show_privacy_settings(&desk, NothingRequest {}).await.expect("shown");
    assert_eq!(
        (view.authority.as_str(), view.hours, view.declaration_needed, view.hours_free),
        ("CNDP", 24, true, true)
    );
    assert_eq!((view.answer_days_free, view.answer_days), (true, None));
    requests::set_request_days(&desk, SetRequestDaysRequest { days: Some(15) }).await.expect("set");
    let view = registers::show_privacy_settings(&desk, NothingRequest {}).await.expect("shown");
    assert_eq!(view.answer_days, Some(15), "a practice sees the time that it set for its answers");
    assert_eq!(code(registers::save_privacy_settings(&desk, set(24)).await), "changed_meanwhile");
    undo(&desk, UndoRequest { sequence: saved.sequence }).await.expect("taken back");
    let view = registers::show_privacy_settings(&desk, NothingRequest {}).await.expect("shown");
    assert_eq!((view.hours, view.fields.officer.as_str()), (72, ""));
    let paris = House::new().await;
    let desk = paris.desk().await;
    registers::save_privacy_settings(&desk, set(24)).await.expect("saved");
    let view = registers::show_privacy_settings(&desk, NothingRequest {}).await.expect("shown");
    assert_eq!(
        (view.authority.as_str(), view.hours, view.hours_free, view.answer_days_free),
        ("CNIL", 72, false, false)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sub_processor_can_be_objected_to_for_eight_days() {
    let house = House::new().await;
    let desk = house.desk().await;
    let saved = registers::save_processor(&desk, processor("Hébergeur SA", "FR")).await.expect("written down");
    let sub = |announced: &str, objected: &str| {
        let mut request = processor("Centre de données", "US");
        request.fields.processor_id = Some(saved.id);
        request.fields.announced_on = announced.to_owned();
        request.fields.objected_on = objected.to_owned();
        request.fields.objection = if objected.is_empty() { String::new() } else { "Hors d’Europe".to_owned() };
        request
    };
    let late = registers::save_processor(&desk, sub("2026-11-10", "2026-11-19")).await;
    assert_eq!(code(late), "objection_too_late");
    let mut alone = sub("2026-11-20", "");
    alone.fields.processor_id = None;
    assert_eq!(code(registers::save_processor(&desk, alone).await), "not_a_sub_processor");
    let announced = registers::save_processor(&desk, sub("2026-11-20", "")).await.expect("written down");
    let shown = registers::show_processors(&desk, french()).await.expect("shown");
    let one = shown.processors.iter().find(|one| one.id == announced.id).expect("it stands");
    assert_eq!((one.objection.as_str(), one.objection_until.as_str(), one.objection_days), ("open", "2026-11-28", 6));
    assert_eq!((one.transfer.as_str(), one.safeguard_missing), ("needs_safeguard", true));
    assert_eq!(shown.matrix.len(), 23);
    let due = show_due(&desk, NothingRequest {}).await.expect("due");
    let window = due.items.iter().find(|item| item.kind == "objection_window").expect("the window is due");
    assert_eq!((window.on.to_string().as_str(), window.label.as_str()), ("2026-11-28", "Centre de données"));
    // A third level, or one that works for itself, is refused.
    let mut third = processor("Sous-sous", "FR");
    third.fields.processor_id = Some(announced.id);
    assert_eq!(code(registers::save_processor(&desk, third).await), "not_found");
    for (country, expected) in [("", "bad_country"), ("France", "bad_country"), ("F1", "bad_country")] {
        assert_eq!(code(registers::save_processor(&desk, processor("X", country)).await), expected);
    }
    let mut backwards = processor("X", "FR");
    backwards.fields.contract_until = "2026-01-04".to_owned();
    assert_eq!(code(registers::save_processor(&desk, backwards).await), "ends_before_start");
    assert!(verified(&desk).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_instructed_is_never_changed_and_another_version_replaces_it() {
    let house = House::new().await;
    let desk = house.desk().await;
    let to = registers::save_processor(&desk, processor("Hébergeur SA", "FR")).await.expect("written down").id;
    let give = |replaces: Option<RegisterId>, text: &str| GiveInstructionRequest {
        processor_id: to,
        replaces,
        given_on: String::new(),
        subject: "Sauvegardes".to_owned(),
        text: text.to_owned(),
    };
    let first = registers::give_instruction(&desk, give(None, "Chaque nuit.")).await.expect("given");
    let second =
        registers::give_instruction(&desk, give(Some(first.id), "Toutes les six heures.")).await.expect("given");
    let again = registers::give_instruction(&desk, give(Some(first.id), "Autre.")).await;
    assert_eq!(code(again), "instruction_replaced");
    let mistaken = registers::give_instruction(&desk, give(None, "Erreur.")).await.expect("given");
    undo(&desk, UndoRequest { sequence: Some(mistaken.sequence) }).await.expect("taken back");
    registers::give_instruction(&desk, give(None, "Purger les journaux.")).await.expect("given");
    let follow = FollowInstructionRequest {
        id: second.id,
        revision: 1,
        acknowledged_on: "2026-11-22".to_owned(),
        unlawful: String::new(),
        withdrawn_on: String::new(),
    };
    let early = FollowInstructionRequest { acknowledged_on: "2026-11-21".to_owned(), ..follow.clone() };
    assert_eq!(code(registers::follow_instruction(&desk, early).await), "bad_date");
    registers::follow_instruction(&desk, follow).await.expect("noted");
    let shown = registers::show_processors(&desk, french()).await.expect("shown").instructions;
    let told: Vec<_> = shown.iter().map(|one| (one.number, one.version, one.replaced, one.text.as_str())).collect();
    assert_eq!(
        told,
        [(3, 1, false, "Purger les journaux."), (1, 2, false, "Toutes les six heures."), (1, 1, true, "Chaque nuit.")],
        "a number is not given twice"
    );
    assert_eq!(shown[1].acknowledged_on, "2026-11-22");
    for statement in [
        "UPDATE processor_instruction SET facts = json_set(facts, '$.text', 'Autre chose')",
        "UPDATE processor_instruction SET facts = json_set(facts, '$.given_on', '2020-01-01')",
        "DELETE FROM processor_instruction",
    ] {
        assert!(!passes(&desk, statement).await, "{statement}");
    }
    assert!(verified(&desk).await);
}

fn review(view: &ReviewsView) -> ReviewFields {
    ReviewFields {
        reviewed_on: "2026-11-20".to_owned(),
        reviewer: "Dr Lefèvre".to_owned(),
        found: view
            .points
            .iter()
            .map(|one| FoundFields {
                point: one.point.clone(),
                answer: if one.good == Some(false) { "missing" } else { "good" }.to_owned(),
                remark: String::new(),
            })
            .collect(),
        conclusion: String::new(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_review_answers_every_point_and_the_next_is_a_year_on() {
    let house = House::new().await;
    let desk = house.desk().await;
    let view = registers::show_reviews(&desk, french()).await.expect("shown");
    assert_eq!((view.next_on.as_str(), view.overdue, view.points.len()), ("2027-11-22", false, 22));
    let backups = view.points.iter().find(|one| one.point == "backups").expect("a point");
    assert_eq!(backups.good, Some(false), "nothing was backed up: {}", backups.known);
    let save = |fields| SaveReviewRequest { id: None, revision: 0, fields };
    let mut half = review(&view);
    half.found.pop();
    assert_eq!(code(registers::save_review(&desk, save(half)).await), "review_incomplete");
    let mut twice = review(&view);
    twice.found[1] = twice.found[0].clone();
    assert_eq!(code(registers::save_review(&desk, save(twice)).await), "review_incomplete");
    let saved = registers::save_review(&desk, save(review(&view))).await.expect("written down");
    let view = registers::show_reviews(&desk, french()).await.expect("shown");
    assert_eq!((view.next_on.as_str(), view.reviews[0].open > 0), ("2027-11-20", true));
    undo(&desk, UndoRequest { sequence: Some(saved.sequence) }).await.expect("taken back");
    assert_eq!(registers::show_reviews(&desk, french()).await.expect("shown").next_on, "2027-11-22");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_audit_keeps_its_notice_its_year_and_its_auditor() {
    let house = House::new().await;
    let desk = house.desk().await;
    let of = registers::save_processor(&desk, processor("Hébergeur SA", "FR")).await.expect("written down").id;
    let audit = |announced: &str, planned: &str, held: &str, auditor: &str| SaveAuditRequest {
        id: None,
        revision: 0,
        fields: AuditFields {
            processor_id: of,
            announced_on: announced.to_owned(),
            planned_on: planned.to_owned(),
            auditor: auditor.to_owned(),
            organisation: String::new(),
            confidential_on: held.to_owned(),
            held_on: held.to_owned(),
            report: String::new(),
            discussed_on: String::new(),
            corrections: String::new(),
            corrections_until: String::new(),
            corrected_on: String::new(),
        },
    };
    // Announced Monday 2 November: Armistice Day is no working day, so not before the 25th.
    let early =
        registers::save_audit(&desk, audit("2026-11-02", "2026-11-24", "", "Mme Roy")).await.expect_err("early");
    assert_eq!((early.code.as_str(), early.parameters["earliest"].as_str()), ("audit_notice_too_short", "2026-11-25"));
    assert_eq!(code(registers::save_audit(&desk, audit("2026-11-02", "2026-11-25", "", "")).await), "auditor_missing");
    registers::save_audit(&desk, audit("2026-11-02", "2026-11-25", "", "Mme Roy")).await.expect("planned");
    let held = registers::save_audit(&desk, audit("2026-01-05", "2026-02-02", "2026-02-02", "Mme Roy")).await;
    held.expect("one that was held is written down");
    let soon = audit("2026-11-03", "2027-02-01", "", "Mme Roy");
    let refused = registers::save_audit(&desk, soon).await.expect_err("less than a year after");
    assert_eq!((refused.code.as_str(), refused.parameters["earliest"].as_str()), ("audit_too_soon", "2027-02-02"));
    let shown = registers::show_reviews(&desk, french()).await.expect("shown").audits;
    assert_eq!(shown.len(), 2);
    let planned = shown.iter().find(|one| one.fields.held_on.is_empty()).expect("the planned one");
    assert_eq!((planned.processor.as_str(), planned.earliest_on.as_str()), ("Hébergeur SA", "2027-02-02"));
    let due = show_due(&desk, NothingRequest {}).await.expect("due");
    for kind in ["audit", "audit_discussion", "security_review"] {
        assert!(due.items.iter().any(|item| item.kind == kind), "{kind} is due");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_registers_are_kept_by_administrators_and_practitioners_alone() {
    let house = House::new().await;
    let desk = house.desk().await;
    let secretary = user(&house, &desk, "samia", "secretary").await;
    let administrator = user(&house, &desk, "nadia", "administrator").await;
    assert_eq!(code(registers::show_activities(&secretary, french()).await), "permission_denied");
    assert_eq!(code(registers::show_breaches(&secretary, french()).await), "permission_denied");
    let noted = registers::save_breach(&secretary, breach("x", "2026-11-20T09:00")).await;
    assert_eq!(code(noted), "permission_denied");
    let print = PrintRegisterRequest { register: "notice".to_owned(), id: None, language: "fr".to_owned() };
    assert_eq!(code(registers::print_register(&secretary, print.clone()).await), "permission_denied");
    registers::save_breach(&administrator, breach("x", "2026-11-20T09:00")).await.expect("an administrator notes it");
    registers::print_register(&administrator, print).await.expect("and prints the notice");
}
