//! What each field of a route may be, by its provider.
//! It knows no other field: what belongs together is checked where a route is put together.

use super::{Endpoint, Provider, RouteProblem};
use crate::provider::azure::ApiVersion;
use crate::provider::registry::OPENAI_AREAS;

pub(super) fn model(provider: Provider, id: &str) -> Result<String, RouteProblem> {
    let extra: &[u8] = match provider {
        Provider::Vertex => b"-._@",
        Provider::Gemini => b"-._",
        Provider::OpenAi | Provider::AzureOpenAi | Provider::Anthropic | Provider::ForgeLlm => b"-._:",
        Provider::OpenAiCompatible => b"-._:/@+",
    };
    let fits = (1..=MAX_MODEL).contains(&id.len())
        && id.bytes().next().is_some_and(|first| first.is_ascii_alphanumeric())
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || extra.contains(&byte))
        && !id.contains("..")
        && !id.contains("//");
    if fits { Ok(id.to_owned()) } else { Err(RouteProblem::Model) }
}

pub(super) fn region(provider: Provider, region: Option<&str>) -> Result<Option<String>, RouteProblem> {
    match (provider, region) {
        // A default here would be a silent choice of where the text is processed.
        (Provider::Vertex, None) => Err(RouteProblem::Region),
        (Provider::Vertex, Some(name)) if is_label(name) => Ok(Some(name.to_owned())),
        (Provider::OpenAi, Some(name)) if OPENAI_AREAS.contains(&name) => Ok(Some(name.to_owned())),
        (_, None) => Ok(None),
        (Provider::Vertex | Provider::OpenAi, Some(_)) => Err(RouteProblem::Region),
        (_, Some(_)) => Err(RouteProblem::ForeignField("region")),
    }
}

pub(super) fn project(provider: Provider, project: Option<&str>) -> Result<Option<String>, RouteProblem> {
    match (provider, project) {
        (Provider::Vertex, Some(id)) if is_label(id) => Ok(Some(id.to_owned())),
        (Provider::Vertex, _) => Err(RouteProblem::Project),
        (_, Some(_)) => Err(RouteProblem::ForeignField("project")),
        (_, None) => Ok(None),
    }
}

pub(super) fn endpoint(provider: Provider, endpoint: Option<&str>) -> Result<Option<Endpoint>, RouteProblem> {
    match (provider, endpoint) {
        (Provider::AzureOpenAi | Provider::OpenAiCompatible, Some(url)) => {
            Endpoint::parse(url).map(Some).map_err(RouteProblem::Endpoint)
        }
        (Provider::AzureOpenAi | Provider::OpenAiCompatible, None) | (_, Some(_)) => Err(RouteProblem::EndpointUse),
        (_, None) => Ok(None),
    }
}

pub(super) fn context_tokens(provider: Provider, tokens: Option<u32>) -> Result<Option<u32>, RouteProblem> {
    match (provider, tokens) {
        (_, None) => Ok(None),
        (Provider::AzureOpenAi | Provider::OpenAiCompatible, Some(tokens)) if CONTEXT.contains(&tokens) => {
            Ok(Some(tokens))
        }
        (Provider::AzureOpenAi | Provider::OpenAiCompatible, Some(_)) => Err(RouteProblem::ContextTokens),
        (_, Some(_)) => Err(RouteProblem::ForeignField("contextTokens")),
    }
}

/// From the least that instructions, one excerpt and an answer need to more than any model has.
const CONTEXT: std::ops::RangeInclusive<u32> = 2_048..=10_000_000;

pub(super) fn api_version(provider: Provider, version: Option<&str>) -> Result<ApiVersion, RouteProblem> {
    match (provider, version) {
        (_, None) => Ok(ApiVersion::default()),
        (Provider::AzureOpenAi, Some(text)) => ApiVersion::parse(text).ok_or(RouteProblem::ApiVersion),
        (_, Some(_)) => Err(RouteProblem::ForeignField("apiVersion")),
    }
}

pub(super) fn base_model(provider: Provider, id: Option<&str>) -> Result<Option<String>, RouteProblem> {
    match (provider, id) {
        (_, None) => Ok(None),
        (Provider::AzureOpenAi, Some(id)) => model(provider, id).map(Some).map_err(|_| RouteProblem::BaseModel),
        (_, Some(_)) => Err(RouteProblem::ForeignField("baseModel")),
    }
}

/// One DNS label in lower case (RFC 1123): what a location and a project id may be.
fn is_label(text: &str) -> bool {
    (1..=63).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        && !text.starts_with('-')
        && !text.ends_with('-')
}

const MAX_MODEL: usize = 128;
