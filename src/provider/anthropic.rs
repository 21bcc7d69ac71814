//! Anthropic's messages: the request and the answer, on its own API and, with another frame, on Vertex AI.
//! It sends no sampling parameter: the API version of 2026-10-21 refuses them, even with their default values.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::classify::{self, Family};
use super::openai::{Message, role};
use super::registry::{ANTHROPIC_HOST, Rules, registry};
use super::reply::{self, Form};
use super::schema::{self, Asked};
use super::{BuildProblem, Code, Completion, Credential, Finish, ModelError, Prompt, Request, Route, Usage, vertex};

pub(super) fn build(route: &Route, credential: &Credential, prompt: &Prompt) -> Result<Request, BuildProblem> {
    let frame = Frame::Own { model: route.model(), max_tokens: prompt.max_output_tokens };
    Ok(post(MESSAGES, credential, body(route, prompt, frame)?))
}

/// The same on Vertex AI: the model is in the URL, the version in the body.
pub(super) fn build_on_vertex(
    route: &Route,
    credential: &Credential,
    prompt: &Prompt,
) -> Result<Request, BuildProblem> {
    let frame = Frame::Vertex { anthropic_version: VERSION_ON_VERTEX, max_tokens: prompt.max_output_tokens };
    Ok(Request::post_json(vertex::url(route, "rawPredict"), vertex::auth(credential)?, body(route, prompt, frame)?))
}

/// Counts the tokens of a prompt, which is free. On Vertex AI the counter is a model of its own.
pub(super) fn count(route: &Route, credential: &Credential, prompt: &Prompt) -> Result<Request, BuildProblem> {
    if route.project().is_none() {
        return Ok(post(COUNT, credential, body(route, prompt, Frame::Count { model: route.model() })?));
    }
    let frame = Frame::CountOnVertex { anthropic_version: VERSION_ON_VERTEX, model: route.model() };
    let url = vertex::url_of(route, "count-tokens", "rawPredict");
    Ok(Request::post_json(url, vertex::auth(credential)?, body(route, prompt, frame)?))
}

fn post(path: &str, credential: &Credential, body: String) -> Request {
    Request::post_json(format!("https://{ANTHROPIC_HOST}{path}"), credential.bearer(), body)
        .with_header("anthropic-version", VERSION)
}

fn body(route: &Route, prompt: &Prompt, frame: Frame<'_>) -> Result<String, BuildProblem> {
    prompt.check()?;
    let rules = registry().rules(route);
    let asked = Asked::of(prompt.schema.as_ref(), rules, schema::for_claude)?;
    let (native, system) = Asked::beside(asked, prompt.system.as_deref());
    let said = prompt.messages.iter().map(|message| Message { role: role(message.role), content: &message.text });
    let body = Body {
        frame,
        // An empty text is refused.
        system: system.as_deref().filter(|text| !text.is_empty()),
        messages: said.collect(),
        thinking: rules.thinking.map(|kind| Thinking { kind }),
        output_config: output(rules, native),
    };
    serde_json::to_string(&body).map_err(|_| BuildProblem::Schema)
}

fn output(rules: Rules, schema: Option<Value>) -> Option<OutputConfig> {
    let format = schema.map(|schema| json!({ "type": "json_schema", "schema": schema }));
    (rules.effort.is_some() || format.is_some()).then_some(OutputConfig { effort: rules.effort, format })
}

pub(super) fn read(headers: &[(String, String)], body: &str) -> Result<Completion, ModelError> {
    let reply: Reply = reply::parse(Form::Messages, body)?;
    if let Some(error) = reply.error {
        return Err(classify::embedded(Family::Anthropic, headers, &error));
    }
    let blocks = reply.content.ok_or(ModelError::of(Code::Malformed))?;
    // Thinking and the calls of tools are blocks of other types.
    let text = blocks.into_iter().filter(|block| block.kind == "text").filter_map(|block| block.text).collect();
    let usage = reply.usage.unwrap_or_default().into();
    let finish = match reply.stop_reason.as_deref() {
        None | Some("end_turn" | "stop_sequence" | "tool_use") => Finish::Stop,
        Some("max_tokens" | "model_context_window_exceeded") => Finish::Length,
        Some("refusal") => Finish::Refused,
        // `pause_turn` and what is new: the turn is not over, and the same request may be sent again.
        Some(_) => return Err(ModelError::of(Code::Malformed).retryable(true)),
    };
    Ok(Completion { text, finish, usage })
}

#[derive(Serialize)]
struct Body<'a> {
    #[serde(flatten)]
    frame: Frame<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    system: Option<&'a str>,
    messages: Vec<Message<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    thinking: Option<Thinking>,
    #[serde(skip_serializing_if = "Option::is_none")]
    output_config: Option<OutputConfig>,
}

/// What each operation has of its own.
#[derive(Serialize)]
#[serde(untagged)]
enum Frame<'a> {
    Own { model: &'a str, max_tokens: u32 },
    Vertex { anthropic_version: &'static str, max_tokens: u32 },
    Count { model: &'a str },
    CountOnVertex { anthropic_version: &'static str, model: &'a str },
}

#[derive(Serialize)]
struct Thinking {
    #[serde(rename = "type")]
    kind: &'static str,
}

#[derive(Serialize)]
struct OutputConfig {
    #[serde(skip_serializing_if = "Option::is_none")]
    effort: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    format: Option<Value>,
}

#[derive(Deserialize)]
struct Reply {
    content: Option<Vec<Block>>,
    stop_reason: Option<String>,
    usage: Option<Counted>,
    error: Option<Value>,
}

#[derive(Deserialize)]
struct Block {
    #[serde(rename = "type", default)]
    kind: String,
    text: Option<String>,
}

/// `input_tokens` leaves out what was written to or read from a cache.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Counted {
    input_tokens: Option<u64>,
    cache_creation_input_tokens: Option<u64>,
    cache_read_input_tokens: Option<u64>,
    output_tokens: Option<u64>,
}

impl From<Counted> for Usage {
    fn from(counted: Counted) -> Self {
        let cached = [counted.cache_creation_input_tokens, counted.cache_read_input_tokens];
        Self {
            input_tokens: cached
                .into_iter()
                .flatten()
                .fold(counted.input_tokens.unwrap_or_default(), u64::saturating_add),
            output_tokens: counted.output_tokens.unwrap_or_default(),
        }
    }
}

const MESSAGES: &str = "/v1/messages";
const COUNT: &str = "/v1/messages/count_tokens";
const VERSION: &str = "2026-10-21";
/// As Anthropic's own library for Vertex AI sends it.
const VERSION_ON_VERTEX: &str = "2026-10-21";
