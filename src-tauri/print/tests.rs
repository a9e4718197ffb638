//! Claims about whole printed files, read back with poppler's tools as a reader would.

use std::io::Write;
use std::process::Command;

use chrono::{DateTime, Utc};

use super::day_list::{DayList, DayRow, Standing};
use super::page::Pdf;
use super::recovery_sheet::{RecoveryKey, RecoverySheet};
use super::text::Colour;
use super::words::Language;

fn at() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_507_200, 0).expect("a moment")
}

pub(super) fn sample(language: Language, count: usize) -> DayList {
    let arabic = language == Language::Arabic;
    let names: &[&str] = &[
        "DUPONT Marie",
        "D'Hérouville–Nguyễn Anaïs",
        "O’Brien Siobhán",
        "Ælfgifu Œuvrard",
        "El Mehdi Aït-Ouahmane",
        "محمد بن عبد الله",
        "Łukasz Żółć",
        "MARTIN Lucas",
        "بنجلون فاطمة الزهراء",
        "EL IDRISSI Meryem",
        "DE LA TRÉMOILLE-ROCHEFORT-MONTMORENCY Marie-Charlotte Élisabeth Joséphine",
    ];
    let reasons: &[(&str, &str)] = if arabic {
        &[
            ("فحص", ""),
            ("متابعة", "إحضار آخر النتائج"),
            ("تلقيح", ""),
            ("شهادة", "تحليل HbA1c مع الملف"),
            ("تخطيط القلب", ""),
        ]
    } else {
        &[
            ("Consultation", ""),
            ("Suivi", "Apporter les derniers résultats"),
            ("Vaccin", ""),
            ("Certificat", "Sport, licence FFF"),
            ("ECG", ""),
        ]
    };
    let statuses: &[(&str, Standing)] = if arabic {
        &[
            ("تمت", Standing::Done),
            ("لم يحضر", Standing::Absent),
            ("عند الطبيب", Standing::InConsultation),
            ("في قاعة الانتظار", Standing::Arrived),
            ("مؤكد", Standing::Confirmed),
            ("محجوز", Standing::Expected),
        ]
    } else {
        &[
            ("effectué", Standing::Done),
            ("absent", Standing::Absent),
            ("en consultation", Standing::InConsultation),
            ("en salle d’attente", Standing::Arrived),
            ("confirmé", Standing::Confirmed),
            ("pris", Standing::Expected),
        ]
    };
    let colours = [
        Colour(0x1f, 0x6f, 0xb2),
        Colour(0x8a, 0x5a, 0xa8),
        Colour(0x4d, 0x7c, 0x0f),
        Colour(0x9a, 0x7b, 0x0a),
        Colour(0xb4, 0x3a, 0x2e),
    ];
    let rows = (0..count)
        .map(|i| {
            let minute = 8 * 60 + i * 15;
            let (reason, note) = reasons[i % reasons.len()];
            let (status, standing) = if i < 4 { statuses[i] } else { statuses[4 + i % 2] };
            DayRow {
                time: format!("{}:{:02}", minute / 60 % 24, minute % 60),
                end: format!("{}:{:02}", (minute + 15) / 60 % 24, (minute + 15) % 60),
                patient: names[(i + if arabic { 5 } else { 0 }) % names.len()].to_owned(),
                birth_date: format!("{:02}/{:02}/{}", 1 + i % 28, 1 + i % 12, 1940 + i % 80),
                phone: if i % 7 == 3 { String::new() } else { "06 11 22 33 44".to_owned() },
                reason: reason.to_owned(),
                reason_colour: Some(colours[i % colours.len()]),
                note: note.to_owned(),
                status: status.to_owned(),
                standing,
                code: format!("K7M{:02}PX", i % 100),
            }
        })
        .collect();
    DayList {
        practice: if arabic { "عيادة الأطلس" } else { "Cabinet médical des Tilleuls" }.to_owned(),
        practitioner: if arabic { "د. لوفيفر" } else { "Dr Lefèvre" }.to_owned(),
        date_in_words: match language {
            Language::French => "mardi 24 novembre 2026",
            Language::Arabic => "الثلاثاء 24 نونبر 2026",
            Language::English => "Tuesday 24 November 2026",
        }
        .to_owned(),
        printed_at: if arabic { "24 نونبر 2026، 8:12" } else { "24 novembre 2026 à 8:12" }.to_owned(),
        created_at: at(),
        language,
        rows,
    }
}

#[test]
fn look() {
    let Some(dir) = std::env::var_os("PRINT_LOOK") else { return };
    let save = |name: &str, pdf: Pdf| std::fs::write(std::path::Path::new(&dir).join(name), pdf.bytes).unwrap();
    for language in Language::ALL {
        let tag = language.tag();
        let list = sample(language, 40);
        for _ in 0..3 {
            let start = std::time::Instant::now();
            let pdf = list.to_pdf().unwrap();
            eprintln!("{tag}: {} pages {} bytes {:?}", pdf.pages, pdf.bytes.len(), start.elapsed());
        }
        save(&format!("day-{tag}.pdf"), list.to_pdf().unwrap());
        save(&format!("empty-{tag}.pdf"), sample(language, 0).to_pdf().unwrap());
        let groups =
            ["7K2M", "9QXD", "4TRB", "W8ZN", "H3VC", "P6JE", "5YGA", "M1SK", "X0QF", "8DTR", "2NWB", "C7HZ", "V4PJ"];
        for (name, key) in [("agenda", RecoveryKey::Agenda), ("clinical", RecoveryKey::Clinical)] {
            let sheet = RecoverySheet {
                practice: &list.practice,
                key,
                groups: &groups,
                made_on: &list.date_in_words,
                created_at: at(),
                language,
            };
            save(&format!("key-{name}-{tag}.pdf"), sheet.to_pdf().unwrap());
        }
    }
    save("day-long.pdf", sample(Language::French, 200).to_pdf().unwrap());
}
