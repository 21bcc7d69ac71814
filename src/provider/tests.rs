//! What administrators type and servers answer when something is wrong: each has its own clear code, and none a panic.
//! The forms of single errors are tested where they are read.

use super::google_auth::ServiceAccount;
use super::*;

const ALL: [&str; 7] = ["vertex", "gemini", "openai", "azure-openai", "anthropic", "openai-compatible", "forge-llm"];

fn fields(provider: &str) -> RouteFields {
    let text = |value: &str| Some(value.to_owned());
    let mut fields =
        RouteFields { provider: provider.to_owned(), model: "some-model".to_owned(), ..RouteFields::default() };
    match provider {
        "vertex" => (fields.region, fields.project) = (text("eu"), text("p")),
        "azure-openai" => fields.endpoint = text("https://res.openai.azure.com"),
        "openai-compatible" => fields.endpoint = text("https://llm.example.com/v1"),
        _ => {}
    }
    fields
}

fn route(provider: &str) -> Route {
    Route::parse(&fields(provider)).unwrap()
}

fn prompt() -> Masked<Prompt> {
    let message = Message { role: Role::User, text: "x".to_owned() };
    Prompt::of_test(&Prompt {
        system: None,
        messages: vec![message],
        schema: None,
        max_output_tokens: 1,
        temperature: None,
    })
}

/// A plain answer of each API.
fn answer(provider: &str) -> &'static str {
    match provider {
        "vertex" | "gemini" => r#"{"candidates":[{"content":{"parts":[{"text":"Yes."}]},"finishReason":"STOP"}]}"#,
        "anthropic" => r#"{"content":[{"type":"text","text":"Yes."}],"stop_reason":"end_turn"}"#,
        _ => r#"{"choices":[{"message":{"content":"Yes."},"finish_reason":"stop"}]}"#,
    }
}

#[test]
fn refuses_an_address_that_is_no_public_https_base() {
    for (url, code) in [
        ("http://llm.example.com/v1", "scheme"),
        ("https://user:secret@llm.example.com/v1", "credentials"),
        ("https://127.0.0.1/v1", "address"),
        ("https://llm.internal/v1", "private"),
        ("https://localhost:8080/v1", "private"),
        ("https://llm.example.com/v1?key=secret", "query"),
        ("https://llm.example.com/v1/../admin", "path"),
    ] {
        for provider in ["azure-openai", "openai-compatible"] {
            let wrong = RouteFields { endpoint: Some(url.to_owned()), ..fields(provider) };
            let Err(RouteProblem::Endpoint(problem)) = Route::parse(&wrong) else { panic!("{url}") };
            assert_eq!(problem.code(), code, "{url}");
        }
        let elsewhere = RouteFields { endpoint: Some(url.to_owned()), ..fields("anthropic") };
        assert_eq!(Route::parse(&elsewhere), Err(RouteProblem::EndpointUse), "{url}");
    }
}

#[test]
fn refuses_versions_and_base_models_that_are_none() {
    let azure = |version: &str, base: &str| {
        let text = |value: &str| Some(value.to_owned()).filter(|value| !value.is_empty());
        Route::parse(&RouteFields { api_version: text(version), base_model: text(base), ..fields("azure-openai") })
    };
    assert!(azure("2024-10-21", "gpt-4.1").is_ok());
    assert_eq!(azure("2024-10-21&x=1", ""), Err(RouteProblem::ApiVersion));
    assert_eq!(azure("", "gpt/../4"), Err(RouteProblem::BaseModel));
    let dated =
        RouteFields { api: Some(Api::Responses), api_version: Some("2024-10-21".to_owned()), ..fields("azure-openai") };
    assert_eq!(Route::parse(&dated), Err(RouteProblem::ApiVersion), "the responses API came later");
    for provider in ALL.into_iter().filter(|provider| *provider != "azure-openai") {
        let version = RouteFields { api_version: Some("2024-10-21".to_owned()), ..fields(provider) };
        assert_eq!(Route::parse(&version), Err(RouteProblem::ForeignField("apiVersion")), "{provider}");
        let base = RouteFields { base_model: Some("gpt-4.1".to_owned()), ..fields(provider) };
        assert_eq!(Route::parse(&base), Err(RouteProblem::ForeignField("baseModel")), "{provider}");
    }
}

#[test]
fn says_that_a_key_of_the_older_form_cannot_sign() {
    let file = serde_json::json!({
        "type": "service_account", "project_id": "p", "private_key_id": "k",
        "client_email": "a@p.iam.gserviceaccount.com",
        "private_key": "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n",
    });
    assert_eq!(ServiceAccount::parse(&file.to_string()).err().map(|problem| problem.code()), Some("pkcs1"));
}

#[test]
fn tells_a_wrong_key_from_a_missing_role_and_a_model_that_is_gone() {
    let check = |provider: &str, status: u16, body: &str, code: Code, hint: Option<Hint>| {
        let error = read(&route(provider), status, &[], body).unwrap_err();
        assert_eq!((error.code, error.hint, error.retryable), (code, hint, false), "{provider} {status} {body}");
    };
    for provider in ALL {
        let hint = (provider == "azure-openai").then_some(Hint::KeyOrEndpoint);
        check(provider, 401, "", Code::Auth, hint);
    }
    let role = r#"{"error":{"code":403,"status":"PERMISSION_DENIED","message":"Permission 'aiplatform.endpoints.predict' denied on resource '//x'"}}"#;
    check("vertex", 403, role, Code::Permission, Some(Hint::GrantRole));
    let gone = r#"{"error":{"code":404,"status":"NOT_FOUND","message":"Publisher Model was not found"}}"#;
    check("vertex", 404, gone, Code::NotFound, Some(Hint::ChooseModel));
    let deployment = r#"{"error":{"code":"DeploymentNotFound","message":"m"}}"#;
    check("azure-openai", 404, deployment, Code::NotFound, Some(Hint::ChooseDeployment));
}

#[test]
fn follows_no_redirect() {
    for provider in ALL {
        for status in [301, 302, 303, 307, 308] {
            let headers = vec![("location".to_owned(), "https://evil.example/".to_owned())];
            let error = read(&route(provider), status, &headers, "").unwrap_err();
            let expected = (Code::BadRequest, Some(Hint::CheckEndpoint), false);
            assert_eq!((error.code, error.hint, error.retryable), expected, "{provider} {status}");
        }
    }
}

#[test]
fn does_not_read_an_answer_of_a_hundred_megabytes() {
    let huge = format!("{{\"choices\":[{}]}}", " ".repeat(100_000_000));
    for provider in ALL {
        let error = read(&route(provider), 200, &[], &huge).unwrap_err();
        assert_eq!((error.code, error.retryable), (Code::Malformed, false), "{provider}");
        assert!(read_embed(&route(provider), 200, &[], &huge).is_err(), "{provider}");
        assert!(read_count(&route(provider), 200, &[], &huge).is_err(), "{provider}");
    }
}

#[test]
fn reads_a_whole_answer_and_refuses_every_cut_of_it() {
    for provider in ALL {
        let whole = answer(provider);
        assert_eq!(read(&route(provider), 200, &[], whole).unwrap().text, "Yes.", "{provider}");
        for (cut, _) in whole.char_indices() {
            let error = read(&route(provider), 200, &[], whole.split_at(cut).0).unwrap_err();
            assert_eq!((error.code, error.retryable), (Code::Malformed, true), "{provider} {cut}");
        }
    }
}

#[test]
fn takes_only_the_kind_of_credential_that_a_route_needs() {
    let key = || Credential::api_key("k").unwrap();
    let token = || Credential::access_token("t").unwrap();
    for provider in ALL {
        let made = |credential: Credential| build(&route(provider), &credential, &prompt()).map(|_| ());
        let wrong = Err(BuildProblem::CredentialKind);
        assert_eq!(made(key()), if provider == "vertex" { wrong } else { Ok(()) }, "{provider}");
        assert_eq!(made(token()), Ok(()), "{provider}");
        assert_eq!(made(Credential::NotNeeded), if provider == "forge-llm" { Ok(()) } else { wrong }, "{provider}");
    }
}

#[test]
fn sends_a_credential_to_no_host_but_the_routes() {
    for provider in ALL {
        let route = route(provider);
        let key = Credential::access_token("SECRET").unwrap();
        let request = build(&route, &key, &prompt()).unwrap();
        assert!(!request.url.contains("SECRET") && !request.body.unwrap_or_default().contains("SECRET"), "{provider}");
        let holds = request.headers.iter().filter(|(_, value)| value.contains("SECRET")).count();
        if provider == "forge-llm" {
            assert_eq!((request.url.as_str(), holds), ("https://llm/some-model", 0), "the platform carries it");
        } else {
            assert!(request.url.starts_with(&format!("https://{}/", route.host())), "{provider}");
            assert_eq!(holds, 1, "{provider}");
        }
    }
}
