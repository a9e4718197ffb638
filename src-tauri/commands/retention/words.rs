//! Words of the retention's papers and tables.

use crate::print::words::Language;

/// The words of one language.
pub(super) struct Words {
    language: Language,
    pub title: &'static str,
    pub until: &'static str,
    pub file: &'static str,
    pub looked_at: &'static str,
    pub due: &'static str,
    pub what: &'static str,
    pub who: &'static str,
    pub rest: &'static str,
    pub nothing: &'static str,
    /// Heads of the table of groups.
    pub groups: [&'static str; 5],
    /// Heads of the list of persons on paper.
    pub persons: [&'static str; 5],
    /// Heads of the list as a table.
    pub columns: [&'static str; 9],
    pub destruction: &'static str,
    pub destruction_file: &'static str,
    pub destroyed: &'static str,
    pub made: &'static str,
    pub confirmed: &'static str,
    pub count: &'static str,
    pub documents: &'static str,
    pub digest: &'static str,
    pub ids: &'static str,
    pub ids_are: &'static str,
    pub random_id: &'static str,
    pub controller: &'static str,
}

/// The words of a language.
pub(super) const fn of(language: Language) -> Words {
    match language {
        Language::French => Words {
            language,
            title: "Conservation : ce que les règles feraient",
            until: "Jusqu’au",
            file: "conservation",
            looked_at: "Patients examinés",
            due: "Avec une échéance",
            what: "Par règle",
            who: "Patients concernés, les plus anciens d’abord",
            rest: "La suite figure dans le tableau (CSV).",
            nothing: "Rien n’est dû.",
            groups: ["Action", "Catégorie", "Emplacement", "Nombre", "En retard"],
            persons: ["N°", "Nom", "Action", "Catégorie", "Depuis le"],
            columns: [
                "N° de dossier",
                "Nom",
                "Nom en arabe",
                "Né(e) le",
                "Emplacement",
                "Action",
                "Catégorie",
                "Échéance",
                "Dernier soin",
            ],
            destruction: "Procès-verbal de destruction",
            destruction_file: "destruction",
            destroyed: "Les données des personnes ci-dessous, dont la durée de conservation était écoulée, ont été détruites : lignes, index, clés et documents. Aucune donnée personnelle ne figure dans ce procès-verbal.",
            made: "Liste établie",
            confirmed: "Liste confirmée et exécutée",
            count: "Personnes",
            documents: "Documents détruits",
            digest: "Empreinte de la liste (SHA-256)",
            ids: "Identifiants",
            ids_are: "Identifiants aléatoires : ils ne disent rien des personnes et servent à les effacer de nouveau si une sauvegarde ancienne est restaurée.",
            random_id: "Identifiant aléatoire",
            controller: "Le responsable du traitement",
        },
        Language::Arabic => Words {
            language,
            title: "مدة الحفظ: ما ستفعله القواعد",
            until: "إلى غاية",
            file: "retention",
            looked_at: "المرضى الذين فُحصت ملفاتهم",
            due: "بلغوا أجلا",
            what: "حسب القاعدة",
            who: "المرضى المعنيون، الأقدم أولا",
            rest: "البقية في الجدول (CSV).",
            nothing: "لا شيء مستحق.",
            groups: ["الإجراء", "الفئة", "المكان", "العدد", "متأخر"],
            persons: ["الرقم", "الاسم", "الإجراء", "الفئة", "منذ"],
            columns: [
                "رقم الملف",
                "الاسم",
                "الاسم بالعربية",
                "تاريخ الازدياد",
                "المكان",
                "الإجراء",
                "الفئة",
                "الأجل",
                "آخر علاج",
            ],
            destruction: "محضر إتلاف",
            destruction_file: "destruction",
            destroyed: "أُتلفت معطيات الأشخاص المذكورين أدناه بعد انقضاء مدة حفظها: الأسطر والفهارس والمفاتيح والوثائق. لا يتضمن هذا المحضر أي معطى شخصي.",
            made: "أُعدت اللائحة",
            confirmed: "أُكدت اللائحة ونُفذت",
            count: "الأشخاص",
            documents: "الوثائق المتلفة",
            digest: "بصمة اللائحة (SHA-256)",
            ids: "المعرفات",
            ids_are: "معرفات عشوائية: لا تدل على الأشخاص، وتُستعمل لمحوهم من جديد إذا استُرجعت نسخة احتياطية قديمة.",
            random_id: "معرف عشوائي",
            controller: "المسؤول عن المعالجة",
        },
        Language::English => Words {
            language,
            title: "Retention: what the rules would do",
            until: "Up to",
            file: "retention",
            looked_at: "Patients looked at",
            due: "With something due",
            what: "By rule",
            who: "Patients concerned, the longest due first",
            rest: "The rest stands in the table (CSV).",
            nothing: "Nothing is due.",
            groups: ["Action", "Category", "Place", "Number", "Overdue"],
            persons: ["No.", "Name", "Action", "Category", "Since"],
            columns: [
                "File number",
                "Name",
                "Name in Arabic",
                "Born on",
                "Place",
                "Action",
                "Category",
                "Due on",
                "Last care",
            ],
            destruction: "Report of destruction",
            destruction_file: "destruction",
            destroyed: "The data of the persons below, whose retention was over, were destroyed: rows, indexes, keys and documents. No personal data stand in this report.",
            made: "List made",
            confirmed: "List confirmed and carried out",
            count: "Persons",
            documents: "Documents destroyed",
            digest: "Digest of the list (SHA-256)",
            ids: "Identifiers",
            ids_are: "Random identifiers: they say nothing of the persons, and serve to erase them again if an old backup is restored.",
            random_id: "Random identifier",
            controller: "The controller",
        },
    }
}

const fn pick(language: Language, french: &'static str, arabic: &'static str, english: &'static str) -> &'static str {
    match language {
        Language::French => french,
        Language::Arabic => arabic,
        Language::English => english,
    }
}

impl Words {
    /// What is due.
    pub fn action(&self, word: &str) -> &'static str {
        match word {
            "archive" => pick(self.language, "À archiver", "للأرشفة", "To archive"),
            "destroy" => pick(self.language, "À détruire", "للإتلاف", "To destroy"),
            _ => pick(self.language, "Conservé sur motif", "محفوظ لسبب", "Kept for a reason"),
        }
    }

    /// Where somebody is.
    pub fn place(&self, word: &str) -> &'static str {
        match word {
            "archive" => pick(self.language, "Archive intermédiaire", "الأرشيف الوسيط", "Intermediate archive"),
            _ => pick(self.language, "Base active", "القاعدة النشطة", "Active base"),
        }
    }

    /// By which rule.
    pub fn category(&self, word: &str) -> &'static str {
        match word {
            "patient_record" => pick(self.language, "Dossier de patient", "ملف مريض", "Patient record"),
            "minor_record" => pick(self.language, "Dossier de mineur", "ملف قاصر", "Record of a minor"),
            "deceased_record" => {
                pick(self.language, "Dossier de patient décédé", "ملف مريض متوفى", "Record of a deceased patient")
            }
            _ => pick(self.language, "Agenda sans dossier", "الأجندة دون ملف", "Agenda without record"),
        }
    }
}
