//! `POST /chat/completions`: the body for OpenAI, and the answer of everyone who speaks this form.
//! It chooses no URL and no key.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::tuning;
use crate::provider::classify::{self, Family};
use crate::provider::registry::Rules;
use crate::provider::{BuildProblem, Code, Completion, Finish, ModelError, Prompt, Role, Route, Schema, Usage, schema};

pub(super) fn body(route: &Route, rules: Rules, prompt: &Prompt) -> Result<String, BuildProblem> {
    let (temperature, reasoning_effort) = tuning(rules, prompt.temperature);
    let standing = if rules.reasoning { "developer" } else { "system" };
    let system = prompt.system.as_deref().map(|content| Message { role: standing, content });
    let said = prompt.messages.iter().map(|message| Message { role: role(message.role), content: &message.text });
    let body = Body {
        model: route.model(),
        messages: system.into_iter().chain(said).collect(),
        max_completion_tokens: prompt.max_output_tokens,
        reasoning_effort,
        temperature,
        store: false,
        response_format: prompt.schema.as_ref().map(response_format).transpose()?,
    };
    serde_json::to_string(&body).map_err(|_| BuildProblem::Schema)
}

/// The `response_format` of a strict schema.
pub(in crate::provider) fn response_format(wanted: &Schema) -> Result<Value, BuildProblem> {
    let strict = schema::strict(&wanted.schema)?;
    let name = schema::name(wanted)?;
    Ok(json!({ "type": "json_schema", "json_schema": { "name": name, "strict": true, "schema": strict } }))
}

pub(in crate::provider) fn role(role: Role) -> &'static str {
    match role {
        Role::User => "user",
        Role::Assistant => "assistant",
    }
}

pub(super) fn read(status: u16, headers: &[(String, String)], body: &str) -> Result<Completion, ModelError> {
    if !(200..300).contains(&status) {
        return classify::completion_or_error(Family::OpenAi, status, headers, body);
    }
    let value: Value = serde_json::from_str(body).map_err(|_| ModelError::of(Code::Malformed).retryable(true))?;
    if value.get("error").is_some_and(|error| !error.is_null()) {
        return classify::embedded_or_filtered(Family::OpenAi, headers, &value);
    }
    let reply: Reply = serde_json::from_value(value).map_err(|_| ModelError::of(Code::Malformed))?;
    let usage = reply.usage.unwrap_or_default();
    let usage = Usage { input_tokens: usage.prompt_tokens, output_tokens: usage.completion_tokens };
    let choice = reply.choices.into_iter().next().ok_or(ModelError::of(Code::Malformed).retryable(true))?;
    let text = choice.message.content.map(Content::text).unwrap_or_default();
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
    max_completion_tokens: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    reasoning_effort: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    temperature: Option<f32>,
    store: bool,
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
    choices: Vec<Choice>,
    usage: Option<Counted>,
}

#[derive(Deserialize)]
struct Choice {
    message: Answer,
    finish_reason: Option<String>,
}

#[derive(Deserialize)]
struct Answer {
    content: Option<Content>,
    refusal: Option<String>,
}

/// Some servers answer with a list of parts, as requests may have them.
#[derive(Deserialize)]
#[serde(untagged)]
enum Content {
    Text(String),
    Parts(Vec<Part>),
}

#[derive(Deserialize)]
struct Part {
    #[serde(rename = "type")]
    kind: Option<String>,
    text: Option<String>,
}

impl Content {
    fn text(self) -> String {
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
