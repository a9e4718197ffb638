//! The responsibility matrix, in words.

use domain::privacy::matrix::{Action, Part};

use super::pick;
use crate::print::words::Language;

/// An action or a measure.
pub fn action(action: Action, language: Language) -> &'static str {
    let (french, arabic, english) = match action {
        Action::Purpose => ("Finalité du traitement", "الغرض من المعالجة", "Purpose of the processing"),
        Action::LegalGround => ("Base légale", "الأساس القانوني", "Legal ground"),
        Action::Officer => (
            "Désignation d’un délégué à la protection des données",
            "تعيين مسؤول عن حماية المعطيات",
            "Designation of a data-protection officer",
        ),
        Action::Rights => (
            "Accès, rectification, effacement, opposition",
            "الولوج والتصحيح والمحو والتعرض",
            "Access, rectification, erasure, objection",
        ),
        Action::Breach => ("Violation de données", "خرق المعطيات", "Data breach"),
        Action::Communication => ("Communication aux personnes", "إخبار الأشخاص", "Communication to persons"),
        Action::Limitation => ("Limitation du traitement", "تقييد المعالجة", "Limitation of processing"),
        Action::Security => ("Mesures de sécurité", "تدابير السلامة", "Security measures"),
        Action::Retention => ("Durées de conservation", "مدد الحفظ", "Retention periods"),
        Action::Traces => ("Conservation des traces et des preuves", "حفظ الآثار والحجج", "Keeping traces and evidence"),
        Action::DeletionAtEnd => {
            ("Suppression en fin de contrat", "الحذف عند نهاية العقد", "Deletion at the end of the contract")
        }
        Action::CopiesAtEnd => (
            "Destruction des copies en fin de contrat",
            "إتلاف النسخ عند نهاية العقد",
            "Destruction of copies at the end of the contract",
        ),
        Action::InternalAudit => ("Audit interne", "التدقيق الداخلي", "Internal audit"),
        Action::AuthorityAudit => ("Contrôle par l’autorité", "مراقبة السلطة", "Audit by the authority"),
        Action::Notification => ("Notification à l’autorité", "تبليغ السلطة", "Notification to the authority"),
        Action::ImpactAssessment => ("Analyse d’impact", "تقييم الأثر", "Impact assessment"),
        Action::PriorConsultation => {
            ("Consultation préalable de l’autorité", "استشارة السلطة مسبقا", "Prior consultation of the authority")
        }
        Action::SecondLevel => ("Sous-traitance ultérieure", "المعالجة من الباطن", "Second-level processing"),
        Action::Transfer => (
            "Transfert vers un pays tiers ou une organisation",
            "النقل إلى بلد آخر أو منظمة",
            "Transfer to a third country or organisation",
        ),
        Action::Authorisation => (
            "Habilitation des personnes ayant accès",
            "تأهيل الأشخاص الذين لهم ولوج",
            "Authorisation of persons with access",
        ),
        Action::SecurityLevel => {
            ("Évaluation du niveau de sécurité", "تقييم مستوى السلامة", "Assessment of the security level")
        }
        Action::Charter => ("Charte informatique", "ميثاق استعمال المعلوميات", "IT charter"),
        Action::Awareness => ("Sensibilisation du personnel", "تحسيس المستخدمين", "Awareness of staff"),
    };
    pick(language, french, arabic, english)
}

/// What one of the two does.
pub fn part(part: Part, language: Language) -> &'static str {
    let (french, arabic, english) = match part {
        Part::Nothing => ("—", "—", "—"),
        Part::Responsible => ("responsable", "مسؤول", "responsible"),
        Part::ResponsibleInstructs => {
            ("responsable, donne instruction", "مسؤول ويعطي التعليمات", "responsible, instructs")
        }
        Part::Instructs => ("donne instruction", "يعطي التعليمات", "instructs"),
        Part::GivesConsent => ("donne son accord", "يوافق", "gives consent"),
        Part::Acts => ("agit sur instruction", "يعمل بناء على تعليمات", "acts on instruction"),
        Part::ActsInforms => (
            "agit sur instruction, informe dès la découverte",
            "يعمل بناء على تعليمات ويخبر فور الاكتشاف",
            "acts on instruction, informs when found",
        ),
        Part::Assists => ("assiste", "يساعد", "assists"),
        Part::Advises => ("aide et conseille", "يساعد وينصح", "helps and advises"),
        Part::Deletes => (
            "supprime sur instruction, ou de lui-même dans le délai convenu",
            "يحذف بناء على تعليمات، أو من تلقاء نفسه في الأجل المتفق عليه",
            "deletes on instruction, or by itself within the agreed period",
        ),
        Part::Destroys => (
            "détruit sur instruction, ou de lui-même dans le délai convenu",
            "يتلف بناء على تعليمات، أو من تلقاء نفسه في الأجل المتفق عليه",
            "destroys on instruction, or by itself within the agreed period",
        ),
        Part::AsksConsent => ("demande l’accord", "يطلب الموافقة", "asks for consent"),
        Part::Contributes => ("contribue", "يساهم", "contributes"),
    };
    pick(language, french, arabic, english)
}
