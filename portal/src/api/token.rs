//! OAuth 2, client credentials (RFC 6749, 4.4): a practice's client gets a token that lasts half an hour.

use axum::{
    body::Bytes,
    extract::{State, rejection::BytesRejection},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD as BASE64};

use super::{Refusal, caller::Address};
use crate::{
    form,
    guard::{Limit, origin},
    secret::{self, Bearer},
    state::Shared,
    store::{TOKEN_LASTS, read_client_name},
};

/// Client and secret of a `Basic` header.
fn basic(headers: &HeaderMap) -> Option<(String, String)> {
    let shown = headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Basic ")?;
    let text = String::from_utf8(BASE64.decode(shown).ok()?).ok()?;
    text.split_once(':').map(|(id, secret)| (id.to_owned(), secret.to_owned()))
}

/// A refusal as OAuth words it.
fn refused(status: StatusCode, error: &'static str) -> Response {
    let body = format!("{{\"error\":\"{error}\"}}");
    (status, [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")], body).into_response()
}

pub(super) async fn give(
    State(portal): State<Shared>,
    Address(address): Address,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Refusal> {
    let now = portal.now();
    let bytes = body?;
    let Some(asked) = std::str::from_utf8(&bytes).ok().and_then(form::pairs) else {
        return Ok(refused(StatusCode::BAD_REQUEST, "invalid_request"));
    };
    if form::value(&asked, "grant_type") != Some("client_credentials") {
        return Ok(refused(StatusCode::BAD_REQUEST, "unsupported_grant_type"));
    }
    let named = |name: &str| form::value(&asked, name).unwrap_or_default().to_owned();
    let (client_id, client_secret) = basic(&headers).unwrap_or_else(|| (named("client_id"), named("client_secret")));
    portal.guard.take(Limit::Token, &origin(address), now).map_err(Refusal::throttled)?;
    let kept = secret::hash_client_secret(&client_secret);
    let unknown = || Ok(refused(StatusCode::UNAUTHORIZED, "invalid_client"));
    let Some((practice, client)) = read_client_name(&client_id) else { return unknown() };
    let mut tx = portal.store.begin(practice).await?;
    if !tx.knows_client(client, &kept).await? {
        if tx.practice_state().await?.is_some() {
            tx.note_connection("token_refused", None, Some(address), now).await?;
            tx.commit().await?;
        }
        return unknown();
    }
    let token = Bearer::make(practice);
    tx.give_token(client, &token.hash, now).await?;
    tx.note_connection("token", None, Some(address), now).await?;
    tx.commit().await?;
    let body = serde_json::json!({
        "access_token": token.text(), "token_type": "Bearer", "expires_in": TOKEN_LASTS.num_seconds(),
    });
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    Ok((headers, body.to_string()).into_response())
}
