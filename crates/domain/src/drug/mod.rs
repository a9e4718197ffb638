//! Drugs as the public base and the interaction thesaurus know them: how their substances are named, what a condition of
//! prescription says, which lines do not go together.
//!
//! Deliberately not here: the files (room `import`), the tables (room `store`), and posology.

pub mod allergy;
pub mod audience;
pub mod cells;
pub mod check;
pub mod classes;
pub mod condition;
pub mod level;
pub mod naming;
pub mod overriding;
pub mod substance;
mod substance_words;
