//! The preview before printing: the real PDF, drawn by pdf.js under the window's own content security policy.

use fantoccini::key::Key;
use serde_json::json;

use crate::house::House;
use crate::languages::a_full_day;

/// How many of the pixels of a page are dark: an empty page has none, a full list some in a hundred.
pub const INK: &str = r#"
const canvas = document.querySelector("[role=dialog] canvas");
if (!canvas?.width) return null;
const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
let dark = 0;
for (let at = 0; at < data.length; at += 4) if (data[at + 3] > 0 && data[at] < 110) dark++;
return dark > 500 ? dark : null"#;

#[tokio::test(flavor = "multi_thread")]
async fn the_day_is_shown_as_it_will_be_printed_and_nothing_is_asked_of_anybody() {
    let house = House::for_pictures().await;
    let window = house.open().await;
    window.client.set_window_size(1366, 768).await.expect("a window has a size");
    window.click("Essayer un cabinet de démonstration").await;
    window.until("the agenda", "return document.querySelector('[role=grid]') !== null", vec![]).await;
    a_full_day(&window).await;
    let grid =
        "const grid = document.querySelector('[role=grid]'); grid.focus(); return document.activeElement === grid";
    window.until("the focus on the grid", grid, vec![]).await;
    window.keys("p").await;
    window.until("the page with its ink", INK, vec![]).await;
    window.see("Page 1 sur").await;
    window.see("L’impression est le seul endroit").await;
    let words = "return document.querySelector('[role=dialog] figure p').textContent.length > 200";
    window.until("the words of the page for who cannot see it", words, vec![]).await;
    window.accessible("the preview").await;
    window.shot("preview-fr").await.expect("the picture is kept");
    window.keys(&Key::Escape.to_string()).await;
    window.until("the agenda again", "return document.querySelector('[role=dialog]') === null", vec![]).await;
    window.until("the focus back on the grid", &grid.replace("grid.focus(); ", ""), vec![]).await;
    assert_eq!(window.refusals().await, Vec::<String>::new());
    assert_eq!(window.js("return window.refusedByPolicy", vec![]).await, json!([]));
    window.close(&house).await;
}
