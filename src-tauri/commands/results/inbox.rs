//! The inbox: papers of which a person decides whose they are. Whoever decides sees who the paper says it is about, beside those
//! whom it may be; what it says only a practitioner reads.

use chrono::{DateTime, TimeDelta, Utc};
use domain::id::PatientId;
use domain::patient::names::normalise;
use domain::patient::whose::Doubt;
use domain::role::Permission;
use domain::time::wall;
use serde_json::json;

use super::intake::{born, judge};
use super::sealing::{Content, open, opens};
use super::take_in::take_row;
use super::wire::{
    AttachResultRequest, AttachedResultView, CandidateView, FiledContentView, FiledRequest, InboxItemView, InboxView,
    RefuseResultRequest,
};
use crate::commands::clock::instant_text;
use crate::commands::patient::save::add;
use crate::commands::record::chart::Chart;
use crate::commands::wire::{DoneView, NothingRequest};
use crate::commands::{CommandError, Desk};
use crate::import::results::FileIdentity;
use crate::journal::ChangeRecord;
use crate::store::filing::{self, FiledRow};
use crate::store::patient::Patient;
use crate::store::{self, StoreError, restriction};

/// How long a refusal can be taken back; then the paper is removed.
const KEPT: TimeDelta = TimeDelta::days(30);
/// How many candidates are worth a look.
const CANDIDATES: usize = 6;

fn limit(desk: &Desk) -> String {
    instant_text(desk.now() - KEPT)
}

fn paper(row: &FiledRow) -> Patient {
    super::intake::as_patient(&FileIdentity {
        surname: row.surname.clone(),
        birth_name: row.birth_name.clone(),
        first_name: row.first_name.clone(),
        born: born(&row.born),
        sex: match row.sex.as_str() {
            "female" => "female",
            "male" => "male",
            _ => "unknown",
        },
        nir: row.nir.clone(),
    })
}

/// In what a candidate is not as the paper says.
fn differs(paper: &Patient, known: &Patient) -> Vec<String> {
    let name = |a: &str, b: &str| normalise(a) != normalise(b);
    let surnames = [&known.surname, &known.birth_name];
    let number = |text: &str| -> String { text.chars().filter(char::is_ascii_alphanumeric).take(13).collect() };
    let mut found = Vec::new();
    if !surnames.iter().any(|own| !name(&paper.surname, own)) {
        found.push("surname");
    }
    if name(&paper.first_name, &known.first_name) {
        found.push("first_name");
    }
    if paper.born != known.born {
        found.push("born");
    }
    if paper.sex != "unknown" && known.sex != "unknown" && paper.sex != known.sex {
        found.push("sex");
    }
    if !paper.nir.is_empty() && !known.nir.is_empty() && number(&paper.nir) != number(&known.nir) {
        found.push("nir");
    }
    found.into_iter().map(str::to_owned).collect()
}

/// The papers that somebody has to decide, with those whom they may be about.
///
/// # Errors
/// `permission_denied`.
pub async fn list_inbox(desk: &Desk, _request: NothingRequest) -> Result<InboxView, CommandError> {
    let mut connection = desk.read(Permission::FileDocuments, "list_inbox").await?;
    let mut items: Vec<InboxItemView> = Vec::new();
    let mut slips: Vec<String> = Vec::new();
    for row in filing::undecided(&mut connection, &limit(desk)).await? {
        // One number, one decision.
        let refused = row.refused_at.is_some();
        let same = slips.iter().position(|slip| *slip == row.slip && !slip.is_empty());
        if let Some(at) = same.filter(|&at| items[at].refused == refused && items[at].whole == row.whole) {
            items[at].copies += 1;
            continue;
        }
        let paper = paper(&row);
        let mut candidates = Vec::new();
        if !paper.surname.is_empty() || !paper.first_name.is_empty() {
            let (found, known) = judge(&mut connection, &paper).await?;
            for (id, likeness) in found.candidates.into_iter().take(CANDIDATES) {
                let Some(one) = known.iter().find(|one| one.id == id) else { continue };
                candidates.push(CandidateView {
                    patient_id: id,
                    surname: one.surname.clone(),
                    birth_name: one.birth_name.clone(),
                    first_name: one.first_name.clone(),
                    born: one.born.map_or_else(String::new, |day| day.to_string()),
                    sex: one.sex.clone(),
                    nir: one.nir.clone(),
                    score: i64::from(likeness.score),
                    reasons: likeness.reasons.iter().map(|reason| reason.as_str().to_owned()).collect(),
                    differs: differs(&paper, one),
                });
            }
        }
        let filed_at: DateTime<Utc> = row.filed_at.parse().map_err(|_| CommandError::from(StoreError::BadValue))?;
        slips.push(row.slip);
        items.push(InboxItemView {
            id: row.id,
            problem: row.problem,
            line: row.line,
            whole: row.whole,
            surname: row.surname,
            birth_name: row.birth_name,
            first_name: row.first_name,
            born: row.born.unwrap_or_default(),
            sex: row.sex,
            nir: row.nir,
            copies: 1,
            filed_at: wall(filed_at, &desk.premises().zone),
            refused,
            candidates,
        });
    }
    let waiting = filing::count_waiting(&mut connection).await?;
    let unseen = filing::count_unseen(&mut connection).await?;
    Ok(InboxView { items, waiting, unseen })
}

/// Gives a paper, and all of the same number, to a patient. In a practitioner's session it is in the record then; else it waits for
/// one.
///
/// # Errors
/// `permission_denied`, `filed_not_found`, `not_whole` for what was cut, `patient_not_found`, `name_missing`.
pub async fn attach_result(desk: &Desk, request: AttachResultRequest) -> Result<AttachedResultView, CommandError> {
    let opens = opens(desk).await;
    let mut change = desk.change(Permission::FileDocuments, "attach_result").await?;
    let row = filing::filed(change.connection(), request.id).await?.filter(|row| row.patient_id.is_none());
    let row = row.ok_or_else(|| CommandError::new("filed_not_found"))?;
    if !row.whole {
        return Err(CommandError::new("not_whole"));
    }
    let patient_id = match request.patient_id {
        Some(id) => {
            let found = store::patient::resolved(change.connection(), id).await?;
            found.ok_or_else(|| CommandError::field("patient_not_found", "patient_id"))?.id
        }
        None => create(desk, &mut change, &row).await?,
    };
    let mut rows = vec![row.id];
    if !row.slip.is_empty() {
        let same = filing::of_slip(change.connection(), &row.slip).await?;
        rows = same.into_iter().filter(|one| one.whole && one.patient_id.is_none()).map(|one| one.id).collect();
        if !rows.contains(&row.id) {
            rows.push(row.id);
        }
    }
    let owner = patient_id.to_string();
    let mut attached = Vec::new();
    for id in rows {
        filing::attach(change.connection(), id, patient_id).await?;
        let record = ChangeRecord::created("filed", &json!({ "patient": patient_id }));
        change.record("results", &format!("filed:{id}"), Some(&owner), &record).await?;
        attached.extend(filing::filed(change.connection(), id).await?);
    }
    let opens = opens && !restriction::is_limited(change.connection(), patient_id).await?;
    let mut taken = opens;
    if opens {
        let chart = Chart::open(desk, change.connection(), patient_id).await?;
        for row in &attached {
            taken &= take_row(desk, &mut change, &chart, row).await?;
        }
    }
    change.commit().await?;
    Ok(AttachedResultView { patient_id, taken })
}

/// Takes back whose a paper is, and all of the same number, while no practitioner's session has taken it in.
///
/// # Errors
/// `permission_denied`, `filed_not_found` where it is in the record already.
pub async fn detach_result(desk: &Desk, request: FiledRequest) -> Result<DoneView, CommandError> {
    let mut change = desk.change(Permission::FileDocuments, "detach_result").await?;
    let row = filing::filed(change.connection(), request.id).await?;
    let row = row.filter(|row| row.kind == "report" && row.patient_id.is_some());
    let row = row.ok_or_else(|| CommandError::new("filed_not_found"))?;
    let mut rows = filing::of_slip(change.connection(), &row.slip).await?;
    rows.retain(|one| one.patient_id == row.patient_id);
    if rows.is_empty() {
        rows.push(row);
    }
    for row in rows {
        let problem = if row.problem.is_empty() { Doubt::Doubtful.as_str() } else { row.problem.as_str() };
        filing::put_back(change.connection(), row.id, problem).await?;
        let record = ChangeRecord::created("filed", &json!({ "kind": row.kind, "problem": problem }));
        change.record("results", &format!("filed:{}", row.id), None, &record).await?;
    }
    change.commit().await?;
    Ok(DoneView::default())
}

/// A new patient with a paper's identity.
async fn create(
    desk: &Desk,
    change: &mut crate::commands::desk::Change<'_>,
    row: &FiledRow,
) -> Result<PatientId, CommandError> {
    if row.surname.is_empty() && row.first_name.is_empty() {
        return Err(CommandError::field("name_missing", "surname"));
    }
    let new = Patient {
        id: PatientId::new(desk.make_id()),
        erasure_id: desk.make_id().to_string(),
        created_at: change.at().to_owned(),
        ..paper(row)
    };
    Ok(add(desk, change, new).await?.0.id)
}

/// Refuses a paper, or takes that back within a month.
///
/// # Errors
/// `permission_denied`, `filed_not_found`.
pub async fn refuse_result(desk: &Desk, request: RefuseResultRequest) -> Result<DoneView, CommandError> {
    let mut change = desk.change(Permission::FileDocuments, "refuse_result").await?;
    let row = filing::filed(change.connection(), request.id).await?.filter(|row| row.patient_id.is_none());
    let row = row.ok_or_else(|| CommandError::new("filed_not_found"))?;
    let at = change.at().to_owned();
    filing::refuse(change.connection(), row.id, request.refused.then_some(at.as_str())).await?;
    let record = ChangeRecord::created("filed", &json!({ "refused": request.refused }));
    change.record("results", &format!("filed:{}", row.id), None, &record).await?;
    change.commit().await?;
    Ok(DoneView::default())
}

/// What a paper of the inbox says: practitioners only; journalled.
///
/// # Errors
/// `permission_denied`, `clinical_pending`, `filed_not_found`, `record_damaged`.
pub async fn read_filed(desk: &Desk, request: FiledRequest) -> Result<FiledContentView, CommandError> {
    let mut change = desk.change(Permission::ReadClinical, "read_filed").await?;
    let row = filing::filed(change.connection(), request.id).await?;
    let row = row.ok_or_else(|| CommandError::new("filed_not_found"))?;
    if let Some(patient) = row.patient_id {
        let persons = restriction::same_person(change.connection(), patient).await?;
        if let Some(since) = restriction::limited_since(change.connection(), &persons).await? {
            return Err(CommandError::new("record_limited").with("since", since));
        }
    }
    let content = open(desk, &row).await?;
    let content = content.ok_or_else(|| CommandError::new("record_damaged").with("entry", row.id))?;
    let record = ChangeRecord::created("opening", &json!({ "filed": row.id }));
    change.record("results", &format!("filed:{}", row.id), None, &record).await?;
    change.commit().await?;
    Ok(match content {
        Content::Report { file, report } => FiledContentView { file, report: Some(report), text: String::new() },
        Content::Raw { file, text } => FiledContentView { file, report: None, text },
        Content::Document(document) => FiledContentView { file: document.title, report: None, text: String::new() },
    })
}

/// Removes what was refused a month ago.
///
/// # Errors
/// What the store refuses.
pub(in crate::commands) async fn tidy(desk: &Desk) -> Result<(), CommandError> {
    let mut tx = desk.store.write().await?;
    filing::remove_refused(&mut tx, &limit(desk)).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}
