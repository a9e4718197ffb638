//! Forms and the parameters of addresses (`application/x-www-form-urlencoded`), as pairs.

/// The pairs, in their order; none where it is not of the form.
#[must_use]
pub fn pairs(text: &str) -> Option<Vec<(String, String)>> {
    let parts = text.split('&').filter(|pair| !pair.is_empty());
    parts
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Some((decode(name)?, decode(value)?))
        })
        .collect()
}

/// The first value of a name.
#[must_use]
pub fn value<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
}

fn decode(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'%' => {
                let digits = text.get(at + 1..at + 3).filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()))?;
                out.push(u8::from_str_radix(digits, 16).ok()?);
                at += 2;
            }
            b'+' => out.push(b' '),
            byte => out.push(byte),
        }
        at += 1;
    }
    String::from_utf8(out).ok()
}

/// A text as a value in an address.
#[must_use]
pub fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_not_of_the_form_is_none() {
        assert_eq!(
            pairs("a=b+c&d=%C3%A9&e"),
            Some(vec![("a".into(), "b c".into()), ("d".into(), "é".into()), ("e".into(), String::new()),])
        );
        for text in ["a=%", "a=%z1", "a=%+1", "a=%C3", "a=%é1"] {
            assert_eq!(pairs(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_value_comes_back_whole(text in any::<String>()) {
            let back = pairs(&format!("x={}", encode(&text))).unwrap();
            prop_assert_eq!(value(&back, "x"), Some(text.as_str()));
        }

        #[test]
        fn nothing_makes_it_fail(text in any::<String>()) {
            let _ = pairs(&text);
        }
    }
}
