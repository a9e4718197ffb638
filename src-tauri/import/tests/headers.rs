//! Columns.

use super::super::{
    ImportError, Limits,
    headers::{Basis, guess},
    mapping::{Mapping, PatientField as F},
    patients::PatientsFile,
    table::Table,
};
use super::{france, go, open, today};

fn fields(text: &str) -> Vec<F> {
    let table = Table::open(text.to_owned(), None, &Limits::default()).unwrap();
    guess(&table, &Mapping::default(), today()).unwrap().fields()
}

/// The fields of a header over columns without content.
fn header(line: &str) -> Vec<F> {
    fields(&format!("{line}\n"))
}

#[test]
fn french_headers_are_understood() {
    assert_eq!(
        header(
            "Nom;Nom de naissance;Prénom;Date de naissance;Sexe;Téléphone portable;Téléphone fixe;Email;Adresse;Code postal;Ville;NIR;Médecin traitant;Remarques"
        ),
        [
            F::Surname,
            F::BirthName,
            F::FirstName,
            F::Born,
            F::Sex,
            F::Mobile,
            F::Phone,
            F::Email,
            F::Address,
            F::Postcode,
            F::City,
            F::Nir,
            F::TreatingDoctor,
            F::Remarks,
        ]
    );
    assert_eq!(
        header(
            "N° dossier;NOM USUEL;NOM DE JEUNE FILLE;PRENOMS;Né(e) le;Lieu de naissance;Civilité;Tél. mobile;Tél. domicile;Courriel;C.P.;Commune;N° Sécurité sociale;Mutuelle;Observations"
        ),
        [
            F::ExternalId,
            F::Surname,
            F::BirthName,
            F::FirstName,
            F::Born,
            F::BirthPlace,
            F::Sex,
            F::Mobile,
            F::Phone,
            F::Email,
            F::Postcode,
            F::City,
            F::Nir,
            F::Insurer,
            F::Remarks,
        ]
    );
}

#[test]
fn english_and_arabic_headers_are_understood() {
    assert_eq!(
        header(
            "Patient ID,Last name,First name,Maiden name,DOB,Place of birth,Gender,Cell phone,Home phone,E-mail,Street address,ZIP code,Town,Insurance,Notes,Preferred language"
        ),
        [
            F::ExternalId,
            F::Surname,
            F::FirstName,
            F::BirthName,
            F::Born,
            F::BirthPlace,
            F::Sex,
            F::Mobile,
            F::Phone,
            F::Email,
            F::Address,
            F::Postcode,
            F::City,
            F::Insurer,
            F::Remarks,
            F::Language,
        ]
    );
    assert_eq!(
        header(
            "رقم الملف;الاسم العائلي;الاسم الشخصي;تاريخ الازدياد;مكان الازدياد;الجنس;رقم البطاقة الوطنية;الهاتف المحمول;البريد الإلكتروني;العنوان;المدينة;التأمين;ملاحظات"
        ),
        [
            F::ExternalId,
            F::SurnameArabic,
            F::FirstNameArabic,
            F::Born,
            F::BirthPlace,
            F::Sex,
            F::Cin,
            F::Mobile,
            F::Email,
            F::Address,
            F::City,
            F::Insurer,
            F::Remarks,
        ]
    );
}

#[test]
fn columns_about_somebody_else_are_left_out() {
    assert_eq!(
        header(
            "Nom;Prénom;Nom du conjoint;Téléphone du médecin;Date de décès;Date de création;Personne de confiance;Nom du médecin traitant"
        ),
        [F::Surname, F::FirstName, F::Ignore, F::Ignore, F::Ignore, F::Ignore, F::Ignore, F::TreatingDoctor]
    );
}

#[test]
fn content_decides_where_the_header_does_not() {
    // One phone column full of mobiles; names in Arabic under a French header; one column for the whole name.
    assert_eq!(fields("Nom;Prénom;Tél\nA;B;0612345678\nC;D;0712345678\n"), [F::Surname, F::FirstName, F::Mobile]);
    assert_eq!(fields("Nom;Prénom;Tél\nA;B;0112345678\nC;D;0212345678\n"), [F::Surname, F::FirstName, F::Phone]);
    assert_eq!(fields("Nom;Prénom;Nom ar\nA;B;العلوي\n"), [F::Surname, F::FirstName, F::SurnameArabic]);
    assert_eq!(fields("Nom;Prénom\nالعلوي;محمد\n"), [F::SurnameArabic, F::FirstNameArabic]);
    assert_eq!(fields("Nom;Ville\nDUPONT Jean;Paris\nLE GALL Anne;Brest\n"), [F::FullName, F::City]);
    assert_eq!(fields("Patient;Contact\nDUPONT Jean;a@b.fr\nMARTIN Anne;c@d.fr\n"), [F::FullName, F::Email]);
}

#[test]
fn a_file_without_header_is_read_by_its_content() {
    let file =
        open("DUPONT;Jean;25/01/1957;0612345678;jean@exemple.fr;75002;M\nMARTIN;Anne;03/02/1979;0712345678;;13001;F\n");
    assert!(!file.has_header());
    assert_eq!(file.rows(), 2);
    let found: Vec<F> = file.columns().iter().map(|c| c.field).collect();
    assert_eq!(found, [F::Surname, F::FirstName, F::Born, F::Mobile, F::Email, F::Postcode, F::Sex]);
    assert!(file.columns().iter().all(|c| c.basis == Basis::Content));
}

#[test]
fn a_header_of_unknown_words_is_still_a_header() {
    let file = open("Foo;Bar;Baz\nDUPONT;Jean;25/01/1957\nMARTIN;Anne;03/02/1979\n");
    assert!(file.has_header());
    let refused = file.read(&france(), &mut go).err();
    assert_eq!(refused, Some(ImportError::NoNameColumn));
}

#[test]
fn titles_above_the_header_are_rows_that_are_told() {
    let file = open("Liste des patients;;\nau 22/11/2026;;\nNom;Prénom;Ville\nDUPONT;Jean;Paris\n");
    assert_eq!(file.rows(), 3);
    let rows = file.read(&france(), &mut go).unwrap();
    assert_eq!(rows.iter().filter(|r| r.content.is_ok()).count(), 1);
    assert_eq!(rows[2].line, 4);
}

#[test]
fn what_the_user_says_stands() {
    let text = "Nom;Prénom;Interne;Date\nDUPONT;Jean;x;25/01/1957\n";
    let mapping =
        Mapping::from_json("{\"columns\":{\"prenom\":\"remarks\",\"3\":\"first_name\",\"DATE\":\"born\"}}".as_bytes())
            .unwrap();
    let file = PatientsFile::open(text.as_bytes(), &mapping, today(), &Limits::default()).unwrap();
    let found: Vec<F> = file.columns().iter().map(|c| c.field).collect();
    assert_eq!(found, [F::Surname, F::Remarks, F::FirstName, F::Born]);

    let mut file = open(text);
    file.correct(&[F::Surname, F::FirstName, F::Ignore, F::Born]).unwrap();
    assert_eq!(file.columns()[3].basis, Basis::Given);
    assert_eq!(file.correct(&[F::Surname, F::Surname]), Err(ImportError::FieldTwice { field: F::Surname }));
    assert_eq!(file.correct(&[F::Ignore]), Err(ImportError::NoNameColumn));
    assert_eq!(file.correct(&[F::Surname; 5]), Err(ImportError::UnknownColumn { column: "5".into() }));
}

#[test]
fn a_mapping_that_does_not_fit_is_refused() {
    let open = |json: &str| {
        let mapping = Mapping::from_json(json.as_bytes()).unwrap();
        PatientsFile::open(b"Nom;Prenom\nA;B\n", &mapping, today(), &Limits::default()).err()
    };
    assert_eq!(open("{\"columns\":{\"Age\":\"born\"}}"), Some(ImportError::UnknownColumn { column: "Age".into() }));
    assert_eq!(open("{\"columns\":{\"3\":\"born\"}}"), Some(ImportError::UnknownColumn { column: "3".into() }));
    let twice = open("{\"columns\":{\"1\":\"surname\",\"2\":\"surname\"}}");
    assert_eq!(twice, Some(ImportError::FieldTwice { field: F::Surname }));
}
