//! Made-up papers for the tests of this room.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::letterhead::{Letterhead, Number, Patient, Sender, Sex};
use super::page::Picture;
use super::prescription::{Content, Kind, Line, Prescription, Section, Sheet};
use super::words::Language;

pub(crate) fn moment() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_507_200, 0).expect("a moment")
}

/// Which letters the head is in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Head {
    Latin,
    Arabic,
    Both,
}

/// A whole JPEG: 16 × 8 dots, black.
pub(crate) const JPEG: [u8; 161] = [
    255, 216, 255, 224, 0, 16, 74, 70, 73, 70, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0, 255, 219, 0, 67, 0, 27, 18, 20, 23, 20,
    17, 27, 23, 22, 23, 30, 28, 27, 32, 40, 66, 43, 40, 37, 37, 40, 81, 58, 61, 48, 66, 96, 85, 101, 100, 95, 85, 93,
    91, 106, 120, 153, 129, 106, 113, 144, 115, 91, 93, 133, 181, 134, 144, 158, 163, 171, 173, 171, 103, 128, 188,
    201, 186, 166, 199, 153, 168, 171, 164, 255, 192, 0, 11, 8, 0, 8, 0, 16, 1, 1, 17, 0, 255, 196, 0, 21, 0, 1, 1, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 6, 255, 196, 0, 20, 16, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 255, 218, 0, 8, 1, 1, 0, 0, 63, 0, 153, 31, 255, 217,
];

/// A picture that shows a rising stroke.
pub(crate) fn picture(width: u32, height: u32) -> Arc<Picture> {
    let mut data = Vec::new();
    for y in 0..height {
        for x in 0..width {
            let on = (i64::from(y) * i64::from(width) + i64::from(x) * i64::from(height)
                - i64::from(width) * i64::from(height))
            .abs()
                < i64::from(height) * 4;
            data.extend(if on { [11, 60, 110, 255] } else { [0, 0, 0, 0] });
        }
    }
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgba);
    encoder.write_header().and_then(|mut writer| writer.write_image_data(&data)).expect("a picture is made");
    Arc::new(Picture::read(&bytes).expect("a picture is read"))
}

pub(crate) fn head(which: Head) -> Letterhead {
    let latin = Sender {
        name: "Dr Hélène Lefèvre-Nguyễn".to_owned(),
        qualifications: vec!["Ancienne interne des hôpitaux".to_owned(), "Médecine générale".to_owned()],
        practice: "Cabinet des Tilleuls".to_owned(),
        address: vec!["12 rue de l’Œillet".to_owned(), "69003 Lyon".to_owned(), "France".to_owned()],
        phone: "+33 4 72 00 00 00".to_owned(),
        email: "cabinet@tilleuls.example".to_owned(),
    };
    let arabic = Sender {
        name: "الدكتورة هيلين لوفيفر".to_owned(),
        qualifications: vec!["خريجة كلية الطب بالرباط".to_owned(), "الطب العام".to_owned()],
        practice: "عيادة الأطلس".to_owned(),
        address: vec!["12، زنقة الزيتون".to_owned(), "الرباط، المغرب".to_owned()],
        phone: "+212 5 37 00 00 00".to_owned(),
        email: String::new(),
    };
    let number = |label: &str, digits: &str| Number { label: label.to_owned(), digits: digits.to_owned(), bars: true };
    let numbers = if which == Head::Latin {
        vec![number("RPPS", "10001234567"), number("FINESS", "690012345")]
    } else {
        vec![number("INPE", "101234567")]
    };
    Letterhead {
        latin: (which != Head::Arabic).then_some(latin),
        arabic: (which != Head::Latin).then_some(arabic),
        logo: Some(picture(120, 80)),
        numbers,
        note: if which == Head::Latin {
            "Sur rendez-vous. Membre d’une association agréée.".to_owned()
        } else {
            String::new()
        },
        foot: "En cas d’urgence, appelez le 15.".to_owned(),
    }
}

pub(crate) fn line(index: usize) -> Line {
    let (inn, dosage, form, brand, posology, amount) = match index % 5 {
        0 => ("AMOXICILLINE", "1 g", "comprimé dispersible", "", "1 comprimé matin et soir pendant 7 jours", "7 jours"),
        1 => (
            "PARACÉTAMOL",
            "1 000 mg",
            "comprimé",
            "DOLIPRANE",
            "1 comprimé si besoin, 6 heures au moins entre deux prises, maximum 3 par jour",
            "1 boîte",
        ),
        2 => {
            ("LÉVOTHYROXINE SODIQUE", "75 µg", "comprimé sécable", "LEVOTHYROX", "1 comprimé le matin à jeun", "3 mois")
        }
        3 => ("RAMIPRIL", "5 mg", "gélule", "", "1 gélule le matin", "28 jours"),
        _ => ("TRAMADOL (CHLORHYDRATE)", "50 mg", "gélule", "", "1 gélule matin, midi et soir", "10 jours"),
    };
    let texts = [inn, dosage, form, brand, posology, amount].map(str::to_owned);
    let [inn, dosage, form, brand, posology, amount] = texts;
    Line {
        inn,
        dosage,
        form,
        brand,
        posology,
        amount,
        letters: if index % 5 == 4 {
            "cinquante milligrammes, une gélule, trois prises par jour".to_owned()
        } else {
            String::new()
        },
        renewals: (index % 5 == 2).then_some(3),
        not_substitutable: (index % 5 == 2).then(|| "MTE".to_owned()),
        notes: if index % 5 == 4 { vec!["Délivrance en une seule fois".to_owned()] } else { Vec::new() },
        ..Line::default()
    }
}

pub(crate) fn arabic_line(index: usize) -> Line {
    Line {
        posology: "حبة واحدة صباحا ومساء لمدة 7 أيام".to_owned(),
        amount: "7 أيام".to_owned(),
        form: "أقراص".to_owned(),
        letters: String::new(),
        notes: Vec::new(),
        ..line(index)
    }
}

pub(crate) fn patient(language: Language) -> Patient {
    let arabic = language == Language::Arabic;
    Patient {
        name: if arabic { "بنجلون فاطمة الزهراء" } else { "BENJELLOUN-D’HÉROUVILLE Fatima-Zohra" }.to_owned(),
        sex: Sex::Female,
        born_on: "12/05/1979".to_owned(),
        age: if arabic { "47 سنة" } else { "47 ans" }.to_owned(),
        weight: "62 kg".to_owned(),
        height: "1,68 m".to_owned(),
        more: Vec::new(),
    }
}

pub(crate) fn prescription(language: Language, head_of: Head, sheet: Sheet, content: Content) -> Prescription {
    let arabic = language == Language::Arabic;
    Prescription {
        head: head(head_of),
        patient: patient(language),
        kind: Kind::Medicines,
        place: if arabic { "الرباط" } else { "Lyon" }.to_owned(),
        date: if arabic { "24 نونبر 2026" } else { "24 novembre 2026" }.to_owned(),
        content,
        note: String::new(),
        signature: None,
        stamp: arabic,
        strike_rest: true,
        duplicate: false,
        sheet,
        language,
        created_at: moment(),
    }
}

pub(crate) fn lines(count: usize) -> Vec<Line> {
    (0..count).map(line).collect()
}

/// Lines that can be told apart in a file: `DCIn` begins one, `POSn` is its posology.
pub(crate) fn numbered(count: usize) -> Vec<Line> {
    let one = |index: usize| Line {
        inn: format!("DCI{index}"),
        posology: format!("POS{index} {}", "un comprimé le matin à jeun ".repeat(1 + index % 6)),
        amount: format!("DUR{index}"),
        ..line(index)
    };
    (0..count).map(one).collect()
}

pub(crate) fn sections() -> Content {
    let act = |text: &str, how: &str| Line { inn: text.to_owned(), posology: how.to_owned(), ..Line::default() };
    Content::Sections(vec![
        Section {
            title: "Hématologie".to_owned(),
            lines: vec![act("Numération formule sanguine", "à jeun"), act("Vitesse de sédimentation", "")],
        },
        Section {
            title: "Biochimie".to_owned(),
            lines: vec![act("Créatininémie avec DFG estimé", ""), act("HbA1c", "dans 3 mois")],
        },
    ])
}
