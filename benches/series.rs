//! The preview of a long series whose every session clashes: each gets its next-best places.

use std::time::Instant;

use chrono::Days;
use domain::agenda::series::{MAX_SESSIONS, SeriesUnit};
use domain::id::{PatientId, PractitionerId, TypeId};
use domain::time::WallTime;
use semainier_app::commands::series::wire::{SeriesPlan, SeriesRuleView};
use semainier_app::commands::{Desk, series};

/// 104 weekly sessions at a time at which nobody receives, through the full days of the seeded practice and the empty
/// ones after them.
pub async fn preview(
    desk: &Desk,
    appointments: u32,
    (practitioner_id, type_id, patient_id): (PractitionerId, TypeId, PatientId),
) -> (String, f64) {
    let first = (desk.wall_now().date() + Days::new(2)).and_hms_opt(3, 0, 0).expect("a time");
    let plan = SeriesPlan {
        appointment_id: None,
        practitioner_id,
        patient_id,
        type_id,
        minutes: None,
        first: WallTime::new(first),
        rule: SeriesRuleView { unit: SeriesUnit::Weeks, at_least: 1, at_most: 1, sessions: MAX_SESSIONS },
    };
    let mut times = Vec::new();
    for _ in 0..20 {
        let began = Instant::now();
        let view = series::preview_series(desk, plan.clone()).await.expect("a preview");
        times.push(began.elapsed());
        assert!(view.sessions.iter().all(|session| !session.clashes.is_empty()));
        assert!(view.sessions.iter().filter(|session| !session.proposals.is_empty()).count() > 50);
    }
    super::say("preview of 104 clashing sessions", appointments, &mut times, serde_json::json!({ "median": 1000.0 }))
}
