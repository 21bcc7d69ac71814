//! What a step gives back.

use serde::Serialize;
use serde_json::{Map, Value};

use super::{Effect, Fault, Refusal};
use crate::audit::LogLine;

/// One step's result: what to do next, and perhaps the answer.
#[derive(Debug, Serialize)]
pub struct Reply {
    /// Effects to perform, concurrently.
    pub effects: Vec<Effect>,
    /// The answer; after it the conversation is over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answer>,
    /// Codes, ids and counts for the log.
    pub log: Vec<LogLine>,
}

/// The end of a conversation.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Answer {
    /// Done.
    Ok {
        /// What the page shows.
        view: Value,
    },
    /// A policy said no; nothing was changed that the view of the job does not show.
    Refused {
        /// Which rule.
        code: Refusal,
        /// Numbers and field names the sentence needs.
        #[serde(skip_serializing_if = "Params::is_empty")]
        params: Params,
    },
    /// A command line that cannot be answered (`quillgate` command only).
    Rejected {
        /// Stable code.
        code: &'static str,
        /// Our words; names fields, echoes nothing.
        message: String,
    },
    /// What should not happen.
    Fault {
        /// Stable code.
        code: Fault,
    },
}

/// Parameters of a refusal: our own field names and numbers, never text that came in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Params(Map<String, Value>);

impl Params {
    /// No parameters.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// The name of one of our own fields.
    #[must_use]
    pub fn field(name: &'static str) -> Self {
        Self::none().with_word("field", name)
    }

    /// Adds one of our own words.
    #[must_use]
    pub fn with_word(mut self, name: &'static str, word: &'static str) -> Self {
        self.0.insert(name.to_owned(), Value::from(word));
        self
    }

    /// Adds a number.
    #[must_use]
    pub fn with_number(mut self, name: &'static str, number: u64) -> Self {
        self.0.insert(name.to_owned(), Value::from(number));
        self
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
