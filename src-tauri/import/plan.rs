//! What becomes of each row: somebody new, somebody known with something new, a double, or nothing.
//!
//! Every row has exactly one outcome, so that created + updated + merged + rejected = rows:
//! - **created**: nobody of the practice or of an earlier row is surely the same. If somebody perhaps is, the row says so
//!   (`possible_duplicate`); doubtful rows are never merged unseen.
//! - **updated**: surely a patient of the practice, and the row knows something that the practice does not.
//! - **merged**: surely an earlier row of the file, or a patient of the practice who already has everything; importing
//!   the same file twice makes every row of the second run this.
//! - **rejected**: the row is no patient.
//!
//! A merge fills what is empty and changes nothing that is there: the practice's own entries stand. A value that
//! differs is kept for the remarks and told. Surely the same are rows that the domain is sure of, rows that bring the
//! same number of the other software with the same name, and rows that say nothing that the other does not say as well
//! and share a phone, an e-mail or an address with it.

use std::collections::HashMap;
use std::hash::Hash;

use domain::{
    identifiers::{cin, nir},
    patient::{names::normalise, sex::Sex},
};

use super::{
    ImportError, Progress,
    codes::{Notice, Rejection, Warning},
    draft::{PatientDraft, TEXT_FIELDS},
    mapping::PatientField as F,
    patients::Row,
    people::{KnownPatient, PeopleIndex, Probe, comparable_phone, is_row_key},
    tick,
};

/// What becomes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome<I> {
    /// A new patient: the place in [`Plan::creates`].
    Created(usize),
    /// A known patient gets something new: the place in [`Plan::updates`].
    Updated(usize),
    /// Joined to the earlier row that starts in this line.
    MergedIntoRow(usize),
    /// Joined to a patient of the practice, who already has everything.
    MergedIntoPatient(I),
    /// Not taken over.
    Rejected(Rejection),
}

/// A row's outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedRow<I> {
    /// Physical line, from 1.
    pub line: usize,
    /// What becomes of it.
    pub outcome: Outcome<I>,
    /// What is worth knowing.
    pub warnings: Vec<Warning>,
    /// The patient of the practice who is perhaps the same.
    pub perhaps: Option<I>,
}

/// A known patient with what the file adds.
#[derive(Clone)]
pub struct Update<I> {
    /// Who.
    pub id: I,
    /// Line of the row.
    pub line: usize,
    /// All fields as they are to be.
    pub after: PatientDraft,
    /// Those that change; [`F::Remarks`] also where only `after.kept` grows.
    pub changed: Vec<F>,
}

/// What to write, in one transaction. No `Debug`: it holds persons.
#[derive(Clone)]
pub struct Plan<I> {
    /// One for each row of the file, in its order.
    pub rows: Vec<PlannedRow<I>>,
    /// New patients with the line of their row, doubles of the file already merged in.
    pub creates: Vec<(usize, PatientDraft)>,
    /// Changes of known patients; each patient at most once.
    pub updates: Vec<Update<I>>,
}

/// The figures of an import; the middle four add up to `rows`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Rows of the file.
    pub rows: usize,
    /// New.
    pub created: usize,
    /// Known, and changed.
    pub updated: usize,
    /// Joined, with nothing new.
    pub merged: usize,
    /// Not taken over.
    pub rejected: usize,
    /// Taken over with a warning.
    pub warned: usize,
}

impl<I> Plan<I> {
    /// The figures.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let mut counts = Counts { rows: self.rows.len(), ..Counts::default() };
        for row in &self.rows {
            match row.outcome {
                Outcome::Created(_) => counts.created += 1,
                Outcome::Updated(_) => counts.updated += 1,
                Outcome::MergedIntoRow(_) | Outcome::MergedIntoPatient(_) => counts.merged += 1,
                Outcome::Rejected(_) => counts.rejected += 1,
            }
            counts.warned += usize::from(!row.warnings.is_empty());
        }
        counts
    }
}

/// Decides about every row. Time and memory grow with rows and patients, not with their product.
///
/// # Errors
/// [`ImportError::Cancelled`].
pub fn plan<I: Copy + Eq + Hash>(
    rows: Vec<Row>,
    known: &[KnownPatient<I>],
    progress: &mut Progress<'_>,
) -> Result<Plan<I>, ImportError> {
    let mut existing = PeopleIndex::new();
    for patient in known {
        let place = existing.add(Probe::of(&patient.fields));
        patient.also_known_as.iter().for_each(|id| existing.add_external_id(place, id));
    }
    let total = rows.len();
    let mut planner =
        Planner { known, existing, groups: Vec::new(), index: PeopleIndex::new(), of_patient: HashMap::new() };
    let mut entries = Vec::with_capacity(total);
    for (done, row) in rows.into_iter().enumerate() {
        tick(progress, done, total)?;
        entries.push(planner.place(row));
    }
    tick(progress, total, total)?;
    Ok(planner.finish(entries))
}

/// A person of the file: its first row, with its doubles merged in.
struct Group {
    line: usize,
    draft: PatientDraft,
    /// The patient of the practice it is.
    patient: Option<usize>,
}

enum Entry {
    First { group: usize, line: usize, warnings: Vec<Warning>, perhaps: Option<usize> },
    Double { group: usize, line: usize, warnings: Vec<Warning> },
    Rejected { line: usize, rejection: Rejection },
}

struct Planner<'a, I> {
    known: &'a [KnownPatient<I>],
    existing: PeopleIndex,
    groups: Vec<Group>,
    /// Places are those of `groups`.
    index: PeopleIndex,
    of_patient: HashMap<usize, usize>,
}

impl<I: Copy + Eq + Hash> Planner<'_, I> {
    fn place(&mut self, row: Row) -> Entry {
        let Row { line, content, mut warnings, .. } = row;
        let draft = match content {
            Ok(draft) => *draft,
            Err(rejection) => return Entry::Rejected { line, rejection },
        };
        let probe = Probe::of(&draft);
        let (groups, known) = (&self.groups, self.known);
        let in_file = choose(&self.index, &probe, &draft, |place| &groups[place].draft);
        let in_practice = choose(&self.existing, &probe, &draft, |place| &known[place].fields);
        // Two rows that are surely one patient of the practice are one.
        let same_patient = in_practice.same.and_then(|p| self.of_patient.get(&p).copied());
        if let Some(group) = in_file.same.or(same_patient) {
            warnings.extend(absorb(&mut self.groups[group].draft, &draft));
            if let (None, Some(patient)) = (self.groups[group].patient, in_practice.same)
                && !self.of_patient.contains_key(&patient)
            {
                self.groups[group].patient = Some(patient);
                self.of_patient.insert(patient, group);
            }
            self.index.update(group, Probe::of(&self.groups[group].draft));
            tidy(&mut warnings);
            return Entry::Double { group, line, warnings };
        }
        let perhaps = in_practice.perhaps.filter(|_| in_practice.same.is_none());
        if in_practice.same.is_none() && (perhaps.is_some() || in_file.perhaps.is_some()) {
            let line = in_file.perhaps.map(|g| self.groups[g].line);
            warnings.push(Warning::with_line(Notice::PossibleDuplicate, line));
        }
        tidy(&mut warnings);
        let group = self.index.add(probe);
        if let Some(patient) = in_practice.same {
            self.of_patient.insert(patient, group);
        }
        self.groups.push(Group { line, draft, patient: in_practice.same });
        Entry::First { group, line, warnings, perhaps }
    }

    fn finish(self, entries: Vec<Entry>) -> Plan<I> {
        let mut plan = Plan { rows: Vec::with_capacity(entries.len()), creates: Vec::new(), updates: Vec::new() };
        let mut groups: Vec<Option<Group>> = self.groups.into_iter().map(Some).collect();
        let lines: Vec<usize> = groups.iter().flatten().map(|g| g.line).collect();
        for entry in entries {
            let row = match entry {
                Entry::Rejected { line, rejection } => {
                    PlannedRow { line, outcome: Outcome::Rejected(rejection), warnings: Vec::new(), perhaps: None }
                }
                Entry::Double { group, line, warnings } => {
                    PlannedRow { line, outcome: Outcome::MergedIntoRow(lines[group]), warnings, perhaps: None }
                }
                Entry::First { group, line, mut warnings, perhaps } => {
                    let Some(group) = groups[group].take() else { continue };
                    let outcome = match group.patient {
                        None => {
                            plan.creates.push((line, group.draft));
                            Outcome::Created(plan.creates.len() - 1)
                        }
                        Some(patient) => {
                            let known = &self.known[patient];
                            let mut after = known.fields.clone();
                            warnings.extend(absorb(&mut after, &group.draft));
                            tidy(&mut warnings);
                            let changed = changes(&known.fields, &after);
                            let only_key = changed == [F::ExternalId] && is_row_key(&after.external_id);
                            if changed.is_empty() || only_key {
                                Outcome::MergedIntoPatient(known.id)
                            } else {
                                plan.updates.push(Update { id: known.id, line, after, changed });
                                Outcome::Updated(plan.updates.len() - 1)
                            }
                        }
                    };
                    PlannedRow { line, outcome, warnings, perhaps: perhaps.map(|p| self.known[p].id) }
                }
            };
            plan.rows.push(row);
        }
        plan
    }
}

#[derive(Default)]
struct Choice {
    same: Option<usize>,
    perhaps: Option<usize>,
}

/// Who of an index `draft` is.
fn choose<'d>(
    index: &PeopleIndex,
    probe: &Probe,
    draft: &PatientDraft,
    fields: impl Fn(usize) -> &'d PatientDraft,
) -> Choice {
    let candidates = index.candidates(probe);
    let named = |place: usize| same_name(fields(place), draft);
    // The key of the row itself: nobody else has it.
    let by_row = index.by_external_id(&draft.external_id).iter().copied().find(|_| is_row_key(&draft.external_id));
    let by_number = || {
        let mut holders = index.by_external_id(&draft.external_id).iter().copied();
        holders.find(|p| !is_row_key(&draft.external_id) && named(*p) && !contradict(fields(*p), draft))
    };
    let sure = || candidates.iter().find(|(_, l)| l.is_sure()).map(|(p, _)| *p);
    let contained = || candidates.iter().map(|(p, _)| *p).find(|p| says_nothing_else(fields(*p), draft));
    Choice {
        same: by_row.or_else(by_number).or_else(sure).or_else(contained),
        perhaps: candidates.iter().find(|(_, l)| l.is_likely()).map(|(p, _)| *p),
    }
}

pub(super) fn same_name(a: &PatientDraft, b: &PatientDraft) -> bool {
    let latin = |d: &PatientDraft| normalise(&format!("{} {}", d.surname, d.first_name));
    let arabic = |d: &PatientDraft| normalise(&format!("{} {}", d.surname_arabic, d.first_name_arabic));
    let (la, lb) = (latin(a), latin(b));
    if !la.is_empty() && !lb.is_empty() { la == lb } else { arabic(a) == arabic(b) }
}

/// Whether both have a birth date, a NIR or a CIN, and they differ.
pub(super) fn contradict(a: &PatientDraft, b: &PatientDraft) -> bool {
    let born = a.born.zip(b.born).is_some_and(|(a, b)| a != b);
    let nirs = nir::comparable(&a.nir).zip(nir::comparable(&b.nir)).is_some_and(|(a, b)| a != b);
    let cins = !a.cin.is_empty() && !b.cin.is_empty() && cin::comparable(&a.cin) != cin::comparable(&b.cin);
    born || nirs || cins
}

/// Whether `draft` has the name of `there`, says nothing that `there` does not say as well, and a phone, an e-mail or an
/// address is among it (or nothing at all but the name, on both sides).
fn says_nothing_else(there: &PatientDraft, draft: &PatientDraft) -> bool {
    if !same_name(there, draft) || contradict(there, draft) {
        return false;
    }
    let same = |f: F| match (there.text(f), draft.text(f)) {
        (Some(t), Some(d)) => d.is_empty() || same_value(f, t, d),
        _ => true,
    };
    let contained = TEXT_FIELDS.into_iter().filter(|f| *f != F::ExternalId).all(same)
        && (draft.born.is_none() || draft.born == there.born)
        && (draft.sex == Sex::Unknown || draft.sex == there.sex)
        && draft.kept.iter().all(|(_, v)| there.kept.iter().any(|(_, t)| t == v) || there.remarks.contains(v.as_str()));
    let shares = [F::Mobile, F::Phone, F::Email, F::Address].into_iter().any(|f| {
        let values = there.text(f).zip(draft.text(f));
        values.is_some_and(|(t, d)| !d.is_empty() && same_value(f, t, d))
    });
    contained && shares
}

/// Whether two values of a field mean the same.
fn same_value(field: F, a: &str, b: &str) -> bool {
    match field {
        _ if a == b => true,
        F::Nir => nir::comparable(a).is_some() && nir::comparable(a) == nir::comparable(b),
        F::Cin => cin::comparable(a) == cin::comparable(b),
        F::Mobile | F::Phone => {
            comparable_phone(a).is_some_and(|a| Some(a) == comparable_phone(b))
                || digits(a) == digits(b) && !digits(a).is_empty()
        }
        F::Email => a.trim().eq_ignore_ascii_case(b.trim()),
        F::Remarks => a.contains(b),
        F::ExternalId => is_row_key(b),
        _ => normalise(a) == normalise(b),
    }
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// Fills what is empty in `into`; what differs is kept and told.
pub(super) fn absorb(into: &mut PatientDraft, from: &PatientDraft) -> Vec<Warning> {
    let mut warnings = Vec::new();
    for field in TEXT_FIELDS {
        let Some(value) = from.text(field).filter(|v| !v.is_empty()).cloned() else { continue };
        let Some(slot) = into.text_mut(field) else { continue };
        if slot.is_empty() || (field == F::ExternalId && is_row_key(slot) && !is_row_key(&value)) {
            *slot = value;
        } else if field == F::ExternalId || same_value(field, slot, &value) {
            // Nothing new. Two numbers of the other software for one person: the first stays.
        } else if field == F::Remarks {
            if !slot.contains(value.as_str()) {
                slot.push('\n');
                slot.push_str(&value);
            }
        } else if field == F::Mobile && into.phone.is_empty() && from.phone.is_empty() {
            // A second number has a place of its own.
            into.phone = value;
        } else if !(field == F::Mobile && same_value(field, &into.phone, &value)) {
            warnings.push(Warning::of(Notice::DifferentValue, field));
            keep(into, field, value);
        }
    }
    if into.sex == Sex::Unknown {
        into.sex = from.sex;
    } else if from.sex != Sex::Unknown && from.sex != into.sex {
        warnings.push(Warning::of(Notice::DifferentValue, F::Sex));
        keep(into, F::Sex, from.sex.as_str().to_owned());
    }
    match (into.born, from.born) {
        (None, born) => into.born = born,
        (Some(a), Some(b)) if a != b => {
            warnings.push(Warning::of(Notice::DifferentValue, F::Born));
            keep(into, F::Born, b.to_string());
        }
        _ => {}
    }
    for (field, value) in &from.kept {
        keep(into, *field, value.clone());
    }
    warnings
}

/// Keeps a value for the remarks, unless they already have it.
fn keep(draft: &mut PatientDraft, field: F, value: String) {
    if !draft.remarks.contains(value.as_str()) && !draft.kept.contains(&(field, value.clone())) {
        draft.kept.push((field, value));
    }
}

fn changes(before: &PatientDraft, after: &PatientDraft) -> Vec<F> {
    let mut changed: Vec<F> = TEXT_FIELDS.into_iter().filter(|f| before.text(*f) != after.text(*f)).collect();
    changed.extend((before.sex != after.sex).then_some(F::Sex));
    changed.extend((before.born != after.born).then_some(F::Born));
    if after.kept.len() > before.kept.len() && !changed.contains(&F::Remarks) {
        changed.push(F::Remarks);
    }
    changed
}

fn tidy(warnings: &mut Vec<Warning>) {
    warnings.sort_unstable();
    warnings.dedup();
}
