//! The archive's form: what is written is read back, and what is not whole is refused.

use std::io::{Cursor, Read as _, Write as _};

use proptest::prelude::*;
use zeroize::Zeroizing;

use super::manifest::{self, Manifest, Part};
use super::packed::{Packed, Whole};
use super::reading::Opened;
use super::rows::{Heading, List, Listed, Value, line, row};
use super::{ArchiveError, FORMAT, LIST, cda, readme, traces};

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        Just(Value::Key),
        any::<i64>().prop_map(Value::Integer),
        any::<f64>().prop_filter("a number", |number| !number.is_nan()).prop_map(Value::Real),
        any::<String>().prop_map(Value::Text),
        any::<Vec<u8>>().prop_map(Value::Bytes),
        any::<String>().prop_map(|text| Value::Opened(Zeroizing::new(text.into_bytes()))),
        any::<Vec<u8>>().prop_map(|bytes| Value::Opened(Zeroizing::new(bytes))),
        any::<Vec<u8>>().prop_map(Value::Unreadable),
    ]
}

proptest! {
    #[test]
    fn a_row_comes_back_as_it_was(values in prop::collection::vec(value(), 0..8)) {
        let text = line(&values);
        prop_assert_eq!(text.iter().filter(|byte| **byte == b'\n').count(), 1);
        prop_assert_eq!(row(&text, "t").expect("a row"), values);
    }

    #[test]
    fn a_trace_is_one_line_and_its_values_stay_inside(what in any::<String>(), value in any::<String>()) {
        let data = [("user", value.as_str())];
        let one = traces::Trace { at: "2026-11-26T06:00:00Z", workstation: "accueil 1", kind: "journal", what: &what, data: &data, failure: false };
        let text = traces::line(&one);
        prop_assert_eq!(text.matches('\n').count(), 1);
        prop_assert!(text.starts_with("<109>1 2026-11-26T06:00:00Z accueil_1 semainier - journal [semainier@32473 user=\""));
    }

    #[test]
    fn xml_never_holds_what_it_cannot_say(text in any::<String>()) {
        let document = format!("<a b=\"{0}\">{0}</a>", cda::escaped(&text));
        let mut reader = quick_xml::Reader::from_str(&document);
        loop {
            match reader.read_event() {
                Ok(quick_xml::events::Event::Eof) => break,
                Ok(_) => {}
                Err(error) => prop_assert!(false, "{error}"),
            }
        }
    }

    #[test]
    fn a_manifest_comes_back_as_it_was(practice in "[ -~éàح&<>\"']{1,20}", digest in "[0-9a-f]{64}", bytes in any::<u64>(), persons in 0_usize..5) {
        let part = |id: String, person: &str| Part { id, person: person.to_owned(), bytes, digest: digest.clone() };
        let mut archives = vec![part("TRANSVERSE".to_owned(), "")];
        archives.extend((1..=persons).map(|number| part(super::person_name(number), "1^^^&2.25.1&ISO^PI")));
        let practice = practice.trim().to_owned();
        let manifest = Manifest { id: "1".into(), format: FORMAT, practice, archives, unreadable: vec!["x".into()], ..Manifest::default() };
        let xml = String::from_utf8(manifest.xml()).expect("text");
        prop_assert_eq!(manifest::read(&xml).expect("read"), manifest);
    }
}

/// An archive of one table.
fn archive(format: u32) -> Vec<u8> {
    let mut inner = Packed::new(Vec::new());
    let list = List {
        steps: vec![1],
        tables: vec![Listed { table: "site".into(), file: "TRANSVERSE/DONNEES/site.NDJSON".into(), rows: 1 }],
        left_out: Vec::new(),
    };
    inner.add(LIST, &serde_json::to_vec(&list).expect("JSON")).expect("added");
    inner.begin("TRANSVERSE/DONNEES/site.NDJSON").expect("begun");
    let heading = Heading { table: "site".into(), columns: vec!["id".into(), "name".into()] };
    inner.write_all(&heading.line()).expect("written");
    inner.write_all(&line(&[Value::Text("1".into()), Value::Text("Centre".into())])).expect("written");
    let (bytes, measure) = inner.finish().expect("finished");
    let mut whole = Whole::new(Cursor::new(Vec::new()));
    whole.begin("TRANSVERSE.ZIP", measure.bytes).expect("begun");
    whole.write_all(&bytes).expect("written");
    let part = Part { id: "TRANSVERSE".into(), person: String::new(), bytes: measure.bytes, digest: measure.digest };
    let manifest = Manifest { id: "1".into(), format, archives: vec![part], ..Manifest::default() };
    whole.add("MANIFEST.XML", &manifest.xml()).expect("added");
    whole.finish().expect("finished").into_inner()
}

fn opened(bytes: Vec<u8>) -> Result<Opened, ArchiveError> {
    Opened::new(Box::new(Cursor::new(bytes)))
}

#[test]
fn what_was_written_is_read_back() {
    let mut archive = opened(archive(FORMAT)).expect("opened");
    archive.verify(|_, _| true).expect("whole");
    assert_eq!(archive.list().expect("a list").tables[0].rows, 1);
    let mut rows = Vec::new();
    archive
        .each_row("TRANSVERSE/DONNEES/site.NDJSON", |heading, values| {
            rows.push((heading.table.clone(), values));
            Ok(())
        })
        .expect("rows");
    assert_eq!(rows, [("site".to_owned(), vec![Value::Text("1".into()), Value::Text("Centre".into())])]);
}

#[test]
fn a_cut_at_any_byte_is_refused() {
    let whole = archive(FORMAT);
    for length in 0..whole.len() {
        let found = opened(whole[..length].to_vec()).and_then(|mut archive| archive.verify(|_, _| true));
        assert!(found.is_err(), "cut at {length}");
    }
}

#[test]
fn a_changed_byte_of_a_part_is_refused() {
    let whole = archive(FORMAT);
    let mut archive = opened(whole.clone()).expect("opened");
    archive.verify(|_, _| true).expect("whole");
    // Inside TRANSVERSE.ZIP, which lies at the front as it is.
    for place in (60..240).step_by(7) {
        let mut changed = whole.clone();
        changed[place] ^= 1;
        let found = opened(changed).and_then(|mut archive| archive.verify(|_, _| true));
        assert!(found.is_err(), "changed at {place}");
    }
}

#[test]
fn other_files_and_newer_formats_are_told_apart() {
    assert_eq!(opened(b"PDF".to_vec()).err(), Some(ArchiveError::Unreadable));
    assert_eq!(opened(archive(FORMAT + 1)).err(), Some(ArchiveError::Newer));
    let mut other = Whole::new(Cursor::new(Vec::new()));
    other.add("MANIFEST.XML", b"<Manifest><exportId>1</exportId></Manifest>").expect("added");
    assert_eq!(opened(other.finish().expect("finished").into_inner()).err(), Some(ArchiveError::Foreign));
    let mut other = Whole::new(Cursor::new(Vec::new()));
    other.add("README.TXT", b"hello").expect("added");
    assert_eq!(opened(other.finish().expect("finished").into_inner()).err(), Some(ArchiveError::Foreign));
}

#[test]
fn a_readme_is_ascii_with_its_lines_ended_as_asked() {
    let sender =
        readme::Sender { practice: "Cabinet de l’Étoile – الرباط".into(), ..readme::Sender::default() };
    let list = List { steps: Vec::new(), tables: Vec::new(), left_out: Vec::new() };
    for text in [
        readme::whole(&sender),
        readme::person(&sender),
        readme::transverse(&sender),
        readme::tables(&list),
        readme::signature(),
    ] {
        assert!(text.is_ascii());
        let ends = text.iter().filter(|byte| **byte == b'\n').count();
        assert_eq!(text.windows(2).filter(|pair| pair == b"\r\n").count(), ends);
    }
    let mut text = String::new();
    Cursor::new(readme::whole(&sender)).read_to_string(&mut text).expect("text");
    assert!(text.contains("Cabinet de l'Etoile - "));
}
