//! Calendars.

use chrono::NaiveDate;
use domain::{identifiers::phone::Region, time::WallTime};

use super::super::{
    ImportError, Limits,
    agenda::{
        self, About, AgendaDraft, AgendaFile, AgendaOptions, EventContent,
        plan::{AgendaPlan, Busy, plan},
    },
    codes::{Notice, Rejection, Warning},
    people::KnownPatient,
};
use super::{go, today};

pub(super) fn options(zone: &str) -> AgendaOptions {
    AgendaOptions {
        today: today(),
        region: if zone.starts_with("Africa") { Region::MA } else { Region::FR },
        zone: zone.parse().unwrap(),
        default_minutes: 20,
        until: NaiveDate::from_ymd_opt(2028, 11, 22).unwrap(),
        type_names: vec!["Échographie de contrôle".to_owned()],
    }
}

fn calendar(events: &str) -> String {
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{}END:VCALENDAR\r\n", events.replace('\n', "\r\n"))
}

pub(super) fn event(body: &str) -> String {
    format!("BEGIN:VEVENT\n{body}\nEND:VEVENT\n")
}

pub(super) fn read_in(zone: &str, events: &str) -> AgendaFile {
    agenda::read(calendar(events).as_bytes(), &options(zone), &Limits::default(), &mut go).unwrap()
}

/// The only event of a Paris calendar.
fn one(body: &str) -> Result<(AgendaDraft, Vec<Notice>), Rejection> {
    let row = read_in("Europe/Paris", &event(body)).rows.remove(0);
    match row.content {
        EventContent::Draft(draft) => Ok((*draft, row.warnings.iter().map(|w| w.notice).collect())),
        EventContent::Rejected(rejection) => Err(rejection),
        EventContent::OlderThan(_) => panic!("there is one event"),
    }
}

fn draft(body: &str) -> AgendaDraft {
    one(body).unwrap_or_else(|r| panic!("{r:?}")).0
}

fn rejected(body: &str) -> Rejection {
    match one(body) {
        Err(rejection) => rejection,
        Ok(_) => panic!("taken over"),
    }
}

pub(super) fn wall(text: &str) -> WallTime {
    text.parse().unwrap()
}

fn walls(texts: &[&str]) -> Vec<WallTime> {
    texts.iter().map(|t| wall(t)).collect()
}

fn start_in(zone: &str, body: &str) -> WallTime {
    let row = read_in(zone, &event(&format!("UID:1\nSUMMARY:DUPONT Jean\nDURATION:PT20M\n{body}"))).rows.remove(0);
    let EventContent::Draft(draft) = row.content else { panic!("{body} was rejected") };
    draft.starts[0]
}

fn visit(summary: &str, description: &str) -> agenda::VisitDraft {
    let body = format!("UID:1\nDTSTART:20261124T093000\nDURATION:PT20M\nSUMMARY:{summary}\nDESCRIPTION:{description}");
    match draft(&body).about {
        About::Visit(visit) | About::Either(visit, _) => visit,
        About::Absence { .. } => panic!("{summary} is no absence"),
    }
}

pub(super) fn planned(events: &str, known: &[KnownPatient<u32>], busy: &[Busy]) -> AgendaPlan<u32> {
    plan(read_in("Europe/Paris", events), known, &|_| None, busy, &mut go).unwrap()
}

pub(super) fn visit_event(uid: &str, start: &str, summary: &str, description: &str) -> String {
    event(&format!("UID:{uid}\nDTSTART:{start}\nDURATION:PT20M\nSUMMARY:{summary}\nDESCRIPTION:{description}"))
}

#[test]
fn times_in_any_zone_are_put_on_the_sites_wall() {
    let at = |body| start_in("Europe/Paris", body).to_string();
    assert_eq!(at("DTSTART;TZID=Europe/Paris:20261124T093000"), "2026-11-24T09:30");
    assert_eq!(at("DTSTART:20261124T093000"), "2026-11-24T09:30");
    assert_eq!(at("DTSTART:20261124T083000Z"), "2026-11-24T09:30");
    assert_eq!(at("DTSTART:20260724T073000Z"), "2026-07-24T09:30");
    assert_eq!(at("DTSTART;TZID=Romance Standard Time:20261124T093000"), "2026-11-24T09:30");
    assert_eq!(at("DTSTART;TZID=\"Europe/London\":20261124T083000"), "2026-11-24T09:30");
    // Morocco is on +00 since 20 September 2026, and was on +01 before, whatever a file believes.
    let at = |body| start_in("Africa/Casablanca", body).to_string();
    assert_eq!(at("DTSTART:20261201T090000Z"), "2026-12-01T09:00");
    assert_eq!(at("DTSTART:20260601T090000Z"), "2026-06-01T10:00");
    assert_eq!(at("DTSTART;TZID=Europe/Paris:20261201T100000"), "2026-12-01T09:00");
    assert_eq!(at("DTSTART;TZID=Morocco Standard Time:20261201T100000"), "2026-12-01T10:00");
}

#[test]
fn the_files_own_zone_rules_are_never_used() {
    // The file says that Paris is 5 hours ahead.
    let zone = "BEGIN:VTIMEZONE\nTZID:Europe/Paris\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0500\n\
                TZOFFSETTO:+0500\nEND:STANDARD\nEND:VTIMEZONE\n";
    let body = "UID:1\nSUMMARY:DUPONT Jean\nDTSTART;TZID=Europe/Paris:20261201T100000\nDURATION:PT20M";
    let row = read_in("Africa/Casablanca", &format!("{zone}{}", event(body))).rows.remove(0);
    let EventContent::Draft(draft) = row.content else { panic!("rejected") };
    assert_eq!(draft.starts, walls(&["2026-12-01T09:00"]));
    assert_eq!(row.warnings, [Warning::row(Notice::OtherZone)]);
    // An unknown name with rules is refused rather than computed.
    assert_eq!(rejected("UID:1\nSUMMARY:X\nDTSTART;TZID=Cabinet:20261201T100000"), Rejection::UnknownZone);
}

#[test]
fn the_clock_changes_are_told() {
    let notices = |start: &str| {
        one(&format!("UID:1\nSUMMARY:DUPONT Jean\nDURATION:PT20M\nDTSTART:{start}")).unwrap_or_else(|_| panic!()).1
    };
    assert_eq!(notices("20270328T023000"), [Notice::TimeInGap]);
    assert_eq!(notices("20261025T023000"), [Notice::TimeTwice]);
    assert_eq!(notices("20261025T043000"), []);
    assert_eq!(notices("20261025T043030"), [Notice::SecondsDropped]);
}

#[test]
fn durations_that_cannot_be_are_rejected() {
    let with = |end: &str| format!("UID:1\nSUMMARY:DUPONT Jean\nDTSTART:20261124T093000\n{end}");
    assert_eq!(draft(&with("DTEND:20261124T095000")).minutes, 20);
    assert_eq!(draft(&with("DURATION:PT45M")).minutes, 45);
    assert_eq!(draft(&with("DTEND:20261124T095030")).minutes, 21);
    assert_eq!(draft(&with("DTEND:20261125T093000")).minutes, 1_440);
    assert_eq!(draft(&with("DTEND;TZID=Europe/London:20261124T090000")).minutes, 30);
    let (no_end, notices) = one(&with("X-A:b")).unwrap_or_else(|_| panic!());
    assert_eq!((no_end.minutes, notices), (20, vec![Notice::NoEnd]));
    assert_eq!(rejected(&with("DTEND:20261124T093000")), Rejection::ZeroDuration);
    assert_eq!(rejected(&with("DTEND:20261124T090000")), Rejection::NegativeDuration);
    assert_eq!(rejected(&with("DURATION:-PT5M")), Rejection::NegativeDuration);
    assert_eq!(rejected(&with("DTEND:20261125T093100")), Rejection::TooLong);
    assert_eq!(rejected(&with("DTEND:demain")), Rejection::BadTime);
    assert_eq!(rejected("UID:1\nSUMMARY:DUPONT Jean"), Rejection::NoStart);
    assert_eq!(rejected("UID:1\nSUMMARY:DUPONT Jean\nDTSTART:20261324T093000"), Rejection::BadTime);
}

#[test]
fn whole_days_and_meetings_are_absences() {
    let absence = |body: &str| {
        let draft = draft(body);
        let About::Absence { label } = draft.about else { panic!("{body}: a visit") };
        (label, draft.starts, draft.minutes)
    };
    let days = absence("UID:1\nSUMMARY:Congés\nDTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20270102");
    assert_eq!(days, ("Congés".into(), walls(&["2026-12-24T00:00"]), 9 * 1_440));
    let day = absence("UID:1\nSUMMARY:Férié\nDTSTART;VALUE=DATE:20261225");
    assert_eq!((day.1, day.2), (walls(&["2026-12-25T00:00"]), 1_440));
    assert_eq!(absence("UID:1\nSUMMARY:Férié\nDTSTART;VALUE=DATE:20261225\nDTEND;VALUE=DATE:20261225").2, 1_440);
    let timed = "DTSTART:20261124T123000\nDURATION:PT1H";
    for label in ["Staff (pas de rendez-vous)", "Réunion DPC", "Lunch", "déjeuner", "عطلة", "Pause", "Fermé", ""]
    {
        assert_eq!(absence(&format!("UID:1\nSUMMARY:{label}\n{timed}")).0, label);
    }
    // Days off with hours last longer than an appointment may.
    let long = absence("UID:1\nSUMMARY:Vacances\nDTSTART:20261224T080000\nDTEND:20270102T190000");
    assert_eq!(long.2, 9 * 1_440 + 660);
    assert_eq!(rejected(&format!("UID:1\nSUMMARY:Staff\nSTATUS:CANCELLED\n{timed}")), Rejection::CancelledAbsence);
    assert_eq!(
        rejected(&format!("UID:1\nSUMMARY:soldes d'hiver\nTRANSP:TRANSPARENT\n{timed}")),
        Rejection::TakesNoTime
    );
    assert_eq!(
        rejected("UID:1\nSUMMARY:Congés\nDTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261220"),
        Rejection::NegativeDuration
    );
}

#[test]
fn patients_are_found_in_the_text() {
    let v = visit("PHILIPPE Noémi - Certificat", "Tél 0761055229\\, né(e) le 09/07/2017");
    assert_eq!(
        (v.hint.surname.as_str(), v.hint.first_name.as_str(), v.type_hint.as_str()),
        ("PHILIPPE", "Noémi", "Certificat")
    );
    assert_eq!((v.hint.mobile.as_str(), v.hint.born.unwrap().to_string().as_str()), ("+33761055229", "2017-07-09"));
    assert_eq!(v.note, "");

    let v = visit("Tanguy Bertrand - Suivi", "Tél inconnu\\, né(e) le ?");
    assert_eq!((v.hint.surname.as_str(), v.hint.first_name.as_str()), ("Tanguy", "Bertrand"));
    assert!(v.hint.mobile.is_empty() && v.hint.phone.is_empty() && v.hint.born.is_none() && v.note.is_empty());

    let v =
        visit("Consultation : LE GALL Anaïs", "Mobile: +33 6 12 34 56 78\\nDDN: 3 février 1979\\nApporter la radio");
    assert_eq!((v.hint.surname.as_str(), v.type_hint.as_str()), ("LE GALL", "Consultation"));
    assert_eq!((v.hint.mobile.as_str(), v.hint.born.unwrap().to_string().as_str()), ("+33612345678", "1979-02-03"));
    assert!(v.note.contains("Apporter la radio"));

    let v = visit("RDV DUPONT Jean (vaccin) 01 40 20 30 40", "");
    assert_eq!(
        (v.hint.surname.as_str(), v.hint.first_name.as_str(), v.hint.phone.as_str()),
        ("DUPONT", "Jean", "+33140203040")
    );
    assert_eq!(v.type_hint, "RDV - vaccin");

    let v = visit("محمد العلوي - استشارة", "الهاتف: 0612345678\\, تاريخ الازدياد 03/02/1979");
    assert_eq!((v.hint.surname_arabic.as_str(), v.hint.first_name_arabic.as_str()), ("العلوي", "محمد"));
    assert_eq!(v.hint.born.unwrap().to_string(), "1979-02-03");

    let v = visit("Mme Martin Claire - Échographie de contrôle", "Phone 0612345678 born on 1979-02-03");
    assert_eq!((v.hint.surname.as_str(), v.type_hint.as_str()), ("Martin", "Échographie de contrôle"));
    assert_eq!(v.hint.sex, domain::patient::sex::Sex::Female);

    let v = visit("BERNARD", "né le 32/13/2011");
    assert_eq!((v.hint.surname.as_str(), v.hint.kept[0].1.as_str()), ("BERNARD", "32/13/2011"));
}

#[test]
fn series_leave_out_what_is_excluded_and_keep_their_hour_over_clock_changes() {
    let weekly = "UID:1\nSUMMARY:Staff\nDTSTART;TZID=Europe/Paris:20261012T130000\nDURATION:PT1H\n\
                  RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20261109T115959Z\nEXDATE;TZID=Europe/Paris:20261019T130000";
    let found = draft(weekly);
    assert!(found.series);
    // The last one is at 12:00 UTC, a second after the end.
    assert_eq!(found.starts, walls(&["2026-10-12T13:00", "2026-10-26T13:00", "2026-11-02T13:00"]));

    let until_day =
        "UID:1\nSUMMARY:Staff\nDTSTART:20261012T130000\nDURATION:PT1H\nRRULE:FREQ=DAILY;INTERVAL=2;UNTIL=20261018";
    assert_eq!(draft(until_day).starts.len(), 4);
    let by_day = "UID:1\nSUMMARY:Staff\nDTSTART:20261012T130000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=4\nEXDATE;VALUE=DATE:20261013";
    assert_eq!(draft(by_day).starts, walls(&["2026-10-12T13:00", "2026-10-14T13:00", "2026-10-15T13:00"]));
    let in_utc = "UID:1\nSUMMARY:Staff\nDTSTART;TZID=Europe/Paris:20261012T130000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=2\nEXDATE:20261013T110000Z";
    assert_eq!(draft(in_utc).starts, walls(&["2026-10-12T13:00"]));
    let dates = "UID:1\nSUMMARY:Staff\nDTSTART:20261012T130000\nDURATION:PT1H\nRDATE:20261013T140000,20261020T150000";
    assert_eq!(draft(dates).starts, walls(&["2026-10-12T13:00", "2026-10-13T14:00", "2026-10-20T15:00"]));
    let days = "UID:1\nSUMMARY:Congés\nDTSTART;VALUE=DATE:20261224\nRRULE:FREQ=YEARLY;COUNT=2";
    assert_eq!((draft(days).starts, draft(days).minutes), (walls(&["2026-12-24T00:00", "2027-12-24T00:00"]), 1_440));
}

#[test]
fn series_without_end_are_cut_at_the_horizon_and_say_so() {
    let (found, notices) = one("UID:1\nSUMMARY:Staff\nDTSTART:20261012T130000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY")
        .unwrap_or_else(|_| panic!());
    assert_eq!(notices, [Notice::SeriesCut]);
    assert_eq!((found.starts.len(), found.starts.last().unwrap().to_string().as_str()), (111, "2028-11-20T13:00"));
    // An old daily rule gives up its past, not its future.
    let (old, notices) = one("UID:1\nSUMMARY:Pause\nDTSTART:19950101T120000\nDURATION:PT1H\nRRULE:FREQ=DAILY")
        .unwrap_or_else(|_| panic!());
    assert_eq!(notices, [Notice::SeriesCut]);
    assert_eq!(old.starts.last().unwrap().to_string(), "2028-11-22T12:00");
}

#[test]
fn rules_that_are_none_are_rejected() {
    let with =
        |rule: &str| rejected(&format!("UID:1\nSUMMARY:Staff\nDTSTART:20261012T130000\nDURATION:PT1H\nRRULE:{rule}"));
    for rule in ["FREQ=HOURLY", "FREQ=MINUTELY;COUNT=5", "FREQ=SECONDLY", "FREQ=DAILY;BYHOUR=9,10,11"] {
        assert_eq!(with(rule), Rejection::TooFrequent, "{rule}");
    }
    for rule in [
        "FREQ=OFTEN",
        "",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;COUNT=0",
        "BYDAY=MO",
        "FREQ=DAILY;UNTIL=bald",
        "FREQ=DAILY;BYDAY=XX",
        "FREQ=DAILY;BYDAY=ÉMO",
        "FREQ=DAILY;BYDAY=MOÉ",
        "FREQ=WEEKLY;BYDAY=XXMO",
        "FREQ=MONTHLY;BYMONTHDAY=1,,2",
        "FREQ=DAILY;WKST=X",
        "FREQ=DAILY;RSCALE=HEBREW",
        "FREQ",
    ] {
        assert_eq!(with(rule), Rejection::BadRule, "{rule}");
    }
    let excluded = "UID:1\nSUMMARY:Staff\nDTSTART:20261012T130000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=1\nEXDATE:20261012T130000";
    assert_eq!(rejected(excluded), Rejection::NoOccurrence);
}

#[test]
fn a_changed_occurrence_leaves_its_series() {
    let series =
        event("UID:s\nSUMMARY:DUPONT Jean - Suivi\nDTSTART:20261012T130000\nDURATION:PT20M\nRRULE:FREQ=WEEKLY;COUNT=3");
    let moved = event(
        "UID:s\nRECURRENCE-ID:20261019T130000\nSUMMARY:DUPONT Jean - Suivi\nDTSTART:20261020T090000\nDURATION:PT20M",
    );
    let future = event(
        "UID:s\nRECURRENCE-ID;RANGE=THISANDFUTURE:20261026T130000\nSUMMARY:DUPONT Jean\nDTSTART:20261027T130000\nDURATION:PT20M",
    );
    let orphan =
        event("UID:t\nRECURRENCE-ID:20261019T130000\nSUMMARY:DUPONT Jean\nDTSTART:20261021T090000\nDURATION:PT20M");
    let file = read_in("Europe/Paris", &(series + &moved + &future + &orphan));
    let draft =
        |i: usize| if let EventContent::Draft(d) = &file.rows[i].content { d } else { panic!("row {i} rejected") };
    assert_eq!(draft(0).starts, walls(&["2026-10-12T13:00", "2026-10-26T13:00"]));
    assert_eq!((draft(1).uid.as_str(), &draft(1).starts), ("s#2026-10-19T13:00", &walls(&["2026-10-20T09:00"])));
    assert!(matches!(file.rows[2].content, EventContent::Rejected(Rejection::ThisAndFuture)));
    assert!(file.rows[3].warnings.contains(&Warning::row(Notice::SeriesMissing)));
}

#[test]
fn the_newer_of_two_versions_counts() {
    let version = |sequence: u32, start: &str| {
        event(&format!("UID:a\nSEQUENCE:{sequence}\nSUMMARY:DUPONT Jean\nDTSTART:{start}\nDURATION:PT20M"))
    };
    let file = read_in("Europe/Paris", &(version(2, "20261124T100000") + &version(1, "20261124T090000")));
    assert!(matches!(&file.rows[0].content, EventContent::Draft(d) if d.starts == walls(&["2026-11-24T10:00"])));
    assert!(matches!(file.rows[1].content, EventContent::OlderThan(line) if line == file.rows[0].line));
    let plan = planned(&(version(1, "20261124T090000") + &version(1, "20261124T100000")), &[], &[]);
    assert_eq!((plan.counts().created, plan.counts().merged), (1, 1));
}

#[test]
fn damaged_calendars_are_told_row_by_row_or_refused() {
    let damaged = "BEGIN:VEVENT\nUID:1\nSUMMARY:DUPONT Jean\nBEGIN:VEVENT\nUID:2\nSUMMARY:MAR\0TIN Zoé\nDTSTART:20261124T090000\nEND:VEVENT\n\
                   BEGIN:VEVENT\nUID:3\nDTSTART:20261124T090000\n";
    let file = read_in("Europe/Paris", damaged);
    let rejections: Vec<Rejection> =
        file.rows.iter().map(|r| if let EventContent::Rejected(x) = r.content { x } else { panic!("taken") }).collect();
    assert_eq!(rejections, [Rejection::UnclosedEvent, Rejection::ZeroCharacter, Rejection::UnclosedEvent]);
    let refused = |bytes: &[u8]| agenda::read(bytes, &options("Europe/Paris"), &Limits::default(), &mut go).err();
    assert_eq!(refused(b""), Some(ImportError::Empty));
    assert_eq!(refused(b"Nom;Prenom\nA;B\n"), Some(ImportError::NotCalendar));
    let long = calendar(&event(&format!("UID:1\nSUMMARY:{}", "x".repeat(5_000_000))));
    assert_eq!(refused(long.as_bytes()), Some(ImportError::LineTooLong { line: 5, limit: 1_000_000 }));
    let folded = calendar(&event(&format!("UID:1\nSUMMARY:{}", "x\n ".repeat(2_000_000))));
    assert!(matches!(refused(folded.as_bytes()), Some(ImportError::LineTooLong { line: 5, .. })));
}

#[test]
fn folds_escapes_and_old_encodings_are_undone() {
    // A fold in the middle of é, and Windows-1252.
    let mut bytes = b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20261124T090000\r\nDURATION:PT20M\r\nSUMMARY:PHILIPPE No\xc3\r\n \xa9mi - Certi\r\n\tficat\r\nDESCRIPTION:a\\, b\\; c\\\\d\\ne\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n".to_vec();
    let read = |bytes: &[u8]| {
        agenda::read(bytes, &options("Europe/Paris"), &Limits::default(), &mut go).unwrap().rows.remove(0)
    };
    let row = read(&bytes);
    assert_eq!((row.title.as_str(), row.line), ("PHILIPPE Noémi - Certificat", 2));
    let EventContent::Draft(draft) = row.content else { panic!("rejected") };
    let About::Visit(visit) = draft.about else { panic!("an absence") };
    assert_eq!(visit.note, "a, b; c\\d\ne");
    bytes = b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20261124T090000\nSUMMARY:PHILIPPE No\xe9mi\nEND:VEVENT\nEND:VCALENDAR\n".to_vec();
    assert_eq!(read(&bytes).title, "PHILIPPE Noémi");
    let printable = "BEGIN:VCALENDAR\nVERSION:1.0\nBEGIN:VEVENT\nDTSTART:20261124T090000\n\
                     SUMMARY;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:PHILIPPE No=C3=\n=A9mi\nEND:VEVENT\nEND:VCALENDAR\n";
    assert_eq!(read(printable.as_bytes()).title, "PHILIPPE Noémi");
    let wide: Vec<u8> = [0xfeff_u16]
        .into_iter()
        .chain(calendar(&event("DTSTART:20261124T090000\nSUMMARY:Noémi")).encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(read(&wide).title, "Noémi");
    // A line break that nobody escaped.
    let broken =
        calendar(&event("DTSTART:20261124T090000\nSUMMARY:DUPONT Jean\nDESCRIPTION:Apporter\nla radio\nUID:9"));
    let EventContent::Draft(draft) = read(broken.as_bytes()).content else { panic!("rejected") };
    let About::Visit(visit) = draft.about else { panic!("an absence") };
    assert_eq!((visit.note.as_str(), draft.uid.as_str()), ("Apporter\nla radio", "9"));
}

#[test]
fn an_event_without_uid_has_a_key_of_its_own() {
    let uid = |summary: &str| draft(&format!("SUMMARY:{summary}\nDTSTART:20261124T090000\nDURATION:PT20M")).uid;
    assert!(uid("DUPONT Jean").starts_with("event:"));
    assert_eq!(uid("DUPONT Jean"), uid("DUPONT Jean"));
    assert_ne!(uid("DUPONT Jean"), uid("DUPONT Jeanne"));
}
