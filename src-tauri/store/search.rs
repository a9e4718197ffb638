//! Finding patients as one types. Two full-text tables hold words normalised in Rust (SQLite's own tokenizers split
//! vocalised Arabic wrongly and do not know œ = oe): one answers beginnings of words by its prefix indexes, the other
//! any fragment inside by trigrams, asked only where the first found too little.
//!
//! Not here: reading what was typed (`domain::patient::query`).

use std::fmt::Write as _;

use chrono::NaiveDate;
use domain::id::{ContactPersonId, PatientId};
use domain::patient::guardian::Consent;
use domain::patient::names::{compact, tokens};
use domain::patient::query::{Reading, SearchQuery};
use domain::time::from_day_number;
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, Row};

use super::contact::REACHED;
use super::patient::Patient;
use super::row::{flag, number, number_option, parsed, text};
use super::{Connection, StoreError};

/// A match: what is shown to recognise the person.
#[derive(Clone)]
pub struct Found {
    /// File number.
    pub number: i64,
    /// Identifier.
    pub id: PatientId,
    /// Surname.
    pub surname: String,
    /// First name.
    pub first_name: String,
    /// Birth name.
    pub birth_name: String,
    /// Name in Arabic.
    pub name_arabic: String,
    /// ISO date or empty.
    pub born: String,
    /// Mobile, else phone, as stored.
    pub phone: String,
    /// Deceased.
    pub deceased: bool,
    /// Day number of the last appointment that was kept.
    pub last_seen: Option<i64>,
    /// Wall minute of the next active appointment.
    pub next: Option<i64>,
    /// Times they did not come.
    pub no_shows: i64,
    /// Contact persons, guardians first.
    pub contacts: Vec<FoundContact>,
    /// Consents given for a minor.
    pub consents: Vec<Consent>,
}

/// A contact person of a match.
#[derive(Clone)]
pub struct FoundContact {
    /// Identifier.
    pub id: ContactPersonId,
    /// Name.
    pub name: String,
    /// Relation.
    pub relation: String,
    /// Phone under which they are reached, as stored.
    pub phone: String,
    /// Decides for a minor.
    pub guardian: bool,
}

/// The words and digits under which a patient is found: their own, and the phones of those who call for them.
fn indexed(p: &Patient, contacts: &[String]) -> (String, String) {
    let mut words: Vec<String> = Vec::new();
    for name in [&p.surname, &p.birth_name, &p.first_name, &p.surname_arabic, &p.first_name_arabic] {
        let parts = tokens(name);
        // `BEN ALI` is found as `benali` too.
        if parts.len() > 1 {
            words.push(compact(name));
        }
        words.extend(parts);
    }
    words.dedup();
    let mut digits = String::new();
    if let Some(born) = p.born {
        let _ = write!(digits, "b{}", born.format("%Y%m%d"));
    }
    for phone in [&p.mobile, &p.phone].into_iter().chain(contacts) {
        let number: String = phone.chars().filter(char::is_ascii_digit).collect();
        if number.len() >= 4 {
            let _ = write!(digits, " {number}");
            if phone.starts_with('+') {
                // Without its country code, as it is dictated at home: the codes in use here have two or three digits.
                let code = if number.starts_with("33") { 2 } else { 3 };
                let _ = write!(digits, " {}", &number[code..]);
            } else if let Some(rest) = number.strip_prefix('0') {
                let _ = write!(digits, " {rest}");
            }
        }
    }
    (words.join(" "), digits)
}

/// Writes a patient's search words; an alias is no longer found.
pub(super) async fn index(
    connection: &mut Connection,
    number: i64,
    p: &Patient,
    replace: bool,
) -> Result<(), StoreError> {
    if replace {
        sqlx::query("DELETE FROM patient_words WHERE rowid = ?").bind(number).execute(&mut *connection).await?;
        sqlx::query("DELETE FROM patient_parts WHERE rowid = ?").bind(number).execute(&mut *connection).await?;
    }
    if p.merged_into.is_some() {
        return Ok(());
    }
    // Who is new has nobody yet.
    let contacts = if replace { super::contact::phones_of(connection, p.id).await? } else { Vec::new() };
    let (words, digits) = indexed(p, &contacts);
    sqlx::query("INSERT INTO patient_words (rowid, words, digits) VALUES (?, ?, ?)")
        .bind(number)
        .bind(&words)
        .bind(&digits)
        .execute(&mut *connection)
        .await?;
    sqlx::query("INSERT INTO patient_parts (rowid, words, digits) VALUES (?, ?, ?)")
        .bind(number)
        .bind(&words)
        .bind(&digits)
        .execute(connection)
        .await?;
    Ok(())
}

/// How a word is looked for.
#[derive(Clone, Copy, PartialEq)]
enum Mode {
    Whole,
    Beginning,
    Inside,
}

/// The full-text expression of a query; none where a fragment cannot be asked in this mode.
fn expression(query: &SearchQuery, mode: Mode) -> Option<String> {
    let mut all = Vec::new();
    let mut names = Vec::new();
    for fragment in &query.fragments {
        let mut any = Vec::new();
        for reading in &fragment.readings {
            match reading {
                Reading::Name(word) => {
                    names.push(word.as_str());
                    match mode {
                        Mode::Whole => any.push(format!("words : \"{word}\"")),
                        Mode::Beginning => any.push(format!("words : \"{word}\" *")),
                        // Trigrams cannot answer less than three letters.
                        Mode::Inside if word.chars().count() >= 3 => any.push(format!("words : \"{word}\"")),
                        Mode::Inside => {}
                    }
                }
                Reading::Born(day) => any.push(format!("digits : \"b{}\"", day.format("%Y%m%d"))),
                Reading::Phone(digits) => match mode {
                    Mode::Whole => any.push(format!("digits : \"{digits}\"")),
                    Mode::Beginning => any.push(format!("digits : \"{digits}\" *")),
                    Mode::Inside if digits.len() >= 3 => any.push(format!("digits : \"{digits}\"")),
                    Mode::Inside => {}
                },
                Reading::Code(_) => {}
            }
        }
        if any.is_empty() {
            return None;
        }
        all.push(format!("({})", any.join(" OR ")));
    }
    if all.is_empty() {
        return None;
    }
    let mut text = all.join(" AND ");
    // `ben ali` typed for `Benali`.
    if names.len() > 1 && names.len() == query.fragments.len() && mode == Mode::Beginning {
        let _ = write!(text, " OR words : \"{}\" *", names.concat());
    }
    Some(text)
}

async fn rowids(
    connection: &mut Connection,
    table: &'static str,
    expression: Option<String>,
    limit: i64,
) -> Result<Vec<i64>, StoreError> {
    let Some(expression) = expression else { return Ok(Vec::new()) };
    let sql = match table {
        "patient_words" => "SELECT rowid FROM patient_words WHERE patient_words MATCH ? LIMIT ?",
        _ => "SELECT rowid FROM patient_parts WHERE patient_parts MATCH ? LIMIT ?",
    };
    Ok(sqlx::query_scalar(sql).bind(expression).bind(limit).fetch_all(connection).await?)
}

/// File numbers that fit, the closest first, `limit + 1` at most (the last says that there are more).
async fn numbers(connection: &mut Connection, query: &SearchQuery, limit: i64) -> Result<Vec<i64>, StoreError> {
    let wanted = usize::try_from(limit).unwrap_or(0) + 1;
    let ask = limit + 1;
    let mut found: Vec<i64> = Vec::new();
    for fragment in &query.fragments {
        for reading in &fragment.readings {
            if let Reading::Code(code) = reading {
                let of: Option<i64> = sqlx::query_scalar(
                    "SELECT coalesce(m.number, p.number) FROM appointment a JOIN patient p ON p.id = a.patient_id
                      LEFT JOIN patient m ON m.id = p.merged_into WHERE a.code = ?",
                )
                .bind(code.to_string())
                .fetch_optional(&mut *connection)
                .await?;
                found.extend(of);
            }
        }
    }
    let steps: [(&'static str, Mode); 3] =
        [("patient_words", Mode::Whole), ("patient_words", Mode::Beginning), ("patient_parts", Mode::Inside)];
    for (table, mode) in steps {
        if found.len() >= wanted {
            break;
        }
        for number in rowids(connection, table, expression(query, mode), ask).await? {
            if !found.contains(&number) {
                found.push(number);
            }
        }
    }
    found.truncate(wanted);
    Ok(found)
}

fn read(row: &SqliteRow) -> Result<Found, StoreError> {
    Ok(Found {
        number: number(row, 0)?,
        id: parsed(row, 1)?,
        surname: text(row, 2)?,
        first_name: text(row, 3)?,
        birth_name: text(row, 4)?,
        name_arabic: text(row, 5)?,
        born: text(row, 6)?,
        phone: text(row, 7)?,
        deceased: flag(row, 8)?,
        last_seen: number_option(row, 9)?,
        next: number_option(row, 10)?,
        no_shows: number(row, 11)?,
        contacts: contacts(row.try_get(12)?)?,
        consents: consents(row.try_get(13)?)?,
    })
}

/// Reads what SQLite folded into one text: most patients have nobody, so that a join would cost more than it brings.
fn contacts(folded: &str) -> Result<Vec<FoundContact>, StoreError> {
    if folded == "[]" {
        return Ok(Vec::new());
    }
    type Row = (ContactPersonId, String, String, String, i64);
    let rows: Vec<Row> = serde_json::from_str(folded).map_err(|_| StoreError::BadValue)?;
    let mut all: Vec<FoundContact> = rows
        .into_iter()
        .map(|(id, name, relation, phone, guardian)| FoundContact {
            id,
            name,
            relation,
            phone,
            guardian: guardian != 0,
        })
        .collect();
    all.sort_by_key(|one| (!one.guardian, one.id));
    Ok(all)
}

fn consents(folded: Option<&str>) -> Result<Vec<Consent>, StoreError> {
    let Some(folded) = folded.filter(|folded| *folded != "[]") else { return Ok(Vec::new()) };
    let rows: Vec<(NaiveDate, Option<NaiveDate>, i64)> =
        serde_json::from_str(folded).map_err(|_| StoreError::BadValue)?;
    let consent = |(given_on, withdrawn_on, by)| Consent { given_on, withdrawn_on, by_guardian: by != 0 };
    Ok(rows.into_iter().map(consent).collect())
}

/// The shown form of patients by file number, in the order given.
///
/// # Errors
/// What SQLite refuses.
pub async fn found(connection: &mut Connection, numbers: &[i64], now: i64) -> Result<Vec<Found>, StoreError> {
    let json = serde_json::Value::from(numbers.to_vec()).to_string();
    // Who was born before can be no minor: nobody looks for their consents.
    let minors = from_day_number(now.div_euclid(1440) - 17 * 366).to_string();
    let mut rows: Vec<Found> = sqlx::query(AssertSqlSafe(format!(
        "SELECT p.number, p.id, p.surname, p.first_name, p.birth_name,
                trim(p.surname_arabic || ' ' || p.first_name_arabic), coalesce(p.born, ''),
                CASE WHEN p.mobile <> '' THEN p.mobile ELSE p.phone END, p.deceased_on IS NOT NULL,
                (SELECT max(a.day) FROM appointment a WHERE a.patient_id = p.id AND a.day <= ?2 / 1440
                    AND a.status IN ('arrived', 'in_consultation', 'done')),
                (SELECT min(a.starts) FROM appointment a WHERE a.patient_id = p.id AND a.day >= ?2 / 1440
                    AND a.starts >= ?2 AND a.status IN ('requested', 'booked', 'confirmed')),
                (SELECT count(*) FROM appointment a WHERE a.patient_id = p.id AND a.status = 'no_show'),
                (SELECT json_group_array(json_array(c.id, c.name, c.relation, {REACHED}, c.guardian))
                   FROM contact_person c LEFT JOIN patient l ON l.id = c.linked_patient_id
                  WHERE c.patient_id = p.id AND c.removed = 0),
                CASE WHEN p.born > ?3 THEN
                    (SELECT json_group_array(json_array(g.given_on, g.withdrawn_on, c.guardian AND NOT c.removed))
                       FROM guardian_consent g JOIN contact_person c ON c.id = g.contact_person_id
                      WHERE g.patient_id = p.id AND g.removed = 0) END
           FROM patient p WHERE p.number IN (SELECT value FROM json_each(?1)) AND p.merged_into IS NULL"
    )))
    .bind(json)
    .bind(now)
    .bind(minors)
    .fetch_all(connection)
    .await?
    .iter()
    .map(read)
    .collect::<Result<_, _>>()?;
    rows.sort_by_key(|row| numbers.iter().position(|number| *number == row.number));
    Ok(rows)
}

/// Searches patients; `now` is the wall minute against which "last seen" and "next" are told. Returns the matches and
/// whether there are more.
///
/// # Errors
/// What SQLite refuses.
pub async fn search(
    connection: &mut Connection,
    query: &SearchQuery,
    limit: i64,
    now: i64,
) -> Result<(Vec<Found>, bool), StoreError> {
    if query.is_empty() {
        return Ok((Vec::new(), false));
    }
    let mut numbers = numbers(connection, query, limit).await?;
    let more = i64::try_from(numbers.len()).unwrap_or(i64::MAX) > limit;
    numbers.truncate(usize::try_from(limit).unwrap_or(0));
    Ok((found(connection, &numbers, now).await?, more))
}

/// File numbers of patients whose names resemble: candidates for a closer look at duplicates.
///
/// # Errors
/// What SQLite refuses.
pub async fn candidates(connection: &mut Connection, words: &[String], limit: i64) -> Result<Vec<i64>, StoreError> {
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let text = words.iter().map(|word| format!("words : \"{word}\"")).collect::<Vec<_>>().join(" AND ");
    rowids(connection, "patient_words", Some(text), limit).await
}

/// File numbers of patients with a phone, by its digits.
///
/// # Errors
/// What SQLite refuses.
pub async fn with_phone(connection: &mut Connection, digits: &str, limit: i64) -> Result<Vec<i64>, StoreError> {
    if digits.len() < 4 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(Vec::new());
    }
    rowids(connection, "patient_words", Some(format!("digits : \"{digits}\"")), limit).await
}
