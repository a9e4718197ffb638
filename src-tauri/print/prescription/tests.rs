//! Claims about prescriptions on paper, read back as a reader of PDF files would.

use super::super::samples::{self, Head};
use super::super::{poppler, samples::prescription};
use super::*;

/// The numbers behind a marker, in the order of the page.
fn numbers(page: &str, marker: &str) -> Vec<usize> {
    let figures = |at: usize| page[at + marker.len()..].chars().take_while(char::is_ascii_digit).collect::<String>();
    page.match_indices(marker).filter_map(|(at, _)| figures(at).parse().ok()).collect()
}

/// Poppler moves the spaces beside figures inside Arabic.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

#[test]
fn forty_lines_over_pages_lose_nothing_and_part_no_line_from_its_posology() {
    for sheet in [Sheet::A4, Sheet::A5] {
        for (language, head) in [(Language::French, Head::Latin), (Language::Arabic, Head::Both)] {
            let paper = prescription(language, head, sheet, Content::Plain(samples::numbered(40)));
            let pdf = paper.to_pdf().expect("the prescription is printed");
            assert!(pdf.pages > 2, "{} pages", pdf.pages);
            let mut next = 0;
            let pages = poppler::pages(&pdf);
            for (index, page) in pages.iter().enumerate() {
                let starts = numbers(page, "DCI");
                assert_eq!(starts, (next..next + starts.len()).collect::<Vec<_>>());
                assert_eq!(starts, numbers(page, "POS"), "page {index} of {sheet:?}");
                assert_eq!(starts, numbers(page, "DUR"));
                assert!(!starts.is_empty(), "a page without a line");
                next += starts.len();
                assert!(page.contains(&paper.patient.name), "the patient on page {index}");
                assert_eq!(
                    page.contains(language.paper().signature),
                    index + 1 == pages.len(),
                    "the signature only on the last page"
                );
            }
            assert_eq!(next, 40);
        }
    }
}

#[test]
fn the_signature_is_never_alone_on_a_page() {
    for count in 1..30 {
        let paper = prescription(Language::French, Head::Latin, Sheet::A5, Content::Plain(samples::numbered(count)));
        let pages = poppler::pages(&paper.to_pdf().expect("printed"));
        let last = pages.last().expect("a page");
        assert!(last.contains("Signature") && numbers(last, "DCI").last() == Some(&(count - 1)), "{count} lines");
    }
}

#[test]
fn the_head_says_who_where_and_under_which_numbers() {
    let paper = prescription(Language::French, Head::Latin, Sheet::A4, Content::Plain(samples::lines(3)));
    let text = poppler::text(&paper.to_pdf().expect("printed"));
    for wanted in [
        "Dr Hélène Lefèvre-Nguyễn",
        "Médecine générale",
        "12 rue de l’Œillet",
        "69003 Lyon",
        "France",
        "+33 4 72 00 00 00",
        "cabinet@tilleuls.example",
        "10001234567",
        "690012345",
        "Lyon, le 24 novembre 2026",
        "BENJELLOUN-D’HÉROUVILLE Fatima-Zohra",
        "née le 12/05/1979",
        "47 ans",
        "sexe féminin",
        "62 kg",
        "1,68 m",
        "LÉVOTHYROXINE SODIQUE 75 µg",
        "(LEVOTHYROX)",
        "À renouveler 3 fois",
        "Non substituable (MTE)",
        "3 lignes prescrites",
        "Page 1 sur 1",
        "En cas d’urgence",
    ] {
        assert!(text.contains(wanted), "{wanted} in {text}");
    }
    assert!(!text.contains("DUPLICATA"));
}

#[test]
fn arabic_is_read_back_in_its_own_order_and_figures_read_forwards() {
    let lines = (0..3).map(samples::arabic_line).collect();
    let paper = prescription(Language::Arabic, Head::Both, Sheet::A4, Content::Plain(lines));
    let pdf = paper.to_pdf().expect("printed");
    let text = squeezed(&poppler::text(&pdf));
    for wanted in [
        "وصفة طبية",
        "بنجلون فاطمة الزهراء",
        "الدكتورة هيلين لوفيفر",
        "عيادة الأطلس",
        "حبة واحدة صباحا ومساء",
        "12/05/1979",
        "+212 5 37 00 00 00",
        "Dr Hélène Lefèvre-Nguyễn",
        "101234567",
        "AMOXICILLINE",
        "غير قابل للاستبدال",
        "تُجدد 3 مرات",
        "التوقيع والختم",
    ] {
        assert!(text.contains(&squeezed(wanted)), "{wanted} in {text}");
    }
}

#[test]
fn the_two_zones_stand_one_above_the_other_with_their_official_titles() {
    let content = Content::TwoZones { covered: samples::numbered(18), other: samples::lines(2) };
    let paper = prescription(Language::French, Head::Latin, Sheet::A5, content);
    let pdf = paper.to_pdf().expect("printed");
    let pages = poppler::pages(&pdf);
    let (upper, lower) = ("AFFECTION EXONÉRANTE", "MALADIES INTERCURRENTES");
    for page in &pages {
        assert_eq!(page.contains(upper), page.contains("DCI"), "the upper zone's title over each page of it");
    }
    let last = pages.iter().position(|page| page.contains("PARACÉTAMOL")).expect("the lower zone's lines");
    let page = &pages[last];
    assert!(page.find(lower).expect("its title") < page.find("AMOXICILLINE").unwrap_or(usize::MAX));
    let text = pages.concat();
    assert!(text.rfind(upper) < text.find(lower));
    let numbered: Vec<String> = (1..=20).map(|number| format!("{number}.")).collect();
    let words = text.lines().filter_map(|line| line.split_whitespace().next());
    let read: Vec<&str> = words.filter(|word| numbered.iter().any(|known| known == word)).collect();
    assert_eq!(read, numbered, "one count for both zones");
}

#[test]
fn a_zone_without_lines_says_so() {
    let content = Content::TwoZones { covered: samples::lines(1), other: Vec::new() };
    let text =
        poppler::text(&prescription(Language::French, Head::Latin, Sheet::A4, content).to_pdf().expect("printed"));
    assert!(text.find("MALADIES INTERCURRENTES") < text.find("Néant"));
}

#[test]
fn a_reprint_says_duplicate_on_every_page() {
    let paper = Prescription {
        duplicate: true,
        ..prescription(Language::French, Head::Latin, Sheet::A5, Content::Plain(samples::numbered(20)))
    };
    for page in poppler::pages(&paper.to_pdf().expect("printed")) {
        assert_eq!(page.matches("DUPLICATA").count(), 2);
    }
}

#[test]
fn other_papers_have_their_title_and_sections() {
    for language in Language::ALL {
        for kind in Kind::ALL {
            let paper = Prescription { kind, ..prescription(language, Head::Latin, Sheet::A4, samples::sections()) };
            let pdf = paper.to_pdf().expect("printed");
            let text = poppler::text(&pdf);
            assert!(squeezed(&text).contains(&squeezed(kind.title(language))), "{kind:?} in {language:?}");
            assert!(text.contains("Hématologie") && text.contains("HbA1c") && text.contains("4."));
        }
    }
}

#[test]
fn an_empty_prescription_is_not_printed() {
    let paper = prescription(Language::French, Head::Latin, Sheet::A4, Content::Plain(Vec::new()));
    assert!(matches!(paper.to_pdf(), Err(PrintError::NothingToPrint)));
}

#[test]
fn the_same_prescription_is_the_same_file() {
    let make = || {
        let paper = Prescription {
            signature: Some(samples::picture(90, 40)),
            ..prescription(Language::French, Head::Both, Sheet::A4, Content::Plain(samples::lines(5)))
        };
        paper.to_pdf().expect("printed")
    };
    assert!(make() == make());
}

#[test]
fn the_bar_code_on_the_page_is_the_number() {
    let paper = prescription(Language::French, Head::Latin, Sheet::A4, Content::Plain(samples::lines(1)));
    let page = poppler::grey(&paper.to_pdf().expect("printed"), 1, 300);
    let wanted = super::super::code128::bars("10001234567").expect("a number is a bar code");
    assert!(page.rows().any(|row| poppler::widths(row).windows(wanted.len()).any(|seen| same_bars(seen, &wanted))));
}

/// Whether widths in dots are the code's widths in modules.
fn same_bars(seen: &[u32], wanted: &[u8]) -> bool {
    let (dots, modules): (u32, u32) = (seen.iter().sum(), wanted.iter().copied().map(u32::from).sum());
    let module = dots as f32 / modules as f32;
    module >= 2.0
        && seen.iter().zip(wanted).all(|(seen, wanted)| (*seen as f32 / module - f32::from(*wanted)).abs() < 0.45)
}

#[test]
fn what_is_left_of_the_page_is_struck_through_and_nothing_else() {
    let paper = prescription(Language::French, Head::Latin, Sheet::A4, Content::Plain(samples::lines(2)));
    let open_paper = Prescription { strike_rest: false, ..paper.clone() };
    let dark = |paper: &Prescription| {
        let page = poppler::grey(&paper.to_pdf().expect("printed"), 1, 50);
        let rows: Vec<bool> = page.rows().map(|row| row.iter().any(|dot| *dot < 200)).collect();
        rows
    };
    let (struck, open) = (dark(&paper), dark(&open_paper));
    let differs: Vec<usize> = (0..struck.len()).filter(|row| struck[*row] != open[*row]).collect();
    assert!(differs.len() > 120, "a stroke of {} rows", differs.len());
    assert!(differs.iter().all(|row| struck[*row]), "only ink more");
    let signed = dark(&open_paper).iter().take(*differs.first().expect("a stroke")).filter(|dark| **dark).count();
    assert!(signed > 100, "under the signature");
}

#[test]
fn a_jpeg_is_printed_as_it_is_and_a_cut_one_refused() {
    let logo = Picture::read(&samples::JPEG).expect("a JPEG is read");
    let paper = prescription(Language::French, Head::Latin, Sheet::A4, Content::Plain(samples::lines(1)));
    let with = |logo: Option<Arc<Picture>>| {
        let head = Letterhead { logo, ..paper.head.clone() };
        let page = poppler::grey(&Prescription { head, ..paper.clone() }.to_pdf().expect("printed"), 1, 72);
        page.rows().flatten().filter(|dot| **dot < 40).count()
    };
    // 84 × 42 points of black, less the bars and words that are there anyway.
    assert!(with(Some(Arc::new(logo))) > with(None) + 84 * 42 - 400);
    for end in [0, 2, 20, samples::JPEG.len() / 2, samples::JPEG.len() - 2] {
        assert!(matches!(Picture::read(&samples::JPEG[..end]), Err(PrintError::Picture)), "{end} bytes");
    }
}
