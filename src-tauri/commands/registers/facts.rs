//! What the rows of the registers say, as they are stored. Dates are dates, instants are UTC.

use chrono::{DateTime, NaiveDate, Utc};
use domain::id::{RegisterId, UserId};
use domain::privacy::activity::{Kind, Proposal};
use domain::privacy::audit::Audit;
use domain::privacy::breach::{Breach, Nature, Risk};
use domain::privacy::processor::{Contract, EndChoice, Safeguard};
use domain::privacy::review::{Answer, Point};
use serde::{Deserialize, Serialize};

use super::wire::ActivityFields;
use crate::store::registers::Register;

/// A processing activity, as the controller accepted it.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct ActivityFacts {
    /// Which of those that the program proposes, or an own one.
    pub kind: Kind,
    /// In which language it was accepted: `fr`, `ar`, `en`.
    pub language: String,
    /// What it says.
    #[serde(flatten)]
    pub fields: ActivityFields,
    /// What was proposed when it was accepted; none of an own one.
    pub proposal: Option<Proposal>,
    /// When it was accepted, UTC.
    pub accepted_at: DateTime<Utc>,
    /// By whom.
    pub accepted_by: UserId,
}

impl Register for ActivityFacts {
    const TABLE: &'static str = "processing_activity";
}

/// A processor, or one that works for a processor.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct ProcessorFacts {
    /// Name.
    pub name: String,
    /// What it does for the practice.
    pub service: String,
    /// Where data are, by ISO 3166.
    pub country: String,
    /// Whom to reach there.
    pub contact: String,
    /// Who is named for data protection there.
    pub officer: String,
    /// The processor that it works for.
    pub processor_id: Option<RegisterId>,
    /// When the contract was signed.
    pub contract_on: Option<NaiveDate>,
    /// Its last day.
    pub contract_until: Option<NaiveDate>,
    /// Its reference.
    pub reference: String,
    /// The certified host of health data, where there is one.
    pub health_host: String,
    /// What keeps data safe where the country's protection is not recognised.
    pub safeguard: Safeguard,
    /// What is said of it.
    pub safeguard_remark: String,
    /// When a sub-processor was announced.
    pub announced_on: Option<NaiveDate>,
    /// When somebody objected.
    pub objected_on: Option<NaiveDate>,
    /// On which ground.
    pub objection: String,
    /// What becomes of the data at the end.
    pub end_choice: EndChoice,
    /// When that was confirmed in writing.
    pub end_confirmed_on: Option<NaiveDate>,
    /// Anything else.
    pub remark: String,
}

impl Register for ProcessorFacts {
    const TABLE: &'static str = "processor";
    fn processor(&self) -> Option<RegisterId> {
        self.processor_id
    }
}

impl ProcessorFacts {
    /// The contract's days.
    pub fn contract(&self) -> Contract {
        let (signed_on, until) = (self.contract_on, self.contract_until);
        Contract { signed_on, until, end_confirmed_on: self.end_confirmed_on }
    }
}

/// An instruction to a processor.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct InstructionFacts {
    /// To whom.
    pub processor_id: RegisterId,
    /// Its number among those to this processor.
    pub number: i64,
    /// Its version.
    pub version: i64,
    /// When it was given.
    pub given_on: NaiveDate,
    /// By whom.
    pub given_by: UserId,
    /// What it is about.
    pub subject: String,
    /// What it says.
    pub text: String,
    /// When the processor confirmed it.
    pub acknowledged_on: Option<NaiveDate>,
    /// Why the processor takes it for unlawful.
    pub unlawful: String,
    /// When it ended.
    pub withdrawn_on: Option<NaiveDate>,
}

impl Register for InstructionFacts {
    const TABLE: &'static str = "processor_instruction";
    fn processor(&self) -> Option<RegisterId> {
        Some(self.processor_id)
    }
}

/// A breach.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct BreachFacts {
    /// What happened.
    pub what: String,
    /// Who found it.
    pub found_by: String,
    /// When somebody became aware.
    pub aware_at: DateTime<Utc>,
    /// When it began, as far as is known.
    pub began_at: Option<DateTime<Utc>>,
    /// What was harmed.
    pub natures: Vec<Nature>,
    /// Whose data.
    pub persons: String,
    /// About how many persons.
    pub persons_count: Option<i64>,
    /// Which data.
    pub data: String,
    /// About how many records.
    pub records_count: Option<i64>,
    /// What may follow for the persons.
    pub consequences: String,
    /// What was done.
    pub measures: String,
    /// How grave.
    pub risk: Risk,
    /// Why it is judged so.
    pub risk_reason: String,
    /// When the authority was told.
    pub notified_at: Option<DateTime<Utc>>,
    /// Under which number.
    pub reference: String,
    /// Why late.
    pub delay_reason: String,
    /// When the persons were told.
    pub persons_informed_at: Option<DateTime<Utc>>,
    /// How.
    pub persons_informed_how: String,
    /// Why they are not told.
    pub persons_exempt: String,
    /// The processor at which it happened.
    pub processor_id: Option<RegisterId>,
    /// When it was closed.
    pub closed_at: Option<DateTime<Utc>>,
}

impl Register for BreachFacts {
    const TABLE: &'static str = "breach";
    fn processor(&self) -> Option<RegisterId> {
        self.processor_id
    }
}

impl BreachFacts {
    /// What the rules need to know.
    pub fn rule(&self) -> Breach {
        Breach {
            aware_at: self.aware_at,
            risk: self.risk,
            risk_reasoned: !self.risk_reason.is_empty(),
            notified_at: self.notified_at,
            delay_reasoned: !self.delay_reason.is_empty(),
            persons_informed_at: self.persons_informed_at,
            persons_exempt: !self.persons_exempt.is_empty(),
            measures_told: !self.measures.is_empty(),
        }
    }
}

/// A point of a review, with what was found.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Found {
    /// The point.
    pub point: Point,
    /// What was found.
    pub answer: Answer,
    /// What is said of it, or what is to be done.
    pub remark: String,
}

/// A yearly review of security.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct ReviewFacts {
    /// When.
    pub reviewed_on: NaiveDate,
    /// By whom.
    pub reviewer: String,
    /// What was found.
    pub found: Vec<Found>,
    /// What follows from it.
    pub conclusion: String,
}

impl Register for ReviewFacts {
    const TABLE: &'static str = "security_review";
}

/// An audit of a processor.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct AuditFacts {
    /// Of whom.
    pub processor_id: RegisterId,
    /// When it was announced.
    pub announced_on: Option<NaiveDate>,
    /// For when.
    pub planned_on: Option<NaiveDate>,
    /// The auditor.
    pub auditor: String,
    /// For whom they work.
    pub organisation: String,
    /// When they signed to keep it confidential.
    pub confidential_on: Option<NaiveDate>,
    /// When it took place.
    pub held_on: Option<NaiveDate>,
    /// What was found.
    pub report: String,
    /// When both discussed it.
    pub discussed_on: Option<NaiveDate>,
    /// What has to be put right.
    pub corrections: String,
    /// Until when, at the processor's cost.
    pub corrections_until: Option<NaiveDate>,
    /// When it was put right.
    pub corrected_on: Option<NaiveDate>,
}

impl Register for AuditFacts {
    const TABLE: &'static str = "processor_audit";
    fn processor(&self) -> Option<RegisterId> {
        Some(self.processor_id)
    }
}

impl AuditFacts {
    /// What the rules need to know.
    pub fn rule(&self) -> Audit {
        Audit {
            announced_on: self.announced_on,
            planned_on: self.planned_on,
            auditor_named: !self.auditor.is_empty(),
            confidential_on: self.confidential_on,
            held_on: self.held_on,
            discussed_on: self.discussed_on,
            corrections_until: self.corrections_until,
            corrected_on: self.corrected_on,
        }
    }
}
