//! What the law of each country has a person told beside their data: who watches over it, which rights they have, how long data are
//! kept unless the controller says otherwise. Countries differ by these tables alone.

use crate::country::Country;

/// A right of a person over their data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PersonRight {
    /// To know what is held, and to have it.
    Access,
    /// To have what is wrong put right.
    Rectification,
    /// To have it erased.
    Erasure,
    /// To have its use limited.
    Limitation,
    /// To object.
    Objection,
    /// To take it elsewhere.
    Portability,
    /// To take a consent back.
    Withdrawal,
    /// To say what becomes of it after death.
    Directives,
}

/// The law of a country, as far as a person is told of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Law {
    /// The law's short name, as papers cite it.
    pub name: &'static str,
    /// The authority's short name.
    pub authority: &'static str,
    /// Its name in full, in Latin letters.
    pub authority_name: &'static str,
    /// Its name in Arabic.
    pub authority_arabic: &'static str,
    /// Where a complaint is addressed.
    pub authority_address: &'static str,
    /// The person's rights, with the article of each.
    pub rights: &'static [(PersonRight, &'static str)],
    /// Years for which a patient record is kept after the last care.
    pub record_years: u32,
    /// Years for which the agenda of somebody without a record is kept after the last activity.
    pub agenda_years: u32,
}

const FRANCE: Law = Law {
    name: "RGPD",
    authority: "CNIL",
    authority_name: "Commission nationale de l’informatique et des libertés",
    authority_arabic: "اللجنة الوطنية للمعلوميات والحريات",
    authority_address: "3 place de Fontenoy, TSA 80715, 75334 Paris Cedex 07",
    rights: &[
        (PersonRight::Access, "RGPD 15"),
        (PersonRight::Rectification, "RGPD 16"),
        (PersonRight::Erasure, "RGPD 17"),
        (PersonRight::Limitation, "RGPD 18"),
        (PersonRight::Portability, "RGPD 20"),
        (PersonRight::Objection, "RGPD 21"),
        (PersonRight::Withdrawal, "RGPD 7"),
        (PersonRight::Directives, "loi 78-17, 85"),
    ],
    record_years: 20,
    agenda_years: 2,
};

const MOROCCO: Law = Law {
    name: "loi 09-08",
    authority: "CNDP",
    authority_name: "Commission nationale de contrôle de la protection des données à caractère personnel",
    authority_arabic: "اللجنة الوطنية لمراقبة حماية المعطيات ذات الطابع الشخصي",
    authority_address: "Angle boulevard Annakhil et avenue Mehdi Ben Barka, Hay Riad, Rabat",
    rights: &[
        (PersonRight::Access, "loi 09-08, 7"),
        (PersonRight::Rectification, "loi 09-08, 8"),
        (PersonRight::Objection, "loi 09-08, 9"),
    ],
    record_years: 20,
    agenda_years: 2,
};

/// The law of a country.
#[must_use]
pub const fn law(country: Country) -> &'static Law {
    match country {
        Country::FR => &FRANCE,
        Country::MA => &MOROCCO,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_right_is_told_once_and_access_first() {
        for country in [Country::FR, Country::MA] {
            let rights: Vec<PersonRight> = law(country).rights.iter().map(|(right, _)| *right).collect();
            let mut once = rights.clone();
            once.sort_unstable();
            once.dedup();
            assert_eq!(once.len(), rights.len());
            assert_eq!(rights[0], PersonRight::Access);
        }
    }
}
