//! What of the registers is due: breaches to notify, windows to object, ends of contracts, reviews, audits.

use chrono::{DateTime, NaiveDate, Utc};
use domain::privacy::breach::{Notification, Risk, deadline, notification};
use domain::privacy::processor::{ContractState, Objection, contract, objection, objection_until};
use domain::time::wall;

use super::facts::{AuditFacts, ProcessorFacts};
use super::{breaches, reviews};
use crate::commands::privacy::DueItem;
use crate::commands::{CommandError, Desk};
use crate::store::{self, Connection};

/// What is due, whenever; the dashboard chooses what is near.
///
/// # Errors
/// What the store refuses.
pub(crate) async fn due(
    desk: &Desk,
    connection: &mut Connection,
    today: NaiveDate,
    now: DateTime<Utc>,
) -> Result<Vec<DueItem>, CommandError> {
    let mut all = Vec::new();
    let told = breaches::read(desk, connection).await?;
    for (number, row) in &told.rows {
        let facts = &row.facts;
        let on = |at: DateTime<Utc>| wall(at, &told.zone).date();
        let item =
            |kind, on| DueItem { kind, id: row.id.to_string(), label: format!("{number}"), on, part: "breaches" };
        if facts.closed_at.is_some() {
            continue;
        }
        let until = on(deadline(facts.aware_at, told.hours));
        match notification(&facts.rule(), told.hours, now) {
            Notification::Running(_) | Notification::Overdue(_) => all.push(item("breach_notification", until)),
            Notification::NotNeeded | Notification::InTime | Notification::Late(_) => {
                let tell =
                    facts.risk == Risk::High && facts.persons_informed_at.is_none() && facts.persons_exempt.is_empty();
                all.push(item(if tell { "breach_persons" } else { "breach_open" }, until));
            }
        }
    }
    for row in store::registers::all::<ProcessorFacts>(connection).await? {
        let item =
            |kind, on| DueItem { kind, id: row.id.to_string(), label: row.facts.name.clone(), on, part: "processors" };
        if row.retired_on.is_some() {
            continue;
        }
        if let Some(announced) = row.facts.announced_on
            && matches!(objection(announced, row.facts.objected_on, today), Objection::Open(_))
        {
            all.push(item("objection_window", objection_until(announced)));
        }
        match (contract(&row.facts.contract(), today), row.facts.contract_until) {
            (ContractState::EndsSoon(_), Some(until)) => all.push(item("contract_end", until)),
            (ContractState::Unconfirmed(_), Some(until)) => all.push(item("contract_unconfirmed", until)),
            (ContractState::Missing, _) if row.facts.processor_id.is_none() => {
                all.push(item("contract_missing", today));
            }
            _ => {}
        }
    }
    let next = reviews::due_on(desk, connection).await?;
    let practice = desk.premises().practice_id.to_string();
    all.push(DueItem { kind: "security_review", id: practice, label: String::new(), on: next, part: "reviews" });
    for row in store::registers::all::<AuditFacts>(connection).await? {
        if row.retired_on.is_some() {
            continue;
        }
        let facts = &row.facts;
        let label = reviews::processor_name(&told.processors, facts.processor_id);
        let item = |kind, on| DueItem { kind, id: row.id.to_string(), label: label.clone(), on, part: "reviews" };
        match (facts.held_on, facts.planned_on) {
            (None, Some(planned)) => all.push(item("audit", planned)),
            (Some(held), _) if facts.discussed_on.is_none() => all.push(item("audit_discussion", held)),
            _ => {}
        }
        if let (Some(until), None) = (facts.corrections_until, facts.corrected_on) {
            all.push(item("audit_corrections", until));
        }
    }
    Ok(all)
}
