//! OpenAI: chat completions and responses, request and answer.
//! The answer's form is shared with compatible servers and Azure; their URLs and fields are not this file's.

mod chat;
mod responses;

pub(super) use chat::{Content, Message, response_format, role};
pub(super) use responses::{Input, input};

use super::registry::{self, Rules, Temperature};
use super::{Api, BuildProblem, Completion, Credential, ModelError, Prompt, Request, Route};

pub(super) fn build(route: &Route, credential: &Credential, prompt: &Prompt) -> Result<Request, BuildProblem> {
    let body = body(route, registry::registry().rules(route), prompt)?;
    let operation = match route.api() {
        Api::Chat => "chat/completions",
        Api::Responses => "responses",
    };
    Ok(Request::post_json(url(route, operation), auth(credential), body))
}

/// The body for the text API of the route; Azure's is the same.
pub(super) fn body(route: &Route, rules: Rules, prompt: &Prompt) -> Result<String, BuildProblem> {
    prompt.check()?;
    match route.api() {
        Api::Chat => chat::body(route, rules, prompt),
        Api::Responses => responses::body(route, rules, prompt),
    }
}

pub(super) fn url(route: &Route, operation: &str) -> String {
    format!("https://{}/v1/{operation}", route.host())
}

/// Keys and tokens are both bearer tokens here.
pub(super) fn auth(credential: &Credential) -> (&'static str, String) {
    credential.bearer()
}

pub(super) fn read(api: Api, headers: &[(String, String)], body: &str) -> Result<Completion, ModelError> {
    match api {
        Api::Chat => chat::read(headers, body),
        Api::Responses => responses::read(headers, body),
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
