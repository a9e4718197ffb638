//! Backups: what they hold, where they go, how they rotate, who may, and the drill.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::TimeDelta;
use semainier_app::backup::{self, BackupError, EXTENSION};
use semainier_app::commands::entrance::sign_in;
use semainier_app::commands::entrance::wire::SignInRequest;
use semainier_app::commands::safekeeping::wire::{BackUpRequest, RestoreDrillRequest, SetBackupsRequest};
use semainier_app::commands::safekeeping::{self};
use semainier_app::commands::wire::NothingRequest;
use semainier_app::commands::{Desk, access};
use semainier_app::store;

use crate::backup_house::{House, PASSWORD, SURNAME, add_patient, agenda_of, book, close, names};

/// A practice with two patients and three appointments, and its backup.
pub async fn backed_up(house: &House) -> (Arc<Desk>, PathBuf) {
    let desk = house.desk().await;
    let patient = add_patient(&desk, "Anne").await;
    add_patient(&desk, "Basma").await;
    for number in 0..3 {
        book(&desk, Some(patient), number).await.unwrap();
    }
    let file = house.path("copy.semainier-backup");
    let view = safekeeping::backup_to_file(&desk, &file).await.unwrap();
    assert!(view.verified);
    (desk, file)
}

pub async fn verify(house: &House, file: &Path) -> Result<backup::Verified, BackupError> {
    backup::verify(file, &house.key(&house.folder()), house.root.path()).await
}

pub async fn found(desk: &Desk) -> i64 {
    store::upkeep::counts(&mut desk.store().read().await.unwrap()).await.unwrap().0
}

pub fn backups_in(place: &Path) -> Vec<String> {
    names(place).into_iter().filter(|name| name.ends_with(EXTENSION)).collect()
}

pub async fn set(desk: &Desk, second_place: &Path, every_hours: i64, keep: i64) -> Result<(), String> {
    let second_place = second_place.display().to_string();
    let request = SetBackupsRequest { second_place, every_hours, keep };
    safekeeping::set_backups(desk, request).await.map(|_| ()).map_err(|refusal| refusal.code)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_holds_what_was_acknowledged_before_it_while_bookings_go_on() {
    let house = House::with_practice().await;
    let desk = house.desk().await;
    let patient = add_patient(&desk, "Anne").await;
    let writer = desk.clone();
    let (first, started) = tokio::sync::oneshot::channel();
    let (stop, mut stopped) = tokio::sync::oneshot::channel::<()>();
    let bookings = tokio::spawn(async move {
        let mut first = Some(first);
        let mut made = 0;
        while stopped.try_recv().is_err() {
            book(&writer, Some(patient), made).await.unwrap();
            made += 1;
            if made == 5 {
                first.take().unwrap().send(()).unwrap();
            }
        }
        made
    });
    started.await.unwrap();
    let before = store::journal::count(&mut desk.store().read().await.unwrap()).await.unwrap();
    let file = house.path("busy.semainier-backup");
    let view = safekeeping::backup_to_file(&desk, &file).await.unwrap();
    stop.send(()).unwrap();
    let made = bookings.await.unwrap();
    assert!(made > 5, "bookings went on while the backup was made");
    let verified = verify(&house, &file).await.unwrap();
    assert_eq!(verified.manifest.entries, view.entries);
    assert!(view.entries >= before, "{} entries, {before} were acknowledged before", view.entries);
    assert!(verified.appointments >= 5 && verified.appointments <= made);
    // Each booking writes one entry in its own transaction: a half one would part the two numbers.
    assert_eq!(verified.manifest.entries - before, verified.appointments - (before - 3), "no half booking");
    close(desk).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_in_a_backup_is_clear() {
    let house = House::with_practice().await;
    let (desk, file) = backed_up(&house).await;
    close(desk).await;
    let bytes = fs::read(&file).unwrap();
    let holds = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(holds("manifest.json"), "the search itself works");
    for clear in [SURNAME, "Basma", "SQLite format 3", "appointment", PASSWORD] {
        assert!(!holds(clear), "{clear} stands in the backup");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_newest_backups_are_kept_in_both_places() {
    let house = House::with_practice().await;
    let desk = house.desk().await;
    add_patient(&desk, "Anne").await;
    let second = house.path("disk");
    fs::create_dir(&second).unwrap();
    set(&desk, &second, 24, 3).await.unwrap();
    fs::write(second.join("letter.semainier-backup"), "somebody's own file").unwrap();
    for _ in 0..5 {
        house.clock.forward(TimeDelta::hours(25));
        let view = safekeeping::automatic(&desk).await.unwrap().unwrap();
        assert!(view.verified && view.warnings.is_empty(), "{view:?}");
        assert!(safekeeping::automatic(&desk).await.unwrap().is_none(), "not due again");
    }
    let first = house.folder().join("backups");
    assert_eq!(backups_in(&first).len(), 3);
    assert_eq!(backups_in(&second).len(), 4, "three, and the file that is not ours");
    assert!(second.join("letter.semainier-backup").exists());
    assert!(backups_in(&first).iter().all(|name| name.contains("T") && name > &"semainier-".to_owned()));
    assert!(backups_in(&first)[0].contains("20261127"), "the oldest went first: {:?}", backups_in(&first));
    for place in [&first, &second] {
        let newest = place.join(backups_in(&first).last().unwrap());
        verify(&house, &newest).await.unwrap();
    }
    let view = safekeeping::list_backups(&desk, NothingRequest {}).await.unwrap();
    assert_eq!(view.backups.len(), 10);
    assert!(view.backups.iter().all(|backup| backup.verified) && !view.overdue);
    house.clock.forward(TimeDelta::hours(49));
    assert!(safekeeping::list_backups(&desk, NothingRequest {}).await.unwrap().overdue);
    close(desk).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unplugged_second_place_warns_and_blocks_nothing() {
    let house = House::with_practice().await;
    let desk = house.desk().await;
    let second = house.path("disk");
    fs::create_dir(&second).unwrap();
    set(&desk, &second, 24, 3).await.unwrap();
    fs::rename(&second, house.path("unplugged")).unwrap();
    let view = safekeeping::automatic(&desk).await.unwrap().unwrap();
    assert!(view.verified);
    // An empty folder where the disk was mounted is not the disk.
    fs::create_dir(&second).unwrap();
    let view = safekeeping::back_up(&desk, BackUpRequest { file: None }).await.unwrap();
    assert!(view.verified);
    assert_eq!(view.warnings, ["second_place_missing"]);
    assert_eq!(names(&second), Vec::<String>::new());
    let listed = safekeeping::list_backups(&desk, NothingRequest {}).await.unwrap();
    assert_eq!(listed.backups[0].place, "second");
    assert_eq!((listed.backups[0].verified, listed.backups[0].code.as_str()), (false, "folder_missing"));
    // Plugged in again, it gets its copy within the hour, without a new one in the first place.
    fs::remove_dir(&second).unwrap();
    fs::rename(house.path("unplugged"), &second).unwrap();
    let first = backups_in(&house.folder().join("backups"));
    house.clock.forward(TimeDelta::minutes(61));
    let view = safekeeping::automatic(&desk).await.unwrap().unwrap();
    assert!(view.verified);
    assert_eq!(backups_in(&house.folder().join("backups")), first);
    assert_eq!(backups_in(&second).len(), 1);
    close(desk).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_second_place_must_be_a_folder_outside_the_vault() {
    let house = House::with_practice().await;
    let desk = house.desk().await;
    assert_eq!(set(&desk, &house.path("nowhere"), 24, 3).await.unwrap_err(), "folder_missing");
    assert_eq!(set(&desk, Path::new("relative"), 24, 3).await.unwrap_err(), "folder_missing");
    assert_eq!(set(&desk, &house.folder().join("documents"), 24, 3).await.unwrap_err(), "inside_vault");
    let outside = house.path("disk");
    fs::create_dir(&outside).unwrap();
    assert_eq!(set(&desk, &outside, 0, 3).await.unwrap_err(), "out_of_range");
    assert_eq!(set(&desk, &outside, 24, 1).await.unwrap_err(), "out_of_range");
    let into = house.folder().join("documents").join("x.semainier-backup");
    assert_eq!(safekeeping::backup_to_file(&desk, &into).await.unwrap_err().code, "inside_vault");
    close(desk).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_drill_opens_the_newest_backup_and_says_what_came_since() {
    let house = House::with_practice().await;
    let desk = house.desk().await;
    let nothing = RestoreDrillRequest { file: None };
    assert_eq!(safekeeping::restore_drill(&desk, nothing.clone()).await.unwrap_err().code, "no_backup");
    let patient = add_patient(&desk, "Anne").await;
    book(&desk, Some(patient), 0).await.unwrap();
    safekeeping::back_up(&desk, BackUpRequest { file: None }).await.unwrap();
    book(&desk, Some(patient), 1).await.unwrap();
    let before = names(&house.folder().join("backups"));
    let drill = safekeeping::restore_drill(&desk, nothing).await.unwrap();
    assert!(drill.verified && !drill.erasure_list_missing);
    assert_eq!((drill.patients, drill.appointments), (1, 1));
    assert_eq!(drill.entries_since, 2, "the entry of the backup itself, and the booking");
    assert_eq!(drill.made_at, "2026-11-24T08:00:00.000Z");
    assert_eq!(names(&house.folder().join("backups")), before, "the trial folder is gone");
    close(desk).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_who_manages_backups_makes_one() {
    let house = House::with_practice().await;
    let desk = house.desk().await;
    let request = serde_json::json!({
        "login": "sonia", "name": "Sonia Petit", "administrator": false, "role": "secretary",
        "practitioner_id": null, "password": "Prairie-mauve-51-corde"
    });
    access::add_user(&desk, serde_json::from_value(request).unwrap()).await.unwrap();
    close(desk).await;
    let request = SignInRequest { login: "sonia".into(), password: "Prairie-mauve-51-corde".into() };
    let desk = sign_in::open(&house.doorstep(), request).await.unwrap().0;
    let refusal = safekeeping::back_up(&desk, BackUpRequest { file: None }).await.unwrap_err();
    assert_eq!(refusal.code, "permission_denied");
    let refusal = safekeeping::restore_drill(&desk, RestoreDrillRequest { file: None }).await.unwrap_err();
    assert_eq!(refusal.code, "permission_denied");
    // The automatic backup is the program's duty, whoever is signed in.
    assert!(safekeeping::automatic(&desk).await.unwrap().unwrap().verified);
    close(desk).await;
}

/// Measures, on request, what a database of a gigabyte takes.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "a measurement: minutes and gigabytes"]
async fn measure_a_large_backup() {
    let house = House::with_practice().await;
    let desk = house.desk().await;
    let (practitioner, _) = agenda_of(&desk).await;
    let mut tx = desk.store().write().await.unwrap();
    sqlx::query(
        "INSERT INTO connection_log (at, user_id, workstation, event)
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 250000)
         SELECT '2026', ?, hex(randomblob(1000)), 'locked' FROM n",
    )
    .bind(practitioner.to_string())
    .execute(&mut *tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let file = house.path("large");
    let begun = std::time::Instant::now();
    safekeeping::backup_to_file(&desk, &file).await.unwrap();
    println!("written and verified: {} MB in {:?}", fs::metadata(&file).unwrap().len() >> 20, begun.elapsed());
    let begun = std::time::Instant::now();
    verify(&house, &file).await.unwrap();
    println!("verified alone in {:?}", begun.elapsed());
    close(desk).await;
}
