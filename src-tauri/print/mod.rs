//! Room `print`: data in, PDF bytes out.
//!
//! One page model ([`page`]) stands between what is printed ([`day_list`], [`week_grid`], [`agenda_list`],
//! [`recovery_sheet`], [`prescription`], [`secure_form`], [`letter`], [`summary`], [`report`]) and what writes the file. Text is set by [`text`] (bidirectional order, shaping,
//! fallback, measuring, wrapping) with fonts that are part of the program: no font of the system is ever read.
//!
//! Deliberately not here: any clock, file, database, spooler or window; wall times and dates arrive in words. The
//! same input gives the same bytes. Two writers stand behind the model: `page::pdf` for a printer,
//! `page::archive` (PDF/A-2b) for what is kept.

pub mod agenda_list;
pub mod code128;
pub mod day_list;
pub mod letter;
pub mod letterhead;
pub mod page;
pub mod prescription;
pub mod recovery_sheet;
pub mod report;
pub mod secure_form;
pub mod summary;
pub mod text;
pub mod week_grid;
pub mod words;

#[cfg(test)]
mod poppler;
#[cfg(test)]
pub(crate) mod samples;
#[cfg(test)]
mod tests;

/// Why a document could not be made. Carries no text of the document.
#[derive(Debug, thiserror::Error)]
pub enum PrintError {
    /// The margins, header and footer leave no room for a single line.
    #[error("the page is too small for its margins, header and footer")]
    PageTooSmall,
    /// The columns of a table (or the padding of a box) are wider than the page's text width.
    #[error("a table or box is wider than the page")]
    TooWide,
    /// A page was asked for that holds nothing to print, such as a recovery sheet without a key.
    #[error("there is nothing to print")]
    NothingToPrint,
    /// A picture that cannot be printed: neither PNG nor JPEG, damaged, of more than 24 million pixels, or for the press.
    #[error("the picture is neither a whole PNG nor a JPEG that can be printed")]
    Picture,
    /// An embedded font could not be cut down to the glyphs in use.
    #[error("the font {font} could not be embedded")]
    Font {
        /// Name of the font.
        font: &'static str,
    },
    /// The PDF writer refused the document.
    #[error("the PDF could not be written")]
    Writer,
}
