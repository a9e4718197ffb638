//! The first page: find a practitioner.

use axum::{
    extract::{Path, RawQuery, State},
    http::{HeaderMap, header},
    response::Response,
};
use fhir::booking::Language;
use maud::html;

use super::{
    layout::{Place, Trouble, page},
    see,
    visitor::Visitor,
    words,
};
use crate::{form, state::Shared};

/// The language that the browser asks for first, of those that are spoken here.
pub(super) async fn choose_language(headers: HeaderMap) -> Response {
    let asked = headers.get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let spoken =
        asked.split(',').filter_map(|part| part.trim().get(..2)?.to_ascii_lowercase().parse::<Language>().ok());
    let language = spoken.into_iter().next().unwrap_or(Language::Fr);
    see(&format!("/{}", language.as_str()))
}

pub(super) async fn search(
    State(portal): State<Shared>,
    _visitor: Visitor,
    Path(language): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Trouble> {
    let language: Language = language.parse().map_err(|_| Trouble::NotFound)?;
    let pairs = form::pairs(query.as_deref().unwrap_or_default()).ok_or(Trouble::NotFound)?;
    let asked: String = form::value(&pairs, "q").unwrap_or_default().chars().take(100).collect();
    let found = portal.store.search_directory(&asked).await?;
    let rest = if asked.is_empty() { String::new() } else { format!("?q={}", form::encode(&asked)) };
    let body = html! {
        h1 { (words::HOME_TITLE.of(language)) }
        p.lead { (words::HOME_LEAD.of(language)) }
        form.search role="search" action={ "/" (language.as_str()) } method="get" {
            input type="search" name="q" value=(asked) maxlength="100" aria-label=(words::SEARCH_LABEL.of(language))
                placeholder=(words::SEARCH_LABEL.of(language)) autocomplete="off";
            button { (words::SEARCH.of(language)) }
        }
        @if found.is_empty() {
            div.note.warn role="status" { p { (words::NOTHING_FOUND.of(language)) } }
        } @else {
            ul.list {
                @for line in &found {
                    li {
                        a.card href={ "/" (language.as_str()) "/" (line.practice) "/s/" (line.schedule.0) } {
                            strong { bdi { (line.shown.name) } }
                            span {
                                @if let Some(speciality) = &line.shown.speciality { bdi { (speciality) } " · " }
                                bdi { (line.shown.site) } " · " bdi { (line.shown.town) }
                            }
                        }
                    }
                }
            }
        }
    };
    let place = Place { language, rest: &rest, practice: None };
    Ok(page(&place, words::HOME_TITLE.of(language), &body))
}
