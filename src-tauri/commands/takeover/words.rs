//! The report of a take-over in the user's words: the window's own messages, so that a code is worded once. Not here:
//! what a code means (room `import`).

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::commands::{CommandError, Desk};
use crate::import::report::{ReportLine, to_csv};

/// Headings of the report, which no screen has: code, French, Arabic, English.
const HEADINGS: [(&str, [&str; 3]); 12] = [
    ("report_line", ["Ligne", "السطر", "Line"]),
    ("report_outcome", ["Résultat", "النتيجة", "Outcome"]),
    ("report_reason", ["Raison", "السبب", "Reason"]),
    ("report_surname", ["Nom ou titre", "الاسم العائلي أو العنوان", "Surname or title"]),
    ("report_first_name", ["Prénom", "الاسم الشخصي", "First name"]),
    ("report_when", ["Naissance ou début", "الميلاد أو البداية", "Birth or start"]),
    ("report_changed", ["Champs complétés", "الخانات المكملة", "Fields filled in"]),
    ("report_warnings", ["À vérifier", "للتحقق", "To check"]),
    ("report_excerpt", ["Début de la ligne rejetée", "بداية السطر المرفوض", "Beginning of the rejected row"]),
    ("merged_into_row", ["réuni avec la ligne", "دُمج مع السطر", "joined to row"]),
    ("merged_into_patient", ["patient déjà connu", "مريض معروف", "known patient"]),
    ("merged_unchanged", ["déjà repris, inchangé", "سبق نقله دون تغيير", "taken over before, unchanged"]),
];

type Messages = HashMap<String, serde_json::Value>;

static MESSAGES: LazyLock<[Messages; 3]> = LazyLock::new(|| {
    let read = |texts: [&str; 2]| {
        let mut all = Messages::new();
        for text in texts {
            all.extend(serde_json::from_str::<Messages>(text).expect("the messages are checked by `messages:check`"));
        }
        all
    };
    [
        read([
            include_str!("../../../ui/src/messages/fr/takeover.json"),
            include_str!("../../../ui/src/messages/fr/patients.json"),
        ]),
        read([
            include_str!("../../../ui/src/messages/ar/takeover.json"),
            include_str!("../../../ui/src/messages/ar/patients.json"),
        ]),
        read([
            include_str!("../../../ui/src/messages/en/takeover.json"),
            include_str!("../../../ui/src/messages/en/patients.json"),
        ]),
    ]
});

/// A code in words: `fr` (0), `ar` (1) or `en` (2); a code without any comes back as it is.
fn word(code: &str, language: usize) -> String {
    if let Some((_, words)) = HEADINGS.iter().find(|(known, _)| *known == code) {
        return words[language].to_owned();
    }
    let keys = [
        format!("takeover_reason_{code}"),
        format!("takeover_outcome_{code}_one"),
        format!("patients_field_{code}"),
        format!("takeover_field_{code}"),
    ];
    keys.iter()
        .find_map(|key| MESSAGES[language].get(key).and_then(serde_json::Value::as_str))
        .unwrap_or(code)
        .to_owned()
}

/// The report as text, in the language of the user's window.
pub(super) async fn report(desk: &Desk, lines: &[ReportLine]) -> Result<String, CommandError> {
    let session = crate::commands::entrance::session_view(desk).await?;
    let language = match session.preferences.language.as_str() {
        "ar" => 1,
        "en" => 2,
        _ => 0,
    };
    let bytes = to_csv(lines, &|code| word(code, language))?;
    String::from_utf8(bytes).map_err(|_| CommandError::new("bad_request"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::report::all_codes;

    #[test]
    fn every_code_of_a_report_has_words_in_three_languages() {
        for language in 0..3 {
            let bare: Vec<&str> = all_codes().filter(|code| word(code, language) == *code).collect();
            // In English these words are their own codes.
            let bare: Vec<&str> = bare
                .into_iter()
                .filter(|code| language != 2 || !["created", "updated", "merged", "rejected"].contains(code))
                .collect();
            assert!(bare.is_empty(), "language {language}: {bare:?}");
        }
    }
}
