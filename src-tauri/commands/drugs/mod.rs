//! The public drug base and the interaction thesaurus: import, search, one drug, checks, and how far the two are linked.
//!
//! Deliberately not here: prescriptions, and a patient's treatments and allergies. Nothing here ever says "safe": a check says what
//! the edition of a date says, and what it does not know.

pub(in crate::commands) mod check;
mod fetch;
mod import;
mod link;
mod rows;
pub mod wire;

pub use check::check_drugs;
pub use import::{import_drugs, import_interactions};

use domain::drug::{cells, condition::Condition};
use domain::role::Permission;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::wire::NothingRequest;
use super::{CommandError, Desk};
use crate::store::drug::{self, Edition};
use crate::store::{Connection, StoreError, drug_search, interaction};
use wire::{
    CompositionView, ConditionView, DrugEditionView, DrugEditionsView, DrugRequest, DrugView, FoundDrugView,
    FoundDrugsView, MappedSubstanceView, MappingCountsView, MappingView, SearchDrugsRequest,
};

/// At most so many are found at once.
const FOUND: i64 = 200;

/// A CIS code as typed.
pub(in crate::commands) fn cis_of(text: &str) -> Result<i64, CommandError> {
    cells::cis(text.trim()).ok_or_else(|| CommandError::field("bad_cis", "cis"))
}

fn listed(text: &str) -> Vec<String> {
    text.split(';').filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

async fn edition(connection: &mut Connection) -> Result<String, CommandError> {
    let all = drug::editions(connection).await?;
    let one = all.into_iter().find(|edition| edition.base == "drugs");
    one.map(|edition| edition.edition).ok_or_else(|| CommandError::new("no_drugs"))
}

fn edition_views(all: Vec<Edition>) -> Vec<DrugEditionView> {
    let view = |one: Edition| DrugEditionView { base: one.base, edition: one.edition, imported_at: one.imported_at };
    all.into_iter().map(view).collect()
}

/// Which editions are in use.
///
/// # Errors
/// `permission_denied`.
pub async fn show_drug_editions(desk: &Desk, _request: NothingRequest) -> Result<DrugEditionsView, CommandError> {
    let mut connection = desk.read(Permission::ReadDrugs, "show_drug_editions").await?;
    Ok(DrugEditionsView { editions: edition_views(drug::editions(&mut connection).await?) })
}

/// Searches drugs.
///
/// # Errors
/// `no_drugs` where none were imported, `permission_denied`.
pub async fn search_drugs(desk: &Desk, request: SearchDrugsRequest) -> Result<FoundDrugsView, CommandError> {
    let mut connection = desk.read(Permission::ReadDrugs, "search_drugs").await?;
    let edition = edition(&mut connection).await?;
    let (found, more) = drug_search::search(&mut connection, &request.text, request.limit.clamp(1, FOUND)).await?;
    let view = |one: drug_search::Found| FoundDrugView {
        cis: format!("{:08}", one.cis),
        name: one.name,
        substances: listed(&one.substances),
        atc: one.atc,
        form: one.form,
        marketed: one.marketing == "Commercialisée",
    };
    Ok(FoundDrugsView { drugs: found.into_iter().map(view).collect(), more, edition })
}

fn read_rows<T: DeserializeOwned>(values: Vec<Value>) -> Result<Vec<T>, CommandError> {
    let read = |value| serde_json::from_value(value).map_err(|_| StoreError::BadValue.into());
    values.into_iter().map(read).collect()
}

/// Everything the base says of a drug.
///
/// # Errors
/// `bad_cis`, `drug_not_found`, `no_drugs`, `permission_denied`.
pub async fn show_drug(desk: &Desk, request: DrugRequest) -> Result<DrugView, CommandError> {
    let mut connection = desk.read(Permission::ReadDrugs, "show_drug").await?;
    let edition = edition(&mut connection).await?;
    let cis = cis_of(&request.cis)?;
    let row = drug::drug(&mut connection, cis).await?.ok_or_else(|| CommandError::field("drug_not_found", "cis"))?;
    let composition = drug::composition(&mut connection, Some(&[cis])).await?;
    let attached = drug::attached_to(&mut connection, cis).await?;
    let [
        name,
        form,
        routes,
        authorisation,
        procedure,
        marketing,
        authorised_on,
        bdm_status,
        eu_number,
        holders,
        substances,
        atc,
    ] = row.texts;
    let wordings: Vec<String> = read_rows(attached.conditions)?;
    let condition = |wording: String| {
        let (kind, number) = Condition::of_wording(&wording).word();
        ConditionView { wording, kind: kind.to_owned(), number: number.map(i64::from) }
    };
    Ok(DrugView {
        cis: format!("{:08}", row.cis),
        name,
        form,
        routes: listed(&routes),
        authorisation,
        procedure,
        marketing,
        authorised_on,
        bdm_status,
        eu_number,
        holders: listed(&holders),
        surveillance: row.surveillance,
        substances: listed(&substances),
        atc,
        composition: composition
            .into_iter()
            .map(|row| CompositionView {
                element: row.element,
                code: row.code,
                substance: row.substance,
                dosage: row.dosage,
                reference: row.reference,
                fraction: row.fraction,
                link: row.link,
                linked: row.term.is_some(),
            })
            .collect(),
        presentations: read_rows(attached.presentations)?,
        generics: read_rows(attached.generics)?,
        conditions: wordings.into_iter().map(condition).collect(),
        shortages: read_rows(attached.shortages)?,
        edition,
    })
}

/// Which substances of the drug base are linked to the thesaurus, and which are not.
///
/// # Errors
/// `permission_denied`.
pub async fn show_mapping(desk: &Desk, _request: NothingRequest) -> Result<MappingView, CommandError> {
    let mut connection = desk.read(Permission::ReadDrugs, "show_mapping").await?;
    let links = interaction::links(&mut connection).await?;
    let count = |through: &str| i64::try_from(links.iter().filter(|one| one.through == through).count()).unwrap_or(0);
    let counts = MappingCountsView {
        substances: i64::try_from(links.len()).unwrap_or(0),
        by_name: count("name"),
        by_fraction: count("fraction"),
        homeopathic: count("homeopathic"),
        unlinked: count(""),
    };
    let editions = edition_views(drug::editions(&mut connection).await?);
    let view = |one: interaction::LinkRow| MappedSubstanceView {
        code: one.code,
        name: one.name,
        term: one.term,
        through: one.through,
        drugs: one.drugs,
    };
    Ok(MappingView { counts, substances: links.into_iter().map(view).collect(), editions })
}
