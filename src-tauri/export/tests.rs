//! What is written can be read: by our own reader of other software's files, and by the letter of the standard.

use chrono::DateTime;
use domain::agenda::status::Status;
use domain::time::{WallTime, Zone, instant};
use proptest::prelude::*;

use super::ical::{Event, When, calendar, escape, uid};
use crate::import::Limits;
use crate::import::ical::value::when;
use crate::import::ical::{Calendar, parse};

fn event(zone: &str, starts: &str, status: Status) -> Event {
    Event {
        uid: uid("K7M4PX3", "018f3c2a-7d11-7c1e-9a41-5b6c7d8e9f0a"),
        when: When::At(starts.parse().unwrap(), 20),
        zone: zone.parse().unwrap(),
        status,
        summary: "DUPONT Marie".to_owned(),
        location: "Cabinet; 3, rue des Lilas".to_owned(),
        sequence: 2,
    }
}

fn written(events: &[Event]) -> String {
    calendar(events, DateTime::from_timestamp(1_764_000_000, 0).unwrap())
}

fn read(text: &str) -> Calendar {
    parse(text.as_bytes(), &Limits::default()).unwrap_or_else(|error| panic!("{error}"))
}

/// The zones of a calendar by the standard's letter: onset by the old offset, and the offset since.
fn offset_at(text: &str, zone: &str, wall: WallTime) -> i64 {
    let block = text.split(&format!("TZID:{zone}\r\n")).nth(1).unwrap().split("END:VTIMEZONE").next().unwrap();
    let mut found = None;
    for part in block.split("BEGIN:").skip(1) {
        let value = |name: &str| {
            let from = part.find(name).unwrap() + name.len();
            part[from..].split("\r\n").next().unwrap().to_owned()
        };
        let onset = chrono::NaiveDateTime::parse_from_str(&value("DTSTART:"), "%Y%m%dT%H%M%S").unwrap();
        let to = value("TZOFFSETTO:");
        let minutes: i64 = to[1..3].parse::<i64>().unwrap() * 60 + to[3..5].parse::<i64>().unwrap();
        let minutes = if to.starts_with('-') { -minutes } else { minutes };
        if onset <= wall.naive() && found.is_none_or(|(best, _)| best < onset) {
            found = Some((onset, minutes));
        }
    }
    found.unwrap().1
}

#[test]
fn an_event_says_what_the_standard_asks() {
    let text = written(&[event("Europe/Paris", "2026-11-24T09:30", Status::Booked)]);
    assert!(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:"));
    assert!(text.ends_with("END:VEVENT\r\nEND:VCALENDAR\r\n"));
    for line in [
        "UID:K7M4PX3.018f3c2a-7d11-7c1e-9a41-5b6c7d8e9f0a@semainier",
        "DTSTAMP:20251124T160000Z",
        "DTSTART;TZID=Europe/Paris:20261124T093000",
        "DTEND;TZID=Europe/Paris:20261124T095000",
        "LOCATION:Cabinet\\; 3\\, rue des Lilas",
        "STATUS:CONFIRMED",
        "SEQUENCE:2",
        "CLASS:PRIVATE",
    ] {
        assert!(text.contains(&format!("\r\n{line}\r\n")), "{line} is missing in\n{text}");
    }
    assert_eq!(text.matches("BEGIN:STANDARD").count() + text.matches("BEGIN:DAYLIGHT").count(), 1, "one is enough");
    let back = read(&text);
    assert_eq!(back.events[0].text("SUMMARY"), "DUPONT Marie");
    assert_eq!(back.events[0].text("LOCATION"), "Cabinet; 3, rue des Lilas");
}

#[test]
fn each_status_is_written_as_the_domain_maps_it() {
    for &status in Status::ALL {
        let text = written(&[event("Europe/Paris", "2026-11-24T09:30", status)]);
        assert!(text.contains(&format!("STATUS:{}\r\n", status.ical())));
        assert_eq!(text.contains("TRANSP:OPAQUE"), status.is_active(), "{status}");
    }
}

#[test]
fn moroccos_clock_change_of_2026_is_in_the_file() {
    let text = written(&[
        event("Africa/Casablanca", "2026-09-18T10:00", Status::Booked),
        event("Africa/Casablanca", "2026-09-21T10:00", Status::Booked),
    ]);
    assert!(text.contains("DTSTART:20260920T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0000\r\n"), "{text}");
    assert_eq!(text.matches("BEGIN:VTIMEZONE").count(), 1);
}

#[test]
fn a_walk_in_without_a_time_is_a_whole_day_and_needs_no_zone() {
    let mut walk_in = event("Europe/Paris", "2026-11-24T09:30", Status::Done);
    walk_in.when = When::On("2026-11-24".parse().unwrap());
    let text = written(&[walk_in]);
    assert!(text.contains("DTSTART;VALUE=DATE:20261124\r\n") && !text.contains("VTIMEZONE"));
}

#[test]
fn a_fingerprint_changes_with_what_is_said_and_with_nothing_else() {
    let one = event("Europe/Paris", "2026-11-24T09:30", Status::Booked);
    assert_eq!(one.fingerprint(), one.clone().fingerprint());
    let others = [
        Event { summary: "D.M.".to_owned(), ..one.clone() },
        Event { sequence: 3, ..one.clone() },
        Event { status: Status::Requested, ..one.clone() },
        Event { when: When::At("2026-11-24T09:30".parse().unwrap(), 25), ..one.clone() },
    ];
    for other in others {
        assert_ne!(other.fingerprint(), one.fingerprint());
    }
}

const ZONES: [&str; 5] =
    ["Europe/Paris", "Africa/Casablanca", "Indian/Reunion", "America/Miquelon", "America/Guadeloupe"];

proptest! {
    #[test]
    fn whatever_a_title_holds_it_is_folded_at_75_octets_and_comes_back(summary in "\\PC{0,200}|[a-zéß漢عل;,:\\\\\n ]{0,300}") {
        let mut one = event("Europe/Paris", "2026-11-24T09:30", Status::Booked);
        one.summary = summary.clone();
        let text = written(&[one]);
        for line in text.split("\r\n") {
            prop_assert!(line.len() <= 75, "{} octets: {line}", line.len());
            prop_assert!(!line.contains(['\r', '\n']));
        }
        let back = read(&text);
        prop_assert_eq!(back.events.len(), 1);
        prop_assert_eq!(back.events[0].text("SUMMARY"), summary);
        prop_assert!(back.events[0].closed);
    }

    #[test]
    fn an_escaped_text_is_one_line(text in any::<String>()) {
        prop_assert!(!escape(&text).contains(|sign: char| sign.is_control()));
    }

    #[test]
    fn a_reader_that_knows_nothing_of_zones_finds_the_right_instant(
        which in 0usize..5, first in 20_000i64..22_000, minute in 0i64..1440, more in 0i64..500,
    ) {
        let zone: Zone = ZONES[which].parse().unwrap();
        let starts = [WallTime::from_minutes(first * 1440 + minute), WallTime::from_minutes((first + more) * 1440 + minute)];
        let events: Vec<Event> = starts
            .iter()
            .map(|starts| Event { when: When::At(*starts, 15), ..event(ZONES[which], "2026-11-24T09:30", Status::Booked) })
            .collect();
        let text = written(&events);
        let back = read(&text);
        for (place, starts) in starts.iter().enumerate() {
            let property = back.events[place].property("DTSTART").unwrap();
            prop_assert!(when(property).is_some());
            let said = instant(*starts, &zone);
            // In a gap or a fold either side is the right one; everywhere else there is one answer.
            if let domain::time::Resolved::Once(_) = domain::time::resolve(*starts, &zone) {
                let minutes = offset_at(&text, ZONES[which], *starts);
                prop_assert_eq!(said.naive_utc() + chrono::Duration::minutes(minutes), starts.naive());
            }
        }
    }
}
