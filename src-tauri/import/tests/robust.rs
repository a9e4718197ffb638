//! Hostile bytes: generated, mutated from good files, and by hand.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::super::{
    Limits,
    fuzz::{FuzzKind, fuzz_one},
    table::Table,
};

const PATIENTS: &str = "Nom;Prénom;Date de naissance;Sexe;Téléphone;NIR;Remarques\r\nDUPONT;Jean;25/01/1957;M;0612345678;157016918859781;\"dit ; \"\"non\"\"\"\r\n=1+1;@x;32/13/2011;?;+33(0)6;2A;\r\n;;;;;;\r\nمحمد;العلوي;٠٣/٠٢/١٩٧٩;ذكر;٠٦١٢٣٤٥٦٧٨;;\r\nTotal;4;;;;;\r\n";
const AGENDA: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VTIMEZONE\r\nTZID:Paris\r\nX-LIC-LOCATION:Europe/Paris\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;TZID=Paris:20241124T093000\r\nDTEND;TZID=Paris:20241124T095000\r\nRRULE:FREQ=MONTHLY;INTERVAL=2;BYDAY=-1SU;COUNT=5\r\nEXDATE;VALUE=DATE:20250126\r\nSUMMARY:DUPONT Jean - Suivi\r\nDESCRIPTION:Tél 06 12 34 56 78\\, né(e) le 09/07/2017\r\nSTATUS:CONFIRMED\r\nBEGIN:VALARM\r\nTRIGGER:-PT5M\r\nEND:VALARM\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:2\r\nDTSTART;VALUE=DATE:20241224\r\nDURATION:P9D\r\nSUMMARY;ENCODING=QUOTED-PRINTABLE:Cong=C3=A9s\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
const MAPPING: &str =
    r#"{"separator":";","header":true,"date_order":"month_first","columns":{"Nom":"surname","2":"first_name"}}"#;

/// What must hold of everything that is taken over.
fn check(kind: FuzzKind, bytes: &[u8]) {
    let Ok((counts, report)) = fuzz_one(kind, bytes) else { return };
    assert_eq!(counts.created + counts.updated + counts.merged + counts.rejected, counts.rows);
    let text = String::from_utf8(report).expect("the report is UTF-8");
    let body = text.strip_prefix('\u{feff}').expect("the report has its mark").to_owned();
    let limits = Limits { line_bytes: usize::MAX, ..Limits::default() };
    let table = Table::open(body, Some(';'), &limits).expect("the report is a table");
    assert_eq!(table.len(), counts.rows + 1, "a line for every row");
    for record in table.records() {
        assert_eq!(record.cells.len(), 9);
        for cell in record.cells {
            let first =
                cell.trim_start_matches([' ', '"', '\u{a0}', '\u{feff}', '\u{200b}']).chars().next().unwrap_or('a');
            assert!(
                !matches!(first, '=' | '+' | '-' | '@' | '\t' | '\r' | '＝' | '＋' | '－' | '＠'),
                "a formula in the report"
            );
            assert!(!cell.contains('\0'));
        }
    }
}

/// A generator that needs no other crate; its state is printed where a run fails.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(bound.max(1)).unwrap()).unwrap()
    }
}

fn mutated(seed: &[u8], dice: &mut Dice) -> Vec<u8> {
    const SPICE: [&[u8]; 20] = [
        b"\"",
        b"\0",
        b"\r",
        b"\n",
        b";",
        b",",
        b"=",
        b"\xff",
        b"\xef\xbb\xbf",
        b"\\",
        b":",
        b"\r\n ",
        b"BEGIN:VEVENT\r\n",
        b"END:VEVENT\r\n",
        b"RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\r\n",
        b"99999999999999999999",
        b"-1",
        b"DTSTART:20240101T000000Z\r\n",
        "\u{202e}é".as_bytes(),
        b"EXDATE:20240101\r\n",
    ];
    let mut bytes = seed.to_vec();
    for _ in 0..=dice.below(8) {
        let at = dice.below(bytes.len());
        match dice.below(6) {
            0 if !bytes.is_empty() => bytes[at] = dice.next().to_le_bytes()[0],
            1 => {
                let spice = SPICE[dice.below(SPICE.len())];
                bytes.splice(at..at, spice.iter().copied());
            }
            2 => {
                let end = (at + dice.below(30)).min(bytes.len());
                bytes.drain(at..end);
            }
            3 => {
                let end = (at + dice.below(200)).min(bytes.len());
                let piece = bytes[at..end].to_vec();
                let to = dice.below(bytes.len());
                bytes.splice(to..to, piece);
            }
            4 => bytes.truncate(at),
            _ => {
                let piece = SPICE[dice.below(SPICE.len())].repeat(dice.below(50));
                bytes.splice(at..at, piece);
            }
        }
    }
    bytes
}

#[test]
fn files_mutated_for_a_bounded_time_never_panic_and_always_add_up() {
    let seconds = std::env::var("SEMAINIER_FUZZ_SECONDS").ok().and_then(|s| s.parse().ok()).unwrap_or(5);
    let seed = std::env::var("SEMAINIER_FUZZ_SEED").ok().and_then(|s| s.parse().ok()).unwrap_or(0x5eed_0000_0000_0001);
    let end = Instant::now() + Duration::from_secs(seconds);
    let seeds = [(FuzzKind::Patients, PATIENTS), (FuzzKind::Agenda, AGENDA), (FuzzKind::Mapping, MAPPING)];
    let mut dice = Dice(seed);
    let mut runs = 0_u64;
    while Instant::now() < end || runs < 30 {
        let state = dice.0;
        let (kind, good) = seeds[dice.below(seeds.len())];
        let bytes = mutated(good.as_bytes(), &mut dice);
        let result = std::panic::catch_unwind(|| check(kind, &bytes));
        assert!(result.is_ok(), "{kind:?} fails with SEMAINIER_FUZZ_SEED={state}");
        runs += 1;
    }
    println!("{runs} files in {seconds} s");
}

#[test]
fn the_good_seeds_are_taken_over() {
    let counts = |kind, text: &str| fuzz_one(kind, text.as_bytes()).unwrap().0;
    let patients = counts(FuzzKind::Patients, PATIENTS);
    assert_eq!((patients.rows, patients.created, patients.rejected), (5, 3, 2));
    let agenda = counts(FuzzKind::Agenda, AGENDA);
    assert_eq!((agenda.rows, agenda.created), (2, 2));
    let mapping = counts(FuzzKind::Mapping, MAPPING);
    assert_eq!((mapping.rows, mapping.created), (2, 1));
    for (kind, text) in [(FuzzKind::Patients, PATIENTS), (FuzzKind::Agenda, AGENDA), (FuzzKind::Mapping, MAPPING)] {
        check(kind, text.as_bytes());
    }
}

#[test]
fn rules_that_never_come_true_do_not_hold_up_the_import() {
    let event = |i: usize| {
        format!(
            "BEGIN:VEVENT\r\nUID:{i}\r\nSUMMARY:Staff\r\nDTSTART:20240101T000000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30\r\nEND:VEVENT\r\n"
        )
    };
    let events: String = (0..60).map(event).collect();
    let (counts, _) =
        fuzz_one(FuzzKind::Agenda, format!("BEGIN:VCALENDAR\r\n{events}END:VCALENDAR\r\n").as_bytes()).unwrap();
    assert_eq!((counts.rows, counts.created, counts.rejected), (60, 5, 55));
}

#[test]
fn hostile_files_by_hand_end_in_a_row_or_a_refusal() {
    for text in [
        "\"",
        "\"\"",
        ";",
        ";;;\n;;;",
        "\0",
        "a\0b;c\n",
        "Nom\n",
        "Nom;Prénom\n",
        "Nom;Prénom\n\"\n",
        "\u{feff}",
        "sep=;",
        "sep=;\n",
        "=;+;-;@\n",
    ] {
        check(FuzzKind::Patients, text.as_bytes());
        check(FuzzKind::Agenda, text.as_bytes());
        check(FuzzKind::Mapping, text.as_bytes());
    }
    for text in [
        "BEGIN:VEVENT",
        "BEGIN:VCALENDAR",
        "END:VEVENT",
        "BEGIN:VEVENT\nDTSTART:",
        "BEGIN:VEVENT\n:\n;\n;=:\nX;\"=:\nEND:VEVENT",
    ] {
        check(FuzzKind::Agenda, text.as_bytes());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        check(FuzzKind::Patients, &bytes);
        check(FuzzKind::Agenda, &bytes);
        check(FuzzKind::Mapping, &bytes);
    }

    #[test]
    fn arbitrary_cells_never_panic_and_every_row_is_accounted_for(
        rows in proptest::collection::vec(proptest::collection::vec(any::<String>(), 7), 0..20)
    ) {
        let quote = |c: &String| format!("\"{}\"", c.replace('"', "\"\""));
        let line = |r: &Vec<String>| r.iter().map(quote).collect::<Vec<_>>().join(";") + "\n";
        let text = format!("Nom;Prénom;Né le;Sexe;Mobile;NIR;Remarques\n{}", rows.iter().map(line).collect::<String>());
        if let Ok((counts, _)) = fuzz_one(FuzzKind::Patients, text.as_bytes()) {
            prop_assert_eq!(counts.rows, rows.len());
        }
        check(FuzzKind::Patients, text.as_bytes());
    }

    #[test]
    fn arbitrary_events_never_panic(
        summary in any::<String>(),
        description in "[A-Za-zéèé0-9:/.,+ \\\\()né le Tél]{0,80}",
        rule in "(FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY))(;(INTERVAL|COUNT|BYDAY|BYMONTH|BYMONTHDAY|BYYEARDAY|BYWEEKNO|BYSETPOS|WKST|UNTIL)=[-0-9MOTUSA,]{0,10}){0,4}",
    ) {
        let clean = summary.replace(['\r', '\n'], " ");
        let text = format!("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20240215T100000\nSUMMARY:{clean}\nDESCRIPTION:{description}\nRRULE:{rule}\nEND:VEVENT\nEND:VCALENDAR\n");
        check(FuzzKind::Agenda, text.as_bytes());
    }
}
