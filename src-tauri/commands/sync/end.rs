//! Pausing, and the end of the contract: everything returned into a file, then destroyed at the portal, which confirms it in writing.

use std::fs::File;
use std::io::{BufRead as _, BufReader, BufWriter};
use std::path::{Path, PathBuf};

use domain::role::Permission;
use serde_json::json;
use uuid::Uuid;

use super::instruct::{SUBJECT, head};
use super::wire::{PrintConfirmationRequest, ReturnAndDestroyRequest, ReturnedView, SyncView};
use super::{Standing, TURN, Turn, aside, forget_secret, open, show};
use crate::commands::agenda::print::{file, language};
use crate::commands::registers::given;
use crate::commands::wire::{FileView, NothingRequest};
use crate::commands::words::date_in_words;
use crate::commands::{CommandError, Desk};
use crate::journal::ChangeRecord;
use crate::print::report::{Cell, Part, Report, ReportSection};
use crate::privacy::words::{figures, pick};
use crate::store::sync::{ConfirmationRow, Portal as PortalRow};
use crate::store::{self};
use crate::sync::{Confirmation, Portal, Purpose, Server, SyncError, destruction_number, fingerprint};

/// The end that was begun, and is not confirmed yet: its number and the fingerprint of what was returned.
const BEGUN: &str = "sync_destruction";

/// How often everything is returned anew where something changed before it was destroyed.
const RETURNS: usize = 4;

/// Pauses: nothing is told, nothing is fetched, and the portal takes no bookings.
///
/// # Errors
/// `permission_denied`, `not_set_up`, `sync_running`, and what the portal or the way to it refuses.
pub async fn suspend_sync(desk: &Desk, _request: NothingRequest) -> Result<SyncView, CommandError> {
    stand(desk, "suspend_sync", "suspended").await
}

/// Goes on after a pause.
///
/// # Errors
/// As [`suspend_sync`].
pub async fn resume_sync(desk: &Desk, _request: NothingRequest) -> Result<SyncView, CommandError> {
    stand(desk, "resume_sync", "on").await
}

async fn stand(desk: &Desk, command: &'static str, to: &str) -> Result<SyncView, CommandError> {
    desk.require(Permission::KeepPrivacy, command).await?;
    let _turn = Turn::take(desk, TURN)?.ok_or_else(|| CommandError::new("sync_running"))?;
    let standing = Standing::read(&mut *desk.store().read().await?).await?;
    let standing = standing.ok_or_else(|| CommandError::new("not_set_up"))?;
    // Before the portal ever took an instruction there is nothing that it could pause.
    if standing.server() == Server::Portal && standing.instruction.taken_at.is_some() {
        let portal = open(desk, &standing.portal, &[]).await?;
        let on = to == "on";
        aside(move || if on { portal.resume() } else { portal.suspend() }).await??;
    }
    let mut change = desk.change(Permission::KeepPrivacy, command).await?;
    let after = PortalRow { standing: to.to_owned(), ..standing.portal.clone() };
    store::sync::save_portal(change.connection(), &after).await?;
    let progress = store::sync::Progress { next_at: None, failures: 0, code: String::new(), ..standing.progress };
    store::sync::save_progress(change.connection(), &progress).await?;
    if to == "on" {
        // What was refused before the pause may have been mended in it, here or there.
        let at = change.at().to_owned();
        store::sync_queue::tell_again(change.connection(), None, &at).await?;
    }
    let record = ChangeRecord::updated("sync_portal", &standing.portal, &after);
    change.record("sync", "portal", None, &record).await?;
    change.commit().await?;
    desk.sync.forget();
    show::view(desk, &mut *desk.store().read().await?).await
}

/// Where what is returned goes: the file, or a file in the folder.
fn target(into: &str, today: &str) -> Result<PathBuf, CommandError> {
    let into = into.trim();
    if into.is_empty() {
        return Err(CommandError::field("empty", "into"));
    }
    // Wherever the same is asked from, it is the same file.
    let path = std::path::absolute(into).map_err(|_| unwritable())?;
    Ok(if path.is_dir() { path.join(format!("portail-{today}.jsonl")) } else { path })
}

fn unwritable() -> CommandError {
    CommandError::field("file_unwritable", "into")
}

/// Receives everything into a new file, durable. Its lines and its fingerprint. What is not whole never bears its name, whatever
/// breaks off.
fn receive(portal: &Portal, path: &Path) -> Result<(i64, String), CommandError> {
    if path.exists() {
        return Err(CommandError::field("file_exists", "into"));
    }
    let mut name = path.file_name().ok_or_else(unwritable)?.to_owned();
    name.push(".part");
    let part = path.with_file_name(name);
    let received = (|| {
        let mut into = BufWriter::new(File::create(&part).map_err(|_| unwritable())?);
        let sha256 = portal.export(&mut into)?;
        let file = into.into_inner().map_err(|_| unwritable())?;
        file.sync_all().map_err(|_| unwritable())?;
        let lines = BufReader::new(File::open(&part).map_err(|_| unwritable())?).lines().count();
        std::fs::rename(&part, path).map_err(|_| unwritable())?;
        Ok((i64::try_from(lines).unwrap_or(i64::MAX), sha256))
    })();
    if received.is_err() {
        let _ = std::fs::remove_file(&part);
    }
    received
}

/// Where it is returned anew: what was returned before, and is not all any more, keeps its name.
fn beside(path: PathBuf, begun: Option<&serde_json::Value>) -> PathBuf {
    let before = begun.and_then(|begun| begun["path"].as_str());
    let (Some(stem), true) = (path.file_stem(), before.is_some_and(|before| path.exists() && same_stem(before, &path)))
    else {
        return path;
    };
    let named = |number: u32| {
        let mut name = stem.to_owned();
        name.push(format!("-{number}"));
        if let Some(extension) = path.extension() {
            name.push(".");
            name.push(extension);
        }
        path.with_file_name(name)
    };
    (2..1_000).map(named).find(|path| !path.exists()).unwrap_or(path)
}

/// Whether what was returned before went to this place, or beside it.
fn same_stem(before: &str, path: &Path) -> bool {
    let (before, stem) = (Path::new(before), path.file_stem().unwrap_or_default().to_string_lossy());
    let name = before.file_stem().unwrap_or_default().to_string_lossy();
    before.parent() == path.parent() && (name == stem || name.starts_with(&format!("{stem}-")))
}

/// Whether a file is there and is what was returned, to the byte.
fn in_hand(path: &str, sha256: &str) -> bool {
    File::open(path).and_then(|mut file| fingerprint(&mut file)).is_ok_and(|print| print == sha256)
}

/// Why a destruction is not confirmed. Where no answer came, or none that is understood, it may have been carried out.
fn unconfirmed(error: SyncError) -> CommandError {
    match error {
        SyncError::Net(_) | SyncError::Later { .. } | SyncError::NotUnderstood => {
            CommandError::new("portal_destruction_unconfirmed")
        }
        SyncError::Refused { status, .. } if status >= 500 => CommandError::new("portal_destruction_unconfirmed"),
        other => other.into(),
    }
}

/// Ends the contract: everything that the portal holds is returned into a file, then destroyed there, and the signed confirmation is
/// checked and kept. Broken off in between, the same again goes on under the same number; nothing is destroyed that was not returned.
///
/// # Errors
/// `permission_denied`, `not_set_up`, `sync_running`, `confirmation_differs` where the host was not typed, `file_exists`,
/// `file_unwritable`, `portal_not_offered` at a plain FHIR server, `portal_changed_since_export`,
/// `portal_destruction_unconfirmed` where the answer was lost (the same again asks for it), `portal_bad_signature`, and what the portal or
/// the way to it refuses.
pub async fn return_and_destroy(desk: &Desk, request: ReturnAndDestroyRequest) -> Result<ReturnedView, CommandError> {
    desk.require(Permission::KeepPrivacy, "return_and_destroy").await?;
    let _turn = Turn::take(desk, TURN)?.ok_or_else(|| CommandError::new("sync_running"))?;
    let mut connection = desk.store().read().await?;
    let standing = Standing::read(&mut connection).await?.ok_or_else(|| CommandError::new("not_set_up"))?;
    let begun = store::practice::setting(&mut connection, BEGUN).await?;
    drop(connection);
    let portal = open(desk, &standing.portal, &[]).await?;
    if request.confirm.trim() != portal.host() {
        return Err(CommandError::field("confirmation_differs", "confirm").with("expected", portal.host()));
    }
    if standing.server() == Server::Plain {
        return Err(SyncError::NotOffered.into());
    }
    // An end whose confirmation was lost on its way is asked for again, by the same number.
    if let Some(begun) = &begun
        && let Some(done) = again(desk, &standing, &portal, begun).await?
    {
        return Ok(done);
    }
    let number = destruction_number(desk.vault_id, &standing.portal.address, &standing.portal.client_id);
    let wished = target(&request.into, &desk.wall_now().date().to_string())?;
    let mut begun = begun;
    let mut left = RETURNS;
    loop {
        left -= 1;
        let path = beside(wished.clone(), begun.as_ref());
        let (dialogue, place) = (std::sync::Arc::clone(&portal), path.clone());
        let received = aside(move || receive(&dialogue, &place)).await?;
        let (lines, sha256) = match received {
            Err(refusal) if refusal.code == "portal_ended" => {
                // Ended before, and this vault does not know it: it came back from an older copy.
                let Some(done) = ended_before(desk, &standing, &portal, number).await? else { return Err(refusal) };
                return Ok(done);
            }
            other => other?,
        };
        let now = json!({ "request": number, "sha256": sha256, "path": path, "lines": lines });
        let mut tx = desk.store().write().await?;
        store::practice::save_setting(&mut tx, BEGUN, &now).await?;
        tx.commit().await.map_err(store::StoreError::from)?;
        let (dialogue, print) = (std::sync::Arc::clone(&portal), sha256.clone());
        match aside(move || dialogue.destroy(number, &print)).await? {
            // Somebody booked, or a message went, meanwhile: it is returned anew, with that.
            Err(SyncError::ChangedSinceExport) if left > 0 => begun = Some(now),
            answered => return finish(desk, &standing, (number, &now), answered.map_err(unconfirmed)?).await,
        }
    }
}

/// The end that was begun goes on. None where it has to begin anew: something changed there since, or what was returned is not in hand
/// any more and nothing was destroyed yet.
async fn again(
    desk: &Desk,
    standing: &Standing,
    portal: &std::sync::Arc<Portal>,
    begun: &serde_json::Value,
) -> Result<Option<ReturnedView>, CommandError> {
    let text = |name: &str| begun[name].as_str().unwrap_or_default().to_owned();
    let (Ok(number), sha256) = (text("request").parse::<Uuid>(), text("sha256")) else { return Ok(None) };
    let (path, dialogue) = (text("path"), std::sync::Arc::clone(portal));
    let answer = aside(move || {
        if in_hand(&path, &sha256) {
            dialogue.destroy(number, &sha256)
        } else {
            // Nothing is destroyed any more on the word of a file that is gone; it may have been before.
            dialogue.receipt(number, &Purpose::Destruction { returned_sha256: sha256 })
        }
    })
    .await?;
    match answer {
        Ok(confirmation) => Ok(Some(finish(desk, standing, (number, begun), confirmation).await?)),
        Err(SyncError::ChangedSinceExport | SyncError::NotFound) => Ok(None),
        Err(error) => Err(unconfirmed(error)),
    }
}

/// An end that the portal confirmed before, where it did.
async fn ended_before(
    desk: &Desk,
    standing: &Standing,
    portal: &std::sync::Arc<Portal>,
    number: Uuid,
) -> Result<Option<ReturnedView>, CommandError> {
    let dialogue = std::sync::Arc::clone(portal);
    match aside(move || dialogue.destroyed(number)).await? {
        Ok((confirmation, sha256)) => {
            let begun = json!({ "sha256": sha256, "path": "", "lines": 0 });
            Ok(Some(finish(desk, standing, (number, &begun), confirmation).await?))
        }
        Err(SyncError::NotFound) => Ok(None),
        Err(error) => Err(unconfirmed(error)),
    }
}

async fn finish(
    desk: &Desk,
    standing: &Standing,
    (number, begun): (Uuid, &serde_json::Value),
    confirmation: Confirmation,
) -> Result<ReturnedView, CommandError> {
    let Confirmation::Signed(receipt) = confirmation else { return Err(SyncError::BadSignature.into()) };
    let today = desk.wall_now().date();
    let mut change = desk.change(Permission::KeepPrivacy, "return_and_destroy").await?;
    let kept = ConfirmationRow {
        id: number.to_string(),
        kind: "destruction".to_owned(),
        received_at: change.at().to_owned(),
        statement: receipt.statement,
        signature: receipt.signature,
        signing_key: standing.portal.signing_key.clone(),
    };
    store::sync::keep_confirmation(change.connection(), &kept).await?;
    store::sync::end_instruction(change.connection(), &today.to_string()).await?;
    store::sync::cover(change.connection(), &[]).await?;
    store::sync_queue::forget_everything(change.connection()).await?;
    store::practice::forget_setting(change.connection(), BEGUN).await?;
    let after = PortalRow { standing: "ended".to_owned(), ..standing.portal.clone() };
    store::sync::save_portal(change.connection(), &after).await?;
    let record = ChangeRecord::updated("sync_portal", &standing.portal, &after);
    change.record("sync", "portal", None, &record).await?;
    change.record("sync", &kept.id, None, &ChangeRecord::created("sync_confirmation", &kept)).await?;
    given::follow(&mut change, (&standing.portal.address, SUBJECT), (None, Some(today))).await?;
    change.commit().await?;
    desk.sync.forget();
    desk.disconnect_processor();
    // The secret opens nothing any more.
    let _ = forget_secret(desk).await;
    desk.announce("sync", Vec::new());
    Ok(ReturnedView {
        path: begun["path"].as_str().unwrap_or_default().to_owned(),
        lines: begun["lines"].as_i64().unwrap_or_default(),
        sha256: begun["sha256"].as_str().unwrap_or_default().to_owned(),
        confirmation: Some(show::confirmation(kept)),
    })
}

/// A confirmation on paper, with the signature and the key by which anybody can check it.
///
/// # Errors
/// `permission_denied`, `unknown_word`, `not_found`, `print_failed`.
pub async fn print_sync_confirmation(desk: &Desk, request: PrintConfirmationRequest) -> Result<FileView, CommandError> {
    let words = language(&request.language)?;
    let mut connection = desk.read(Permission::KeepPrivacy, "print_sync_confirmation").await?;
    let all = store::sync::confirmations(&mut connection).await?;
    let row = all.into_iter().find(|row| row.id == request.id);
    let row = row.ok_or_else(|| CommandError::field("not_found", "id"))?;
    let head = head(&mut connection).await?;
    drop(connection);
    let t = |french, arabic, english| pick(words, french, arabic, english).to_owned();
    let (signature, key) = (row.signature.clone(), row.signing_key.clone());
    let shown = show::confirmation(row);
    let said: serde_json::Value = serde_json::from_str(&shown.statement).unwrap_or_default();
    let text = |name: &str| said[name].as_str().unwrap_or_default().to_owned();
    let gone = said["gone"].as_object().cloned().unwrap_or_default();
    let gone: Vec<String> = gone.iter().map(|(what, count)| format!("{what}: {count}")).collect();
    let valid =
        if shown.valid { t("valable", "صحيح", "valid") } else { t("NON VALABLE", "غير صحيح", "NOT VALID") };
    let pairs: Vec<(String, Cell)> = vec![
        (t("Sous-traitant", "المعالج من الباطن", "Processor"), text("processor").into()),
        (t("Reçue le", "استلم في", "Received on"), figures(&shown.received_at).into()),
        (t("Demande", "الطلب", "Request"), Cell::code(shown.id.clone())),
        (t("Supprimé", "ما حذف", "Deleted"), gone.join(", ").into()),
        (
            t("Empreinte de ce qui a été rendu", "بصمة ما أعيد", "Fingerprint of what was returned"),
            Cell::code(text("returned_sha256")),
        ),
        (t("Sauvegardes", "النسخ الاحتياطية", "Backups"), text("backups").into()),
        (t("Signature contrôlée", "التحقق من التوقيع", "Signature checked"), valid.into()),
        (t("Signature (Ed25519)", "التوقيع (Ed25519)", "Signature (Ed25519)"), Cell::code(signature)),
        (t("Clé du sous-traitant", "مفتاح المعالج", "The processor’s key"), Cell::code(key)),
    ];
    let title = if shown.kind == "destruction" {
        t(
            "Confirmation de restitution et de destruction",
            "تأكيد الإعادة والإتلاف",
            "Confirmation of return and destruction",
        )
    } else {
        t("Confirmation d’effacement", "تأكيد المحو", "Confirmation of erasure")
    };
    let exact = t("Texte signé, à la lettre", "النص الموقع حرفيا", "The signed text, to the letter");
    let report = Report {
        practice: head,
        title,
        subtitle: figures(&shown.received_at),
        intro: Vec::new(),
        sections: vec![
            ReportSection::new("", vec![Part::Pairs(pairs)]),
            ReportSection::new(exact, vec![Part::Box(shown.statement)]),
        ],
        printed_at: date_in_words(desk.wall_now().date(), words),
        foot: t("Preuve du responsable du traitement", "إثبات للمسؤول عن المعالجة", "The controller’s proof"),
        landscape: false,
        language: words,
        created_at: desk.now(),
    };
    let pdf = aside(move || report.to_pdf()).await??;
    let name = t("confirmation-portail", "تأكيد-البوابة", "portal-confirmation");
    Ok(file(format!("{name}-{}.pdf", shown.id), pdf))
}
