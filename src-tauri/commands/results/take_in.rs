//! From filed to recorded: a practitioner's session opens what was filed for a patient and writes the entries. The same report
//! twice is one entry; the same number with another content is its next version.

use std::collections::BTreeMap;

use domain::id::{EntryId, PatientId};
use domain::role::Permission;
use serde_json::json;

use super::sealing::{Content, open, opens};
use super::wire::Report;
use crate::commands::desk::Change;
use crate::commands::documents;
use crate::commands::record::chart::Chart;
use crate::commands::record::wire::Body;
use crate::commands::{CommandError, Desk};
use crate::journal::ChangeRecord;
use crate::store::filing::{self, FiledRow, ReportRow};
use crate::store::record::{self, EntryRow};

/// Why a paper comes back: its entry was struck in the record of the patient whom its number leads to.
pub(super) const STRUCK: &str = "struck";

/// What became of a report.
pub(super) enum Taken {
    /// A new entry.
    Written(EntryId),
    /// The next version of an entry.
    Corrected(EntryId),
    /// It is there.
    Known(EntryId),
    /// One of this number was struck here: a person decides.
    StruckBefore,
}

/// The date under which a report stands: its own, where that is not yet to come.
fn on(desk: &Desk, report: &Report) -> String {
    let today = desk.wall_now().date().to_string();
    if report.taken_on.is_empty() || report.taken_on > today { today } else { report.taken_on.clone() }
}

/// What a patient's record holds of a report already.
struct Held {
    /// The very same, now or in an earlier version, in an entry that stands.
    same: Option<EntryId>,
    /// An entry of the same number that stands.
    standing: Option<EntryRow>,
    /// An entry of the same number was struck.
    struck: bool,
}

async fn held(change: &mut Change<'_>, chart: &Chart, report: &Report, slip: &str) -> Result<Held, CommandError> {
    let patients = filing::owners(change.connection(), chart.patient()).await?;
    let known = if slip.is_empty() {
        filing::reports_of(change.connection(), &patients).await?
    } else {
        filing::reports_of_slip(change.connection(), slip).await?
    };
    let mut held = Held { same: None, standing: None, struck: false };
    for one in known.into_iter().filter(|one| patients.contains(&one.patient_id)) {
        let Some(row) = record::entry(change.connection(), one.entry_id).await? else { continue };
        let Some(inside) = chart.unseal(&row) else { continue };
        let same = |body: &Body| matches!(body, Body::Report(old) if old == report);
        let mut here = same(&inside.body);
        // An older version that comes again is no correction of what corrected it.
        for earlier in record::earlier(change.connection(), one.entry_id).await? {
            here |= chart.unseal(&earlier).is_some_and(|inside| same(&inside.body));
        }
        match (inside.struck.is_some(), slip.is_empty()) {
            (false, numberless) => {
                held.same = held.same.or(here.then_some(one.entry_id));
                held.standing = if numberless { None } else { Some(row) };
            }
            (true, false) => held.struck = true,
            (true, true) => {}
        }
    }
    Ok(held)
}

/// The entry that says the very same, where there is one.
pub(super) async fn known(
    change: &mut Change<'_>,
    chart: &Chart,
    report: &Report,
    slip: &str,
) -> Result<Option<EntryId>, CommandError> {
    Ok(held(change, chart, report, slip).await?.same)
}

/// Writes a report into a patient's record, once. `decided`: somebody gave it to this patient knowing that it was struck there.
pub(super) async fn take_report(
    desk: &Desk,
    change: &mut Change<'_>,
    chart: &Chart,
    report: &Report,
    slip: &str,
    decided: bool,
) -> Result<Taken, CommandError> {
    let held = held(change, chart, report, slip).await?;
    if let Some(entry) = held.same {
        return Ok(Taken::Known(entry));
    }
    let body = Body::Report(report.clone());
    let (row, corrected) = match held.standing {
        Some(before) => (chart.replace(desk, change, &before, (on(desk, report), body, None)).await?.0, true),
        None if held.struck && !decided => return Ok(Taken::StruckBefore),
        None => (chart.write(desk, change, on(desk, report), body).await?.0, false),
    };
    let received_at = change.at().to_owned();
    let (entry_id, version, slip) = (row.id, row.version, slip.to_owned());
    let kept = ReportRow { entry_id, patient_id: row.patient_id, slip, version, received_at };
    filing::save_report(change.connection(), &kept).await?;
    change.touch("results", &entry_id.to_string());
    Ok(if corrected { Taken::Corrected(entry_id) } else { Taken::Written(entry_id) })
}

/// Takes in what was filed for a patient, or for everybody. Does nothing in a session that cannot; what does not open stays
/// where it is, and counts as waiting. Returns how many papers were taken in.
///
/// # Errors
/// What the store refuses.
pub async fn take_in(desk: &Desk, patient: Option<PatientId>) -> Result<usize, CommandError> {
    if !opens(desk).await {
        return Ok(0);
    }
    let mut connection = desk.read(Permission::ReadClinical, "take_in").await?;
    let of = match patient {
        Some(id) => {
            let root = crate::store::patient::resolved(&mut connection, id).await?.map_or(id, |patient| patient.id);
            Some(filing::owners(&mut connection, root).await?)
        }
        None => None,
    };
    let mut by_patient: BTreeMap<PatientId, Vec<FiledRow>> = BTreeMap::new();
    for row in filing::waiting(&mut connection, of.as_deref()).await? {
        if let Some(id) = row.patient_id {
            by_patient.entry(id).or_default().push(row);
        }
    }
    drop(connection);
    let mut taken = 0;
    for (id, rows) in by_patient {
        // A patient whose key does not open keeps nobody else waiting.
        taken += take_patient(desk, id, &rows).await.unwrap_or(0);
    }
    Ok(taken)
}

/// Takes in what waits for one patient, in one transaction.
async fn take_patient(desk: &Desk, id: PatientId, rows: &[FiledRow]) -> Result<usize, CommandError> {
    let mut change = desk.change(Permission::WriteClinical, "take_in").await?;
    let chart = Chart::open(desk, change.connection(), id).await?;
    let mut taken = 0;
    for row in rows {
        // Another session may have been quicker.
        if filing::filed(change.connection(), row.id).await?.is_some_and(|now| now.patient_id == Some(id)) {
            taken += usize::from(take_row(desk, &mut change, &chart, row).await?);
        }
    }
    if taken > 0 {
        change.commit().await?;
    }
    Ok(taken)
}

/// Takes one paper in within a change; false where it does not open.
pub(in crate::commands) async fn take_row(
    desk: &Desk,
    change: &mut Change<'_>,
    chart: &Chart,
    row: &FiledRow,
) -> Result<bool, CommandError> {
    let Some(content) = open(desk, row).await? else { return Ok(false) };
    match content {
        Content::Report { report, .. } => {
            let decided = row.problem == STRUCK;
            if let Taken::StruckBefore = take_report(desk, change, chart, &report, &row.slip, decided).await? {
                // Whoever filed it could not know: back to where a person decides.
                filing::put_back(change.connection(), row.id, STRUCK).await?;
                let record = ChangeRecord::created("filed", &json!({ "kind": row.kind, "problem": STRUCK }));
                change.record("results", &format!("filed:{}", row.id), None, &record).await?;
                return Ok(true);
            }
        }
        Content::Document(document) => {
            if !documents::take_document(desk, change, chart, document).await? {
                return Ok(false);
            }
        }
        Content::Raw { .. } => return Ok(false),
    }
    filing::remove(change.connection(), row.id).await?;
    let record = ChangeRecord::removed("filed", &json!({ "kind": row.kind, "by": row.filed_by, "at": row.filed_at }));
    let owner = chart.patient().to_string();
    change.record("results", &format!("filed:{}", row.id), Some(&owner), &record).await?;
    Ok(true)
}
