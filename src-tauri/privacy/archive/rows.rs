//! Rows as lines of JSON: a table's file begins with a line that names its columns, then one array a row. What stood sealed
//! in the vault stands open here, byte for byte; what could not be opened stands as it was, and is called unreadable.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use zeroize::Zeroizing;

use super::ArchiveError;

/// A value of a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing.
    Null,
    /// A whole number.
    Integer(i64),
    /// Another number.
    Real(f64),
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// What a sealed column held.
    Opened(Zeroizing<Vec<u8>>),
    /// A key: it does not travel, a new one takes its place.
    Key,
    /// A sealed column that did not open, as it was.
    Unreadable(Vec<u8>),
}

/// The first line of a table's file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// The table.
    pub table: String,
    /// Its columns.
    pub columns: Vec<String>,
}

impl Heading {
    /// The line.
    #[must_use]
    pub fn line(&self) -> Vec<u8> {
        let mut line = serde_json::to_vec(self).unwrap_or_default();
        line.push(b'\n');
        line
    }

    /// Where a column stands.
    #[must_use]
    pub fn place(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|one| one == column)
    }
}

/// A row as its line.
#[must_use]
pub fn line(values: &[Value]) -> Zeroizing<Vec<u8>> {
    let cells: Vec<Json> = values.iter().map(cell).collect();
    let mut line = Zeroizing::new(serde_json::to_vec(&cells).unwrap_or_default());
    line.push(b'\n');
    line
}

fn cell(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Integer(number) => json!(number),
        // As bits: a decimal notation might come back as its neighbour.
        Value::Real(number) => json!({ "real": format!("{number:e}"), "bits": number.to_bits() }),
        Value::Text(text) => json!(text),
        Value::Bytes(bytes) => json!({ "base64": STANDARD.encode(bytes) }),
        Value::Opened(plain) => match std::str::from_utf8(plain) {
            Ok(text) => json!({ "opened": text }),
            Err(_) => json!({ "opened_base64": STANDARD.encode(&**plain) }),
        },
        Value::Key => json!({ "key": true }),
        Value::Unreadable(bytes) => json!({ "unreadable": STANDARD.encode(bytes) }),
    }
}

/// A line as its row.
///
/// # Errors
/// [`ArchiveError::Changed`] where it is none.
pub fn row(line: &[u8], table: &str) -> Result<Vec<Value>, ArchiveError> {
    let wrong = || ArchiveError::changed(table);
    let cells: Vec<Json> = serde_json::from_slice(line).map_err(|_| wrong())?;
    cells.into_iter().map(|cell| value(cell).ok_or_else(wrong)).collect()
}

fn value(cell: Json) -> Option<Value> {
    Some(match cell {
        Json::Null => Value::Null,
        Json::Number(number) => Value::Integer(number.as_i64()?),
        Json::String(text) => Value::Text(text),
        Json::Object(map) => {
            let decoded = |text: &Json| STANDARD.decode(text.as_str()?).ok();
            if let Some(bits) = map.get("bits") {
                Value::Real(f64::from_bits(bits.as_u64()?))
            } else if let Some(bytes) = map.get("base64") {
                Value::Bytes(decoded(bytes)?)
            } else if let Some(text) = map.get("opened") {
                Value::Opened(Zeroizing::new(text.as_str()?.as_bytes().to_vec()))
            } else if let Some(bytes) = map.get("opened_base64") {
                Value::Opened(Zeroizing::new(decoded(bytes)?))
            } else if let Some(bytes) = map.get("unreadable") {
                Value::Unreadable(decoded(bytes)?)
            } else if map.get("key") == Some(&Json::Bool(true)) {
                Value::Key
            } else {
                return None;
            }
        }
        Json::Bool(_) | Json::Array(_) => return None,
    })
}

/// A table in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// The table.
    pub table: String,
    /// Its file.
    pub file: String,
    /// Its rows.
    pub rows: u64,
}

/// A table that stays behind, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// The table.
    pub table: String,
    /// `public`, `made_again`, `of_this_computer`, `key`, `working`.
    pub reason: String,
}

/// The list of tables.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct List {
    /// The steps of the schema that were applied.
    pub steps: Vec<i64>,
    /// The tables.
    pub tables: Vec<Listed>,
    /// Those that stay behind.
    pub left_out: Vec<LeftOut>,
}

/// A file of a person: a scanned document or the original of a signed paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonFile {
    /// `document` or `paper`.
    pub kind: String,
    /// The document, or the paper's own identifier.
    pub id: String,
    /// Whose.
    pub patient: String,
    /// Its name in the vault that it came from.
    pub file: String,
    /// The version of the patient's key that seals it; 0: its own key, sealed to the practitioners'.
    pub key: i64,
    /// The person's archive; empty where the file was missing or damaged there.
    pub archive: String,
    /// The name inside that.
    pub name: String,
    /// Plain bytes.
    pub bytes: u64,
    /// SHA-256 of them.
    pub digest: String,
}
