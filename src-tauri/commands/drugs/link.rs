//! Links the substances of the drug base with the thesaurus, whenever one of the two was replaced: by name, else through the
//! therapeutic fraction that stands beside the substance in some drug.

use std::collections::{BTreeMap, HashMap};

use domain::drug::substance::{base, candidates, is_homeopathic};
use serde_json::json;

use super::wire::MappingCountsView;
use crate::commands::CommandError;
use crate::store::drug::{CompositionRow, SUBSTANCE, fill};
use crate::store::{Connection, drug, interaction};

struct Linked {
    name: String,
    homeopathic: bool,
    term: Option<i64>,
    through: &'static str,
}

/// Writes the link of every substance; none may be there yet.
pub(super) async fn link(connection: &mut Connection) -> Result<MappingCountsView, CommandError> {
    let rows = drug::composition(connection, None).await?;
    let known = interaction::substances_by_key(connection).await?;
    let linked = tokio::task::block_in_place(|| linked(&rows, &known));
    let mut counts = MappingCountsView::default();
    for one in linked.values() {
        counts.substances += 1;
        *match one.through {
            "name" => &mut counts.by_name,
            "fraction" => &mut counts.by_fraction,
            "homeopathic" => &mut counts.homeopathic,
            _ => &mut counts.unlinked,
        } += 1;
    }
    let row = |(code, one): (&&str, &Linked)| json!([code, one.name, base(&one.name), one.term, one.through]);
    let values: Vec<serde_json::Value> = linked.iter().map(row).collect();
    fill(connection, &SUBSTANCE, values, |_| Ok::<(), CommandError>(())).await?;
    Ok(counts)
}

fn linked<'a>(rows: &'a [CompositionRow], known: &HashMap<String, i64>) -> BTreeMap<&'a str, Linked> {
    let mut names: HashMap<&str, Option<i64>> = HashMap::new();
    let mut all: BTreeMap<&str, Linked> = BTreeMap::new();
    let mut fractions: HashMap<(i64, i64), Vec<&str>> = HashMap::new();
    for row in rows {
        let by_name = *names
            .entry(&row.substance)
            .or_insert_with(|| candidates(&row.substance).iter().find_map(|key| known.get(key).copied()));
        let one = all.entry(&row.code).or_insert_with(|| Linked {
            name: row.substance.clone(),
            homeopathic: false,
            term: None,
            through: "",
        });
        // A code may come under several names: any of them that is known will do.
        if one.term.is_none() && by_name.is_some() {
            (one.term, one.through) = (by_name, "name");
        }
        one.homeopathic |= is_homeopathic(&row.substance);
        if row.fraction {
            fractions.entry((row.cis, row.link)).or_default().push(&row.code);
        }
    }
    for row in rows.iter().filter(|row| !row.fraction) {
        if all.get(row.code.as_str()).is_some_and(|one| one.term.is_some()) {
            continue;
        }
        let beside = fractions.get(&(row.cis, row.link)).into_iter().flatten();
        let term = beside.filter_map(|code| all.get(code)).find_map(|one| one.term.filter(|_| one.through == "name"));
        if let (Some(term), Some(one)) = (term, all.get_mut(row.code.as_str())) {
            (one.term, one.through) = (Some(term), "fraction");
        }
    }
    for one in all.values_mut().filter(|one| one.term.is_none() && one.homeopathic) {
        one.through = "homeopathic";
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cis: i64, code: &str, substance: &str, fraction: bool, link: i64) -> CompositionRow {
        CompositionRow {
            cis,
            code: code.to_owned(),
            substance: substance.to_owned(),
            dosage: String::new(),
            fraction,
            link,
            element: String::new(),
            reference: String::new(),
            term: None,
        }
    }

    #[test]
    fn a_substance_is_linked_by_its_name_else_through_its_fraction_and_never_by_a_stock() {
        let rows = [
            row(1, "a", "CHLORHYDRATE DE ZETAMOL", false, 1),
            row(1, "b", "ZETAMOL", true, 1),
            row(2, "c", "PROPLOMBE", false, 1),
            row(2, "d", "PLOMBE", true, 1),
            row(3, "e", "PROPLOMBE BIS", false, 1),
            row(3, "f", "AUTRE", true, 2),
            row(4, "g", "PLOMBE POUR PRÉPARATIONS HOMÉOPATHIQUES", false, 1),
        ];
        let known = HashMap::from([("zetamol".to_owned(), 7), ("plombe".to_owned(), 8)]);
        let linked = linked(&rows, &known);
        let of = |code: &str| (linked[code].term, linked[code].through);
        assert_eq!((of("a"), of("b")), ((Some(7), "name"), (Some(7), "name")));
        assert_eq!(of("c"), (Some(8), "fraction"));
        assert_eq!(of("e"), (None, ""), "the fraction of another substance is none of its own");
        assert_eq!(of("g"), (None, "homeopathic"));
    }
}
