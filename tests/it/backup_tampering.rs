//! Whoever holds the database key and bends the journal is found out, and which entry it was.

use std::fs;

use semainier_app::commands::history::unattended::verify_unattended;
use semainier_app::commands::history::wire::VerifiedView;
use semainier_app::commands::wire::NothingRequest;
use semainier_app::commands::{history, safekeeping};
use semainier_app::journal;
use semainier_app::store::journal::JournalRow;
use semainier_app::store::{FILE_NAME, Store};
use sqlx::AssertSqlSafe;

use crate::backup_house::{House, add_patient, book, close, credentials};

/// A practice with some history, closed.
async fn with_history() -> House {
    let house = House::with_practice().await;
    let desk = house.desk().await;
    let patient = add_patient(&desk, "Anne").await;
    for number in 0..6 {
        book(&desk, Some(patient), number).await.unwrap();
    }
    close(desk).await;
    house
}

async fn sql(store: &Store, statements: &[&str]) {
    let mut tx = store.write().await.unwrap();
    for statement in statements {
        sqlx::raw_sql(AssertSqlSafe((*statement).to_owned())).execute(&mut *tx).await.unwrap();
    }
    tx.commit().await.unwrap();
}

const UNLOCK: &[&str] =
    &["DROP TRIGGER journal_refuses_update", "DROP TRIGGER journal_refuses_delete", "DROP TRIGGER journal_keeps_order"];

async fn verified(house: &House) -> VerifiedView {
    verify_unattended(&house.doorstep(), credentials()).await.unwrap()
}

fn fault(view: &VerifiedView) -> (&str, Option<i64>) {
    assert!(!view.ok);
    (view.fault.as_deref().unwrap(), view.first_bad)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_untouched_journal_verifies() {
    let house = with_history().await;
    let view = verified(&house).await;
    assert!(view.ok && view.first_bad.is_none());
    assert_eq!(view.entries, 9, "practice, user, patient, six bookings");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_entry_is_found_in_any_of_its_columns() {
    for change in [
        "at = '2020-01-01T00:00:00.000Z'",
        "user_id = 'somebody'",
        "workstation = 'elsewhere'",
        "command = 'nothing'",
        "subject_id = 'another'",
        "owner_id = 'another'",
        "sealed = zeroblob(50)",
        "digest = zeroblob(32)",
        "hash = zeroblob(32)",
    ] {
        let house = with_history().await;
        let store = house.raw(&house.folder()).await;
        sql(&store, UNLOCK).await;
        sql(&store, &[&format!("UPDATE journal SET {change} WHERE sequence = 5")]).await;
        store.close().await;
        assert_eq!(fault(&verified(&house).await), ("changed", Some(5)), "{change}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_entry_is_found() {
    let house = with_history().await;
    let store = house.raw(&house.folder()).await;
    sql(&store, UNLOCK).await;
    sql(&store, &["DELETE FROM journal WHERE sequence = 4"]).await;
    store.close().await;
    assert_eq!(fault(&verified(&house).await), ("missing", Some(4)));
    // The backup refuses to pass such a vault off as right.
    let desk = house.desk().await;
    let refusal = safekeeping::backup_to_file(&desk, &house.path("x")).await.unwrap_err();
    assert_eq!(refusal.code, "backup_damaged");
    assert_eq!(refusal.parameters["entry"], "4");
    assert!(!house.path("x").exists());
    close(desk).await;
}

/// Two entries change places, each with the right hash for where it stands now.
#[tokio::test(flavor = "multi_thread")]
async fn reordered_entries_are_found() {
    let house = with_history().await;
    let store = house.raw(&house.folder()).await;
    let mut connection = store.read().await.unwrap();
    let entries = semainier_app::store::journal::page(&mut connection, 4, 2).await.unwrap();
    drop(connection);
    let [fifth, sixth]: [JournalRow; 2] = entries.try_into().unwrap();
    sql(&store, UNLOCK).await;
    sql(&store, &["DELETE FROM journal WHERE sequence IN (5, 6)"]).await;
    let mut tx = store.write().await.unwrap();
    for (mut row, sequence) in [(sixth, 5), (fifth, 6)] {
        row.sequence = sequence;
        row.hash = journal::hash(&row).to_vec();
        semainier_app::store::journal::insert(&mut tx, &row).await.unwrap();
    }
    tx.commit().await.unwrap();
    store.close().await;
    assert_eq!(fault(&verified(&house).await), ("reordered", Some(5)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cut_tail_is_found_by_the_anchor() {
    let house = with_history().await;
    let store = house.raw(&house.folder()).await;
    sql(&store, UNLOCK).await;
    sql(&store, &["DELETE FROM journal WHERE sequence > 6"]).await;
    store.close().await;
    assert_eq!(fault(&verified(&house).await), ("cut_off", Some(7)));
    // Signing in and out does not forget it, and the desk says the same.
    let desk = house.desk().await;
    let view = history::verify_journal(&desk, NothingRequest {}).await.unwrap();
    assert_eq!(fault(&view), ("cut_off", Some(7)));
    close(desk).await;
    assert_eq!(fault(&verified(&house).await), ("cut_off", Some(7)));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_database_put_in_place_is_found_by_the_anchor() {
    let house = with_history().await;
    let old = fs::read(house.folder().join(FILE_NAME)).unwrap();
    let old_anchor = fs::read(house.folder().join(journal::anchor::FILE_NAME)).unwrap();
    let desk = house.desk().await;
    book(&desk, None, 20).await.unwrap();
    book(&desk, None, 21).await.unwrap();
    close(desk).await;
    assert!(verified(&house).await.ok);
    fs::write(house.folder().join(FILE_NAME), &old).unwrap();
    assert_eq!(fault(&verified(&house).await), ("cut_off", Some(10)));
    // Even with the anchor's file of that day: the keyring remembers.
    fs::write(house.folder().join(journal::anchor::FILE_NAME), &old_anchor).unwrap();
    assert_eq!(fault(&verified(&house).await), ("cut_off", Some(10)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chain_written_anew_is_found_by_the_anchor() {
    let house = with_history().await;
    let store = house.raw(&house.folder()).await;
    let mut connection = store.read().await.unwrap();
    let mut rows = semainier_app::store::journal::page(&mut connection, 0, 100).await.unwrap();
    drop(connection);
    sql(&store, UNLOCK).await;
    sql(&store, &["DELETE FROM journal"]).await;
    let mut tx = store.write().await.unwrap();
    let mut previous = journal::GENESIS.to_vec();
    for row in &mut rows {
        if row.sequence == 3 {
            row.user_id = "somebody else".into();
        }
        row.previous = previous;
        row.hash = journal::hash(row).to_vec();
        previous = row.hash.clone();
        semainier_app::store::journal::insert(&mut tx, row).await.unwrap();
    }
    tx.commit().await.unwrap();
    store.close().await;
    assert_eq!(fault(&verified(&house).await), ("changed", Some(9)), "the anchored entry is not the one of that day");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flipped_bit_in_the_database_is_found_or_refused() {
    let house = with_history().await;
    let path = house.folder().join(FILE_NAME);
    let whole = fs::read(&path).unwrap();
    let pages = whole.len() / 4096;
    for page in [0, 1, 2, pages / 3, pages / 2, pages - 1] {
        let mut bytes = whole.clone();
        bytes[page * 4096 + 2000] ^= 1;
        fs::write(&path, &bytes).unwrap();
        match verify_unattended(&house.doorstep(), credentials()).await {
            Ok(view) => assert!(!view.ok, "page {page}"),
            Err(refusal) => assert_eq!(refusal.code, "vault_damaged", "page {page}"),
        }
        assert_eq!(fs::read(&path).unwrap(), bytes, "the file stays as it was");
    }
    fs::write(&path, &whole[..whole.len() - 4096]).unwrap();
    match verify_unattended(&house.doorstep(), credentials()).await {
        Ok(view) => assert!(!view.ok, "cut by a page"),
        Err(refusal) => assert_eq!(refusal.code, "vault_damaged"),
    }
}
