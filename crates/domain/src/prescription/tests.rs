//! What is typed, what is said of it, and that one is read back as the other.

use proptest::prelude::*;

use super::posology::{Days, Intake, Meal, Needed, Posology, Step};
use super::sentence::{Language, sentence};
use super::typed::parse;
use super::{Amount, Span, SpanUnit, Unit, complete};

#[test]
fn what_is_typed_fast_is_one_sentence() {
    for (typed, said) in [
        ("1 matin et 1 soir pendant 7 jours", "1 comprimé le matin et 1 comprimé le soir pendant 7 jours."),
        ("1 mat 1 soir 7j", "1 comprimé le matin et 1 comprimé le soir pendant 7 jours."),
        ("1-0-1 7j", "1 comprimé le matin et 1 comprimé le soir pendant 7 jours."),
        ("1-0-1/2-2", "1 comprimé le matin, 1/2 comprimé le soir et 2 comprimés au coucher."),
        ("matin et soir", "1 comprimé le matin et 1 comprimé le soir."),
        ("2 gouttes matin midi soir", "2 gouttes le matin, 2 gouttes le midi et 2 gouttes le soir."),
        ("si besoin, max 4/j", "1 comprimé, si besoin, sans dépasser 4 comprimés par jour."),
        (
            "1 cp toutes les 6h si besoin max 4/j",
            "1 comprimé toutes les 6 heures, si besoin, sans dépasser 4 comprimés par jour.",
        ),
        ("1 gélule si besoin intervalle 6 h", "1 gélule, si besoin, en espaçant les prises d'au moins 6 heures."),
        ("2 cp 3x/j 5 j", "2 comprimés 3 fois par jour pendant 5 jours."),
        ("1 cp x 3/j", "1 comprimé 3 fois par jour."),
        ("1 cp par semaine", "1 comprimé une fois par semaine."),
        ("1 cp à midi", "1 comprimé le midi."),
        ("1 x 3/j", "1 comprimé 3 fois par jour."),
        ("3/j", "1 comprimé 3 fois par jour."),
        ("3 x 2 cp /j", "2 comprimés 3 fois par jour."),
        ("1 cp/8h pdt 2 sem", "1 comprimé toutes les 8 heures pendant 2 semaines."),
        (
            "3 puis 2 puis 1, 3 jours chacun",
            "3 comprimés 1 fois par jour pendant 3 jours, puis 2 comprimés 1 fois par jour pendant 3 jours, \
             puis 1 comprimé 1 fois par jour pendant 3 jours.",
        ),
        (
            "3 le matin 3j puis 2 3j puis 1 3j",
            "3 comprimés le matin pendant 3 jours, puis 2 comprimés le matin pendant 3 jours, puis 1 comprimé le \
             matin pendant 3 jours.",
        ),
        ("1 un jour sur deux", "1 comprimé un jour sur deux."),
        ("1 cp 1j/2", "1 comprimé un jour sur deux."),
        ("1 ampoule par mois", "1 ampoule une fois par mois."),
        ("1 cp le lundi et le jeudi à jeun", "1 comprimé les lundi et jeudi, à jeun."),
        ("1 cp et demi le soir au repas", "1 comprimé et demi le soir, pendant le repas."),
        ("2,5 ml 3 fois par jour après les repas", "2,5 ml 3 fois par jour, après le repas."),
        ("1/4 de comprimé au coucher", "1/4 de comprimé au coucher."),
        ("2 bouffées en une seule prise", "2 bouffées en une seule prise."),
        ("قرص واحد صباحا وقرصان مساء لمدة أسبوعين", "1 comprimé le matin et 2 comprimés le soir pendant 2 semaines."),
        ("كبسولة 3 مرات في اليوم لمدة ٧ أيام", "1 gélule 3 fois par jour pendant 7 jours."),
        ("قرص عند الحاجة، بحد أقصى 4 في اليوم", "1 comprimé, si besoin, sans dépasser 4 comprimés par jour."),
    ] {
        let read = parse(typed, Unit::Tablet).unwrap_or_else(|wrong| panic!("{typed}: {wrong:?}"));
        assert_eq!(sentence(&read, Language::French), said, "{typed}");
    }
}

#[test]
fn arabic_counts_one_two_few_and_many_in_their_own_forms() {
    for (typed, said) in [
        ("1 cp matin 1 j", "قرص واحد صباحًا لمدة يوم واحد."),
        ("2 cp 2x/j 2j", "قرصان مرتين في اليوم لمدة يومين."),
        ("3 cp 3x/j 10 j", "3 أقراص 3 مرات في اليوم لمدة 10 أيام."),
        ("11 gouttes soir 11 j", "11 قطرة مساءً لمدة 11 يومًا."),
        ("1 cp matin 100 j", "قرص واحد صباحًا لمدة 100 يوم."),
        ("1 cp matin 103 j", "قرص واحد صباحًا لمدة 103 أيام."),
        ("1,5 cp matin 0,5 soir", "قرص ونصف صباحًا ونصف قرص مساءً."),
        ("si besoin max 2 cp/j", "قرص واحد، عند الحاجة، دون تجاوز قرصين في اليوم."),
        ("2,5 ml toutes les 12 h", "2,5 مل كل 12 ساعة."),
        ("1 cp les mardi et samedi", "قرص واحد يوم الثلاثاء ويوم السبت."),
    ] {
        let read = parse(typed, Unit::Tablet).unwrap_or_else(|wrong| panic!("{typed}: {wrong:?}"));
        assert_eq!(sentence(&read, Language::Arabic), said, "{typed}");
    }
}

#[test]
fn what_is_not_understood_is_refused_at_its_place() {
    for (typed, wrong) in [
        ("1 matin selon douleur", "selon"),
        ("1 matin 2 matin", "matin"),
        ("1 cp matin 7j 5j", ""),
        ("3 fois par siècle", "par"),
        ("max 3 fois par jour", "fois"),
        ("1 cp matin et 1 sachet soir", ""),
        ("toutes les 30 min", ""),
        ("1-1", ""),
        ("0 matin", ""),
        ("1 à 2 cp le matin", ""),
        ("3 à 4 fois par jour", "à"),
        ("1 cp 3 à 4 fois par jour", ""),
        ("1 cp toutes les 4 à 6 h", ""),
        ("1 cp 3x/j pendant 5 à 7 jours", ""),
        ("1 cp 3 fois par semaine", "par semaine"),
        ("3/sem", "/sem"),
        ("2 cp par semaine", "par semaine"),
        ("max 2 par semaine", "par semaine"),
        ("1 gel 2x/j", "gel"),
        ("", ""),
        ("7 jours", ""),
        ("1 cp matin 3/j", ""),
        ("99999999999 matin", "99999999999"),
    ] {
        let refused = parse(typed, Unit::Tablet).expect_err(typed);
        if !wrong.is_empty() {
            assert_eq!(&typed[refused.from..refused.to], wrong, "{typed}");
        }
    }
}

#[test]
fn every_proposal_is_a_posology_and_goes_on_from_what_is_typed() {
    for typed in ["", "1", "1 ma", "1 matin", "1 matin et 1 so", "2 gé", "1 cp 3x/j", "1 cp si b", "قرص", "1 matin pen"]
    {
        for language in [Language::French, Language::Arabic] {
            let proposals = complete(typed, Unit::Tablet, language);
            assert!(!proposals.is_empty(), "{typed}");
            for proposal in proposals {
                assert!(parse(&proposal, Unit::Tablet).is_ok(), "{typed} → {proposal}");
                assert!(proposal.len() > typed.len() || proposal.starts_with(typed.trim_end()), "{typed} → {proposal}");
            }
        }
    }
    assert!(complete("1 matin et 1 so", Unit::Tablet, Language::French).contains(&"1 matin et 1 soir".to_owned()));
    assert!(complete("1 matin", Unit::Tablet, Language::French).contains(&"1 matin pendant 7 jours".to_owned()));
}

fn amount(unit: Unit) -> BoxedStrategy<Amount> {
    if unit.is_measure() {
        (1_u32..50_000).prop_map(Amount).boxed()
    } else {
        prop_oneof![
            (1_u32..130).prop_map(Amount::whole),
            (0_u32..12, prop::sample::select(vec![25_u32, 50, 75]))
                .prop_map(|(units, part)| Amount(units * 100 + part)),
            (1_u32..900).prop_map(Amount),
        ]
        .boxed()
    }
}

fn span() -> impl Strategy<Value = Span> {
    (1_u16..=400, prop::sample::select(SpanUnit::ALL.to_vec())).prop_map(|(number, unit)| Span { number, unit })
}

fn days() -> impl Strategy<Value = Days> {
    prop_oneof![
        3 => Just(Days::Every),
        1 => Just(Days::Alternate),
        1 => Just(Days::Weekly),
        1 => Just(Days::Monthly),
        1 => (1_u8..0x7F).prop_map(Days::On),
    ]
}

fn intake(unit: Unit) -> impl Strategy<Value = Intake> {
    let some = || prop_oneof![Just(Amount::ZERO), amount(unit)];
    prop_oneof![
        [some(), some(), some(), some()].prop_filter_map("nothing", |all| {
            all.iter().any(|&one| one != Amount::ZERO).then(|| Intake::moments(all))
        }),
        (amount(unit), 1_u8..=24).prop_map(|(amount, times)| Intake::Times { amount, times }),
        (amount(unit), 1_u8..=72).prop_map(|(amount, hours)| Intake::Every { amount, hours }),
        amount(unit).prop_map(|amount| Intake::Each { amount }),
        amount(unit).prop_map(|amount| Intake::Single { amount }),
    ]
}

pub(super) fn posology() -> impl Strategy<Value = Posology> {
    prop::sample::select(Unit::ALL.to_vec()).prop_flat_map(|unit| {
        let step = (intake(unit), days(), prop::option::of(span())).prop_map(|(intake, days, duration)| Step {
            intake,
            days,
            duration,
        });
        let needed = (prop::option::of(amount(unit)), prop::option::of(1_u8..=48))
            .prop_map(|(most_a_day, hours_between)| Needed { most_a_day, hours_between });
        (
            prop::collection::vec(step, 1..4),
            prop::option::of(prop::sample::select(Meal::ALL.to_vec())),
            prop::option::of(needed),
        )
            .prop_map(move |(steps, meal, needed)| Posology { unit, steps, meal, needed })
            .prop_filter("sound", |posology| posology.check().is_ok())
    })
}

proptest! {
    #![proptest_config(ProptestConfig { max_global_rejects: 200_000, ..ProptestConfig::default() })]

    #[test]
    fn a_sentence_is_read_back_as_the_same_posology(posology in posology()) {
        for language in [Language::French, Language::Arabic] {
            let said = sentence(&posology, language);
            // The unit stands in the sentence: whatever the drug's form, the same is read.
            for form in [posology.unit, Unit::Ampoule] {
                let read = parse(&said, form);
                prop_assert_eq!(read.as_ref().ok(), Some(&posology), "{} → {:?}", said, read);
            }
        }
    }

    #[test]
    fn whatever_is_typed_is_read_or_refused_at_a_place_in_it(text in "\\PC{0,40}") {
        match parse(&text, Unit::Tablet) {
            Ok(posology) => prop_assert!(posology.check().is_ok()),
            Err(wrong) => prop_assert!(text.get(wrong.from..wrong.to).is_some()),
        }
    }

    #[test]
    fn whatever_is_read_of_loose_words_is_said_and_read_back_the_same(
        words in prop::collection::vec(prop::sample::select(vec![
            "1", "2", "3", "1/2", "2,5", "cp", "gouttes", "ml", "matin", "midi", "soir", "coucher", "x", "fois", "/j",
            "par jour", "par semaine", "toutes les", "6 h", "/", "7 j", "pendant", "2 semaines", "puis", "chacun", "si besoin",
            "max", "et", "à", "-", ",", "un jour sur deux", "lundi", "à jeun", "قرص", "قرصان", "صباحا", "ومساء", "واحدة",
            "مرات", "في اليوم", "لمدة", "أيام", "ثم", "عند الحاجة",
        ]), 1..9),
    ) {
        if let Ok(posology) = parse(&words.join(" "), Unit::Tablet) {
            for language in [Language::French, Language::Arabic] {
                prop_assert_eq!(parse(&sentence(&posology, language), Unit::Tablet).ok(), Some(posology.clone()));
            }
        }
    }
}
