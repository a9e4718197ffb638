//! Which column of a file becomes which field of a patient: the user's mapping, and the file it can be kept in.
//!
//! Deliberately not here: guessing ([`headers`](super::headers)).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{ImportError, text::Encoding};

/// A field that a column can be taken into.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum PatientField {
    /// Usual surname.
    Surname,
    /// Birth name.
    BirthName,
    /// First name(s).
    FirstName,
    /// Surname and first name in one column; split.
    FullName,
    /// Surname in Arabic.
    SurnameArabic,
    /// First name in Arabic.
    FirstNameArabic,
    /// Both in Arabic in one column; split.
    FullNameArabic,
    /// Sex, or a title that tells it.
    Sex,
    /// Birth date.
    Born,
    /// Birth place.
    BirthPlace,
    /// French social security number.
    Nir,
    /// Moroccan identity card.
    Cin,
    /// Mobile phone.
    Mobile,
    /// Other phone.
    Phone,
    /// E-mail.
    Email,
    /// Street; several columns are joined.
    Address,
    /// Post code.
    Postcode,
    /// Town.
    City,
    /// Insurer.
    Insurer,
    /// Treating doctor.
    TreatingDoctor,
    /// Remarks for the desk; several columns are joined.
    Remarks,
    /// Language of messages.
    Language,
    /// The number that the other software gave the patient.
    ExternalId,
    /// Not taken over.
    #[default]
    Ignore,
}

impl PatientField {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 24] = [
        Self::Surname,
        Self::BirthName,
        Self::FirstName,
        Self::FullName,
        Self::SurnameArabic,
        Self::FirstNameArabic,
        Self::FullNameArabic,
        Self::Sex,
        Self::Born,
        Self::BirthPlace,
        Self::Nir,
        Self::Cin,
        Self::Mobile,
        Self::Phone,
        Self::Email,
        Self::Address,
        Self::Postcode,
        Self::City,
        Self::Insurer,
        Self::TreatingDoctor,
        Self::Remarks,
        Self::Language,
        Self::ExternalId,
        Self::Ignore,
    ];

    /// The stable word, as in mapping files and reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Surname => "surname",
            Self::BirthName => "birth_name",
            Self::FirstName => "first_name",
            Self::FullName => "full_name",
            Self::SurnameArabic => "surname_arabic",
            Self::FirstNameArabic => "first_name_arabic",
            Self::FullNameArabic => "full_name_arabic",
            Self::Sex => "sex",
            Self::Born => "born",
            Self::BirthPlace => "birth_place",
            Self::Nir => "nir",
            Self::Cin => "cin",
            Self::Mobile => "mobile",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Address => "address",
            Self::Postcode => "postcode",
            Self::City => "city",
            Self::Insurer => "insurer",
            Self::TreatingDoctor => "treating_doctor",
            Self::Remarks => "remarks",
            Self::Language => "language",
            Self::ExternalId => "external_id",
            Self::Ignore => "ignore",
        }
    }

    /// The field of a stable word.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|f| f.as_str() == word)
    }

    /// Whether several columns may feed it.
    #[must_use]
    pub fn takes_several(self) -> bool {
        matches!(self, Self::Remarks | Self::Address | Self::Ignore)
    }

    /// Whether a row can be known by it.
    #[must_use]
    pub fn is_name(self) -> bool {
        matches!(
            self,
            Self::Surname
                | Self::FirstName
                | Self::FullName
                | Self::SurnameArabic
                | Self::FirstNameArabic
                | Self::FullNameArabic
        )
    }
}

impl std::fmt::Display for PatientField {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How dates of three numbers are written where nothing else tells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// 31/12/1999.
    #[default]
    DayFirst,
    /// 12/31/1999.
    MonthFirst,
}

/// What a mapping file says. Everything left out is guessed.
///
/// ```json
/// {"separator": ";", "encoding": "windows1252", "header": true, "date_order": "day_first",
///  "columns": {"Nom": "surname", "3": "born", "Interne": "ignore"}}
/// ```
/// A column is named by its header (case and accents do not matter) or by its number from 1.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Mapping {
    /// The separator.
    pub separator: Option<char>,
    /// The encoding.
    pub encoding: Option<Encoding>,
    /// Whether there is a header.
    pub header: Option<bool>,
    /// The order of dates.
    pub date_order: Option<DateOrder>,
    /// Column → field.
    pub columns: BTreeMap<String, PatientField>,
}

impl Mapping {
    /// Reads a mapping file.
    ///
    /// # Errors
    /// [`ImportError::BadMapping`] with the place where it goes wrong.
    pub fn from_json(bytes: &[u8]) -> Result<Self, ImportError> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        serde_json::from_slice(bytes).map_err(|e| ImportError::BadMapping { line: e.line(), column: e.column() })
    }
}

/// Checks that no field is fed by two columns and that some column holds a name.
///
/// # Errors
/// [`ImportError::FieldTwice`], [`ImportError::NoNameColumn`].
pub fn check_fields(fields: &[PatientField]) -> Result<(), ImportError> {
    for (index, field) in fields.iter().enumerate() {
        if !field.takes_several() && fields[..index].contains(field) {
            return Err(ImportError::FieldTwice { field: *field });
        }
    }
    if fields.iter().any(|f| f.is_name()) { Ok(()) } else { Err(ImportError::NoNameColumn) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_is_its_own_word_in_json_too() {
        for field in PatientField::ALL {
            assert_eq!(PatientField::of_word(field.as_str()), Some(field));
            assert_eq!(serde_json::to_string(&field).unwrap(), format!("\"{field}\""));
        }
    }

    #[test]
    fn a_mapping_file_is_read_and_a_broken_one_says_where() {
        let mapping = Mapping::from_json(br#"{"separator":",","columns":{"Nom":"surname","3":"born"}}"#).unwrap();
        assert_eq!(mapping.separator, Some(','));
        assert_eq!(mapping.columns["3"], PatientField::Born);
        let bad = Mapping::from_json(b"{\n \"columns\": {\"Nom\": \"surnom\"}}");
        assert!(matches!(bad, Err(ImportError::BadMapping { line: 2, .. })), "{bad:?}");
        assert!(Mapping::from_json(br#"{"colums":{}}"#).is_err());
    }

    #[test]
    fn a_field_comes_from_one_column_and_a_name_is_needed() {
        use PatientField::{Born, Ignore, Remarks, Surname};
        assert_eq!(check_fields(&[Surname, Remarks, Remarks, Ignore, Ignore]), Ok(()));
        assert_eq!(check_fields(&[Surname, Surname]), Err(ImportError::FieldTwice { field: Surname }));
        assert_eq!(check_fields(&[Born]), Err(ImportError::NoNameColumn));
    }
}
