//! A successful answer's body, read into the form an adapter knows: JSON, or a stream folded into the same JSON.
//! It does not know what the answer means.
//!
//! We never ask for a stream; proxies and compatible servers send one all the same.

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::{Code, ModelError, stream};

/// The form of an answer; it decides how the pieces of a stream belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// OpenAI's chat completions, and whoever speaks them.
    Chat,
    /// OpenAI's responses.
    Responses,
    /// Anthropic's messages.
    Messages,
    /// Google's `generateContent`.
    Gemini,
}

/// Reads a body.
///
/// # Errors
/// `malformed`: worth another try when it broke off, not when it is another form.
pub(super) fn parse<T: DeserializeOwned>(form: Form, body: &str) -> Result<T, ModelError> {
    if stream::is_stream(body) {
        return whole(stream::fold(form, &stream::events(body))?);
    }
    match serde_json::from_str(body) {
        Ok(reply) => Ok(reply),
        Err(_) => unusual(form, body),
    }
}

/// What is not the expected object: an error of another form, a list of pieces, or pieces line by line.
fn unusual<T: DeserializeOwned>(form: Form, body: &str) -> Result<T, ModelError> {
    match serde_json::from_str(body) {
        Ok(Value::Array(pieces)) => whole(stream::fold(form, &stream::pieces(pieces))?),
        Ok(value) => match value.get("error") {
            Some(error) if !error.is_null() => whole(json!({ "error": error })),
            _ => Err(ModelError::of(Code::Malformed)),
        },
        Err(_) => {
            let lines = stream::lines(body).ok_or(BROKEN)?;
            whole(stream::fold(form, &lines)?)
        }
    }
}

fn whole<T: DeserializeOwned>(value: Value) -> Result<T, ModelError> {
    serde_json::from_value(value).map_err(|_| ModelError::of(Code::Malformed))
}

/// An answer that broke off.
pub(super) const BROKEN: ModelError =
    ModelError { code: Code::Malformed, retryable: true, retry_after_ms: None, hint: None, field: None };
