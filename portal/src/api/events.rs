//! Server-sent events: as long as a practice listens, it hears at once that there is something to fetch. The event says up to
//! which number, nothing else; what happened is fetched like by anybody who polls.

use std::{convert::Infallible, time::Duration};

use axum::{
    extract::State,
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures_util::stream;
use tokio::{sync::broadcast::error::RecvError, time::timeout};

use super::{Refusal, caller::Caller};
use crate::state::Shared;

/// What another process of the portal did is noticed after so long at the latest.
const LOOK_AGAIN: Duration = Duration::from_secs(20);

pub(super) async fn stream(State(portal): State<Shared>, caller: Caller) -> Result<Response, Refusal> {
    let mut tx = caller.begin(&portal).await?;
    let practice = tx.practice();
    let seen = tx.feed().await?;
    drop(tx);
    let news = portal.news.subscribe();
    let first = Some((portal, caller, news, seen, true));
    let events = stream::unfold(first, move |state| async move {
        let (portal, caller, mut news, mut seen, first) = state?;
        if first {
            let event = Event::default().event("feed").data(seen.to_string());
            return Some((Ok::<_, Infallible>(event), Some((portal, caller, news, seen, false))));
        }
        loop {
            match timeout(LOOK_AGAIN, news.recv()).await {
                Ok(Ok(told)) if told != practice => continue,
                Ok(Err(RecvError::Closed)) => return None,
                _ => {}
            }
            // The token is asked again each time: a stream does not outlive it.
            let Ok(mut tx) = caller.begin(&portal).await else { return None };
            let Ok(feed) = tx.feed().await else { return None };
            if feed != seen {
                seen = feed;
                let event = Event::default().event("feed").data(feed.to_string());
                return Some((Ok(event), Some((portal, caller, news, seen, false))));
            }
        }
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(Duration::from_secs(30))).into_response())
}
