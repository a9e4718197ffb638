//! A finding, and the rules that one can be of.

words! {
    /// How much a finding weighs.
    Severity {
        /// It cannot be signed.
        Hard = "hard",
        /// It is shown; the prescriber decides.
        Warning = "warning",
    }
}

words! {
    /// What a prescription breaks.
    Rule {
        /// Nothing is prescribed.
        Empty = "empty",
        /// The prescriber's name is missing.
        PrescriberName = "prescriber_name",
        /// The qualification is missing.
        PrescriberQualification = "prescriber_qualification",
        /// The speciality is missing.
        PrescriberSpeciality = "prescriber_speciality",
        /// The RPPS number is missing.
        PrescriberRpps = "prescriber_rpps",
        /// The RPPS number does not fit its check digit.
        PrescriberRppsCheck = "prescriber_rpps_check",
        /// The INPE number is missing.
        PrescriberInpe = "prescriber_inpe",
        /// The INPE number has not nine digits.
        PrescriberInpeFormat = "prescriber_inpe_format",
        /// The number at the order is missing.
        PrescriberOrder = "prescriber_order",
        /// The address is missing.
        PrescriberAddress = "prescriber_address",
        /// The address names no country.
        PrescriberCountry = "prescriber_country",
        /// The phone is missing.
        PrescriberPhone = "prescriber_phone",
        /// The phone does not begin with the country's prefix.
        PrescriberPhonePrefix = "prescriber_phone_prefix",
        /// The e-mail is missing.
        PrescriberEmail = "prescriber_email",
        /// The patient's name is missing.
        PatientName = "patient_name",
        /// The patient's sex is missing.
        PatientSex = "patient_sex",
        /// The birth date is missing, or after the prescription.
        PatientBirth = "patient_birth",
        /// A child's weight is missing.
        PatientWeight = "patient_weight",
        /// The INN is missing.
        Inn = "inn",
        /// The strength is missing.
        Strength = "strength",
        /// The form is missing.
        Form = "form",
        /// The posology cannot be followed.
        Posology = "posology",
        /// Neither a duration nor packs.
        Duration = "duration",
        /// The drug is not of the public base: its conditions are not known.
        ConditionsUnknown = "conditions_unknown",
        /// Longer than twelve months, renewals counted.
        OverTwelveMonths = "over_twelve_months",
        /// A drug of list I that says nothing of renewal is dispensed once.
        ListIOnce = "list_1_once",
        /// Longer than the drug's own limit.
        OverLimit = "over_limit",
        /// Longer than a narcotic may be prescribed.
        NarcoticOverLimit = "narcotic_over_limit",
        /// Longer than an opioid under the narcotics' rules may be prescribed.
        OpioidOverLimit = "opioid_over_limit",
        /// How long cannot be told, where a limit has to be held.
        LengthUnknown = "length_unknown",
        /// A narcotic is not renewed.
        NarcoticRenewed = "narcotic_renewed",
        /// Not on the secure form.
        SecureForm = "secure_form",
        /// The strength is not in full letters.
        LettersStrength = "letters_strength",
        /// The units of an intake are not in full letters.
        LettersPerIntake = "letters_per_intake",
        /// The number of intakes is not in full letters.
        LettersIntakes = "letters_intakes",
        /// The letters say another thing than the digits.
        LettersDiffer = "letters_differ",
        /// The number of intakes cannot be told.
        IntakesUnknown = "intakes_unknown",
        /// Neither the days of a fraction nor a single delivery.
        Fraction = "fraction",
        /// A fraction longer than the drug's.
        FractionOver = "fraction_over",
        /// In hospital only.
        Hospital = "hospital",
        /// Non-substitutable without a brand.
        NonSubstitutableBrand = "non_substitutable_brand",
        /// EFG is a ground under six years only.
        EfgAge = "efg_age",
        /// In the ALD zone, and no long-term condition is recorded.
        AldUnknown = "ald_unknown",
        /// Longer than the limit of Morocco's table.
        TableOverLimit = "table_over_limit",
    }
}

/// Something that a prescription breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Which rule.
    pub rule: Rule,
    /// The line, from zero; `None` where the whole is meant.
    pub line: Option<usize>,
    /// How much it weighs.
    pub severity: Severity,
    /// What its words need: limits, lengths, what the letters should be.
    pub parameters: Vec<(&'static str, String)>,
    /// Where the rule stands.
    pub source: &'static str,
}

impl Finding {
    pub(super) const fn hard(rule: Rule, line: Option<usize>, source: &'static str) -> Self {
        Self { rule, line, severity: Severity::Hard, parameters: Vec::new(), source }
    }

    pub(super) const fn warning(rule: Rule, line: Option<usize>, source: &'static str) -> Self {
        Self { rule, line, severity: Severity::Warning, parameters: Vec::new(), source }
    }

    pub(super) fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.parameters.push((name, value.to_string()));
        self
    }
}
