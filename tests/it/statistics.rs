//! Figures of the agenda: each counted once more by hand.

use std::collections::BTreeMap;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use domain::agenda::booking_code::BookingCode;
use domain::agenda::status::{CancelledBy, Origin, Status, Urgency};
use domain::id::AppointmentId;
use domain::time::WallTime;
use semainier_app::commands::access::wire::AddUserRequest;
use semainier_app::commands::agenda::wire::{BookWalkInRequest, CancelAppointmentRequest, SetStatusRequest};
use semainier_app::commands::clock::make_id;
use semainier_app::commands::entrance::sign_in;
use semainier_app::commands::entrance::wire::SignInRequest;
use semainier_app::commands::practice::wire::AddAbsenceRequest;
use semainier_app::commands::statistics::wire::{ExportStatisticsRequest, ShowStatisticsRequest, StatisticsView};
use semainier_app::commands::{CommandError, Desk, access, agenda, practice, statistics};
use semainier_app::store;
use semainier_app::store::agenda::Appointment;
use semainier_app::store::statistics::{Scope, counts};

use crate::house::{Cast, House, OTHER, PASSWORD, at, book, cast, code, known, verified};

fn asked(period: &str, on: &str) -> ShowStatisticsRequest {
    ShowStatisticsRequest {
        period: period.to_owned(),
        on: on.to_owned(),
        until: None,
        practitioners: vec![],
        types: vec![],
    }
}

async fn shown(desk: &Desk, request: ShowStatisticsRequest) -> Result<StatisticsView, CommandError> {
    statistics::show_statistics(desk, request).await
}

/// The first user's desk at an instant.
async fn desk_at(house: &House, instant: &str) -> Arc<Desk> {
    let instant: DateTime<Utc> = instant.parse().expect("an instant");
    let request = SignInRequest { login: "lefevre".to_owned(), password: PASSWORD.to_owned() };
    sign_in::open(&house.doorstep_at(instant), request).await.expect("signed in").0
}

#[tokio::test(flavor = "multi_thread")]
async fn a_week_says_what_happened_in_it() {
    let house = House::new().await;
    // Sunday, 10:00 in Paris.
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    let mut ids = Vec::new();
    for start in ["2026-11-24T09:30", "2026-11-24T10:00", "2026-11-24T10:30", "2026-11-24T11:00", "2026-11-26T17:50"] {
        ids.push(book(&desk, &cast, at(start), false).await.expect("booked").appointment.id);
    }
    // Tuesday 10:55: the first came at once, the second never did, the third early, the fourth called it off.
    let step = |id, status: &str| SetStatusRequest { id, status: status.to_owned() };
    for (instant, id, status) in [
        ("2026-11-24T08:25:00Z", ids[0], "arrived"),
        ("2026-11-24T08:42:00Z", ids[0], "in_consultation"),
        ("2026-11-24T09:00:00Z", ids[0], "done"),
        ("2026-11-24T09:02:00Z", ids[2], "arrived"),
        ("2026-11-24T09:10:00Z", ids[2], "in_consultation"),
        ("2026-11-24T09:55:00Z", ids[1], "no_show"),
    ] {
        agenda::set_status(&*desk_at(&house, instant).await, step(id, status)).await.expect("stepped");
    }
    let desk = desk_at(&house, "2026-11-24T09:55:00Z").await;
    let cancel = CancelAppointmentRequest { id: ids[3], by: "patient".to_owned(), reason: String::new() };
    agenda::cancel_appointment(&desk, cancel).await.expect("cancelled");
    let walk_in = BookWalkInRequest {
        practitioner_id: cast.practitioner,
        patient_id: cast.patient,
        type_id: None,
        urgency: "normal".to_owned(),
        note: String::new(),
    };
    agenda::book_walk_in(&desk, walk_in).await.expect("in the queue");
    let absence = AddAbsenceRequest {
        practitioner_id: cast.practitioner,
        starts: "2026-11-27T00:00".to_owned(),
        ends: "2026-11-28T00:00".to_owned(),
        label: String::new(),
    };
    practice::add_absence(&desk, absence).await.expect("away on Friday");
    let view = shown(&desk, asked("week", "2026-11-24")).await.expect("figures");
    assert_eq!((view.from.as_str(), view.until.as_str()), ("2026-11-23", "2026-11-29"));
    assert_eq!((view.before_from.as_str(), view.before_until.as_str()), ("2026-11-16", "2026-11-22"));
    let total = &view.total;
    assert_eq!((total.appointments, total.walk_ins, total.cancelled, total.late_cancelled), (5, 1, 1, 1));
    assert_eq!(
        (total.due, total.no_shows, total.no_show_share),
        (4, 1, Some(250)),
        "the one of Thursday is not due yet"
    );
    assert_eq!(total.late_share, Some(200), "one of five that were booked");
    // Four days of nine hours; three active timed appointments of 20 minutes, the last cut at 18:00.
    assert_eq!((total.open_minutes, total.booked_minutes), (4 * 540, 20 + 20 + 10));
    assert_eq!(total.fill, Some(23));
    assert_eq!(
        (total.waits, total.wait_median, total.wait_mean),
        (2, Some(0), Some(6)),
        "12 minutes, and none before 10:30"
    );
    assert_eq!(
        (total.leads, total.lead_median),
        (5, Some(2)),
        "booked on Sunday for Tuesday, four times, and for Thursday"
    );
    let hours: Vec<(i64, i64)> = view.hours.iter().map(|hour| (hour.hour, hour.arrivals)).collect();
    assert_eq!(hours, [(9, 1), (10, 2)]);
    let steps: Vec<(i64, i64)> = view.steps.iter().map(|step| (step.appointments, step.open_minutes)).collect();
    assert_eq!(steps, [(0, 540), (4, 540), (0, 540), (1, 540), (0, 0), (0, 0), (0, 0)]);
    let lead: Vec<i64> = view.lead.iter().map(|band| band.count).collect();
    assert_eq!(lead, [0, 4, 1, 0, 0, 0]);
    assert_eq!(view.practitioners.len(), 1);
    assert_eq!(view.practitioners[0].figures, view.total);
    assert_eq!(view.types[0].figures.appointments, 5);
    assert_eq!(view.before.appointments, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_period_before_stands_beside() {
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    for start in ["2026-11-24T09:30", "2026-12-01T09:30", "2026-12-02T09:30"] {
        book(&desk, &cast, at(start), false).await.expect("booked");
    }
    let view = shown(&desk, asked("month", "2026-12-20")).await.expect("figures");
    assert_eq!((view.total.appointments, view.before.appointments), (2, 1));
    assert_eq!(view.steps.len(), 31);
    let quarter = shown(&desk, asked("quarter", "2026-12-20")).await.expect("figures");
    assert_eq!((quarter.total.appointments, quarter.steps.len()), (3, 14));
    let custom = ShowStatisticsRequest { until: Some("2026-12-01".to_owned()), ..asked("custom", "2026-11-30") };
    let custom = shown(&desk, custom).await.expect("figures");
    assert_eq!((custom.total.appointments, custom.before_from.as_str()), (1, "2026-11-28"));
    let of_nobody =
        ShowStatisticsRequest { types: vec![known(&desk).await.types[1].id], ..asked("month", "2026-12-20") };
    let of_nobody = shown(&desk, of_nobody).await.expect("figures");
    assert_eq!((of_nobody.total.appointments, of_nobody.total.booked_minutes), (0, 0));
    assert!(of_nobody.total.open_minutes > 0, "open time is nobody's type");
}

/// A row that nobody would book, but any agenda may hold.
fn row(cast: &Cast, site: domain::id::SiteId, dice: &mut impl FnMut(i64) -> i64, number: u32) -> Appointment {
    let day = 20_780 + dice(40);
    let timed = dice(5) > 0;
    let starts = timed.then(|| day * 1440 + 480 + dice(120) * 5);
    let status = Status::ALL[usize::try_from(dice(10)).expect("small")];
    let arrived = (dice(2) == 0).then(|| starts.unwrap_or(day * 1440 + 600) - 20 + dice(60));
    let booked: DateTime<Utc> = DateTime::from_timestamp((day - dice(60)) * 86_400 + 40_000, 0).expect("an instant");
    Appointment {
        id: AppointmentId::new(make_id(booked)),
        code: BookingCode::from_number(number).to_string(),
        practitioner_id: cast.practitioner,
        site_id: site,
        patient_id: None,
        type_id: cast.kind,
        day,
        starts,
        queue_rank: (!timed).then_some(i64::from(number)),
        minutes: 5 + dice(60),
        status,
        origin: if timed { Origin::Phone } else { Origin::WalkIn },
        urgency: Urgency::Normal,
        overbooked: true,
        note: String::new(),
        contact_name: String::new(),
        contact_phone: String::new(),
        cancelled_by: (status == Status::Cancelled).then_some(CancelledBy::Practice),
        cancel_reason: String::new(),
        cancelled_late: status == Status::Cancelled && dice(2) == 0,
        arrived,
        seated: arrived.filter(|_| dice(2) == 0).map(|arrived| arrived + dice(50)),
        dismissed: None,
        external_uid: (dice(6) == 0).then(|| format!("old-{number}")),
        revision: 1,
        buffer_minutes: 0,
        provider_parts: Vec::new(),
        resources: Vec::new(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sums_made_by_the_database_are_those_made_by_hand() {
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    let site = known(&desk).await.sites[0].id;
    let mut state = 42_u64;
    let mut dice = move |below: i64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from(state >> 33).expect("31 bits") % below
    };
    let rows: Vec<Appointment> = (0..600).map(|number| row(&cast, site, &mut dice, number)).collect();
    let mut tx = desk.store().write().await.expect("a transaction");
    for row in &rows {
        store::agenda::insert(&mut tx, row).await.expect("inserted");
    }
    tx.commit().await.expect("committed");
    let now = 20_800 * 1440 + 700;
    let (from_day, to_day, ahead) = (20_785, 20_815, 60);
    let scope = Scope { from_day, to_day, practitioners: vec![cast.practitioner], types: vec![], now, ahead };
    let found = counts(&mut desk.store().read().await.expect("read"), &scope).await.expect("counted");
    let inside: Vec<&Appointment> =
        rows.iter().filter(|a| (from_day..to_day).contains(&a.day) && a.status != Status::Deleted).collect();
    assert!(inside.len() > 300, "{}", inside.len());
    let figures = &found.figures[&(cast.practitioner, cast.kind)];
    let count =
        |of: &dyn Fn(&Appointment) -> bool| i64::try_from(inside.iter().filter(|a| of(a)).count()).expect("small");
    let gone = |a: &Appointment| a.status == Status::Cancelled;
    assert_eq!(figures.appointments, count(&|a| !gone(a)));
    assert_eq!(figures.walk_ins, count(&|a| !gone(a) && a.origin == Origin::WalkIn));
    assert_eq!(figures.no_shows, count(&|a| a.status == Status::NoShow));
    assert_eq!(figures.cancelled, count(&gone));
    assert_eq!(figures.late_cancelled, count(&|a| a.cancelled_late));
    let begins = |a: &Appointment| a.starts.or(a.arrived).unwrap_or(a.day * 1440);
    assert_eq!(figures.due, count(&|a| !gone(a) && a.status != Status::Requested && begins(a) <= now));
    let active: i64 = inside.iter().filter(|a| a.status.is_active()).map(|a| a.minutes).sum();
    assert_eq!(figures.minutes, active);
    let (mut lead, mut wait) = (BTreeMap::new(), BTreeMap::new());
    for a in &inside {
        let booked =
            i64::try_from(a.id.uuid().get_timestamp().expect("version 7").to_unix().0).expect("small") / 60 + ahead;
        if let Some(starts) = a.starts
            && a.external_uid.is_none()
            && a.status != Status::Requested
            && booked <= starts
        {
            *lead.entry(starts.div_euclid(1440) - booked.div_euclid(1440)).or_insert(0) += 1;
        }
        if let (Some(arrived), Some(seated)) = (a.arrived, a.seated) {
            *wait.entry((seated - arrived.max(a.starts.unwrap_or(arrived))).max(0)).or_insert(0) += 1;
        }
    }
    let spread = |of: &BTreeMap<i64, i64>| {
        let mut spread = domain::statistics::Spread::default();
        of.iter().for_each(|(value, times)| spread.add(*value, *times));
        spread
    };
    assert_eq!(figures.lead, spread(&lead));
    assert_eq!(figures.wait, spread(&wait));
    assert_eq!(found.hours.iter().sum::<i64>(), count(&|a| a.arrived.is_some()));
    assert_eq!(found.days.values().map(|day| day.0).sum::<i64>(), figures.appointments);
    let busy: usize = found.busy.values().map(Vec::len).sum();
    assert_eq!(i64::try_from(busy).expect("small"), count(&|a| a.starts.is_some() && a.status.is_active()));
    assert!(
        found.busy[&(cast.practitioner, 20_790)]
            .iter()
            .all(|span| WallTime::from_minutes(span.start).date() == domain::time::from_day_number(20_790))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_are_a_table_that_names_no_patient() {
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    book(&desk, &cast, at("2026-11-24T09:30"), false).await.expect("booked");
    let request = ExportStatisticsRequest { figures: asked("week", "2026-11-24"), language: "fr".to_owned() };
    let made = statistics::export_statistics(&desk, request).await.expect("made");
    let text = String::from_utf8(STANDARD.decode(&made.base64).expect("base 64")).expect("UTF-8");
    assert_eq!(made.name, "statistics-2026-11-23-2026-11-29.csv");
    assert!(text.contains("Total;;Rendez-vous;1;0\r\n"), "{text}");
    assert!(text.contains("Praticien;Dr Lefèvre;Taux de remplissage (%);0,7;0,0\r\n"), "{text}");
    assert!(!text.contains("DUPONT"));
    assert!(verified(&desk).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_period_is_refused_and_a_secretary_sees_no_figures() {
    let house = House::new().await;
    let desk = house.desk().await;
    for (request, expected) in [
        (asked("year", "2026-11-24"), "unknown_word"),
        (asked("week", "soon"), "bad_date"),
        (asked("custom", "2026-11-24"), "bad_date"),
        (
            ShowStatisticsRequest { until: Some("2026-11-23".to_owned()), ..asked("custom", "2026-11-24") },
            "out_of_range",
        ),
        (
            ShowStatisticsRequest {
                practitioners: vec!["018f3c2a-7d11-7c1e-9a41-5b6c7d8e9f0a".parse().expect("an id")],
                ..asked("week", "2026-11-24")
            },
            "practitioner_not_found",
        ),
    ] {
        assert_eq!(code(shown(&desk, request).await), expected);
    }
    let request = AddUserRequest {
        login: "samia".to_owned(),
        name: "Samia".to_owned(),
        role: "secretary".to_owned(),
        administrator: false,
        practitioner_id: None,
        password: OTHER.to_owned(),
    };
    access::add_user(&desk, request).await.expect("added");
    let samia = house.sign_in("samia", OTHER).await.expect("signed in");
    assert_eq!(code(shown(&samia, asked("week", "2026-11-24")).await), "permission_denied");
}
