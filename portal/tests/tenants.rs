//! The walls between practices, tried from every side.

use std::collections::BTreeSet;

use portal::{secret, secret::Bearer};
use sqlx::{Executor, Row};

use crate::house::{house, name};

#[tokio::test]
async fn the_portals_role_may_pass_no_wall() {
    let house = house!();
    assert!(!house.portal.store.passes_walls().await.unwrap());
    assert!(house.owner.passes_walls().await.unwrap(), "the owner is not fit to serve, and the check can tell");
}

#[tokio::test]
async fn every_table_has_its_wall_and_the_practice_first_in_its_key() {
    let house = house!();
    let rows = house
        .raw
        .fetch_all(
            "SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity AS walled, \
             (SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0] \
              WHERE i.indrelid = c.oid AND i.indisprimary) AS first \
             FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> '_sqlx_migrations'",
        )
        .await
        .unwrap();
    assert!(rows.len() >= 18);
    for row in rows {
        let (table, walled, first): (String, bool, Option<String>) = (row.get(0), row.get(1), row.get(2));
        assert!(walled, "{table} has no wall");
        assert_eq!(first.as_deref(), Some("practice_id"), "{table}");
    }
}

/// Plain SQL, as if a query had forgotten its practice: behind A's wall there is nothing of B, and nothing of B can be made.
#[tokio::test]
async fn a_query_without_its_condition_shows_no_other_practice() {
    let house = house!();
    let (one, schedule) = house.practice().await;
    let (other, _) = house.practice().await;
    for office in [&one, &other] {
        let slot = house.free(office, &schedule, 0).await;
        house.book(office, &schedule, slot.id, "+33612345678").await.unwrap();
    }
    let tables: Vec<String> = house
        .raw
        .fetch_all("SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'")
        .await
        .unwrap()
        .iter()
        .map(|row| row.get(0))
        .filter(|table: &String| table != "_sqlx_migrations")
        .collect();
    let public = ["directory", "tenant"];
    let mut seen = BTreeSet::new();
    for table in &tables {
        let select =
            || sqlx::query_scalar::<_, uuid::Uuid>(sqlx::AssertSqlSafe(format!("SELECT practice_id FROM {table}")));
        let mut tx = house.raw.begin().await.unwrap();
        let outside = select().fetch_all(&mut *tx).await.unwrap();
        assert!(outside.is_empty() || public.contains(&table.as_str()), "{table} is seen from outside");
        sqlx::query("SELECT set_config('app.practice', $1, true)")
            .bind(one.practice.to_string())
            .execute(&mut *tx)
            .await
            .unwrap();
        let inside = select().fetch_all(&mut *tx).await.unwrap();
        if !public.contains(&table.as_str()) {
            assert!(inside.iter().all(|id| *id == one.practice.uuid()), "{table}");
        }
        if !inside.is_empty() {
            seen.insert(table.as_str());
        }
        // Neither can the other's rows be changed or deleted, nor rows be made for it.
        let theirs = format!("DELETE FROM {table} WHERE practice_id = '{}'", other.practice);
        match sqlx::query(sqlx::AssertSqlSafe(theirs)).execute(&mut *tx).await {
            Ok(done) => assert_eq!(done.rows_affected(), 0, "{table}"),
            Err(error) => {
                let error = error.into_database_error().unwrap();
                assert_eq!(error.code().as_deref(), Some("42501"), "{table}");
            }
        }
    }
    assert!(seen.len() > 9, "the test saw rows: {seen:?}");
    let mut tx = house.raw.begin().await.unwrap();
    sqlx::query("SELECT set_config('app.practice', $1, true)")
        .bind(one.practice.to_string())
        .execute(&mut *tx)
        .await
        .unwrap();
    let made = sqlx::query("INSERT INTO usage (practice_id, month_on, kind) VALUES ($1, '2026-01-01', 'booking')")
        .bind(other.practice.uuid())
        .execute(&mut *tx)
        .await;
    assert_eq!(made.unwrap_err().into_database_error().unwrap().code().as_deref(), Some("42501"));
}

#[tokio::test]
async fn the_wall_falls_with_its_transaction() {
    let house = house!();
    let (office, _) = house.practice().await;
    for _ in 0..20 {
        let tx = house.portal.store.begin(office.practice).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = house.portal.store.begin(domain::id::PracticeId::new(secret::make_id())).await.unwrap();
        assert!(tx.schedules().await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_token_opens_its_own_practice_only() {
    let house = house!();
    let (one, schedule) = house.practice().await;
    let (other, _) = house.practice().await;
    let slot = house.free(&one, &schedule, 0).await;
    let booked = house.book(&one, &schedule, slot.id, "+33612345678").await.unwrap();
    let id = booked.id.uuid();
    // Everything by the other's token: not there, and nothing happens.
    assert_eq!(house.call(&other, "GET", &format!("/fhir/Appointment/{id}"), &[], "").await.status, 404);
    assert_eq!(house.call(&other, "GET", &format!("/fhir/Slot/{}", slot.id.0), &[], "").await.status, 404);
    for path in ["/fhir/Appointment?_cursor=0", "/fhir/Appointment?_lastUpdated=ge2000-01-01", "/fhir/Slot"] {
        assert!(house.call(&other, "GET", path, &[], "").await.bundle().entry.is_empty(), "{path}");
    }
    assert_eq!(house.call(&other, "DELETE", &format!("/fhir/Appointment?{}", name(id)), &[], "").await.status, 204);
    let erase = format!(
        "{{\"request_id\":\"{}\",\"appointments\":[\"{id}\"],\"contacts\":[\"+33612345678\"]}}",
        secret::make_id()
    );
    let receipt = house.call(&other, "POST", "/practice/erase", &[], &erase).await;
    assert!(receipt.body.contains("\\\"appointments\\\":0"), "{}", receipt.body);
    assert!(!house.call(&other, "GET", "/practice/export", &[], "").await.body.contains("Martin"));
    assert_eq!(house.call(&one, "GET", &format!("/fhir/Appointment/{id}"), &[], "").await.status, 200);
    // The same name in both practices is two things.
    let same = house.put(&other, "Slot", slot.id.0, &slot, &[("if-none-match", "*")]).await;
    assert_eq!(same.status, 201, "{}", same.body);
    // A token whose practice is exchanged for another's.
    let mut forged = Vec::new();
    let own = base64_decode(&one.token);
    forged.extend_from_slice(other.practice.uuid().as_bytes());
    forged.extend_from_slice(&own[16..]);
    let forged = base64_encode(&forged);
    assert!(Bearer::read(&forged).is_some(), "of the form");
    let bearer = format!("Bearer {forged}");
    assert_eq!(house.send("GET", "/fhir/Slot", &[("authorization", &bearer)], "").await.status, 401);
}

fn base64_decode(text: &str) -> Vec<u8> {
    use base64::Engine;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(text).unwrap()
}

fn base64_encode(bytes: &[u8]) -> String {
    use base64::Engine;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes)
}
