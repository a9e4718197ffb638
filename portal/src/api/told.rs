//! What a practice may see of the messages to its patients: which went, which did not, and how a survey was answered; without
//! recipients, words or anybody's answer.

use axum::{
    extract::{RawQuery, State},
    http::StatusCode,
    response::Response,
};
use chrono::TimeDelta;

use super::{Refusal, caller::Caller, json, practice::month_of, query::Parameters};
use crate::state::Shared;

/// Messages that were settled in the last seven days or since an instant, and those that wait.
pub(super) async fn messages(
    State(portal): State<Shared>,
    caller: Caller,
    RawQuery(query): RawQuery,
) -> Result<Response, Refusal> {
    let parameters = Parameters::read(query.as_deref(), &["since"])?;
    let since = match parameters.one("since") {
        Some(text) => text.parse().map_err(|_| Refusal::form("since"))?,
        None => portal.now() - TimeDelta::days(7),
    };
    let mut tx = caller.begin(&portal).await?;
    json(StatusCode::OK, &serde_json::json!({ "messages": tx.told_since(since).await? }))
}

/// How a survey was answered in a month.
pub(super) async fn survey(
    State(portal): State<Shared>,
    caller: Caller,
    RawQuery(query): RawQuery,
) -> Result<Response, Refusal> {
    let parameters = Parameters::read(query.as_deref(), &["month"])?;
    let month = month_of(&parameters, &portal)?;
    let mut tx = caller.begin(&portal).await?;
    let counts = tx.survey(month).await?;
    let counts: Vec<_> = counts
        .into_iter()
        .map(|(question, score, count)| serde_json::json!({ "question": question, "score": score, "count": count }))
        .collect();
    json(StatusCode::OK, &serde_json::json!({ "month": month.format("%Y-%m").to_string(), "answers": counts }))
}
