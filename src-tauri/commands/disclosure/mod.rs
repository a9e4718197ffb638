//! The disclosure ledger: what left about whom, to whom, why; and who opened the record, by the journal. Both are the person's to
//! know, on the screen and on paper.
//!
//! A line is written in the change that lets something leave, beside its entry of the journal. Deliberately not here: the
//! content of what left, which stands nowhere but where it went.

pub mod wire;

use domain::id::{DisclosureId, PatientId};
use domain::role::Permission;
use domain::time::wall;
use serde_json::json;

use super::agenda::print::{file, language};
use super::desk::Change;
use super::portability::gather::{House, gather};
use super::wire::FileView;
use super::{CommandError, Desk};
use crate::journal::ChangeRecord;
use crate::print::report::{Part, Report, ReportHead, ReportSection};
use crate::print::words::Language;
use crate::privacy::dossier::Dossier;
use crate::privacy::words::pick;
use crate::privacy::{paper, sheets};
use crate::store::disclosure::{self as rows, DisclosureRow};
use crate::store::{Connection, StoreError};
use wire::{DisclosureView, DisclosuresRequest, DisclosuresView, OpeningOfRecordView, PrintDisclosuresRequest};

/// What is handed over, to whom, why.
pub(in crate::commands) struct Handed<'a> {
    /// `person`, `colleague`, `calendar_server`, `file_holder`, `software`, `booking_portal`, `mail_server`.
    pub recipient_kind: &'static str,
    /// Their name or address, or empty.
    pub recipient: String,
    /// Which kinds of data.
    pub categories: &'a [&'static str],
    /// `care`, `agenda`, `person_request`, `copy`, `leaving`, `booking`, `message`.
    pub purpose: &'static str,
    /// `care`, `legitimate_interest`, `right_of_access`, `legal_duty`.
    pub ground: &'static str,
    /// `file`, `encrypted_file`, `paper`, `calendar`, `sync`, `mail`.
    pub way: &'static str,
}

impl<'a> Handed<'a> {
    /// A file that the user of this session keeps.
    pub fn a_file(desk: &Desk, categories: &'a [&'static str]) -> Self {
        Self {
            recipient_kind: "file_holder",
            recipient: desk.session().name.clone(),
            categories,
            purpose: "copy",
            ground: "legitimate_interest",
            way: "file",
        }
    }

    /// A paper for a colleague.
    pub fn a_paper(to: &str, categories: &'a [&'static str]) -> Self {
        Self {
            recipient_kind: "colleague",
            recipient: to.trim().to_owned(),
            categories,
            purpose: "care",
            ground: "care",
            way: "paper",
        }
    }

    /// Events at a calendar server.
    pub fn a_calendar(address: &str) -> Self {
        Self {
            recipient_kind: "calendar_server",
            recipient: address.to_owned(),
            categories: &["identity", "appointments"],
            purpose: "agenda",
            ground: "legitimate_interest",
            way: "calendar",
        }
    }

    /// Fields at the booking portal.
    pub fn a_portal(name: &str, categories: &'a [&'static str]) -> Self {
        Self {
            recipient_kind: "booking_portal",
            recipient: name.to_owned(),
            categories,
            purpose: "booking",
            ground: "legitimate_interest",
            way: "sync",
        }
    }

    /// A message to the person, which the operator of the mail server carries.
    pub fn a_mail_server(host: &str, categories: &'a [&'static str]) -> Self {
        Self {
            recipient_kind: "mail_server",
            recipient: host.to_owned(),
            categories,
            purpose: "message",
            ground: "legitimate_interest",
            way: "mail",
        }
    }

    fn row(&self, desk: &Desk, change: &Change<'_>) -> DisclosureRow {
        DisclosureRow {
            id: DisclosureId::new(desk.make_id()),
            at: change.at().to_owned(),
            recipient_kind: self.recipient_kind,
            recipient: self.recipient.clone(),
            categories: self.categories.to_vec(),
            purpose: self.purpose,
            ground: self.ground,
            way: self.way,
            journal_sequence: change.entry(),
            user_id: desk.session().user_id,
        }
    }
}

/// Notes that something leaves about these persons, within the change that journalled it just before. About nobody: nothing.
///
/// # Errors
/// What the store refuses.
pub(in crate::commands) async fn note(
    desk: &Desk,
    change: &mut Change<'_>,
    handed: &Handed<'_>,
    patients: &[PatientId],
) -> Result<(), CommandError> {
    if !patients.is_empty() {
        let row = handed.row(desk, change);
        rows::add(change.connection(), &row, patients).await?;
        change.touch("disclosures", &row.id.to_string());
    }
    Ok(())
}

/// The same about every patient.
///
/// # Errors
/// What the store refuses.
pub(in crate::commands) async fn note_everybody(
    desk: &Desk,
    change: &mut Change<'_>,
    handed: &Handed<'_>,
) -> Result<(), CommandError> {
    let row = handed.row(desk, change);
    rows::add_all(change.connection(), &row).await?;
    change.touch("disclosures", &row.id.to_string());
    Ok(())
}

/// Ledger and openings of a person, and what stands outside their record; nothing sealed is opened.
async fn traces(desk: &Desk, connection: &mut Connection, patient: PatientId) -> Result<Dossier, CommandError> {
    let found = crate::store::patient::resolved(connection, patient).await?;
    let root = found.ok_or_else(|| CommandError::field("patient_not_found", "patient_id"))?.id;
    let house = House::read(desk, connection).await?;
    gather(desk, connection, &house, None, root).await
}

fn instant(desk: &Desk, text: &str) -> Result<domain::time::WallTime, CommandError> {
    let at = text.parse().map_err(|_| CommandError::from(StoreError::BadValue))?;
    Ok(wall(at, &desk.premises().zone))
}

/// What left about a person, and who opened their record; the newest first.
///
/// # Errors
/// `permission_denied`, `patient_not_found`.
pub async fn show_disclosures(desk: &Desk, request: DisclosuresRequest) -> Result<DisclosuresView, CommandError> {
    let mut connection = desk.read(Permission::KeepPrivacy, "show_disclosures").await?;
    let dossier = traces(desk, &mut connection, request.patient_id).await?;
    let root = dossier.patient.id.parse().map_err(|_| CommandError::from(StoreError::BadValue))?;
    let one = &dossier.patient;
    Ok(DisclosuresView {
        patient_id: root,
        surname: one.surname.clone(),
        first_name: one.first_name.clone(),
        name_arabic: format!("{} {}", one.surname_arabic, one.first_name_arabic).trim().to_owned(),
        born: one.born.clone().unwrap_or_default(),
        language: one.language.clone(),
        disclosures: dossier
            .disclosures
            .into_iter()
            .map(|one| {
                Ok(DisclosureView {
                    at: instant(desk, &one.at)?,
                    id: one.id,
                    recipient_kind: one.recipient_kind,
                    recipient: one.recipient,
                    categories: one.categories,
                    purpose: one.purpose,
                    ground: one.ground,
                    way: one.way,
                    by: one.by,
                    sequence: one.journal_sequence,
                })
            })
            .collect::<Result<_, CommandError>>()?,
        openings: dossier
            .openings
            .into_iter()
            .map(|one| {
                Ok(OpeningOfRecordView {
                    at: instant(desk, &one.at)?,
                    by: one.by,
                    workstation: one.workstation,
                    command: one.command,
                    sequence: one.journal_sequence,
                })
            })
            .collect::<Result<_, CommandError>>()?,
    })
}

/// Both lists on paper, for the person. Journalled.
///
/// # Errors
/// `permission_denied`, `patient_not_found`, `unknown_word` for the language, `print_failed`.
pub async fn print_disclosures(desk: &Desk, request: PrintDisclosuresRequest) -> Result<FileView, CommandError> {
    let words = language(&request.language)?;
    let mut change = desk.change(Permission::KeepPrivacy, "print_disclosures").await?;
    let dossier = traces(desk, change.connection(), request.patient_id).await?;
    let id = dossier.patient.id.clone();
    let counts = json!({ "disclosures": dossier.disclosures.len(), "openings": dossier.openings.len() });
    change.record("disclosures", &id, Some(&id), &ChangeRecord::created("print", &counts)).await?;
    let report = report(desk, &dossier, words);
    let pdf = tokio::task::block_in_place(|| report.to_pdf())?;
    change.commit().await?;
    let name = pick(words, "transmissions", "الإرسالات", "disclosures");
    Ok(file(format!("{name}-{}.pdf", dossier.patient.number), pdf))
}

fn report(desk: &Desk, dossier: &Dossier, language: Language) -> Report {
    let tables = [sheets::disclosures(dossier, language), sheets::openings(dossier, language)];
    let sections = tables.iter().map(|sheet| {
        let parts = if sheet.rows.is_empty() {
            vec![Part::Remark(pick(language, "Rien n’est enregistré.", "لا شيء مسجل.", "Nothing is noted.").to_owned())]
        } else {
            vec![paper::table(sheet)]
        };
        ReportSection::new(sheet.title, parts)
    });
    let intro = pick(
        language,
        "Ce relevé dit ce que le cabinet a transmis à votre sujet, à qui, pourquoi et comment, puis qui a ouvert votre dossier médical. Il est tiré du registre des transmissions et du journal du logiciel.",
        "يبين هذا الكشف ما أرسلته العيادة بشأنك، إلى من ولماذا وكيف، ثم من فتح ملفك الطبي. وهو مستخرج من سجل الإرسالات ومن سجل البرنامج.",
        "This statement says what the practice handed over about you, to whom, why and how, and then who opened your medical record. It is drawn from the ledger of disclosures and the program’s journal.",
    );
    let title = pick(
        language,
        "Transmissions et consultations du dossier",
        "الإرسالات والاطلاع على الملف",
        "What was handed over, who opened the record",
    );
    let now = crate::commands::clock::instant_text(desk.now());
    let moment = sheets::moment(dossier, &now);
    Report {
        practice: ReportHead { name: dossier.practice.name.clone(), lines: paper::address(dossier) },
        title: title.to_owned(),
        subtitle: paper::name(dossier, language),
        intro: vec![Part::Text(intro.to_owned())],
        sections: sections.collect(),
        printed_at: moment,
        foot: pick(language, "Confidentiel", "سري", "Confidential").to_owned(),
        landscape: true,
        language,
        created_at: desk.now(),
    }
}
