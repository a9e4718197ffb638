//! Claims about reports, read back as a reader of PDF files would.

use super::super::poppler;
use super::super::samples;
use super::*;

fn report(language: Language, rows: usize) -> Report {
    let (title, practice, heading) = match language {
        Language::French => ("Registre des traitements", "Cabinet des Tilleuls", "Agenda et rendez-vous"),
        Language::Arabic => ("سجل المعالجات", "عيادة الأطلس", "الأجندة والمواعيد"),
        Language::English => ("Record of processing", "Limes Practice", "Agenda and appointments"),
    };
    let row = |n: usize| vec![Cell::code(format!("N{n}")), "D’Hérouville–Nguyễn".into(), Cell::warning("en retard")];
    Report {
        practice: ReportHead {
            name: practice.to_owned(),
            lines: vec!["12 rue de l’Œillet, 69003 Lyon".to_owned(), String::new(), "+33 4 72 00 00 00".to_owned()],
        },
        title: title.to_owned(),
        subtitle: "RGPD, article 30".to_owned(),
        intro: vec![Part::Text("Premier paragraphe.\n\nSecond paragraphe.".to_owned())],
        sections: vec![
            ReportSection {
                note: "12/05/2026".to_owned(),
                ..ReportSection::new(
                    heading,
                    vec![
                        Part::Pairs(vec![
                            ("Finalité".to_owned(), "Rendez-vous".into()),
                            ("Absente".to_owned(), "  ".into()),
                        ]),
                        Part::List(vec!["chiffrement".to_owned(), "sauvegarde".to_owned()]),
                        Part::Notice("Attention".to_owned()),
                        Part::Box("Calme".to_owned()),
                    ],
                )
            },
            ReportSection::new(
                "Table",
                vec![
                    Part::Table(ReportTable {
                        columns: vec![("No".to_owned(), 0.5), ("Nom".to_owned(), 2.0), ("État".to_owned(), 1.0)],
                        rows: (0..rows).map(row).collect(),
                        empty: "Aucune ligne".to_owned(),
                    }),
                    Part::Question("Ouverte\u{a0}?".to_owned(), String::new()),
                    Part::Question("Connue\u{a0}?".to_owned(), "Répondue".to_owned()),
                    Part::Signatures(vec!["Responsable".to_owned(), "Sous-traitant".to_owned()]),
                ],
            ),
        ],
        printed_at: "24/11/2026".to_owned(),
        foot: "Confidentiel".to_owned(),
        landscape: false,
        language,
        created_at: samples::moment(),
    }
}

fn numbers(text: &str) -> Vec<usize> {
    text.split_whitespace().filter_map(|word| word.strip_prefix('N')?.parse().ok()).collect()
}

#[test]
fn a_report_loses_no_row_in_any_language_on_either_side_of_the_sheet_and_in_both_files() {
    for language in Language::ALL {
        for landscape in [false, true] {
            let report = Report { landscape, ..report(language, 140) };
            for pdf in [report.to_pdf().expect("printed"), report.to_archive().expect("archived")] {
                let pages = poppler::pages(&pdf);
                assert!(pages.len() > 2 && pages.len() == pdf.pages);
                assert_eq!(numbers(&pages.concat()), (0..140).collect::<Vec<_>>(), "{language:?} {landscape}");
                for wanted in ["Premier", "Second", "chiffrement", "Attention", "Calme", "Répondue", "Responsable"] {
                    assert!(pages.concat().contains(wanted), "{wanted} in {language:?}");
                }
                for page in &pages {
                    assert!(page.contains("24/11/2026") && page.contains("Confidentiel"));
                }
                assert!(!pages.concat().contains("Absente"), "a label without a value is left out");
            }
        }
    }
}

#[test]
fn every_page_says_which_of_how_many_it_is() {
    let pdf = report(Language::French, 140).to_pdf().expect("printed");
    let pages = poppler::pages(&pdf);
    for (index, page) in pages.iter().enumerate() {
        assert!(page.contains(&Language::French.page_of(index + 1, pages.len())), "page {}", index + 1);
    }
    assert!(pages[1].contains("Registre des traitements") && pages[1].contains("Cabinet des Tilleuls"));
    assert!(poppler::info(&pdf, "Title").contains("Registre"));
}

#[test]
fn an_arabic_report_reads_from_the_right_and_its_numbers_forwards() {
    let pdf = report(Language::Arabic, 3).to_pdf().expect("printed");
    let boxes = poppler::boxes(&pdf);
    assert!(boxes["N0"] > boxes["retard"], "the first column stands at the right");
    assert!(poppler::text(&pdf).contains("+33 4 72 00 00 00"));
}

#[test]
fn a_table_without_rows_says_so_and_a_report_without_words_is_not_printed() {
    let text = poppler::text(&report(Language::French, 0).to_pdf().expect("printed"));
    assert!(text.contains("Aucune ligne") && !text.contains("État"));
    let empty = Report { intro: Vec::new(), sections: Vec::new(), ..report(Language::French, 0) };
    assert!(matches!(empty.to_pdf(), Err(PrintError::NothingToPrint)));
}
