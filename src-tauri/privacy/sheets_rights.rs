//! The tables of a person's own say over their data.

use super::dossier::Dossier;
use super::sheets::{NOTED_BY, Sheet, clock, sheet, zone};
use super::words::{figures, pick, relation, said};
use crate::print::words::Language;

/// A table of each.
pub(super) fn rights(dossier: &Dossier, language: Language) -> Vec<Sheet> {
    let zone = zone(dossier);
    let day = |day: &Option<String>| day.as_deref().map(figures).unwrap_or_default();
    vec![
        sheet(
            language,
            "agreements",
            ("Accords donnés", "الموافقات الممنوحة", "Consents given"),
            &[
                ("Objet", "الموضوع", "Purpose", 1.6),
                ("Donné le", "تاريخ الموافقة", "Given on", 0.9),
                ("Par", "من طرف", "By", 1.2),
                ("Forme", "الشكل", "Form", 0.8),
                ("Retiré le", "تاريخ السحب", "Withdrawn on", 0.9),
                ("Texte", "النص", "Text", 3.0),
                ("Version", "النسخة", "Version", 0.0),
                ("Noté le", "تاريخ التدوين", "Noted at", 0.0),
                NOTED_BY,
            ],
            dossier
                .agreements
                .iter()
                .map(|one| {
                    vec![
                        pick(language, &one.purpose_fr, &one.purpose_ar, &one.purpose_en).to_owned(),
                        figures(&one.given_on),
                        format!("{} {}", one.given_by, relation(&one.relation, language)).trim().to_owned(),
                        said(&one.way, language),
                        day(&one.withdrawn_on),
                        one.text.clone(),
                        one.text_version.to_string(),
                        clock(&one.noted_at, zone.as_ref()),
                        one.noted_by.clone(),
                    ]
                })
                .collect(),
        ),
        sheet(
            language,
            "requests",
            ("Demandes sur les données", "طلبات بشأن المعطيات", "Requests about data"),
            &[
                ("Reçue le", "تاريخ التوصل", "Received on", 1.0),
                ("Nature", "النوع", "Kind", 1.2),
                ("Demande", "الطلب", "Request", 3.0),
                ("Réponse avant le", "الجواب قبل", "Answer by", 1.0),
                ("Issue", "المآل", "Outcome", 1.0),
                ("Motif légal", "السند القانوني", "Legal ground", 1.2),
                ("Close le", "تاريخ الإغلاق", "Closed on", 1.0),
            ],
            dossier
                .requests
                .iter()
                .map(|one| {
                    vec![
                        figures(&one.received_on),
                        said(&one.kind, language),
                        one.content.clone(),
                        figures(&one.due_on),
                        said(&one.outcome, language),
                        one.ground.clone(),
                        day(&one.closed_on),
                    ]
                })
                .collect(),
        ),
        sheet(
            language,
            "restrictions",
            ("Limitations et oppositions", "التقييدات والتعرضات", "Limitations and objections"),
            &[
                ("Depuis", "منذ", "Since", 1.0),
                ("Nature", "النوع", "Kind", 1.2),
                ("Portée", "النطاق", "Scope", 1.0),
                ("Raison", "السبب", "Reason", 3.0),
                ("Levée le", "تاريخ الرفع", "Lifted on", 1.0),
            ],
            dossier
                .restrictions
                .iter()
                .map(|one| {
                    vec![
                        figures(&one.since),
                        said(&one.kind, language),
                        said(&one.scope, language),
                        one.reason.clone(),
                        day(&one.lifted_on),
                    ]
                })
                .collect(),
        ),
        sheet(
            language,
            "directives",
            ("Directives après le décès", "توجيهات ما بعد الوفاة", "Directives after death"),
            &[
                ("Données le", "تاريخ الإدلاء", "Given on", 1.0),
                ("Volonté", "الرغبة", "Wish", 1.2),
                ("Personne désignée", "الشخص المعين", "Person designated", 1.4),
                ("Texte", "النص", "Text", 3.0),
                ("Révoquées le", "تاريخ الإلغاء", "Revoked on", 1.0),
            ],
            dossier
                .directives
                .iter()
                .map(|one| {
                    vec![
                        figures(&one.given_on),
                        said(&one.wish, language),
                        one.designee.clone(),
                        one.words.clone(),
                        day(&one.revoked_on),
                    ]
                })
                .collect(),
        ),
    ]
}
