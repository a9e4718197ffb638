//! What the law has a person told beside their data: who holds it, why, whom it went to, how long, where from, which rights they
//! have and to whom they may complain. By the country's table, in the person's language.

use domain::country::Country;
use domain::privacy::information::{PersonRight, law};

use super::dossier::Dossier;
use super::words::pick;
use crate::print::report::{Cell, Part, ReportSection};
use crate::print::words::Language;

const fn right(right: PersonRight, language: Language) -> &'static str {
    match right {
        PersonRight::Access => pick(
            language,
            "accéder à vos données et en recevoir une copie",
            "الولوج إلى معطياتك والحصول على نسخة منها",
            "see your data and receive a copy",
        ),
        PersonRight::Rectification => pick(
            language,
            "faire rectifier ce qui est inexact ou incomplet",
            "تصحيح ما هو غير صحيح أو ناقص",
            "have what is wrong or incomplete put right",
        ),
        PersonRight::Erasure => pick(
            language,
            "demander l’effacement, dans les limites de l’obligation de conserver le dossier médical",
            "طلب المحو، في حدود واجب الاحتفاظ بالملف الطبي",
            "ask for erasure, within the duty to keep the medical record",
        ),
        PersonRight::Limitation => pick(
            language,
            "faire limiter l’usage de vos données",
            "تقييد استعمال معطياتك",
            "have the use of your data limited",
        ),
        PersonRight::Objection => pick(
            language,
            "vous opposer à un traitement pour des motifs légitimes",
            "التعرض على معالجة لأسباب مشروعة",
            "object to a use of your data for legitimate reasons",
        ),
        PersonRight::Portability => pick(
            language,
            "emporter vos données sous une forme lisible par un autre logiciel",
            "نقل معطياتك في شكل يقرؤه برنامج آخر",
            "take your data elsewhere in a form that other software reads",
        ),
        PersonRight::Withdrawal => pick(
            language,
            "retirer à tout moment un consentement donné",
            "سحب موافقة في أي وقت",
            "take back a consent at any time",
        ),
        PersonRight::Directives => pick(
            language,
            "donner des directives sur le sort de vos données après votre décès",
            "إعطاء توجيهات بشأن معطياتك بعد الوفاة",
            "say what becomes of your data after your death",
        ),
    }
}

fn country(dossier: &Dossier) -> Country {
    dossier.practice.country.parse().unwrap_or(Country::FR)
}

/// The section that informs.
#[must_use]
pub fn section(dossier: &Dossier, language: Language) -> ReportSection {
    let law = law(country(dossier));
    let practice = &dossier.practice;
    let site = practice.sites.first();
    let address = site.map_or_else(String::new, |site| {
        let town = format!("{} {}", site.postcode, site.city).trim().to_owned();
        [site.address.trim(), town.as_str(), site.phone.trim(), practice.email.trim()]
            .iter()
            .filter(|part| !part.is_empty())
            .copied()
            .collect::<Vec<_>>()
            .join(" · ")
    });
    let people: Vec<&str> = practice.practitioners.iter().map(|one| one.name.as_str()).collect();
    let heading = |fr, ar, en| Part::Heading(pick(language, fr, ar, en).to_owned());
    let text = |fr: &str, ar: &str, en: &str| Part::Text(pick(language, fr, ar, en).to_owned());
    let mut parts = vec![
        heading("Qui détient vos données", "من يحتفظ بمعطياتك", "Who holds your data"),
        Part::Text(format!("{} · {}", practice.name, people.join(", "))),
        Part::Text(address),
        heading("Pourquoi", "لماذا", "Why"),
        text(
            "Prise en charge médicale et tenue du dossier médical (obligation légale et soins) ; tenue de l’agenda, rappel et confirmation des rendez-vous (intérêt légitime du cabinet) ; appels et messages (intérêt légitime). Aucune décision n’est prise automatiquement à votre sujet.",
            "العلاج وتدبير الملف الطبي (التزام قانوني وعلاج)؛ تدبير المواعيد وتأكيدها (مصلحة مشروعة للعيادة)؛ المكالمات والرسائل (مصلحة مشروعة). لا يُتخذ أي قرار آلي في حقك.",
            "Medical care and keeping the medical record (legal duty and care); keeping the agenda, confirming appointments (legitimate interest of the practice); calls and messages (legitimate interest). No decision about you is taken by a machine.",
        ),
        heading("D’où elles viennent", "من أين أتت", "Where they come from"),
        text(
            "De vous-même ou de votre représentant, des professionnels qui vous prennent en charge, des laboratoires qui ont envoyé des résultats, et le cas échéant du logiciel précédent du cabinet.",
            "منك أو من وليك، ومن المهنيين الذين يعالجونك، ومن المختبرات التي أرسلت نتائج، وعند الاقتضاء من البرنامج السابق للعيادة.",
            "From you or whoever represents you, from the professionals who care for you, from laboratories that sent results, and where it applies from the software the practice used before.",
        ),
        heading("Combien de temps", "لأي مدة", "For how long"),
        Part::Text(kept(language, law.record_years, law.agenda_years)),
        heading("À qui elles ont été transmises", "إلى من أُرسلت", "Whom they were handed to"),
    ];
    let ledger = super::sheets::disclosures(dossier, language);
    if ledger.rows.is_empty() {
        parts.push(text(
            "Aucune transmission n’est enregistrée.",
            "لم يُسجل أي إرسال.",
            "Nothing is noted as handed over.",
        ));
    } else {
        parts.push(super::paper::table(&ledger));
    }
    parts.push(heading("Vos droits", "حقوقك", "Your rights"));
    parts.push(Part::List(
        law.rights.iter().map(|(one, article)| format!("{} ({article})", right(*one, language))).collect(),
    ));
    parts.push(text(
        "Pour les exercer, adressez-vous au cabinet : c’est gratuit, une preuve d’identité peut vous être demandée.",
        "لممارستها، اتصل بالعيادة: ذلك مجاني، وقد يُطلب منك إثبات هويتك.",
        "To use them, ask the practice: it costs nothing, and you may be asked to show who you are.",
    ));
    let name = if language == Language::Arabic { law.authority_arabic } else { law.authority_name };
    parts.push(Part::Pairs(vec![(
        pick(language, "Réclamation", "الشكاية", "Complaint").to_owned(),
        Cell::from(format!("{name} ({}), {}", law.authority, law.authority_address)),
    )]));
    let title = pick(language, "Ce que vous devez savoir", "ما ينبغي أن تعرفه", "What you should know");
    ReportSection { note: law.name.to_owned(), ..ReportSection::new(title, parts) }
}

fn kept(language: Language, record: u32, agenda: u32) -> String {
    match language {
        Language::French => format!(
            "Le dossier médical : {record} ans après les derniers soins (pour un mineur, pas avant ses 28 ans ; 10 ans après un décès). L’agenda d’une personne sans dossier : {agenda} ans après la dernière activité. Le cabinet peut avoir fixé d’autres durées : demandez-les-lui."
        ),
        Language::Arabic => format!(
            "الملف الطبي: {record} سنة بعد آخر علاج (وبالنسبة للقاصر، ليس قبل بلوغه 28 سنة؛ و10 سنوات بعد الوفاة). مواعيد شخص بلا ملف: {agenda} (سنوات) بعد آخر نشاط. قد تكون العيادة حددت مددا أخرى: اسألها."
        ),
        Language::English => format!(
            "The medical record: {record} years after the last care (for a minor not before the 28th birthday; 10 years after a death). The agenda of somebody without a record: {agenda} years after the last activity. The practice may have set other periods: ask it."
        ),
    }
}
