//! The server: all routes with their limits around them, health and metrics, the workers beside it.

use std::{net::SocketAddr, time::Duration};

use axum::{
    Router,
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::get,
    serve::ListenerExt,
};
use tokio::{net::TcpListener, time::Instant};

use crate::{
    api, changes, logging,
    messages::{self, Messenger},
    pages, secret,
    state::Shared,
};

/// No answer takes longer, but a stream of events.
const PATIENCE: Duration = Duration::from_secs(30);

/// Nobody else is told where somebody comes from. Not `no-referrer`: under it browsers send our own forms with the origin `null`.
const REFERRER: &str = "same-origin";

/// Everything that is served.
pub fn routes(portal: Shared) -> Router {
    Router::new()
        .merge(api::routes())
        .merge(pages::routes(&portal))
        .route("/health", get(health))
        .route("/metrics", get(metrics))
        .fallback(unknown)
        .layer(middleware::from_fn_with_state(portal.clone(), around))
        .with_state(portal)
}

async fn unknown() -> Response {
    pages::not_found()
}

/// Around every answer: its patience, its headers, its line in the log.
async fn around(State(portal): State<Shared>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let route = request.extensions().get::<MatchedPath>().map_or("unknown", MatchedPath::as_str);
    // A method may be any word; of those that nobody offers none is written down.
    let method = match request.method().as_str() {
        known @ ("GET" | "HEAD" | "POST" | "PUT" | "DELETE" | "PATCH" | "OPTIONS") => known,
        _ => "OTHER",
    };
    let name = format!("{method} {route}");
    let path = request.uri().path();
    let for_practices = ["/fhir", "/practice", "/events", "/gateway"].iter().any(|start| path.starts_with(start));
    let answer = tokio::time::timeout(PATIENCE, next.run(request)).await;
    let mut response = answer.unwrap_or_else(|_| StatusCode::REQUEST_TIMEOUT.into_response());
    if for_practices {
        response = api::as_outcome(response);
    }
    let headers = response.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static(REFERRER));
    if portal.config.secure() {
        let year = HeaderValue::from_static("max-age=31536000; includeSubDomains");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, year);
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    let status = response.status().as_u16();
    portal.metrics.count(&name, status, began.elapsed());
    logging::answered(portal.now(), &name, status, began.elapsed());
    response
}

async fn health(State(portal): State<Shared>) -> (StatusCode, &'static str) {
    match portal.store.answers().await {
        Ok(()) => (StatusCode::OK, "ok\n"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n"),
    }
}

async fn metrics(State(portal): State<Shared>, headers: HeaderMap) -> Result<String, StatusCode> {
    let wanted = &portal.config.metrics_token;
    let shown =
        headers.get(header::AUTHORIZATION).and_then(|v| v.to_str().ok()).and_then(|v| v.strip_prefix("Bearer "));
    let may = !wanted.is_empty() && shown.is_some_and(|shown| secret::same(shown.as_bytes(), wanted.as_bytes()));
    if !may {
        return Err(StatusCode::NOT_FOUND);
    }
    let (connections, idle) = portal.store.connections();
    Ok(portal.metrics.text(connections, idle))
}

/// How often what is past its time goes.
const PURGE: Duration = Duration::from_secs(60 * 60);

/// Deletes what is past its time, for as long as the portal runs.
async fn purge(portal: Shared) {
    let mut often = tokio::time::interval(PURGE);
    loop {
        often.tick().await;
        for (practice, _) in portal.store.tenants().await.unwrap_or_default() {
            let purged = async {
                let mut tx = portal.store.begin(practice).await?;
                let purged = tx.purge(portal.now()).await?;
                tx.commit().await.map(|()| purged)
            };
            if let Err(error) = purged.await {
                logging::fault(portal.now(), "purge", &error.to_string());
            }
        }
    }
}

/// What is being answered when the portal is told to stop has so long; a stream of events would go on for ever.
const GRACE: Duration = Duration::from_secs(5);

/// Serves until it is told to stop; what is being answered is answered first.
///
/// # Errors
/// Where the address cannot be listened on.
pub async fn serve(
    portal: Shared,
    listener: TcpListener,
    messenger: Box<dyn Messenger>,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let workers = [
        tokio::spawn(messages::work(portal.clone(), messenger)),
        tokio::spawn(purge(portal.clone())),
        tokio::spawn(changes::tell(portal.clone())),
        tokio::spawn(changes::hear(portal.clone())),
    ];
    // Nothing small waits for an acknowledgement of what went before: neither the end of a page nor a word of a stream of events.
    let listener = listener.tap_io(|stream| {
        let _ = stream.set_nodelay(true);
    });
    let service = routes(portal).into_make_service_with_connect_info::<SocketAddr>();
    let (told, stopping) = tokio::sync::oneshot::channel();
    let until = async move {
        stop.await;
        // Where nobody listens any more it has ended already.
        let _ = told.send(());
    };
    let overdue = async {
        let _ = stopping.await;
        tokio::time::sleep(GRACE).await;
    };
    let ended = tokio::select! {
        ended = axum::serve(listener, service).with_graceful_shutdown(until) => ended,
        () = overdue => Ok(()),
    };
    workers.iter().for_each(tokio::task::JoinHandle::abort);
    ended
}
