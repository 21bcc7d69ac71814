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
        "azure-openai" => fields.endpoint = text("https://res.openai.azure.com"),
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
        ("azure-openai", "https://res.openai.azure.com/openai/v1/chat/completions"),
        ("anthropic", "https://api.anthropic.com/v1/messages/count_tokens"),
        ("forge-llm", "https://llm"),
    ] {
        let route = route(provider);
        let request = build(&route, &token, first(&route)).unwrap();
        assert_eq!(request.url, url);
        assert_eq!(request.method.name(), if matches!(provider, "openai" | "forge-llm") { "GET" } else { "POST" });
        assert!(request.body.is_none_or(|body| body.contains("ping") && body.len() < 120));
    }
}

#[test]
fn works_only_when_the_answer_is_the_apis() {
    let check =
        |provider: &str, step: Step, status: u16, body: &str| outcome(&route(provider), step, status, &[], body);
    assert_eq!(check("vertex", Step::Count, 200, r#"{"totalTokens":1}"#), Outcome::Works);
    assert_eq!(check("openai", Step::Model, 200, r#"{"id":"some-model","object":"model"}"#), Outcome::Works);
    assert_eq!(check("anthropic", Step::Count, 200, r#"{"input_tokens":8}"#), Outcome::Works);
    assert_eq!(check("openai", Step::InputTokens, 200, r#"{"input_tokens":5}"#), Outcome::Works);
    let spoken = r#"{"choices":[{"message":{"content":"pong"},"finish_reason":"stop"}]}"#;
    assert_eq!(check("openai-compatible", Step::Ask, 200, spoken), Outcome::Works);
    for (provider, step) in
        [("vertex", Step::Count), ("openai", Step::Model), ("openai-compatible", Step::Ask), ("anthropic", Step::Count)]
    {
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
fn asks_again_without_the_field_that_a_deployment_does_not_take() {
    let route = route("azure-openai");
    let body = r#"{"error":{"code":"unsupported_parameter","param":"max_completion_tokens","message":"m"}}"#;
    let next = outcome(&route, Step::Ask, 400, &[], body);
    assert_eq!(next, Outcome::Next(Step::AskWithout(Field::TokenLimit)));
    let key = Credential::api_key("k").unwrap();
    let request = build(&route, &key, Step::AskWithout(Field::TokenLimit)).unwrap();
    assert!(request.body.unwrap().contains(r#""max_tokens":16"#));
    let leaner = route.omitting(Field::TokenLimit);
    let other = r#"{"error":{"code":"unsupported_parameter","param":"store","message":"m"}}"#;
    let next = outcome(&leaner, Step::AskWithout(Field::TokenLimit), 400, &[], other);
    assert_eq!(next, Outcome::Next(Step::AskWithout(Field::Store)));
    let again = outcome(&leaner, Step::AskWithout(Field::TokenLimit), 400, &[], body);
    assert!(matches!(again, Outcome::Failed(error) if error.hint == Some(Hint::UnsupportedParameter)));
}

#[test]
fn finds_the_model_in_the_list_of_the_platform() {
    let route = route("forge-llm");
    let listed = |body: &str| outcome(&route, Step::List, 200, &[], body);
    assert_eq!(listed(r#"{"models":[{"model":"some-model","status":"active"}]}"#), Outcome::Works);
    for body in [r#"{"models":[]}"#, r#"{"models":[{"model":"other","status":"active"}]}"#] {
        assert!(matches!(listed(body), Outcome::Failed(error) if error.code == Code::NotFound), "{body}");
    }
    assert!(matches!(listed("<html>"), Outcome::Failed(error) if error.code == Code::Malformed));
    let refused = outcome(&route, Step::List, 403, &[], r#"{"code":"FORBIDDEN","message":"m"}"#);
    assert!(matches!(refused, Outcome::Failed(error) if error.hint == Some(Hint::ApproveApp)));
}

#[test]
fn proves_an_embedding_route_with_one_word() {
    let route = route("openai");
    let key = Credential::api_key("k").unwrap();
    let request = build(&route, &key, Step::Embed).unwrap();
    assert_eq!(request.url, "https://api.openai.com/v1/embeddings");
    assert!(request.body.unwrap().contains(r#""dimensions":768"#), "an index would ask for this length");
    assert_eq!(outcome(&route, Step::Embed, 200, &[], r#"{"data":[{"index":0,"embedding":[0.5]}]}"#), Outcome::Works);
    let refused = r#"{"error":{"message":"This model does not support specifying dimensions."}}"#;
    let next = outcome(&route, Step::Embed, 400, &[], refused);
    assert_eq!(next, Outcome::Next(Step::EmbedWithout(Field::Dimensions)));
    let request = build(&route, &key, Step::EmbedWithout(Field::Dimensions)).unwrap();
    assert!(!request.body.unwrap().contains("dimensions"));
    let leaner = route.omitting(Field::Dimensions);
    let again = outcome(&leaner, Step::EmbedWithout(Field::Dimensions), 400, &[], refused);
    assert!(matches!(again, Outcome::Failed(error) if error.hint == Some(Hint::UnsupportedParameter)));
    assert!(matches!(outcome(&route, Step::Embed, 200, &[], "{}"), Outcome::Failed(_)));
    for provider in ["anthropic", "forge-llm"] {
        let route = self::route(provider);
        assert_eq!(build(&route, &key, Step::Embed).err(), Some(BuildProblem::Embedding), "{provider}");
    }
}

#[test]
fn says_what_to_do_about_every_failure() {
    for provider in ["vertex", "gemini", "openai", "anthropic", "azure-openai", "openai-compatible", "forge-llm"] {
        let route = route(provider);
        for status in (300..600).chain([200]) {
            match outcome(&route, first(&route), status, &[], "<html>odd</html>") {
                Outcome::Failed(error) | Outcome::Reachable(error) => {
                    assert!(error.hint.is_some(), "{provider} {status}")
                }
                Outcome::Next(step) => assert_eq!((step, status), (Step::InputTokens, 403), "{provider}"),
                Outcome::Works => panic!("{provider} {status}"),
            }
        }
    }
}

#[test]
fn has_no_call_that_is_another_providers() {
    let key = Credential::api_key("k").unwrap();
    for (provider, step) in [("anthropic", Step::Model), ("forge-llm", Step::Ask), ("openai", Step::List)] {
        assert_eq!(build(&route(provider), &key, step).err(), Some(BuildProblem::NoAdapter), "{provider}");
    }
    assert_eq!(build(&route("vertex"), &key, Step::Count).err(), Some(BuildProblem::CredentialKind));
    assert_eq!(build(&route("openai"), &Credential::NotNeeded, Step::Model).err(), Some(BuildProblem::CredentialKind));
    assert!(build(&route("forge-llm"), &Credential::NotNeeded, Step::List).is_ok());
}

/// Every call that a test of a connection may make, and those that count a prompt, as the provider's library and its specification are asked about it by
/// `tests/provider`. A change here is made on purpose, with `QUILLGATE_BLESS=1`.
#[test]
fn makes_the_calls_that_were_recorded() {
    let eu = |provider: &str, model: &str| {
        let text = |value: &str| Some(value.to_owned());
        let place = if provider == "vertex" { (text("eu"), text("cust-proj")) } else { (None, None) };
        let (provider, model, (region, project)) = (provider.to_owned(), model.to_owned(), place);
        Route::parse(&RouteFields { provider, model, region, project, ..RouteFields::default() }).unwrap()
    };
    let key = Credential::api_key("KEY").unwrap();
    let token = Credential::access_token("TOKEN").unwrap();
    let steps = [
        ("vertex: count", eu("vertex", "gemini-3.5-flash-lite"), &token, Step::Count),
        ("vertex: Claude, count", eu("vertex", "claude-haiku-5-5"), &token, Step::Count),
        ("gemini: count", eu("gemini", "gemini-3.8-flash"), &key, Step::Count),
        ("openai: model", eu("openai", "gpt-6-luna"), &key, Step::Model),
        ("openai: input tokens", eu("openai", "gpt-6-luna"), &key, Step::InputTokens),
        ("anthropic: count", eu("anthropic", "claude-haiku-5-5"), &key, Step::Count),
        ("vertex: embed", eu("vertex", "gemini-embedding-001"), &token, Step::Embed),
        ("vertex: embed one text", eu("vertex", "gemini-embedding-2"), &token, Step::Embed),
        ("gemini: embed", eu("gemini", "gemini-embedding-001"), &key, Step::Embed),
        ("openai: embed", eu("openai", "text-embedding-3-small"), &key, Step::Embed),
        ("openai: embed without a length", eu("openai", "text-embedding-ada-002"), &key, Step::Embed),
    ]
    .map(|(name, route, credential, step)| (name, build(&route, credential, step).unwrap()));
    let prompt = Prompt {
        system: Some("SYSTEM".to_owned()),
        messages: vec![Message { role: Role::User, text: "USER".to_owned() }],
        schema: None,
        max_output_tokens: 9,
        temperature: None,
    };
    let counts = [
        ("vertex: count a prompt", eu("vertex", "gemini-3.5-flash-lite"), &token),
        ("vertex: Claude, count a prompt", eu("vertex", "claude-haiku-5-5"), &token),
        ("gemini: count a prompt", eu("gemini", "gemini-3.8-flash"), &key),
        ("openai: count a prompt", eu("openai", "gpt-6-luna"), &key),
        ("anthropic: count a prompt", eu("anthropic", "claude-haiku-5-5"), &key),
    ]
    .map(|(name, route, credential)| (name, count::count(&route, credential, &Prompt::of_test(&prompt)).unwrap()));
    let recorded: serde_json::Map<String, serde_json::Value> = steps
        .into_iter()
        .chain(counts)
        .map(|(name, Request { method, url, headers, body })| {
            let headers: std::collections::BTreeMap<String, String> = headers.into_iter().collect();
            let body: Option<serde_json::Value> = body.map(|body| serde_json::from_str(&body).unwrap());
            let made = serde_json::json!({"method": method.name(), "url": url, "headers": headers, "body": body});
            (name.to_owned(), made)
        })
        .collect();
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/provider/proofs.v1.json");
    if std::env::var_os("QUILLGATE_BLESS").is_some() {
        std::fs::write(&file, serde_json::to_string_pretty(&recorded).unwrap() + "\n").unwrap();
    }
    let expected: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
    assert_eq!(serde_json::Value::Object(recorded), expected);
}
