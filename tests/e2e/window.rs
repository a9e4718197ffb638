//! One window and its driver.

use std::net::TcpListener;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::time::timeout;

use crate::house::{House, PROGRAM};

/// How long one waits for what must come: the slowest is a vault that is made in a debug build on a busy machine.
pub const PATIENCE: Duration = Duration::from_secs(60);
/// How long a picture may take.
const EXPOSURE: Duration = Duration::from_secs(10);
/// How often one looks.
const LOOK_EVERY: Duration = Duration::from_millis(40);

/// Listens to what the content security policy refuses, from the first moment that the driver has the page.
const LISTEN: &str = r#"
window.refusedByPolicy = [];
document.addEventListener("securitypolicyviolation", (it) => {
    window.refusedByPolicy.push(`${it.effectiveDirective} ${it.blockedURI} ${it.sourceFile}:${it.lineNumber}`);
});
return true"#;

/// One window and its driver; both end with it.
pub struct Window {
    /// The WebDriver session.
    pub client: Client,
    driver: Child,
}

impl Window {
    /// Opens the program's window in a house.
    pub async fn open(house: &House) -> Self {
        Self::open_program(house, PROGRAM).await
    }

    /// Opens any Tauri program's window in a house.
    pub async fn open_program(house: &House, program: &str) -> Self {
        let port = free_port();
        let driver = house
            .command("WebKitWebDriver")
            .args([format!("--port={port}"), "--host=127.0.0.1".to_owned()])
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("WebKitWebDriver is installed: `make test` sees to it");
        let capabilities = json!({ "webkitgtk:browserOptions": { "binary": program, "args": [] } });
        let capabilities = capabilities.as_object().expect("it was written so").clone();
        let began = Instant::now();
        let client = loop {
            let connected = ClientBuilder::new(HttpConnector::new())
                .capabilities(capabilities.clone())
                .connect(&format!("http://127.0.0.1:{port}"))
                .await;
            match connected {
                Ok(client) => break client,
                Err(error) if began.elapsed() > PATIENCE => panic!("the window did not open: {error}"),
                Err(_) => tokio::time::sleep(LOOK_EVERY).await,
            }
        };
        let window = Self { client, driver };
        window.js(LISTEN, vec![]).await;
        window
    }

    /// Runs a script in the page.
    pub async fn js(&self, script: &str, arguments: Vec<Value>) -> Value {
        let answer = timeout(PATIENCE, self.client.execute(script, arguments)).await;
        answer
            .unwrap_or_else(|_| panic!("the page does not answer: {script}"))
            .unwrap_or_else(|error| panic!("{error} in: {script}"))
    }

    /// Waits until a script in the page answers with something true.
    pub async fn until(&self, what: &str, script: &str, arguments: Vec<Value>) -> Value {
        let began = Instant::now();
        loop {
            let answer = timeout(PATIENCE, self.client.execute(script, arguments.clone())).await;
            match answer.unwrap_or_else(|_| panic!("the page does not answer while one waits for {what}")) {
                Ok(value) if !matches!(value, Value::Null | Value::Bool(false)) => return value,
                _ if began.elapsed() < PATIENCE => tokio::time::sleep(LOOK_EVERY).await,
                other => {
                    let _ = self.shot("failure").await;
                    let page = self.js("return document.body.innerText", vec![]).await;
                    panic!(
                        "waited in vain for {what}: {other:?}; on the screen:\n{}",
                        page.as_str().unwrap_or_default()
                    );
                }
            }
        }
    }

    /// Whether a script answers with true within the two seconds that a screen may take to fill.
    pub async fn soon(&self, script: &str) -> bool {
        let began = Instant::now();
        while began.elapsed() < Duration::from_secs(2) {
            if self.js(script, vec![]).await == Value::Bool(true) {
                return true;
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
        false
    }

    /// Keeps a picture of the window under `out/`; in a house for pictures only.
    pub async fn shot(&self, name: &str) -> Result<(), Box<dyn std::error::Error>> {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("out");
        std::fs::create_dir_all(&folder)?;
        let picture = timeout(EXPOSURE, self.client.screenshot()).await??;
        std::fs::write(folder.join(format!("{name}.png")), picture)?;
        Ok(())
    }

    /// Closes the window as its user does, and waits until the program has ended.
    pub async fn close(mut self, house: &House) {
        let _ = self.client.clone().close().await;
        let began = Instant::now();
        while !house.processes().is_empty() {
            assert!(began.elapsed() < PATIENCE, "the program does not end");
            tokio::time::sleep(LOOK_EVERY).await;
        }
        self.end_driver();
    }

    fn end_driver(&mut self) {
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        self.end_driver();
    }
}

fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a local port is free");
    listener.local_addr().expect("it was bound").port()
}
