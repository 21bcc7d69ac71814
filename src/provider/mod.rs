//! One adapter per model API: builds the request, reads the answer, and speaks one vocabulary of errors.
//! It sends nothing, keeps no key, and never chooses a route: the policy does, the shim performs.
//!
//! INVARIANT: the text of a request comes from a `Masked<Prompt>`; the host of a request comes from the
//! registry or from an endpoint that [`Endpoint::parse`] accepted.
//!
//! A new model API is one file here, one arm in [`build`] and [`read`], and its entry in `registry.json`.

pub mod google_auth;
pub mod registry;
pub mod test;

mod anthropic;
mod azure;
mod classify;
mod compatible;
mod completion;
mod count;
mod credential;
mod embed;
mod endpoint;
mod error;
mod forge;
mod gemini;
mod limits;
mod moment;
mod openai;
mod prompt;
mod reply;
mod request;
mod route;
mod schema;
mod stream;
mod vertex;

use crate::privacy::Masked;

pub use completion::{Completion, Finish, Usage};
pub use count::{count, read_count};
pub use credential::{Credential, CredentialProblem};
pub(crate) use embed::embed_as_typed;
pub use embed::{EmbedTask, Embedding, build_embed, read_embed};
pub use endpoint::{Endpoint, EndpointProblem};
pub use error::{Code, Hint, ModelError};
pub use limits::{Limits, limits};
pub use prompt::{Message, Prompt, Role, Schema};
pub use request::{BuildProblem, Method, Request};
pub use route::{Api, Field, Provider, Route, RouteFields, RouteProblem};

/// The most bytes of an answer that are read; the shim is told the same figure and cuts there.
pub const MAX_RESPONSE_BYTES: usize = 4 * 1024 * 1024;

/// Builds the one request that asks `route` to answer `prompt`.
///
/// # Errors
/// When the credential is of the wrong kind for the route, or the prompt cannot be expressed.
pub fn build(route: &Route, credential: &Credential, prompt: &Masked<Prompt>) -> Result<Request, BuildProblem> {
    build_as_typed(route, credential, prompt.expose_to_provider())
}

/// The same for the prompt an engineer typed on the command line, as it is.
///
/// For the verbs `request` and `ask` alone: there the text is the caller's own, and changing it would make the verb useless. No page
/// and no event reaches them; a flow's prompt comes from `prompt::build`.
pub(crate) fn build_as_typed(route: &Route, credential: &Credential, prompt: &Prompt) -> Result<Request, BuildProblem> {
    credential.fits(route)?;
    match route.provider() {
        Provider::Vertex if route.is_claude() => anthropic::build_on_vertex(route, credential, prompt),
        Provider::Vertex => vertex::build(route, credential, prompt),
        Provider::Gemini => gemini::build(route, credential, prompt),
        Provider::OpenAi => openai::build(route, credential, prompt),
        Provider::AzureOpenAi => azure::build(route, credential, prompt),
        Provider::Anthropic => anthropic::build(route, credential, prompt),
        Provider::OpenAiCompatible => compatible::build(route, credential, prompt),
        Provider::ForgeLlm => forge::build(route, prompt),
    }
}

/// Reads what the provider answered: the text with how it ended, or one error in our vocabulary.
///
/// # Errors
/// Every answer that is not a usable completion; see [`Code`].
pub fn read(route: &Route, status: u16, headers: &[(String, String)], body: &str) -> Result<Completion, ModelError> {
    if body.len() > MAX_RESPONSE_BYTES {
        return Err(ModelError::of(Code::Malformed));
    }
    if !(200..300).contains(&status) {
        return classify::completion_or_error(classify::Family::of(route), status, headers, body);
    }
    match route.provider() {
        Provider::Vertex if route.is_claude() => anthropic::read(headers, body),
        Provider::Vertex | Provider::Gemini => gemini::read(headers, body),
        Provider::OpenAi | Provider::OpenAiCompatible | Provider::AzureOpenAi => {
            openai::read(route.api(), headers, body)
        }
        Provider::Anthropic => anthropic::read(headers, body),
        Provider::ForgeLlm => forge::read(headers, body),
    }
}

#[cfg(test)]
mod tests;
