//! What a person does at the window: reads, clicks what is named so, fills what is labelled so, presses keys.

use fantoccini::elements::{Element, ElementRef};
use fantoccini::key::Key;
use serde_json::{Value, json};

use crate::window::Window;

/// Finds what is shown, by its role and by what is written on it or said of it.
const FIND: &str = r#"
const [selector, words] = arguments;
const said = (it) => [it.getAttribute("aria-label"), it.innerText].map((text) => (text ?? "").replace(/\s+/g, " ").trim());
const shown = (it) => it.getClientRects().length > 0 && getComputedStyle(it).visibility !== "hidden";
const all = [...document.querySelectorAll(selector)].filter((it) => shown(it) && !it.disabled);
return all.find((it) => said(it).includes(words)) ?? all.find((it) => said(it).some((text) => text.includes(words))) ?? null;
"#;

/// Finds the field of a label.
const FIELD: &str = r#"
const words = arguments[0];
const labels = [...document.querySelectorAll("label")].filter((it) => it.getClientRects().length > 0);
const text = (it) => it.innerText.replace(/\s+/g, " ").trim();
const label = labels.find((it) => text(it) === words) ?? labels.find((it) => text(it).startsWith(words));
return label ? (label.control ?? null) : (document.querySelector(`[aria-label="${CSS.escape(words)}"]`) ?? null);
"#;

/// What can be pressed.
const PRESSABLE: &str =
    "button, a[href], [role=button], [role=option], [role=menuitem], [role=tab], [role=radio], label";

impl Window {
    fn element(&self, found: &Value) -> Element {
        let id = found.as_object().and_then(|found| found.values().next()).and_then(Value::as_str);
        let id = id.unwrap_or_else(|| panic!("no element: {found}"));
        Element::from_element_id(self.client.clone(), ElementRef::from(id.to_owned()))
    }

    /// Waits until these words are on the screen.
    pub async fn see(&self, words: &str) {
        let script = "return document.body.innerText.replace(/\\s+/g, ' ').includes(arguments[0])";
        self.until(&format!("“{words}”"), script, vec![json!(words)]).await;
    }

    /// What is written on the screen.
    pub async fn text(&self) -> String {
        self.js("return document.body.innerText", vec![]).await.as_str().unwrap_or_default().to_owned()
    }

    /// Clicks what bears these words.
    pub async fn click(&self, words: &str) {
        let found = self.until(&format!("a way to click “{words}”"), FIND, vec![json!(PRESSABLE), json!(words)]).await;
        self.element(&found).click().await.unwrap_or_else(|error| panic!("“{words}” cannot be clicked: {error}"));
    }

    /// Types into the field with this label.
    pub async fn fill(&self, label: &str, text: &str) {
        let found = self.until(&format!("the field “{label}”"), FIELD, vec![json!(label)]).await;
        let field = self.element(&found);
        field.clear().await.unwrap_or_else(|error| panic!("“{label}” cannot be cleared: {error}"));
        field.send_keys(text).await.unwrap_or_else(|error| panic!("“{label}” cannot be filled: {error}"));
    }

    /// Presses keys where the focus is.
    pub async fn keys(&self, keys: &str) {
        let focused = self.client.active_element().await.expect("something has the focus");
        focused.send_keys(keys).await.unwrap_or_else(|error| panic!("keys are not taken: {error}"));
    }

    /// Presses one key together with Control.
    pub async fn control(&self, key: char) {
        use fantoccini::actions::{InputSource, KeyAction, KeyActions};
        let control = char::from(fantoccini::key::Key::Control);
        let keys = KeyActions::new("keyboard".to_owned())
            .then(KeyAction::Down { value: control })
            .then(KeyAction::Down { value: key })
            .then(KeyAction::Up { value: key })
            .then(KeyAction::Up { value: control });
        self.client.perform_actions(keys).await.expect("keys are taken");
        self.client.release_actions().await.expect("keys are let go");
    }

    /// Walks by Tab to what bears these words, as somebody without a mouse does.
    pub async fn tab_to(&self, words: &str) {
        let there = "const it = document.activeElement; const label = it?.labels?.[0]?.innerText ?? ''; \
                     return [it?.innerText, it?.getAttribute('aria-label'), label].some((text) => (text ?? '').replace(/\\s+/g, ' ').trim().startsWith(arguments[0]))";
        for _ in 0..120 {
            if self.js(there, vec![json!(words)]).await == Value::Bool(true) {
                return;
            }
            self.keys(&Key::Tab.to_string()).await;
        }
        panic!("no way to “{words}” by Tab: {}", self.text().await);
    }

    /// What the content security policy has refused since the window opened.
    pub async fn refusals(&self) -> Vec<String> {
        // A refusal is told after the fact: let what is under way be told.
        let script = r#"
            const done = arguments[arguments.length - 1];
            setTimeout(() => done(window.refusedByPolicy), 100);
        "#;
        let heard = self.client.execute_async(script, vec![]).await.expect("the page answers");
        let heard = heard.as_array().expect("the page has been listened to since it opened").clone();
        heard.iter().map(|one| one.as_str().unwrap_or_default().to_owned()).collect()
    }

    /// Checks the page with axe against WCAG 2.2 AA, contrast as it is really painted included.
    pub async fn accessible(&self, screen: &str) {
        let source = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/node_modules/axe-core/axe.min.js");
        let source = std::fs::read_to_string(source).expect("axe-core is installed with the packages of ui");
        // Functions of a script end with it; axe hangs itself on the window.
        self.js(&format!("{source}; window.axe = window.axe ?? axe; return true"), vec![]).await;
        let script = r#"
            const done = arguments[arguments.length - 1];
            axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], resultTypes: ["violations"] })
                .then((result) => done(result.violations.map((it) => `${it.id}: ${it.nodes.map((node) => `${node.html} ${node.failureSummary}`).join("\n    ")}`)))
                .catch((error) => done([`axe: ${error}`]));
        "#;
        let faults = self.client.execute_async(script, vec![]).await.expect("axe answers");
        assert_eq!(faults, json!([]), "{screen} is not accessible");
    }
}
