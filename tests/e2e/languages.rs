//! The window in its languages: pictures to look at under `out/`, and what can be checked of them.

use fantoccini::key::Key;
use serde_json::json;

use crate::house::House;
use crate::window::Window;

#[tokio::test(flavor = "multi_thread")]
async fn the_demonstration_opens_in_french_and_in_arabic_right_to_left() {
    for (language, open, direction) in
        [("fr", "Essayer un cabinet de démonstration", "ltr"), ("ar", "تجربة عيادة", "rtl")]
    {
        let house = House::for_pictures().await;
        let window = house.open().await;
        window.client.set_window_size(1366, 768).await.expect("a window has a size");
        window.see("Bienvenue dans Semainier").await;
        if language == "ar" {
            window.click("العربية").await;
        }
        window.shot(&format!("welcome-{language}")).await.expect("the picture is kept");
        window.click(open).await;
        window.until("the agenda", "return document.querySelector('[role=grid]') !== null", vec![]).await;
        a_full_day(&window).await;
        let dir = window.js("return getComputedStyle(document.documentElement).direction", vec![]).await;
        assert_eq!(dir, json!(direction));
        for (width, height) in [(1366, 768), (1920, 1080)] {
            window.client.set_window_size(width, height).await.expect("a window has a size");
            window.until("the new size", "return innerWidth >= arguments[0] - 80", vec![json!(width)]).await;
            let wide = window.js("return document.documentElement.scrollWidth <= innerWidth", vec![]).await;
            assert_eq!(wide, json!(true), "the page is wider than the window at {width} in {language}");
            window.shot(&format!("day-{language}-{width}x{height}")).await.expect("the picture is kept");
        }
        window.accessible(&format!("the demonstration's day in {language}")).await;
        assert_eq!(window.refusals().await, Vec::<String>::new());
        window.close(&house).await;
    }
}

/// Goes to the next day with appointments: today may be a Sunday.
pub async fn a_full_day(window: &Window) {
    let columns = "return document.querySelectorAll('[role=grid] [role=row]').length >= 4";
    window.until("the columns of the practitioners", columns, vec![]).await;
    for _ in 0..7 {
        let full = "return document.querySelectorAll('[role=grid] [role=gridcell]').length > 20";
        if window.soon(full).await {
            return;
        }
        let grid =
            "const grid = document.querySelector('[role=grid]'); grid.focus(); return document.activeElement === grid";
        window.until("the focus on the grid", grid, vec![]).await;
        window.keys(&Key::PageDown.to_string()).await;
    }
    panic!("no day of the demonstration has appointments");
}
