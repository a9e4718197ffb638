//! What to do with one thing that waits in the outbox, and what the answer means.

use super::{Expect, Held};

/// How the thing stands here, as far as the other side may know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Own {
    /// It is not here, or not to be known there: never there, an objection, a practitioner who is not instructed any more.
    Hidden,
    /// It is to be told.
    Told {
        /// The digest of what would be sent now.
        digest: String,
        /// Whether it occupies nobody: called off, entered in error. What was never told needs no telling then.
        ended: bool,
    },
}

/// What to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Nothing: the row leaves.
    Nothing,
    /// Send it, expecting that. [`Held::Perhaps`] is remembered first where nothing was.
    Put(Expect),
    /// Have it erased there and confirmed.
    Erase,
}

/// What to do with a thing.
#[must_use]
pub fn step(own: &Own, held: &Held) -> Step {
    match (own, held) {
        (_, Held::Gone) | (Own::Hidden | Own::Told { ended: true, .. }, Held::Nothing) => Step::Nothing,
        (Own::Hidden, Held::Perhaps | Held::At { .. }) => Step::Erase,
        (Own::Told { digest, .. }, Held::At { digest: there, .. }) if digest == there => Step::Nothing,
        (Own::Told { .. }, held) => Step::Put(held.expect()),
    }
}

words! {
    /// How one change was answered. The words are those of the portal's refusals where there is one.
    Answer {
        /// It is there now; the version comes beside it.
        Kept = "kept",
        /// Another version is there, or nothing.
        OtherVersion = "other_version",
        /// A patient holds that time.
        SlotTaken = "slot_taken",
        /// Another appointment has that booking code.
        CodeTaken = "code_taken",
        /// It was erased there for good.
        Erased = "erased",
        /// The instruction does not cover it.
        NotInstructed = "not_instructed",
        /// Its schedule is not there yet.
        NoSchedule = "no_schedule",
        /// It is not taken as it is; the same again would be refused again.
        Unfit = "unfit",
        /// To be tried again later: too often, overloaded, failed.
        Later = "later",
    }
}

/// What follows from an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum After {
    /// This is what is held now; the row leaves if nothing changed meanwhile.
    Settled(Held),
    /// How it stands there is to be asked, and met like anything that comes from there.
    Look,
    /// What patients did is to be heard first, then the same again.
    Hear,
    /// The schedule goes first, then the same again.
    ScheduleFirst,
    /// Another booking code is to be drawn, then it is sent anew.
    Recode,
    /// It waits until it changes, or for a day; the reason is shown.
    Aside,
    /// The instruction there is to be compared; nothing more is sent until then.
    Instruct,
    /// The same again, later.
    Again,
}

/// What follows from an answer to something that was sent in the words of that digest.
#[must_use]
pub fn after(answer: Answer, version: i64, digest: &str) -> After {
    match answer {
        Answer::Kept => After::Settled(Held::At { version, digest: digest.to_owned() }),
        Answer::OtherVersion => After::Look,
        Answer::SlotTaken => After::Hear,
        Answer::CodeTaken => After::Recode,
        Answer::Erased => After::Settled(Held::Gone),
        Answer::NotInstructed => After::Instruct,
        Answer::NoSchedule => After::ScheduleFirst,
        Answer::Unfit => After::Aside,
        Answer::Later => After::Again,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(digest: &str, ended: bool) -> Own {
        Own::Told { digest: digest.to_owned(), ended }
    }

    fn at(version: i64, digest: &str) -> Held {
        Held::At { version, digest: digest.to_owned() }
    }

    #[test]
    fn what_is_there_already_is_not_sent_again_and_what_is_new_expects_nothing() {
        assert_eq!(step(&told("a", false), &Held::Nothing), Step::Put(Expect::Nothing));
        assert_eq!(step(&told("a", false), &Held::Perhaps), Step::Put(Expect::Nothing));
        assert_eq!(step(&told("a", false), &at(3, "a")), Step::Nothing);
        assert_eq!(step(&told("b", false), &at(3, "a")), Step::Put(Expect::Version(3)));
        assert_eq!(step(&told("a", false), &Held::theirs(4)), Step::Put(Expect::Version(4)));
    }

    #[test]
    fn what_ended_before_it_was_told_is_never_told_and_what_may_be_there_is() {
        assert_eq!(step(&told("a", true), &Held::Nothing), Step::Nothing);
        assert_eq!(step(&told("a", true), &Held::Perhaps), Step::Put(Expect::Nothing));
        assert_eq!(step(&told("a", true), &at(1, "b")), Step::Put(Expect::Version(1)));
    }

    #[test]
    fn what_is_hidden_is_erased_wherever_it_may_be_and_what_was_erased_never_returns() {
        assert_eq!(step(&Own::Hidden, &Held::Nothing), Step::Nothing);
        assert_eq!(step(&Own::Hidden, &Held::Perhaps), Step::Erase);
        assert_eq!(step(&Own::Hidden, &at(2, "a")), Step::Erase);
        assert_eq!(step(&Own::Hidden, &Held::Gone), Step::Nothing);
        assert_eq!(step(&told("a", false), &Held::Gone), Step::Nothing);
    }

    #[test]
    fn every_answer_leads_on() {
        assert_eq!(after(Answer::Kept, 4, "a"), After::Settled(at(4, "a")));
        assert_eq!(after(Answer::Erased, 0, "a"), After::Settled(Held::Gone));
        for &answer in Answer::ALL {
            let settled = matches!(after(answer, 1, "a"), After::Settled(_));
            assert_eq!(settled, matches!(answer, Answer::Kept | Answer::Erased));
        }
    }
}
