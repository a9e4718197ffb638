//! Room `export`: rows and events in, the text of a file out: separated values for spreadsheets, iCalendar for calendars.
//!
//! Pure. Not here: the database, the disk, the network, who may export what, and the words of a language (the commands
//! bring them); reading such files (room `import`).

pub mod cells;
pub mod ical;

#[cfg(test)]
mod tests;
