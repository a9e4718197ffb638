//! What a controller asks of its processor beyond bookings: the instruction, suspension, erasure, return and destruction, persons'
//! requests, counts; and listening. Only the portal offers it; of a plain server the erasure alone is asked, and looked after.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};
use domain::id::AppointmentId;
use domain::privacy::requests::RequestKind;
use fhir::booking::Instruction;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::portal::{ACCEPT, JSON, Portal};
use super::settings::{About, about};
use super::signature::{Confirmation, Purpose, Receipt, hex, verify};
use super::told::{identifier, refusal};
use super::{Server, SyncError};
use crate::net::{Listening, NetError, Request};

const PLAIN_JSON: (&str, &str) = ("Accept", "application/json");
/// The largest export.
const EXPORT: u64 = 4 * 1024 * 1024 * 1024;
/// How long one listening lasts; the portal ends it with the token anyway.
const LONGEST: Duration = Duration::from_secs(25 * 60);
/// At most so many names go into one request of erasure.
pub const MOST_ERASED: usize = 1_000;

/// How the practice stands at the portal.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Standing {
    /// `active`, `suspended` or `ended`.
    pub state: String,
    /// The number of the last change that patients made.
    pub feed: i64,
    /// The version of the instruction that counts there.
    pub instruction: Option<u32>,
    /// The life of its database: another one began where it came back from a backup. A portal may tell none.
    #[serde(default)]
    pub life: Option<String>,
    /// The portal's clock: where ours differs by hours, it is said.
    pub now: DateTime<Utc>,
}

/// A request of a person about their data.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct RightsRequest {
    /// Its name.
    pub request_id: Uuid,
    /// A word of [`RequestKind`].
    pub kind: String,
    /// Phone or e-mail address, proved by a code.
    pub contact: String,
    /// Who they say they are.
    pub name: String,
    /// In which language they asked.
    pub language: String,
    /// When it arrived there: the time to answer runs from here.
    pub received_at: DateTime<Utc>,
    /// When it was answered.
    pub answered_at: Option<DateTime<Utc>>,
    /// Its number.
    pub feed: i64,
}

#[derive(Deserialize)]
struct RightsPage {
    requests: Vec<RightsRequest>,
    cursor: i64,
}

/// What was used in a month, by kind: for the invoice.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Usage {
    /// The month, such as `2026-11`.
    pub month: String,
    /// How many of each kind.
    pub usage: BTreeMap<String, i64>,
}

/// What listening brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listened {
    /// There is something to hear, up to this number.
    Feed(i64),
    /// A sign of life.
    Alive,
}

#[derive(Serialize)]
struct EraseRequest<'a> {
    request_id: Uuid,
    appointments: &'a [AppointmentId],
    contacts: &'a [String],
}

#[derive(Serialize)]
struct DestroyRequest<'a> {
    request_id: Uuid,
    export_sha256: &'a str,
}

/// Text on its way into a file, counted.
struct Counted<'a> {
    into: &'a mut dyn Write,
    hash: Sha256,
    last: Option<u8>,
}

impl Write for Counted<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.into.write(bytes)?;
        self.hash.update(&bytes[..written]);
        self.last = bytes[..written].last().copied().or(self.last);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.into.flush()
    }
}

impl Portal {
    pub(super) fn ask<T: DeserializeOwned>(
        &self,
        method: &str,
        path: &str,
        body: Option<&str>,
    ) -> Result<T, SyncError> {
        self.ask_with(method, path, "", body)
    }

    fn ask_with<T: DeserializeOwned>(
        &self,
        method: &str,
        path: &str,
        query: &str,
        body: Option<&str>,
    ) -> Result<T, SyncError> {
        if self.settings.server == Server::Plain {
            return Err(SyncError::NotOffered);
        }
        let answer = self.call(method, &self.place(path).asking(query), &[JSON, PLAIN_JSON], body)?;
        match answer.status {
            200 | 201 => serde_json::from_slice(&answer.body).map_err(|_| SyncError::NotUnderstood),
            _ => Err(refusal(&answer)),
        }
    }

    /// Who the portal says it is, and whether it still shows the pinned key.
    ///
    /// # Errors
    /// [`SyncError::OtherKey`]; what the way there refuses.
    pub fn check(&self) -> Result<About, SyncError> {
        if self.settings.server == Server::Plain {
            return Err(SyncError::NotOffered);
        }
        let shown = about(&self.settings.address, &self.settings.authority)?;
        if shown.signing_key == self.settings.pinned_key { Ok(shown) } else { Err(SyncError::OtherKey) }
    }

    /// How the practice stands there. Of a plain server: whether it answers.
    ///
    /// # Errors
    /// What the portal or the way there refuses.
    pub fn standing(&self) -> Result<Standing, SyncError> {
        let standing: Standing = self.ask("GET", "/practice/status", None)?;
        let known = matches!(standing.state.as_str(), "active" | "suspended" | "ended")
            && standing.feed >= 0
            && standing
                .life
                .as_ref()
                .is_none_or(|life| (8..=64).contains(&life.len()) && life.bytes().all(|byte| byte.is_ascii_hexdigit()));
        if known { Ok(standing) } else { Err(SyncError::NotUnderstood) }
    }

    /// The instruction that counts there.
    ///
    /// # Errors
    /// [`SyncError::NotFound`] where none does; what the portal or the way there refuses.
    pub fn instruction(&self) -> Result<Instruction, SyncError> {
        let instruction: Instruction = self.ask("GET", "/practice/instruction", None)?;
        instruction.check().map_err(|_| SyncError::NotUnderstood)?;
        Ok(instruction)
    }

    /// Gives an instruction. The same again does no harm.
    ///
    /// # Errors
    /// [`SyncError::OtherVersion`] where it is not the next; what the portal or the way there refuses.
    pub fn instruct(&self, instruction: &Instruction) -> Result<(), SyncError> {
        let text = serde_json::to_string(instruction).map_err(|_| SyncError::NotUnderstood)?;
        let kept: Instruction = self.ask("PUT", "/practice/instruction", Some(&text))?;
        // What it says it keeps is what was signed.
        if kept == *instruction { Ok(()) } else { Err(SyncError::Foreign) }
    }

    /// The portal takes no bookings any more, until [`Self::resume`].
    ///
    /// # Errors
    /// What the portal or the way there refuses.
    pub fn suspend(&self) -> Result<(), SyncError> {
        self.set_state("/practice/suspend", "suspended")
    }

    /// The portal takes bookings again.
    ///
    /// # Errors
    /// What the portal or the way there refuses.
    pub fn resume(&self) -> Result<(), SyncError> {
        self.set_state("/practice/resume", "active")
    }

    fn set_state(&self, path: &str, expected: &str) -> Result<(), SyncError> {
        #[derive(Deserialize)]
        struct State {
            state: String,
        }
        let now: State = self.ask("POST", path, Some("{}"))?;
        if now.state == expected { Ok(()) } else { Err(SyncError::NotUnderstood) }
    }

    /// Has appointments erased, and what stands under a person's contacts. The same request again gets the same confirmation.
    /// At most [`MOST_ERASED`] of each at a time.
    ///
    /// # Errors
    /// [`SyncError::BadSignature`] where the confirmation does not hold; what the portal or the way there refuses.
    pub fn erase(
        &self,
        request: Uuid,
        appointments: &[AppointmentId],
        contacts: &[String],
    ) -> Result<Confirmation, SyncError> {
        if self.settings.server == Server::Plain {
            for id in appointments {
                self.erase_plainly(*id)?;
            }
            return Ok(Confirmation::Looked);
        }
        let asked = EraseRequest { request_id: request, appointments, contacts };
        let text = serde_json::to_string(&asked).map_err(|_| SyncError::NotUnderstood)?;
        let receipt: Receipt = self.ask("POST", "/practice/erase", Some(&text))?;
        verify(&self.settings.pinned_key, &receipt, request, &Purpose::Erasure)?;
        Ok(Confirmation::Signed(receipt))
    }

    /// Has the portal take names again that were erased there: the person wants it so. At most [`MOST_ERASED`] at a time. A plain server
    /// remembers no erased names.
    ///
    /// # Errors
    /// What the portal or the way there refuses.
    pub fn readmit(&self, appointments: &[AppointmentId]) -> Result<(), SyncError> {
        if self.settings.server == Server::Plain {
            return Ok(());
        }
        let text = serde_json::json!({ "appointments": appointments }).to_string();
        let _: serde_json::Value = self.ask("POST", "/practice/readmit", Some(&text))?;
        Ok(())
    }

    /// Deletes an appointment at a plain server, and looks whether it is gone.
    fn erase_plainly(&self, id: AppointmentId) -> Result<(), SyncError> {
        let address = self.fhir("Appointment").asking(&identifier(id.uuid()));
        let answer = self.call("DELETE", &address, &[ACCEPT], None)?;
        if !matches!(answer.status, 200..=299 | 404 | 410) {
            return Err(refusal(&answer));
        }
        match self.appointment(id)? {
            None => Ok(()),
            Some(_) => Err(SyncError::Refused { status: answer.status, word: None }),
        }
    }

    /// Receives everything that is held, as lines of JSON. Its fingerprint (SHA-256, hexadecimal).
    ///
    /// # Errors
    /// [`SyncError::NotWhole`]; what the portal or the way there refuses.
    pub fn export(&self, into: &mut dyn Write) -> Result<String, SyncError> {
        if self.settings.server == Server::Plain {
            return Err(SyncError::NotOffered);
        }
        let address = self.place("/practice/export");
        let headers = [("Accept", "application/x-ndjson")];
        let request = Request { method: "GET", address: &address, headers: &headers, body: None };
        let mut counted = Counted { into, hash: Sha256::new(), last: None };
        let answer =
            self.with_credentials(&mut |credentials| self.client.receive(credentials, &request, EXPORT, &mut counted))?;
        if answer.status != 200 {
            return Err(refusal(&answer));
        }
        counted.flush().map_err(|_| SyncError::Net(NetError::Unwritable))?;
        // A last line without its end was cut off.
        if counted.last.is_some_and(|byte| byte != b'\n') {
            return Err(SyncError::NotWhole);
        }
        Ok(hex(&counted.hash.finalize()))
    }

    /// Has everything destroyed, of which the export of that fingerprint is in hand.
    ///
    /// # Errors
    /// [`SyncError::ChangedSinceExport`]; [`SyncError::BadSignature`]; what the portal or the way there refuses.
    pub fn destroy(&self, request: Uuid, export_sha256: &str) -> Result<Confirmation, SyncError> {
        let asked = DestroyRequest { request_id: request, export_sha256 };
        let text = serde_json::to_string(&asked).map_err(|_| SyncError::NotUnderstood)?;
        let receipt: Receipt = self.ask("POST", "/practice/destroy", Some(&text))?;
        let purpose = Purpose::Destruction { returned_sha256: export_sha256.to_owned() };
        verify(&self.settings.pinned_key, &receipt, request, &purpose)?;
        Ok(Confirmation::Signed(receipt))
    }

    /// A confirmation again, where its answer was lost.
    ///
    /// # Errors
    /// [`SyncError::NotFound`]; [`SyncError::BadSignature`]; what the portal or the way there refuses.
    pub fn receipt(&self, request: Uuid, purpose: &Purpose) -> Result<Confirmation, SyncError> {
        let receipt: Receipt = self.ask("GET", &format!("/practice/receipt/{request}"), None)?;
        verify(&self.settings.pinned_key, &receipt, request, purpose)?;
        Ok(Confirmation::Signed(receipt))
    }

    /// Requests of persons after a number, and the number up to which they go.
    ///
    /// # Errors
    /// What the portal or the way there refuses.
    pub fn rights(&self, after: i64) -> Result<(Vec<RightsRequest>, i64), SyncError> {
        let page: RightsPage =
            self.ask_with("GET", "/practice/rights", &format!("_cursor={after}&_count=100"), None)?;
        let text =
            |text: &str, most: usize| (1..=most).contains(&text.chars().count()) && !text.chars().any(char::is_control);
        let mut before = after;
        for request in &page.requests {
            let holds = request.feed > before
                && request.kind.parse::<RequestKind>().is_ok()
                && matches!(request.language.as_str(), "fr" | "ar" | "en")
                && text(&request.name, 200)
                && text(&request.contact, 254);
            if !holds {
                return Err(SyncError::NotUnderstood);
            }
            before = request.feed;
        }
        if page.cursor == before { Ok((page.requests, page.cursor)) } else { Err(SyncError::NotUnderstood) }
    }

    /// Tells the portal what a person was answered.
    ///
    /// # Errors
    /// [`SyncError::NotFound`]; what the portal or the way there refuses.
    pub fn answer_rights(&self, request: Uuid, granted: bool) -> Result<(), SyncError> {
        if self.settings.server == Server::Plain {
            return Err(SyncError::NotOffered);
        }
        let address = self.place(&format!("/practice/rights/{request}"));
        let body = serde_json::json!({ "granted": granted }).to_string();
        let answer = self.call("POST", &address, &[JSON, PLAIN_JSON], Some(&body))?;
        if (200..300).contains(&answer.status) { Ok(()) } else { Err(refusal(&answer)) }
    }

    /// What was used in the month of a day.
    ///
    /// # Errors
    /// What the portal or the way there refuses.
    pub fn usage(&self, month_of: NaiveDate) -> Result<Usage, SyncError> {
        let usage: Usage =
            self.ask_with("GET", "/practice/usage", &format!("month={}", month_of.format("%Y-%m")), None)?;
        let kind = |kind: &String| kind.len() <= 40 && kind.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        if usage.usage.keys().all(kind) { Ok(usage) } else { Err(SyncError::NotUnderstood) }
    }

    /// Listens until the portal ends it or the listener has enough. Every sign of life is told, so that the listener can leave.
    ///
    /// # Errors
    /// What the portal or the way there refuses; [`SyncError::NotOffered`] at a plain server.
    pub fn listen(&self, heard: &mut dyn FnMut(Listened) -> Listening) -> Result<(), SyncError> {
        if self.settings.server == Server::Plain {
            return Err(SyncError::NotOffered);
        }
        let address = self.place("/events");
        let headers = [("Accept", "text/event-stream")];
        let request = Request { method: "GET", address: &address, headers: &headers, body: None };
        let mut kind = String::new();
        let mut line = |line: &str| {
            if let Some(word) = line.strip_prefix("event:") {
                word.trim().clone_into(&mut kind);
            } else if let Some(number) = line.strip_prefix("data:") {
                if let (true, Ok(number)) = (kind == "feed", number.trim().parse()) {
                    return heard(Listened::Feed(number));
                }
            } else if line.is_empty() {
                kind.clear();
            }
            heard(Listened::Alive)
        };
        let answer =
            self.with_credentials(&mut |credentials| self.client.listen(credentials, &request, LONGEST, &mut line))?;
        if answer.status == 200 { Ok(()) } else { Err(refusal(&answer)) }
    }
}
