//! Processing activities as this practice really has them: from what is used follows a proposal for the register, in words
//! that are told apart by their meaning, not by their language.
//!
//! The controller accepts a proposal or writes something else; what was accepted is compared with what would be proposed
//! now. Deliberately not here: the words, the law's articles ([`super::authority`]), how anything is counted.

use serde::{Deserialize, Serialize};

use super::authority::Ground;

words! {
    /// An activity.
    Kind {
        /// Appointments and who comes.
        Agenda = "agenda",
        /// The medical record.
        Record = "record",
        /// Prescriptions, letters and certificates.
        Prescriptions = "prescriptions",
        /// Laboratory results and documents from outside.
        Results = "results",
        /// Calls and messages.
        Calls = "calls",
        /// The waiting list.
        WaitingList = "waiting_list",
        /// Agendas that are published to a calendar server.
        Calendar = "calendar",
        /// Figures of the agenda.
        Statistics = "statistics",
        /// What was taken over from other software.
        TakeOver = "take_over",
        /// Backups.
        Backups = "backups",
        /// Accounts, connections, the journal.
        Accounts = "accounts",
        /// Persons' requests and consents.
        Requests = "requests",
        /// One that the practice wrote itself.
        Own = "own",
    }
}

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

/// What is proposed for the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// Which activity.
    pub kind: Kind,
    /// What for.
    pub purposes: Vec<Line>,
    /// On which grounds.
    pub grounds: Vec<Ground>,
    /// Whose data.
    pub persons: Vec<Line>,
    /// Which data.
    pub data: Vec<Line>,
    /// Who sees them.
    pub recipients: Vec<Line>,
    /// Where they go abroad.
    pub transfers: Vec<Line>,
    /// How long they are kept.
    pub retention: Vec<Line>,
    /// What keeps them safe.
    pub measures: Vec<Line>,
}

/// A server to which agendas are published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// Its name.
    pub host: String,
    /// `busy`, `initials` or `name`.
    pub discretion: String,
    /// Days published, before and after today together.
    pub days: i64,
}

/// How this practice uses the program.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Use {
    /// Accounts with the role of practitioner.
    pub practitioners: i64,
    /// Accounts with the role of secretary.
    pub secretaries: i64,
    /// Accounts with the role of administrator.
    pub administrators: i64,
    /// Minutes before a session locks.
    pub lock_after: i64,
    /// Whether something stands in a record.
    pub record: bool,
    /// Whether something was signed.
    pub prescriptions: bool,
    /// Whether something came from outside.
    pub results: bool,
    /// Whether calls are noted.
    pub calls: bool,
    /// Whether the waiting list is used.
    pub waiting_list: bool,
    /// Whether the order of the waiting room is kept.
    pub queue: bool,
    /// Whether national numbers are written down.
    pub numbers: bool,
    /// Whether there are minors.
    pub minors: bool,
    /// Whether contact persons are written down.
    pub contact_persons: bool,
    /// Whether something was taken over.
    pub taken_over: bool,
    /// Where agendas are published.
    pub servers: Vec<Server>,
    /// Whether a verified backup is recent.
    pub backed_up: bool,
    /// Backups kept a place.
    pub backups_kept: i64,
    /// Whether there is a second place.
    pub second_place: bool,
}

/// Months that connections are kept.
pub const CONNECTION_MONTHS: i64 = 6;
/// Years that requests are kept.
pub const REQUEST_YEARS: i64 = 2;
/// Years that a record is kept after the last care.
pub const RECORD_YEARS: i64 = 20;
/// Years that agenda entries without a record are kept after the last activity.
pub const AGENDA_YEARS: i64 = 2;

fn line(word: Word) -> Line {
    Line { word, count: None, name: String::new() }
}

fn counted(word: Word, count: i64) -> Line {
    Line { word, count: Some(count), name: String::new() }
}

fn named(word: Word, name: &str) -> Line {
    Line { word, count: None, name: name.to_owned() }
}

fn lines(words: &[Word]) -> Vec<Line> {
    words.iter().copied().map(line).collect()
}

/// Lines that hold only where something is so.
fn also(mut all: Vec<Line>, when: bool, words: &[Word]) -> Vec<Line> {
    if when {
        all.extend(lines(words));
    }
    all
}

impl Use {
    /// What of a practice's people sees something.
    fn people(&self, practitioners: bool, secretaries: bool, administrators: bool) -> Vec<Line> {
        [
            (practitioners, Word::OwnPractitioners, self.practitioners),
            (secretaries, Word::OwnSecretaries, self.secretaries),
            (administrators, Word::OwnAdministrators, self.administrators),
        ]
        .into_iter()
        .filter(|(sees, _, count)| *sees && *count > 0)
        .map(|(_, word, count)| counted(word, count))
        .collect()
    }

    /// What keeps everything safe, as it is in place today.
    fn measures(&self, clinical: bool) -> Vec<Line> {
        let mut all = lines(&[Word::Encrypted, Word::OwnAccounts]);
        all.push(counted(Word::Locks, self.lock_after));
        all.push(line(Word::Roles));
        all = also(all, clinical, &[Word::Sealed]);
        all.push(line(Word::Journal));
        all = also(all, self.backed_up, &[Word::VerifiedBackups]);
        all = also(all, self.backed_up && self.second_place, &[Word::SecondPlace]);
        also(all, self.servers.is_empty(), &[Word::NoConnection])
    }

    fn retained(word: Word) -> Line {
        match word {
            Word::RetainRecord => counted(word, RECORD_YEARS),
            Word::RetainAgenda => counted(word, AGENDA_YEARS),
            Word::RetainConnections => counted(word, CONNECTION_MONTHS),
            Word::RetainRequests => counted(word, REQUEST_YEARS),
            other => line(other),
        }
    }
}

/// The activities of a practice that is used so, in the order of [`Kind`].
pub fn propose(used: &Use) -> Vec<Proposal> {
    use Word as W;
    let mut all = Vec::new();
    let base = |kind, grounds: &[Ground]| Proposal {
        kind,
        purposes: Vec::new(),
        grounds: grounds.to_vec(),
        persons: lines(&[W::Patients]),
        data: Vec::new(),
        recipients: Vec::new(),
        transfers: lines(&[W::NoTransfer]),
        retention: Vec::new(),
        measures: used.measures(false),
    };
    let persons = |base: &[Word]| {
        let all = also(lines(base), used.minors, &[W::Minors]);
        also(all, used.contact_persons, &[W::ContactPersons])
    };
    all.push(Proposal {
        purposes: also(lines(&[W::PlanAppointments, W::IdentifyPatients]), used.queue, &[W::OrderQueue]),
        persons: persons(&[W::Patients]),
        data: {
            let data = also(lines(&[W::Identity, W::Reach]), used.numbers, &[W::Numbers]);
            also(data, true, &[W::AppointmentFacts, W::Notes])
        },
        recipients: used.people(true, true, false),
        retention: vec![Use::retained(W::RetainAgenda), Use::retained(W::RetainRecord)],
        ..base(Kind::Agenda, &[Ground::Care, Ground::Interest])
    });
    if used.record {
        all.push(Proposal {
            purposes: lines(&[W::Care, W::KeepRecord]),
            persons: persons(&[W::Patients]),
            data: lines(&[W::Identity, W::HealthFacts]),
            recipients: [used.people(true, false, false), lines(&[W::ThePatient, W::CareTeam])].concat(),
            retention: vec![Use::retained(W::RetainRecord)],
            measures: used.measures(true),
            ..base(Kind::Record, &[Ground::Care, Ground::Duty])
        });
    }
    if used.prescriptions {
        all.push(Proposal {
            purposes: lines(&[W::Prescribe, W::WriteLetters]),
            persons: lines(&[W::Patients, W::Colleagues]),
            data: lines(&[W::Identity, W::Medicines, W::Papers]),
            recipients: [used.people(true, false, false), lines(&[W::ThePatient, W::Pharmacists, W::CareTeam])]
                .concat(),
            retention: vec![Use::retained(W::RetainRecord)],
            measures: used.measures(true),
            ..base(Kind::Prescriptions, &[Ground::Care, Ground::Duty])
        });
    }
    if used.results {
        all.push(Proposal {
            purposes: lines(&[W::ReadResults, W::KeepDocuments]),
            persons: lines(&[W::Patients, W::Colleagues]),
            data: lines(&[W::Identity, W::ResultFacts, W::Papers]),
            recipients: [used.people(true, false, false), lines(&[W::ThePatient])].concat(),
            retention: vec![Use::retained(W::RetainRecord)],
            measures: used.measures(true),
            ..base(Kind::Results, &[Ground::Care])
        });
    }
    if used.calls {
        all.push(Proposal {
            purposes: lines(&[W::AnswerCalls]),
            persons: persons(&[W::Patients]),
            data: lines(&[W::Identity, W::Reach, W::CallFacts]),
            recipients: used.people(true, true, false),
            retention: vec![Use::retained(W::RetainAgenda)],
            ..base(Kind::Calls, &[Ground::Care, Ground::Interest])
        });
    }
    if used.waiting_list {
        all.push(Proposal {
            purposes: lines(&[W::OfferTimes]),
            data: lines(&[W::Identity, W::Reach, W::Wishes]),
            recipients: used.people(true, true, false),
            retention: lines(&[W::RetainWish]),
            ..base(Kind::WaitingList, &[Ground::Care, Ground::Interest])
        });
    }
    if !used.servers.is_empty() {
        let mut data: Vec<Line> = Vec::new();
        for server in &used.servers {
            let word = match server.discretion.as_str() {
                "busy" => W::BusyTimes,
                "initials" => W::Initials,
                _ => W::NamedTimes,
            };
            if !data.contains(&line(word)) {
                data.push(line(word));
            }
        }
        let each = |word| {
            let mut all: Vec<Line> = Vec::new();
            for server in &used.servers {
                let one = named(word, &server.host);
                if !all.contains(&one) {
                    all.push(one);
                }
            }
            all
        };
        let days = used.servers.iter().map(|server| server.days).max().unwrap_or(0);
        all.push(Proposal {
            purposes: lines(&[W::ShowAgenda]),
            persons: lines(&[W::Patients, W::Staff]),
            data,
            recipients: [used.people(true, false, false), each(W::CalendarServer)].concat(),
            transfers: each(W::ServerToCheck),
            retention: vec![counted(W::RetainPublished, days)],
            measures: also(used.measures(false), true, &[W::OneServer]),
            ..base(Kind::Calendar, &[Ground::Interest])
        });
    }
    all.push(Proposal {
        purposes: lines(&[W::Organise]),
        data: lines(&[W::Counts]),
        recipients: used.people(true, false, true),
        retention: lines(&[W::RetainNothing]),
        measures: also(used.measures(false), true, &[W::NoNames]),
        ..base(Kind::Statistics, &[Ground::Interest])
    });
    if used.taken_over {
        all.push(Proposal {
            purposes: lines(&[W::BringOver]),
            data: lines(&[W::Exported]),
            recipients: used.people(true, true, true),
            retention: vec![Use::retained(W::RetainAgenda), Use::retained(W::RetainRecord)],
            ..base(Kind::TakeOver, &[Ground::Care, Ground::Duty])
        });
    }
    if used.backed_up {
        all.push(Proposal {
            purposes: lines(&[W::Recover]),
            persons: lines(&[W::Patients, W::Staff]),
            data: lines(&[W::Everything]),
            recipients: used.people(false, false, true),
            retention: vec![counted(W::RetainBackups, used.backups_kept)],
            ..base(Kind::Backups, &[Ground::Duty])
        });
    }
    all.push(Proposal {
        purposes: lines(&[W::GiveAccess, W::Prove]),
        persons: lines(&[W::Staff]),
        data: lines(&[W::Logins, W::Connections, W::Actions]),
        recipients: used.people(true, false, true),
        retention: vec![line(W::RetainAccounts), Use::retained(W::RetainConnections)],
        ..base(Kind::Accounts, &[Ground::Duty, Ground::Interest])
    });
    all.push(Proposal {
        purposes: lines(&[W::AnswerRequests, W::Prove]),
        persons: persons(&[W::Patients]),
        data: lines(&[W::Identity, W::RequestFacts, W::Consents]),
        recipients: [used.people(true, false, true), lines(&[W::Authority])].concat(),
        retention: vec![Use::retained(W::RetainRequests), line(W::RetainConsents)],
        ..base(Kind::Requests, &[Ground::Duty])
    });
    for one in &mut all {
        if one.recipients.is_empty() {
            one.recipients = lines(&[W::NobodyElse]);
        }
    }
    all
}

words! {
    /// A field of the register.
    Field {
        /// What for.
        Purposes = "purposes",
        /// On which grounds.
        Grounds = "grounds",
        /// Whose data.
        Persons = "persons",
        /// Which data.
        Data = "data",
        /// Who sees them.
        Recipients = "recipients",
        /// Where they go abroad.
        Transfers = "transfers",
        /// How long they are kept.
        Retention = "retention",
        /// What keeps them safe.
        Measures = "measures",
    }
}

impl Proposal {
    /// The lines of a field; grounds have none.
    pub fn lines(&self, field: Field) -> &[Line] {
        match field {
            Field::Purposes => &self.purposes,
            Field::Grounds => &[],
            Field::Persons => &self.persons,
            Field::Data => &self.data,
            Field::Recipients => &self.recipients,
            Field::Transfers => &self.transfers,
            Field::Retention => &self.retention,
            Field::Measures => &self.measures,
        }
    }
}

/// What changed in a field since a proposal was accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The field.
    pub field: Field,
    /// What is so now, and was not.
    pub added: Vec<Line>,
    /// What was so, and is no more.
    pub gone: Vec<Line>,
}

/// What changed since a proposal was accepted, by field. Grounds follow from the activity and do not change.
pub fn differences(accepted: &Proposal, now: &Proposal) -> Vec<Difference> {
    let without = |from: &[Line], of: &[Line]| from.iter().filter(|one| !of.contains(one)).cloned().collect::<Vec<_>>();
    Field::ALL
        .iter()
        .map(|&field| Difference {
            field,
            added: without(now.lines(field), accepted.lines(field)),
            gone: without(accepted.lines(field), now.lines(field)),
        })
        .filter(|one| !one.added.is_empty() || !one.gone.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn used(bits: u32) -> Use {
        let on = |bit: u32| bits & (1 << bit) != 0;
        let server = Server { host: "agenda.example".to_owned(), discretion: "initials".to_owned(), days: 97 };
        Use {
            practitioners: i64::from(bits & 3),
            secretaries: i64::from(bits >> 2 & 3),
            administrators: 1,
            lock_after: 15,
            record: on(4),
            prescriptions: on(5),
            results: on(6),
            calls: on(7),
            waiting_list: on(8),
            queue: on(9),
            numbers: on(10),
            minors: on(11),
            contact_persons: on(12),
            taken_over: on(13),
            servers: if on(14) { vec![server] } else { Vec::new() },
            backed_up: on(15),
            backups_kept: 30,
            second_place: on(16),
        }
    }

    fn kinds(used: &Use) -> Vec<Kind> {
        propose(used).iter().map(|one| one.kind).collect()
    }

    #[test]
    fn what_a_practice_does_not_do_is_not_in_its_register() {
        assert_eq!(kinds(&used(0)), [Kind::Agenda, Kind::Statistics, Kind::Accounts, Kind::Requests]);
        assert_eq!(kinds(&used(u32::MAX)), &Kind::ALL[..Kind::ALL.len() - 1]);
    }

    #[test]
    fn a_measure_is_named_only_where_it_is_in_place() {
        let has = |used: &Use, word| propose(used).iter().any(|one| one.measures.iter().any(|line| line.word == word));
        assert!(!has(&used(0), Word::VerifiedBackups) && !has(&used(0), Word::SecondPlace));
        assert!(!has(&used(1 << 16), Word::SecondPlace), "a second place without a recent backup protects nothing");
        assert!(has(&used(1 << 15 | 1 << 16), Word::SecondPlace));
        assert!(has(&used(0), Word::NoConnection) && !has(&used(1 << 14), Word::NoConnection));
    }

    #[test]
    fn secretaries_are_no_recipients_of_clinical_content() {
        for one in propose(&used(u32::MAX)) {
            let clinical = matches!(one.kind, Kind::Record | Kind::Prescriptions | Kind::Results);
            let seen = one.recipients.iter().any(|line| line.word == Word::OwnSecretaries);
            assert!(!(clinical && seen), "{}", one.kind);
            assert_eq!(clinical, one.measures.iter().any(|line| line.word == Word::Sealed), "{}", one.kind);
        }
    }

    #[test]
    fn a_second_server_shows_as_what_changed() {
        let before = used(1 << 14);
        let mut now = before.clone();
        now.servers.push(Server { host: "other.example".to_owned(), discretion: "name".to_owned(), days: 97 });
        let of = |used: &Use| propose(used).into_iter().find(|one| one.kind == Kind::Calendar).unwrap();
        let found = differences(&of(&before), &of(&now));
        assert_eq!(
            found.iter().map(|one| one.field).collect::<Vec<_>>(),
            [Field::Data, Field::Recipients, Field::Transfers]
        );
        assert_eq!(found[0].added, [line(Word::NamedTimes)]);
        assert_eq!(found[1].added, [named(Word::CalendarServer, "other.example")]);
        assert!(found.iter().all(|one| one.gone.is_empty()));
    }

    proptest! {
        #[test]
        fn every_activity_says_all_that_the_law_asks(bits in 0_u32..1 << 17) {
            for one in propose(&used(bits)) {
                prop_assert!(!one.grounds.is_empty());
                for &field in Field::ALL {
                    prop_assert!(field == Field::Grounds || !one.lines(field).is_empty(), "{} of {}", field, one.kind);
                }
            }
        }

        #[test]
        fn nothing_differs_from_itself_and_what_is_added_one_way_is_gone_the_other(a in 0_u32..1 << 17, b in 0_u32..1 << 17) {
            let (a, b) = (propose(&used(a)), propose(&used(b)));
            for one in &a {
                prop_assert!(differences(one, one).is_empty());
                if let Some(other) = b.iter().find(|other| other.kind == one.kind) {
                    let there = differences(one, other);
                    let back = differences(other, one);
                    prop_assert_eq!(there.len(), back.len());
                    for (there, back) in there.iter().zip(&back) {
                        prop_assert_eq!((&there.added, &there.gone), (&back.gone, &back.added));
                    }
                }
            }
        }

        #[test]
        fn a_proposal_comes_back_from_storage_as_it_was(bits in 0_u32..1 << 17) {
            for one in propose(&used(bits)) {
                let text = serde_json::to_string(&one).unwrap();
                prop_assert_eq!(serde_json::from_str::<Proposal>(&text).unwrap(), one);
            }
        }
    }
}
