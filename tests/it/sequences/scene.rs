//! Taking a step: a request made from its small numbers, out of what is there at that moment.

use domain::agenda::blocks::BlockKind;
use domain::agenda::series::SeriesScope;
use domain::holidays::HolidayChange;
use domain::id::{PatientId, PractitionerId, TypeId};
use domain::time::{WallTime, from_day_number};
use semainier_app::commands::agenda::wire::{
    AppointmentView, BookAppointmentRequest, BookWalkInRequest, CancelAppointmentRequest, MoveAppointmentRequest,
    SetStatusRequest, UpdateAppointmentRequest,
};
use semainier_app::commands::history::wire::{ListJournalRequest, UndoRequest};
use semainier_app::commands::planning::wire::{
    AddOpeningRequest, RemoveOpeningRequest, SaveBlockRequest, SaveLocumRequest, SetHolidayRequest,
};
use semainier_app::commands::practice::wire::{AddAbsenceRequest, PractitionerRequest, RemoveAbsenceRequest};
use semainier_app::commands::queue::wire::{CallNextRequest, PlaceInQueueRequest};
use semainier_app::commands::series::wire::{
    BookRowRequest, BookSeriesRequest, CancelSeriesRequest, ChangeSeriesRequest, FindRowsRequest, RowLink,
    SeriesChange, SeriesPlan, SeriesRequest, SeriesRuleView,
};
use semainier_app::commands::waiting_list::wire::{
    AddToWaitingListRequest, FindWaitingRequest, ListWaitingRequest, RecordOfferRequest, WaitingEntryRequest, WishView,
};
use semainier_app::commands::{CommandError, Desk, agenda, history, planning, practice, queue, series, waiting_list};

use super::appointments;
use super::step::Step;
use crate::house::{at, code};
use crate::series::choices;

/// Place 0 to 59: four weekdays, fifteen starts of 20 minutes from nine o'clock on.
fn starts(place: i64) -> WallTime {
    at("2026-11-23T09:00").plus_minutes((place / 15) * 1440 + (place % 15) * 20)
}

fn day(number: i64) -> String {
    from_day_number(starts(0).minutes().div_euclid(1440) + number).to_string()
}

/// Who and what the steps choose from.
#[derive(Debug)]
pub struct Scene {
    pub practitioners: Vec<PractitionerId>,
    pub types: Vec<TypeId>,
    pub patients: Vec<PatientId>,
}

impl Scene {
    fn whose(&self, number: usize) -> PractitionerId {
        self.practitioners[number % self.practitioners.len()]
    }

    fn who(&self, number: usize) -> PatientId {
        self.patients[number % self.patients.len()]
    }

    fn kind(&self, number: usize) -> TypeId {
        self.types[number % self.types.len()]
    }

    /// Takes a step; `done`, or the code of its refusal.
    pub async fn take(&self, desk: &Desk, step: &Step) -> String {
        match self.attempt(desk, step).await {
            Ok(code) => code,
            Err(refusal) => refusal.code,
        }
    }

    async fn picked(&self, desk: &Desk, number: usize) -> Result<AppointmentView, CommandError> {
        let all = appointments(desk).await;
        if all.is_empty() {
            return Err(CommandError::new("nothing_there"));
        }
        Ok(all[number % all.len()].clone())
    }

    /// An appointment that is a session, where there is one.
    async fn session(&self, desk: &Desk, number: usize) -> Result<AppointmentView, CommandError> {
        let mut sessions = Vec::new();
        for one in appointments(desk).await {
            if series::show_series(desk, SeriesRequest { appointment_id: one.id }).await.is_ok() {
                sessions.push(one);
            }
        }
        if sessions.is_empty() {
            return Err(CommandError::new("nothing_there"));
        }
        Ok(sessions.swap_remove(number % sessions.len()))
    }

    #[expect(clippy::too_many_lines, reason = "one line a command")]
    async fn attempt(&self, desk: &Desk, step: &Step) -> Result<String, CommandError> {
        Ok(match step {
            Step::Book { who, kind, whose, place, overbook } => {
                let request = BookAppointmentRequest {
                    practitioner_id: self.whose(*whose),
                    patient_id: Some(self.who(*who)),
                    type_id: self.kind(*kind),
                    starts: starts(*place),
                    minutes: None,
                    origin: "phone".to_owned(),
                    overbook: *overbook,
                    note: String::new(),
                    contact_name: String::new(),
                    contact_phone: String::new(),
                    never_sync: false,
                };
                code(agenda::book_appointment(desk, request).await)
            }
            Step::Move { pick, whose, place, minutes, overbook } => {
                let request = MoveAppointmentRequest {
                    id: self.picked(desk, *pick).await?.id,
                    revision: None,
                    starts: starts(*place),
                    practitioner_id: Some(self.whose(*whose)),
                    minutes: *minutes,
                    overbook: *overbook,
                };
                code(agenda::move_appointment(desk, request).await)
            }
            Step::Resize { pick, minutes } => {
                let one = self.picked(desk, *pick).await?;
                let request = MoveAppointmentRequest {
                    id: one.id,
                    revision: Some(one.revision),
                    starts: one.starts.ok_or_else(|| CommandError::new("nothing_there"))?,
                    practitioner_id: None,
                    minutes: Some(*minutes),
                    overbook: false,
                };
                code(agenda::move_appointment(desk, request).await)
            }
            Step::Status { pick, to } => {
                let request = SetStatusRequest { id: self.picked(desk, *pick).await?.id, status: (*to).to_owned() };
                code(agenda::set_status(desk, request).await)
            }
            Step::Cancel { pick } => {
                let id = self.picked(desk, *pick).await?.id;
                let request = CancelAppointmentRequest { id, by: "patient".to_owned(), reason: "malade".to_owned() };
                code(agenda::cancel_appointment(desk, request).await)
            }
            Step::Update { pick, who, kind } => {
                let request = UpdateAppointmentRequest {
                    id: self.picked(desk, *pick).await?.id,
                    patient_id: Some(self.who(*who)),
                    type_id: self.kind(*kind),
                    note: "apporter la radio".to_owned(),
                    urgency: "urgent".to_owned(),
                };
                code(agenda::update_appointment(desk, request).await)
            }
            Step::WalkIn { who, urgent } => {
                let request = BookWalkInRequest {
                    practitioner_id: self.whose(0),
                    patient_id: self.who(*who),
                    type_id: None,
                    urgency: if *urgent { "urgent" } else { "normal" }.to_owned(),
                    note: String::new(),
                };
                code(agenda::book_walk_in(desk, request).await)
            }
            Step::CallNext { whose, finish } => {
                let request = CallNextRequest { practitioner_id: self.whose(*whose), finish: *finish };
                code(queue::call_next(desk, request).await)
            }
            Step::Queue { pick, before } => {
                let request = PlaceInQueueRequest {
                    id: self.picked(desk, *pick).await?.id,
                    before: Some(self.picked(desk, *before).await?.id),
                };
                code(queue::place_in_queue(desk, request).await)
            }
            Step::Series { place, unit, every, more, sessions } => {
                let plan = SeriesPlan {
                    appointment_id: None,
                    practitioner_id: self.whose(0),
                    patient_id: self.who(0),
                    type_id: self.kind(0),
                    minutes: None,
                    first: starts(*place),
                    rule: SeriesRuleView { unit: *unit, at_least: *every, at_most: every + more, sessions: *sessions },
                };
                let preview = series::preview_series(desk, plan.clone()).await?;
                let sessions = choices(&preview);
                let request =
                    BookSeriesRequest { plan, sessions, origin: "desk".into(), note: String::new(), never_sync: false };
                code(series::book_series(desk, request).await)
            }
            Step::SeriesEdit { pick, scope, by, every } => {
                let one = self.session(desk, *pick).await?;
                let from = one.starts.ok_or_else(|| CommandError::new("nothing_there"))?;
                let view = series::show_series(desk, SeriesRequest { appointment_id: one.id }).await?;
                // Only of all of them: "this and the following" begin at a number that the whole rule counts.
                let rule = every.filter(|_| *scope == SeriesScope::All).map(|every| SeriesRuleView {
                    at_least: every,
                    at_most: every,
                    ..view.rule
                });
                let change = SeriesChange {
                    appointment_id: one.id,
                    scope: *scope,
                    starts: from.plus_minutes(*by),
                    practitioner_id: None,
                    type_id: None,
                    minutes: None,
                    rule,
                };
                let preview = series::preview_series_change(desk, change.clone()).await?;
                let request = ChangeSeriesRequest { change, sessions: choices(&preview) };
                code(series::change_series(desk, request).await)
            }
            Step::SeriesCancel { pick, scope } => {
                let request = CancelSeriesRequest {
                    appointment_id: self.session(desk, *pick).await?.id,
                    scope: *scope,
                    by: "practice".into(),
                    reason: String::new(),
                };
                code(series::cancel_series(desk, request).await)
            }
            Step::Row { who, place } => {
                let link = |who, whose| RowLink {
                    patient_id: self.who(who),
                    practitioner_id: self.whose(whose),
                    type_id: self.kind(0),
                    minutes: None,
                };
                let links = vec![link(*who, 0), link(who + 1, 0), link(who + 1, 1)];
                let search = FindRowsRequest {
                    links: links.clone(),
                    from: starts(*place).to_string(),
                    days: 3,
                    part: "any".into(),
                    pause: 30,
                    count: 1,
                };
                let rows = series::find_rows(desk, search).await?.rows;
                let row = rows.into_iter().next().ok_or_else(|| CommandError::new("nothing_there"))?;
                let request = BookRowRequest {
                    links,
                    starts: row.starts,
                    origin: "desk".into(),
                    note: String::new(),
                    never_sync: false,
                };
                code(series::book_row(desk, request).await)
            }
            Step::Wish { pick, who, urgent } => {
                let appointment_id = match pick {
                    Some(pick) => Some(self.picked(desk, *pick).await?.id),
                    None => None,
                };
                let request = AddToWaitingListRequest {
                    patient_id: appointment_id.is_none().then(|| self.who(*who)),
                    appointment_id,
                    type_id: appointment_id.is_none().then(|| self.kind(0)),
                    wish: WishView {
                        practitioners: vec![],
                        weekdays: vec![],
                        from: String::new(),
                        until: String::new(),
                        from_minute: 0,
                        to_minute: 1440,
                        urgency: if *urgent { "urgent" } else { "normal" }.to_owned(),
                        note: String::new(),
                    },
                };
                code(waiting_list::add_to_waiting_list(desk, request).await)
            }
            Step::Refill { place, whose, outcome } => {
                let from = starts(*place);
                let find = FindWaitingRequest {
                    practitioner_id: self.whose(*whose),
                    from,
                    to: from.plus_minutes(30),
                    limit: 5,
                };
                let people = waiting_list::find_waiting(desk, find).await?.people;
                let first = people.first().ok_or_else(|| CommandError::new("nothing_there"))?;
                let request = RecordOfferRequest {
                    id: first.entry.id,
                    practitioner_id: self.whose(*whose),
                    starts: first.starts,
                    outcome: *outcome,
                };
                code(waiting_list::record_offer(desk, request).await)
            }
            Step::Unwish { pick } => {
                let list = waiting_list::list_waiting(desk, ListWaitingRequest { left: false }).await?.entries;
                if list.is_empty() {
                    return Err(CommandError::new("nothing_there"));
                }
                let request = WaitingEntryRequest { id: list[pick % list.len()].id };
                code(waiting_list::remove_from_waiting_list(desk, request).await)
            }
            Step::Absence { place, days } => {
                let request = AddAbsenceRequest {
                    practitioner_id: self.whose(0),
                    starts: starts(*place).to_string(),
                    ends: starts(*place).plus_minutes(days * 1440).to_string(),
                    label: "Congrès".to_owned(),
                };
                code(practice::add_absence(desk, request).await)
            }
            Step::BackAgain => {
                let request = PractitionerRequest { practitioner_id: self.whose(0) };
                let absences = practice::show_opening(desk, request).await?.absences;
                let id = absences.first().ok_or_else(|| CommandError::new("nothing_there"))?.id;
                code(practice::remove_absence(desk, RemoveAbsenceRequest { id }).await)
            }
            Step::Opening { day: number, whose } => {
                let request = AddOpeningRequest {
                    practitioner_id: self.whose(*whose),
                    day: day(*number),
                    from: 480,
                    to: 720,
                    label: "Samedi".to_owned(),
                };
                code(planning::add_opening(desk, request).await)
            }
            Step::NotOpen => {
                let request = PractitionerRequest { practitioner_id: self.whose(0) };
                let openings = planning::show_planning(desk, request).await?.openings;
                let id = openings.first().ok_or_else(|| CommandError::new("nothing_there"))?.id;
                code(planning::remove_opening(desk, RemoveOpeningRequest { id }).await)
            }
            Step::Block { kind, from } => {
                let request = SaveBlockRequest {
                    id: None,
                    practitioner_id: self.whose(0),
                    kind: *kind,
                    weekdays: vec![2, 3],
                    from: *from,
                    to: from + 60,
                    valid_from: None,
                    valid_until: None,
                    weeks: "every".to_owned(),
                    release_days: None,
                    release_minute: None,
                    types: if *kind == BlockKind::Types { vec![self.kind(1)] } else { vec![] },
                    label: String::new(),
                };
                code(planning::save_block(desk, request).await)
            }
            Step::Locum { day: number } => {
                let request = SaveLocumRequest {
                    id: None,
                    practitioner_id: self.whose(0),
                    name: "Dr Remplaçant".to_owned(),
                    number: String::new(),
                    first_day: day(*number),
                    last_day: day(number + 2),
                };
                code(planning::save_locum(desk, request).await)
            }
            Step::Holiday { day: number, closed } => {
                let state = if *closed { HolidayChange::Closed } else { HolidayChange::Open };
                let request = SetHolidayRequest {
                    day: day(*number),
                    state: Some(state),
                    holiday: String::new(),
                    label: "Pont".to_owned(),
                };
                code(planning::set_holiday(desk, request).await)
            }
            Step::Undo => code(history::undo(desk, UndoRequest { sequence: None }).await),
            Step::UndoEarlier(back) => {
                let newest = ListJournalRequest { subject: None, before: None, limit: 1 };
                let entries = history::list_journal(desk, newest).await?.entries;
                let sequence = entries.first().map(|entry| entry.sequence - back);
                code(history::undo(desk, UndoRequest { sequence }).await)
            }
        })
    }
}
