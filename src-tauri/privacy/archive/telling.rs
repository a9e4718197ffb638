//! A dossier in words: headings and dated lines, which the page, the summary and the paper show alike. Everything is told, struck
//! entries as struck; earlier versions and marks stand in the JSON beside it.

use crate::print::words::Language;
use crate::privacy::dossier::{Appointment, Content, Dossier, Entry, Identity, ReportLine};

/// A dossier in words.
pub struct Told {
    /// The person's name.
    pub name: String,
    /// Who they are, a label and a value each.
    pub identity: Vec<(String, String)>,
    /// What is held.
    pub sections: Vec<Section>,
}

/// A heading and what stands under it.
pub struct Section {
    /// The kind of entry: `consultation` …, or `appointment`, `call`, `contact`.
    pub kind: &'static str,
    /// Heading.
    pub title: &'static str,
    /// Lines, the newest first.
    pub items: Vec<Item>,
}

/// A dated line.
pub struct Item {
    /// Which entry; empty where it is none of the record.
    pub id: String,
    /// The day that it is about.
    pub on: String,
    /// Who wrote it.
    pub by: String,
    /// What it says.
    pub text: String,
    /// The name of its file in the archive; empty: none.
    pub file: String,
    /// Taken back by striking.
    pub struck: bool,
}

/// One of three words.
pub(super) const fn pick(language: Language, words: [&'static str; 3]) -> &'static str {
    match language {
        Language::French => words[0],
        Language::Arabic => words[1],
        Language::English => words[2],
    }
}

/// The kinds of entries in the order in which they are told, with their headings.
const KINDS: [(&str, [&str; 3]); 13] = [
    ("alert", ["Alertes", "تنبيهات", "Alerts"]),
    ("condition", ["Pathologies", "الأمراض", "Conditions"]),
    ("antecedent", ["Antécédents", "السوابق", "Antecedents"]),
    ("family", ["Antécédents familiaux", "السوابق العائلية", "Family history"]),
    ("allergy", ["Allergies", "الحساسية", "Allergies"]),
    ("treatment", ["Traitements", "العلاجات", "Treatments"]),
    ("vaccination", ["Vaccinations", "التلقيحات", "Vaccinations"]),
    ("measure", ["Mesures", "القياسات", "Measurements"]),
    ("consultation", ["Consultations", "الفحوصات", "Consultations"]),
    ("prescription", ["Ordonnances", "الوصفات", "Prescriptions"]),
    ("letter", ["Certificats et courriers", "الشهادات والرسائل", "Certificates and letters"]),
    ("report", ["Résultats de laboratoire", "نتائج المختبر", "Laboratory results"]),
    ("document", ["Documents", "الوثائق", "Documents"]),
];

fn joined(parts: &[&str]) -> String {
    let said: Vec<&str> = parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()).collect();
    said.join(" · ")
}

fn value(one: &ReportLine) -> String {
    if one.kind == "remark" {
        return one.text.clone();
    }
    let bounds = match (one.low.is_empty(), one.high.is_empty()) {
        (true, true) => String::new(),
        (false, false) => format!("[{} - {}]", one.low, one.high),
        (false, true) => format!("[> {}]", one.low),
        (true, false) => format!("[< {}]", one.high),
    };
    let said = [one.value.as_str(), one.unit.as_str(), bounds.as_str(), one.flag.as_str()];
    let said: Vec<&str> = said.into_iter().filter(|part| !part.is_empty()).collect();
    format!("{} : {}", one.label, said.join(" "))
}

/// What an entry says, in its own words.
#[must_use]
pub fn text(content: &Content) -> String {
    match content {
        Content::Consultation(one) => {
            let parts = [&one.reason, &one.history, &one.examination, &one.conclusion, &one.plan];
            let said: Vec<&str> = parts.into_iter().map(|part| part.trim()).filter(|part| !part.is_empty()).collect();
            said.join("\n")
        }
        Content::Antecedent(one) => joined(&[&one.label, &one.note]),
        Content::Allergy(one) => joined(&[&one.agent, &one.reaction, &one.severity]),
        Content::Condition(one) => joined(&[&one.label, if one.ald { "ALD" } else { "" }, &one.since, &one.until]),
        Content::Treatment(one) => joined(&[&one.label, &one.posology, &one.since, &one.until]),
        Content::Vaccination(one) => joined(&[&one.vaccine, &one.dose, &one.batch, &one.site]),
        Content::Measure(one) => {
            let second = if one.second.is_empty() { String::new() } else { format!("/{}", one.second) };
            format!("{} {}{second} {}", one.what, one.value, one.unit).trim().to_owned()
        }
        Content::Alert(one) => one.text.clone(),
        Content::Family(one) => joined(&[&one.relative, &one.label]),
        Content::Prescription(one) => format!("{}\n{}", one.number, one.lines.join("\n")),
        Content::Letter(one) => {
            let to = one.recipient.join(", ");
            format!("{}\n{}", joined(&[&one.number, &one.title, &to]), one.text)
        }
        Content::Report(one) => {
            let lines: Vec<String> = one.lines.iter().map(value).collect();
            let head = joined(&[&one.laboratory, &one.number, &one.taken_on]);
            let body = if lines.is_empty() { one.text.clone() } else { lines.join("\n") };
            format!("{head}\n{body}")
        }
        Content::Document(one) => joined(&[&one.title, &one.dated]),
    }
}

fn item(entry: &Entry, file: &dyn Fn(&str) -> String) -> Item {
    let mut text = text(&entry.content);
    if let Some(why) = &entry.struck {
        text = joined(&[&text, why]);
    }
    Item {
        id: entry.id.clone(),
        on: entry.on.clone(),
        by: entry.author.clone(),
        text,
        file: file(&entry.id),
        struck: entry.struck.is_some(),
    }
}

fn plain(on: &str, by: &str, text: String) -> Item {
    Item { id: String::new(), on: on.to_owned(), by: by.to_owned(), text, file: String::new(), struck: false }
}

fn appointment(one: &Appointment, language: Language) -> Item {
    let status =
        one.status.parse().map_or_else(|_| one.status.clone(), |status| status_word(status, language).to_owned());
    let at = one.starts.clone().unwrap_or_else(|| one.day.clone()).replace('T', " ");
    plain(&at, &one.practitioner, joined(&[&one.type_name, &status, &one.site, &one.note]))
}

fn status_word(status: domain::agenda::status::Status, language: Language) -> &'static str {
    use domain::agenda::status::Status;
    let words = match status {
        Status::Requested => ["demandé", "مطلوب", "requested"],
        Status::Booked => ["pris", "محجوز", "booked"],
        Status::Confirmed => ["confirmé", "مؤكد", "confirmed"],
        Status::Arrived => ["arrivé", "حضر", "arrived"],
        Status::InConsultation => ["en consultation", "في الفحص", "in consultation"],
        Status::Done => ["fait", "تم", "done"],
        Status::Cancelled => ["annulé", "ملغى", "cancelled"],
        Status::NoShow => ["absent", "لم يحضر", "no-show"],
        Status::Left => ["parti sans être vu", "انصرف", "left"],
        Status::Deleted => ["saisi par erreur", "أدخل خطأ", "entered in error"],
    };
    pick(language, words)
}

/// A person's name as it is written.
#[must_use]
pub fn name(one: &Identity) -> String {
    let latin = format!("{} {}", one.surname, one.first_name).trim().to_owned();
    if latin.is_empty() { format!("{} {}", one.surname_arabic, one.first_name_arabic).trim().to_owned() } else { latin }
}

fn identity(one: &Identity, language: Language) -> Vec<(String, String)> {
    let arabic = format!("{} {}", one.first_name_arabic, one.surname_arabic);
    let address = joined(&[&one.address, &one.postcode, &one.city]);
    let born = one.born.clone().unwrap_or_default();
    let dead = one.deceased_on.clone().unwrap_or_default();
    let number = one.number.to_string();
    let lines: [([&'static str; 3], &str); 16] = [
        (["N° de fiche", "رقم الملف", "File number"], &number),
        (["Nom en arabe", "الاسم بالعربية", "Name in Arabic"], arabic.trim()),
        (["Nom de naissance", "الاسم عند الولادة", "Birth name"], &one.birth_name),
        (["Né(e) le", "تاريخ الازدياد", "Born"], &born),
        (["Lieu de naissance", "مكان الازدياد", "Birth place"], &one.birth_place),
        (["NIR", "رقم NIR", "NIR"], &one.nir),
        (["CIN", "بطاقة التعريف", "CIN"], &one.cin),
        (["Mobile", "الهاتف المحمول", "Mobile"], &one.mobile),
        (["Téléphone", "الهاتف", "Phone"], &one.phone),
        (["E-mail", "البريد الإلكتروني", "E-mail"], &one.email),
        (["Adresse", "العنوان", "Address"], &address),
        (["Langue", "اللغة", "Language"], &one.language),
        (["Couverture", "التغطية", "Insurer"], &one.insurer),
        (["Médecin traitant", "الطبيب المعالج", "Treating doctor"], &one.treating_doctor),
        (["Remarques", "ملاحظات", "Remarks"], &one.remarks),
        (["Décédé(e) le", "تاريخ الوفاة", "Deceased"], &dead),
    ];
    lines
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(label, value)| (pick(language, label).to_owned(), value.to_owned()))
        .collect()
}

/// Everything in words. `file`: the name of an entry's file in the archive, or nothing.
#[must_use]
pub fn told(dossier: &Dossier, language: Language, file: &dyn Fn(&str) -> String) -> Told {
    let mut sections = Vec::new();
    if let Some(record) = &dossier.record {
        for (kind, title) in KINDS {
            let items: Vec<Item> =
                record.entries.iter().filter(|one| one.content.kind() == kind).map(|one| item(one, file)).collect();
            if !items.is_empty() {
                sections.push(Section { kind, title: pick(language, title), items });
            }
        }
    }
    let mut add = |kind, title, items: Vec<Item>| {
        if !items.is_empty() {
            sections.push(Section { kind, title: pick(language, title), items });
        }
    };
    let appointments = dossier.appointments.iter().rev().map(|one| appointment(one, language)).collect();
    add("appointment", ["Rendez-vous", "المواعيد", "Appointments"], appointments);
    let waiting = dossier
        .waiting
        .iter()
        .map(|one| plain(&one.from_day, "", joined(&[&one.until_day, &one.type_name, &one.note])))
        .collect();
    add("waiting", ["Liste d’attente", "لائحة الانتظار", "Waiting list"], waiting);
    let calls = dossier.calls.iter().filter(|one| !one.removed);
    let calls = calls
        .map(|one| plain(&one.taken_at, &one.taken_by, joined(&[&one.caller_name, &one.about, &one.answer])))
        .collect();
    add("call", ["Appels", "المكالمات", "Calls"], calls);
    let contacts = dossier.contacts.iter().filter(|one| !one.removed);
    let contacts = contacts.map(|one| plain("", "", joined(&[&one.name, &one.relation, &one.phone]))).collect();
    add("contact", ["Personnes à contacter", "أشخاص للاتصال", "Contact persons"], contacts);
    let merged =
        dossier.merged.iter().map(|one| plain("", "", joined(&[&name(one), &one.number.to_string()]))).collect();
    add("merged", ["Fiches fusionnées", "ملفات مدمجة", "Merged files"], merged);
    Told { name: name(&dossier.patient), identity: identity(&dossier.patient, language), sections }
}
