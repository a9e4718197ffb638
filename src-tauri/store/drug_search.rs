//! Finding drugs as one types: by brand, substance, ATC, CIS and CIP. As for patients, one full-text table answers beginnings of
//! words, the other fragments, asked only where the first found too little. Numbers of drugs are ranks: marketed first, then by
//! name, so that the first rows that fit are the first to show.

use domain::patient::names::tokens;

use super::row::{number, text};
use super::{Connection, StoreError};

/// A drug that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// CIS.
    pub cis: i64,
    /// Name.
    pub name: String,
    /// Substances.
    pub substances: String,
    /// ATC.
    pub atc: String,
    /// Form.
    pub form: String,
    /// State of marketing.
    pub marketing: String,
}

/// Searches drugs, the closest first; and whether there are more.
///
/// # Errors
/// What SQLite refuses.
pub async fn search(connection: &mut Connection, typed: &str, limit: i64) -> Result<(Vec<Found>, bool), StoreError> {
    let words = tokens(typed);
    if words.is_empty() {
        return Ok((Vec::new(), false));
    }
    // Words are letters and digits only: nothing in them is a sign of the full-text language.
    let all = |column: &str| words.iter().map(|word| format!("{column}\"{word}\" *")).collect::<Vec<_>>().join(" AND ");
    let phrase = words.join(" ");
    let mut steps: Vec<(&'static str, String)> = vec![
        ("words", format!("name : ^ \"{phrase}\" *")),
        ("words", all("name : ")),
        ("words", all("substances : ")),
        ("words", all("")),
    ];
    // Trigrams cannot answer less than three letters.
    if words.iter().all(|word| word.chars().count() >= 3) {
        let inside = words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(" AND ");
        steps.push(("parts", inside));
    }
    let wanted = usize::try_from(limit).unwrap_or(0) + 1;
    let mut numbers: Vec<i64> = Vec::new();
    for (table, expression) in steps {
        if numbers.len() >= wanted {
            break;
        }
        let sql = match table {
            "words" => "SELECT rowid FROM drug_words WHERE drug_words MATCH ? ORDER BY rowid LIMIT ?",
            _ => "SELECT rowid FROM drug_parts WHERE drug_parts MATCH ? ORDER BY rowid LIMIT ?",
        };
        let more: Vec<i64> =
            sqlx::query_scalar(sql).bind(expression).bind(limit + 1).fetch_all(&mut *connection).await?;
        for one in more {
            if !numbers.contains(&one) {
                numbers.push(one);
            }
        }
    }
    let more = numbers.len() >= wanted;
    numbers.truncate(wanted - 1);
    let mut rows = sqlx::query(
        "SELECT number, cis, name, substances, atc, form, marketing FROM drug WHERE number IN (SELECT value FROM json_each(?))",
    )
    .bind(serde_json::Value::from(numbers.clone()).to_string())
    .fetch_all(connection)
    .await?
    .iter()
    .map(|row| {
        Ok((
            number(row, 0)?,
            Found {
                cis: number(row, 1)?,
                name: text(row, 2)?,
                substances: text(row, 3)?,
                atc: text(row, 4)?,
                form: text(row, 5)?,
                marketing: text(row, 6)?,
            },
        ))
    })
    .collect::<Result<Vec<_>, StoreError>>()?;
    rows.sort_by_key(|(number, _)| numbers.iter().position(|one| one == number));
    Ok((rows.into_iter().map(|(_, found)| found).collect(), more))
}
