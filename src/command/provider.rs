//! The verbs `request` and `response`: what an adapter would send, and how it reads an answer.
//! They send nothing; the prompt is the caller's own text and is not masked.

pub mod packed;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::protocol::Millis;
use crate::provider::{
    BuildProblem, Completion, Credential, CredentialProblem, EmbedTask, Embedding, Message, ModelError, Prompt,
    Provider, Request, Role, Route, RouteFields, RouteProblem, Schema, build_as_typed, embed_as_typed, read,
    read_embed,
};

/// A line of `request`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RequestLine {
    id: Option<Value>,
    route: RouteFields,
    #[serde(default)]
    credential: CredentialField,
    prompt: Option<PromptField>,
    embed: Option<EmbedField>,
}

/// Empty where the platform vouches for the call.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct CredentialField {
    api_key: Option<String>,
    access_token: Option<String>,
}

impl CredentialField {
    fn typed(&self, is_needed: bool) -> Result<Credential, ProviderRefusal> {
        let credential = match (&self.api_key, &self.access_token) {
            (Some(key), None) => Credential::api_key(key),
            (None, Some(token)) => Credential::access_token(token),
            (None, None) if !is_needed => Ok(Credential::NotNeeded),
            (None, None) | (Some(_), Some(_)) => return Err(ProviderRefusal::CredentialForm),
        };
        credential.map_err(ProviderRefusal::Credential)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct PromptField {
    system: Option<String>,
    messages: Vec<MessageField>,
    schema: Option<SchemaField>,
    max_output_tokens: u32,
    temperature: Option<f32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MessageField {
    role: Role,
    text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SchemaField {
    name: String,
    schema: Value,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EmbedField {
    texts: Vec<String>,
    task: EmbedTask,
    dimensions: Option<u32>,
}

/// The answer of `request`.
#[derive(Serialize)]
pub struct RequestOut {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Value>,
    request: RequestView,
}

/// The request as it would be sent: the one place where a header with a credential is printed, because it is the caller's own.
#[derive(Serialize)]
struct RequestView {
    method: &'static str,
    url: String,
    headers: Map<String, Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<String>,
}

/// A line of `response`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ResponseLine {
    id: Option<Value>,
    route: RouteFields,
    #[serde(default)]
    kind: Kind,
    status: u16,
    #[serde(default)]
    headers: Headers,
    body: String,
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    #[default]
    Text,
    Embed,
}

/// Headers as an object or as a list of pairs.
#[derive(Deserialize)]
#[serde(untagged)]
enum Headers {
    Object(Map<String, Value>),
    Pairs(Vec<(String, String)>),
}

impl Default for Headers {
    fn default() -> Self {
        Self::Pairs(Vec::new())
    }
}

impl Headers {
    fn pairs(self) -> Vec<(String, String)> {
        match self {
            Self::Pairs(pairs) => pairs,
            Self::Object(map) => map
                .into_iter()
                .map(|(name, value)| match value {
                    Value::String(text) => (name, text),
                    Value::Array(list) => (name, list.first().and_then(Value::as_str).unwrap_or_default().to_owned()),
                    other => (name, other.to_string()),
                })
                .collect(),
        }
    }
}

/// The answer of `response`.
#[derive(Serialize)]
pub struct ResponseOut {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Value>,
    #[serde(flatten)]
    outcome: Outcome,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
enum Outcome {
    Answer(Completion),
    Vectors(Vec<Vec<f32>>),
    Error(ErrorView),
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ErrorView {
    code: &'static str,
    retryable: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after_ms: Option<u64>,
}

impl From<ModelError> for Outcome {
    fn from(error: ModelError) -> Self {
        Self::Error(ErrorView {
            code: error.code.name(),
            retryable: error.retryable,
            retry_after_ms: error.retry_after_ms,
        })
    }
}

/// A line of `ask`: routes in the order in which they may be asked, each for the one before it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AskLine {
    id: Option<Value>,
    /// The clock, where no conversation has one.
    now: Option<Millis>,
    routes: Vec<RouteFields>,
    #[serde(default)]
    credential: CredentialField,
    prompt: PromptField,
}

impl AskLine {
    /// What it holds.
    ///
    /// # Errors
    /// What is wrong with the line.
    pub(crate) fn parts(self) -> Result<(Option<Value>, Vec<Route>, Credential, Prompt), ProviderRefusal> {
        let routes: Result<Vec<Route>, RouteProblem> = self.routes.iter().map(Route::parse).collect();
        let routes = routes.map_err(ProviderRefusal::Route)?;
        let needs_key = routes.iter().any(|route| route.provider() != Provider::ForgeLlm);
        Ok((self.id, routes, self.credential.typed(needs_key)?, typed(self.prompt)?))
    }
}

/// The answer of `ask`, as that of `response`.
pub(crate) fn answered(id: Option<Value>, read: Result<Completion, ModelError>) -> ResponseOut {
    ResponseOut { id, outcome: read.map_or_else(Outcome::from, Outcome::Answer) }
}

/// Why a line was not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProviderRefusal {
    /// The route is not one.
    Route(RouteProblem),
    /// The credential is not one.
    Credential(CredentialProblem),
    /// Neither or both kinds of credential.
    CredentialForm,
    /// Neither or both of `prompt` and `embed`.
    Question,
    /// The temperature is out of range.
    Temperature,
    /// The request cannot be built.
    Build(BuildProblem),
}

impl ProviderRefusal {
    /// The stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Route(RouteProblem::Endpoint(_)) => "endpoint-not-allowed",
            Self::Build(BuildProblem::NoAdapter) => "unsupported",
            Self::Route(_)
            | Self::Credential(_)
            | Self::CredentialForm
            | Self::Question
            | Self::Temperature
            | Self::Build(_) => "bad-input",
        }
    }

    /// The sentence beside it.
    #[must_use]
    pub fn message(self) -> &'static str {
        match self {
            Self::Route(problem) => route_message(problem),
            Self::Credential(_) => "field \"credential\" is not a key or token",
            Self::CredentialForm => "field \"credential\" takes one of \"apiKey\" and \"accessToken\"",
            Self::Question => "the line takes one of \"prompt\" and \"embed\"",
            Self::Temperature => "field \"temperature\" is out of range",
            Self::Build(problem) => build_message(problem),
        }
    }
}

fn route_message(problem: RouteProblem) -> &'static str {
    match problem {
        RouteProblem::Provider => "field \"provider\" is not a provider",
        RouteProblem::Model => "field \"model\" is not a model id of this provider",
        RouteProblem::Region => "field \"region\" is missing or not a region of this provider",
        RouteProblem::Project => "field \"project\" is missing or not a project id",
        RouteProblem::EndpointUse => "field \"endpoint\" is missing or does not belong to this provider",
        RouteProblem::Endpoint(_) => "field \"endpoint\" is not a plain https address of a public host",
        RouteProblem::ApiVersion => "field \"apiVersion\" is not a version with this API",
        RouteProblem::ContextTokens => "field \"contextTokens\" is out of range",
        RouteProblem::BaseModel => "field \"baseModel\" is not a model id",
        RouteProblem::ForeignField(_) => "the route has a field that does not belong to this provider",
    }
}

fn build_message(problem: BuildProblem) -> &'static str {
    match problem {
        BuildProblem::NoAdapter => "this provider has no such operation",
        BuildProblem::CredentialKind => "field \"credential\" is of the wrong kind for this provider",
        BuildProblem::NoMessage => "field \"messages\" is empty",
        BuildProblem::OutputTokens => "field \"maxOutputTokens\" is out of range",
        BuildProblem::Schema => "field \"schema\" cannot be expressed for this provider",
        BuildProblem::Embedding => "field \"embed\" is empty, too large, or not offered by this provider",
    }
}

/// The request an adapter would make.
///
/// # Errors
/// What is wrong with the line.
pub fn request(mut line: RequestLine) -> Result<RequestOut, ProviderRefusal> {
    let id = line.id.take();
    Ok(RequestOut { id, request: view(built(line)?) })
}

fn built(line: RequestLine) -> Result<Request, ProviderRefusal> {
    let route = Route::parse(&line.route).map_err(ProviderRefusal::Route)?;
    let credential = line.credential.typed(route.provider() != Provider::ForgeLlm)?;
    let request = match (line.prompt, line.embed) {
        (Some(prompt), None) => build_as_typed(&route, &credential, &typed(prompt)?),
        (None, Some(embed)) => {
            let wanted = Embedding { texts: embed.texts, task: embed.task, dimensions: embed.dimensions };
            embed_as_typed(&route, &credential, &wanted)
        }
        (None, None) | (Some(_), Some(_)) => return Err(ProviderRefusal::Question),
    };
    request.map_err(ProviderRefusal::Build)
}

fn typed(field: PromptField) -> Result<Prompt, ProviderRefusal> {
    if field.temperature.is_some_and(|temperature| !(0.0..=2.0).contains(&temperature)) {
        return Err(ProviderRefusal::Temperature);
    }
    Ok(Prompt {
        system: field.system,
        messages: field
            .messages
            .into_iter()
            .map(|message| Message { role: message.role, text: message.text })
            .collect(),
        schema: field.schema.map(|schema| Schema { name: schema.name, schema: schema.schema }),
        max_output_tokens: field.max_output_tokens,
        temperature: field.temperature,
    })
}

fn view(request: Request) -> RequestView {
    RequestView {
        method: request.method.name(),
        url: request.url,
        headers: request.headers.into_iter().map(|(name, value)| (name, Value::String(value))).collect(),
        body: request.body,
    }
}

/// How an adapter reads an answer.
///
/// # Errors
/// What is wrong with the line; an error of the provider is an answer here.
pub fn response(line: ResponseLine) -> Result<ResponseOut, ProviderRefusal> {
    let outcome = outcome(&line.route, line.kind, line.status, line.headers, &line.body)?;
    Ok(ResponseOut { id: line.id, outcome })
}

fn outcome(
    route: &RouteFields,
    kind: Kind,
    status: u16,
    headers: Headers,
    body: &str,
) -> Result<Outcome, ProviderRefusal> {
    let route = Route::parse(route).map_err(ProviderRefusal::Route)?;
    let headers = headers.pairs();
    Ok(match kind {
        Kind::Text => read(&route, status, &headers, body).map_or_else(Outcome::from, Outcome::Answer),
        Kind::Embed => read_embed(&route, status, &headers, body).map_or_else(Outcome::from, Outcome::Vectors),
    })
}

#[cfg(test)]
mod tests;
