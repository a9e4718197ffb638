//! Data types.

use uuid::Uuid;

use super::{text, urn};

elements! {
    /// A code of a system.
    Coding { system: String, code: String, display: String }
    /// A concept: codes, or words alone.
    CodeableConcept { coding: Vec<Coding>, text: String }
    /// An identifier.
    Identifier {
        r#use: String, r#type: Option<CodeableConcept>, system: String, value: String, assigner: Option<Reference>,
    }
    /// Another resource of the bundle, or somebody by name.
    Reference { reference: String, r#type: String, display: String }
    /// A name.
    HumanName { r#use: String, text: String, family: String, given: Vec<String> }
    /// A phone or an e-mail.
    ContactPoint { system: String, value: String, r#use: String }
    /// An address.
    Address { r#use: String, text: String, line: Vec<String>, city: String, postal_code: String, country: String }
    /// From when to when.
    Period { start: String, end: String }
    /// A measured quantity.
    Quantity { value: Option<f64>, comparator: String, unit: String, system: String, code: String }
    /// A duration.
    Duration { value: Option<f64>, unit: String, system: String, code: String }
    /// A remark.
    Annotation { author_string: String, time: String, text: String }
    /// A file, or where it lies beside the bundle.
    Attachment {
        content_type: String, language: String, data: String, url: String, size: Option<u64>, title: String, creation: String,
    }
    /// Something that FHIR itself has no field for.
    Extension { url: String, value_address: Option<Address>, value_string: String }
    /// What is said of a resource itself.
    Meta { last_updated: String, version_id: String }
}

impl Coding {
    /// A code with its meaning.
    #[must_use]
    pub fn new(system: &str, code: &str, display: &str) -> Self {
        Self { system: system.to_owned(), code: code.to_owned(), display: display.to_owned() }
    }
}

impl CodeableConcept {
    /// Words alone; none where there are none.
    #[must_use]
    pub fn words(words: &str) -> Option<Self> {
        let text = text(words);
        (!text.is_empty()).then(|| Self { coding: Vec::new(), text })
    }

    /// A code, with the words that were used.
    #[must_use]
    pub fn coded(coding: Coding, words: &str) -> Self {
        Self { coding: vec![coding], text: text(words) }
    }
}

impl Reference {
    /// A resource of the bundle.
    #[must_use]
    pub fn to(id: Uuid, display: &str) -> Self {
        Self { reference: urn(id), r#type: String::new(), display: text(display) }
    }

    /// Somebody by name alone; none where they have none.
    #[must_use]
    pub fn named(display: &str) -> Option<Self> {
        let display = text(display);
        (!display.is_empty()).then(|| Self { display, ..Self::default() })
    }
}
