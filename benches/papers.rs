//! A prescription on paper: the copy for a printer and the original that is archived.

use std::hint::black_box;
use std::time::Instant;

use chrono::DateTime;
use semainier_app::print::letterhead::{Letterhead, Number, Patient, Sender, Sex};
use semainier_app::print::prescription::{Content, Kind, Line, Prescription, Sheet};
use semainier_app::print::words::Language;

/// Twelve lines in two zones, with both heads and the bar codes, in French and in Arabic.
pub fn prescriptions() {
    for language in [Language::French, Language::Arabic] {
        let paper = prescription(language);
        // As on the page of somebody who prints one: the fonts are parsed once a run of the program.
        let (mut copies, mut originals) = (Vec::new(), Vec::new());
        for _ in 0..100 {
            let began = Instant::now();
            black_box(paper.to_pdf().expect("printed"));
            copies.push(began.elapsed());
            let began = Instant::now();
            black_box(paper.to_archive().expect("archived"));
            originals.push(began.elapsed());
        }
        for (figure, mut times) in [("prescription PDF", copies), ("prescription PDF/A", originals)] {
            let (median, p99) = super::spread(&mut times);
            println!(
                "{}",
                serde_json::json!({
                    "figure": figure, "language": language.tag(), "lines": paper.content.count(), "runs": times.len(),
                    "median_ms": super::round(median), "p99_ms": super::round(p99), "at_most_ms": 50,
                })
            );
        }
    }
}

fn prescription(language: Language) -> Prescription {
    let arabic = language == Language::Arabic;
    let sender = |name: &str, speciality: &str, street: &str| Sender {
        name: name.to_owned(),
        qualifications: vec![speciality.to_owned()],
        address: vec![street.to_owned()],
        phone: "+33 4 72 00 00 00".to_owned(),
        ..Sender::default()
    };
    let line = |number: usize| Line {
        inn: format!("PARACÉTAMOL {number}"),
        dosage: "1 000 mg".to_owned(),
        form: "comprimé".to_owned(),
        posology: if arabic {
            "حبة واحدة صباحا ومساء لمدة 7 أيام"
        } else {
            "1 comprimé matin et soir pendant 7 jours"
        }
        .to_owned(),
        amount: "2 boîtes".to_owned(),
        renewals: Some(2),
        not_substitutable: Some("MTE".to_owned()),
        ..Line::default()
    };
    Prescription {
        head: Letterhead {
            latin: Some(sender("Dr Hélène Lefèvre", "Médecine générale", "12 rue de l’Œillet, 69003 Lyon, France")),
            arabic: Some(sender("الدكتورة هيلين لوفيفر", "الطب العام", "12، زنقة الزيتون، الرباط")),
            numbers: vec![Number { label: "RPPS".to_owned(), digits: "10001234567".to_owned(), bars: true }],
            ..Letterhead::default()
        },
        patient: Patient {
            name: "BENJELLOUN Fatima-Zohra".to_owned(),
            sex: Sex::Female,
            born_on: "12/05/1979".to_owned(),
            ..Patient::default()
        },
        kind: Kind::Medicines,
        place: "Lyon".to_owned(),
        date: "24 novembre 2026".to_owned(),
        content: Content::TwoZones { covered: (0..6).map(line).collect(), other: (6..12).map(line).collect() },
        note: String::new(),
        signature: None,
        stamp: true,
        strike_rest: true,
        duplicate: false,
        sheet: Sheet::A4,
        language,
        created_at: DateTime::UNIX_EPOCH,
    }
}
