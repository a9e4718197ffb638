//! How an element is written: fields in FHIR's spelling, the empty ones left out.

/// Whether a field says nothing.
pub trait Empty {
    /// Nothing to write.
    fn is_empty(&self) -> bool;
}

impl<T> Empty for Option<T> {
    fn is_empty(&self) -> bool {
        self.is_none()
    }
}

impl<T> Empty for Vec<T> {
    fn is_empty(&self) -> bool {
        Vec::is_empty(self)
    }
}

impl Empty for String {
    fn is_empty(&self) -> bool {
        String::is_empty(self)
    }
}

/// Declares elements: public fields, documented once by FHIR's own specification, none required by construction.
macro_rules! elements {
    ($($(#[$doc:meta])* $name:ident { $($(#[$attribute:meta])* $field:ident: $type:ty),* $(,)? })*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
            #[serde(rename_all = "camelCase", default)]
            #[expect(missing_docs, reason = "the fields are FHIR's own")]
            pub struct $name {
                $($(#[$attribute])* #[serde(skip_serializing_if = "crate::export::Empty::is_empty")] pub $field: $type,)*
            }
        )*
    };
}
