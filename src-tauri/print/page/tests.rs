//! Claims about the page model, on real files.

use chrono::DateTime;

use super::super::poppler;
use super::super::text::{Face, Family, Weight};
use super::flow::{LaidPage, Mark};
use super::*;

fn document(language: Language) -> Document {
    let at = DateTime::from_timestamp(1_795_507_200, 0).expect("a moment");
    Document::new("Registre d’essai", "Cabinet des Tilleuls", at, language)
}

fn words(text: impl Into<String>) -> Paragraph {
    Paragraph::new(vec![Span::words(text, Style::sized(10.0))])
}

fn page_numbers() -> Band {
    let style = Style::sized(8.0);
    Band { start: Slot::Empty, centre: Slot::Empty, end: Slot::PageOf(style), from_page: 1, rule: None, gap: 8.0 }
}

fn table(columns: usize, rows: Vec<Row>) -> Table {
    Table {
        columns: vec![Column { width: Width::Share(1.0), align: Align::Start }; columns],
        header: (0..columns).map(|column| words(format!("Entête{column}"))).collect(),
        rows,
        padding: 3.0,
        gap: 8.0,
        inset: 4.0,
        rule: Some(Colour::HAIRLINE),
        header_rule: Some(Colour::ACCENT),
        direction: None,
    }
}

fn laid(document: &Document) -> Vec<LaidPage> {
    flow::lay_out(document, &mut Typesetter::new()).expect("the document can be laid out")
}

/// Left edge and baseline of each line of text on a page, with its text.
fn texts(page: &LaidPage) -> Vec<(f32, f32, String)> {
    let line = |mark: &Mark| match mark {
        Mark::Text { x, baseline, line } => {
            Some((*x, *baseline, line.runs.iter().map(|run| run.text.as_str()).collect()))
        }
        _ => None,
    };
    page.marks.iter().filter_map(line).collect()
}

/// `word0 word1 …` as they stand in a text.
fn numbered(text: &str, word: &str) -> Vec<usize> {
    text.split_whitespace().filter_map(|piece| piece.strip_prefix(word)).filter_map(|n| n.parse().ok()).collect()
}

#[test]
fn nothing_is_lost_or_doubled_at_page_breaks() {
    let mut made = document(Language::French);
    made.footer = Some(page_numbers());
    made.header = Some(Band { start: Slot::Text(words("En-tête").spans), end: Slot::Empty, ..page_numbers() });
    let mut next = 0;
    let mut run = |count: usize| {
        let text: Vec<String> = (next..next + count).map(|number| format!("mot{number}")).collect();
        next += count;
        text.join(" ")
    };
    for round in 0..12 {
        made.blocks.push(Block::Paragraph(words(run(1)).heading()));
        made.blocks.push(Block::Paragraph(words(run(150 + round * 17))));
        made.blocks.push(Block::Space(9.0));
        let rows = (0..9).map(|_| Row { cells: vec![vec![words(run(30))], vec![words(run(3))]], ..Row::default() });
        let rows = rows.collect();
        made.blocks.push(Block::Table(table(2, rows)));
        made.blocks.push(Block::Panel(Panel {
            paragraphs: vec![words(run(40)), words(run(5)).after(6.0)],
            fill: Some(Colour::PAPER),
            frame: Some(Colour::ACCENT),
            padding: 10.0,
            radius: 6.0,
        }));
        made.blocks.push(Block::KeyValues(KeyValues {
            pairs: vec![(run(1), words(run(20)).spans)],
            label: Style::sized(10.0),
            gap: 4.0,
        }));
        made.blocks.push(Block::Rule { thickness: 0.5, colour: Colour::HAIRLINE });
    }
    let pdf = made.to_pdf().expect("the document is printed");
    assert!(pdf.pages > 5, "{} pages", pdf.pages);
    let mut read = numbered(&poppler::text(&pdf), "mot");
    read.sort_unstable();
    assert_eq!(read, (0..next).collect::<Vec<_>>());
}

#[test]
fn a_row_is_never_cut_and_every_page_repeats_the_header() {
    let rows = (0..60).map(|index| Row {
        cells: vec![
            vec![words(format!("a{index}"))],
            vec![words(format!("{} z{index}", "mots qui remplissent la cellule ".repeat(1 + index % 7)))],
        ],
        ..Row::default()
    });
    let mut made = document(Language::French);
    made.blocks.push(Block::Table(table(2, rows.collect())));
    let pages = poppler::pages(&made.to_pdf().expect("the table is printed"));
    assert!(pages.len() > 2);
    let mut first = 0;
    for page in &pages {
        assert_eq!(page.matches("Entête0").count(), 1);
        let (starts, ends) = (numbered(page, "a"), numbered(page, "z"));
        assert_eq!(starts, ends, "each row ends on the page where it begins");
        assert_eq!(starts.first(), Some(&first), "rows go on where they stopped");
        first += starts.len();
    }
    assert_eq!(first, 60);
}

#[test]
fn a_row_taller_than_a_page_goes_on_over_the_next() {
    let text: Vec<String> = (0..3000).map(|number| format!("note{number}")).collect();
    let row = Row { cells: vec![vec![words("Une seule fois")], vec![words(text.join(" "))]], ..Row::default() };
    let mut made = document(Language::French);
    made.blocks.push(Block::Table(table(2, vec![row])));
    let pdf = made.to_pdf().expect("the row is printed");
    assert!(pdf.pages > 1);
    assert_eq!(numbered(&poppler::text(&pdf), "note"), (0..3000).collect::<Vec<_>>());
    for page in laid(&made) {
        assert!(texts(&page).iter().all(|(_, baseline, _)| *baseline < made.paper.height - made.paper.bottom));
    }
}

#[test]
fn a_heading_is_not_left_behind_at_the_foot_of_a_page() {
    for filling in 20..70 {
        let mut made = document(Language::English);
        made.blocks.push(Block::Paragraph(words(vec!["line"; filling].join("\n"))));
        made.blocks.push(Block::Paragraph(words("Heading").heading()));
        made.blocks.push(Block::Table(table(1, vec![Row { cells: vec![vec![words("First")]], ..Row::default() }])));
        let pages = laid(&made);
        let page_of = |wanted: &str| {
            pages.iter().position(|page| texts(page).iter().any(|(_, _, text)| text == wanted)).expect("it is printed")
        };
        assert_eq!(page_of("Heading"), page_of("First"), "after {filling} lines");
        assert_eq!(page_of("Entête0"), page_of("First"));
    }
}

#[test]
fn space_and_rules_at_the_end_make_no_empty_page() {
    for filling in 40..60 {
        let mut made = document(Language::English);
        made.blocks.push(Block::Paragraph(words(vec!["line"; filling].join("\n"))));
        made.blocks.push(Block::Space(60.0));
        made.blocks.push(Block::PageBreak);
        assert!(laid(&made).iter().all(|page| !page.marks.is_empty()), "after {filling} lines");
    }
}

#[test]
fn a_page_break_begins_a_page() {
    let mut made = document(Language::English);
    made.blocks = vec![Block::Paragraph(words("one")), Block::PageBreak, Block::Paragraph(words("two"))];
    let pages = poppler::pages(&made.to_pdf().expect("printed"));
    assert_eq!(pages.iter().map(|page| page.trim()).collect::<Vec<_>>(), ["one", "two"]);
}

#[test]
fn a_right_to_left_page_mirrors_columns_and_alignment() {
    let row = Row { cells: vec![vec![words("aa")], vec![words("bb")]], ..Row::default() };
    let place = |language: Language, direction: Option<Direction>| {
        let mut made = document(language);
        made.blocks.push(Block::Table(Table { header: Vec::new(), direction, ..table(2, vec![row.clone()]) }));
        made.blocks.push(Block::Paragraph(words("cc")));
        let page = laid(&made).remove(0);
        texts(&page).into_iter().map(|(x, _, _)| x).collect::<Vec<_>>()
    };
    let (french, arabic) = (place(Language::French, None), place(Language::Arabic, None));
    assert!(french[0] < french[1]);
    assert!(arabic[0] > arabic[1], "the first column is at the right");
    assert!(arabic[2] > 500.0, "lines begin at the right margin");
    let kept = place(Language::Arabic, Some(Direction::LeftToRight));
    assert!(kept[0] < kept[1], "a table can keep its own order");
}

#[test]
fn pages_are_numbered_in_the_language_of_the_document() {
    for (language, wanted) in
        [(Language::French, "Page 2 sur 3"), (Language::Arabic, "صفحة 2 من 3"), (Language::English, "Page 2 of 3")]
    {
        let mut made = document(language);
        made.footer = Some(page_numbers());
        made.blocks = vec![
            Block::Paragraph(words("1")),
            Block::PageBreak,
            Block::Paragraph(words("2")),
            Block::PageBreak,
            Block::Paragraph(words("3")),
        ];
        let pages = poppler::pages(&made.to_pdf().expect("printed"));
        // Poppler moves the spaces beside figures inside Arabic.
        let plain = |text: &str| text.split_whitespace().collect::<String>();
        assert!(plain(&pages[1]).contains(&plain(wanted)), "{wanted}");
    }
}

#[test]
fn a_band_begins_on_the_page_it_is_given() {
    let mut made = document(Language::French);
    made.header = Some(Band { start: Slot::Text(words("Suite").spans), from_page: 2, ..page_numbers() });
    made.blocks.push(Block::Paragraph(words(vec!["ligne"; 150].join("\n"))));
    let pages = poppler::pages(&made.to_pdf().expect("printed"));
    let shown: Vec<bool> = pages.iter().map(|page| page.contains("Suite")).collect();
    assert_eq!(shown, [false, true, true]);
    let lines = |page: &String| page.matches("ligne").count();
    assert!(lines(&pages[0]) > lines(&pages[1]), "the first page uses the room");
    assert_eq!(pages.iter().map(lines).sum::<usize>(), 150);
}

#[test]
fn sheets_have_their_size_and_can_lie() {
    for (paper, size) in [
        (Paper::a4(), "595.276 x 841.89 pts (A4)"),
        (Paper::a4().landscape(), "841.89 x 595.276 pts (A4)"),
        (Paper::a5(), "419.528 x 595.276 pts"),
        (Paper::a5().landscape(), "595.276 x 419.528 pts"),
    ] {
        let mut made = document(Language::French);
        made.paper = paper;
        made.blocks.push(Block::Paragraph(words("texte")));
        assert_eq!(poppler::info(&made.to_pdf().expect("printed"), "Page size"), size);
    }
}

#[test]
fn the_file_says_what_it_is_and_nothing_it_was_not_told() {
    let mut made = document(Language::Arabic);
    made.title = "لائحة – Œuvre".to_owned();
    made.blocks.push(Block::Paragraph(words("نص")));
    let pdf = made.to_pdf().expect("printed");
    assert_eq!(poppler::info(&pdf, "Title"), "لائحة – Œuvre");
    assert_eq!(poppler::info(&pdf, "Author"), "Cabinet des Tilleuls");
    assert_eq!(poppler::info(&pdf, "Pages"), "1");
    assert!(poppler::info(&pdf, "CreationDate").contains("Nov 24 08:00:00 2026"));
    let file = lopdf::Document::load_mem(&pdf.bytes).expect("the file is whole");
    let catalog = file.catalog().expect("a catalog");
    assert_eq!(catalog.get(b"Lang").and_then(lopdf::Object::as_str).expect("a language"), b"ar");
    let preferences = catalog.get(b"ViewerPreferences").and_then(lopdf::Object::as_dict).expect("preferences");
    assert_eq!(preferences.get(b"Direction").and_then(lopdf::Object::as_name).expect("a direction"), b"R2L");
}

#[test]
fn the_same_document_is_the_same_file_and_another_is_not() {
    let make = |text: &str| {
        let mut made = document(Language::French);
        made.blocks.push(Block::Paragraph(words(text)));
        made.to_pdf().expect("printed").bytes
    };
    let first = make("Łukasz محمد");
    assert!(first == make("Łukasz محمد"), "the same bytes");
    let id = |bytes: &[u8]| {
        let file = lopdf::Document::load_mem(bytes).expect("the file is whole");
        format!("{:?}", file.trailer.get(b"ID").expect("an id"))
    };
    assert_ne!(id(&first), id(&make("Łukasz")));
}

#[test]
fn every_font_is_cut_and_inside_the_file() {
    let mut made = document(Language::French);
    for (family, weight) in
        [(Family::Sans, Weight::Regular), (Family::Sans, Weight::SemiBold), (Family::Mono, Weight::Regular)]
    {
        let style = Style { family, weight, ..Style::sized(10.0) };
        made.blocks.push(Block::Paragraph(Paragraph::new(vec![Span::data("Été محمد כהן ✓", style)])));
    }
    let pdf = made.to_pdf().expect("printed");
    let fonts = poppler::fonts(&pdf);
    assert_eq!(fonts.len(), 5, "{fonts:?}");
    for font in &fonts {
        assert!(font.contains('+') && font.contains("yes yes yes"), "{font}");
    }
    let whole: usize = Face::ALL.iter().map(|face| face.data().len()).sum();
    assert!(pdf.bytes.len() < whole / 20, "{} bytes", pdf.bytes.len());
}

#[test]
fn one_glyph_can_stand_for_different_characters() {
    // Signs without a glyph share one box, composed and decomposed letters share one glyph.
    let text = "李 小 龙 ễ e\u{302}\u{303} \u{2d}\u{2010}";
    let mut made = document(Language::French);
    made.blocks.push(Block::Paragraph(words(text)));
    let read = poppler::text(&made.to_pdf().expect("printed"));
    assert_eq!(read.trim(), text);
}

#[test]
fn what_cannot_be_laid_out_is_refused() {
    let mut small = document(Language::French);
    small.paper = Paper::a5().with_margins(300.0, 290.0, 30.0, 30.0);
    assert!(matches!(small.to_pdf(), Err(PrintError::PageTooSmall)));

    let mut wide = document(Language::French);
    let columns = vec![Column { width: Width::Fixed(300.0), align: Align::Start }; 2];
    wide.blocks.push(Block::Table(Table { columns, ..table(2, Vec::new()) }));
    assert!(matches!(wide.to_pdf(), Err(PrintError::TooWide)));
}
