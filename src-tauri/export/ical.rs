//! iCalendar (RFC 5545), written: events with the rules of their zones beside them, so that a reader whose own zone data
//! is stale still shows the right hour.
//!
//! Times are wall times of the site with its `TZID`; the `VTIMEZONE` holds exactly the clock changes that the events need,
//! from the bundled zone data, one by one (no recurrence is guessed: Morocco's never followed one). Lines are folded at 75
//! octets and never inside a letter.

use chrono::{DateTime, NaiveDate, Utc};
use domain::agenda::status::Status;
use domain::time::{Observance, WallTime, Zone, observances};
use sha2::{Digest, Sha256};

/// What wrote the file.
const PRODUCT: &str = "-//Semainier//Semainier//FR";
/// Octets of a line, without its end.
const LINE: usize = 75;

/// When an event is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// From a wall time on, for so many minutes.
    At(WallTime, i64),
    /// On a day, without a time: a walk-in who had none.
    On(NaiveDate),
}

/// One event. What it says of a person was decided before: see `domain::agenda::discretion`.
#[derive(Debug, Clone)]
pub struct Event {
    /// Unique in the world and the same for ever: it begins with the booking code.
    pub uid: String,
    /// When.
    pub when: When,
    /// The site's zone.
    pub zone: Zone,
    /// Status of the appointment.
    pub status: Status,
    /// Title.
    pub summary: String,
    /// Where; may be empty.
    pub location: String,
    /// Grows with every change.
    pub sequence: i64,
}

impl Event {
    /// A mark of everything the event says: two events with the same mark read the same.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let text = calendar(std::slice::from_ref(self), DateTime::UNIX_EPOCH);
        let digest = Sha256::digest(text.as_bytes());
        digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }

    fn first_and_last(&self) -> (WallTime, WallTime) {
        match self.when {
            When::At(starts, minutes) => (starts, starts.plus_minutes(minutes)),
            When::On(day) => (WallTime::at(day, 0), WallTime::at(day, 1440)),
        }
    }
}

/// The event's unique name: the booking code, then who gave it.
#[must_use]
pub fn uid(code: &str, practice: &str) -> String {
    format!("{code}.{practice}@semainier")
}

/// Events as a calendar, stamped with the instant it was written.
#[must_use]
pub fn calendar(events: &[Event], stamp: DateTime<Utc>) -> String {
    let mut out = Lines::default();
    out.plain("BEGIN:VCALENDAR");
    out.plain("VERSION:2.0");
    out.plain(&format!("PRODID:{PRODUCT}"));
    out.plain("CALSCALE:GREGORIAN");
    for (zone, from, until) in zones(events) {
        out.zone(&zone, &observances(&zone, from, until));
    }
    for event in events {
        out.event(event, stamp);
    }
    out.plain("END:VCALENDAR");
    out.0
}

/// Each zone of the timed events once, with the stretch of time it is needed for.
fn zones(events: &[Event]) -> Vec<(Zone, WallTime, WallTime)> {
    let mut zones: Vec<(Zone, WallTime, WallTime)> = Vec::new();
    for event in events.iter().filter(|event| matches!(event.when, When::At(..))) {
        let (first, last) = event.first_and_last();
        match zones.iter_mut().find(|(zone, ..)| zone.name() == event.zone.name()) {
            Some((_, from, until)) => (*from, *until) = ((*from).min(first), (*until).max(last)),
            None => zones.push((event.zone.clone(), first, last)),
        }
    }
    zones
}

/// `+0100`, with seconds only where there are some.
fn offset(seconds: i32) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let seconds = seconds.unsigned_abs();
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if rest == 0 { format!("{sign}{hours:02}{minutes:02}") } else { format!("{sign}{hours:02}{minutes:02}{rest:02}") }
}

/// A text value: backslash, semicolon, comma and line ends escaped, other control signs left out.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '\\' | ';' | ',' => out.extend(['\\', sign]),
            '\r' => {
                if signs.peek() != Some(&'\n') {
                    out.push_str("\\n");
                }
            }
            '\n' => out.push_str("\\n"),
            '\t' => out.push(' '),
            sign if sign.is_control() => {}
            sign => out.push(sign),
        }
    }
    out
}

/// Content lines, folded.
#[derive(Default)]
struct Lines(String);

impl Lines {
    /// A line that is folded where it is too long.
    fn plain(&mut self, line: &str) {
        let mut room = LINE;
        for sign in line.chars() {
            let octets = sign.len_utf8();
            if octets > room {
                self.0.push_str("\r\n ");
                room = LINE - 1;
            }
            self.0.push(sign);
            room -= octets;
        }
        self.0.push_str("\r\n");
    }

    fn zone(&mut self, zone: &Zone, observances: &[Observance]) {
        self.plain("BEGIN:VTIMEZONE");
        self.plain(&format!("TZID:{}", zone.name()));
        for one in observances {
            let kind = if one.daylight { "DAYLIGHT" } else { "STANDARD" };
            self.plain(&format!("BEGIN:{kind}"));
            self.plain(&format!("DTSTART:{}", one.onset().format("%Y%m%dT%H%M%S")));
            self.plain(&format!("TZOFFSETFROM:{}", offset(one.before)));
            self.plain(&format!("TZOFFSETTO:{}", offset(one.since)));
            self.plain(&format!("TZNAME:{}", escape(&one.name)));
            self.plain(&format!("END:{kind}"));
        }
        self.plain("END:VTIMEZONE");
    }

    fn event(&mut self, event: &Event, stamp: DateTime<Utc>) {
        self.plain("BEGIN:VEVENT");
        self.plain(&format!("UID:{}", escape(&event.uid)));
        self.plain(&format!("DTSTAMP:{}", stamp.format("%Y%m%dT%H%M%SZ")));
        match event.when {
            When::At(..) => {
                let (first, last) = event.first_and_last();
                for (name, time) in [("DTSTART", first), ("DTEND", last)] {
                    let zone = event.zone.name();
                    self.plain(&format!("{name};TZID={zone}:{}", time.naive().format("%Y%m%dT%H%M%S")));
                }
            }
            When::On(day) => self.plain(&format!("DTSTART;VALUE=DATE:{}", day.format("%Y%m%d"))),
        }
        self.plain(&format!("SUMMARY:{}", escape(&event.summary)));
        if !event.location.is_empty() {
            self.plain(&format!("LOCATION:{}", escape(&event.location)));
        }
        self.plain(&format!("STATUS:{}", event.status.ical()));
        self.plain(if event.status.is_active() { "TRANSP:OPAQUE" } else { "TRANSP:TRANSPARENT" });
        self.plain("CLASS:PRIVATE");
        self.plain(&format!("SEQUENCE:{}", event.sequence.max(0)));
        self.plain("END:VEVENT");
    }
}
