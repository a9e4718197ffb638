//! What a person reads in their export, in the three languages: headings, heads of columns, closed words.

use crate::print::words::Language;
pub use crate::print::words::record::{measure, pick, relation, severity};

/// A word of one of the closed lists, for a reader; the word itself where nobody knows it.
#[must_use]
pub fn said(word: &str, language: Language) -> String {
    let (french, arabic, english) = match word {
        "" => return String::new(),
        // Statuses of appointments.
        "requested" => ("demandé", "مطلوب", "requested"),
        "booked" => ("pris", "محجوز", "booked"),
        "confirmed" => ("confirmé", "مؤكد", "confirmed"),
        "arrived" => ("en salle d’attente", "في قاعة الانتظار", "in the waiting room"),
        "in_consultation" => ("en consultation", "عند الطبيب", "in consultation"),
        "done" => ("effectué", "تم", "done"),
        "cancelled" => ("annulé", "ملغى", "cancelled"),
        "no_show" => ("absent", "لم يحضر", "did not come"),
        "left" => ("parti sans être vu", "غادر قبل الفحص", "left unseen"),
        "deleted" => ("saisi par erreur", "أدخل خطأ", "entered in error"),
        // Origins.
        "phone" => ("téléphone", "الهاتف", "phone"),
        "walk_in" => ("sans rendez-vous", "بدون موعد", "walk-in"),
        "desk" => ("accueil", "الاستقبال", "desk"),
        "portal" => ("en ligne", "عبر الإنترنت", "online"),
        "practitioner" => ("praticien", "الطبيب", "practitioner"),
        // Urgency.
        "normal" => ("normale", "عادي", "normal"),
        "urgent" => ("urgente", "مستعجل", "urgent"),
        "emergency" => ("urgence", "حالة طارئة", "emergency"),
        // Who cancelled.
        "patient" => ("patient", "المريض", "patient"),
        "practice" => ("cabinet", "العيادة", "practice"),
        // Sexes.
        "female" => ("féminin", "أنثى", "female"),
        "male" => ("masculin", "ذكر", "male"),
        "unknown" => ("non précisé", "غير محدد", "not stated"),
        // How a consent was given.
        "spoken" => ("oral", "شفوي", "spoken"),
        "written" => ("écrit", "كتابي", "written"),
        "electronic" => ("électronique", "إلكتروني", "electronic"),
        // The waiting list and its offers.
        "accepted" => ("acceptée", "مقبول", "accepted"),
        "removed" => ("retirée", "مسحوب", "taken off"),
        "refused" => ("refusée", "مرفوض", "refused"),
        "no_answer" => ("sans réponse", "دون جواب", "no answer"),
        "days" => ("jours", "أيام", "days"),
        "weeks" => ("semaines", "أسابيع", "weeks"),
        "months" => ("mois", "أشهر", "months"),
        // Requests about data, and what came of them.
        "access" => ("accès", "ولوج", "access"),
        "rectification" => ("rectification", "تصحيح", "rectification"),
        "erasure" => ("effacement", "محو", "erasure"),
        "limitation" => ("limitation", "تقييد", "limitation"),
        "objection" => ("opposition", "تعرض", "objection"),
        "portability" => ("portabilité", "نقل المعطيات", "portability"),
        "withdrawal" => ("retrait d’accord", "سحب موافقة", "withdrawal of consent"),
        "withdrawn" => ("retirée", "مسحوب", "withdrawn"),
        "post_mortem" => ("directives après le décès", "توجيهات ما بعد الوفاة", "directives after death"),
        "executed" => ("exécutée", "نُفذ", "executed"),
        "legal_hold" => ("conservation pour un litige", "حفظ بسبب نزاع", "kept for a claim"),
        "all" => ("tout", "الكل", "everything"),
        "sync" => ("transmission", "الإرسال", "sharing"),
        "reminders" => ("rappels", "التذكير", "reminders"),
        "erase" => ("effacer", "محو", "erase"),
        "keep" => ("conserver", "حفظ", "keep"),
        "hand_over" => ("remettre", "تسليم", "hand over"),
        // Kinds of entries.
        "consultation" => ("consultation", "فحص", "consultation"),
        "antecedent" => ("antécédent", "سابقة", "antecedent"),
        "allergy" => ("allergie", "حساسية", "allergy"),
        "condition" => ("problème de santé", "مشكل صحي", "condition"),
        "treatment" => ("traitement", "علاج", "treatment"),
        "vaccination" => ("vaccination", "تلقيح", "vaccination"),
        "measure" => ("mesure", "قياس", "measure"),
        "alert" => ("alerte", "تنبيه", "alert"),
        "family" => ("antécédent familial", "سابقة عائلية", "family history"),
        "prescription" => ("ordonnance", "وصفة", "prescription"),
        "letter" => ("courrier", "رسالة", "letter"),
        "certificate" => ("certificat", "شهادة", "certificate"),
        "report" => ("compte rendu", "تقرير", "report"),
        "document" => ("document", "وثيقة", "document"),
        "imaging" => ("imagerie", "تصوير", "imaging"),
        "administrative" => ("administratif", "إداري", "administrative"),
        "photo" => ("photographie", "صورة", "photograph"),
        "other" => ("autre", "آخر", "other"),
        // How a value stands.
        "low" => ("bas", "منخفض", "low"),
        "high" => ("élevé", "مرتفع", "high"),
        "very_low" => ("très bas", "منخفض جدا", "very low"),
        "very_high" => ("très élevé", "مرتفع جدا", "very high"),
        "abnormal" => ("anormal", "غير عادي", "abnormal"),
        "unjudged" => ("", "", ""),
        // What cannot be read, and why.
        "unreadable" => ("illisible", "غير مقروء", "unreadable"),
        "rolled_back" => ("version antérieure remise en place", "أعيدت نسخة سابقة", "an earlier version was put back"),
        "missing" => ("manquant", "مفقود", "missing"),
        // The ledger: to whom, which data, why, on which ground, how.
        "person" => ("la personne elle-même", "الشخص نفسه", "the person"),
        "colleague" => ("professionnel de santé", "مهني صحة", "health professional"),
        "calendar_server" => ("serveur d’agenda", "خادم المواعيد", "calendar server"),
        "file_holder" => ("fichier remis à un utilisateur", "ملف سلم لمستعمل", "file handed to a user"),
        "booking_portal" => ("portail de rendez-vous", "بوابة المواعيد", "booking portal"),
        "mail_server" => ("serveur de messagerie", "خادم البريد", "mail server"),
        "software" => ("autre logiciel du cabinet", "برنامج آخر للعيادة", "the practice’s other software"),
        "identity" => ("identité", "الهوية", "identity"),
        "contact" => ("coordonnées", "معلومات الاتصال", "contact details"),
        "appointments" => ("rendez-vous", "المواعيد", "appointments"),
        "calls" => ("appels", "المكالمات", "calls"),
        "consents" => ("consentements", "الموافقات", "consents"),
        "record" => ("dossier médical", "الملف الطبي", "medical record"),
        "results" => ("résultats", "النتائج", "results"),
        "prescriptions" => ("ordonnances", "الوصفات", "prescriptions"),
        "documents" => ("documents", "الوثائق", "documents"),
        "summary" => ("synthèse", "ملخص", "summary"),
        "care" => ("prise en charge", "العلاج", "care"),
        "agenda" => ("tenue de l’agenda", "تدبير المواعيد", "keeping the agenda"),
        "person_request" => ("demande de la personne", "طلب الشخص", "the person’s request"),
        "copy" => ("copie de travail", "نسخة عمل", "working copy"),
        "leaving" => ("changement de logiciel", "تغيير البرنامج", "change of software"),
        "legitimate_interest" => ("intérêt légitime", "مصلحة مشروعة", "legitimate interest"),
        "right_of_access" => ("droit d’accès", "حق الولوج", "right of access"),
        "legal_duty" => ("obligation légale", "التزام قانوني", "legal duty"),
        "file" => ("fichier", "ملف", "file"),
        "encrypted_file" => ("fichier chiffré", "ملف مشفر", "encrypted file"),
        "paper" => ("papier", "ورق", "paper"),
        "calendar" => ("agenda en ligne", "مواعيد على الإنترنت", "online calendar"),
        "booking" => ("prise de rendez-vous en ligne", "حجز المواعيد على الإنترنت", "online booking"),
        "message" => ("message au sujet d’un rendez-vous", "رسالة بشأن موعد", "message about an appointment"),
        "mail" => ("courriel", "بريد إلكتروني", "e-mail"),
        // The ledger: each field that went to the booking portal or by mail.
        "name" => ("nom et prénom", "الاسم العائلي والشخصي", "name"),
        "email" => ("courriel", "البريد الإلكتروني", "e-mail"),
        "birth_date" => ("date de naissance", "تاريخ الازدياد", "birth date"),
        "language" => ("langue", "اللغة", "language"),
        "contact_person" => ("personne à contacter", "شخص للاتصال", "contact person"),
        "guardian_consent" => ("consentement du représentant légal", "موافقة الولي", "guardian’s consent"),
        "appointment_time" => ("date et heure du rendez-vous", "تاريخ الموعد وساعته", "date and time"),
        "appointment_type" => ("motif (libellé public)", "نوع الموعد (تسمية عامة)", "type (public label)"),
        "place" => ("lieu du rendez-vous", "مكان الموعد", "place of the appointment"),
        "booking_code" => ("code de rendez-vous", "رمز الموعد", "booking code"),
        "video_link" => ("lien de visio", "رابط الفيديو", "video link"),
        "waiting_list_wish" => ("souhait sur la liste d’attente", "رغبة في لائحة الانتظار", "waiting-list wish"),
        // What somebody did who opened the record.
        "open_record" => ("ouverture du dossier", "فتح الملف", "opened the record"),
        "print_summary" => ("impression de la synthèse", "طباعة الملخص", "printed the summary"),
        "list_documents" => ("liste des documents", "قائمة الوثائق", "listed the documents"),
        "open_document" => ("lecture d’un document", "قراءة وثيقة", "read a document"),
        "list_results" => ("lecture des résultats", "قراءة النتائج", "read the results"),
        "start_prescription" => ("rédaction d’une ordonnance", "تحرير وصفة", "began a prescription"),
        "list_prescriptions" => ("liste des ordonnances", "قائمة الوصفات", "listed the prescriptions"),
        "show_prescription" => ("lecture d’une ordonnance", "قراءة وصفة", "read a prescription"),
        "renew_prescription" => ("renouvellement d’une ordonnance", "تجديد وصفة", "renewed a prescription"),
        "show_entry_versions" => ("versions d’une note", "نسخ ملاحظة", "versions of an entry"),
        "export_person" => ("export pour la personne", "تصدير للشخص", "export for the person"),
        _ => return word.to_owned(),
    };
    pick(language, french, arabic, english).to_owned()
}

/// An ISO date in figures, the day first; anything else as it stands.
#[must_use]
pub fn figures(iso: &str) -> String {
    let day = iso.get(..10).unwrap_or(iso);
    match day.parse::<chrono::NaiveDate>() {
        Ok(date) if iso.len() > 10 => format!("{} {}", date.format("%d/%m/%Y"), iso.get(11..16).unwrap_or_default()),
        Ok(date) => date.format("%d/%m/%Y").to_string(),
        Err(_) => iso.to_owned(),
    }
}

/// Yes, or nothing.
#[must_use]
pub const fn yes(flag: bool, language: Language) -> &'static str {
    if flag { pick(language, "oui", "نعم", "yes") } else { "" }
}
