//! E-mail addresses, lightly: enough to catch a slip of the hand. Whether it exists only a message can tell.

use super::{Check, Warning};

/// Checks the form: one part before the last `@`, and a host name with a dot after it.
pub fn check(text: &str) -> Check {
    let text = text.trim();
    let Some((local, host)) = text.rsplit_once('@') else { return Err(Warning::EmailFormat) };
    let plain = |c: char| {
        !c.is_whitespace()
            && !c.is_control()
            && !matches!(c, '@' | ',' | ';' | ':' | '<' | '>' | '(' | ')' | '"' | '\\')
    };
    let local_fits = !local.is_empty()
        && local.chars().count() <= 64
        && local.chars().all(plain)
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..");
    let labels: Vec<&str> = host.split('.').collect();
    let host_fits = labels.len() >= 2
        && labels.iter().all(|label| {
            !label.is_empty()
                && label.chars().all(|c| c.is_alphanumeric() || c == '-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        })
        && labels.last().is_some_and(|top| top.chars().count() >= 2 && !top.chars().all(|c| c.is_ascii_digit()));
    if local_fits && host_fits && text.len() <= 254 { Ok(()) } else { Err(Warning::EmailFormat) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_in_use_pass() {
        for address in [
            "a@b.fr",
            "marie.dupont+rdv@exemple.ma",
            "o'brien@sous.exemple.org",
            " x_y@exemple.fr ",
            "élodie@exemple.fr",
        ] {
            assert_eq!(check(address), Ok(()), "{address}");
        }
    }

    #[test]
    fn slips_are_warned_of() {
        for address in [
            "",
            "marie",
            "marie@",
            "@exemple.fr",
            "marie@exemple",
            "marie@exemple..fr",
            "marie @exemple.fr",
            "a@b@c.fr",
            "marie@exemple,fr",
            "marie.@exemple.fr",
            "marie@exemple.f",
            "marie@1.2.3.44",
        ] {
            assert_eq!(check(address), Err(Warning::EmailFormat), "{address}");
        }
    }
}
