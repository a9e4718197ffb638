//! The frame of every page, and the small things that stand on many.

use std::sync::LazyLock;

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{id::PracticeId, time};
use fhir::booking::{Language, Schedule, Span};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::words::{self, Words};
use crate::{
    messages::{local_date, local_time},
    secret,
};

/// The style sheet, as it stands in every page: nothing is waited for before a page is painted.
static STYLE: LazyLock<String> = LazyLock::new(|| squeezed(include_str!("style.css")));

/// A style sheet without the spaces that only its writers need. Each of its lines ends with a sign after which none is needed.
fn squeezed(style: &str) -> String {
    let mut text: String = style.lines().map(str::trim).collect();
    for (wide, narrow) in [("; ", ";"), (": ", ":"), (", ", ","), (" {", "{"), ("{ ", "{"), (" }", "}"), (";}", "}")] {
        text = text.replace(wide, narrow);
    }
    text
}

/// Seven lids: the mark of the house.
const MARK: &str = r#"<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.6" aria-hidden="true"><rect x="2.5" y="5" width="19" height="14" rx="3.5"/><path d="M5.2 5v14M8 5v14M10.7 5v14M13.3 5v14M16 5v14M18.8 5v14" stroke-width=".9"/><path d="M2.5 10h19"/></svg>"#;

/// Where a page is: for the choice of languages and the foot.
pub(super) struct Place<'a> {
    pub language: Language,
    /// The rest of the address after the language, with its parameters.
    pub rest: &'a str,
    pub practice: Option<(PracticeId, &'a str)>,
}

/// A whole page.
pub(super) fn page(place: &Place<'_>, title: &str, body: &Markup) -> Response {
    let language = place.language;
    let direction = if language == Language::Ar { "rtl" } else { "ltr" };
    let whole = html! {
        (DOCTYPE)
        html lang=(language.as_str()) dir=(direction) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " · Semainier" }
                style { (PreEscaped(STYLE.as_str())) }
                link rel="icon" type="image/svg+xml" href="/icon.svg";
            }
            body {
                a.skip href="#content" { (words::SKIP.of(language)) }
                header {
                    a.brand href={ "/" (language.as_str()) } { (PreEscaped(MARK)) bdi { "Semainier" } }
                    nav aria-label=(words::LANGUAGES.of(language)) {
                        @for (other, name) in [(Language::Fr, "Français"), (Language::Ar, "العربية"), (Language::En, "English")] {
                            a href={ "/" (other.as_str()) (place.rest) } lang=(other.as_str()) hreflang=(other.as_str())
                                aria-current=[(other == language).then_some("true")] { (name) }
                        }
                    }
                }
                main id="content" tabindex="-1" { (body) }
                @if let Some((practice, name)) = place.practice {
                    footer {
                        span { bdi { (name) } }
                        a href={ "/" (language.as_str()) "/" (practice) "/appointment" } { (words::MINE_TITLE.of(language)) }
                        a href={ "/" (language.as_str()) "/" (practice) "/privacy" } { (words::NOTICE_LINK.of(language)) }
                    }
                }
            }
        }
    };
    html_answer(StatusCode::OK, whole.into_string())
}

/// What a page may do: nothing but show itself, in the one style whose hash this is, and send its own forms.
static POLICY: LazyLock<HeaderValue> = LazyLock::new(|| {
    let style = secret::digest(STYLE.as_bytes());
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{style}'; img-src 'self'; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'"
    );
    HeaderValue::from_str(&policy).expect("words and base 64 are a header's value")
});

fn html_answer(status: StatusCode, text: String) -> Response {
    let mut response = (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], text).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, POLICY.clone());
    headers.insert(
        "permissions-policy",
        HeaderValue::from_static("interest-cohort=(), geolocation=(), camera=(), microphone=()"),
    );
    headers.insert("cross-origin-opener-policy", HeaderValue::from_static("same-origin"));
    response
}

/// Why there is no page. Said in all three languages: what went wrong may be the language itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trouble {
    NotFound,
    TooOften(u64),
    Failed,
    Form,
}

impl From<crate::store::StoreError> for Trouble {
    fn from(error: crate::store::StoreError) -> Self {
        match error {
            crate::store::StoreError::NotFound | crate::store::StoreError::NoSchedule => Self::NotFound,
            _ => Self::Failed,
        }
    }
}

impl IntoResponse for Trouble {
    fn into_response(self) -> Response {
        let (status, said): (_, Words) = match self {
            Self::NotFound => (StatusCode::NOT_FOUND, words::ERROR_NOT_FOUND),
            Self::TooOften(_) => (StatusCode::TOO_MANY_REQUESTS, words::ERROR_TOO_OFTEN),
            Self::Failed => (StatusCode::INTERNAL_SERVER_ERROR, words::ERROR_FAILED),
            Self::Form => (StatusCode::FORBIDDEN, words::ERROR_FORM),
        };
        let direction = |language| if language == Language::Ar { "rtl" } else { "ltr" };
        let body = html! {
            h1 {
                @for &language in Language::ALL {
                    @if language != Language::Fr { " · " }
                    span lang=(language.as_str()) dir=(direction(language)) { (words::ERROR_TITLE.of(language)) }
                }
            }
            @for &language in Language::ALL {
                section lang=(language.as_str()) dir=(direction(language)) {
                    p { (said.of(language)) }
                    p { a href={ "/" (language.as_str()) } { (words::BACK_HOME.of(language)) } }
                }
            }
        };
        let place = Place { language: Language::Fr, rest: "", practice: None };
        let mut response = page(&place, words::ERROR_TITLE.of(Language::Fr), &body);
        *response.status_mut() = status;
        if let Self::TooOften(seconds) = self {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// Day and time at the site.
pub(super) fn moment(span: Span, schedule: &Schedule, language: Language) -> Markup {
    let wall = time::wall(span.start_at, &schedule.site.zone);
    html! { (local_date(wall.date(), language)) " · " bdi.n.whole { (local_time(wall, language)) } }
}

/// Where it takes place.
pub(super) fn address(schedule: &Schedule) -> Markup {
    let site = &schedule.site;
    // One stretch of text for the reader's direction: its commas belong to it.
    html! {
        bdi {
            (site.name)
            @if let Some(street) = &site.street { ", " (street) }
            ", "
            @if let Some(code) = &site.post_code { (code) " " }
            (site.town)
        }
    }
}

/// A field of a form with its label, hint and what is wrong with it.
pub(super) struct Field<'a> {
    pub name: &'a str,
    pub kind: &'a str,
    pub label: &'a str,
    pub hint: Option<&'a str>,
    pub value: &'a str,
    pub required: bool,
    pub complete: &'a str,
    pub error: Option<&'a str>,
}

/// The field as it stands on a page.
pub(super) fn field(f: &Field<'_>) -> Markup {
    let described = match (f.hint, f.error) {
        (None, None) => None,
        (Some(_), None) => Some(format!("{}-hint", f.name)),
        (None, Some(_)) => Some(format!("{}-error", f.name)),
        (Some(_), Some(_)) => Some(format!("{0}-hint {0}-error", f.name)),
    };
    // A number or an address reads from left to right in any language.
    let direction = matches!(f.kind, "tel" | "email").then_some("ltr");
    html! {
        div.field {
            label for=(f.name) { (f.label) }
            @if let Some(hint) = f.hint { span.hint id={ (f.name) "-hint" } { (hint) } }
            input type=(f.kind) id=(f.name) name=(f.name) value=(f.value) autocomplete=(f.complete) maxlength="254" dir=[direction]
                required[f.required] aria-describedby=[described] aria-invalid=[f.error.map(|_| "true")];
            @if let Some(error) = f.error { span.error id={ (f.name) "-error" } { (error) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_squeezed_style_says_the_same_and_stays_inside_its_element() {
        for line in include_str!("style.css").lines() {
            assert!(line.trim().is_empty() || line.trim_end().ends_with(['{', '}', ';', ',']), "{line}");
        }
        // Neither a comment nor quoted words in which a space would count.
        assert!(!STYLE.contains("/*") && !STYLE.contains('<') && !STYLE.contains("  "));
        let quoted = STYLE.split('"').skip(1).step_by(2);
        assert!(
            quoted.clone().count() > 0 && quoted.into_iter().all(|words| !words.contains([',', ';', ':', '{', '}']))
        );
        assert_eq!(
            squeezed("a:hover { color: red; }\n  b, c > d {\n    margin: 0 1px;\n  }"),
            "a:hover{color:red}b,c > d{margin:0 1px}"
        );
        let count = |text: &str, sign: char| text.chars().filter(|&one| one == sign).count();
        assert_eq!(count(&STYLE, '{'), count(include_str!("style.css"), '{'));
        assert_eq!(count(&STYLE, '{'), count(&STYLE, '}'));
    }
}
