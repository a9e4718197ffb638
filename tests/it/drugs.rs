//! The drug base and the thesaurus: made-up ones here, the official ones where they stand beside the project.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use domain::role::Role;
use semainier_app::commands::drugs::wire::{
    CheckDrugsRequest, DrugRequest, FindingView, ImportDrugsRequest, ImportInteractionsRequest, SearchDrugsRequest,
};
use semainier_app::commands::takeover::{cancel_import, show_progress};
use semainier_app::commands::wire::NothingRequest;
use semainier_app::commands::{CommandError, Desk, drugs};
use tempfile::TempDir;

use crate::house::{House, code, verified};

/// Made-up official files: `count` drugs of a substance each, of which the first has a salt, a fraction and everything that hangs on
/// a drug.
pub fn made_up(count: usize) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let mut files: [(&str, String); 7] = [
        ("CIS_bdpm.txt", String::new()),
        ("CIS_COMPO_bdpm.txt", String::new()),
        ("CIS_CIP_bdpm.txt", String::new()),
        (
            "CIS_GENER_bdpm.txt",
            "1\tZETAMOL\t60000000\t0\t1\r\n1\tZETAMOL\t60000001\t1\t2\r\n1\tZETAMOL\t69999999\t1\t3\r\n".to_owned(),
        ),
        ("CIS_CPD_bdpm.txt", "60000000\tliste I\r\n\r\r\n60000000\tprescription limitee a 4 semaines\r\n".to_owned()),
        ("CIS_MITM.txt", "60000000\tN05BA01\tZETAMOL\thttp://exemple.invalid/?specid=60000000".to_owned()),
        (
            "CIS_CIP_Dispo_Spec.txt",
            "60000000\t\t1\tRupture de stock\t14/04/2026\t18/05/2026\t\thttp://exemple.invalid\r\n".to_owned(),
        ),
    ];
    for number in 0..count {
        let cis = 60_000_000 + number;
        let name = if number == 0 {
            "Z\u{c9}TAMOL LABO 5 mg, comprim\u{e9}".to_owned()
        } else {
            format!("PLOMBE{number} 10 mg, gel\u{e9}e")
        };
        files[0].1 += &format!(
            "{cis}\t{name}\tform\torale\tAutorisation active\tNat\tCommercialis\u{e9}e\t12/03/1998\t\t\t LABO\tNon\r\n"
        );
        let substance = if number == 0 {
            "CHLORHYDRATE DE PROZ\u{c9}TAMIDE".to_owned()
        } else {
            format!("SULFATE DE PLOMBE{number}")
        };
        files[1].1 += &format!("{cis}\tform\t{number:05}\t{substance}\t5 mg\tun\tSA\t1\r\n");
        files[2].1 += &format!(
            "{cis}\t{:07}\tplaquette\tactive\tx\t16/03/2011\t{:013}\toui\t65 %\t1,466,29\t1,469,05\t2,76\t\n",
            3_000_000 + number,
            3_400_930_000_000_u64 + number as u64
        );
    }
    files[1].1 += "60000000\tform\t99001\tZ\u{c9}TAMOL \t4 mg\tun\tFT\t1\r\n";
    for (name, text) in files {
        let bytes =
            if name == "CIS_CIP_bdpm.txt" { text.into_bytes() } else { text.chars().map(|c| c as u8).collect() };
        fs::write(folder.path().join(name), bytes).expect("written");
    }
    let pair = |a: &str, b: &str, level: &str| {
        format!(
            r#"{{"main_drug":"{a}","plus_drug":"{b}","severity_levels":[{{"level":"{level}","info":"à éviter"}}],"interaction_mechanism":"Somme des effets."}}"#
        )
    };
    let pairs = [
        pair("ZÉTAMOL", "IRRITANTS", "CONTRE-INDICATION"),
        pair("IRRITANTS", "ZÉTAMOL", "CONTRE-INDICATION"),
        pair("IRRITANTS", "AUTRES IRRITANTS", "A prendre en compte"),
    ];
    fs::write(folder.path().join("thesaurus-2020-10.json"), format!("[{}]", pairs.join(","))).expect("written");
    let substances = r#"[{"substance":"zétamol","drug_classes":[]},{"substance":"plombe1","drug_classes":["irritants"]},
        {"substance":"plombe2","drug_classes":["irritants","autres irritants"]}]"#;
    fs::write(folder.path().join("substances-2020-10.json"), substances).expect("written");
    folder
}

fn request(folder: &Path) -> ImportDrugsRequest {
    ImportDrugsRequest { folder: folder.to_string_lossy().into_owned(), ..Default::default() }
}

fn thesaurus(folder: &Path) -> ImportInteractionsRequest {
    let file = folder.join("thesaurus-2020-10.json").to_string_lossy().into_owned();
    ImportInteractionsRequest { file, substances: None, edition: None }
}

async fn found(desk: &Desk, text: &str) -> Vec<String> {
    let request = SearchDrugsRequest { text: text.to_owned(), limit: 5 };
    let found = drugs::search_drugs(desk, request).await.expect("a search");
    found.drugs.into_iter().map(|one| one.cis).collect()
}

async fn checked(desk: &Desk, substances: &[&str], cis: &[&str]) -> Vec<FindingView> {
    let own = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect();
    let request = CheckDrugsRequest { substances: own(substances), cis: own(cis), ..Default::default() };
    drugs::check_drugs(desk, request).await.expect("a check").findings
}

#[tokio::test(flavor = "multi_thread")]
async fn a_base_is_imported_searched_shown_and_checked() {
    let house = House::new().await;
    let desk = house.desk().await;
    assert_eq!(
        code(drugs::search_drugs(&desk, SearchDrugsRequest { text: "x".to_owned(), limit: 5 }).await),
        "no_drugs"
    );
    let nothing = CheckDrugsRequest { substances: vec!["x".to_owned()], ..Default::default() };
    assert_eq!(code(drugs::check_drugs(&desk, nothing).await), "no_thesaurus");
    let folder = made_up(10);
    let done = drugs::import_drugs(&desk, request(folder.path())).await.expect("imported");
    assert_eq!((done.drugs, done.compositions, done.presentations, done.conditions), (10, 11, 10, 2));
    assert_eq!((done.generics, done.orphans, done.rejected, done.edition.as_str()), (3, 1, 1, "2026-05-18"));
    let done = drugs::import_interactions(&desk, thesaurus(folder.path())).await.expect("imported");
    assert_eq!((done.pairs, done.substances, done.edition.as_str()), (3, 3, "2020-10"));
    assert_eq!((done.mapping.substances, done.mapping.by_name, done.mapping.by_fraction), (11, 3, 1));

    for text in ["zetamol", "ZÉTA", "zéta lab", "tamol", "prozetamide", "n05ba", "60000000", "3400930000000", "3000000"]
    {
        assert_eq!(found(&desk, text).await.first().map(String::as_str), Some("60000000"), "{text}");
    }
    for text in ["", "   ", "\"", "zetamol OR plombe AND", "* ^ -", "name:x"] {
        assert!(found(&desk, text).await.is_empty(), "{text}");
    }
    let drug = drugs::show_drug(&desk, DrugRequest { cis: "60000000".to_owned() }).await.expect("a drug");
    assert_eq!((drug.atc.as_str(), drug.substances.as_slice()), ("N05BA01", ["ZÉTAMOL".to_owned()].as_slice()));
    assert_eq!((drug.presentations[0].price_cents, drug.presentations[0].rate), (Some(146_629), Some(65)));
    assert_eq!((drug.generics.len(), drug.generics[2].name.as_str(), drug.shortages.len()), (3, "", 1));
    assert_eq!((drug.conditions[1].kind.as_str(), drug.conditions[1].number), ("limited_to_days", Some(28)));

    let by_name = checked(&desk, &["Zetamol", "plombe1 (sulfate de)"], &[]).await;
    assert_eq!(by_name.len(), 1, "{by_name:?}");
    let one = &by_name[0];
    assert_eq!((one.a.as_str(), one.level.as_str(), one.edition.as_str()), ("Zetamol", "contre-indication", "2020-10"));
    assert_eq!((one.mechanism.as_str(), one.advice.as_str()), ("Somme des effets.", "à éviter"));
    let by_cis = checked(&desk, &[], &["60000000", "60000001", "60000002"]).await;
    let levels: Vec<&str> = by_cis.iter().map(|one| one.level.as_str()).collect();
    assert_eq!(levels, ["contre-indication", "contre-indication", "à prendre en compte"]);
    assert_eq!(by_cis[0].a, "ZÉTAMOL", "through the therapeutic fraction");
    let same = checked(&desk, &["zétamol"], &["60000000"]).await;
    assert_eq!(same.iter().map(|one| one.kind.as_str()).collect::<Vec<_>>(), ["same_substance"]);
    let unknown = checked(&desk, &["zétamol", "inconnuline"], &["60000005"]).await;
    assert_eq!(unknown.iter().map(|one| one.level.as_str()).collect::<Vec<_>>(), ["unknown", "unknown"]);
    let missing = CheckDrugsRequest { cis: vec!["69999999".to_owned()], ..Default::default() };
    assert_eq!(code(drugs::check_drugs(&desk, missing).await), "drug_not_found");
    assert!(verified(&desk).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_wrong_with_a_file_leaves_the_edition_in_use() {
    let house = House::new().await;
    let desk = house.desk().await;
    let good = made_up(3);
    drugs::import_drugs(&desk, request(good.path())).await.expect("imported");
    drugs::import_interactions(&desk, thesaurus(good.path())).await.expect("imported");
    let whole = fs::read(good.path().join("CIS_bdpm.txt")).expect("read");
    let second = whole.iter().position(|b| *b == b'\n').expect("a line") + 1;
    let missing = [&whole[..second], b"60000001\tX\r\n", &whole[second..]].concat();
    let nul = [&whole[..second], b"6000\0\r\n", &whole[second..]].concat();
    let utf8 = whole.iter().map(|b| *b as char).collect::<String>().into_bytes();
    let huge = [&whole[..second], &vec![b'x'; 100_000], &whole[second..]].concat();
    let cases: [(&[u8], &str, &str); 6] = [
        (&missing, "drugs_columns", "2"),
        (&whole[..whole.len() - 4], "drugs_line_cut", "3"),
        (&nul, "drugs_wrong_encoding", "2"),
        (&utf8, "drugs_wrong_encoding", "1"),
        (&huge, "drugs_line_too_long", "2"),
        (b"", "drugs_file_empty", ""),
    ];
    for (bytes, expected, line) in cases {
        let bad = made_up(7);
        fs::write(bad.path().join("CIS_bdpm.txt"), bytes).expect("written");
        let refused = drugs::import_drugs(&desk, request(bad.path())).await.expect_err("refused");
        assert_eq!(refused.code, expected);
        assert_eq!(refused.parameters.get("file").map(String::as_str), Some("CIS_bdpm.txt"));
        assert_eq!(refused.parameters.get("line").map_or("", String::as_str), line, "{expected}");
    }
    let bad = made_up(7);
    fs::remove_file(bad.path().join("CIS_MITM.txt")).expect("removed");
    assert_eq!(code(drugs::import_drugs(&desk, request(bad.path())).await), "drugs_file_missing");
    fs::write(bad.path().join("thesaurus-2020-10.json"), "[{").expect("written");
    assert_eq!(code(drugs::import_interactions(&desk, thesaurus(bad.path())).await), "thesaurus_form");
    fs::remove_file(bad.path().join("substances-2020-10.json")).expect("removed");
    assert_eq!(code(drugs::import_interactions(&desk, thesaurus(bad.path())).await), "substances_file_missing");
    assert_eq!(found(&desk, "plombe").await.len(), 2, "the three drugs of before");
    assert_eq!(checked(&desk, &["zetamol", "plombe1"], &[]).await.len(), 1);
    drugs::import_drugs(&desk, request(made_up(5).path())).await.expect("the next edition");
    assert_eq!(found(&desk, "plombe").await.len(), 4, "nothing of the edition before is left");
    assert_eq!(checked(&desk, &[], &["60000000", "60000001"]).await.len(), 1, "and it is linked again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secretary_looks_drugs_up_and_replaces_no_base() {
    use semainier_app::commands::access;
    use semainier_app::commands::access::wire::AddUserRequest;
    let house = House::new().await;
    let desk = house.desk().await;
    let folder = made_up(2);
    drugs::import_drugs(&desk, request(folder.path())).await.expect("imported");
    let add = AddUserRequest {
        login: "samia".to_owned(),
        name: "Samia".to_owned(),
        role: Role::Secretary.as_str().to_owned(),
        administrator: false,
        practitioner_id: None,
        password: crate::house::OTHER.to_owned(),
    };
    access::add_user(&desk, add).await.expect("a secretary");
    let samia = house.sign_in("samia", crate::house::OTHER).await.expect("signed in");
    assert_eq!(found(&samia, "zetamol").await.len(), 1);
    assert_eq!(code(drugs::import_drugs(&samia, request(folder.path())).await), "permission_denied");
    assert_eq!(code(drugs::import_interactions(&samia, thesaurus(folder.path())).await), "permission_denied");
}

/// Set for the child: the vault's folder, and that of the files.
const CHILD: &str = "SEMAINIER_DRUGS_CHILD";
const FILES: &str = "SEMAINIER_DRUGS_FILES";

/// The child: imports, and says when it is in the middle. Does nothing in a plain test run.
#[tokio::test(flavor = "multi_thread")]
async fn child_imports_until_it_is_killed() {
    let (Some(vault), Some(files)) = (std::env::var_os(CHILD), std::env::var_os(FILES)) else { return };
    let house = House::at(vault.into());
    let desk = house.desk().await;
    let watched = desk.clone();
    let watch = tokio::spawn(async move {
        loop {
            let progress = show_progress(&watched, NothingRequest {}).await.expect("progress");
            // The reading counts in hundreds: a done of more than its files is the writing.
            if progress.running && progress.done > 2_000 {
                println!("writing {}", progress.done);
                return;
            }
            tokio::task::yield_now().await;
        }
    });
    let done = drugs::import_drugs(&desk, request(Path::new(&files))).await;
    watch.abort();
    println!("done {}", done.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_killed_in_the_middle_of_an_import_leaves_the_edition_in_use() {
    use std::io::{BufRead, BufReader};
    use std::process::{Command, Stdio};
    let house = House::without_keyring().await;
    let desk = house.desk().await;
    drugs::import_drugs(&desk, request(made_up(3).path())).await.expect("imported");
    drop(desk);
    let next = made_up(30_000);
    let mut child = Command::new(std::env::current_exe().expect("this test"))
        .args(["drugs::child_imports_until_it_is_killed", "--exact", "--nocapture", "--test-threads=1"])
        .env(CHILD, &house.vault)
        .env(FILES, next.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the child starts");
    let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines().map_while(Result::ok);
    let writing = lines.find(|line| line.contains("writing ") || line.contains("done "));
    child.kill().expect("killed");
    child.wait().expect("it is over");
    assert!(writing.is_some_and(|line| line.contains("writing ")), "killed while it wrote");
    let desk = house.desk().await;
    assert_eq!(found(&desk, "plombe").await.len(), 2, "the drugs of before, no more and no less");
    assert!(verified(&desk).await);
    drugs::import_drugs(&desk, request(next.path())).await.expect("begun again");
    assert_eq!(found(&desk, "plombe29999").await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_import_leaves_the_edition_in_use() {
    let house = House::new().await;
    let desk = house.desk().await;
    drugs::import_drugs(&desk, request(made_up(3).path())).await.expect("imported");
    let next = made_up(30_000);
    let importing = desk.clone();
    let asked = request(next.path());
    let import = tokio::spawn(async move { drugs::import_drugs(&importing, asked).await });
    while show_progress(&desk, NothingRequest {}).await.expect("progress").done <= 2_000 {
        assert!(!import.is_finished(), "over before it could be stopped");
        tokio::task::yield_now().await;
    }
    cancel_import(&desk, NothingRequest {}).await.expect("asked");
    let refused: Result<_, CommandError> = import.await.expect("it ends");
    assert_eq!(code(refused), "cancelled");
    assert_eq!(found(&desk, "plombe").await.len(), 2);
}

/// A folder of the shared data, or a word about why the test has nothing to do.
pub fn shared(name: &str) -> Option<PathBuf> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let folder = std::env::var_os("SEMAINIER_SHARED_DATA").map_or(beside, PathBuf::from).join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: {name} is not in ../shared/data");
    None
}

#[tokio::test(flavor = "multi_thread")]
async fn the_official_base_and_thesaurus_come_in_whole() {
    let (Some(bdpm), Some(ansm)) = (shared("bdpm"), shared("ansm")) else { return };
    let house = House::new().await;
    let desk = house.desk().await;
    let begun = Instant::now();
    let done = drugs::import_drugs(&desk, request(&bdpm)).await.expect("imported");
    println!("drugs in {:?}: {done:?}", begun.elapsed());
    // CIS_CPD has 28,154 lines, three of which hold only CR: they are put aside, not kept as conditions of no drug.
    assert_eq!((done.drugs, done.compositions, done.presentations), (15_848, 32_389, 20_903));
    assert_eq!((done.conditions, done.rejected, done.conditions + done.rejected), (28_151, 3, 28_154));
    assert_eq!((done.generics, done.shortages), (10_704, 766));
    assert_eq!(done.edition, "2026-05-19", "the newest day in the files; 2924 is none");
    let begun = Instant::now();
    let done = drugs::import_interactions(&desk, thesaurus(&ansm)).await.expect("imported");
    println!("thesaurus in {:?}: {done:?}", begun.elapsed());
    assert_eq!((done.pairs, done.substances, done.classes), (3_139, 1_084, 191));

    let mapping = drugs::show_mapping(&desk, NothingRequest {}).await.expect("a report");
    let counts = mapping.counts;
    println!("{counts:?}");
    assert_eq!(counts.substances, counts.by_name + counts.by_fraction + counts.homeopathic + counts.unlinked);
    assert_eq!(counts.substances, 3_896);
    for one in mapping.substances.iter().filter(|one| one.through.is_empty()).take(150) {
        println!("not linked: {} ({} drugs)", one.name, one.drugs);
    }
    assert!(!mapping.substances.iter().any(|one| one.through == "name" && one.name.contains("HOMÉOPATHIQUE")));
    for name in
        ["PARACÉTAMOL", "ACIDE ACÉTYLSALICYLIQUE", "WARFARINE SODIQUE", "IBUPROFÈNE", "CHLORHYDRATE DE TRAMADOL"]
    {
        if let Some(one) = mapping.substances.iter().find(|one| one.name == name) {
            assert!(!one.term.is_empty(), "{name}");
        }
    }

    let mut slowest = Duration::ZERO;
    for text in [
        "d",
        "do",
        "dolip",
        "doliprane 1000",
        "paracetamol",
        "amox clav",
        "N02BE01",
        "3400949497294",
        "60002283",
        "prane",
        "é",
        "sol inj",
    ] {
        let begun = Instant::now();
        let some = found(&desk, text).await;
        slowest = slowest.max(begun.elapsed());
        println!("{text}: {:?} {some:?}", begun.elapsed());
        assert!(!some.is_empty(), "{text}");
    }
    println!("slowest search {slowest:?}");

    let level = |found: &[FindingView]| found.iter().map(|one| one.level.clone()).collect::<Vec<_>>();
    let gravest = checked(&desk, &["clarithromycine", "simvastatine"], &[]).await;
    assert!(level(&gravest).contains(&"contre-indication".to_owned()), "{gravest:?}");
    let salts = checked(&desk, &["CHLORHYDRATE D'AMIODARONE", "WARFARINE SODIQUE"], &[]).await;
    assert_eq!(level(&salts), level(&checked(&desk, &["amiodarone", "warfarine"], &[]).await));
    assert!(!salts.is_empty());

    let substances: Vec<String> = [
        "amiodarone",
        "warfarine",
        "simvastatine",
        "clarithromycine",
        "ibuprofène",
        "lithium",
        "ramipril",
        "spironolactone",
        "digoxine",
        "furosémide",
        "fluoxétine",
        "tramadol",
    ]
    .map(str::to_owned)
    .into();
    let current: Vec<String> = [
        "carbamazépine",
        "millepertuis",
        "méthotrexate",
        "acide acétylsalicylique",
        "clopidogrel",
        "metformine",
        "lévothyroxine",
        "calcium",
        "oméprazole",
        "citalopram",
    ]
    .map(str::to_owned)
    .into();
    let mut times = Vec::new();
    for _ in 0..200 {
        let request = CheckDrugsRequest {
            substances: substances.clone(),
            current_substances: current.clone(),
            ..Default::default()
        };
        let begun = Instant::now();
        let found = drugs::check_drugs(&desk, request).await.expect("a check").findings;
        times.push(begun.elapsed());
        assert!(found.len() > 20);
        assert!(found.iter().all(|one| one.kind != "unknown"), "{found:?}");
    }
    times.sort();
    println!("12 lines against 10 treatments: median {:?}, p99 {:?}", times[100], times[197]);
}

/// Every pair that the thesaurus' own files join, read independently of the importer, is found.
#[tokio::test(flavor = "multi_thread")]
async fn every_pair_of_the_thesaurus_is_found_between_members_of_its_classes() {
    use std::collections::BTreeMap;
    let Some(ansm) = shared("ansm") else { return };
    let house = House::new().await;
    let desk = house.desk().await;
    drugs::import_interactions(&desk, thesaurus(&ansm)).await.expect("imported");
    let read = |name: &str| -> Vec<serde_json::Value> {
        serde_json::from_slice(&fs::read(ansm.join(name)).expect("read")).expect("JSON")
    };
    // Names here are compared by their letters alone: no accents are told apart, and none of the importer's code is used.
    let plain = |text: &str| -> String {
        let fold = |c: char| match c {
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'à' | 'â' => 'a',
            'ï' | 'î' => 'i',
            'ô' => 'o',
            'û' | 'ù' => 'u',
            'ç' => 'c',
            c => c,
        };
        text.to_lowercase().replace('œ', "oe").chars().map(fold).filter(|c| c.is_alphanumeric()).collect()
    };
    let mut members: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for entry in read("substances-2020-10.json") {
        let name = entry["substance"].as_str().expect("a name");
        members.entry(plain(name)).or_default().push(name.to_owned());
        for class in entry["drug_classes"].as_array().expect("classes") {
            members.entry(plain(class.as_str().expect("a class"))).or_default().push(name.to_owned());
        }
    }
    let (mut asked, mut nobody) = (0, 0);
    for (number, entry) in read("thesaurus-2020-10.json").iter().enumerate() {
        let of = |name: &str| members.get(&plain(entry[name].as_str().expect("a name"))).cloned().unwrap_or_default();
        let (left, right) = (of("main_drug"), of("plus_drug"));
        // One member of each, another one for every entry.
        let pair = left
            .iter()
            .cycle()
            .skip(number % left.len().max(1))
            .take(left.len())
            .find_map(|a| right.iter().find(|b| plain(b) != plain(a)).map(|b| (a.clone(), b.clone())));
        let Some((a, b)) = pair else {
            nobody += 1;
            continue;
        };
        let found = checked(&desk, &[&a, &b], &[]).await;
        let levels = entry["severity_levels"].as_array().expect("levels");
        for level in levels {
            let level = plain(level["level"].as_str().expect("a level"));
            let told = found.iter().any(|one| level.ends_with(&plain(&one.level).replace("aprendre", "prendre")));
            assert!(told, "entry {number}: {a} and {b}, {level}: {found:?}");
        }
        asked += 1;
    }
    println!("{asked} entries found, {nobody} that have no substance on one side");
    assert!(asked > 2_900 && asked + nobody == 3_139);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_base_comes_in_from_an_archive_and_a_bad_archive_leaves_the_edition() {
    use std::io::Write;
    let house = House::new().await;
    let desk = house.desk().await;
    let folder = made_up(4);
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for entry in fs::read_dir(folder.path()).expect("a folder").flatten() {
        let name = format!("base/{}", entry.file_name().to_string_lossy());
        archive.start_file(name, zip::write::SimpleFileOptions::default()).expect("begun");
        archive.write_all(&fs::read(entry.path()).expect("read")).expect("packed");
    }
    let bytes = archive.finish().expect("an archive").into_inner();
    let place = folder.path().join("base.zip");
    fs::write(&place, &bytes).expect("written");
    let done = drugs::import_drugs(&desk, request(&place)).await.expect("imported");
    assert_eq!((done.drugs, done.edition.as_str()), (4, "2026-05-18"));
    fs::write(&place, &bytes[..bytes.len() / 2]).expect("written");
    assert_eq!(code(drugs::import_drugs(&desk, request(&place)).await), "drugs_archive");
    assert_eq!(found(&desk, "plombe").await.len(), 3);
}
