//! The words of a summary, in the three languages.

use domain::clinical::measure::MeasureKind;
use domain::patient::Relation;

use crate::print::words::Language;

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

/// How grave an allergy is; nothing where it is not known.
pub(super) fn severity(word: &str, language: Language) -> &'static str {
    match word {
        "severe" => pick(language, "grave", "خطيرة", "severe"),
        "moderate" => pick(language, "modérée", "متوسطة", "moderate"),
        "mild" => pick(language, "légère", "خفيفة", "mild"),
        _ => "",
    }
}

/// What a contact person is to the patient.
pub(super) fn relation(word: &str, language: Language) -> &'static str {
    let Ok(relation) = word.parse::<Relation>() else { return "" };
    match relation {
        Relation::Mother => pick(language, "mère", "الأم", "mother"),
        Relation::Father => pick(language, "père", "الأب", "father"),
        Relation::Guardian => pick(language, "tuteur", "الولي", "guardian"),
        Relation::Grandparent => pick(language, "grand-parent", "الجد أو الجدة", "grandparent"),
        Relation::Spouse => pick(language, "conjoint", "الزوج", "spouse"),
        Relation::Child => pick(language, "enfant", "الابن أو البنت", "child"),
        Relation::Sibling => pick(language, "frère ou sœur", "الأخ أو الأخت", "sibling"),
        Relation::Carer => pick(language, "aidant", "المرافق", "carer"),
        Relation::Other => "",
    }
}

/// The name of a measure; one of the practice's own is its own name.
pub(super) fn measure(what: &str, language: Language) -> &str {
    let Ok(kind) = what.parse::<MeasureKind>() else { return what };
    match kind {
        MeasureKind::Weight => pick(language, "Poids", "الوزن", "Weight"),
        MeasureKind::Height => pick(language, "Taille", "الطول", "Height"),
        MeasureKind::Bmi => pick(language, "IMC", "مؤشر كتلة الجسم", "BMI"),
        MeasureKind::BloodPressure => pick(language, "Pression artérielle", "الضغط الدموي", "Blood pressure"),
        MeasureKind::Systolic => pick(language, "Pression systolique", "الضغط الانقباضي", "Systolic pressure"),
        MeasureKind::Diastolic => pick(language, "Pression diastolique", "الضغط الانبساطي", "Diastolic pressure"),
        MeasureKind::HeartRate => pick(language, "Fréquence cardiaque", "نبض القلب", "Heart rate"),
        MeasureKind::Temperature => pick(language, "Température", "الحرارة", "Temperature"),
        MeasureKind::Saturation => pick(language, "Saturation", "تشبع الأكسجين", "Saturation"),
        MeasureKind::RespiratoryRate => pick(language, "Fréquence respiratoire", "معدل التنفس", "Respiratory rate"),
        MeasureKind::Waist => pick(language, "Tour de taille", "محيط الخصر", "Waist"),
        MeasureKind::HeadCircumference => pick(language, "Périmètre crânien", "محيط الرأس", "Head circumference"),
        MeasureKind::Hba1c => pick(language, "HbA1c", "HbA1c", "HbA1c"),
        MeasureKind::Glucose => pick(language, "Glycémie", "سكر الدم", "Glucose"),
        MeasureKind::Ldl => pick(language, "LDL", "LDL", "LDL"),
        MeasureKind::Gfr => pick(language, "DFG estimé", "معدل الترشيح الكبيبي", "Estimated GFR"),
        MeasureKind::PeakFlow => pick(language, "Débit de pointe", "ذروة الجريان", "Peak flow"),
        MeasureKind::Pain => pick(language, "Douleur", "الألم", "Pain"),
    }
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
