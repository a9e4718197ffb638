//! What is held about a person's own say over their data: consents to purposes, requests, limitations, directives.

use serde::{Deserialize, Serialize};

/// A consent to a purpose, to the words that were shown.
#[cfg_attr(test, derive(Debug))]
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreement {
    /// Identifier.
    pub id: String,
    /// To what, in French.
    pub purpose_fr: String,
    /// In Arabic.
    pub purpose_ar: String,
    /// In English.
    pub purpose_en: String,
    /// Which version of the words.
    pub text_version: i64,
    /// The language in which they were shown.
    pub language: String,
    /// The words.
    pub text: String,
    /// Who gave it in their place, or empty.
    pub given_by: String,
    /// That person's relation, or empty.
    pub relation: String,
    /// When.
    pub given_on: String,
    /// How: `spoken`, `written`, `electronic`.
    pub way: String,
    /// When it was noted.
    pub noted_at: String,
    /// By whom.
    pub noted_by: String,
    /// When it was withdrawn.
    pub withdrawn_on: Option<String>,
    /// How, or empty.
    pub withdrawn_way: String,
}

/// A request.
#[cfg_attr(test, derive(Debug))]
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataRequest {
    /// Identifier.
    pub id: String,
    /// Kind.
    pub kind: String,
    /// By the person, or in their place.
    pub by_whom: String,
    /// How it came.
    pub way: String,
    /// What was asked.
    pub content: String,
    /// When.
    pub received_on: String,
    /// By when it is answered.
    pub due_on: String,
    /// What came of it, or empty.
    pub outcome: String,
    /// On which ground it was refused, or empty.
    pub ground: String,
    /// When it was closed.
    pub closed_on: Option<String>,
}

/// A limitation, an objection or a hold.
#[cfg_attr(test, derive(Debug))]
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restriction {
    /// Identifier.
    pub id: String,
    /// Kind.
    pub kind: String,
    /// What it stops.
    pub scope: String,
    /// Why.
    pub reason: String,
    /// Since when.
    pub since: String,
    /// When it was lifted.
    pub lifted_on: Option<String>,
}

/// A directive about the data after death.
#[cfg_attr(test, derive(Debug))]
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Directive {
    /// Identifier.
    pub id: String,
    /// `erase`, `keep`, `hand_over`.
    pub wish: String,
    /// Whom the person designated.
    pub designee: String,
    /// In their words.
    pub words: String,
    /// When.
    pub given_on: String,
    /// When it was revoked.
    pub revoked_on: Option<String>,
}
