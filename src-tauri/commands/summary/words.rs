//! The words of a summary, in the three languages.

use crate::print::words::Language;
pub(super) use crate::print::words::record::{measure, relation, severity};

/// Titles and small words.
pub(super) struct Words {
    pub alerts: &'static str,
    pub allergies: &'static str,
    pub no_allergy: &'static str,
    pub treatments: &'static str,
    pub prescription: &'static str,
    pub ald: &'static str,
    pub conditions: &'static str,
    pub antecedents: &'static str,
    pub family: &'static str,
    pub measures: &'static str,
    pub vaccinations: &'static str,
    pub consultations: &'static str,
    pub contacts: &'static str,
    pub treating_doctor: &'static str,
    pub since: &'static str,
    pub until: &'static str,
}

const FRENCH: Words = Words {
    alerts: "Alertes",
    allergies: "Allergies",
    no_allergy: "Aucune n’est notée dans ce dossier.",
    treatments: "Traitements en cours",
    prescription: "Dernière ordonnance",
    ald: "Affections de longue durée",
    conditions: "Problèmes en cours",
    antecedents: "Antécédents",
    family: "Antécédents familiaux",
    measures: "Dernières mesures",
    vaccinations: "Vaccinations",
    consultations: "Dernières consultations",
    contacts: "Personnes à prévenir",
    treating_doctor: "Médecin traitant",
    since: "depuis le",
    until: "jusqu’au",
};

const ARABIC: Words = Words {
    alerts: "تنبيهات",
    allergies: "الحساسيات",
    no_allergy: "لم تُسجَّل أي حساسية في هذا الملف.",
    treatments: "العلاجات الجارية",
    prescription: "آخر وصفة",
    ald: "الأمراض المزمنة طويلة الأمد",
    conditions: "المشاكل الجارية",
    antecedents: "السوابق",
    family: "السوابق العائلية",
    measures: "آخر القياسات",
    vaccinations: "التلقيحات",
    consultations: "آخر الفحوص",
    contacts: "من يُتصل بهم",
    treating_doctor: "الطبيب المعالج",
    since: "منذ",
    until: "إلى",
};

const ENGLISH: Words = Words {
    alerts: "Alerts",
    allergies: "Allergies",
    no_allergy: "None is noted in this record.",
    treatments: "Current treatments",
    prescription: "Last prescription",
    ald: "Long-term conditions",
    conditions: "Current problems",
    antecedents: "History",
    family: "Family history",
    measures: "Latest measures",
    vaccinations: "Vaccinations",
    consultations: "Last consultations",
    contacts: "Whom to call",
    treating_doctor: "Treating doctor",
    since: "since",
    until: "until",
};

/// The words of a language.
pub(super) const fn words(language: Language) -> &'static Words {
    match language {
        Language::French => &FRENCH,
        Language::Arabic => &ARABIC,
        Language::English => &ENGLISH,
    }
}

/// One word of three.
const fn pick<'a>(language: Language, french: &'a str, arabic: &'a str, english: &'a str) -> &'a str {
    match language {
        Language::French => french,
        Language::Arabic => arabic,
        Language::English => english,
    }
}

/// What the file is called.
pub(super) const fn file_name(language: Language) -> &'static str {
    pick(language, "synthese", "ملخص", "summary")
}

/// That so many entries cannot be read.
pub(super) fn unreadable(count: usize, language: Language) -> String {
    match language {
        Language::French => {
            format!("{count} élément(s) du dossier ne peuvent pas être lus : cette synthèse est incomplète.")
        }
        Language::Arabic => format!("عناصر من الملف لا يمكن قراءتها ({count}): هذا الملخص غير كامل."),
        Language::English => format!("{count} part(s) of the record cannot be read: this summary is not complete."),
    }
}
