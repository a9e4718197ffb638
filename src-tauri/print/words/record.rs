//! Words of the record that several papers say: relations, measures, how grave an allergy is.

use domain::clinical::measure::MeasureKind;
use domain::patient::Relation;

use super::Language;

/// One word of three.
#[must_use]
pub const fn pick<'a>(language: Language, french: &'a str, arabic: &'a str, english: &'a str) -> &'a str {
    match language {
        Language::French => french,
        Language::Arabic => arabic,
        Language::English => english,
    }
}

/// How grave an allergy is; nothing where it is not known.
#[must_use]
pub fn severity(word: &str, language: Language) -> &'static str {
    match word {
        "severe" => pick(language, "grave", "خطيرة", "severe"),
        "moderate" => pick(language, "modérée", "متوسطة", "moderate"),
        "mild" => pick(language, "légère", "خفيفة", "mild"),
        _ => "",
    }
}

/// What a contact person is to the patient.
#[must_use]
pub fn relation(word: &str, language: Language) -> &'static str {
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
#[must_use]
pub fn measure(what: &str, language: Language) -> &str {
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
