//! What a model is asked: system text, messages, the schema of the answer, limits.
//! It masks nothing: an adapter takes only a `Masked<Prompt>`, and that is made from masked parts.

use serde_json::Value;

use super::BuildProblem;
#[cfg(test)]
use crate::privacy::{KindSet, Masked, Masker};

/// The whole request in our words.
pub struct Prompt {
    /// Standing instructions.
    pub system: Option<String>,
    /// The conversation, oldest first.
    pub messages: Vec<Message>,
    /// The form the answer must have.
    pub schema: Option<Schema>,
    /// The most tokens the model may write, thinking included.
    pub max_output_tokens: u32,
    /// Left out unless someone asked for it, and sent only to models that take it.
    pub temperature: Option<f32>,
}

/// One message of the conversation.
pub struct Message {
    /// Who speaks.
    pub role: Role,
    /// What is said.
    pub text: String,
}

/// Who speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Our side.
    User,
    /// The model.
    Assistant,
}

/// A named JSON schema.
#[derive(Clone, Debug, PartialEq)]
pub struct Schema {
    /// Letters, digits, `-` and `_`, at most 64: what every provider takes.
    pub name: String,
    /// The schema, an object.
    pub schema: Value,
}

impl Prompt {
    /// What no provider answers.
    pub(super) fn check(&self) -> Result<(), BuildProblem> {
        if self.messages.is_empty() {
            return Err(BuildProblem::NoMessage);
        }
        if self.max_output_tokens == 0 { Err(BuildProblem::OutputTokens) } else { Ok(()) }
    }

    /// A prompt of a test, which has nothing to mask.
    #[cfg(test)]
    pub(super) fn of_test(typed: &Prompt) -> Masked<Prompt> {
        let mut as_it_is = Masker::new(&[], KindSet::NONE);
        let system = typed.system.as_deref().map(|text| as_it_is.mask(text));
        let texts: Vec<_> = typed.messages.iter().map(|message| as_it_is.mask(&message.text)).collect();
        let ours: Vec<bool> = typed.messages.iter().map(|message| message.role == Role::User).collect();
        let schema = typed
            .schema
            .as_ref()
            .map(|schema| (as_it_is.mask(&schema.name), as_it_is.mask(&schema.schema.to_string())));
        let limits = (typed.max_output_tokens, typed.temperature);
        Masked::compose((system, texts, ours, schema, limits), |(system, texts, ours, schema, limits)| Prompt {
            system: system.map(|text| text.as_ref().clone()),
            messages: texts
                .iter()
                .zip(ours)
                .map(|(text, ours)| Message {
                    role: if ours { Role::User } else { Role::Assistant },
                    text: text.as_ref().clone(),
                })
                .collect(),
            schema: schema.map(|(name, schema)| Schema {
                name: name.as_ref().clone(),
                schema: serde_json::from_str(schema.as_ref()).unwrap_or_default(),
            }),
            max_output_tokens: limits.0,
            temperature: limits.1,
        })
    }
}
