//! Persons by what tells who they are: an index that finds, for a row or an event, those it may be about, without
//! comparing everybody with everybody.
//!
//! Who is the same is the domain's to judge ([`likeness`]); this finds the few worth judging, by hash:
//! name and birth date, NIR, CIN, phone, e-mail, the other software's number. A key that very many share (a telephone
//! typed to fill the field) is looked at up to a bound, so that the work stays in proportion to the rows.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::{
    identifiers::{cin, nir},
    patient::{
        likeness::{Identity, Likeness, Reason, likeness},
        names::compact,
    },
    text::ascii_digits,
};

use super::{draft::PatientDraft, keys::ROW_PREFIX};

/// Somebody already in the practice, for [`PeopleIndex`] and the plan. `I` is how the caller names patients.
#[derive(Clone)]
pub struct KnownPatient<I> {
    /// Who.
    pub id: I,
    /// Everything known; `external_id` as an earlier take-over stored it; nothing in `kept`.
    pub fields: PatientDraft,
    /// The external ids of those who were merged into this patient since.
    pub also_known_as: Vec<String>,
}

/// A person made ready to be looked up and added, so that names are normalised once.
pub struct Probe {
    identity: Identity,
    keys: Vec<Key>,
}

impl Probe {
    /// Of a draft or a known patient.
    #[must_use]
    pub fn of(draft: &PatientDraft) -> Self {
        let identity = identity(draft);
        let keys = keys(&identity, &draft.external_id);
        Self { identity, keys }
    }
}

/// The answer to "who is this?".
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// This one, by its place in the index.
    Same(usize),
    /// Perhaps this one; the likeliest.
    Perhaps(usize),
    /// Nobody.
    Nobody,
}

/// An index of persons. No `Debug`: it holds persons.
#[derive(Default)]
pub struct PeopleIndex {
    identities: Vec<Identity>,
    by_key: HashMap<Key, Vec<usize>>,
}

#[derive(Clone, PartialEq, Eq, Hash)]
enum Key {
    NameBorn(String, NaiveDate),
    Nir(String),
    Cin(String),
    External(String),
    Name(String),
    FirstBorn(String, NaiveDate),
    SurnameBorn(String, NaiveDate),
    Contact(String),
}

/// How many holders of one key are compared. Sure matches have keys of their own that nobody else shares.
const COMPARED: usize = 8;

impl PeopleIndex {
    /// An empty index.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How many persons it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.identities.len()
    }

    /// Whether it holds nobody.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.identities.is_empty()
    }

    /// Adds a person; their place is the number of those before.
    pub fn add(&mut self, probe: Probe) -> usize {
        let place = self.identities.len();
        for key in probe.keys {
            self.by_key.entry(key).or_default().push(place);
        }
        self.identities.push(probe.identity);
        place
    }

    /// Gives the person at `place` one more external id.
    pub fn add_external_id(&mut self, place: usize, external_id: &str) {
        self.by_key.entry(Key::External(external_id.to_owned())).or_default().push(place);
    }

    /// Takes in what a merged row added to the person at `place`, so that a third row finds them by it.
    pub fn update(&mut self, place: usize, probe: Probe) {
        for key in probe.keys {
            let holders = self.by_key.entry(key).or_default();
            // A bucket that is never read to its end need not be searched to its end.
            if !holders.iter().rev().take(COMPARED).any(|h| *h == place) {
                holders.push(place);
            }
        }
        if let Some(slot) = self.identities.get_mut(place) {
            *slot = probe.identity;
        }
    }

    /// Those whom `probe` may be, the likeliest first, each with the likeness.
    #[must_use]
    pub fn candidates(&self, probe: &Probe) -> Vec<(usize, Likeness)> {
        let mut places: Vec<usize> = probe
            .keys
            .iter()
            .filter_map(|key| self.by_key.get(key))
            .flat_map(|holders| holders.iter().take(COMPARED).copied())
            .collect();
        places.sort_unstable();
        places.dedup();
        let score = |p: usize| (p, likeness(&self.identities[p], &probe.identity));
        let mut found: Vec<(usize, Likeness)> = places.into_iter().map(score).filter(|(_, l)| l.score > 0).collect();
        found.sort_by_key(|(place, l)| (std::cmp::Reverse(l.score), *place));
        found
    }

    /// The holders of the same number of the other software, or of the same row's key.
    #[must_use]
    pub fn by_external_id(&self, external_id: &str) -> &[usize] {
        self.by_key.get(&Key::External(external_id.to_owned())).map_or(&[], Vec::as_slice)
    }

    /// Who is meant by the few things that an event's text says. Sure where name and birth date or name and phone are
    /// the same and nothing speaks against it, and it is one person only.
    #[must_use]
    pub fn find(&self, hint: &Probe) -> Found {
        let found = self.candidates(hint);
        let sure: Vec<usize> = found.iter().filter(|(_, l)| l.is_sure() || by_phone(l)).map(|(p, _)| *p).collect();
        match (&sure[..], &found[..]) {
            ([one], _) => Found::Same(*one),
            ([first, ..], _) => {
                // Two that are as sure: one may be the other's double, which only a person can say.
                let best = found.iter().filter(|(p, _)| sure.contains(p)).map(|(_, l)| l.score).max();
                let top: Vec<usize> =
                    found.iter().filter(|(p, l)| sure.contains(p) && Some(l.score) == best).map(|(p, _)| *p).collect();
                if let [one] = top[..] { Found::Same(one) } else { Found::Perhaps(*first) }
            }
            ([], [(place, l), ..]) if l.is_likely() || l.reasons.contains(&Reason::SameName) => Found::Perhaps(*place),
            _ => Found::Nobody,
        }
    }
}

/// Whether name and phone are the same and nothing speaks against one person.
fn by_phone(l: &Likeness) -> bool {
    use Reason as R;
    let against = [
        R::DifferentBirthDate,
        R::SwappedBirthDate,
        R::SimilarBirthDate,
        R::DifferentNir,
        R::DifferentCin,
        R::DifferentFirstName,
        R::DifferentSurname,
    ];
    l.reasons.contains(&R::SameName)
        && l.reasons.contains(&R::SamePhone)
        && !l.reasons.iter().any(|r| against.contains(r))
}

/// What the domain compares.
#[must_use]
pub fn identity(draft: &PatientDraft) -> Identity {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Identity {
        surname: draft.surname.clone(),
        birth_name: some(&draft.birth_name),
        first_name: draft.first_name.clone(),
        surname_ar: some(&draft.surname_arabic),
        first_name_ar: some(&draft.first_name_arabic),
        born: draft.born,
        phones: [&draft.mobile, &draft.phone].into_iter().filter_map(|p| comparable_phone(p)).collect(),
        nir: some(&draft.nir),
        cin: some(&draft.cin),
        email: some(&draft.email),
    }
}

/// The end of a number, which is the same however it was typed and whether or not the numbering plan knows it; none
/// where it is too short to tell anybody.
pub(crate) fn comparable_phone(number: &str) -> Option<String> {
    const TELLING: usize = 9;
    let digits: String = ascii_digits(number).chars().filter(char::is_ascii_digit).collect();
    let from = digits.len().checked_sub(TELLING)?;
    Some(digits[from..].to_owned())
}

fn keys(identity: &Identity, external_id: &str) -> Vec<Key> {
    let mut keys = Vec::with_capacity(10);
    let empty = String::new();
    let scripts = [
        (&identity.surname, identity.birth_name.as_ref().unwrap_or(&empty), &identity.first_name),
        (identity.surname_ar.as_ref().unwrap_or(&empty), &empty, identity.first_name_ar.as_ref().unwrap_or(&empty)),
    ];
    for (surname, birth_name, first) in scripts {
        let first = compact(first);
        for surname in [compact(surname), compact(birth_name)] {
            if surname.is_empty() {
                continue;
            }
            // Both orders in one key: names are entered the wrong way round.
            let name = if surname <= first { format!("{surname} {first}") } else { format!("{first} {surname}") };
            if let Some(born) = identity.born {
                keys.push(Key::NameBorn(name.clone(), born));
                keys.push(Key::SurnameBorn(surname, born));
            }
            keys.push(Key::Name(name));
        }
        if let Some(born) = identity.born.filter(|_| !first.is_empty()) {
            keys.push(Key::FirstBorn(first, born));
        }
    }
    keys.extend(identity.nir.as_deref().and_then(nir::comparable).map(Key::Nir));
    keys.extend(identity.cin.as_deref().map(cin::comparable).filter(|c| !c.is_empty()).map(Key::Cin));
    keys.extend(identity.phones.iter().cloned().map(Key::Contact));
    keys.extend(identity.email.as_deref().map(|e| Key::Contact(e.trim().to_lowercase())));
    keys.extend((!external_id.is_empty()).then(|| Key::External(external_id.to_owned())));
    keys
}

/// Whether the key was made of a row's content rather than given by the other software.
pub(crate) fn is_row_key(external_id: &str) -> bool {
    external_id.starts_with(ROW_PREFIX)
}
