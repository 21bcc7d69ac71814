//! `POST /chat/completions`: the body for OpenAI, and the answer of everyone who speaks this form.
//! It chooses no URL and no key.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::tuning;
use crate::provider::classify::{self, Family};
use crate::provider::registry::{Rules, TokenLimit};
use crate::provider::reply::{self, Form};
use crate::provider::schema::{self, Asked};
use crate::provider::{BuildProblem, Code, Completion, Finish, ModelError, Prompt, Role, Route, Schema, Usage};

pub(super) fn body(route: &Route, rules: Rules, prompt: &Prompt) -> Result<String, BuildProblem> {
    let (temperature, reasoning_effort) = tuning(rules, prompt.temperature);
    let (native, system) =
        Asked::beside(Asked::of(prompt.schema.as_ref(), rules, schema::strict)?, prompt.system.as_deref());
    let standing = if rules.reasoning { "developer" } else { "system" };
    let system = system.as_deref().map(|content| Message { role: standing, content });
    let said = prompt.messages.iter().map(|message| Message { role: role(message.role), content: &message.text });
    let limit = |name: TokenLimit| Some(prompt.max_output_tokens).filter(|_| rules.token_limit == name);
    let body = Body {
        model: route.model(),
        messages: system.into_iter().chain(said).collect(),
        max_completion_tokens: limit(TokenLimit::MaxCompletionTokens),
        max_tokens: limit(TokenLimit::MaxTokens),
        reasoning_effort,
        temperature,
        store: rules.store.then_some(false),
        response_format: prompt.schema.as_ref().zip(native).map(response_format).transpose()?,
    };
    serde_json::to_string(&body).map_err(|_| BuildProblem::Schema)
}

/// The `response_format` of a strict schema.
pub(in crate::provider) fn response_format((wanted, strict): (&Schema, Value)) -> Result<Value, BuildProblem> {
    let name = schema::name(wanted)?;
    Ok(json!({ "type": "json_schema", "json_schema": { "name": name, "strict": true, "schema": strict } }))
}

pub(in crate::provider) fn role(role: Role) -> &'static str {
    match role {
        Role::User => "user",
        Role::Assistant => "assistant",
    }
}

pub(super) fn read(headers: &[(String, String)], body: &str) -> Result<Completion, ModelError> {
    let reply: Reply = reply::parse(Form::Chat, body)?;
    if let Some(error) = reply.error {
        return classify::embedded_or_filtered(Family::OpenAi, headers, &error);
    }
    let usage = reply.usage.unwrap_or_default();
    let usage = Usage { input_tokens: usage.prompt_tokens, output_tokens: usage.completion_tokens };
    let choices = reply.choices.ok_or(ModelError::of(Code::Malformed))?;
    let choice = choices.into_iter().next().ok_or(ModelError::of(Code::Malformed).retryable(true))?;
    let text = choice.message.content.map(Content::text).or(choice.text).unwrap_or_default();
    let finish = match choice.finish_reason.as_deref() {
        Some("length" | "max_tokens") => Finish::Length,
        Some("content_filter") => Finish::Filtered,
        // A refusal is said in a field of its own, with status 200 and the usual finish reason.
        _ if choice.message.refusal.is_some_and(|refusal| !refusal.is_empty()) => Finish::Refused,
        None
        | Some("stop" | "tool_calls" | "function_call" | "eos" | "end_turn" | "eos_token" | "stop_sequence" | "") => {
            Finish::Stop
        }
        Some(_) => Finish::Stop,
    };
    Ok(Completion { text, finish, usage })
}

#[derive(Serialize)]
struct Body<'a> {
    model: &'a str,
    messages: Vec<Message<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_completion_tokens: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_tokens: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reasoning_effort: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    temperature: Option<f32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    store: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    response_format: Option<Value>,
}

#[derive(Serialize)]
pub(in crate::provider) struct Message<'a> {
    pub(in crate::provider) role: &'static str,
    pub(in crate::provider) content: &'a str,
}

#[derive(Deserialize)]
struct Reply {
    choices: Option<Vec<Choice>>,
    usage: Option<Counted>,
    error: Option<Value>,
}

/// The older completions have a `text` in place of a `message`.
#[derive(Deserialize)]
struct Choice {
    #[serde(default)]
    message: Answer,
    text: Option<String>,
    finish_reason: Option<String>,
}

#[derive(Default, Deserialize)]
struct Answer {
    content: Option<Content>,
    refusal: Option<String>,
}

/// Some servers answer with a list of parts, as requests may have them.
#[derive(Deserialize)]
#[serde(untagged)]
pub(in crate::provider) enum Content {
    Text(String),
    Parts(Vec<Part>),
}

#[derive(Deserialize)]
pub(in crate::provider) struct Part {
    #[serde(rename = "type")]
    kind: Option<String>,
    text: Option<String>,
}

impl Content {
    pub(in crate::provider) fn text(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Parts(parts) => {
                let spoken = |part: &Part| matches!(part.kind.as_deref(), None | Some("text" | "output_text"));
                parts.into_iter().filter(spoken).filter_map(|part| part.text).collect()
            }
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Counted {
    #[serde(deserialize_with = "or_zero")]
    prompt_tokens: u64,
    #[serde(deserialize_with = "or_zero")]
    completion_tokens: u64,
}

fn or_zero<'de, D: serde::Deserializer<'de>>(input: D) -> Result<u64, D::Error> {
    Ok(Option::<u64>::deserialize(input)?.unwrap_or_default())
}
