//! Checks lines and treatments: looks their substances up and lets the rule of room `domain` speak.

use std::collections::{BTreeSet, HashMap};

use domain::drug::check::{Entry, Kind, Line, Substance, check};
use domain::drug::substance::{base, candidates};
use domain::role::Permission;

use super::cis_of;
use super::wire::{CheckDrugsRequest, CheckedDrugsView, FindingView};
use crate::commands::{CommandError, Desk};
use crate::store::drug::{self, CompositionRow};
use crate::store::{Connection, interaction};

/// A request holds no more lines than this.
const LINES: usize = 200;
/// A name longer than any substance's.
const NAME: usize = 300;

/// Checks lines against each other and against what is taken already.
///
/// # Errors
/// `no_thesaurus` where none was imported, `nothing_to_check`, `too_many_lines`, `bad_cis`, `drug_not_found`, `permission_denied`.
pub async fn check_drugs(desk: &Desk, request: CheckDrugsRequest) -> Result<CheckedDrugsView, CommandError> {
    let mut connection = desk.read(Permission::ReadDrugs, "check_drugs").await?;
    let lists = [&request.substances, &request.cis, &request.current_substances, &request.current_cis];
    let asked: usize = lists.iter().map(|list| list.len()).sum();
    if asked == 0 {
        return Err(CommandError::field("nothing_to_check", "substances"));
    }
    if asked > LINES || lists.iter().any(|list| list.iter().any(|text| text.len() > NAME)) {
        return Err(CommandError::field("too_many_lines", "substances").with("limit", LINES));
    }
    let editions = drug::editions(&mut connection).await?;
    let edition = |base: &str| editions.iter().find(|one| one.base == base).map(|one| one.edition.clone());
    let edition_used = edition("interactions").ok_or_else(|| CommandError::new("no_thesaurus"))?;
    let mut lines = Vec::with_capacity(asked);
    named(&mut connection, &request.substances, false, &mut lines).await?;
    drugs(&mut connection, &request.cis, false, &mut lines).await?;
    named(&mut connection, &request.current_substances, true, &mut lines).await?;
    drugs(&mut connection, &request.current_cis, true, &mut lines).await?;

    let told = told(&mut connection, &mut lines).await?;
    let entries: Vec<_> = told.iter().map(|(entry, _, _)| entry.clone()).collect();
    let findings = check(&lines, &entries)
        .into_iter()
        .map(|finding| {
            let name = |line: usize, substance: Option<usize>| {
                substance.map_or_else(|| lines[line].label.clone(), |at| lines[line].substances[at].name.clone())
            };
            let mut view = FindingView {
                kind: "unknown".to_owned(),
                a: name(finding.a.0, finding.a.1),
                b: finding.b.map(|(line, at)| name(line, Some(at))).unwrap_or_default(),
                a_line: lines[finding.a.0].label.clone(),
                b_line: finding.b.map(|(line, _)| lines[line].label.clone()).unwrap_or_default(),
                level: "unknown".to_owned(),
                level_word: String::new(),
                mechanism: String::new(),
                advice: String::new(),
                through: String::new(),
                edition: edition_used.clone(),
            };
            match finding.kind {
                Kind::Interaction(level, number) => {
                    let (entry, a, b) = &told[number];
                    view.kind = "interaction".to_owned();
                    view.level = level.french().to_owned();
                    view.level_word = level.as_str().to_owned();
                    view.mechanism = entry.mechanism.clone();
                    view.advice = entry.advice.clone();
                    view.through = format!("{a} + {b}");
                }
                Kind::SameSubstance => {
                    view.kind = "same_substance".to_owned();
                    view.level = "même substance".to_owned();
                }
                Kind::Unknown => {}
            }
            view
        })
        .collect();
    Ok(CheckedDrugsView { findings, edition: edition_used, drugs_edition: edition("drugs").unwrap_or_default() })
}

/// Gives the substances of lines their classes, and what the thesaurus says among all of them.
pub(in crate::commands) async fn told(
    connection: &mut Connection,
    lines: &mut [Line],
) -> Result<Vec<(Entry, String, String)>, CommandError> {
    let own: BTreeSet<i64> = lines.iter().flat_map(|line| &line.substances).filter_map(|one| one.term).collect();
    let mut terms = own.clone();
    let mut classes: HashMap<i64, Vec<i64>> = HashMap::new();
    for (substance, class) in interaction::classes(connection, &own.into_iter().collect::<Vec<_>>()).await? {
        classes.entry(substance).or_default().push(class);
        terms.insert(class);
    }
    for substance in lines.iter_mut().flat_map(|line| &mut line.substances) {
        substance.classes = substance.term.and_then(|term| classes.get(&term).cloned()).unwrap_or_default();
    }
    Ok(interaction::entries(connection, &terms.into_iter().collect::<Vec<_>>()).await?)
}

/// Substances as somebody typed them.
pub(in crate::commands) async fn named(
    connection: &mut Connection,
    names: &[String],
    current: bool,
    lines: &mut Vec<Line>,
) -> Result<(), CommandError> {
    let names: Vec<&str> = names.iter().map(|name| name.trim()).filter(|name| !name.is_empty()).collect();
    if names.is_empty() {
        return Ok(());
    }
    let keys: Vec<Vec<String>> = names.iter().map(|name| candidates(name)).collect();
    let known = interaction::terms(connection, &keys.concat()).await?;
    let found: Vec<Option<i64>> = keys.iter().map(|keys| keys.iter().find_map(|key| known.get(key).copied())).collect();
    let bases: Vec<String> = names.iter().map(|name| base(name)).collect();
    // A name that the thesaurus does not have may be one that the drug base joins with it through a fraction.
    let open: Vec<String> = found
        .iter()
        .zip(&keys)
        .zip(&bases)
        .filter(|((term, keys), _)| term.is_none() && !keys.is_empty())
        .map(|(_, b)| b.clone())
        .collect();
    let through = interaction::linked_bases(connection, &open).await?;
    for (at, name) in names.iter().enumerate() {
        let term = found[at].or_else(|| through.get(&bases[at]).copied().filter(|_| !keys[at].is_empty()));
        let substance = Substance { name: (*name).to_owned(), base: bases[at].clone(), term, classes: Vec::new() };
        lines.push(Line { label: (*name).to_owned(), substances: vec![substance], current });
    }
    Ok(())
}

/// Drugs, each with the substances of its composition.
async fn drugs(
    connection: &mut Connection,
    codes: &[String],
    current: bool,
    lines: &mut Vec<Line>,
) -> Result<(), CommandError> {
    let codes: Vec<i64> = codes.iter().map(|code| cis_of(code)).collect::<Result<_, _>>()?;
    if codes.is_empty() {
        return Ok(());
    }
    let rows = drug::composition(connection, Some(&codes)).await?;
    for code in codes {
        let label = drug::name(connection, code)
            .await?
            .ok_or_else(|| CommandError::field("drug_not_found", "cis").with("cis", format!("{code:08}")))?;
        let own: Vec<&CompositionRow> = rows.iter().filter(|row| row.cis == code).collect();
        lines.push(Line { label, substances: substances(&own), current });
    }
    Ok(())
}

/// One substance a link: its therapeutic fractions where one of them is known to the thesaurus, else what is known of the substance.
pub(in crate::commands) fn substances(rows: &[&CompositionRow]) -> Vec<Substance> {
    let mut links: Vec<i64> = rows.iter().map(|row| row.link).collect();
    links.sort_unstable();
    links.dedup();
    let mut all: Vec<Substance> = Vec::new();
    for link in links {
        let of = |fraction: bool| rows.iter().filter(move |row| row.link == link && row.fraction == fraction);
        let linked = |fraction: bool| of(fraction).filter(|row| row.term.is_some()).collect::<Vec<_>>();
        let mut chosen = linked(true);
        if chosen.is_empty() {
            chosen = linked(false);
        }
        if chosen.is_empty() {
            chosen = of(true).take(1).collect();
        }
        if chosen.is_empty() {
            chosen = of(false).collect();
        }
        for row in chosen {
            let one = Substance {
                name: row.substance.clone(),
                base: base(&row.substance),
                term: row.term,
                classes: Vec::new(),
            };
            if !all.iter().any(|other| other.base == one.base || (one.term.is_some() && other.term == one.term)) {
                all.push(one);
            }
        }
    }
    all
}
