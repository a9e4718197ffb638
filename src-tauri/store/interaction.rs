//! The thesaurus as a check asks it: terms by their keys, classes of substances, pairs among given terms; and which substances of
//! the drug base are linked.

use std::collections::HashMap;

use domain::drug::check::Entry;
use serde_json::Value;

use super::row::{number, number_option, parsed, text};
use super::{Connection, StoreError};

/// The terms that are substances, by key.
///
/// # Errors
/// What SQLite refuses.
pub async fn substances_by_key(connection: &mut Connection) -> Result<HashMap<String, i64>, StoreError> {
    sqlx::query("SELECT key, id FROM interaction_term WHERE substance = 1")
        .fetch_all(connection)
        .await?
        .iter()
        .map(|row| Ok((text(row, 0)?, number(row, 1)?)))
        .collect()
}

/// Those of the given keys that are substances of the thesaurus.
///
/// # Errors
/// What SQLite refuses.
pub async fn terms(connection: &mut Connection, keys: &[String]) -> Result<HashMap<String, i64>, StoreError> {
    sqlx::query(
        "SELECT t.key, t.id FROM json_each(?) k CROSS JOIN interaction_term t ON t.key = k.value WHERE t.substance = 1",
    )
    .bind(Value::from(keys.to_vec()).to_string())
    .fetch_all(connection)
    .await?
    .iter()
    .map(|row| Ok((text(row, 0)?, number(row, 1)?)))
    .collect()
}

/// The terms that substances of the drug base with these bases are linked to.
///
/// # Errors
/// What SQLite refuses.
pub async fn linked_bases(connection: &mut Connection, bases: &[String]) -> Result<HashMap<String, i64>, StoreError> {
    if bases.is_empty() {
        return Ok(HashMap::new());
    }
    sqlx::query(
        "SELECT base, min(term_id) FROM drug_substance WHERE base IN (SELECT value FROM json_each(?)) AND term_id IS NOT NULL
          GROUP BY base HAVING count(DISTINCT term_id) = 1",
    )
    .bind(Value::from(bases.to_vec()).to_string())
    .fetch_all(connection)
    .await?
    .iter()
    .map(|row| Ok((text(row, 0)?, number(row, 1)?)))
    .collect()
}

/// Substance and class, of the given substances.
///
/// # Errors
/// What SQLite refuses.
pub async fn classes(connection: &mut Connection, terms: &[i64]) -> Result<Vec<(i64, i64)>, StoreError> {
    sqlx::query(
        "SELECT m.substance_id, m.class_id FROM json_each(?) k CROSS JOIN interaction_member m ON m.substance_id = k.value",
    )
    .bind(Value::from(terms.to_vec()).to_string())
    .fetch_all(connection)
    .await?
    .iter()
    .map(|row| Ok((number(row, 0)?, number(row, 1)?)))
    .collect()
}

/// What the thesaurus says among the given terms, with their names.
///
/// # Errors
/// What SQLite refuses.
pub async fn entries(connection: &mut Connection, terms: &[i64]) -> Result<Vec<(Entry, String, String)>, StoreError> {
    sqlx::query(
        "WITH asked (id) AS (SELECT value FROM json_each(?))
         SELECT p.a_id, p.b_id, l.level, p.mechanism, l.advice, a.name, b.name
           FROM asked k CROSS JOIN interaction_pair p ON p.a_id = k.id JOIN interaction_level l ON l.pair_id = p.id
           JOIN interaction_term a ON a.id = p.a_id JOIN interaction_term b ON b.id = p.b_id
          WHERE p.b_id IN (SELECT id FROM asked) ORDER BY p.id, l.rank",
    )
    .bind(Value::from(terms.to_vec()).to_string())
    .fetch_all(connection)
    .await?
    .iter()
    .map(|row| {
        let entry = Entry {
            a: number(row, 0)?,
            b: number(row, 1)?,
            level: parsed(row, 2)?,
            mechanism: text(row, 3)?,
            advice: text(row, 4)?,
        };
        Ok((entry, text(row, 5)?, text(row, 6)?))
    })
    .collect()
}

/// A substance of the drug base and its link.
pub struct LinkRow {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Name in the thesaurus; empty: not linked.
    pub term: String,
    /// `name`, `fraction`, `homeopathic` or nothing.
    pub through: String,
    /// In how many drugs.
    pub drugs: i64,
}

/// Every substance of the drug base, those of most drugs first.
///
/// # Errors
/// What SQLite refuses.
pub async fn links(connection: &mut Connection) -> Result<Vec<LinkRow>, StoreError> {
    sqlx::query(
        "SELECT s.code, s.name, coalesce(t.name, ''), s.through, coalesce(c.drugs, 0) FROM drug_substance s
           LEFT JOIN interaction_term t ON t.id = s.term_id
           LEFT JOIN (SELECT substance_code, count(DISTINCT cis) AS drugs FROM drug_composition GROUP BY substance_code) c
                  ON c.substance_code = s.code
          ORDER BY 5 DESC, s.name",
    )
    .fetch_all(connection)
    .await?
    .iter()
    .map(|row| {
        Ok(LinkRow {
            code: text(row, 0)?,
            name: text(row, 1)?,
            term: text(row, 2)?,
            through: text(row, 3)?,
            drugs: number_option(row, 4)?.unwrap_or(0),
        })
    })
    .collect()
}
