//! The wall display, opened from the real window: a second window that shows booking codes and no name.

use std::time::Instant;

use fantoccini::key::Key;
use serde_json::{Value, json};

use crate::first_start::{PASSWORD, open_practice};
use crate::house::House;
use crate::window::{PATIENCE, Window};

/// The other window, once it is there.
async fn second(window: &Window) -> fantoccini::wd::WindowHandle {
    let main = window.client.window().await.expect("the main window");
    let began = Instant::now();
    loop {
        let all = window.client.windows().await.expect("the windows");
        if let Some(other) = all.into_iter().find(|one| *one != main) {
            return other;
        }
        assert!(began.elapsed() < PATIENCE, "the wall display does not open");
        tokio::time::sleep(std::time::Duration::from_millis(40)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_wall_display_opens_by_one_key_and_shows_codes_and_no_name() {
    let house = House::new().await;
    let window = house.open().await;
    open_practice(&window).await;
    window.click("Commencer avec un agenda vide").await;
    window.until("the agenda", "return document.querySelector('[role=grid]') !== null", vec![]).await;
    let add = |surname: &str| {
        let said =
            house.run("claire", PASSWORD, &["--json", "patient", "add", "--surname", surname, "--first-name", "Anne"]);
        let added: Value = serde_json::from_str(said.trim()).expect("one object");
        added["id"].as_str().expect("an id").to_owned()
    };
    let come = |patient: &str| {
        let arguments = ["--json", "room", "walk-in", "--patient", patient, "--practitioner", "Dr Claire Lefèvre"];
        let added: Value = serde_json::from_str(house.run("claire", PASSWORD, &arguments).trim()).expect("one object");
        added["code"].as_str().expect("a code").to_owned()
    };
    let (first, second_code) = (come(&add("Quenneville")), come(&add("Waldeck")));
    window.see("QUENNEVILLE").await;
    window.js("document.querySelector('[role=grid]').focus(); return true", vec![]).await;
    window.keys(&Key::F8.to_string()).await;
    let wall = second(&window).await;
    let main = window.client.window().await.expect("the main window");
    window.client.switch_to_window(wall.clone()).await.expect("the wall display");
    let shown = "return document.body.innerText.replace(/[\\s-]/g, '').includes(arguments[0])";
    window.until("the next one's code", shown, vec![json!(first)]).await;
    window.until("the other's code", shown, vec![json!(second_code)]).await;
    window.client.switch_to_window(main.clone()).await.expect("the main window");
    let called = house.run("claire", PASSWORD, &["--json", "room", "next", "--practitioner", "Dr Claire Lefèvre"]);
    assert!(called.contains(&first));
    window.client.switch_to_window(wall).await.expect("the wall display");
    let now = "return [...document.querySelectorAll('.now .code')].some((it) => it.innerText.replace(/[\\s-]/g, '') === arguments[0])";
    window.until("who is called, among those called now", now, vec![json!(first)]).await;
    // Not on the screen, nor in anything that a second look at the page would find.
    let page = window.js("return document.documentElement.outerHTML.toUpperCase()", vec![]).await;
    let page = page.as_str().unwrap_or_default();
    assert!(
        !page.contains("QUENNEVILLE") && !page.contains("WALDECK") && !page.contains("ANNE<"),
        "a name on the wall"
    );
    // Its window may ask for nothing else.
    let refused = r#"
        const done = arguments[arguments.length - 1];
        window.__TAURI_INTERNALS__.invoke("search_patients", { request: { text: "quenneville", limit: 5 } })
            .then(() => done("answered"), () => done("refused"));
    "#;
    assert_eq!(window.client.execute_async(refused, vec![]).await.expect("the page answers"), json!("refused"));
    window.client.switch_to_window(main).await.expect("the main window");
    window.see("QUENNEVILLE").await;
    window.close(&house).await;
}
