//! What each test of a connection calls, and what its answers show.
//! Reading errors is tested where they are classified.

use super::*;
use crate::provider::RouteFields;

fn route(provider: &str) -> Route {
    let text = |value: &str| Some(value.to_owned());
    let mut fields =
        RouteFields { provider: provider.to_owned(), model: "some-model".to_owned(), ..RouteFields::default() };
    match provider {
        "vertex" => (fields.region, fields.project) = (text("eu"), text("example-project")),
        "openai-compatible" => fields.endpoint = text("https://llm.example.com/v1"),
        _ => {}
    }
    Route::parse(&fields).unwrap()
}

#[test]
fn calls_the_cheapest_thing_that_proves_the_model() {
    let token = Credential::access_token("t").unwrap();
    for (provider, url) in [
        (
            "vertex",
            "https://aiplatform.eu.rep.googleapis.com/v1/projects/example-project/locations/eu/publishers/google/models/some-model:countTokens",
        ),
        ("gemini", "https://generativelanguage.googleapis.com/v1beta/models/some-model:countTokens"),
        ("openai", "https://api.openai.com/v1/models/some-model"),
        ("openai-compatible", "https://llm.example.com/v1/chat/completions"),
    ] {
        let route = route(provider);
        let request = build(&route, &token, first(&route)).unwrap();
        assert_eq!(request.url, url);
        assert_eq!(request.method.name(), if provider == "openai" { "GET" } else { "POST" });
        assert!(request.body.is_none_or(|body| body.contains("ping") && body.len() < 120));
    }
}

#[test]
fn works_only_when_the_answer_is_the_apis() {
    let check =
        |provider: &str, step: Step, status: u16, body: &str| outcome(&route(provider), step, status, &[], body);
    assert_eq!(check("vertex", Step::Count, 200, r#"{"totalTokens":1}"#), Outcome::Works);
    assert_eq!(check("openai", Step::Model, 200, r#"{"id":"some-model","object":"model"}"#), Outcome::Works);
    assert_eq!(check("openai", Step::InputTokens, 200, r#"{"input_tokens":5}"#), Outcome::Works);
    let spoken = r#"{"choices":[{"message":{"content":"pong"},"finish_reason":"stop"}]}"#;
    assert_eq!(check("openai-compatible", Step::Ask, 200, spoken), Outcome::Works);
    for (provider, step) in [("vertex", Step::Count), ("openai", Step::Model), ("openai-compatible", Step::Ask)] {
        for body in ["", "<html>Welcome</html>", "{}", "[]"] {
            let Outcome::Failed(error) = check(provider, step, 200, body) else { panic!("{provider} {body}") };
            assert_eq!((error.code, error.hint), (Code::Malformed, Some(Hint::CheckEndpoint)));
        }
    }
}

#[test]
fn tells_failed_from_busy_and_from_undecided() {
    let openai = |step: Step, status: u16| outcome(&route("openai"), step, status, &[], "{}");
    assert!(matches!(openai(Step::Model, 401), Outcome::Failed(error) if error.code == Code::Auth));
    assert!(matches!(openai(Step::Model, 404), Outcome::Failed(error) if error.hint == Some(Hint::ChooseModel)));
    assert_eq!(openai(Step::Model, 403), Outcome::Next(Step::InputTokens));
    assert!(matches!(openai(Step::InputTokens, 403), Outcome::Failed(error) if error.code == Code::Permission));
    for busy in [429, 500, 503, 504, 529] {
        assert!(matches!(openai(Step::Model, busy), Outcome::Reachable(_)), "{busy}");
    }
    assert!(matches!(openai(Step::Model, 302), Outcome::Failed(error) if error.hint == Some(Hint::CheckEndpoint)));
}

#[test]
fn has_no_test_for_a_provider_without_an_adapter() {
    let anthropic = route("anthropic");
    let key = Credential::api_key("k").unwrap();
    assert_eq!(build(&anthropic, &key, first(&anthropic)).err(), Some(BuildProblem::NoAdapter));
}
