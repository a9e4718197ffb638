//! The words of the letters to persons who asked something about their data, in three languages.

use domain::country::Country;
use domain::privacy::requests::RequestKind;

use crate::print::words::Language;

/// The words of one language.
pub(super) struct Letterwords {
    /// Beginning of the file's name.
    pub file: &'static str,
    /// Greeting.
    pub greeting: &'static str,
    /// Asks for a proof of identity.
    pub show_identity: &'static str,
    /// What an erasure left.
    pub erased: &'static str,
    /// That it was taken back.
    pub withdrawn: &'static str,
    /// That a judge may be asked.
    pub judge: &'static str,
    /// Closing.
    pub closing: &'static str,
    language: Language,
}

const FRENCH: Letterwords = Letterwords {
    file: "reponse-demande",
    greeting: "Madame, Monsieur,",
    show_identity: "Pour y répondre, nous devons d’abord nous assurer de votre identité. Merci de vous présenter au cabinet avec une pièce d’identité. Nous n’en gardons pas de copie.",
    erased: "Vos données ont été effacées du logiciel du cabinet, de ses index et de ses documents. Les copies de sauvegarde, chiffrées, qui les contenaient encore sont remplacées au fil des jours ; si l’une d’elles devait être restaurée, vos données y seraient effacées de nouveau. Nous gardons seulement la preuve, sans votre nom, que votre demande a été exécutée.",
    withdrawn: "Vous avez retiré cette demande. Nous n’y donnons donc pas suite.",
    judge: "Vous pouvez aussi exercer un recours devant le juge.",
    closing: "Veuillez agréer, Madame, Monsieur, l’expression de nos salutations distinguées.",
    language: Language::French,
};

const ARABIC: Letterwords = Letterwords {
    file: "jawab-talab",
    greeting: "سيدتي، سيدي،",
    show_identity: "للجواب على طلبكم، يجب أن نتأكد أولا من هويتكم. نرجو منكم الحضور إلى العيادة مصحوبين بوثيقة هوية. لا نحتفظ بأي نسخة منها.",
    erased: "تم محو معطياتكم من برنامج العيادة وفهارسه ووثائقه. نسخ الاحتياط المشفرة التي ما زالت تحتوي عليها تستبدل مع مرور الأيام، وإذا استرجعت إحداها فإن معطياتكم تمحى منها من جديد. نحتفظ فقط، دون اسمكم، بما يثبت أن طلبكم نفذ.",
    withdrawn: "لقد سحبتم هذا الطلب، ولذلك لن نتابعه.",
    judge: "يمكنكم أيضا اللجوء إلى القضاء.",
    closing: "وتفضلوا بقبول فائق عبارات التقدير والاحترام.",
    language: Language::Arabic,
};

const ENGLISH: Letterwords = Letterwords {
    file: "answer-to-request",
    greeting: "Dear Sir or Madam,",
    show_identity: "Before we can answer it, we have to make sure of your identity. Please come to the practice with an identity document. We keep no copy of it.",
    erased: "Your data were erased from the practice’s software, its indexes and its documents. The encrypted backups that still contained them are replaced in the course of the days; should one of them be restored, your data would be erased from it again. We keep only the proof, without your name, that your request was carried out.",
    withdrawn: "You have withdrawn this request, so we take it no further.",
    judge: "You may also bring the matter before a court.",
    closing: "Yours faithfully,",
    language: Language::English,
};

impl Letterwords {
    /// The words of a language.
    pub const fn of(language: Language) -> &'static Self {
        match language {
            Language::French => &FRENCH,
            Language::Arabic => &ARABIC,
            Language::English => &ENGLISH,
        }
    }

    const fn choose(&self, fr: &'static str, ar: &'static str, en: &'static str) -> &'static str {
        match self.language {
            Language::French => fr,
            Language::Arabic => ar,
            Language::English => en,
        }
    }

    fn right(&self, kind: RequestKind) -> &'static str {
        match kind {
            RequestKind::Access => self.choose("d’accès", "الولوج", "access"),
            RequestKind::Rectification => self.choose("de rectification", "التصحيح", "rectification"),
            RequestKind::Erasure => self.choose("d’effacement", "المحو", "erasure"),
            RequestKind::Limitation => self.choose("de limitation", "تقييد المعالجة", "restriction"),
            RequestKind::Objection => self.choose("d’opposition", "التعرض", "objection"),
            RequestKind::Portability => self.choose("de portabilité", "نقل المعطيات", "portability"),
            RequestKind::Withdrawal => {
                self.choose("de retrait du consentement", "سحب الموافقة", "withdrawal of consent")
            }
            RequestKind::PostMortem => {
                self.choose("de directives après le décès", "التوجيهات بعد الوفاة", "directives after death")
            }
        }
    }

    /// Subject of the letter.
    pub fn subject(&self, kind: RequestKind) -> &'static str {
        match kind {
            RequestKind::Access => {
                self.choose("Votre demande d’accès", "طلب الولوج إلى معطياتكم", "Your request for access")
            }
            RequestKind::Rectification => {
                self.choose("Votre demande de rectification", "طلب تصحيح معطياتكم", "Your request for rectification")
            }
            RequestKind::Erasure => {
                self.choose("Votre demande d’effacement", "طلب محو معطياتكم", "Your request for erasure")
            }
            RequestKind::Limitation => {
                self.choose("Votre demande de limitation", "طلب تقييد المعالجة", "Your request for restriction")
            }
            RequestKind::Objection => self.choose("Votre opposition", "تعرضكم على المعالجة", "Your objection"),
            RequestKind::Portability => {
                self.choose("Votre demande de portabilité", "طلب نقل معطياتكم", "Your request for portability")
            }
            RequestKind::Withdrawal => {
                self.choose("Le retrait de votre consentement", "سحب موافقتكم", "The withdrawal of your consent")
            }
            RequestKind::PostMortem => {
                self.choose("Vos directives après le décès", "توجيهاتكم لما بعد الوفاة", "Your directives after death")
            }
        }
    }

    /// That it was received.
    pub fn received(&self, kind: RequestKind, on: &str) -> String {
        let right = self.right(kind);
        match self.language {
            Language::French => {
                format!("Nous avons reçu le {on} votre demande {right} concernant les données personnelles.")
            }
            Language::Arabic => format!("توصلنا يوم {on} بطلبكم المتعلق بالمعطيات الشخصية: {right}."),
            Language::English => format!("On {on} we received your request about personal data: {right}."),
        }
    }

    /// By when it is answered.
    pub fn will_answer(&self, due: &str) -> String {
        match self.language {
            Language::French => format!("Nous y répondrons au plus tard le {due}."),
            Language::Arabic => format!("سنجيبكم عنه في أجل أقصاه {due}."),
            Language::English => format!("We will answer it by {due} at the latest."),
        }
    }

    /// That it takes longer.
    pub fn extended(&self, due: &str, reason: &str) -> String {
        match self.language {
            Language::French => format!(
                "Nous avons besoin de plus de temps et vous répondrons au plus tard le {due}. En voici la raison : {reason}"
            ),
            Language::Arabic => format!("نحتاج إلى وقت إضافي وسنجيبكم في أجل أقصاه {due}. والسبب هو: {reason}"),
            Language::English => {
                format!("We need more time and will answer you by {due} at the latest. The reason is this: {reason}")
            }
        }
    }

    /// What was done.
    pub fn executed(&self, kind: RequestKind, on: &str) -> String {
        let done = match kind {
            RequestKind::Access => self.choose(
                "Vous trouverez avec cette lettre une copie de vos données et les informations prévues par la loi.",
                "تجدون رفقة هذه الرسالة نسخة من معطياتكم والمعلومات التي ينص عليها القانون.",
                "With this letter you will find a copy of your data and the information that the law provides for.",
            ),
            RequestKind::Portability => self.choose(
                "Vous recevez avec cette lettre vos données dans un format lisible par une machine.",
                "تتوصلون رفقة هذه الرسالة بمعطياتكم في صيغة قابلة للقراءة آليا.",
                "With this letter you receive your data in a machine-readable format.",
            ),
            RequestKind::Rectification => self.choose(
                "Vos données ont été corrigées.",
                "تم تصحيح معطياتكم.",
                "Your data were corrected.",
            ),
            RequestKind::Erasure => self.choose("Elle a été exécutée.", "تم تنفيذه.", "It was carried out."),
            RequestKind::Limitation => self.choose(
                "Vos données sont désormais conservées sans être utilisées. Nous vous avertirons avant de lever cette limitation.",
                "أصبحت معطياتكم محفوظة دون استعمال. سنخبركم قبل رفع هذا التقييد.",
                "Your data are from now on kept without being used. We will tell you before we lift this restriction.",
            ),
            RequestKind::Objection => self.choose(
                "Nous avons cessé le traitement auquel vous vous opposez.",
                "أوقفنا المعالجة التي تتعرضون عليها.",
                "We have stopped the processing that you object to.",
            ),
            RequestKind::Withdrawal => self.choose(
                "Le retrait de votre consentement est enregistré et vaut pour l’avenir.",
                "تم تسجيل سحب موافقتكم، وهو سار بالنسبة للمستقبل.",
                "The withdrawal of your consent is recorded and holds for the future.",
            ),
            RequestKind::PostMortem => self.choose(
                "Vos directives sont enregistrées. Vous pouvez les modifier ou les révoquer à tout moment.",
                "تم تسجيل توجيهاتكم. يمكنكم تعديلها أو إلغاؤها في أي وقت.",
                "Your directives are recorded. You may change or revoke them at any time.",
            ),
        };
        match self.language {
            Language::French => format!("Nous y avons donné suite le {on}. {done}"),
            Language::Arabic => format!("استجبنا له يوم {on}. {done}"),
            Language::English => format!("We acted on it on {on}. {done}"),
        }
    }

    /// Why it is refused.
    pub fn refused(&self, ground: &str) -> String {
        let why = match ground {
            "medical_record" => self.choose(
                "la loi nous oblige à conserver le dossier médical",
                "يلزمنا القانون بحفظ الملف الطبي",
                "the law obliges us to keep the medical record",
            ),
            "legal_claims" => self.choose(
                "ces données sont nécessaires à la constatation, à l’exercice ou à la défense de droits en justice",
                "هذه المعطيات ضرورية لإثبات حقوق أو ممارستها أو الدفاع عنها أمام القضاء",
                "these data are needed to establish, exercise or defend legal claims",
            ),
            "unidentified" => self.choose(
                "nous n’avons pas pu nous assurer de votre identité",
                "لم نتمكن من التأكد من هويتكم",
                "we could not make sure of your identity",
            ),
            "excessive" => self.choose(
                "elle est manifestement infondée ou excessive",
                "الطلب غير مبرر أو مفرط بشكل واضح",
                "it is manifestly unfounded or excessive",
            ),
            "rights_of_others" => self.choose(
                "y répondre porterait atteinte aux droits d’autres personnes",
                "الاستجابة له تمس بحقوق أشخاص آخرين",
                "answering it would adversely affect the rights of others",
            ),
            "not_portable" => self.choose(
                "ces données ne reposent ni sur votre consentement ni sur un contrat",
                "لا تستند هذه المعطيات إلى موافقتكم ولا إلى عقد",
                "these data rest neither on your consent nor on a contract",
            ),
            "legal_obligation" => self.choose(
                "ce traitement répond à une obligation légale",
                "تستند هذه المعالجة إلى التزام قانوني",
                "this processing answers a legal obligation",
            ),
            "accurate" => self.choose(
                "les données en cause sont exactes",
                "المعطيات المعنية صحيحة",
                "the data in question are accurate",
            ),
            _ => self.choose(
                "nous ne détenons aucune donnée vous concernant",
                "لا نتوفر على أي معطيات تخصكم",
                "we hold no data about you",
            ),
        };
        match self.language {
            Language::French => format!("Nous ne pouvons pas y donner suite : {why}."),
            Language::Arabic => format!("لا يمكننا الاستجابة له: {why}."),
            Language::English => format!("We cannot act on it: {why}."),
        }
    }

    /// What became of what a processor held.
    pub fn processor(&self, told: usize, confirmed: usize) -> String {
        if told == 0 {
            return self
                .choose(
                    "Aucune de vos données ne se trouvait chez un prestataire.",
                    "لم تكن أي من معطياتكم لدى أي مقدم خدمات.",
                    "None of your data were with a service provider.",
                )
                .to_owned();
        }
        if told == confirmed {
            return self
                .choose(
                    "Notre prestataire a exécuté la même demande et nous l’a confirmé.",
                    "نفذ مقدم خدماتنا الطلب نفسه وأكده لنا.",
                    "Our service provider carried out the same request and confirmed it to us.",
                )
                .to_owned();
        }
        self.choose(
            "Notre prestataire a reçu la même instruction ; sa confirmation est attendue.",
            "توصل مقدم خدماتنا بالتعليمات نفسها، وننتظر تأكيده.",
            "Our service provider has been given the same instruction; its confirmation is awaited.",
        )
        .to_owned()
    }

    /// Where to complain.
    pub fn complaint(&self, country: Country) -> String {
        let (name, site) = match country {
            Country::FR => ("CNIL", "www.cnil.fr"),
            Country::MA => ("CNDP", "www.cndp.ma"),
        };
        match self.language {
            Language::French => format!(
                "Si vous estimez que vos droits ne sont pas respectés, vous pouvez adresser une réclamation à la {name} ({site})."
            ),
            Language::Arabic => format!("إذا رأيتم أن حقوقكم لم تحترم، يمكنكم تقديم شكاية إلى {name} ({site})."),
            Language::English => format!(
                "If you consider that your rights are not respected, you may lodge a complaint with the {name} ({site})."
            ),
        }
    }
}
