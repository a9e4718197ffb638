//! Words that stand in files that leave the house: titles of events, heads of columns.

use crate::print::words::Language;

const fn pick(language: Language, french: &'static str, arabic: &'static str, english: &'static str) -> &'static str {
    match language {
        Language::French => french,
        Language::Arabic => arabic,
        Language::English => english,
    }
}

/// What an event says that says nothing of anybody.
pub const fn busy(language: Language) -> &'static str {
    pick(language, "Occupé", "مشغول", "Busy")
}

/// An appointment without a patient, where names are not said.
pub const fn held(language: Language) -> &'static str {
    pick(language, "Créneau réservé", "موعد محجوز", "Held slot")
}

/// Heads of the agenda's table.
pub fn agenda_heads(language: Language) -> Vec<String> {
    [
        pick(language, "Date", "التاريخ", "Date"),
        pick(language, "Début", "البداية", "Start"),
        pick(language, "Fin", "النهاية", "End"),
        pick(language, "Minutes", "الدقائق", "Minutes"),
        pick(language, "Praticien", "الطبيب", "Practitioner"),
        pick(language, "Statut", "الحالة", "Status"),
        pick(language, "Code RDV", "رمز الموعد", "Booking code"),
        pick(language, "Patient", "المريض", "Patient"),
        pick(language, "Nom en arabe", "الاسم بالعربية", "Name in Arabic"),
        pick(language, "Né(e) le", "تاريخ الازدياد", "Born on"),
        pick(language, "Téléphone", "الهاتف", "Phone"),
        pick(language, "Motif", "سبب الزيارة", "Type"),
        pick(language, "Note", "ملاحظة", "Note"),
    ]
    .map(str::to_owned)
    .to_vec()
}

/// Heads of the patients' table.
pub fn patient_heads(language: Language) -> Vec<String> {
    [
        pick(language, "N° de dossier", "رقم الملف", "File number"),
        pick(language, "Nom", "الاسم العائلي", "Surname"),
        pick(language, "Nom de naissance", "اسم الولادة", "Birth name"),
        pick(language, "Prénom", "الاسم الشخصي", "First name"),
        pick(language, "Nom en arabe", "الاسم العائلي بالعربية", "Surname in Arabic"),
        pick(language, "Prénom en arabe", "الاسم الشخصي بالعربية", "First name in Arabic"),
        pick(language, "Sexe", "الجنس", "Sex"),
        pick(language, "Né(e) le", "تاريخ الازدياد", "Born on"),
        pick(language, "Lieu de naissance", "مكان الازدياد", "Birth place"),
        pick(language, "NIR", "رقم الضمان الاجتماعي", "NIR"),
        pick(language, "CIN", "رقم البطاقة الوطنية", "CIN"),
        pick(language, "Mobile", "الهاتف المحمول", "Mobile"),
        pick(language, "Téléphone", "الهاتف", "Phone"),
        pick(language, "E-mail", "البريد الإلكتروني", "E-mail"),
        pick(language, "Adresse", "العنوان", "Address"),
        pick(language, "Code postal", "الرمز البريدي", "Post code"),
        pick(language, "Ville", "المدينة", "Town"),
        pick(language, "Langue", "اللغة", "Language"),
        pick(language, "Assureur", "التأمين", "Insurer"),
        pick(language, "Médecin traitant", "الطبيب المعالج", "Treating doctor"),
        pick(language, "Remarques", "ملاحظات", "Remarks"),
        pick(language, "Décédé(e) le", "تاريخ الوفاة", "Deceased on"),
    ]
    .map(str::to_owned)
    .to_vec()
}

/// A sex in words.
pub fn sex(word: &str, language: Language) -> &'static str {
    match word {
        "female" => pick(language, "féminin", "أنثى", "female"),
        "male" => pick(language, "masculin", "ذكر", "male"),
        _ => "",
    }
}
