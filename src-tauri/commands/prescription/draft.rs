//! Reads a line as it is typed: a drug of the base or an INN, then its posology, packs and renewals.
//!
//! `doliprane 1000: 1 matin et 1 soir pendant 7 jours, 2 boîtes` is a whole line; without the colon the posology begins where
//! the rest of the text is one. Not here: what is to be said of the line ([`super::check`]).

use chrono::NaiveDate;
use domain::country::Country;
use domain::drug::condition::Condition;
use domain::drug::naming::{Named, of_dosages, of_typed};
use domain::patient::names::normalise;
use domain::patient::sex::Sex;
use domain::prescription::model::{Kind, Line, Prescriber, Prescription, Subject};
use domain::prescription::quantity::Content;
use domain::prescription::rules::{self, Limits, Rule, in_letters};
use domain::prescription::sentence::{Language, sentence};
use domain::prescription::typed::{Misread, Why, parse};
use domain::prescription::{Amount, Unit, complete};
use domain::role::Permission;

use super::lines;
use super::wire::{DraftLineRequest, DraftedLineView, LineFields, MeantDrugView, MisreadView, PacksView};
use crate::commands::drugs::cis_of;
use crate::commands::{CommandError, Desk};
use crate::store::drug::CompositionRow;
use crate::store::prescription::DrugBrief;
use crate::store::{self, Connection, drug_search};

/// At most so many drugs are proposed.
const MEANT: i64 = 12;
/// Longest text.
const TEXT: usize = 400;
/// More units at once than a posology that nobody set apart from its drug is taken for.
const AT_ONCE: u32 = 20;

/// Reads what was typed.
///
/// # Errors
/// `permission_denied`, `too_long`, `unknown_word`, `bad_cis`, `drug_not_found`.
pub async fn draft_line(desk: &Desk, request: DraftLineRequest) -> Result<DraftedLineView, CommandError> {
    let mut connection = desk.read(Permission::ReadClinical, "draft_line").await?;
    let language = super::language(&request.language)?;
    if request.text.chars().count() > TEXT {
        return Err(CommandError::field("too_long", "text").with("limit", TEXT));
    }
    let editions = store::drug::editions(&mut connection).await?;
    let edition = editions.iter().find(|one| one.base == "drugs").map(|one| one.edition.clone()).unwrap_or_default();
    let mut view = DraftedLineView {
        drugs: Vec::new(),
        line: None,
        reading: None,
        completions: Vec::new(),
        misread: None,
        secure_form: false,
        edition,
    };
    let typed = Typed::of(&request.text, !request.cis.is_empty());
    let drug = typed.drug.trim();
    let chosen = if request.cis.is_empty() {
        if domain::drug::cells::cis(drug).is_some() { Some(cis_of(drug)?) } else { None }
    } else {
        Some(cis_of(&request.cis)?)
    };
    let brief = match chosen {
        Some(cis) => Some(brief(&mut connection, cis).await?),
        None if view.edition.is_empty() || drug.is_empty() => None,
        None => {
            let (found, _) = drug_search::search(&mut connection, drug, MEANT).await?;
            view.drugs = found.into_iter().map(meant).collect();
            let first = view.drugs.first().and_then(|one| one.cis.parse().ok());
            match first {
                Some(cis) => Some(brief(&mut connection, cis).await?),
                None => None,
            }
        }
    };
    // A drug that is being looked for has no line yet.
    if chosen.is_none() && !typed.parted {
        return Ok(view);
    }
    let mut fields = match &brief {
        Some(brief) => of_base(&mut connection, brief, request.inn).await?,
        None => {
            let (substance, strength, form) = of_typed(drug);
            LineFields { substance, strength, form, ..LineFields::default() }
        }
    };
    let unit = lines::unit(&fields)?;
    fields.unit = unit.as_str().to_owned();
    (fields.packs, fields.renewals) = (typed.packs, typed.renewals);
    view.completions = complete(&typed.posology, unit, language);
    match parse(&typed.posology, unit) {
        Ok(posology) => fields.posology = sentence(&posology, language),
        Err(_) if typed.posology.trim().is_empty() => {
            view.line = Some(fields);
            return Ok(view);
        }
        Err(misread) => {
            view.misread = Some(told(&typed.posology, misread));
            return Ok(view);
        }
    }
    let conditions: Vec<Condition> =
        brief.iter().flat_map(|brief| &brief.conditions).map(|wording| Condition::of_wording(wording)).collect();
    let law = (desk.premises().country, desk.wall_now().date());
    let mut line = lines::line(&fields)?;
    view.secure_form = complete_by_law(&mut line, &conditions, law, language);
    fields.letters = line.letters.as_ref().map(lines::letters);
    fields.fraction_days = line.fraction_days;
    let mut reading = lines::reading(&line, &conditions);
    if let Some(brief) = &brief {
        reading.packs = packs(&mut connection, brief.cis, &line).await?;
    }
    view.reading = Some(reading);
    view.line = Some(fields);
    Ok(view)
}

async fn brief(connection: &mut Connection, cis: i64) -> Result<DrugBrief, CommandError> {
    let found = store::prescription::briefs(connection, &[cis]).await?;
    found
        .into_iter()
        .next()
        .ok_or_else(|| CommandError::field("drug_not_found", "cis").with("cis", format!("{cis:08}")))
}

fn meant(found: drug_search::Found) -> MeantDrugView {
    MeantDrugView {
        cis: format!("{:08}", found.cis),
        name: found.name,
        substances: found.substances.split(';').filter(|part| !part.is_empty()).map(str::to_owned).collect(),
        form: found.form,
        marketed: found.marketing == "Commercialisée",
    }
}

/// A line of a drug of the base, without its posology.
async fn of_base(connection: &mut Connection, brief: &DrugBrief, inn: bool) -> Result<LineFields, CommandError> {
    let substances: Vec<&str> = brief.substances.split(';').filter(|part| !part.is_empty()).collect();
    let named = Named::of_name(&brief.name, substances.len());
    let strength = if named.strength.is_empty() {
        let rows = store::drug::composition(connection, Some(&[brief.cis])).await?;
        of_dosages(&dosages(&rows))
    } else {
        named.strength
    };
    // "dispositif" of the column is "dispositif transdermique" in the name; what stands in brackets is no form.
    let described = brief.name.split_once(", ").map_or("", |(_, form)| form.split(" (").next().unwrap_or_default());
    let form = if described.is_empty() { brief.form.clone() } else { described.to_owned() };
    let unit = Unit::of_form(&form).or_else(|| Unit::of_form(&brief.form)).unwrap_or(Unit::Tablet);
    Ok(LineFields {
        substance: substances.join(" + "),
        brand: if inn { String::new() } else { named.brand },
        cis: format!("{:08}", brief.cis),
        strength,
        form,
        unit: unit.as_str().to_owned(),
        ..LineFields::default()
    })
}

/// One dosage a link: the therapeutic fraction's, else the substance's.
fn dosages(rows: &[CompositionRow]) -> Vec<&str> {
    let mut links: Vec<i64> = rows.iter().map(|row| row.link).collect();
    links.sort_unstable();
    links.dedup();
    let of =
        |link, fraction| rows.iter().find(move |row: &&CompositionRow| row.link == link && row.fraction == fraction);
    links
        .into_iter()
        .filter_map(|link| of(link, true).or_else(|| of(link, false)))
        .map(|row| row.dosage.as_str())
        .collect()
}

/// Writes what the law wants written and what follows from the line alone: letters, the drug's own fraction. Says whether
/// the secure form is needed.
fn complete_by_law(
    line: &mut Line,
    conditions: &[Condition],
    (country, today): (Country, NaiveDate),
    language: Language,
) -> bool {
    let alone = Prescription {
        kind: Kind::Drugs,
        written_on: today,
        language,
        prescriber: Prescriber::default(),
        patient: Subject {
            family_name: String::new(),
            given_names: String::new(),
            sex: Sex::Unknown,
            born_on: None,
            weight_g: None,
            height_mm: None,
            ald: true,
        },
        lines: vec![line.clone()],
        acts: Vec::new(),
        secure_form: false,
    };
    let findings = rules::check(&alone, country, &[Some(conditions.to_vec())], &Limits::default());
    let has = |rule: Rule| findings.iter().any(|finding| finding.rule == rule);
    if has(Rule::LettersStrength) || has(Rule::LettersPerIntake) || has(Rule::LettersIntakes) {
        line.letters = in_letters(line, language);
    }
    if let Some(finding) = findings.iter().find(|finding| finding.rule == Rule::Fraction) {
        let limit = finding.parameters.iter().find(|(name, _)| *name == "limit");
        line.fraction_days = limit.and_then(|(_, days)| days.parse().ok());
    }
    has(Rule::SecureForm)
}

/// The packs that leave least over.
async fn packs(connection: &mut Connection, cis: i64, line: &Line) -> Result<Option<PacksView>, CommandError> {
    let Some(need) = line.need() else { return Ok(None) };
    let unit = line.posology.unit;
    let labels = store::prescription::packs(connection, cis).await?;
    let fitting = labels.into_iter().filter_map(|label| {
        let content = Content::of_label(&label)?;
        let packs = content.packs(&need, unit)?;
        let (holds, _) = content.holds(unit)?;
        Some((u64::from(packs.packs) * u64::from(holds.0), packs, label))
    });
    let best = fitting.min_by_key(|(units, packs, _)| (*units, packs.packs));
    Ok(best.map(|(_, packs, label)| PacksView { packs: packs.packs, estimated: packs.estimated, label }))
}

/// Where a posology was not understood, in characters.
fn told(text: &str, misread: Misread) -> MisreadView {
    let characters = |byte: usize| {
        let count = text.char_indices().take_while(|(at, _)| *at < byte).count();
        u32::try_from(count).unwrap_or(u32::MAX)
    };
    let why = match misread.why {
        Why::Unknown => "unknown",
        Why::Twice => "twice",
        Why::Nothing => "nothing",
        Why::Unsound(_) => "unsound",
    };
    MisreadView {
        text: text.to_owned(),
        from: characters(misread.from),
        to: characters(misread.to),
        why: why.to_owned(),
    }
}

/// A text, parted.
struct Typed {
    drug: String,
    posology: String,
    packs: Option<u16>,
    renewals: Option<u8>,
    /// Where the drug ends is known.
    parted: bool,
}

impl Typed {
    fn of(text: &str, drug_is_chosen: bool) -> Self {
        let (drug, rest, parted) = if drug_is_chosen {
            (String::new(), text.to_owned(), true)
        } else if let Some((drug, rest)) = text.split_once([':', '\u{ff1a}']) {
            (drug.to_owned(), rest.to_owned(), true)
        } else {
            match parting(text) {
                Some((drug, rest)) => (drug, rest, true),
                None => (text.to_owned(), String::new(), false),
            }
        };
        let (posology, packs, renewals) = beside(&rest);
        Self { drug, posology, packs, renewals, parted }
    }
}

/// The first place from which on a text is a posology that somebody may mean.
fn parting(text: &str) -> Option<(String, String)> {
    let starts = text.match_indices(' ').map(|(at, _)| at);
    for at in starts {
        let (drug, rest) = text.split_at(at);
        let (posology, _, _) = beside(rest);
        let meant = parse(&posology, Unit::Tablet)
            .is_ok_and(|posology| posology.steps.iter().all(|step| step.intake.amount() <= Amount::whole(AT_ONCE)));
        if meant && drug.chars().any(char::is_alphabetic) {
            return Some((drug.to_owned(), rest.trim().to_owned()));
        }
    }
    None
}

/// Takes packs and renewals out of a text: `2 boîtes`, `renouveler 3 fois`, `ne pas renouveler`.
fn beside(text: &str) -> (String, Option<u16>, Option<u8>) {
    let words: Vec<&str> = text.split_whitespace().collect();
    let plain: Vec<String> = words.iter().map(|word| normalise(word)).collect();
    let is = |at: usize, list: &[&str]| plain.get(at).is_some_and(|word| list.contains(&word.as_str()));
    let number = |at: usize| plain.get(at).and_then(|word| word.parse::<u16>().ok());
    let boxes = ["boite", "boites", "bte", "btes", "flacon", "flacons", "علبة", "علب", "pack", "packs", "box", "boxes"];
    let renew = ["renouveler", "renouvelable", "ar", "تجديد", "تجدد", "renew"];
    let (mut kept, mut packs, mut renewals) = (Vec::new(), None, None);
    let mut at = 0;
    while at < words.len() {
        if packs.is_none() && number(at).is_some() && is(at + 1, &boxes) {
            packs = number(at);
            at += 2;
        } else if is(at, &["ne"]) && is(at + 1, &["pas"]) && is(at + 2, &renew) {
            renewals = Some(0);
            at += 3;
        } else if renewals.is_none() && is(at, &renew) && number(at + 1).is_some() {
            renewals = number(at + 1).and_then(|times| u8::try_from(times).ok());
            at += if is(at + 2, &["fois", "مرات", "مرة", "times"]) { 3 } else { 2 };
        } else {
            // "à renouveler 3 fois": the preposition goes along.
            let preposition = is(at, &["a"]) && is(at + 1, &renew) && number(at + 2).is_some();
            if !preposition {
                kept.push(words[at]);
            }
            at += 1;
        }
    }
    let kept = kept.join(" ");
    (kept.trim_end_matches([',', ';', '،', ' ']).to_owned(), packs, renewals)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str) -> (String, String, Option<u16>, Option<u8>) {
        let typed = Typed::of(text, false);
        (typed.drug.trim().to_owned(), typed.posology.trim().to_owned(), typed.packs, typed.renewals)
    }

    #[test]
    fn a_line_is_parted_into_drug_posology_packs_and_renewals() {
        for (text, drug, posology, packs, renewals) in [
            (
                "doliprane 1000: 1 matin et 1 soir pendant 7 jours",
                "doliprane 1000",
                "1 matin et 1 soir pendant 7 jours",
                None,
                None,
            ),
            ("doliprane 1000 1 matin et 1 soir", "doliprane 1000", "1 matin et 1 soir", None, None),
            ("amoxicilline 1 g : 1 3 fois par jour, 2 boîtes", "amoxicilline 1 g", "1 3 fois par jour", Some(2), None),
            ("levothyrox: 1 le matin 3 mois, à renouveler 3 fois", "levothyrox", "1 le matin 3 mois", None, Some(3)),
            ("x: 1 le matin ne pas renouveler", "x", "1 le matin", None, Some(0)),
            ("doliprane", "doliprane", "", None, None),
        ] {
            let expected = (drug.to_owned(), posology.to_owned(), packs, renewals);
            assert_eq!(typed(text), expected, "{text}");
        }
    }

    #[test]
    fn a_place_is_counted_in_characters() {
        let misread = parse("1 mâtin zork", Unit::Tablet).expect_err("no posology");
        let view = told("1 mâtin zork", misread);
        let word: String = view.text.chars().skip(view.from as usize).take((view.to - view.from) as usize).collect();
        assert_eq!(word.trim(), "zork");
    }
}
