//! A browser without scripts: one cookie jar, and forms as they stand on a page.

use std::sync::Mutex;

use crate::house::{Answer, House, Office};

/// A browser: one cookie jar, forms as they stand on the page.
pub struct Browser<'a> {
    house: &'a House,
    pub cookie: Mutex<Option<String>>,
}

/// A value as a form sends it.
pub fn encode(text: &str) -> String {
    portal::form::encode(text)
}

impl<'a> Browser<'a> {
    pub fn new(house: &'a House) -> Self {
        Self { house, cookie: Mutex::default() }
    }

    async fn send(&self, method: &str, path: &str, body: &str) -> Answer {
        let cookie = self.cookie.lock().unwrap().clone();
        let origin = self.house.base.clone();
        let mut headers = vec![("content-type", "application/x-www-form-urlencoded"), ("origin", origin.as_str())];
        if let Some(cookie) = &cookie {
            headers.push(("cookie", cookie.as_str()));
        }
        let answer = self.house.send(method, path, &headers, body).await;
        if let Some(set) = answer.headers.get("set-cookie") {
            let set = set.to_str().unwrap();
            assert!(set.contains("HttpOnly") && set.contains("SameSite=Lax") && set.contains("Path=/"), "{set}");
            *self.cookie.lock().unwrap() = Some(set.split(';').next().unwrap().to_owned());
        }
        answer
    }

    /// A page, redirections followed.
    pub async fn get(&self, path: &str) -> Answer {
        let mut answer = self.send("GET", path, "").await;
        for _ in 0..4 {
            let Some(to) = answer.headers.get("location") else { break };
            let to = to.to_str().unwrap().to_owned();
            answer = self.send("GET", &to, "").await;
        }
        answer
    }

    /// Sends the form of a page to an address on it, with its hidden fields and these.
    pub async fn submit(&self, page: &Answer, action: &str, fields: &[(&str, &str)]) -> Answer {
        let form = page
            .body
            .split("<form")
            .find(|part| part.contains(&format!("action=\"{action}\"")))
            .expect("the form is there");
        let form = form.split("</form>").next().unwrap();
        let mut pairs: Vec<String> = Vec::new();
        for hidden in form.split("<input").filter(|part| part.contains("type=\"hidden\"")) {
            let of = |name: &str| {
                hidden
                    .split(&format!("{name}=\""))
                    .nth(1)
                    .and_then(|rest| rest.split('"').next())
                    .unwrap_or_default()
                    .to_owned()
            };
            pairs.push(format!("{}={}", of("name"), encode(&of("value"))));
        }
        pairs.extend(fields.iter().map(|(name, value)| format!("{name}={}", encode(value))));
        let answer = self.send("POST", action, &pairs.join("&")).await;
        match answer.headers.get("location") {
            Some(to) => {
                let to = to.to_str().unwrap().to_owned();
                self.get(&to).await
            }
            None => answer,
        }
    }

    /// Proves a contact on the page that asks for it, and goes on.
    pub async fn identify(&self, office: &Office, page: &Answer, base: &str, contact: &str) -> Answer {
        let asked = self.submit(page, &format!("{base}/identify"), &[("contact", contact)]).await;
        assert!(asked.body.contains("name=\"code\""), "{}", asked.body);
        let code = self.house.last_code(office).await;
        self.submit(&asked, &format!("{base}/code"), &[("code", &code)]).await
    }
}
