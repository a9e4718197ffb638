//! Claims about what is proposed for the register.

use proptest::prelude::*;

use super::*;

fn used(bits: u32) -> Use {
    let on = |bit: u32| bits & (1 << bit) != 0;
    let server = Server { host: "agenda.example".to_owned(), discretion: "initials".to_owned(), days: 97 };
    Use {
        practitioners: i64::from(bits & 3),
        secretaries: i64::from(bits >> 2 & 3),
        administrators: 1,
        lock_after: 15,
        record: on(4),
        prescriptions: on(5),
        results: on(6),
        calls: on(7),
        waiting_list: on(8),
        queue: on(9),
        numbers: on(10),
        minors: on(11),
        contact_persons: on(12),
        taken_over: on(13),
        servers: if on(14) { vec![server] } else { Vec::new() },
        portal: on(17).then(|| Portal {
            host: "portal.example".to_owned(),
            email: on(18),
            birth_date: on(19),
            reason: on(20),
        }),
        mail_server: on(21).then(|| "mail.example".to_owned()),
        backed_up: on(15),
        backups_kept: 30,
        second_place: on(16),
    }
}

fn kinds(used: &Use) -> Vec<Kind> {
    propose(used).iter().map(|one| one.kind).collect()
}

#[test]
fn what_a_practice_does_not_do_is_not_in_its_register() {
    assert_eq!(kinds(&used(0)), [Kind::Agenda, Kind::Statistics, Kind::Accounts, Kind::Requests]);
    assert_eq!(kinds(&used(u32::MAX)), &Kind::ALL[..Kind::ALL.len() - 1]);
}

#[test]
fn a_measure_is_named_only_where_it_is_in_place() {
    let has = |used: &Use, word| propose(used).iter().any(|one| one.measures.iter().any(|line| line.word == word));
    assert!(!has(&used(0), Word::VerifiedBackups) && !has(&used(0), Word::SecondPlace));
    assert!(!has(&used(1 << 16), Word::SecondPlace), "a second place without a recent backup protects nothing");
    assert!(has(&used(1 << 15 | 1 << 16), Word::SecondPlace));
    assert!(has(&used(0), Word::NoConnection));
    for bit in [14, 17, 21] {
        assert!(!has(&used(1 << bit), Word::NoConnection), "{bit}");
    }
}

#[test]
fn secretaries_are_no_recipients_of_clinical_content() {
    for one in propose(&used(u32::MAX)) {
        let clinical = matches!(one.kind, Kind::Record | Kind::Prescriptions | Kind::Results);
        let seen = one.recipients.iter().any(|line| line.word == Word::OwnSecretaries);
        assert!(!(clinical && seen), "{}", one.kind);
        assert_eq!(clinical, one.measures.iter().any(|line| line.word == Word::Sealed), "{}", one.kind);
    }
}

#[test]
fn a_second_server_shows_as_what_changed() {
    let before = used(1 << 14);
    let mut now = before.clone();
    now.servers.push(Server { host: "other.example".to_owned(), discretion: "name".to_owned(), days: 97 });
    let of = |used: &Use| propose(used).into_iter().find(|one| one.kind == Kind::Calendar).unwrap();
    let found = differences(&of(&before), &of(&now));
    assert_eq!(
        found.iter().map(|one| one.field).collect::<Vec<_>>(),
        [Field::Data, Field::Recipients, Field::Transfers]
    );
    assert_eq!(found[0].added, [line(Word::NamedTimes)]);
    assert_eq!(found[1].added, [named(Word::CalendarServer, "other.example")]);
    assert!(found.iter().all(|one| one.gone.is_empty()));
}

#[test]
fn whoever_carries_something_out_is_a_recipient_by_name() {
    let named_by = |used: &Use, kind| {
        let all = propose(used).into_iter().find(|one| one.kind == kind).expect("it is used").recipients;
        all.into_iter().filter(|line| !line.name.is_empty()).collect::<Vec<_>>()
    };
    assert_eq!(named_by(&used(1 << 17), Kind::OnlineBooking), [named(Word::PortalHost, "portal.example")]);
    assert_eq!(named_by(&used(1 << 21), Kind::Messages), [named(Word::MailHost, "mail.example")]);
}

#[test]
fn a_portal_is_told_the_optional_fields_of_its_instruction_only() {
    let data = |bits| propose(&used(bits)).into_iter().find(|one| one.kind == Kind::OnlineBooking).unwrap().data;
    let optional = [(18, Word::EmailAddress), (19, Word::BirthDate), (20, Word::TypeLabel)];
    for (bit, word) in optional {
        let told = data(1 << 17 | 1 << bit);
        let all: Vec<_> = optional.iter().filter(|(_, other)| told.contains(&line(*other))).collect();
        assert_eq!(all, [&(bit, word)]);
    }
}

proptest! {
    #[test]
    fn every_activity_says_all_that_the_law_asks(bits in 0_u32..1 << 22) {
        for one in propose(&used(bits)) {
            prop_assert!(!one.grounds.is_empty());
            for &field in Field::ALL {
                prop_assert!(field == Field::Grounds || !one.lines(field).is_empty(), "{} of {}", field, one.kind);
            }
        }
    }

    #[test]
    fn nothing_differs_from_itself_and_what_is_added_one_way_is_gone_the_other(a in 0_u32..1 << 22, b in 0_u32..1 << 22) {
        let (a, b) = (propose(&used(a)), propose(&used(b)));
        for one in &a {
            prop_assert!(differences(one, one).is_empty());
            if let Some(other) = b.iter().find(|other| other.kind == one.kind) {
                let there = differences(one, other);
                let back = differences(other, one);
                prop_assert_eq!(there.len(), back.len());
                for (there, back) in there.iter().zip(&back) {
                    prop_assert_eq!((&there.added, &there.gone), (&back.gone, &back.added));
                }
            }
        }
    }

    #[test]
    fn a_proposal_comes_back_from_storage_as_it_was(bits in 0_u32..1 << 22) {
        for one in propose(&used(bits)) {
            let text = serde_json::to_string(&one).unwrap();
            prop_assert_eq!(serde_json::from_str::<Proposal>(&text).unwrap(), one);
        }
    }
}
