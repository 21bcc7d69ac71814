//! The cheapest honest test of a connection: what to call, and what the answer proves.
//! It sends only a synthetic word, and says "reachable" where nothing more was shown.

use super::{
    BuildProblem, Code, Credential, Finish, Hint, ModelError, Provider, Request, Route, compatible, gemini, openai,
    vertex,
};

/// Which call of a test this is; most tests need one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Counts the tokens of one word with the chosen model: proves key, project, region and model, and is free.
    Count,
    /// Reads the description of the chosen model: proves key and model, and is free.
    Model,
    /// Counts tokens where a restricted key may not read models.
    InputTokens,
    /// Asks for a handful of tokens, where nothing cheaper proves that the model answers.
    Ask,
}

/// What one call showed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Key, model and region work.
    Works,
    /// Nothing wrong was found, but the provider was too busy to prove it.
    Reachable(ModelError),
    /// This call does not decide; make the next one.
    Next(Step),
    /// It does not work, and why.
    Failed(ModelError),
}

/// The first call for a route.
#[must_use]
pub fn first(route: &Route) -> Step {
    match route.provider() {
        Provider::Vertex | Provider::Gemini => Step::Count,
        Provider::OpenAi => Step::Model,
        Provider::AzureOpenAi | Provider::Anthropic | Provider::OpenAiCompatible | Provider::ForgeLlm => Step::Ask,
    }
}

/// Builds a call of the test.
///
/// # Errors
/// As [`super::build`].
pub fn build(route: &Route, credential: &Credential, step: Step) -> Result<Request, BuildProblem> {
    match (route.provider(), step) {
        (Provider::Vertex, Step::Count) => Ok(Request::post_json(
            vertex::url(route, "countTokens"),
            vertex::auth(credential)?,
            gemini::count_body(WORD),
        )),
        (Provider::Gemini, Step::Count) => Ok(Request::post_json(
            gemini::url(route, "countTokens"),
            gemini::auth(credential),
            gemini::count_body(WORD),
        )),
        (Provider::OpenAi, Step::Model) => {
            Ok(Request::get(openai::url(route, &format!("models/{}", route.model())), openai::auth(credential)))
        }
        (Provider::OpenAi, Step::InputTokens) => {
            let body = serde_json::json!({ "model": route.model(), "input": WORD }).to_string();
            Ok(Request::post_json(openai::url(route, "responses/input_tokens"), openai::auth(credential), body))
        }
        (Provider::OpenAiCompatible, Step::Ask) => {
            let endpoint = route.endpoint().ok_or(BuildProblem::NoAdapter)?;
            let messages = serde_json::json!([{ "role": "user", "content": WORD }]);
            let body =
                serde_json::json!({ "model": route.model(), "messages": messages, "max_tokens": 16 }).to_string();
            Ok(Request::post_json(compatible::chat_url(endpoint), openai::auth(credential), body))
        }
        _ => Err(BuildProblem::NoAdapter),
    }
}

/// What the answer to a call of the test shows.
#[must_use]
pub fn outcome(route: &Route, step: Step, status: u16, headers: &[(String, String)], body: &str) -> Outcome {
    let error = match super::read(route, status, headers, body) {
        Ok(answer) if step == Step::Ask && answer.finish != Finish::Filtered => return Outcome::Works,
        Err(error) if !(200..300).contains(&status) => error,
        // The other calls answer with objects of their own; what they must hold is named here.
        _ if (200..300).contains(&status) && holds(body, step) => return Outcome::Works,
        _ => ModelError { hint: Some(Hint::CheckEndpoint), ..ModelError::of(Code::Malformed) },
    };
    match error.code {
        Code::Permission if step == Step::Model => Outcome::Next(Step::InputTokens),
        Code::RateLimited | Code::Overloaded | Code::Server | Code::Timeout => Outcome::Reachable(error),
        Code::Auth
        | Code::Permission
        | Code::NotFound
        | Code::BadRequest
        | Code::Quota
        | Code::TooLong
        | Code::Malformed => Outcome::Failed(error),
    }
}

fn holds(body: &str, step: Step) -> bool {
    let value: serde_json::Value = serde_json::from_str(body).unwrap_or_default();
    match step {
        Step::Count => value.get("totalTokens").is_some_and(serde_json::Value::is_u64),
        Step::Model => value.get("id").is_some_and(serde_json::Value::is_string),
        Step::InputTokens => value.get("input_tokens").is_some_and(serde_json::Value::is_u64),
        Step::Ask => false,
    }
}

/// Nothing of anybody's.
const WORD: &str = "ping";

#[cfg(test)]
mod tests;
