//! Who may do what. Roles are held by users and add up; permissions are asked by every command, in the desk.
//!
//! This says what a role allows, not what a session can decrypt: that a secretary cannot read clinical content is held
//! by keys as well.

use serde::{Deserialize, Serialize};

words! {
    /// A role of a user.
    Role {
        /// Manages users, settings and backups; reads no patient by that role.
        Administrator = "administrator",
        /// Has an agenda and reads clinical content.
        Practitioner = "practitioner",
        /// Books for practitioners; never reads clinical content.
        Secretary = "secretary",
    }
}

words! {
    /// What a command needs.
    Permission {
        /// See agendas.
        ReadAgenda = "read_agenda",
        /// Book, move, cancel.
        ChangeAgenda = "change_agenda",
        /// See patients' identity and contact.
        ReadPatients = "read_patients",
        /// Create and change patients.
        ChangePatients = "change_patients",
        /// Merge patients, and undo it.
        MergePatients = "merge_patients",
        /// Read clinical content.
        ReadClinical = "read_clinical",
        /// Write, correct and strike entries of the record.
        WriteClinical = "write_clinical",
        /// Grant another account access to clinical content.
        GrantClinical = "grant_clinical",
        /// Create, change, disable users; reset passwords.
        ManageUsers = "manage_users",
        /// Practice, sites, practitioners, types, hours.
        ManageSettings = "manage_settings",
        /// Back up, verify, restore.
        ManageBackups = "manage_backups",
        /// Read the journal, as far as [`Roles::journal_scope`] goes.
        ReadJournal = "read_journal",
        /// Take over patients and agendas.
        ImportData = "import_data",
        /// Correct an appointment that was done.
        CorrectDone = "correct_done",
        /// See one's own day as a doctor.
        ReadMyDay = "read_my_day",
        /// Write the agenda or the patients to a file that leaves the vault.
        ExportData = "export_data",
        /// Publish an agenda to a calendar server; one's own, or as administrator anybody's.
        PublishAgenda = "publish_agenda",
        /// See figures of the agenda, in which no patient is named.
        ReadStatistics = "read_statistics",
        /// Note calls and pass answers on.
        NoteCalls = "note_calls",
        /// Answer a message as a practitioner.
        AnswerCalls = "answer_calls",
        /// Search the public drug base and check substances against the thesaurus; no patient is in either.
        ReadDrugs = "read_drugs",
        /// Replace the drug base or the thesaurus by another edition.
        ImportDrugs = "import_drugs",
        /// File what comes from outside (results, scans) for a patient, without reading it.
        FileDocuments = "file_documents",
        /// Take in a person's request about their data.
        TakeRequests = "take_requests",
        /// Keep the registers, the requests and the retention of the practice: the controller's own duties.
        KeepPrivacy = "keep_privacy",
    }
}

/// The roles of one user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Roles {
    /// Whether they are an administrator.
    pub administrator: bool,
    /// Whether they are a practitioner.
    pub practitioner: bool,
    /// Whether they are a secretary.
    pub secretary: bool,
}

/// How much of the journal a user reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JournalScope {
    /// None of it.
    Nothing,
    /// What they did themselves, and the histories of what they may read.
    Own,
    /// All of it.
    All,
}

impl Roles {
    /// These roles together.
    pub fn of(roles: &[Role]) -> Self {
        let has = |role| roles.contains(&role);
        Self {
            administrator: has(Role::Administrator),
            practitioner: has(Role::Practitioner),
            secretary: has(Role::Secretary),
        }
    }

    /// Whether the role is one of them.
    pub const fn has(self, role: Role) -> bool {
        match role {
            Role::Administrator => self.administrator,
            Role::Practitioner => self.practitioner,
            Role::Secretary => self.secretary,
        }
    }

    /// The roles, in the order of [`Role`].
    pub fn list(self) -> Vec<Role> {
        Role::ALL.iter().copied().filter(|&role| self.has(role)).collect()
    }

    /// True where the user has no role at all, and may do nothing.
    pub const fn is_empty(self) -> bool {
        !self.administrator && !self.practitioner && !self.secretary
    }

    /// Whether one of the roles gives the permission.
    pub const fn may(self, permission: Permission) -> bool {
        use Permission::*;
        match permission {
            ReadAgenda | TakeRequests => self.administrator || self.practitioner || self.secretary,
            ChangeAgenda | ReadPatients | ChangePatients | MergePatients | NoteCalls | FileDocuments => {
                self.practitioner || self.secretary
            }
            ImportData | ReadDrugs => self.administrator || self.practitioner || self.secretary,
            ReadClinical | WriteClinical | GrantClinical | CorrectDone | ReadMyDay | ExportData | AnswerCalls => {
                self.practitioner
            }
            PublishAgenda | ReadStatistics | ImportDrugs | KeepPrivacy => self.administrator || self.practitioner,
            ManageUsers | ManageSettings | ManageBackups => self.administrator,
            ReadJournal => self.administrator || self.practitioner,
        }
    }

    /// How much of the journal they read.
    pub const fn journal_scope(self) -> JournalScope {
        match self {
            Roles { administrator: true, .. } => JournalScope::All,
            Roles { practitioner: true, .. } => JournalScope::Own,
            _ => JournalScope::Nothing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Permission::*;
    use super::*;

    fn permissions(roles: &[Role]) -> Vec<Permission> {
        Permission::ALL.iter().copied().filter(|&permission| Roles::of(roles).may(permission)).collect()
    }

    #[test]
    fn a_secretary_books_and_never_reads_clinical_content() {
        let may = permissions(&[Role::Secretary]);
        assert_eq!(
            may,
            [
                ReadAgenda,
                ChangeAgenda,
                ReadPatients,
                ChangePatients,
                MergePatients,
                ImportData,
                NoteCalls,
                ReadDrugs,
                FileDocuments,
                TakeRequests
            ]
        );
    }

    #[test]
    fn an_administrator_alone_manages_and_reads_no_patient() {
        let may = permissions(&[Role::Administrator]);
        assert_eq!(
            may,
            [
                ReadAgenda,
                ManageUsers,
                ManageSettings,
                ManageBackups,
                ReadJournal,
                ImportData,
                PublishAgenda,
                ReadStatistics,
                ReadDrugs,
                ImportDrugs,
                TakeRequests,
                KeepPrivacy
            ]
        );
    }

    #[test]
    fn a_practitioner_manages_nobody() {
        let may = permissions(&[Role::Practitioner]);
        let not: Vec<Permission> = Permission::ALL.iter().copied().filter(|one| !may.contains(one)).collect();
        assert_eq!(not, [ManageUsers, ManageSettings, ManageBackups]);
    }

    #[test]
    fn roles_add_up() {
        for &one in Role::ALL {
            for &other in Role::ALL {
                for &permission in Permission::ALL {
                    let both = Roles::of(&[one, other]);
                    let either = Roles::of(&[one]).may(permission) || Roles::of(&[other]).may(permission);
                    assert_eq!(both.may(permission), either, "{one} and {other}, {permission}");
                }
            }
        }
        assert_eq!(permissions(Role::ALL).len(), Permission::ALL.len());
    }

    #[test]
    fn without_a_role_nothing_is_allowed() {
        assert!(Roles::default().is_empty());
        assert!(permissions(&[]).is_empty());
        assert_eq!(Roles::default().journal_scope(), JournalScope::Nothing);
    }

    #[test]
    fn the_journal_is_open_exactly_as_far_as_its_scope() {
        for bits in 0..8 {
            let roles = Roles { administrator: bits & 1 != 0, practitioner: bits & 2 != 0, secretary: bits & 4 != 0 };
            assert_eq!(roles.may(ReadJournal), roles.journal_scope() != JournalScope::Nothing);
            assert_eq!(Roles::of(&roles.list()), roles);
        }
        assert_eq!(Roles::of(&[Role::Practitioner]).journal_scope(), JournalScope::Own);
        assert_eq!(Roles::of(&[Role::Practitioner, Role::Administrator]).journal_scope(), JournalScope::All);
    }
}
