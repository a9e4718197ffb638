//! What an app sends and gets while nothing happens, by the computer's own clock: it looks and listens as the open window does
//! (`sync::Watch`). What comes more rarely than the time that is looked at (a new token, a new listening, the run of each hour) is
//! brought about, measured by itself, and shared out.

use std::sync::Arc;
use std::time::{Duration, Instant};

use semainier_app::commands::Desk;
use semainier_app::commands::sync::{LOOK_EVERY, Watch, automatic};
use serde_json::json;

use crate::road::{Counts, Road};
use crate::sync_scene::{self, Scene};
use crate::{desk, round, say, size};

/// Listening ends, and begins again with a new token, after so many minutes (`sync::practice`); a run follows at most as often.
const LISTENS: f64 = 25.0;
/// Runs that find nothing, of which the mean is taken.
const RUNS: u32 = 5;
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

/// Measures it.
pub async fn figures(scene: &Scene, before: Arc<Desk>, road: &Road) {
    drop(before);
    // A desk that was just opened: a token, what was missed, and the listening.
    let start = quiet(road).await;
    let desk = desk(&scene.house).await;
    let mut watch = Watch::default();
    automatic(&desk, true).await.expect("the store answers");
    watch.look(vec![Arc::clone(&desk)]).await;
    let opening = quiet(road).await.since(start);

    let seconds = u64::from(size("SEMAINIER_BENCH_IDLE", 240));
    let (start, began) = (road.counts(), Instant::now());
    watched(&mut watch, &desk, Duration::from_secs(seconds)).await;
    let (idle, minutes) = (road.counts().since(start), began.elapsed().as_secs_f64() / 60.0);
    let state = sync_scene::state(&desk).await;
    assert_eq!((state.state.as_str(), state.code.as_str()), ("idle", ""), "it was in sync all the time");
    let (flat, shared) = (idle.bytes() as f64 / minutes, opening.bytes() as f64 / LISTENS);
    say(json!({
        "figure": "traffic of an idle app, TLS included", "target": "< 2 kB a minute", "seconds": round(minutes * 60.0),
        "bytes_out": idle.out, "bytes_back": idle.back, "connections": idle.connections, "listening_bytes_a_minute": round(flat),
        "opening_bytes": opening.bytes(), "opening_connections": opening.connections,
        "opening_shared_bytes_a_minute": round(shared), "bytes_a_minute": round(flat + shared),
    }));

    // Where something on the way cuts every stream, the app asks once a minute instead.
    drop(watch);
    let mut asked = Counts::default();
    for _ in 0..RUNS {
        let start = quiet(road).await;
        automatic(&desk, true).await.expect("the store answers");
        let one = quiet(road).await.since(start);
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
