//! Counts for whoever watches the server, in the text form that Prometheus reads. By route and outcome, never by person; by
//! practice neither.

use std::{
    collections::BTreeMap,
    fmt::Write,
    sync::{Mutex, PoisonError},
    time::Duration,
};

/// Upper bounds of the answer times that are told apart, in milliseconds.
const BOUNDS: [u64; 7] = [5, 10, 25, 50, 100, 500, 2_000];

#[derive(Default)]
struct Route {
    by_status: BTreeMap<u16, u64>,
    by_time: [u64; BOUNDS.len() + 1],
    milliseconds: u64,
}

/// The counts.
#[derive(Default)]
pub struct Metrics(Mutex<BTreeMap<String, Route>>);

impl Metrics {
    /// Counts one answer of a route.
    pub fn count(&self, route: &str, status: u16, took: Duration) {
        let took = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        let mut routes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let route = routes.entry(route.to_owned()).or_default();
        *route.by_status.entry(status).or_default() += 1;
        let place = BOUNDS.iter().position(|&bound| took <= bound).unwrap_or(BOUNDS.len());
        route.by_time[place] += 1;
        route.milliseconds = route.milliseconds.saturating_add(took);
    }

    /// The text.
    #[must_use]
    pub fn text(&self, connections: u32, idle: usize) -> String {
        let mut text = String::from("# TYPE portal_answers_total counter\n");
        let routes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (name, route) in &*routes {
            for (status, count) in &route.by_status {
                let _ = writeln!(text, "portal_answers_total{{route=\"{name}\",status=\"{status}\"}} {count}");
            }
        }
        text.push_str("# TYPE portal_answer_milliseconds histogram\n");
        for (name, route) in &*routes {
            let mut sum = 0;
            for (bound, count) in BOUNDS.iter().map(u64::to_string).chain(["+Inf".to_owned()]).zip(route.by_time) {
                sum += count;
                let _ = writeln!(text, "portal_answer_milliseconds_bucket{{route=\"{name}\",le=\"{bound}\"}} {sum}");
            }
            let _ = writeln!(text, "portal_answer_milliseconds_sum{{route=\"{name}\"}} {}", route.milliseconds);
            let _ = writeln!(text, "portal_answer_milliseconds_count{{route=\"{name}\"}} {sum}");
        }
        let _ = write!(
            text,
            "# TYPE portal_database_connections gauge\nportal_database_connections {connections}\n\
             # TYPE portal_database_idle gauge\nportal_database_idle {idle}\n"
        );
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_counted_by_route_and_status_and_time() {
        let metrics = Metrics::default();
        metrics.count("GET /fhir/Slot", 200, Duration::from_millis(7));
        metrics.count("GET /fhir/Slot", 200, Duration::from_millis(3_000));
        let text = metrics.text(3, 2);
        assert!(text.contains("portal_answers_total{route=\"GET /fhir/Slot\",status=\"200\"} 2"));
        assert!(text.contains("portal_answer_milliseconds_bucket{route=\"GET /fhir/Slot\",le=\"10\"} 1"));
        assert!(text.contains("portal_answer_milliseconds_bucket{route=\"GET /fhir/Slot\",le=\"+Inf\"} 2"));
        assert!(text.ends_with("portal_database_idle 2\n"));
    }
}
