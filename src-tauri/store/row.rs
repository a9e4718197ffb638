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
