//! Each rule once kept and once broken, and the limits at their edge.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::patient::sex::Sex;
use crate::prescription::model::{Act, Ground, Letters, Line, Prescriber, Subject, Table};
use crate::prescription::sentence::Language;
use crate::prescription::typed::parse;
use crate::prescription::{Span, Unit};

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn prescriber() -> Prescriber {
    Prescriber {
        name: "Dr Élise Fontaine".to_owned(),
        qualification: "Docteur en médecine".to_owned(),
        speciality: "Médecine générale".to_owned(),
        rpps: "10100123453".to_owned(),
        structure: String::new(),
        inpe: "123456789".to_owned(),
        order_number: "1234".to_owned(),
        address: "12 rue des Lilas, 75011 Paris".to_owned(),
        country: "France".to_owned(),
        phone: "+33 1 23 45 67 89".to_owned(),
        email: "cabinet@example.fr".to_owned(),
    }
}

fn line(substance: &str, strength: &str, typed: &str) -> Line {
    Line {
        substance: substance.to_owned(),
        brand: None,
        cis: Some("60000001".to_owned()),
        strength: strength.to_owned(),
        form: "comprimé".to_owned(),
        posology: parse(typed, Unit::Tablet).unwrap(),
        duration: None,
        packs: None,
        renewals: None,
        non_substitutable: None,
        ald: false,
        letters: None,
        fraction_days: None,
        single_delivery: false,
        table: None,
        override_reason: None,
    }
}

fn prescription(lines: Vec<Line>) -> Prescription {
    Prescription {
        kind: Kind::Drugs,
        written_on: day(2026, 11, 26),
        language: Language::French,
        prescriber: prescriber(),
        patient: Subject {
            family_name: "Martin".to_owned(),
            given_names: "Paul".to_owned(),
            sex: Sex::Male,
            born_on: Some(day(1970, 5, 2)),
            weight_g: None,
            height_mm: None,
            ald: false,
        },
        lines,
        acts: Vec::new(),
        secure_form: false,
    }
}

fn rules(prescription: &Prescription, conditions: &[Condition]) -> Vec<Rule> {
    let each = vec![Some(conditions.to_vec()); prescription.lines.len()];
    check(prescription, Country::FR, &each, &Limits::default()).into_iter().map(|finding| finding.rule).collect()
}

fn narcotic(typed: &str) -> Prescription {
    let mut line = line("MORPHINE", "10 mg", typed);
    line.letters = in_letters(&line, Language::French);
    let mut one = prescription(vec![line]);
    one.secure_form = true;
    one
}

#[test]
fn an_ordinary_prescription_has_no_finding() {
    let one = prescription(vec![line("AMOXICILLINE", "500 mg", "2 matin et 2 soir pendant 7 jours")]);
    assert_eq!(rules(&one, &[Condition::ListI]), []);
}

#[test]
fn each_missing_thing_is_named() {
    let mut bare = line("", "", "1 matin");
    bare.form = " ".to_owned();
    let mut one = prescription(vec![bare]);
    assert_eq!(rules(&one, &[]), [Rule::Inn, Rule::Strength, Rule::Form, Rule::Duration]);
    one.lines[0] = line("PARACETAMOL", "1 g", "1 matin");
    one.lines[0].packs = Some(1);
    one.prescriber = Prescriber { phone: "01 23 45 67 89".to_owned(), ..Prescriber::default() };
    one.patient.given_names.clear();
    one.patient.born_on = None;
    one.patient.sex = Sex::Unknown;
    assert_eq!(
        rules(&one, &[]),
        [
            Rule::PatientName,
            Rule::PatientBirth,
            Rule::PatientSex,
            Rule::PrescriberName,
            Rule::PrescriberQualification,
            Rule::PrescriberRpps,
            Rule::PrescriberAddress,
            Rule::PrescriberCountry,
            Rule::PrescriberEmail,
            Rule::PrescriberSpeciality,
            Rule::PrescriberPhonePrefix,
        ]
    );
    assert_eq!(rules(&prescription(Vec::new()), &[]), [Rule::Empty]);
}

#[test]
fn an_rpps_number_that_fails_its_check_is_told_and_not_refused() {
    let mut one = prescription(vec![line("PARACETAMOL", "1 g", "1 matin 3 j")]);
    one.prescriber.rpps = "10100050075".to_owned();
    let findings = check(&one, Country::FR, &[Some(Vec::new())], &Limits::default());
    assert_eq!(findings.iter().map(|finding| finding.rule).collect::<Vec<_>>(), [Rule::PrescriberRppsCheck]);
    assert!(may_be_signed(&findings));
}

#[test]
fn a_narcotic_over_its_limit_cannot_be_signed_and_says_why() {
    let conditions = [Condition::Narcotic];
    assert_eq!(rules(&narcotic("1 matin et 1 soir pendant 28 jours"), &conditions), []);
    let over = narcotic("1 matin et 1 soir pendant 29 jours");
    let findings = check(&over, Country::FR, &[Some(conditions.to_vec())], &Limits::default());
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].rule, Rule::NarcoticOverLimit);
    assert_eq!(findings[0].parameters, [("days", "29".to_owned()), ("limit", "28".to_owned())]);
    assert_eq!((findings[0].line, findings[0].source), (Some(0), "CSP R5132-30"));
    assert!(!may_be_signed(&findings));
    // The drug's own limit is shorter.
    let own = [Condition::Narcotic, Condition::LimitedToDays(7)];
    assert_eq!(rules(&narcotic("1 matin 7 j"), &own), []);
    assert_eq!(rules(&narcotic("1 matin 8 j"), &own), [Rule::NarcoticOverLimit]);
    // Packs do not say how long.
    let mut packs = narcotic("1 matin");
    packs.lines[0].packs = Some(1);
    assert_eq!(rules(&packs, &conditions), [Rule::LengthUnknown]);
    let mut renewed = narcotic("1 matin 7 j");
    renewed.lines[0].renewals = Some(1);
    assert_eq!(rules(&renewed, &conditions), [Rule::NarcoticRenewed]);
}

#[test]
fn letters_are_asked_one_by_one_and_have_to_say_what_the_digits_say() {
    let mut one = narcotic("2 matin et 2 soir pendant 14 jours");
    let right = one.lines[0].letters.clone().unwrap();
    assert_eq!(
        right,
        Letters {
            strength: "dix milligrammes".to_owned(),
            per_intake: "deux comprimés".to_owned(),
            intakes: "deux prises par jour".to_owned()
        }
    );
    one.lines[0].letters = None;
    let conditions = [Condition::SecureFormInLetters];
    assert_eq!(rules(&one, &conditions), [Rule::LettersStrength, Rule::LettersPerIntake, Rule::LettersIntakes]);
    one.lines[0].letters = Some(Letters { per_intake: "Trois comprimés".to_owned(), ..right.clone() });
    assert_eq!(rules(&one, &conditions), [Rule::LettersDiffer]);
    one.lines[0].letters = Some(Letters { per_intake: "Deux  COMPRIMÉS".to_owned(), ..right });
    assert_eq!(rules(&one, &conditions), []);
    let mut open = narcotic("1 si besoin");
    open.lines[0].duration = Some(Span::days(5));
    assert_eq!(rules(&open, &conditions), [Rule::IntakesUnknown]);
    one.secure_form = false;
    assert_eq!(rules(&one, &[Condition::SecureForm]), [Rule::SecureForm]);
}

#[test]
fn tramadol_follows_the_narcotics_rules_since_march_2025() {
    let mut one = prescription(vec![line("CHLORHYDRATE DE TRAMADOL", "50 mg", "1 matin et 1 soir pendant 85 jours")]);
    assert_eq!(
        rules(&one, &[Condition::ListI]),
        [Rule::OpioidOverLimit, Rule::SecureForm, Rule::LettersStrength, Rule::LettersPerIntake, Rule::LettersIntakes]
    );
    one.secure_form = true;
    one.lines[0] = line("PARACÉTAMOL + CODÉINE", "50 mg", "1 matin pendant 12 semaines");
    one.lines[0].letters = in_letters(&one.lines[0], Language::French);
    assert_eq!(rules(&one, &[Condition::ListI]), []);
    let mut before = prescription(vec![line("TRAMADOL", "50 mg", "1 matin pendant 3 mois")]);
    before.written_on = day(2025, 2, 28);
    before.lines[0].renewals = Some(0);
    assert_eq!(rules(&before, &[Condition::ListI]), []);
}

#[test]
fn listed_drugs_end_after_twelve_months_with_their_renewals() {
    let mut one = prescription(vec![line("RAMIPRIL", "5 mg", "1 matin pendant 3 mois")]);
    assert_eq!(rules(&one, &[Condition::ListI]), [Rule::ListIOnce]);
    one.lines[0].renewals = Some(3);
    assert_eq!(rules(&one, &[Condition::ListI]), []);
    one.lines[0].renewals = Some(4);
    assert_eq!(rules(&one, &[Condition::ListII]), [Rule::OverTwelveMonths]);
    assert_eq!(rules(&one, &[]), []);
    one.lines[0].renewals = None;
    assert_eq!(rules(&one, &[Condition::LimitedToDays(84)]), [Rule::OverLimit]);
    assert_eq!(rules(&one, &[Condition::LimitedToMonths(2)]), [Rule::OverLimit]);
    assert_eq!(rules(&one, &[Condition::LimitedToMonths(3)]), []);
}

#[test]
fn a_fractioned_drug_names_its_fraction_or_a_single_delivery() {
    let conditions = [Condition::Narcotic, Condition::FractionedDays(7)];
    let mut one = narcotic("1 matin et 1 soir pendant 28 jours");
    assert_eq!(rules(&one, &conditions), [Rule::Fraction]);
    one.lines[0].fraction_days = Some(14);
    assert_eq!(rules(&one, &conditions), [Rule::FractionOver]);
    one.lines[0].fraction_days = Some(7);
    assert_eq!(rules(&one, &conditions), []);
    one.lines[0].fraction_days = None;
    one.lines[0].single_delivery = true;
    assert_eq!(rules(&one, &conditions), []);
    assert_eq!(rules(&narcotic("1 matin 7 j"), &conditions), []);
}

#[test]
fn non_substitutable_needs_a_brand_and_efg_a_small_child() {
    let mut one = prescription(vec![line("LEVETIRACETAM", "500 mg", "1 matin 7 j")]);
    one.lines[0].non_substitutable = Some(Ground::Mte);
    assert_eq!(rules(&one, &[]), [Rule::NonSubstitutableBrand]);
    one.lines[0].brand = Some("MARQUE".to_owned());
    assert_eq!(rules(&one, &[]), []);
    one.lines[0].non_substitutable = Some(Ground::Efg);
    assert_eq!(rules(&one, &[]), [Rule::EfgAge]);
    one.patient.born_on = Some(day(2020, 11, 27));
    assert_eq!(rules(&one, &[]), [Rule::PatientWeight]);
    one.patient.weight_g = Some(19_500);
    assert_eq!(rules(&one, &[]), []);
    one.patient.born_on = Some(day(2020, 11, 26));
    assert_eq!(rules(&one, &[]), [Rule::EfgAge]);
}

#[test]
fn the_ald_zone_hospital_drugs_and_unknown_drugs_are_told() {
    let mut one = prescription(vec![line("METFORMINE", "1 g", "1 soir 30 j")]);
    one.lines[0].ald = true;
    assert_eq!(rules(&one, &[Condition::Hospital]), [Rule::Hospital, Rule::AldUnknown]);
    one.patient.ald = true;
    let unknown = check(&one, Country::FR, &[None], &Limits::default());
    assert_eq!(unknown.iter().map(|finding| finding.rule).collect::<Vec<_>>(), [Rule::ConditionsUnknown]);
    assert!(may_be_signed(&unknown));
}

#[test]
fn morocco_asks_inpe_and_order_number_and_holds_the_practices_limits() {
    let mut one = prescription(vec![line("", "10 mg", "1 matin 8 j")]);
    one.lines[0].brand = Some("MARQUE".to_owned());
    one.lines[0].table = Some(Table::B);
    let of = |one: &Prescription, limits: Limits| -> Vec<Rule> {
        check(one, Country::MA, &[None], &limits).into_iter().map(|finding| finding.rule).collect()
    };
    assert_eq!(of(&one, Limits::default()), [Rule::TableOverLimit]);
    assert_eq!(of(&one, Limits { table_b_days: Some(8), ..Limits::default() }), []);
    assert_eq!(of(&one, Limits { table_b_days: None, ..Limits::default() }), []);
    one.lines[0].table = Some(Table::A);
    assert_eq!(of(&one, Limits { table_a_days: Some(3), ..Limits::default() }), [Rule::TableOverLimit]);
    one.prescriber.inpe.clear();
    one.prescriber.order_number.clear();
    one.prescriber.country.clear();
    assert_eq!(of(&one, Limits::default()), [Rule::PrescriberInpe, Rule::PrescriberOrder]);
}

#[test]
fn acts_are_prescribed_without_drugs() {
    let mut one = prescription(Vec::new());
    one.kind = Kind::Physiotherapy;
    assert_eq!(rules(&one, &[]), [Rule::Empty]);
    one.acts.push(Act { text: "Rééducation du genou".to_owned(), sessions: Some(10), at_home: false, ald: false });
    assert_eq!(rules(&one, &[]), []);
}

#[test]
fn a_kept_prescription_reads_back_the_same() {
    let one = narcotic("3 puis 2 puis 1, 3 jours chacun");
    let json = serde_json::to_string(&one).unwrap();
    assert_eq!(serde_json::from_str::<Prescription>(&json).unwrap(), one);
}

proptest! {
    #[test]
    fn no_narcotic_longer_than_its_limit_can_be_signed(
        days in 1_u16..400, limit in prop::option::of(1_u16..60), renewals in prop::option::of(0_u8..3),
    ) {
        let mut one = narcotic(&format!("1 matin et 1 soir pendant {days} jours"));
        one.lines[0].renewals = renewals;
        let mut conditions = vec![Condition::Narcotic];
        conditions.extend(limit.map(Condition::LimitedToDays));
        let most = limit.unwrap_or(28).min(28);
        let findings = check(&one, Country::FR, &[Some(conditions)], &Limits::default());
        prop_assert_eq!(may_be_signed(&findings), days <= most && renewals.unwrap_or(0) == 0);
    }
}
