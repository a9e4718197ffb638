//! A schedule: one practitioner at one site, and the appointment types that can be booked there. All of it is public.

use chrono::NaiveDate;
use domain::{
    country::Country,
    id::{PractitionerId, SiteId, TypeId},
    time::Zone,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    appointment::{AppointmentType, MAX_MINUTES},
    names,
    text::{Label, Name},
    wire::{
        Concept, Duration, Extension, HumanName, Identifier, Meta, Period, Reference, Refused, WireMeta, by_wire, read,
        refused,
    },
};

/// The practice's own name of a schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ScheduleId(pub Uuid);

/// A practitioner, as patients know them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Practitioner {
    /// The practice's own id.
    pub id: PractitionerId,
    /// The name as on the plate.
    pub name: Name,
    /// The speciality as on the plate.
    pub speciality: Option<Label>,
}

/// Where appointments take place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// The practice's own id.
    pub id: SiteId,
    /// Its name.
    pub name: Label,
    /// Street and number: public, and the patient must find it. At most 120 characters.
    pub street: Option<String>,
    /// The post code, at most 10 characters.
    pub post_code: Option<String>,
    /// The town.
    pub town: Label,
    /// The country.
    pub country: Country,
    /// The zone in which its clocks go.
    pub zone: Zone,
}

/// A type that can be booked online.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferedType {
    /// What and how it is called.
    pub kind: AppointmentType,
    /// How long it takes.
    pub minutes: i64,
    /// Whether the practice agrees to each booking before it holds.
    pub needs_approval: bool,
}

/// From which day to which one slots are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Horizon {
    /// The first day.
    pub from_on: NaiveDate,
    /// The last day.
    pub until_on: NaiveDate,
}

/// A schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// What the server says of it; none on the way in.
    pub meta: Option<Meta>,
    /// The practice's own name of it.
    pub id: ScheduleId,
    /// Whether it is shown to patients.
    pub active: bool,
    /// Who.
    pub practitioner: Practitioner,
    /// Where.
    pub site: Site,
    /// What can be booked.
    pub types: Vec<OfferedType>,
    /// How far ahead.
    pub horizon: Option<Horizon>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct WireSchedule {
    resource_type: ScheduleWord,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(default)]
    meta: WireMeta,
    contained: Vec<Public>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    extension: Vec<Extension>,
    identifier: Vec<Identifier>,
    active: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    specialty: Vec<Concept>,
    actor: Vec<Reference>,
    #[serde(skip_serializing_if = "Option::is_none")]
    planning_horizon: Option<Period>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum ScheduleWord {
    Schedule,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "resourceType", deny_unknown_fields)]
enum Public {
    Practitioner { id: String, identifier: Vec<Identifier>, name: Vec<HumanName> },
    Location { id: String, extension: Vec<Extension>, identifier: Vec<Identifier>, name: String, address: Address },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Address {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    line: Vec<String>,
    city: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    postal_code: Option<String>,
    country: Country,
}

const PRACTITIONER: &str = "practitioner";
const SITE: &str = "site";

impl From<&Schedule> for WireSchedule {
    fn from(schedule: &Schedule) -> Self {
        let (who, site) = (&schedule.practitioner, &schedule.site);
        let durations = schedule.types.iter().map(|offered| Extension {
            extension: vec![
                Extension { value_codeable_concept: Some(offered.kind.concept()), ..Extension::new("serviceType") },
                Extension { value_duration: Some(Duration::minutes(offered.minutes)), ..Extension::new("duration") },
            ],
            ..Extension::new(names::SERVICE_TYPE_DURATION)
        });
        let approvals = schedule.types.iter().filter(|offered| offered.needs_approval).map(|offered| Extension {
            value_code: Some(offered.kind.id.to_string()),
            ..Extension::new(names::NEEDS_APPROVAL)
        });
        Self {
            resource_type: ScheduleWord::Schedule,
            id: schedule.meta.as_ref().map(|m| m.id.clone()),
            meta: WireMeta::new(schedule.meta.as_ref(), names::FR_SCHEDULE),
            contained: vec![
                Public::Practitioner {
                    id: PRACTITIONER.to_owned(),
                    identifier: vec![Identifier::uuid(who.id.uuid())],
                    name: vec![HumanName { text: Some(who.name.to_string()), ..HumanName::default() }],
                },
                Public::Location {
                    id: SITE.to_owned(),
                    extension: vec![Extension {
                        value_code: Some(site.zone.name().to_owned()),
                        ..Extension::new(names::TIME_ZONE)
                    }],
                    identifier: vec![Identifier::uuid(site.id.uuid())],
                    name: site.name.to_string(),
                    address: Address {
                        line: site.street.iter().cloned().collect(),
                        city: site.town.to_string(),
                        postal_code: site.post_code.clone(),
                        country: site.country,
                    },
                },
            ],
            extension: durations.chain(approvals).collect(),
            identifier: vec![Identifier::uuid(schedule.id.0)],
            active: schedule.active,
            specialty: who
                .speciality
                .iter()
                .map(|s| Concept { coding: Vec::new(), text: Some(s.to_string()) })
                .collect(),
            actor: vec![Reference::contained(PRACTITIONER), Reference::contained(SITE)],
            planning_horizon: schedule.horizon.map(|h| Period { start: Some(h.from_on), end: Some(h.until_on) }),
        }
    }
}

impl TryFrom<WireSchedule> for Schedule {
    type Error = Refused;

    fn try_from(mut wire: WireSchedule) -> Result<Self, Refused> {
        let meta = wire.meta.read(wire.id.as_deref());
        wire.id = meta.as_ref().map(|m| m.id.clone());
        wire.meta = WireMeta::new(meta.as_ref(), names::FR_SCHEDULE);
        read(
            &wire,
            |w| {
                let id =
                    w.identifier.first().ok_or(refused("Schedule.identifier"))?.read_uuid("Schedule.identifier")?;
                let (practitioner, site) = read_public(w)?;
                Ok(Self {
                    meta,
                    id: ScheduleId(id),
                    active: w.active,
                    practitioner,
                    site,
                    types: read_types(&w.extension)?,
                    horizon: match &w.planning_horizon {
                        Some(Period { start: Some(from_on), end: Some(until_on) }) if from_on <= until_on => {
                            Some(Horizon { from_on: *from_on, until_on: *until_on })
                        }
                        None => None,
                        Some(_) => return Err(refused("Schedule.planningHorizon")),
                    },
                })
            },
            "Schedule",
        )
    }
}

fn read_public(wire: &WireSchedule) -> Result<(Practitioner, Site), Refused> {
    const AT: &str = "Schedule.contained";
    let [
        Public::Practitioner { identifier: who, name: names_of, .. },
        Public::Location { extension, identifier: place, name, address, .. },
    ] = wire.contained.as_slice()
    else {
        return Err(refused(AT));
    };
    let label = |text: &str, at| text.parse::<Label>().map_err(|_| refused(at));
    let shown = names_of.first().and_then(|n| n.text.as_deref()).ok_or(refused("Practitioner.name"))?;
    let line = |text: &str, most: usize, at| {
        let fits = !text.is_empty() && text.trim() == text && text.chars().count() <= most;
        if fits && !text.chars().any(|c| c.is_control() || c == '<') { Ok(text.to_owned()) } else { Err(refused(at)) }
    };
    let practitioner = Practitioner {
        id: PractitionerId::new(who.first().ok_or(refused(AT))?.read_uuid("Practitioner.identifier")?),
        name: shown.parse().map_err(|_| refused("Practitioner.name"))?,
        speciality: match wire.specialty.first() {
            Some(concept) => Some(label(concept.text.as_deref().unwrap_or_default(), "Schedule.specialty")?),
            None => None,
        },
    };
    let zone = Extension::find(extension, names::TIME_ZONE).and_then(|e| e.value_code.as_deref());
    let site = Site {
        id: SiteId::new(place.first().ok_or(refused(AT))?.read_uuid("Location.identifier")?),
        name: label(name, "Location.name")?,
        street: address.line.first().map(|l| line(l, 120, "Location.address.line")).transpose()?,
        post_code: address.postal_code.as_deref().map(|c| line(c, 10, "Location.address.postalCode")).transpose()?,
        town: label(&address.city, "Location.address.city")?,
        country: address.country,
        zone: zone.and_then(|z| z.parse().ok()).ok_or(refused("Location.extension"))?,
    };
    Ok((practitioner, site))
}

/// At most so many types can be offered.
const MAX_TYPES: usize = 60;

fn read_types(extensions: &[Extension]) -> Result<Vec<OfferedType>, Refused> {
    const AT: &str = "Schedule.extension";
    let approved: Vec<&str> =
        extensions.iter().filter(|e| e.url == names::NEEDS_APPROVAL).filter_map(|e| e.value_code.as_deref()).collect();
    let types: Vec<OfferedType> = extensions
        .iter()
        .filter(|e| e.url == names::SERVICE_TYPE_DURATION)
        .map(|e| {
            let concept = Extension::find(&e.extension, "serviceType").and_then(|p| p.value_codeable_concept.as_ref());
            let duration = Extension::find(&e.extension, "duration").and_then(|p| p.value_duration.as_ref());
            let kind = AppointmentType::read(concept.ok_or(refused(AT))?)?;
            let minutes = duration.ok_or(refused(AT))?.value;
            if !(1..=MAX_MINUTES).contains(&minutes) {
                return Err(refused(AT));
            }
            let needs_approval = approved.contains(&kind.id.to_string().as_str());
            Ok(OfferedType { kind, minutes, needs_approval })
        })
        .collect::<Result<_, _>>()?;
    let mut ids: Vec<TypeId> = types.iter().map(|t| t.kind.id).collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.len() == types.len() && types.len() <= MAX_TYPES { Ok(types) } else { Err(refused(AT)) }
}

by_wire!(Schedule, WireSchedule);
