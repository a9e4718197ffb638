//! What the page asks first of all (where things stand, and which practices this computer knows) is read while the window is
//! being made, and given to the page as it begins: one way to the host and back less before somebody can sign in.
//!
//! Not here: the answers themselves; they are those of the commands `read_entrance` and `list_practices`. Where they are late
//! (a folder on a share that sleeps) or refuse, the page asks by itself.

use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use tauri::async_runtime::JoinHandle;

use super::Door;
use crate::commands::CommandError;
use crate::commands::entrance::{self, wire::EntranceView};
use crate::commands::practices::{self, wire::PracticesView};
use crate::commands::wire::NothingRequest;

/// How long the window waits for it.
const PATIENCE: Duration = Duration::from_millis(30);

/// As `ui/src/backend/arrival.ts` reads it.
#[derive(Serialize)]
struct Arrival {
    entrance: EntranceView,
    practices: Option<PracticesView>,
}

async fn read(door: Door) -> Result<Arrival, CommandError> {
    let entrance = entrance::read_entrance(&door.current(), NothingRequest {}).await?;
    let practices = match entrance.state.as_str() {
        "none" => None,
        _ => Some(practices::list_practices(&door, NothingRequest {}).await?),
    };
    Ok(Arrival { entrance, practices })
}

/// Begins to read.
pub fn begin(door: &Door) -> JoinHandle<Option<String>> {
    let door = Arc::clone(door);
    tauri::async_runtime::spawn(async move {
        let arrival = read(door).await.ok()?;
        let json = serde_json::to_string(&arrival).ok()?;
        // The page takes it once; a page that is loaded again asks.
        Some(format!("window.semainierArrival = {json};"))
    })
}

/// The script that gives the page its answer; empty where it is not there in time.
pub fn script(reading: JoinHandle<Option<String>>) -> String {
    let read = tauri::async_runtime::block_on(async { tokio::time::timeout(PATIENCE, reading).await });
    read.ok().and_then(Result::ok).flatten().unwrap_or_default()
}
