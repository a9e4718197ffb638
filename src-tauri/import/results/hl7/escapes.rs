//! Escape sequences of HL7 v2 (chapter 2.7): `\T\` stands for the sign that parts subcomponents, and so on.
//!
//! Ours, because the parser's own counts letters where it cuts bytes: behind an accent it would cut wrongly, or not at all.
//! Deliberately not here: sets of letters by escape (`\C..\`, `\M..\`), which stay as they were written.

use hl7_parser::message::Separators;

/// The text that a sequence stands for; none where it is not known.
fn meant(separators: &Separators, sequence: &str) -> Option<String> {
    Some(match sequence {
        "F" => separators.field.to_string(),
        "S" => separators.component.to_string(),
        "T" => separators.subcomponent.to_string(),
        "R" => separators.repetition.to_string(),
        "E" => separators.escape.to_string(),
        ".br" | ".sp" => "\n".to_owned(),
        // Highlighting begins and ends.
        "H" | "N" => String::new(),
        _ => bytes(sequence.strip_prefix('X')?)?,
    })
}

/// Bytes in hexadecimal digits, as text.
fn bytes(digits: &str) -> Option<String> {
    let (pairs, rest) = digits.as_bytes().as_chunks::<2>();
    if pairs.is_empty() || !rest.is_empty() {
        return None;
    }
    let byte = |pair: &[u8; 2]| {
        let text = std::str::from_utf8(pair).ok()?;
        u8::from_str_radix(text, 16).ok().filter(|_| pair.iter().all(u8::is_ascii_hexdigit))
    };
    let read: Option<Vec<u8>> = pairs.iter().map(byte).collect();
    String::from_utf8(read?).ok()
}

/// A text with its escape sequences undone. What is no sequence, or is not ended, stays as it was written: nothing is lost.
pub(super) fn undone(separators: &Separators, text: &str) -> String {
    let mut all = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once(separators.escape) {
        all.push_str(before);
        let sequence = behind.split_once(separators.escape);
        if let Some((sequence, after)) = sequence
            && let Some(text) = meant(separators, sequence)
        {
            all.push_str(&text);
            rest = after;
        } else {
            all.push(separators.escape);
            rest = behind;
        }
    }
    all.push_str(rest);
    all
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn said(text: &str) -> String {
        undone(&Separators::default(), text)
    }

    #[test]
    fn sequences_stand_for_their_signs_behind_accents_too() {
        assert_eq!(said(r"An\T\émie \E\ contrôle"), r"An&émie \ contrôle");
        assert_eq!(said(r"Anémie\.br\à contrôler"), "Anémie\nà contrôler");
        assert_eq!(said(r"é\H\gras\N\ \F\\S\\R\"), "égras |^~");
        assert_eq!(said(r"a\X0A\b\XC3A9\"), "a\nbé");
    }

    #[test]
    fn what_is_no_sequence_stays() {
        for text in [r"C:\dossier", r"5 \ 6", r"\Z9\", r"\XC3\", r"\X0\", r"été\", r"\\"] {
            assert_eq!(said(text), text);
        }
    }

    proptest! {
        #[test]
        fn whatever_the_text_and_its_signs_it_comes_back(text in r"[\\éTX0-9¡ .br]{0,20}", escape in prop::sample::select(vec!['\\', 'é', '¡'])) {
            let separators = Separators { escape, ..Separators::default() };
            let undone = undone(&separators, &text);
            // Without the sign nothing is a sequence.
            prop_assert!(text.contains(escape) || undone == text);
        }
    }
}
