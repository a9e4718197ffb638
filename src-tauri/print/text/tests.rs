//! Claims about setting text.

use proptest::prelude::*;

use super::fonts::is_invisible;
use super::*;

const NAMES: [&str; 7] = [
    "D'Hérouville–Nguyễn",
    "O’Brien",
    "Ælfgifu Œuvrard",
    "El Mehdi Aït-Ouahmane",
    "محمد بن عبد الله",
    "Łukasz Żółć",
    "ⴰⵎⴰⵣⵉⵖ",
];

fn data(text: &str) -> Paragraph {
    Paragraph::new(vec![Span::data(text, Style::sized(10.0))])
}

fn lines(paragraph: &Paragraph, width: f32, page: Direction) -> Vec<Line> {
    Typesetter::new().lines(paragraph, width, page)
}

/// The characters of a line as the eye meets them, from left to right.
fn seen(line: &Line) -> String {
    let mut pieces = Vec::new();
    for run in &line.runs {
        let places = run.glyphs.iter().filter(|glyph| !glyph.text.is_empty());
        pieces.extend(places.map(|glyph| (run.x + glyph.x, &run.text[glyph.text.clone()])));
    }
    pieces.sort_by(|a, b| a.0.total_cmp(&b.0));
    pieces.into_iter().map(|(_, text)| text).collect()
}

/// Visible characters, in no order.
fn visible<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<char> {
    let mut characters: Vec<char> =
        texts.flat_map(str::chars).filter(|c| !c.is_whitespace() && !c.is_control() && !is_invisible(*c)).collect();
    characters.sort_unstable();
    characters
}

#[test]
fn every_name_of_the_vectors_has_its_glyphs() {
    for name in NAMES {
        for page in [Direction::LeftToRight, Direction::RightToLeft] {
            let set = lines(&data(name), f32::INFINITY, page);
            let missing = set[0].runs.iter().flat_map(|run| &run.glyphs).any(|glyph| glyph.id == Some(0));
            assert!(!missing, "{name} has a glyph that is a box");
        }
    }
}

#[test]
fn a_phone_inside_arabic_reads_forwards() {
    let phone = "06 11 22 33 44";
    let style = Style::sized(10.0);
    let paragraph = Paragraph::new(vec![Span::words("الهاتف: ", style), Span::code(phone, style)]);
    let line = &lines(&paragraph, f32::INFINITY, Direction::RightToLeft)[0];
    assert!(seen(line).starts_with(phone), "the phone stands at the left, forwards");

    let loose = Paragraph::new(vec![Span::words(format!("الهاتف: {phone}"), style)]);
    let line = &lines(&loose, f32::INFINITY, Direction::RightToLeft)[0];
    assert!(!seen(line).starts_with(phone), "without isolation it would not: the isolate is what does it");
}

#[test]
fn a_latin_name_at_the_end_of_arabic_keeps_its_order_and_its_point() {
    let style = Style::sized(10.0);
    let spans = vec![Span::words("مع ", style), Span::data("Zoé L. (12)", style), Span::words(".", style)];
    let line = &lines(&Paragraph::new(spans), f32::INFINITY, Direction::RightToLeft)[0];
    assert!(seen(line).starts_with(".Zoé L. (12)"), "the sentence's point is at the far left, the name whole");
}

#[test]
fn arabic_letters_join_and_lam_alef_is_one_shape_with_two_letters() {
    let line = &lines(&data("لا"), f32::INFINITY, Direction::RightToLeft)[0];
    let glyphs: Vec<&Glyph> = line.runs.iter().flat_map(|run| &run.glyphs).collect();
    assert_eq!(glyphs.iter().filter(|glyph| glyph.id.is_some()).count(), 1);
    assert_eq!(seen(line).chars().rev().collect::<String>(), "لا");

    let shape = |text: &str| lines(&data(text), f32::INFINITY, Direction::RightToLeft)[0].runs[0].glyphs[0].id;
    assert_ne!(shape("ه"), shape("به"), "a final letter is not an isolated one");
}

#[test]
fn marks_stand_above_their_letters() {
    let line = &lines(&data("مُحمد"), f32::INFINITY, Direction::RightToLeft)[0];
    let marks = line.runs[0].glyphs.iter().filter(|glyph| glyph.id.is_some() && glyph.advance == 0.0);
    let marks: Vec<&Glyph> = marks.collect();
    assert_eq!(marks.len(), 1);
    assert!(marks[0].y != 0.0, "the mark is moved to its letter");
    assert!(marks[0].text.is_empty(), "its text is carried beside the letter, not by the mark");
}

#[test]
fn figures_are_equally_wide_and_hyphens_are_not() {
    let width = |text: &str| lines(&data(text), f32::INFINITY, Direction::LeftToRight)[0].width;
    for figure in ["0", "1", "4", "7"] {
        assert!((width(&figure.repeat(6)) - width("888888")).abs() < 0.01, "{figure}");
    }
    assert!(width("-") < width("8") * 0.9);
}

#[test]
fn what_is_typed_is_what_is_seen() {
    let line = &lines(&data("2x1 -> fi"), f32::INFINITY, Direction::LeftToRight)[0];
    let glyphs = line.runs.iter().flat_map(|run| &run.glyphs).count();
    assert_eq!(glyphs, "2x1 -> fi".chars().count(), "no ligature, no arrow");
}

#[test]
fn a_direction_override_in_a_name_stays_in_the_name() {
    let style = Style::sized(10.0);
    let spans = vec![Span::data("Eve\u{202e}\u{2069}\u{2067}", style), Span::words(" 14:30", style)];
    let line = &lines(&Paragraph::new(spans), f32::INFINITY, Direction::LeftToRight)[0];
    assert_eq!(seen(line), "Eve 14:30");
}

#[test]
fn a_phone_is_broken_only_where_no_line_could_hold_it() {
    let style = Style::sized(10.0);
    let paragraph = Paragraph::new(vec![
        Span::words("Rappeler au ", style),
        Span::code("06 11 22 33 44", style),
        Span::words(" avant midi", style),
    ]);
    let whole = |width: f32| {
        let set = lines(&paragraph, width, Direction::LeftToRight);
        set.iter().any(|line| seen(line).contains("06 11 22 33 44"))
    };
    for width in [80.0, 90.0, 100.0, 120.0, 150.0] {
        assert!(whole(width), "at {width} points");
    }
    assert!(!whole(40.0), "a column too narrow breaks it rather than losing it");
}

#[test]
fn an_arabic_name_cut_by_a_narrow_column_keeps_the_shapes_of_its_letters() {
    let ids = |line: &Line| -> Vec<u16> { line.runs.iter().flat_map(|run| &run.glyphs).filter_map(|g| g.id).collect() };
    let name = "بنجلون";
    let whole = ids(&lines(&data(name), f32::INFINITY, Direction::RightToLeft)[0]);
    let cut = lines(&data(name), 20.0, Direction::RightToLeft);
    assert!(cut.len() > 1);
    let together: Vec<u16> = cut.iter().rev().flat_map(ids).collect();
    assert_eq!(together, whole);
}

#[test]
fn line_feeds_and_windows_line_ends_begin_lines() {
    let set = lines(&data("un\r\ndeux\n\ntrois"), f32::INFINITY, Direction::LeftToRight);
    let texts: Vec<String> = set.iter().map(seen).collect();
    assert_eq!(texts, ["un", "deux", "", "trois"]);
    assert!(set.iter().all(|line| line.height > 10.0), "an empty line has its height");
}

#[test]
fn a_space_at_the_end_of_data_makes_no_line() {
    let text = "Apporter les derniers résultats ";
    for width in 20..140 {
        let set = lines(&data(text), width as f32, Direction::LeftToRight);
        assert!(set.iter().all(|line| !seen(line).trim().is_empty()), "at {width} points");
    }
}

/// Text as it may come from an import: Latin, Arabic with marks, figures, signs, controls, other scripts.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-zA-ZÀ-ỹ'’–-]{1,12}",
        "[\u{620}-\u{64a}\u{64b}-\u{652}]{1,10}",
        "[0-9 .:/+-]{1,10}",
        prop::sample::select(NAMES.to_vec()).prop_map(str::to_owned),
        "\\PC{0,6}",
        any::<char>().prop_map(String::from),
        Just(" ".to_owned()),
        Just("\n".to_owned()),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(160))]

    #[test]
    fn no_visible_character_is_lost(text in any_text(), width in 5.0_f32..300.0, rtl: bool) {
        let page = if rtl { Direction::RightToLeft } else { Direction::LeftToRight };
        let set = lines(&data(&text), width, page);
        let carried = set.iter().flat_map(|line| &line.runs).flat_map(|run| {
            run.glyphs.iter().map(|glyph| &run.text[glyph.text.clone()])
        });
        prop_assert_eq!(visible(carried), visible(std::iter::once(text.as_str())));
    }

    #[test]
    fn no_line_is_wider_than_its_column(text in any_text(), width in 40.0_f32..300.0) {
        for line in lines(&data(&text), width, Direction::LeftToRight) {
            let shown = line.runs.iter().flat_map(|run| &run.glyphs).filter(|glyph| glyph.advance > 0.0).count();
            // Kerning across a cut may differ by a hair.
            prop_assert!(line.width <= width + 1.0 || shown <= 1, "{} in {width}", line.width);
        }
    }
}
