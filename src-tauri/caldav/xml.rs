//! Multistatus answers (RFC 4918): which resources, with which entity tag, of which kind. Everything else is passed over.

use quick_xml::NsReader;
use quick_xml::events::Event;
use quick_xml::name::{Namespace, ResolveResult};

const DAV: &[u8] = b"DAV:";
const CALDAV: &[u8] = b"urn:ietf:params:xml:ns:caldav";
/// Deeper than any answer.
const DEEPEST: usize = 64;

/// One resource of an answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Resource {
    /// Its path, still percent-encoded.
    pub href: String,
    /// Its entity tag.
    pub etag: String,
    /// Whether it is a calendar.
    pub calendar: bool,
}

/// What one `propstat` said.
#[derive(Default)]
struct Properties {
    etag: String,
    calendar: bool,
    found: bool,
}

/// Reads an answer; none where it is not one.
pub fn multistatus(body: &[u8]) -> Option<Vec<Resource>> {
    let mut reader = NsReader::from_reader(body);
    let mut buffer = Vec::new();
    let mut open: Vec<String> = Vec::new();
    let (mut all, mut one, mut properties) = (Vec::new(), Resource::default(), Properties::default());
    let mut text = String::new();
    let mut seen = false;
    loop {
        let (resolved, event) = reader.read_resolved_event_into(&mut buffer).ok()?;
        // A name with its namespace; others than these two say nothing to us.
        let named = |local: &[u8]| {
            let local = String::from_utf8_lossy(local);
            match resolved {
                ResolveResult::Bound(Namespace(DAV)) => format!("d:{local}"),
                ResolveResult::Bound(Namespace(CALDAV)) => format!("c:{local}"),
                _ => String::new(),
            }
        };
        match event {
            Event::Start(tag) => {
                let name = named(tag.local_name().as_ref());
                match name.as_str() {
                    "d:multistatus" if open.is_empty() => seen = true,
                    "d:response" => one = Resource::default(),
                    "d:propstat" => properties = Properties::default(),
                    "c:calendar" if open.last().is_some_and(|up| up == "d:resourcetype") => properties.calendar = true,
                    _ => {}
                }
                text.clear();
                open.push(name);
                if open.len() > DEEPEST {
                    return None;
                }
            }
            Event::Empty(tag) => {
                let in_type = open.last().is_some_and(|up| up == "d:resourcetype");
                if in_type && named(tag.local_name().as_ref()) == "c:calendar" {
                    properties.calendar = true;
                }
            }
            Event::Text(part) => text.push_str(&part.decode().ok()?),
            Event::GeneralRef(reference) => text.push(referenced(&reference.decode().ok()?)?),
            Event::CData(part) => text.push_str(&part.decode().ok()?),
            Event::End(_) => {
                let name = open.pop()?;
                let up = open.last().map_or("", String::as_str);
                match (up, name.as_str()) {
                    ("d:response", "d:href") => one.href = text.trim().to_owned(),
                    ("d:prop", "d:getetag") => properties.etag = text.trim().to_owned(),
                    ("d:propstat", "d:status") => properties.found = text.split_whitespace().nth(1) == Some("200"),
                    ("d:response", "d:propstat") if properties.found => {
                        one.calendar |= properties.calendar;
                        if !properties.etag.is_empty() {
                            one.etag = std::mem::take(&mut properties.etag);
                        }
                    }
                    ("d:multistatus", "d:response") => all.push(std::mem::take(&mut one)),
                    _ => {}
                }
                text.clear();
            }
            Event::Eof => return (seen && open.is_empty()).then_some(all),
            // Entities of one's own are how answers blow up: no server sends any.
            Event::DocType(_) => return None,
            _ => {}
        }
        buffer.clear();
    }
}

fn referenced(name: &str) -> Option<char> {
    let number = |digits: &str, radix| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        other => {
            let number_of = other.strip_prefix('#')?;
            number_of.strip_prefix('x').map_or_else(|| number(number_of, 10), |hex| number(hex, 16))?
        }
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn paths_tags_and_kinds_are_read_whatever_the_prefixes() {
        let body = br#"<?xml version='1.0' encoding='utf-8'?>
            <multistatus xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">
              <response><href>/lefevre/agenda/</href><propstat><prop><resourcetype><C:calendar /><collection /></resourcetype>
                <getetag>"0"</getetag></prop><status>HTTP/1.1 200 OK</status></propstat></response>
              <response><href>/lefevre/agenda/a%20b.ics</href>
                <propstat><prop><getetag>&quot;abc&#38;&quot;</getetag></prop><status>HTTP/1.1 200 OK</status></propstat>
                <propstat><prop><resourcetype><C:calendar/></resourcetype></prop><status>HTTP/1.1 404 Not Found</status></propstat>
              </response></multistatus>"#;
        let read = multistatus(body).unwrap();
        assert_eq!((read[0].calendar, read[0].etag.as_str()), (true, "\"0\""));
        let second = Resource { href: "/lefevre/agenda/a%20b.ics".into(), etag: "\"abc&\"".into(), calendar: false };
        assert_eq!(read[1], second);
        let prefixed = br#"<D:multistatus xmlns:D="DAV:"><D:response><D:href><![CDATA[/a.ics]]></D:href><D:propstat><D:prop>
            <D:getetag>W/"1"</D:getetag></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response></D:multistatus>"#;
        assert_eq!(multistatus(prefixed).unwrap()[0].etag, "W/\"1\"");
    }

    #[test]
    fn what_is_no_answer_is_none() {
        for body in [
            "",
            "<html><body>hello</body></html>",
            "<multistatus/>",
            "<D:multistatus xmlns:D='DAV:'><D:response>",
            "<!DOCTYPE a [<!ENTITY b 'c'>]><D:multistatus xmlns:D='DAV:'></D:multistatus>",
            "<D:multistatus xmlns:D='DAV:'>&unknown;</D:multistatus>",
        ] {
            assert_eq!(multistatus(body.as_bytes()), None, "{body}");
        }
        let deep = format!("<D:multistatus xmlns:D='DAV:'>{}", "<a>".repeat(10_000));
        assert_eq!(multistatus(deep.as_bytes()), None);
    }

    proptest! {
        #[test]
        fn nothing_a_server_sends_makes_it_fail(body in "(<D:multistatus xmlns:D='DAV:'>)?[<>a-z&;:/'\"= ]{0,200}") {
            let _ = multistatus(body.as_bytes());
        }
    }
}
