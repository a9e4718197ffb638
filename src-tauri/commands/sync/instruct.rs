//! Signing: who stands at the address, the terms, the credentials of this account, and the instruction on paper.

use std::sync::atomic::Ordering;

use domain::role::Permission;
use domain::time::day_number;
use zeroize::Zeroizing;

use super::wire::{
    InstructionTerms, LookAtPortalRequest, PortalSeenView, PrintInstructionRequest, SetSyncSecretRequest,
    SignInstructionRequest, SyncInstructionView, SyncView,
};
use super::{Standing, aside, keep_secret, settings, show, terms};
use crate::commands::agenda::print::{file, language};
use crate::commands::desk::Change;
use crate::commands::registers::given::{self, Given};
use crate::commands::wire::FileView;
use crate::commands::words::date_in_words;
use crate::commands::{CommandError, Desk};
use crate::journal::ChangeRecord;
use crate::print::report::{Part, Report, ReportHead, ReportSection};
use crate::print::words::Language;
use crate::privacy::words::{figures, pick, said};
use crate::store::sync::{InstructionRow, Portal as PortalRow};
use crate::store::{self, Connection};
use crate::sync::{self, Portal, Secret, SyncError};

/// What the register of instructions calls it.
pub(super) const SUBJECT: &str = "Prise de rendez-vous en ligne";
/// Longest certificate authority and longest name or secret of a client.
const AUTHORITY: usize = 200_000;
const CLIENT: usize = 300;

/// Looks who stands at an address: nothing of the practice is said.
///
/// # Errors
/// `permission_denied`, `bad_address`, `not_encrypted`, `bad_authority`, `portal_unreachable`, `portal_timed_out`, `portal_not_found`,
/// `certificate_untrusted`, `redirected_elsewhere`, `portal_answer_garbled`, `portal_busy`, `portal_refused`.
pub async fn look_at_portal(desk: &Desk, request: LookAtPortalRequest) -> Result<PortalSeenView, CommandError> {
    desk.require(Permission::KeepPrivacy, "look_at_portal").await?;
    let (address, authority) = (request.address.trim().to_owned(), request.authority.trim().to_owned());
    let kept = address.clone();
    let about = aside(move || match sync::about(&address, &authority) {
        // Something answers there, and it is no portal: a plain FHIR server may stand in.
        Err(SyncError::NotUnderstood) => match sync::is_fhir(&address, &authority)? {
            true => Ok(None),
            false => Err(SyncError::NotFound),
        },
        other => other.map(Some),
    });
    let Some(about) = about.await?.map_err(beside_the_field)? else {
        return Ok(PortalSeenView { address: kept, kind: "fhir".to_owned(), ..PortalSeenView::default() });
    };
    Ok(PortalSeenView {
        address: kept,
        kind: "portal".to_owned(),
        processor: about.processor,
        hosting: about.host,
        fingerprint: show::fingerprint(&about.signing_key),
        key: about.signing_key,
    })
}

/// What the way to an address refused, beside what was typed.
fn beside_the_field(error: SyncError) -> CommandError {
    let field = if error.code() == "bad_authority" { "authority" } else { "address" };
    CommandError { field: Some(field.to_owned()), ..error.into() }
}

/// Signs an instruction: the first, or the next version. From the commit on everything that it covers waits to be told.
///
/// # Errors
/// `permission_denied`, `preview_needed` where nobody looked at what would leave, `portal_other_key` where another key is shown
/// than the one that was compared, `portal_secret_needed`, `terms_incomplete`, `bad_date`, `date_in_past`, `bad_email`,
/// `out_of_range`, `unknown_word`, `practitioner_not_found`, `too_long`, `portal_elsewhere` while another portal still holds data, and as
/// `look_at_portal`.
pub async fn sign_sync_instruction(desk: &Desk, request: SignInstructionRequest) -> Result<SyncView, CommandError> {
    desk.require(Permission::KeepPrivacy, "sign_sync_instruction").await?;
    if !request.previewed {
        return Err(CommandError::field("preview_needed", "previewed"));
    }
    if request.authority.len() > AUTHORITY {
        return Err(CommandError::field("too_long", "authority").with("limit", AUTHORITY));
    }
    let client_id = request.client_id.trim().to_owned();
    if client_id.chars().count() > CLIENT || request.client_secret.as_ref().is_some_and(|one| one.len() > CLIENT) {
        return Err(CommandError::field("too_long", "client_id").with("limit", CLIENT));
    }
    if client_id.is_empty() {
        return Err(CommandError::field("empty", "client_id"));
    }
    let look = LookAtPortalRequest { address: request.address.clone(), authority: request.authority.clone() };
    let seen = look_at_portal(desk, look).await?;
    if seen.key != request.key.trim() {
        return Err(CommandError::field("portal_other_key", "key"));
    }
    let given = request.client_secret.map(|secret| Zeroizing::new(secret.trim().to_owned()));
    let secret = match (&given, seen.kind.as_str()) {
        (Some(given), _) => Some(given.clone()),
        // A plain server may ask for nobody's name.
        (None, "fhir") => None,
        (None, _) => super::secret(desk, &client_id).await?,
    };
    let portal = PortalRow {
        address: seen.address,
        authority: request.authority.trim().to_owned(),
        client_id,
        kind: seen.kind,
        signing_key: seen.key,
        processor: seen.processor,
        hosting: seen.hosting,
        standing: "on".to_owned(),
    };
    // What is signed with was proven there, so that a mistyped secret takes no good one's place.
    let given_as = match portal.kind.as_str() {
        "fhir" => None,
        _ => {
            let secret = secret.ok_or_else(|| CommandError::field("portal_secret_needed", "client_secret"))?;
            Some(next_there(&portal, secret).await?)
        }
    };
    let mut change = desk.change(Permission::KeepPrivacy, "sign_sync_instruction").await?;
    let before = store::sync::portal(change.connection()).await?;
    let standing = Standing::read(change.connection()).await?;
    let elsewhere = before.as_ref().is_some_and(|(row, _)| row.address != portal.address);
    if elsewhere && standing.is_some() {
        return Err(CommandError::field("portal_elsewhere", "address"));
    }
    let newest = store::sync::instructions(change.connection()).await?.first().map_or(0, |(row, _)| row.version);
    let version = newest + 1;
    let (terms, _) = terms::checked(desk, change.connection(), request.terms, version).await?;
    sign(
        desk,
        &mut change,
        &portal,
        (before.map(|(row, _)| row), elsewhere),
        (terms, version, given_as.unwrap_or(version)),
    )
    .await?;
    if let Some(given) = &given {
        keep_secret(desk, &portal.client_id, given).await?;
    }
    change.commit().await?;
    desk.sync.forget();
    desk.sync.keyless.store(false, Ordering::SeqCst);
    super::connect(desk).await?;
    desk.announce("sync", Vec::new());
    show::view(desk, &mut *desk.store().read().await?).await
}

/// The number of the next instruction at a portal, which counts what it was given.
async fn next_there(portal: &PortalRow, secret: Zeroizing<String>) -> Result<i64, CommandError> {
    Ok(prove(portal, secret).await?.instruction.map_or(1, |version| i64::from(version) + 1))
}

/// How the practice stands at a portal by these credentials; refused beside the field where they are not its own.
async fn prove(portal: &PortalRow, secret: Zeroizing<String>) -> Result<sync::Standing, CommandError> {
    let dialogue = Portal::open(&settings(portal, &[]), Secret::new(secret))?;
    aside(move || dialogue.standing()).await?.map_err(|error| {
        let field = matches!(error, SyncError::UnknownClient).then(|| "client_secret".to_owned());
        CommandError { field, ..error.into() }
    })
}

async fn sign(
    desk: &Desk,
    change: &mut Change<'_>,
    portal: &PortalRow,
    (before, elsewhere): (Option<PortalRow>, bool),
    (terms, version, given_as): (InstructionTerms, i64, i64),
) -> Result<(), CommandError> {
    let today = desk.wall_now().date();
    let at = change.at().to_owned();
    let row = InstructionRow {
        version,
        given_as,
        signed_on: today.to_string(),
        signed_at: at.clone(),
        signed_by: desk.session().user_id,
        address: portal.address.clone(),
        processor: portal.processor.clone(),
        signing_key: portal.signing_key.clone(),
        terms: serde_json::to_string(&terms).map_err(|_| CommandError::new("bad_request"))?,
        taken_at: None,
        ended_on: None,
    };
    if elsewhere {
        store::sync_queue::forget_everything(change.connection()).await?;
    }
    store::sync::save_portal(change.connection(), portal).await?;
    store::sync::sign(change.connection(), &row).await?;
    // Practitioners who are named no more are covered until what is there of them was erased.
    let covered = store::sync::covered(change.connection()).await?;
    store::sync::cover(change.connection(), &terms.practitioners).await?;
    let mut all = terms.practitioners.clone();
    all.extend(covered.into_iter().filter(|id| !terms.practitioners.contains(id)));
    store::sync_queue::queue_all(change.connection(), &all, day_number(today), &at).await?;
    let record = match before {
        Some(before) => ChangeRecord::updated("sync_portal", &before, portal),
        None => ChangeRecord::created("sync_portal", portal),
    };
    change.record("sync", "portal", None, &record).await?;
    change.record("sync", &version.to_string(), None, &ChangeRecord::created("sync_instruction", &row)).await?;
    let names = names(change.connection(), &terms).await?;
    let shown = SyncInstructionView {
        version,
        signed_on: row.signed_on,
        signed_by: desk.session().name.clone(),
        address: row.address,
        processor: row.processor,
        taken_at: None,
        ended_on: None,
        terms,
    };
    let text = lines(&shown, &names, Language::French);
    let text = text.into_iter().map(|(label, value)| format!("{label} : {value}")).collect::<Vec<_>>().join("\n");
    let given = Given {
        processor: &portal.processor,
        hosting: &portal.hosting,
        address: &portal.address,
        subject: SUBJECT,
        text,
        on: today,
    };
    given::give(desk, change, &given).await
}

/// Gives this account of the computer the credentials, after they were renewed or on another computer. What the portal does not know
/// is not kept; where it cannot be asked, the next run tries.
///
/// # Errors
/// `permission_denied`, `not_set_up`, `too_long`, `empty`, `portal_unknown_client`, what the keyring refuses.
pub async fn set_sync_secret(desk: &Desk, request: SetSyncSecretRequest) -> Result<SyncView, CommandError> {
    let (client_id, secret) = (request.client_id.trim().to_owned(), request.client_secret.trim().to_owned());
    if client_id.is_empty() || secret.is_empty() {
        return Err(CommandError::field("empty", "client_secret"));
    }
    if client_id.chars().count() > CLIENT || secret.len() > CLIENT {
        return Err(CommandError::field("too_long", "client_secret").with("limit", CLIENT));
    }
    let mut connection = desk.read(Permission::KeepPrivacy, "set_sync_secret").await?;
    let standing = store::sync::portal(&mut connection).await?;
    drop(connection);
    if let Some((portal, _)) = standing.filter(|(portal, _)| portal.kind != "fhir") {
        let portal = PortalRow { client_id: client_id.clone(), ..portal };
        match prove(&portal, Zeroizing::new(secret.clone())).await {
            Err(refusal) if refusal.code == "portal_unknown_client" => return Err(refusal),
            _ => {}
        }
    }
    let mut change = desk.change(Permission::KeepPrivacy, "set_sync_secret").await?;
    let found = store::sync::portal(change.connection()).await?;
    let (before, progress) = found.ok_or_else(|| CommandError::new("not_set_up"))?;
    keep_secret(desk, &client_id, &secret).await?;
    let after = PortalRow { client_id, ..before.clone() };
    store::sync::save_portal(change.connection(), &after).await?;
    // It is tried at once with the new ones.
    let again = store::sync::Progress { next_at: None, failures: 0, code: String::new(), ..progress };
    store::sync::save_progress(change.connection(), &again).await?;
    change.record("sync", "portal", None, &ChangeRecord::updated("sync_portal", &before, &after)).await?;
    change.commit().await?;
    desk.sync.forget();
    desk.sync.keyless.store(false, Ordering::SeqCst);
    show::view(desk, &mut *desk.store().read().await?).await
}

async fn names(connection: &mut Connection, terms: &InstructionTerms) -> Result<Vec<String>, CommandError> {
    let all = store::practice::practitioners(connection).await?;
    Ok(all.into_iter().filter(|one| terms.practitioners.contains(&one.id)).map(|one| one.name).collect())
}

/// The instruction, a line each: on paper and in the register.
fn lines(one: &SyncInstructionView, names: &[String], language: Language) -> Vec<(String, String)> {
    let t = |french, arabic, english| pick(language, french, arabic, english).to_owned();
    let yes = |flag: bool| if flag { t("oui", "نعم", "yes") } else { t("non", "لا", "no") };
    let terms = &one.terms;
    let mut fields = vec!["name", "phone", "language", "booking_code", "appointment_time", "contact_person"];
    fields.extend(terms.email.then_some("email"));
    fields.extend(terms.birth_date.then_some("birth_date"));
    fields.extend(terms.reason.then_some("appointment_type"));
    let fields = fields.into_iter().map(|field| said(field, language)).collect::<Vec<_>>().join(", ");
    let hours = terms.reminder_hours.iter().map(|hours| format!("{hours} h")).collect::<Vec<_>>().join(", ");
    vec![
        (t("Version", "النسخة", "Version"), one.version.to_string()),
        (t("Signée le", "وقعت في", "Signed on"), figures(&one.signed_on)),
        (t("Signée par", "وقعها", "Signed by"), one.signed_by.clone()),
        (t("Portail", "البوابة", "Portal"), one.address.clone()),
        (t("Sous-traitant", "المعالج من الباطن", "Processor"), one.processor.clone()),
        (t("À compter du", "ابتداء من", "From"), figures(&terms.from_on)),
        (t("Praticiens", "الممارسون", "Practitioners"), names.join(", ")),
        (t("Données de la personne", "معطيات الشخص", "Data of the person"), fields),
        (t("Courriel", "البريد الإلكتروني", "E-mail address"), yes(terms.email)),
        (t("Date de naissance", "تاريخ الازدياد", "Birth date"), yes(terms.birth_date)),
        (t("Motif (libellé public)", "نوع الموعد (تسمية عامة)", "Type (public label)"), yes(terms.reason)),
        (
            t("Créneaux libres publiés", "الفترات المتاحة المنشورة", "Free slots published"),
            format!("{} {}", terms.horizon_days, t("jours à l’avance", "يوما مسبقا", "days ahead")),
        ),
        (
            t("Rappels avant le rendez-vous", "التذكير قبل الموعد", "Reminders before"),
            if hours.is_empty() { t("aucun", "لا شيء", "none") } else { hours },
        ),
        (
            t(
                "Enquête après le rendez-vous, sans donnée de santé",
                "استبيان بعد الموعد دون معطيات صحية",
                "Survey afterwards, without health data",
            ),
            yes(terms.survey),
        ),
        (
            t("Liste d’attente ouverte aux patients", "لائحة الانتظار مفتوحة للمرضى", "Waiting list open to patients"),
            yes(terms.waiting_list),
        ),
        (t("Responsable du traitement", "المسؤول عن المعالجة", "Controller"), terms.controller.clone()),
        (t("Adresse", "العنوان", "Address"), terms.controller_address.clone()),
        (t("Contact pour les données", "الاتصال بشأن المعطيات", "Contact about data"), terms.controller_email.clone()),
        (
            t("Délégué à la protection des données", "مندوب حماية المعطيات", "Data-protection officer"),
            terms.officer.clone(),
        ),
        (
            t("Déclaration ou autorisation", "التصريح أو الإذن", "Declaration or authorisation"),
            terms.registration.clone(),
        ),
    ]
}

/// A version of the instruction on paper.
///
/// # Errors
/// `permission_denied`, `unknown_word`, `not_found`, `print_failed`.
pub async fn print_sync_instruction(desk: &Desk, request: PrintInstructionRequest) -> Result<FileView, CommandError> {
    let words = language(&request.language)?;
    let mut connection = desk.read(Permission::KeepPrivacy, "print_sync_instruction").await?;
    let all = store::sync::instructions(&mut connection).await?;
    let found = all.into_iter().find(|(row, _)| row.version == request.version);
    let (row, by) = found.ok_or_else(|| CommandError::field("not_found", "version"))?;
    let shown = show::instruction(row, by)?;
    let names = names(&mut connection, &shown.terms).await?;
    let head = head(&mut connection).await?;
    drop(connection);
    let pairs = lines(&shown, &names, words).into_iter().map(|(label, value)| (label, value.into())).collect();
    let t = |french, arabic, english| pick(words, french, arabic, english).to_owned();
    let ended = shown.ended_on.as_deref().map(figures);
    let mut parts = vec![Part::Pairs(pairs)];
    if let Some(ended) = ended {
        let until = t(
            "Cette version n’est plus en vigueur depuis le",
            "لم تعد هذه النسخة سارية منذ",
            "This version is no longer in force since",
        );
        parts.push(Part::Notice(format!("{until} {ended}.")));
    }
    let intro = t(
        "Le responsable du traitement donne au sous-traitant l’instruction qui suit. Le portail ne reçoit rien d’autre, n’en fait rien d’autre, et rend puis détruit tout à la fin du contrat, ce qu’il confirme par écrit.",
        "يعطي المسؤول عن المعالجة التعليمات التالية للمعالج من الباطن. لا تتلقى البوابة شيئا آخر ولا تفعل به شيئا آخر، وعند نهاية العقد تعيد كل شيء ثم تتلفه وتؤكد ذلك كتابة.",
        "The controller gives the processor the following instruction. The portal receives nothing else, does nothing else with it, and at the end of the contract returns everything and then destroys it, which it confirms in writing.",
    );
    let signatures = Part::Signatures(vec![
        t("Le responsable du traitement", "المسؤول عن المعالجة", "The controller"),
        t("Le sous-traitant", "المعالج من الباطن", "The processor"),
    ]);
    let title = t(
        "Instruction documentée : rendez-vous en ligne",
        "تعليمات موثقة: المواعيد على الإنترنت",
        "Documented instruction: online booking",
    );
    let today = desk.wall_now();
    let report = Report {
        practice: head,
        title,
        subtitle: format!("{} {}", t("Version", "النسخة", "Version"), shown.version),
        intro: vec![Part::Text(intro)],
        sections: vec![ReportSection::new("", parts), ReportSection::new("", vec![signatures])],
        printed_at: date_in_words(today.date(), words),
        foot: t(
            "Instruction au sous-traitant (art. 28 RGPD)",
            "تعليمات للمعالج من الباطن",
            "Instruction to the processor (art. 28 GDPR)",
        ),
        landscape: false,
        language: words,
        created_at: desk.now(),
    };
    let pdf = aside(move || report.to_pdf()).await??;
    let name = t("instruction-portail", "تعليمات-البوابة", "portal-instruction");
    Ok(file(format!("{name}-{}.pdf", request.version), pdf))
}

/// The practice's head on paper.
pub(super) async fn head(connection: &mut Connection) -> Result<ReportHead, CommandError> {
    let practice = store::practice::practice(connection).await?;
    let sites = store::practice::sites(connection).await?;
    let lines = sites.iter().find(|site| site.active).map_or_else(Vec::new, |site| {
        vec![site.address.clone(), format!("{} {}", site.postcode, site.city).trim().to_owned(), site.phone.clone()]
    });
    Ok(ReportHead { name: practice.name, lines })
}
