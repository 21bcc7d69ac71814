//! What a model answered, in one form for every provider.
//! It does not judge the text.

/// A readable answer.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Completion {
    /// The text, without the model's thoughts. May be empty.
    pub text: String,
    /// How it ended.
    pub finish: Finish,
    /// What it cost.
    pub usage: Usage,
}

/// How an answer ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Finish {
    /// The model was done.
    Stop,
    /// A limit cut it.
    Length,
    /// The model's own no.
    Refused,
    /// The provider's filter.
    Filtered,
}

impl Finish {
    /// The name on the wire.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Stop => "stop",
            Self::Length => "length",
            Self::Refused => "refused",
            Self::Filtered => "filtered",
        }
    }
}

/// Tokens as the provider counted them; zero where it did not say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Usage {
    /// Tokens read.
    pub input_tokens: u64,
    /// Tokens written and billed, thinking included.
    pub output_tokens: u64,
}

impl Completion {
    /// An answer that the provider's filter took away.
    pub(super) fn filtered(usage: Usage) -> Self {
        Self { text: String::new(), finish: Finish::Filtered, usage }
    }
}
