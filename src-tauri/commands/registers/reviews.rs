//! The yearly review of security, with what the program can say itself; audits of processors.

use std::collections::HashSet;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use domain::id::RegisterId;
use domain::privacy::audit::{Fault, again_on, earliest, faults};
use domain::privacy::authority::law;
use domain::privacy::review::{Answer, Point, next_on};
use domain::role::Permission;
use domain::time::wall;

use super::breach_wire::{
    AuditFields, AuditView, FoundFields, PointView, ReviewFields, ReviewView, ReviewsView, SaveAuditRequest,
    SaveReviewRequest,
};
use super::facts::{ActivityFacts, AuditFacts, BreachFacts, Found, ProcessorFacts, ReviewFacts};
use super::wire::{RegistersRequest, SavedRegisterView};
use super::{LONG, SHORT, date, day_text, keep, missing, needed, past, processors, seen, text, used, word, words};
use crate::commands::agenda::print::language;
use crate::commands::{CommandError, Desk, planning};
use crate::print::words::Language;
use crate::store::registers::Entry;
use crate::store::{self, Connection};

/// When the practice began, on its own clock.
pub(super) async fn began_on(desk: &Desk, connection: &mut Connection) -> Result<NaiveDate, CommandError> {
    let at: DateTime<Utc> = store::practice::practice(connection)
        .await?
        .created_at
        .parse()
        .map_err(|_| CommandError::new("vault_damaged"))?;
    Ok(wall(at, &desk.premises().zone).date())
}

/// When the next review is due.
pub(super) async fn due_on(desk: &Desk, connection: &mut Connection) -> Result<NaiveDate, CommandError> {
    let rows = store::registers::all::<ReviewFacts>(connection).await?;
    let last = rows.iter().filter(|row| row.retired_on.is_none()).map(|row| row.facts.reviewed_on).max();
    Ok(next_on(last, began_on(desk, connection).await?))
}

/// What the program knows of the points of a review.
pub(super) async fn points(
    desk: &Desk,
    connection: &mut Connection,
    language: Language,
) -> Result<Vec<PointView>, CommandError> {
    let premises = desk.premises();
    let used = used::read(desk, connection).await?;
    let settings = store::registers::settings(connection).await?;
    let proposals = domain::privacy::activity::propose(&used.used);
    let accepted = store::registers::all::<ActivityFacts>(connection).await?;
    let waiting = proposals
        .iter()
        .filter(|one| !accepted.iter().any(|row| row.retired_on.is_none() && row.facts.kind == one.kind))
        .count();
    let all = store::registers::all::<ProcessorFacts>(connection).await?;
    let unsound = all
        .iter()
        .filter(|row| row.retired_on.is_none())
        .filter(|row| row.facts.contract_on.is_none() || processors::unsafe_transfer(&row.facts, premises.country))
        .count();
    let open = store::registers::all::<BreachFacts>(connection).await?;
    let open = open.iter().filter(|row| row.facts.closed_at.is_none()).count();
    let t = |french, arabic, english| words::pick(language, french, arabic, english);
    let known = |point: Point| -> (String, Option<bool>) {
        match point {
            Point::Responsible => (settings.officer.clone(), Some(!settings.officer.is_empty())),
            Point::Register => (
                format!(
                    "{} {waiting}",
                    t("Traitements à accepter\u{a0}:", "معالجات تنتظر القبول:", "Activities to accept:")
                ),
                Some(waiting == 0),
            ),
            Point::Notice if law(premises.country).declaration => {
                let label = t("Numéro de déclaration\u{a0}:", "رقم التصريح:", "Number of the declaration:");
                let number = if settings.declaration.is_empty() { "—" } else { settings.declaration.as_str() };
                (format!("{label} {number}"), Some(!settings.declaration.is_empty()))
            }
            Point::Accounts | Point::Departures => {
                (format!("{} {}", t("Comptes actifs\u{a0}:", "حسابات نشطة:", "Active accounts:"), used.accounts), None)
            }
            Point::Locking => {
                let minutes = used.used.lock_after;
                (format!("{} {minutes}", t("Minutes\u{a0}:", "الدقائق:", "Minutes:")), Some(minutes <= 30))
            }
            Point::Backups => {
                let label =
                    t("Dernière sauvegarde vérifiée\u{a0}:", "آخر نسخة تم التحقق منها:", "Last verified backup:");
                let at = used.backup_at.map_or_else(|| "—".to_owned(), |at| words::moment(at, &premises.zone));
                let second = if used.used.second_place {
                    t("second emplacement réglé", "المكان الثاني مضبوط", "second place set")
                } else {
                    t("pas de second emplacement", "لا مكان ثانيا", "no second place")
                };
                (format!("{label} {at} · {second}"), Some(used.used.backed_up && used.used.second_place))
            }
            Point::Processors => {
                let label =
                    t("Sans contrat ou sans garantie\u{a0}:", "بلا عقد أو بلا ضمانة:", "Without contract or safeguard:");
                (format!("{label} {unsound}"), Some(unsound == 0))
            }
            Point::Breaches => (format!("{} {open}", t("Ouvertes\u{a0}:", "مفتوحة:", "Open:")), Some(open == 0)),
            _ => (String::new(), None),
        }
    };
    let view = |&point: &Point| {
        let (known, good) = known(point);
        PointView { point: point.as_str().to_owned(), text: words::point(point, language).to_owned(), known, good }
    };
    Ok(Point::ALL.iter().map(view).collect())
}

/// Reviews, audits, and what to look at.
///
/// # Errors
/// `permission_denied`, `unknown_word` for the language.
pub async fn show_reviews(desk: &Desk, request: RegistersRequest) -> Result<ReviewsView, CommandError> {
    let language = language(&request.language)?;
    let mut connection = desk.read(Permission::KeepPrivacy, "show_reviews").await?;
    let today = desk.wall_now().date();
    let next = due_on(desk, &mut connection).await?;
    let mut reviews = store::registers::all::<ReviewFacts>(&mut connection).await?;
    reviews.sort_by_key(|row| std::cmp::Reverse((row.facts.reviewed_on, row.id)));
    let audits = store::registers::all::<AuditFacts>(&mut connection).await?;
    let all = store::registers::all::<ProcessorFacts>(&mut connection).await?;
    let days = holidays(desk, &mut connection, &audits).await?;
    Ok(ReviewsView {
        next_on: next.to_string(),
        wall: desk.wall_now().to_string(),
        overdue: next < today,
        points: points(desk, &mut connection, language).await?,
        reviews: reviews.iter().map(review_view).collect(),
        audits: audits.iter().rev().map(|row| audit_view(row, &audits, &all, &days)).collect(),
        processors: processors::named(&mut connection).await?,
    })
}

/// Points of a review that are in part or missing.
pub(super) fn open_points(facts: &ReviewFacts) -> usize {
    facts.found.iter().filter(|one| matches!(one.answer, Answer::Partly | Answer::Missing)).count()
}

fn review_view(row: &Entry<ReviewFacts>) -> ReviewView {
    ReviewView {
        id: row.id,
        open: i64::try_from(open_points(&row.facts)).unwrap_or(i64::MAX),
        retired_on: day_text(row.retired_on),
        revision: row.revision,
        fields: ReviewFields {
            reviewed_on: row.facts.reviewed_on.to_string(),
            reviewer: row.facts.reviewer.clone(),
            found: row
                .facts
                .found
                .iter()
                .map(|one| FoundFields {
                    point: one.point.as_str().to_owned(),
                    answer: one.answer.as_str().to_owned(),
                    remark: one.remark.clone(),
                })
                .collect(),
            conclusion: row.facts.conclusion.clone(),
        },
    }
}

/// Writes a review down: an answer for every point.
///
/// # Errors
/// `permission_denied`, `bad_date`, `date_in_future`, `empty`, `too_long`, `bad_characters`, `unknown_word`,
/// `review_incomplete` where a point is missing or comes twice, `not_found`, `changed_meanwhile`.
pub async fn save_review(desk: &Desk, request: SaveReviewRequest) -> Result<SavedRegisterView, CommandError> {
    let today = desk.wall_now().date();
    let fields = request.fields;
    let mut found = Vec::new();
    for one in &fields.found {
        found.push(Found {
            point: word(&one.point, "found")?,
            answer: word(&one.answer, "found")?,
            remark: text(&one.remark, "found", SHORT)?,
        });
    }
    found.sort_by_key(|one| one.point);
    if !found.iter().map(|one| one.point).eq(Point::ALL.iter().copied()) {
        return Err(CommandError::field("review_incomplete", "found"));
    }
    let facts = ReviewFacts {
        reviewed_on: past(&fields.reviewed_on, "reviewed_on", today)?.unwrap_or(today),
        reviewer: needed(&fields.reviewer, "reviewer", SHORT)?,
        found,
        conclusion: text(&fields.conclusion, "conclusion", LONG)?,
    };
    let mut change = desk.change(Permission::KeepPrivacy, "save_review").await?;
    let before = match request.id {
        Some(id) => Some(seen::<ReviewFacts>(&mut change, id, request.revision).await?),
        None => None,
    };
    let saved = keep(&mut change, RegisterId::new(desk.make_id()), before, facts).await?;
    change.commit().await?;
    Ok(saved)
}

/// The holidays of the years around some audits.
pub(super) async fn holidays(
    desk: &Desk,
    connection: &mut Connection,
    audits: &[Entry<AuditFacts>],
) -> Result<HashSet<NaiveDate>, CommandError> {
    let announced = audits.iter().filter_map(|row| row.facts.announced_on).chain([desk.wall_now().date()]);
    let years: Vec<i32> = announced.flat_map(|day| [day.year(), day.year() + 1]).collect();
    planning::holiday_dates(desk, connection, &years).await
}

/// When the audit before this one of the same processor took place.
fn last_held(row_id: Option<RegisterId>, facts: &AuditFacts, all: &[Entry<AuditFacts>]) -> Option<NaiveDate> {
    let own_day = facts.held_on.or(facts.planned_on);
    all.iter()
        .filter(|row| Some(row.id) != row_id && row.retired_on.is_none())
        .filter(|row| row.facts.processor_id == facts.processor_id)
        .filter_map(|row| row.facts.held_on)
        .filter(|held| own_day.is_none_or(|own| *held <= own))
        .max()
}

/// The earliest day of an audit.
pub(super) fn earliest_on(
    row: &Entry<AuditFacts>,
    all: &[Entry<AuditFacts>],
    holidays: &HashSet<NaiveDate>,
) -> Option<NaiveDate> {
    let after_notice = earliest(row.facts.announced_on?, |day| holidays.contains(&day));
    let again = last_held(Some(row.id), &row.facts, all).map(again_on);
    Some(again.map_or(after_notice, |again| again.max(after_notice)))
}

fn audit_view(
    row: &Entry<AuditFacts>,
    all: &[Entry<AuditFacts>],
    processors: &[Entry<ProcessorFacts>],
    holidays: &HashSet<NaiveDate>,
) -> AuditView {
    let facts = &row.facts;
    AuditView {
        id: row.id,
        processor: processor_name(processors, facts.processor_id),
        earliest_on: day_text(earliest_on(row, all, holidays)),
        retired_on: day_text(row.retired_on),
        revision: row.revision,
        fields: AuditFields {
            processor_id: facts.processor_id,
            announced_on: day_text(facts.announced_on),
            planned_on: day_text(facts.planned_on),
            auditor: facts.auditor.clone(),
            organisation: facts.organisation.clone(),
            confidential_on: day_text(facts.confidential_on),
            held_on: day_text(facts.held_on),
            report: facts.report.clone(),
            discussed_on: day_text(facts.discussed_on),
            corrections: facts.corrections.clone(),
            corrections_until: day_text(facts.corrections_until),
            corrected_on: day_text(facts.corrected_on),
        },
    }
}

/// A processor's name.
pub(super) fn processor_name(all: &[Entry<ProcessorFacts>], id: RegisterId) -> String {
    all.iter().find(|row| row.id == id).map(|row| row.facts.name.clone()).unwrap_or_default()
}

fn refusal(fault: Fault, earliest_on: Option<NaiveDate>) -> CommandError {
    let field = match fault {
        Fault::TooSoon | Fault::NoticeTooShort => "planned_on",
        Fault::AuditorMissing => "auditor",
        Fault::NotConfidential => "confidential_on",
        Fault::OutOfOrder => "discussed_on",
    };
    let refusal = CommandError::field(fault.as_str(), field);
    match (fault, earliest_on) {
        (Fault::TooSoon | Fault::NoticeTooShort, Some(day)) => refusal.with("earliest", day),
        _ => refusal,
    }
}

/// Writes an audit down: announced, held, discussed, put right.
///
/// # Errors
/// `permission_denied`, `empty`, `too_long`, `bad_characters`, `bad_date`, `date_in_future`, `not_found`,
/// `changed_meanwhile`, and what the rules ask: `audit_too_soon`, `audit_notice_too_short`, `auditor_missing`,
/// `audit_not_confidential`, `audit_out_of_order`.
pub async fn save_audit(desk: &Desk, request: SaveAuditRequest) -> Result<SavedRegisterView, CommandError> {
    let today = desk.wall_now().date();
    let fields = request.fields;
    let facts = AuditFacts {
        processor_id: fields.processor_id,
        announced_on: date(&fields.announced_on, "announced_on")?,
        planned_on: date(&fields.planned_on, "planned_on")?,
        auditor: text(&fields.auditor, "auditor", SHORT)?,
        organisation: text(&fields.organisation, "organisation", SHORT)?,
        confidential_on: past(&fields.confidential_on, "confidential_on", today)?,
        held_on: past(&fields.held_on, "held_on", today)?,
        report: text(&fields.report, "report", LONG)?,
        discussed_on: past(&fields.discussed_on, "discussed_on", today)?,
        corrections: text(&fields.corrections, "corrections", LONG)?,
        corrections_until: date(&fields.corrections_until, "corrections_until")?,
        corrected_on: past(&fields.corrected_on, "corrected_on", today)?,
    };
    let mut change = desk.change(Permission::KeepPrivacy, "save_audit").await?;
    let before = match request.id {
        Some(id) => Some(seen::<AuditFacts>(&mut change, id, request.revision).await?),
        None => None,
    };
    let processor = store::registers::one::<ProcessorFacts>(change.connection(), facts.processor_id).await?;
    processor.filter(|row| !row.void).ok_or_else(|| missing("processor_id"))?;
    let all = store::registers::all::<AuditFacts>(change.connection()).await?;
    let id = before.as_ref().map_or_else(|| RegisterId::new(desk.make_id()), |row| row.id);
    let as_row = Entry { id, facts: facts.clone(), retired_on: None, void: false, revision: 1 };
    let days = holidays(desk, change.connection(), std::slice::from_ref(&as_row)).await?;
    let last = last_held(Some(id), &facts, &all);
    if let Some(&fault) = faults(&facts.rule(), last, |day| days.contains(&day)).first() {
        return Err(refusal(fault, earliest_on(&as_row, &all, &days)));
    }
    let saved = keep(&mut change, id, before, facts).await?;
    change.commit().await?;
    Ok(saved)
}
