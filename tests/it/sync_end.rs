//! The end of the contract where something breaks off: the answer is lost, what is returned is cut, somebody books in between, the
//! process is killed, the file or the vault is another than before. Nothing is destroyed that was not returned, and the same again
//! goes on.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, mpsc};

use semainier_app::commands::sync;
use semainier_app::commands::sync::wire::{ReturnAndDestroyRequest, ReturnedView, SignInstructionRequest};
use semainier_app::commands::wire::NothingRequest;
use semainier_app::commands::{CommandError, Desk};

use crate::fault_proxy::{Gate, deliver};
use crate::house::{House, book, code, verified};
use crate::portal_server::{PortalServer, Visitor};
use crate::sync_kept::{FolderKeyring, copy, keyring};
use crate::sync_scene::{Scene, desk_in, on, run, scene, scene_of, state};
use crate::tiny_server::Asked;

const DESTROY: &str = "/practice/destroy";

fn aside<T>(work: impl FnOnce() -> T) -> T {
    tokio::task::block_in_place(work)
}

/// What becomes of the next requests for something.
const WELL: usize = 0;
const ANSWER_LOST: usize = 1;
const LOST: usize = 2;
const CUT: usize = 3;

/// A network on which one path can go wrong.
struct Road {
    gate: Gate,
    fault: Arc<AtomicUsize>,
}

impl Road {
    fn to(server: &PortalServer, path: &'static str) -> Self {
        let (port, fault) = (server.port(), Arc::new(AtomicUsize::new(WELL)));
        let now = Arc::clone(&fault);
        let gate = Gate::of(move |asked: &Asked| match now.load(Ordering::SeqCst) {
            ANSWER_LOST if asked.path() == path => {
                deliver(port, asked);
                Vec::new()
            }
            LOST if asked.path() == path => Vec::new(),
            CUT if asked.path() == path => {
                let mut said = deliver(port, asked);
                said.truncate(said.len() - said.len() / 3);
                said
            }
            _ => deliver(port, asked),
        });
        Self { gate, fault }
    }

    fn set(&self, fault: usize) {
        self.fault.store(fault, Ordering::SeqCst);
    }
}

/// Two appointments of one person at the portal, told over a road.
async fn told(server: &PortalServer, scene: &Scene, address: String) {
    for time in ["09:30", "14:00"] {
        book(&scene.desk, &scene.cast, on(1, time), false).await.expect("booked");
    }
    let request = SignInstructionRequest { address, ..scene.request(server, scene.terms().await).await };
    sync::sign_sync_instruction(&scene.desk, request).await.expect("signed");
    run(&scene.desk).await.expect("it runs");
    assert_eq!(aside(|| server.appointments(&scene.tenant)).len(), 2);
}

async fn end(desk: &Desk, into: &Path) -> Result<ReturnedView, CommandError> {
    let into = into.to_string_lossy().into_owned();
    sync::return_and_destroy(desk, ReturnAndDestroyRequest { into, confirm: "127.0.0.1".to_owned() }).await
}

/// Whether everything is gone there and kept here.
async fn is_over(server: &PortalServer, scene: &Scene, desk: &Desk, done: &ReturnedView) {
    let confirmation = done.confirmation.clone().expect("a confirmation");
    assert!(confirmation.valid && confirmation.statement.contains(&done.sha256), "{confirmation:?}");
    let shown = sync::show_sync(desk, NothingRequest {}).await.expect("shown");
    assert_eq!(shown.confirmations.iter().filter(|one| one.kind == "destruction").count(), 1);
    assert_eq!(state(desk).await.state, "ended");
    let gone = aside(|| server.call(&scene.tenant, "GET", "/practice/export", ""));
    assert_eq!(gone.status, 410, "{}", gone.body);
    let receipt = aside(|| server.call(&scene.tenant, "GET", &format!("/practice/receipt/{}", confirmation.id), ""));
    assert_eq!(receipt.json()["statement"], confirmation.statement, "under the same number");
    assert!(verified(desk).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_end_whose_answer_is_lost_is_confirmed_when_the_same_is_asked_again() {
    let Some(server) = PortalServer::new() else { return };
    let scene = scene(&server).await;
    let road = Road::to(&server, DESTROY);
    told(&server, &scene, road.gate.address()).await;
    let folder = tempfile::tempdir().expect("a folder");
    let into = folder.path().join("retour.jsonl");
    road.set(ANSWER_LOST);
    assert_eq!(code(end(&scene.desk, &into).await), "portal_destruction_unconfirmed");
    let returned = std::fs::read_to_string(&into).expect("it was returned before");
    assert!(returned.contains("DUPONT"));
    assert_ne!(state(&scene.desk).await.state, "ended", "nothing is kept that was not confirmed");
    assert_eq!(code(end(&scene.desk, &into).await), "portal_destruction_unconfirmed", "lost again");
    road.set(WELL);
    let done = end(&scene.desk, &into).await.expect("ended");
    assert_eq!((Path::new(&done.path), std::fs::read_to_string(&into).expect("kept")), (into.as_path(), returned));
    is_over(&server, &scene, &scene.desk, &done).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_returned_by_half_bears_no_name_and_nothing_is_destroyed() {
    let Some(server) = PortalServer::new() else { return };
    let scene = scene(&server).await;
    let road = Road::to(&server, "/practice/export");
    told(&server, &scene, road.gate.address()).await;
    let folder = tempfile::tempdir().expect("a folder");
    let into = folder.path().join("retour.jsonl");
    road.set(CUT);
    assert_ne!(code(end(&scene.desk, &into).await), "done");
    assert_eq!(std::fs::read_dir(folder.path()).expect("there").count(), 0, "no file, whole or half");
    assert_eq!(aside(|| server.appointments(&scene.tenant)).len(), 2);
    road.set(WELL);
    std::fs::write(&into, "somebody else's").expect("written");
    assert_eq!(code(end(&scene.desk, &into).await), "file_exists");
    assert_eq!(std::fs::read_to_string(&into).expect("there"), "somebody else's");
    std::fs::remove_file(&into).expect("removed");
    let done = end(&scene.desk, &into).await.expect("ended");
    is_over(&server, &scene, &scene.desk, &done).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_booked_between_return_and_destruction_is_returned_too() {
    let Some(server) = PortalServer::new() else { return };
    let scene = scene(&server).await;
    let port = server.port();
    let (arrived, arrives) = mpsc::channel::<()>();
    let (go, goes) = mpsc::channel::<()>();
    let ends = Mutex::new(Some((arrived, goes)));
    // The first order of destruction waits on its way.
    let gate = Gate::of(move |asked: &Asked| {
        if asked.path() == DESTROY
            && let Some((arrived, goes)) = ends.lock().expect("no test broke it").take()
        {
            arrived.send(()).expect("somebody waits");
            goes.recv().expect("it is sent on");
        }
        deliver(port, asked)
    });
    told(&server, &scene, gate.address()).await;
    let (schedule, kind) = (aside(|| scene.schedule(&server)), scene.cast.kind.to_string());
    let folder = tempfile::tempdir().expect("a folder");
    let into = folder.path().join("retour.jsonl");
    let (desk, place) = (Arc::clone(&scene.desk), into.clone());
    let ending = tokio::spawn(async move { end(&desk, &place).await });
    let booking = aside(|| {
        arrives.recv().expect("the order is on its way");
        let whom = [("whom", "me"), ("surname", "Martin"), ("first_name", "Léa")];
        let booking = Visitor::new(&server, &scene.tenant, "+33612345678").book(&schedule, &kind, 3, &whom);
        go.send(()).expect("it waits");
        booking
    });
    let done = ending.await.expect("it ends").expect("ended");
    let first = std::fs::read_to_string(&into).expect("it was returned");
    // A message that went meanwhile may have had it returned once more.
    let name = Path::new(&done.path).file_name().and_then(|name| name.to_str()).unwrap_or_default();
    assert!(name.starts_with("retour-") && name.ends_with(".jsonl"), "beside what was returned before: {name}");
    let second = std::fs::read_to_string(&done.path).expect("it was returned anew");
    assert!(!first.contains(&booking.id) && second.contains(&booking.id));
    assert_eq!(std::fs::read_to_string(&into).expect("kept"), first);
    is_over(&server, &scene, &scene.desk, &done).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_returned_file_nothing_is_destroyed_and_what_was_is_still_confirmed() {
    let Some(server) = PortalServer::new() else { return };
    let scene = scene(&server).await;
    let road = Road::to(&server, DESTROY);
    told(&server, &scene, road.gate.address()).await;
    let folder = tempfile::tempdir().expect("a folder");
    let into = folder.path().join("retour.jsonl");
    // The order never arrives, and the file is changed meanwhile: it is returned anew before anything is destroyed.
    road.set(LOST);
    assert_eq!(code(end(&scene.desk, &into).await), "portal_destruction_unconfirmed");
    std::fs::write(&into, "changed").expect("written");
    road.set(ANSWER_LOST);
    assert_eq!(code(end(&scene.desk, &into).await), "portal_destruction_unconfirmed");
    let beside = folder.path().join("retour-2.jsonl");
    assert!(std::fs::read_to_string(&beside).expect("returned anew").contains("DUPONT"));
    // It was carried out, and then the file went: the confirmation is fetched all the same.
    std::fs::remove_file(&beside).expect("removed");
    road.set(WELL);
    let done = end(&scene.desk, &into).await.expect("ended");
    assert_eq!(Path::new(&done.path), beside);
    is_over(&server, &scene, &scene.desk, &done).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vault_from_before_the_end_finds_its_confirmation() {
    let Some(server) = PortalServer::new() else { return };
    let scene = scene(&server).await;
    told(&server, &scene, server.address()).await;
    let folder = tempfile::tempdir().expect("a folder");
    let kept = folder.path().join("copy");
    copy(&scene.house.vault, &kept);
    let done = end(&scene.desk, &folder.path().join("retour.jsonl")).await.expect("ended");
    let restored = scene.house.beside(kept);
    let desk = desk_in(&restored, 0).await;
    desk.give_portal_secret(&scene.tenant.client_secret);
    assert_eq!(code(run(&desk).await), "portal_ended");
    let again = end(&desk, &folder.path().join("encore.jsonl")).await.expect("ended");
    assert_eq!((again.sha256.as_str(), again.path.as_str()), (done.sha256.as_str(), ""));
    is_over(&server, &scene, &desk, &again).await;
}

/// Set for the child: the vault's folder, and where everything is returned to.
const CHILD: &str = "SEMAINIER_END_CHILD";
const INTO: &str = "SEMAINIER_END_INTO";

/// The child: ends the contract, and is killed before it hears that it is ended. Does nothing in a plain test run.
#[tokio::test(flavor = "multi_thread")]
async fn child_ends_the_contract_until_it_is_killed() {
    let Some(folder) = std::env::var_os(CHILD) else { return };
    let vault = PathBuf::from(folder);
    let house = House::at(vault.clone()).holding(keyring(&vault));
    let desk = desk_in(&house, 0).await;
    let into = PathBuf::from(std::env::var_os(INTO).expect("it is set"));
    let _ = end(&desk, &into).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_killed_before_it_keeps_the_confirmation_gets_it_again() {
    let Some(server) = PortalServer::new() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let ring = Arc::new(FolderKeyring(folder.path().join("keyring")));
    let scene = scene_of(&server, House::with_keyring(ring).await).await;
    let (port, (done, is_done)) = (server.port(), mpsc::channel::<()>());
    let (killed, is_killed) = mpsc::channel::<()>();
    let ends = Mutex::new(Some((done, is_killed)));
    // It is destroyed, and the answer is on its way when the process is killed.
    let gate = Gate::of(move |asked: &Asked| {
        let said = deliver(port, asked);
        if asked.path() == DESTROY
            && let Some((done, is_killed)) = ends.lock().expect("no test broke it").take()
        {
            done.send(()).expect("somebody waits");
            let _ = is_killed.recv();
        }
        said
    });
    told(&server, &scene, gate.address()).await;
    copy(&folder.path().join("keyring"), &scene.house.vault.with_file_name("keyring"));
    let into = folder.path().join("retour.jsonl");
    let mut child = Command::new(std::env::current_exe().expect("this test"))
        .args(["sync_end::child_ends_the_contract_until_it_is_killed", "--exact", "--nocapture", "--test-threads=1"])
        .env(CHILD, &scene.house.vault)
        .env(INTO, &into)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the child starts");
    aside(|| is_done.recv_timeout(std::time::Duration::from_secs(120)).expect("it is destroyed"));
    child.kill().expect("killed");
    child.wait().expect("it is over");
    killed.send(()).expect("it waits");
    assert_ne!(state(&scene.desk).await.state, "ended");
    let returned = std::fs::read_to_string(&into).expect("it was returned");
    let done = end(&scene.desk, &into).await.expect("ended");
    assert_eq!(std::fs::read_to_string(&into).expect("kept"), returned);
    is_over(&server, &scene, &scene.desk, &done).await;
}
