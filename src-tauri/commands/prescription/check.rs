//! Checks a draft: the law's rules with the conditions of each drug, interactions between lines and with what is taken
//! already, the same substance twice, allergies, ages. What is not known is told, never passed over.

use std::collections::{BTreeMap, HashMap};

use domain::country::Country;
use domain::drug::allergy::{Allergen, Because, Known as Beside, against};
use domain::drug::audience::{Audience, Unsuited, speaks_of_childbearing};
use domain::drug::check::{Entry, Kind, Line as Held, check};
use domain::drug::classes;
use domain::drug::condition::Condition;
use domain::drug::level::Level;
use domain::drug::overriding::needs_reason;
use domain::drug::substance::{candidates, key};
use domain::patient::sex::Sex;
use domain::prescription::Prescription;
use domain::prescription::rules::{self, Limits, Severity};
use domain::role::Permission;

use super::known::{Known, LastKnown};
use super::lines;
use super::wire::{CheckedPrescriptionView, PrescriptionDraft, PrescriptionFindingView};
use crate::commands::drugs::{check as drug_lines, cis_of};
use crate::commands::letterhead::Sources;
use crate::commands::{CommandError, Desk};
use crate::store::prescription::DrugBrief;
use crate::store::{self, Connection, interaction};

/// From what age in months to what age a woman may bear a child, to a warning that is told too often rather than not.
const FERTILE: std::ops::Range<u16> = (12 * 12)..(56 * 12);

/// Checks a draft for a patient.
///
/// # Errors
/// `permission_denied`, `clinical_pending`, `patient_not_found`, `not_a_practitioner`, `unknown_word`, `too_long`,
/// `too_many_lines`, `bad_cis`.
pub async fn check_prescription(
    desk: &Desk,
    request: PrescriptionDraft,
) -> Result<CheckedPrescriptionView, CommandError> {
    let mut connection = desk.read(Permission::ReadClinical, "check_prescription").await?;
    let practitioner = super::signer(desk)?;
    let sources = Sources::read(desk, &mut connection, practitioner).await?;
    let known = LastKnown::of(desk, &mut connection, request.patient_id).await?;
    Ok(checked(desk, &mut connection, &request, &sources, known).await?.1)
}

/// A draft of today as the rules know it, and everything that is to be said of it.
pub(super) async fn checked(
    desk: &Desk,
    connection: &mut Connection,
    draft: &PrescriptionDraft,
    sources: &Sources,
    mut known: Known,
) -> Result<(Prescription, CheckedPrescriptionView), CommandError> {
    known.name_in(super::language(&draft.language)?);
    let prescriber = super::paper::prescriber(sources);
    let prescription = lines::prescription(draft, &known, prescriber, desk.wall_now())?;
    let facts = Facts::read(connection, &prescription, &known).await?;
    let conditions: Vec<Option<Vec<Condition>>> =
        (0..prescription.lines.len()).map(|at| facts.conditions(at)).collect();
    let broken = rules::check(&prescription, sources.country, &conditions, &Limits::default());
    let unsecured = Prescription { secure_form: false, ..prescription.clone() };
    let secure_form = sources.country == Country::FR
        && lines::needs_secure_form(&rules::check(&unsecured, sources.country, &conditions, &Limits::default()));
    let mut findings: Vec<PrescriptionFindingView> = broken.into_iter().map(rule).collect();
    facts.held_against(&prescription, &mut findings);
    facts.allergies(connection, &known, &prescription, &mut findings).await?;
    facts.ages(&known, &mut findings);
    if known.damaged > 0 {
        findings.push(PrescriptionFindingView {
            parameters: BTreeMap::from([("entries".to_owned(), known.damaged.to_string())]),
            ..said("record_damaged", "warning", None)
        });
    }
    findings.sort_by_key(|one| (rank(one), one.line, one.other_line));
    let signable = findings.iter().all(|one| rank(one) > 1);
    let read = |(at, line)| lines::reading(line, conditions.get(at).and_then(Option::as_deref).unwrap_or_default());
    let view = CheckedPrescriptionView {
        signable,
        secure_form,
        lines: prescription.lines.iter().enumerate().map(read).collect(),
        drugs_edition: facts.drugs_edition,
        edition: facts.edition,
        findings,
    };
    Ok((prescription, view))
}

/// The order of findings; 0 and 1 stand in the way.
fn rank(one: &PrescriptionFindingView) -> u8 {
    match (one.severity.as_str(), one.settled) {
        ("hard", _) => 0,
        ("reason", false) => 1,
        ("reason", true) => 2,
        ("warning", _) => 3,
        _ => 4,
    }
}

fn number(at: usize) -> Option<u32> {
    u32::try_from(at).ok()
}

fn said(code: &str, severity: &str, line: Option<usize>) -> PrescriptionFindingView {
    PrescriptionFindingView {
        code: code.to_owned(),
        severity: severity.to_owned(),
        line: line.and_then(number),
        other_line: None,
        about: String::new(),
        against: String::new(),
        level: String::new(),
        level_word: String::new(),
        mechanism: String::new(),
        advice: String::new(),
        parameters: BTreeMap::new(),
        source: String::new(),
        settled: false,
    }
}

fn rule(finding: rules::Finding) -> PrescriptionFindingView {
    let severity = if finding.severity == Severity::Hard { "hard" } else { "warning" };
    PrescriptionFindingView {
        parameters: finding.parameters.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        source: finding.source.to_owned(),
        ..said(finding.rule.as_str(), severity, finding.line)
    }
}

/// The substances of an INN: several are joined by a plus.
fn parts(name: &str) -> Vec<String> {
    name.split(" + ").map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// What the base and the thesaurus know of the lines and of the treatments.
struct Facts {
    /// Lines, then treatments.
    held: Vec<Held>,
    /// What the thesaurus says among them.
    told: Vec<(Entry, String, String)>,
    /// How many of them are lines.
    lines: usize,
    /// What the base says of each line's drug.
    briefs: Vec<Option<DrugBrief>>,
    drugs_edition: String,
    edition: String,
}

impl Facts {
    async fn read(
        connection: &mut Connection,
        prescription: &Prescription,
        known: &Known,
    ) -> Result<Self, CommandError> {
        let editions = store::drug::editions(connection).await?;
        let edition = |base: &str| {
            editions.iter().find(|one| one.base == base).map(|one| one.edition.clone()).unwrap_or_default()
        };
        let mut asked: Vec<(String, Option<i64>, bool)> = Vec::new();
        for line in &prescription.lines {
            let name =
                if line.substance.is_empty() { line.brand.clone().unwrap_or_default() } else { line.substance.clone() };
            let cis = line.cis.as_deref().map(cis_of).transpose()?;
            asked.push((name, cis, false));
        }
        // A treatment's code was typed by somebody: one that is none counts as a name.
        asked.extend(known.treatments.iter().map(|one| (one.label.clone(), cis_of(&one.cis).ok(), true)));
        let codes: Vec<i64> = asked.iter().filter_map(|(_, cis, _)| *cis).collect();
        let briefs = store::prescription::briefs(connection, &codes).await?;
        let by_code: HashMap<i64, &DrugBrief> = briefs.iter().map(|brief| (brief.cis, brief)).collect();
        let rows = store::drug::composition(connection, Some(&codes)).await?;
        let named: Vec<String> = asked
            .iter()
            .filter(|(name, cis, _)| cis.is_none_or(|cis| !by_code.contains_key(&cis)) && !name.trim().is_empty())
            .flat_map(|(name, _, _)| parts(name))
            .collect();
        let mut by_name = Vec::with_capacity(named.len());
        drug_lines::named(connection, &named, false, &mut by_name).await?;
        let mut by_name = by_name.into_iter();
        let mut held = Vec::with_capacity(asked.len());
        for (name, cis, current) in &asked {
            let brief = cis.and_then(|cis| by_code.get(&cis));
            held.push(match brief {
                Some(brief) => {
                    let own: Vec<_> = rows.iter().filter(|row| row.cis == brief.cis).collect();
                    Held { label: brief.name.clone(), substances: drug_lines::substances(&own), current: *current }
                }
                None if name.trim().is_empty() => {
                    Held { label: String::new(), substances: Vec::new(), current: *current }
                }
                None => {
                    let substances =
                        by_name.by_ref().take(parts(name).len()).flat_map(|line| line.substances).collect();
                    Held { label: name.clone(), substances, current: *current }
                }
            });
        }
        let of_line =
            |(_, cis, _): &(String, Option<i64>, bool)| cis.and_then(|cis| by_code.get(&cis).copied().cloned());
        let lines = prescription.lines.len();
        let told = drug_lines::told(connection, &mut held).await?;
        let briefs = asked.iter().take(lines).map(of_line).collect();
        Ok(Self { held, told, lines, briefs, drugs_edition: edition("drugs"), edition: edition("interactions") })
    }

    /// The conditions of a line's drug; none where the base does not have it.
    fn conditions(&self, at: usize) -> Option<Vec<Condition>> {
        let brief = self.briefs.get(at)?.as_ref()?;
        Some(brief.conditions.iter().map(|wording| Condition::of_wording(wording)).collect())
    }

    fn name(&self, (line, substance): (usize, Option<usize>)) -> String {
        let held = &self.held[line];
        substance.map_or_else(|| held.label.clone(), |at| held.substances[at].name.clone())
    }

    /// Interactions, the same substance twice, and what the thesaurus does not know.
    fn held_against(&self, prescription: &Prescription, findings: &mut Vec<PrescriptionFindingView>) {
        if self.lines == 0 {
            return;
        }
        if self.edition.is_empty() {
            findings.push(said("no_thesaurus", "warning", None));
        }
        if self.drugs_edition.is_empty() {
            findings.push(said("no_drugs", "warning", None));
        }
        let entries: Vec<Entry> = self.told.iter().map(|(entry, _, _)| entry.clone()).collect();
        let line = |at: usize| if at < self.lines { Some(at) } else { None };
        let reason = |at: usize| prescription.lines.get(at).is_some_and(|line| line.override_reason.is_some());
        for finding in check(&self.held, &entries) {
            let other = finding.b.map(|(at, _)| at);
            let mut view = said("unknown_substance", "note", line(finding.a.0));
            view.about = self.name(finding.a);
            view.source.clone_from(&self.edition);
            if let Some((at, substance)) = finding.b {
                view.other_line = line(at).and_then(number);
                view.against = self.name((at, Some(substance)));
                if self.held[at].current {
                    view.against = format!("{} ({})", view.against, self.held[at].label);
                }
            }
            match finding.kind {
                Kind::Interaction(level, number) => {
                    let entry = &self.told[number].0;
                    view.code = "interaction".to_owned();
                    view.severity = match level {
                        _ if needs_reason(finding.kind) => "reason",
                        Level::TakeIntoAccount => "note",
                        _ => "warning",
                    }
                    .to_owned();
                    view.level = level.french().to_owned();
                    view.level_word = level.as_str().to_owned();
                    view.mechanism.clone_from(&entry.mechanism);
                    view.advice.clone_from(&entry.advice);
                    view.settled = needs_reason(finding.kind) && (reason(finding.a.0) || other.is_some_and(reason));
                }
                Kind::SameSubstance => {
                    view.code = "same_substance".to_owned();
                    view.severity = "warning".to_owned();
                }
                Kind::Unknown => {}
            }
            findings.push(view);
        }
    }

    /// Lines against the allergies of the record.
    async fn allergies(
        &self,
        connection: &mut Connection,
        known: &Known,
        prescription: &Prescription,
        findings: &mut Vec<PrescriptionFindingView>,
    ) -> Result<(), CommandError> {
        if known.allergies.is_empty() || self.lines == 0 {
            return Ok(());
        }
        let (mut allergens, mut of) = (Vec::new(), Vec::new());
        for (at, allergy) in known.allergies.iter().enumerate() {
            let keys: Vec<String> = candidates(&allergy.agent).into_iter().chain([key(&allergy.agent)]).collect();
            let all = match allergy.agent_kind.as_str() {
                "class" => {
                    let terms = store::prescription::class_terms(connection, &keys).await?;
                    let term = terms.first().map(|(_, id)| *id);
                    match classes::groups(&allergy.agent) {
                        [] => vec![Allergen::Class { term, atc: String::new() }],
                        groups => groups.iter().map(|atc| Allergen::Class { term, atc: (*atc).to_owned() }).collect(),
                    }
                }
                "excipient" => vec![Allergen::Excipient(allergy.agent.clone())],
                _ => {
                    let terms = interaction::terms(connection, &keys).await?;
                    let term = keys.iter().find_map(|key| terms.get(key).copied());
                    vec![Allergen::Substance { name: allergy.agent.clone(), term }]
                }
            };
            of.extend(std::iter::repeat_n(at, all.len()));
            allergens.extend(all);
        }
        let beside: Vec<Beside> = self
            .briefs
            .iter()
            .map(|brief| Beside {
                atc: brief.as_ref().map_or_else(String::new, |one| one.atc.clone()),
                excipients: None,
            })
            .collect();
        let mut told: Vec<(usize, usize)> = Vec::new();
        // The gravest of a pair comes first.
        for found in against(&self.held[..self.lines], &beside, &allergens) {
            let allergy = of[found.allergy];
            if told.contains(&(found.line, allergy)) {
                continue;
            }
            told.push((found.line, allergy));
            let one = &known.allergies[allergy];
            let unknown = found.because == Because::Unknown;
            let mut view = if unknown {
                said("allergy_unknown", "note", Some(found.line))
            } else {
                said("allergy", "reason", Some(found.line))
            };
            view.about = match found.because {
                Because::Substance(at) | Because::Class(Some(at)) => self.name((found.line, Some(at))),
                _ => self.held[found.line].label.clone(),
            };
            view.against.clone_from(&one.agent);
            view.advice.clone_from(&one.reaction);
            view.parameters.insert("severity".to_owned(), one.severity.clone());
            view.settled = !unknown && prescription.lines[found.line].override_reason.is_some();
            findings.push(view);
        }
        Ok(())
    }

    /// Whom the drugs are for.
    fn ages(&self, known: &Known, findings: &mut Vec<PrescriptionFindingView>) {
        for (at, brief) in self.briefs.iter().enumerate() {
            let Some(brief) = brief else { continue };
            if let Some(unsuited) = known.months.and_then(|months| Audience::of_name(&brief.name).unsuited(months)) {
                let mut view = match unsuited {
                    Unsuited::ForAdults => said("for_adults", "warning", Some(at)),
                    Unsuited::ForYounger => said("for_younger", "warning", Some(at)),
                    Unsuited::OutOfYears(from, to) => {
                        let mut view = said("out_of_years", "warning", Some(at));
                        view.parameters.insert("from".to_owned(), from.to_string());
                        view.parameters.insert("to".to_owned(), to.to_string());
                        view
                    }
                };
                view.about.clone_from(&brief.name);
                findings.push(view);
            }
            let may_bear =
                known.subject.sex != Sex::Male && known.months.is_none_or(|months| FERTILE.contains(&months));
            if may_bear && let Some(wording) = brief.conditions.iter().find(|one| speaks_of_childbearing(one)) {
                let mut view = said("childbearing", "warning", Some(at));
                view.about.clone_from(&brief.name);
                view.advice.clone_from(wording);
                findings.push(view);
            }
        }
    }
}
