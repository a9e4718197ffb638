//! A stand-in for a plain FHIR R4 server, with what such a server does and ours does not: ids of its own, marks and narrative that it
//! adds, addresses and totals around what is found, pages by a link of its own making, dates of its own clock. It keeps what it is
//! given, updates by identifier, and refuses a version that is not there.

use std::io::Write;
use std::sync::{Arc, Mutex, MutexGuard};

use serde_json::{Value, json};

use crate::tiny_server::{Asked, Tiny, answer};

const FHIR: (&str, &str) = ("content-type", "application/fhir+json;charset=UTF-8");
/// How many are on a page, whatever is asked for.
const PAGE: usize = 3;

/// What it keeps.
#[derive(Debug, Clone)]
struct Kept {
    kind: String,
    id: u32,
    version: u32,
    /// In seconds from the epoch.
    at: i64,
    /// As it was put.
    resource: Value,
}

#[derive(Default)]
struct Shelf {
    kept: Vec<Kept>,
    /// Results that are being paged through.
    results: Vec<Vec<usize>>,
    next: u32,
    clock: i64,
    asked: Vec<(String, String)>,
}

/// The server.
pub struct PlainFhir {
    tiny: Tiny,
    shelf: Arc<Mutex<Shelf>>,
}

fn instant(at: i64) -> String {
    let at = chrono::DateTime::from_timestamp(at, 0).expect("an instant");
    at.format("%Y-%m-%dT%H:%M:%S.000+00:00").to_string()
}

impl Kept {
    /// As such a server gives it back.
    fn shown(&self) -> Value {
        let mut shown = self.resource.clone();
        shown["id"] = json!(self.id.to_string());
        let profile = shown["meta"]["profile"].clone();
        shown["meta"] = json!({
            "versionId": self.version.to_string(), "lastUpdated": instant(self.at), "source": "#8Gb2kQ", "profile": profile,
        });
        shown["text"] = json!({ "status": "generated", "div": "<div xmlns=\"http://www.w3.org/1999/xhtml\">…</div>" });
        shown
    }

    fn has(&self, identifier: &str) -> bool {
        let Some((system, value)) = identifier.split_once('|') else { return false };
        let all = self.resource["identifier"].as_array();
        all.is_some_and(|all| all.iter().any(|one| one["system"] == system && one["value"] == value))
    }
}

impl PlainFhir {
    /// A server whose clock stands at an instant and goes on a second with every change.
    pub fn new(clock: i64) -> Self {
        let shelf = Arc::new(Mutex::new(Shelf { next: 1_000, clock, ..Shelf::default() }));
        let kept = Arc::clone(&shelf);
        let tiny = Tiny::serve(move |asked, stream| {
            let said = kept.lock().expect("no test broke it").answer(asked);
            let _ = stream.write_all(&said);
        });
        Self { tiny, shelf }
    }

    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        self.shelf.lock().expect("no test broke it")
    }

    /// The base.
    pub fn address(&self) -> String {
        format!("{}/r4", self.tiny.address())
    }

    /// What it keeps of a kind, as it was put.
    pub fn kept(&self, kind: &str) -> Vec<Value> {
        self.shelf().kept.iter().filter(|one| one.kind == kind).map(|one| one.resource.clone()).collect()
    }

    /// Somebody else changes what bears a name there.
    pub fn change(&self, name: &str, with: impl FnOnce(&mut Value)) {
        let mut shelf = self.shelf();
        shelf.clock += 1;
        let now = shelf.clock;
        let name = format!("urn:ietf:rfc:3986|urn:uuid:{name}");
        let one = shelf.kept.iter_mut().find(|one| one.has(&name)).expect("it is there");
        with(&mut one.resource);
        (one.version, one.at) = (one.version + 1, now);
    }

    /// Somebody else puts something there.
    pub fn add(&self, kind: &str, resource: Value) {
        self.shelf().keep(kind, resource);
    }

    /// Methods and paths that were asked for.
    pub fn asked(&self) -> Vec<(String, String)> {
        self.shelf().asked.clone()
    }
}

impl Shelf {
    fn keep(&mut self, kind: &str, resource: Value) -> usize {
        (self.next, self.clock) = (self.next + 1, self.clock + 1);
        let kind = kind.to_owned();
        self.kept.push(Kept { kind, id: self.next, version: 1, at: self.clock, resource });
        self.kept.len() - 1
    }

    fn answer(&mut self, asked: &Asked) -> Vec<u8> {
        self.asked.push((asked.method.clone(), asked.path().to_owned()));
        if asked.header("authorization") != Some("Basic Y2FiaW5ldDpzZWNyZXQ=") {
            return answer(401, &[], "");
        }
        let host = asked.header("host").unwrap_or_default().to_owned();
        let kind = asked.path().strip_prefix("/r4/").unwrap_or_default().to_owned();
        match (asked.method.as_str(), kind.as_str()) {
            ("PUT", "Schedule" | "Slot" | "Appointment") => self.put(asked, &kind),
            ("DELETE", "Schedule" | "Slot" | "Appointment") => {
                let name = asked.parameter("identifier").unwrap_or_default();
                self.kept.retain(|one| one.kind != kind || !one.has(&name));
                answer(204, &[], "")
            }
            ("GET", "Schedule" | "Slot" | "Appointment") => self.search(asked, &kind, &host),
            ("GET", "") if asked.path() == "/r4" => self.page(asked, &host),
            _ => answer(
                404,
                &[FHIR],
                &json!({ "resourceType": "OperationOutcome", "issue": [{
                "severity": "error", "code": "not-found", "diagnostics": "HAPI-0302: Unknown resource type" }] })
                .to_string(),
            ),
        }
    }

    fn put(&mut self, asked: &Asked, kind: &str) -> Vec<u8> {
        let resource: Value = serde_json::from_slice(&asked.body).expect("it is JSON");
        let name = asked.parameter("identifier").unwrap_or_default();
        let at = self.kept.iter().position(|one| one.kind == kind && one.has(&name));
        let tag = |version: u32| format!("W/\"{version}\"");
        let (at, status) = match at {
            None if asked.header("if-match").is_some() => return answer(412, &[FHIR], ""),
            None => (self.keep(kind, resource), 201),
            Some(at) => {
                self.clock += 1;
                let now = self.clock;
                let one = &mut self.kept[at];
                if asked.header("if-match").is_some_and(|expected| expected != tag(one.version)) {
                    let outcome = json!({ "resourceType": "OperationOutcome", "issue": [{ "severity": "error",
                        "code": "processing", "diagnostics": "HAPI-0974: Invalid resource version" }] });
                    return answer(412, &[FHIR], &outcome.to_string());
                }
                if one.resource != resource {
                    (one.resource, one.version, one.at) = (resource, one.version + 1, now);
                }
                (at, 200)
            }
        };
        let one = &self.kept[at];
        answer(status, &[FHIR, ("etag", &tag(one.version))], &one.shown().to_string())
    }

    fn search(&mut self, asked: &Asked, kind: &str, host: &str) -> Vec<u8> {
        let name = asked.parameter("identifier");
        let within = |one: &Kept| {
            let start = one.resource["start"].as_str().unwrap_or_default().to_owned();
            let since = asked.parameters("_lastUpdated").iter().all(|bound| {
                let at = bound.strip_prefix("ge").and_then(|at| chrono::DateTime::parse_from_rfc3339(at).ok());
                at.is_none_or(|at| one.at >= at.timestamp())
            });
            since
                && asked.parameters("start").iter().all(|bound| match bound.split_at(2) {
                    ("ge", at) => start.as_str() >= at,
                    (_, at) => start.as_str() < at,
                })
        };
        let mut found: Vec<usize> = (0..self.kept.len())
            .filter(|at| {
                let one = &self.kept[*at];
                one.kind == kind && name.as_ref().is_none_or(|name| one.has(name)) && within(one)
            })
            .collect();
        found.sort_by_key(|at| self.kept[*at].at);
        self.results.push(found);
        self.bundle(self.results.len() - 1, 0, host)
    }

    fn page(&mut self, asked: &Asked, host: &str) -> Vec<u8> {
        let number = |name: &str| asked.parameter(name).and_then(|text| text.parse().ok()).unwrap_or(0);
        self.bundle(number("_getpages"), number("_getpagesoffset"), host)
    }

    fn bundle(&self, result: usize, offset: usize, host: &str) -> Vec<u8> {
        let all = &self.results[result];
        let mut entry: Vec<Value> = all
            .iter()
            .skip(offset)
            .take(PAGE)
            .map(|at| {
                let one = &self.kept[*at];
                json!({
                    "fullUrl": format!("http://{host}/r4/{}/{}", one.kind, one.id), "resource": one.shown(),
                    "search": { "mode": "match", "score": 1 },
                })
            })
            .collect();
        entry.push(
            json!({ "search": { "mode": "outcome" }, "resource": { "resourceType": "OperationOutcome", "issue": [{
            "severity": "information", "code": "informational", "diagnostics": "a remark" }] } }),
        );
        let mut link = vec![json!({ "relation": "self", "url": format!("http://{host}/r4") })];
        if all.len() > offset + PAGE {
            let next = offset + PAGE;
            let url = format!("http://{host}/r4?_getpages={result}&_getpagesoffset={next}&_bundletype=searchset");
            link.push(json!({ "relation": "next", "url": url }));
        }
        let bundle = json!({
            "resourceType": "Bundle", "id": "6f2c8b1e", "meta": { "lastUpdated": instant(self.clock) }, "type": "searchset",
            "total": all.len(), "link": link, "entry": entry,
        });
        answer(200, &[FHIR], &bundle.to_string())
    }
}
