//! The countries whose rules the practice can follow.

words! {
    /// A country, by its ISO 3166 code. Overseas departments are [`Country::FR`]; their site's zone tells them apart.
    Country {
        /// France, with its overseas departments and territories.
        FR = "FR",
        /// Morocco.
        MA = "MA",
    }
}
