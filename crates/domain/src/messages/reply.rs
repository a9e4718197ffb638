//! What an answer by text message means.

/// What somebody answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// They come.
    Confirm,
    /// They want no more reminders.
    Stop,
    /// They want them again.
    Resume,
    /// Something else, which nobody reads: it is not kept.
    Other,
}

const STOP: &[&str] = &["stop", "stopall", "arret", "arrêt", "unsubscribe", "توقف", "قف", "إيقاف", "ايقاف"];
const RESUME: &[&str] = &["start", "unstop", "reprendre", "ابدأ", "ابدا"];
const CONFIRM: &[&str] = &["1", "oui", "ok", "yes", "نعم"];

/// Reads an answer: its first word counts, whatever its case, its digits and the signs around it.
#[must_use]
pub fn read_reply(text: &str) -> Reply {
    let plain: String = text
        .chars()
        .map(|sign| match sign {
            // Digits as Arabic and Persian keyboards write them.
            '\u{660}'..='\u{669}' => char::from(b'0' + (sign as u32 - 0x660) as u8),
            '\u{6f0}'..='\u{6f9}' => char::from(b'0' + (sign as u32 - 0x6f0) as u8),
            other => other,
        })
        .collect::<String>()
        .to_lowercase();
    let mut words = plain.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty());
    let Some(first) = words.next() else { return Reply::Other };
    let alone = words.next().is_none();
    if STOP.contains(&first) {
        Reply::Stop
    } else if RESUME.contains(&first) && alone {
        Reply::Resume
    } else if CONFIRM.contains(&first) && (alone || first != "1") {
        // "1 h de retard" is no confirmation.
        Reply::Confirm
    } else {
        Reply::Other
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_confirms_and_stop_stops_however_they_are_typed() {
        for text in ["1", " 1.", "«1»", "١", "۱", "Oui", "oui merci", "OK", "نعم"] {
            assert_eq!(read_reply(text), Reply::Confirm, "{text}");
        }
        for text in ["STOP", "stop 36180", "Arrêt", "ARRET", "قف", "Stop."] {
            assert_eq!(read_reply(text), Reply::Stop, "{text}");
        }
        assert_eq!(read_reply("START"), Reply::Resume);
        for text in ["", "…", "11", "10", "1 h de retard", "non", "2", "stopper", "je ne viens pas"] {
            assert_eq!(read_reply(text), Reply::Other, "{text}");
        }
    }

    proptest! {
        #[test]
        fn nothing_makes_it_fail(text in any::<String>()) {
            let _ = read_reply(&text);
        }
    }
}
