//! Reading typed values out of rows: identifiers and words are text in SQL and types in Rust.

use std::str::FromStr;

use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::StoreError;

/// A text column as its type.
pub(super) fn parsed<T: FromStr>(row: &SqliteRow, column: usize) -> Result<T, StoreError> {
    row.try_get::<&str, _>(column)?.parse().map_err(|_| StoreError::BadValue)
}

/// A text column that may be NULL, as its type.
pub(super) fn parsed_option<T: FromStr>(row: &SqliteRow, column: usize) -> Result<Option<T>, StoreError> {
    match row.try_get::<Option<&str>, _>(column)? {
        Some(text) => text.parse().map(Some).map_err(|_| StoreError::BadValue),
        None => Ok(None),
    }
}

/// A text column.
pub(super) fn text(row: &SqliteRow, column: usize) -> Result<String, StoreError> {
    Ok(row.try_get::<&str, _>(column)?.to_owned())
}

/// A 0/1 column.
pub(super) fn flag(row: &SqliteRow, column: usize) -> Result<bool, StoreError> {
    Ok(row.try_get::<i64, _>(column)? != 0)
}

/// A number.
pub(super) fn number(row: &SqliteRow, column: usize) -> Result<i64, StoreError> {
    Ok(row.try_get(column)?)
}

/// A number that may be NULL.
pub(super) fn number_option(row: &SqliteRow, column: usize) -> Result<Option<i64>, StoreError> {
    Ok(row.try_get(column)?)
}

/// Values joined by commas, as `group_concat` gives them; NULL: none.
pub(super) fn listed<T: FromStr>(row: &SqliteRow, column: usize) -> Result<Vec<T>, StoreError> {
    let text = row.try_get::<Option<&str>, _>(column)?.unwrap_or("");
    text.split(',').filter(|part| !part.is_empty()).map(|part| part.parse().map_err(|_| StoreError::BadValue)).collect()
}

/// Identifiers or words as `json_each` takes them.
pub(super) fn json_ids<T: ToString>(ids: &[T]) -> String {
    serde_json::Value::from(ids.iter().map(ToString::to_string).collect::<Vec<_>>()).to_string()
}

/// A list kept as JSON; an empty text is an empty list.
pub(super) fn json_list<T: serde::de::DeserializeOwned>(text: &str) -> Result<Vec<T>, StoreError> {
    if text.is_empty() {
        return Ok(Vec::new());
    }
    serde_json::from_str(text).map_err(|_| StoreError::BadValue)
}

/// The text under which a list is kept; empty where it is.
pub(super) fn json_text<T: serde::Serialize>(list: &[T]) -> Result<String, StoreError> {
    if list.is_empty() {
        return Ok(String::new());
    }
    serde_json::to_string(list).map_err(|_| StoreError::BadValue)
}

/// For serde: a list as that text, so that a journal entry of a plain appointment says nothing of it.
pub(super) mod as_text {
    use serde::de::{DeserializeOwned, Error as _};
    use serde::{Deserialize, Deserializer, Serialize, Serializer, ser::Error as _};

    pub(in crate::store) fn serialize<T: Serialize, S: Serializer>(list: &[T], to: S) -> Result<S::Ok, S::Error> {
        super::json_text(list).map_err(S::Error::custom)?.serialize(to)
    }

    pub(in crate::store) fn deserialize<'de, T: DeserializeOwned, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Vec<T>, D::Error> {
        let text = String::deserialize(from)?;
        if text.is_empty() { Ok(Vec::new()) } else { serde_json::from_str(&text).map_err(D::Error::custom) }
    }
}
