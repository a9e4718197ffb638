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

/// A page as dots, 0 for black.
pub(super) struct Grey {
    width: usize,
    dots: Vec<u8>,
}

impl Grey {
    /// The rows of dots, from the top.
    pub fn rows(&self) -> impl Iterator<Item = &[u8]> {
        self.dots.chunks_exact(self.width)
    }
}

/// A page as `pdftoppm` draws it, at so many dots an inch.
pub(super) fn grey(pdf: &Pdf, page: usize, dots_an_inch: u32) -> Grey {
    let folder = tempfile::tempdir().expect("a folder for the picture of the page");
    let root = folder.path().join("page");
    let (page, dots) = (page.to_string(), dots_an_inch.to_string());
    let mut file = tempfile::NamedTempFile::new().expect("a temporary file for the page under test");
    file.write_all(&pdf.bytes).expect("the page under test is written");
    let status = Command::new("pdftoppm")
        .args(["-gray", "-singlefile", "-f", &page, "-r", &dots])
        .arg(file.path())
        .arg(&root)
        .status()
        .expect("pdftoppm of poppler-utils can be run");
    assert!(status.success(), "pdftoppm refuses the file");
    let bytes = std::fs::read(root.with_extension("pgm")).expect("the picture of the page");
    // Magic, width, height, white: four words, then the dots.
    let words: Vec<&[u8]> = bytes.splitn(5, u8::is_ascii_whitespace).collect();
    let number = |word: &[u8]| String::from_utf8_lossy(word).parse().expect("a number in the picture's head");
    let (width, height): (usize, usize) = (number(words[1]), number(words[2]));
    let rest = words[4];
    let dots = rest[rest.len() - width * height..].to_vec();
    Grey { width, dots }
}

/// Widths of what is dark and what is light in a row, from its first dark dot.
pub(super) fn widths(row: &[u8]) -> Vec<u32> {
    let mut widths = Vec::new();
    let mut dark = true;
    for dot in row.iter().skip_while(|dot| **dot >= 128) {
        if (*dot < 128) != dark || widths.is_empty() {
            dark = *dot < 128;
            widths.push(0);
        }
        if let Some(last) = widths.last_mut() {
            *last += 1;
        }
    }
    widths
}
