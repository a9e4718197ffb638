//! The registers and what follows from them, on paper. Not here: how a paper looks (room `print`).

mod activities;
mod breaches;
mod dpia;
mod notice;
mod processors;
mod reviews;

pub(super) use breaches::notification_text;

use chrono::{DateTime, NaiveDate, Utc};
use domain::country::Country;
use domain::id::RegisterId;
use domain::identifiers::phone::parse;
use domain::identifiers::phone_shown::international;
use domain::privacy::authority::{Authority, Law, authority, law};
use domain::role::Permission;
use domain::time::{Zone, wall};

use super::wire::PrintRegisterRequest;
use super::words::{self, pick};
use crate::commands::agenda::print::{file, language};
use crate::commands::wire::FileView;
use crate::commands::{CommandError, Desk};
use crate::print::report::{Part, Report, ReportHead, ReportSection};
use crate::print::words::Language;
use crate::store::registers::PrivacySettings;
use crate::store::{self, Connection};

/// Who the practice is, for its papers.
pub(super) struct Who {
    /// The practice's name.
    pub practice: String,
    /// Its name in Arabic letters; may be empty.
    pub practice_arabic: String,
    /// Its address, a line each.
    pub address: Vec<String>,
    /// Its phone, as dialled from abroad.
    pub phone: String,
    /// Its e-mail address.
    pub email: String,
    /// What was written down of who answers for the data.
    pub settings: PrivacySettings,
    /// Its country.
    pub country: Country,
    /// Its clock.
    pub zone: Zone,
    /// Now.
    pub now: DateTime<Utc>,
}

impl Who {
    /// Reads who the practice is.
    pub async fn read(desk: &Desk, connection: &mut Connection) -> Result<Who, CommandError> {
        let premises = desk.premises();
        let region = premises.region();
        let sites = store::practice::sites(connection).await?;
        let site = sites.iter().find(|site| site.active).or(sites.first());
        let paper = store::letterhead::practice_paper(connection).await?;
        let mut address = Vec::new();
        if let Some(site) = site {
            address.push(site.address.clone());
            address.push(format!("{} {}", site.postcode, site.city).trim().to_owned());
        }
        address.retain(|line| !line.trim().is_empty());
        Ok(Who {
            practice: premises.name,
            practice_arabic: paper.name_arabic,
            address,
            phone: site.map(|site| phone(&site.phone, region)).unwrap_or_default(),
            email: paper.email,
            settings: store::registers::settings(connection).await?,
            country: premises.country,
            zone: premises.zone,
            now: desk.now(),
        })
    }

    pub fn authority(&self) -> &'static Authority {
        authority(self.country)
    }

    pub fn law(&self) -> &'static Law {
        law(self.country)
    }

    /// Today on the practice's clock.
    pub fn today(&self) -> NaiveDate {
        wall(self.now, &self.zone).date()
    }

    /// The practice's name, in the letters of the page where it is known in them.
    pub fn name(&self, language: Language) -> &str {
        let arabic = language == Language::Arabic && !self.practice_arabic.is_empty();
        if arabic { &self.practice_arabic } else { &self.practice }
    }

    /// The controller: as written down, else the practice.
    pub fn controller(&self, language: Language) -> &str {
        if self.settings.controller.is_empty() { self.name(language) } else { &self.settings.controller }
    }

    /// The head of a paper.
    pub fn head(&self, language: Language) -> ReportHead {
        let mut lines = self.address.clone();
        lines.extend([self.phone.clone(), self.email.clone()]);
        ReportHead { name: self.name(language).to_owned(), lines }
    }

    /// The name of the authority, in the letters of the page.
    pub fn authority_name(&self, language: Language) -> &'static str {
        let authority = self.authority();
        if language == Language::Arabic { authority.name_arabic } else { authority.name }
    }

    /// Who answers for the data: pairs for a register's first lines.
    pub fn answering(&self, language: Language) -> Part {
        let t = |french, arabic, english| pick(language, french, arabic, english);
        let settings = &self.settings;
        let declaration = match settings.declared_on {
            Some(on) if !settings.declaration.is_empty() => format!("{} ({})", settings.declaration, words::day(on)),
            _ => settings.declaration.clone(),
        };
        Part::Pairs(vec![
            (
                t("Responsable du traitement", "المسؤول عن المعالجة", "Controller").to_owned(),
                self.controller(language).into(),
            ),
            (t("Représenté par", "يمثله", "Represented by").to_owned(), settings.representative.as_str().into()),
            (
                t("Protection des données", "حماية المعطيات", "Data protection").to_owned(),
                settings.officer.as_str().into(),
            ),
            (t("Pour la joindre", "للاتصال", "How to reach them").to_owned(), settings.officer_contact.as_str().into()),
            (
                format!(
                    "{} ({})",
                    t("Déclaration ou autorisation", "التصريح أو الإذن", "Declaration or authorisation"),
                    self.authority().short
                ),
                declaration.into(),
            ),
        ])
    }

    /// A report of the practice's.
    pub fn report(
        &self,
        language: Language,
        title: &str,
        subtitle: String,
        intro: Vec<Part>,
        sections: Vec<ReportSection>,
    ) -> Report {
        let foot = pick(
            language,
            "Registre tenu avec Semainier",
            "سجل ممسوك بواسطة Semainier",
            "Register kept with Semainier",
        );
        Report {
            practice: self.head(language),
            title: title.to_owned(),
            subtitle,
            intro,
            sections,
            printed_at: words::moment(self.now, &self.zone),
            foot: foot.to_owned(),
            landscape: false,
            language,
            created_at: self.now,
        }
    }
}

/// A phone as it is dialled from abroad, where it is one.
fn phone(typed: &str, region: domain::identifiers::phone::Region) -> String {
    let parsed = parse(typed, region);
    if parsed.valid { international(&parsed.e164) } else { typed.trim().to_owned() }
}

/// Says that a register has no row.
fn empty(language: Language) -> Part {
    let text =
        pick(language, "Aucune inscription à ce jour.", "لا تسجيل إلى اليوم.", "Nothing is registered to this day.");
    Part::Box(text.to_owned())
}

/// Prints a register, or a document that follows from the registers.
///
/// # Errors
/// `permission_denied`, `unknown_word`, `not_found`, `notice_too_long` where the notice does not fit on its page,
/// `print_failed`.
pub async fn print_register(desk: &Desk, request: PrintRegisterRequest) -> Result<FileView, CommandError> {
    let language = language(&request.language)?;
    let mut connection = desk.read(Permission::KeepPrivacy, "print_register").await?;
    let who = Who::read(desk, &mut connection).await?;
    let connection = &mut connection;
    let needed = || request.id.ok_or_else(|| CommandError::field("not_found", "id"));
    let report = match request.register.as_str() {
        "activities" => activities::register(desk, connection, &who, language).await?,
        "processors" => processors::register(connection, &who, language).await?,
        "instructions" => processors::instructions(connection, &who, language).await?,
        "matrix" => processors::matrix(connection, &who, request.id, language).await?,
        "breaches" => breaches::register(desk, connection, &who, language).await?,
        "notification" => breaches::notification(desk, connection, &who, needed()?, language).await?,
        "reviews" => reviews::reviews(connection, &who, request.id, language).await?,
        "audits" => reviews::audits(desk, connection, &who, request.id, language).await?,
        "dpia" => dpia::document(desk, connection, &who, language).await?,
        "notice" => {
            let notice = notice::notice(desk, connection, &who, language).await?;
            let pdf = notice.to_pdf().map_err(|_| CommandError::new("notice_too_long"))?;
            return Ok(file(name("notice", language, who.today()), pdf));
        }
        _ => return Err(CommandError::field("unknown_word", "register")),
    };
    Ok(file(name(&request.register, language, who.today()), report.to_archive()?))
}

fn name(register: &str, language: Language, today: NaiveDate) -> String {
    let t = |french, english| if language == Language::English { english } else { french };
    let word = match register {
        "activities" => t("registre-traitements", "register-activities"),
        "processors" => t("registre-sous-traitants", "register-processors"),
        "instructions" => t("instructions-sous-traitants", "processor-instructions"),
        "matrix" => t("matrice-responsabilites", "responsibility-matrix"),
        "breaches" => t("registre-violations", "register-breaches"),
        "notification" => t("notification-violation", "breach-notification"),
        "reviews" => t("revues-securite", "security-reviews"),
        "audits" => t("audits-sous-traitants", "processor-audits"),
        "dpia" => t("analyse-impact", "impact-assessment"),
        _ => t("affiche-donnees", "data-notice"),
    };
    format!("{word}-{today}.pdf")
}

/// A processor's name, or the first that there is.
fn only<T: Clone>(rows: &[store::registers::Entry<T>], id: Option<RegisterId>) -> Vec<store::registers::Entry<T>> {
    rows.iter().filter(|row| id.is_none_or(|id| row.id == id)).cloned().collect()
}
