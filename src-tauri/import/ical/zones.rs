//! The zones that files name, as zones of the bundled database.
//!
//! A file's own VTIMEZONE rules are never used: they say what the other software believed when it was installed. Where
//! the name is not the database's, the usual other spellings are tried; an unknown one is refused rather than guessed.

use domain::time::Zone;

use super::Calendar;

/// The zone of a `TZID`, and whether it was known by another name.
#[must_use]
pub fn zone_of(id: &str, calendar: &Calendar) -> Option<(Zone, bool)> {
    let id = id.trim().trim_matches('"');
    if let Ok(zone) = id.parse::<Zone>() {
        return Some((zone, false));
    }
    let location = calendar.locations.get(id).and_then(|l| l.trim().parse().ok());
    location.or_else(|| prefixed(id)).or_else(|| windows(id)).or_else(|| with_city(id)).map(|zone| (zone, true))
}

/// `/mozilla.org/20070129_1/Europe/Paris`: the end is a name.
fn prefixed(id: &str) -> Option<Zone> {
    let parts: Vec<&str> = id.split('/').collect();
    [3, 2].into_iter().filter(|n| parts.len() > *n).find_map(|n| parts[parts.len() - n..].join("/").parse().ok())
}

/// `(UTC+01:00) Brussels, Copenhagen, Madrid, Paris`: the city tells.
fn with_city(id: &str) -> Option<Zone> {
    if !id.starts_with('(') {
        return None;
    }
    let cities = id.split_once(')')?.1;
    let has = |city: &str| cities.contains(city);
    let name = match () {
        () if has("Paris") || has("Bruxelles") => "Europe/Paris",
        () if has("Casablanca") => "Africa/Casablanca",
        () if has("Lond") => "Europe/London",
        () if has("Berlin") => "Europe/Berlin",
        () if has("Port Louis") || has("Port-Louis") => "Indian/Mauritius",
        () => return None,
    };
    name.parse().ok()
}

/// Windows' names of zones that practices in France and Morocco, overseas included, meet; as CLDR maps them.
fn windows(id: &str) -> Option<Zone> {
    const NAMES: [(&str, &str); 24] = [
        ("Romance Standard Time", "Europe/Paris"),
        ("Romance Daylight Time", "Europe/Paris"),
        ("Paris, Madrid", "Europe/Paris"),
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("Central Europe Standard Time", "Europe/Budapest"),
        ("Central European Standard Time", "Europe/Warsaw"),
        ("GMT Standard Time", "Europe/London"),
        ("Greenwich Standard Time", "Atlantic/Reykjavik"),
        ("Morocco Standard Time", "Africa/Casablanca"),
        ("W. Central Africa Standard Time", "Africa/Lagos"),
        ("SA Western Standard Time", "America/La_Paz"),
        ("SA Eastern Standard Time", "America/Cayenne"),
        ("Saint Pierre Standard Time", "America/Miquelon"),
        ("Mauritius Standard Time", "Indian/Mauritius"),
        ("E. Africa Standard Time", "Africa/Nairobi"),
        ("Central Pacific Standard Time", "Pacific/Guadalcanal"),
        ("Hawaiian Standard Time", "Pacific/Honolulu"),
        ("Marquesas Standard Time", "Pacific/Marquesas"),
        ("UTC-09", "Etc/GMT+9"),
        ("UTC+12", "Etc/GMT-12"),
        ("E. Europe Standard Time", "Europe/Chisinau"),
        ("GTB Standard Time", "Europe/Bucharest"),
        ("Eastern Standard Time", "America/New_York"),
        ("Coordinated Universal Time", "Etc/UTC"),
    ];
    NAMES.iter().find(|(name, _)| name.eq_ignore_ascii_case(id)).and_then(|(_, iana)| iana.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_known_by_their_usual_names() {
        let calendar = Calendar {
            locations: [("Maison".to_owned(), "Africa/Casablanca".to_owned())].into(),
            ..Calendar::default()
        };
        let name = |id: &str| zone_of(id, &calendar).map(|(z, other)| (z.name().to_owned(), other));
        assert_eq!(name("Europe/Paris"), Some(("Europe/Paris".into(), false)));
        assert_eq!(name("europe/paris"), Some(("Europe/Paris".into(), false)));
        for (id, expected) in [
            ("Romance Standard Time", "Europe/Paris"),
            ("Morocco Standard Time", "Africa/Casablanca"),
            ("/freeassociation.sourceforge.net/Europe/Paris", "Europe/Paris"),
            ("/mozilla.org/20070129_1/America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
            ("(UTC+01:00) Bruxelles, Copenhague, Madrid, Paris", "Europe/Paris"),
            ("Maison", "Africa/Casablanca"),
        ] {
            assert_eq!(name(id), Some((expected.into(), true)), "{id}");
        }
        for unknown in ["", "Lune", "Customized Time Zone", "(UTC+01:00)", "/", "Europe/Atlantis"] {
            assert_eq!(name(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn every_windows_name_leads_to_a_zone() {
        for id in [
            "Central Pacific Standard Time",
            "UTC-09",
            "UTC+12",
            "Greenwich Standard Time",
            "Coordinated Universal Time",
        ] {
            assert!(zone_of(id, &Calendar::default()).is_some(), "{id}");
        }
    }
}
