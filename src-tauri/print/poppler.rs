//! Reads printed files back with poppler's tools, as a reader of PDF files would. Tests only.

use std::collections::HashMap;
use std::io::Write;
use std::process::Command;

use super::page::Pdf;

/// Text of each page, laid out as seen, without the direction marks that poppler adds.
pub(super) fn pages(pdf: &Pdf) -> Vec<String> {
    let text = run("pdftotext", &["-layout", "-enc", "UTF-8"], pdf, &["-"]);
    let plain: String = text.chars().filter(|character| !matches!(character, '\u{202a}'..='\u{202e}')).collect();
    let mut pages: Vec<String> = plain.split('\u{c}').map(str::to_owned).collect();
    assert_eq!(pages.pop().as_deref().map(str::trim), Some(""), "every page ends with a form feed");
    pages
}

/// Text of all pages.
pub(super) fn text(pdf: &Pdf) -> String {
    pages(pdf).join("\n")
}

/// Left edge of each word, in points.
pub(super) fn boxes(pdf: &Pdf) -> HashMap<String, f32> {
    let html = run("pdftotext", &["-bbox", "-enc", "UTF-8"], pdf, &["-"]);
    let word = |line: &str| {
        let place = line.trim().strip_prefix("<word xMin=\"")?.split('"').next()?.parse().ok()?;
        let text = line.split('>').nth(1)?.split('<').next()?;
        Some((text.to_owned(), place))
    };
    html.lines().filter_map(word).collect()
}

/// What `pdfinfo` says of a field.
pub(super) fn info(pdf: &Pdf, field: &str) -> String {
    let all = run("pdfinfo", &["-enc", "UTF-8"], pdf, &[]);
    let line = all.lines().find_map(|line| line.strip_prefix(&format!("{field}:")));
    line.map(|value| value.trim().to_owned()).unwrap_or_else(|| panic!("pdfinfo names no {field}"))
}

/// What `pdffonts` says: one line a font, `yes` or `no` for embedded, cut and mapped to characters.
pub(super) fn fonts(pdf: &Pdf) -> Vec<String> {
    run("pdffonts", &[], pdf, &[]).lines().skip(2).map(str::to_owned).collect()
}

fn run(tool: &str, before: &[&str], pdf: &Pdf, after: &[&str]) -> String {
    let mut file = tempfile::NamedTempFile::new().expect("a temporary file for the page under test");
    file.write_all(&pdf.bytes).expect("the page under test is written");
    let output = Command::new(tool).args(before).arg(file.path()).args(after).output().unwrap_or_else(|error| {
        panic!("{tool} cannot be run ({error}): the package poppler-utils has to be installed for the tests of print")
    });
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && complaint.trim().is_empty(), "{tool} refuses the file: {complaint}");
    String::from_utf8(output.stdout).expect("poppler writes UTF-8")
}
