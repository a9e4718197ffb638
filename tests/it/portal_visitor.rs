//! A patient who books at a real portal by its pages, without a script.

use std::net::Ipv4Addr;
use std::sync::Mutex;

use super::{Answer, PortalServer, Tenant};

/// A patient with a phone, at the pages of a practice: one cookie, forms as they stand.
pub struct Visitor<'a> {
    server: &'a PortalServer,
    practice: String,
    contact: String,
    cookie: Mutex<Option<String>>,
}

fn encode(text: &str) -> String {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~".contains(byte);
    text.bytes().map(|byte| if plain(&byte) { (byte as char).to_string() } else { format!("%{byte:02X}") }).collect()
}

/// The value of an attribute in a piece of a page.
fn attribute(piece: &str, name: &str) -> String {
    let rest = piece.split(&format!("{name}=\"")).nth(1).and_then(|rest| rest.split('"').next());
    rest.unwrap_or_default().replace("&amp;", "&")
}

/// The links of a page that hold a text.
fn links(page: &str, holds: &str) -> Vec<String> {
    let all = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    all.filter(|link| link.contains(holds)).map(|link| link.replace("&amp;", "&")).collect()
}

impl<'a> Visitor<'a> {
    /// Somebody with a phone, at the pages of one practice.
    pub fn new(server: &'a PortalServer, tenant: &Tenant, contact: &str) -> Self {
        Self { server, practice: tenant.practice.clone(), contact: contact.to_owned(), cookie: Mutex::default() }
    }

    fn base(&self) -> String {
        format!("/fr/{}", self.practice)
    }

    fn send(&self, method: &str, path: &str, body: &str) -> Answer {
        let origin = self.server.address();
        let cookie = self.cookie.lock().expect("no test broke it").clone();
        let digits = self.contact.bytes().fold(0_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte)));
        let from = Ipv4Addr::from(0x0a00_0000 | digits & 0x00ff_ffff).to_string();
        let mut headers = vec![("content-type", "application/x-www-form-urlencoded"), ("origin", origin.as_str())];
        headers.push(("x-forwarded-for", &from));
        headers.extend(cookie.as_deref().map(|cookie| ("cookie", cookie)));
        let answer = self.server.send(method, path, &headers, body);
        if let Some(set) = answer.header("set-cookie") {
            let cookie = set.split(';').next().unwrap_or_default().to_owned();
            *self.cookie.lock().expect("no test broke it") = Some(cookie);
        }
        match answer.header("location").map(str::to_owned) {
            Some(to) => self.send("GET", &to, ""),
            None => answer,
        }
    }

    /// A page.
    pub fn get(&self, path: &str) -> String {
        self.send("GET", path, "").body
    }

    /// Sends the form of a page that goes to an address, with its hidden fields and these.
    pub fn submit(&self, page: &str, action: &str, fields: &[(&str, &str)]) -> String {
        let form = page.split("<form").find(|part| part.contains(&format!("action=\"{action}\"")));
        let form = form.and_then(|form| form.split("</form>").next()).unwrap_or_else(|| panic!("no {action}: {page}"));
        let mut pairs: Vec<String> = form
            .split("<input")
            .filter(|part| part.contains("type=\"hidden\""))
            .filter(|part| !fields.iter().any(|(name, _)| *name == attribute(part, "name")))
            .map(|part| format!("{}={}", attribute(part, "name"), encode(&attribute(part, "value"))))
            .collect();
        pairs.extend(fields.iter().map(|(name, value)| format!("{name}={}", encode(value))));
        self.send("POST", action, &pairs.join("&")).body
    }

    /// Proves the contact on a page that asks for it, by the code that was sent; whoever did before goes on.
    fn identify(&self, page: String) -> String {
        let action = format!("{}/identify", self.base());
        if !page.contains(&format!("action=\"{action}\"")) {
            return page;
        }
        let from = self.server.heard();
        let asked = self.submit(&page, &action, &[("contact", &self.contact)]);
        assert!(asked.contains("name=\"code\""), "{asked}");
        let code = self.server.hear(from, |line| {
            let told = line.split_once("one_time_code")?.1;
            told.split(|letter: char| !letter.is_ascii_digit()).find(|part| part.len() == 6).map(str::to_owned)
        });
        self.submit(&asked, &format!("{}/code", self.base()), &[("code", &code)])
    }

    /// Books the first free time of a schedule for a type, or the `nth`. Returns the address of the booking's page.
    pub fn book(&self, schedule: &str, kind: &str, nth: usize, fields: &[(&str, &str)]) -> Booking {
        let times = self.get(&format!("{}/s/{schedule}?type={kind}", self.base()));
        let slots: Vec<String> = times
            .split("name=\"slot\" value=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .map(|slot| format!("{}/s/{schedule}/book?type={kind}&slot={slot}", self.base()))
            .chain(links(&times, "/book?"))
            .collect();
        let slot = slots.get(nth).unwrap_or_else(|| panic!("no free time {nth}: {times}")).clone();
        let details = self.identify(self.get(&slot));
        let booked = self.submit(&details, &format!("{}/s/{schedule}/book", self.base()), fields);
        let at = links(&booked, "/calendar.ics").first().map(|link| link.replace("/calendar.ics", ""));
        let at = at.or_else(|| {
            // A request is no date for a calendar yet: its forms say where it is.
            let action = booked.split("action=\"").skip(1).filter_map(|rest| rest.split('"').next());
            action.filter_map(|action| action.strip_suffix("/cancel")).map(str::to_owned).next()
        });
        let at = at.unwrap_or_else(|| panic!("not booked: {booked}"));
        let id = at.rsplit('/').next().unwrap_or_default().to_owned();
        Booking { id, at }
    }

    /// Does something to a booking: `cancel`, `confirm`.
    pub fn act(&self, booking: &Booking, what: &str) -> String {
        let page = self.get(&booking.at);
        self.submit(&page, &format!("{}/{what}", booking.at), &[])
    }

    /// Moves a booking to another free time, by its place on the page.
    pub fn relocate(&self, booking: &Booking, nth: usize) -> String {
        let page = self.get(&booking.at);
        let choose = self.get(links(&page, "/move?").first().unwrap_or_else(|| panic!("cannot be moved: {page}")));
        let slot = choose.split("name=\"slot\" value=\"").nth(nth + 1).and_then(|rest| rest.split('"').next());
        let slot = slot.unwrap_or_else(|| panic!("no free time {nth}: {choose}")).to_owned();
        self.submit(&choose, &format!("{}/move", booking.at), &[("slot", &slot)])
    }

    /// Puts oneself on the waiting list.
    pub fn wait(&self, schedule: &str, kind: &str, fields: &[(&str, &str)]) -> String {
        let action = format!("{}/s/{schedule}/wait", self.base());
        let page = self.identify(self.get(&format!("{action}?type={kind}")));
        self.submit(&page, &action, fields)
    }

    /// Asks something about one's data.
    pub fn ask(&self, kind: &str, name: &str) -> String {
        let action = format!("{}/rights", self.base());
        let page = self.identify(self.get(&action));
        self.submit(&page, &action, &[("kind", kind), ("name", name)])
    }
}

/// A booking as its patient sees it.
pub struct Booking {
    /// Its name on both sides.
    pub id: String,
    /// The address of its page.
    pub at: String,
}
