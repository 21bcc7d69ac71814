//! Any server that speaks chat completions at a customer's base URL: vLLM, Ollama, LM Studio, a regional cloud.
//! It sends only fields that all of them have known for years; the answer is read as OpenAI's.

use serde::Serialize;
use serde_json::Value;

use super::openai::{Message, auth, response_format, role};
use super::{BuildProblem, Credential, Endpoint, Prompt, Request, Route, Schema};

pub(super) fn build(route: &Route, credential: &Credential, prompt: &Prompt) -> Result<Request, BuildProblem> {
    if prompt.messages.is_empty() {
        return Err(BuildProblem::NoMessage);
    }
    if prompt.max_output_tokens == 0 {
        return Err(BuildProblem::OutputTokens);
    }
    let endpoint = route.endpoint().ok_or(BuildProblem::NoAdapter)?;
    Ok(Request::post_json(chat_url(endpoint), auth(credential), body(route, prompt)?))
}

pub(super) fn chat_url(endpoint: &Endpoint) -> String {
    endpoint.join("/chat/completions")
}

fn body(route: &Route, prompt: &Prompt) -> Result<String, BuildProblem> {
    let spelled = prompt.schema.as_ref().filter(|_| !route.native_schema()).map(in_words).transpose()?;
    let system = match (prompt.system.as_deref(), spelled) {
        (Some(system), Some(schema)) => Some(format!("{system}\n\n{schema}")),
        (Some(system), None) => Some(system.to_owned()),
        (None, schema) => schema,
    };
    let standing = system.as_deref().map(|content| Message { role: "system", content });
    let said = prompt.messages.iter().map(|message| Message { role: role(message.role), content: &message.text });
    let native = prompt.schema.as_ref().filter(|_| route.native_schema());
    let body = Body {
        model: route.model(),
        messages: standing.into_iter().chain(said).collect(),
        max_tokens: prompt.max_output_tokens,
        temperature: prompt.temperature,
        response_format: native.map(response_format).transpose()?,
    };
    serde_json::to_string(&body).map_err(|_| BuildProblem::Schema)
}

/// The schema as an instruction, for servers without `response_format`.
fn in_words(schema: &Schema) -> Result<String, BuildProblem> {
    let text = serde_json::to_string(&schema.schema).map_err(|_| BuildProblem::Schema)?;
    Ok(format!("Answer with one JSON object and nothing else. It must match this JSON Schema:\n{text}"))
}

#[derive(Serialize)]
struct Body<'a> {
    model: &'a str,
    messages: Vec<Message<'a>>,
    max_tokens: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    temperature: Option<f32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    response_format: Option<Value>,
}
