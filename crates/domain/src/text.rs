//! Small tools on typed text, used by every check.

use std::borrow::Cow;

/// The text with Arabic-Indic (٠–٩) and extended Arabic-Indic (۰–۹) digits as ASCII digits, else unchanged.
pub fn ascii_digits(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || !text.chars().any(|c| ascii_digit(c) != c) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(ascii_digit).collect())
}

/// One character, as an ASCII digit where it is an Arabic one.
pub(crate) fn ascii_digit(c: char) -> char {
    let zero = match c {
        '\u{660}'..='\u{669}' => 0x660,
        '\u{6F0}'..='\u{6F9}' => 0x6F0,
        _ => return c,
    };
    char::from_digit(c as u32 - zero, 10).unwrap_or(c)
}

/// True for the invisible marks that copying from other programs leaves in numbers: zero-width characters,
/// direction marks, the byte-order mark, the soft hyphen.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_arabic_digit_rows_become_ascii() {
        assert_eq!(ascii_digits("٠٦١٢٣٤٥٦٧٨"), "0612345678");
        assert_eq!(ascii_digits("۰۶-9"), "06-9");
        assert!(matches!(ascii_digits("Œuvre 12"), Cow::Borrowed(_)));
    }
}
