//! The tables of what the desk holds: identity, contact persons, consents, appointments, series, the waiting list, calls.

use super::dossier::Dossier;
use super::sheets::{NOTED_BY, Sheet, clock, identity, sheet, zone};
use super::words::{figures, pick, relation, said, yes};
use crate::print::words::Language;

/// A table of each.
pub(super) fn agenda(dossier: &Dossier, language: Language) -> Vec<Sheet> {
    let zone = zone(dossier);
    let at = |instant: &str| clock(instant, zone.as_ref());
    let wall_of = |time: &Option<String>| time.as_deref().map(figures).unwrap_or_default();
    vec![
        sheet(
            language,
            "identity",
            ("Identité", "الهوية", "Identity"),
            &[("Donnée", "المعطى", "Item", 0.0), ("Valeur", "القيمة", "Value", 0.0)],
            identity(dossier, language).into_iter().map(|(label, value)| vec![label.to_owned(), value]).collect(),
        ),
        sheet(
            language,
            "contacts",
            ("Personnes de contact", "أشخاص للاتصال", "Contact persons"),
            &[
                ("Nom", "الاسم", "Name", 2.0),
                ("Lien", "الصلة", "Relation", 1.2),
                ("Représentant", "ولي", "Guardian", 1.0),
                ("Informé des rendez-vous", "يُخبر بالمواعيد", "Told of appointments", 1.2),
                ("Reçoit les messages", "يتلقى الرسائل", "Given messages", 1.2),
                ("Informé des résultats", "يُخبر بالنتائج", "Told of results", 1.2),
                ("Retiré", "محذوف", "Removed", 0.0),
            ],
            dossier
                .contacts
                .iter()
                .map(|one| {
                    vec![
                        one.name.clone(),
                        relation(&one.relation, language).to_owned(),
                        yes(one.guardian, language).to_owned(),
                        yes(one.told_appointments, language).to_owned(),
                        yes(one.told_messages, language).to_owned(),
                        yes(one.told_results, language).to_owned(),
                        yes(one.removed, language).to_owned(),
                    ]
                })
                .collect(),
        ),
        sheet(
            language,
            "consents",
            ("Consentements", "الموافقات", "Consents"),
            &[
                ("Donné le", "تاريخ الموافقة", "Given on", 1.0),
                ("Par", "من طرف", "By", 2.0),
                ("Forme", "الشكل", "Form", 1.0),
                ("Retiré le", "تاريخ السحب", "Withdrawn on", 1.0),
                ("Noté le", "تاريخ التدوين", "Noted at", 1.2),
                NOTED_BY,
                ("Saisi par erreur", "أدخل خطأ", "Entered in error", 0.0),
            ],
            dossier
                .consents
                .iter()
                .map(|one| {
                    vec![
                        figures(&one.given_on),
                        format!("{} {}", one.given_by, relation(&one.relation, language)).trim().to_owned(),
                        said(&one.way, language),
                        one.withdrawn_on.as_deref().map(figures).unwrap_or_default(),
                        at(&one.noted_at),
                        one.noted_by.clone(),
                        yes(one.removed, language).to_owned(),
                    ]
                })
                .collect(),
        ),
        sheet(
            language,
            "appointments",
            ("Rendez-vous", "المواعيد", "Appointments"),
            &[
                ("Date et heure", "التاريخ والساعة", "Date and time", 1.5),
                ("Minutes", "الدقائق", "Minutes", 0.0),
                ("Praticien", "الطبيب", "Practitioner", 1.8),
                ("Lieu", "المكان", "Site", 0.0),
                ("Motif", "سبب الزيارة", "Type", 1.8),
                ("Statut", "الحالة", "Status", 1.2),
                ("Code", "الرمز", "Code", 0.9),
                ("Origine", "المصدر", "Origin", 0.0),
                ("Urgence", "الاستعجال", "Urgency", 0.0),
                ("Note", "ملاحظة", "Note", 1.6),
                ("Annulé par", "ألغاه", "Cancelled by", 0.0),
                ("Raison", "السبب", "Reason", 1.2),
                ("Annulé tard", "إلغاء متأخر", "Cancelled late", 0.0),
                ("Arrivée", "الوصول", "Arrived", 0.0),
                ("Début", "البداية", "Began", 0.0),
                ("Fin", "النهاية", "Ended", 0.0),
                ("Lien vidéo", "رابط الفيديو", "Video link", 0.0),
                ("Facturation", "الفوترة", "Billing", 0.0),
            ],
            dossier
                .appointments
                .iter()
                .map(|one| {
                    vec![
                        one.starts.as_deref().map_or_else(|| figures(&one.day), figures),
                        one.minutes.to_string(),
                        one.practitioner.clone(),
                        one.site.clone(),
                        one.type_name.clone(),
                        said(&one.status, language),
                        one.code.clone(),
                        said(&one.origin, language),
                        said(&one.urgency, language),
                        one.note.clone(),
                        said(one.cancelled_by.as_deref().unwrap_or_default(), language),
                        one.cancel_reason.clone(),
                        yes(one.cancelled_late, language).to_owned(),
                        wall_of(&one.arrived),
                        wall_of(&one.seated),
                        wall_of(&one.dismissed),
                        one.visio_link.clone(),
                        one.billing_hint.clone(),
                    ]
                })
                .collect(),
        ),
        sheet(
            language,
            "series",
            ("Séries de séances", "سلاسل الحصص", "Series of sessions"),
            &[
                ("Première", "الأولى", "First", 1.4),
                ("Praticien", "الطبيب", "Practitioner", 1.8),
                ("Motif", "سبب الزيارة", "Type", 1.8),
                ("Séances", "الحصص", "Sessions", 0.8),
                ("Rythme", "الوتيرة", "Rhythm", 1.2),
                ("Codes", "الرموز", "Codes", 2.0),
            ],
            dossier
                .series
                .iter()
                .map(|one| {
                    let codes: Vec<&str> = one.booked.iter().map(|session| session.code.as_str()).collect();
                    vec![
                        figures(&one.first),
                        one.practitioner.clone(),
                        one.type_name.clone(),
                        one.sessions.to_string(),
                        format!("{}–{} {}", one.at_least, one.at_most, said(&one.unit, language)),
                        codes.join(" "),
                    ]
                })
                .collect(),
        ),
        sheet(
            language,
            "waiting_list",
            ("Liste d’attente", "لائحة الانتظار", "Waiting list"),
            &[
                ("Demandé le", "تاريخ الطلب", "Asked at", 1.3),
                ("Motif", "سبب الزيارة", "Type", 1.5),
                ("Du", "من", "From", 1.0),
                ("Au", "إلى", "Until", 1.0),
                ("Urgence", "الاستعجال", "Urgency", 0.9),
                ("Note", "ملاحظة", "Note", 1.5),
                ("Issue", "المآل", "Outcome", 0.9),
                ("Propositions", "الاقتراحات", "Offers", 2.0),
            ],
            dossier
                .waiting
                .iter()
                .map(|one| {
                    let offers = one.offers.iter().map(|offer| {
                        format!(
                            "{} {} ({})",
                            figures(&offer.starts),
                            offer.practitioner,
                            said(&offer.outcome, language)
                        )
                    });
                    vec![
                        at(&one.created_at),
                        one.type_name.clone(),
                        figures(&one.from_day),
                        figures(&one.until_day),
                        said(&one.urgency, language),
                        one.note.clone(),
                        said(one.closed.as_deref().unwrap_or_default(), language),
                        offers.collect::<Vec<_>>().join(" · "),
                    ]
                })
                .collect(),
        ),
        sheet(
            language,
            "calls",
            ("Appels et messages", "المكالمات والرسائل", "Calls and messages"),
            &[
                ("Le", "في", "At", 1.3),
                ("Appelant", "المتصل", "Caller", 1.1),
                ("Objet", "الموضوع", "About", 2.4),
                ("Pour", "إلى", "For", 1.3),
                ("Réponse", "الجواب", "Answer", 2.0),
                ("Pris par", "تلقاه", "Taken by", 1.2),
                ("Saisi par erreur", "أدخل خطأ", "Entered in error", 0.0),
            ],
            dossier
                .calls
                .iter()
                .map(|one| {
                    let caller = match (&one.contact_person_id, relation(&one.relation, language)) {
                        (Some(_), "") => pick(language, "personne de contact", "شخص للاتصال", "contact person"),
                        (Some(_), relation) => relation,
                        (None, _) => "",
                    };
                    vec![
                        at(&one.taken_at),
                        caller.to_owned(),
                        one.about.clone(),
                        one.practitioner.clone(),
                        one.answer.clone(),
                        one.taken_by.clone(),
                        yes(one.removed, language).to_owned(),
                    ]
                })
                .collect(),
        ),
    ]
}
