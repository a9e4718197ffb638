//! A practitioner's page: the type, and the free times of two weeks. Strangers see it as it is remembered (`memory`); who has a visit
//! here sees it as it is read.

use std::sync::Arc;

use axum::{
    extract::{Path, RawQuery},
    response::Response,
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::{
    id::{PracticeId, TypeId},
    time::{self, WallTime},
};
use fhir::booking::{Language, OfferedType, Schedule, ScheduleId};
use maud::{Markup, html};
use uuid::Uuid;

use super::{
    layout::{Place, Trouble, address, page},
    visitor::{Call, Visitor},
    words,
};
use crate::{
    form,
    memory::Asked,
    messages::{local_date, local_time},
    store::FreeSlot,
};

/// So many days are shown at once, unless they are so full that the page would be heavy; and so far ahead is looked for the first
/// free time.
const SHOWN: i64 = 14;
const MOST: usize = 160;
const AHEAD: i64 = 180;
/// What begins sooner is not shown any more.
const SOON: TimeDelta = TimeDelta::minutes(1);

/// The schedule of an address, where it is shown.
pub(super) async fn schedule_of(call: &mut Call, text: &str) -> Result<Schedule, Trouble> {
    let id = text.parse().map_err(|_| Trouble::NotFound)?;
    call.tx.schedule(ScheduleId(id)).await?.filter(|s| s.active).ok_or(Trouble::NotFound)
}

/// The type of a parameter, where it is offered.
pub(super) fn type_of<'a>(schedule: &'a Schedule, pairs: &[(String, String)]) -> Option<&'a OfferedType> {
    let id: TypeId = form::value(pairs, "type")?.parse().ok()?;
    schedule.types.iter().find(|t| t.kind.id == id)
}

/// Free times of some days, and how to get to others.
pub(super) struct Times {
    pub from: NaiveDate,
    today: NaiveDate,
    slots: Vec<FreeSlot>,
    first_after: Option<NaiveDate>,
    /// The day after the last that is shown.
    next: NaiveDate,
}

/// The free times from the day of `from=…`, or from today on.
pub(super) async fn times(
    call: &mut Call,
    schedule: &Schedule,
    kind: TypeId,
    pairs: &[(String, String)],
) -> Result<Times, Trouble> {
    let zone = &schedule.site.zone;
    let today = time::wall(call.now, zone).date();
    let last = today + TimeDelta::days(AHEAD);
    let asked = form::value(pairs, "from").and_then(|text| text.parse::<NaiveDate>().ok());
    let from = asked.unwrap_or(today).clamp(today, last);
    let start = |day: NaiveDate| time::instant(WallTime::at(day, 0), zone);
    let until = from + TimeDelta::days(SHOWN);
    let begin = start(from).max(call.now + SOON);
    let mut slots = call.tx.free_slots(schedule, kind, begin, start(until), 600).await?;
    let mut next = until;
    if let Some(cut) = slots.get(MOST) {
        // Whole days, and at least the first.
        let day = |slot: &FreeSlot| time::wall(slot.start_at, zone).date();
        let last = day(cut).max(day(&slots[0]) + TimeDelta::days(1));
        slots.retain(|slot| day(slot) < last);
        next = last;
    }
    let first_after = if slots.is_empty() {
        let later = call.tx.free_slots(schedule, kind, start(until), start(last), 1).await?;
        later.first().map(|slot| time::wall(slot.start_at, zone).date())
    } else {
        None
    };
    Ok(Times { from, today, slots, first_after, next })
}

impl Times {
    /// As they stand on a page; `take` makes the button or link of one.
    pub(super) fn show(
        &self,
        schedule: &Schedule,
        language: Language,
        page: &str,
        take: impl Fn(FreeSlot) -> Markup,
    ) -> Markup {
        let zone = &schedule.site.zone;
        let wall = |slot: &FreeSlot| time::wall(slot.start_at, zone);
        let mut days: Vec<(NaiveDate, Vec<FreeSlot>)> = Vec::new();
        for slot in &self.slots {
            let day = wall(slot).date();
            match days.last_mut().filter(|(last, _)| *last == day) {
                Some((_, slots)) => slots.push(*slot),
                None => days.push((day, vec![*slot])),
            }
        }
        let before = self.from - TimeDelta::days(SHOWN);
        html! {
            @if days.is_empty() {
                div.note role="status" {
                    @match self.first_after {
                        Some(day) => {
                            p { (words::NO_FREE.of(language)) " " (words::NEXT_FREE.of(language)) " "
                                a href={ (page) "&from=" (day) } { (local_date(day, language)) } }
                        }
                        None => p { (words::NONE_AT_ALL.of(language)) },
                    }
                }
            } @else {
                div.panel {
                    @for (day, slots) in &days {
                        section.day {
                            h3 id={ "d" (day) } { (local_date(*day, language)) }
                            ul.times aria-labelledby={ "d" (day) } {
                                @for slot in slots {
                                    li { (take(*slot)) }
                                }
                            }
                        }
                    }
                }
            }
            div.pager {
                @if self.from > self.today {
                    a href={ (page) "&from=" (before.max(self.today)) } rel="prev" { (words::EARLIER.of(language)) }
                } @else { span {} }
                a href={ (page) "&from=" (self.next) } rel="next" { (words::LATER.of(language)) }
            }
        }
    }
}

/// The button of a slot: its form says what for. The day stands in the heading that names its list.
pub(super) fn take(slot: FreeSlot, schedule: &Schedule, language: Language) -> Markup {
    let time = local_time(time::wall(slot.start_at, &schedule.site.zone), language);
    html! { button name="slot" value=(slot.id.0) { bdi.n { (time) } } }
}

/// What a practitioner's page shows: nothing of who looks at it, so that it may be remembered for others.
pub struct Shown {
    practice: PracticeId,
    name: String,
    waiting: bool,
    schedule: Schedule,
    chosen: Option<TypeId>,
    times: Option<Times>,
}

impl Shown {
    /// Whether it still says what it would say now: the day is the same, and no time that it shows has passed.
    fn holds(&self, now: DateTime<Utc>) -> bool {
        let today = time::wall(now, &self.schedule.site.zone).date();
        self.times.as_ref().is_none_or(|times| {
            times.today == today && times.slots.first().is_none_or(|slot| slot.start_at > now + SOON)
        })
    }

    fn page(&self, language: Language, query: Option<&str>, taken: bool) -> Response {
        let schedule = &self.schedule;
        let chosen = self.chosen.and_then(|kind| schedule.types.iter().find(|t| t.kind.id == kind));
        let here = format!("/{}/{}/s/{}", language.as_str(), self.practice, schedule.id.0);
        let body = html! {
            h1 { bdi { (schedule.practitioner.name) } }
            p.lead {
                @if let Some(speciality) = &schedule.practitioner.speciality { span.line { bdi { (speciality) } } }
                (address(schedule))
            }
            @if taken { div.note.warn role="alert" { p { (words::TAKEN.of(language)) } } }
            h2 { (words::CHOOSE_TYPE.of(language)) }
            ul.types {
                @for offered in &schedule.types {
                    li {
                        a href={ (here) "?type=" (offered.kind.id) } aria-current=[(chosen == Some(offered)).then_some("true")] {
                            span { bdi { (offered.kind.label) } }
                            small {
                                bdi.n { (offered.minutes) } " " (words::MINUTES.of(language))
                                @if offered.needs_approval { " · " (words::NEEDS_APPROVAL.of(language)) }
                            }
                        }
                    }
                }
            }
            @if let (Some(offered), Some(times)) = (chosen, &self.times) {
                h2 { (words::FREE_TIMES.of(language)) }
                p.hint { (words::LOCAL_TIME.of(language)) }
                form action={ (here) "/book" } method="get" {
                    input type="hidden" name="type" value=(offered.kind.id);
                    (times.show(schedule, language, &format!("{here}?type={}", offered.kind.id), |slot| take(slot, schedule, language)))
                }
                @if self.waiting {
                    p { a href={ (here) "/wait?type=" (offered.kind.id) } { (words::JOIN_WAITING.of(language)) } }
                }
            }
        };
        let rest =
            format!("/{}/s/{}{}", self.practice, schedule.id.0, query.map(|q| format!("?{q}")).unwrap_or_default());
        let place = Place { language, rest: &rest, practice: Some((self.practice, &self.name)) };
        page(&place, schedule.practitioner.name.as_str(), &body)
    }
}

/// What is asked for, where it is among what may be remembered.
fn asked(schedule: &str, pairs: &[(String, String)], now: DateTime<Utc>) -> Option<Asked> {
    let one = |name: &str| form::value(pairs, name).map(|text| text.parse::<Uuid>().ok());
    let kind = match one("type") {
        Some(None) => return None,
        Some(kind) => kind,
        None => None,
    };
    let from = form::value(pairs, "from").and_then(|text| text.parse::<NaiveDate>().ok());
    let near = from.is_none_or(|day| (day - now.date_naive()).num_days().abs() <= AHEAD);
    near.then_some(Asked { schedule: schedule.parse().ok()?, kind, from })
}

pub(super) async fn show(
    visitor: Visitor,
    Path((language, practice, schedule)): Path<(String, String, String)>,
    RawQuery(query): RawQuery,
) -> Result<Response, Trouble> {
    let pairs = form::pairs(query.as_deref().unwrap_or_default()).ok_or(Trouble::NotFound)?;
    let portal = visitor.portal.clone();
    let now = portal.now();
    let spoken: Language = language.parse().map_err(|_| Trouble::NotFound)?;
    let number: PracticeId = practice.parse().map_err(|_| Trouble::NotFound)?;
    // Who was late is never shown again what was remembered.
    let taken = form::value(&pairs, "taken").is_some();
    let asked = asked(&schedule, &pairs, now);
    let mut mark = portal.memory.mark(number);
    if let Some(asked) = asked.as_ref().filter(|_| !taken && visitor.is_stranger(number)) {
        match portal.memory.look(number, asked) {
            Ok(shown) if shown.holds(now) => return Ok(shown.page(spoken, query.as_deref(), taken)),
            Ok(_) => {}
            Err(now) => mark = now,
        }
    }
    let mut call = visitor.open(&language, &practice).await?;
    let schedule = schedule_of(&mut call, &schedule).await?;
    let chosen = type_of(&schedule, &pairs).map(|offered| offered.kind.id);
    // Of one type only there is no choice.
    let only = schedule.types.first().filter(|_| schedule.types.len() == 1);
    let meant = chosen.or(only.map(|offered| offered.kind.id));
    let times = match meant {
        Some(kind) => Some(times(&mut call, &schedule, kind, &pairs).await?),
        None => None,
    };
    let shown = Arc::new(Shown {
        practice: number,
        name: call.name.clone(),
        waiting: call.instruction.waiting_list,
        chosen: meant,
        schedule,
        times,
    });
    let known = chosen.is_some() || form::value(&pairs, "type").is_none();
    if let Some(asked) = asked.filter(|_| known) {
        portal.memory.keep(number, asked, mark, shown.clone());
    }
    let response = shown.page(call.language, query.as_deref(), taken);
    call.finish(response).await
}
