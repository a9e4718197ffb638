//! iCalendar (RFC 5545) as other software writes it: bytes to events with their properties.
//!
//! Lines are unfolded as bytes, since old exporters fold in the middle of a letter, and only then decoded. Lenient:
//! vCalendar 1.0's quoted-printable is read, a line that is no property belongs to the text before it (a line break that
//! nobody escaped), components that are closed in the wrong order are sorted out. An event that is never closed is
//! marked, and rejected further on.
//!
//! Deliberately not here: what an event means ([`agenda`](super::agenda)); tasks, journals and alarms, which are passed
//! over; the rules of time zones that files bring ([`zones`]).

pub mod value;
pub mod zones;

use std::collections::HashMap;

use super::{ImportError, Limits, text, text::Encoding};

/// A calendar file. No `Debug`: it names persons.
#[derive(Clone, Default)]
pub struct Calendar {
    /// What it calls itself (`X-WR-CALNAME`).
    pub name: String,
    /// IANA names that its zones say they are (`X-LIC-LOCATION`), by `TZID`.
    pub locations: HashMap<String, String>,
    /// The events in the order of the file.
    pub events: Vec<Event>,
    /// The encoding it was read in.
    pub encoding: Option<Encoding>,
}

/// One VEVENT.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Event {
    /// Physical line, from 1, of its BEGIN.
    pub line: usize,
    /// Its own properties, without those of alarms inside it.
    pub properties: Vec<Property>,
    /// Whether its END was there.
    pub closed: bool,
}

/// One content line.
#[derive(Clone, PartialEq, Eq)]
pub struct Property {
    /// Upper case.
    pub name: String,
    /// Names in upper case, values without quotation marks.
    pub parameters: Vec<(String, String)>,
    /// As it stands, escapes included.
    pub value: String,
}

impl Property {
    /// A parameter's value.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// The text that the value stands for.
    #[must_use]
    pub fn text(&self) -> String {
        let printable = self.parameter("ENCODING").is_some_and(|e| e.eq_ignore_ascii_case("QUOTED-PRINTABLE"));
        if printable { quoted_printable(&self.value, self.parameter("CHARSET")) } else { unescape(&self.value) }
    }
}

impl Event {
    /// The first property of that name.
    #[must_use]
    pub fn property(&self, name: &str) -> Option<&Property> {
        self.properties.iter().find(|p| p.name == name)
    }

    /// All properties of that name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Property> {
        self.properties.iter().filter(move |p| p.name == name)
    }

    /// The text of a property; empty where there is none.
    #[must_use]
    pub fn text(&self, name: &str) -> String {
        self.property(name).map(Property::text).unwrap_or_default()
    }

    /// Whether a zero character is anywhere in it.
    #[must_use]
    pub fn has_zero(&self) -> bool {
        self.properties.iter().any(|p| p.value.contains('\0'))
    }
}

/// Reads a calendar file.
///
/// # Errors
/// As [`text::decode`], and [`ImportError::LineTooLong`], [`ImportError::TooManyRows`], [`ImportError::NotCalendar`].
pub fn parse(bytes: &[u8], limits: &Limits) -> Result<Calendar, ImportError> {
    let wide = matches!(text::guess(bytes), Encoding::Utf16Le | Encoding::Utf16Be);
    let decoded = if wide { Some(text::decode(bytes, limits)?) } else { None };
    let bytes = decoded.as_ref().map_or(bytes, |d| d.text.as_bytes());
    if bytes.len() > limits.file_bytes {
        return Err(ImportError::FileTooLarge { bytes: bytes.len(), limit: limits.file_bytes });
    }
    let (unfolded, line_numbers) = unfold(bytes, limits)?;
    let (text, encoding) = match decoded {
        Some(d) => (String::from_utf8_lossy(&unfolded).into_owned(), d.encoding),
        None => {
            let decoded = text::decode(&unfolded, limits)?;
            (decoded.text, decoded.encoding)
        }
    };
    let mut builder = Builder { limit: limits.rows, ..Builder::default() };
    for (content, line) in text.split('\n').zip(line_numbers) {
        builder.line(content, line)?;
    }
    let mut calendar = builder.finish()?;
    calendar.encoding = Some(encoding);
    Ok(calendar)
}

/// Joins continued lines; answers the logical lines, each ended by LF, and the physical line of each.
fn unfold(bytes: &[u8], limits: &Limits) -> Result<(Vec<u8>, Vec<usize>), ImportError> {
    let mut joined: Vec<u8> = Vec::with_capacity(bytes.len());
    let mut numbers: Vec<usize> = Vec::new();
    let (mut at, mut number, mut start) = (0, 0, 0);
    while at < bytes.len() {
        number += 1;
        let end = bytes[at..].iter().position(|b| matches!(b, b'\r' | b'\n')).map_or(bytes.len(), |n| at + n);
        let line = &bytes[at..end];
        at = if bytes[end..].starts_with(b"\r\n") { end + 2 } else { end + 1 };
        let before = &joined[start..];
        let soft = is_soft_break(before);
        if !numbers.is_empty() && (soft || matches!(line.first(), Some(b' ' | b'\t'))) {
            // Over the end of the line before it; a soft break's sign goes with it.
            joined.truncate(joined.len() - if soft { 2 } else { 1 });
            joined.extend_from_slice(if soft { line.trim_ascii_start() } else { &line[1..] });
        } else {
            start = joined.len();
            numbers.push(number);
            joined.extend_from_slice(line);
        }
        if joined.len() - start > limits.line_bytes {
            let line = numbers.last().copied().unwrap_or(number);
            return Err(ImportError::LineTooLong { line, limit: limits.line_bytes });
        }
        joined.push(b'\n');
    }
    Ok((joined, numbers))
}

/// A quoted-printable line that ends with `=` goes on in the next.
fn is_soft_break(line: &[u8]) -> bool {
    if !line.ends_with(b"=\n") {
        return false;
    }
    let head = &line[..line.len().min(200)];
    head.windows(16).any(|w| w.eq_ignore_ascii_case(b"QUOTED-PRINTABLE"))
}

#[derive(Default)]
struct Builder {
    calendar: Calendar,
    /// Open components, from the outside.
    open: Vec<String>,
    event: Option<Event>,
    /// `TZID` and `X-LIC-LOCATION` of the zone that is open.
    zone: (String, String),
    seen: bool,
    limit: usize,
}

impl Builder {
    fn line(&mut self, content: &str, line: usize) -> Result<(), ImportError> {
        let Some(property) = property(content) else {
            // A piece of a text with a line break that nobody escaped.
            let event = if self.in_event() { self.event.as_mut() } else { None };
            if let Some(last) = event.and_then(|e| e.properties.last_mut())
                && !content.trim().is_empty()
            {
                last.value.push_str("\\n");
                last.value.push_str(content);
            }
            return Ok(());
        };
        match property.name.as_str() {
            "BEGIN" => self.begin(property.value.trim().to_ascii_uppercase(), line),
            "END" => {
                self.end(&property.value.trim().to_ascii_uppercase());
                Ok(())
            }
            _ => {
                self.property(property);
                Ok(())
            }
        }
    }

    fn in_event(&self) -> bool {
        self.open.last().is_some_and(|c| c == "VEVENT")
    }

    fn begin(&mut self, name: String, line: usize) -> Result<(), ImportError> {
        if matches!(name.as_str(), "VCALENDAR" | "VEVENT") {
            self.seen = true;
            // The one before was never closed.
            self.close_event(false);
            self.open.retain(|c| c == "VCALENDAR");
        }
        if name == "VEVENT" {
            if self.calendar.events.len() >= self.limit {
                return Err(ImportError::TooManyRows { limit: self.limit });
            }
            self.event = Some(Event { line, ..Event::default() });
        }
        /// Deeper than any calendar.
        const DEEPEST: usize = 32;
        if self.open.len() < DEEPEST {
            self.open.push(name);
        }
        Ok(())
    }

    fn end(&mut self, name: &str) {
        let Some(place) = self.open.iter().rposition(|c| c == name) else { return };
        if self.open[place..].iter().any(|c| c == "VEVENT") {
            self.close_event(name == "VEVENT");
        }
        self.open.truncate(place);
        if name == "VTIMEZONE" {
            let (id, location) = std::mem::take(&mut self.zone);
            if !location.is_empty() {
                self.calendar.locations.insert(id, location);
            }
        }
    }

    fn property(&mut self, property: Property) {
        match self.open.last().map(String::as_str) {
            Some("VEVENT") => {
                if let Some(event) = self.event.as_mut() {
                    event.properties.push(property);
                }
            }
            Some("VTIMEZONE") if property.name == "TZID" => self.zone.0 = property.value,
            Some("VTIMEZONE") if property.name == "X-LIC-LOCATION" => self.zone.1 = property.value,
            Some("VCALENDAR") if property.name == "X-WR-CALNAME" => self.calendar.name = property.text(),
            _ => {}
        }
    }

    fn close_event(&mut self, closed: bool) {
        if let Some(mut event) = self.event.take() {
            event.closed = closed;
            self.calendar.events.push(event);
        }
    }

    fn finish(mut self) -> Result<Calendar, ImportError> {
        self.close_event(false);
        if self.seen { Ok(self.calendar) } else { Err(ImportError::NotCalendar) }
    }
}

/// `NAME;PARAM=value;PARAM="value":value`; none where the line is no property.
fn property(content: &str) -> Option<Property> {
    let content = content.trim_start_matches('\u{feff}');
    let end = content.find([';', ':'])?;
    let name = content[..end].trim();
    // Groups (`item1.SUMMARY`) are passed over.
    let name = name.rsplit('.').next().unwrap_or(name).to_ascii_uppercase();
    if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
        return None;
    }
    let mut rest = &content[end..];
    let mut parameters = Vec::new();
    while let Some(after) = rest.strip_prefix(';') {
        let mut quoted = false;
        let end = after.find(|c: char| {
            quoted ^= c == '"';
            !quoted && matches!(c, ';' | ':')
        })?;
        let (key, value) = after[..end].split_once('=').unwrap_or((&after[..end], ""));
        parameters.push((key.trim().to_ascii_uppercase(), value.replace('"', "")));
        rest = &after[end..];
    }
    // vCalendar 1.0 leaves out the parameter's name.
    if parameters.iter().any(|(k, v)| k == "QUOTED-PRINTABLE" && v.is_empty()) {
        parameters.push(("ENCODING".to_owned(), "QUOTED-PRINTABLE".to_owned()));
    }
    Some(Property { name, parameters, value: rest.strip_prefix(':')?.to_owned() })
}

fn unescape(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match (c, c == '\\') {
            (_, true) => match chars.next() {
                Some('n' | 'N') => text.push('\n'),
                Some(c @ (',' | ';' | '\\' | ':' | '"')) => text.push(c),
                Some(c) => text.extend(['\\', c]),
                None => text.push('\\'),
            },
            (c, false) => text.push(c),
        }
    }
    text
}

fn quoted_printable(value: &str, charset: Option<&str>) -> String {
    let mut bytes = Vec::with_capacity(value.len());
    let raw = value.as_bytes();
    let mut at = 0;
    while at < raw.len() {
        let hex = (raw[at] == b'=').then(|| raw.get(at + 1..at + 3)).flatten();
        match hex.and_then(|h| std::str::from_utf8(h).ok()).and_then(|h| u8::from_str_radix(h, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                at += 3;
            }
            None => {
                bytes.push(raw[at]);
                at += 1;
            }
        }
    }
    let named = charset.and_then(|c| encoding_rs::Encoding::for_label(c.trim().as_bytes()));
    let encoding = named.unwrap_or(if std::str::from_utf8(&bytes).is_ok() {
        encoding_rs::UTF_8
    } else {
        encoding_rs::WINDOWS_1252
    });
    encoding.decode(&bytes).0.replace("\r\n", "\n").replace('\r', "\n")
}
