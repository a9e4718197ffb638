//! A patient as a take-over file has them.
//!
//! Deliberately not here: how the values came about ([`patients`](super::patients)) and what happens with them
//! ([`plan`](super::plan)).

use chrono::NaiveDate;
use domain::patient::sex::Sex;

use super::mapping::PatientField;

/// A patient as read from one row. Empty text: not in the file. No `Debug`: it is a person.
#[derive(Clone, PartialEq, Eq)]
pub struct PatientDraft {
    /// Usual surname.
    pub surname: String,
    /// Birth name, where it is another one.
    pub birth_name: String,
    /// First name(s).
    pub first_name: String,
    /// Surname in Arabic.
    pub surname_arabic: String,
    /// First name in Arabic.
    pub first_name_arabic: String,
    /// Sex.
    pub sex: Sex,
    /// Birth date.
    pub born: Option<NaiveDate>,
    /// Birth place.
    pub birth_place: String,
    /// NIR with its key, without blanks where it has the form of one, else as typed.
    pub nir: String,
    /// CIN as typed.
    pub cin: String,
    /// Mobile: E.164 where it is valid, else as typed.
    pub mobile: String,
    /// Other phone: likewise.
    pub phone: String,
    /// E-mail as typed.
    pub email: String,
    /// Street.
    pub address: String,
    /// Post code.
    pub postcode: String,
    /// Town.
    pub city: String,
    /// Insurer.
    pub insurer: String,
    /// Treating doctor.
    pub treating_doctor: String,
    /// Remarks as typed; see [`PatientDraft::remarks_with_kept`].
    pub remarks: String,
    /// `fr`, `ar`, `en`, or empty; another language is kept for the remarks.
    pub language: String,
    /// The other software's own number, or a key made of the row's content (`row:…`), so that importing the file again
    /// finds the same patient.
    pub external_id: String,
    /// What its field cannot hold: an unreadable birth date, a third phone. Never lost: it goes to the remarks.
    pub kept: Vec<(PatientField, String)>,
}

impl Default for PatientDraft {
    fn default() -> Self {
        let no = String::new;
        Self {
            surname: no(),
            birth_name: no(),
            first_name: no(),
            surname_arabic: no(),
            first_name_arabic: no(),
            sex: Sex::Unknown,
            born: None,
            birth_place: no(),
            nir: no(),
            cin: no(),
            mobile: no(),
            phone: no(),
            email: no(),
            address: no(),
            postcode: no(),
            city: no(),
            insurer: no(),
            treating_doctor: no(),
            remarks: no(),
            language: no(),
            external_id: no(),
            kept: Vec::new(),
        }
    }
}

/// The fields that are text; the others are sex and birth date.
pub(crate) const TEXT_FIELDS: [PatientField; 19] = [
    PatientField::Surname,
    PatientField::BirthName,
    PatientField::FirstName,
    PatientField::SurnameArabic,
    PatientField::FirstNameArabic,
    PatientField::BirthPlace,
    PatientField::Nir,
    PatientField::Cin,
    PatientField::Mobile,
    PatientField::Phone,
    PatientField::Email,
    PatientField::Address,
    PatientField::Postcode,
    PatientField::City,
    PatientField::Insurer,
    PatientField::TreatingDoctor,
    PatientField::Remarks,
    PatientField::Language,
    PatientField::ExternalId,
];

impl PatientDraft {
    /// The remarks, and below them, one a line, what no field could hold, as `label : value`. What the remarks already
    /// say is not said again.
    #[must_use]
    pub fn remarks_with_kept(&self, label: &dyn Fn(PatientField) -> String) -> String {
        let mut remarks = self.remarks.clone();
        for (field, value) in &self.kept {
            if !remarks.contains(value.as_str()) {
                if !remarks.is_empty() {
                    remarks.push('\n');
                }
                remarks.push_str(&format!("{} : {value}", label(*field)));
            }
        }
        remarks
    }

    /// A text field; `None` for sex, birth date and the fields that are split.
    pub(crate) fn text(&self, field: PatientField) -> Option<&String> {
        Some(match field {
            PatientField::Surname => &self.surname,
            PatientField::BirthName => &self.birth_name,
            PatientField::FirstName => &self.first_name,
            PatientField::SurnameArabic => &self.surname_arabic,
            PatientField::FirstNameArabic => &self.first_name_arabic,
            PatientField::BirthPlace => &self.birth_place,
            PatientField::Nir => &self.nir,
            PatientField::Cin => &self.cin,
            PatientField::Mobile => &self.mobile,
            PatientField::Phone => &self.phone,
            PatientField::Email => &self.email,
            PatientField::Address => &self.address,
            PatientField::Postcode => &self.postcode,
            PatientField::City => &self.city,
            PatientField::Insurer => &self.insurer,
            PatientField::TreatingDoctor => &self.treating_doctor,
            PatientField::Remarks => &self.remarks,
            PatientField::Language => &self.language,
            PatientField::ExternalId => &self.external_id,
            _ => return None,
        })
    }

    /// The same, to be written.
    pub(crate) fn text_mut(&mut self, field: PatientField) -> Option<&mut String> {
        Some(match field {
            PatientField::Surname => &mut self.surname,
            PatientField::BirthName => &mut self.birth_name,
            PatientField::FirstName => &mut self.first_name,
            PatientField::SurnameArabic => &mut self.surname_arabic,
            PatientField::FirstNameArabic => &mut self.first_name_arabic,
            PatientField::BirthPlace => &mut self.birth_place,
            PatientField::Nir => &mut self.nir,
            PatientField::Cin => &mut self.cin,
            PatientField::Mobile => &mut self.mobile,
            PatientField::Phone => &mut self.phone,
            PatientField::Email => &mut self.email,
            PatientField::Address => &mut self.address,
            PatientField::Postcode => &mut self.postcode,
            PatientField::City => &mut self.city,
            PatientField::Insurer => &mut self.insurer,
            PatientField::TreatingDoctor => &mut self.treating_doctor,
            PatientField::Remarks => &mut self.remarks,
            PatientField::Language => &mut self.language,
            PatientField::ExternalId => &mut self.external_id,
            _ => return None,
        })
    }
}
