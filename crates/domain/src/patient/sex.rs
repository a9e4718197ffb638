//! A patient's sex, as identity documents and the INS state it.

words! {
    /// The administrative sex.
    Sex {
        /// Female.
        Female = "female",
        /// Male.
        Male = "male",
        /// Not stated, or indeterminate.
        Unknown = "unknown",
    }
}
