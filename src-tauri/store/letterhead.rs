//! What stands at the head and the foot of the practice's papers: the practice's own texts and logo, and each
//! practitioner's. A practice that never set them has the defaults.

use domain::id::PractitionerId;
use serde::{Deserialize, Serialize};
use sqlx::Row;

use super::row::{flag, text};
use super::{Connection, StoreError};

/// What the practice says on all its papers.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PracticePaper {
    /// `latin`, `arabic` or `both`.
    pub letters: String,
    /// `a4` or `a5`.
    pub sheet: String,
    /// The practice's name in Arabic letters.
    pub name_arabic: String,
    /// E-mail address.
    pub email: String,
    /// FINESS number of the structure (France).
    pub structure: String,
    /// Under the head.
    pub note: String,
    /// At the foot of every page.
    pub foot: String,
    /// PNG or JPEG; empty: none. Not in the journal, which has its digest.
    #[serde(skip)]
    pub logo: Vec<u8>,
}

impl Default for PracticePaper {
    fn default() -> Self {
        Self {
            letters: "latin".to_owned(),
            sheet: "a4".to_owned(),
            name_arabic: String::new(),
            email: String::new(),
            structure: String::new(),
            note: String::new(),
            foot: String::new(),
            logo: Vec::new(),
        }
    }
}

/// What a practitioner says on theirs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PractitionerPaper {
    /// Qualifications, a line each.
    pub qualifications: String,
    /// Title and names in Arabic letters; empty: no head in Arabic.
    pub name_arabic: String,
    /// Qualifications in Arabic, a line each.
    pub qualifications_arabic: String,
    /// Address in Arabic, a line each.
    pub address_arabic: String,
    /// Number at the order of physicians (Morocco).
    pub order_number: String,
    /// Whether registration numbers are printed as bar codes too.
    pub bars: bool,
}

impl Default for PractitionerPaper {
    fn default() -> Self {
        Self {
            qualifications: String::new(),
            name_arabic: String::new(),
            qualifications_arabic: String::new(),
            address_arabic: String::new(),
            order_number: String::new(),
            bars: true,
        }
    }
}

/// The practice's.
///
/// # Errors
/// What SQLite refuses.
pub async fn practice_paper(connection: &mut Connection) -> Result<PracticePaper, StoreError> {
    let row = sqlx::query("SELECT letters, sheet, name_arabic, email, structure, note, foot, logo FROM practice_paper")
        .fetch_optional(connection)
        .await?;
    let Some(row) = row else { return Ok(PracticePaper::default()) };
    Ok(PracticePaper {
        letters: text(&row, 0)?,
        sheet: text(&row, 1)?,
        name_arabic: text(&row, 2)?,
        email: text(&row, 3)?,
        structure: text(&row, 4)?,
        note: text(&row, 5)?,
        foot: text(&row, 6)?,
        logo: row.try_get(7)?,
    })
}

/// Keeps the practice's.
///
/// # Errors
/// What SQLite refuses.
pub async fn save_practice_paper(connection: &mut Connection, paper: &PracticePaper) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO practice_paper (only_one, letters, sheet, name_arabic, email, structure, note, foot, logo)
         VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (only_one) DO UPDATE SET letters = excluded.letters, sheet = excluded.sheet,
             name_arabic = excluded.name_arabic, email = excluded.email, structure = excluded.structure,
             note = excluded.note, foot = excluded.foot, logo = excluded.logo",
    )
    .bind(&paper.letters)
    .bind(&paper.sheet)
    .bind(&paper.name_arabic)
    .bind(&paper.email)
    .bind(&paper.structure)
    .bind(&paper.note)
    .bind(&paper.foot)
    .bind(&paper.logo)
    .execute(connection)
    .await?;
    Ok(())
}

/// A practitioner's.
///
/// # Errors
/// What SQLite refuses.
pub async fn practitioner_paper(
    connection: &mut Connection,
    practitioner: PractitionerId,
) -> Result<PractitionerPaper, StoreError> {
    let row = sqlx::query(
        "SELECT qualifications, name_arabic, qualifications_arabic, address_arabic, order_number, bars
         FROM practitioner_paper WHERE practitioner_id = ?",
    )
    .bind(practitioner.to_string())
    .fetch_optional(connection)
    .await?;
    let Some(row) = row else { return Ok(PractitionerPaper::default()) };
    Ok(PractitionerPaper {
        qualifications: text(&row, 0)?,
        name_arabic: text(&row, 1)?,
        qualifications_arabic: text(&row, 2)?,
        address_arabic: text(&row, 3)?,
        order_number: text(&row, 4)?,
        bars: flag(&row, 5)?,
    })
}

/// Keeps a practitioner's.
///
/// # Errors
/// What SQLite refuses.
pub async fn save_practitioner_paper(
    connection: &mut Connection,
    practitioner: PractitionerId,
    paper: &PractitionerPaper,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO practitioner_paper (practitioner_id, qualifications, name_arabic, qualifications_arabic,
             address_arabic, order_number, bars)
         VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (practitioner_id) DO UPDATE SET qualifications = excluded.qualifications,
             name_arabic = excluded.name_arabic, qualifications_arabic = excluded.qualifications_arabic,
             address_arabic = excluded.address_arabic, order_number = excluded.order_number, bars = excluded.bars",
    )
    .bind(practitioner.to_string())
    .bind(&paper.qualifications)
    .bind(&paper.name_arabic)
    .bind(&paper.qualifications_arabic)
    .bind(&paper.address_arabic)
    .bind(&paper.order_number)
    .bind(paper.bars)
    .execute(connection)
    .await?;
    Ok(())
}
