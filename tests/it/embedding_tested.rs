//! The model that embeds beside a route is tried when the route is: at its own place, by one word, and what is wrong with it is said
//! of it and of no other. What it does not take is learnt with the route.

use serde_json::{Value, json};

use crate::admin::{ADMIN, KEY, changed, works, world};
use crate::connect::refused;
use crate::host::World;

const AZURE: &str = "https://res.openai.azure.com";

/// Addresses of what was sent, but tokens.
fn urls(world: &World) -> Vec<&str> {
    let urls = world.sent.iter().filter_map(|sent| sent["url"].as_str());
    urls.filter(|url| !url.starts_with("https://oauth2.")).collect()
}

fn vertex(more: Value) -> Value {
    let mut fields = json!({"provider": "vertex", "region": "eu", "model": "gemini-3.5-flash-lite",
        "key": crate::scenes::service_account()});
    fields.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    changed(fields)
}

fn last_url(call: Value) -> String {
    let mut world = world(works);
    let view = world.view(ADMIN, call.clone());
    assert_eq!((&view["test"]["ok"], &view["test"]["embedding"]["ok"]), (&json!(true), &json!(true)), "{call}: {view}");
    assert_eq!(urls(&world).len(), 2, "{call}");
    let body = world.sent.last().unwrap()["body"].to_string();
    assert!(body.contains("ping") && body.len() < 200, "{body}");
    (*urls(&world).last().unwrap()).to_owned()
}

#[test]
fn connecting_a_route_tries_the_model_that_embeds_beside_it() {
    let project = vertex(json!({}));
    assert!(last_url(project).starts_with("https://europe-west1-aiplatform.googleapis.com/v1/projects/"));
    let there = vertex(json!({"embeddingModel": "text-embedding-005", "embeddingRegion": "europe-west4"}));
    let url = last_url(there);
    assert!(url.starts_with("https://europe-west4-aiplatform.googleapis.com/"), "{url}");
    assert!(url.ends_with("/models/text-embedding-005:predict"), "{url}");
    assert_eq!(last_url(changed(json!({"region": "eu"}))), "https://eu.api.openai.com/v1/embeddings");
    assert_eq!(
        last_url(changed(json!({"provider": "gemini", "model": "gemini-3.8-flash", "key": "AIzaCanary0123456789"}))),
        "https://generativelanguage.googleapis.com/v1beta/models/gemini-embedding-001:batchEmbedContents"
    );
    let azure = json!({"provider": "azure-openai", "endpoint": AZURE, "model": "writer", "embeddingModel": "vectors",
        "key": "canary0123456789abcdef"});
    assert_eq!(last_url(changed(azure)), "https://res.openai.azure.com/openai/v1/embeddings");
    let own = json!({"provider": "openai-compatible", "endpoint": "https://llm.example/v1", "model": "m",
        "embeddingModel": "bge-m3"});
    assert_eq!(last_url(changed(own)), "https://llm.example/v1/embeddings");
}

#[test]
fn nothing_is_embedded_where_no_model_is_known_or_the_route_itself_does_not_work() {
    for fields in [
        json!({"provider": "anthropic", "model": "claude-haiku-5-5", "key": "sk-ant-canary-0123456789"}),
        json!({"provider": "azure-openai", "endpoint": AZURE, "model": "m", "key": "canary0123456789abcdef"}),
        json!({"provider": "openai-compatible", "endpoint": "https://llm.example/v1", "model": "m"}),
    ] {
        let mut world = world(works);
        let view = world.view(ADMIN, changed(fields.clone()));
        assert_eq!((view["test"].get("embedding"), world.sent.len()), (None, 1), "{fields}: {view}");
    }
    for answer in [Ok((401, "{}".to_owned())), Ok((503, "{}".to_owned())), Err("network")] {
        let mut world = world(works);
        world.answers.push_back(answer);
        let view = world.view(ADMIN, changed(json!({})));
        assert_eq!((&view["test"]["ok"], view["test"].get("embedding")), (&json!(false), None));
        assert_eq!(world.sent.len(), 1);
    }
}

/// Whatever is wrong with it: the route is kept, since it writes, and what is said is said of the model that embeds.
#[test]
fn what_is_wrong_with_the_model_that_embeds_is_said_of_it_alone() {
    let error =
        |status: u16, code: &str| Ok((status, json!({"error": {"code": code, "message": "canary"}}).to_string()));
    for (answer, code, hint) in [
        (error(404, "model_not_found"), "model-not-found", json!("choose-model")),
        (error(403, "x"), "model-permission", json!("ask-for-access")),
        (error(401, "x"), "model-auth", json!("check-key")),
        (error(400, "x"), "model-bad-request", json!("unsupported-parameter")),
        (error(429, "insufficient_quota"), "model-quota", json!("billing")),
        (error(503, "x"), "model-overloaded", json!("try-later")),
        (Ok((200, "<html>canary</html>".to_owned())), "model-malformed", json!("check-endpoint")),
        (Ok((200, json!({"data": []}).to_string())), "model-malformed", json!("check-endpoint")),
        (Err("denied"), "not-sent", Value::Null),
        (Err("timeout"), "model-timeout", json!("try-later")),
    ] {
        let answer: Result<(u16, String), &'static str> = answer;
        let mut world = world(works);
        world.answers = vec![Ok(works(&Value::Null)), answer.clone()].into();
        let view = world.view(ADMIN, changed(json!({"embeddingModel": "text-embedding-3-large"})));
        let test = &view["test"];
        assert_eq!((&test["ok"], &test["kept"]), (&json!(true), &json!(true)), "{answer:?}");
        assert_eq!((&test["code"], &test["hint"]), (&Value::Null, &Value::Null), "{answer:?}");
        let found = &test["embedding"];
        assert_eq!((&found["ok"], &found["model"]), (&json!(false), &json!("text-embedding-3-large")), "{answer:?}");
        assert_eq!((&found["code"], &found["hint"]), (&json!(code), &hint), "{answer:?}");
        // It is remembered with the route, and gone when the next test finds it well.
        let tested = &view["routes"][0]["tested"];
        assert_eq!((&tested["ok"], &tested["embedding"]["code"]), (&json!(true), &json!(code)), "{answer:?}");
        assert!(!view.to_string().contains("canary"), "{answer:?}");
        let view = world.view(ADMIN, json!({"type": "admin.testRoute", "id": "r1"}));
        assert_eq!(view["routes"][0]["tested"].get("embedding"), None, "{answer:?}");
    }
}

/// Ledger: ES-32.
#[test]
fn a_place_for_vectors_outside_the_routes_boundary_is_refused_and_not_left_out() {
    for region in ["us", "us-central1", "global", "europe-west2"] {
        let fields = json!({"embeddingModel": "text-embedding-005", "embeddingRegion": region});
        let mut call = vertex(fields);
        call.as_object_mut().unwrap().remove("type");
        refused(call, json!({"code": "bad-input", "field": "embeddingRegion", "reason": "boundary"}));
    }
}

#[test]
fn the_host_of_vectors_is_shown_where_it_is_another_one() {
    let mut world = world(works);
    let view = world.view(ADMIN, vertex(json!({})));
    assert_eq!(view["routes"][0]["embeddingHost"], "europe-west1-aiplatform.googleapis.com");
    let view = world.view(ADMIN, changed(json!({})));
    assert_eq!(view["routes"][1].get("embeddingHost"), None);
}

/// Refuses the length of a vector as OpenAI does where a model has but one.
fn has_one_length(request: &Value) -> (u16, String) {
    if request.get("dimensions").is_some() {
        let error = json!({"error": {"message": "This model does not support specifying dimensions.", "type": "invalid_request_error"}});
        return (400, error.to_string());
    }
    crate::embedding::embeds_as_long_as(request, 24).unwrap_or_else(|| works(request))
}

fn lengths_asked(world: &World) -> Vec<bool> {
    let embeds = world.sent.iter().filter(|sent| sent["url"].as_str().is_some_and(|url| url.ends_with("/embeddings")));
    embeds.map(|sent| sent["body"].get("dimensions").is_some()).collect()
}

/// What a test learns of the model that embeds is kept with the route: no later request has the field again.
#[test]
fn a_test_learns_what_the_model_that_embeds_does_not_take() {
    let mut world = world(has_one_length);
    let view = world.view(ADMIN, changed(json!({"embeddingModel": "vectors-of-tomorrow"})));
    assert_eq!(view["test"]["embedding"]["ok"], true, "{view}");
    assert_eq!(lengths_asked(&world), [true, false]);
    world.sent.clear();
    world.view(ADMIN, json!({"type": "admin.testRoute", "id": "r1"}));
    let view = world.view(ADMIN, json!({"type": "index.setEmbedding", "on": true}));
    assert_eq!((&view["embedding"]["on"], &view["embedding"]["dimensions"]), (&json!(true), &json!(24)), "{view}");
    assert_eq!(lengths_asked(&world), [false, false]);
    // Of another model nothing is known.
    world.sent.clear();
    world.view(ADMIN, changed(json!({"id": "r1", "key": null, "embeddingModel": "vectors-of-another-day"})));
    assert_eq!(lengths_asked(&world), [true, false]);
}

/// The same is learnt by the request that finds it out, however long after the test.
#[test]
fn what_a_model_no_longer_takes_is_learnt_when_it_is_asked() {
    let mut world = world(works);
    world.view(ADMIN, changed(json!({})));
    world.model = has_one_length;
    world.sent.clear();
    let view = world.view(ADMIN, json!({"type": "index.setEmbedding", "on": true}));
    assert_eq!(view["embedding"]["dimensions"], 24, "{view}");
    assert_eq!(lengths_asked(&world), [true, false]);
    world.sent.clear();
    world.view(ADMIN, json!({"type": "admin.testRoute", "id": "r1"}));
    assert_eq!(lengths_asked(&world), [false]);
}

/// A model of which the registry knows that it has one length is never asked for another.
#[test]
fn a_family_that_has_one_length_is_not_asked_for_another() {
    let mut world = world(has_one_length);
    let view = world.view(ADMIN, changed(json!({"embeddingModel": "text-embedding-ada-002", "key": KEY})));
    assert_eq!((&view["test"]["embedding"]["ok"], lengths_asked(&world)), (&json!(true), vec![false]), "{view}");
}
