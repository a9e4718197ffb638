//! A line of the register of processing activities: told apart by its meaning, not by its language.
//!
//! Deliberately not here: which lines an activity has ([`super::activity`]), and the words.

use serde::{Deserialize, Serialize};

words! {
    /// The meaning of a line of the register.
    Word {
        // Purposes.
        /// Book, move and cancel appointments.
        PlanAppointments = "plan_appointments",
        /// Know who the patient is and reach them.
        IdentifyPatients = "identify_patients",
        /// Order the waiting room.
        OrderQueue = "order_queue",
        /// Care and its continuity.
        Care = "care",
        /// Keep the record that the law asks for.
        KeepRecord = "keep_record",
        /// Prescribe safely.
        Prescribe = "prescribe",
        /// Write to colleagues.
        WriteLetters = "write_letters",
        /// Receive and read results.
        ReadResults = "read_results",
        /// Keep documents from outside.
        KeepDocuments = "keep_documents",
        /// Pass calls on and answer them.
        AnswerCalls = "answer_calls",
        /// Offer times that become free.
        OfferTimes = "offer_times",
        /// Show practitioners their agenda on their own devices.
        ShowAgenda = "show_agenda",
        /// Let patients book online.
        BookOnline = "book_online",
        /// Tell patients of their appointments and remind them.
        TellPatients = "tell_patients",
        /// Organise the practice.
        Organise = "organise",
        /// Bring over what other software held.
        BringOver = "bring_over",
        /// Bring the data back after a loss.
        Recover = "recover",
        /// Give everybody what their work needs, and no more.
        GiveAccess = "give_access",
        /// Prove who did what.
        Prove = "prove",
        /// Answer persons who use their rights.
        AnswerRequests = "answer_requests",
        // Persons.
        /// Patients.
        Patients = "patients",
        /// Minors and their guardians.
        Minors = "minors",
        /// Contact persons.
        ContactPersons = "contact_persons",
        /// Practitioners and staff.
        Staff = "staff",
        /// Colleagues who write or are written to.
        Colleagues = "colleagues",
        // Data.
        /// Names, birth date, sex.
        Identity = "identity",
        /// Phone, e-mail, address.
        Reach = "reach",
        /// National numbers (NIR, INS, CIN).
        Numbers = "numbers",
        /// Times, types, statuses, booking code.
        AppointmentFacts = "appointment_facts",
        /// Notes on appointments.
        Notes = "notes",
        /// History, allergies, consultations, measures, vaccinations.
        HealthFacts = "health_facts",
        /// Medicines and acts.
        Medicines = "medicines",
        /// Results.
        ResultFacts = "result_facts",
        /// Scans and letters.
        Papers = "papers",
        /// Who called, about what, and the answer.
        CallFacts = "call_facts",
        /// Days and hours wished.
        Wishes = "wishes",
        /// Busy times only.
        BusyTimes = "busy_times",
        /// Times and initials.
        Initials = "initials",
        /// Times and names.
        NamedTimes = "named_times",
        /// Name, phone, language, time and code of appointments.
        BookingFacts = "booking_facts",
        /// E-mail addresses.
        EmailAddress = "email_address",
        /// Birth dates.
        BirthDate = "birth_date",
        /// Types of appointments, by their public label.
        TypeLabel = "type_label",
        /// Free times, without any person.
        FreeTimes = "free_times",
        /// Time, place, code of an appointment, and with whom.
        MessageFacts = "message_facts",
        /// Counts in which nobody is named.
        Counts = "counts",
        /// Everything the other software exported.
        Exported = "exported",
        /// All data of the practice, encrypted.
        Everything = "everything",
        /// Names, logins, roles.
        Logins = "logins",
        /// Connections: when, from where, whether it succeeded.
        Connections = "connections",
        /// Actions: who, when, what.
        Actions = "actions",
        /// Requests, exchanges, outcome, proof of identity shown.
        RequestFacts = "request_facts",
        /// Consents and their withdrawal.
        Consents = "consents",
        // Recipients.
        /// So many practitioners of the practice.
        OwnPractitioners = "own_practitioners",
        /// So many secretaries of the practice.
        OwnSecretaries = "own_secretaries",
        /// So many administrators of the practice.
        OwnAdministrators = "own_administrators",
        /// The patient.
        ThePatient = "the_patient",
        /// Colleagues in care of the same patient.
        CareTeam = "care_team",
        /// Pharmacists and others who carry a prescription out.
        Pharmacists = "pharmacists",
        /// A calendar server, by its name.
        CalendarServer = "calendar_server",
        /// The operator of a booking portal, by its name.
        PortalHost = "portal_host",
        /// The operator of a mail server, by its name.
        MailHost = "mail_host",
        /// The authority, on its demand.
        Authority = "authority",
        /// Nobody else.
        NobodyElse = "nobody_else",
        // Transfers.
        /// None: the data stay on the practice's computers.
        NoTransfer = "no_transfer",
        /// It has to be looked up where that server is.
        ServerToCheck = "server_to_check",
        // Retention.
        /// The record's.
        RetainRecord = "retain_record",
        /// The agenda's, without a record.
        RetainAgenda = "retain_agenda",
        /// As long as the wish is open.
        RetainWish = "retain_wish",
        /// So many days around today.
        RetainPublished = "retain_published",
        /// So many years after the last activity at the portal, or until the contract ends.
        RetainPortal = "retain_portal",
        /// Neither recipient nor words are kept, only that and when it went.
        RetainSent = "retain_sent",
        /// Figures are not kept: they are counted anew.
        RetainNothing = "retain_nothing",
        /// The newest so many backups a place.
        RetainBackups = "retain_backups",
        /// Connections: so many months.
        RetainConnections = "retain_connections",
        /// Accounts: as long as they are proof.
        RetainAccounts = "retain_accounts",
        /// Requests: so many years.
        RetainRequests = "retain_requests",
        /// Consents: until withdrawn, plus the proof.
        RetainConsents = "retain_consents",
        // Measures.
        /// The whole database is encrypted.
        Encrypted = "encrypted",
        /// Clinical content is sealed for practitioners.
        Sealed = "sealed",
        /// Everybody signs in by themselves; wrong passwords wait.
        OwnAccounts = "own_accounts",
        /// It locks after so many minutes.
        Locks = "locks",
        /// Roles say who may do what.
        Roles = "roles",
        /// Every change is in a journal that shows tampering.
        Journal = "journal",
        /// Backups are encrypted, opened and verified.
        VerifiedBackups = "verified_backups",
        /// They go to a second place too.
        SecondPlace = "second_place",
        /// No connection goes out.
        NoConnection = "no_connection",
        /// Connections are encrypted and go to the chosen server only.
        OneServer = "one_server",
        /// Only what a signed instruction covers.
        SignedInstruction = "signed_instruction",
        /// No word on health is in a message.
        NoHealth = "no_health",
        /// No name is in it.
        NoNames = "no_names",
    }
}

/// A line: a meaning, with a number or a name where it has one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// What it means.
    pub word: Word,
    /// How many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<i64>,
    /// Who.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
}
