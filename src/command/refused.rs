//! A line that cannot be answered: a stable code and our own words, never an echo of what came in.

use crate::content::Malformed;

/// Why a line was not answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The stable code.
    pub code: &'static str,
    /// Names our fields, echoes nothing.
    pub message: String,
}

impl Refused {
    /// A field that is missing, unknown or out of range.
    #[must_use]
    pub fn bad_input(message: &str) -> Self {
        Refused { code: "bad-input", message: message.to_owned() }
    }
}

impl From<Malformed> for Refused {
    fn from(why: Malformed) -> Self {
        Refused { code: why.code(), message: why.to_string() }
    }
}

impl From<crate::command::vault::VaultRefusal> for Refused {
    fn from(refusal: crate::command::vault::VaultRefusal) -> Self {
        Refused { code: refusal.code(), message: refusal.message().to_owned() }
    }
}

impl From<crate::command::privacy::PrivacyRefusal> for Refused {
    fn from(refusal: crate::command::privacy::PrivacyRefusal) -> Self {
        Refused { code: refusal.code(), message: refusal.message().to_owned() }
    }
}

impl From<crate::command::provider::ProviderRefusal> for Refused {
    fn from(refusal: crate::command::provider::ProviderRefusal) -> Self {
        Refused { code: refusal.code(), message: refusal.message().to_owned() }
    }
}

impl From<crate::command::check::CheckRefusal> for Refused {
    fn from(refusal: crate::command::check::CheckRefusal) -> Self {
        Refused { code: refusal.code(), message: refusal.message().to_owned() }
    }
}

/// A line that has not the verb's form. The decoder's own message would echo values; ours names what is wrong.
#[must_use]
pub fn unreadable_line(error: &serde_json::Error) -> Refused {
    Refused { code: "bad-input", message: field_message(&error.to_string()) }
}

/// The decoder quotes field names in backquotes; those of ours are kept, everything else is dropped.
fn field_message(message: &str) -> String {
    let field = message.split('`').nth(1).filter(|name| FIELDS.contains(name));
    match (field, message.starts_with("missing field"), message.starts_with("unknown field")) {
        (Some(name), true, _) => format!("field \"{name}\" is missing"),
        (_, _, true) => "the line has a field that this verb does not know".to_owned(),
        _ => "the line has not the form of this verb".to_owned(),
    }
}

const FIELDS: &[&str] = &[
    "about",
    "after",
    "before",
    "body",
    "context",
    "credential",
    "edits",
    "endpoint",
    "envelope",
    "excerpts",
    "format",
    "headers",
    "id",
    "key",
    "kind",
    "markdown",
    "adf",
    "modelOutput",
    "plaintext",
    "prompt",
    "provider",
    "model",
    "record",
    "ref",
    "route",
    "sources",
    "status",
    "tenant",
    "text",
    "tokens",
    "useCase",
    "version",
    "class",
    "query",
    "title",
    "container",
];
