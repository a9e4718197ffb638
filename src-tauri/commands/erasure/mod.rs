//! Erasing a person: the decision, the transaction, the erasure list, the write-ahead log, the sealed files; then a receipt
//! of what really changed.
//!
//! Deliberately not here: what each table gives up (`store::erasure`), when a record may go (`domain::privacy::erasure`).

mod carry_out;
pub mod wire;

use domain::id::{DataRequestId, ErasureId, PatientId};
use domain::privacy::erasure::{Decision, Held, KeptFor, decide};
use domain::privacy::requests::RequestKind;
use domain::privacy::restriction::{LimitationGround, RestrictionKind};
use domain::role::Permission;

use super::wire::NothingRequest;
use super::{CommandError, Desk, processor, retention};
use crate::store::erasure::{ProofRow, Standing};
use crate::store::patient::Patient;
use crate::store::{self, Connection, StoreError};
pub(in crate::commands) use carry_out::{afterwards, within};
use wire::{ErasePersonRequest, ErasurePreviewView, ErasureReceiptView, ErasuresView, PreviewErasureRequest};

/// Longest reason.
const REASON: usize = 500;

/// A person as an erasure sees them.
pub(in crate::commands) struct Subject {
    /// The one that others were merged into.
    pub patient: Patient,
    /// All of them.
    pub persons: Vec<PatientId>,
    /// What is held.
    pub standing: Standing,
    /// The decision.
    pub decision: Decision,
    /// Where the rule stands that keeps the record.
    pub source: &'static str,
}

/// Looks at everything held of a person and decides. `request` is the one that asks: it waits for no other of its own.
///
/// # Errors
/// `patient_not_found`, what the store refuses.
pub(in crate::commands) async fn subject(
    desk: &Desk,
    connection: &mut Connection,
    patient: PatientId,
    request: Option<DataRequestId>,
) -> Result<Subject, CommandError> {
    let patient = store::patient::resolved(connection, patient)
        .await?
        .ok_or_else(|| CommandError::field("patient_not_found", "patient_id"))?;
    let persons = store::filing::owners(connection, patient.id).await?;
    let standing = store::erasure::standing(connection, &persons).await?;
    let restrictions = store::restriction::standing(connection, &persons).await?;
    let open = store::requests::open_of(connection, &persons).await?;
    let kept = |ground: &str| {
        let wanted = [LimitationGround::UnlawfulKept, LimitationGround::NeededForClaim];
        ground.parse().is_ok_and(|ground: LimitationGround| wanted.contains(&ground))
    };
    // Who is only in the agenda may be kept so long, and need not be.
    let rules = retention::standing_of(desk, connection, &patient.erasure_id).await?;
    let record = rules.filter(|rules| rules.archives);
    let held = Held {
        retention_until: record.map(|rules| rules.keep_until),
        legal_hold: rules.is_some_and(|rules| rules.held)
            || restrictions.iter().any(|one| one.kind == RestrictionKind::LegalHold),
        kept_by_limitation: restrictions.iter().any(|one| one.kind == RestrictionKind::Limitation && kept(&one.ground)),
        open_copy: open
            .iter()
            .any(|one| Some(one.id) != request && [RequestKind::Access, RequestKind::Portability].contains(&one.kind)),
    };
    let decision = decide(&held, desk.wall_now().date());
    let source = record.map_or("", |rules| rules.category.source(desk.premises().country));
    Ok(Subject { patient, persons, standing, decision, source })
}

/// The refusal of a decision.
pub(in crate::commands) fn refusal(decision: Decision) -> Result<(), CommandError> {
    let Decision::Refused { ground, until } = decision else { return Ok(()) };
    let code = match ground {
        KeptFor::MedicalRecord => "record_kept",
        KeptFor::LegalClaims => "kept_for_claim",
        KeptFor::Limitation => "kept_by_limitation",
        KeptFor::OpenRequest => "request_open",
    };
    let mut refusal = CommandError::field(code, "patient_id").with("ground", ground);
    if let Some(until) = until {
        refusal = refusal.with("retention_until", until).with("possible_on", until.succ_opt().unwrap_or(until));
    }
    Err(refusal)
}

/// Says whether somebody may be erased, and what that would touch.
///
/// # Errors
/// `permission_denied`, `patient_not_found`.
pub async fn preview_erasure(desk: &Desk, request: PreviewErasureRequest) -> Result<ErasurePreviewView, CommandError> {
    let mut connection = desk.read(Permission::KeepPrivacy, "preview_erasure").await?;
    let subject = subject(desk, &mut connection, request.patient_id, None).await?;
    let (ground, until) = match subject.decision {
        Decision::MayErase => (None, None),
        Decision::Refused { ground, until } => (Some(ground), until),
    };
    let source = match ground {
        Some(KeptFor::MedicalRecord) => subject.source,
        Some(KeptFor::LegalClaims) => "RGPD art. 17(3)(e)",
        Some(KeptFor::Limitation) => "RGPD art. 18(1)(b), (c)",
        Some(KeptFor::OpenRequest) => "RGPD art. 15, 20",
        None => "",
    };
    Ok(ErasurePreviewView {
        patient_id: subject.patient.id,
        may_erase: ground.is_none(),
        ground: ground.map(|ground| ground.as_str().to_owned()).unwrap_or_default(),
        source: source.to_owned(),
        retention_until: until.map(|day| day.to_string()),
        possible_on: until.and_then(|day| day.succ_opt()).map(|day| day.to_string()),
        persons: i64::try_from(subject.persons.len()).unwrap_or(i64::MAX),
        record: subject.standing.record,
        appointments: subject.standing.appointments,
        calls: subject.standing.calls,
    })
}

/// The reason as it is kept: it stays after the person, so it must not name them.
pub(in crate::commands) fn reason(text: &str, patient: &Patient) -> Result<String, CommandError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(CommandError::field("empty", "reason"));
    }
    if text.chars().count() > REASON {
        return Err(CommandError::field("too_long", "reason").with("limit", REASON));
    }
    let low = text.to_lowercase();
    let names = [
        &patient.surname,
        &patient.birth_name,
        &patient.first_name,
        &patient.surname_arabic,
        &patient.first_name_arabic,
        &patient.email,
        &patient.nir,
        &patient.cin,
    ];
    let named = |name: &str| {
        let name = name.to_lowercase();
        name.chars().count() > 2
            && low.split(|sign: char| !sign.is_alphanumeric() && !name.contains(sign)).any(|word| word == name)
    };
    if names.into_iter().any(|name| named(name)) {
        return Err(CommandError::field("reason_names_person", "reason"));
    }
    Ok(text.to_owned())
}

/// Erases somebody and everybody merged into them, everywhere, for good.
///
/// # Errors
/// `record_kept` with `retention_until` and `possible_on`, `kept_for_claim`, `kept_by_limitation`, `request_open`;
/// `patient_not_found`, `empty`, `too_long`, `reason_names_person`, `request_not_found`, `other_request`, `request_closed`,
/// `permission_denied`.
pub async fn erase_person(desk: &Desk, request: ErasePersonRequest) -> Result<ErasureReceiptView, CommandError> {
    if let Some(id) = request.request_id {
        // A request is executed as one: its register and its receipt go together.
        return super::requests::erase_by_request(desk, id, request.patient_id, &request.reason).await;
    }
    let mut change = desk.change(Permission::KeepPrivacy, "erase_person").await?;
    let pending = within(desk, &mut change, request.patient_id, &request.reason, None).await?;
    change.commit().await?;
    afterwards(desk, pending).await
}

/// The proofs of all erasures, the newest first.
///
/// # Errors
/// `permission_denied`.
pub async fn list_erasures(desk: &Desk, _request: NothingRequest) -> Result<ErasuresView, CommandError> {
    let mut connection = desk.read(Permission::KeepPrivacy, "list_erasures").await?;
    let mut erasures = Vec::new();
    for row in store::erasure::proofs(&mut connection, None).await? {
        erasures.push(shown(&mut connection, row).await?);
    }
    Ok(ErasuresView { erasures })
}

/// A proof as it is shown: with what processors have confirmed by now.
pub(in crate::commands) async fn shown(
    connection: &mut Connection,
    row: ProofRow,
) -> Result<ErasureReceiptView, CommandError> {
    let bad = |_| CommandError::from(StoreError::BadValue);
    let tasks = store::processor::of_erasure(connection, &row.id).await?;
    Ok(ErasureReceiptView {
        id: row.id.parse::<ErasureId>().map_err(|_| StoreError::BadValue)?,
        at: row.at.parse().map_err(|_| StoreError::BadValue)?,
        by: row.user,
        reason: row.reason,
        request_id: row.request_id.map(|id| id.parse()).transpose().map_err(|_| StoreError::BadValue)?,
        erased: serde_json::from_str(&row.receipt).map_err(bad)?,
        processor: tasks.into_iter().map(processor::view).collect::<Result<_, _>>()?,
    })
}
