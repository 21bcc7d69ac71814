//! Gemini on Vertex AI: the URL of a project's model in a location, and the bearer token.
//! Body and answer are `gemini`'s; the token is made by `google_auth`.

use super::{BuildProblem, Credential, Prompt, Request, Route, gemini};

pub(super) fn build(route: &Route, credential: &Credential, prompt: &Prompt) -> Result<Request, BuildProblem> {
    Ok(Request::post_json(url(route, "generateContent"), auth(credential)?, gemini::body(route, prompt)?))
}

/// `v1` is the stable version and has every operation we use.
pub(super) fn url(route: &Route, verb: &str) -> String {
    format!(
        "https://{}/v1/projects/{}/locations/{}/publishers/google/models/{}:{verb}",
        route.host(),
        route.project().unwrap_or_default(),
        route.region().unwrap_or_default(),
        route.model(),
    )
}

pub(super) fn auth(credential: &Credential) -> Result<(&'static str, String), BuildProblem> {
    match credential {
        Credential::AccessToken(_) => Ok(("authorization", format!("Bearer {}", credential.expose()))),
        // An API key would select express mode, which ignores the location: processing would leave the region silently.
        Credential::ApiKey(_) => Err(BuildProblem::CredentialKind),
    }
}
