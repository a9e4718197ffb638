//! Made-up results of every form, cut and damaged everywhere; the files beside the project where they are.

use std::path::Path;

use proptest::prelude::*;

use super::*;

fn today() -> NaiveDate {
    "2026-11-22".parse().unwrap()
}

const HEADER: &str = "PAT1\nTAZI\nMéryem\n1 RUE DE LA PAIX\n\n75002 PARIS\n03/02/1979\n279025121518992\nD-7\n18/11/2026\n\
                      LAB9   LABO DU PARC\nMED1   DR LEFEVRE\n";
const VALUES: &str = "\nCompte rendu\n****LAB****\nRES|Hémoglobine|HB|N|11.2|g/dL|12.0|16.0|L|F|||||\nTEX|À contrôler.\n\
                      RES|Glycémie|GLY|N|1.31|g/L|0.70|1.10|H|F|7.27|mmol/L|3.9|6.1|\nRES|VHC|VHC|A|NEGATIF|||||F\n";

fn file() -> String {
    format!("{HEADER}{VALUES}****FIN****\n****FINFICHIER****\n")
}

fn one(text: &str) -> Item {
    let mut found = read(text.as_bytes(), today()).unwrap();
    assert_eq!(found.items.len(), 1);
    found.items.remove(0)
}

fn trouble(text: &str) -> Option<(&'static str, usize)> {
    one(text).trouble.map(|trouble| (trouble.code, trouble.line))
}

/// Label and value of each value line.
fn values(item: &Item) -> Vec<(String, String, String)> {
    let lines = item.report.iter().flat_map(|report| &report.lines).filter(|line| line.kind != "remark");
    lines.map(|line| (line.label.clone(), line.value.clone(), line.unit.clone())).collect()
}

#[test]
fn a_report_is_read_whole() {
    let found = read(file().as_bytes(), today()).unwrap();
    assert!(found.ended);
    let item = &found.items[0];
    assert!(item.trouble.is_none());
    assert!(item.identity.surname == "TAZI" && item.identity.first_name == "Méryem" && item.identity.sex == "female");
    assert_eq!(item.identity.born.unwrap().to_string(), "1979-02-03");
    assert_eq!(item.identity.nir, "279025121518992");
    let report = item.report.as_ref().unwrap();
    assert_eq!((report.laboratory.as_str(), report.laboratory_code.as_str()), ("LABO DU PARC", "LAB9"));
    assert_eq!((report.number.as_str(), report.taken_on.as_str()), ("D-7", "2026-11-18"));
    assert_eq!((report.recipient.as_str(), report.text.as_str()), ("DR LEFEVRE", "Compte rendu"));
    let shown: Vec<_> = report.lines.iter().map(|line| (line.kind.as_str(), line.standing.as_str())).collect();
    assert_eq!(shown, [("number", "low"), ("remark", "unjudged"), ("number", "high"), ("text", "unjudged")]);
    let sugar = &report.lines[2];
    assert_eq!(
        (sugar.other_value.as_str(), sugar.other_unit.as_str(), sugar.other_high.as_str()),
        ("7.27", "mmol/L", "6.1")
    );
    assert_eq!(report.lines[1].text, "À contrôler.");
    assert_eq!(report.lines[3].status, "F");
}

#[test]
fn headers_of_eleven_to_thirteen_lines_are_told_by_their_dates() {
    let lines: Vec<&str> = HEADER.lines().collect();
    let eleven = [&lines[..4], &lines[5..]].concat().join("\n");
    let thirteen = [&lines[..5], &["BATIMENT C"], &lines[5..]].concat().join("\n");
    let iso = HEADER.replace("03/02/1979", "1979-02-03").replace("18/11/2026", "20261118");
    let nameless_code = HEADER.replace("PAT1\n", "\n");
    let without_number = HEADER.replace("279025121518992\n", "\n");
    for header in [HEADER, &format!("{eleven}\n"), &format!("{thirteen}\n"), &iso, &nameless_code, &without_number] {
        let item = one(&format!("{header}{VALUES}****FIN****\n"));
        assert_eq!(item.trouble, None, "{header}");
        assert!(item.identity.surname == "TAZI" && item.identity.born.is_some(), "{header}");
        assert_eq!((item.number.as_str(), item.report.unwrap().taken_on.as_str()), ("D-7", "2026-11-18"));
    }
    let unborn = one(&format!("{}{VALUES}****FIN****\n", HEADER.replace("03/02/1979", "")));
    assert!(unborn.identity.born.is_none() && unborn.number == "D-7" && unborn.trouble.is_none());
    let none = one(&format!("RAPPORT\n{VALUES}****FIN****\n"));
    assert_eq!(none.trouble.unwrap().code, "header");
    assert!(none.identity == FileIdentity::default() && values(&none).len() == 3);
}

#[test]
fn what_is_not_whole_or_not_of_its_form_is_kept_aside_with_its_line() {
    assert_eq!(trouble(&format!("{HEADER}{VALUES}")), Some(("cut", 20)));
    assert_eq!(trouble(&format!("{HEADER}\nTexte seul\n****FIN****\n")), Some(("no_results", 0)));
    assert_eq!(trouble(&format!("{HEADER}\n****LAB****\nTEX|Rien\n****FIN****\n")), Some(("no_results", 0)));
    for bad in [
        // A bar inside a name shifts everything after it.
        "RES|Rapport A|B|AB|N|11.2|g/L|1|2|N|F|",
        "RES|Hémoglobine|HB|N",
        "RES|Hémoglobine|HB|X|11.2|g/L",
        "RES|Hémoglobine|HB|N|11.2|g/L|1|2|Z|F|",
        "RES|Hémoglobine|HB|N|11.2|g/L|un|2||F|",
        "RES||||11.2",
        "XYZ|1|2",
        "Hémoglobine 11,2",
    ] {
        let item = one(&format!("{HEADER}\n****LAB****\nRES|A|A|N|1|g||||F\n{bad}\n****FIN****\n"));
        assert_eq!(item.trouble.map(|one| (one.code, one.line)), Some(("bad_line", 16)), "{bad}");
        assert_eq!(values(&item).len(), 1, "{bad}");
        assert!(item.report.unwrap().lines.iter().any(|line| line.text == bad), "it is not lost");
    }
    let late = HEADER.replace("18/11/2026", "18/12/2026");
    assert_eq!(trouble(&format!("{late}{VALUES}****FIN****\n")), Some(("future", 0)));
    let refused = |bytes: &[u8]| read(bytes, today()).err().map(|one| one.code);
    assert_eq!(refused(b""), Some("empty"));
    assert_eq!(refused(b"bonjour"), Some("unknown_form"));
    assert_eq!(refused(b"%PDF-1.4"), Some("not_text"));
    assert_eq!(refused(&vec![b'a'; LIMIT + 1]), Some("too_large"));
}

#[test]
fn values_behind_a_missing_end_are_never_another_patient_s() {
    let second = HEADER.replace("TAZI", "DURAND").replace("03/02/1979", "15/08/1960");
    let text = format!("{HEADER}{VALUES}{second}{VALUES}****FIN****\n****FINFICHIER****\n");
    let found = read(text.as_bytes(), today()).unwrap();
    assert!(found.items.iter().all(|item| item.report.is_none()));
    let both = format!("{HEADER}{VALUES}****FIN****\n{second}{VALUES}****FIN****\n****FINFICHIER****\n");
    let found = read(both.as_bytes(), today()).unwrap();
    let names: Vec<_> = found.items.iter().map(|item| item.identity.surname.as_str()).collect();
    assert_eq!(names, ["TAZI", "DURAND"]);
}

#[test]
fn encodings_are_told_and_only_the_expected_ones_go_unseen() {
    let text = file();
    let latin: Vec<u8> = text.chars().map(|c| c as u8).collect();
    let (mac, _, _) = encoding_rs::MACINTOSH.encode(&text);
    let crlf = text.replace('\n', "\r\n");
    for bytes in [text.as_bytes(), &latin, &mac, crlf.as_bytes(), text.replace('\n', "\r").as_bytes()] {
        let found = read(bytes, today()).unwrap();
        assert_eq!(found.items[0].trouble, None, "{:?}", found.encoding);
        assert!(values(&found.items[0])[0].0 == "Hémoglobine" && found.items[0].identity.first_name == "Méryem");
    }
    let wide: Vec<u8> = [0xfe_ff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let found = read(&wide, today()).unwrap();
    assert_eq!(found.items[0].trouble.unwrap().code, "encoding");
    assert_eq!(values(&found.items[0]).len(), 3, "read fully, and kept aside");
}

/// Whatever is left of a file holds only values that the whole file holds too, each whole.
fn no_cut_gives_a_wrong_value(bytes: &[u8]) {
    let whole: Vec<_> = read(bytes, today()).unwrap().items;
    for cut in 0..bytes.len() {
        let Ok(found) = read(&bytes[..cut], today()) else { continue };
        for (at, item) in found.items.iter().enumerate().filter(|(_, item)| item.report.is_some()) {
            assert_eq!(values(item), values(&whole[at]), "cut at {cut}");
            assert!(item.identity == whole[at].identity, "cut at {cut}");
            assert!(!item.raw.contains("RES|"), "cut at {cut}");
        }
    }
}

#[test]
fn a_cut_at_any_byte_gives_no_wrong_value() {
    let second = HEADER.replace("TAZI", "DURAND");
    let text = format!("{HEADER}{VALUES}****FIN****\n{second}{VALUES}****FIN****\n****FINFICHIER****\n");
    let latin: Vec<u8> = text.chars().map(|c| c as u8).collect();
    let wide: Vec<u8> = [0xfe_ff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for bytes in [text.as_bytes(), &latin, &wide] {
        no_cut_gives_a_wrong_value(bytes);
    }
}

#[test]
fn the_laboratories_own_files_are_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/hprim");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!("skipped: the laboratories' files are not beside the project");
        return;
    };
    let mut seen = 0;
    for path in entries.flatten().map(|entry| entry.path()) {
        let bytes = std::fs::read(&path).unwrap();
        let found = read(&bytes, today()).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let told: Vec<_> = found
            .items
            .iter()
            .map(|item| (item.identity.surname.as_str(), item.trouble.map(|one| one.code), values(item).len()))
            .collect();
        let expected: &[_] = match name.as_str() {
            "benali-latin1-crlf.hpr" => &[("BENALI", None, 4)],
            "leroux-11-header-utf8-lf.hpr" => &[("LEROUX", None, 4)],
            "truncated-no-fin.hpr" => &[("BENALI", Some("cut"), 0)],
            "two-patients-utf16.hpr" => &[("BENALI", Some("encoding"), 4), ("DURAND", Some("encoding"), 4)],
            _ => continue,
        };
        assert_eq!(told, expected, "{name}");
        no_cut_gives_a_wrong_value(&bytes);
        seen += 1;
    }
    assert_eq!(seen, 4);
}

const MESSAGE: &str = "MSH|^~\\&|LIS|LABO DU PARC|SEM|CAB|20261118101500||ORU^R01^ORU_R01|42|P|2.5|||||FRA|8859/1\r\
PID|1||77^^^LIS^PI~279025121518992^^^ASIP-SANTE-INS-NIR&1.2.250.1.213.1.4.8&ISO^INS||MARTIN^Méryem^^^^^L~TAZI^Méryem^^^^^D||19790203|F\r\
ORC|RE|A1|F-7\r\
OBR|1|A1|F-7|NFS^Numération|||20261117083000|||||||||^LEFEVRE^Anne\r\
OBX|1|NM|HB^Hémoglobine^L||11.2|g/dL|12.0-16.0|L|||F\r\
OBX|2|NM|GB^Leucocytes^L||7,4|G/L|4.0 - 10.0||||F\r\
NTE|1||An\\T\\émie \\E\\ contrôle\r\
OBR|2|A1|F-7|BIO^Biochimie|||20261117083000\r\
OBX|1|SN|CRP^CRP^L||<^5|mg/L|<5||||F\r\
OBX|2|CE|VHC^Sérologie VHC^L||NEG^Négatif||||||F\r\
OBX|3|TX|COM^Commentaire^L||ligne 1~ligne 2||||||F\r\
OBR|3|A2|F-8|TSH^TSH|||20261117083000\r\
OBX|1|NM|TSH^TSH^L||9.1|mUI/L|0.4-4.0|N|||F\r";

#[test]
fn messages_are_read_with_their_requests_types_and_flags() {
    let found = read(MESSAGE.as_bytes(), today()).unwrap();
    assert_eq!(found.items.len(), 2, "two request numbers, of which one has two requests");
    let [blood, thyroid] = &found.items[..] else { panic!() };
    let id = &blood.identity;
    assert!(id.surname == "TAZI" && id.birth_name == "MARTIN" && id.first_name == "Méryem" && id.sex == "female");
    assert!(id.nir == "279025121518992" && id.born.unwrap().to_string() == "1979-02-03");
    let report = blood.report.as_ref().unwrap();
    assert_eq!((report.number.as_str(), report.taken_on.as_str()), ("F-7", "2026-11-17"));
    assert_eq!((report.laboratory.as_str(), report.recipient.as_str()), ("LABO DU PARC", "Anne LEFEVRE"));
    let shown: Vec<_> = report
        .lines
        .iter()
        .map(|line| (line.kind.as_str(), line.label.as_str(), line.value.as_str(), line.standing.as_str()))
        .collect();
    assert_eq!(
        shown,
        [
            ("remark", "", "", "unjudged"),
            ("number", "Hémoglobine", "11.2", "low"),
            ("number", "Leucocytes", "7,4", "normal"),
            ("remark", "", "", "unjudged"),
            ("remark", "", "", "unjudged"),
            ("number", "CRP", "<5", "normal"),
            ("text", "Sérologie VHC", "Négatif", "unjudged"),
            ("text", "Commentaire", "ligne 1\nligne 2", "unjudged"),
        ]
    );
    assert_eq!((report.lines[0].text.as_str(), report.lines[3].text.as_str()), ("Numération", "An&émie \\ contrôle"));
    let tsh = &thyroid.report.as_ref().unwrap().lines[1];
    assert_eq!((tsh.standing.as_str(), tsh.disagrees), ("high", true), "flagged normal and above its bounds");
    let latin: Vec<u8> = MESSAGE.chars().map(|c| c as u8).collect();
    assert_eq!(values(&read(&latin, today()).unwrap().items[0]), values(blood));
    assert_eq!(values(&read(MESSAGE.replace('\r', "\r\n").as_bytes(), today()).unwrap().items[0]), values(blood));
}

#[test]
fn a_message_that_is_not_whole_or_not_of_results_is_kept_aside() {
    no_cut_gives_no_wrong_line(MESSAGE);
    let batch = format!("BHS|^~\\&|LIS\r{MESSAGE}{MESSAGE}BTS|2\r");
    assert!(read(batch.as_bytes(), today()).unwrap().items.iter().all(|item| item.trouble.is_none()));
    let open = batch.replace("BTS|2\r", "");
    let troubles = |text: &str| -> Vec<_> {
        read(text.as_bytes(), today()).unwrap().items.iter().map(|item| item.trouble.map(|one| one.code)).collect()
    };
    assert_eq!(troubles(&open), [None, None, Some("cut"), Some("cut")], "the batch has no end");
    assert_eq!(troubles(&batch.replace("BTS|2", "BTS|3"))[2], Some("cut"), "a message is missing");
    assert_eq!(troubles(&MESSAGE.replace("ORU^R01^ORU_R01", "ADT^A01")), [Some("unknown_form")]);
    assert_eq!(
        troubles(&MESSAGE.replace("TSH^TSH^L||9.1|mUI/L|0.4-4.0|N|||F", "TSH^TSH^L||9.1|mUI/L|0.4-4.0|N|||W"))[1],
        Some("withdrawn")
    );
    assert_eq!(troubles(&MESSAGE.replace("||9.1|", "||neuf|"))[1], Some("bad_line"));
    assert_eq!(
        troubles(&MESSAGE.replace("OBX|1|NM|TSH^TSH^L||9.1", "OBX|1|ED|PDF^Rapport||^AP^PDF^Base64^JVBERi0"))[1],
        Some("embedded")
    );
}

/// A cut message may lack lines; none that is there is another one.
fn no_cut_gives_no_wrong_line(text: &str) {
    let whole: Vec<_> = read(text.as_bytes(), today()).unwrap().items.iter().flat_map(values).collect();
    for cut in 0..text.len() {
        let Ok(found) = read(&text.as_bytes()[..cut], today()) else { continue };
        for value in found.items.iter().flat_map(values) {
            assert!(whole.contains(&value), "cut at {cut}: {value:?}");
        }
    }
}

proptest! {
    #[test]
    fn whatever_the_bytes_it_comes_back(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&bytes, today());
    }

    #[test]
    fn whatever_is_done_to_a_file_it_comes_back(at in 0..600_usize, byte: u8, hl7: bool) {
        let mut bytes = if hl7 { MESSAGE.as_bytes().to_vec() } else { file().into_bytes() };
        let at = at % bytes.len();
        bytes[at] = byte;
        let _ = read(&bytes, today());
    }

    #[test]
    fn what_is_written_is_read_again(rows in prop::collection::vec(("[A-Z][a-z]{1,8}", "[A-Z]{2,4}", 0..9999_u32, "(g/L|mmol/L|)"), 1..12)) {
        let mut text = format!("{HEADER}\n****LAB****\n");
        for (label, code, value, unit) in &rows {
            text += &format!("RES|{label}|{code}|N|{}.{}|{unit}|1|500|\n", value / 10, value % 10);
        }
        let item = one(&format!("{text}****FIN****\n"));
        prop_assert_eq!(item.trouble, None);
        let expected: Vec<_> = rows
            .iter()
            .map(|(label, _, value, unit)| (label.clone(), format!("{}.{}", value / 10, value % 10), unit.clone()))
            .collect();
        prop_assert_eq!(values(&item), expected);
    }
}
