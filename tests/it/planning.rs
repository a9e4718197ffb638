//! Hours in full, through the one door: openings of single dates, blocks, locums, holidays, guided rebooking.

use domain::agenda::blocks::BlockKind;
use domain::agenda::rebooking::Preference;
use domain::holidays::{HolidayChange, Region};
use domain::id::TypeId;
use domain::time::WallTime;
use semainier_app::commands::agenda::wire::{ColumnView, ShowDaysRequest};
use semainier_app::commands::history::wire::{ListJournalRequest, UndoRequest};
use semainier_app::commands::planning::wire::{
    AddOpeningRequest, ListHolidaysRequest, MoveHolidayRequest, ProposeRebookingRequest, RebookAppointmentsRequest,
    RebookingMove, RemoveBlockRequest, SaveBlockRequest, SaveLocumRequest, SaveSchoolHolidayRequest,
    SetHolidayRegionRequest, SetHolidayRequest,
};
use semainier_app::commands::practice::wire::{AddAbsenceRequest, PractitionerRequest, SetHoursRequest};
use semainier_app::commands::{CommandError, Desk, agenda, history, planning, practice};

use crate::house::{Cast, House, OTHER, at, book, cast, code, known, status, verified};
use crate::types::{add_practitioner, add_type, book_as, plain, search};

async fn column(desk: &Desk, day: &str) -> ColumnView {
    let request = ShowDaysRequest { from: day.to_owned(), days: 1, practitioners: vec![] };
    agenda::show_days(desk, request).await.expect("the day").columns.remove(0)
}

async fn starts(desk: &Desk, kind: TypeId, day: &str) -> Vec<WallTime> {
    let slots = agenda::find_slots(desk, search(kind, day, 1)).await.expect("slots").slots;
    slots.into_iter().map(|slot| slot.starts).collect()
}

fn block(cast: &Cast, kind: BlockKind, types: Vec<TypeId>) -> SaveBlockRequest {
    SaveBlockRequest {
        id: None,
        practitioner_id: cast.practitioner,
        kind,
        weekdays: vec![1, 2, 3, 4, 5],
        from: 540,
        to: 600,
        valid_from: None,
        valid_until: None,
        weeks: "every".to_owned(),
        release_days: None,
        release_minute: None,
        types,
        label: String::new(),
    }
}

async fn absent(desk: &Desk, cast: &Cast, starts: &str, ends: &str) -> domain::id::AbsenceId {
    let request = AddAbsenceRequest {
        practitioner_id: cast.practitioner,
        starts: starts.to_owned(),
        ends: ends.to_owned(),
        label: "Congés".to_owned(),
    };
    practice::add_absence(desk, request).await.expect("an absence").id.parse().expect("an id")
}

fn proposals(absence_id: domain::id::AbsenceId, preference: Preference) -> ProposeRebookingRequest {
    ProposeRebookingRequest { absence_id, preference, count: 3 }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reserved_block_is_offered_to_its_types_until_its_release() {
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    let vaccine = add_type(&desk, plain("Vaccin", 20)).await;
    // Sunday 22 November, 10:00: released two days before at 9:59 and at 10:01.
    let tuesday = "2026-11-24";
    let request = SaveBlockRequest {
        release_days: Some(2),
        release_minute: Some(601),
        ..block(&cast, BlockKind::Types, vec![vaccine])
    };
    let saved = planning::save_block(&desk, request.clone()).await.expect("a block");
    assert_eq!(starts(&desk, cast.kind, tuesday).await.first(), Some(&at("2026-11-24T10:00")));
    assert_eq!(starts(&desk, vaccine, tuesday).await.first(), Some(&at("2026-11-24T09:00")));
    let over = book(&desk, &cast, at("2026-11-24T09:00"), false).await.expect("booked all the same");
    assert_eq!(over.warnings, ["reserved_types"]);
    let shown = column(&desk, tuesday).await;
    assert_eq!(shown.blocks.len(), 1);
    assert!(!shown.blocks[0].released && shown.blocks[0].released_at == Some(at("2026-11-22T10:01")));
    let id = Some(saved.id.parse().expect("an id"));
    planning::save_block(&desk, SaveBlockRequest { id, release_minute: Some(600), ..request }).await.expect("changed");
    assert_eq!(
        starts(&desk, cast.kind, tuesday).await.first(),
        Some(&at("2026-11-24T09:20")),
        "released to the minute"
    );
    assert!(column(&desk, tuesday).await.blocks[0].released);
    history::undo(&desk, UndoRequest { sequence: None }).await.expect("the change is undone");
    assert!(!column(&desk, tuesday).await.blocks[0].released);
    let remove = RemoveBlockRequest { id: saved.id.parse().expect("an id") };
    planning::remove_block(&desk, remove.clone()).await.expect("removed");
    assert!(column(&desk, tuesday).await.blocks.is_empty());
    assert_eq!(code(planning::remove_block(&desk, remove).await), "not_found");
    assert!(verified(&desk).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn urgencies_of_the_day_wait_for_their_day() {
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    let urgent = add_type(&desk, plain("Urgence", 20)).await;
    let opening = AddOpeningRequest {
        practitioner_id: cast.practitioner,
        day: "2026-11-22".to_owned(),
        from: 600,
        to: 720,
        label: String::new(),
    };
    planning::add_opening(&desk, opening).await.expect("open this Sunday");
    let request = SaveBlockRequest {
        weekdays: vec![1, 7],
        from: 600,
        to: 660,
        release_days: Some(0),
        release_minute: Some(640),
        ..block(&cast, BlockKind::Urgent, vec![urgent])
    };
    planning::save_block(&desk, request).await.expect("a block");
    assert_eq!(starts(&desk, urgent, "2026-11-22").await.first(), Some(&at("2026-11-22T10:00")), "of today");
    assert_eq!(starts(&desk, cast.kind, "2026-11-22").await.first(), Some(&at("2026-11-22T11:00")));
    let monday = starts(&desk, urgent, "2026-11-23").await;
    assert!(!monday.contains(&at("2026-11-23T10:00")), "nobody's urgency of tomorrow");
    let early = book_as(&desk, &cast, urgent, at("2026-11-23T10:00"), false).await.expect("booked all the same");
    assert_eq!(early.warnings, ["reserved_urgent"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_scheduled_over_a_block_but_on_purpose() {
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    let first = book(&desk, &cast, at("2026-11-24T09:30"), false).await.expect("before there was a block");
    planning::save_block(&desk, block(&cast, BlockKind::NoScheduling, vec![])).await.expect("a block");
    assert_eq!(code(book(&desk, &cast, at("2026-11-24T09:50"), false).await), "no_scheduling");
    assert_eq!(starts(&desk, cast.kind, "2026-11-24").await.first(), Some(&at("2026-11-24T10:00")));
    let over = book(&desk, &cast, at("2026-11-24T09:00"), true).await.expect("on purpose");
    assert!(over.warnings.contains(&"no_scheduling".to_owned()));
    assert_eq!(status(&desk, first.appointment.id).await, "booked", "a block deletes nothing");
    assert_eq!(code(planning::save_block(&desk, block(&cast, BlockKind::Types, vec![])).await), "block_without_types");
    let backwards = SaveBlockRequest { from: 600, to: 600, ..block(&cast, BlockKind::NoScheduling, vec![]) };
    assert_eq!(code(planning::save_block(&desk, backwards).await), "bad_hours");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_holiday_closes_unless_the_practice_opens() {
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    let christmas = "2026-12-25";
    assert!(starts(&desk, cast.kind, christmas).await.is_empty());
    let shown = column(&desk, christmas).await;
    let holiday = shown.holiday.expect("a holiday");
    assert!(shown.open.is_empty() && holiday.closed && holiday.holiday == "christmas");
    let booked = book(&desk, &cast, at("2026-12-25T09:00"), false).await.expect("booked all the same");
    assert_eq!(booked.warnings, ["on_holiday"]);
    let opening = AddOpeningRequest {
        practitioner_id: cast.practitioner,
        day: christmas.to_owned(),
        from: 600,
        to: 720,
        label: "Garde".to_owned(),
    };
    let opened = planning::add_opening(&desk, opening).await.expect("an opening");
    assert_eq!(starts(&desk, cast.kind, christmas).await.first(), Some(&at("2026-12-25T10:00")), "one of them opens");
    history::undo(&desk, UndoRequest { sequence: Some(opened.sequence) }).await.expect("undone");
    assert!(starts(&desk, cast.kind, christmas).await.is_empty());
    let say = |state, label: &str| SetHolidayRequest {
        day: christmas.to_owned(),
        state,
        holiday: String::new(),
        label: label.to_owned(),
    };
    planning::set_holiday(&desk, say(Some(HolidayChange::Open), "")).await.expect("the practice opens");
    assert_eq!(starts(&desk, cast.kind, christmas).await.first(), Some(&at("2026-12-25T09:20")));
    assert!(column(&desk, christmas).await.holiday.is_some_and(|one| !one.closed && one.holiday == "christmas"));
    history::undo(&desk, UndoRequest { sequence: None }).await.expect("undone");
    assert!(starts(&desk, cast.kind, christmas).await.is_empty());
    let own = SetHolidayRequest { day: "2026-11-24".to_owned(), ..say(Some(HolidayChange::Closed), "Pont") };
    planning::set_holiday(&desk, own.clone()).await.expect("a day of its own");
    assert!(starts(&desk, cast.kind, "2026-11-24").await.is_empty());
    assert_eq!(
        code(
            planning::set_holiday(
                &desk,
                SetHolidayRequest {
                    label: String::new(),
                    state: Some(HolidayChange::Closed),
                    day: "2026-11-26".to_owned(),
                    ..own
                }
            )
            .await
        ),
        "name_missing"
    );
    // Alsace-Moselle is a choice.
    assert!(!starts(&desk, cast.kind, "2027-03-26").await.is_empty());
    planning::set_holiday_region(&desk, SetHolidayRegionRequest { region: Region::AlsaceMoselle }).await.expect("set");
    assert!(starts(&desk, cast.kind, "2027-03-26").await.is_empty(), "Good Friday");
    assert!(verified(&desk).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_holiday_by_the_moon_is_moved_and_school_holidays_are_shown() {
    let house = House::new().await;
    let desk = house.desk().await;
    cast(&desk).await;
    let christmas = MoveHolidayRequest { from: "2026-12-25".to_owned(), to: "2026-12-24".to_owned() };
    assert_eq!(code(planning::move_holiday(&desk, christmas).await), "not_found", "the calendar's stay");
    let own = SetHolidayRequest {
        day: "2026-11-24".to_owned(),
        state: Some(HolidayChange::Closed),
        holiday: "eid_al_fitr".to_owned(),
        label: String::new(),
    };
    planning::set_holiday(&desk, own).await.expect("announced");
    let moved = MoveHolidayRequest { from: "2026-11-24".to_owned(), to: "2026-11-25".to_owned() };
    planning::move_holiday(&desk, moved).await.expect("moved by a day");
    let year = planning::list_holidays(&desk, ListHolidaysRequest { year: 2026 }).await.expect("the year");
    let eid: Vec<&str> =
        year.holidays.iter().filter(|one| one.holiday == "eid_al_fitr").map(|one| one.day.as_str()).collect();
    assert_eq!(eid, ["2026-11-25"]);
    let school = SaveSchoolHolidayRequest {
        id: None,
        zone: "A".to_owned(),
        label: "Noël".to_owned(),
        first_day: "2026-12-19".to_owned(),
        last_day: "2027-01-03".to_owned(),
    };
    planning::save_school_holiday(&desk, school.clone()).await.expect("a period");
    let shown = column(&desk, "2026-12-21").await;
    assert_eq!(shown.school_holidays[0].label, "Noël");
    assert!(!shown.open.is_empty(), "they close nothing");
    assert_eq!(
        planning::list_holidays(&desk, ListHolidaysRequest { year: 2027 })
            .await
            .expect("the year")
            .school_holidays
            .len(),
        1
    );
    let backwards = SaveSchoolHolidayRequest { last_day: "2026-12-01".to_owned(), ..school };
    assert_eq!(code(planning::save_school_holiday(&desk, backwards).await), "ends_before_start");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locum_opens_the_column_in_their_own_name() {
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    absent(&desk, &cast, "2026-11-23T00:00", "2026-11-28T00:00").await;
    assert!(starts(&desk, cast.kind, "2026-11-24").await.is_empty());
    let locum = SaveLocumRequest {
        id: None,
        practitioner_id: cast.practitioner,
        name: "Dr Roux".to_owned(),
        number: "10100123454".to_owned(),
        first_day: "2026-11-24".to_owned(),
        last_day: "2026-11-25".to_owned(),
    };
    planning::save_locum(&desk, locum.clone()).await.expect("a locum");
    let slots = agenda::find_slots(&desk, search(cast.kind, "2026-11-23", 7)).await.expect("slots").slots;
    assert_eq!(
        slots.first().map(|slot| (slot.starts, slot.practitioner.as_str())),
        Some((at("2026-11-24T09:00"), "Dr Roux"))
    );
    assert_eq!(slots[0].replaces.as_deref(), Some("Dr Lefèvre"));
    assert!(slots.iter().all(|slot| slot.starts < at("2026-11-26T00:00")), "away again from Thursday");
    let shown = column(&desk, "2026-11-24").await;
    assert!(shown.locum == "Dr Roux" && shown.absences.is_empty() && !shown.open.is_empty());
    let booked = book(&desk, &cast, at("2026-11-24T09:00"), false).await.expect("booked");
    assert!(booked.warnings.is_empty(), "{:?}", booked.warnings);
    book(&desk, &cast, at("2026-11-27T09:00"), false).await.expect("booked while nobody is there");
    let of = PractitionerRequest { practitioner_id: cast.practitioner };
    let opening = practice::show_opening(&desk, of).await.expect("hours");
    assert_eq!(opening.absences[0].hits, 1, "the locum sees the other one");
    assert_eq!(code(planning::save_locum(&desk, locum.clone()).await), "locum_twice");
    let planned = planning::show_planning(&desk, PractitionerRequest { practitioner_id: cast.practitioner })
        .await
        .expect("planned");
    assert_eq!(planned.locums[0].warnings, ["rpps_check"], "a number warns, never blocks");
    let nameless = SaveLocumRequest { name: " ".to_owned(), ..locum };
    assert_eq!(code(planning::save_locum(&desk, nameless).await), "name_missing");
}

#[tokio::test(flavor = "multi_thread")]
async fn those_hit_by_an_absence_are_proposed_times_and_moved_one_by_one_or_all() {
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    let other = add_practitioner(&desk, "Dr Benjelloun").await;
    let known = known(&desk).await;
    let mine = known.practitioners[0].id;
    // The other one is open in the same hours.
    let hours =
        practice::show_opening(&desk, PractitionerRequest { practitioner_id: mine }).await.expect("hours").hours;
    let lines = hours
        .into_iter()
        .map(|line| semainier_app::commands::practice::wire::HoursLine {
            weekday: line.weekday,
            from: line.from,
            to: line.to,
            valid_from: None,
            valid_until: None,
            weeks: line.weeks,
        })
        .collect();
    let request = SetHoursRequest { practitioner_id: other, weekdays: (1..=5).collect(), lines };
    practice::set_hours(&desk, request).await.expect("hours");
    let mut ids = Vec::new();
    for start in ["2026-11-24T09:00", "2026-11-24T09:20", "2026-11-25T09:00"] {
        ids.push(book(&desk, &cast, at(start), false).await.expect("booked").appointment.id);
    }
    let absence = absent(&desk, &cast, "2026-11-24T00:00", "2026-11-26T00:00").await;
    let view = agenda::propose_rebooking(&desk, proposals(absence, Preference::Practitioner)).await.expect("proposals");
    assert_eq!(view.hits.iter().map(|hit| hit.appointment.id).collect::<Vec<_>>(), ids);
    assert_eq!(view.hits[0].proposals[0].practitioner_id, cast.practitioner);
    assert_eq!(view.hits[0].proposals[0].starts, at("2026-11-26T09:00"), "as soon as they are back");
    assert_eq!(view.hits[0].proposals[1].practitioner_id, other);
    assert_eq!(view.hits[0].proposals[1].starts, at("2026-11-24T09:00"), "the same time at the other's");
    let soonest = agenda::propose_rebooking(&desk, proposals(absence, Preference::Soonest)).await.expect("proposals");
    assert_eq!(soonest.hits[0].proposals[0].practitioner_id, other);
    let moves = |hits: &[semainier_app::commands::planning::wire::RebookingHitView]| RebookAppointmentsRequest {
        moves: hits
            .iter()
            .map(|hit| RebookingMove {
                id: hit.appointment.id,
                revision: hit.appointment.revision,
                practitioner_id: hit.proposals[0].practitioner_id,
                starts: hit.proposals[0].starts,
            })
            .collect(),
    };
    let done = agenda::rebook_appointments(&desk, moves(&view.hits)).await.expect("moved");
    assert_eq!((done.moved.len(), done.refused.len()), (3, 0));
    assert!(done.moved.iter().all(|one| one.warnings.is_empty()), "{:?}", done.moved[0].warnings);
    let again = agenda::rebook_appointments(&desk, moves(&view.hits)).await.expect("an answer");
    assert_eq!((again.moved.len(), again.refused.len()), (0, 3), "somebody was faster");
    assert_eq!(again.refused[0].code, "changed_meanwhile");
    for one in &done.moved {
        history::undo(&desk, UndoRequest { sequence: Some(one.sequence) }).await.expect("each can be undone");
    }
    let view = agenda::propose_rebooking(&desk, proposals(absence, Preference::Practitioner)).await.expect("proposals");
    assert_eq!(view.hits.len(), 3, "all where they were");
    assert!(verified(&desk).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn three_hundred_hit_by_two_weeks_get_proposals_of_their_own() {
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    let days = [
        "2026-11-30",
        "2026-12-01",
        "2026-12-02",
        "2026-12-03",
        "2026-12-04",
        "2026-12-07",
        "2026-12-08",
        "2026-12-09",
        "2026-12-10",
        "2026-12-11",
    ];
    // Row by row into one transaction: three hundred bookings are not what is tried.
    let first = book(&desk, &cast, at("2026-11-30T09:00"), false).await.expect("booked");
    {
        use semainier_app::store;
        let mut tx = desk.store().write().await.expect("a transaction");
        let like = store::agenda::appointment(&mut tx, first.appointment.id).await.expect("read").expect("there");
        for (place, day) in days.iter().enumerate() {
            for number in i64::from(place == 0)..30 {
                let starts = at(&format!("{day}T09:00")).minutes() + number * 15;
                let mut row = like.clone();
                row.id = domain::id::AppointmentId::new(desk.make_id());
                row.code = format!("!{:06}", place * 100 + usize::try_from(number).expect("small"));
                (row.starts, row.day, row.minutes) = (Some(starts), starts.div_euclid(1440), 15);
                if place == 0 && number == 1 {
                    row.starts = Some(starts + 5);
                    row.minutes = 10;
                }
                store::agenda::insert(&mut tx, &row).await.expect("inserted");
            }
        }
        tx.commit().await.expect("committed");
    }
    let absence = absent(&desk, &cast, "2026-11-30T00:00", "2026-12-12T00:00").await;
    let view = agenda::propose_rebooking(&desk, proposals(absence, Preference::Practitioner)).await.expect("proposals");
    assert_eq!(view.hits.len(), 300);
    let mut taken: Vec<(i64, i64)> =
        view.hits.iter().flat_map(|hit| hit.proposals.iter().map(|one| (one.starts.minutes(), one.minutes))).collect();
    assert!(view.hits.iter().all(|hit| !hit.proposals.is_empty()));
    taken.sort_unstable();
    assert!(taken.windows(2).all(|two| two[0].0 + two[0].1 <= two[1].0), "no two proposals take the same time");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secretary_plans_absences_and_openings_and_no_settings() {
    use semainier_app::commands::access;
    use semainier_app::commands::access::wire::AddUserRequest;
    let house = House::new().await;
    let owner = house.desk().await;
    let cast = cast(&owner).await;
    let request = AddUserRequest {
        login: "samia".to_owned(),
        name: "Samia".to_owned(),
        role: "secretary".to_owned(),
        administrator: false,
        practitioner_id: None,
        password: OTHER.to_owned(),
    };
    access::add_user(&owner, request).await.expect("a secretary");
    let desk = house.sign_in("samia", OTHER).await.expect("signed in");
    let opening = AddOpeningRequest {
        practitioner_id: cast.practitioner,
        day: "2026-11-28".to_owned(),
        from: 540,
        to: 720,
        label: String::new(),
    };
    assert_eq!(code(planning::add_opening(&desk, opening).await), "done");
    let refused: Result<_, CommandError> =
        planning::save_block(&desk, block(&cast, BlockKind::NoScheduling, vec![])).await;
    assert_eq!(code(refused), "permission_denied");
    let holiday = SetHolidayRequest {
        day: "2026-12-25".to_owned(),
        state: Some(HolidayChange::Open),
        holiday: String::new(),
        label: String::new(),
    };
    assert_eq!(code(planning::set_holiday(&desk, holiday).await), "permission_denied");
    assert_eq!(code(practice::save_type(&desk, plain("Neuf", 20)).await), "permission_denied");
}

#[tokio::test(flavor = "multi_thread")]
async fn hours_set_by_mistake_come_back_by_undo_unless_somebody_set_them_since() {
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    let monday = "2026-11-23";
    let offered = starts(&desk, cast.kind, monday).await;
    assert!(!offered.is_empty());
    let closed =
        |weekday| SetHoursRequest { practitioner_id: cast.practitioner, weekdays: vec![weekday], lines: vec![] };
    practice::set_hours(&desk, closed(1)).await.expect("closed on Mondays");
    assert!(starts(&desk, cast.kind, monday).await.is_empty());
    let undone = history::undo(&desk, UndoRequest { sequence: None }).await.expect("the change is undone");
    assert_eq!(undone.command, "set_hours");
    assert_eq!(starts(&desk, cast.kind, monday).await, offered);
    practice::set_hours(&desk, closed(1)).await.expect("closed on Mondays");
    let first = newest_entry(&desk).await;
    practice::set_hours(&desk, closed(2)).await.expect("and on Tuesdays");
    assert_eq!(code(history::undo(&desk, UndoRequest { sequence: Some(first) }).await), "changed_meanwhile");
    assert!(verified(&desk).await);
}

/// The number of the newest entry in the journal.
async fn newest_entry(desk: &Desk) -> i64 {
    let request = ListJournalRequest { subject: None, before: None, limit: 1 };
    history::list_journal(desk, request).await.expect("the journal").entries[0].sequence
}
