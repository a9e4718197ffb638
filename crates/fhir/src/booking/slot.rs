//! A slot: a span of a practitioner's time that can be booked, or cannot; never with a person.

use chrono::{DateTime, TimeDelta, Utc};
use domain::id::TypeId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    appointment::{MAX_MINUTES, Span},
    names,
    schedule::ScheduleId,
    wire::{Concept, Identifier, Meta, Reference, Refused, WireMeta, by_wire, read, refused},
};

/// The practice's own name of a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SlotId(pub Uuid);

/// FHIR R4, `slotstatus`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SlotStatus {
    /// Can be booked.
    Free,
    /// Cannot be booked.
    Busy,
    /// Cannot be booked by anybody.
    BusyUnavailable,
    /// Is being booked.
    BusyTentative,
    /// Was never meant.
    EnteredInError,
}

impl SlotStatus {
    /// FHIR's code.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Busy => "busy",
            Self::BusyUnavailable => "busy-unavailable",
            Self::BusyTentative => "busy-tentative",
            Self::EnteredInError => "entered-in-error",
        }
    }
}

impl std::str::FromStr for SlotStatus {
    type Err = super::InvalidText;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        [Self::Free, Self::Busy, Self::BusyUnavailable, Self::BusyTentative, Self::EnteredInError]
            .into_iter()
            .find(|s| s.as_str() == text)
            .ok_or(super::InvalidText { kind: "SlotStatus" })
    }
}

/// A slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// What the server says of it; none on the way in.
    pub meta: Option<Meta>,
    /// The practice's own name of it.
    pub id: SlotId,
    /// Whose time it is.
    pub schedule: ScheduleId,
    /// Free or not.
    pub status: SlotStatus,
    /// When, and for how long.
    pub span: Span,
    /// The appointment types it can be booked for; none: it is busy time, or for any type of that length.
    pub types: Vec<TypeId>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct WireSlot {
    resource_type: SlotWord,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(default)]
    meta: WireMeta,
    identifier: Vec<Identifier>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    service_type: Vec<Concept>,
    schedule: Reference,
    status: SlotStatus,
    start: DateTime<Utc>,
    end: DateTime<Utc>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum SlotWord {
    Slot,
}

impl From<&Slot> for WireSlot {
    fn from(slot: &Slot) -> Self {
        Self {
            resource_type: SlotWord::Slot,
            id: slot.meta.as_ref().map(|m| m.id.clone()),
            meta: WireMeta::new(slot.meta.as_ref(), names::FR_SLOT),
            identifier: vec![Identifier::uuid(slot.id.0)],
            service_type: slot.types.iter().map(|t| Concept::coded(names::APPOINTMENT_TYPE, t.to_string())).collect(),
            schedule: Reference::named(slot.schedule.0),
            status: slot.status,
            start: slot.span.start_at,
            end: slot.span.end_at(),
        }
    }
}

impl TryFrom<WireSlot> for Slot {
    type Error = Refused;

    fn try_from(mut wire: WireSlot) -> Result<Self, Refused> {
        let meta = wire.meta.read(wire.id.as_deref());
        wire.id = meta.as_ref().map(|m| m.id.clone());
        wire.meta = WireMeta::new(meta.as_ref(), names::FR_SLOT);
        read(
            &wire,
            |w| {
                Ok(Self {
                    meta,
                    id: SlotId(w.identifier.first().ok_or(refused("Slot.identifier"))?.read_uuid("Slot.identifier")?),
                    schedule: ScheduleId(w.schedule.read_named("Slot.schedule")?),
                    status: w.status,
                    span: Span::between(w.start, w.end).ok_or(refused("Slot.end"))?,
                    types: w
                        .service_type
                        .iter()
                        .map(|t| t.code("Slot.serviceType")?.parse().map_err(|_| refused("Slot.serviceType")))
                        .collect::<Result<_, _>>()?,
                })
            },
            "Slot",
        )
    }
}

by_wire!(Slot, WireSlot);

impl Span {
    /// A span from its two ends: whole minutes, at least one, at most a day.
    #[must_use]
    pub fn between(start_at: DateTime<Utc>, end_at: DateTime<Utc>) -> Option<Self> {
        let minutes = (end_at - start_at).num_minutes();
        let whole = start_at + TimeDelta::minutes(minutes) == end_at && start_at.timestamp() % 60 == 0;
        (whole && start_at.timestamp_subsec_nanos() == 0 && (1..=MAX_MINUTES).contains(&minutes))
            .then_some(Self { start_at, minutes })
    }

    /// When it is over.
    #[must_use]
    pub fn end_at(self) -> DateTime<Utc> {
        self.start_at + TimeDelta::minutes(self.minutes)
    }
}
