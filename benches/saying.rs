//! How a figure is said: a JSON line with its median and its 99th percentile.

use std::time::Duration;

/// To three decimals.
pub fn round(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

/// Median and 99th percentile in milliseconds.
pub fn spread(times: &mut [Duration]) -> (f64, f64) {
    times.sort_unstable();
    let at = |share: f64| {
        let place = ((times.len() as f64 - 1.0) * share).round() as usize;
        times[place].as_secs_f64() * 1000.0
    };
    (at(0.5), at(0.99))
}

/// Says it; returns the operation and its median.
pub fn say(operation: &str, appointments: u32, times: &mut [Duration], at_most: serde_json::Value) -> (String, f64) {
    let (median, p99) = spread(times);
    println!(
        "{}",
        serde_json::json!({
            "figure": operation, "appointments": appointments, "runs": times.len(),
            "median_ms": round(median), "p99_ms": round(p99), "at_most_ms": at_most,
        })
    );
    (operation.to_owned(), median)
}
