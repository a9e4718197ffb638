//! A row under its columns' names, on its way out and in.

use crate::commands::CommandError;
use crate::privacy::archive::rows::Value;
use crate::store::StoreError;
use crate::store::tables::Cell;

/// A row whose cells are asked by name.
pub(super) struct Named<'a> {
    /// Columns.
    pub columns: &'a [String],
    /// Values, in their order.
    pub values: Vec<Value>,
}

pub(super) fn damaged() -> CommandError {
    CommandError::from(StoreError::BadValue)
}

impl Named<'_> {
    fn place(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|one| one == column)
    }

    /// A text.
    pub fn text(&self, column: &str) -> Result<String, CommandError> {
        match self.place(column).and_then(|place| self.values.get(place)) {
            Some(Value::Text(text)) => Ok(text.clone()),
            _ => Err(damaged()),
        }
    }

    /// A text that may be missing.
    pub fn text_option(&self, column: &str) -> Option<String> {
        match self.place(column).and_then(|place| self.values.get(place)) {
            Some(Value::Text(text)) => Some(text.clone()),
            _ => None,
        }
    }

    /// A number.
    pub fn number(&self, column: &str) -> Result<i64, CommandError> {
        match self.place(column).and_then(|place| self.values.get(place)) {
            Some(Value::Integer(number)) => Ok(*number),
            _ => Err(damaged()),
        }
    }

    /// Bytes.
    pub fn bytes(&self, column: &str) -> Result<Vec<u8>, CommandError> {
        match self.place(column).and_then(|place| self.values.get(place)) {
            Some(Value::Bytes(bytes)) => Ok(bytes.clone()),
            _ => Err(damaged()),
        }
    }

    /// Takes a value out.
    pub fn take(&mut self, column: &str) -> Option<Value> {
        let place = self.place(column)?;
        self.values.get_mut(place).map(|value| std::mem::replace(value, Value::Null))
    }

    /// Puts a value in its column.
    pub fn set(&mut self, column: &str, value: Value) {
        if let Some(place) = self.place(column)
            && let Some(cell) = self.values.get_mut(place)
        {
            *cell = value;
        }
    }
}

/// From the store.
pub(super) fn from_cell(cell: Cell) -> Value {
    match cell {
        Cell::Null => Value::Null,
        Cell::Integer(number) => Value::Integer(number),
        Cell::Real(number) => Value::Real(number),
        Cell::Text(text) => Value::Text(text),
        Cell::Bytes(bytes) => Value::Bytes(bytes),
    }
}

/// To the store; none for what has no cell of its own.
pub(super) fn to_cell(value: Value) -> Option<Cell> {
    Some(match value {
        Value::Null => Cell::Null,
        Value::Integer(number) => Cell::Integer(number),
        Value::Real(number) => Cell::Real(number),
        Value::Text(text) => Cell::Text(text),
        Value::Bytes(bytes) | Value::Unreadable(bytes) => Cell::Bytes(bytes),
        Value::Opened(_) | Value::Key => return None,
    })
}
