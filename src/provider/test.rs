//! The cheapest honest test of a connection: what to call, and what the answer proves.
//! It sends only a synthetic word, and says "reachable" where nothing more was shown.

use super::registry::registry;
use super::{
    BuildProblem, Code, Credential, EmbedTask, Embedding, Field, Finish, Hint, Message, ModelError, Prompt, Provider,
    Request, Role, Route, anthropic, azure, classify, compatible, count, embed, forge, gemini, openai, vertex,
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
    /// The same once more, without a field that the model turned out not to take, beside those that the route omits already.
    AskWithout(Field),
    /// Lists the models that the installation may use, and is free.
    List,
    /// Embeds one word with a model that embeds: proves the route that vectors are asked of.
    Embed,
    /// The same once more, without a field that the model turned out not to take.
    EmbedWithout(Field),
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
        Provider::Vertex | Provider::Gemini | Provider::Anthropic => Step::Count,
        Provider::OpenAi => Step::Model,
        // A list of models does not prove a deployment, nor what a server of one's own holds.
        Provider::AzureOpenAi | Provider::OpenAiCompatible => Step::Ask,
        Provider::ForgeLlm => Step::List,
    }
}

/// Builds a call of the test.
///
/// # Errors
/// As [`super::build`]; [`BuildProblem::NoAdapter`] for a call that this provider's test does not have.
pub fn build(route: &Route, credential: &Credential, step: Step) -> Result<Request, BuildProblem> {
    credential.fits(route)?;
    let word = word();
    match (route.provider(), step) {
        (_, Step::Embed) => embed::embed_as_typed(route, credential, &one_word(route)),
        (_, Step::EmbedWithout(field)) => embed::embed_as_typed(&route.omitting(field), credential, &one_word(route)),
        (_, Step::Count) if route.is_claude() => anthropic::count(route, credential, &word),
        (Provider::Vertex, Step::Count) => {
            let body = gemini::count_body(route, &word)?;
            Ok(Request::post_json(vertex::url(route, "countTokens"), vertex::auth(credential)?, body))
        }
        (Provider::Gemini, Step::Count) => {
            let body = gemini::count_body(route, &word)?;
            Ok(Request::post_json(gemini::url(route, "countTokens"), gemini::auth(credential), body))
        }
        (Provider::OpenAi, Step::Model) => {
            Ok(Request::get(openai::url(route, &format!("models/{}", route.model())), openai::auth(credential)))
        }
        (Provider::OpenAi, Step::InputTokens) => {
            let body = serde_json::json!({ "model": route.model(), "input": WORD }).to_string();
            Ok(Request::post_json(openai::url(route, count::INPUT_TOKENS), openai::auth(credential), body))
        }
        (Provider::OpenAiCompatible, Step::Ask) => compatible::build(route, credential, &word),
        (Provider::OpenAiCompatible, Step::AskWithout(field)) => {
            compatible::build(&route.omitting(field), credential, &word)
        }
        (Provider::AzureOpenAi, Step::Ask) => azure::build(route, credential, &word),
        (Provider::AzureOpenAi, Step::AskWithout(field)) => azure::build(&route.omitting(field), credential, &word),
        (Provider::ForgeLlm, Step::List) => Ok(forge::list()),
        _ => Err(BuildProblem::NoAdapter),
    }
}

fn word() -> Prompt {
    Prompt {
        system: None,
        messages: vec![Message { role: Role::User, text: WORD.to_owned() }],
        schema: None,
        max_output_tokens: 16,
        temperature: None,
    }
}

/// With the length that an index of the provider's vectors asks for: a model that has no other is found out by it.
fn one_word(route: &Route) -> Embedding {
    let entry = registry().entry(route.provider()).and_then(|entry| entry.embedding.as_ref());
    let dimensions = entry.and_then(|embedding| embedding.dimensions);
    Embedding { texts: vec![WORD.to_owned()], task: EmbedTask::Document, dimensions }
}

/// What the answer to a call of the test shows. Every error has a hint of what to do.
#[must_use]
pub fn outcome(route: &Route, step: Step, status: u16, headers: &[(String, String)], body: &str) -> Outcome {
    let Err(error) = shown(route, step, status, headers, body) else { return Outcome::Works };
    let error = error.hinting(error.hint.unwrap_or(Hint::of(error.code)));
    match (error.code, step, error.field) {
        (Code::Permission, Step::Model, _) => Outcome::Next(Step::InputTokens),
        (Code::BadRequest, Step::Ask | Step::AskWithout(_), Some(field)) if !route.omits(field) => {
            Outcome::Next(Step::AskWithout(field))
        }
        (Code::BadRequest, Step::Embed | Step::EmbedWithout(_), Some(field)) if !route.omits(field) => {
            Outcome::Next(Step::EmbedWithout(field))
        }
        (Code::RateLimited | Code::Overloaded | Code::Server | Code::Timeout, _, _) => Outcome::Reachable(error),
        _ => Outcome::Failed(error),
    }
}

fn shown(route: &Route, step: Step, status: u16, headers: &[(String, String)], body: &str) -> Result<(), ModelError> {
    let other = ModelError::of(Code::Malformed).hinting(Hint::CheckEndpoint);
    let is_answer = (200..300).contains(&status);
    match step {
        _ if !is_answer => Err(classify::error(classify::Family::of(route), status, headers, body)),
        Step::Ask | Step::AskWithout(_) => match super::read(route, status, headers, body) {
            Ok(answer) if answer.finish != Finish::Filtered => Ok(()),
            Ok(_) => Err(other),
            Err(error) => Err(error.hinting(error.hint.unwrap_or(Hint::CheckEndpoint))),
        },
        Step::Embed | Step::EmbedWithout(_) => match super::read_embed(route, status, headers, body) {
            Ok(_) => Ok(()),
            Err(error) => Err(error.hinting(error.hint.unwrap_or(Hint::CheckEndpoint))),
        },
        Step::List => match forge::lists(route, body) {
            Some(true) => Ok(()),
            Some(false) => Err(ModelError::of(Code::NotFound).hinting(Hint::ChooseModel)),
            None => Err(other),
        },
        // These answer with objects of their own; what they must hold is named here.
        Step::Count | Step::Model | Step::InputTokens => {
            if holds(body, step) {
                Ok(())
            } else {
                Err(other)
            }
        }
    }
}

fn holds(body: &str, step: Step) -> bool {
    let value: serde_json::Value = serde_json::from_str(body).unwrap_or_default();
    match step {
        Step::Model => value.get("id").is_some_and(serde_json::Value::is_string),
        _ => count::counted(&value).is_some(),
    }
}

/// Nothing of anybody's.
const WORD: &str = "ping";

#[cfg(test)]
mod tests;
