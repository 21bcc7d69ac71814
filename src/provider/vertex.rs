//! Models on Vertex AI: the URL of a project's model in a location, and the bearer token.
//! Body and answer are `gemini`'s or `anthropic`'s; the token is made by `google_auth`.

use super::{BuildProblem, Credential, Prompt, Request, Route, gemini};

pub(super) fn build(route: &Route, credential: &Credential, prompt: &Prompt) -> Result<Request, BuildProblem> {
    Ok(Request::post_json(url(route, "generateContent"), auth(credential)?, gemini::body(route, prompt)?))
}

/// The URL of an operation of the route's model.
pub(super) fn url(route: &Route, verb: &str) -> String {
    url_of(route, route.model(), verb)
}

/// The same for another model of the same publisher. `v1` is the stable version and has every operation we use.
pub(super) fn url_of(route: &Route, model: &str, verb: &str) -> String {
    format!(
        "https://{}/v1/projects/{}/locations/{}/publishers/{}/models/{model}:{verb}",
        route.host(),
        route.project().unwrap_or_default(),
        route.region().unwrap_or_default(),
        if route.is_claude() { "anthropic" } else { "google" },
    )
}

pub(super) fn auth(credential: &Credential) -> Result<(&'static str, String), BuildProblem> {
    match credential {
        Credential::AccessToken(_) => Ok(credential.bearer()),
        Credential::ApiKey(_) | Credential::NotNeeded => Err(BuildProblem::CredentialKind),
    }
}
