//! Which route embeds, native: none where none is allowed, another only after it was asked for again, and none outside its region.
//! What is found by meaning is in `embedding`.

use serde_json::{Value, json};

use crate::admin::KEY;
use crate::embedding::{embedded, ids, is_nearest, off, on, refined, state, vector};
use crate::host::World;
use crate::index::{ADMIN, site, switch};

#[test]
fn where_no_model_is_allowed_nothing_is_offered_or_sent() {
    let mut world = embedded(site());
    world.view(ADMIN, json!({"type": "admin.choose", "mode": "extract"}));
    world.sent.clear();
    let view = refined(&mut world, "hardcopy");
    assert_eq!(view["index"]["unrefined"], "no-route", "{view}");
    world.own("event", json!({"type": "product.changed", "kind": "issue", "ids": ["ITD-1"]}));
    world.settle();
    assert_eq!(world.sent.len(), 0);
    assert_eq!(state(&mut world)["available"], false);
    world.view(ADMIN, off());
    assert_eq!(world.page(ADMIN, on()).unwrap()["code"], "no-route");
    assert_eq!(state(&mut world), Value::Null);
}

/// Ledger: SO-34.
#[test]
fn vectors_of_another_model_are_never_asked_with_this_ones() {
    let mut world = embedded(site());
    let mut other = on();
    other["model"] = json!("other");
    world.view(ADMIN, other);
    // Nothing was read again yet: what is there lives in the old space, although it is as long.
    let view = refined(&mut world, "hardcopy");
    assert_eq!(ids(&view), [""; 0], "{view}");
    world.settle();
    assert!(is_nearest(&refined(&mut world, "hardcopy"), "ITD-2"));
}

#[test]
fn another_endpoint_is_asked_for_again_before_anything_goes_there() {
    let mut world = embedded(site());
    world.env.insert("QUILLGATE_DEV_MODEL_ENDPOINT".to_owned(), "https://elsewhere.example/v1".to_owned());
    world.sent.clear();
    assert_eq!(refined(&mut world, "hardcopy")["index"]["unrefined"], "no-route");
    world.own("schedule", json!({"type": "index.reconcile"}));
    world.own("schedule", json!({"type": "sweep"}));
    world.settle();
    assert_eq!(world.sent.len(), 0);
    let embedding = state(&mut world);
    assert_eq!((embedding["on"].as_bool(), embedding["available"].as_bool()), (Some(false), Some(true)));
    world.view(ADMIN, on());
    world.settle();
    assert!(world.sent.iter().all(|sent| sent["url"] == "https://elsewhere.example/v1/embeddings"));
    assert!(is_nearest(&refined(&mut world, "hardcopy"), "ITD-2"));
}

#[test]
fn the_default_route_embeds_in_belgium() {
    let mut world = World::with_model(site(), |request| {
        if request.is_null() {
            return (200, json!({"access_token": "token", "expires_in": 3600, "token_type": "Bearer"}).to_string());
        }
        let text = request["instances"][0]["content"].as_str().unwrap_or_default();
        (200, json!({"predictions": [{"embeddings": {"values": vector(text, 768)}}]}).to_string())
    });
    world.env.remove("QUILLGATE_DEV_MODEL_ENDPOINT");
    world.env.insert("QUILLGATE_VERTEX_KEY".to_owned(), crate::scenes::service_account());
    world.view(ADMIN, switch("project", "ITD", true));
    world.settle();
    let view = world.view(ADMIN, json!({"type": "index.setEmbedding", "on": true}));
    assert_eq!(
        (view["embedding"]["region"].as_str(), view["embedding"]["dimensions"].as_u64()),
        (Some("europe-west1"), Some(768))
    );
    world.settle();
    assert!(is_nearest(&refined(&mut world, "hardcopy"), "ITD-2"));
    let hosts: std::collections::BTreeSet<&str> =
        world.sent.iter().map(|sent| sent["url"].as_str().unwrap().split('/').nth(2).unwrap()).collect();
    assert_eq!(
        hosts.into_iter().collect::<Vec<_>>(),
        ["europe-west1-aiplatform.googleapis.com", "oauth2.googleapis.com"]
    );
    let tasks = json!(world.sent).to_string();
    assert!(tasks.contains("RETRIEVAL_DOCUMENT") && tasks.contains("RETRIEVAL_QUERY"));
}

#[test]
fn a_route_outside_the_eu_does_not_embed_in_it() {
    let mut world = World::with_model(site(), |request| {
        if request["instances"].is_null() {
            return (
                200,
                json!({"access_token": "token", "expires_in": 3600, "token_type": "Bearer", "totalTokens": 1})
                    .to_string(),
            );
        }
        let text = request["instances"][0]["content"].as_str().unwrap_or_default();
        (200, json!({"predictions": [{"embeddings": {"values": vector(text, 768)}}]}).to_string())
    });
    let key = crate::scenes::service_account();
    for (region, host) in [("us", "aiplatform.us.rep.googleapis.com"), ("eu", "europe-west1-aiplatform.googleapis.com")]
    {
        let mut world = world.clone();
        world.view(ADMIN, json!({"type": "admin.saveRoute", "provider": "vertex", "region": region, "model": "gemini-3.5-flash-lite", "key": key}));
        world.view(ADMIN, json!({"type": "admin.choose", "mode": "customer", "id": "r1"}));
        world.sent.clear();
        world.view(ADMIN, json!({"type": "index.setEmbedding", "on": true}));
        let hosts: Vec<&str> =
            world.sent.iter().map(|sent| sent["url"].as_str().unwrap().split('/').nth(2).unwrap()).collect();
        let embedding: Vec<&&str> = hosts.iter().filter(|host| host.contains("aiplatform")).collect();
        assert_eq!(embedding, [&host], "{region}: {hosts:?}");
    }
    world.settle();
}

/// Connects routes in order, the first one chosen, to a site whose project is indexed.
fn connected(routes: &[Value]) -> World {
    let mut world = World::with_model(site(), |request| {
        let Some(texts) = request["input"].as_array() else { return crate::admin::works(request) };
        let one =
            |(index, text): (usize, &Value)| Some(json!({"index": index, "embedding": vector(text.as_str()?, 16)}));
        let data: Option<Vec<Value>> = texts.iter().enumerate().map(one).collect();
        (200, json!({"data": data, "usage": {"prompt_tokens": 1}}).to_string())
    });
    world.env.remove("QUILLGATE_DEV_MODEL_ENDPOINT");
    for route in routes {
        let mut call = route.clone();
        call["type"] = json!("admin.saveRoute");
        let view = world.view(ADMIN, call);
        assert_eq!(view["test"]["kept"], true, "{view}");
    }
    world.view(ADMIN, json!({"type": "admin.choose", "mode": "customer", "id": "r1"}));
    world.view(ADMIN, switch("project", "ITD", true));
    world.settle();
    world.sent.clear();
    world
}

fn claude() -> Value {
    json!({"provider": "anthropic", "model": "claude-haiku-5-5", "key": "sk-ant-canary-0123456789"})
}

fn own(endpoint: &str) -> Value {
    json!({"provider": "openai-compatible", "endpoint": endpoint, "model": "m", "embeddingModel": "embedder", "key": KEY})
}

fn urls(world: &World) -> Vec<&str> {
    let mut urls: Vec<&str> = world.sent.iter().map(|sent| sent["url"].as_str().unwrap()).collect();
    urls.dedup();
    urls
}

#[test]
fn where_the_route_that_writes_embeds_nothing_another_one_does() {
    let mut world = connected(&[claude()]);
    assert_eq!(state(&mut world), Value::Null, "nothing embeds yet");
    assert_eq!(world.page(ADMIN, on()).unwrap()["code"], "no-route");

    let mut world = connected(&[claude(), own("https://llm.example/v1")]);
    let offers = json!([{"route": "r2", "provider": "OpenAI-compatible endpoint", "model": "embedder"}]);
    assert_eq!((state(&mut world)["offers"].clone(), state(&mut world)["on"].clone()), (offers, json!(false)));
    assert_eq!(world.page(ADMIN, on()).unwrap()["code"], "no-route", "it has to be named");
    let beside = json!({"type": "index.setEmbedding", "on": true, "route": "r2"});
    world.view(ADMIN, beside.clone());
    world.settle();
    assert!(is_nearest(&refined(&mut world, "hardcopy"), "ITD-2"));
    assert_eq!(urls(&world), ["https://llm.example/v1/embeddings"]);

    // It goes on when that route becomes the one that writes, and sends nothing again.
    world.sent.clear();
    world.view(ADMIN, json!({"type": "admin.choose", "mode": "customer", "id": "r2"}));
    world.settle();
    assert!(is_nearest(&refined(&mut world, "hardcopy"), "ITD-2"));
    assert_eq!(world.sent.len(), 1, "the question alone");

    // Where no model is allowed, none is asked; nor one that is gone.
    for last in [json!({"type": "admin.choose", "mode": "extract"}), json!({"type": "admin.removeRoute", "id": "r2"})] {
        let mut world = world.clone();
        world.view(ADMIN, json!({"type": "admin.choose", "mode": "customer", "id": "r1"}));
        world.view(ADMIN, last);
        world.sent.clear();
        assert_eq!(refined(&mut world, "hardcopy")["index"]["unrefined"], "no-route");
        world.own("event", json!({"type": "product.changed", "kind": "issue", "ids": ["ITD-1"]}));
        world.settle();
        assert_eq!((world.sent.len(), state(&mut world)["available"].clone()), (0, json!(false)));
    }
    assert_eq!(
        world.page(ADMIN, json!({"type": "index.setEmbedding", "on": true, "route": "x"})).unwrap()["code"],
        "bad-input"
    );
}

/// The same model of the same server by another route makes the same vectors: nothing is sent again.
#[test]
fn a_route_to_the_same_vectors_takes_over_without_sending_them_again() {
    let same = "https://llm.example/v1";
    let mut world = connected(&[claude(), own(same), own(same), own("https://other.example/v1")]);
    world.view(ADMIN, json!({"type": "index.setEmbedding", "on": true, "route": "r2"}));
    world.settle();
    world.view(ADMIN, json!({"type": "admin.removeRoute", "id": "r2"}));
    assert_eq!(state(&mut world)["available"], false);
    world.sent.clear();
    world.view(ADMIN, json!({"type": "index.setEmbedding", "on": true, "route": "r3"}));
    world.settle();
    assert_eq!(world.sent.len(), 1, "the trial alone");
    assert!(is_nearest(&refined(&mut world, "hardcopy"), "ITD-2"));
    world.sent.clear();
    world.view(ADMIN, json!({"type": "index.setEmbedding", "on": true, "route": "r4"}));
    world.settle();
    assert!(world.sent.len() > 1, "another server is sent everything");
    assert_eq!(urls(&world), ["https://other.example/v1/embeddings"]);
}

/// A resource with a dated API has no other one: embeddings go to the deployment in the path.
#[test]
fn azure_embeds_by_the_api_that_was_connected() {
    let azure = |version: Value| {
        json!({"provider": "azure-openai", "endpoint": "https://res.openai.azure.com", "apiVersion": version,
        "model": "writer", "embeddingModel": "vectors", "key": "canary0123456789abcdef"})
    };
    for (version, url) in [
        (
            json!("2024-10-21"),
            "https://res.openai.azure.com/openai/deployments/vectors/embeddings?api-version=2024-10-21",
        ),
        (Value::Null, "https://res.openai.azure.com/openai/v1/embeddings"),
    ] {
        let mut world = connected(&[azure(version)]);
        world.view(ADMIN, json!({"type": "index.setEmbedding", "on": true}));
        assert_eq!(urls(&world), [url]);
    }
}

/// Another model for the vectors of a route is chosen with the route: what there is is embedded anew in the background, and
/// nothing is asked of the old vectors meanwhile.
///
/// Ledger: SO-34.
#[test]
fn a_route_that_embeds_with_another_model_has_everything_embedded_anew() {
    let mut world = connected(&[own("https://llm.example/v1")]);
    world.view(ADMIN, json!({"type": "index.setEmbedding", "on": true}));
    world.settle();
    let models = |world: &World| -> Vec<String> {
        let mut models: Vec<String> =
            world.sent.iter().filter_map(|sent| Some(sent["body"]["model"].as_str()?.to_owned())).collect();
        models.dedup();
        models
    };
    assert_eq!(models(&world), ["embedder"]);
    let mut call = own("https://llm.example/v1");
    for (name, value) in [("type", "admin.saveRoute"), ("id", "r1"), ("embeddingModel", "newer")] {
        call[name] = json!(value);
    }
    call.as_object_mut().unwrap().remove("key");
    assert_eq!(world.view(ADMIN, call)["test"]["kept"], true);
    world.sent.clear();
    assert_eq!(ids(&refined(&mut world, "hardcopy")), [""; 0], "the old vectors are another model's");
    world.own("schedule", json!({"type": "sweep"}));
    world.settle();
    assert!(is_nearest(&refined(&mut world, "hardcopy"), "ITD-2"));
    assert_eq!(models(&world), ["newer"]);
    assert_eq!((state(&mut world)["model"].clone(), state(&mut world)["lacks"].clone()), (json!("newer"), json!(0)));
}
