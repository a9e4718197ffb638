//! The words of a posology, typed in French or Arabic, long or short, each as what it means.

use std::sync::LazyLock;

use super::posology::{Days, Meal};
use super::unit::Noun;
use super::{SpanUnit, Unit};
use crate::patient::names::normalise;
use crate::text::ascii_digits;

/// What a word means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
    /// Hundredths.
    Number(u32),
    /// A half, a quarter, three quarters.
    Part(u32),
    /// The Arabic "one" behind its noun.
    One,
    Unit(Unit),
    /// The Arabic two of a unit.
    Pair(Unit),
    Moment(usize),
    Times,
    PairOfTimes,
    PerDay,
    Every,
    Hour,
    PairOfHours,
    Span(SpanUnit),
    PairOfSpans(SpanUnit),
    For,
    Then,
    Needed,
    Most,
    Between,
    And,
    Dash,
    Slash,
    /// "chacun": the duration goes for each step.
    EachStep,
    Meal(Meal),
    Days(Days),
    Weekday(u8),
    Single,
    /// "par semaine", "/mois": clear only of one unit, since two of them may be one intake or two.
    PerPeriod(Days),
    /// "à": between two numbers a range, of which neither end is the posology.
    To,
    Filler,
    Unknown,
}

/// A token and where it stood, in bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placed {
    pub from: usize,
    pub to: usize,
    pub token: Token,
}

struct Lexeme {
    from: usize,
    to: usize,
    text: String,
    number: Option<u32>,
}

/// Phrases with what they mean, the longest first.
static PHRASES: LazyLock<Vec<(Vec<String>, Token)>> = LazyLock::new(|| {
    let mut phrases: Vec<(Vec<String>, Token)> = Vec::new();
    let mut say = |phrase: &str, token: Token| {
        let words: Vec<String> = lexemes(phrase).into_iter().map(|one| one.text).collect();
        if !words.is_empty() && !phrases.iter().any(|(known, _)| *known == words) {
            phrases.push((words, token));
        }
    };
    for (words, token) in FIXED {
        words.split('|').for_each(|word| say(word, *token));
    }
    for &unit in Unit::ALL {
        forms(&unit.noun(), &mut say, Token::Unit(unit), Some(Token::Pair(unit)));
    }
    for (unit, words) in ALIASES {
        words.split('|').for_each(|word| say(word, Token::Unit(*unit)));
    }
    for (noun, one, two) in [
        (Noun::DAY, Token::Span(SpanUnit::Days), Token::PairOfSpans(SpanUnit::Days)),
        (Noun::WEEK, Token::Span(SpanUnit::Weeks), Token::PairOfSpans(SpanUnit::Weeks)),
        (Noun::MONTH, Token::Span(SpanUnit::Months), Token::PairOfSpans(SpanUnit::Months)),
        (Noun::HOUR, Token::Hour, Token::PairOfHours),
        (Noun::TIME, Token::Times, Token::PairOfTimes),
    ] {
        forms(&noun, &mut say, one, Some(two));
    }
    phrases.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
    phrases
});

fn forms(noun: &Noun, say: &mut impl FnMut(&str, Token), one: Token, two: Option<Token>) {
    for form in [noun.fr, noun.fr_many, noun.ar, noun.ar_counted, noun.ar_many] {
        say(form, one);
    }
    if let Some(two) = two {
        say(noun.ar_two, two);
        say(noun.ar_two_governed, two);
    }
}

const ALIASES: &[(Unit, &str)] = &[
    (Unit::Tablet, "cp|cps|cpr|comp|comps|حبة|حبات|قرصا"),
    (Unit::Capsule, "gélu|gélul|glle|glles"),
    (Unit::Sachet, "sach|sachets-dose"),
    (Unit::Drop, "gtte|gttes|gte|gtt"),
    (Unit::Millilitre, "millilitre|millilitres|ملل|ملليلتر"),
    (Unit::Milligram, "milligramme|milligrammes|مغ"),
    (Unit::InternationalUnit, "unité|unités|u"),
    (Unit::Puff, "bouff|bouffee|bouffees"),
    (Unit::Spray, "pulv|spray|sprays"),
    (Unit::Application, "app|appli|applic"),
    (Unit::Suppository, "suppo|suppos"),
    (Unit::Ampoule, "amp"),
    (Unit::Teaspoon, "cac|càc|c à c|cuil à café|cuillère café"),
    (Unit::Tablespoon, "cas|càs|c à s|cuil à soupe|cuillère soupe"),
    (Unit::Patch, "patches|dispositif|dispositifs"),
    (Unit::Injection, "inj"),
];

const FIXED: &[(&str, Token)] = &[
    ("un|une", Token::Number(100)),
    ("deux", Token::Number(200)),
    ("trois|ثلاثة|ثلاث", Token::Number(300)),
    ("quatre|أربعة|أربع", Token::Number(400)),
    ("cinq|خمسة|خمس", Token::Number(500)),
    ("six|ستة|ست", Token::Number(600)),
    ("sept|سبعة|سبع", Token::Number(700)),
    ("huit|ثمانية|ثماني", Token::Number(800)),
    ("neuf|تسعة|تسع", Token::Number(900)),
    ("dix|عشرة|عشر", Token::Number(1000)),
    ("demi|demie|½|1/2|نصف", Token::Part(50)),
    ("quart|¼|1/4|ربع|un quart|un quart de", Token::Part(25)),
    ("trois quarts|¾|3/4|ثلاثة أرباع", Token::Part(75)),
    ("واحد|واحدة", Token::One),
    ("matin|mat|le matin|matins|صباحًا|الصباح|في الصباح|صباح", Token::Moment(0)),
    ("midi|le midi|ظهرًا|الظهر|عند الظهر|زوالا", Token::Moment(1)),
    ("soir|le soir|soirs|مساءً|المساء|في المساء|ليلا", Token::Moment(2)),
    ("coucher|au coucher|le soir au coucher|couch|nuit|la nuit|عند النوم|قبل النوم", Token::Moment(3)),
    ("x|×|*|fois", Token::Times),
    ("par jour|/ j|/ jour|/ 24 h|/ 24h|chaque jour|par 24 heures|في اليوم|يوميا|كل يوم", Token::PerDay),
    ("toutes les|tous les|ttes les|tte les|chaque|كل", Token::Every),
    ("tous les jours", Token::Days(Days::Every)),
    ("h|heure|heures", Token::Hour),
    ("j|jr|jrs", Token::Span(SpanUnit::Days)),
    ("sem|sems|اسابيع", Token::Span(SpanUnit::Weeks)),
    ("شهور", Token::Span(SpanUnit::Months)),
    ("pendant|pdt|pour|durant|لمدة|خلال", Token::For),
    ("puis|puis après|ensuite|ثم", Token::Then),
    ("si besoin|sb|au besoin|si nécessaire|si douleur|عند الحاجة|عند اللزوم", Token::Needed),
    ("max|maxi|maximum|sans dépasser|au maximum|ne pas dépasser|دون تجاوز|بحد أقصى|على الأكثر", Token::Most),
    (
        "en espaçant les prises d'au moins|espacées de|espacer de|espacer d'au moins|intervalle|intervalle de|intervalle minimum de|بفاصل",
        Token::Between,
    ),
    ("et|+|و", Token::And),
    ("-|–|—", Token::Dash),
    ("/", Token::Slash),
    ("chacun|chacune|chaque palier|par palier|لكل مرحلة|لكل منها", Token::EachStep),
    ("avant le repas|avant les repas|avant repas|av repas|قبل الأكل|قبل الوجبة|قبل الوجبات", Token::Meal(Meal::Before)),
    (
        "pendant le repas|pendant les repas|au repas|aux repas|au cours du repas|au cours des repas|أثناء الأكل|مع الأكل|مع الوجبات",
        Token::Meal(Meal::With),
    ),
    ("après le repas|après les repas|après repas|ap repas|بعد الأكل|بعد الوجبة|بعد الوجبات", Token::Meal(Meal::After)),
    ("à jeun|en dehors des repas|على الريق", Token::Meal(Meal::Fasting)),
    ("un jour sur deux|1 jour sur 2|1 j sur 2|1 j / 2|1j/2|يومًا بعد يوم|يوم بعد يوم", Token::Days(Days::Alternate)),
    (
        "une fois par semaine|1 fois par semaine|1 x par semaine|1x/sem|1 x / sem|1x/semaine|مرة واحدة في الأسبوع|مرة في الأسبوع",
        Token::Days(Days::Weekly),
    ),
    (
        "une fois par mois|1 fois par mois|1 x par mois|1x/mois|مرة واحدة في الشهر|مرة في الشهر",
        Token::Days(Days::Monthly),
    ),
    ("par semaine|/ sem|/ semaine|في الأسبوع", Token::PerPeriod(Days::Weekly)),
    ("par mois|/ mois|في الشهر", Token::PerPeriod(Days::Monthly)),
    ("à|إلى", Token::To),
    ("lundi|lundis|يوم الاثنين|الاثنين", Token::Weekday(0)),
    ("mardi|mardis|يوم الثلاثاء|الثلاثاء", Token::Weekday(1)),
    ("mercredi|mercredis|يوم الأربعاء|الأربعاء", Token::Weekday(2)),
    ("jeudi|jeudis|يوم الخميس|الخميس", Token::Weekday(3)),
    ("vendredi|vendredis|يوم الجمعة|الجمعة", Token::Weekday(4)),
    ("samedi|samedis|يوم السبت|السبت", Token::Weekday(5)),
    ("dimanche|dimanches|يوم الأحد|الأحد", Token::Weekday(6)),
    ("en une seule prise|en une prise|en une prise unique|prise unique|dose unique|دفعة واحدة", Token::Single),
    (
        "le|la|les|l|de|d|du|des|au|en|prendre|par prise|على الأقل|بين الجرعات|,|;|.|،|؛|:|(|)|au moins|minimum|min",
        Token::Filler,
    ),
];

/// The tokens of a text, in order.
pub(super) fn tokens(text: &str) -> Vec<Placed> {
    let lexemes = lexemes(text);
    let mut placed = Vec::with_capacity(lexemes.len());
    let mut at = 0;
    while at < lexemes.len() {
        let here = &lexemes[at];
        if let Some((length, token)) = phrase(&lexemes[at..], None) {
            placed.push(Placed { from: here.from, to: lexemes[at + length - 1].to, token });
            at += length;
        } else if let Some(hundredths) = here.number {
            placed.push(Placed { from: here.from, to: here.to, token: Token::Number(hundredths) });
            at += 1;
        } else if let Some((length, token)) =
            here.text.strip_prefix('و').and_then(|rest| phrase(&lexemes[at..], Some(rest)))
        {
            // The Arabic "and" is written onto the word that follows.
            placed.push(Placed { from: here.from, to: here.to, token: Token::And });
            placed.push(Placed { from: here.from, to: lexemes[at + length - 1].to, token });
            at += length;
        } else {
            placed.push(Placed { from: here.from, to: here.to, token: Token::Unknown });
            at += 1;
        }
    }
    placed
}

/// The words that a typed beginning could become, in the order of the lexicon.
pub(super) fn beginning_with(start: &str) -> impl Iterator<Item = &'static str> {
    let start = normalise(start);
    FIXED
        .iter()
        .map(|(words, _)| *words)
        .chain(Unit::ALL.iter().flat_map(|unit| [unit.noun().fr, unit.noun().fr_many, unit.noun().ar]))
        .flat_map(|words| words.split('|'))
        .filter(move |word| {
            let word = normalise(word);
            word.starts_with(&start) && word != start
        })
}

/// The longest phrase at the beginning, the first word replaced where another is given.
fn phrase(lexemes: &[Lexeme], first: Option<&str>) -> Option<(usize, Token)> {
    PHRASES.iter().find_map(|(words, token)| {
        let fits =
            words.len() <= lexemes.len()
                && words.iter().zip(lexemes).enumerate().all(|(at, (word, lexeme))| {
                    word == if at == 0 { first.unwrap_or(&lexeme.text) } else { &lexeme.text }
                });
        fits.then_some((words.len(), *token))
    })
}

/// Numbers, words in their search form, and single signs; blanks and apostrophes only separate.
fn lexemes(text: &str) -> Vec<Lexeme> {
    #[derive(PartialEq, Clone, Copy)]
    enum Sort {
        Digit,
        Letter,
        Sign,
        Gap,
    }
    let sort = |c: char| match c {
        '0'..='9' | '\u{660}'..='\u{669}' | '\u{6F0}'..='\u{6F9}' => Sort::Digit,
        '\'' | '’' => Sort::Gap,
        c if c.is_whitespace() || crate::text::is_invisible(c) => Sort::Gap,
        // Vowel marks and tatweel belong to the word they stand in.
        '\u{64B}'..='\u{65F}' | '\u{640}' | '\u{300}'..='\u{36F}' => Sort::Letter,
        c if c.is_alphabetic() => Sort::Letter,
        _ => Sort::Sign,
    };
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let end_of = |at: usize| chars.get(at).map_or(text.len(), |&(place, _)| place);
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let (from, first) = chars[at];
        let kind = sort(first);
        let mut next = at + 1;
        match kind {
            Sort::Gap => {}
            Sort::Sign => found.push(Lexeme { from, to: end_of(next), text: first.to_string(), number: None }),
            Sort::Letter => {
                while next < chars.len() && sort(chars[next].1) == Sort::Letter {
                    next += 1;
                }
                let to = end_of(next);
                found.push(Lexeme { from, to, text: normalise(&text[from..to]).replace(' ', ""), number: None });
            }
            Sort::Digit => {
                let digits = |mut next: usize| {
                    while next < chars.len() && sort(chars[next].1) == Sort::Digit {
                        next += 1;
                    }
                    next
                };
                next = digits(next);
                let whole = end_of(next);
                let mut hundredths = ascii_digits(&text[from..whole]).parse::<u32>().ok();
                hundredths = hundredths.and_then(|number| number.checked_mul(100));
                if next + 1 < chars.len()
                    && matches!(chars[next].1, '.' | ',' | '٫')
                    && sort(chars[next + 1].1) == Sort::Digit
                {
                    let after = next + 1;
                    next = digits(after);
                    let decimals = ascii_digits(&text[end_of(after)..end_of(next)]).into_owned();
                    let part = match decimals.len() {
                        1 => decimals.parse::<u32>().ok().map(|tenths| tenths * 10),
                        2 => decimals.parse().ok(),
                        _ => None,
                    };
                    hundredths = hundredths.zip(part).and_then(|(whole, part)| whole.checked_add(part));
                }
                let to = end_of(next);
                found.push(Lexeme { from, to, text: ascii_digits(&text[from..to]).into_owned(), number: hundredths });
            }
        }
        at = next;
    }
    found
}
