//! Instruction, suspension, erasure, return and destruction, retention.

use chrono::TimeDelta;
use portal::{secret, signing, store::StoreError};
use serde_json::Value;
use sqlx::Row;

use crate::house::{House, Office, house};

/// Every row of every table that bears that text, as the owner would see it in a dump: table by table behind the practice's wall.
async fn rows_with(house: &House, office: &Office, text: &str) -> Vec<String> {
    let mut tx = house.raw.begin().await.unwrap();
    sqlx::query("SELECT set_config('app.practice', $1, true)")
        .bind(office.practice.to_string())
        .execute(&mut *tx)
        .await
        .unwrap();
    let tables = sqlx::query("SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> '_sqlx_migrations'")
        .fetch_all(&mut *tx)
        .await
        .unwrap();
    let mut found = Vec::new();
    for table in tables {
        let table: String = table.get(0);
        let sql = format!(
            "SELECT count(*) FROM {table} t WHERE practice_id = app_practice() AND to_jsonb(t)::text LIKE '%{text}%'"
        );
        let count: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_one(&mut *tx).await.unwrap();
        if count > 0 {
            found.push(table);
        }
    }
    found
}

#[tokio::test]
async fn a_person_is_erased_and_it_is_confirmed_under_the_portals_signature() {
    let house = house!();
    let (office, schedule) = house.practice().await;
    let slot = house.free(&office, &schedule, 0).await;
    let next = house.free(&office, &schedule, 30).await;
    let booked = house.book(&office, &schedule, slot.id, "+33698765432").await.unwrap();
    house.book(&office, &schedule, next.id, "+33611111111").await.unwrap();
    assert!(!rows_with(&house, &office, "33698765432").await.is_empty());
    let request = secret::make_id();
    let body = format!(
        "{{\"request_id\":\"{request}\",\"appointments\":[\"{}\"],\"contacts\":[\"+33698765432\"]}}",
        booked.id
    );
    let answer = house.call(&office, "POST", "/practice/erase", &[], &body).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(rows_with(&house, &office, "33698765432").await, Vec::<String>::new());
    assert!(!rows_with(&house, &office, "33611111111").await.is_empty(), "others stay");
    let receipt = answer.json();
    let (statement, signature) = (receipt["statement"].as_str().unwrap(), receipt["signature"].as_str().unwrap());
    assert!(signing::verify(&house.portal.key.public(), statement, signature));
    let stated: Value = serde_json::from_str(statement).unwrap();
    assert_eq!((stated["gone"]["appointments"].as_u64(), stated["gone"]["accounts"].as_u64()), (Some(1), Some(1)));
    assert!(!statement.contains("33698765432") && !statement.contains("Martin"));
    // Asked again, the same confirmation.
    let again = house.call(&office, "POST", "/practice/erase", &[], &body).await;
    assert_eq!(again.json(), receipt);
    assert_eq!(house.call(&office, "GET", &format!("/practice/receipt/{request}"), &[], "").await.json(), receipt);
}

#[tokio::test]
async fn everything_is_returned_and_then_destroyed_and_nothing_that_was_not_returned() {
    let house = house!();
    let (office, schedule) = house.practice().await;
    let (neighbour, _) = house.practice().await;
    let slot = house.free(&office, &schedule, 0).await;
    let next = house.free(&office, &schedule, 30).await;
    let there = house.free(&neighbour, &schedule, 0).await;
    house.book(&office, &schedule, slot.id, "+33698765432").await.unwrap();
    house.book(&neighbour, &schedule, there.id, "+33698765432").await.unwrap();
    let export = house.call(&office, "GET", "/practice/export", &[], "").await;
    assert_eq!(export.headers["x-content-sha256"].to_str().unwrap(), secret::fingerprint(export.body.as_bytes()));
    assert!(export.body.contains("Martin") && export.body.contains("\"kind\":\"account\""));
    let destroy = |sha256: &str, id| format!("{{\"request_id\":\"{id}\",\"export_sha256\":\"{sha256}\"}}");
    let id = secret::make_id();
    house.book(&office, &schedule, next.id, "+33611111111").await.unwrap();
    let early = house
        .call(&office, "POST", "/practice/destroy", &[], &destroy(&secret::fingerprint(export.body.as_bytes()), id))
        .await;
    assert_eq!((early.status, early.word().as_str()), (409, "changed_since_export"));
    let export = house.call(&office, "GET", "/practice/export", &[], "").await;
    let body = destroy(&secret::fingerprint(export.body.as_bytes()), id);
    let done = house.call(&office, "POST", "/practice/destroy", &[], &body).await;
    assert_eq!(done.status, 200, "{}", done.body);
    let receipt = done.json();
    let statement = receipt["statement"].as_str().unwrap();
    assert!(signing::verify(&house.portal.key.public(), statement, receipt["signature"].as_str().unwrap()));
    let stated: Value = serde_json::from_str(statement).unwrap();
    assert_eq!(stated["gone"]["appointments"], 2);
    assert_eq!(stated["returned_sha256"].as_str(), export.headers["x-content-sha256"].to_str().ok());
    for word in ["Martin", "33698765432", "33611111111", "Vasseur", "Cabinet des essais"] {
        assert_eq!(rows_with(&house, &office, word).await, Vec::<String>::new(), "{word}");
    }
    assert!(!rows_with(&house, &neighbour, "33698765432").await.is_empty(), "the neighbour's stays");
    // The answer was lost: the same confirmation comes again; nothing else does.
    assert_eq!(house.call(&office, "POST", "/practice/destroy", &[], &body).await.json(), receipt);
    let ended = house.call(&office, "GET", "/fhir/Slot", &[], "").await;
    assert_eq!((ended.status, ended.word().as_str()), (410, "practice_ended"));
    assert_eq!(house.call(&office, "GET", "/practice/status", &[], "").await.json()["state"], "ended");
}

#[tokio::test]
async fn what_was_instructed_or_confirmed_the_portal_cannot_rewrite() {
    let house = house!();
    let (office, _) = house.practice().await;
    for sql in [
        "UPDATE instruction SET body = '{}'",
        "UPDATE receipt SET statement = ''",
        "DELETE FROM receipt",
        "DELETE FROM erased",
    ] {
        let mut tx = house.raw.begin().await.unwrap();
        sqlx::query("SELECT set_config('app.practice', $1, true)")
            .bind(office.practice.to_string())
            .execute(&mut *tx)
            .await
            .unwrap();
        let error = sqlx::query(sql).execute(&mut *tx).await.unwrap_err().into_database_error().unwrap();
        assert_eq!(error.code().as_deref(), Some("42501"), "{sql}");
    }
}

#[tokio::test]
async fn what_is_past_its_time_goes_by_itself() {
    let house = house!();
    let (office, schedule) = house.practice().await;
    let slot = house.free(&office, &schedule, 0).await;
    house.book(&office, &schedule, slot.id, "+33698765432").await.unwrap();
    let note = async |account: Option<uuid::Uuid>| {
        let mut tx = house.portal.store.begin(office.practice).await.unwrap();
        tx.note_connection("booked", account, Some("203.0.113.7".parse().unwrap()), house.now()).await.unwrap();
        tx.commit().await.unwrap();
    };
    let purge = async || {
        let mut tx = house.portal.store.begin(office.practice).await.unwrap();
        let purged = tx.purge(house.now()).await.unwrap();
        tx.commit().await.unwrap();
        purged
    };
    note(None).await;
    assert_eq!(purge().await.connections, 0);
    house.wait(TimeDelta::days(190));
    // The token request of the beginning and the one noted.
    assert_eq!(purge().await.connections, 2, "six months after they were made");
    let account: uuid::Uuid = {
        let mut tx = house.portal.store.begin(office.practice).await.unwrap();
        let account =
            tx.account_of("+33698765432", fhir::booking::Language::Fr, secret::make_id(), house.now()).await.unwrap();
        tx.commit().await.unwrap();
        account.account_id
    };
    note(Some(account)).await;
    house.wait(TimeDelta::days(400));
    let purged = purge().await;
    assert_eq!((purged.accounts, purged.connections), (0, 1), "the account was active less than two years ago");
    house.wait(TimeDelta::days(340));
    let purged = purge().await;
    assert_eq!((purged.accounts, purged.appointments), (1, 1));
    assert_eq!(rows_with(&house, &office, "33698765432").await, Vec::<String>::new());
}

#[tokio::test]
async fn addresses_go_after_a_year_and_requests_visits_and_tokens_in_their_time() {
    let house = house!();
    let (office, schedule) = house.practice().await;
    let slot = house.free(&office, &schedule, 0).await;
    house.book(&office, &schedule, slot.id, "+33698765432").await.unwrap();
    let account = async || {
        let mut tx = house.portal.store.begin(office.practice).await.unwrap();
        let of = tx.account_of("+33698765432", fhir::booking::Language::Fr, secret::make_id(), house.now());
        let of = of.await.unwrap().account_id;
        tx.commit().await.unwrap();
        of
    };
    let owner = account().await;
    let mut tx = house.portal.store.begin(office.practice).await.unwrap();
    tx.note_connection("booked", Some(owner), Some("203.0.113.7".parse().unwrap()), house.now()).await.unwrap();
    let kind = portal::store::RightsKind::Access;
    tx.ask_for_rights(secret::make_id(), kind, ("+33698765432", "Léa Martin"), "fr", house.now()).await.unwrap();
    tx.begin_visit(&secret::hash(&[b"a visit"]), house.now()).await.unwrap();
    tx.commit().await.unwrap();
    let purge = async || {
        let mut tx = house.portal.store.begin(office.practice).await.unwrap();
        let purged = tx.purge(house.now()).await.unwrap();
        tx.commit().await.unwrap();
        purged
    };
    assert_eq!(purge().await.leftovers, 0);
    house.wait(TimeDelta::hours(25));
    assert_eq!(purge().await.leftovers, 2, "the visit of a day ago, and the token that ended");
    house.wait(TimeDelta::days(14));
    assert_eq!(purge().await.leftovers, 1, "the slot of a week ago");
    // The account books again: its connections stay, but not where they came from.
    house.wait(TimeDelta::days(345));
    let later = fhir::booking::Slot {
        id: fhir::booking::SlotId(secret::make_id()),
        span: fhir::booking::Span { start_at: house.now() + TimeDelta::days(7), minutes: 30 },
        meta: None,
        ..slot.clone()
    };
    let mut tx = house.portal.store.begin(office.practice).await.unwrap();
    tx.put_slot(&later, portal::store::Expect::Nothing, house.now()).await.unwrap();
    tx.commit().await.unwrap();
    house.book(&office, &schedule, later.id, "+33698765432").await.unwrap();
    house.wait(TimeDelta::days(10));
    let purged = purge().await;
    assert_eq!((purged.addresses, purged.rights_requests), (1, 0), "{purged:?}");
    house.wait(TimeDelta::days(370));
    let purged = purge().await;
    assert_eq!((purged.rights_requests, purged.accounts), (1, 0), "{purged:?}");
}

#[tokio::test]
async fn a_suspended_practice_is_found_and_booked_no_more_and_keeps_what_it_has() {
    let house = house!();
    let (office, _) = house.practice().await;
    assert_eq!(house.portal.store.search_directory("vasseur nantes").await.unwrap().len(), 1);
    assert_eq!(house.call(&office, "POST", "/practice/suspend", &[], "").await.status, 200);
    assert!(house.portal.store.search_directory("vasseur").await.unwrap().is_empty());
    assert_eq!(house.call(&office, "GET", "/fhir/Schedule", &[], "").await.bundle().entry.len(), 1);
    assert_eq!(house.call(&office, "POST", "/practice/resume", &[], "").await.status, 200);
    assert_eq!(house.portal.store.search_directory("VASSEUR généraliste").await.unwrap().len(), 0);
    assert_eq!(house.portal.store.search_directory("médecine générale").await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_renewed_secret_makes_the_old_one_worthless() {
    let house = house!();
    let (office, _) = house.practice().await;
    let renewed = house.owner.renew_credential(office.practice, house.now()).await.unwrap();
    assert_eq!(house.call(&office, "GET", "/practice/status", &[], "").await.status, 401);
    let body =
        format!("grant_type=client_credentials&client_id={}&client_secret={}", office.client_id, office.client_secret);
    assert_eq!(house.send("POST", "/oauth/token", &[], &body).await.status, 401);
    let new = Office { client_id: renewed.client_id, client_secret: renewed.client_secret, ..office };
    house.token(&new).await;
}

#[tokio::test]
async fn the_portals_role_makes_no_practice_and_no_credential() {
    let house = house!();
    let refused = house.portal.store.add_tenant(domain::id::PracticeId::new(secret::make_id()), "x", house.now()).await;
    assert_eq!(refused.unwrap_err(), StoreError::Database(*b"42501"));
}
