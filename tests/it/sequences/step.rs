//! What a random day at the desk is made of: steps, in small numbers.

use domain::agenda::blocks::BlockKind;
use domain::agenda::series::{SeriesScope, SeriesUnit};
use domain::agenda::waiting_list::OfferOutcome;
use proptest::prelude::*;

/// A step. Numbers choose among what there is, whatever their size.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    Book {
        who: usize,
        kind: usize,
        whose: usize,
        place: i64,
        overbook: bool,
    },
    Move {
        pick: usize,
        whose: usize,
        place: i64,
        minutes: Option<i64>,
        overbook: bool,
    },
    Resize {
        pick: usize,
        minutes: i64,
    },
    Status {
        pick: usize,
        to: &'static str,
    },
    Cancel {
        pick: usize,
    },
    Update {
        pick: usize,
        who: usize,
        kind: usize,
    },
    WalkIn {
        who: usize,
        urgent: bool,
    },
    CallNext {
        whose: usize,
        finish: bool,
    },
    Queue {
        pick: usize,
        before: usize,
    },
    Series {
        place: i64,
        unit: SeriesUnit,
        every: i64,
        more: i64,
        sessions: i64,
    },
    SeriesEdit {
        pick: usize,
        scope: SeriesScope,
        by: i64,
        every: Option<i64>,
    },
    SeriesCancel {
        pick: usize,
        scope: SeriesScope,
    },
    Row {
        who: usize,
        place: i64,
    },
    Wish {
        pick: Option<usize>,
        who: usize,
        urgent: bool,
    },
    Refill {
        place: i64,
        whose: usize,
        outcome: OfferOutcome,
    },
    Unwish {
        pick: usize,
    },
    Absence {
        place: i64,
        days: i64,
    },
    BackAgain,
    Opening {
        day: i64,
        whose: usize,
    },
    NotOpen,
    Block {
        kind: BlockKind,
        from: i64,
    },
    Locum {
        day: i64,
    },
    Holiday {
        day: i64,
        closed: bool,
    },
    Undo,
    /// So many entries before the newest.
    UndoEarlier(i64),
}

const STATUSES: [&str; 8] =
    ["requested", "booked", "confirmed", "arrived", "in_consultation", "done", "no_show", "left"];

/// Any step but an undo. Places are few, so that steps meet.
pub fn any_step() -> impl Strategy<Value = Step> {
    let pick = || 0usize..40;
    let place = || 0i64..60;
    let scope = || prop::sample::select(SeriesScope::ALL);
    let minutes = || (1i64..10).prop_map(|fives| fives * 5);
    let outcome = prop::sample::select(OfferOutcome::ALL);
    prop_oneof![
        6 => (0usize..4, 0usize..3, 0usize..2, place(), prop::bool::weighted(0.2))
            .prop_map(|(who, kind, whose, place, overbook)| Step::Book { who, kind, whose, place, overbook }),
        4 => (pick(), 0usize..2, place(), prop::option::of(minutes()), prop::bool::weighted(0.2))
            .prop_map(|(pick, whose, place, minutes, overbook)| Step::Move { pick, whose, place, minutes, overbook }),
        2 => (pick(), minutes()).prop_map(|(pick, minutes)| Step::Resize { pick, minutes }),
        4 => (pick(), prop::sample::select(&STATUSES[..])).prop_map(|(pick, to)| Step::Status { pick, to }),
        2 => pick().prop_map(|pick| Step::Cancel { pick }),
        1 => (pick(), 0usize..4, 0usize..3).prop_map(|(pick, who, kind)| Step::Update { pick, who, kind }),
        1 => (0usize..4, any::<bool>()).prop_map(|(who, urgent)| Step::WalkIn { who, urgent }),
        1 => (0usize..2, any::<bool>()).prop_map(|(whose, finish)| Step::CallNext { whose, finish }),
        1 => (pick(), pick()).prop_map(|(pick, before)| Step::Queue { pick, before }),
        2 => (place(), prop::sample::select(SeriesUnit::ALL), 1i64..3, 0i64..2, 2i64..5).prop_map(
            |(place, unit, every, more, sessions)| Step::Series {
                place, unit, every, more, sessions: if unit == SeriesUnit::Months { 2 } else { sessions },
            }
        ),
        3 => (pick(), scope(), -60i64..60, prop::option::of(1i64..3))
            .prop_map(|(pick, scope, quarters, every)| Step::SeriesEdit { pick, scope, by: quarters * 15, every }),
        1 => (pick(), scope()).prop_map(|(pick, scope)| Step::SeriesCancel { pick, scope }),
        1 => (0usize..4, place()).prop_map(|(who, place)| Step::Row { who, place }),
        2 => (prop::option::of(pick()), 0usize..4, any::<bool>())
            .prop_map(|(pick, who, urgent)| Step::Wish { pick, who, urgent }),
        3 => (place(), 0usize..2, outcome).prop_map(|(place, whose, outcome)| Step::Refill { place, whose, outcome }),
        1 => pick().prop_map(|pick| Step::Unwish { pick }),
        2 => (place(), 1i64..5).prop_map(|(place, days)| Step::Absence { place, days }),
        1 => Just(Step::BackAgain),
        1 => (0i64..14, 0usize..2).prop_map(|(day, whose)| Step::Opening { day, whose }),
        1 => Just(Step::NotOpen),
        1 => (prop::sample::select(BlockKind::ALL), 540i64..900).prop_map(|(kind, from)| Step::Block { kind, from }),
        1 => (0i64..14).prop_map(|day| Step::Locum { day }),
        1 => (0i64..14, any::<bool>()).prop_map(|(day, closed)| Step::Holiday { day, closed }),
    ]
}

impl Step {
    /// Whether it says only what is open or closed: appointments are none of its business.
    pub fn only_plans(&self) -> bool {
        matches!(
            self,
            Self::Absence { .. }
                | Self::BackAgain
                | Self::Opening { .. }
                | Self::NotOpen
                | Self::Block { .. }
                | Self::Locum { .. }
                | Self::Holiday { .. }
        )
    }
}
