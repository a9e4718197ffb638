//! HL7 version 2 ORU: messages of patients, requests and observations, alone or in a batch.
//!
//! The form has no end mark of its own: a message is whole where every segment of it is ended, the last one too, and where a batch
//! that begins also ends. Each request number is a report; requests of one number are one.
//!
//! Deliberately not here: documents inside a message (they are told, not taken), answering the sender.

mod escapes;

use domain::results::quantity;
use hl7_parser::message::Separators;
use hl7_parser::{Message, message::Field, message::Segment};

use super::{FileIdentity, Item, Report, ReportLine, Trouble, date};

/// What frames a message on a line of communication.
const FRAME: [char; 2] = ['\u{b}', '\u{1c}'];

/// Whether a text is of this form.
pub(super) fn is_hl7(text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || FRAME.contains(&c));
    ["MSH|", "FHS|", "BHS|"].iter().any(|start| text.starts_with(start))
}

/// A stretch of the text.
struct Part<'t> {
    line: usize,
    text: String,
    ended: bool,
    name: &'t str,
}

/// All reports of a text, and whether it says that it is over.
pub(super) fn read(text: &str) -> (Vec<Item>, bool) {
    let (mut messages, mut batch, mut over, mut promised): (Vec<Part<'_>>, bool, bool, Option<usize>) =
        (Vec::new(), false, false, None);
    let mut rest = text;
    let mut line = 0;
    while !rest.is_empty() {
        line += 1;
        let end = rest.find(['\r', '\n']);
        let ended = end.is_some();
        let (segment, after) = rest.split_at(end.unwrap_or(rest.len()));
        rest = after.strip_prefix("\r\n").unwrap_or_else(|| after.get(1..).unwrap_or_default());
        let segment = segment.trim_matches(FRAME);
        match segment.get(..3).unwrap_or_default() {
            "" => {}
            "FHS" | "BHS" => batch = true,
            "BTS" | "FTS" => {
                over |= ended;
                promised = promised.or_else(|| segment.split('|').nth(1)?.trim().parse().ok());
            }
            name => {
                if name == "MSH" || messages.is_empty() {
                    messages.push(Part { line, text: String::new(), ended: true, name });
                }
                if let Some(message) = messages.last_mut() {
                    message.text.push_str(segment);
                    message.text.push('\r');
                    message.ended = ended;
                }
            }
        }
    }
    let short = promised.is_some_and(|count| count != messages.len());
    let last = messages.len().saturating_sub(1);
    let mut items = Vec::new();
    for (at, part) in messages.iter().enumerate() {
        let whole = part.ended && !(at == last && ((batch && !over) || short));
        items.extend(message(part, whole));
    }
    (items, over && !short)
}

/// A field's text without its escapes.
fn plain(separators: &Separators, text: &str) -> String {
    escapes::undone(separators, text).replace('\r', "\n").trim().to_owned()
}

fn raw<'m>(segment: &'m Segment<'m>, number: usize) -> &'m str {
    segment.field(number).map_or("", Field::raw_value)
}

fn component<'m>(segment: &'m Segment<'m>, number: usize, part: usize) -> &'m str {
    segment.field(number).and_then(|field| field.component(part)).map_or("", |one| one.raw_value())
}

fn left(part: &Part<'_>, code: &'static str) -> Vec<Item> {
    vec![Item {
        identity: FileIdentity::default(),
        laboratory: String::new(),
        number: String::new(),
        report: None,
        trouble: Some(Trouble::at(code, part.line)),
        raw: part.text.replace('\r', "\n"),
    }]
}

fn message(part: &Part<'_>, whole: bool) -> Vec<Item> {
    if part.name != "MSH" {
        return left(part, "unknown_form");
    }
    let text = part.text.trim_end_matches('\r');
    let Ok(message) = Message::parse(text) else { return left(part, "bad_line") };
    // What the reader did not understand it leaves: nothing may be lost behind a segment of another form.
    if message.segments().count() != text.split('\r').filter(|segment| !segment.is_empty()).count() {
        return left(part, "bad_line");
    }
    let separators = &message.separators;
    let Some(head) = message.segment("MSH") else { return left(part, "unknown_form") };
    if component(head, 9, 1) != "ORU" {
        return left(part, "unknown_form");
    }
    let laboratory = [component(head, 4, 1), component(head, 3, 1)].into_iter().find(|name| !name.is_empty());
    let laboratory = plain(separators, laboratory.unwrap_or_default());
    let sent = day(raw(head, 7));
    let mut items: Vec<Item> = Vec::new();
    let (mut identity, mut ordered, mut open) = (FileIdentity::default(), String::new(), false);
    for (at, segment) in message.segments().enumerate() {
        let line = part.line + at;
        match segment.name {
            "PID" => (identity, ordered, open) = (person(segment, separators), String::new(), false),
            "ORC" => ordered = number(segment, separators),
            "OBR" => {
                let found = number(segment, separators);
                let found = if found.is_empty() { ordered.clone() } else { found };
                if !items.last().is_some_and(|last| open && last.number == found && !found.is_empty()) {
                    items.push(Item {
                        identity: identity.clone(),
                        laboratory: laboratory.clone(),
                        number: found.clone(),
                        report: Some(Report {
                            laboratory: laboratory.clone(),
                            number: found,
                            taken_on: [day(raw(segment, 7)), day(raw(segment, 22)), sent.clone()]
                                .into_iter()
                                .find(|day| !day.is_empty())
                                .unwrap_or_default(),
                            recipient: doctor(segment, separators),
                            format: "hl7".to_owned(),
                            ..Report::default()
                        }),
                        trouble: identity.surname.is_empty().then_some(Trouble::at("header", line)),
                        raw: String::new(),
                    });
                }
                open = true;
                let title = plain(separators, named(segment, 4));
                if let Some(report) = items.last_mut().and_then(|last| last.report.as_mut())
                    && !title.is_empty()
                {
                    report.lines.push(ReportLine::remark(&title));
                }
            }
            "OBX" | "NTE" => {
                let Some(last) = items.last_mut().filter(|_| open) else { return left(part, "bad_line") };
                let (found, trouble) = if segment.name == "NTE" {
                    (ReportLine::remark(&plain(separators, raw(segment, 3))), None)
                } else {
                    observation(segment, separators)
                };
                last.trouble = last.trouble.or(trouble.map(|code| Trouble::at(code, line)));
                if let Some(report) = &mut last.report {
                    report.lines.push(found);
                }
            }
            _ => {}
        }
    }
    if items.is_empty() {
        return left(part, "no_results");
    }
    if !whole {
        let line = part.line + message.segments().count() - 1;
        for item in &mut items {
            item.report = None;
            item.trouble = Some(Trouble::at("cut", line));
            item.raw = part.text.replace('\r', "\n");
        }
    }
    items
}

/// The request's number: the laboratory's, else the one who asked's.
fn number(segment: &Segment<'_>, separators: &Separators) -> String {
    let found = [component(segment, 3, 1), component(segment, 2, 1)].into_iter().find(|number| !number.is_empty());
    plain(separators, found.unwrap_or_default())
}

/// Text of a coded field, else its code.
fn named<'m>(segment: &'m Segment<'m>, field: usize) -> &'m str {
    [component(segment, field, 2), component(segment, field, 1)].into_iter().find(|text| !text.is_empty()).unwrap_or("")
}

fn doctor(segment: &Segment<'_>, separators: &Separators) -> String {
    let names = [component(segment, 16, 3), component(segment, 16, 2)];
    plain(separators, &names.join(" "))
}

/// The date at the beginning of a time stamp.
fn day(stamp: &str) -> String {
    stamp.get(..8).and_then(date_of).unwrap_or_default()
}

fn date_of(digits: &str) -> Option<String> {
    let iso = format!("{}-{}-{}", digits.get(..4)?, digits.get(4..6)?, digits.get(6..8)?);
    date(&iso).map(|day| day.to_string())
}

fn person(segment: &Segment<'_>, separators: &Separators) -> FileIdentity {
    let mut identity = FileIdentity {
        sex: match raw(segment, 8).trim() {
            "F" => "female",
            "M" => "male",
            _ => "unknown",
        },
        born: day(raw(segment, 7)).parse().ok(),
        ..FileIdentity::default()
    };
    if let Some(names) = segment.field(5) {
        let part = |repeat: &hl7_parser::message::Repeat<'_>, at: usize| {
            repeat.component(at).map_or_else(String::new, |one| {
                plain(separators, one.subcomponent(1).map_or(one.raw_value(), |sub| sub.raw_value()))
            })
        };
        let of_kind = |kind: &str| names.repeats().find(|repeat| part(repeat, 7) == kind);
        // `D`: the name in use; `L`: the legal one, at birth.
        if let Some(used) = of_kind("D").or_else(|| names.repeats().next()) {
            identity.surname = part(used, 1);
            identity.first_name = part(used, 2);
        }
        identity.birth_name = of_kind("L").map_or_else(String::new, |legal| part(legal, 1)).trim().to_owned();
        if identity.birth_name == identity.surname {
            identity.birth_name.clear();
        }
        if identity.first_name.is_empty() {
            identity.first_name = of_kind("L").map_or_else(String::new, |legal| part(legal, 2));
        }
    }
    let numbers = segment.field(3).into_iter().flat_map(|field| field.repeats());
    let ins = numbers.filter_map(|repeat| {
        let part = |at: usize| repeat.component(at).map_or("", |one| one.raw_value());
        (part(5).starts_with("INS") || part(4).contains("INS-NIR")).then(|| part(1).trim().to_owned())
    });
    identity.nir = ins.into_iter().find(|number| number.len() == 15).unwrap_or_else(|| {
        let social = raw(segment, 19).trim();
        if social.len() == 15 { social.to_owned() } else { String::new() }
    });
    identity
}

/// `12,0-16,0`, `< 5`, `> 3`: lower and upper bound; none where it is neither.
fn bounds(range: &str) -> Option<(String, String)> {
    let range = range.trim();
    let bound = |text: &str| {
        quantity(text).map(|_| text.trim().trim_start_matches(['<', '>', '=', '≤', '≥']).trim().to_owned())
    };
    match range.chars().next() {
        None => Some((String::new(), String::new())),
        Some('<' | '≤') => Some((String::new(), bound(range)?)),
        Some('>' | '≥') => Some((bound(range)?, String::new())),
        _ => {
            let cut = range.char_indices().skip(1).find(|(_, c)| matches!(c, '-' | '–'))?.0;
            let (low, high) = range.split_at(cut);
            Some((bound(low)?, bound(high.trim_start_matches(['-', '–']))?))
        }
    }
}

fn observation(segment: &Segment<'_>, separators: &Separators) -> (ReportLine, Option<&'static str>) {
    let kind = raw(segment, 2).trim();
    let part = |number: usize| plain(separators, component(segment, 5, number));
    let all = || {
        let repeats = segment.field(5).into_iter().flat_map(|field| field.repeats());
        repeats.map(|repeat| plain(separators, repeat.raw_value())).collect::<Vec<_>>().join("\n")
    };
    let value = match kind {
        "SN" => [part(1), part(2), part(3), part(4)].concat(),
        "CE" | "CWE" | "CNE" => plain(separators, named(segment, 5)),
        "ED" | "RP" => String::new(),
        _ => all(),
    };
    let status = raw(segment, 11).trim().to_owned();
    let flag = raw(segment, 8);
    let flag = flag
        .split(separators.repetition)
        .map(str::trim)
        .find(|flag| domain::results::Standing::of_flag(flag).is_some());
    let range = plain(separators, raw(segment, 7));
    let (low, high) = bounds(&range).unwrap_or_default();
    let line = ReportLine {
        kind: if matches!(kind, "NM" | "SN") && quantity(&value).is_some() { "number" } else { "text" }.to_owned(),
        label: plain(separators, named(segment, 3)),
        code: plain(separators, component(segment, 3, 1)),
        value,
        unit: plain(separators, component(segment, 6, 1)),
        // Bounds that are words stay words.
        text: if low.is_empty() && high.is_empty() { range } else { String::new() },
        low,
        high,
        flag: flag.unwrap_or_default().to_owned(),
        status: status.clone(),
        ..ReportLine::default()
    };
    let trouble = match (kind, status.as_str()) {
        (_, "D" | "W" | "X") => Some("withdrawn"),
        ("ED" | "RP", _) => Some("embedded"),
        ("NM", _) if !line.value.is_empty() && line.kind != "number" => Some("bad_line"),
        _ => None,
    };
    (line.judged(), trouble)
}
