//! The few texts that may travel, each with its length and form.
//!
//! A name or a label has at most three digits: enough for « Jean II, 2e » and « Vaccin 65 ans », and too few for an identity
//! number, a phone or a postal code that somebody typed into the wrong field.

use std::{fmt, str::FromStr};

pub use domain::messages::Language;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A text that is not of the form that is asked for. The text is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a text of kind {kind}")]
pub struct InvalidText {
    /// The kind that was expected.
    pub kind: &'static str,
}

const MAX_DIGITS: usize = 3;

/// Without control characters and without the marks that turn a line around or cannot be seen.
fn plain(text: &str) -> bool {
    !text.chars().any(|c| {
        c.is_control()
            || matches!(c, '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
    })
}

fn trimmed(text: &str, most: usize) -> bool {
    !text.is_empty() && text.trim() == text && text.chars().count() <= most && plain(text)
}

fn few_digits(text: &str) -> bool {
    text.chars().filter(|c| c.is_numeric()).count() <= MAX_DIGITS
}

fn is_name(text: &str) -> bool {
    trimmed(text, 100)
        && few_digits(text)
        && text.chars().any(char::is_alphabetic)
        && !text.contains(['<', '>', '@', '='])
}

fn is_label(text: &str) -> bool {
    trimmed(text, 80) && few_digits(text) && !text.contains(['<', '>', '@'])
}

fn is_phone(text: &str) -> bool {
    text.strip_prefix('+').is_some_and(|digits| {
        (7..=15).contains(&digits.len()) && !digits.starts_with('0') && digits.bytes().all(|b| b.is_ascii_digit())
    })
}

fn is_email(text: &str) -> bool {
    trimmed(text, 254) && domain::identifiers::email::check(text).is_ok()
}

fn is_visio(text: &str) -> bool {
    trimmed(text, 500)
        && text.strip_prefix("https://").is_some_and(|rest| {
            let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
            host.contains('.')
                && !host.contains('@')
                && text.bytes().all(|b| b.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&b))
        })
}

macro_rules! text {
    ($(#[$outer:meta])* $name:ident, $holds:path) => {
        $(#[$outer])*
        #[derive(Clone, PartialEq, Eq, Hash)]
        pub struct $name(String);

        impl $name {
            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = InvalidText;

            fn from_str(text: &str) -> Result<Self, InvalidText> {
                if $holds(text) { Ok(Self(text.to_owned())) } else { Err(InvalidText { kind: stringify!($name) }) }
            }
        }

        impl fmt::Debug for $name {
            /// Never the text: it may be somebody's.
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

text! {
    /// A surname, first name or full name: 1 to 100 characters, at least one letter, at most three digits.
    Name, is_name
}
text! {
    /// A public label (type, speciality, site, town): 1 to 80 characters, at most three digits.
    Label, is_label
}
text! {
    /// A phone number, E.164.
    Phone, is_phone
}
text! {
    /// An e-mail address.
    Email, is_email
}
text! {
    /// The address of a video consultation: https, no credentials in it.
    VisioLink, is_visio
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_as_people_bear_them_pass_and_numbers_do_not() {
        for name in ["D'Hérouville–Nguyễn", "فاطمة الزهراء", "O’Brien", "Jean 2", "L."] {
            assert!(name.parse::<Name>().is_ok(), "{name}");
        }
        for name in [
            "",
            " Dupont",
            "Dupont\u{202e}",
            "Dupont\n",
            "185057800608436",
            "Dupont 1850578",
            "AB123456",
            "٠٦١٢٣٤",
            "<b>x</b>",
            "123",
            &"a".repeat(101),
        ] {
            assert!(name.parse::<Name>().is_err(), "{name}");
        }
    }

    #[test]
    fn phones_mails_and_links_have_one_form() {
        assert!("+212612345678".parse::<Phone>().is_ok());
        for phone in ["0612345678", "+33 6 12", "+0612345678", "+336123456789012345", "+٣٣٦١٢٣٤٥٦٧٨"] {
            assert!(phone.parse::<Phone>().is_err(), "{phone}");
        }
        assert!("a@b.fr".parse::<Email>().is_ok());
        assert!("a@b".parse::<Email>().is_err());
        assert!("https://visio.exemple.fr/r/7".parse::<VisioLink>().is_ok());
        for link in [
            "http://visio.exemple.fr/",
            "https://a:b@visio.exemple.fr/",
            "https://x",
            "javascript:alert(1)",
            "https://e.fr/<x>",
        ] {
            assert!(link.parse::<VisioLink>().is_err(), "{link}");
        }
    }

    proptest! {
        #[test]
        fn what_a_name_accepts_is_no_identity_number(text in any::<String>()) {
            if let Ok(name) = text.parse::<Name>() {
                prop_assert!(name.as_str().chars().filter(|c| c.is_numeric()).count() <= 3);
                prop_assert!(!name.as_str().chars().any(char::is_control));
                let shown = format!("{name:?}");
                prop_assert_eq!(shown, "Name(…)");
            }
        }
    }
}
