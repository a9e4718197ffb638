//! How a thing stands there meets how it stands here: a booking of a patient, a cancellation, a move; or what another process, an
//! older copy of the vault or somebody's delayed request left there.
//!
//! The practice's agenda wins, with two exceptions that are the patient's own: who says that they do not come does not come, and who
//! says that they come has said so.

use super::Held;

/// How it stands here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mine {
    /// Never to be known there: never there, an objection, erased.
    pub hidden: bool,
    /// A change of ours waits in the outbox.
    pub waiting: bool,
    /// It occupies its practitioner.
    pub active: bool,
    /// The patient is there, or was: nobody calls it off from afar any more.
    pub begun: bool,
}

/// How it stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct There {
    /// The version.
    pub version: i64,
    /// It was asked for by its name just now: what it says counts, even where an older version than the known one is there (the other
    /// side came back from a copy).
    pub asked: bool,
    /// It is word for word what we would send.
    pub same: bool,
    /// It occupies its practitioner.
    pub active: bool,
    /// The patient called it off.
    pub called_off: bool,
    /// The patient said that they come.
    pub confirmed: bool,
    /// At the very time, with the very practitioner at the very site, as here.
    pub same_time: bool,
    /// The time it holds is free here, itself aside.
    pub free: bool,
}

/// What becomes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meet {
    /// Nothing: it is old news.
    Nothing,
    /// What we would send is there already. It is put once more, which takes it over.
    Same,
    /// It is new here and comes into the agenda as it stands there.
    TakeIn,
    /// It is new here and its time is taken: it comes in as called off by the practice, and that is told.
    Decline,
    /// Here it becomes as it stands there. It is put back, which takes it over.
    Follow,
    /// It stays as it is here, and is put again.
    Keep {
        /// The patient's confirmation is taken in.
        confirm: bool,
        /// The patient wanted another time and does not get it: to be told.
        refused: bool,
    },
    /// It must be erased there.
    Erase,
}

impl Meet {
    /// What is held afterwards: their words, so that ours are put again, be they the same.
    #[must_use]
    pub fn held(self, before: &Held, there: &There) -> Held {
        match self {
            Self::Nothing => before.clone(),
            Self::Erase if *before == Held::Gone => Held::Gone,
            _ => Held::theirs(there.version),
        }
    }

    /// Whether a row is queued, even where nothing changed here.
    #[must_use]
    pub const fn queues(self) -> bool {
        !matches!(self, Self::Nothing)
    }
}

/// What becomes of how it stands there. `mine` is none where nothing of that name is here.
#[must_use]
pub fn meet(mine: Option<&Mine>, held: &Held, there: &There) -> Meet {
    let Some(mine) = mine else {
        return match held {
            // It was here once and is gone: erased.
            Held::Gone | Held::Perhaps | Held::At { .. } => Meet::Erase,
            Held::Nothing if there.active && !there.free => Meet::Decline,
            Held::Nothing => Meet::TakeIn,
        };
    };
    if mine.hidden || *held == Held::Gone {
        return Meet::Erase;
    }
    if !there.asked && held.version().is_some_and(|known| there.version <= known) {
        return Meet::Nothing;
    }
    if there.same {
        return Meet::Same;
    }
    let keep = Meet::Keep { confirm: false, refused: false };
    // The other side is older than what we knew of it: ours counts.
    if held.version().is_some_and(|known| there.version < known) {
        return keep;
    }
    if mine.begun {
        return keep;
    }
    if !there.active {
        return if there.called_off && mine.active || !mine.waiting { Meet::Follow } else { keep };
    }
    let moved = mine.active && !there.same_time;
    match mine.waiting {
        true => Meet::Keep { confirm: mine.active && there.same_time && there.confirmed, refused: moved },
        false if there.same_time && mine.active || there.free => Meet::Follow,
        false => Meet::Keep { confirm: false, refused: moved },
    }
}

/// What is held of a thing of ours that was not among everything that is there: it went, or it is on its way. It is put again, and
/// the answer says which (erased things answer [`super::Answer::Erased`]). None: nothing is to be done.
#[must_use]
pub const fn missing(held: &Held) -> Option<Held> {
    match held {
        Held::Perhaps | Held::At { .. } => Some(Held::Perhaps),
        Held::Nothing | Held::Gone => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const MINE: Mine = Mine { hidden: false, waiting: false, active: true, begun: false };
    const THERE: There = There {
        version: 2,
        asked: false,
        same: false,
        active: true,
        called_off: false,
        confirmed: false,
        same_time: true,
        free: true,
    };

    fn known() -> Held {
        Held::At { version: 1, digest: "a".to_owned() }
    }

    #[test]
    fn a_booking_comes_in_and_one_for_a_time_that_is_taken_is_declined() {
        assert_eq!(meet(None, &Held::Nothing, &THERE), Meet::TakeIn);
        assert_eq!(meet(None, &Held::Nothing, &There { free: false, ..THERE }), Meet::Decline);
        assert_eq!(meet(None, &Held::Nothing, &There { active: false, free: false, ..THERE }), Meet::TakeIn);
    }

    #[test]
    fn who_calls_off_does_not_come_whatever_we_changed_meanwhile() {
        let off = There { active: false, called_off: true, ..THERE };
        assert_eq!(meet(Some(&MINE), &known(), &off), Meet::Follow);
        assert_eq!(meet(Some(&Mine { waiting: true, ..MINE }), &known(), &off), Meet::Follow);
        // But for who is sitting in the waiting room.
        let begun = Mine { begun: true, ..MINE };
        assert_eq!(meet(Some(&begun), &known(), &off), Meet::Keep { confirm: false, refused: false });
    }

    #[test]
    fn a_move_is_followed_where_there_is_room_and_refused_where_not() {
        let moved = There { same_time: false, ..THERE };
        assert_eq!(meet(Some(&MINE), &known(), &moved), Meet::Follow);
        let taken = There { free: false, ..moved };
        assert_eq!(meet(Some(&MINE), &known(), &taken), Meet::Keep { confirm: false, refused: true });
        let waiting = Mine { waiting: true, ..MINE };
        assert_eq!(meet(Some(&waiting), &known(), &moved), Meet::Keep { confirm: false, refused: true });
    }

    #[test]
    fn a_confirmation_is_taken_in_even_where_something_of_ours_waits() {
        let yes = There { confirmed: true, ..THERE };
        assert_eq!(meet(Some(&MINE), &known(), &yes), Meet::Follow);
        let waiting = Mine { waiting: true, ..MINE };
        assert_eq!(meet(Some(&waiting), &known(), &yes), Meet::Keep { confirm: true, refused: false });
    }

    #[test]
    fn old_news_is_none_and_what_was_asked_for_by_name_counts() {
        let old = There { version: 1, ..THERE };
        assert_eq!(meet(Some(&MINE), &known(), &old), Meet::Nothing);
        assert_eq!(meet(Some(&MINE), &known(), &There { same: true, ..THERE }), Meet::Same);
        let before = Held::theirs(9);
        assert_eq!(meet(Some(&MINE), &before, &THERE), Meet::Nothing);
        let asked = There { asked: true, ..THERE };
        assert_eq!(meet(Some(&MINE), &before, &asked), Meet::Keep { confirm: false, refused: false });
    }

    #[test]
    fn what_is_hidden_or_erased_here_is_erased_there() {
        assert_eq!(meet(Some(&Mine { hidden: true, ..MINE }), &known(), &THERE), Meet::Erase);
        assert_eq!(meet(None, &known(), &THERE), Meet::Erase);
        assert_eq!(meet(Some(&MINE), &Held::Gone, &THERE), Meet::Erase);
    }

    fn some_mine() -> impl Strategy<Value = Mine> {
        (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>()).prop_map(|(hidden, waiting, active, begun)| Mine {
            hidden,
            waiting,
            active,
            begun,
        })
    }

    fn some_there() -> impl Strategy<Value = There> {
        let bits = prop::array::uniform7(any::<bool>());
        (0i64..4, bits).prop_map(|(version, [asked, same, active, called_off, confirmed, same_time, free])| There {
            version,
            asked,
            same,
            active,
            called_off: called_off && !active,
            confirmed,
            same_time,
            free,
        })
    }

    proptest! {
        #[test]
        fn nothing_ever_comes_into_a_time_that_is_taken(mine in prop::option::of(some_mine()), there in some_there(), known in 0i64..4) {
            let held = if known == 0 { Held::Nothing } else { Held::theirs(known) };
            let met = meet(mine.as_ref(), &held, &there);
            let comes_in = matches!(met, Meet::TakeIn | Meet::Follow) && there.active;
            let was_there = mine.is_some_and(|mine| mine.active && there.same_time);
            prop_assert!(!comes_in || there.free || was_there);
        }
    }
}
