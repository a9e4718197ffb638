//! What a change is: the kind of thing, and its changed fields before and after. Whole values are compared field by
//! field, so that an entry holds what changed and no more.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The changed fields of one thing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChangeRecord {
    /// What was changed: `appointment`, `patient` …
    pub kind: String,
    /// The fields as they were; none for a creation.
    pub before: Option<Map<String, Value>>,
    /// The fields as they became; none for a removal.
    pub after: Option<Map<String, Value>>,
    /// The entry that this one takes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<i64>,
    /// What the entries of one change that belong together share: undo takes all of them or none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
}

fn fields<T: Serialize>(value: &T) -> Map<String, Value> {
    match serde_json::to_value(value) {
        Ok(Value::Object(map)) => map,
        Ok(other) => Map::from_iter([("value".to_owned(), other)]),
        Err(_) => Map::new(),
    }
}

impl ChangeRecord {
    /// A thing that is new, with every field that is not empty.
    pub fn created<T: Serialize>(kind: &str, after: &T) -> Self {
        let mut after = fields(after);
        after.retain(|_, value| !value.is_null() && value.as_str() != Some(""));
        Self { kind: kind.to_owned(), before: None, after: Some(after), undoes: None, group: None }
    }

    /// A thing that changed: only the fields that differ.
    pub fn updated<T: Serialize>(kind: &str, before: &T, after: &T) -> Self {
        let (mut before, mut after) = (fields(before), fields(after));
        let same: Vec<String> = before
            .iter()
            .filter(|(name, value)| after.get(*name) == Some(value))
            .map(|(name, _)| name.clone())
            .collect();
        for name in same {
            before.remove(&name);
            after.remove(&name);
        }
        Self { kind: kind.to_owned(), before: Some(before), after: Some(after), undoes: None, group: None }
    }

    /// A thing that is gone.
    pub fn removed<T: Serialize>(kind: &str, before: &T) -> Self {
        Self { kind: kind.to_owned(), before: Some(fields(before)), after: None, undoes: None, group: None }
    }

    /// Names of the fields that changed.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> =
            self.before.iter().chain(self.after.iter()).flat_map(|map| map.keys().cloned()).collect();
        names.sort();
        names.dedup();
        names
    }

    /// Whether the fields of `now` are those that this change left behind.
    pub fn still_holds<T: Serialize>(&self, now: &T) -> bool {
        let now = fields(now);
        self.after.as_ref().is_some_and(|after| {
            after.iter().filter(|(name, _)| *name != "revision").all(|(name, value)| now.get(name) == Some(value))
        })
    }

    /// `now` with the fields as they were before this change; none for a creation.
    pub fn reverted<T: Serialize + for<'a> Deserialize<'a>>(&self, now: &T) -> Option<T> {
        let mut now = fields(now);
        for (name, value) in self.before.as_ref()? {
            if name != "revision" {
                now.insert(name.clone(), value.clone());
            }
        }
        serde_json::from_value(Value::Object(now)).ok()
    }
}
