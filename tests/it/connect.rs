//! Connecting a model, when it goes wrong: each mistake has its code and field, nothing is kept half-way, nothing is told of
//! what was pasted, and a key never reaches another host than the one it was entered for.

use serde_json::{Value, json};

use crate::admin::{ADMIN, KEY, changed, kept, keys, save, works, world};
use crate::host::{Fault, World};

/// A call that is refused before anything is sent, and what the answer says.
#[track_caller]
pub(crate) fn refused(fields: Value, expected: Value) {
    let mut world = world(works);
    let call = changed(fields);
    let answer = world.page(ADMIN, call.clone()).unwrap();
    let said = json!({"code": answer["code"], "field": answer["params"]["field"], "reason": answer["params"]["reason"],
        "looksLike": answer["params"]["looksLike"]});
    let said: Value = said
        .as_object()
        .unwrap()
        .iter()
        .filter(|(_, value)| !value.is_null())
        .map(|(n, v)| (n.clone(), v.clone()))
        .collect();
    assert_eq!(said, expected, "{call}");
    nothing_is_kept(&world, &call);
    assert_eq!(world.sent, Vec::<Value>::new(), "{call}");
    for typed in call.as_object().unwrap().iter().filter(|(name, _)| *name != "type" && *name != "provider") {
        let Some(text) = typed.1.as_str().filter(|text| text.len() > 12) else { continue };
        assert!(!answer.to_string().contains(text), "{} comes back", typed.0);
    }
}

#[track_caller]
fn nothing_is_kept(world: &World, call: &Value) {
    assert_eq!(keys(world), Vec::<&String>::new(), "{call}");
    assert!(world.models.is_empty(), "{call}");
    assert!(!kept(world).to_lowercase().contains("canary"), "{call}");
}

/// Ledger: SA-22.
#[test]
fn refuses_an_endpoint_that_is_not_a_plain_public_https_address() {
    for (endpoint, reason) in [
        ("http://model.example/v1", "scheme"),
        ("model.example/v1", "scheme"),
        ("https://127.0.0.1/v1", "address"),
        ("https://169.254.169.254/latest", "address"),
        ("https://0x7f.1/", "address"),
        ("https://user:canary@model.example/v1", "credentials"),
        ("https://metadata.google.internal/v1", "private"),
        ("https://printer.local/v1", "private"),
        ("https://10.0.0.1.nip.io/v1", "private"),
        ("https://model.example/v1?key=canary", "query"),
        ("https://intranet/v1", "private"),
        ("https://xn--80ak6aa92e.com/v1", "host"),
        ("https://model.example:0/v1", "port"),
        ("https://model.example/v1/../admin", "path"),
    ] {
        for provider in ["openai-compatible", "azure-openai"] {
            let fields =
                json!({"provider": provider, "model": "m", "endpoint": endpoint, "key": "0123456789abcdef0123"});
            refused(fields, json!({"code": "endpoint-not-allowed", "field": "endpoint", "reason": reason}));
        }
    }
}

#[test]
fn refuses_a_key_of_somebody_else_and_says_whose_it_looks_like() {
    for (provider, key, look) in [
        ("openai", "sk-ant-api03-canary-0123456789", "anthropic"),
        ("openai", "AIzaCanary0123456789012345", "gemini"),
        ("gemini", KEY, "openai"),
        ("gemini", r#"{"type": "authorized_user", "note": "canary"}"#, "json"),
        ("openai", "-----BEGIN PRIVATE KEY-----\ncanary", "pem"),
        ("openai", "https://canary.example/key", "url"),
        ("openai-compatible", "ghp_canary0123456789", "other-service"),
        ("anthropic", KEY, "openai"),
        ("anthropic", "AIzaCanary0123456789012345", "gemini"),
        ("azure-openai", KEY, "openai"),
        ("azure-openai", "https://canary.openai.azure.com/", "url"),
    ] {
        let fields = json!({"provider": provider, "model": "m", "key": key, "endpoint": (provider == "openai-compatible" || provider == "azure-openai").then_some("https://model.example/v1")});
        refused(fields, json!({"code": "key-rejected", "field": "key", "reason": "looks-like", "looksLike": look}));
    }
    let service_account = crate::scenes::service_account();
    refused(
        json!({"key": service_account}),
        json!({"code": "key-rejected", "field": "key", "reason": "looks-like", "looksLike": "service-account"}),
    );
}

#[test]
fn refuses_a_key_that_is_none() {
    refused(json!({"key": " \n"}), json!({"code": "key-rejected", "field": "key", "reason": "empty"}));
    refused(
        json!({"key": "canary of two words"}),
        json!({"code": "key-rejected", "field": "key", "reason": "characters"}),
    );
    refused(
        json!({"key": "k\r\nx-canary: 1"}),
        json!({"code": "key-rejected", "field": "key", "reason": "characters"}),
    );
    refused(
        json!({"key": format!("canary{}", "k".repeat(9_000))}),
        json!({"code": "key-rejected", "field": "key", "reason": "too-long"}),
    );
    refused(json!({"key": null}), json!({"code": "bad-input", "field": "key"}));
}

#[test]
fn refuses_a_service_account_that_cannot_sign_and_says_why() {
    let good = crate::scenes::service_account();
    let kind = "PRIVATE KEY";
    for (key, reason) in [
        (good.replace(&format!("BEGIN {kind}"), &format!("BEGIN RSA {kind}")), "pkcs1"),
        (good.replace(&format!("BEGIN {kind}"), &format!("BEGIN ENCRYPTED {kind}")), "encrypted-key"),
        (good.replace("MIIBAAIBADANBgkq", "canarycanary####"), "key"),
        (good.replace("client_email", "client_canary"), "field"),
        (format!("{good}canary"), "not-json"),
    ] {
        let fields = json!({"provider": "vertex", "region": "eu", "model": "gemini-3.5-flash-lite", "key": key});
        refused(fields, json!({"code": "key-rejected", "field": "key", "reason": reason}));
    }
    let fields =
        json!({"provider": "vertex", "region": "eu", "model": "gemini-3.5-flash-lite", "key": "canary-0123456789"});
    refused(fields, json!({"code": "key-rejected", "field": "key", "reason": "no-service-account"}));
}

/// Ledger: ES-32.
#[test]
fn where_text_may_be_processed_is_never_chosen_silently() {
    let vertex = |more: Value| {
        let mut fields =
            json!({"provider": "vertex", "model": "gemini-3.5-flash-lite", "key": crate::scenes::service_account()});
        fields.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        fields
    };
    refused(vertex(json!({})), json!({"code": "bad-input", "field": "region"}));
    refused(vertex(json!({"region": "global"})), json!({"code": "bad-input", "field": "region", "reason": "global"}));
    refused(vertex(json!({"region": "eu.evil.example"})), json!({"code": "bad-input", "field": "region"}));
    refused(
        vertex(json!({"region": "eu", "project": "not a project"})),
        json!({"code": "bad-input", "field": "project"}),
    );
    let mut world = world(works);
    let view = world.view(ADMIN, changed(vertex(json!({"region": "global", "acceptGlobal": true}))));
    assert_eq!(
        (&view["test"]["kept"], &view["routes"][0]["host"]),
        (&json!(true), &json!("aiplatform.googleapis.com"))
    );
}

#[test]
fn refuses_fields_of_another_provider_and_names_that_are_none() {
    let bad = |field: &str| json!({"code": "bad-input", "field": field});
    refused(json!({"provider": "nobody"}), bad("provider"));
    refused(json!({"model": " "}), bad("model"));
    refused(json!({"model": "../../admin-canary"}), bad("model"));
    refused(json!({"region": "mars"}), bad("region"));
    refused(json!({"project": "p"}), bad("project"));
    refused(json!({"endpoint": "https://model.example/v1"}), bad("endpoint"));
    refused(json!({"apiVersion": "2024-10-21"}), bad("apiVersion"));
    refused(json!({"nativeSchema": true}), bad("nativeSchema"));
    refused(json!({"contextTokens": "8192"}), bad("contextTokens"));
    for tokens in ["some", "0", "-1", "2047", "99999999999"] {
        let own =
            json!({"provider": "openai-compatible", "endpoint": "https://llm.example/v1", "contextTokens": tokens});
        refused(own, bad("contextTokens"));
    }
    refused(json!({"provider": "gemini", "key": "AIzaCanary0123456789", "api": "chat"}), bad("api"));
    refused(json!({"embeddingModel": "no model canary"}), bad("embeddingModel"));
    refused(json!({"baseModel": "gpt-4.1"}), bad("baseModel"));
    let azure =
        json!({"provider": "azure-openai", "key": "0123456789abcdef0123", "endpoint": "https://res.openai.azure.com"});
    let with = |name: &str, value: &str| {
        let mut fields = azure.clone();
        fields[name] = json!(value);
        fields
    };
    refused(with("apiVersion", "next year"), bad("apiVersion"));
    refused(with("baseModel", "no model canary"), bad("baseModel"));
    refused(
        json!({"provider": "forge-llm", "model": "claude-x"}),
        json!({"code": "key-rejected", "field": "key", "reason": "not-needed"}),
    );
    refused(json!({"name": "n".repeat(61)}), bad("name"));
    refused(json!({"name": "two\nlines of canary"}), bad("name"));
    refused(json!({"id": "first"}), bad("id"));
    refused(json!({"id": "r7"}), json!({"code": "not-found"}));
}

/// What a provider says, what the page learns, and that nothing is kept when it cannot work.
#[test]
fn what_is_plainly_wrong_is_not_kept_and_what_is_not_is() {
    let own = json!({"provider": "openai-compatible", "model": "m", "endpoint": "https://model.example/v1"});
    let openai = |code: &str| Ok((400, json!({"error": {"code": code, "message": "canary"}}).to_string()));
    for (fields, answer, code, hint, is_kept) in [
        (json!({}), Ok((401, "{}".to_owned())), "model-auth", json!("check-key"), false),
        (json!({}), Ok((404, "canary".to_owned())), "model-not-found", json!("choose-model"), false),
        (own.clone(), Ok((302, String::new())), "model-bad-request", json!("check-endpoint"), false),
        (own.clone(), Ok((200, "<html>canary</html>".to_owned())), "model-malformed", json!("check-endpoint"), false),
        (own.clone(), openai("unknown"), "model-bad-request", json!("unsupported-parameter"), false),
        (own.clone(), Err("network"), "model-server", json!("check-endpoint"), false),
        (own.clone(), Err("denied"), "not-sent", Value::Null, false),
        (json!({}), Err("denied"), "not-sent", Value::Null, false),
        (own.clone(), Err("too-large"), "model-malformed", json!("check-endpoint"), false),
        (json!({}), Err("network"), "model-server", json!("try-later"), true),
        (json!({}), Err("timeout"), "model-timeout", json!("try-later"), true),
        (json!({}), Ok((503, "{}".to_owned())), "model-overloaded", json!("try-later"), true),
        (
            json!({}),
            Ok((429, json!({"error": {"code": "insufficient_quota"}}).to_string())),
            "model-quota",
            json!("billing"),
            true,
        ),
        (json!({}), Ok((429, "{}".to_owned())), "model-rate-limited", json!("try-later"), true),
    ] {
        let mut world = world(works);
        let answer: Result<(u16, String), &'static str> = answer;
        world.answers.push_back(answer.clone());
        let call = changed(fields);
        let view = world.view(ADMIN, call.clone());
        assert_eq!((&view["test"]["code"], &view["test"]["hint"]), (&json!(code), &hint), "{answer:?}");
        assert_eq!(view["test"]["kept"], is_kept, "{answer:?}");
        assert!(!view.to_string().contains("canary"), "{answer:?}");
        if is_kept {
            assert_eq!(view["routes"][0]["tested"]["code"], code);
        } else {
            nothing_is_kept(&world, &call);
        }
    }
}

#[test]
fn a_replacement_that_does_not_work_leaves_the_old_key_in_use() {
    let mut world = world(works);
    world.view(ADMIN, save());
    world.answers.push_back(Ok((401, "{}".to_owned())));
    let view = world.view(ADMIN, changed(json!({"id": "r1", "key": "sk-wrong-0123456789abcdef"})));
    assert_eq!((&view["test"]["kept"], &view["routes"][0]["key"]["version"]), (&json!(false), &json!(1)));
    world.view(ADMIN, json!({"type": "admin.testRoute", "id": "r1"}));
    assert_eq!(world.headers.last().unwrap()[0][1], format!("Bearer {KEY}"));
}

#[test]
fn a_kept_key_goes_to_no_other_provider_and_no_other_host() {
    let mut world = world(works);
    world.view(
        ADMIN,
        changed(json!({"provider": "openai-compatible", "model": "m", "endpoint": "https://model.example/v1"})),
    );
    let sent = world.sent.len();
    for fields in [
        json!({"provider": "openai-compatible", "endpoint": "https://evil.example/v1"}),
        json!({"provider": "openai-compatible", "endpoint": "https://model.example:8443/v1"}),
        json!({"provider": "openai", "endpoint": null}),
        json!({"provider": "gemini", "endpoint": null}),
    ] {
        let mut call = changed(json!({"id": "r1", "key": null, "model": "m"}));
        call.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        let answer = world.page(ADMIN, call).unwrap();
        assert_eq!((&answer["code"], &answer["params"]["field"]), (&json!("bad-input"), &json!("key")), "{fields}");
    }
    assert_eq!(world.sent.len(), sent);
    let same = json!({"id": "r1", "key": null, "provider": "openai-compatible", "model": "other", "endpoint": "https://model.example/v2"});
    let view = world.view(ADMIN, changed(same));
    assert_eq!((&view["routes"][0]["model"], &view["routes"][0]["key"]["version"]), (&json!("other"), &json!(1)));
}

/// Whatever fails while a key is saved, replaced or removed: the route uses one whole key or is not there, no key of
/// either is in the clear anywhere, and after an hour's sweep no key is left that no route names.
#[test]
fn whatever_fails_a_route_has_one_whole_key_and_none_lies_about() {
    let new = "sk-test-canary-new-0123456789abcd";
    let replace = changed(json!({"id": "r1", "key": new}));
    let remove = json!({"type": "admin.removeRoute", "id": "r1"});
    let mut reached = 0;
    for (before, call) in [(None, save()), (Some(save()), replace), (Some(save()), remove), (Some(save()), save())] {
        for fault in [Fault::Before, Fault::After, Fault::Crash] {
            for at in 1.. {
                let mut world = world(works);
                if let Some(before) = &before {
                    world.view(ADMIN, before.clone());
                }
                world.fault = Some((at, fault));
                let answer = world.page(ADMIN, call.clone());
                if world.fault.take().is_some() {
                    break;
                }
                reached += 1;
                let why = format!("{} effect {at} failed {fault:?}: {answer:?}", call["type"]);
                assert!(!answer.unwrap_or_default().to_string().contains("canary"), "{why}");
                whole(&mut world, new, &why);
            }
        }
    }
    assert!(reached > 120, "only {reached} effects were failed");
}

#[track_caller]
fn whole(world: &mut World, new: &str, why: &str) {
    let view = world.view(ADMIN, json!({"type": "admin.open"}));
    let ids: Vec<Value> = view["routes"].as_array().unwrap().iter().map(|route| route["id"].clone()).collect();
    for id in &ids {
        let view = world.view(ADMIN, json!({"type": "admin.testRoute", "id": id}));
        assert_eq!(view["test"]["ok"], true, "{why}: {view}");
        let used = world.headers.last().unwrap()[0][1].as_str().unwrap();
        assert!(used == format!("Bearer {KEY}") || used == format!("Bearer {new}"), "{why}");
    }
    world.now += 2 * 3_600_000;
    world.time = 50_000;
    world.own("schedule", json!({"type": "sweep"})).unwrap();
    let view = world.view(ADMIN, json!({"type": "admin.open"}));
    let named: Vec<String> = view["routes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|route| format!("key:{}:{}", route["id"].as_str().unwrap(), route["key"]["version"]))
        .collect();
    assert_eq!(keys(world), named.iter().collect::<Vec<_>>(), "{why}");
    assert!(!kept(world).contains("canary"), "{why}");
}
