//! The Gemini API with a key, and the body and answer it shares with Vertex (`generateContent`).
//! It knows nothing about locations or projects: that is `vertex`.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::classify::{self, Family};
use super::registry::{self, GEMINI_HOST, Temperature};
use super::reply::{self, Form};
use super::schema::{self, Asked};
use super::{
    BuildProblem, Code, Completion, Credential, Finish, ModelError, Prompt, Provider, Request, Role, Route, Usage,
};

pub(super) fn build(route: &Route, credential: &Credential, prompt: &Prompt) -> Result<Request, BuildProblem> {
    Ok(Request::post_json(url(route, "generateContent"), auth(credential), body(route, prompt)?))
}

pub(super) fn url(route: &Route, verb: &str) -> String {
    format!("https://{GEMINI_HOST}/v1beta/models/{}:{verb}", route.model())
}

pub(super) fn auth(credential: &Credential) -> (&'static str, String) {
    match credential {
        // In a header, never in the query: URLs end up in logs.
        Credential::ApiKey(_) => ("x-goog-api-key", credential.expose().to_owned()),
        Credential::AccessToken(_) | Credential::NotNeeded => credential.bearer(),
    }
}

/// The body of `generateContent` (Vertex AI v1, GenerateContentRequest).
pub(super) fn body(route: &Route, prompt: &Prompt) -> Result<String, BuildProblem> {
    let rules = registry::registry().rules(route);
    prompt.check()?;
    let asked = Asked::of(prompt.schema.as_ref(), rules, schema::for_gemini)?;
    let (schema, system) = Asked::beside(asked, prompt.system.as_deref());
    let content = Body {
        contents: contents(prompt),
        system_instruction: system.as_deref().map(|system| Content::of(Role::User, system)),
        generation_config: GenerationConfig {
            temperature: prompt.temperature.filter(|_| rules.temperature == Temperature::Yes),
            max_output_tokens: prompt.max_output_tokens,
            response_mime_type: schema.as_ref().map(|_| "application/json"),
            response_json_schema: schema,
            thinking_config: rules.effort.map(|effort| ThinkingConfig { thinking_level: effort.to_ascii_uppercase() }),
        },
    };
    serde_json::to_string(&content).map_err(|_| BuildProblem::Schema)
}

fn contents(prompt: &Prompt) -> Vec<Content<'_>> {
    prompt.messages.iter().map(|message| Content::of(message.role, &message.text)).collect()
}

/// The body of `countTokens`. The Gemini API takes no standing instructions there: they are counted as what is said first.
pub(super) fn count_body(route: &Route, prompt: &Prompt) -> Result<String, BuildProblem> {
    prompt.check()?;
    let system = prompt.system.as_deref().map(|system| Content::of(Role::User, system));
    let mut counted = Counting { contents: contents(prompt), system_instruction: None };
    match (route.provider(), system) {
        (Provider::Vertex, system) => counted.system_instruction = system,
        (_, Some(system)) => counted.contents.insert(0, system),
        (_, None) => {}
    }
    serde_json::to_string(&counted).map_err(|_| BuildProblem::Schema)
}

pub(super) fn read(headers: &[(String, String)], body: &str) -> Result<Completion, ModelError> {
    let reply: Reply = reply::parse(Form::Gemini, body)?;
    if let Some(error) = reply.error {
        return Err(classify::embedded(Family::Google, headers, &error));
    }
    let usage = reply.usage_metadata.unwrap_or_default().into();
    let Some(candidate) = reply.candidates.into_iter().next() else {
        let blocked = reply.prompt_feedback.and_then(|feedback| feedback.block_reason).is_some();
        return if blocked {
            Ok(Completion::filtered(usage))
        } else {
            Err(ModelError::of(Code::Malformed).retryable(true))
        };
    };
    let text: String = candidate.content.unwrap_or_default().parts.into_iter().filter_map(Part::spoken).collect();
    match finish(candidate.finish_reason.as_deref()) {
        Some(Finish::Filtered) => Ok(Completion { text, finish: Finish::Filtered, usage }),
        Some(finish) => Ok(Completion { text, finish, usage }),
        None => Err(ModelError::of(Code::Malformed).retryable(true)),
    }
}

/// Finish reasons of Vertex AI v1, Candidate.finishReason; what is not named is an answer that broke off.
fn finish(reason: Option<&str>) -> Option<Finish> {
    match reason {
        None | Some("STOP" | "FINISH_REASON_UNSPECIFIED") => Some(Finish::Stop),
        Some("MAX_TOKENS" | "CONTINUATION") => Some(Finish::Length),
        Some(
            "SAFETY"
            | "RECITATION"
            | "BLOCKLIST"
            | "PROHIBITED_CONTENT"
            | "SPII"
            | "MODEL_ARMOR"
            | "LANGUAGE"
            | "IMAGE_SAFETY"
            | "IMAGE_PROHIBITED_CONTENT"
            | "IMAGE_RECITATION",
        ) => Some(Finish::Filtered),
        Some(_) => None,
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Body<'a> {
    contents: Vec<Content<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    system_instruction: Option<Content<'a>>,
    generation_config: GenerationConfig,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Counting<'a> {
    contents: Vec<Content<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    system_instruction: Option<Content<'a>>,
}

#[derive(Serialize)]
struct Content<'a> {
    parts: [TextPart<'a>; 1],
    role: &'static str,
}

#[derive(Serialize)]
struct TextPart<'a> {
    text: &'a str,
}

impl<'a> Content<'a> {
    fn of(role: Role, text: &'a str) -> Self {
        let role = match role {
            Role::User => "user",
            Role::Assistant => "model",
        };
        Self { parts: [TextPart { text }], role }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct GenerationConfig {
    #[serde(skip_serializing_if = "Option::is_none")]
    temperature: Option<f32>,
    max_output_tokens: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    response_mime_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    response_json_schema: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    thinking_config: Option<ThinkingConfig>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ThinkingConfig {
    thinking_level: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Reply {
    #[serde(default)]
    candidates: Vec<Candidate>,
    prompt_feedback: Option<PromptFeedback>,
    usage_metadata: Option<UsageMetadata>,
    error: Option<Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Candidate {
    content: Option<Spoken>,
    finish_reason: Option<String>,
}

#[derive(Default, Deserialize)]
struct Spoken {
    #[serde(default)]
    parts: Vec<Part>,
}

#[derive(Deserialize)]
struct Part {
    text: Option<String>,
    #[serde(default)]
    thought: bool,
}

impl Part {
    fn spoken(self) -> Option<String> {
        if self.thought { None } else { self.text }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PromptFeedback {
    block_reason: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct UsageMetadata {
    prompt_token_count: u64,
    tool_use_prompt_token_count: u64,
    candidates_token_count: u64,
    thoughts_token_count: u64,
}

impl From<UsageMetadata> for Usage {
    fn from(counted: UsageMetadata) -> Self {
        Self {
            input_tokens: counted.prompt_token_count.saturating_add(counted.tool_use_prompt_token_count),
            output_tokens: counted.candidates_token_count.saturating_add(counted.thoughts_token_count),
        }
    }
}
