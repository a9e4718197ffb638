//! Templates of text: fields in braces, `{âge}` or `{patient}`, that are filled when the template is put into an entry.
//!
//! A field that nobody knows stays as it was written, so that nothing is lost and the hole is seen.

use crate::patient::names::compact;

words! {
    /// A field that a template may hold.
    Field {
        /// First name and surname.
        Patient = "patient",
        /// How old they are.
        Age = "age",
        /// Their date of birth.
        Born = "born",
        /// Today.
        Date = "date",
        /// Who writes.
        Practitioner = "practitioner",
        /// The newest weight.
        Weight = "weight",
        /// The newest height.
        Height = "height",
        /// The body mass index of both.
        Bmi = "bmi",
        /// The newest blood pressure.
        BloodPressure = "blood_pressure",
    }
}

impl Field {
    /// The field that a word in braces means, in French, Arabic or English, with or without accents.
    #[must_use]
    pub fn read(word: &str) -> Option<Self> {
        Some(match compact(word).as_str() {
            "patient" | "patiente" | "nom" | "name" | "المريض" | "الاسم" => Self::Patient,
            "age" | "العمر" | "السن" => Self::Age,
            "naissance" | "nele" | "born" | "birth" | "الميلاد" => Self::Born,
            "date" | "aujourdhui" | "today" | "التاريخ" | "اليوم" => Self::Date,
            "praticien" | "medecin" | "docteur" | "practitioner" | "doctor" | "الطبيب" => Self::Practitioner,
            "poids" | "weight" | "الوزن" => Self::Weight,
            "taille" | "height" | "الطول" => Self::Height,
            "imc" | "bmi" => Self::Bmi,
            "ta" | "pa" | "tension" | "bp" | "الضغط" => Self::BloodPressure,
            _ => return None,
        })
    }
}

/// The text with its fields filled. What `value` does not give stays in its braces.
#[must_use]
pub fn fill(text: &str, value: impl Fn(Field) -> Option<String>) -> String {
    let mut done = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        done.push_str(&rest[..open]);
        rest = &rest[open..];
        let Some(close) = rest.find(['}', '\n']).filter(|&at| rest[at..].starts_with('}')) else {
            done.push('{');
            rest = &rest[1..];
            continue;
        };
        // Of `{a {patient}` the inner brace is the field's.
        let inner = rest[1..close].rfind('{').map_or(0, |at| at + 1);
        done.push_str(&rest[..inner]);
        match Field::read(&rest[inner + 1..close]).and_then(&value) {
            Some(value) => done.push_str(&value),
            None => done.push_str(&rest[inner..=close]),
        }
        rest = &rest[close + 1..];
    }
    done.push_str(rest);
    done
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn filled(text: &str) -> String {
        fill(text, |field| match field {
            Field::Age => Some("47 ans".to_owned()),
            Field::Patient => Some("Marie DUPONT".to_owned()),
            _ => None,
        })
    }

    #[test]
    fn fields_are_filled_and_holes_stay_visible() {
        assert_eq!(filled("{Patient}, {âge} : RAS"), "Marie DUPONT, 47 ans : RAS");
        assert_eq!(filled("{المريض}"), "Marie DUPONT");
        assert_eq!(filled("TA {tension}, {couleur}"), "TA {tension}, {couleur}");
        assert_eq!(filled("a {b {age} c"), "a {b 47 ans c");
        assert_eq!(filled("a { b\n}"), "a { b\n}");
        assert_eq!(filled("{}"), "{}");
        for field in Field::ALL {
            let known = Field::read(&field.as_str().replace('_', ""));
            assert!(known == Some(*field) || *field == Field::BloodPressure, "{field}");
        }
    }

    proptest! {
        #[test]
        fn a_text_whose_fields_nobody_knows_stays(text in "[a-z{}\n éâ]{0,60}") {
            prop_assert_eq!(fill(&text, |_| None), text);
        }
    }
}
