//! What patients see: pages made on the server, which work without scripts, in French, Arabic and English.
//!
//! Nothing of another host, one cookie for the visit, nothing but forms and links. Deliberately not here: SQL, and anything of a
//! practice that is not in service.

mod answer;
mod book;
mod calendar;
mod home;
mod identify;
mod layout;
mod mine;
mod notice;
mod one;
mod person;
mod rights;
mod slots;
mod visitor;
mod waiting;
mod words;

use axum::{
    Router,
    body::Bytes,
    extract::DefaultBodyLimit,
    http::header,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};

use crate::{form, state::Shared};
use layout::Trouble;

pub use slots::Shown;

/// The largest form.
const FORM: usize = 8 * 1024;

/// The routes.
pub fn routes(_portal: &Shared) -> Router<Shared> {
    Router::new()
        .route("/", get(home::choose_language))
        .route("/icon.svg", get(icon))
        .route("/{language}", get(home::search))
        .route("/{language}/{practice}/s/{schedule}", get(slots::show))
        .route("/{language}/{practice}/s/{schedule}/book", get(book::ask).post(book::book))
        .route("/{language}/{practice}/s/{schedule}/wait", get(waiting::ask).post(waiting::join))
        .route("/{language}/{practice}/identify", get(identify::ask).post(identify::send))
        .route("/{language}/{practice}/code", post(identify::check))
        .route("/{language}/{practice}/appointment", get(mine::show).post(mine::look_up))
        .route("/{language}/{practice}/leave", post(mine::leave))
        .route("/{language}/{practice}/reminders", post(mine::reminders))
        .route("/{language}/{practice}/a/{appointment}", get(one::show))
        .route("/{language}/{practice}/a/{appointment}/cancel", post(one::cancel))
        .route("/{language}/{practice}/a/{appointment}/confirm", post(one::confirm))
        .route("/{language}/{practice}/a/{appointment}/move", get(one::choose).post(one::relocate))
        .route("/{language}/{practice}/a/{appointment}/calendar.ics", get(calendar::file))
        .route("/{language}/{practice}/stop/{message}/{proof}", get(answer::ask_to_stop).post(answer::stop))
        .route("/{language}/{practice}/survey/{message}/{proof}", get(answer::ask_survey).post(answer::survey))
        .route("/{language}/{practice}/rights", get(rights::ask).post(rights::send))
        .route("/{language}/{practice}/privacy", get(notice::show))
        .layer(DefaultBodyLimit::max(FORM))
}

/// The page that says that there is none.
#[must_use]
pub fn not_found() -> Response {
    Trouble::NotFound.into_response()
}

const ICON: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="#0b8686" stroke-width="2"><rect x="2.5" y="5" width="19" height="14" rx="3.5" fill="#e2f1f0"/><path d="M2.5 10h19M8 5v14M16 5v14"/></svg>"##;

async fn icon() -> Response {
    let headers = [(header::CONTENT_TYPE, "image/svg+xml"), (header::CACHE_CONTROL, "public, max-age=86400")];
    (headers, ICON).into_response()
}

/// The pairs of a form that was sent.
fn read_form(bytes: &Bytes) -> Result<Vec<(String, String)>, Trouble> {
    std::str::from_utf8(bytes).ok().and_then(form::pairs).ok_or(Trouble::Form)
}

/// Goes on elsewhere, by a request of its own: going back sends no form again.
fn see(address: &str) -> Response {
    Redirect::to(address).into_response()
}
