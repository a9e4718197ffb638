//! Laboratory values: what number a text is, whether it is outside its bounds, and which values are of one analysis.
//!
//! A laboratory's own flag is believed and checked: where it says another thing than the bounds, both are told and the value
//! counts as abnormal. Deliberately not here: reference values of our own, conversions between units, any advice.

use crate::patient::names::normalise;
use crate::text::{ascii_digits, is_invisible};

words! {
    /// How a value stands to its bounds.
    Standing {
        /// Nobody says: neither flag nor bounds.
        Unjudged = "unjudged",
        /// Inside.
        Normal = "normal",
        /// Below.
        Low = "low",
        /// Above.
        High = "high",
        /// Far below, the laboratory says.
        VeryLow = "very_low",
        /// Far above, the laboratory says.
        VeryHigh = "very_high",
        /// Not normal, without a side.
        Abnormal = "abnormal",
    }
}

impl Standing {
    /// Whether it is to be marked.
    #[must_use]
    pub fn is_abnormal(self) -> bool {
        !matches!(self, Self::Unjudged | Self::Normal)
    }

    /// What a laboratory's flag says (HPRIM and HL7): none for an empty one or one that is not in the lists.
    #[must_use]
    pub fn of_flag(flag: &str) -> Option<Self> {
        Some(match flag.trim() {
            "N" => Self::Normal,
            "L" | "<" => Self::Low,
            "H" | ">" => Self::High,
            "LL" => Self::VeryLow,
            "HH" => Self::VeryHigh,
            "A" | "AA" => Self::Abnormal,
            _ => return None,
        })
    }
}

/// What stands before a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// The true value is smaller: `< 0,5`.
    Below,
    /// It is that value.
    Exactly,
    /// The true value is greater: `> 100`.
    Above,
}

/// A measured number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quantity {
    /// What stands before it.
    pub sign: Sign,
    /// The number.
    pub value: f64,
}

/// The number that a laboratory's text is: point or comma, blanks between groups of three digits, `<` or `>` before it. None
/// for everything else: a text is never half a number.
#[must_use]
pub fn quantity(text: &str) -> Option<Quantity> {
    let text: String = ascii_digits(text).chars().filter(|&c| !is_invisible(c)).collect();
    let text = text.trim();
    let (sign, rest) = match text.chars().next()? {
        '<' | '≤' => (Sign::Below, text[text.chars().next()?.len_utf8()..].trim_start_matches('=')),
        '>' | '≥' => (Sign::Above, text[text.chars().next()?.len_utf8()..].trim_start_matches('=')),
        _ => (Sign::Exactly, text),
    };
    let rest = rest.trim();
    let (negative, rest) = match rest.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest),
        None => (false, rest.strip_prefix('+').unwrap_or(rest)),
    };
    let (whole, decimals) = rest.split_once(['.', ',']).map_or((rest, None), |(whole, part)| (whole, Some(part)));
    let digits = |text: &str| !text.is_empty() && text.len() <= 15 && text.bytes().all(|byte| byte.is_ascii_digit());
    let mut groups = whole.split([' ', '\u{a0}', '\u{202f}', '\u{2009}']);
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let grouped = rest.is_empty() || (first.len() <= 3 && rest.iter().all(|group| group.len() == 3));
    if !grouped || !digits(first) || !rest.iter().all(|group| digits(group)) || !decimals.is_none_or(digits) {
        return None;
    }
    let number = format!("{first}{}.{}", rest.concat(), decimals.unwrap_or("0"));
    let value: f64 = number.parse().ok().filter(|value: &f64| value.is_finite())?;
    Some(Quantity { sign, value: if negative { -value } else { value } })
}

/// A value against flag and bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judgement {
    /// How it stands.
    pub standing: Standing,
    /// The laboratory's flag says another thing than its bounds.
    pub disagrees: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Below,
    Within,
    Above,
    Unknown,
}

fn side(value: &str, low: &str, high: &str) -> Side {
    let bound = |text: &str| quantity(text).map(|one| one.value);
    let (Some(found), low, high) = (quantity(value), bound(low), bound(high)) else { return Side::Unknown };
    if (low.is_none() && high.is_none()) || matches!((low, high), (Some(low), Some(high)) if low > high) {
        return Side::Unknown;
    }
    let value = found.value;
    match found.sign {
        Sign::Exactly if low.is_some_and(|low| value < low) => Side::Below,
        Sign::Exactly if high.is_some_and(|high| value > high) => Side::Above,
        Sign::Exactly => Side::Within,
        Sign::Below if low.is_some_and(|low| value <= low) => Side::Below,
        Sign::Below if low.is_none() && high.is_some_and(|high| value <= high) => Side::Within,
        Sign::Above if high.is_some_and(|high| value >= high) => Side::Above,
        Sign::Above if high.is_none() && low.is_some_and(|low| value >= low) => Side::Within,
        _ => Side::Unknown,
    }
}

/// Judges a value by its flag and its bounds, each as the laboratory wrote it.
#[must_use]
pub fn judge(value: &str, low: &str, high: &str, flag: &str) -> Judgement {
    use Standing::*;
    let side = side(value, low, high);
    let by_bounds = match side {
        Side::Below => Low,
        Side::Above => High,
        Side::Within => Normal,
        Side::Unknown => Unjudged,
    };
    let (standing, disagrees) = match Standing::of_flag(flag) {
        None => (by_bounds, false),
        Some(Normal) if by_bounds.is_abnormal() => (by_bounds, true),
        Some(said @ (Low | VeryLow)) => (said, matches!(side, Side::Within | Side::Above)),
        Some(said @ (High | VeryHigh)) => (said, matches!(side, Side::Within | Side::Below)),
        Some(Abnormal) if by_bounds.is_abnormal() => (by_bounds, false),
        Some(said) => (said, said == Abnormal && side == Side::Within),
    };
    Judgement { standing, disagrees }
}

/// What makes values of one series: the laboratory's code, else the name without accents and case; and the unit. None without
/// either.
#[must_use]
pub fn series_key(code: &str, label: &str, unit: &str) -> Option<String> {
    let code = code.trim().to_uppercase();
    let analysis = if code.is_empty() { normalise(label) } else { code };
    let unit: String = unit.chars().filter(|c| !c.is_whitespace()).collect::<String>().replace('\u{3bc}', "\u{b5}");
    (!analysis.is_empty()).then(|| format!("{analysis}|{}", unit.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn value(text: &str) -> Option<f64> {
        quantity(text).map(|one| one.value)
    }

    #[test]
    fn numbers_are_read_as_laboratories_write_them_and_nothing_else_is() {
        for (text, expected) in [
            ("11.2", 11.2),
            ("11,2", 11.2),
            (" 250 000 ", 250_000.0),
            ("1\u{202f}234,5", 1234.5),
            ("-2,5", -2.5),
            ("< 0,50", 0.5),
            (">=100", 100.0),
            ("٧٫٤".replace('٫', ",").as_str(), 7.4),
        ] {
            assert_eq!(value(text), Some(expected), "{text}");
        }
        for text in [
            "",
            "NEGATIF",
            "11.2.3",
            "1,234,5",
            "12 34",
            "11.",
            ".5",
            "1e3",
            "+",
            "<",
            "11.2 g/dL",
            "1-2",
            "NaN",
            "inf",
        ] {
            assert_eq!(value(text), None, "{text}");
        }
        assert_eq!(quantity("<0,5").map(|one| one.sign), Some(Sign::Below));
    }

    #[test]
    fn a_flag_is_believed_and_a_disagreement_told() {
        let judged = |value, low, high, flag| {
            let found = judge(value, low, high, flag);
            (found.standing.as_str(), found.disagrees)
        };
        assert_eq!(judged("11.2", "12.0", "16.0", "L"), ("low", false));
        assert_eq!(judged("11.2", "12.0", "16.0", ""), ("low", false));
        assert_eq!(judged("11.2", "12.0", "16.0", "N"), ("low", true));
        assert_eq!(judged("13", "12.0", "16.0", "HH"), ("very_high", true));
        assert_eq!(judged("17", "12.0", "16.0", "L"), ("low", true));
        assert_eq!(judged("13", "12.0", "16.0", ""), ("normal", false));
        assert_eq!(judged("13", "", "", ""), ("unjudged", false));
        assert_eq!(judged("NEGATIF", "", "", ""), ("unjudged", false));
        assert_eq!(judged("POSITIF", "", "", "A"), ("abnormal", false));
        assert_eq!(judged("13", "16", "12", ""), ("unjudged", false), "bounds that are exchanged judge nothing");
        assert_eq!(judged("<0,5", "1", "2", ""), ("low", false));
        assert_eq!(judged("<5", "1", "8", ""), ("unjudged", false), "it may be below 1");
        assert_eq!(judged("<5", "", "8", ""), ("normal", false));
        assert_eq!(judged(">100", "", "90", ""), ("high", false));
        assert_eq!(judged("4", "4", "10", ""), ("normal", false), "a bound is inside");
    }

    #[test]
    fn one_analysis_in_two_units_is_two_series() {
        assert_eq!(series_key("gly", "Glycémie", "g/L"), series_key("GLY", "Glycemie à jeun", "g/l"));
        assert_ne!(series_key("GLY", "", "g/L"), series_key("GLY", "", "mmol/L"));
        assert_eq!(series_key("", "Hémoglobine", "g/dL"), series_key(" ", "HEMOGLOBINE", "g / dL"));
        assert_eq!(series_key("", " ", "g/L"), None);
        assert_eq!(series_key("TSH", "", "\u{3bc}UI/mL"), series_key("TSH", "", "\u{b5}UI/mL"));
    }

    proptest! {
        #[test]
        fn without_a_flag_the_bounds_alone_decide(value in -1000..1000_i32, low in -1000..1000_i32, width in 0..500_i32) {
            let high = low + width;
            let found = judge(&value.to_string(), &low.to_string(), &high.to_string(), "");
            let expected = if value < low { Standing::Low } else if value > high { Standing::High } else { Standing::Normal };
            prop_assert_eq!(found, Judgement { standing: expected, disagrees: false });
        }

        #[test]
        fn what_is_outside_is_never_shown_as_normal(value in -1000..1000_i32, low in -1000..1000_i32, width in 0..500_i32,
            flag in prop::sample::select(vec!["", "N", "L", "H", "LL", "HH", "A", "?"])) {
            let high = low + width;
            let found = judge(&value.to_string(), &low.to_string(), &high.to_string(), flag);
            if value < low || value > high {
                prop_assert!(found.standing.is_abnormal());
            } else if !matches!(flag, "" | "N" | "?") {
                prop_assert!(found.disagrees, "inside, and flagged {}", flag);
            }
        }

        #[test]
        fn any_text_is_a_number_or_none_and_never_a_panic(text in "\\PC{0,12}") {
            if let Some(found) = quantity(&text) {
                prop_assert!(found.value.is_finite());
            }
        }

        #[test]
        fn comma_and_point_are_one(whole in 0..100_000_u32, part in 0..1000_u32) {
            prop_assert_eq!(value(&format!("{whole}.{part:03}")), value(&format!("{whole},{part:03}")));
        }
    }
}
