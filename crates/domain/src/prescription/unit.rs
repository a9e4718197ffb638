//! The units of an intake, and the nouns that name them in French and Arabic with the forms that numbers ask for.

words! {
    /// What is counted at an intake.
    Unit {
        /// Comprimé.
        Tablet = "tablet",
        /// Gélule.
        Capsule = "capsule",
        /// Capsule molle.
        SoftCapsule = "soft_capsule",
        /// Sachet.
        Sachet = "sachet",
        /// Goutte.
        Drop = "drop",
        /// Millilitre.
        Millilitre = "millilitre",
        /// Milligramme.
        Milligram = "milligram",
        /// Unité internationale.
        InternationalUnit = "international_unit",
        /// Dose.
        Dose = "dose",
        /// Bouffée.
        Puff = "puff",
        /// Pulvérisation.
        Spray = "spray",
        /// Application.
        Application = "application",
        /// Suppositoire.
        Suppository = "suppository",
        /// Ovule.
        Pessary = "pessary",
        /// Ampoule.
        Ampoule = "ampoule",
        /// Cuillère à café, 5 ml.
        Teaspoon = "teaspoon",
        /// Cuillère à soupe, 15 ml.
        Tablespoon = "tablespoon",
        /// Dispositif transdermique.
        Patch = "patch",
        /// Injection.
        Injection = "injection",
        /// Récipient unidose.
        SingleDose = "single_dose",
        /// Pastille.
        Lozenge = "lozenge",
        /// Film orodispersible.
        Film = "film",
        /// Inhalation.
        Inhalation = "inhalation",
    }
}

/// A noun with the forms that numbers ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Noun {
    /// French, one.
    pub fr: &'static str,
    /// French, several.
    pub fr_many: &'static str,
    /// Whether it is feminine in French.
    pub fr_feminine: bool,
    /// Arabic, one; also after a hundred.
    pub ar: &'static str,
    /// Arabic accusative singular: after 11 to 99.
    pub ar_counted: &'static str,
    /// Arabic, two.
    pub ar_two: &'static str,
    /// Arabic, two, where a word before governs it.
    pub ar_two_governed: &'static str,
    /// Arabic plural: after 3 to 10.
    pub ar_many: &'static str,
    /// Whether it is feminine in Arabic.
    pub ar_feminine: bool,
}

const fn noun(fr: [&'static str; 2], fr_feminine: bool, ar: [&'static str; 5], ar_feminine: bool) -> Noun {
    Noun {
        fr: fr[0],
        fr_many: fr[1],
        fr_feminine,
        ar: ar[0],
        ar_counted: ar[1],
        ar_two: ar[2],
        ar_two_governed: ar[3],
        ar_many: ar[4],
        ar_feminine,
    }
}

impl Noun {
    /// The day.
    pub const DAY: Noun = noun(["jour", "jours"], false, ["يوم", "يومًا", "يومان", "يومين", "أيام"], false);
    /// The week.
    pub const WEEK: Noun =
        noun(["semaine", "semaines"], true, ["أسبوع", "أسبوعًا", "أسبوعان", "أسبوعين", "أسابيع"], false);
    /// The month.
    pub const MONTH: Noun = noun(["mois", "mois"], false, ["شهر", "شهرًا", "شهران", "شهرين", "أشهر"], false);
    /// The hour.
    pub const HOUR: Noun = noun(["heure", "heures"], true, ["ساعة", "ساعة", "ساعتان", "ساعتين", "ساعات"], true);
    /// The time that something is done.
    pub const TIME: Noun = noun(["fois", "fois"], true, ["مرة", "مرة", "مرتان", "مرتين", "مرات"], true);
    /// The intake.
    pub const INTAKE: Noun = noun(["prise", "prises"], true, ["جرعة", "جرعة", "جرعتان", "جرعتين", "جرعات"], true);

    /// The Arabic form after a whole number, from three on; for one and two the noun itself says the number.
    #[must_use]
    pub const fn ar_after(&self, number: u32) -> &'static str {
        match number % 100 {
            3..=10 => self.ar_many,
            11..=99 => self.ar_counted,
            _ => self.ar,
        }
    }

    /// The French form after a number: plural from two on.
    #[must_use]
    pub const fn fr_after(&self, hundredths: u32) -> &'static str {
        if hundredths >= 200 { self.fr_many } else { self.fr }
    }
}

impl Unit {
    /// Its noun.
    #[must_use]
    pub const fn noun(self) -> Noun {
        match self {
            Self::Tablet => noun(["comprimé", "comprimés"], false, ["قرص", "قرصًا", "قرصان", "قرصين", "أقراص"], false),
            Self::Capsule => {
                noun(["gélule", "gélules"], true, ["كبسولة", "كبسولة", "كبسولتان", "كبسولتين", "كبسولات"], true)
            }
            Self::SoftCapsule => noun(
                ["capsule", "capsules"],
                true,
                ["محفظة لينة", "محفظة لينة", "محفظتان لينتان", "محفظتين لينتين", "محافظ لينة"],
                true,
            ),
            Self::Sachet => noun(["sachet", "sachets"], false, ["كيس", "كيسًا", "كيسان", "كيسين", "أكياس"], false),
            Self::Drop => noun(["goutte", "gouttes"], true, ["قطرة", "قطرة", "قطرتان", "قطرتين", "قطرات"], true),
            Self::Millilitre => noun(["ml", "ml"], false, ["مل", "مل", "مل", "مل", "مل"], false),
            Self::Milligram => noun(["mg", "mg"], false, ["ملغ", "ملغ", "ملغ", "ملغ", "ملغ"], false),
            Self::InternationalUnit => noun(
                ["UI", "UI"],
                true,
                ["وحدة دولية", "وحدة دولية", "وحدتان دوليتان", "وحدتين دوليتين", "وحدات دولية"],
                true,
            ),
            Self::Dose => noun(["dose", "doses"], true, ["جرعة", "جرعة", "جرعتان", "جرعتين", "جرعات"], true),
            Self::Puff => noun(["bouffée", "bouffées"], true, ["بخة", "بخة", "بختان", "بختين", "بخات"], true),
            Self::Spray => {
                noun(["pulvérisation", "pulvérisations"], true, ["رشة", "رشة", "رشتان", "رشتين", "رشات"], true)
            }
            Self::Application => {
                noun(["application", "applications"], true, ["دهنة", "دهنة", "دهنتان", "دهنتين", "دهنات"], true)
            }
            Self::Suppository => noun(
                ["suppositoire", "suppositoires"],
                false,
                ["تحميلة", "تحميلة", "تحميلتان", "تحميلتين", "تحاميل"],
                true,
            ),
            Self::Pessary => noun(
                ["ovule", "ovules"],
                false,
                ["بويضة مهبلية", "بويضة مهبلية", "بويضتان مهبليتان", "بويضتين مهبليتين", "بويضات مهبلية"],
                true,
            ),
            Self::Ampoule => {
                noun(["ampoule", "ampoules"], true, ["أمبولة", "أمبولة", "أمبولتان", "أمبولتين", "أمبولات"], true)
            }
            Self::Teaspoon => noun(
                ["cuillère à café", "cuillères à café"],
                true,
                ["ملعقة صغيرة", "ملعقة صغيرة", "ملعقتان صغيرتان", "ملعقتين صغيرتين", "ملاعق صغيرة"],
                true,
            ),
            Self::Tablespoon => noun(
                ["cuillère à soupe", "cuillères à soupe"],
                true,
                ["ملعقة كبيرة", "ملعقة كبيرة", "ملعقتان كبيرتان", "ملعقتين كبيرتين", "ملاعق كبيرة"],
                true,
            ),
            Self::Patch => noun(["patch", "patchs"], false, ["لصقة", "لصقة", "لصقتان", "لصقتين", "لصقات"], true),
            Self::Injection => {
                noun(["injection", "injections"], true, ["حقنة", "حقنة", "حقنتان", "حقنتين", "حقن"], true)
            }
            Self::SingleDose => noun(
                ["unidose", "unidoses"],
                true,
                ["عبوة أحادية", "عبوة أحادية", "عبوتان أحاديتان", "عبوتين أحاديتين", "عبوات أحادية"],
                true,
            ),
            Self::Lozenge => {
                noun(["pastille", "pastilles"], true, ["قرص مص", "قرص مص", "قرصا مص", "قرصي مص", "أقراص مص"], false)
            }
            Self::Film => noun(
                ["film orodispersible", "films orodispersibles"],
                false,
                ["شريط فموي", "شريطًا فمويًا", "شريطان فمويان", "شريطين فمويين", "أشرطة فموية"],
                false,
            ),
            Self::Inhalation => noun(
                ["inhalation", "inhalations"],
                true,
                ["استنشاقة", "استنشاقة", "استنشاقتان", "استنشاقتين", "استنشاقات"],
                true,
            ),
        }
    }

    /// Whether it is measured rather than counted: it is written with a decimal comma, never "et demi".
    #[must_use]
    pub const fn is_measure(self) -> bool {
        matches!(self, Self::Millilitre | Self::Milligram | Self::InternationalUnit)
    }

    /// The unit that a pharmaceutical form of the public base is taken in, where its name says so.
    #[must_use]
    pub fn of_form(form: &str) -> Option<Self> {
        let form = crate::patient::names::normalise(form);
        const FORMS: &[(&str, Unit)] = &[
            ("comprime a sucer", Unit::Lozenge),
            ("comprime", Unit::Tablet),
            ("gelule", Unit::Capsule),
            ("capsule", Unit::SoftCapsule),
            ("unidose", Unit::SingleDose),
            ("goutte", Unit::Drop),
            ("collyre", Unit::Drop),
            ("suppositoire", Unit::Suppository),
            ("ovule", Unit::Pessary),
            ("dispositif", Unit::Patch),
            ("patch", Unit::Patch),
            ("pastille", Unit::Lozenge),
            ("film", Unit::Film),
            ("sachet", Unit::Sachet),
            ("pour inhalation", Unit::Puff),
            ("pulverisation", Unit::Spray),
            ("creme", Unit::Application),
            ("pommade", Unit::Application),
            ("gel", Unit::Application),
            ("injectable", Unit::Injection),
            ("ampoule", Unit::Ampoule),
            ("buvable", Unit::Millilitre),
            ("sirop", Unit::Millilitre),
        ];
        FORMS.iter().find(|(word, _)| form.contains(word)).map(|&(_, unit)| unit)
    }
}
