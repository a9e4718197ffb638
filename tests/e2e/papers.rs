//! The head of the practice's papers: the sample is the real PDF, drawn beside the form while one types.

use serde_json::json;

use crate::first_start::open_practice;
use crate::house::House;

/// A number that changes with what is drawn on the sample; none before it is drawn.
const DRAWN: &str = r#"
const canvas = document.querySelector("aside canvas.shown");
if (!canvas?.width) return null;
const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
let dark = 0, sum = 0;
for (let at = 0; at < data.length; at += 4) if (data[at + 3] > 0 && data[at] < 140) { dark++; sum = (sum * 31 + at) % 1000000007; }
return dark > 200 && sum !== arguments[0] ? sum : null"#;

#[tokio::test(flavor = "multi_thread")]
async fn the_head_of_papers_is_seen_on_the_real_paper_while_it_is_typed() {
    let house = House::for_pictures().await;
    let window = house.open().await;
    window.client.set_window_size(1366, 768).await.expect("a window has a size");
    open_practice(&window).await;
    window.click("Commencer avec un agenda vide").await;
    window.until("the agenda", "return document.querySelector('[role=grid]') !== null", vec![]).await;
    window.click("Réglages").await;
    window.click("Papiers à en-tête").await;
    let first = window.until("the sample", DRAWN, vec![json!(null)]).await;
    let focus = "const label = [...document.querySelectorAll('label')].find((it) => it.textContent.includes(arguments[0])); document.getElementById(label.htmlFor).focus(); return true";
    window.until("the field", focus, vec![json!("Au pied")]).await;
    window.keys("En cas d’urgence, appelez le 15.").await;
    let second = window.until("the sample with its foot", DRAWN, vec![first]).await;
    window.until("the field", focus, vec![json!("Nom en arabe")]).await;
    window.keys("الدكتورة كلير لوفيفر").await;
    window.click("Les deux").await;
    window.until("the sample with both heads", DRAWN, vec![second]).await;
    let words = "return document.querySelector('aside').innerText.includes('لوفيفر') || document.querySelector('aside p.visually-hidden').textContent.includes('appelez')";
    window.until("the words of the sample", words, vec![]).await;
    window.accessible("the head of papers").await;
    window.shot("papers-fr").await.expect("the picture is kept");
    assert_eq!(window.refusals().await, Vec::<String>::new());
    window.close(&house).await;
}
