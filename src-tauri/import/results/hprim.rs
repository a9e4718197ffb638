//! HPRIM text: a header of 11 to 13 lines, free text, `****LAB****`, lines `RES|…` and `TEX|…`, `****FIN****` after each
//! patient, `****FINFICHIER****` at the end, which some laboratories leave out.
//!
//! The header's lines are told by the two dates in it: the birth date, and three lines below the date of the report.
//!
//! Deliberately not here: guessing what a line means that is not of its form.

use domain::results::{Standing, quantity};

use super::{FileIdentity, Item, Report, ReportLine, Trouble, date, lines};

const LAB: &str = "****LAB****";
const FIN: &str = "****FIN****";
const END: &str = "****FINFICHIER****";

fn is(line: &str, marker: &str) -> bool {
    line.trim().eq_ignore_ascii_case(marker)
}

/// Whether a text is of this form: one of its marks or one of its lines stands there.
pub(super) fn is_hprim(text: &str) -> bool {
    lines(text).iter().any(|line| {
        [LAB, FIN, END].iter().any(|marker| is(line, marker)) || line.starts_with("RES|") || line.starts_with("TEX|")
    })
}

/// All reports of a text, and whether it says that it is over.
pub(super) fn read(text: &str) -> (Vec<Item>, bool) {
    let lines = lines(text);
    let (mut items, mut start, mut ended) = (Vec::new(), 0, false);
    for (at, line) in lines.iter().enumerate() {
        if is(line, FIN) {
            items.push(block(&lines[start..at], start, true));
            start = at + 1;
        } else if is(line, END) {
            ended = true;
            if lines[start..at].iter().any(|line| !line.trim().is_empty()) {
                items.push(block(&lines[start..at], start, false));
            }
            start = at + 1;
        }
    }
    if lines[start..].iter().any(|line| !line.trim().is_empty()) {
        items.push(block(&lines[start..], start, false));
    }
    (items, ended)
}

struct Header {
    identity: FileIdentity,
    number: String,
    taken_on: String,
    laboratory_code: String,
    laboratory: String,
    recipient: String,
    /// Lines of it.
    length: usize,
}

fn is_name(text: &str) -> bool {
    text.chars().any(char::is_alphabetic) && !text.chars().any(|c| c.is_ascii_digit())
}

fn header(lines: &[&str]) -> Option<Header> {
    let line = |at: usize| lines.get(at).map_or("", |line| line.trim());
    // Birth date and date of the report: where both are, the usual distance first.
    let mut found = None;
    for gap in [3, 4, 2] {
        for born in [6, 5, 7, 4, 8] {
            if found.is_none() && date(line(born)).is_some() && date(line(born + gap)).is_some() {
                found = Some((born, born + gap));
            }
        }
    }
    // Without a birth date its line is there and empty.
    let unknown = || [9, 8, 10].into_iter().find(|&at| date(line(at)).is_some() && line(at - 3).is_empty());
    let (born, taken) = found.or_else(|| unknown().map(|at| (at - 3, at)))?;
    // The patient's code comes first; a blank line may stand before it.
    let first = (0..2).find(|&at| is_name(line(at + 1)) && is_name(line(at + 2)))?;
    if first + 2 >= born {
        return None;
    }
    let nir: String = line(born + 1).chars().filter(|c| !c.is_whitespace()).collect();
    let sex = match nir.chars().next() {
        Some('1' | '3' | '7') if nir.len() == 15 => "male",
        Some('2' | '4' | '8') if nir.len() == 15 => "female",
        _ => "unknown",
    };
    let (laboratory_code, laboratory) = sender(line(taken + 1));
    Some(Header {
        identity: FileIdentity {
            surname: line(first + 1).to_owned(),
            birth_name: String::new(),
            first_name: line(first + 2).to_owned(),
            born: date(line(born)),
            sex,
            nir,
        },
        number: line(taken - 1).to_owned(),
        taken_on: date(line(taken)).map_or_else(String::new, |day| day.to_string()),
        laboratory_code,
        laboratory,
        recipient: sender(line(taken + 2)).1,
        length: (taken + 3).min(lines.len()),
    })
}

/// `LAB75    LABORATOIRE DE L'EST`: a code and a name.
fn sender(line: &str) -> (String, String) {
    match line.split_once("  ").or_else(|| line.split_once('\t')) {
        Some((code, name)) => (code.trim().to_owned(), name.trim().to_owned()),
        None => match line.split_once(' ') {
            Some((code, name)) if code.chars().any(|c| c.is_ascii_digit()) => (code.to_owned(), name.trim().to_owned()),
            _ => (String::new(), line.to_owned()),
        },
    }
}

/// What stands before one `****FIN****`; `whole` says whether that was there.
fn block(lines: &[&str], before: usize, whole: bool) -> Item {
    let lab = lines.iter().position(|line| is(line, LAB)).unwrap_or(lines.len());
    let header = header(&lines[..lab]);
    let mut item = Item {
        identity: header.as_ref().map_or_else(FileIdentity::default, |one| one.identity.clone()),
        laboratory: header
            .as_ref()
            .map_or_else(String::new, |one| format!("{} {}", one.laboratory_code, one.laboratory)),
        number: header.as_ref().map_or_else(String::new, |one| one.number.clone()),
        report: None,
        trouble: None,
        raw: String::new(),
    };
    let rest = lines.get(lab + 1..).unwrap_or_default();
    // A second beginning means that an end is missing between them: these values may be of two people.
    let second = rest.iter().position(|line| is(line, LAB));
    if !whole || second.is_some() {
        let line = second.map_or(before + lines.len(), |at| before + lab + 2 + at);
        item.trouble = Some(Trouble::at("cut", line));
        item.raw = lines.join("\n");
        return item;
    }
    let mut report = Report { format: "hprim".to_owned(), ..Report::default() };
    let mut trouble = None;
    let mut told = 0;
    match header {
        Some(header) => {
            report.laboratory = header.laboratory;
            report.laboratory_code = header.laboratory_code;
            report.number = header.number;
            report.taken_on = header.taken_on;
            report.recipient = header.recipient;
            told = header.length;
        }
        None => trouble = Some(Trouble::at("header", before + 1)),
    }
    report.text = lines[told..lab].join("\n").trim().to_owned();
    for (at, line) in rest.iter().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let read = if let Some(text) = line.strip_prefix("TEX|") {
            Some(ReportLine::remark(text.trim_end_matches('|')))
        } else {
            line.strip_prefix("RES|").and_then(result)
        };
        report.lines.push(read.unwrap_or_else(|| {
            trouble = trouble.or(Some(Trouble::at("bad_line", before + lab + 2 + at)));
            ReportLine::remark(line)
        }));
    }
    item.report = Some(report);
    item.trouble = trouble;
    item
}

/// The cells after `RES|`; none where they are not in their places: a value is never taken from a line that was shifted.
fn result(cells: &str) -> Option<ReportLine> {
    let cells: Vec<&str> = cells.split('|').map(str::trim).collect();
    let cell = |at: usize| cells.get(at).copied().unwrap_or_default();
    let is_bound = |text: &str| text.is_empty() || quantity(text).is_some();
    let fits = cells.len() >= 4
        && !(cell(0).is_empty() && cell(1).is_empty())
        && matches!(cell(2), "N" | "A")
        && (cell(7).is_empty() || Standing::of_flag(cell(7)).is_some())
        && cell(8).chars().count() <= 2
        && (cell(2) == "A" || [5, 6, 11, 12].iter().all(|&at| is_bound(cell(at))))
        && cells.iter().skip(13).all(|cell| cell.is_empty());
    if !fits {
        return None;
    }
    let number = cell(2) == "N" && quantity(cell(3)).is_some();
    let line = ReportLine {
        kind: if number { "number" } else { "text" }.to_owned(),
        label: if cell(0).is_empty() { cell(1) } else { cell(0) }.to_owned(),
        code: cell(1).to_owned(),
        value: cell(3).to_owned(),
        unit: cell(4).to_owned(),
        low: cell(5).to_owned(),
        high: cell(6).to_owned(),
        flag: cell(7).to_owned(),
        status: cell(8).to_owned(),
        other_value: cell(9).to_owned(),
        other_unit: cell(10).to_owned(),
        other_low: cell(11).to_owned(),
        other_high: cell(12).to_owned(),
        ..ReportLine::default()
    };
    Some(line.judged())
}
