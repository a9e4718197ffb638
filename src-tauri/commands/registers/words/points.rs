//! The points of the yearly review of security, in words.

use domain::privacy::review::{Answer, Point};

use super::pick;
use crate::print::words::Language;

/// A point.
pub fn point(point: Point, language: Language) -> &'static str {
    let (french, arabic, english) = match point {
        Point::Responsible => (
            "Une personne est désignée pour la protection des données, et joignable",
            "شخص معين لحماية المعطيات ويمكن الاتصال به",
            "Somebody is named for data protection, and reachable",
        ),
        Point::Register => (
            "Le registre des traitements est complet et accepté",
            "سجل المعالجات كامل ومقبول",
            "The register of processing is complete and accepted",
        ),
        Point::Notice => (
            "L’affiche d’information est en salle d’attente, dans sa version actuelle",
            "إعلان الإخبار معلق في قاعة الانتظار بصيغته الحالية",
            "The notice hangs in the waiting room, in its present version",
        ),
        Point::Confidentiality => (
            "Le personnel a signé un engagement de confidentialité",
            "وقع المستخدمون التزاما بالسرية",
            "Staff signed a duty of confidentiality",
        ),
        Point::Teaching => (
            "Le personnel a été sensibilisé cette année",
            "تم تحسيس المستخدمين هذه السنة",
            "Staff were taught this year",
        ),
        Point::Accounts => {
            ("Chacun a son propre compte", "لكل واحد حسابه الخاص", "Everybody has an account of their own")
        }
        Point::Departures => (
            "Les comptes des personnes parties sont désactivés",
            "حسابات من غادروا معطلة",
            "Accounts of whoever left are disabled",
        ),
        Point::Passwords => (
            "Les mots de passe sont solides et ne sont confiés à personne",
            "كلمات المرور قوية ولا تُعطى لأحد",
            "Passwords are strong and given to nobody",
        ),
        Point::RecoveryKeys => (
            "Les clés de récupération sont sur papier, à deux endroits, et retrouvées",
            "مفاتيح الاسترجاع على ورق في مكانين وقد عُثر عليها",
            "Recovery keys are on paper, in two places, and were found",
        ),
        Point::Locking => {
            ("Les postes se verrouillent seuls", "الأجهزة تُقفل تلقائيا", "Workstations lock by themselves")
        }
        Point::Updates => (
            "Les ordinateurs sont à jour et protégés",
            "الحواسيب محدثة ومحمية",
            "Computers are up to date and protected",
        ),
        Point::Discs => {
            ("Les disques des postes sont chiffrés", "أقراص الأجهزة مشفرة", "Discs of workstations are encrypted")
        }
        Point::Backups => (
            "Les sauvegardes sont récentes et dans deux emplacements",
            "النسخ الاحتياطية حديثة وفي مكانين",
            "Backups are recent and in two places",
        ),
        Point::Restore => ("Une restauration a été essayée", "جُرّب الاسترجاع", "A restore was tried"),
        Point::Journal => ("Le journal a été vérifié", "تم التحقق من السجل", "The journal was verified"),
        Point::Rooms => {
            ("Les locaux et les papiers sont sous clé", "المحلات والأوراق مقفلة", "Rooms and papers are locked")
        }
        Point::Discretion => (
            "Rien ne se lit ni ne s’entend de la salle d’attente",
            "لا يُقرأ ولا يُسمع شيء من قاعة الانتظار",
            "Nothing is read or heard from the waiting room",
        ),
        Point::Disposal => (
            "Papiers et matériels mis au rebut sont détruits",
            "تُتلف الأوراق والأجهزة المتخلى عنها",
            "Papers and devices thrown away are destroyed",
        ),
        Point::Processors => (
            "Chaque sous-traitant a un contrat, un pays connu, une garantie",
            "لكل معالج من الباطن عقد وبلد معروف وضمانة",
            "Every processor has a contract, a known country, a safeguard",
        ),
        Point::Retention => ("Les durées de conservation sont appliquées", "تُطبق مدد الحفظ", "Retention is applied"),
        Point::Requests => (
            "Les demandes des personnes ont été traitées à temps",
            "عولجت طلبات الأشخاص في وقتها",
            "Persons’ requests were answered in time",
        ),
        Point::Breaches => (
            "Les violations sont notées, et chacun sait qui prévenir",
            "تُدوَّن الخروق ويعرف كل واحد من يُخبر",
            "Breaches are written down, and everybody knows whom to tell",
        ),
    };
    pick(language, french, arabic, english)
}

/// What was found.
pub fn answer(answer: Answer, language: Language) -> &'static str {
    let (french, arabic, english) = match answer {
        Answer::Good => ("en ordre", "سليم", "in order"),
        Answer::Partly => ("en partie", "جزئيا", "in part"),
        Answer::Missing => ("à faire", "ناقص", "missing"),
        Answer::NotApplicable => ("sans objet", "غير معني", "does not apply"),
    };
    pick(language, french, arabic, english)
}
