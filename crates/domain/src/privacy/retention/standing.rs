//! What the rules mean for one person: until when active, from when in the archive, from when nothing may be kept.

use chrono::NaiveDate;

use super::{Category, Rules, after_months, birthday, day_after};

/// The months of the age of majority.
const MAJORITY: u32 = 18 * 12;

words! {
    /// Why a person is kept longer than the rules say.
    Ground {
        /// A claim before a court, or one that is announced.
        LegalClaim = "legal_claim",
        /// An authority or an insurer looks into it.
        Inspection = "inspection",
        /// The person is expected again.
        ContinuedCare = "continued_care",
        /// Another reason, which the note says.
        Other = "other",
    }
}

words! {
    /// What may be done with a person's data on a day.
    State {
        /// They stay where they are.
        Active = "active",
        /// They belong into the intermediate archive.
        ArchiveDue = "archive_due",
        /// They are in the archive, and stay there.
        Archived = "archived",
        /// They may no longer be kept.
        DestroyDue = "destroy_due",
        /// Their time is over, and somebody stated why they are kept.
        Held = "held",
    }
}

/// What is known of a person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// The last care: the last appointment that was kept, or the last entry of the record.
    pub last_care: Option<NaiveDate>,
    /// The last time that anything happened, an appointment to come included.
    pub last_activity: Option<NaiveDate>,
    /// When they were first entered: where nothing ever happened, that counts.
    pub entered: Option<NaiveDate>,
    /// Born.
    pub born: Option<NaiveDate>,
    /// Died.
    pub deceased_on: Option<NaiveDate>,
    /// Whether anything clinical is kept.
    pub has_record: bool,
    /// Whether somebody stated why they are kept longer.
    pub held: bool,
}

/// What the rules mean for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The rule that decides about the end.
    pub category: Category,
    /// The last day in the active base.
    pub active_until: NaiveDate,
    /// The last day on which they must be kept, or for the agenda alone may be.
    pub keep_until: NaiveDate,
    /// Whether the archive comes between.
    pub archives: bool,
    /// Whether somebody stated why they are kept longer.
    pub held: bool,
}

/// What the rules mean for a person with these facts. `None` where nothing at all is known of when they came: then nobody
/// decides anything about them by rule.
#[must_use]
pub fn standing(rules: &Rules, facts: &Facts) -> Option<Standing> {
    let activity = facts.last_activity.max(facts.last_care).or(facts.entered)?;
    if !facts.has_record {
        let until = after_months(activity, rules.months(Category::AgendaEntry));
        return Some(Standing {
            category: Category::AgendaEntry,
            active_until: until,
            keep_until: until,
            archives: false,
            held: facts.held,
        });
    }
    let care = facts.last_care.unwrap_or(activity);
    let mut category = Category::PatientRecord;
    let mut keep_until = after_months(care, rules.months(Category::PatientRecord));
    if let Some(born) = facts.born {
        let grown = birthday(born, rules.months(Category::MinorRecord));
        if care < birthday(born, MAJORITY) && grown > keep_until {
            (category, keep_until) = (Category::MinorRecord, grown);
        }
    }
    if let Some(died) = facts.deceased_on {
        let after = after_months(died.max(care), rules.months(Category::DeceasedRecord));
        // Who died late after the last care is kept no longer than who lives.
        if after < keep_until {
            (category, keep_until) = (Category::DeceasedRecord, after);
        }
    }
    // Whoever is expected is not put away, whatever was long ago; the end of the keeping waits for them too.
    let active = after_months(care, rules.active(Category::PatientRecord)).min(keep_until);
    Some(Standing {
        category,
        active_until: active.max(activity),
        keep_until: keep_until.max(activity),
        archives: true,
        held: facts.held,
    })
}

impl Standing {
    /// The first day in the archive; none where there is no archive between.
    #[must_use]
    pub fn archive_on(&self) -> Option<NaiveDate> {
        (self.archives && self.active_until < self.keep_until).then(|| day_after(self.active_until))
    }

    /// The first day on which the data may be destroyed; of who is in the agenda alone, must be.
    #[must_use]
    pub fn destroy_on(&self) -> NaiveDate {
        day_after(self.keep_until)
    }

    /// What may be done on a day with somebody who is in the active base. A stated reason keeps from the destruction, not
    /// from the archive.
    #[must_use]
    pub fn state(&self, today: NaiveDate) -> State {
        if today >= self.destroy_on() {
            if self.held { State::Held } else { State::DestroyDue }
        } else if self.archive_on().is_some_and(|on| today >= on) {
            State::ArchiveDue
        } else {
            State::Active
        }
    }

    /// The same with somebody who is in the archive.
    #[must_use]
    pub fn state_archived(destroy_on: NaiveDate, held: bool, today: NaiveDate) -> State {
        match (today >= destroy_on, held) {
            (false, _) => State::Archived,
            (true, true) => State::Held,
            (true, false) => State::DestroyDue,
        }
    }
}
