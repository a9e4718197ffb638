//! The activities by which something about patients leaves the practice: online booking, messages, the published agenda.
//!
//! Each names the server that it goes to, and asks to look up where that server is.

use super::super::authority::Ground;
use super::{Kind, Line, Proposal, Use, Word, also, counted, lines, named};

/// Years that a portal keeps what nobody used any more.
pub(super) const PORTAL_YEARS: i64 = 2;

/// The activities by which something leaves, where the practice uses them.
pub(super) fn propose(used: &Use, base: &dyn Fn(Kind, &[Ground]) -> Proposal, persons: Vec<Line>) -> Vec<Proposal> {
    [booking(used, base, persons), messages(used, base), calendar(used, base)].into_iter().flatten().collect()
}

fn booking(used: &Use, base: &dyn Fn(Kind, &[Ground]) -> Proposal, persons: Vec<Line>) -> Option<Proposal> {
    use Word as W;
    let portal = used.portal.as_ref()?;
    let data = also(lines(&[W::BookingFacts]), portal.email, &[W::EmailAddress]);
    let data = also(data, portal.birth_date, &[W::BirthDate]);
    let data = also(data, portal.reason, &[W::TypeLabel]);
    Some(Proposal {
        purposes: lines(&[W::BookOnline, W::TellPatients]),
        persons,
        data: also(data, true, &[W::FreeTimes]),
        recipients: [used.people(true, true, false), vec![named(W::PortalHost, &portal.host)]].concat(),
        transfers: vec![named(W::ServerToCheck, &portal.host)],
        retention: vec![counted(W::RetainPortal, PORTAL_YEARS)],
        measures: also(used.measures(false), true, &[W::OneServer, W::SignedInstruction]),
        ..base(Kind::OnlineBooking, &[Ground::Care, Ground::Interest])
    })
}

fn messages(used: &Use, base: &dyn Fn(Kind, &[Ground]) -> Proposal) -> Option<Proposal> {
    use Word as W;
    let host = used.mail_server.as_ref()?;
    Some(Proposal {
        purposes: lines(&[W::TellPatients]),
        data: lines(&[W::EmailAddress, W::MessageFacts]),
        recipients: [used.people(true, true, false), vec![named(W::MailHost, host)]].concat(),
        transfers: vec![named(W::ServerToCheck, host)],
        retention: lines(&[W::RetainSent]),
        measures: also(used.measures(false), true, &[W::OneServer, W::NoHealth]),
        ..base(Kind::Messages, &[Ground::Care, Ground::Interest])
    })
}

fn calendar(used: &Use, base: &dyn Fn(Kind, &[Ground]) -> Proposal) -> Option<Proposal> {
    use Word as W;
    let days = used.servers.iter().map(|server| server.days).max()?;
    let mut data: Vec<Line> = Vec::new();
    for server in &used.servers {
        let word = match server.discretion.as_str() {
            "busy" => W::BusyTimes,
            "initials" => W::Initials,
            _ => W::NamedTimes,
        };
        if !data.contains(&super::line(word)) {
            data.push(super::line(word));
        }
    }
    let each = |word| {
        let mut all: Vec<Line> = Vec::new();
        for server in &used.servers {
            let one = named(word, &server.host);
            if !all.contains(&one) {
                all.push(one);
            }
        }
        all
    };
    Some(Proposal {
        purposes: lines(&[W::ShowAgenda]),
        persons: lines(&[W::Patients, W::Staff]),
        data,
        recipients: [used.people(true, false, false), each(W::CalendarServer)].concat(),
        transfers: each(W::ServerToCheck),
        retention: vec![counted(W::RetainPublished, days)],
        measures: also(used.measures(false), true, &[W::OneServer]),
        ..base(Kind::Calendar, &[Ground::Interest])
    })
}
