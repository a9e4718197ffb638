//! The patients as a table: identity and contact, as the desk keeps them.

use std::collections::BTreeSet;

use domain::id::PatientId;
use domain::identifiers::phone_shown::shown;
use domain::role::Permission;

use super::wire::ExportPatientsRequest;
use super::{table, words};
use crate::commands::agenda::print::language;
use crate::commands::disclosure::{self, Handed};
use crate::commands::wire::FileView;
use crate::commands::{CommandError, Desk};
use crate::journal::ChangeRecord;
use crate::store;

/// Rows read at once.
const PAGE: i64 = 2_000;

/// The patients as a table, in order of file number. Left out are those merged into another, and those whose data are limited:
/// they are kept and not used (RGPD art. 18(2)).
///
/// # Errors
/// `unknown_word`, `nothing_to_export`, `permission_denied`.
pub async fn export_patients(desk: &Desk, request: ExportPatientsRequest) -> Result<FileView, CommandError> {
    let language = language(&request.language)?;
    let mut connection = desk.read(Permission::ExportData, "export_patients").await?;
    let region = desk.premises().region();
    let mut rows = vec![words::patient_heads(language)];
    let limited: BTreeSet<PatientId> = store::restriction::limited(&mut connection).await?.into_iter().collect();
    let mut told = Vec::new();
    let mut after = 0;
    loop {
        let page = store::patient::page(&mut connection, after, PAGE).await?;
        let Some(last) = page.last() else { break };
        after = last.number;
        for p in page.iter().filter(|one| one.merged_into.is_none() && !limited.contains(&one.id)) {
            told.push(p.id);
            let day =
                |day: Option<chrono::NaiveDate>| day.map_or_else(String::new, |day| day.format("%d/%m/%Y").to_string());
            rows.push(vec![
                p.number.to_string(),
                p.surname.clone(),
                p.birth_name.clone(),
                p.first_name.clone(),
                p.surname_arabic.clone(),
                p.first_name_arabic.clone(),
                words::sex(&p.sex, language).to_owned(),
                day(p.born),
                p.birth_place.clone(),
                p.nir.clone(),
                p.cin.clone(),
                shown(&p.mobile, region),
                shown(&p.phone, region),
                p.email.clone(),
                p.address.clone(),
                p.postcode.clone(),
                p.city.clone(),
                p.language.clone(),
                p.insurer.clone(),
                p.treating_doctor.clone(),
                p.remarks.clone(),
                day(p.deceased_on),
            ]);
        }
    }
    drop(connection);
    let count = told.len();
    if count == 0 {
        return Err(CommandError::new("nothing_to_export"));
    }
    let made = table(format!("patients-{}.csv", desk.wall_now().date()), &rows)?;
    let mut change = desk.change(Permission::ExportData, "export_patients").await?;
    let record = ChangeRecord::created("export", &serde_json::json!({ "format": "csv", "patients": count }));
    let subject = desk.premises().practice_id.to_string();
    change.record("exports", &subject, None, &record).await?;
    disclosure::note(desk, &mut change, &Handed::a_file(desk, &["identity", "contact"]), &told).await?;
    change.commit().await?;
    Ok(made)
}
