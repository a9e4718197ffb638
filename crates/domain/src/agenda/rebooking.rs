//! Where the appointments that an absence hits could go: for each the next best free starts. Pure, over one reading of the
//! agenda; nothing is moved here.
//!
//! No two proposals of one answer take the same time, not even as second choices: whoever accepts all of them, or any,
//! meets no clash. Urgent ones choose first, then those whose appointment comes first.

use chrono::NaiveDate;

use super::fits::{Busy, Need, fitting_starts};
use super::overlap::Span;
use super::provider_time::{Part, needed_spans};
use super::slots::{PartOfDay, Wanted};
use crate::time::day_number;

/// Minutes of a day on the wall.
const DAY: i64 = 24 * 60;

words! {
    /// Which proposal comes first.
    Preference {
        /// The same practitioner, or who stands in for them.
        Practitioner = "practitioner",
        /// Whatever is nearest to the time that was agreed.
        Soonest = "soonest",
    }
}

/// An appointment that has to go elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// When it stands now (minutes on the wall).
    pub start: i64,
    /// 0 for the most urgent.
    pub rank: u8,
    /// Its own agenda, by place in the list of agendas.
    pub own: usize,
    /// Which of the shapes it has, by place.
    pub shape: usize,
}

/// What the appointments of one type and duration ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    /// Their duration.
    pub minutes: i64,
    /// The parts that need the practitioner; empty: all of it.
    pub parts: Vec<Part>,
    /// Free minutes kept after.
    pub buffer: i64,
    /// Minutes between two starts.
    pub step: i64,
    /// Kinds of resource taken along, by place in each agenda's list.
    pub kinds: Vec<usize>,
    /// The agendas in which it may stand, by place, with their open time day by day from the first date on: absences,
    /// holidays and other types' blocks taken out.
    pub open: Vec<(usize, Vec<Vec<Span>>)>,
}

/// One agenda as it was read: sorted by start.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Agenda {
    /// When the practitioner is needed.
    pub needed: Vec<Span>,
    /// Free time kept after appointments.
    pub kept: Vec<Span>,
    /// The site, by place: its resources are this agenda's.
    pub site: usize,
}

/// A start that is free for one of those hit, and of no other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proposal {
    /// In which agenda, by place.
    pub agenda: usize,
    /// When (minutes on the wall).
    pub start: i64,
}

/// What is looked through.
#[derive(Debug, Clone)]
pub struct Search {
    /// The first day that the openings of shapes speak of.
    pub first: NaiveDate,
    /// Nothing before this minute.
    pub not_before: i64,
    /// Which comes first.
    pub preference: Preference,
    /// At most so many for each.
    pub count: usize,
    /// By site, by kind, by resource: when it is busy, sorted.
    pub resources: Vec<Vec<Vec<Vec<Span>>>>,
}

/// The proposals for each of those hit, best first. `agendas` are the agendas as read; what is proposed is taken in them.
pub fn propose(hits: &[Hit], shapes: &[Shape], agendas: &mut [Agenda], mut search: Search) -> Vec<Vec<Proposal>> {
    let mut order: Vec<usize> = (0..hits.len()).collect();
    order.sort_by_key(|place| hits.get(*place).map(|hit| (hit.rank, hit.start)));
    let mut all: Vec<Vec<Proposal>> = vec![Vec::new(); hits.len()];
    // Time is only ever taken: a day without room for a shape stays without.
    let mut full: Vec<Vec<Vec<bool>>> =
        shapes.iter().map(|shape| shape.open.iter().map(|(_, days)| vec![false; days.len()]).collect()).collect();
    // Everybody's best first, then everybody's second: a second choice never takes somebody's best.
    for round in 0..search.count {
        for place in &order {
            let (Some(hit), Some(mine)) = (hits.get(*place), all.get_mut(*place)) else { continue };
            let (Some(shape), Some(full)) = (shapes.get(hit.shape), full.get_mut(hit.shape)) else { continue };
            if mine.len() < round {
                continue;
            }
            if let Some(next) = best(hit, shape, agendas, &search, mine, full) {
                take(shape, agendas, &mut search.resources, next);
                mine.push(next);
            }
        }
    }
    all
}

/// The best free start that is not proposed yet. With more than one agenda a second proposal is another practitioner's,
/// so that there is a choice.
fn best(
    hit: &Hit,
    shape: &Shape,
    agendas: &[Agenda],
    search: &Search,
    mine: &[Proposal],
    full: &mut [Vec<bool>],
) -> Option<Proposal> {
    let has_choice = shape.open.len() > 1;
    let found = shape.open.iter().zip(full).filter_map(|((agenda, days), full)| {
        let known = mine.iter().filter(|one| one.agenda == *agenda).count();
        let start = first_free(hit, shape, agendas.get(*agenda)?, days, search, full)?;
        let foreign = *agenda != hit.own;
        let far = (start - hit.start).abs();
        let key = match search.preference {
            Preference::Practitioner => (has_choice.then_some(known), foreign, far, *agenda),
            Preference::Soonest => (has_choice.then_some(known), false, far, *agenda),
        };
        Some((key, Proposal { agenda: *agenda, start }))
    });
    found.min_by_key(|(key, _)| *key).map(|(_, proposal)| proposal)
}

/// The first free start of one agenda, from now or from the agreed day on, whichever is later; where nothing is left
/// after it, the last chance is anything from now.
fn first_free(
    hit: &Hit,
    shape: &Shape,
    agenda: &Agenda,
    days: &[Vec<Span>],
    search: &Search,
    full: &mut [bool],
) -> Option<i64> {
    let first = day_number(search.first);
    let agreed = hit.start.div_euclid(DAY);
    let resources: Vec<Vec<Vec<Span>>> = shape
        .kinds
        .iter()
        .map(|kind| search.resources.get(agenda.site).and_then(|site| site.get(*kind)).cloned().unwrap_or_default())
        .collect();
    let from = usize::try_from((agreed - first).max(0)).unwrap_or(0);
    (from..days.len()).chain(0..from.min(days.len())).find_map(|place| {
        let full = full.get_mut(place).filter(|full| !**full)?;
        let open = days.get(place).filter(|open| !open.is_empty())?;
        let day = first + i64::try_from(place).unwrap_or(0);
        let wanted = Wanted {
            minutes: shape.minutes,
            step: shape.step,
            part: PartOfDay::Any,
            not_before: Some(search.not_before),
        };
        let need = Need { wanted, parts: &shape.parts, buffer: shape.buffer, resources: &resources };
        let busy = Busy { needed: around(&agenda.needed, day), kept: around(&agenda.kept, day) };
        let start = fitting_starts(open, busy, &need, 1).first().copied();
        *full = start.is_none();
        start
    })
}

/// What can touch a day: an appointment lasts a day at most.
fn around(spans: &[Span], day: i64) -> &[Span] {
    let from = spans.partition_point(|span| span.start <= (day - 1) * DAY);
    let to = spans.partition_point(|span| span.start < (day + 2) * DAY);
    spans.get(from..to).unwrap_or(&[])
}

fn put(list: &mut Vec<Span>, span: Span) {
    if span.minutes > 0 {
        let at = list.partition_point(|one| one.start <= span.start);
        list.insert(at, span);
    }
}

/// Takes the proposed time out of what is free.
fn take(shape: &Shape, agendas: &mut [Agenda], resources: &mut [Vec<Vec<Vec<Span>>>], taken: Proposal) {
    let Some(agenda) = agendas.get_mut(taken.agenda) else { return };
    for span in needed_spans(taken.start, shape.minutes, &shape.parts) {
        put(&mut agenda.needed, span);
    }
    put(&mut agenda.kept, Span { start: taken.start + shape.minutes, minutes: shape.buffer });
    let whole = Span { start: taken.start, minutes: shape.minutes };
    for kind in &shape.kinds {
        let of_kind = resources.get_mut(agenda.site).and_then(|site| site.get_mut(*kind));
        let free = of_kind.and_then(|all| all.iter_mut().find(|one| !one.iter().any(|span| span.overlaps(whole))));
        if let Some(free) = free {
            put(free, whole);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::time::from_day_number;

    const FIRST: i64 = 20_000;

    fn open(days: usize, minutes: i64) -> Vec<Vec<Span>> {
        (0..days).map(|day| vec![Span { start: (FIRST + i64::try_from(day).unwrap()) * DAY + 540, minutes }]).collect()
    }

    fn hit(day: i64, minute: i64, rank: u8, own: usize) -> Hit {
        Hit { start: (FIRST + day) * DAY + minute, rank, own, shape: 0 }
    }

    fn shape(open: Vec<(usize, Vec<Vec<Span>>)>) -> Shape {
        Shape { minutes: 20, parts: Vec::new(), buffer: 0, step: 20, kinds: Vec::new(), open }
    }

    fn search(preference: Preference, count: usize) -> Search {
        Search { first: from_day_number(FIRST), not_before: FIRST * DAY, preference, count, resources: Vec::new() }
    }

    #[test]
    fn the_same_practitioner_after_the_absence_comes_first_and_another_beside_it() {
        let mut own = open(10, 60);
        own[..5].iter_mut().for_each(Vec::clear);
        let shapes = [shape(vec![(0, own), (1, open(10, 60))])];
        let mut agendas = [Agenda::default(), Agenda::default()];
        let all = propose(&[hit(2, 600, 1, 0)], &shapes, &mut agendas, search(Preference::Practitioner, 2));
        assert_eq!(
            all[0],
            [
                Proposal { agenda: 0, start: (FIRST + 5) * DAY + 540 },
                Proposal { agenda: 1, start: (FIRST + 2) * DAY + 540 }
            ]
        );
        let mut agendas = [Agenda::default(), Agenda::default()];
        let soonest = propose(&[hit(2, 600, 1, 0)], &shapes, &mut agendas, search(Preference::Soonest, 1));
        assert_eq!(soonest[0][0].agenda, 1);
    }

    #[test]
    fn the_urgent_one_chooses_first() {
        let shapes = [shape(vec![(0, open(3, 20))])];
        let hits = [hit(0, 540, 1, 0), hit(0, 560, 0, 0)];
        let all = propose(&hits, &shapes, &mut [Agenda::default()], search(Preference::Practitioner, 1));
        assert_eq!(all[1][0].start, FIRST * DAY + 540);
        assert_eq!(all[0][0].start, (FIRST + 1) * DAY + 540);
    }

    #[test]
    fn a_room_is_proposed_once_at_a_time() {
        let shapes = [Shape { kinds: vec![0], ..shape(vec![(0, open(1, 60)), (1, open(1, 60))]) }];
        let hits = [hit(0, 540, 1, 0), hit(0, 540, 1, 1)];
        let search = Search { resources: vec![vec![vec![Vec::new()]]], ..search(Preference::Practitioner, 1) };
        let all = propose(&hits, &shapes, &mut [Agenda::default(), Agenda::default()], search);
        assert_ne!(all[0][0].start, all[1][0].start, "there is one room");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn no_two_proposals_take_the_same_time_and_none_touches_what_is_busy(
            hits in prop::collection::vec((0i64..5, 0i64..9, 0u8..3, 0usize..2), 1..30),
            busy in prop::collection::vec((0i64..8, 540i64..700, 5i64..40, 0usize..2), 0..30),
            buffer in 0i64..15,
            count in 1usize..4,
            soonest in any::<bool>(),
        ) {
            let hits: Vec<Hit> = hits.iter().map(|(day, n, rank, own)| hit(*day, 540 + n * 20, *rank, *own)).collect();
            let mut agendas = [Agenda::default(), Agenda::default()];
            for (day, minute, minutes, own) in &busy {
                put(&mut agendas[*own].needed, Span { start: (FIRST + day) * DAY + minute, minutes: *minutes });
            }
            let before = agendas.clone();
            let shapes = [Shape { buffer, ..shape(vec![(0, open(8, 180)), (1, open(8, 120))]) }];
            let preference = if soonest { Preference::Soonest } else { Preference::Practitioner };
            let all = propose(&hits, &shapes, &mut agendas, search(preference, count));
            let mut taken: Vec<(usize, Span)> = Vec::new();
            for mine in &all {
                prop_assert!(mine.len() <= count);
                for one in mine {
                    let span = Span { start: one.start, minutes: 20 };
                    let after = Span { start: span.end(), minutes: buffer };
                    prop_assert!(!before[one.agenda].needed.iter().any(|other| other.overlaps(span) || other.overlaps(after)));
                    prop_assert!(!taken.iter().any(|(agenda, other)| *agenda == one.agenda && other.overlaps(span)));
                    taken.push((one.agenda, span));
                }
            }
        }
    }
}
