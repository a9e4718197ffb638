//! Signing: what the law forbids is refused, everything else becomes an entry of the record with its archived original.

use domain::id::PractitionerId;
use domain::prescription::model::Kind;
use domain::role::Permission;

use super::archive::{self, Kept};
use super::check;
use super::known::Known;
use super::paper::{self, Around};
use super::wire::{CheckedPrescriptionView, PrescriptionDraft, SignedPaperView, SignedView};
use super::{form, lines, number_text, sheet, sheet_word, signer};
use crate::commands::desk::Change;
use crate::commands::letterhead::Sources;
use crate::commands::record::chart::Chart;
use crate::commands::record::wire::{ArchivedOriginal, Body, SignedPrescription};
use crate::commands::{CommandError, Desk};
use crate::print::page::Pdf;
use crate::store::prescription::PaperRow;
use crate::store::{self, record::EntryRow};
use crate::vault;

/// Signs a prescription.
///
/// # Errors
/// `prescription_unsignable` with what stands in the way; `permission_denied`, `clinical_pending`, `patient_not_found`,
/// `not_a_practitioner`, `unknown_word`, `too_long`, `too_many_lines`, `bad_cis`, `print_failed`, `record_damaged`,
/// `disk_full`, `disk_error`.
pub async fn sign_prescription(desk: &Desk, request: PrescriptionDraft) -> Result<SignedView, CommandError> {
    let mut change = desk.change(Permission::WriteClinical, "sign_prescription").await?;
    let practitioner = signer(desk)?;
    let sources = Sources::read(desk, change.connection(), practitioner).await?;
    let sheet = sheet(&request.sheet, sources.sheet())?;
    let chart = Chart::open(desk, change.connection(), request.patient_id).await?;
    let known = Known::of(&chart, change.connection(), desk.wall_now()).await?;
    let (content, checked) = check::checked(desk, change.connection(), &request, &sources, known).await?;
    if !checked.signable {
        return Err(unsignable(&checked));
    }
    let signature = form::signature_of(desk, change.connection(), practitioner).await?;
    let numbered = Numbered::next(desk, &mut change).await?;
    let around = Around {
        sources: &sources,
        number: &numbered.text,
        place: &sources.site.city,
        signed_at: change.now(),
        sheet,
        signature,
        duplicate: false,
    };
    let page = paper::prescription(&content, around)?;
    let pdf = tokio::task::block_in_place(|| page.to_archive())?;
    let original = Original::keep(desk, &chart, &pdf)?;
    let language = content.language;
    let said: Vec<String> = match content.kind {
        Kind::Drugs => content.lines.iter().map(|line| lines::spoken(line, language)).collect(),
        _ => content.acts.iter().map(|act| paper::act_spoken(act, language)).collect(),
    };
    let body = SignedPrescription {
        number: numbered.text.clone(),
        what: content.kind.as_str().to_owned(),
        label: said.join(" · "),
        lines: said,
        signed_at: change.at().to_owned(),
        signer: sources.practitioner.name.clone(),
        place: sources.site.city.clone(),
        sheet: sheet_word(sheet).to_owned(),
        secure_form: content.secure_form,
        original: original.sealed.clone(),
        content,
    };
    let body = Body::Prescription(Box::new(body));
    seal(desk, change, &chart, practitioner, &numbered, original, body).await
}

/// What stands in the way, as codes with the lines they are of: nothing clinical, and the window has the findings.
fn unsignable(checked: &CheckedPrescriptionView) -> CommandError {
    let in_the_way: Vec<_> = checked
        .findings
        .iter()
        .filter(|one| one.severity == "hard" || (one.severity == "reason" && !one.settled))
        .collect();
    let named = |one: &&super::wire::PrescriptionFindingView| match one.line {
        Some(line) => format!("{}@{}", one.code, line + 1),
        None => one.code.clone(),
    };
    let mut error = CommandError::new("prescription_unsignable")
        .with("count", in_the_way.len())
        .with("findings", in_the_way.iter().map(named).collect::<Vec<_>>().join(", "));
    if let Some(first) = in_the_way.first() {
        error = error.with("first", &first.code);
        if let Some(line) = first.line {
            error = error.with("line", line + 1);
        }
        // Lengths, limits and grounds; never what the letters say.
        for name in ["days", "limit", "ground", "table", "prefix"] {
            if let Some(value) = first.parameters.get(name) {
                error = error.with(name, value);
            }
        }
    }
    error
}

/// The number of the paper that is being signed.
pub(super) struct Numbered {
    year: i64,
    number: i64,
    /// As it is shown.
    pub text: String,
}

impl Numbered {
    /// The next of this year.
    pub async fn next(desk: &Desk, change: &mut Change<'_>) -> Result<Self, CommandError> {
        use chrono::Datelike;
        let year = i64::from(desk.wall_now().date().year());
        let number = store::prescription::next_number(change.connection(), year).await?;
        Ok(Self { year, number, text: number_text(year, number) })
    }
}

/// An original that is on the disk.
pub(super) struct Original {
    /// What the entry says of it.
    pub sealed: ArchivedOriginal,
    kept: Kept,
}

impl Original {
    /// Seals a file under the patient's key.
    pub fn keep(desk: &Desk, chart: &Chart, pdf: &Pdf) -> Result<Self, CommandError> {
        let paper = desk.make_id().to_string();
        let kept = archive::keep(desk, chart, &paper, &pdf.bytes)?;
        let sealed =
            ArchivedOriginal { paper, document: kept.name.clone(), key: kept.key, digest: vault::digest(&pdf.bytes) };
        Ok(Self { sealed, kept })
    }
}

/// Writes the entry, its number and its document in one transaction.
pub(super) async fn seal(
    desk: &Desk,
    mut change: Change<'_>,
    chart: &Chart,
    practitioner: PractitionerId,
    numbered: &Numbered,
    original: Original,
    body: Body,
) -> Result<SignedView, CommandError> {
    let on = desk.wall_now().date().to_string();
    let (row, inside) = chart.write(desk, &mut change, on, body).await?;
    let paper = PaperRow {
        entry_id: row.id,
        practitioner_id: practitioner,
        year: numbered.year,
        number: numbered.number,
        document: original.sealed.document.clone(),
        prints: 0,
    };
    store::prescription::insert_paper(change.connection(), &paper).await?;
    change.commit().await?;
    // The sweep knows it by its row from here on.
    drop(original.kept);
    let view = signed_paper(&row, &inside, paper.prints).ok_or_else(|| CommandError::new("record_damaged"))?;
    Ok(SignedView { paper: view, document: original.sealed.document, digest: original.sealed.digest })
}

/// A signed paper as a list shows it; none for another kind of entry.
pub(super) fn signed_paper(
    row: &EntryRow,
    inside: &crate::commands::record::chart::Inside,
    prints: i64,
) -> Option<SignedPaperView> {
    let (number, kind, title, lines, signer, secure_form) = match &inside.body {
        Body::Prescription(one) => {
            (&one.number, &one.what, String::new(), one.lines.clone(), &one.signer, one.secure_form)
        }
        Body::Letter(one) => (&one.number, &one.what, one.title.clone(), Vec::new(), &one.signer, false),
        _ => return None,
    };
    Some(SignedPaperView {
        id: row.id,
        number: number.clone(),
        on: inside.on.clone(),
        kind: kind.clone(),
        title,
        lines,
        signer: signer.clone(),
        struck: inside.struck.clone(),
        prints,
        secure_form,
    })
}
