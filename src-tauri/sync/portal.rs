//! The calls of the dialogue: a token, conditional updates one by one or many at once, how things stand, what changed.

use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, SecondsFormat, Utc};
use domain::id::AppointmentId;
use domain::sync::{Cursor, Expect};
use fhir::booking::{
    Appointment, Bundle, BundleEntry, BundleKind, MAX_ENTRIES, OperationOutcome, Request as Asked, Resource as Bundled,
    Response, Schedule, ScheduleId, Slot,
};
use serde::Deserialize;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::plain::{self, Found};
use super::settings::CALL;
use super::told::{self, Answered, Page, Put, Resource, identifier, read_etag, refusal};
use super::{Secret, Server, Settings, SyncError};
use crate::net::{self, Address, Client, Credentials, Limits, Request};

pub(super) const FHIR: (&str, &str) = ("Content-Type", "application/fhir+json; charset=utf-8");
pub(super) const ACCEPT: (&str, &str) = ("Accept", "application/fhir+json");
pub(super) const JSON: (&str, &str) = ("Content-Type", "application/json");
const FORM: (&str, &str) = ("Content-Type", "application/x-www-form-urlencoded");
/// The largest answer: a page of 500 resources.
const LARGEST: u64 = 8 * 1024 * 1024;
/// The largest batch that is sent; the portal takes 4 MB.
const BATCH: usize = 3 * 1024 * 1024;
/// How many are asked for at once.
const PAGE: usize = 200;
/// How many pages one question may have.
const PAGES: usize = 500;

/// A portal, or a plain server in its place. Calls block.
pub struct Portal {
    pub(super) client: Client,
    pub(super) base: Address,
    pub(super) settings: Settings,
    secret: Secret,
    token: Mutex<Option<Zeroizing<String>>>,
}

#[derive(Deserialize)]
struct Token {
    access_token: String,
    token_type: String,
}

impl Portal {
    /// The portal of the settings. Asks nothing yet.
    ///
    /// # Errors
    /// A [`net::NetError`] of the address or of the authority.
    pub fn open(settings: &Settings, secret: Secret) -> Result<Self, SyncError> {
        let base = Address::parse(&settings.address)?;
        let base = base.at(base.path().trim_end_matches('/'));
        let credentials = match settings.server {
            Server::Plain if !settings.client_id.is_empty() => Credentials::new(&settings.client_id, &secret.0),
            _ => Credentials::none(),
        };
        let limits = Limits { largest: LARGEST, call: CALL };
        let client = Client::new(&base, &settings.authority, credentials)?.within(limits);
        Ok(Self { client, base, settings: settings.clone(), secret, token: Mutex::new(None) })
    }

    /// The same within other limits: for tests of what a hostile server does.
    #[must_use]
    pub fn within(self, limits: Limits) -> Self {
        Self { client: self.client.within(limits), ..self }
    }

    /// The host, to be shown.
    #[must_use]
    pub fn host(&self) -> &str {
        self.base.host()
    }

    pub(super) fn place(&self, path: &str) -> Address {
        self.base.at(&format!("{}{path}", self.base.path().trim_end_matches('/')))
    }

    pub(super) fn fhir(&self, kind: &str) -> Address {
        match self.settings.server {
            Server::Portal if kind.is_empty() => self.place("/fhir"),
            Server::Portal => self.place(&format!("/fhir/{kind}")),
            Server::Plain => self.place(&format!("/{kind}")),
        }
    }

    fn token(&self) -> Result<Zeroizing<String>, SyncError> {
        let mut kept = self.token.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(token) = kept.as_ref() {
            return Ok(token.clone());
        }
        let credentials = Credentials::new(&self.settings.client_id, &self.secret.0);
        let address = self.place("/oauth/token");
        let body = Some("grant_type=client_credentials");
        let request =
            Request { method: "POST", address: &address, headers: &[FORM, ("Accept", "application/json")], body };
        let answer = self.client.send_as(&credentials, &request)?;
        if answer.status != 200 {
            // OAuth says 400 or 401 to a pair that it does not know.
            return Err(if answer.status == 400 { SyncError::UnknownClient } else { refusal(&answer) });
        }
        let given: Token = serde_json::from_slice(&answer.body).map_err(|_| SyncError::NotUnderstood)?;
        let holds = (8..=2_000).contains(&given.access_token.len())
            && given.access_token.bytes().all(|b| b.is_ascii_graphic())
            && given.token_type.eq_ignore_ascii_case("bearer");
        if !holds {
            return Err(SyncError::NotUnderstood);
        }
        let token = Zeroizing::new(given.access_token);
        *kept = Some(token.clone());
        Ok(token)
    }

    /// Does something with credentials; where they ran out, once more with new ones.
    pub(super) fn with_credentials(
        &self,
        call: &mut dyn FnMut(&Credentials) -> Result<net::Answer, net::NetError>,
    ) -> Result<net::Answer, SyncError> {
        if self.settings.server == Server::Plain {
            let own = if self.settings.client_id.is_empty() {
                Credentials::none()
            } else {
                Credentials::new(&self.settings.client_id, &self.secret.0)
            };
            return Ok(call(&own)?);
        }
        let token = self.token()?;
        let answer = call(&Credentials::token(&token))?;
        if answer.status != 401 {
            return Ok(answer);
        }
        *self.token.lock().unwrap_or_else(PoisonError::into_inner) = None;
        let token = self.token()?;
        Ok(call(&Credentials::token(&token))?)
    }

    pub(super) fn call(
        &self,
        method: &str,
        address: &Address,
        headers: &[(&str, &str)],
        body: Option<&str>,
    ) -> Result<net::Answer, SyncError> {
        let request = Request { method, address, headers, body };
        self.with_credentials(&mut |credentials| self.client.send_as(credentials, &request))
    }

    /// One conditional update.
    ///
    /// # Errors
    /// Where no answer came, or it refuses more than this one thing.
    pub fn put(&self, put: &Put) -> Result<Answered, SyncError> {
        let (name, value) = put.condition();
        let address = self.fhir(put.resource.kind()).asking(&put.query());
        // A plain server may know no "only where nothing is" for updates: it finds by the identifier.
        let conditional = self.settings.server == Server::Portal || matches!(put.expect, Expect::Version(_));
        let headers = [FHIR, ACCEPT, (name, value.as_str())];
        let headers = if conditional { headers.as_slice() } else { &headers[..2] };
        let answer = self.call("PUT", &address, headers, Some(&put.resource.text()))?;
        if !(200..300).contains(&answer.status) {
            return refused(&answer);
        }
        let told = answer.etag.as_deref().and_then(read_etag);
        let shown = version_shown(&put.resource, &answer.body);
        match (told, shown) {
            (_, Err(Shown::Another)) => Err(SyncError::Foreign),
            (_, Err(Shown::Garbled)) if self.settings.server == Server::Portal => Err(SyncError::NotUnderstood),
            (Some(version), _) | (None, Ok(Some(version))) => Ok(Answered::kept(version)),
            _ => Err(SyncError::NotUnderstood),
        }
    }

    /// Many conditional updates, in their order; each is answered by itself. At the portal they travel as batches; a batch that is lost
    /// is put again whole, which does no harm.
    ///
    /// # Errors
    /// As [`Self::put`].
    pub fn put_all(&self, puts: &[Put]) -> Result<Vec<Answered>, SyncError> {
        let mut answers = Vec::with_capacity(puts.len());
        if self.settings.server == Server::Plain || puts.len() == 1 {
            for put in puts {
                answers.push(self.put(put)?);
            }
            return Ok(answers);
        }
        let mut entries: Vec<BundleEntry> = Vec::new();
        let mut size = 0;
        for put in puts {
            let length = put.resource.text().len() + 300;
            if entries.len() == MAX_ENTRIES || size + length > BATCH {
                answers.extend(self.batch(std::mem::take(&mut entries))?);
                size = 0;
            }
            size += length;
            entries.push(entry(put));
        }
        if !entries.is_empty() {
            answers.extend(self.batch(entries)?);
        }
        Ok(answers)
    }

    fn batch(&self, entries: Vec<BundleEntry>) -> Result<Vec<Answered>, SyncError> {
        let count = entries.len();
        let mut bundle = Bundle::new(BundleKind::Batch);
        bundle.entry = entries;
        let text = serde_json::to_string(&bundle).map_err(|_| SyncError::NotUnderstood)?;
        let answer = self.call("POST", &self.fhir(""), &[FHIR, ACCEPT], Some(&text))?;
        if answer.status != 200 {
            return Err(refusal(&answer));
        }
        let bundle: Bundle = serde_json::from_slice(&answer.body).map_err(|_| SyncError::NotUnderstood)?;
        if bundle.kind != BundleKind::BatchResponse || bundle.entry.len() != count {
            return Err(SyncError::NotUnderstood);
        }
        bundle.entry.into_iter().map(|entry| answered(entry.response)).collect()
    }

    fn search(&self, address: &Address) -> Result<Found, SyncError> {
        let answer = self.call("GET", address, &[ACCEPT], None)?;
        if answer.status == 200 { plain::read(&answer.body) } else { Err(refusal(&answer)) }
    }

    /// Appointments of a search; each is looked at. A plain server may be others' too: theirs are left aside.
    fn appointments(&self, found: &Found) -> Result<Vec<Appointment>, SyncError> {
        let all = found.resources.iter().map(|text| plain::appointment(text)).collect::<Result<Vec<_>, _>>()?;
        let ours = |one: &Appointment| {
            self.settings.server == Server::Portal || self.settings.practitioners.contains(&one.practitioner)
        };
        all.into_iter().filter(ours).map(|one| self.believed(one)).collect()
    }

    fn believed(&self, appointment: Appointment) -> Result<Appointment, SyncError> {
        if !self.settings.practitioners.contains(&appointment.practitioner) {
            return Err(SyncError::Foreign);
        }
        if appointment.meta.is_none() { Err(SyncError::NotUnderstood) } else { Ok(appointment) }
    }

    /// How an appointment stands there; none where it is not there.
    ///
    /// # Errors
    /// As [`Self::put`].
    pub fn appointment(&self, id: AppointmentId) -> Result<Option<Appointment>, SyncError> {
        let found = self.search(&self.fhir("Appointment").asking(&identifier(id.uuid())))?;
        let mut all = self.appointments(&found)?;
        match all.len() {
            0 => Ok(None),
            1 if all[0].id == id => Ok(all.pop()),
            _ => Err(SyncError::Foreign),
        }
    }

    /// How a schedule stands there.
    ///
    /// # Errors
    /// As [`Self::put`].
    pub fn schedule(&self, id: ScheduleId) -> Result<Option<Schedule>, SyncError> {
        let found = self.search(&self.fhir("Schedule").asking(&identifier(id.0)))?;
        let mut all = found.resources.iter().map(|text| plain::schedule(text)).collect::<Result<Vec<_>, _>>()?;
        match all.len() {
            0 => Ok(None),
            1 if all[0].id == id => Ok(all.pop()),
            _ => Err(SyncError::Foreign),
        }
    }

    /// What is told of a schedule's time in a stretch.
    ///
    /// # Errors
    /// As [`Self::put`].
    pub fn slots(&self, of: ScheduleId, from: DateTime<Utc>, before: DateTime<Utc>) -> Result<Vec<Slot>, SyncError> {
        let stretch = format!("start=ge{}&start=lt{}&_count=500", instant(from), instant(before));
        // A plain server cannot look a reference up by its identifier: it is asked for the stretch alone.
        let query = match self.settings.server {
            Server::Portal => format!("schedule=Schedule/{}&{stretch}", of.0),
            Server::Plain => stretch,
        };
        let mut address = self.fhir("Slot").asking(&query);
        let mut all = Vec::new();
        for _ in 0..PAGES {
            let found = self.search(&address)?;
            for text in &found.resources {
                let slot = plain::slot(text)?;
                let inside = slot.span.start_at >= from && slot.span.start_at < before;
                match (slot.schedule == of, self.settings.server) {
                    (true, _) if inside && slot.meta.is_some() => all.push(slot),
                    (false, Server::Plain) => {}
                    _ => return Err(SyncError::Foreign),
                }
            }
            match found.next {
                Some(next) => address = self.linked(&next)?,
                None => return Ok(all),
            }
        }
        Err(SyncError::NotUnderstood)
    }

    /// Where a link of an answer leads: inside the same server.
    fn linked(&self, link: &str) -> Result<Address, SyncError> {
        if link.contains("://") || link.starts_with('/') {
            return Ok(self.base.linked(link)?);
        }
        Ok(self.fhir("").linked(&format!("{}/{link}", self.fhir("").path().trim_end_matches('/')))?)
    }

    /// From where changes will be asked for, where everything is met first.
    ///
    /// # Errors
    /// As [`Self::put`].
    pub fn start(&self) -> Result<Cursor, SyncError> {
        match self.settings.server {
            Server::Portal => Ok(Cursor::Feed(self.standing()?.feed)),
            Server::Plain => Ok(Cursor::Since(DateTime::UNIX_EPOCH)),
        }
    }

    /// What was done there after a cursor; `more` is the last page's, where it had one.
    ///
    /// # Errors
    /// As [`Self::put`].
    pub fn feed(&self, cursor: Cursor, more: Option<&str>) -> Result<Page, SyncError> {
        let address = match (more, cursor) {
            (Some(more), Cursor::Since(_)) => self.linked(more)?,
            (_, Cursor::Feed(number)) => self.fhir("Appointment").asking(&format!("_cursor={number}&_count={PAGE}")),
            (None, Cursor::Since(at)) => {
                let from = instant(Cursor::asked_from(at));
                self.fhir("Appointment").asking(&format!("_lastUpdated=ge{from}&_sort=_lastUpdated&_count={PAGE}"))
            }
        };
        let found = self.search(&address)?;
        let appointments = self.appointments(&found)?;
        let (to, more) = match cursor {
            Cursor::Feed(number) => {
                let link = found.next.as_deref().or(found.monitor.as_deref()).ok_or(SyncError::NotUnderstood)?;
                let to = feed_number(link).ok_or(SyncError::NotUnderstood)?;
                // Something came and the count did not: it would come for ever.
                if !appointments.is_empty() && to <= number {
                    return Err(SyncError::NotUnderstood);
                }
                (Cursor::Feed(to), found.next)
            }
            Cursor::Since(at) => (Cursor::Since(latest(at, &appointments)), found.next),
        };
        let cursor = cursor.advanced(to).ok_or(SyncError::NotUnderstood)?;
        Ok(Page { appointments, cursor, more })
    }

    /// Everything that is there, whoever changed it: after a restore from a copy, here or there. `from` is [`Self::start`]'s.
    ///
    /// # Errors
    /// As [`Self::put`].
    pub fn everything(&self, from: Cursor, more: Option<&str>) -> Result<Page, SyncError> {
        self.changed_since(from, DateTime::UNIX_EPOCH, more)
    }

    /// What was changed there since an instant of its clock, whoever changed it: after this side was away, or came back from a copy.
    ///
    /// # Errors
    /// As [`Self::put`].
    pub fn changed_since(&self, from: Cursor, since: DateTime<Utc>, more: Option<&str>) -> Result<Page, SyncError> {
        let address = match (more, self.settings.server) {
            (Some(more), _) => self.linked(more)?,
            (None, Server::Portal) => {
                self.fhir("Appointment").asking(&format!("_lastUpdated=ge{}&_count={PAGE}", instant(since)))
            }
            (None, Server::Plain) => self.fhir("Appointment").asking(&format!("_sort=_lastUpdated&_count={PAGE}")),
        };
        let found = self.search(&address)?;
        let appointments = self.appointments(&found)?;
        let cursor = match from {
            Cursor::Feed(_) => from,
            Cursor::Since(at) => Cursor::Since(latest(at, &appointments)),
        };
        Ok(Page { appointments, cursor, more: found.next })
    }
}

fn latest(at: DateTime<Utc>, appointments: &[Appointment]) -> DateTime<Utc> {
    appointments.iter().filter_map(|a| a.meta.as_ref()).map(|meta| meta.updated_at).fold(at, DateTime::max)
}

fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

fn feed_number(link: &str) -> Option<i64> {
    let (_, query) = link.split_once('?')?;
    let number = query.split('&').find_map(|part| part.strip_prefix("_cursor="))?;
    number.parse().ok().filter(|number| *number >= 0)
}

fn entry(put: &Put) -> BundleEntry {
    let (if_match, if_none_match) = match put.expect {
        Expect::Nothing => (None, Some("*".to_owned())),
        Expect::Version(version) => (Some(format!("W/\"{version}\"")), None),
    };
    let url = format!("{}?identifier=urn:ietf:rfc:3986|urn:uuid:{}", put.resource.kind(), put.resource.name());
    let resource = match &put.resource {
        Resource::Appointment(appointment) => Bundled::Appointment(appointment.clone()),
        Resource::Schedule(schedule) => Bundled::Schedule(schedule.clone()),
        Resource::Slot(slot) => Bundled::Slot(slot.clone()),
    };
    let request = Asked { method: "PUT".to_owned(), url, if_match, if_none_match };
    BundleEntry { resource: Some(resource), request: Some(request), response: None }
}

fn answered(response: Option<Response>) -> Result<Answered, SyncError> {
    let response = response.ok_or(SyncError::NotUnderstood)?;
    let status: u16 =
        response.status.get(..3).and_then(|status| status.parse().ok()).ok_or(SyncError::NotUnderstood)?;
    if (200..300).contains(&status) {
        let version = response.etag.as_deref().and_then(read_etag).ok_or(SyncError::NotUnderstood)?;
        return Ok(Answered::kept(version));
    }
    Ok(Answered::refused(status, response.outcome.as_ref(), None))
}

fn refused(answer: &net::Answer) -> Result<Answered, SyncError> {
    let outcome: Option<OperationOutcome> = serde_json::from_slice(&answer.body).ok();
    let word = outcome.as_ref().and_then(OperationOutcome::word);
    // What is said of who asks, not of this one thing.
    if matches!(answer.status, 401 | 403 | 404 | 405 | 408 | 425 | 429 | 500..) || word == Some("practice_ended") {
        return Err(told::refusal(answer));
    }
    Ok(Answered::refused(answer.status, outcome.as_ref(), answer.retry_after))
}

enum Shown {
    Another,
    Garbled,
}

/// The version in the answer's body, where there is one; it must be of the thing that was put.
fn version_shown(put: &Resource, body: &[u8]) -> Result<Option<i64>, Shown> {
    let text = std::str::from_utf8(body).map_err(|_| Shown::Garbled)?;
    if text.trim().is_empty() {
        return Ok(None);
    }
    let read: (Uuid, Option<i64>) = match put {
        Resource::Appointment(_) => {
            let read = plain::appointment(text).map_err(|_| Shown::Garbled)?;
            (read.id.uuid(), read.meta.map(|meta| meta.version))
        }
        Resource::Schedule(_) => {
            let read = plain::schedule(text).map_err(|_| Shown::Garbled)?;
            (read.id.0, read.meta.map(|meta| meta.version))
        }
        Resource::Slot(_) => {
            let read = plain::slot(text).map_err(|_| Shown::Garbled)?;
            (read.id.0, read.meta.map(|meta| meta.version))
        }
    };
    if read.0 == put.name() { Ok(read.1) } else { Err(Shown::Another) }
}
