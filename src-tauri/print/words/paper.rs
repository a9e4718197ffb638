//! The wording of medical papers: prescriptions, letters, the summary, the calibration sheet.

use super::Language;

impl Language {
    /// The words of its medical papers.
    pub fn paper(self) -> &'static PaperWords {
        match self {
            Language::French => &FRENCH,
            Language::Arabic => &ARABIC,
            Language::English => &ENGLISH,
        }
    }

    /// How often a prescription may be dispensed again.
    pub fn renewals(self, times: u32) -> String {
        match (self, times) {
            (Language::French, 0) => "À ne pas renouveler".to_owned(),
            (Language::French, _) => format!("À renouveler {times} fois"),
            (Language::English, 0) => "Not to be renewed".to_owned(),
            (Language::English, 1) => "To be renewed once".to_owned(),
            (Language::English, _) => format!("To be renewed {times} times"),
            (Language::Arabic, 0) => "لا تُجدد".to_owned(),
            (Language::Arabic, 1) => "تُجدد مرة واحدة".to_owned(),
            (Language::Arabic, 2) => "تُجدد مرتين".to_owned(),
            (Language::Arabic, _) if (3..=10).contains(&(times % 100)) => format!("تُجدد {times} مرات"),
            (Language::Arabic, _) => format!("تُجدد {times} مرة"),
        }
    }

    /// How many lines a prescription has, so that none can be added.
    pub fn prescribed(self, lines: usize) -> String {
        match (self, lines) {
            (Language::French, 0 | 1) => format!("{lines} ligne prescrite"),
            (Language::French, _) => format!("{lines} lignes prescrites"),
            (Language::English, 1) => "1 line prescribed".to_owned(),
            (Language::English, _) => format!("{lines} lines prescribed"),
            (Language::Arabic, _) => format!("عدد الأسطر الموصوفة: {lines}"),
        }
    }

    /// Where and when a paper is signed.
    pub fn signed_at(self, place: &str, date: &str) -> String {
        match (self, place.trim()) {
            (Language::French, "") => format!("Le {date}"),
            (Language::French, place) => format!("{place}, le {date}"),
            (Language::Arabic, "") => format!("في {date}"),
            (Language::Arabic, place) => format!("{place}، في {date}"),
            (Language::English, "") => date.to_owned(),
            (Language::English, place) => format!("{place}, {date}"),
        }
    }

    /// Said on the first page of a summary that did not fit on one.
    pub fn more_pages(self, pages: usize) -> String {
        match self {
            Language::French => format!("Ce résumé compte {pages} pages\u{a0}: la suite est indispensable."),
            Language::Arabic => format!("عدد صفحات هذا الملخص {pages}، وما يلي هذه الصفحة ضروري."),
            Language::English => format!("This summary has {pages} pages: the rest is needed."),
        }
    }
}

/// Wording of one language.
pub struct PaperWords {
    /// Title: medicines.
    pub medicines: &'static str,
    /// Title: physiotherapy.
    pub physiotherapy: &'static str,
    /// Title: nursing.
    pub nursing: &'static str,
    /// Title: laboratory.
    pub laboratory: &'static str,
    /// Title: imaging.
    pub imaging: &'static str,
    /// Title: summary of a patient.
    pub summary: &'static str,
    /// Label, for a woman, a man, other.
    pub patient: [&'static str; 3],
    /// Before the birth date: woman, man, other.
    pub born: [&'static str; 3],
    /// Sex: woman, man, other.
    pub sex: [&'static str; 3],
    /// Label: weight.
    pub weight: &'static str,
    /// Label: height.
    pub height: &'static str,
    /// Label: phone.
    pub phone: &'static str,
    /// Before the ground of a product that may not be replaced.
    pub not_substitutable: &'static str,
    /// Heading of the upper zone of a two-zone prescription.
    pub covered: &'static str,
    /// Its second line.
    pub covered_more: &'static str,
    /// Heading of the lower zone.
    pub uncovered: &'static str,
    /// Its second line.
    pub uncovered_more: &'static str,
    /// Stands in a zone without lines.
    pub none: &'static str,
    /// Over the signature.
    pub signature: &'static str,
    /// Over the signature, where a stamp belongs beside it.
    pub signature_and_stamp: &'static str,
    /// On a paper that is printed again.
    pub duplicate: &'static str,
    /// Before the subject of a letter.
    pub subject: &'static str,
    /// Title of the calibration sheet.
    pub calibration: &'static str,
    /// Names of the areas of the secure form: patient, date, lines, number of lines.
    pub areas: [&'static str; 4],
    /// What to do with it.
    pub calibrating: &'static [&'static str],
}

static FRENCH: PaperWords = PaperWords {
    medicines: "Ordonnance",
    physiotherapy: "Prescription de masso-kinésithérapie",
    nursing: "Prescription de soins infirmiers",
    laboratory: "Prescription d’examens de biologie médicale",
    imaging: "Demande d’examen d’imagerie",
    summary: "Résumé du dossier médical",
    patient: ["Patiente", "Patient", "Patient(e)"],
    born: ["née le", "né le", "né(e) le"],
    sex: ["sexe féminin", "sexe masculin", "sexe non précisé"],
    weight: "poids",
    height: "taille",
    phone: "Tél.",
    not_substitutable: "Non substituable",
    covered: "Prescriptions relatives au traitement de l’affection de longue durée reconnue (liste ou hors liste)",
    covered_more: "AFFECTION EXONÉRANTE",
    uncovered: "Prescriptions SANS RAPPORT avec l’affection de longue durée",
    uncovered_more: "MALADIES INTERCURRENTES",
    none: "Néant",
    signature: "Signature",
    signature_and_stamp: "Signature et cachet",
    duplicate: "DUPLICATA",
    subject: "Objet\u{a0}:",
    calibration: "Feuille de calibrage de l’ordonnance sécurisée",
    areas: ["Patient", "Date", "Lignes", "Nombre"],
    calibrating: &[
        "Imprimez cette feuille sur papier ordinaire, à la taille réelle (100\u{a0}%), sans «\u{a0}ajuster à la page\u{a0}», depuis le bac \
         qui servira aux ordonnances.",
        "Mesurez avec une règle la distance du bord gauche de la feuille au centre de la croix A\u{a0}: elle devrait être de \
         20\u{a0}mm. Ajoutez au décalage horizontal 20\u{a0}mm moins cette mesure.",
        "Mesurez la distance du bord supérieur au centre de la croix A\u{a0}: elle devrait être de 20\u{a0}mm. Ajoutez au décalage vertical \
         20\u{a0}mm moins cette mesure.",
        "Mesurez la distance entre les croix A et B\u{a0}: multipliez l’échelle par la longueur annoncée divisée par la \
         longueur mesurée.",
        "Saisissez les trois valeurs dans les réglages, imprimez de nouveau cette feuille, puis tenez-la contre la \
         lumière sur une ordonnance sécurisée\u{a0}: les cadres doivent tomber dans les zones du formulaire.",
    ],
};

static ARABIC: PaperWords = PaperWords {
    medicines: "وصفة طبية",
    physiotherapy: "وصفة الترويض الطبي",
    nursing: "وصفة علاجات تمريضية",
    laboratory: "طلب تحاليل طبية",
    imaging: "طلب فحص بالأشعة",
    summary: "ملخص الملف الطبي",
    patient: ["المريضة", "المريض", "المريض(ة)"],
    born: ["مزدادة في", "مزداد في", "تاريخ الازدياد"],
    sex: ["أنثى", "ذكر", "الجنس غير محدد"],
    weight: "الوزن",
    height: "الطول",
    phone: "الهاتف",
    not_substitutable: "غير قابل للاستبدال",
    covered: "وصفات متعلقة بعلاج المرض المزمن طويل الأمد المعترف به",
    covered_more: "مرض معفى من المساهمة",
    uncovered: "وصفات لا علاقة لها بالمرض المزمن طويل الأمد",
    uncovered_more: "أمراض عارضة",
    none: "لا شيء",
    signature: "التوقيع",
    signature_and_stamp: "التوقيع والختم",
    duplicate: "نسخة ثانية",
    subject: "الموضوع:",
    calibration: "ورقة ضبط الوصفة المؤمَّنة",
    areas: ["المريض", "التاريخ", "الأسطر", "العدد"],
    calibrating: &[
        "اطبعوا هذه الورقة على ورق عادي بالحجم الحقيقي (100%)، دون ملاءمة الصفحة، من الدرج المخصص للوصفات.",
        "قيسوا بمسطرة المسافة من الحافة اليسرى للورقة إلى مركز العلامة A: ينبغي أن تكون 20 mm. أضيفوا إلى الإزاحة الأفقية \
         20 mm ناقص هذا القياس.",
        "قيسوا المسافة من الحافة العليا إلى مركز العلامة A: ينبغي أن تكون 20 mm. أضيفوا إلى الإزاحة العمودية 20 mm \
         ناقص هذا القياس.",
        "قيسوا المسافة بين العلامتين A و B: اقسموا الطول المعلن على الطول المقيس واضربوا المقياس في الناتج.",
        "أدخلوا هذه القيم الثلاث في الإعدادات، واطبعوا الورقة من جديد، ثم ضعوها أمام الضوء فوق وصفة مؤمَّنة: يجب أن تقع \
         الإطارات داخل خانات النموذج.",
    ],
};

static ENGLISH: PaperWords = PaperWords {
    medicines: "Prescription",
    physiotherapy: "Physiotherapy prescription",
    nursing: "Nursing prescription",
    laboratory: "Laboratory request",
    imaging: "Imaging request",
    summary: "Summary of the medical record",
    patient: ["Patient", "Patient", "Patient"],
    born: ["born on", "born on", "born on"],
    sex: ["female", "male", "sex not stated"],
    weight: "weight",
    height: "height",
    phone: "Tel.",
    not_substitutable: "Not to be substituted",
    covered: "Prescriptions for the treatment of the recognised long-term condition",
    covered_more: "EXEMPTING CONDITION",
    uncovered: "Prescriptions WITHOUT RELATION to the long-term condition",
    uncovered_more: "INTERCURRENT ILLNESSES",
    none: "None",
    signature: "Signature",
    signature_and_stamp: "Signature and stamp",
    duplicate: "DUPLICATE",
    subject: "Subject:",
    calibration: "Calibration sheet for the secure form",
    areas: ["Patient", "Date", "Lines", "Number"],
    calibrating: &[
        "Print this sheet on plain paper at its real size (100%), without “fit to page”, from the tray that will hold \
         the forms.",
        "Measure with a ruler from the left edge of the sheet to the centre of cross A: it should be 20\u{a0}mm. Add \
         20\u{a0}mm less that measure to the horizontal offset.",
        "Measure from the top edge to the centre of cross A: it should be 20\u{a0}mm. Add 20\u{a0}mm less that \
         measure to the vertical offset.",
        "Measure between crosses A and B: multiply the scale by the length announced divided by the length measured.",
        "Enter the three values in the settings, print this sheet again and hold it against the light over a secure \
         form: the frames must fall inside the form’s areas.",
    ],
};
