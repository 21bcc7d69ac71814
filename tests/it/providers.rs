//! Each provider connected as its fields ask for.

use serde_json::{Value, json};

use crate::admin::{ADMIN, KEY, changed, kept, keys, works, world};
use crate::connect::refused;

/// What a test of a connection learns is kept with the route: no later request has the fields again.
#[test]
fn a_test_learns_what_a_deployment_does_not_take_and_it_is_kept() {
    let named = |field: &str| {
        Ok((400, json!({"error": {"code": "unsupported_parameter", "message": "no", "param": field}}).to_string()))
    };
    let azure = json!({"provider": "azure-openai", "endpoint": "https://res.openai.azure.com", "baseModel": "gpt-6-luna",
        "model": "m", "key": "canary0123456789abcdef"});
    let fields = ["max_completion_tokens", "reasoning_effort"];
    let has = |sent: &Value| fields.map(|field| sent["body"].get(field).is_some());
    let mut world = world(works);
    world.answers = vec![named("max_completion_tokens"), named("reasoning_effort")].into();
    let view = world.view(ADMIN, changed(azure.clone()));
    assert_eq!((&view["test"]["ok"], &view["test"]["kept"]), (&json!(true), &json!(true)), "{view}");
    assert_eq!(world.sent.iter().map(has).collect::<Vec<_>>(), [[true, true], [false, true], [false, false]]);
    assert!(world.sent[1]["body"].get("max_tokens").is_some());
    world.sent.clear();
    let view = world.view(ADMIN, json!({"type": "admin.testRoute", "id": "r1"}));
    assert_eq!(
        (&view["test"]["ok"], world.sent.iter().map(has).collect::<Vec<_>>()),
        (&json!(true), vec![[false, false]])
    );

    // A field that is left out and named all the same ends the test: it is not asked without end.
    world.answers = vec![named("max_tokens")].into();
    world.sent.clear();
    let view = world.view(ADMIN, json!({"type": "admin.testRoute", "id": "r1"}));
    assert_eq!((&view["test"]["hint"], world.sent.len()), (&json!("unsupported-parameter"), 1), "{view}");
}

/// Each provider with what it needs and nothing else: where the test goes, with what header, and what is shown of it.
#[test]
fn each_provider_is_connected_with_its_own_fields() {
    let azure = "https://res.openai.azure.com";
    for (fields, url, header) in [
        (
            json!({"provider": "openai", "region": "eu"}),
            "https://eu.api.openai.com/v1/models/m",
            format!("Bearer {KEY}"),
        ),
        (
            json!({"provider": "anthropic", "key": "sk-ant-canary-0123456789"}),
            "https://api.anthropic.com/v1/messages/count_tokens",
            "Bearer sk-ant-canary-0123456789".to_owned(),
        ),
        (
            json!({"provider": "gemini", "key": "AIzaCanary0123456789"}),
            "https://generativelanguage.googleapis.com/v1beta/models/m:countTokens",
            "AIzaCanary0123456789".to_owned(),
        ),
        (
            json!({"provider": "azure-openai", "endpoint": azure, "baseModel": "gpt-4.1", "key": "canary0123456789abcdef"}),
            "https://res.openai.azure.com/openai/v1/chat/completions",
            "canary0123456789abcdef".to_owned(),
        ),
        (
            json!({"provider": "azure-openai", "endpoint": azure, "apiVersion": "2024-10-21", "key": "canary0123456789abcdef"}),
            "https://res.openai.azure.com/openai/deployments/m/chat/completions?api-version=2024-10-21",
            "canary0123456789abcdef".to_owned(),
        ),
        (
            json!({"provider": "openai-compatible", "endpoint": "https://llm.example:8443/v1", "nativeSchema": true, "contextTokens": " 8192 "}),
            "https://llm.example:8443/v1/chat/completions",
            format!("Bearer {KEY}"),
        ),
    ] {
        let mut world = world(works);
        let mut call = changed(fields.clone());
        call["model"] = json!("m");
        let view = world.view(ADMIN, call);
        assert_eq!((&view["test"]["ok"], &view["test"]["kept"]), (&json!(true), &json!(true)), "{fields}: {view}");
        assert_eq!(world.sent[0]["url"], url);
        assert_eq!(world.headers[0][0][1], header, "{fields}");
        assert_eq!(view["routes"][0]["host"], url.split('/').nth(2).unwrap());
        assert!(!view.to_string().to_lowercase().contains("canary") && !kept(&world).to_lowercase().contains("canary"));
    }
}

#[test]
fn an_entra_token_is_a_bearer_and_its_end_is_shown_and_kept() {
    let token = |end: u64| {
        let claims = format!(r#"{{"exp":{end}}}"#);
        let encoded: String = base64url(claims.as_bytes());
        format!("eyJhbGciOiJSUzI1NiJ9.{encoded}.c2ln")
    };
    let mut world = world(works);
    let end = world.now / 1_000 + 3_600;
    let fields = json!({"provider": "azure-openai", "model": "m", "endpoint": "https://res.openai.azure.com", "key": token(end)});
    let view = world.view(ADMIN, changed(fields));
    let key = &view["routes"][0]["key"];
    assert_eq!((&key["kind"], &key["expires"]), (&json!("access-token"), &json!(end * 1_000)));
    assert_eq!(world.headers[0][0], json!(["authorization", format!("Bearer {}", token(end))]));
    world.now += 2 * 3_600_000;
    let sent = world.sent.len();
    let view = world.view(ADMIN, json!({"type": "admin.testRoute", "id": "r1"}));
    assert_eq!((&view["test"]["code"], world.sent.len()), (&json!("model-auth"), sent));
    let old = json!({"provider": "azure-openai", "model": "m", "endpoint": "https://res.openai.azure.com", "key": token(1_000)});
    refused(old, json!({"code": "key-rejected", "field": "key", "reason": "expired"}));
}

fn base64url(bytes: &[u8]) -> String {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let bits = chunk.iter().fold(0_u32, |bits, byte| (bits << 8) | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..=chunk.len() {
            let index = usize::try_from((bits >> (18 - 6 * place)) & 63).unwrap();
            text.push(char::from(ALPHABET[index]));
        }
    }
    text
}

#[test]
fn the_model_hosted_by_atlassian_needs_no_key_and_reaches_no_host() {
    let call = json!({"type": "admin.saveRoute", "provider": "forge-llm", "model": "claude-x"});
    let listed = |status: &str| Ok((200, json!({"models": [{"model": "claude-x", "status": status}]}).to_string()));
    let mut world = world(works);
    world.answers.push_back(listed("active"));
    let view = world.view(ADMIN, call.clone());
    assert_eq!((&view["test"]["kept"], &view["routes"][0]["key"]["kind"]), (&json!(true), &json!("none")), "{view}");
    assert_eq!(
        (&view["route"]["provider"], view["route"].get("host"), view["routes"][0].get("host")),
        (&json!("forge-llm"), None, None)
    );
    assert_eq!((world.headers.len(), keys(&world).len()), (0, 0), "something went to the network");
    for (answer, code, hint) in [
        (Ok((403, json!({"error": {"code": "LLM_NOT_APPROVED"}}).to_string())), "model-permission", "approve-app"),
        (Ok((200, json!({"models": []}).to_string())), "model-not-found", "choose-model"),
    ] {
        world.answers.push_back(answer);
        let view = world.view(ADMIN, call.clone());
        assert_eq!((&view["test"]["code"], &view["test"]["hint"]), (&json!(code), &json!(hint)));
        assert_eq!(view["test"]["kept"], false);
    }
}
