//! How the secure form is printed onto, as this practice measured it, and the image of one's own signature.

use std::sync::Arc;

use base64::Engine as _;
use domain::id::PractitionerId;
use domain::role::Permission;

use super::kept_wire::{
    AreaFields, PrintCalibrationRequest, SaveSecureFormRequest, SaveSignatureRequest, SecureFormFields,
    SecureFormRequest, SecureFormView, SignatureView,
};
use super::signer;
use crate::commands::agenda::print::{file, language};
use crate::commands::takeover::bytes_of;
use crate::commands::wire::{DoneView, FileView, NothingRequest};
use crate::commands::{CommandError, Desk};
use crate::journal::ChangeRecord;
use crate::print::page::Picture;
use crate::print::prescription::Sheet;
use crate::print::secure_form::{Area, Areas, Calibration, CalibrationSheet};
use crate::store::{self, Connection, StoreError};
use crate::vault::{self, Context};

/// Largest image of a signature, in bytes.
const IMAGE: usize = 512 << 10;

fn sheet_of(text: &str) -> Result<Sheet, CommandError> {
    if text.is_empty() { Err(CommandError::field("unknown_word", "sheet")) } else { super::sheet(text, Sheet::A4) }
}

fn setting(sheet: Sheet) -> String {
    format!("secure_form_{}", super::sheet_word(sheet))
}

/// The sheet in hundredths of a millimetre.
const fn size(sheet: Sheet) -> (i32, i32) {
    match sheet {
        Sheet::A4 => (21_000, 29_700),
        Sheet::A5 => (14_800, 21_000),
    }
}

fn hundredths(millimetres: f32) -> i32 {
    (millimetres * 100.0).round() as i32
}

fn usual(sheet: Sheet) -> SecureFormFields {
    let areas = Areas::usual(sheet);
    let area = |area: Area| AreaFields {
        x: hundredths(area.x),
        y: hundredths(area.y),
        width: hundredths(area.width),
        height: hundredths(area.height),
    };
    SecureFormFields {
        patient: area(areas.patient),
        date: area(areas.date),
        lines: area(areas.lines),
        number: area(areas.number),
        right: 0,
        down: 0,
        scale: 10_000,
    }
}

async fn kept(connection: &mut Connection, sheet: Sheet) -> Result<SecureFormView, CommandError> {
    let value = store::practice::setting(connection, &setting(sheet)).await?.filter(|value| !value.is_null());
    match value {
        Some(value) => {
            let form = serde_json::from_value(value).map_err(|_| CommandError::from(StoreError::BadValue))?;
            Ok(SecureFormView { form, measured: true })
        }
        None => Ok(SecureFormView { form: usual(sheet), measured: false }),
    }
}

fn model(form: &SecureFormFields) -> (Areas, Calibration) {
    let mm = |value: i32| value as f32 / 100.0;
    let area = |area: AreaFields| Area { x: mm(area.x), y: mm(area.y), width: mm(area.width), height: mm(area.height) };
    let areas = Areas {
        patient: area(form.patient),
        date: area(form.date),
        lines: area(form.lines),
        number: area(form.number),
    };
    (areas, Calibration { right_mm: mm(form.right), down_mm: mm(form.down), scale: form.scale as f32 / 10_000.0 })
}

/// The areas of a sheet and how far the printer is off.
pub(super) async fn measured(connection: &mut Connection, sheet: Sheet) -> Result<(Areas, Calibration), CommandError> {
    Ok(model(&kept(connection, sheet).await?.form))
}

/// How the secure form of a sheet is printed onto.
///
/// # Errors
/// `permission_denied`, `unknown_word`.
pub async fn show_secure_form(desk: &Desk, request: SecureFormRequest) -> Result<SecureFormView, CommandError> {
    let mut connection = desk.read(Permission::ReadClinical, "show_secure_form").await?;
    kept(&mut connection, sheet_of(&request.sheet)?).await
}

/// Keeps how the secure form of a sheet is printed onto.
///
/// # Errors
/// `permission_denied`, `unknown_word`, `out_of_range` with the field.
pub async fn save_secure_form(desk: &Desk, request: SaveSecureFormRequest) -> Result<DoneView, CommandError> {
    let sheet = sheet_of(&request.sheet)?;
    let (width, height) = size(sheet);
    if let Some(form) = &request.form {
        for (area, field) in
            [(form.patient, "patient"), (form.date, "date"), (form.lines, "lines"), (form.number, "number")]
        {
            let inside = area.x >= 0
                && area.y >= 0
                && (500..=width).contains(&area.width)
                && (400..=height).contains(&area.height)
                && area.x + area.width <= width
                && area.y + area.height <= height;
            if !inside {
                return Err(CommandError::field("out_of_range", field));
            }
        }
        // What no printer is off by is a slip of the hand.
        for (value, range, field) in [
            (form.right, -2_000..=2_000, "right"),
            (form.down, -2_000..=2_000, "down"),
            (form.scale, 9_000..=11_000, "scale"),
        ] {
            if !range.contains(&value) {
                return Err(CommandError::field("out_of_range", field));
            }
        }
    }
    let mut change = desk.change(Permission::WriteClinical, "save_secure_form").await?;
    let before = kept(change.connection(), sheet).await?;
    let value = serde_json::to_value(request.form).map_err(|_| CommandError::new("bad_request"))?;
    store::practice::save_setting(change.connection(), &setting(sheet), &value).await?;
    let after = kept(change.connection(), sheet).await?;
    let record = ChangeRecord::updated("secure_form", &before, &after);
    let practice = desk.premises().practice_id.to_string();
    change.record("prescription", &practice, None, &record).await?;
    let sequence = change.commit().await?;
    Ok(DoneView { sequence: Some(sequence) })
}

/// The sheet that finds out how far a printer is off, printed with what was found out before.
///
/// # Errors
/// `permission_denied`, `unknown_word`, `print_failed`.
pub async fn print_calibration(desk: &Desk, request: PrintCalibrationRequest) -> Result<FileView, CommandError> {
    let mut connection = desk.read(Permission::ReadClinical, "print_calibration").await?;
    let sheet = sheet_of(&request.sheet)?;
    let (areas, calibration) = measured(&mut connection, sheet).await?;
    let page =
        CalibrationSheet { sheet, areas, calibration, language: language(&request.language)?, created_at: desk.now() };
    let pdf = tokio::task::block_in_place(|| page.to_pdf())?;
    Ok(file(format!("calibrage-{}.pdf", request.sheet), pdf))
}

fn place(vault: uuid::Uuid, practitioner: &str, version: i64, key_id: u32) -> Context<'_> {
    Context {
        vault,
        table: "practitioner_signature",
        column: "sealed",
        row: practitioner,
        patient: "",
        version: u64::try_from(version).unwrap_or(0),
        key_id,
    }
}

async fn image(
    desk: &Desk,
    connection: &mut Connection,
    practitioner: PractitionerId,
) -> Result<Option<Vec<u8>>, CommandError> {
    let Some((version, sealed)) = store::prescription::signature(connection, practitioner).await? else {
        return Ok(None);
    };
    let unlocked = desk.unlocked.lock().await;
    let private = unlocked.clinical.as_ref().ok_or_else(|| CommandError::new("clinical_pending"))?;
    let unreadable = |_| CommandError::field("picture_unreadable", "signature");
    let key_id = vault::sealed_key_id(&sealed).map_err(unreadable)?;
    let row = practitioner.to_string();
    let plain = vault::open_with(private, &place(desk.vault_id, &row, version, key_id), &sealed).map_err(unreadable)?;
    Ok(Some(plain.to_vec()))
}

/// The image of a practitioner's signature, for a paper of theirs.
pub(super) async fn signature_of(
    desk: &Desk,
    connection: &mut Connection,
    practitioner: PractitionerId,
) -> Result<Option<Arc<Picture>>, CommandError> {
    // On somebody else's paper only what they sign themselves; the archived original bears theirs.
    if desk.session().practitioner_id != Some(practitioner) {
        return Ok(None);
    }
    let Some(bytes) = image(desk, connection, practitioner).await? else { return Ok(None) };
    let picture = Picture::read(&bytes).map_err(|_| CommandError::field("picture_unreadable", "signature"))?;
    Ok(Some(Arc::new(picture)))
}

/// One's own signature, as it is kept.
///
/// # Errors
/// `permission_denied`, `not_a_practitioner`, `clinical_pending`, `picture_unreadable`.
pub async fn show_signature(desk: &Desk, _request: NothingRequest) -> Result<SignatureView, CommandError> {
    let mut connection = desk.read(Permission::WriteClinical, "show_signature").await?;
    let bytes = image(desk, &mut connection, signer(desk)?).await?.unwrap_or_default();
    Ok(SignatureView { base64: base64::engine::general_purpose::STANDARD.encode(bytes) })
}

/// Keeps one's own signature, sealed to the clinical key; nobody else's can be set.
///
/// # Errors
/// `permission_denied`, `not_a_practitioner`, `clinical_pending`, `picture_too_large`, `picture_unreadable`.
pub async fn save_signature(desk: &Desk, request: SaveSignatureRequest) -> Result<DoneView, CommandError> {
    let mut change = desk.change(Permission::WriteClinical, "save_signature").await?;
    let practitioner = signer(desk)?;
    let bytes = bytes_of(&request.base64)?;
    if bytes.len() > IMAGE {
        return Err(CommandError::field("picture_too_large", "signature").with("limit", IMAGE));
    }
    let before = store::prescription::signature(change.connection(), practitioner).await?;
    let version = before.as_ref().map_or(1, |(version, _)| version + 1);
    let row = practitioner.to_string();
    let sealed = if bytes.is_empty() {
        None
    } else {
        Picture::read(&bytes).map_err(|_| CommandError::field("picture_unreadable", "signature"))?;
        let (public, key_id) = desk.clinical_public.as_ref().ok_or_else(|| CommandError::new("clinical_pending"))?;
        let place = place(desk.vault_id, &row, version, *key_id);
        Some(vault::seal_to(public, &place, &bytes).map_err(|_| CommandError::new("no_randomness"))?)
    };
    store::prescription::save_signature(
        change.connection(),
        practitioner,
        sealed.as_deref().map(|sealed| (version, sealed)),
    )
    .await?;
    // The journal's word of it: which, never the image.
    let digest = |sealed: Option<&[u8]>| serde_json::json!({ "digest": sealed.map(vault::digest) });
    let was = digest(before.as_ref().map(|(_, sealed)| sealed.as_slice()));
    let record = ChangeRecord::updated("signature", &was, &digest(sealed.as_deref()));
    change.record("prescription", &row, None, &record).await?;
    let sequence = change.commit().await?;
    Ok(DoneView { sequence: Some(sequence) })
}
