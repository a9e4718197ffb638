//! What an app sends and gets while nothing happens, by the computer's own clock: it looks and listens as the open window does
//! (`sync::Watch`). What comes more rarely than the time that is looked at (a new token over a new connection, a new listening, a run that
//! finds nothing) is brought about, measured by itself, and shared out. Every pause is waited for: a connection that would be closed
//! by then is closed.

use std::sync::Arc;
use std::time::{Duration, Instant};

use semainier_app::commands::Desk;
use semainier_app::commands::sync::{LOOK_EVERY, Watch, automatic};
use semainier_app::sync::{Portal, Secret, Server, Settings, about};
use serde_json::json;

use crate::road::{Counts, Road};
use crate::sync_scene::{self, Scene};
use crate::{round, say, size};

/// Listening ends, and begins again with a new token, after so many minutes (`sync::practice`); a run follows at most as often.
const LISTENS: f64 = 25.0;
/// Questions that find nothing, of which the mean is taken; and how long lies between two of them, as in `sync::run`.
const RUNS: u32 = 3;
const ASKS: Duration = Duration::from_secs(60);
/// A line is quiet once nothing passed for so long.
const QUIET: Duration = Duration::from_secs(2);

/// Waits until nothing passes any more, and tells what passed until then.
async fn quiet(road: &Road) -> Counts {
    let (mut seen, mut since) = (road.counts(), Instant::now());
    while since.elapsed() < QUIET {
        tokio::time::sleep(Duration::from_millis(50)).await;
        let now = road.counts();
        if now.bytes() != seen.bytes() {
            (seen, since) = (now, Instant::now());
        }
    }
    seen
}

/// Looks and listens for so long.
async fn watched(watch: &mut Watch, desk: &Arc<Desk>, time: Duration) {
    let mut tick = tokio::time::interval(LOOK_EVERY);
    let over = tokio::time::sleep(time);
    tokio::pin!(over);
    loop {
        tokio::select! {
            _ = tick.tick() => watch.look(vec![Arc::clone(desk)]).await,
            () = &mut over => return,
        }
    }
}

/// A token over a connection of its own, and one question with it.
async fn token(scene: &Scene, road: &Road) {
    let (address, authority, tenant) = (road.address(), road.authority(), scene.tenant.clone());
    let asked = tokio::task::spawn_blocking(move || {
        let seen = about(&address, &authority).expect("it says who it is");
        let settings = Settings {
            server: Server::Portal,
            address,
            authority,
            client_id: tenant.client_id,
            pinned_key: seen.signing_key,
            practitioners: Vec::new(),
        };
        let secret = Secret::new(zeroize::Zeroizing::new(tenant.client_secret));
        Portal::open(&settings, secret).expect("settings").standing().expect("it answers")
    });
    asked.await.expect("it was asked");
}

/// Measures it.
pub async fn figures(scene: &Scene, desk: Arc<Desk>, road: &Road) {
    // What comes once in a while: a token, a run that finds nothing, a listening that begins.
    let start = quiet(road).await;
    token(scene, road).await;
    automatic(&desk, true).await.expect("the store answers");
    let mut watch = Watch::default();
    watch.look(vec![Arc::clone(&desk)]).await;
    let rare = quiet(road).await.since(start);

    let seconds = u64::from(size("SEMAINIER_BENCH_IDLE", 240));
    let (start, began) = (road.counts(), Instant::now());
    watched(&mut watch, &desk, Duration::from_secs(seconds)).await;
    let (idle, minutes) = (road.counts().since(start), began.elapsed().as_secs_f64() / 60.0);
    let state = sync_scene::state(&desk).await;
    assert_eq!((state.state.as_str(), state.code.as_str()), ("idle", ""), "it was in sync all the time");
    let (flat, shared) = (idle.bytes() as f64 / minutes, rare.bytes() as f64 / LISTENS);
    say(json!({
        "figure": "traffic of an idle app, TLS included", "target": "< 2 kB a minute", "seconds": round(minutes * 60.0),
        "bytes_out": idle.out, "bytes_back": idle.back, "connections": idle.connections, "listening_bytes_a_minute": round(flat),
        "once_in_a_while_bytes": rare.bytes(), "once_in_a_while_connections": rare.connections,
        "shared_bytes_a_minute": round(shared), "bytes_a_minute": round(flat + shared),
    }));

    // Where something on the way cuts every stream, the app asks once a minute instead.
    drop(watch);
    let mut asked = Counts::default();
    for _ in 0..RUNS {
        tokio::time::sleep(ASKS).await;
        let start = quiet(road).await;
        automatic(&desk, true).await.expect("the store answers");
        let one = quiet(road).await.since(start);
        // (A sign of life of the listening that ends meanwhile is counted too.)
        asked.out += one.out;
        asked.back += one.back;
        asked.connections += one.connections;
    }
    let each = f64::from(RUNS);
    say(json!({
        "figure": "a question of an idle app that cannot listen, once a minute, TLS included", "target": "< 2 kB a minute", "runs": RUNS,
        "bytes_out": round(asked.out as f64 / each), "bytes_back": round(asked.back as f64 / each),
        "connections": round(asked.connections as f64 / each), "bytes_a_minute": round(asked.bytes() as f64 / each),
    }));
}
