//! How many slips of the hand lie between two words.

/// The number of letters to put in, leave out, replace or exchange with their neighbour (no letter twice): the optimal
/// string alignment form of Damerau and Levenshtein's distance.
pub(super) fn slips(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let replaced = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = replaced.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

/// Whether the words differ by a slip: one in words of four letters, two in words of ten.
pub(super) fn is_slip(a: &str, b: &str) -> bool {
    let (short, long) = {
        let (a, b) = (a.chars().count(), b.chars().count());
        (a.min(b), a.max(b))
    };
    let allowed = if short >= 10 { 2 } else { usize::from(short >= 3 && long >= 4) };
    long - short <= allowed && allowed > 0 && slips(a, b) <= allowed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_counted() {
        for (a, b, count) in [
            ("", "", 0),
            ("", "abc", 3),
            ("dupont", "dupont", 0),
            ("dupont", "dupond", 1),
            ("dupont", "dupnot", 1),
            ("dupont", "duppont", 1),
            ("martin", "marine", 2),
            ("بنعلي", "بنعلى", 1),
        ] {
            assert_eq!(slips(a, b), count, "{a} {b}");
            assert_eq!(slips(b, a), count, "{b} {a}");
        }
    }

    #[test]
    fn short_words_allow_no_slip() {
        assert!(is_slip("dupont", "dupond"));
        assert!(is_slip("benabdellah", "benabdelaha"));
        assert!(!is_slip("ali", "eli"));
        assert!(!is_slip("li", "l"));
        assert!(!is_slip("dupont", "dumont-"));
    }
}
