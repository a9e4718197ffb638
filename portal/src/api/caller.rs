//! Who calls: a token names a practice, and is believed when it is found behind that practice's wall.

use std::net::{IpAddr, SocketAddr};

use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{HeaderMap, StatusCode, header, request::Parts},
};
use fhir::booking::IssueCode;

use super::Refusal;
use crate::{
    guard::{Limit, origin},
    secret::Bearer,
    state::Shared,
    store::{State, Tx},
};

/// The address of who asks: of the connection, or what our own proxy says.
pub struct Address(pub IpAddr);

impl FromRequestParts<Shared> for Address {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, portal: &Shared) -> Result<Self, Refusal> {
        let socket = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        let told = portal.config.proxy.then(|| forwarded(&parts.headers)).flatten();
        told.or(socket).map(Self).ok_or(Refusal::exception())
    }
}

/// The last address: the one that our own proxy wrote. What stands before it anybody may have written.
fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
    last.rsplit(',').next()?.trim().parse().ok()
}

/// A caller that showed a token. Whether it is good is asked by [`Caller::begin`], after the body was read: no connection to
/// the database waits for a slow client.
pub struct Caller {
    bearer: Bearer,
    address: IpAddr,
}

impl FromRequestParts<Shared> for Caller {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, portal: &Shared) -> Result<Self, Refusal> {
        let Address(address) = Address::from_request_parts(parts, portal).await?;
        let shown = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let bearer = shown.and_then(|text| text.strip_prefix("Bearer ")).and_then(Bearer::read);
        bearer.map(|bearer| Self { bearer, address }).ok_or(Refusal::unknown_client())
    }
}

impl Caller {
    /// A transaction behind the caller's wall, where its practice is in service or suspended.
    ///
    /// # Errors
    /// Where the token is not good, the practice is ended, or calls too often.
    pub async fn begin(&self, portal: &Shared) -> Result<Tx, Refusal> {
        match self.begin_even_ended(portal).await? {
            (_, State::Ended) => Err(Refusal::new(StatusCode::GONE, IssueCode::Forbidden, "practice_ended")),
            (tx, _) => Ok(tx),
        }
    }

    /// The same for a practice that is ended too: its confirmation can still be fetched.
    ///
    /// # Errors
    /// Where the token is not good, or the practice calls too often.
    pub async fn begin_even_ended(&self, portal: &Shared) -> Result<(Tx, State), Refusal> {
        let now = portal.now();
        let practice = self.bearer.practice;
        let mut tx = portal.store.begin(practice).await?;
        let Some(state) = tx.token_state(&self.bearer.hash, now).await? else {
            let address = origin(self.address);
            portal.guard.take(Limit::Token, &address, now).map_err(Refusal::throttled)?;
            return Err(Refusal::unknown_client());
        };
        portal.guard.take(Limit::Practice, &practice.to_string(), now).map_err(Refusal::throttled)?;
        Ok((tx, state))
    }
}
