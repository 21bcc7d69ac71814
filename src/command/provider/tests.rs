//! What each adapter sends and reads, byte for byte in golden files. They are added to, not changed: another form of a
//! request is another case.

use super::*;
use crate::provider::EndpointProblem;

fn cases(golden: &str) -> Vec<Value> {
    serde_json::from_str(golden).unwrap()
}

fn ask(line: &Value) -> Result<Value, ProviderRefusal> {
    let line: RequestLine = serde_json::from_value(line.clone()).unwrap();
    request(line).map(|out| serde_json::to_value(out).unwrap())
}

#[test]
fn sends_exactly_what_the_golden_file_says() {
    for case in cases(include_str!("../../../tests/golden/provider/requests.v1.json")) {
        let mut made = ask(&case["line"]).unwrap();
        let body: Value = serde_json::from_str(made["request"]["body"].as_str().unwrap()).unwrap();
        made["request"]["body"] = body;
        assert_eq!(made["request"], case["request"], "{}", case["name"]);
    }
}

#[test]
fn reads_exactly_what_the_golden_file_says() {
    for case in cases(include_str!("../../../tests/golden/provider/responses.v1.json")) {
        let line: ResponseLine = serde_json::from_value(case["line"].clone()).unwrap();
        let made = serde_json::to_value(response(line).unwrap()).unwrap();
        assert_eq!(made, case["outcome"], "{}", case["name"]);
    }
}

#[test]
fn reads_any_cut_of_an_answer_without_a_panic() {
    for case in cases(include_str!("../../../tests/golden/provider/responses.v1.json")) {
        let whole = case["line"]["body"].as_str().unwrap();
        for (end, _) in whole.char_indices() {
            let mut line = case["line"].clone();
            line["body"] = Value::String(whole.split_at(end).0.to_owned());
            assert!(response(serde_json::from_value(line).unwrap()).is_ok());
        }
    }
}

#[test]
fn refuses_an_answer_larger_than_the_limit() {
    let route = RouteFields { provider: "openai".to_owned(), model: "gpt-6-luna".to_owned(), ..RouteFields::default() };
    let body = " ".repeat(crate::provider::MAX_RESPONSE_BYTES + 1);
    let error = read(&Route::parse(&route).unwrap(), 200, &[], &body).unwrap_err();
    assert_eq!((error.code.name(), error.retryable), ("malformed", false));
}

fn line(route: Value) -> Value {
    serde_json::json!({
        "route": route, "credential": { "apiKey": "k" },
        "prompt": { "messages": [{ "role": "user", "text": "x" }], "maxOutputTokens": 1 },
    })
}

#[test]
fn refuses_routes_that_are_none() {
    use serde_json::json;
    for (route, problem) in [
        (json!({ "provider": "mistral", "model": "m" }), RouteProblem::Provider),
        (json!({ "provider": "openai", "model": "" }), RouteProblem::Model),
        (json!({ "provider": "vertex", "model": "a/../b", "region": "eu", "project": "p" }), RouteProblem::Model),
        (json!({ "provider": "vertex", "model": "m:predict?x", "region": "eu", "project": "p" }), RouteProblem::Model),
        (json!({ "provider": "vertex", "model": "m", "project": "p" }), RouteProblem::Region),
        (
            json!({ "provider": "vertex", "model": "m", "region": "evil.example/", "project": "p" }),
            RouteProblem::Region,
        ),
        (json!({ "provider": "vertex", "model": "m", "region": "eu" }), RouteProblem::Project),
        (json!({ "provider": "vertex", "model": "m", "region": "eu", "project": "p/../q" }), RouteProblem::Project),
        (json!({ "provider": "openai", "model": "m", "region": "mars" }), RouteProblem::Region),
        (json!({ "provider": "openai", "model": "m", "endpoint": "https://evil.example" }), RouteProblem::EndpointUse),
        (json!({ "provider": "openai", "model": "m", "project": "p" }), RouteProblem::ForeignField("project")),
        (json!({ "provider": "gemini", "model": "m", "region": "eu" }), RouteProblem::ForeignField("region")),
        (json!({ "provider": "openai-compatible", "model": "m" }), RouteProblem::EndpointUse),
        (
            json!({ "provider": "openai-compatible", "model": "m", "endpoint": "http://a.example" }),
            RouteProblem::Endpoint(EndpointProblem::Scheme),
        ),
    ] {
        assert_eq!(ask(&line(route.clone())).err(), Some(ProviderRefusal::Route(problem)), "{route}");
    }
}

#[test]
fn refuses_what_cannot_be_sent() {
    use serde_json::json;
    let openai = || line(json!({ "provider": "openai", "model": "gpt-6-luna" }));
    let with = |path: &str, value: Value| {
        let mut line = openai();
        *line.pointer_mut(path).unwrap() = value;
        ask(&line).err()
    };
    assert_eq!(with("/credential", json!({})), Some(ProviderRefusal::CredentialForm));
    assert_eq!(
        with("/credential", json!({ "apiKey": "a\nb" })),
        Some(ProviderRefusal::Credential(CredentialProblem::Characters))
    );
    assert_eq!(with("/prompt", Value::Null), Some(ProviderRefusal::Question));
    assert_eq!(with("/prompt/messages", json!([])), Some(ProviderRefusal::Build(BuildProblem::NoMessage)));
    assert_eq!(with("/prompt/maxOutputTokens", json!(0)), Some(ProviderRefusal::Build(BuildProblem::OutputTokens)));
    let vertex = line(json!({ "provider": "vertex", "model": "m", "region": "eu", "project": "p" }));
    assert_eq!(
        ask(&vertex).err(),
        Some(ProviderRefusal::Build(BuildProblem::CredentialKind)),
        "a key would leave the region"
    );
    let mut embed = line(json!({ "provider": "anthropic", "model": "m" }));
    let fields = embed.as_object_mut().unwrap();
    fields.remove("prompt");
    fields.insert("embed".to_owned(), json!({ "texts": ["x"], "task": "query" }));
    assert_eq!(ask(&embed).err(), Some(ProviderRefusal::Build(BuildProblem::Embedding)));
    let mut atlassian = line(json!({ "provider": "forge-llm", "model": "m" }));
    atlassian.as_object_mut().unwrap().remove("credential");
    assert!(ask(&atlassian).is_ok(), "the platform vouches for the call");
}

#[test]
fn keeps_the_credential_out_of_the_url_and_the_body() {
    for case in cases(include_str!("../../../tests/golden/provider/requests.v1.json")) {
        let made = ask(&case["line"]).unwrap();
        for part in ["url", "body"] {
            let text = made["request"][part].as_str().unwrap();
            assert!(!text.contains("test-key") && !text.contains("test-token"), "{}", case["name"]);
        }
    }
}
