//! What differs between the countries' data-protection laws: the authority, the articles, the rights, what a breach asks.
//!
//! One table a country; nothing else in the program asks which country it is. Addresses are the authorities' public ones.
//! Deliberately not here: how long things are kept, and words for people.

use crate::country::Country;

/// An authority, as it names itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Authority {
    /// Its short name.
    pub short: &'static str,
    /// Its whole name in Latin letters.
    pub name: &'static str,
    /// Its whole name in Arabic letters; of a foreign one a translation.
    pub name_arabic: &'static str,
    /// Its postal address, a line each.
    pub address: &'static [&'static str],
    /// Its phone, as dialled from abroad.
    pub phone: &'static str,
    /// Its site, where complaints and notifications are filed too.
    pub site: &'static str,
    /// Where it publishes this.
    pub source: &'static str,
}

/// The law and what it asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Law {
    /// How it is cited.
    pub cited: &'static str,
    /// The article of the register of processing activities.
    pub register: &'static str,
    /// The article of contracts with processors.
    pub processors: &'static str,
    /// The article of security.
    pub security: &'static str,
    /// The article of impact assessments; empty where the law knows none.
    pub assessment: &'static str,
    /// The article of transfers abroad.
    pub transfers: &'static str,
    /// Months within which a person's request is answered; none where the law leaves it open.
    pub answer_months: Option<u32>,
    /// Whether a number of a declaration or authorisation has to stand on notices.
    pub declaration: bool,
    /// What a breach asks.
    pub breach: BreachLaw,
}

/// What a breach asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BreachLaw {
    /// Hours from awareness until the authority has to be told.
    pub hours: i64,
    /// Whether these hours are the law's; else a practice may set its own.
    pub by_law: bool,
    /// The article about the authority; empty where there is none.
    pub authority: &'static str,
    /// The article about the persons; empty where there is none.
    pub persons: &'static str,
}

words! {
    /// A right of a person.
    Right {
        /// To be told.
        Information = "information",
        /// To see and to get a copy.
        Access = "access",
        /// To have it put right.
        Rectification = "rectification",
        /// To have it erased, where nothing obliges to keep it.
        Erasure = "erasure",
        /// To have its use limited.
        Limitation = "limitation",
        /// To get it in a form that another software reads.
        Portability = "portability",
        /// To object.
        Objection = "objection",
        /// To withdraw a consent.
        Withdrawal = "withdrawal",
        /// To say what becomes of it after death.
        Directives = "directives",
        /// To complain to the authority.
        Complaint = "complaint",
    }
}

words! {
    /// On which ground data are processed.
    Ground {
        /// Care: preventive medicine, diagnosis, treatment, by somebody bound to secrecy.
        Care = "care",
        /// A duty of law.
        Duty = "duty",
        /// A contract with the person.
        Contract = "contract",
        /// A legitimate interest of the practice that does not outweigh the person's.
        Interest = "interest",
        /// Consent.
        Consent = "consent",
        /// To establish or defend legal claims.
        Claims = "claims",
    }
}

const FRANCE: Authority = Authority {
    short: "CNIL",
    name: "Commission nationale de l’informatique et des libertés",
    name_arabic: "اللجنة الوطنية للمعلوميات والحريات",
    address: &["3 place de Fontenoy", "TSA 80715", "75334 Paris Cedex 07", "France"],
    phone: "+33 1 53 73 22 22",
    site: "www.cnil.fr",
    source: "www.cnil.fr",
};

const MOROCCO: Authority = Authority {
    short: "CNDP",
    name: "Commission nationale de contrôle de la protection des données à caractère personnel",
    name_arabic: "اللجنة الوطنية لمراقبة حماية المعطيات ذات الطابع الشخصي",
    address: &[
        "Immeuble Les Patios, 3e étage",
        "Angle boulevard Annakhil et avenue Mehdi Ben Barka",
        "Hay Riad",
        "Rabat",
        "Maroc",
    ],
    phone: "+212 5 37 57 11 24",
    site: "www.cndp.ma",
    source: "www.cndp.ma",
};

/// The authority of a country.
pub const fn authority(country: Country) -> &'static Authority {
    match country {
        Country::FR => &FRANCE,
        Country::MA => &MOROCCO,
    }
}

/// The law of a country.
pub const fn law(country: Country) -> &'static Law {
    match country {
        Country::FR => &Law {
            cited: "Règlement (UE) 2016/679 (RGPD) ; loi n° 78-17 du 6 janvier 1978",
            register: "RGPD, art. 30",
            processors: "RGPD, art. 28",
            security: "RGPD, art. 32",
            assessment: "RGPD, art. 35",
            transfers: "RGPD, art. 44 à 49",
            answer_months: Some(1),
            declaration: false,
            breach: BreachLaw { hours: 72, by_law: true, authority: "RGPD, art. 33", persons: "RGPD, art. 34" },
        },
        Country::MA => &Law {
            cited: "Loi n° 09-08 ; décret n° 2-09-165",
            register: "Loi 09-08, art. 15",
            processors: "Loi 09-08, art. 23 et 26",
            security: "Loi 09-08, art. 23 et 24",
            assessment: "",
            transfers: "Loi 09-08, art. 43 et 44",
            answer_months: None,
            declaration: true,
            breach: BreachLaw { hours: 72, by_law: false, authority: "", persons: "" },
        },
    }
}

/// The rights that the law of a country gives, with their articles.
pub const fn rights(country: Country) -> &'static [(Right, &'static str)] {
    match country {
        Country::FR => &[
            (Right::Information, "RGPD, art. 13 et 14"),
            (Right::Access, "RGPD, art. 15"),
            (Right::Rectification, "RGPD, art. 16"),
            (Right::Erasure, "RGPD, art. 17"),
            (Right::Limitation, "RGPD, art. 18"),
            (Right::Portability, "RGPD, art. 20"),
            (Right::Objection, "RGPD, art. 21"),
            (Right::Withdrawal, "RGPD, art. 7, § 3"),
            (Right::Directives, "Loi n° 78-17, art. 85"),
            (Right::Complaint, "RGPD, art. 77"),
        ],
        Country::MA => &[
            (Right::Information, "Loi 09-08, art. 5"),
            (Right::Access, "Loi 09-08, art. 7"),
            (Right::Rectification, "Loi 09-08, art. 8"),
            (Right::Objection, "Loi 09-08, art. 9"),
            (Right::Withdrawal, "Loi 09-08, art. 4"),
            (Right::Complaint, "Loi 09-08, art. 28"),
        ],
    }
}

/// How the law of a country words a ground: the article.
pub const fn ground(country: Country, ground: Ground) -> &'static str {
    match (country, ground) {
        (Country::FR, Ground::Care) => "RGPD, art. 6, § 1 c) et 9, § 2 h)",
        (Country::FR, Ground::Duty) => "RGPD, art. 6, § 1 c)",
        (Country::FR, Ground::Contract) => "RGPD, art. 6, § 1 b)",
        (Country::FR, Ground::Interest) => "RGPD, art. 6, § 1 f)",
        (Country::FR, Ground::Consent) => "RGPD, art. 6, § 1 a)",
        (Country::FR, Ground::Claims) => "RGPD, art. 9, § 2 f)",
        (Country::MA, Ground::Care) => "Loi 09-08, art. 12 et 21",
        (Country::MA, Ground::Duty) => "Loi 09-08, art. 4, a)",
        (Country::MA, Ground::Contract) => "Loi 09-08, art. 4, b)",
        (Country::MA, Ground::Interest) => "Loi 09-08, art. 4, e)",
        (Country::MA, Ground::Consent) => "Loi 09-08, art. 4, al. 1",
        (Country::MA, Ground::Claims) => "Loi 09-08, art. 21",
    }
}

words! {
    /// What sending data to a country needs.
    Transfer {
        /// Nothing: it stays inside.
        Inside = "inside",
        /// Nothing but to be listed: the country's protection is recognised.
        Recognised = "recognised",
        /// A safeguard.
        NeedsSafeguard = "needs_safeguard",
    }
}

/// The European Economic Area.
const AREA: &[&str] = &[
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IS", "IT", "LI", "LT",
    "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
];
/// Whole countries with an adequacy decision of the European Commission. Those for some organisations only (Canada, United
/// States) are not among them: there, somebody has to look.
const ADEQUATE: &[&str] = &["AD", "AR", "CH", "FO", "GB", "GG", "IL", "IM", "JE", "JP", "KR", "NZ", "UY"];
/// Beside the European Economic Area, on the list of the Moroccan authority.
const LISTED: &[&str] = &["CA", "CH", "GB"];

/// What sending data from a practice's country to another needs. `to` is a code of ISO 3166, in either case.
pub fn transfer(from: Country, to: &str) -> Transfer {
    let to = to.trim().to_uppercase();
    let to = to.as_str();
    match from {
        Country::FR if AREA.contains(&to) => Transfer::Inside,
        Country::FR if ADEQUATE.contains(&to) => Transfer::Recognised,
        Country::MA if to == "MA" => Transfer::Inside,
        Country::MA if AREA.contains(&to) || LISTED.contains(&to) => Transfer::Recognised,
        _ => Transfer::NeedsSafeguard,
    }
}

/// The hours that hold for a breach: the law's, else the practice's own, else the table's.
pub const fn breach_hours(country: Country, own: Option<i64>) -> i64 {
    let law = law(country).breach;
    match own {
        Some(hours) if !law.by_law => hours,
        _ => law.hours,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_country_has_its_authority_its_law_and_an_article_for_every_right_and_ground() {
        for &country in Country::ALL {
            let authority = authority(country);
            assert!(!authority.address.is_empty() && authority.phone.starts_with('+') && !authority.source.is_empty());
            assert!(!rights(country).is_empty());
            for (right, article) in rights(country) {
                assert!(!article.is_empty(), "{right}");
            }
            for &one in Ground::ALL {
                assert!(!ground(country, one).is_empty(), "{one}");
            }
            // Access, rectification, objection and the complaint are everybody's.
            for right in [Right::Access, Right::Rectification, Right::Objection, Right::Complaint] {
                assert!(rights(country).iter().any(|(one, _)| *one == right), "{right} in {country}");
            }
        }
    }

    #[test]
    fn a_transfer_is_judged_from_where_the_practice_is() {
        assert_eq!(transfer(Country::FR, "de"), Transfer::Inside);
        assert_eq!(transfer(Country::FR, " CH "), Transfer::Recognised);
        assert_eq!(transfer(Country::FR, "MA"), Transfer::NeedsSafeguard);
        assert_eq!(transfer(Country::FR, "US"), Transfer::NeedsSafeguard);
        assert_eq!(transfer(Country::MA, "MA"), Transfer::Inside);
        assert_eq!(transfer(Country::MA, "FR"), Transfer::Recognised);
        assert_eq!(transfer(Country::MA, "US"), Transfer::NeedsSafeguard);
        assert_eq!(transfer(Country::FR, ""), Transfer::NeedsSafeguard, "an unknown country is not a safe one");
    }

    #[test]
    fn the_law_s_hours_cannot_be_stretched_and_where_it_has_none_the_practice_sets_them() {
        assert_eq!(breach_hours(Country::FR, Some(200)), 72);
        assert_eq!(breach_hours(Country::MA, Some(48)), 48);
        assert_eq!(breach_hours(Country::MA, None), 72);
    }
}
