//! `POST /responses`: body and answer.
//! It never lets the provider store: this API does so unless told otherwise.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::chat::{Message, role};
use super::tuning;
use crate::provider::classify::{self, Family};
use crate::provider::registry::Rules;
use crate::provider::reply::{self, Form};
use crate::provider::schema::{self, Asked};
use crate::provider::{BuildProblem, Code, Completion, Finish, ModelError, Prompt, Role, Route, Usage};

pub(super) fn body(route: &Route, rules: Rules, prompt: &Prompt) -> Result<String, BuildProblem> {
    let (temperature, effort) = tuning(rules, prompt.temperature);
    let (native, system) =
        Asked::beside(Asked::of(prompt.schema.as_ref(), rules, schema::strict)?, prompt.system.as_deref());
    let text = prompt.schema.as_ref().zip(native).map(|(wanted, strict)| {
        let name = schema::name(wanted)?;
        Ok(json!({ "format": { "type": "json_schema", "name": name, "strict": true, "schema": strict } }))
    });
    let body = Body {
        model: route.model(),
        instructions: system.as_deref(),
        input: input(prompt),
        max_output_tokens: prompt.max_output_tokens.max(LEAST_TOKENS),
        store: rules.store.then_some(false),
        temperature,
        reasoning: effort.map(|effort| Reasoning { effort }),
        text: text.transpose()?,
    };
    serde_json::to_string(&body).map_err(|_| BuildProblem::Schema)
}

/// One user message is sent as plain text, as the official library does; a conversation as a list.
pub(in crate::provider) fn input(prompt: &Prompt) -> Input<'_> {
    match prompt.messages.as_slice() {
        [only] if only.role == Role::User => Input::Text(&only.text),
        messages => Input::Messages(
            messages.iter().map(|message| Message { role: role(message.role), content: &message.text }).collect(),
        ),
    }
}

pub(super) fn read(headers: &[(String, String)], body: &str) -> Result<Completion, ModelError> {
    let reply: Reply = reply::parse(Form::Responses, body)?;
    if let Some(error) = reply.error {
        return classify::embedded_or_filtered(Family::OpenAi, headers, &error);
    }
    if reply.output.is_none() {
        return Err(ModelError::of(Code::Malformed));
    }
    let usage = reply.usage.unwrap_or_default();
    let usage = Usage { input_tokens: usage.input_tokens, output_tokens: usage.output_tokens };
    let parts = || reply.output.iter().flatten().filter(|item| item.kind == "message").flat_map(|item| &item.content);
    let text: String =
        parts().filter(|part| part.kind == "output_text").filter_map(|part| part.text.as_deref()).collect();
    let refused = parts().any(|part| part.kind == "refusal");
    let cut = reply.incomplete_details.and_then(|details| details.reason);
    let finish = match (reply.status.as_deref(), cut.as_deref()) {
        (Some("incomplete"), Some("content_filter")) => Finish::Filtered,
        (Some("incomplete"), _) => Finish::Length,
        (Some("failed" | "cancelled"), _) => return Err(ModelError::of(Code::Server)),
        // We never ask for an answer in the background.
        (Some("in_progress" | "queued"), _) => return Err(ModelError::of(Code::Malformed)),
        _ if refused => Finish::Refused,
        _ => Finish::Stop,
    };
    Ok(Completion { text, finish, usage })
}

/// Below this the API refuses; an answer that is longer than asked for is better than none.
const LEAST_TOKENS: u32 = 16;

#[derive(Serialize)]
struct Body<'a> {
    model: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    instructions: Option<&'a str>,
    input: Input<'a>,
    max_output_tokens: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    store: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    temperature: Option<f32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reasoning: Option<Reasoning>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<Value>,
}

#[derive(Serialize)]
#[serde(untagged)]
pub(in crate::provider) enum Input<'a> {
    Text(&'a str),
    Messages(Vec<Message<'a>>),
}

#[derive(Serialize)]
struct Reasoning {
    effort: &'static str,
}

#[derive(Deserialize)]
struct Reply {
    output: Option<Vec<OutputItem>>,
    error: Option<Value>,
    status: Option<String>,
    incomplete_details: Option<Incomplete>,
    usage: Option<Counted>,
}

#[derive(Deserialize)]
struct OutputItem {
    #[serde(rename = "type", default)]
    kind: String,
    #[serde(default, deserialize_with = "parts")]
    content: Vec<Part>,
}

#[derive(Deserialize)]
struct Part {
    #[serde(rename = "type", default)]
    kind: String,
    text: Option<String>,
}

/// Items that are no messages may have no content, null, or content of another form.
fn parts<'de, D: serde::Deserializer<'de>>(input: D) -> Result<Vec<Part>, D::Error> {
    let value = Value::deserialize(input)?;
    Ok(serde_json::from_value(value).unwrap_or_default())
}

#[derive(Deserialize)]
struct Incomplete {
    reason: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Counted {
    input_tokens: u64,
    output_tokens: u64,
}
