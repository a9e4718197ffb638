//! Results as practitioners read them: a patient's reports and curves, what nobody has seen yet, and the mark of who has.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::id::{EntryId, PatientId};
use domain::results::{Sign, Standing, judge, quantity, series_key};
use domain::role::Permission;
use domain::time::{WallTime, wall};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::wire::{
    AnalysisCurveView, AnalysisPointView, ListResultsRequest, MarkSeenRequest, ReportView, ResultsView, SeenView,
    UnseenReportView, UnseenView,
};
use crate::commands::desk::Change;
use crate::commands::record::chart::Chart;
use crate::commands::record::wire::Body;
use crate::commands::wire::{DoneView, NothingRequest};
use crate::commands::{CommandError, Desk};
use crate::journal::ChangeRecord;
use crate::store::filing::{self, SeenRow};
use crate::store::record::{self, EntryRow};
use crate::store::{self, StoreError, restriction};

/// How many unseen reports are shown at once.
const SHOWN: i64 = 200;

/// What a mark seals.
#[derive(Serialize, Deserialize)]
struct Mark {
    at: String,
    by: String,
    version: i64,
}

fn mark_row(entry: EntryId, version: i64, user: &str) -> String {
    format!("{entry}:{version}:{user}")
}

fn wall_of(desk: &Desk, instant: &str) -> Result<WallTime, CommandError> {
    let at: DateTime<Utc> = instant.parse().map_err(|_| CommandError::from(StoreError::BadValue))?;
    Ok(wall(at, &desk.premises().zone))
}

/// Marks that a practitioner's session made; any other row proves nothing.
async fn marks(
    desk: &Desk,
    change: &mut Change<'_>,
    chart: &Chart,
    patients: &[PatientId],
) -> Result<BTreeMap<EntryId, Vec<SeenView>>, CommandError> {
    let owners: BTreeMap<EntryId, PatientId> = filing::reports_of(change.connection(), patients)
        .await?
        .into_iter()
        .map(|report| (report.entry_id, report.patient_id))
        .collect();
    let mut found: BTreeMap<EntryId, Vec<SeenView>> = BTreeMap::new();
    for row in filing::seen_of(change.connection(), patients).await? {
        let Some(&owner) = owners.get(&row.entry_id) else { continue };
        let place = mark_row(row.entry_id, row.version, &row.user_id);
        let Some(plain) = chart.open_value(("report_seen", "sealed", &place), owner, row.key_version, &row.sealed)
        else {
            continue;
        };
        if let Ok(mark) = serde_json::from_slice::<Mark>(&plain)
            && mark.by == row.user_id
            && mark.version == row.version
        {
            let seen = SeenView { by: row.name, at: wall_of(desk, &mark.at)?, version: row.version };
            found.entry(row.entry_id).or_default().push(seen);
        }
    }
    Ok(found)
}

/// All results of a patient: reports, who has seen them, and curves. Journalled as a reading of the record.
///
/// # Errors
/// `permission_denied`, `clinical_pending`, `patient_not_found`.
pub async fn list_results(desk: &Desk, request: ListResultsRequest) -> Result<ResultsView, CommandError> {
    super::take_in::take_in(desk, Some(request.patient_id)).await?;
    let mut change = desk.change(Permission::ReadClinical, "list_results").await?;
    let chart = Chart::open(desk, change.connection(), request.patient_id).await?;
    let patients = filing::owners(change.connection(), chart.patient()).await?;
    let mut seen = marks(desk, &mut change, &chart, &patients).await?;
    let (mut reports, mut damaged) = (Vec::new(), Vec::new());
    let journalled: BTreeMap<EntryId, i64> =
        record::journalled(change.connection(), &patients).await?.into_iter().collect();
    for (one, row) in filing::report_entries(change.connection(), &patients).await? {
        let whole = |row: &&EntryRow| journalled.get(&row.id) == Some(&row.version);
        let inside = row.as_ref().filter(whole).and_then(|row| chart.unseal(row));
        let (Some(row), Some(inside)) = (row, inside) else {
            damaged.push(one.entry_id);
            continue;
        };
        let Body::Report(report) = inside.body else {
            damaged.push(one.entry_id);
            continue;
        };
        let seen = seen.remove(&one.entry_id).unwrap_or_default();
        reports.push(ReportView {
            entry_id: row.id,
            version: row.version,
            on: inside.on,
            is_seen: seen.iter().any(|mark| mark.version == one.version),
            received_at: wall_of(desk, &one.received_at)?,
            struck: inside.struck,
            curve_keys: report.lines.iter().map(curve_key).collect(),
            report,
            seen,
        });
    }
    reports.sort_by(|a, b| (&b.on, b.received_at, b.entry_id).cmp(&(&a.on, a.received_at, a.entry_id)));
    let id = chart.patient().to_string();
    let counts = json!({ "reports": reports.len(), "damaged": damaged.len() });
    change.record("record", &id, Some(&id), &ChangeRecord::created("opening", &counts)).await?;
    change.commit().await?;
    Ok(ResultsView { patient_id: chart.patient(), curves: curves(&reports), reports, damaged })
}

/// The curve of a line's value in its first unit.
fn curve_key(line: &super::wire::ReportLine) -> String {
    let number = line.kind == "number" && quantity(&line.value).is_some();
    series_key(&line.code, &line.label, &line.unit).filter(|_| number).unwrap_or_default()
}

/// The curves of reports that stand, from the newest report to the oldest.
fn curves(reports: &[ReportView]) -> Vec<AnalysisCurveView> {
    let mut found: BTreeMap<String, AnalysisCurveView> = BTreeMap::new();
    for one in reports.iter().rev().filter(|one| one.struck.is_none()) {
        for line in one.report.lines.iter().filter(|line| line.kind == "number") {
            let ways = [
                (&line.value, &line.unit, &line.low, &line.high, line.flag.as_str()),
                (&line.other_value, &line.other_unit, &line.other_low, &line.other_high, ""),
            ];
            for (shown, unit, low, high, flag) in ways {
                let (Some(number), Some(key)) = (quantity(shown), series_key(&line.code, &line.label, unit)) else {
                    continue;
                };
                let own = found.entry(key.clone()).or_insert_with(|| AnalysisCurveView {
                    key,
                    label: String::new(),
                    unit: String::new(),
                    points: Vec::new(),
                });
                line.label.clone_into(&mut own.label);
                unit.clone_into(&mut own.unit);
                own.points.push(AnalysisPointView {
                    on: one.on.clone(),
                    entry_id: one.entry_id,
                    value: number.value,
                    shown: if number.sign == Sign::Exactly { shown.trim().to_owned() } else { shown.clone() },
                    low: quantity(low).map(|bound| bound.value),
                    high: quantity(high).map(|bound| bound.value),
                    standing: judge(shown, low, high, flag).standing.as_str().to_owned(),
                });
            }
        }
    }
    let mut all: Vec<AnalysisCurveView> = found.into_values().collect();
    all.sort_by(|a, b| (&a.label, &a.unit).cmp(&(&b.label, &b.unit)));
    all
}

/// What no practitioner has seen yet, the oldest first, with the abnormal values. Journalled.
///
/// # Errors
/// `permission_denied`, `clinical_pending`.
pub async fn list_unseen(desk: &Desk, _request: NothingRequest) -> Result<UnseenView, CommandError> {
    super::take_in::take_in(desk, None).await?;
    let mut change = desk.change(Permission::ReadClinical, "list_unseen").await?;
    let mut charts: BTreeMap<PatientId, Chart> = BTreeMap::new();
    let (mut reports, mut damaged) = (Vec::new(), Vec::new());
    for one in filing::unseen(change.connection(), SHOWN).await? {
        // Not seen by who works here as long as the record is limited; it comes back when that is lifted.
        if restriction::is_limited(change.connection(), one.patient_id).await? {
            continue;
        }
        if let std::collections::btree_map::Entry::Vacant(place) = charts.entry(one.patient_id) {
            place.insert(Chart::open(desk, change.connection(), one.patient_id).await?);
        }
        let Some(chart) = charts.get(&one.patient_id) else { continue };
        let row = record::entry(change.connection(), one.entry_id).await?;
        let inside = row.as_ref().and_then(|row| chart.unseal(row));
        let (Some(row), Some(inside)) = (row, inside) else {
            damaged.push(one.entry_id);
            continue;
        };
        let Body::Report(report) = inside.body else {
            damaged.push(one.entry_id);
            continue;
        };
        if inside.struck.is_some() {
            filing::note_struck(change.connection(), one.entry_id).await?;
            continue;
        }
        let patient = store::patient::resolved(change.connection(), chart.patient()).await?;
        let patient = patient.ok_or_else(|| CommandError::new("patient_not_found"))?;
        reports.push(UnseenReportView {
            entry_id: row.id,
            version: row.version,
            patient_id: patient.id,
            surname: patient.surname,
            first_name: patient.first_name,
            born: patient.born.map_or_else(String::new, |day| day.to_string()),
            on: inside.on,
            received_at: wall_of(desk, &one.received_at)?,
            values: i64::try_from(report.lines.iter().filter(|line| line.kind != "remark").count()).unwrap_or(0),
            abnormal: report
                .lines
                .into_iter()
                .filter(|line| line.standing.parse().is_ok_and(Standing::is_abnormal) || line.disagrees)
                .collect(),
            laboratory: report.laboratory,
        });
    }
    let count = filing::count_unseen(change.connection()).await?;
    let practice = desk.premises().practice_id.to_string();
    let counts = json!({ "unseen": reports.len() });
    change.record("record", &practice, None, &ChangeRecord::created("opening", &counts)).await?;
    change.commit().await?;
    Ok(UnseenView { count, reports, damaged })
}

/// Marks a report as seen by whoever is signed in, now; or takes one's own mark back.
///
/// # Errors
/// `permission_denied`, `clinical_pending`, `entry_not_found`, `changed_meanwhile` where a newer version came since it was shown.
pub async fn mark_seen(desk: &Desk, request: MarkSeenRequest) -> Result<DoneView, CommandError> {
    let mut change = desk.change(Permission::WriteClinical, "mark_seen").await?;
    let row = record::entry(change.connection(), request.entry_id).await?;
    let row = row.ok_or_else(|| CommandError::new("entry_not_found"))?;
    let chart = Chart::open(desk, change.connection(), row.patient_id).await?;
    if row.version != request.version {
        return Err(CommandError::new("changed_meanwhile"));
    }
    let known = filing::reports_of(change.connection(), &[row.patient_id]).await?;
    let report = known.into_iter().find(|one| one.entry_id == row.id);
    let report = report.ok_or_else(|| CommandError::new("entry_not_found"))?;
    let user = desk.session().user_id.to_string();
    if request.seen {
        let mark = Mark { at: change.at().to_owned(), by: user.clone(), version: report.version };
        let plain = serde_json::to_vec(&mark).map_err(|_| CommandError::new("bad_request"))?;
        let place = mark_row(row.id, report.version, &user);
        let (key_version, sealed) = chart.seal_value(("report_seen", "sealed", &place), row.patient_id, &plain)?;
        let seen = SeenRow {
            entry_id: row.id,
            version: report.version,
            user_id: user,
            key_version,
            sealed,
            name: String::new(),
        };
        filing::insert_seen(change.connection(), &seen).await?;
    } else {
        filing::remove_seen(change.connection(), row.id, report.version, &user).await?;
    }
    let owner = row.patient_id.to_string();
    let record = ChangeRecord::created("seen", &json!({ "version": report.version, "seen": request.seen }));
    change.record("results", &format!("seen:{}", row.id), Some(&owner), &record).await?;
    change.commit().await?;
    Ok(DoneView::default())
}
