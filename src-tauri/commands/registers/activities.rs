//! The register of processing activities: what the program proposes from how it is used, what the controller accepted, and
//! what changed since. A row is never overwritten by a proposal.

use domain::country::Country;
use domain::id::RegisterId;
use domain::privacy::activity::{Field, Kind, Proposal, differences, propose};
use domain::role::Permission;

use super::facts::ActivityFacts;
use super::wire::{
    ActivitiesView, ActivityDifferenceView, ActivityFields, ActivityView, RegistersRequest, SaveActivityRequest,
    SavedRegisterView,
};
use super::{
    SHORT, day_text, in_force as refused_in_force, keep, name_of, needed, seen, text, used, user_names, word, words,
};
use crate::commands::agenda::print::language;
use crate::commands::{CommandError, Desk};
use crate::print::words::Language;
use crate::store;
use crate::store::registers::Entry;

/// Most lines of a field.
const LINES: usize = 40;

/// A proposal, in words.
pub(super) fn proposed(proposal: &Proposal, country: Country, language: Language) -> ActivityFields {
    let lines = |field| words::lines(proposal.lines(field), language);
    ActivityFields {
        name: words::kind(proposal.kind, language).to_owned(),
        purposes: lines(Field::Purposes),
        grounds: proposal.grounds.iter().map(|one| words::ground(*one, country, language)).collect(),
        persons: lines(Field::Persons),
        data: lines(Field::Data),
        recipients: lines(Field::Recipients),
        transfers: lines(Field::Transfers),
        retention: lines(Field::Retention),
        measures: lines(Field::Measures),
        remark: String::new(),
    }
}

/// The lines of a field.
pub(super) fn lines_of(fields: &ActivityFields, field: Field) -> &Vec<String> {
    match field {
        Field::Purposes => &fields.purposes,
        Field::Grounds => &fields.grounds,
        Field::Persons => &fields.persons,
        Field::Data => &fields.data,
        Field::Recipients => &fields.recipients,
        Field::Transfers => &fields.transfers,
        Field::Retention => &fields.retention,
        Field::Measures => &fields.measures,
    }
}

/// What a row says, in another language where it was accepted as proposed: a line that the controller wrote stays as it is.
pub(super) fn told(facts: &ActivityFacts, country: Country, language: Language) -> ActivityFields {
    let mut fields = facts.fields.clone();
    let Some(proposal) = &facts.proposal else { return fields };
    let Ok(own) = crate::commands::agenda::print::language(&facts.language) else { return fields };
    if own == language {
        return fields;
    }
    let (then, now) = (proposed(proposal, country, own), proposed(proposal, country, language));
    let same = |line: &String, of: &[String], to: &[String]| {
        of.iter().position(|one| one == line).and_then(|at| to.get(at)).cloned().unwrap_or_else(|| line.clone())
    };
    if fields.name == then.name {
        fields.name.clone_from(&now.name);
    }
    for (lines, of, to) in [
        (&mut fields.purposes, &then.purposes, &now.purposes),
        (&mut fields.grounds, &then.grounds, &now.grounds),
        (&mut fields.persons, &then.persons, &now.persons),
        (&mut fields.data, &then.data, &now.data),
        (&mut fields.recipients, &then.recipients, &now.recipients),
        (&mut fields.transfers, &then.transfers, &now.transfers),
        (&mut fields.retention, &then.retention, &now.retention),
        (&mut fields.measures, &then.measures, &now.measures),
    ] {
        for line in lines.iter_mut() {
            *line = same(line, of, to);
        }
    }
    fields
}

/// The register of processing activities, and what waits to be accepted.
///
/// # Errors
/// `permission_denied`, `unknown_word` for the language.
pub async fn show_activities(desk: &Desk, request: RegistersRequest) -> Result<ActivitiesView, CommandError> {
    let language = language(&request.language)?;
    let mut connection = desk.read(Permission::KeepPrivacy, "show_activities").await?;
    let country = desk.premises().country;
    let proposals = propose(&used::read(desk, &mut connection).await?.used);
    let rows = store::registers::all::<ActivityFacts>(&mut connection).await?;
    let names = user_names(&mut connection).await?;
    let in_force = |kind: Kind| rows.iter().find(|row| row.retired_on.is_none() && row.facts.kind == kind);
    let mut activities: Vec<ActivityView> = Vec::new();
    for proposal in &proposals {
        let now = proposed(proposal, country, language);
        activities.push(match in_force(proposal.kind) {
            Some(row) => {
                let changed = row.facts.proposal.as_ref().map(|then| differences(then, proposal)).unwrap_or_default();
                let changed = changed.into_iter().map(|one| ActivityDifferenceView {
                    field: one.field.as_str().to_owned(),
                    added: words::lines(&one.added, language),
                    gone: words::lines(&one.gone, language),
                });
                let differences = changed.collect();
                ActivityView { proposed: Some(now), differences, ..view(row, &names, country, language) }
            }
            None => ActivityView {
                id: None,
                kind: proposal.kind.as_str().to_owned(),
                fields: now.clone(),
                proposed: Some(now),
                differences: Vec::new(),
                unused: false,
                accepted_at: String::new(),
                accepted_by: String::new(),
                retired_on: String::new(),
                revision: 0,
            },
        });
    }
    let found = |kind: Kind| proposals.iter().any(|one| one.kind == kind);
    let others = rows.iter().filter(|row| row.retired_on.is_none() && !found(row.facts.kind));
    activities.extend(
        others.map(|row| ActivityView { unused: row.facts.kind != Kind::Own, ..view(row, &names, country, language) }),
    );
    let waiting = activities.iter().filter(|one| one.id.is_none() || !one.differences.is_empty() || one.unused).count();
    let over = rows.iter().filter(|row| row.retired_on.is_some());
    activities.extend(over.map(|row| view(row, &names, country, language)));
    Ok(ActivitiesView { activities, waiting: i64::try_from(waiting).unwrap_or(i64::MAX) })
}

fn view(
    row: &Entry<ActivityFacts>,
    names: &[(domain::id::UserId, String)],
    country: Country,
    language: Language,
) -> ActivityView {
    ActivityView {
        id: Some(row.id),
        kind: row.facts.kind.as_str().to_owned(),
        fields: told(&row.facts, country, language),
        proposed: None,
        differences: Vec::new(),
        unused: false,
        accepted_at: crate::commands::clock::instant_text(row.facts.accepted_at),
        accepted_by: name_of(names, row.facts.accepted_by),
        retired_on: day_text(row.retired_on),
        revision: row.revision,
    }
}

/// What was typed, without empty lines.
fn typed(fields: ActivityFields) -> Result<ActivityFields, CommandError> {
    let lines = |all: Vec<String>, field: &str| -> Result<Vec<String>, CommandError> {
        let kept: Vec<String> = all.iter().map(|line| text(line, field, SHORT)).collect::<Result<_, _>>()?;
        let kept: Vec<String> = kept.into_iter().filter(|line| !line.is_empty()).collect();
        if kept.len() > LINES {
            Err(CommandError::field("too_many_lines", field).with("limit", LINES))
        } else {
            Ok(kept)
        }
    };
    let some = |all: Vec<String>, field: &str| -> Result<Vec<String>, CommandError> {
        let kept = lines(all, field)?;
        if kept.is_empty() { Err(CommandError::field("empty", field)) } else { Ok(kept) }
    };
    Ok(ActivityFields {
        name: needed(&fields.name, "name", SHORT)?,
        purposes: some(fields.purposes, "purposes")?,
        grounds: some(fields.grounds, "grounds")?,
        persons: some(fields.persons, "persons")?,
        data: some(fields.data, "data")?,
        recipients: some(fields.recipients, "recipients")?,
        transfers: lines(fields.transfers, "transfers")?,
        retention: some(fields.retention, "retention")?,
        measures: some(fields.measures, "measures")?,
        remark: text(&fields.remark, "remark", SHORT)?,
    })
}

/// Accepts a processing activity as it is written. What the program would say now is kept beside it, to show later what
/// changed.
///
/// # Errors
/// `permission_denied`, `unknown_word`, `empty` where the law asks for something, `too_long`, `too_many_lines`,
/// `bad_characters`, `not_found`, `changed_meanwhile`, `activity_in_force`.
pub async fn save_activity(desk: &Desk, request: SaveActivityRequest) -> Result<SavedRegisterView, CommandError> {
    let kind: Kind = word(&request.kind, "kind")?;
    let language = language(&request.language)?;
    let fields = typed(request.fields)?;
    let mut change = desk.change(Permission::KeepPrivacy, "save_activity").await?;
    let before = match request.id {
        Some(id) => Some(seen::<ActivityFacts>(&mut change, id, request.revision).await?),
        None => None,
    };
    let kind = before.as_ref().map_or(kind, |row| row.facts.kind);
    let proposals = propose(&used::read(desk, change.connection()).await?.used);
    let facts = ActivityFacts {
        kind,
        language: words::tag(language).to_owned(),
        fields,
        proposal: proposals
            .into_iter()
            .find(|one| one.kind == kind)
            .or_else(|| before.as_ref()?.facts.proposal.clone()),
        accepted_at: change.now(),
        accepted_by: desk.session().user_id,
    };
    let saved = keep(&mut change, RegisterId::new(desk.make_id()), before, facts).await.map_err(refused_in_force)?;
    change.commit().await?;
    Ok(saved)
}
