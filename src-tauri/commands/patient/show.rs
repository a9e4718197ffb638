//! Searching and showing patients.

use chrono::{Datelike, NaiveDate};
use domain::id::PatientId;
use domain::identifiers::phone::{self, Region};
use domain::identifiers::phone_shown::shown;
use domain::identifiers::{Warning, cin, email, nir};
use domain::patient::guardian::{age, guardian_consent, is_minor_for_portal};
use domain::patient::likeness::{Identity, likeness};
use domain::patient::names::tokens;
use domain::patient::query::{Reading, SearchQuery};
use domain::role::Permission;
use domain::time::{WallTime, day_number, from_day_number};

use super::wire::{
    DuplicateView, DuplicatesView, FindDuplicatesRequest, MatchContactView, MatchView, MatchesView,
    PatientAppointmentView, PatientFields, PatientRequest, PatientView, SearchPatientsRequest, StandingRestrictionView,
    WarningView,
};
use crate::commands::agenda::show::history;
use crate::commands::agenda::wire::HistoryView;
use crate::commands::desk::Premises;
use crate::commands::{CommandError, Desk};
use crate::store::patient::Patient;
use crate::store::search::{Found, Told};
use crate::store::{self, Connection};

/// What matches are told against: now, and the practice's rule of what is counted as missed.
pub(crate) fn told(desk: &Desk) -> Told {
    let now = desk.wall_now();
    Told { now: now.minutes(), missed_since: day_number(desk.premises().attendance.since(now.date())) }
}

/// A search match's view. What was searched decides which phone is told: who asks by the mother's sees the mother's. What
/// was missed is shown from as many on as the practice wants to see.
pub(crate) fn match_view(found: Found, query: &SearchQuery, premises: &Premises, today: NaiveDate) -> MatchView {
    let (region, rule) = (premises.region(), &premises.attendance);
    let shows = rule.shows(found.no_shows, found.late_cancellations);
    let digits = |phone: &str| phone.chars().filter(char::is_ascii_digit).collect::<String>();
    let asked: Vec<&str> = query
        .fragments
        .iter()
        .flat_map(|fragment| &fragment.readings)
        .filter_map(|reading| if let Reading::Phone(digits) = reading { Some(digits.as_str()) } else { None })
        .collect();
    let is_asked = |phone: &str| asked.iter().any(|asked| digits(phone).contains(asked));
    let by_phone = found.contacts.iter().find(|one| is_asked(&one.phone) && !is_asked(&found.phone));
    let reached =
        by_phone.or_else(|| found.contacts.iter().find(|one| !one.phone.is_empty()).filter(|_| found.phone.is_empty()));
    let born: Option<NaiveDate> = found.born.parse().ok();
    MatchView {
        id: found.id,
        surname: found.surname,
        first_name: found.first_name,
        birth_name: found.birth_name,
        name_arabic: found.name_arabic,
        age: born.map(|born| age(born, today)),
        born: found.born,
        phone: shown(reached.map_or(&found.phone, |one| &one.phone), region),
        phone_of: reached.map(|one| one.id),
        last_seen: found.last_seen.map(|day| from_day_number(day).to_string()),
        next: found.next.map(|minute| WallTime::from_minutes(minute).to_string()),
        no_shows: if shows { found.no_shows } else { 0 },
        late_cancellations: if shows { found.late_cancellations } else { 0 },
        attendance_sentence: if shows { rule.sentence.clone() } else { String::new() },
        deceased: found.deceased,
        minor: born.is_some_and(|born| is_minor_for_portal(born, today)),
        guardian: guardian_consent(born, found.consents, today).map(|state| state.as_str().to_owned()),
        contacts: found
            .contacts
            .into_iter()
            .map(|one| MatchContactView {
                id: one.id,
                name: one.name,
                relation: one.relation,
                phone: shown(&one.phone, region),
                guardian: one.guardian,
            })
            .collect(),
    }
}

/// Searches as one types: fragments of names in any order, without accents, Latin or Arabic, birth date, phone digits,
/// booking code.
///
/// # Errors
/// `out_of_range`, `permission_denied`.
pub async fn search_patients(desk: &Desk, request: SearchPatientsRequest) -> Result<MatchesView, CommandError> {
    if !(1..=100).contains(&request.limit) {
        return Err(CommandError::field("out_of_range", "limit"));
    }
    // Nobody types more; a pasted letter is not a search.
    let text: String = request.text.chars().take(200).collect();
    let mut connection = desk.read(Permission::ReadPatients, "search_patients").await?;
    let now = desk.wall_now();
    let query = SearchQuery::parse(&text, now.date());
    let (found, more) = store::search::search(&mut connection, &query, request.limit, told(desk)).await?;
    let premises = desk.premises();
    Ok(MatchesView {
        matches: found.into_iter().map(|one| match_view(one, &query, &premises, now.date())).collect(),
        more,
    })
}

/// The fields of a row.
#[must_use]
pub fn fields(p: &Patient) -> PatientFields {
    PatientFields {
        surname: p.surname.clone(),
        birth_name: p.birth_name.clone(),
        first_name: p.first_name.clone(),
        surname_arabic: p.surname_arabic.clone(),
        first_name_arabic: p.first_name_arabic.clone(),
        sex: p.sex.clone(),
        born: p.born.map_or_else(String::new, |day| day.to_string()),
        birth_place: p.birth_place.clone(),
        nir: p.nir.clone(),
        ins_status: p.ins_status.clone(),
        cin: p.cin.clone(),
        mobile: p.mobile.clone(),
        phone: p.phone.clone(),
        email: p.email.clone(),
        address: p.address.clone(),
        postcode: p.postcode.clone(),
        city: p.city.clone(),
        language: p.language.clone(),
        insurer: p.insurer.clone(),
        treating_doctor: p.treating_doctor.clone(),
        remarks: p.remarks.clone(),
        deceased_on: p.deceased_on.map_or_else(String::new, |day| day.to_string()),
    }
}

/// What the checks say of a patient: warnings, never refusals.
#[must_use]
pub fn warnings(p: &Patient, region: Region) -> Vec<WarningView> {
    let mut warnings = Vec::new();
    let mut warn = |field: &str, check: Result<(), Warning>| {
        if let Err(warning) = check {
            warnings.push(WarningView { field: field.to_owned(), code: warning.as_str().to_owned() });
        }
    };
    if !p.nir.is_empty() {
        warn("nir", nir::check(&p.nir));
    }
    if !p.cin.is_empty() {
        warn("cin", cin::check(&p.cin));
    }
    if !p.email.is_empty() {
        warn("email", email::check(&p.email));
    }
    for (field, number) in [("mobile", &p.mobile), ("phone", &p.phone)] {
        if !number.is_empty() {
            warn(field, phone::parse(number, region).check());
        }
    }
    warnings
}

/// A patient's view.
pub(super) async fn view(desk: &Desk, connection: &mut Connection, p: Patient) -> Result<PatientView, CommandError> {
    let premises = desk.premises();
    let region = premises.region();
    let today = desk.wall_now().date();
    let appointments = store::agenda::of_patient(connection, p.id, 50)
        .await?
        .into_iter()
        .map(|named| PatientAppointmentView {
            id: named.appointment.id,
            starts: named.appointment.starts.map_or_else(
                || from_day_number(named.appointment.day).to_string(),
                |minute| WallTime::from_minutes(minute).to_string(),
            ),
            practitioner: named.practitioner,
            type_name: named.type_name,
            status: named.appointment.status.as_str().to_owned(),
        })
        .collect();
    let (no_shows, late_cancellations) = store::search::missed(connection, p.id, told(desk)).await?;
    let persons = store::restriction::same_person(connection, p.id).await?;
    let restrictions = store::restriction::standing(connection, &persons)
        .await?
        .into_iter()
        .map(|one| StandingRestrictionView {
            kind: one.kind.as_str().to_owned(),
            scope: one.scope.as_str().to_owned(),
            since: one.since,
        })
        .collect();
    let rule = &premises.attendance;
    let shows = rule.shows(no_shows, late_cancellations);
    let phone = if p.mobile.is_empty() { &p.phone } else { &p.mobile };
    Ok(PatientView {
        id: p.id,
        number: p.number,
        fields: fields(&p),
        phone_shown: shown(phone, region),
        age: p.born.map(|born| age(born, today)),
        merged_into: p.merged_into,
        warnings: warnings(&p, region),
        revision: p.revision,
        no_shows: if shows { no_shows } else { 0 },
        late_cancellations: if shows { late_cancellations } else { 0 },
        attendance_sentence: if shows { rule.sentence.clone() } else { String::new() },
        appointments,
        restrictions,
    })
}

/// One patient, whole. An alias shows the patient it was merged into.
///
/// # Errors
/// `patient_not_found`, `permission_denied`.
pub async fn show_patient(desk: &Desk, request: PatientRequest) -> Result<PatientView, CommandError> {
    let mut connection = desk.read(Permission::ReadPatients, "show_patient").await?;
    let found = store::patient::resolved(&mut connection, request.id)
        .await?
        .ok_or_else(|| CommandError::new("patient_not_found"))?;
    view(desk, &mut connection, found).await
}

/// Who changed what of a patient, their contact persons and consents, and when.
///
/// # Errors
/// `permission_denied`.
pub async fn patient_history(desk: &Desk, request: PatientRequest) -> Result<HistoryView, CommandError> {
    let mut connection = desk.read(Permission::ReadPatients, "patient_history").await?;
    let mut steps = history(desk, &mut connection, &request.id.to_string()).await?;
    for subject in store::contact::subjects(&mut connection, request.id).await? {
        steps.extend(history(desk, &mut connection, &subject).await?);
    }
    steps.sort_by_key(|step| step.sequence);
    Ok(HistoryView { steps })
}

/// A row as the comparison of identities takes it.
#[must_use]
pub fn identity(p: &Patient) -> Identity {
    let option = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Identity {
        surname: p.surname.clone(),
        birth_name: option(&p.birth_name),
        first_name: p.first_name.clone(),
        surname_ar: option(&p.surname_arabic),
        first_name_ar: option(&p.first_name_arabic),
        born: p.born,
        phones: [&p.mobile, &p.phone].into_iter().filter(|phone| !phone.is_empty()).cloned().collect(),
        nir: option(&p.nir),
        cin: option(&p.cin),
        email: option(&p.email),
    }
}

/// Patients worth comparing with one: the same birth date, name, phone or NIR.
pub(crate) async fn candidates(connection: &mut Connection, p: &Patient) -> Result<Vec<Patient>, CommandError> {
    let mut found: Vec<Patient> = Vec::new();
    if let Some(born) = p.born {
        found.extend(store::patient::born_on(connection, born).await?);
        let swapped = NaiveDate::from_ymd_opt(born.year(), born.day(), born.month());
        if let Some(swapped) = swapped.filter(|swapped| *swapped != born) {
            found.extend(store::patient::born_on(connection, swapped).await?);
        }
    }
    if !p.nir.is_empty() {
        found.extend(store::patient::with_nir(connection, &p.nir).await?);
    }
    let mut numbers = Vec::new();
    for names in [[&p.surname, &p.first_name], [&p.surname_arabic, &p.first_name_arabic]] {
        let words: Vec<String> = names.iter().flat_map(|name| tokens(name)).collect();
        numbers.extend(store::search::candidates(connection, &words, 50).await?);
    }
    for phone in [&p.mobile, &p.phone] {
        let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
        numbers.extend(store::search::with_phone(connection, &digits, 50).await?);
    }
    found.extend(store::patient::numbered(connection, &numbers).await?);
    found.sort_by_key(|one| one.number);
    found.dedup_by_key(|one| one.number);
    Ok(found)
}

/// Who is likely the same person as what was typed, the likeliest first, with the warnings of the checks.
///
/// # Errors
/// `bad_date`, `permission_denied`.
pub async fn find_duplicates(desk: &Desk, request: FindDuplicatesRequest) -> Result<DuplicatesView, CommandError> {
    let mut connection = desk.read(Permission::ReadPatients, "find_duplicates").await?;
    let now = desk.wall_now();
    let premises = desk.premises();
    let region = premises.region();
    let typed = super::save::row(desk, PatientId::new(uuid::Uuid::nil()), request.fields, None)?;
    let own = identity(&typed);
    let mut alike: Vec<_> = candidates(&mut connection, &typed)
        .await?
        .into_iter()
        .filter(|one| Some(one.id) != request.except)
        .map(|one| (likeness(&own, &identity(&one)), one.number))
        .filter(|(likeness, _)| likeness.is_likely())
        .collect();
    alike.sort_by_key(|(likeness, number)| (std::cmp::Reverse(likeness.score), *number));
    alike.truncate(8);
    let numbers: Vec<i64> = alike.iter().map(|(_, number)| *number).collect();
    let found = store::search::found(&mut connection, &numbers, told(desk)).await?;
    let duplicates = found
        .into_iter()
        .filter_map(|one| {
            let (likeness, _) = alike.iter().find(|(_, number)| *number == one.number)?;
            Some(DuplicateView {
                score: i64::from(likeness.score),
                reasons: likeness.reasons.iter().map(|reason| reason.as_str().to_owned()).collect(),
                patient: match_view(one, &SearchQuery::default(), &premises, now.date()),
            })
        })
        .collect();
    Ok(DuplicatesView { duplicates, warnings: warnings(&typed, region) })
}
