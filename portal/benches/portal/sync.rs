//! The first sync of a practice: ten thousand appointments, twenty batches, one after the other as the app sends them.

use std::time::Instant;

use chrono::TimeDelta;
use domain::{agenda::BookingCode, id::AppointmentId};
use fhir::booking::{Appointment, Bundle, BundleEntry, BundleKind, Request, Resource, Span};
use portal::{demonstration, secret};
use serde_json::json;

use crate::{client::Client, round, say, size, world::World};

const A_BATCH: usize = 500;

fn batch(world: &World, number: usize) -> String {
    let schedule = demonstration::schedule(0);
    let mut batch = Bundle::new(BundleKind::Batch);
    for entry in 0..A_BATCH {
        let number = number * A_BATCH + entry;
        let minutes = i64::try_from(15 * number).unwrap_or(0);
        let appointment = Appointment {
            id: AppointmentId::new(secret::make_id()),
            code: Some(BookingCode::from_number(u32::try_from(number).unwrap_or(0))),
            practitioner: schedule.practitioner.id,
            site: schedule.site.id,
            span: Some(Span {
                start_at: world.tomorrow + TimeDelta::days(120) + TimeDelta::minutes(minutes),
                minutes: 15,
            }),
            ..demonstration::appointment()
        };
        let url = format!("Appointment?identifier=urn:ietf:rfc:3986|urn:uuid:{}", appointment.id);
        batch.entry.push(BundleEntry {
            resource: Some(Resource::Appointment(Box::new(appointment))),
            request: Some(Request { method: "PUT".into(), url, if_match: None, if_none_match: Some("*".into()) }),
            response: None,
        });
    }
    serde_json::to_string(&batch).expect("it is JSON")
}

/// Measures it.
pub async fn first(world: &World) {
    let appointments = size("SEMAINIER_BENCH_SYNC", 10_000);
    let batches: Vec<String> = (0..appointments.div_ceil(A_BATCH)).map(|number| batch(world, number)).collect();
    let bearer = format!("Bearer {}", world.token(2).await);
    let mut client = Client::connect(&world.address).await;
    let (began, mut created) = (Instant::now(), 0);
    for body in &batches {
        let answer = client.send("POST", "/fhir", &[("authorization", &bearer)], body).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        created += answer.body.matches("\"status\":\"201\"").count();
    }
    let seconds = began.elapsed().as_secs_f64();
    say(json!({
        "figure": "first sync, the portal's part", "target": "10,000 under 60 s", "appointments": created, "seconds": round(seconds),
        "megabytes": round(batches.iter().map(String::len).sum::<usize>() as f64 / 1e6),
    }));
}
