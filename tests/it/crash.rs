//! A process killed at any moment: what was acknowledged is there, nothing is half there, the journal verifies.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use domain::time::WallTime;
use semainier_app::commands::agenda;
use semainier_app::commands::agenda::wire::ShowDaysRequest;

use crate::house::{House, at, book, cast, verified};

/// Set for the child: the vault's folder.
const CHILD: &str = "SEMAINIER_CRASH_CHILD";

fn slot(number: i64) -> WallTime {
    at("2026-11-23T00:00").plus_minutes(number / 60 * 1440 + number % 60 * 20)
}

/// The child: books as fast as it can and says each booking once it is acknowledged. Does nothing in a plain test run.
#[tokio::test(flavor = "multi_thread")]
async fn child_books_until_it_is_killed() {
    let Some(folder) = std::env::var_os(CHILD) else { return };
    let house = House::at(folder.into());
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    for number in 0..200 {
        let booked = book(&desk, &cast, slot(number), false).await.expect("booked");
        println!("acknowledged {} {}", booked.appointment.id, slot(number));
    }
    println!("all");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_killed_while_it_books_loses_nothing_it_acknowledged() {
    for stop_after in [0, 1, 7, 60, 150] {
        let house = House::without_keyring().await;
        let mut child = Command::new(std::env::current_exe().expect("this test"))
            .args(["crash::child_books_until_it_is_killed", "--exact", "--nocapture", "--test-threads=1"])
            .env(CHILD, &house.vault)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the child starts");
        let mut acknowledged = Vec::new();
        let lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        let mut killed = false;
        for line in lines.map_while(Result::ok) {
            // The harness may write its own words before the first one.
            if let Some(at) = line.find("acknowledged ") {
                let mut words = line[at..].split(' ').skip(1);
                acknowledged.push(words.next().expect("an id").to_owned());
            }
            if !killed && acknowledged.len() > stop_after {
                // SIGKILL on Unix: nothing is tidied up. What is still in the pipe was acknowledged too.
                child.kill().expect("killed");
                killed = true;
            }
        }
        child.wait().expect("it is over");
        assert!(acknowledged.len() > stop_after);
        let desk = house.desk().await;
        let mut there = Vec::new();
        let request = ShowDaysRequest { from: "2026-11-23".to_owned(), days: 10, practitioners: vec![] };
        for column in agenda::show_days(&desk, request).await.expect("the days").columns {
            there.extend(column.appointments.into_iter().map(|a| a.id.to_string()));
        }
        for id in &acknowledged {
            assert!(there.contains(id), "an acknowledged booking is missing after {stop_after}");
        }
        assert!(there.len() <= acknowledged.len() + 1, "at most the one that was under way");
        assert!(verified(&desk).await);
    }
}
