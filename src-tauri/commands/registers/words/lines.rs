//! The lines of the register of processing activities, and of the notice that follows from it.

use domain::privacy::activity::{Line, Word};

use super::pick;
use crate::print::words::Language;

/// Lines of the register, in words.
pub fn lines(all: &[Line], language: Language) -> Vec<String> {
    all.iter().map(|one| line(one, language)).collect()
}

/// A line of the register, in words.
pub fn line(line: &Line, language: Language) -> String {
    let (french, arabic, english) = words(line.word);
    let text = pick(language, french, arabic, english);
    text.replace("{n}", &line.count.unwrap_or_default().to_string()).replace("{name}", &line.name)
}

type Three = (&'static str, &'static str, &'static str);

fn words(word: Word) -> Three {
    use Word as W;
    match word {
        W::PlanAppointments
        | W::IdentifyPatients
        | W::OrderQueue
        | W::Care
        | W::KeepRecord
        | W::Prescribe
        | W::WriteLetters
        | W::ReadResults
        | W::KeepDocuments
        | W::AnswerCalls
        | W::OfferTimes
        | W::ShowAgenda
        | W::BookOnline
        | W::TellPatients
        | W::Organise
        | W::BringOver
        | W::Recover
        | W::GiveAccess
        | W::Prove
        | W::AnswerRequests => purpose(word),
        W::Patients | W::Minors | W::ContactPersons | W::Staff | W::Colleagues => person(word),
        W::OwnPractitioners
        | W::OwnSecretaries
        | W::OwnAdministrators
        | W::ThePatient
        | W::CareTeam
        | W::Pharmacists
        | W::CalendarServer
        | W::PortalHost
        | W::MailHost
        | W::Authority
        | W::NobodyElse
        | W::NoTransfer
        | W::ServerToCheck => recipient(word),
        W::RetainRecord
        | W::RetainAgenda
        | W::RetainWish
        | W::RetainPublished
        | W::RetainPortal
        | W::RetainSent
        | W::RetainNothing
        | W::RetainBackups
        | W::RetainConnections
        | W::RetainAccounts
        | W::RetainRequests
        | W::RetainConsents => retention(word),
        W::Encrypted
        | W::Sealed
        | W::OwnAccounts
        | W::Locks
        | W::Roles
        | W::Journal
        | W::VerifiedBackups
        | W::SecondPlace
        | W::NoConnection
        | W::OneServer
        | W::SignedInstruction
        | W::NoHealth
        | W::NoNames => measure(word),
        _ => data(word),
    }
}

fn purpose(word: Word) -> Three {
    use Word as W;
    match word {
        W::PlanAppointments => (
            "Prendre, déplacer et annuler des rendez-vous",
            "حجز المواعيد وتغييرها وإلغاؤها",
            "Book, move and cancel appointments",
        ),
        W::IdentifyPatients => (
            "Identifier les patients et les joindre",
            "التعرف على المرضى والاتصال بهم",
            "Know who patients are and reach them",
        ),
        W::OrderQueue => {
            ("Tenir l’ordre de la salle d’attente", "ترتيب قاعة الانتظار", "Keep the order of the waiting room")
        }
        W::Care => ("Soigner et assurer la continuité des soins", "العلاج وضمان استمراريته", "Care, and its continuity"),
        W::KeepRecord => (
            "Tenir le dossier médical exigé par la loi",
            "مسك الملف الطبي الذي يفرضه القانون",
            "Keep the medical record that the law asks for",
        ),
        W::Prescribe => ("Prescrire en sécurité", "وصف الأدوية بأمان", "Prescribe safely"),
        W::WriteLetters => (
            "Écrire aux confrères et établir des certificats",
            "مراسلة الزملاء وتحرير الشهادات",
            "Write to colleagues and certify",
        ),
        W::ReadResults => ("Recevoir et lire les résultats", "تسلم النتائج وقراءتها", "Receive and read results"),
        W::KeepDocuments => ("Conserver les documents reçus", "حفظ الوثائق الواردة", "Keep documents received"),
        W::AnswerCalls => {
            ("Transmettre les appels et y répondre", "تبليغ المكالمات والرد عليها", "Pass calls on and answer them")
        }
        W::OfferTimes => {
            ("Proposer les créneaux qui se libèrent", "عرض الأوقات التي تصبح شاغرة", "Offer times that become free")
        }
        W::ShowAgenda => (
            "Montrer aux praticiens leur agenda sur leurs propres appareils",
            "إظهار الأجندة للأطباء على أجهزتهم",
            "Show practitioners their agenda on their own devices",
        ),
        W::BookOnline => (
            "Laisser les patients prendre rendez-vous en ligne",
            "تمكين المرضى من حجز المواعيد على الإنترنت",
            "Let patients book online",
        ),
        W::TellPatients => (
            "Confirmer et rappeler leurs rendez-vous aux patients",
            "تأكيد مواعيد المرضى وتذكيرهم بها",
            "Confirm appointments to patients and remind them",
        ),
        W::Organise => ("Organiser le cabinet", "تنظيم العيادة", "Organise the practice"),
        W::BringOver => (
            "Reprendre les données d’un logiciel précédent",
            "نقل معطيات البرنامج السابق",
            "Bring over the data of earlier software",
        ),
        W::Recover => {
            ("Rétablir les données après une perte", "استرجاع المعطيات بعد ضياعها", "Bring the data back after a loss")
        }
        W::GiveAccess => (
            "Donner à chacun l’accès nécessaire à son travail, et rien de plus",
            "منح كل واحد ما يلزم لعمله فقط",
            "Give everybody what their work needs, and no more",
        ),
        W::Prove => ("Pouvoir prouver qui a fait quoi", "إثبات من قام بماذا", "Be able to prove who did what"),
        _ => (
            "Répondre aux personnes qui exercent leurs droits",
            "الرد على الأشخاص الذين يمارسون حقوقهم",
            "Answer persons who use their rights",
        ),
    }
}

fn person(word: Word) -> Three {
    match word {
        Word::Minors => {
            ("Mineurs et leurs représentants légaux", "القاصرون ونوابهم الشرعيون", "Minors and their guardians")
        }
        Word::ContactPersons => ("Personnes à contacter", "الأشخاص الذين يُتصل بهم", "Contact persons"),
        Word::Staff => ("Praticiens et personnel du cabinet", "أطباء العيادة ومستخدموها", "Practitioners and staff"),
        Word::Colleagues => {
            ("Confrères et laboratoires correspondants", "الزملاء والمختبرات المراسلة", "Colleagues and laboratories")
        }
        _ => ("Patients", "المرضى", "Patients"),
    }
}

fn data(word: Word) -> Three {
    use Word as W;
    match word {
        W::Identity => {
            ("Noms, prénoms, date de naissance, sexe", "الأسماء وتاريخ الازدياد والجنس", "Names, birth date, sex")
        }
        W::Reach => ("Téléphone, courriel, adresse", "الهاتف والبريد الإلكتروني والعنوان", "Phone, e-mail, address"),
        W::Numbers => (
            "Numéro national (NIR, INS, CIN)",
            "الرقم الوطني (بطاقة التعريف، التأمين)",
            "National number (NIR, INS, CIN)",
        ),
        W::AppointmentFacts => (
            "Date, durée, type et statut des rendez-vous, code",
            "تاريخ المواعيد ومدتها ونوعها وحالتها ورمزها",
            "Date, length, type and status of appointments, code",
        ),
        W::Notes => ("Notes utiles au rendez-vous", "ملاحظات تفيد الموعد", "Notes on appointments"),
        W::HealthFacts => (
            "Antécédents, allergies, consultations, mesures, vaccinations",
            "السوابق والحساسيات والفحوص والقياسات والتلقيحات",
            "History, allergies, consultations, measures, vaccinations",
        ),
        W::Medicines => ("Médicaments et actes prescrits", "الأدوية والأعمال الموصوفة", "Medicines and acts prescribed"),
        W::ResultFacts => ("Résultats d’analyses", "نتائج التحاليل", "Results"),
        W::Papers => (
            "Courriers, certificats, documents numérisés",
            "الرسائل والشهادات والوثائق المرقمنة",
            "Letters, certificates, scans",
        ),
        W::CallFacts => (
            "Qui a appelé, à quel sujet, la réponse donnée",
            "من اتصل وبأي شأن والجواب",
            "Who called, about what, the answer",
        ),
        W::Wishes => ("Jours et heures souhaités", "الأيام والساعات المرغوبة", "Days and hours wished"),
        W::BusyTimes => ("Heures occupées seulement", "الأوقات المشغولة فقط", "Busy times only"),
        W::Initials => ("Heures et initiales", "الأوقات والأحرف الأولى", "Times and initials"),
        W::NamedTimes => ("Heures et noms", "الأوقات والأسماء", "Times and names"),
        W::BookingFacts => (
            "Nom, téléphone, langue, date et code des rendez-vous",
            "الاسم والهاتف واللغة وتاريخ المواعيد ورمزها",
            "Name, phone, language, date and code of appointments",
        ),
        W::EmailAddress => ("Adresse électronique", "عنوان البريد الإلكتروني", "E-mail address"),
        W::BirthDate => ("Date de naissance", "تاريخ الازدياد", "Birth date"),
        W::TypeLabel => {
            ("Motif du rendez-vous (libellé public)", "نوع الموعد (تسمية عامة)", "Type of appointment (public label)")
        }
        W::FreeTimes => {
            ("Créneaux libres, sans personne", "الفترات المتاحة دون أي شخص", "Free times, without any person")
        }
        W::MessageFacts => (
            "Date, lieu et code du rendez-vous, nom du praticien, langue",
            "تاريخ الموعد ومكانه ورمزه واسم الطبيب واللغة",
            "Date, place and code of the appointment, the practitioner’s name, language",
        ),
        W::Counts => (
            "Nombres de rendez-vous, sans aucun nom",
            "أعداد المواعيد دون أي اسم",
            "Counts of appointments, without any name",
        ),
        W::Exported => (
            "Tout ce que le logiciel précédent a exporté",
            "كل ما صدّره البرنامج السابق",
            "All that the earlier software exported",
        ),
        W::Everything => (
            "Toutes les données du cabinet, chiffrées",
            "كل معطيات العيادة، مشفرة",
            "All data of the practice, encrypted",
        ),
        W::Logins => ("Noms, identifiants, rôles", "الأسماء والمعرفات والأدوار", "Names, logins, roles"),
        W::Connections => (
            "Connexions\u{a0}: date, poste, réussite",
            "الاتصالات: التاريخ والجهاز والنجاح",
            "Connections: date, workstation, outcome",
        ),
        W::Actions => ("Actions\u{a0}: qui, quand, quoi", "الأعمال: من ومتى وماذا", "Actions: who, when, what"),
        W::RequestFacts => (
            "Demandes, échanges, suites, justificatif présenté",
            "الطلبات والمراسلات ومآلها والوثيقة المقدمة",
            "Requests, exchanges, outcome, proof shown",
        ),
        _ => ("Consentements et retraits", "الموافقات وسحبها", "Consents and withdrawals"),
    }
}

fn recipient(word: Word) -> Three {
    use Word as W;
    match word {
        W::OwnPractitioners => {
            ("Praticiens du cabinet ({n})", "أطباء العيادة ({n})", "Practitioners of the practice ({n})")
        }
        W::OwnSecretaries => {
            ("Secrétariat du cabinet ({n})", "كتابة العيادة ({n})", "Secretaries of the practice ({n})")
        }
        W::OwnAdministrators => {
            ("Administrateurs du logiciel ({n})", "مدبرو البرنامج ({n})", "Administrators of the software ({n})")
        }
        W::ThePatient => ("Le patient", "المريض", "The patient"),
        W::CareTeam => (
            "Confrères qui soignent la même personne",
            "الزملاء الذين يعالجون الشخص نفسه",
            "Colleagues in care of the same person",
        ),
        W::Pharmacists => (
            "Pharmaciens et professionnels qui exécutent la prescription",
            "الصيادلة والمهنيون الذين ينفذون الوصفة",
            "Pharmacists and others who carry the prescription out",
        ),
        W::CalendarServer => {
            ("Hébergeur du calendrier\u{a0}: {name}", "مستضيف التقويم: {name}", "Host of the calendar: {name}")
        }
        W::PortalHost => (
            "Exploitant du portail de rendez-vous\u{a0}: {name}",
            "مشغل بوابة المواعيد: {name}",
            "Operator of the booking portal: {name}",
        ),
        W::MailHost => (
            "Exploitant de la messagerie\u{a0}: {name}",
            "مشغل خادم البريد: {name}",
            "Operator of the mail server: {name}",
        ),
        W::Authority => {
            ("L’autorité de contrôle, à sa demande", "سلطة المراقبة عند طلبها", "The authority, on its demand")
        }
        W::NobodyElse => ("Personne d’autre", "لا أحد غيرهم", "Nobody else"),
        W::NoTransfer => (
            "Aucun\u{a0}: les données restent sur les ordinateurs du cabinet",
            "لا شيء: تبقى المعطيات في حواسيب العيادة",
            "None: the data stay on the practice’s computers",
        ),
        _ => (
            "À vérifier\u{a0}: pays du serveur {name}",
            "يجب التحقق من بلد الخادم {name}",
            "To be checked: the country of the server {name}",
        ),
    }
}

fn retention(word: Word) -> Three {
    use Word as W;
    match word {
        W::RetainRecord => (
            "Dossier\u{a0}: {n} ans après le dernier soin\u{a0}; pour un mineur, au moins jusqu’à son 28e anniversaire",
            "الملف: {n} سنة بعد آخر علاج، وللقاصر إلى أن يبلغ 28 سنة على الأقل",
            "Record: {n} years after the last care; for a minor at least until the 28th birthday",
        ),
        W::RetainAgenda => (
            "Rendez-vous sans dossier\u{a0}: {n} ans après la dernière activité",
            "المواعيد بلا ملف: مدة {n} سنة بعد آخر نشاط",
            "Appointments without a record: {n} years after the last activity",
        ),
        W::RetainWish => ("Tant que le souhait est ouvert", "ما دامت الرغبة قائمة", "As long as the wish is open"),
        W::RetainPublished => (
            "{n} jours autour d’aujourd’hui, retirés ensuite du serveur",
            "{n} يوما حول اليوم، ثم تُسحب من الخادم",
            "{n} days around today, then removed from the server",
        ),
        W::RetainPortal => (
            "Au portail\u{a0}: {n} ans après la dernière activité, au plus jusqu’à la fin du contrat",
            "في البوابة: {n} سنة بعد آخر نشاط، وإلى نهاية العقد على الأكثر",
            "At the portal: {n} years after the last activity, at most until the contract ends",
        ),
        W::RetainSent => (
            "Ni le texte ni l’adresse ne sont gardés\u{a0}; la date d’envoi l’est avec le rendez-vous",
            "لا يُحفظ النص ولا العنوان، ويُحفظ تاريخ الإرسال مع الموعد",
            "Neither words nor address are kept; when it went is, with the appointment",
        ),
        W::RetainNothing => (
            "Non conservées\u{a0}: recalculées à chaque fois",
            "لا تُحفظ، بل تُحسب كل مرة",
            "Not kept: counted anew each time",
        ),
        W::RetainBackups => (
            "Les {n} dernières sauvegardes de chaque emplacement",
            "آخر {n} نسخة في كل مكان",
            "The newest {n} backups of each place",
        ),
        W::RetainConnections => ("Connexions\u{a0}: {n} mois", "الاتصالات: {n} أشهر", "Connections: {n} months"),
        W::RetainAccounts => (
            "Comptes et journal\u{a0}: tant qu’ils servent de preuve",
            "الحسابات والسجل: ما دامت حجة",
            "Accounts and journal: as long as they are proof",
        ),
        W::RetainRequests => ("Demandes\u{a0}: {n} ans", "الطلبات: مدة {n} سنة", "Requests: {n} years"),
        _ => (
            "Consentements\u{a0}: jusqu’au retrait, puis la preuve",
            "الموافقات: إلى حين سحبها، ثم الحجة",
            "Consents: until withdrawn, then the proof",
        ),
    }
}

fn measure(word: Word) -> Three {
    use Word as W;
    match word {
        W::Encrypted => {
            ("Base de données entièrement chiffrée", "قاعدة معطيات مشفرة كليا", "The whole database is encrypted")
        }
        W::Sealed => (
            "Contenu médical scellé, lisible des seuls praticiens",
            "محتوى طبي مختوم لا يقرؤه إلا الأطباء",
            "Clinical content sealed, readable by practitioners only",
        ),
        W::OwnAccounts => (
            "Compte personnel pour chacun, attente après un mot de passe faux",
            "حساب شخصي لكل واحد، وانتظار بعد كلمة مرور خاطئة",
            "An account of their own for everybody, a wait after a wrong password",
        ),
        W::Locks => (
            "Verrouillage après {n} minutes sans activité",
            "إقفال بعد {n} دقيقة دون نشاط",
            "Locks after {n} minutes without activity",
        ),
        W::Roles => (
            "Droits selon le rôle\u{a0}; le secrétariat ne lit rien de médical",
            "صلاحيات حسب الدور، ولا تقرأ الكتابة أي محتوى طبي",
            "Rights by role; secretaries read nothing clinical",
        ),
        W::Journal => (
            "Journal de chaque modification, où toute falsification se voit",
            "سجل لكل تغيير، لا يُزوَّر دون أثر",
            "A journal of every change, in which tampering shows",
        ),
        W::VerifiedBackups => (
            "Sauvegardes chiffrées, ouvertes et vérifiées",
            "نسخ احتياطية مشفرة، تُفتح ويُتحقق منها",
            "Encrypted backups, opened and verified",
        ),
        W::SecondPlace => ("Sauvegarde dans un second emplacement", "نسخة في مكان ثان", "A backup in a second place"),
        W::NoConnection => {
            ("Aucune connexion sortante des données", "لا اتصال يُخرج المعطيات", "No connection takes data out")
        }
        W::OneServer => (
            "Connexion chiffrée, vers le serveur choisi seulement",
            "اتصال مشفر نحو الخادم المختار فقط",
            "Encrypted connection, to the chosen server only",
        ),
        W::SignedInstruction => (
            "Seulement ce que prévoit une instruction signée",
            "فقط ما تنص عليه تعليمات موقعة",
            "Only what a signed instruction covers",
        ),
        W::NoHealth => {
            ("Aucun mot sur la santé dans les messages", "لا ذكر للصحة في الرسائل", "No word on health in the messages")
        }
        _ => ("Aucun nom n’y figure", "لا يرد فيها أي اسم", "No name is in it"),
    }
}
