//! Rows to drafts.

use domain::patient::sex::Sex;

use super::super::{
    ImportError, Limits,
    codes::{Notice, Rejection, Warning},
    draft::PatientDraft,
    mapping::{Mapping, PatientField as F},
    patients::{PatientsFile, Row},
};
use super::{france, go, morocco, open, read, today};

fn only(text: &str) -> (PatientDraft, Vec<Warning>) {
    let mut rows = read(text);
    assert_eq!(rows.len(), 1);
    let row = rows.remove(0);
    (*row.content.unwrap_or_else(|r| panic!("{r:?}")), row.warnings)
}

fn rejections(rows: &[Row]) -> Vec<Option<Rejection>> {
    rows.iter().map(|r| r.content.as_ref().err().copied()).collect()
}

#[test]
fn a_row_is_read_into_every_field() {
    let (d, warnings) = only(
        "Id;Nom;Nom de naissance;Prénom;Né le;Lieu de naissance;Sexe;Mobile;Fixe;Email;Adresse;Complément adresse;CP;Ville;NIR;Mutuelle;Médecin traitant;Langue;Remarques;Notes\n\
         A7;BRETON;Delaunay;Clémence;25/01/1957;Brest;Féminin;06.18.60.91.39;0492440268;c@exemple.fr;408, rue Gay;Bât. B;53171;Laval;2 57 01 69 188 597 81;MGEN;Dr Mary;français;Accès fauteuil;\"le matin\nseulement\"\n",
    );
    assert_eq!(warnings, []);
    assert_eq!(
        [&d.external_id, &d.surname, &d.birth_name, &d.first_name, &d.birth_place, &d.mobile, &d.phone, &d.email],
        ["A7", "BRETON", "Delaunay", "Clémence", "Brest", "+33618609139", "+33492440268", "c@exemple.fr"]
    );
    assert_eq!((d.born.unwrap().to_string().as_str(), d.sex), ("1957-01-25", Sex::Female));
    assert_eq!(
        [&d.address, &d.postcode, &d.city, &d.nir, &d.insurer, &d.treating_doctor, &d.language, &d.remarks],
        [
            "408, rue Gay, Bât. B",
            "53171",
            "Laval",
            "257016918859781",
            "MGEN",
            "Dr Mary",
            "fr",
            "Accès fauteuil\nle matin\nseulement"
        ]
    );
}

#[test]
fn what_a_field_cannot_hold_goes_to_the_remarks() {
    let (d, warnings) = only(
        "Nom;Prénom;Né le;Sexe;Mobile;Fixe;Langue;Remarques\n\
         MARTIN;Lucas;32/13/2011;peut-être;0612345678 / 0687654321 (sa fille);0140203040;breton;sourd\n",
    );
    assert_eq!((d.mobile.as_str(), d.phone.as_str()), ("+33612345678", "+33687654321"));
    assert_eq!(warnings, [Warning::of(Notice::BirthUnreadable, F::Born), Warning::of(Notice::SexUnreadable, F::Sex)]);
    let remarks = d.remarks_with_kept(&|f| format!("[{f}]"));
    assert_eq!(
        remarks,
        "sourd\n[born] : 32/13/2011\n[sex] : peut-être\n[mobile] : 0612345678 / 0687654321 (sa fille)\n[phone] : +33140203040\n[language] : breton"
    );
    // Said once, however often it is imported.
    let again = PatientDraft { remarks: remarks.clone(), ..d };
    assert_eq!(again.remarks_with_kept(&|f| format!("[{f}]")), remarks);
}

#[test]
fn checks_warn_and_never_block() {
    let (d, warnings) = only(
        "Nom;Prénom;Sexe;Né le;Mobile;Email;NIR;CIN;CP\nA;B;F;25/01/1957;0612;pas-un-email;184057512345626;123456;2918\n",
    );
    let notices: Vec<(Notice, Option<F>)> = warnings.iter().map(|w| (w.notice, w.field)).collect();
    assert_eq!(
        notices,
        [
            (Notice::NirKey, Some(F::Nir)),
            (Notice::NirBirth, Some(F::Nir)),
            (Notice::CinFormat, Some(F::Cin)),
            (Notice::EmailFormat, Some(F::Email)),
            (Notice::PhoneInvalid, Some(F::Mobile)),
            (Notice::PostcodeZero, Some(F::Postcode)),
        ]
    );
    assert_eq!(
        [&d.mobile, &d.email, &d.nir, &d.cin, &d.postcode],
        ["0612", "pas-un-email", "184057512345626", "123456", "02918"]
    );
    let (d, warnings) = only("Nom;Prénom;NIR\nA;B;2 57 01 69 188 597\n");
    assert_eq!((d.nir.as_str(), warnings), ("2570169188597", vec![]));
}

#[test]
fn rows_that_are_no_patient_are_rejected_with_their_reason() {
    let rows = read(
        "Nom;Prénom;Ville;Remarque\n;;;ligne vide\n;;;\nNom;Prénom;Ville;Remarque\nDU\0PONT;Jean;;\nA;B;C;D;E\nA;B;C;D;\nTotal;5127;;\nTotal;Jean;Paris;\nNombre de patients : 12;;;\nBERNARD;;;\n;Zoé;;\n",
    );
    use Rejection::{EmptyRow, NoName, RepeatedHeader, TooManyCells, TotalLine, ZeroCharacter};
    assert_eq!(
        rejections(&rows),
        [
            Some(NoName),
            Some(EmptyRow),
            Some(RepeatedHeader),
            Some(ZeroCharacter),
            Some(TooManyCells),
            None,
            Some(TotalLine),
            None,
            Some(TotalLine),
            None,
            None,
        ]
    );
    assert_eq!(rows.iter().map(|r| r.line).collect::<Vec<_>>(), (2..=12).collect::<Vec<_>>());
    assert_eq!(rows[0].excerpt, "ligne vide");
    assert_eq!(rows[9].warnings, [Warning::of(Notice::FirstNameMissing, F::FirstName)]);
    assert_eq!(rows[10].warnings, [Warning::of(Notice::SurnameMissing, F::Surname)]);
    let titled = read("Liste;;\nNom;Prénom;Ville\nA;B;C\n");
    assert_eq!(rejections(&titled), [Some(Rejection::BeforeHeader), None]);
}

#[test]
fn short_rows_are_read_as_far_as_they_go() {
    let rows = read("Nom;Prénom;Ville;Mobile\nDUPONT;Jean\n");
    assert_eq!(rows[0].warnings, [Warning::row(Notice::TooFewCells)]);
    assert!(rows[0].content.is_ok());
}

#[test]
fn names_at_the_limits_survive() {
    let long = "N".repeat(70);
    for name in [
        "D'Hérouville–Nguyễn",
        "O’Brien",
        "Ælfgifu Œuvrard",
        "El Mehdi Aït-Ouahmane",
        "محمد بن عبد الله",
        "Łukasz Żółć",
        &long,
    ] {
        let (d, warnings) = only(&format!("Nom de famille;Prénom;Email\n{name};{name};\n"));
        let arabic = name.starts_with('م');
        let (surname, first) = if arabic { (d.surname_arabic, d.first_name_arabic) } else { (d.surname, d.first_name) };
        assert_eq!((surname.as_str(), first.as_str()), (name, name));
        assert_eq!(warnings, []);
    }
    let (_, warnings) = only("Nom;Prénom\nD'Hérouville–Nguy?n;Anaïs\n");
    assert_eq!(warnings, [Warning::of(Notice::LetterLost, F::Surname)]);
}

#[test]
fn whole_names_are_split_in_both_scripts() {
    let text = "Full name,الاسم الكامل,Mobile\n\"EL IDRISSI, Fatima Zahra\",فاطمة الزهراء الإدريسي,0612345678\n";
    let row = open(text).read(&morocco(), &mut go).unwrap().remove(0);
    let d = *row.content.unwrap_or_else(|r| panic!("{r:?}"));
    assert_eq!(
        [&d.surname, &d.first_name, &d.surname_arabic, &d.first_name_arabic, &d.mobile],
        ["EL IDRISSI", "Fatima Zahra", "الإدريسي", "فاطمة الزهراء", "+212612345678"]
    );
    assert_eq!(row.warnings, []);
}

#[test]
fn a_column_of_american_dates_is_read_month_first() {
    let text = "Last name,First name,DOB\nA,B,12/31/1979\nC,D,02/03/1980\n";
    let born: Vec<String> = read(text)
        .into_iter()
        .map(|r| r.content.unwrap_or_else(|r| panic!("{r:?}")).born.unwrap().to_string())
        .collect();
    assert_eq!(born, ["1979-12-31", "1980-02-03"]);
    let mapping = Mapping::from_json(br#"{"date_order":"day_first"}"#).unwrap();
    let file = PatientsFile::open(text.as_bytes(), &mapping, today(), &Limits::default()).unwrap();
    let rows = file.read(&france(), &mut go).unwrap();
    assert_eq!(rows[0].warnings, [Warning::of(Notice::BirthUnreadable, F::Born)]);
}

#[test]
fn reading_can_be_cancelled() {
    let text = format!("Nom;Prénom\n{}", "A;B\n".repeat(2_000));
    let mut asked = 0;
    let result = open(&text).read(&france(), &mut |done, total| {
        asked += 1;
        assert!(done <= total && total == 2_000);
        if done >= 1_000 { std::ops::ControlFlow::Break(()) } else { std::ops::ControlFlow::Continue(()) }
    });
    assert_eq!(result.err(), Some(ImportError::Cancelled));
    assert!(asked > 1);
}
