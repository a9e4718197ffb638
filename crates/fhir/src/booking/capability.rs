//! What the portal says it offers: FHIR's `CapabilityStatement`.

use chrono::NaiveDate;
use serde::Serialize;

use super::names;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Statement<'a> {
    resource_type: &'a str,
    status: &'a str,
    date: NaiveDate,
    kind: &'a str,
    software: Software<'a>,
    implementation: Implementation<'a>,
    fhir_version: &'a str,
    format: [&'a str; 1],
    implementation_guide: [&'a str; 1],
    rest: [Rest<'a>; 1],
}

#[derive(Serialize)]
struct Software<'a> {
    name: &'a str,
    version: &'a str,
}

#[derive(Serialize)]
struct Implementation<'a> {
    description: &'a str,
    url: &'a str,
}

#[derive(Serialize)]
struct Rest<'a> {
    mode: &'a str,
    security: Security<'a>,
    resource: [Offered<'a>; 3],
    interaction: [Interaction<'a>; 1],
}

#[derive(Serialize)]
struct Security<'a> {
    cors: bool,
    service: [Service<'a>; 1],
    description: &'a str,
}

#[derive(Serialize)]
struct Service<'a> {
    coding: [Coding<'a>; 1],
}

#[derive(Serialize)]
struct Coding<'a> {
    system: &'a str,
    code: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Offered<'a> {
    #[serde(rename = "type")]
    kind: &'a str,
    supported_profile: [&'a str; 1],
    interaction: Vec<Interaction<'a>>,
    versioning: &'a str,
    conditional_update: bool,
    conditional_delete: &'a str,
    search_param: Vec<Parameter<'a>>,
}

#[derive(Serialize)]
struct Interaction<'a> {
    code: &'a str,
}

#[derive(Serialize)]
struct Parameter<'a> {
    name: &'a str,
    #[serde(rename = "type")]
    kind: &'a str,
}

/// The statement of a portal at an address, in a version of the program of a date.
#[must_use]
pub fn capability_statement(url: &str, version: &str, date: NaiveDate) -> serde_json::Value {
    let offered = |kind, profile, conditional_delete, parameters: &[(&'static str, &'static str)]| Offered {
        kind,
        supported_profile: [profile],
        interaction: ["read", "update", "search-type", "delete"].map(|code| Interaction { code }).into(),
        versioning: "versioned-update",
        conditional_update: true,
        conditional_delete,
        search_param: parameters.iter().map(|&(name, kind)| Parameter { name, kind }).collect(),
    };
    let statement = Statement {
        resource_type: "CapabilityStatement",
        status: "active",
        date,
        kind: "instance",
        software: Software { name: "semainier-portal", version },
        implementation: Implementation {
            description: "Booking portal: booking-only fields, one practice a client",
            url,
        },
        fhir_version: "4.0.1",
        format: ["json"],
        implementation_guide: [names::SHARED_AGENDAS],
        rest: [Rest {
            mode: "server",
            security: Security {
                cors: false,
                service: [Service {
                    coding: [Coding {
                        system: "http://terminology.hl7.org/CodeSystem/restful-security-service",
                        code: "OAuth",
                    }],
                }],
                description: "OAuth 2 client credentials at /oauth/token; unknown elements are refused",
            },
            resource: [
                offered("Schedule", names::FR_SCHEDULE, "single", &[("identifier", "token")]),
                offered(
                    "Slot",
                    names::FR_SLOT,
                    "multiple",
                    &[("identifier", "token"), ("schedule", "reference"), ("status", "token"), ("start", "date")],
                ),
                offered(
                    "Appointment",
                    names::FR_APPOINTMENT,
                    "single",
                    &[("identifier", "token"), ("_lastUpdated", "date"), ("_cursor", "string"), ("_count", "number")],
                ),
            ],
            interaction: [Interaction { code: "batch" }],
        }],
    };
    serde_json::to_value(statement).expect("a statement is plain values")
}
