//! From rows to what the rules mean for everybody.

use chrono::NaiveDate;
use domain::privacy::retention::{Category, Decided, Facts, Rules, Standing, standing};
use domain::time::{Zone, day_number, from_day_number};

use super::day_of;
use crate::commands::{CommandError, Desk};
use crate::store::Connection;
use crate::store::retention::{FactsRow, RuleRow, facts, rules};

/// A person with what the rules mean for them.
pub(super) struct Person {
    /// The facts as read.
    pub row: FactsRow,
    /// The last care, or the last activity where there is no record.
    pub last: Option<NaiveDate>,
    /// What the rules mean.
    pub standing: Standing,
}

/// A decision as the rules take it; none where its category is not known here.
pub(super) fn decided(row: &RuleRow) -> Option<Decided> {
    Some(Decided {
        category: row.category.parse::<Category>().ok()?,
        active: row.active_months.and_then(|months| u32::try_from(months).ok()),
        months: u32::try_from(row.months).ok()?,
    })
}

/// The rules that count in this practice.
pub(super) async fn rules_here(desk: &Desk, connection: &mut Connection) -> Result<Rules, CommandError> {
    let own: Vec<Decided> = rules(connection).await?.iter().filter_map(decided).collect();
    Ok(Rules::new(desk.premises().country, &own))
}

/// Everybody in the active base, or these random ids.
pub(super) async fn people(
    desk: &Desk,
    connection: &mut Connection,
    of: Option<&[String]>,
) -> Result<Vec<Person>, CommandError> {
    let rules = rules_here(desk, connection).await?;
    let zone = desk.premises().zone;
    let today = desk.wall_now().date();
    let rows = facts(connection, day_number(today), of).await?;
    Ok(rows.into_iter().filter_map(|row| person(&rules, row, &zone)).collect())
}

/// What the rules mean for one person, by the random id of the one that others were merged into.
pub(in crate::commands) async fn standing_of(
    desk: &Desk,
    connection: &mut Connection,
    erasure_id: &str,
) -> Result<Option<Standing>, CommandError> {
    let found = people(desk, connection, Some(&[erasure_id.to_owned()])).await?;
    Ok(found.into_iter().find(|one| one.row.erasure_id == erasure_id).map(|one| one.standing))
}

fn person(rules: &Rules, row: FactsRow, zone: &Zone) -> Option<Person> {
    let instant = |text: &Option<String>| text.as_deref().and_then(|at| day_of(at, zone));
    let day = |number: Option<i64>| number.map(from_day_number);
    let written = instant(&row.last_written);
    let (last_care, last_activity) =
        (day(row.last_kept).max(written), day(row.last_day).max(instant(&row.last_noted)).max(written));
    let facts = Facts {
        last_care,
        last_activity,
        // Where anything happened, that counts.
        entered: if last_activity.max(last_care).is_some() { None } else { day_of(&row.created_at, zone) },
        born: row.born.as_deref().and_then(|born| born.parse().ok()),
        deceased_on: row.deceased_on.as_deref().and_then(|on| on.parse().ok()),
        has_record: row.has_record,
        held: row.held,
    };
    let standing = standing(rules, &facts)?;
    let last = if facts.has_record { facts.last_care } else { None };
    let last = last.or(facts.last_activity).or(facts.entered);
    Some(Person { row, last, standing })
}

impl Person {
    /// Surname and first name, as a list shows them.
    pub fn name(&self) -> String {
        format!("{} {}", self.row.surname, self.row.first_name).trim().to_owned()
    }
}
