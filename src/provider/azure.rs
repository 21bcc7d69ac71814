//! Azure OpenAI: its URLs and its header; body and answer are `openai`'s.
//! It does not guess the model behind a deployment: whoever connects it says so, or the fields are those every model takes.

use super::registry::registry;
use super::{Api, BuildProblem, Credential, Endpoint, Prompt, Request, Route, openai};

/// Which of Azure's APIs a route speaks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum ApiVersion {
    /// `/openai/v1`, without a version.
    #[default]
    V1,
    /// `/openai/v1` with the version that was asked for: `v1` or `preview`.
    V1Named(String),
    /// The older API of a date, `2024-10-21` or `2025-04-01-preview`: the deployment is part of the path.
    Dated(String),
}

impl ApiVersion {
    /// Reads a version as Azure writes it.
    pub(super) fn parse(text: &str) -> Option<Self> {
        match text {
            "v1" | "preview" => Some(Self::V1Named(text.to_owned())),
            dated if is_dated(dated) => Some(Self::Dated(dated.to_owned())),
            _ => None,
        }
    }

    /// Whether the responses API is part of it: of the dated versions only previews have it.
    pub(super) fn has_responses(&self) -> bool {
        match self {
            Self::V1 | Self::V1Named(_) => true,
            Self::Dated(date) => date.ends_with("-preview"),
        }
    }
}

fn is_dated(text: &str) -> bool {
    let date = text.strip_suffix("-preview").unwrap_or(text);
    date.len() == 10
        && date.bytes().enumerate().all(|(place, byte)| match place {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}

pub(super) fn build(route: &Route, credential: &Credential, prompt: &Prompt) -> Result<Request, BuildProblem> {
    let body = openai::body(route, registry().rules(route), prompt)?;
    Ok(Request::post_json(url(route, text_operation(route))?, auth(credential)?, body))
}

/// The operation that answers a prompt.
pub(super) fn text_operation(route: &Route) -> &'static str {
    match route.api() {
        Api::Chat => "chat/completions",
        Api::Responses => "responses",
    }
}

/// The URL of an operation. The older API has the deployment in the path, except for responses.
pub(super) fn url(route: &Route, operation: &str) -> Result<String, BuildProblem> {
    let base = route.endpoint().map(base).ok_or(BuildProblem::NoAdapter)?;
    Ok(match route.api_version() {
        ApiVersion::V1 => format!("{base}/openai/v1/{operation}"),
        ApiVersion::V1Named(version) => format!("{base}/openai/v1/{operation}?api-version={version}"),
        ApiVersion::Dated(version) if operation == "responses" => {
            format!("{base}/openai/responses?api-version={version}")
        }
        ApiVersion::Dated(version) => {
            format!("{base}/openai/deployments/{}/{operation}?api-version={version}", route.model())
        }
    })
}

/// The resource's address, whether or not the path that the portal shows behind it was pasted along.
fn base(endpoint: &Endpoint) -> String {
    let typed = endpoint.to_string();
    let base = typed.strip_suffix("/openai/v1").or_else(|| typed.strip_suffix("/openai"));
    base.unwrap_or(&typed).to_owned()
}

/// A key of the resource has a header of its own; an Entra token is a bearer token.
pub(super) fn auth(credential: &Credential) -> Result<(&'static str, String), BuildProblem> {
    match credential {
        Credential::ApiKey(_) => Ok(("api-key", credential.expose().to_owned())),
        Credential::AccessToken(_) => Ok(credential.bearer()),
        Credential::NotNeeded => Err(BuildProblem::CredentialKind),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_a_version_by_its_form() {
        for text in ["2024-10-21", "2025-04-01-preview"] {
            assert_eq!(ApiVersion::parse(text), Some(ApiVersion::Dated(text.to_owned())));
        }
        for text in ["", "v2", "2024-10", "2024-10-21-beta", "2024/10/21", "2024-10-21&x=1", "latest"] {
            assert_eq!(ApiVersion::parse(text), None, "{text}");
        }
        assert!(!ApiVersion::parse("2024-10-21").unwrap().has_responses());
        assert!(ApiVersion::parse("2025-04-01-preview").unwrap().has_responses());
    }

    #[test]
    fn takes_the_address_as_the_portal_shows_it() {
        for typed in [
            "https://res.openai.azure.com",
            "https://res.openai.azure.com/",
            "https://res.openai.azure.com/openai",
            "https://res.openai.azure.com/openai/v1/",
        ] {
            assert_eq!(base(&Endpoint::parse(typed).unwrap()), "https://res.openai.azure.com", "{typed}");
        }
        let gateway = Endpoint::parse("https://gateway.example.com/models").unwrap();
        assert_eq!(base(&gateway), "https://gateway.example.com/models");
    }
}
