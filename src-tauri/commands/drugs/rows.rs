//! What is written of a drug base and of a thesaurus, table by table: plain values in the order of each table's columns. No more than
//! one table is in memory in this form at a time.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::drug::substance::is_homeopathic;
use domain::patient::names::normalise;
use serde_json::{Value, json};

use crate::import::drugs::{Drug, DrugBase};
use crate::import::interactions::Thesaurus;
use crate::store::drug::{self, Table};

/// A base with what its rows are made from.
pub(super) struct BaseRows<'a> {
    base: &'a DrugBase,
    /// Marketed first, then by name: the place is the drug's number.
    ranked: Vec<&'a Drug>,
    /// Fractions and substances: all names under which a drug is found.
    names: HashMap<i64, Vec<&'a str>>,
    /// One name a substance: its fraction where it has one.
    shown: HashMap<i64, Vec<&'a str>>,
    packs: HashMap<i64, String>,
}

/// A table and the values of its rows.
type Step<Of> = (&'static Table, fn(&Of) -> Vec<Value>);

/// The tables of the drug base, in the order in which they refer to each other.
pub(super) fn base_tables<'a>() -> [Step<BaseRows<'a>>; 8] {
    [
        (&drug::DRUG, drugs),
        (&drug::WORDS, words),
        (&drug::PARTS, parts),
        (&drug::COMPOSITION, compositions),
        (&drug::PRESENTATION, presentations),
        (&drug::GENERIC, generics),
        (&drug::CONDITION, conditions),
        (&drug::SHORTAGE, shortages),
    ]
}

/// The tables of the thesaurus.
pub(super) const THESAURUS: [Step<Thesaurus>; 4] =
    [(&drug::TERM, terms), (&drug::MEMBER, members), (&drug::PAIR, pairs), (&drug::LEVEL, levels)];

impl<'a> BaseRows<'a> {
    /// What a base's rows are made from.
    pub fn new(base: &'a DrugBase) -> Self {
        let mut ranked: Vec<&Drug> = base.drugs.iter().collect();
        ranked.sort_by_cached_key(|drug| (!drug.marketed(), normalise(&drug.name), drug.cis));
        let mut fractions: HashMap<(i64, i64), &str> = HashMap::new();
        for row in base.compositions.iter().filter(|row| row.row.fraction) {
            fractions.insert((row.cis, row.row.link), &row.row.substance);
        }
        let (mut names, mut shown): (HashMap<_, Vec<&str>>, HashMap<_, Vec<&str>>) = Default::default();
        let add = |all: &mut HashMap<i64, Vec<&'a str>>, cis: i64, name: &'a str| {
            let own = all.entry(cis).or_default();
            if !own.contains(&name) {
                own.push(name);
            }
        };
        for row in &base.compositions {
            let plain = row.row.substance.as_str();
            add(&mut names, row.cis, plain);
            let fraction = fractions.get(&(row.cis, row.row.link)).copied().filter(|_| !is_homeopathic(plain));
            add(&mut shown, row.cis, fraction.unwrap_or(plain));
        }
        let mut packs: HashMap<i64, String> = HashMap::new();
        for row in &base.presentations {
            let all = packs.entry(row.cis).or_default();
            all.push_str(&format!(" {} {}", row.row.cip13, row.row.cip7));
        }
        Self { base, ranked, names, shown, packs }
    }

    /// How many rows there are.
    pub fn total(&self) -> usize {
        let base = self.base;
        base.drugs.len() * 3
            + base.compositions.len()
            + base.presentations.len()
            + base.generics.len()
            + base.conditions.len()
            + base.shortages.len()
    }

    fn atc(&self, cis: i64) -> &str {
        self.base.atc.get(&cis).map_or("", String::as_str)
    }

    fn searched(&self, cis: i64) -> String {
        normalise(&self.names.get(&cis).map(|names| names.join(" ")).unwrap_or_default())
    }

    fn numbered(&self) -> impl Iterator<Item = (usize, &'a Drug)> + '_ {
        self.ranked.iter().enumerate().map(|(at, drug)| (at + 1, *drug))
    }
}

fn day(date: Option<NaiveDate>) -> String {
    date.map(|date| date.to_string()).unwrap_or_default()
}

fn drugs(of: &BaseRows<'_>) -> Vec<Value> {
    let row = |(number, one): (usize, &Drug)| {
        let shown = of.shown.get(&one.cis).map(|names| names.join(";")).unwrap_or_default();
        json!([
            number,
            one.cis,
            one.name,
            one.form,
            one.routes.join(";"),
            one.authorisation,
            one.procedure,
            one.marketing,
            day(one.authorised_on),
            one.bdm_status,
            one.eu_number,
            one.holders.join(";"),
            i64::from(one.surveillance),
            shown,
            of.atc(one.cis)
        ])
    };
    of.numbered().map(row).collect()
}

fn words(of: &BaseRows<'_>) -> Vec<Value> {
    let row = |(number, one): (usize, &Drug)| {
        let packs = of.packs.get(&one.cis).map_or("", String::as_str);
        let codes = format!("{:08} {}{packs}", one.cis, of.atc(one.cis).to_lowercase());
        json!([number, normalise(&one.name), of.searched(one.cis), codes])
    };
    of.numbered().map(row).collect()
}

fn parts(of: &BaseRows<'_>) -> Vec<Value> {
    let row =
        |(number, one): (usize, &Drug)| json!([number, format!("{} {}", normalise(&one.name), of.searched(one.cis))]);
    of.numbered().map(row).collect()
}

fn compositions(of: &BaseRows<'_>) -> Vec<Value> {
    let rows = of.base.compositions.iter().map(|of| {
        let row = &of.row;
        let nature = if row.fraction { "FT" } else { "SA" };
        json!([of.cis, row.element, row.code, row.substance, row.dosage, row.reference, nature, row.link])
    });
    rows.collect()
}

fn presentations(of: &BaseRows<'_>) -> Vec<Value> {
    let rows = of.base.presentations.iter().map(|of| {
        let row = &of.row;
        json!([
            of.cis,
            i64::from(of.orphan),
            row.cip7,
            row.cip13,
            row.label,
            row.status,
            row.marketing,
            day(row.declared_on),
            row.collectivities,
            row.rate,
            row.price_cents,
            row.price_with_fee_cents,
            row.fee_cents,
            row.indication
        ])
    });
    rows.collect()
}

fn generics(of: &BaseRows<'_>) -> Vec<Value> {
    let rows = of.base.generics.iter();
    rows.map(|of| json!([of.cis, i64::from(of.orphan), of.row.group, of.row.label, of.row.kind, of.row.rank])).collect()
}

fn conditions(of: &BaseRows<'_>) -> Vec<Value> {
    of.base.conditions.iter().map(|row| json!([row.cis, row.row])).collect()
}

fn shortages(of: &BaseRows<'_>) -> Vec<Value> {
    let rows = of.base.shortages.iter().map(|of| {
        let (row, orphan) = (&of.row, i64::from(of.orphan));
        let days = [row.begun_on, row.updated_on, row.back_on].map(day);
        json!([of.cis, orphan, row.cip13, row.status, days[0], days[1], days[2], row.link])
    });
    rows.collect()
}

fn terms(of: &Thesaurus) -> Vec<Value> {
    let rows = of.terms.iter().enumerate();
    rows.map(|(id, term)| json!([id, term.name, term.key, i64::from(term.substance), i64::from(term.class)])).collect()
}

fn members(of: &Thesaurus) -> Vec<Value> {
    of.members.iter().map(|(one, class)| json!([one, class])).collect()
}

fn pairs(of: &Thesaurus) -> Vec<Value> {
    of.pairs.iter().enumerate().map(|(id, pair)| json!([id, pair.a, pair.b, pair.mechanism])).collect()
}

fn levels(of: &Thesaurus) -> Vec<Value> {
    let of_pair = |(id, pair): (usize, &crate::import::interactions::Pair)| {
        let levels = pair.levels.iter().enumerate();
        levels.map(|(rank, (level, advice))| json!([id, rank, level.as_str(), advice])).collect::<Vec<_>>()
    };
    of.pairs.iter().enumerate().flat_map(of_pair).collect()
}
