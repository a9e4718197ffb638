//! The wording of printed pages, in the three languages of the product.
//!
//! Only what is printed around the data: what data say (a type's name, a status's label) comes with the data.
//! Figures are written 0-9 in Arabic too, as in Morocco.

mod paper;
pub mod record;

pub use paper::PaperWords;

use super::text::Direction;

/// Language of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// Français.
    French,
    /// العربية.
    Arabic,
    /// English.
    English,
}

impl Language {
    /// Every language.
    pub const ALL: [Language; 3] = [Language::French, Language::Arabic, Language::English];

    /// Tag as BCP 47 has it, for the PDF.
    pub fn tag(self) -> &'static str {
        match self {
            Language::French => "fr",
            Language::Arabic => "ar",
            Language::English => "en",
        }
    }

    /// The way its pages read.
    pub fn direction(self) -> Direction {
        match self {
            Language::Arabic => Direction::RightToLeft,
            Language::French | Language::English => Direction::LeftToRight,
        }
    }

    /// The words of its pages.
    pub fn words(self) -> &'static Words {
        match self {
            Language::French => &FRENCH,
            Language::Arabic => &ARABIC,
            Language::English => &ENGLISH,
        }
    }

    /// `page n of m`.
    pub fn page_of(self, page: usize, pages: usize) -> String {
        match self {
            Language::French => format!("Page {page} sur {pages}"),
            Language::Arabic => format!("صفحة {page} من {pages}"),
            Language::English => format!("Page {page} of {pages}"),
        }
    }

    /// A number of appointments, by the language's own plural.
    pub fn appointments(self, count: usize) -> String {
        match (self, count) {
            (Language::French, _) => format!("{count} rendez-vous"),
            (Language::English, 1) => "1 appointment".to_owned(),
            (Language::English, _) => format!("{count} appointments"),
            (Language::Arabic, 0) => "لا مواعيد".to_owned(),
            (Language::Arabic, 1) => "موعد واحد".to_owned(),
            (Language::Arabic, 2) => "موعدان".to_owned(),
            (Language::Arabic, _) if (3..=10).contains(&(count % 100)) => format!("{count} مواعيد"),
            (Language::Arabic, _) if count % 100 < 3 => format!("{count} موعد"),
            (Language::Arabic, _) => format!("{count} موعدا"),
        }
    }
}

/// Wording of one language.
pub struct Words {
    /// Title of the day list.
    pub day_list: &'static str,
    /// Title of a week, before its number.
    pub week: &'static str,
    /// Title of a list of appointments.
    pub appointments: &'static str,
    /// Column: practitioner.
    pub practitioner: &'static str,
    /// Column: start and end.
    pub time: &'static str,
    /// Column: patient.
    pub patient: &'static str,
    /// Column: phone.
    pub phone: &'static str,
    /// Column: type of appointment and note.
    pub reason: &'static str,
    /// Column: status.
    pub status: &'static str,
    /// Column: booking code.
    pub code: &'static str,
    /// What stands where a day has no appointment.
    pub empty_day: &'static str,
    /// Before the moment of printing.
    pub printed: &'static str,
    /// At the foot of a page with patients' data.
    pub confidential: &'static str,
    /// The recovery sheet of the agenda's key.
    pub agenda_key: &'static KeyWords,
    /// The recovery sheet of the clinical key.
    pub clinical_key: &'static KeyWords,
    /// Label: practice.
    pub practice: &'static str,
    /// Label: date on which the key was made.
    pub made_on: &'static str,
    /// Label: what the key opens.
    pub opens: &'static str,
    /// How to type the groups.
    pub typing: &'static str,
    /// Heading of the advice.
    pub keeping: &'static str,
    /// What to do with the sheet, one sentence or two each.
    pub advice: &'static [&'static str],
    /// At the foot of the sheet.
    pub secret: &'static str,
}

/// Wording about one of the two recovery keys.
pub struct KeyWords {
    /// Title of the sheet.
    pub title: &'static str,
    /// When it is needed.
    pub purpose: &'static str,
    /// What it opens, and what it does not.
    pub opens: &'static str,
}

static FRENCH: Words = Words {
    day_list: "Liste du jour",
    week: "Semaine",
    appointments: "Rendez-vous",
    practitioner: "Praticien",
    time: "Heure",
    patient: "Patient",
    phone: "Téléphone",
    reason: "Motif",
    status: "Statut",
    code: "Code RDV",
    empty_day: "Aucun rendez-vous ce jour.",
    printed: "Imprimé le",
    confidential: "Confidentiel\u{a0}: à garder hors de vue et à détruire après usage.",
    agenda_key: &KeyWords {
        title: "Clé de récupération de l’agenda",
        purpose: "Elle rouvre l’agenda si le mot de passe est oublié, ou sur un nouvel ordinateur.",
        opens: "L’agenda et l’identité des patients. Pas le contenu médical des dossiers.",
    },
    clinical_key: &KeyWords {
        title: "Clé de récupération clinique",
        purpose: "Elle rend l’accès au contenu médical quand aucun praticien ne peut plus l’ouvrir\u{a0}: mot de passe \
                  oublié, ordinateur perdu, compte réinitialisé.",
        opens: "Le contenu médical des dossiers. L’agenda doit d’abord être ouvert.",
    },
    practice: "Cabinet",
    made_on: "Créée le",
    opens: "Elle ouvre",
    typing: "À saisir dans l’ordre des numéros, ligne par ligne, de gauche à droite.",
    keeping: "Comment la garder",
    advice: &[
        "Rangez cette feuille sous clé, hors du cabinet si possible\u{a0}: coffre, banque, notaire.",
        "Qui a cette feuille et une copie des données peut les lire. Ne la photographiez pas, ne l’envoyez pas, ne \
         la laissez pas dans l’ordinateur ni dans l’imprimante.",
        "Sans mot de passe et sans cette clé, les données sont perdues pour toujours\u{a0}: personne d’autre ne peut les \
         rouvrir.",
        "Gardez la clé de l’agenda et la clé clinique à deux endroits différents.",
    ],
    secret: "Secret\u{a0}: à garder sous clé.",
};

static ARABIC: Words = Words {
    day_list: "لائحة مواعيد اليوم",
    week: "الأسبوع",
    appointments: "المواعيد",
    practitioner: "الطبيب",
    time: "الساعة",
    patient: "المريض",
    phone: "الهاتف",
    reason: "سبب الزيارة",
    status: "الحالة",
    code: "رمز الموعد",
    empty_day: "لا مواعيد في هذا اليوم.",
    printed: "طُبعت في",
    confidential: "وثيقة سرية: تُحفظ بعيدا عن الأنظار وتُتلف بعد الاستعمال.",
    agenda_key: &KeyWords {
        title: "مفتاح استرجاع الأجندة",
        purpose: "يعيد فتح الأجندة إذا نُسيت كلمة المرور، أو على حاسوب جديد.",
        opens: "الأجندة وهوية المرضى، دون المحتوى الطبي للملفات.",
    },
    clinical_key: &KeyWords {
        title: "مفتاح استرجاع الملفات الطبية",
        purpose: "يعيد الوصول إلى المحتوى الطبي عندما لا يستطيع أي طبيب فتحه: كلمة مرور منسية، حاسوب ضائع، حساب أعيد \
                  ضبطه.",
        opens: "المحتوى الطبي للملفات، بعد فتح الأجندة أولا.",
    },
    practice: "العيادة",
    made_on: "أُنشئ في",
    opens: "يفتح",
    typing: "تُكتب المجموعات حسب أرقامها، سطرا بعد سطر، من اليسار إلى اليمين.",
    keeping: "كيف يُحفظ",
    advice: &[
        "احفظوا هذه الورقة في مكان مقفل، خارج العيادة إن أمكن: خزنة، بنك، موثق.",
        "من يملك هذه الورقة ونسخة من المعطيات يستطيع قراءتها. لا تصوّروها، ولا ترسلوها، ولا تتركوها في الحاسوب أو في \
         الطابعة.",
        "دون كلمة المرور ودون هذا المفتاح تضيع المعطيات إلى الأبد: لا أحد غيركم يستطيع فتحها.",
        "احفظوا مفتاح الأجندة ومفتاح الملفات الطبية في مكانين مختلفين.",
    ],
    secret: "سري: يُحفظ في مكان مقفل.",
};

static ENGLISH: Words = Words {
    day_list: "Day list",
    week: "Week",
    appointments: "Appointments",
    practitioner: "Practitioner",
    time: "Time",
    patient: "Patient",
    phone: "Phone",
    reason: "Type",
    status: "Status",
    code: "Booking code",
    empty_day: "No appointments on this day.",
    printed: "Printed on",
    confidential: "Confidential: keep out of sight and destroy after use.",
    agenda_key: &KeyWords {
        title: "Agenda recovery key",
        purpose: "It opens the agenda again when the password is forgotten, or on a new computer.",
        opens: "The agenda and the patients’ identity. Not the clinical content of their records.",
    },
    clinical_key: &KeyWords {
        title: "Clinical recovery key",
        purpose: "It gives access to the clinical content when no practitioner can open it any more: password \
                  forgotten, computer lost, account reset.",
        opens: "The clinical content of the records. The agenda has to be open first.",
    },
    practice: "Practice",
    made_on: "Made on",
    opens: "It opens",
    typing: "Type the groups in the order of their numbers, line by line, from left to right.",
    keeping: "How to keep it",
    advice: &[
        "Lock this sheet away, outside the practice if you can: a safe, a bank, a notary.",
        "Whoever has this sheet and a copy of the data can read them. Do not photograph it, do not send it, do not \
         leave it in the computer or in the printer.",
        "Without the password and without this key the data are lost for good: nobody else can open them.",
        "Keep the agenda key and the clinical key in two different places.",
    ],
    secret: "Secret: keep locked away.",
};
