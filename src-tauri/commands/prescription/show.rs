//! Signed papers, shown, printed and prescribed again. Each opening and each print is journalled.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::id::EntryId;
use domain::prescription::model::Kind;
use domain::role::Permission;
use serde_json::json;

use super::known::Known;
use super::paper::{self, Around};
use super::sign::signed_paper;
use super::wire::{
    KnownView, PaperRequest, PrescribingView, PrescriptionDraft, RenewPrescriptionRequest, RenewedPrescriptionView,
    ShownPaperView, SignedPaperView, SignedPapersView, StartPrescriptionRequest,
};
use super::{archive, check, form, letters, lines, sets, sheet, signer};
use crate::commands::agenda::print::file;
use crate::commands::desk::Change;
use crate::commands::disclosure::{self, Handed};
use crate::commands::letterhead::Sources;
use crate::commands::record::chart::{Chart, Inside};
use crate::commands::record::wire::{ArchivedOriginal, Body, SignedPrescription};
use crate::commands::wire::FileView;
use crate::commands::{CommandError, Desk};
use crate::journal::ChangeRecord;
use crate::print::page::Pdf;
use crate::print::secure_form::SecureForm;
use crate::store::prescription::PaperRow;
use crate::store::record::{self, EntryRow};
use crate::store::{self, Connection};
use crate::vault;

/// At most so many papers are shown beside a new one.
const RECENT: usize = 30;

fn damaged(id: EntryId) -> CommandError {
    CommandError::new("record_damaged").with("entry", id)
}

/// A signed paper, opened.
struct Opened {
    chart: Chart,
    row: EntryRow,
    inside: Inside,
    paper: PaperRow,
}

impl Opened {
    /// Opens it as it stands.
    async fn of(desk: &Desk, connection: &mut Connection, id: EntryId) -> Result<Self, CommandError> {
        let not_found = || CommandError::field("entry_not_found", "id");
        let row = record::entry(connection, id).await?.ok_or_else(not_found)?;
        let chart = Chart::open(desk, connection, row.patient_id).await?;
        let paper = store::prescription::paper(connection, id).await?.ok_or_else(not_found)?;
        let inside = chart.standing(connection, &row).await?.ok_or_else(|| damaged(id))?;
        Ok(Self { chart, row, inside, paper })
    }

    fn original(&self) -> Result<&ArchivedOriginal, CommandError> {
        match &self.inside.body {
            Body::Prescription(one) => Ok(&one.original),
            Body::Letter(one) => Ok(&one.original),
            _ => Err(CommandError::field("entry_not_found", "id")),
        }
    }

    /// The archived original, held against its digest.
    fn bytes(&self, desk: &Desk) -> Result<Vec<u8>, CommandError> {
        let original = self.original()?;
        let named = (original.paper.as_str(), original.document.as_str(), original.key);
        let bytes = archive::open(desk, &self.chart, &self.row, named).ok_or_else(|| damaged(self.row.id))?;
        let whole = vault::digest(&bytes) == original.digest && self.paper.document == original.document;
        if whole { Ok(bytes.to_vec()) } else { Err(damaged(self.row.id)) }
    }

    fn view(&self) -> Result<SignedPaperView, CommandError> {
        signed_paper(&self.row, &self.inside, self.paper.prints).ok_or_else(|| damaged(self.row.id))
    }
}

async fn opening(change: &mut Change<'_>, chart: &Chart, what: &serde_json::Value) -> Result<(), CommandError> {
    let id = chart.patient().to_string();
    change.record("record", &id, Some(&id), &ChangeRecord::created("opening", what)).await?;
    Ok(())
}

/// Signed papers of a chart, the newest first.
async fn papers(chart: &Chart, connection: &mut Connection) -> Result<Vec<SignedPaperView>, CommandError> {
    let rows = store::prescription::papers(connection, chart.patients()).await?;
    let mut views = Vec::with_capacity(rows.len());
    for paper in rows {
        let Some(row) = record::entry(connection, paper.entry_id).await? else { continue };
        // What does not open the record names; here it is left out.
        let Some(inside) = chart.standing(connection, &row).await? else { continue };
        views.extend(signed_paper(&row, &inside, paper.prints));
    }
    Ok(views)
}

/// Begins to prescribe for a patient: what stands in the record, papers, favourites. Journalled as an opening.
///
/// # Errors
/// `permission_denied`, `clinical_pending`, `patient_not_found`.
pub async fn start_prescription(
    desk: &Desk,
    request: StartPrescriptionRequest,
) -> Result<PrescribingView, CommandError> {
    let mut change = desk.change(Permission::ReadClinical, "start_prescription").await?;
    let chart = Chart::open(desk, change.connection(), request.patient_id).await?;
    let today = desk.wall_now();
    let known = Known::of(&chart, change.connection(), today).await?;
    let mut signed = papers(&chart, change.connection()).await?;
    signed.truncate(RECENT);
    let sets = sets::all(desk, change.connection()).await?;
    let practitioners = store::practice::practitioners(change.connection()).await?;
    let own = practitioners.into_iter().find(|one| Some(one.id) == desk.session().practitioner_id);
    opening(&mut change, &chart, &json!({ "for": "prescription" })).await?;
    change.commit().await?;
    let know = |label: &str, detail: &str| KnownView { label: label.to_owned(), detail: detail.to_owned() };
    Ok(PrescribingView {
        patient_id: chart.patient(),
        name: format!("{} {}", known.subject.family_name, known.subject.given_names).trim().to_owned(),
        years: known.subject.age_on(today.date()),
        weight_g: known.subject.weight_g,
        ald: known.subject.ald,
        language: known.row.language.clone(),
        treatments: known.treatments.iter().map(|one| know(&one.label, &one.posology)).collect(),
        allergies: known.allergies.iter().map(|one| know(&one.agent, &one.reaction)).collect(),
        damaged: i64::try_from(known.damaged).unwrap_or(i64::MAX),
        country: desk.premises().country.as_str().to_owned(),
        signer: own.map_or_else(String::new, |one| one.name),
        papers: signed,
        favourites: sets.favourites,
        protocols: sets.protocols,
        templates: sets.templates,
    })
}

/// Signed papers of a patient, the newest first. Journalled as an opening.
///
/// # Errors
/// `permission_denied`, `clinical_pending`, `patient_not_found`.
pub async fn list_prescriptions(
    desk: &Desk,
    request: StartPrescriptionRequest,
) -> Result<SignedPapersView, CommandError> {
    let mut change = desk.change(Permission::ReadClinical, "list_prescriptions").await?;
    let chart = Chart::open(desk, change.connection(), request.patient_id).await?;
    let papers = papers(&chart, change.connection()).await?;
    opening(&mut change, &chart, &json!({ "papers": papers.len() })).await?;
    change.commit().await?;
    Ok(SignedPapersView { papers })
}

/// A signed paper. Journalled as an opening.
///
/// # Errors
/// `permission_denied`, `clinical_pending`, `entry_not_found`, `record_damaged`.
pub async fn show_prescription(desk: &Desk, request: PaperRequest) -> Result<ShownPaperView, CommandError> {
    let mut change = desk.change(Permission::ReadClinical, "show_prescription").await?;
    let opened = Opened::of(desk, change.connection(), request.id).await?;
    opening(&mut change, &opened.chart, &json!({ "entry": request.id })).await?;
    change.commit().await?;
    let original = opened.original()?.clone();
    let (draft, text) = match &opened.inside.body {
        Body::Prescription(one) => (Some(draft(one, opened.chart.patient())), String::new()),
        Body::Letter(one) => (None, one.text.clone()),
        _ => (None, String::new()),
    };
    Ok(ShownPaperView { paper: opened.view()?, draft, text, document: original.document, digest: original.digest })
}

/// What was signed, as a draft.
fn draft(signed: &SignedPrescription, patient_id: domain::id::PatientId) -> PrescriptionDraft {
    let content = &signed.content;
    PrescriptionDraft {
        patient_id,
        kind: content.kind.as_str().to_owned(),
        language: content.language.as_str().to_owned(),
        sheet: signed.sheet.clone(),
        secure_form: content.secure_form,
        lines: content.lines.iter().map(|line| lines::fields(line, content.language)).collect(),
        acts: content.acts.iter().map(lines::act_fields).collect(),
    }
}

/// Prints a signed paper: the archived original the first time, "duplicata" ever after. Opens the original each time and
/// refuses where it is not what was signed. Journalled.
///
/// # Errors
/// `permission_denied`, `clinical_pending`, `entry_not_found`, `entry_struck`, `record_damaged` with the entry,
/// `print_failed`.
pub async fn print_prescription(desk: &Desk, request: PaperRequest) -> Result<FileView, CommandError> {
    let mut change = desk.change(Permission::ReadClinical, "print_prescription").await?;
    let opened = Opened::of(desk, change.connection(), request.id).await?;
    if opened.inside.struck.is_some() {
        return Err(CommandError::new("entry_struck"));
    }
    let original = opened.bytes(desk)?;
    let again = opened.paper.prints > 0;
    let practitioner = opened.paper.practitioner_id;
    let sources = Sources::read(desk, change.connection(), practitioner).await?;
    let signature = form::signature_of(desk, change.connection(), practitioner).await?;
    let pdf = match &opened.inside.body {
        Body::Prescription(one) if one.secure_form || again => {
            let around = Around {
                sources: &sources,
                number: &one.number,
                place: &one.place,
                signed_at: instant(&one.signed_at)?,
                sheet: sheet(&one.sheet, sources.sheet())?,
                signature,
                duplicate: again,
            };
            let page = paper::prescription(&one.content, around)?;
            if one.secure_form {
                let (areas, calibration) = form::measured(change.connection(), page.sheet).await?;
                tokio::task::block_in_place(|| SecureForm { prescription: page, areas, calibration }.to_pdf())?
            } else {
                tokio::task::block_in_place(|| page.to_pdf())?
            }
        }
        Body::Letter(one) if again => {
            let page = letters::page(one, &sources, instant(&one.signed_at)?, signature, true)?;
            tokio::task::block_in_place(|| page.to_pdf())?
        }
        _ => Pdf { bytes: original, pages: 0 },
    };
    store::prescription::count_print(change.connection(), request.id).await?;
    let owner = opened.row.patient_id.to_string();
    let printed = ChangeRecord::created("print", &json!({ "print": opened.paper.prints + 1, "duplicate": again }));
    change.record("record", &format!("print:{}", request.id), Some(&owner), &printed).await?;
    // A certificate or a prescription is the person's own paper; a letter goes to somebody else.
    if let Body::Letter(one) = &opened.inside.body
        && one.what == "letter"
    {
        let to = one.recipient.first().cloned().unwrap_or_default();
        let handed = Handed::a_paper(&to, &["identity", "record"]);
        disclosure::note(desk, &mut change, &handed, &[opened.chart.patient()]).await?;
    }
    change.commit().await?;
    let number = super::number_text(opened.paper.year, opened.paper.number);
    Ok(file(format!("ordonnance-{number}.pdf"), pdf))
}

fn instant(text: &str) -> Result<DateTime<Utc>, CommandError> {
    text.parse().map_err(|_| CommandError::new("vault_damaged"))
}

/// Makes a draft of an earlier prescription, of today, checked again. Durations and renewals stay; reasons of overriding are
/// asked again. Journalled as an opening.
///
/// # Errors
/// `permission_denied`, `clinical_pending`, `patient_not_found`, `not_a_practitioner`, `entry_not_found`,
/// `nothing_to_renew`, `record_damaged`.
pub async fn renew_prescription(
    desk: &Desk,
    request: RenewPrescriptionRequest,
) -> Result<RenewedPrescriptionView, CommandError> {
    let mut change = desk.change(Permission::ReadClinical, "renew_prescription").await?;
    let practitioner = signer(desk)?;
    let chart = Chart::open(desk, change.connection(), request.patient_id).await?;
    let rows = store::prescription::papers(change.connection(), chart.patients()).await?;
    let rows: HashMap<EntryId, PaperRow> = rows.into_iter().map(|row| (row.entry_id, row)).collect();
    let mut order: Vec<&PaperRow> = rows.values().collect();
    order.sort_by_key(|row| std::cmp::Reverse((row.year, row.number)));
    let mut found = None;
    for paper in order.into_iter().filter(|paper| request.id.is_none_or(|id| id == paper.entry_id)) {
        let Some(row) = record::entry(change.connection(), paper.entry_id).await? else { continue };
        let inside = chart.standing(change.connection(), &row).await?;
        let Some(inside) = inside else {
            if request.id.is_some() {
                return Err(damaged(row.id));
            }
            continue;
        };
        let Body::Prescription(signed) = &inside.body else { continue };
        // One that was asked for may be of any kind; the last one is of drugs, and stands.
        if request.id.is_some() || (signed.content.kind == Kind::Drugs && inside.struck.is_none()) {
            let view = signed_paper(&row, &inside, paper.prints).ok_or_else(|| damaged(row.id))?;
            found = Some((view, draft(signed, chart.patient())));
            break;
        }
    }
    let Some((renewed, draft)) = found else {
        let code = if request.id.is_some() { "entry_not_found" } else { "nothing_to_renew" };
        return Err(CommandError::new(code));
    };
    let sources = Sources::read(desk, change.connection(), practitioner).await?;
    let known = Known::of(&chart, change.connection(), desk.wall_now()).await?;
    let (_, checked) = check::checked(desk, change.connection(), &draft, &sources, known).await?;
    opening(&mut change, &chart, &json!({ "entry": renewed.id })).await?;
    change.commit().await?;
    Ok(RenewedPrescriptionView { renewed, draft, checked })
}
