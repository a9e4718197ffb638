//! The place where an appointment is put: what refuses it, what is worth a word, and the rooms and equipment that it takes
//! along. One reading of the day's rules for all of it. That it overlaps another is the schema's to refuse.

use domain::agenda::blocks::BlockKind;
use domain::agenda::overlap::Span;
use domain::agenda::provider_time::{Part, ProviderTime, needed_spans};
use domain::time::from_day_number;

use crate::commands::planning::schedule::Schedule;
use crate::commands::{CommandError, Desk};
use crate::store::agenda::{Appointment, BookingFacts};
use crate::store::{self, Connection};

/// The parts of an appointment of a type that need the practitioner.
pub(in crate::commands) fn parts(facts: &BookingFacts, minutes: i64) -> Vec<Part> {
    // A pattern is checked when the type is saved; one that is none asks for the practitioner all the time.
    facts.provider_time.parse::<ProviderTime>().unwrap_or_default().needed(minutes)
}

/// A place, looked at before the appointment is put there.
pub(in crate::commands) struct Place {
    schedule: Schedule,
    warnings: Vec<&'static str>,
}

impl Place {
    /// Reads what is known of the appointment's day.
    ///
    /// # Errors
    /// What the store refuses.
    pub async fn read(desk: &Desk, connection: &mut Connection, a: &Appointment) -> Result<Self, CommandError> {
        let schedule = Schedule::read(connection, &desk.premises(), Some(a.practitioner_id), a.day, a.day + 1).await?;
        Ok(Self { schedule, warnings: Vec::new() })
    }

    /// Refuses a place over which nothing is scheduled, unless it is overbooked on purpose, and takes along what the type
    /// asks for: one free resource of each kind. An overbooking does without one that is not free, and is told so.
    ///
    /// # Errors
    /// `no_scheduling`, `resource_taken`.
    pub async fn take(
        &mut self,
        connection: &mut Connection,
        a: &mut Appointment,
        facts: &BookingFacts,
    ) -> Result<(), CommandError> {
        let Some(starts) = a.starts else { return Ok(()) };
        let span = Span { start: starts, minutes: a.minutes };
        let shut = self
            .schedule
            .blocks_on(a.practitioner_id, from_day_number(a.day))
            .any(|(_, rule, block)| rule.kind == BlockKind::NoScheduling && block.overlaps(span));
        if shut && !a.overbooked {
            return Err(CommandError::field("no_scheduling", "starts"));
        }
        if !facts.offered {
            self.warnings.push("type_not_offered");
        }
        if !facts.at_site {
            self.warnings.push("type_not_at_site");
        }
        a.resources.clear();
        for kind in &facts.resource_kinds {
            match store::types::free_resource(connection, *kind, a.site_id, span, a.id).await? {
                Some(resource) => a.resources.push(resource),
                None if a.overbooked => self.warnings.push("without_resource"),
                None => return Err(CommandError::field("resource_taken", "starts")),
            }
        }
        self.warnings.dedup();
        Ok(())
    }

    /// What is right to book there and still worth a word. `patient_busy`: whether the patient is booked twice, where that
    /// was read along with something else.
    ///
    /// # Errors
    /// What the store refuses.
    pub async fn warnings(
        self,
        desk: &Desk,
        connection: &mut Connection,
        a: &Appointment,
        patient_busy: Option<bool>,
    ) -> Result<Vec<String>, CommandError> {
        let Self { schedule, mut warnings } = self;
        let Some(starts) = a.starts else { return Ok(Vec::new()) };
        let (of, date, now) = (a.practitioner_id, from_day_number(a.day), desk.wall_now());
        let span = Span { start: starts, minutes: a.minutes };
        let open = schedule.open_but_for_absences(of, date);
        if (schedule.has_hours(of) || schedule.is_closed(date)) && !open.iter().any(|open| open.contains(span)) {
            warnings.push(if schedule.is_closed(date) { "on_holiday" } else { "outside_hours" });
        }
        let away = schedule.absences_in(of, starts, span.end()).next().is_some();
        if away && schedule.locum_on(of, a.day).is_none() {
            warnings.push("during_absence");
        }
        for (row, rule, block) in schedule.blocks_on(of, date) {
            if block.overlaps(span) && rule.keeps_out(date, row.types.contains(&a.type_id), now) {
                warnings.push(match rule.kind {
                    BlockKind::Types => "reserved_types",
                    BlockKind::Urgent => "reserved_urgent",
                    BlockKind::NoScheduling => "no_scheduling",
                });
            }
        }
        let kept = |needed: Span| {
            schedule.kept.iter().any(|(start, minutes, buffer)| {
                *start != starts && Span { start: start + minutes, minutes: *buffer }.overlaps(needed)
            })
        };
        let mut disturbs = needed_spans(starts, a.minutes, &a.provider_parts).any(kept);
        if !disturbs && a.buffer_minutes > 0 {
            let after = Span { start: span.end(), minutes: a.buffer_minutes };
            disturbs = store::slots::is_needed(connection, of, after, a.id).await?;
        }
        if disturbs {
            warnings.push("kept_free");
        }
        let busy = match (patient_busy, a.patient_id) {
            (Some(known), _) => known,
            (None, Some(patient)) => store::agenda::patient_busy(connection, patient, a.id, starts, a.minutes).await?,
            (None, None) => false,
        };
        if busy {
            warnings.push("patient_booked_twice");
        }
        if span.end() <= now.minutes() {
            warnings.push("in_the_past");
        }
        Ok(warnings.into_iter().map(str::to_owned).collect())
    }
}
