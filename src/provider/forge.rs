//! The model hosted by Atlassian (Forge LLM): what `@forge/llm` sends, for the platform to carry.
//! It has no form for schemas and no embeddings: a schema goes into the prompt.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::classify::{self, Family};
use super::openai::{Content, Message, role};
use super::registry::registry;
use super::reply::{self, Form};
use super::schema::{self, Asked};
use super::{BuildProblem, Code, Completion, Finish, Method, ModelError, Prompt, Request, Route, Usage};

/// The address that the platform's transport knows; nothing on the network has this name.
const BASE: &str = "https://llm";

pub(super) fn build(route: &Route, prompt: &Prompt) -> Result<Request, BuildProblem> {
    prompt.check()?;
    let asked = Asked::of(prompt.schema.as_ref(), registry().rules(route), schema::strict)?;
    let (_, system) = Asked::beside(asked, prompt.system.as_deref());
    let standing = system.as_deref().map(|content| Message { role: "system", content });
    let said = prompt.messages.iter().map(|message| Message { role: role(message.role), content: &message.text });
    let body = Body {
        messages: standing.into_iter().chain(said).collect(),
        max_completion_tokens: prompt.max_output_tokens,
        stream: false,
    };
    let body = serde_json::to_string(&body).map_err(|_| BuildProblem::Schema)?;
    Ok(Request {
        method: Method::Post,
        url: format!("{BASE}/{}", route.model()),
        headers: Vec::new(),
        body: Some(body),
    })
}

/// Which models the installation may use.
pub(super) fn list() -> Request {
    Request { method: Method::Get, url: BASE.to_owned(), headers: Vec::new(), body: None }
}

/// Whether a list of models has this one, and still offers it.
pub(super) fn lists(route: &Route, body: &str) -> Option<bool> {
    let list: List = serde_json::from_str(body).ok()?;
    let is_this = |listed: &Listed| listed.model == route.model() && listed.status.as_deref() != Some("retired");
    Some(list.models.iter().any(is_this))
}

pub(super) fn read(headers: &[(String, String)], body: &str) -> Result<Completion, ModelError> {
    let reply: Reply = reply::parse(Form::Chat, body)?;
    if let Some(error) = reply.error {
        return Err(classify::embedded(Family::Forge, headers, &error));
    }
    let choices = reply.choices.ok_or(ModelError::of(Code::Malformed))?;
    let choice = choices.into_iter().next().ok_or(ModelError::of(Code::Malformed).retryable(true))?;
    let usage = reply.usage.unwrap_or_default();
    let usage = Usage {
        input_tokens: usage.input_tokens.or(usage.prompt_tokens).unwrap_or_default(),
        output_tokens: usage.output_tokens.or(usage.completion_tokens).unwrap_or_default(),
    };
    let finish = match choice.finish_reason.as_deref() {
        Some("length" | "max_tokens" | "model_context_window_exceeded") => Finish::Length,
        Some("refusal") => Finish::Refused,
        Some("content_filter" | "guardrail_intervened") => Finish::Filtered,
        Some("pause_turn") => return Err(ModelError::of(Code::Malformed).retryable(true)),
        None | Some(_) => Finish::Stop,
    };
    Ok(Completion { text: choice.message.content.map(Content::text).unwrap_or_default(), finish, usage })
}

#[derive(Serialize)]
struct Body<'a> {
    messages: Vec<Message<'a>>,
    max_completion_tokens: u32,
    stream: bool,
}

#[derive(Deserialize)]
struct Reply {
    choices: Option<Vec<Choice>>,
    usage: Option<Counted>,
    error: Option<Value>,
}

#[derive(Deserialize)]
struct Choice {
    finish_reason: Option<String>,
    message: Answer,
}

#[derive(Deserialize)]
struct Answer {
    content: Option<Content>,
}

/// The SDK names input and output; a stream folded here keeps the names it came with.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Counted {
    input_tokens: Option<u64>,
    output_tokens: Option<u64>,
    prompt_tokens: Option<u64>,
    completion_tokens: Option<u64>,
}

#[derive(Deserialize)]
struct List {
    models: Vec<Listed>,
}

#[derive(Deserialize)]
struct Listed {
    model: String,
    status: Option<String>,
}
