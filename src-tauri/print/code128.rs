//! Code 128 (ISO/IEC 15417), for the identifiers that a pharmacy scans off a prescription.
//!
//! Widths of bars and gaps only; what draws them is the page model. Digits are packed two by two (set C), an odd one
//! and everything else goes one by one (set B). Deliberately not here: set A, FNC signs, GS1.

/// Bars and gaps of each symbol, in modules; the last is the stop.
const SYMBOLS: [&str; 107] = [
    "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312", "132212", "221213", "221312",
    "231212", "112232", "122132", "122231", "113222", "123122", "123221", "223211", "221132", "221231", "213212",
    "223112", "312131", "311222", "321122", "321221", "312212", "322112", "322211", "212123", "212321", "232121",
    "111323", "131123", "131321", "112313", "132113", "132311", "211313", "231113", "231311", "112133", "112331",
    "132131", "113123", "113321", "133121", "313121", "211331", "231131", "213113", "213311", "213131", "311123",
    "311321", "331121", "312113", "312311", "332111", "314111", "221411", "431111", "111224", "111422", "121124",
    "121421", "141122", "141221", "112214", "112412", "122114", "122411", "142112", "142211", "241211", "221114",
    "413111", "241112", "134111", "111242", "121142", "121241", "114212", "124112", "124211", "411212", "421112",
    "421211", "212141", "214121", "412121", "111143", "111341", "131141", "114113", "114311", "411113", "411311",
    "113141", "114131", "311141", "411131", "211412", "211214", "211232", "2331112",
];
const CODE_C: u8 = 99;
const START_B: u8 = 104;
const START_C: u8 = 105;
const STOP: u8 = 106;

/// Widths of bars and gaps in modules, from the first bar to the last; `None` for what the code cannot hold (nothing,
/// or other than printable ASCII). The quiet zone of ten modules on each side is the caller's.
pub fn bars(text: &str) -> Option<Vec<u8>> {
    let symbols = symbols(text)?;
    let pattern = symbols.iter().flat_map(|symbol| SYMBOLS[usize::from(*symbol)].bytes());
    Some(pattern.map(|digit| digit - b'0').collect())
}

/// The values of the symbols, from start to stop.
fn symbols(text: &str) -> Option<Vec<u8>> {
    let bytes = text.as_bytes();
    if bytes.is_empty() || !bytes.iter().all(|byte| (0x20..0x7f).contains(byte)) {
        return None;
    }
    let pair = |pair: &[u8]| (pair[0] - b'0') * 10 + (pair[1] - b'0');
    let mut symbols = Vec::with_capacity(bytes.len() + 4);
    if bytes.len() > 1 && bytes.iter().all(u8::is_ascii_digit) {
        let (alone, pairs) = bytes.split_at(bytes.len() % 2);
        match alone {
            [digit] => symbols.extend([START_B, digit - 0x20, CODE_C]),
            _ => symbols.push(START_C),
        }
        symbols.extend(pairs.chunks_exact(2).map(pair));
    } else {
        symbols.push(START_B);
        symbols.extend(bytes.iter().map(|byte| byte - 0x20));
    }
    // The start counts once, each symbol as often as its place says.
    let weighted = symbols.iter().enumerate().map(|(place, symbol)| place.max(1) as u32 * u32::from(*symbol));
    let check = weighted.sum::<u32>() % 103;
    symbols.extend([check as u8, STOP]);
    Some(symbols)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_symbol_is_eleven_modules_of_even_bars_and_another() {
        let (stop, symbols) = SYMBOLS.split_last().expect("there are symbols");
        for symbol in symbols {
            let widths: Vec<u32> = symbol.bytes().map(|digit| u32::from(digit - b'0')).collect();
            assert_eq!((widths.len(), widths.iter().sum::<u32>()), (6, 11), "{symbol}");
            assert_eq!(widths.iter().step_by(2).sum::<u32>() % 2, 0, "{symbol}");
        }
        assert_eq!(symbols.iter().collect::<HashSet<_>>().len(), 106);
        assert_eq!(stop.bytes().map(|digit| digit - b'0').sum::<u8>(), 13);
    }

    #[test]
    fn known_codes_come_out() {
        // The first in set B instead of A, the second as usually described, the third an identifier of odd length.
        assert_eq!(symbols("PJJ123C"), Some(vec![104, 48, 42, 42, 17, 18, 19, 35, 55, 106]));
        assert_eq!(symbols("Wikipedia"), Some(vec![104, 55, 73, 75, 73, 80, 69, 68, 73, 65, 88, 106]));
        assert_eq!(symbols("10000000012"), Some(vec![104, 17, 99, 0, 0, 0, 0, 12, 94, 106]));
        assert_eq!(bars("0000").map(|bars| bars[..12].to_vec()), Some(vec![2, 1, 1, 2, 3, 2, 2, 1, 2, 2, 2, 2]));
    }

    #[test]
    fn what_cannot_be_held_is_refused() {
        assert!(bars("").is_none() && bars("é").is_none() && bars("\n").is_none() && bars("1").is_some());
    }

    /// What a scanner would read, if every check holds.
    fn scanned(bars: &[u8]) -> Option<String> {
        let (body, stop) = bars.split_at(bars.len().checked_sub(7)?);
        let pattern = |widths: &[u8]| widths.iter().map(|width| char::from(b'0' + width)).collect::<String>();
        let value = |widths: &[u8]| SYMBOLS.iter().position(|symbol| *symbol == pattern(widths));
        let values: Option<Vec<usize>> = body.chunks(6).map(value).collect();
        let values = values.filter(|_| value(stop) == Some(usize::from(STOP)))?;
        let (check, symbols) = values.split_last()?;
        let sum: usize = symbols.iter().enumerate().map(|(place, symbol)| place.max(1) * symbol).sum();
        let (start, rest) = symbols.split_first().filter(|_| sum % 103 == *check)?;
        let mut pairs = *start == usize::from(START_C);
        let mut text = String::new();
        for symbol in rest {
            match *symbol {
                99 if !pairs => pairs = true,
                symbol if pairs => text.push_str(&format!("{symbol:02}")),
                symbol => text.push(char::from(symbol as u8 + 0x20)),
            }
        }
        Some(text)
    }

    proptest::proptest! {
        #[test]
        fn what_is_drawn_is_what_is_scanned(text in "[0-9]{1,30}|[ -~]{1,30}") {
            proptest::prop_assert_eq!(bars(&text).and_then(|bars| scanned(&bars)), Some(text));
        }
    }
}
