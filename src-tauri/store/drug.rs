//! The drug base: one edition written whole, one drug read whole.
//!
//! Rows come in by the thousand as one JSON value a statement: a hundred thousand statements would take longer than the rest.

use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, Row};

use super::row::{flag, number, number_option, text};
use super::{Connection, StoreError};

/// Rows a statement.
const CHUNK: usize = 2_000;

/// An edition in use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    /// `drugs` or `interactions`.
    pub base: String,
    /// Date or month.
    pub edition: String,
    /// UTC instant.
    pub imported_at: String,
    /// Counts, JSON.
    pub counts: String,
}

/// A table that rows are written into, with its columns.
pub struct Table {
    name: &'static str,
    columns: &'static [&'static str],
}

macro_rules! tables {
    ($($(#[$doc:meta])* $constant:ident = $name:literal [$($column:literal),+];)*) => {
        $($(#[$doc])* pub const $constant: Table = Table { name: $name, columns: &[$($column),+] };)*
    };
}

tables! {
    /// Drugs.
    DRUG = "drug" ["number", "cis", "name", "form", "routes", "authorisation", "procedure", "marketing", "authorised_on", "bdm_status",
        "eu_number", "holders", "surveillance", "substances", "atc"];
    /// Composition.
    COMPOSITION = "drug_composition" ["cis", "element", "substance_code", "substance", "dosage", "reference", "nature", "link"];
    /// Packs.
    PRESENTATION = "drug_presentation" ["cis", "orphan", "cip7", "cip13", "label", "status", "marketing", "declared_on", "collectivities",
        "rate", "price_cents", "price_with_fee_cents", "fee_cents", "indication"];
    /// Generic groups.
    GENERIC = "drug_generic" ["cis", "orphan", "group_number", "label", "kind", "rank"];
    /// Conditions.
    CONDITION = "drug_condition" ["cis", "wording"];
    /// Shortages.
    SHORTAGE = "drug_shortage" ["cis", "orphan", "cip13", "status", "begun_on", "updated_on", "back_on", "link"];
    /// Words of the search.
    WORDS = "drug_words" ["rowid", "name", "substances", "codes"];
    /// Parts of words.
    PARTS = "drug_parts" ["rowid", "words"];
    /// Substances and their links.
    SUBSTANCE = "drug_substance" ["code", "name", "base", "term_id", "through"];
    /// Names of the thesaurus.
    TERM = "interaction_term" ["id", "name", "key", "substance", "class"];
    /// Classes of substances.
    MEMBER = "interaction_member" ["substance_id", "class_id"];
    /// Pairs.
    PAIR = "interaction_pair" ["id", "a_id", "b_id", "mechanism"];
    /// Levels of pairs.
    LEVEL = "interaction_level" ["pair_id", "rank", "level", "advice"];
}

/// Writes rows, each an array of the table's columns; `step` is asked between thousands whether to go on.
///
/// # Errors
/// What SQLite refuses, or what `step` does.
pub async fn fill<E: From<StoreError>>(
    connection: &mut Connection,
    table: &Table,
    rows: Vec<Value>,
    mut step: impl FnMut(usize) -> Result<(), E>,
) -> Result<(), E> {
    let values: Vec<String> = (0..table.columns.len()).map(|at| format!("value ->> {at}")).collect();
    let sql = format!(
        "INSERT INTO {} ({}) SELECT {} FROM json_each(?)",
        table.name,
        table.columns.join(", "),
        values.join(", ")
    );
    for chunk in rows.chunks(CHUNK) {
        let json = serde_json::to_string(chunk).map_err(|_| StoreError::BadValue)?;
        sqlx::query(AssertSqlSafe(sql.clone())).bind(json).execute(&mut *connection).await.map_err(StoreError::from)?;
        step(chunk.len())?;
    }
    Ok(())
}

async fn run(connection: &mut Connection, statements: &[&'static str]) -> Result<(), StoreError> {
    for sql in statements {
        sqlx::query(*sql).execute(&mut *connection).await?;
    }
    Ok(())
}

/// Removes the edition of drugs that is there, within the transaction that writes the next.
///
/// # Errors
/// What SQLite refuses.
pub async fn clear(connection: &mut Connection) -> Result<(), StoreError> {
    run(
        connection,
        &[
            "INSERT INTO drug_words (drug_words) VALUES ('delete-all')",
            "INSERT INTO drug_parts (drug_parts) VALUES ('delete-all')",
            "DELETE FROM drug_substance",
            "DELETE FROM drug_shortage",
            "DELETE FROM drug_condition",
            "DELETE FROM drug_generic",
            "DELETE FROM drug_presentation",
            "DELETE FROM drug_composition",
            "DELETE FROM drug",
        ],
    )
    .await
}

/// Removes the thesaurus that is there; substances are linked again afterwards.
///
/// # Errors
/// What SQLite refuses.
pub async fn clear_interactions(connection: &mut Connection) -> Result<(), StoreError> {
    run(
        connection,
        &[
            "DELETE FROM drug_substance",
            "DELETE FROM interaction_level",
            "DELETE FROM interaction_pair",
            "DELETE FROM interaction_member",
            "DELETE FROM interaction_term",
        ],
    )
    .await
}

/// Notes which edition is in use.
///
/// # Errors
/// What SQLite refuses.
pub async fn set_edition(connection: &mut Connection, edition: &Edition, by: &str) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO drug_edition (base, edition, imported_at, imported_by, counts) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (base) DO UPDATE SET edition = excluded.edition, imported_at = excluded.imported_at,
            imported_by = excluded.imported_by, counts = excluded.counts",
    )
    .bind(&edition.base)
    .bind(&edition.edition)
    .bind(&edition.imported_at)
    .bind(by)
    .bind(&edition.counts)
    .execute(connection)
    .await?;
    Ok(())
}

/// The editions in use: at most one of each base.
///
/// # Errors
/// What SQLite refuses.
pub async fn editions(connection: &mut Connection) -> Result<Vec<Edition>, StoreError> {
    sqlx::query("SELECT base, edition, imported_at, counts FROM drug_edition ORDER BY base")
        .fetch_all(connection)
        .await?
        .iter()
        .map(|row| {
            Ok(Edition {
                base: text(row, 0)?,
                edition: text(row, 1)?,
                imported_at: text(row, 2)?,
                counts: text(row, 3)?,
            })
        })
        .collect()
}

/// How many rows each table of the base has now.
///
/// # Errors
/// What SQLite refuses.
pub async fn counts(connection: &mut Connection) -> Result<Value, StoreError> {
    let row = sqlx::query(
        "SELECT (SELECT count(*) FROM drug), (SELECT count(*) FROM drug_composition), (SELECT count(*) FROM drug_presentation),
                (SELECT count(*) FROM drug_condition), (SELECT count(*) FROM interaction_pair)",
    )
    .fetch_one(connection)
    .await?;
    Ok(json!({ "drugs": number(&row, 0)?, "compositions": number(&row, 1)?, "presentations": number(&row, 2)?,
               "conditions": number(&row, 3)?, "pairs": number(&row, 4)? }))
}

/// A drug's own row.
pub struct DrugRow {
    /// CIS.
    pub cis: i64,
    /// The text columns from `name` to `holders`, then `substances` and `atc`.
    pub texts: [String; 12],
    /// Under enhanced surveillance.
    pub surveillance: bool,
}

/// A drug.
///
/// # Errors
/// What SQLite refuses.
pub async fn drug(connection: &mut Connection, cis: i64) -> Result<Option<DrugRow>, StoreError> {
    let row = sqlx::query(
        "SELECT cis, name, form, routes, authorisation, procedure, marketing, authorised_on, bdm_status, eu_number, holders,
                substances, atc, surveillance FROM drug WHERE cis = ?",
    )
    .bind(cis)
    .fetch_optional(connection)
    .await?;
    row.map(|row| {
        let mut texts: [String; 12] = Default::default();
        for (at, into) in texts.iter_mut().enumerate() {
            *into = row.try_get::<&str, _>(at + 1)?.to_owned();
        }
        Ok(DrugRow { cis: number(&row, 0)?, texts, surveillance: flag(&row, 13)? })
    })
    .transpose()
}

/// A substance of a drug, with what the thesaurus knows it as.
#[derive(Debug, Clone)]
pub struct CompositionRow {
    /// The drug.
    pub cis: i64,
    /// Code.
    pub code: String,
    /// Name.
    pub substance: String,
    /// Dosage.
    pub dosage: String,
    /// Therapeutic fraction.
    pub fraction: bool,
    /// Joins substance and fraction.
    pub link: i64,
    /// Element.
    pub element: String,
    /// What the dosage refers to.
    pub reference: String,
    /// Term of the thesaurus.
    pub term: Option<i64>,
}

/// The composition of drugs, or of all where none is named.
///
/// # Errors
/// What SQLite refuses.
pub async fn composition(connection: &mut Connection, of: Option<&[i64]>) -> Result<Vec<CompositionRow>, StoreError> {
    let select = "SELECT c.cis, c.substance_code, c.substance, c.dosage, c.nature = 'FT', c.link, c.element, c.reference, s.term_id
                    FROM drug_composition c LEFT JOIN drug_substance s ON s.code = c.substance_code";
    let query = match of {
        Some(of) => sqlx::query(AssertSqlSafe(format!(
            "{select} WHERE c.cis IN (SELECT value FROM json_each(?)) ORDER BY c.id"
        )))
        .bind(Value::from(of.to_vec()).to_string()),
        None => sqlx::query(AssertSqlSafe(format!("{select} ORDER BY c.id"))),
    };
    query
        .fetch_all(connection)
        .await?
        .iter()
        .map(|row| {
            Ok(CompositionRow {
                cis: number(row, 0)?,
                code: text(row, 1)?,
                substance: text(row, 2)?,
                dosage: text(row, 3)?,
                fraction: flag(row, 4)?,
                link: number(row, 5)?,
                element: text(row, 6)?,
                reference: text(row, 7)?,
                term: number_option(row, 8)?,
            })
        })
        .collect()
}

/// The rows that hang on a drug, each as a JSON array of the named columns.
///
/// # Errors
/// What SQLite refuses.
async fn attached(connection: &mut Connection, sql: &'static str, cis: i64) -> Result<Vec<Value>, StoreError> {
    let folded: Vec<String> = sqlx::query_scalar(sql).bind(cis).fetch_all(connection).await?;
    folded.iter().map(|row| serde_json::from_str(row).map_err(|_| StoreError::BadValue)).collect()
}

/// What hangs on a drug.
pub struct Attached {
    /// Packs.
    pub presentations: Vec<Value>,
    /// Members of its generic groups: group, label, kind, CIS, name.
    pub generics: Vec<Value>,
    /// Wordings of conditions.
    pub conditions: Vec<Value>,
    /// Shortages.
    pub shortages: Vec<Value>,
}

/// Everything that hangs on a drug.
///
/// # Errors
/// What SQLite refuses.
pub async fn attached_to(connection: &mut Connection, cis: i64) -> Result<Attached, StoreError> {
    Ok(Attached {
        presentations: attached(
            connection,
            "SELECT json_object('cip7', cip7, 'cip13', cip13, 'label', label, 'status', status, 'marketing', marketing,
                'declared_on', declared_on, 'collectivities', collectivities, 'rate', rate, 'price_cents', price_cents,
                'price_with_fee_cents', price_with_fee_cents, 'fee_cents', fee_cents, 'indication', indication)
               FROM drug_presentation WHERE cis = ? ORDER BY id",
            cis,
        )
        .await?,
        generics: attached(
            connection,
            "SELECT json_object('group', o.group_number, 'label', o.label, 'kind', o.kind, 'cis', o.cis, 'name', coalesce(d.name, ''))
               FROM drug_generic g JOIN drug_generic o ON o.group_number = g.group_number LEFT JOIN drug d ON d.cis = o.cis
              WHERE g.cis = ? ORDER BY o.group_number, o.rank",
            cis,
        )
        .await?,
        conditions: attached(
            connection,
            "SELECT json_quote(wording) FROM drug_condition WHERE cis = ? ORDER BY id",
            cis,
        )
        .await?,
        shortages: attached(
            connection,
            "SELECT json_object('cip13', cip13, 'status', status, 'begun_on', begun_on, 'updated_on', updated_on,
                'back_on', back_on, 'link', link) FROM drug_shortage WHERE cis = ? ORDER BY id",
            cis,
        )
        .await?,
    })
}

/// A drug's name.
///
/// # Errors
/// What SQLite refuses.
pub async fn name(connection: &mut Connection, cis: i64) -> Result<Option<String>, StoreError> {
    Ok(sqlx::query_scalar("SELECT name FROM drug WHERE cis = ?").bind(cis).fetch_optional(connection).await?)
}
