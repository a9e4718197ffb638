//! Who visits: the address, the one cookie, and whether a form is one of ours.

use std::net::IpAddr;

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, HeaderValue, Method, header, request::Parts},
    response::Response,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use chrono::{DateTime, Utc};
use domain::id::PracticeId;
use fhir::booking::{Instruction, Language};
use uuid::Uuid;

use super::layout::Trouble;
use crate::{
    api,
    guard::{Limit, origin},
    secret::{self, Bearer},
    state::Shared,
    store::{State, Tx, Visit},
};

/// A visitor, before it is known who they are.
pub(super) struct Visitor {
    pub portal: Shared,
    pub address: IpAddr,
    bearer: Option<Bearer>,
}

/// The cookie's name. Behind TLS it bears the prefix by which browsers hold it to this host.
fn cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-semainier" } else { "semainier" }
}

fn cookie(headers: &HeaderMap, name: &str) -> Option<Bearer> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = all.flat_map(|text| text.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(n, _)| *n == name).and_then(|(_, value)| Bearer::read(value))
}

/// Whether a form was sent by one of our own pages, as the browser says. Browsers that say nothing are held by the form's token.
fn from_here(headers: &HeaderMap, public_url: &str) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let site = text("sec-fetch-site");
    let here = site.is_none_or(|site| matches!(site, "same-origin" | "none"));
    // Some hide the origin, and say all the same that it is this one.
    let origin =
        text("origin").is_none_or(|origin| origin == public_url || origin == "null" && site == Some("same-origin"));
    here && origin
}

impl FromRequestParts<Shared> for Visitor {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, portal: &Shared) -> Result<Self, Trouble> {
        let address = api::Address::from_request_parts(parts, portal).await.map_err(|_| Trouble::Failed)?.0;
        portal.guard.take(Limit::Page, &origin(address), portal.now()).map_err(Trouble::TooOften)?;
        if parts.method == Method::POST && !from_here(&parts.headers, &portal.config.public_url) {
            return Err(Trouble::Form);
        }
        let bearer = cookie(&parts.headers, cookie_name(portal.config.secure()));
        Ok(Self { portal: portal.clone(), address, bearer })
    }
}

/// A visit to one practice's pages.
pub(super) struct Call {
    pub portal: Shared,
    pub tx: Tx,
    pub language: Language,
    pub practice: PracticeId,
    /// The practice's name.
    pub name: String,
    pub instruction: Instruction,
    pub now: DateTime<Utc>,
    pub address: IpAddr,
    pub visit: Option<Visit>,
    /// Whether something happened that others wait for.
    pub news: bool,
    bearer: Option<Bearer>,
    fresh: bool,
}

impl Visitor {
    /// Whether nothing is known of them at a practice: what they see, everybody sees.
    pub(super) fn is_stranger(&self, practice: PracticeId) -> bool {
        self.bearer.as_ref().is_none_or(|bearer| bearer.practice != practice)
    }

    /// Opens a practice's pages; there are none where it is not in service, or not instructed.
    pub(super) async fn open(self, language: &str, practice: &str) -> Result<Call, Trouble> {
        let language: Language = language.parse().map_err(|_| Trouble::NotFound)?;
        let practice: PracticeId = practice.parse().map_err(|_| Trouble::NotFound)?;
        let now = self.portal.now();
        let mut tx = self.portal.store.begin(practice).await?;
        let Some((State::Active, name)) = tx.practice_state().await? else { return Err(Trouble::NotFound) };
        let instruction = tx.instruction().await?.ok_or(Trouble::NotFound)?;
        let bearer = self.bearer.filter(|bearer| bearer.practice == practice);
        let visit = match &bearer {
            Some(bearer) => tx.visit(&bearer.hash, now).await?,
            None => None,
        };
        Ok(Call {
            portal: self.portal,
            tx,
            language,
            practice,
            name,
            instruction,
            now,
            address: self.address,
            bearer: bearer.filter(|_| visit.is_some()),
            visit,
            news: false,
            fresh: false,
        })
    }
}

impl Call {
    /// The start of this practice's addresses.
    pub(super) fn base(&self) -> String {
        format!("/{}/{}", self.language.as_str(), self.practice)
    }

    /// The address after the language, of a page of this practice.
    pub(super) fn rest(&self, page: &str) -> String {
        format!("/{}{page}", self.practice)
    }

    /// The account of who is identified.
    pub(super) fn account(&self) -> Option<(Uuid, String)> {
        let visit = self.visit.as_ref()?;
        Some((visit.account_id?, visit.contact.clone()?))
    }

    /// The name under which the visit is kept; one begins where there is none.
    pub(super) async fn hash(&mut self) -> Result<secret::Hash, Trouble> {
        if let Some(bearer) = &self.bearer {
            return Ok(bearer.hash);
        }
        let bearer = Bearer::make(self.practice);
        let hash = bearer.hash;
        self.tx.begin_visit(&hash, self.now).await?;
        self.bearer = Some(bearer);
        self.fresh = true;
        Ok(hash)
    }

    /// Another name for the visit from here on: who is identified does not bear the cookie from before.
    pub(super) async fn renew(&mut self) -> Result<secret::Hash, Trouble> {
        if let Some(old) = self.bearer.take() {
            self.tx.end_visit(&old.hash).await?;
        }
        self.hash().await
    }

    /// Ends the visit.
    pub(super) async fn end(&mut self) -> Result<(), Trouble> {
        if let Some(old) = self.bearer.take() {
            self.tx.end_visit(&old.hash).await?;
        }
        Ok(())
    }

    /// The token that a form of this visit bears.
    pub(super) fn form_token(&self) -> String {
        let hash = self.bearer.as_ref().map_or([0; 32], |bearer| bearer.hash);
        BASE64.encode(secret::keyed(&self.portal.form_key, &[b"form", &hash]))
    }

    /// Whether a form is one that this visit was shown.
    pub(super) fn check_form(&self, form: &[(String, String)]) -> Result<(), Trouble> {
        let shown = crate::form::value(form, "form").unwrap_or_default();
        let own = self.form_token();
        if self.bearer.is_some() && secret::same(shown.as_bytes(), own.as_bytes()) {
            Ok(())
        } else {
            Err(Trouble::Form)
        }
    }

    /// Commits, and puts the cookie on the answer where the visit is new.
    pub(super) async fn finish(self, mut response: Response) -> Result<Response, Trouble> {
        let secure = self.portal.config.secure();
        if let (true, Some(bearer)) = (self.fresh, &self.bearer) {
            let guarded = if secure { "; Secure" } else { "" };
            let text = format!("{}={}; Path=/; HttpOnly; SameSite=Lax{guarded}", cookie_name(secure), bearer.text());
            let value = HeaderValue::from_str(&text).map_err(|_| Trouble::Failed)?;
            response.headers_mut().append(header::SET_COOKIE, value);
        }
        self.tx.commit().await?;
        if self.news {
            self.portal.tell(self.practice);
        }
        Ok(response)
    }
}
