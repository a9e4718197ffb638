//! What the practice owes whom, and by when: the deadlines of the data-protection office, gathered from those who keep them.
//!
//! Deliberately not here: the deadlines themselves (room `domain`, and each capability that names its own).

pub mod wire;

use chrono::NaiveDate;
use domain::role::Permission;

use super::wire::NothingRequest;
use super::{CommandError, Desk};
use wire::{DueItemView, DueView};

/// Something that is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueItem {
    /// What: `request`, `breach` … the screens put it into words.
    pub kind: &'static str,
    /// Which one.
    pub id: String,
    /// What tells it apart for a person, never clinical.
    pub label: String,
    /// By which day.
    pub on: NaiveDate,
    /// The part of the screen that shows it.
    pub part: &'static str,
}

/// Everything with a deadline, the most urgent first: what is late, then what comes.
///
/// # Errors
/// `permission_denied`, what the store refuses.
pub async fn show_due(desk: &Desk, _: NothingRequest) -> Result<DueView, CommandError> {
    let today = desk.wall_now().date();
    let mut connection = desk.read(Permission::KeepPrivacy, "show_due").await?;
    let mut items: Vec<DueItem> = Vec::new();
    items.extend(super::requests::due(&mut connection, today, desk.now()).await?);
    items.sort_by(|one, other| (one.on, one.kind, &one.label).cmp(&(other.on, other.kind, &other.label)));
    let view = |item: DueItem| DueItemView {
        days: (item.on - today).num_days(),
        kind: item.kind.to_owned(),
        id: item.id,
        label: item.label,
        on: item.on,
        part: item.part.to_owned(),
    };
    Ok(DueView { today, items: items.into_iter().map(view).collect() })
}
