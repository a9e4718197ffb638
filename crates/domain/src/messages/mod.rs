//! Messages to patients: which one follows from which change, when it is due, what it says in three languages, and what an answer
//! means. The portal and an app without a portal send by the same rules.
//!
//! No words of health: neither why somebody comes nor what for, and no name but the practitioner's. Deliberately not here: how a
//! message goes, whether the recipient objected (that is asked of what is stored), and the clock.

mod due;
mod follows;
mod patterns;
mod reply;
mod second;
mod words;

pub use due::{HOURS, LATEST_REMINDER, calm, reminder_due, reminders, survey_at};
pub use follows::{Seen, Standing, booked_before, follows};
pub use reply::{Reply, read_reply};
pub use second::second_way;
pub use words::{Text, local_date, local_day, local_moment, local_time, render, said};

words! {
    /// The language of messages.
    Language {
        /// French.
        Fr = "fr",
        /// Arabic.
        Ar = "ar",
        /// English.
        En = "en",
    }
}

words! {
    /// How a message goes.
    Channel {
        /// By e-mail.
        Email = "email",
        /// By text message.
        Sms = "sms",
    }
}

words! {
    /// What a message says.
    Template {
        /// The code that proves a contact.
        OneTimeCode = "one_time_code",
        /// It is booked.
        Confirmation = "confirmation",
        /// It is asked for; the practice will say.
        Request = "request",
        /// It is at another time.
        Change = "change",
        /// It is called off.
        Cancellation = "cancellation",
        /// The practice's agenda had no room after all; other slots can be had.
        Clash = "clash",
        /// It is soon.
        Reminder = "reminder",
        /// They are on the waiting list.
        Waiting = "waiting",
        /// Their request about their data has arrived.
        Rights = "rights",
        /// How was the booking, without a word of health.
        Survey = "survey",
    }
}

impl Template {
    /// Whether somebody may want to hear no more of it. What tells where an appointment stands is no matter of wanting.
    #[must_use]
    pub const fn may_be_refused(self) -> bool {
        matches!(self, Self::Reminder | Self::Survey)
    }
}
