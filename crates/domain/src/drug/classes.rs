//! The groups of the ATC that the usual names of allergies to a class stand for: `pénicillines`, `AINS`, `sulfamides`.
//!
//! Deliberately not here: the classes of the thesaurus (the store has them), and which of them cross.

use crate::patient::names::normalise;

/// A name as people write it down, normalised, and the groups it means.
const GROUPS: &[(&[&str], &[&str])] = &[
    (&["penicilline", "penicillines", "penicillin", "penicillins", "بنسلين", "البنسلين"], &["J01C"]),
    (&["cephalosporine", "cephalosporines", "cephalosporins"], &["J01DB", "J01DC", "J01DD", "J01DE"]),
    (&["betalactamine", "betalactamines", "beta lactamine", "beta lactamines", "beta lactams"], &["J01C", "J01D"]),
    (&["macrolide", "macrolides"], &["J01FA"]),
    (&["sulfamide", "sulfamides", "sulfamides antibacteriens", "sulfonamides"], &["J01E"]),
    (&["quinolone", "quinolones", "fluoroquinolone", "fluoroquinolones"], &["J01M"]),
    (&["tetracycline", "tetracyclines", "cyclines"], &["J01A"]),
    (&["aminoside", "aminosides"], &["J01G"]),
    (&["ains", "anti inflammatoires non steroidiens", "nsaid", "nsaids"], &["M01A"]),
    (&["salicyles", "aspirine et salicyles"], &["N02BA", "B01AC06"]),
    (&["opioide", "opioides", "morphiniques", "opiaces", "opioids"], &["N02A"]),
    (&["benzodiazepine", "benzodiazepines"], &["N05BA", "N05CD"]),
    (&["statine", "statines", "statins"], &["C10AA"]),
    (&["iec", "inhibiteurs de l enzyme de conversion"], &["C09A", "C09B"]),
    (&["betabloquant", "betabloquants", "beta bloquants", "beta blockers"], &["C07"]),
    (&["heparine", "heparines", "heparins"], &["B01AB"]),
];

/// The groups of the ATC that a class means; none where no group is known for it.
#[must_use]
pub fn groups(class: &str) -> &'static [&'static str] {
    let class = normalise(class);
    let class = class.trim();
    GROUPS.iter().find(|(names, _)| names.contains(&class)).map_or(&[], |(_, groups)| groups)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_names_of_a_class_mean_its_groups() {
        assert_eq!(groups("Pénicillines"), ["J01C"]);
        assert_eq!(groups("AINS"), ["M01A"]);
        assert_eq!(groups("Bêta-lactamines"), ["J01C", "J01D"]);
        assert_eq!(groups("البنسلين"), ["J01C"]);
        assert!(groups("pollens").is_empty());
    }

    #[test]
    fn every_name_is_written_as_it_is_compared() {
        for (names, groups) in GROUPS {
            assert!(!groups.is_empty());
            for name in *names {
                assert_eq!(&normalise(name), name);
            }
        }
    }
}
