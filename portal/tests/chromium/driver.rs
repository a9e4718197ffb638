//! One real Chromium and its driver (WebDriver over plain HTTP), closed with the test. Nothing of the browser's own reaches a network:
//! every name but this computer's is unknown to it.

use std::{
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use http_body_util::{BodyExt, Full};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use serde_json::{Value, json};

/// How long one waits for what must come.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often one looks.
const LOOK_EVERY: Duration = Duration::from_millis(25);
/// The name under which a driver tells an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// How a browser looks at pages.
pub struct Look {
    /// The language that it asks for first.
    pub language: &'static str,
    /// Whether it runs scripts.
    pub scripts: bool,
    /// How wide the screen is; a phone's below 500.
    pub width: u32,
    /// Whether the browser notes what it asks for and what it refuses, which costs it time.
    pub noting: bool,
}

impl Default for Look {
    fn default() -> Self {
        Self { language: "fr", scripts: true, width: 1_280, noting: true }
    }
}

/// A window.
pub struct Window {
    client: Client<HttpConnector, Full<axum::body::Bytes>>,
    session: String,
    driver: Child,
    profile: PathBuf,
}

/// The program of a name on the path.
fn program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// A port that nobody uses.
fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port is free");
    listener.local_addr().expect("it has an address").port()
}

impl Window {
    /// Whether Chromium and its driver are installed.
    pub fn can_open() -> bool {
        let there = program("chromedriver").is_some() && program("chromium").is_some();
        let required = std::env::var("SEMAINIER_CHROMIUM").is_ok_and(|word| word == "required");
        assert!(there || !required, "Chromium is required, and chromium or chromedriver are not installed");
        there
    }

    /// Opens one.
    pub async fn open(look: &Look) -> Self {
        let port = free_port();
        let profile = std::env::temp_dir().join(format!("semainier-chromium-{}-{port}", std::process::id()));
        let driver = Command::new(program("chromedriver").expect("it was asked before"))
            .arg(format!("--port={port}"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the driver starts");
        let client = Client::builder(TokioExecutor::new()).build_http();
        let mut window = Self { client, session: format!("http://127.0.0.1:{port}/session"), driver, profile };
        let asked = json!({ "capabilities": { "alwaysMatch": window.capabilities(look) } });
        let began = Instant::now();
        let made = loop {
            match window.send("POST", "", Some(&asked)).await {
                Ok(made) => break made,
                Err(error) => assert!(began.elapsed() < PATIENCE, "no window opens: {error}"),
            }
            tokio::time::sleep(LOOK_EVERY).await;
        };
        let id = made["sessionId"].as_str().expect("a session has a name");
        window.session = format!("{}/{id}", window.session);
        window
    }

    fn capabilities(&self, look: &Look) -> Value {
        let width = look.width;
        let arguments = vec![
            // It shows nothing but our own pages, and neither root nor many a container has a sandbox for it.
            "--no-sandbox".to_owned(),
            "--headless=new".to_owned(),
            "--disable-gpu".to_owned(),
            "--disable-dev-shm-usage".to_owned(),
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1".to_owned(),
            "--no-first-run".to_owned(),
            "--disable-background-networking".to_owned(),
            "--disable-component-update".to_owned(),
            format!("--window-size={},900", width.max(500)),
            format!("--user-data-dir={}", self.profile.display()),
        ];
        let mut preferences = json!({ "intl.accept_languages": look.language });
        if !look.scripts {
            preferences["profile.managed_default_content_settings.javascript"] = json!(2);
        }
        let mut options = json!({
            "binary": program("chromium").expect("it was asked before"), "args": arguments, "prefs": preferences,
        });
        if width < 500 {
            let metrics = json!({ "width": width, "height": 740, "pixelRatio": 2.0, "touch": true, "mobile": true });
            options["mobileEmulation"] = json!({ "deviceMetrics": metrics });
        }
        let mut capabilities = json!({ "browserName": "chrome", "goog:chromeOptions": options });
        if look.noting {
            capabilities["goog:loggingPrefs"] = json!({ "browser": "ALL", "performance": "ALL" });
        }
        capabilities
    }

    async fn send(&self, method: &str, path: &str, body: Option<&Value>) -> Result<Value, String> {
        let text = body.map(Value::to_string).unwrap_or_default();
        let request = axum::http::Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.session))
            .header("content-type", "application/json")
            .body(Full::from(text))
            .map_err(|error| error.to_string())?;
        let answered = async {
            let response = self.client.request(request).await.map_err(|error| error.to_string())?;
            let body = response.into_body().collect().await.map_err(|error| error.to_string())?.to_bytes();
            let mut answer: Value = serde_json::from_slice(&body).map_err(|error| error.to_string())?;
            match answer["value"]["error"].as_str() {
                Some(error) => Err(format!("{error}: {}", answer["value"]["message"])),
                None => Ok(answer["value"].take()),
            }
        };
        tokio::time::timeout(PATIENCE, answered).await.unwrap_or_else(|_| Err("the browser does not answer".to_owned()))
    }

    async fn ask(&self, method: &str, path: &str, body: Value) -> Value {
        let body = Some(&body).filter(|_| method == "POST");
        self.send(method, path, body).await.unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Goes to an address.
    pub async fn go(&self, address: &str) {
        self.ask("POST", "/url", json!({ "url": address })).await;
    }

    /// Where one is.
    pub async fn address(&self) -> String {
        self.ask("GET", "/url", Value::Null).await.as_str().expect("an address").to_owned()
    }

    /// The page's text.
    pub async fn source(&self) -> String {
        self.ask("GET", "/source", Value::Null).await.as_str().expect("a text").to_owned()
    }

    /// Runs a script of the test's in the page.
    pub async fn script(&self, script: &str) -> Value {
        self.ask("POST", "/execute/sync", json!({ "script": script, "args": [] })).await
    }

    /// Runs a script that calls its last argument when it is done.
    pub async fn script_later(&self, script: &str) -> Value {
        self.ask("POST", "/execute/async", json!({ "script": script, "args": [] })).await
    }

    /// Waits until a script answers with something true.
    pub async fn until(&self, what: &str, script: &str) -> Value {
        let began = Instant::now();
        loop {
            let answer = self.script(script).await;
            if !matches!(answer, Value::Null | Value::Bool(false)) {
                return answer;
            }
            assert!(began.elapsed() < PATIENCE, "waited in vain for {what} on {}", self.address().await);
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// The first element of a selector.
    pub async fn find(&self, selector: &str) -> String {
        let found = self.send("POST", "/element", Some(&json!({ "using": "css selector", "value": selector }))).await;
        match found {
            Ok(found) => found[ELEMENT].as_str().expect("an element has a name").to_owned(),
            Err(error) => panic!("no {selector} on {}: {error}\n{}", self.address().await, self.source().await),
        }
    }

    /// Whether there is an element of a selector.
    pub async fn has(&self, selector: &str) -> bool {
        self.send("POST", "/element", Some(&json!({ "using": "css selector", "value": selector }))).await.is_ok()
    }

    /// Clicks on the first element of a selector, and waits for the page that it leads to.
    pub async fn click(&self, selector: &str) {
        self.leaving(self.tick(selector)).await;
    }

    /// Clicks on the first element of a selector, which leads nowhere.
    pub async fn tick(&self, selector: &str) {
        let element = self.find(selector).await;
        self.ask("POST", &format!("/element/{element}/click"), json!({})).await;
    }

    /// Does something that leads to another page, and waits for it.
    async fn leaving(&self, what: impl Future<Output = ()>) {
        let before = self.find("html").await;
        what.await;
        let began = Instant::now();
        while self.send("GET", &format!("/element/{before}/name"), None).await.is_ok() {
            assert!(began.elapsed() < PATIENCE, "nothing comes after {}", self.address().await);
            tokio::time::sleep(LOOK_EVERY).await;
        }
        self.until("the whole page", "return document.readyState === 'complete'").await;
    }

    /// Presses a key that leads to another page, and waits for it.
    pub async fn press_on(&self, key: char) {
        self.leaving(self.press(&key.to_string())).await;
    }

    /// Types into a field, instead of what stands there.
    pub async fn fill(&self, selector: &str, text: &str) {
        let element = self.find(selector).await;
        self.ask("POST", &format!("/element/{element}/clear"), json!({})).await;
        self.ask("POST", &format!("/element/{element}/value"), json!({ "text": text })).await;
    }

    /// What the first element of a selector says.
    pub async fn text(&self, selector: &str) -> String {
        let element = self.find(selector).await;
        let text = self.ask("GET", &format!("/element/{element}/text"), Value::Null).await;
        text.as_str().expect("a text").to_owned()
    }

    /// Presses keys on the keyboard, one after the other.
    pub async fn press(&self, keys: &str) {
        let strokes: Vec<Value> = keys
            .chars()
            .flat_map(|key| [json!({ "type": "keyDown", "value": key }), json!({ "type": "keyUp", "value": key })])
            .collect();
        let actions = json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": strokes }] });
        self.ask("POST", "/actions", actions).await;
    }

    /// Asks for the dark colours, or the light ones.
    pub async fn darken(&self, dark: bool) {
        let value = if dark { "dark" } else { "light" };
        let features = json!([{ "name": "prefers-color-scheme", "value": value }]);
        self.order("Emulation.setEmulatedMedia", json!({ "features": features })).await;
    }

    /// Gives the browser an order of its own protocol.
    pub async fn order(&self, order: &str, with: Value) -> Value {
        self.ask("POST", "/goog/cdp/execute", json!({ "cmd": order, "params": with })).await
    }

    /// What the browser noted since it was asked last: `browser` or `performance`.
    pub async fn log(&self, kind: &str) -> Vec<Value> {
        let log = self.ask("POST", "/se/log", json!({ "type": kind })).await;
        log.as_array().expect("a log is a list").clone()
    }

    /// The addresses that the browser asked for since it was asked last.
    pub async fn requests(&self) -> Vec<String> {
        let mut all = Vec::new();
        for entry in self.log("performance").await {
            let message: Value = serde_json::from_str(entry["message"].as_str().unwrap_or("null")).expect("JSON");
            if message["message"]["method"] == "Network.requestWillBeSent" {
                all.extend(message["message"]["params"]["request"]["url"].as_str().map(ToOwned::to_owned));
            }
        }
        // What the browser shows before any page is made of its own parts.
        all.retain(|address| !address.starts_with("chrome://"));
        all
    }

    /// Keeps a picture of the whole page in the folder that `SEMAINIER_PICTURES` names, if it names one.
    pub async fn picture(&self, name: &str) {
        let Some(folder) = std::env::var_os("SEMAINIER_PICTURES") else { return };
        let taken = self.order("Page.captureScreenshot", json!({ "captureBeyondViewport": true })).await;
        let picture = BASE64.decode(taken["data"].as_str().expect("a picture")).expect("it is base 64");
        std::fs::write(Path::new(&folder).join(format!("{name}.png")), picture).expect("it is written");
    }

    /// Closes it.
    pub async fn close(self) {
        let _ = self.send("DELETE", "", None).await;
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        let _ = self.driver.kill();
        let _ = self.driver.wait();
        let _ = std::fs::remove_dir_all(&self.profile);
    }
}
