//! How much of a person an agenda says when it leaves the house.
//!
//! The words around it (busy, in which language) are the caller's.

words! {
    /// What an event outside says of whom it is about. Later ones say more.
    Discretion {
        /// That the practitioner is busy, and nothing else.
        Busy = "busy",
        /// The initials.
        Initials = "initials",
        /// The name, and the appointment type.
        Name = "name",
    }
}

/// The initials of a person as a desk says them: surname first. Of a hyphenated name the first part counts; an Arabic
/// article is passed over. Empty where there is no letter.
#[must_use]
pub fn initials(surname: &str, first_name: &str) -> String {
    [surname, first_name].iter().filter_map(|name| initial(name)).map(|letters| format!("{letters}.")).collect()
}

fn initial(name: &str) -> Option<String> {
    let letters: Vec<char> = name.chars().filter(|sign| sign.is_alphabetic()).collect();
    let without_article = match letters.as_slice() {
        ['ا', 'ل', rest @ ..] if !rest.is_empty() => rest,
        all => all,
    };
    without_article.first().map(|letter| letter.to_uppercase().collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn initials_are_those_that_a_desk_says() {
        assert_eq!(initials("DUPONT", "Marie"), "D.M.");
        assert_eq!(initials("d'Ornano", "jean-pierre"), "D.J.");
        assert_eq!(initials("Éluard", ""), "É.");
        assert_eq!(initials("العلوي", "محمد"), "ع.م.");
        assert_eq!(initials("ال", ""), "ا.");
        assert_eq!(initials("", "1"), "");
    }

    #[test]
    fn more_discretion_comes_first() {
        assert!(Discretion::Busy < Discretion::Initials && Discretion::Initials < Discretion::Name);
    }

    proptest! {
        #[test]
        fn initials_hold_one_letter_a_name_and_no_more(surname in "\\PC{0,40}", first_name in "\\PC{0,40}") {
            let text = initials(&surname, &first_name);
            prop_assert!(text.matches('.').count() <= 2);
            // A letter may have a capital of two or three signs (ß), never more.
            prop_assert!(text.chars().count() <= 8, "{}", text);
        }
    }
}
