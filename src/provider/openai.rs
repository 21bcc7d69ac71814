//! OpenAI: chat completions and responses, request and answer.
//! The answer's form is shared with compatible servers and Azure; their URLs and fields are not this file's.

mod chat;
mod responses;

pub(super) use chat::{Message, response_format, role};

use super::registry::{self, Rules, Temperature};
use super::{Api, BuildProblem, Completion, Credential, ModelError, Prompt, Request, Route};

pub(super) fn build(route: &Route, credential: &Credential, prompt: &Prompt) -> Result<Request, BuildProblem> {
    if prompt.messages.is_empty() {
        return Err(BuildProblem::NoMessage);
    }
    if prompt.max_output_tokens == 0 {
        return Err(BuildProblem::OutputTokens);
    }
    let rules = registry::registry().rules(route);
    match route.api() {
        Api::Chat => {
            Ok(Request::post_json(url(route, "chat/completions"), auth(credential), chat::body(route, rules, prompt)?))
        }
        Api::Responses => {
            Ok(Request::post_json(url(route, "responses"), auth(credential), responses::body(route, rules, prompt)?))
        }
    }
}

pub(super) fn url(route: &Route, operation: &str) -> String {
    format!("https://{}/v1/{operation}", route.host())
}

/// Keys and tokens are both bearer tokens here.
pub(super) fn auth(credential: &Credential) -> (&'static str, String) {
    ("authorization", format!("Bearer {}", credential.expose()))
}

pub(super) fn read(api: Api, status: u16, headers: &[(String, String)], body: &str) -> Result<Completion, ModelError> {
    match api {
        Api::Chat => chat::read(status, headers, body),
        Api::Responses => responses::read(status, headers, body),
    }
}

/// The temperature and the effort that go together for a model: some take a temperature only while they do not think.
fn tuning(rules: Rules, wanted: Option<f32>) -> (Option<f32>, Option<&'static str>) {
    match rules.temperature {
        Temperature::Yes => (wanted, rules.effort),
        Temperature::WithoutEffort if wanted.is_some() => (wanted, Some("none")),
        Temperature::WithoutEffort | Temperature::No => (None, rules.effort),
    }
}
