//! How long what is kept: rules with their bounds, a dry run that changes nothing, whom somebody keeps longer.

use std::sync::Arc;

use domain::country::Country;
use domain::id::PatientId;
use semainier_app::commands::access::wire::SaveDraftRequest;
use semainier_app::commands::entrance::sign_in;
use semainier_app::commands::entrance::wire::SignInRequest;
use semainier_app::commands::patient::wire::{
    CreatePatientRequest, PatientFields, PatientRequest, UpdatePatientRequest,
};
use semainier_app::commands::retention::wire::{
    DryRunRetentionRequest, ExportRetentionRequest, HoldPatientRequest, LiftHoldRequest, RetentionRunView,
    SetRetentionRuleRequest,
};
use semainier_app::commands::wire::NothingRequest;
use semainier_app::commands::{Desk, access, patient, retention};

use crate::house::{House, PASSWORD, add_patient, at, book, cast, code, now, verified};
use crate::letterhead::printed;
use crate::record::{dump, user};
use crate::record_use::{consultation, write};

/// The first user's desk at another time.
pub async fn desk_at(house: &House, now: &str) -> Arc<Desk> {
    let now = now.parse().expect("an instant");
    let request = SignInRequest { login: "lefevre".to_owned(), password: PASSWORD.to_owned() };
    sign_in::open(&house.doorstep_at(now), request).await.expect("they sign in").0
}

/// A dry run up to a day.
pub async fn run(desk: &Desk, until: &str) -> RetentionRunView {
    let request = DryRunRetentionRequest { until: until.to_owned(), action: String::new(), offset: 0, limit: 1_000 };
    retention::dry_run_retention(desk, request).await.expect("a dry run")
}

/// Action, category, day and name of each.
fn told(run: &RetentionRunView) -> Vec<(&str, &str, &str, &str)> {
    run.persons.iter().map(|one| (&*one.action, &*one.category, &*one.on, &*one.name)).collect()
}

fn rule(category: &str, months: Option<u32>, active_months: Option<u32>) -> SetRetentionRuleRequest {
    SetRetentionRuleRequest {
        category: category.to_owned(),
        months,
        active_months,
        reason: "Décision du responsable".to_owned(),
    }
}

async fn deceased(desk: &Desk, id: PatientId, on: &str) {
    let shown = patient::show_patient(desk, PatientRequest { id }).await.expect("there");
    let fields = PatientFields { deceased_on: on.to_owned(), ..shown.fields };
    let request = UpdatePatientRequest { id, revision: shown.revision, fields };
    patient::update_patient(desk, request).await.expect("changed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_shows_its_source_and_a_value_under_the_legal_least_is_refused() {
    let house = House::new().await;
    let desk = house.desk().await;
    let view = retention::show_retention(&desk, NothingRequest {}).await.expect("the rules");
    let record = view.rules.iter().find(|one| one.category == "patient_record").expect("one");
    assert_eq!((record.active_months, record.months), (Some(60), 240));
    assert!(record.source.contains("2020-081") && record.dated == "2020-06-18" && record.reason.is_empty());

    let refused = |request| retention::set_retention_rule(&desk, request);
    let refusal = refused(rule("patient_record", Some(119), None)).await.expect_err("too short");
    assert_eq!((refusal.code.as_str(), refusal.field.as_deref()), ("retention_too_short", Some("months")));
    assert_eq!(refusal.parameters.get("limit").map(String::as_str), Some("120"));
    assert_eq!(code(refused(rule("agenda_entry", Some(25), None)).await), "retention_too_long");
    assert_eq!(code(refused(rule("agenda_entry", Some(12), Some(6))).await), "retention_no_active");
    assert_eq!(code(refused(rule("patient_record", Some(240), Some(241))).await), "retention_active_too_long");
    assert_eq!(code(refused(rule("nothing", Some(12), None)).await), "unknown_word");
    let silent = SetRetentionRuleRequest { reason: " ".to_owned(), ..rule("agenda_entry", Some(12), None) };
    assert_eq!(code(refused(silent).await), "empty");

    let view = refused(rule("patient_record", Some(180), Some(36))).await.expect("allowed");
    let record = view.rules.iter().find(|one| one.category == "patient_record").expect("one");
    assert_eq!((record.active_months, record.months), (Some(36), 180));
    assert_eq!(record.remarks, ["retention_below_default"], "told, not refused");
    assert_eq!((record.decided_on.as_str(), record.decided_by.as_str()), ("2026-11-22", "Dr Lefèvre"));
    let view = refused(rule("patient_record", None, None)).await.expect("the default again");
    let record = view.rules.iter().find(|one| one.category == "patient_record").expect("one");
    assert_eq!((record.months, record.reason.as_str()), (240, ""));

    let secretary = user(&house, &desk, "samia", "secretary").await;
    assert_eq!(code(retention::show_retention(&secretary, NothingRequest {}).await), "permission_denied");
    assert_eq!(
        code(retention::set_retention_rule(&secretary, rule("request", Some(24), None)).await),
        "permission_denied"
    );
    assert!(verified(&desk).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_value_that_france_refuses_morocco_only_tells() {
    let house = House::in_morocco().await;
    let desk = house.desk().await;
    assert_eq!(desk.premises().country, Country::MA);
    let view = retention::set_retention_rule(&desk, rule("patient_record", Some(60), Some(24))).await.expect("allowed");
    let record = view.rules.iter().find(|one| one.category == "patient_record").expect("one");
    assert_eq!((record.months, record.remarks.as_slice()), (60, &["retention_below_default".to_owned()][..]));
    assert!(record.source.contains("09-08"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dry_run_tells_who_is_due_by_which_rule_and_changes_nothing() {
    let house = House::new().await;
    let desk = house.desk().await;
    // An adult with a record, a child, somebody who dies later, somebody who only booked, somebody who comes again.
    let adult = add_patient(&desk, "ADULTE", "Anne", "1979-05-12").await;
    let child = add_patient(&desk, "ENFANT", "Emma", "2024-11-23").await;
    let dead = add_patient(&desk, "DECEDE", "Denis", "1940-01-01").await;
    let agenda = cast(&desk).await;
    for id in [adult, child, dead] {
        write(&desk, id, "2026-11-20", consultation("Toux")).await;
    }
    book(&desk, &agenda, at("2026-11-24T09:00"), false).await.expect("booked");
    let empty = run(&desk, "").await;
    assert_eq!((empty.until.as_str(), empty.looked_at, empty.kept, empty.listed), ("2026-11-30", 4, 4, 0));

    // Two years after the last appointment, and not a day earlier.
    assert_eq!(run(&desk, "2028-11-24").await.listed, 0);
    let due = run(&desk, "2028-11-25").await;
    assert_eq!(told(&due), [("destroy", "agenda_entry", "2028-11-25", "DUPONT Marie")]);
    // Five years after the last care: the archive.
    let due = run(&desk, "2031-11-23").await;
    assert_eq!(due.listed, 4);
    assert!(told(&due).contains(&("archive", "patient_record", "2031-11-23", "ADULTE Anne")));
    assert!(told(&due).contains(&("archive", "minor_record", "2031-11-23", "ENFANT Emma")));
    let group = due.groups.iter().find(|one| one.category == "agenda_entry").expect("a group");
    assert_eq!((group.persons, group.overdue, group.place.as_str()), (1, 1, "active"));

    let later = desk_at(&house, "2030-02-28T09:00:00Z").await;
    deceased(&later, dead, "2030-02-28").await;
    let due = run(&later, "2040-02-29").await;
    assert!(told(&due).contains(&("destroy", "deceased_record", "2040-02-29", "DECEDE Denis")));
    // Twenty years for the adult; until the 28th birthday for the child, who was two.
    let due = run(&later, "2046-11-23").await;
    assert!(told(&due).contains(&("destroy", "patient_record", "2046-11-23", "ADULTE Anne")));
    assert!(told(&due).contains(&("archive", "minor_record", "2031-11-23", "ENFANT Emma")));
    let due = run(&later, "2052-11-24").await;
    assert!(told(&due).contains(&("destroy", "minor_record", "2052-11-24", "ENFANT Emma")));

    // A page of the list, one action alone.
    let request = |offset, limit| DryRunRetentionRequest {
        until: "2046-11-23".to_owned(),
        action: "destroy".to_owned(),
        offset,
        limit,
    };
    let whole = retention::dry_run_retention(&later, request(0, 10)).await.expect("all");
    let page = retention::dry_run_retention(&later, request(1, 1)).await.expect("a page");
    assert_eq!((whole.listed, page.listed, page.persons.len()), (3, 3, 1));
    assert_eq!(page.persons[0].name, whole.persons[1].name);
    assert_eq!(code(retention::dry_run_retention(&later, request(0, 1_001)).await), "out_of_range");
    let bad = DryRunRetentionRequest { until: "demain".to_owned(), ..request(0, 1) };
    assert_eq!(code(retention::dry_run_retention(&later, bad).await), "bad_date");

    // Looking changes nothing, but that one looked is remembered once.
    let before = dump(&later).await;
    run(&later, "2046-11-23").await;
    assert!(dump(&later).await == before, "a dry run changed something");
    let today = "2030-02-28".parse().expect("a date");
    let mut connection = later.store().read().await.expect("a connection");
    let items = retention::due(&mut connection, today, later.now()).await.expect("what is due");
    assert!(items.is_empty(), "{items:?}");
    let next = "2030-03-01".parse().expect("a date");
    let items = retention::due(&mut connection, next, later.now()).await.expect("what is due");
    assert_eq!((items[0].kind, items[0].on.to_string().as_str()), ("retention_look", "2030-03-31"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_instant_counts_on_the_day_that_the_practices_clock_showed() {
    let house = House::new().await;
    // 00:30 on 1 March in Paris, and still February in UTC.
    let desk = desk_at(&house, "2028-02-29T23:30:00Z").await;
    let id = add_patient(&desk, "MINUIT", "Nora", "1979-05-12").await;
    write(&desk, id, "2028-02-29", consultation("Toux")).await;
    assert_eq!(run(&desk, "2033-03-01").await.listed, 0);
    assert_eq!(told(&run(&desk, "2033-03-02").await), [("archive", "patient_record", "2033-03-02", "MINUIT Nora")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_sees_numbers_and_no_name() {
    let house = House::with_role("administrator").await;
    let admin = house.desk().await;
    let secretary = user(&house, &admin, "samia", "secretary").await;
    let fields = PatientFields { surname: "DUPONT".to_owned(), first_name: "Marie".to_owned(), ..Default::default() };
    patient::create_patient(&secretary, CreatePatientRequest { fields }).await.expect("a patient");
    let due = run(&admin, "2028-11-23").await;
    assert_eq!(due.listed, 1);
    assert_eq!((due.persons[0].name.as_str(), due.persons[0].number), ("", Some(1)));
    let csv =
        ExportRetentionRequest { until: "2028-11-23".to_owned(), format: "csv".to_owned(), language: "fr".to_owned() };
    let file = retention::export_retention(&admin, csv).await.expect("a table");
    use base64::Engine as _;
    let bytes = base64::engine::general_purpose::STANDARD.decode(&file.base64).expect("base 64");
    let text = String::from_utf8(bytes).expect("UTF-8");
    assert!(!text.contains("DUPONT") && text.lines().count() == 2);
    assert_eq!(code(retention::list_destruction(&admin, NothingRequest {}).await), "permission_denied");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_kept_for_a_reason_is_not_destroyed_until_it_is_lifted() {
    let house = House::new().await;
    let desk = house.desk().await;
    let id = add_patient(&desk, "LITIGE", "Louise", "1979-05-12").await;
    let request = |note: &str| HoldPatientRequest {
        patient_id: Some(id),
        erasure_id: String::new(),
        ground: "legal_claim".to_owned(),
        note: note.to_owned(),
    };
    assert_eq!(code(retention::hold_patient(&desk, request("")).await), "empty");
    let odd = HoldPatientRequest { ground: "because".to_owned(), ..request("x") };
    assert_eq!(code(retention::hold_patient(&desk, odd).await), "unknown_word");
    let nobody = HoldPatientRequest { patient_id: None, erasure_id: "x".to_owned(), ..request("x") };
    assert_eq!(code(retention::hold_patient(&desk, nobody).await), "patient_not_found");
    retention::hold_patient(&desk, request("Expertise en cours")).await.expect("held");
    assert_eq!(code(retention::hold_patient(&desk, request("encore")).await), "already_held");

    let later = desk_at(&house, "2029-01-15T09:00:00Z").await;
    assert_eq!(told(&run(&later, "").await), [("held", "agenda_entry", "2028-11-23", "LITIGE Louise")]);
    assert_eq!(code(retention::list_destruction(&later, NothingRequest {}).await), "nothing_to_destroy");
    let view = retention::show_retention(&later, NothingRequest {}).await.expect("the rules");
    let hold = &view.holds[0];
    assert_eq!(
        (hold.patient_id, hold.note.as_str(), hold.placed_on.as_str()),
        (Some(id), "Expertise en cours", "2026-11-22")
    );
    let lift = LiftHoldRequest { erasure_id: hold.erasure_id.clone(), reason: "Jugement définitif".to_owned() };
    retention::lift_hold(&later, lift.clone()).await.expect("lifted");
    assert_eq!(code(retention::lift_hold(&later, lift).await), "not_held");
    assert_eq!(told(&run(&later, "").await), [("destroy", "agenda_entry", "2028-11-23", "LITIGE Louise")]);
    assert!(verified(&later).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_report_names_the_rules_and_the_table_starts_no_formula() {
    let house = House::new().await;
    let desk = house.desk().await;
    add_patient(&desk, "=CMD()", "Marie", "1979-05-12").await;
    for (language, word) in [("fr", "Agenda sans dossier"), ("en", "Agenda without record")] {
        let request = |format: &str| ExportRetentionRequest {
            until: "2028-11-30".to_owned(),
            format: format.to_owned(),
            language: language.to_owned(),
        };
        let paper = retention::export_retention(&desk, request("pdf")).await.expect("a report");
        let text = printed(&paper);
        assert!(text.contains(word) && text.contains("Cabinet du Parc"), "{text}");
        let table = retention::export_retention(&desk, request("csv")).await.expect("a table");
        use base64::Engine as _;
        let bytes = base64::engine::general_purpose::STANDARD.decode(&table.base64).expect("base 64");
        let text = String::from_utf8(bytes).expect("UTF-8");
        assert!(text.contains("'=CMD()") && text.contains(word), "{text}");
    }
    let arabic = ExportRetentionRequest { until: String::new(), format: "pdf".to_owned(), language: "ar".to_owned() };
    retention::export_retention(&desk, arabic).await.expect("a report in Arabic");
    let odd = ExportRetentionRequest { until: String::new(), format: "odt".to_owned(), language: "fr".to_owned() };
    assert_eq!(code(retention::export_retention(&desk, odd).await), "unknown_word");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_that_nobody_came_back_to_goes_by_itself() {
    let house = House::new().await;
    let desk = house.desk().await;
    let draft = SaveDraftRequest { kind: "letter".to_owned(), body: "{\"text\":\"Cher\"}".to_owned() };
    access::save_draft(&desk, draft).await.expect("kept");
    let drafts = async |desk: &Desk| access::list_drafts(desk, NothingRequest {}).await.expect("listed").drafts.len();
    let soon = house.doorstep_at(now() + chrono::TimeDelta::days(89));
    let request = || SignInRequest { login: "lefevre".to_owned(), password: PASSWORD.to_owned() };
    let (soon, _) = sign_in::open(&soon, request()).await.expect("they sign in");
    assert_eq!(drafts(&soon).await, 1);
    let late = house.doorstep_at(now() + chrono::TimeDelta::days(91));
    let (late, _) = sign_in::open(&late, request()).await.expect("they sign in");
    assert_eq!(drafts(&late).await, 0);
}

#[test]
fn a_terminal_tells_archives_opens_and_destroys() {
    let terminal = crate::cli::Terminal::new();
    terminal.init();
    let added =
        terminal.one(&["patient", "add", "--surname", "DUPONT", "--first-name", "Marie", "--born", "1979-05-12"]);
    let id = added["id"].as_str().expect("an id").to_owned();
    let (status, lines) = terminal.run(&["retention", "dry-run"]);
    assert_eq!((status, lines.len()), (0, 1));
    assert_eq!((lines[0]["looked_at"].as_i64(), lines[0]["listed"].as_i64()), (Some(1), Some(0)));
    let (status, lines) = terminal.run(&["retention", "dry-run", "--until", "2999-01-01"]);
    assert_eq!((status, lines.len()), (0, 2));
    assert_eq!((lines[1]["name"].as_str(), lines[1]["action"].as_str()), (Some("DUPONT Marie"), Some("destroy")));
    let (_, lines) = terminal.run(&["retention", "dry-run", "--until", "2999-01-01", "--summary"]);
    assert_eq!((lines.len(), lines[0]["groups"][0]["persons"].as_i64()), (1, Some(1)));
    let (status, lines) = terminal.run(&["retention", "archive", "--patient", &id]);
    assert_eq!((status, lines[0]["code"].as_str(), lines[1]["archived"].as_i64()), (0, Some("not_due"), Some(0)));
    assert_eq!(terminal.one(&["retention", "archive", "--due"])["archived"].as_i64(), Some(0));
    let (status, lines) = terminal.run(&["retention", "destroy"]);
    assert_eq!((status, lines[0]["code"].as_str()), (3, Some("nothing_to_destroy")));
    let (status, lines) = terminal.run(&["retention", "rule", "patient_record", "--months", "60", "--reason", "x"]);
    assert_eq!((status, lines[0]["code"].as_str()), (3, Some("retention_too_short")));
    terminal.one(&["retention", "hold", "--patient", &id, "--reason", "Expertise"]);
    let (_, lines) = terminal.run(&["retention", "dry-run", "--until", "2999-01-01"]);
    assert_eq!(lines[1]["action"].as_str(), Some("held"));
    let out = terminal.file("conservation.pdf", "");
    terminal.one(&["retention", "dry-run", "--pdf", &out]);
    assert!(std::fs::read(&out).expect("written").starts_with(b"%PDF-"));
}
