//! Any server that speaks chat completions at a customer's base URL: vLLM, Ollama, LM Studio, a regional cloud.
//! It sends only fields that all of them have known for years; the answer is read as OpenAI's.

use serde::Serialize;
use serde_json::Value;

use super::openai::{Message, auth, response_format, role};
use super::registry::{Temperature, TokenLimit, registry};
use super::schema::{self, Asked};
use super::{BuildProblem, Credential, Endpoint, Prompt, Request, Route};

pub(super) fn build(route: &Route, credential: &Credential, prompt: &Prompt) -> Result<Request, BuildProblem> {
    prompt.check()?;
    let endpoint = route.endpoint().ok_or(BuildProblem::NoAdapter)?;
    Ok(Request::post_json(chat_url(endpoint), auth(credential), body(route, prompt)?))
}

pub(super) fn chat_url(endpoint: &Endpoint) -> String {
    endpoint.join("/chat/completions")
}

fn body(route: &Route, prompt: &Prompt) -> Result<String, BuildProblem> {
    let rules = registry().rules(route);
    let (native, system) =
        Asked::beside(Asked::of(prompt.schema.as_ref(), rules, schema::strict)?, prompt.system.as_deref());
    let standing = system.as_deref().map(|content| Message { role: "system", content });
    let said = prompt.messages.iter().map(|message| Message { role: role(message.role), content: &message.text });
    let limit = |name: TokenLimit| Some(prompt.max_output_tokens).filter(|_| rules.token_limit == name);
    let body = Body {
        model: route.model(),
        messages: standing.into_iter().chain(said).collect(),
        max_tokens: limit(TokenLimit::MaxTokens),
        max_completion_tokens: limit(TokenLimit::MaxCompletionTokens),
        temperature: prompt.temperature.filter(|_| rules.temperature == Temperature::Yes),
        response_format: prompt.schema.as_ref().zip(native).map(response_format).transpose()?,
    };
    serde_json::to_string(&body).map_err(|_| BuildProblem::Schema)
}

#[derive(Serialize)]
struct Body<'a> {
    model: &'a str,
    messages: Vec<Message<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_tokens: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_completion_tokens: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    temperature: Option<f32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    response_format: Option<Value>,
}
