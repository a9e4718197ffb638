//! Everything that can be said about a row, as codes: why it was rejected, what is worth knowing of it.
//!
//! Deliberately not here: the words for them; whoever writes the report or the screen brings those.

use domain::identifiers::Warning as Check;

use super::mapping::PatientField;

/// Declares codes with their stable words and the list of all.
macro_rules! codes {
    ($(#[$outer:meta])* $name:ident { $($(#[$inner:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$outer])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$inner])* $variant),+ }

        impl $name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stable word, by which reports and screens word it.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }
    };
}

codes! {
    /// Why a row is not taken over.
    Rejection {
        // patients
        /// Nothing in any column that is taken over, or nothing at all.
        EmptyRow = "empty_row",
        /// No name, in Latin or Arabic.
        NoName = "no_name",
        /// The header once more.
        RepeatedHeader = "repeated_header",
        /// A line above the header.
        BeforeHeader = "before_header",
        /// A total or the like at the end.
        TotalLine = "total_line",
        /// More cells than columns: which value belongs where cannot be told.
        TooManyCells = "too_many_cells",
        /// A zero character: the row is damaged.
        ZeroCharacter = "zero_character",
        // agenda
        /// The event is not closed, or the file ends in it.
        UnclosedEvent = "unclosed_event",
        /// No start.
        NoStart = "no_start",
        /// The start, end or duration is no date or time.
        BadTime = "bad_time",
        /// A time zone that nobody knows.
        UnknownZone = "unknown_zone",
        /// It ends when it starts.
        ZeroDuration = "zero_duration",
        /// It ends before it starts.
        NegativeDuration = "negative_duration",
        /// An appointment of more than 24 hours.
        TooLong = "too_long",
        /// A rule that is not one.
        BadRule = "bad_rule",
        /// A rule by the hour or finer.
        TooFrequent = "too_frequent",
        /// A series without a single occurrence.
        NoOccurrence = "no_occurrence",
        /// A change of an occurrence and all that follow.
        ThisAndFuture = "this_and_future",
        /// An absence or meeting that was cancelled: there is nothing to block.
        CancelledAbsence = "cancelled_absence",
        /// An event that takes no time of the practitioner (`TRANSP:TRANSPARENT`) and names no patient.
        TakesNoTime = "takes_no_time",
    }
}

codes! {
    /// What is worth knowing of a row that is taken over.
    Notice {
        // checks of the domain
        /// Not a NIR.
        NirFormat = "nir_format",
        /// The NIR's month does not exist.
        NirMonth = "nir_month",
        /// The NIR's key does not fit.
        NirKey = "nir_key",
        /// The NIR says another birth date.
        NirBirth = "nir_birth",
        /// The NIR says another sex.
        NirSex = "nir_sex",
        /// Not a CIN.
        CinFormat = "cin_format",
        /// Not an e-mail address.
        EmailFormat = "email_format",
        /// No such phone number; kept as typed.
        PhoneInvalid = "phone_invalid",
        // patients
        /// The phone had lost its first zero; put back.
        PhoneZero = "phone_zero",
        /// The post code had lost its first zero; put back.
        PostcodeZero = "postcode_zero",
        /// Not a birth date, or one that cannot be; kept in the remarks.
        BirthUnreadable = "birth_unreadable",
        /// A year of two digits that may be of either century.
        BirthCentury = "birth_century",
        /// Not a sex; kept in the remarks.
        SexUnreadable = "sex_unreadable",
        /// There is a surname only.
        FirstNameMissing = "first_name_missing",
        /// There is a first name only.
        SurnameMissing = "surname_missing",
        /// Where the surname ends was guessed.
        NameSplit = "name_split",
        /// A letter was lost by the other software or by the encoding.
        LetterLost = "letter_lost",
        /// Fewer cells than columns.
        TooFewCells = "too_few_cells",
        /// Perhaps the same person as another one; not merged.
        PossibleDuplicate = "possible_duplicate",
        /// The value differs from the one already there; that one stays, this one is kept in the remarks.
        DifferentValue = "different_value",
        // agenda
        /// Nobody of that name was known: a new patient.
        NewPatient = "new_patient",
        /// Somebody known may be meant, which is not sure.
        DoubtfulPatient = "doubtful_patient",
        /// At the same time as another appointment: taken over as an overbooking.
        Overlap = "overlap",
        /// Inside an absence.
        InsideAbsence = "inside_absence",
        /// Without an end: the usual duration was taken.
        NoEnd = "no_end",
        /// The clock jumped over this time.
        TimeInGap = "time_in_gap",
        /// This time was twice on the clock; the first is meant.
        TimeTwice = "time_twice",
        /// The file calls the zone by another name.
        ZoneByOtherName = "zone_by_other_name",
        /// Written in another zone than the site's.
        OtherZone = "other_zone",
        /// The series goes on for longer than it was taken over.
        SeriesCut = "series_cut",
        /// Whether this is an appointment or an absence was guessed.
        KindGuessed = "kind_guessed",
        /// Seconds were dropped.
        SecondsDropped = "seconds_dropped",
        /// Changes an occurrence of a series that is not in the file.
        SeriesMissing = "series_missing",
    }
}

impl Notice {
    /// The notice of a check of the domain; `None` for checks of numbers that patients do not have.
    pub(crate) fn of(check: Check) -> Option<Self> {
        Self::ALL.iter().copied().find(|n| n.as_str() == check.as_str())
    }
}

/// A notice with what it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Warning {
    /// What.
    pub notice: Notice,
    /// In which field.
    pub field: Option<PatientField>,
    /// The line of the other row it is about.
    pub line: Option<usize>,
}

impl Warning {
    /// About a field.
    #[must_use]
    pub fn of(notice: Notice, field: PatientField) -> Self {
        Self { notice, field: Some(field), line: None }
    }

    /// About the whole row.
    #[must_use]
    pub fn row(notice: Notice) -> Self {
        Self { notice, field: None, line: None }
    }

    /// About the row and another one.
    #[must_use]
    pub fn with_line(notice: Notice, line: Option<usize>) -> Self {
        Self { notice, field: None, line }
    }
}
