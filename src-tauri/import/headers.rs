//! What each column holds: guessed from the header's words in French, English and Arabic, and from the content where
//! the header is silent or ambiguous. The user sees the guess and corrects it.
//!
//! A header wins by the longest synonym it contains; words that speak of somebody else (`Téléphone du médecin`,
//! `Nom du conjoint`) lose the column unless the whole header is a known one.

use std::sync::LazyLock;

use chrono::NaiveDate;
use domain::patient::names::normalise;
use serde::Serialize;

use super::{
    ImportError,
    content::Content,
    mapping::{Mapping, PatientField, check_fields},
    table::{Record, Table},
};
use PatientField as F;

/// What made the guess of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The mapping says so.
    Given,
    /// The whole header is a known one.
    Header,
    /// A part of the header is, or header and content together.
    PartOfHeader,
    /// Only what the cells look like.
    Content,
    /// Nothing: the column is ignored.
    Nothing,
}

/// A column as it was understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Column {
    /// As written; empty where there is no header.
    pub header: String,
    /// What it is taken for.
    pub field: PatientField,
    /// Why.
    pub basis: Basis,
    /// Its first values that are not empty, three at most.
    pub samples: Vec<String>,
}

/// The columns of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// Which record (from 0) is the header.
    pub header: Option<usize>,
    /// One for each column.
    pub columns: Vec<Column>,
}

impl Layout {
    /// The fields, one for each column.
    #[must_use]
    pub fn fields(&self) -> Vec<PatientField> {
        self.columns.iter().map(|c| c.field).collect()
    }
}

/// How many records are looked at.
const SAMPLE: usize = 400;

/// Guesses the columns of `table`; what `mapping` says stands. `today` bounds birth dates.
///
/// # Errors
/// [`ImportError::UnknownColumn`], [`ImportError::FieldTwice`] for what the mapping says. That no column holds a name
/// is found when the rows are read, so that a preview can be shown and corrected.
pub fn guess(table: &Table, mapping: &Mapping, today: NaiveDate) -> Result<Layout, ImportError> {
    let sample: Vec<Record> = table.records().take(SAMPLE).collect();
    let header = match mapping.header {
        Some(true) => Some(0),
        Some(false) => None,
        None => find_header(&sample, today),
    };
    let first_row = header.map_or(0, |h| h + 1);
    let rows = sample.get(first_row..).unwrap_or(&[]);
    let header_cells: &[String] = header.and_then(|h| sample.get(h)).map_or(&[], |r| &r.cells);
    let width = header_cells.len().max(rows.iter().map(|r| r.cells.len()).max().unwrap_or(0));
    let contents: Vec<Content> = (0..width).map(|i| Content::of(rows.iter().map(|r| r.cell(i)), today)).collect();

    let headers: Vec<String> = (0..width).map(|i| clean(header_cells.get(i).map_or("", String::as_str))).collect();
    let given = given_fields(&headers, mapping)?;
    let guessed = assign(&headers, &contents, &given);
    let columns = headers
        .into_iter()
        .zip(guessed)
        .enumerate()
        .map(|(i, (header, (field, basis)))| Column { header, field, basis, samples: contents[i].samples.clone() })
        .collect();
    Ok(Layout { header, columns })
}

/// Sets the fields that the user chose, one for each column.
///
/// # Errors
/// [`ImportError::UnknownColumn`] where there are more fields than columns, and as [`check_fields`].
pub fn correct(layout: &mut Layout, fields: &[PatientField]) -> Result<(), ImportError> {
    if fields.len() > layout.columns.len() {
        return Err(ImportError::UnknownColumn { column: (layout.columns.len() + 1).to_string() });
    }
    check_fields(fields)?;
    for (index, column) in layout.columns.iter_mut().enumerate() {
        let field = fields.get(index).copied().unwrap_or_default();
        if column.field != field {
            (column.field, column.basis) = (field, Basis::Given);
        }
    }
    Ok(())
}

/// The header among the first records: the one in which most cells are known words. Titles may stand above it.
fn find_header(sample: &[Record], today: NaiveDate) -> Option<usize> {
    const TITLES: usize = 10;
    let known = |r: &Record| r.cells.iter().filter(|c| !c.trim().is_empty() && best_synonym(c).is_some()).count();
    let best = sample.iter().take(TITLES).map(known).enumerate().max_by_key(|(i, n)| (*n, usize::MAX - i))?;
    let (index, hits) = best;
    let filled = sample[index].cells.iter().filter(|c| !c.trim().is_empty()).count();
    // One known word may be a person's name (`Ville`, `Sexe` are not, but `Nom` may stand in a title): half of the
    // cells, or three of them, make a header.
    if hits >= 3 || (hits >= 1 && hits * 2 >= filled) {
        return Some(index);
    }
    // Unknown words over columns of dates, numbers or addresses are a header all the same.
    let first = sample.first()?;
    let rest = sample.get(1..).filter(|r| !r.is_empty())?;
    let speaks = |i: usize| {
        let column = Content::of(rest.iter().map(|r| r.cell(i)), today);
        column.is_telling() && !Content::of(std::iter::once(first.cell(i)), today).is_telling()
    };
    ((0..first.cells.len()).any(|i| !first.cell(i).trim().is_empty() && speaks(i))).then_some(0)
}

fn given_fields(headers: &[String], mapping: &Mapping) -> Result<Vec<Option<PatientField>>, ImportError> {
    let mut given = vec![None; headers.len()];
    for (name, field) in &mapping.columns {
        let wanted = normalise(name);
        let by_header = headers.iter().position(|h| !wanted.is_empty() && normalise(h) == wanted);
        let by_number = || name.trim().parse::<usize>().ok()?.checked_sub(1).filter(|i| *i < headers.len());
        let index = by_header.or_else(by_number).ok_or_else(|| ImportError::UnknownColumn { column: name.clone() })?;
        if !field.takes_several() && given.contains(&Some(*field)) {
            return Err(ImportError::FieldTwice { field: *field });
        }
        given[index] = Some(*field);
    }
    Ok(given)
}

/// Gives every column a field, the surest first; a field goes to one column only.
fn assign(headers: &[String], contents: &[Content], given: &[Option<F>]) -> Vec<(F, Basis)> {
    let mut result: Vec<Option<(F, Basis)>> = given.iter().map(|g| g.map(|f| (f, Basis::Given))).collect();
    let mut taken: Vec<F> = given.iter().flatten().copied().filter(|f| !f.takes_several()).collect();

    let mut by_header: Vec<(usize, Hit)> = headers
        .iter()
        .enumerate()
        .filter(|(i, _)| result[*i].is_none())
        .filter_map(|(i, h)| Some((i, best_synonym(h)?)))
        .collect();
    by_header.sort_by_key(|(i, hit)| (std::cmp::Reverse(hit.points), *i));
    for (index, hit) in by_header {
        let field = in_script(hit.field, &contents[index]);
        let basis = if hit.points >= WHOLE { Basis::Header } else { Basis::PartOfHeader };
        let free = [Some(field), second_choice(field)].into_iter().flatten().find(|f| !taken.contains(f));
        if let Some(field) = free {
            result[index] = Some((field, basis));
            taken.extend((!field.takes_several()).then_some(field));
        }
    }
    for (index, content) in contents.iter().enumerate() {
        if result[index].is_none()
            && let Some(field) = content.fields(headers[index].is_empty()).find(|f| !taken.contains(f))
        {
            result[index] = Some((field, Basis::Content));
            taken.push(field);
        }
    }
    settle_phones(&mut result, headers, contents, given);
    settle_names(&mut result, headers, contents, given);
    result.into_iter().map(|r| r.unwrap_or((F::Ignore, Basis::Nothing))).collect()
}

/// A name column is of the script that its cells are written in, whatever the language of its header.
fn in_script(field: F, content: &Content) -> F {
    match (field, content.is_arabic()) {
        (F::Surname, Some(true)) => F::SurnameArabic,
        (F::FirstName, Some(true)) => F::FirstNameArabic,
        (F::FullName, Some(true)) => F::FullNameArabic,
        (F::SurnameArabic, Some(false)) => F::Surname,
        (F::FirstNameArabic, Some(false)) => F::FirstName,
        (F::FullNameArabic, Some(false)) => F::FullName,
        (field, _) => field,
    }
}

/// Where a second column of the kind goes.
fn second_choice(field: F) -> Option<F> {
    match field {
        F::Mobile => Some(F::Phone),
        F::Phone => Some(F::Mobile),
        _ => None,
    }
}

/// The only phone column, if it is full of mobiles, is the mobile.
fn settle_phones(result: &mut [Option<(F, Basis)>], headers: &[String], contents: &[Content], given: &[Option<F>]) {
    let has = |result: &[Option<(F, Basis)>], f: F| result.iter().flatten().any(|(g, _)| *g == f);
    if has(result, F::Mobile) || !has(result, F::Phone) {
        return;
    }
    if let Some(i) = result.iter().position(|r| r.is_some_and(|(f, _)| f == F::Phone))
        && given[i].is_none()
        && contents[i].is_mobile()
        && !normalise(&headers[i]).split(' ').any(|w| matches!(w, "fixe" | "domicile" | "home" | "landline"))
    {
        result[i] = Some((F::Mobile, Basis::PartOfHeader));
    }
}

/// `Nom` beside `Prénom` is a surname; alone it is the whole name.
fn settle_names(result: &mut [Option<(F, Basis)>], headers: &[String], contents: &[Content], given: &[Option<F>]) {
    let place = |result: &[Option<(F, Basis)>], f: F| result.iter().position(|r| r.is_some_and(|(g, _)| g == f));
    for (surname, first, full) in
        [(F::Surname, F::FirstName, F::FullName), (F::SurnameArabic, F::FirstNameArabic, F::FullNameArabic)]
    {
        match (place(result, surname), place(result, first), place(result, full)) {
            (None, Some(_), Some(i)) if given[i].is_none() && !contents[i].has_comma_names() => {
                result[i] = Some((surname, Basis::PartOfHeader));
            }
            (Some(i), None, None) if given[i].is_none() && !headers[i].is_empty() && contents[i].has_two_words() => {
                result[i] = Some((full, Basis::PartOfHeader));
            }
            (None, Some(i), None) if given[i].is_none() && contents[i].has_two_words() => {
                result[i] = Some((full, Basis::PartOfHeader));
            }
            _ => {}
        }
    }
}

struct Hit {
    field: F,
    points: usize,
}

/// Points of a header that is a synonym as a whole.
const WHOLE: usize = 1_000;

fn best_synonym(header: &str) -> Option<Hit> {
    let header = header_form(header);
    if header.is_empty() {
        return None;
    }
    if let Some((field, _)) = FORMS.iter().find(|(_, form)| *form == header) {
        return Some(Hit { field: *field, points: WHOLE });
    }
    let padded = format!(" {header} ");
    let contains = |words: &str| padded.contains(&format!(" {words} "));
    if contains("medecin traitant") {
        return Some(Hit { field: F::TreatingDoctor, points: 200 });
    }
    if SOMEBODY_ELSE.iter().any(|w| contains(w)) {
        return None;
    }
    FORMS
        .iter()
        .filter(|(_, form)| may_be_part(form) && contains(form))
        .map(|(field, form)| {
            // More words are surer; `nom` and `name` are in every second header and come last.
            let count = form.split(' ').count() * 100;
            let weak = matches!(form.as_str(), "nom" | "name" | "patient" | "numero" | "code" | "الاسم");
            Hit { field: *field, points: if weak { 10 } else { count + form.chars().count() } }
        })
        .max_by_key(|hit| hit.points)
}

/// Short words are parts of other things; these are not.
fn may_be_part(form: &str) -> bool {
    form.chars().count() >= 3
        && (form.chars().count() >= 4 || matches!(form, "tel" | "cin" | "nir" | "nss" | "gsm" | "ddn" | "nom"))
}

/// The synonyms as they are compared.
static FORMS: LazyLock<Vec<(F, String)>> = LazyLock::new(|| {
    SYNONYMS.iter().flat_map(|(field, words)| words.iter().map(|w| (*field, header_form(w)))).collect()
});

/// The form in which headers are compared: as names are, and without little words, articles and marks.
fn header_form(header: &str) -> String {
    let words = normalise(header);
    words
        .split(' ')
        .filter(|w| {
            !matches!(
                *w,
                "de" | "du" | "des" | "d" | "la" | "le" | "les" | "l" | "et" | "of" | "the" | "and" | "n" | "no" | "nr"
            )
        })
        .collect::<Vec<_>>()
        .join(" ")
}

fn clean(header: &str) -> String {
    header.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Words of columns about another person.
const SOMEBODY_ELSE: &[&str] = &[
    "medecin",
    "docteur",
    "doctor",
    "gp",
    "conjoint",
    "epoux",
    "epouse",
    "spouse",
    "pere",
    "father",
    "mere",
    "mother",
    "parent",
    "tuteur",
    "guardian",
    "contact",
    "urgence",
    "emergency",
    "employeur",
    "employer",
    "assure",
    "confiance",
    "visite",
    "consultation",
    "creation",
    "modification",
    "deces",
    "death",
    "rdv",
    "rendez",
    "facture",
    "الطبيب",
    "الاب",
    "الام",
];

/// Headers of each field, compared in [`header_form`].
#[rustfmt::skip]
const SYNONYMS: &[(F, &[&str])] = &[
    (F::Surname, &["nom", "nom famille", "nom usuel", "nom usage", "nom patient", "nom marital", "patronyme", "surname", "last name",
        "lastname", "family name", "patient surname", "patient last name", "nom epouse", "nom jf usage"]),
    (F::BirthName, &["nom naissance", "nom jeune fille", "nom jf", "nomjf", "nom patronymique", "birth name", "maiden name", "birthname",
        "nom naiss", "name at birth", "اسم الولاده", "الاسم قبل الزواج"]),
    (F::FirstName, &["prenom", "prenoms", "prenom s", "prenom usuel", "prenom patient", "first name", "firstname", "given name",
        "given names", "forename", "forenames", "first names", "patient first name", "premier prenom"]),
    (F::FullName, &["nom prenom", "nom prenoms", "nom complet", "full name", "fullname", "name", "patient", "patient name",
        "nom prenom patient", "prenom nom", "identite", "identite patient", "patient full name"]),
    (F::SurnameArabic, &["nom arabe", "nom ar", "surname arabic", "arabic surname", "nom en arabe", "النسب", "اللقب", "الاسم العاىلي",
        "الاسم العائلي", "اسم العائله", "الكنيه", "last name arabic", "nom famille arabe"]),
    (F::FirstNameArabic, &["prenom arabe", "prenom ar", "first name arabic", "arabic first name", "prenom en arabe", "الاسم الشخصي",
        "الاسم الاول", "الاسم"]),
    (F::FullNameArabic, &["nom complet arabe", "nom prenom arabe", "full name arabic", "arabic name", "arabic full name", "name arabic",
        "nom complet en arabe", "الاسم الكامل", "الاسم والنسب", "الاسم و النسب", "اسم المريض", "المريض", "الاسم واللقب"]),
    (F::Sex, &["sexe", "sex", "genre", "gender", "civilite", "titre", "title", "الجنس", "النوع", "civ", "sexe patient"]),
    (F::Born, &["date naissance", "date naiss", "naissance", "ne e le", "ne le", "nee le", "ddn", "birth date",
        "birthdate", "date birth", "dob", "born", "birthday", "born on", "date naissance patient", "datenaissance", "datenaiss",
        "تاريخ الازدياد", "تاريخ الميلاد", "تاريخ الولاده", "الازدياد"]),
    (F::BirthPlace, &["lieu naissance", "ville naissance", "commune naissance", "birth place", "birthplace", "place birth",
        "مكان الازدياد", "مكان الولاده", "مكان الميلاد", "lieu naiss"]),
    (F::Nir, &["nir", "nss", "ins", "num ss", "ss", "numero ss", "securite sociale", "numero securite sociale", "num securite sociale",
        "numero secu", "secu", "numero ins", "matricule ins", "nir cle", "immatriculation", "social security number", "ssn",
        "numero assure social", "numero immatriculation", "num secu", "رقم الضمان الاجتماعي"]),
    (F::Cin, &["cin", "cni", "cine", "cnie", "carte identite", "carte nationale", "carte identite nationale", "numero cin",
        "national id", "identity card", "id card", "carte nationale identite", "رقم البطاقه الوطنيه", "البطاقه الوطنيه",
        "رقم البطاقه", "بطاقه التعريف الوطنيه", "ب ت و", "ر ب ت و"]),
    (F::Mobile, &["mobile", "portable", "telephone portable", "tel portable", "telephone mobile", "tel mobile", "gsm", "cell",
        "cell phone", "cellphone", "mobile phone", "mobile number", "numero portable", "sms", "port", "tel port",
        "الهاتف المحمول", "الهاتف النقال", "المحمول", "النقال", "الجوال", "رقم الجوال"]),
    (F::Phone, &["telephone", "tel", "phone", "telephone fixe", "tel fixe", "fixe", "telephone domicile", "tel domicile", "home phone",
        "phone number", "landline", "numero telephone", "num tel", "telephone 1", "telephone 2", "tel 1", "tel 2", "tel1", "tel2",
        "telephone travail", "tel travail", "tel bureau", "work phone", "telephone professionnel", "tel pro", "الهاتف",
        "رقم الهاتف", "الهاتف الثابت", "التلفون"]),
    (F::Email, &["email", "e mail", "mail", "courriel", "adresse email", "adresse mail", "adresse e mail", "adresse electronique",
        "email address", "mel", "البريد الالكتروني", "البريد"]),
    (F::Address, &["adresse", "adresse 1", "adresse 2", "adresse1", "adresse2", "rue", "adresse postale", "complement adresse",
        "address", "street", "address 1", "address 2", "street address", "address line 1", "address line 2", "العنوان"]),
    (F::Postcode, &["code postal", "cp", "c p", "postcode", "post code", "postal code", "zip", "zip code", "codepostal", "الرمز البريدي"]),
    (F::City, &["ville", "commune", "localite", "city", "town", "المدينه", "البلده"]),
    (F::Insurer, &["mutuelle", "assurance", "caisse", "organisme", "amo", "amc", "regime", "couverture", "complementaire", "insurer",
        "insurance", "health insurance", "complementaire sante", "assurance maladie", "organisme payeur", "caisse assurance maladie",
        "التامين", "التغطيه الصحيه", "التعاضديه", "الضمان"]),
    (F::TreatingDoctor, &["medecin traitant", "medecin", "mt", "docteur", "treating doctor", "gp", "general practitioner", "doctor",
        "medecin referent", "referring doctor", "الطبيب المعالج", "medecin correspondant"]),
    (F::Remarks, &["remarques", "remarque", "commentaire", "commentaires", "notes", "note", "observation", "observations", "remarks",
        "remark", "comment", "comments", "memo", "divers", "info", "infos", "informations", "bloc notes", "ملاحظات", "ملاحظه"]),
    (F::Language, &["langue", "language", "lang", "langue parlee", "اللغه", "preferred language"]),
    (F::ExternalId, &["id", "patient id", "id patient", "identifiant", "identifiant patient", "numero dossier", "num dossier", "dossier",
        "code patient", "numero patient", "num patient", "ref", "reference", "ipp", "code", "numero", "num", "file number",
        "record number", "patient number", "external id", "mrn", "idpatient", "patientid", "رقم الملف", "الرقم", "رقم المريض"]),
];
