//! How long what is kept: the categories, the defaults of each country with their sources, the bounds that a controller
//! stays within, and what follows for one person.
//!
//! The law differs by data: [`defaults`] is the table. Deliberately not here: who is affected today (the commands gather the
//! facts), and whether somebody asks for an erasure earlier (a maximum is never a ground to refuse one).

mod calendar;
mod standing;
#[cfg(test)]
mod tests;

pub use calendar::{after_months, birthday, day_after};
pub use standing::{Facts, Ground, Standing, State, standing};

use crate::country::Country;

words! {
    /// What has its own retention.
    Category {
        /// The record of a patient who was an adult at the last care.
        PatientRecord = "patient_record",
        /// The record of somebody who was a minor at the last care: not before this age, in months since the birth.
        MinorRecord = "minor_record",
        /// The record of somebody who died: after the death.
        DeceasedRecord = "deceased_record",
        /// Somebody who is in the agenda and has no record.
        AgendaEntry = "agenda_entry",
        /// Who signed in where.
        ConnectionLog = "connection_log",
        /// Requests of persons about their data.
        Request = "request",
        /// Consents: until withdrawn, then as proof.
        Consent = "consent",
        /// Accounts at the portal, without use.
        PortalAccount = "portal_account",
        /// Addresses of computers at the portal.
        IpAddress = "ip_address",
    }
}

words! {
    /// Why a value is not what the law or its guardian says.
    Objection {
        /// Shorter than the law allows.
        TooShort = "retention_too_short",
        /// Longer than the law allows.
        TooLong = "retention_too_long",
        /// The active time is longer than the whole.
        ActiveTooLong = "retention_active_too_long",
        /// The category has no active time of its own.
        NoActive = "retention_no_active",
        /// Allowed, but shorter than what the authority recommends.
        BelowDefault = "retention_below_default",
        /// Allowed, but longer than what the authority recommends.
        AboveDefault = "retention_above_default",
    }
}

impl Objection {
    /// Whether the value is refused; otherwise it is only told.
    #[must_use]
    pub const fn refuses(self) -> bool {
        !matches!(self, Self::BelowDefault | Self::AboveDefault)
    }
}

/// A category's default in a country.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Default {
    /// Which.
    pub category: Category,
    /// Months in the active base, where an intermediate archive follows.
    pub active: Option<u32>,
    /// Months in all.
    pub months: u32,
    /// Fewer are refused.
    pub at_least: Option<u32>,
    /// More are refused.
    pub at_most: Option<u32>,
    /// Where it comes from, as it is cited.
    pub source: &'static str,
    /// The date of that source, ISO.
    pub dated: &'static str,
}

const CNIL_PRACTICES: &str = "CNIL, délibération n° 2020-081 du 18 juin 2020 (référentiel cabinets médicaux)";
const CNIL_LOGS: &str = "CNIL, délibération n° 2021-122 du 14 octobre 2021 (journalisation)";
const CSP_FILES: &str = "Code de la santé publique, art. R1112-7 (par analogie)";
const LAW_09_08: &str = "Loi n° 09-08, art. 3 (durée nécessaire, fixée par le responsable du traitement)";

const fn line(
    category: Category,
    (active, months): (Option<u32>, u32),
    (at_least, at_most): (Option<u32>, Option<u32>),
    (source, dated): (&'static str, &'static str),
) -> Default {
    Default { category, active, months, at_least, at_most, source, dated }
}

/// France. The liability for care lapses after ten years (CSP L1142-28): no record goes before.
const FRANCE: &[Default] = &[
    line(Category::PatientRecord, (Some(60), 240), (Some(120), None), (CNIL_PRACTICES, "2020-06-18")),
    line(Category::MinorRecord, (None, 336), (Some(336), None), (CSP_FILES, "2006-01-04")),
    line(Category::DeceasedRecord, (None, 120), (Some(120), None), (CSP_FILES, "2006-01-04")),
    line(Category::AgendaEntry, (None, 24), (None, Some(24)), (CNIL_PRACTICES, "2020-06-18")),
    line(Category::ConnectionLog, (None, 6), (Some(6), Some(12)), (CNIL_LOGS, "2021-10-14")),
    line(Category::Request, (None, 24), (Some(12), Some(72)), ("RGPD, art. 5 et 12", "2016-04-27")),
    line(Category::Consent, (None, 60), (Some(12), None), ("RGPD, art. 7 (preuve, après le retrait)", "2016-04-27")),
    line(Category::PortalAccount, (None, 24), (None, Some(36)), ("RGPD, art. 5 (limitation)", "2016-04-27")),
    line(Category::IpAddress, (None, 12), (None, Some(12)), (CNIL_LOGS, "2021-10-14")),
];

/// Morocco. The law names no number of years: the controller does.
const MOROCCO: &[Default] = &[
    line(Category::PatientRecord, (Some(60), 240), (None, None), (LAW_09_08, "2009-02-18")),
    line(Category::MinorRecord, (None, 336), (None, None), (LAW_09_08, "2009-02-18")),
    line(Category::DeceasedRecord, (None, 120), (None, None), (LAW_09_08, "2009-02-18")),
    line(Category::AgendaEntry, (None, 24), (None, None), (LAW_09_08, "2009-02-18")),
    line(Category::ConnectionLog, (None, 6), (None, None), (LAW_09_08, "2009-02-18")),
    line(Category::Request, (None, 24), (None, None), (LAW_09_08, "2009-02-18")),
    line(Category::Consent, (None, 60), (None, None), (LAW_09_08, "2009-02-18")),
    line(Category::PortalAccount, (None, 24), (None, None), (LAW_09_08, "2009-02-18")),
    line(Category::IpAddress, (None, 12), (None, None), (LAW_09_08, "2009-02-18")),
];

/// The defaults of a country, one a category, in the order of [`Category`].
#[must_use]
pub const fn defaults(country: Country) -> &'static [Default] {
    match country {
        Country::FR => FRANCE,
        Country::MA => MOROCCO,
    }
}

impl Category {
    /// Where the default of this category stands, in a country.
    #[must_use]
    pub fn source(self, country: Country) -> &'static str {
        defaults(country).iter().find(|one| one.category == self).map_or("", |one| one.source)
    }
}

/// What the controller decided for a category.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decided {
    /// Which.
    pub category: Category,
    /// Months in the active base.
    pub active: Option<u32>,
    /// Months in all.
    pub months: u32,
}

/// Longest retention that is taken for meant: a century and a half.
const LONGEST: u32 = 1_800;

/// What speaks against a value: refusals first.
#[must_use]
pub fn objections(country: Country, decided: Decided) -> Vec<Objection> {
    let Some(default) = defaults(country).iter().find(|one| one.category == decided.category) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    if decided.months == 0 || default.at_least.is_some_and(|least| decided.months < least) {
        found.push(Objection::TooShort);
    }
    if decided.months > LONGEST || default.at_most.is_some_and(|most| decided.months > most) {
        found.push(Objection::TooLong);
    }
    match (default.active, decided.active) {
        (None, Some(_)) => found.push(Objection::NoActive),
        (_, Some(active)) if active > decided.months => found.push(Objection::ActiveTooLong),
        _ => {}
    }
    if found.is_empty() && decided.months < default.months {
        found.push(Objection::BelowDefault);
    }
    if found.is_empty() && decided.months > default.months {
        found.push(Objection::AboveDefault);
    }
    found
}

/// The rules that count in a practice: the defaults, with what its controller decided in their place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    lines: Vec<Decided>,
}

impl Rules {
    /// The country's, with what was decided. A decision that the law refuses does not count.
    #[must_use]
    pub fn new(country: Country, decided: &[Decided]) -> Self {
        let counts = |one: &Decided| !objections(country, *one).iter().any(|objection| objection.refuses());
        let lines = defaults(country).iter().map(|default| {
            let own = decided.iter().find(|one| one.category == default.category && counts(one));
            match own {
                Some(own) => Decided { active: own.active.or(default.active), ..*own },
                None => Decided { category: default.category, active: default.active, months: default.months },
            }
        });
        Self { lines: lines.collect() }
    }

    fn line(&self, category: Category) -> Option<&Decided> {
        self.lines.iter().find(|one| one.category == category)
    }

    /// Months in all.
    #[must_use]
    pub fn months(&self, category: Category) -> u32 {
        self.line(category).map_or(LONGEST, |one| one.months)
    }

    /// Months in the active base; of a category without archive all of them.
    #[must_use]
    pub fn active(&self, category: Category) -> u32 {
        self.line(category).map_or(LONGEST, |one| one.active.unwrap_or(one.months).min(one.months))
    }
}
