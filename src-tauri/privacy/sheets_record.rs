//! The tables of the record, one for each kind of entry.

use super::dossier::Content;
use super::sheets::{ENTITLED, Sheet, kind};
use super::words::{figures, measure as measure_word, said, severity as severity_word, yes};
use crate::print::words::Language;

/// The rows of those entries for which the closure has something.
type Rows<'a> = dyn Fn(&dyn Fn(&Content) -> Option<Vec<String>>) -> Vec<Vec<String>> + 'a;

/// A table for each kind.
pub(super) fn kinds(language: Language, of: &Rows<'_>) -> Vec<Sheet> {
    let since = ("Depuis", "منذ", "Since", 1.0);
    let until = ("Jusqu’au", "إلى", "Until", 1.0);
    vec![
        kind(
            language,
            "alerts",
            ("Alertes", "تنبيهات", "Alerts"),
            &[("Alerte", "التنبيه", "Alert", 4.0)],
            of(&|content| match content {
                Content::Alert(one) => Some(vec![one.text.clone()]),
                _ => None,
            }),
        ),
        kind(
            language,
            "allergies",
            ("Allergies", "الحساسيات", "Allergies"),
            &[
                ("Agent", "المسبب", "Agent", 2.0),
                ("Nature", "النوع", "Kind", 0.0),
                ("Réaction", "رد الفعل", "Reaction", 2.0),
                ("Gravité", "الخطورة", "Severity", 1.0),
            ],
            of(&|content| match content {
                Content::Allergy(one) => Some(vec![
                    one.agent.clone(),
                    one.agent_kind.clone(),
                    one.reaction.clone(),
                    severity_word(&one.severity, language).to_owned(),
                ]),
                _ => None,
            }),
        ),
        kind(
            language,
            "conditions",
            ("Problèmes de santé", "المشاكل الصحية", "Conditions"),
            &[ENTITLED, ("ALD", "مرض مزمن", "Long-term", 0.7), since, until],
            of(&|content| match content {
                Content::Condition(one) => Some(vec![
                    one.label.clone(),
                    yes(one.ald, language).to_owned(),
                    figures(&one.since),
                    figures(&one.until),
                ]),
                _ => None,
            }),
        ),
        kind(
            language,
            "antecedents",
            ("Antécédents", "السوابق", "Antecedents"),
            &[ENTITLED, ("Note", "ملاحظة", "Note", 2.0)],
            of(&|content| match content {
                Content::Antecedent(one) => Some(vec![one.label.clone(), one.note.clone()]),
                _ => None,
            }),
        ),
        kind(
            language,
            "family",
            ("Antécédents familiaux", "السوابق العائلية", "Family history"),
            &[("Parent", "القريب", "Relative", 1.5), ENTITLED],
            of(&|content| match content {
                Content::Family(one) => Some(vec![one.relative.clone(), one.label.clone()]),
                _ => None,
            }),
        ),
        kind(
            language,
            "treatments",
            ("Traitements", "العلاجات", "Treatments"),
            &[
                ("Médicament", "الدواء", "Drug", 2.6),
                ("CIS", "CIS", "CIS", 0.0),
                ("Posologie", "الجرعة", "Posology", 2.0),
                since,
                until,
            ],
            of(&|content| match content {
                Content::Treatment(one) => Some(vec![
                    one.label.clone(),
                    one.cis.clone(),
                    one.posology.clone(),
                    figures(&one.since),
                    figures(&one.until),
                ]),
                _ => None,
            }),
        ),
        kind(
            language,
            "vaccinations",
            ("Vaccinations", "التلقيحات", "Vaccinations"),
            &[
                ("Vaccin", "اللقاح", "Vaccine", 2.0),
                ("Lot", "الدفعة", "Batch", 1.0),
                ("Dose", "الجرعة", "Dose", 0.8),
                ("Site", "الموضع", "Site", 1.0),
            ],
            of(&|content| match content {
                Content::Vaccination(one) => {
                    Some(vec![one.vaccine.clone(), one.batch.clone(), one.dose.clone(), one.site.clone()])
                }
                _ => None,
            }),
        ),
        kind(
            language,
            "measures",
            ("Mesures", "القياسات", "Measures"),
            &[
                ("Mesure", "القياس", "Measure", 2.0),
                ("Valeur", "القيمة", "Value", 1.0),
                ("Unité", "الوحدة", "Unit", 0.8),
            ],
            of(&|content| match content {
                Content::Measure(one) => {
                    let value =
                        if one.second.is_empty() { one.value.clone() } else { format!("{}/{}", one.value, one.second) };
                    Some(vec![measure_word(&one.what, language).to_owned(), value, one.unit.clone()])
                }
                _ => None,
            }),
        ),
        kind(
            language,
            "consultations",
            ("Consultations", "الفحوص", "Consultations"),
            &[
                ("Motif", "السبب", "Reason", 1.0),
                ("Histoire", "القصة", "History", 1.0),
                ("Examen", "الفحص", "Examination", 1.0),
                ("Conclusion", "الخلاصة", "Conclusion", 1.0),
                ("Conduite à tenir", "ما ينبغي فعله", "Plan", 1.0),
            ],
            of(&|content| match content {
                Content::Consultation(one) => Some(vec![
                    one.reason.clone(),
                    one.history.clone(),
                    one.examination.clone(),
                    one.conclusion.clone(),
                    one.plan.clone(),
                ]),
                _ => None,
            }),
        ),
        kind(
            language,
            "prescriptions",
            ("Ordonnances", "الوصفات", "Prescriptions"),
            &[
                ("N°", "رقم", "No.", 1.0),
                ("Nature", "النوع", "Kind", 0.0),
                ("Contenu", "المحتوى", "Content", 4.0),
                ("Signée par", "وقعها", "Signed by", 1.4),
            ],
            of(&|content| match content {
                Content::Prescription(one) => {
                    let lines = if one.lines.is_empty() { one.label.clone() } else { one.lines.join("\n") };
                    Some(vec![one.number.clone(), one.what.clone(), lines, one.signer.clone()])
                }
                _ => None,
            }),
        ),
        kind(
            language,
            "letters",
            ("Certificats et courriers", "الشهادات والرسائل", "Certificates and letters"),
            &[
                ("N°", "رقم", "No.", 1.0),
                ("Nature", "النوع", "Kind", 0.9),
                ("Objet", "الموضوع", "Subject", 1.5),
                ("Destinataire", "المرسل إليه", "To", 1.4),
                ("Texte", "النص", "Text", 3.0),
                ("Signé par", "وقعه", "Signed by", 1.2),
            ],
            of(&|content| match content {
                Content::Letter(one) => Some(vec![
                    one.number.clone(),
                    said(&one.what, language),
                    one.title.clone(),
                    one.recipient.join(", "),
                    one.text.clone(),
                    one.signer.clone(),
                ]),
                _ => None,
            }),
        ),
        kind(
            language,
            "documents",
            ("Documents", "الوثائق", "Documents"),
            &[ENTITLED, ("Nature", "النوع", "Kind", 1.2), ("Octets", "البايتات", "Bytes", 0.0)],
            of(&|content| match content {
                Content::Document(one) => {
                    Some(vec![one.title.clone(), said(&one.category, language), one.bytes.to_string()])
                }
                _ => None,
            }),
        ),
    ]
}
