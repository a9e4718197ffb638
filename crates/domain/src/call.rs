//! Calls and the messages that come of them: how far one is.

words! {
    /// How far a call is.
    CallState {
        /// Noted; nobody was left a message.
        Noted = "noted",
        /// A message that the practitioner has not read.
        Unread = "unread",
        /// Read, not answered.
        Read = "read",
        /// Answered; the desk has to pass it on.
        Answered = "answered",
        /// Passed on, or settled otherwise.
        Closed = "closed",
    }
}

impl CallState {
    /// Whether somebody still has to do something.
    pub const fn is_open(self) -> bool {
        matches!(self, CallState::Unread | CallState::Read | CallState::Answered)
    }

    /// Whether the practitioner may (still) answer: a message can be answered again until it is closed.
    pub const fn may_be_answered(self) -> bool {
        self.is_open()
    }
}

/// What happened to a call so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Steps {
    /// It is a message to a practitioner.
    pub addressed: bool,
    /// The practitioner has seen it.
    pub read: bool,
    /// There is an answer.
    pub answered: bool,
    /// It is settled.
    pub closed: bool,
}

/// How far a call is. An answer is a reading, whoever forgot to say so.
pub const fn call_state(steps: Steps) -> CallState {
    if steps.closed {
        CallState::Closed
    } else if steps.answered {
        CallState::Answered
    } else if !steps.addressed {
        CallState::Noted
    } else if steps.read {
        CallState::Read
    } else {
        CallState::Unread
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> impl Iterator<Item = Steps> {
        (0..16).map(|bits| Steps {
            addressed: bits & 1 != 0,
            read: bits & 2 != 0,
            answered: bits & 4 != 0,
            closed: bits & 8 != 0,
        })
    }

    #[test]
    fn a_message_goes_from_unread_to_closed() {
        let steps = Steps { addressed: true, ..Steps::default() };
        assert_eq!(call_state(Steps::default()), CallState::Noted);
        assert_eq!(call_state(steps), CallState::Unread);
        assert_eq!(call_state(Steps { read: true, ..steps }), CallState::Read);
        assert_eq!(call_state(Steps { read: true, answered: true, ..steps }), CallState::Answered);
        assert_eq!(call_state(Steps { closed: true, ..steps }), CallState::Closed);
    }

    #[test]
    fn no_step_opens_a_closed_call_and_a_call_without_a_message_waits_for_nobody() {
        for steps in all() {
            let state = call_state(steps);
            assert_eq!(state == CallState::Closed, steps.closed);
            if !steps.addressed && !steps.answered {
                assert!(!state.is_open());
            }
            assert!(!state.may_be_answered() || state.is_open());
        }
    }
}
