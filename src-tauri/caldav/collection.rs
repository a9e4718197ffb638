//! One calendar: what is asked of it, and what each status means.

use std::collections::BTreeMap;

use domain::agenda::publication::Step;

use super::DavError;
use super::xml::{Resource, multistatus};
use crate::net::{Address, Answer, Client, Credentials, NetError, Request};

const PROPERTIES: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<D:propfind xmlns:D=\"DAV:\"><D:prop><D:getetag/>\
                          <D:resourcetype/></D:prop></D:propfind>";
const XML: (&str, &str) = ("Content-Type", "application/xml; charset=utf-8");
const CALENDAR: (&str, &str) = ("Content-Type", "text/calendar; charset=utf-8");

/// What stands under an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// A calendar.
    Calendar,
    /// Nothing.
    Nothing,
    /// Something else: a principal, a home of calendars, a folder.
    Other,
}

/// What became of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    /// The event's entity tag now; none where it was removed.
    pub etag: Option<String>,
    /// Whether somebody else had changed the event.
    pub conflict: bool,
}

/// A calendar at a server.
pub struct Collection {
    client: Client,
    address: Address,
}

impl Collection {
    /// The calendar under an address. Asks nothing yet.
    ///
    /// # Errors
    /// A [`NetError`] of the address or of the authority.
    pub fn open(address: &str, authority: &str, credentials: Credentials) -> Result<Self, DavError> {
        let address = Address::parse(address)?;
        let folder =
            if address.path().ends_with('/') { address.clone() } else { address.at(&format!("{}/", address.path())) };
        Ok(Self { client: Client::new(&folder, authority, credentials)?, address: folder })
    }

    fn send(
        &self,
        method: &str,
        address: &Address,
        headers: &[(&str, &str)],
        body: Option<&str>,
    ) -> Result<Answer, DavError> {
        Ok(self.client.send(&Request { method, address, headers, body })?)
    }

    fn resources(&self, depth: &str) -> Result<Vec<Resource>, DavError> {
        let answer = self.send("PROPFIND", &self.address, &[("Depth", depth), XML], Some(PROPERTIES))?;
        match answer.status {
            207 => multistatus(&answer.body).ok_or(DavError::Garbled),
            404 | 410 => Err(DavError::NoCalendar),
            status => Err(refusal(status)),
        }
    }

    /// What stands under the address.
    ///
    /// # Errors
    /// Every [`DavError`] but the two about calendars.
    pub fn look(&self) -> Result<Found, DavError> {
        match self.resources("0") {
            Ok(all) if all.iter().any(|resource| resource.calendar) => Ok(Found::Calendar),
            Ok(_) => Ok(Found::Other),
            Err(DavError::NoCalendar) => Ok(Found::Nothing),
            Err(error) => Err(error),
        }
    }

    /// Makes the calendar where there is nothing.
    ///
    /// # Errors
    /// [`DavError::NoCalendar`] where the server makes none there.
    pub fn make(&self, name: &str) -> Result<(), DavError> {
        let shown: String = name
            .chars()
            .filter(|sign| !sign.is_control())
            .map(|sign| match sign {
                '&' => "&amp;".to_owned(),
                '<' => "&lt;".to_owned(),
                '>' => "&gt;".to_owned(),
                sign => sign.to_string(),
            })
            .collect();
        let body = format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<C:mkcalendar xmlns:D=\"DAV:\" xmlns:C=\"urn:ietf:params:xml:ns:caldav\">\
             <D:set><D:prop><D:displayname>{shown}</D:displayname></D:prop></D:set></C:mkcalendar>"
        );
        match self.send("MKCALENDAR", &self.address, &[XML], Some(&body))?.status {
            // Made, or somebody was faster.
            201 | 405 => Ok(()),
            404 | 409 => Err(DavError::NoCalendar),
            status => Err(refusal(status)),
        }
    }

    /// The entity tags of what it holds, by name.
    ///
    /// # Errors
    /// [`DavError::NoCalendar`] and others.
    pub fn list(&self) -> Result<BTreeMap<String, String>, DavError> {
        let named = |resource: Resource| {
            let name = resource.href.rsplit('/').next().unwrap_or_default().to_owned();
            (!name.is_empty() && !resource.etag.is_empty()).then_some((name, resource.etag))
        };
        Ok(self.resources("1")?.into_iter().filter_map(named).collect())
    }

    /// An event as it stands there: its tag and its text.
    ///
    /// # Errors
    /// As [`Self::list`].
    pub fn read(&self, name: &str) -> Result<Option<(String, String)>, DavError> {
        let answer = self.send("GET", &self.event(name), &[], None)?;
        match answer.status {
            200 => {
                let text = String::from_utf8(answer.body).map_err(|_| DavError::Garbled)?;
                Ok(Some((answer.etag.ok_or(DavError::Garbled)?, text)))
            }
            404 | 410 => Ok(None),
            status => Err(refusal(status)),
        }
    }

    /// Carries one step out; `text` is the event of a step that puts one. What was changed there meanwhile is put right:
    /// the practice's agenda counts.
    ///
    /// # Errors
    /// [`DavError::Contended`] where the event changes faster than one can look; every other [`DavError`].
    pub fn carry_out(&self, step: &Step, text: &str) -> Result<Carried, DavError> {
        match step {
            // There already: this run's own step of before, whose answer was lost.
            Step::Create(name) => match self.put(name, text, None)? {
                Some(etag) => Ok(Carried { etag: Some(etag), conflict: false }),
                None => self.put_over(name, text, false),
            },
            Step::Replace(name, etag) => match self.put(name, text, Some(etag))? {
                Some(etag) => Ok(Carried { etag: Some(etag), conflict: false }),
                None => self.put_over(name, text, true),
            },
            Step::Remove(name, etag) => {
                if self.remove(name, etag)? {
                    return Ok(Carried { etag: None, conflict: false });
                }
                match self.read(name)? {
                    None => Ok(Carried { etag: None, conflict: true }),
                    Some((now, _)) if self.remove(name, &now)? => Ok(Carried { etag: None, conflict: true }),
                    Some(_) => Err(DavError::Contended),
                }
            }
        }
    }

    /// Looks again, and puts the event over what stands there now.
    fn put_over(&self, name: &str, text: &str, conflict: bool) -> Result<Carried, DavError> {
        let now = self.read(name)?.map(|(etag, _)| etag);
        let etag = self.put(name, text, now.as_deref())?.ok_or(DavError::Contended)?;
        Ok(Carried { etag: Some(etag), conflict })
    }

    /// Puts an event over what bears a tag, or where there is nothing. Answers with the new tag; none where the condition
    /// does not hold.
    fn put(&self, name: &str, text: &str, over: Option<&str>) -> Result<Option<String>, DavError> {
        let condition = match over {
            None => Some(("If-None-Match", "*")),
            Some(etag) => strong(etag).map(|etag| ("If-Match", etag)),
        };
        let headers: Vec<(&str, &str)> = std::iter::once(CALENDAR).chain(condition).collect();
        let answer = self.send("PUT", &self.event(name), &headers, Some(text))?;
        match answer.status {
            200 | 201 | 204 => match answer.etag {
                Some(etag) => Ok(Some(etag)),
                // A server that changed what it was given says no tag: it is asked.
                None => Ok(Some(self.read(name)?.ok_or(DavError::Contended)?.0)),
            },
            412 => Ok(None),
            // To be changed, and gone.
            404 if over.is_some() => Ok(None),
            404 | 409 | 410 => Err(DavError::NoCalendar),
            status => Err(refusal(status)),
        }
    }

    /// Removes what bears a tag; false where something else stands there.
    fn remove(&self, name: &str, etag: &str) -> Result<bool, DavError> {
        let condition: Vec<(&str, &str)> = strong(etag).map(|etag| ("If-Match", etag)).into_iter().collect();
        match self.send("DELETE", &self.event(name), &condition, None)?.status {
            200 | 202 | 204 | 404 | 410 => Ok(true),
            412 => Ok(false),
            status => Err(refusal(status)),
        }
    }

    fn event(&self, name: &str) -> Address {
        self.address.at(&format!("{}{name}", self.address.path()))
    }
}

/// A weak tag cannot be asked for: then the last word is ours anyway.
fn strong(etag: &str) -> Option<&str> {
    (!etag.starts_with("W/")).then_some(etag)
}

fn refusal(status: u16) -> DavError {
    match status {
        401 => DavError::WrongPassword,
        403 => DavError::Forbidden,
        429 | 503 => DavError::Busy,
        507 => DavError::Full,
        300..=399 => DavError::Net(NetError::Garbled),
        status => DavError::Refused(status),
    }
}
