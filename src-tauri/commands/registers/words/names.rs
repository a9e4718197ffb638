//! What activities, their fields, their legal grounds and the persons' rights are called in the register and the notice.

use domain::country::Country;
use domain::privacy::activity::{Field, Kind};
use domain::privacy::authority::{self, Ground, Right};

use super::pick;
use crate::print::words::Language;

/// An activity's name.
pub fn kind(kind: Kind, language: Language) -> &'static str {
    let (french, arabic, english) = match kind {
        Kind::Agenda => {
            ("Rendez-vous et accueil des patients", "المواعيد واستقبال المرضى", "Appointments and reception")
        }
        Kind::Record => ("Dossier médical", "الملف الطبي", "Medical record"),
        Kind::Prescriptions => (
            "Ordonnances, courriers et certificats",
            "الوصفات والرسائل والشهادات",
            "Prescriptions, letters and certificates",
        ),
        Kind::Results => (
            "Résultats de laboratoire et documents reçus",
            "نتائج المختبر والوثائق الواردة",
            "Laboratory results and documents received",
        ),
        Kind::Calls => ("Appels et messages", "المكالمات والرسائل", "Calls and messages"),
        Kind::WaitingList => ("Liste d’attente", "لائحة الانتظار", "Waiting list"),
        Kind::OnlineBooking => ("Prise de rendez-vous en ligne", "حجز المواعيد على الإنترنت", "Online booking"),
        Kind::Messages => (
            "Messages aux patients par courriel",
            "رسائل إلى المرضى بالبريد الإلكتروني",
            "Messages to patients by e-mail",
        ),
        Kind::Calendar => (
            "Publication de l’agenda sur un serveur de calendrier",
            "نشر الأجندة على خادم تقويم",
            "Publishing the agenda to a calendar server",
        ),
        Kind::Statistics => ("Statistiques d’activité", "إحصائيات النشاط", "Figures of activity"),
        Kind::TakeOver => {
            ("Reprise des données d’un autre logiciel", "نقل المعطيات من برنامج آخر", "Take-over from other software")
        }
        Kind::Backups => ("Sauvegardes", "النسخ الاحتياطية", "Backups"),
        Kind::Accounts => {
            ("Comptes, connexions et journal", "الحسابات والاتصالات والسجل", "Accounts, connections and journal")
        }
        Kind::Requests => {
            ("Demandes des personnes et consentements", "طلبات الأشخاص والموافقات", "Persons’ requests and consents")
        }
        Kind::Own => ("Autre traitement", "معالجة أخرى", "Other processing"),
    };
    pick(language, french, arabic, english)
}

/// A field's label.
pub fn field(field: Field, language: Language) -> &'static str {
    let (french, arabic, english) = match field {
        Field::Purposes => ("Finalités", "الأغراض", "Purposes"),
        Field::Grounds => ("Base légale", "الأساس القانوني", "Legal ground"),
        Field::Persons => ("Personnes concernées", "الأشخاص المعنيون", "Persons concerned"),
        Field::Data => ("Catégories de données", "أصناف المعطيات", "Categories of data"),
        Field::Recipients => ("Destinataires", "المرسل إليهم", "Recipients"),
        Field::Transfers => ("Transferts hors du pays", "النقل إلى الخارج", "Transfers abroad"),
        Field::Retention => ("Durées de conservation", "مدد الحفظ", "Retention"),
        Field::Measures => ("Mesures de sécurité", "تدابير السلامة", "Security measures"),
    };
    pick(language, french, arabic, english)
}

/// A ground, with its article in the country's law.
pub fn ground(ground: Ground, country: Country, language: Language) -> String {
    let (french, arabic, english) = match ground {
        Ground::Care => (
            "Soins, diagnostic et gestion des soins par un professionnel tenu au secret",
            "العلاج والتشخيص وتدبير الرعاية من طرف مهني ملزم بالسر",
            "Care, diagnosis and management of care by a professional bound to secrecy",
        ),
        Ground::Duty => ("Obligation légale", "التزام قانوني", "Duty of law"),
        Ground::Contract => ("Contrat avec la personne", "عقد مع الشخص", "Contract with the person"),
        Ground::Interest => (
            "Intérêt légitime du cabinet à organiser son activité",
            "المصلحة المشروعة للعيادة في تنظيم نشاطها",
            "Legitimate interest of the practice in organising its work",
        ),
        Ground::Consent => ("Consentement", "الموافقة", "Consent"),
        Ground::Claims => {
            ("Constatation ou défense de droits en justice", "إثبات حقوق أو الدفاع عنها أمام القضاء", "Legal claims")
        }
    };
    let article = super::cited(authority::ground(country, ground), language);
    format!("{} · {article}", pick(language, french, arabic, english))
}

/// A right of a person.
pub fn right(right: Right, language: Language) -> &'static str {
    let (french, arabic, english) = match right {
        Right::Information => ("être informé", "الإخبار", "be told"),
        Right::Access => (
            "accéder à vos données et en recevoir une copie",
            "الولوج إلى معطياتكم وتسلم نسخة منها",
            "see your data and get a copy",
        ),
        Right::Rectification => {
            ("les faire rectifier ou compléter", "تصحيحها أو تتميمها", "have them put right or completed")
        }
        Right::Erasure => (
            "les faire effacer, sauf obligation de les conserver",
            "محوها، ما لم يفرض القانون حفظها",
            "have them erased, unless the law obliges us to keep them",
        ),
        Right::Limitation => ("en faire limiter l’utilisation", "تقييد استعمالها", "have their use limited"),
        Right::Portability => (
            "les recevoir sous une forme lisible par un autre logiciel",
            "تسلمها في صيغة يقرؤها برنامج آخر",
            "get them in a form that other software reads",
        ),
        Right::Objection => (
            "vous opposer à leur utilisation pour un motif légitime",
            "التعرض على استعمالها لأسباب مشروعة",
            "object to their use for a legitimate reason",
        ),
        Right::Withdrawal => {
            ("retirer un consentement à tout moment", "سحب الموافقة في أي وقت", "withdraw a consent at any time")
        }
        Right::Directives => (
            "dire ce qu’elles deviennent après votre décès",
            "تحديد مصيرها بعد الوفاة",
            "say what becomes of them after your death",
        ),
        Right::Complaint => {
            ("adresser une réclamation à l’autorité", "تقديم شكاية إلى السلطة", "complain to the authority")
        }
    };
    pick(language, french, arabic, english)
}
