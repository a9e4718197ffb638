//! Processing activities as this practice really has them: from what is used follows a proposal for the register, in words
//! that are told apart by their meaning, not by their language.
//!
//! The controller accepts a proposal or writes something else; what was accepted is compared with what would be proposed
//! now. Deliberately not here: what leaves the practice (`outward`), the words, the law's articles ([`super::authority`]), how anything is counted.

use serde::{Deserialize, Serialize};

mod outward;

use super::authority::Ground;
pub use super::line::{Line, Word};

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
        /// Booking online, at a portal that is told what booking needs.
        OnlineBooking = "online_booking",
        /// Messages to patients by the practice's own mail server.
        Messages = "messages",
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

/// A booking portal that an instruction is in force for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Portal {
    /// Its name.
    pub host: String,
    /// Whether it is told e-mail addresses.
    pub email: bool,
    /// Whether it is told birth dates.
    pub birth_date: bool,
    /// Whether it is told the types of appointments.
    pub reason: bool,
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
    /// The portal at which patients book.
    pub portal: Option<Portal>,
    /// The mail server by which messages go to patients.
    pub mail_server: Option<String>,
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
        also(all, !self.lets_out(), &[Word::NoConnection])
    }

    /// Whether a connection takes anything about patients out.
    pub fn lets_out(&self) -> bool {
        !self.servers.is_empty() || self.portal.is_some() || self.mail_server.is_some()
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
    all.extend(outward::propose(used, &base, persons(&[W::Patients])));
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
mod tests;
