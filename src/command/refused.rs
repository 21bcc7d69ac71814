//! The answer to a line that cannot be answered.
//! It never echoes what the line held.

use crate::content::Malformed;
use serde::Serialize;

/// Why a line has no answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refused {
    /// The stable code.
    pub code: &'static str,
    /// Names our fields, in our words.
    pub message: String,
}

impl Refused {
    /// A field that is missing, unknown or out of range.
    #[must_use]
    pub fn bad_input(message: &str) -> Self {
        Self {
            code: "bad-input",
            message: message.to_owned(),
        }
    }
}

impl From<Malformed> for Refused {
    fn from(why: Malformed) -> Self {
        Self {
            code: why.code(),
            message: why.to_string(),
        }
    }
}
