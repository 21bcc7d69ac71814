//! How many tokens a prompt has for a model, asked of the provider where that costs nothing.
//! Where it cannot be asked, the upper bound that `content` counts by itself holds.

use serde::Serialize;
use serde_json::Value;

use super::openai::{self, Input};
use super::{
    BuildProblem, Code, Credential, ModelError, Prompt, Provider, Request, Route, anthropic, classify, gemini, vertex,
};
use crate::privacy::Masked;

/// The request that counts the tokens of `prompt`. None where the provider has no counter, or does not say what it costs.
#[must_use]
pub fn count(route: &Route, credential: &Credential, prompt: &Masked<Prompt>) -> Option<Request> {
    credential.fits(route).ok()?;
    let prompt = prompt.expose_to_provider();
    let request = match route.provider() {
        _ if route.is_claude() => anthropic::count(route, credential, prompt),
        Provider::Vertex => on_vertex(route, credential, prompt),
        Provider::Gemini => gemini::count_body(route, prompt)
            .map(|body| Request::post_json(gemini::url(route, "countTokens"), gemini::auth(credential), body)),
        Provider::OpenAi => openai_body(route, prompt)
            .map(|body| Request::post_json(openai::url(route, INPUT_TOKENS), openai::auth(credential), body)),
        Provider::Anthropic | Provider::AzureOpenAi | Provider::OpenAiCompatible | Provider::ForgeLlm => return None,
    };
    request.ok()
}

fn on_vertex(route: &Route, credential: &Credential, prompt: &Prompt) -> Result<Request, BuildProblem> {
    let body = gemini::count_body(route, prompt)?;
    Ok(Request::post_json(vertex::url(route, "countTokens"), vertex::auth(credential)?, body))
}

fn openai_body(route: &Route, prompt: &Prompt) -> Result<String, BuildProblem> {
    prompt.check()?;
    let body = Counted { model: route.model(), instructions: prompt.system.as_deref(), input: openai::input(prompt) };
    serde_json::to_string(&body).map_err(|_| BuildProblem::Schema)
}

/// Reads the number.
///
/// # Errors
/// As [`super::read`].
pub fn read_count(route: &Route, status: u16, headers: &[(String, String)], body: &str) -> Result<u64, ModelError> {
    if body.len() > super::MAX_RESPONSE_BYTES {
        return Err(ModelError::of(Code::Malformed));
    }
    if !(200..300).contains(&status) {
        return Err(classify::error(classify::Family::of(route), status, headers, body));
    }
    let value: Value = serde_json::from_str(body).map_err(|_| ModelError::of(Code::Malformed).retryable(true))?;
    counted(&value).ok_or(ModelError::of(Code::Malformed))
}

/// The number, under the name that Google gives it or the one that the others do.
pub(super) fn counted(value: &Value) -> Option<u64> {
    ["totalTokens", "input_tokens"].iter().find_map(|name| value.get(name)?.as_u64())
}

#[derive(Serialize)]
struct Counted<'a> {
    model: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    instructions: Option<&'a str>,
    input: Input<'a>,
}

/// OpenAI's counter, which belongs to the responses API.
pub(super) const INPUT_TOKENS: &str = "responses/input_tokens";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provider::{Message, Role, RouteFields};

    fn route(provider: &str, model: &str) -> Route {
        let text = |value: &str| Some(value.to_owned());
        let mut fields =
            RouteFields { provider: provider.to_owned(), model: model.to_owned(), ..RouteFields::default() };
        match provider {
            "vertex" => (fields.region, fields.project) = (text("eu"), text("p")),
            "azure-openai" | "openai-compatible" => fields.endpoint = text("https://llm.example.com/v1"),
            _ => {}
        }
        Route::parse(&fields).unwrap()
    }

    fn asked(route: &Route) -> Option<(String, Value)> {
        let prompt = Prompt {
            system: Some("SYSTEM".to_owned()),
            messages: vec![Message { role: Role::User, text: "USER".to_owned() }],
            schema: None,
            max_output_tokens: 9,
            temperature: None,
        };
        let token = Credential::access_token("t").unwrap();
        let request = count(route, &token, &Prompt::of_test(&prompt))?;
        Some((request.url, serde_json::from_str(&request.body?).unwrap()))
    }

    fn with(body: &Value, name: &str, value: &str) -> Value {
        let mut body = body.clone();
        body[name] = Value::from(value);
        body
    }

    #[test]
    fn counts_what_would_be_read() {
        let claude = serde_json::json!({"model":"claude-haiku-5-5","system":"SYSTEM","messages":[{"role":"user","content":"USER"}],
            "thinking":{"type":"disabled"},"output_config":{"effort":"low"}});
        let said = serde_json::json!({"parts":[{"text":"USER"}],"role":"user"});
        let standing = serde_json::json!({"parts":[{"text":"SYSTEM"}],"role":"user"});
        let vertex = "https://aiplatform.eu.rep.googleapis.com/v1/projects/p/locations/eu/publishers";
        for (route, url, body) in [
            (
                route("vertex", "gemini-3.8-flash"),
                format!("{vertex}/google/models/gemini-3.8-flash:countTokens"),
                serde_json::json!({"contents":[said],"systemInstruction":standing}),
            ),
            (
                route("vertex", "claude-haiku-5-5"),
                format!("{vertex}/anthropic/models/count-tokens:rawPredict"),
                with(&claude, "anthropic_version", "2026-10-21"),
            ),
            (
                route("gemini", "gemini-3.8-flash"),
                "https://generativelanguage.googleapis.com/v1beta/models/gemini-3.8-flash:countTokens".to_owned(),
                serde_json::json!({"contents":[standing, said]}),
            ),
            (
                route("openai", "gpt-6-luna"),
                "https://api.openai.com/v1/responses/input_tokens".to_owned(),
                serde_json::json!({"model":"gpt-6-luna","instructions":"SYSTEM","input":"USER"}),
            ),
            (
                route("anthropic", "claude-haiku-5-5"),
                "https://api.anthropic.com/v1/messages/count_tokens".to_owned(),
                claude,
            ),
        ] {
            assert_eq!(asked(&route), Some((url, body)));
        }
        for provider in ["azure-openai", "openai-compatible", "forge-llm"] {
            assert_eq!(asked(&route(provider, "m")), None, "{provider}");
        }
    }

    #[test]
    fn reads_the_number_or_says_what_is_wrong() {
        let (google, claude) = (route("gemini", "m"), route("anthropic", "m"));
        assert_eq!(read_count(&google, 200, &[], r#"{"totalTokens":7,"promptTokensDetails":[]}"#), Ok(7));
        assert_eq!(read_count(&claude, 200, &[], r#"{"input_tokens":14}"#), Ok(14));
        let code = |status: u16, body: &str| read_count(&claude, status, &[], body).unwrap_err().code;
        assert_eq!(code(200, "{}"), Code::Malformed);
        assert_eq!(code(200, "{\"input"), Code::Malformed);
        assert_eq!(code(401, r#"{"type":"error","error":{"type":"authentication_error"}}"#), Code::Auth);
    }
}
