//! Models that are about to be switched off, and those that were: when an admin is told, by which clock, and with what to choose
//! instead; that nothing is sent to one that is gone; that vectors of another model are made in the background, with progress.

use serde_json::{Value, json};

use crate::admin::{ADMIN, changed, works, world};
use crate::embedding::{is_nearest, refined, state, vector};
use crate::host::World;
use crate::index::{site, switch};
use crate::main_job::{WRITER, new_page, start};

/// Midnight (UTC) of a day, in milliseconds.
fn day(text: &str) -> u64 {
    quillgate::protocol::Millis::parse(&format!("{text}T00:00:00Z")).unwrap().0
}

fn claude() -> Value {
    changed(json!({"provider": "anthropic", "model": "claude-sonnet-4-5", "key": "sk-ant-canary-0123456789"}))
}

/// What the page of models says of the first route on a day.
fn life(world: &mut World, on: &str) -> Value {
    world.now = day(on);
    world.view(ADMIN, json!({"type": "admin.open"}))["routes"][0]["life"].clone()
}

/// Ledger: SO-34.
#[test]
fn an_end_is_told_120_days_before_and_what_to_choose_instead() {
    let mut world = world(works);
    world.now = day("2026-06-01");
    world.view(ADMIN, claude());
    for (on, state, instead) in [
        ("2026-06-01", "open", Value::Null),
        ("2026-08-01", "open", Value::Null),
        ("2026-08-02", "soon", json!("Claude Haiku 5.5")),
        ("2026-11-30", "soon", json!("Claude Haiku 5.5")),
        ("2026-12-01", "gone", json!("Claude Haiku 5.5")),
    ] {
        let life = life(&mut world, on);
        assert_eq!((&life["state"], &life["instead"]), (&json!(state), &instead), "{on}");
        assert_eq!(life["retires"], "2026-11-30", "{on}");
        let view = world.view(ADMIN, json!({"type": "models.open"}));
        let route = view["routes"].as_array().unwrap().iter().find(|route| route["id"] == "r1").unwrap();
        assert_eq!(route["isGone"], state == "gone", "{on}");
        assert_eq!(route["retires"], if state == "soon" { json!("2026-11-30") } else { Value::Null }, "{on}");
    }
    // What is offered is listed with its end, and nothing that ends is offered instead of another.
    world.now = day("2026-12-01");
    let view = world.view(ADMIN, json!({"type": "admin.open"}));
    let entry = view["catalog"].as_array().unwrap().iter().find(|entry| entry["provider"] == "anthropic").unwrap();
    let states: Vec<&str> =
        entry["models"].as_array().unwrap().iter().map(|m| m["life"]["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["open", "open", "open", "gone"]);
}

#[test]
fn a_model_that_stays_is_offered_where_the_route_is() {
    let mut world = world(works);
    let fields = json!({"provider": "vertex", "region": "us", "model": "gemini-3.7-flash",
        "key": crate::scenes::service_account()});
    world.view(ADMIN, changed(fields));
    let life = life(&mut world, "2027-01-01");
    assert_eq!((&life["state"], &life["instead"]), (&json!("soon"), &json!("Gemini 3.5 Flash-Lite")));
    // Nothing else is served there.
    let fields = json!({"id": "r1", "provider": "vertex", "region": "europe-west1", "model": "gemini-2.5-flash",
        "key": crate::scenes::service_account()});
    world.view(ADMIN, changed(fields));
    assert_eq!(self::life(&mut world, "2027-01-01").get("instead"), None);
}

/// Of a deployment whose model nobody named, its own name is what is known.
#[test]
fn a_deployment_is_taken_at_its_name_where_its_model_is_not_said() {
    let mut world = world(works);
    let azure = |more: Value| {
        let mut fields = json!({"provider": "azure-openai", "endpoint": "https://res.openai.azure.com",
            "model": "gpt-5.4", "key": "canary0123456789abcdef"});
        fields.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        changed(fields)
    };
    world.view(ADMIN, azure(json!({})));
    assert_eq!(life(&mut world, "2027-08-01")["state"], "soon");
    world.view(ADMIN, azure(json!({"id": "r1", "baseModel": "gpt-6-luna"})));
    assert_eq!(life(&mut world, "2027-08-01")["state"], "open");
}

/// The registry knows the earliest day; that it is gone takes the provider's word too. Then nothing is sent any more.
#[test]
fn a_model_that_is_gone_is_refused_before_anything_is_sent() {
    let mut world = world(works);
    world.now = day("2026-12-05");
    world.view(ADMIN, claude());
    world.sent.clear();
    world.model =
        |_| (404, json!({"type": "error", "error": {"type": "not_found_error", "message": "model"}}).to_string());
    let ask = |world: &mut World, id: &str| {
        let mut call = start(&new_page(), "page", "route");
        call["requestId"] = json!(id);
        world.page(WRITER, call).unwrap()
    };
    let first = ask(&mut world, "6f9619ff-8b86-d011-b42d-00c04fc964f1");
    assert_eq!(first["type"], "ok", "before the provider was asked nobody knows: {first}");
    world.settle();
    assert_eq!(world.sent.len(), 1);
    // The next one is read, and then refused with the rule's own code; the page says what to choose.
    let again = ask(&mut world, "6f9619ff-8b86-d011-b42d-00c04fc964f2")["view"]["id"].clone();
    world.settle();
    let job = world.view(WRITER, json!({"type": "job.get", "jobId": again}));
    assert_eq!((&job["state"], &job["problem"]["code"]), (&json!("failed"), &json!("model-gone")), "{job}");
    assert_eq!(world.sent.len(), 1, "nothing was sent to it");
    assert_eq!(life(&mut world, "2026-12-05")["instead"], "Claude Haiku 5.5");
    // On the day of its end it may answer still: what the provider says of it is no proof that it is gone for good.
    world.now = day("2026-11-30");
    let early = ask(&mut world, "6f9619ff-8b86-d011-b42d-00c04fc964f3")["view"]["id"].clone();
    world.settle();
    let job = world.view(WRITER, json!({"type": "job.get", "jobId": early}));
    assert_eq!((&job["problem"]["code"], world.sent.len()), (&json!("model-not-found"), 2), "{job}");
}

/// Answers as Vertex AI does, to a token's maker, a count, a prompt or a text to embed.
fn google(request: &Value) -> (u16, String) {
    let Some(text) = request["instances"][0]["content"].as_str() else {
        let answer = json!({"access_token": "token", "expires_in": 3600, "token_type": "Bearer", "totalTokens": 1});
        return (200, answer.to_string());
    };
    (200, json!({"predictions": [{"embeddings": {"values": vector(text, 768)}}]}).to_string())
}

/// Ledger: SO-34.
#[test]
fn vectors_of_a_model_that_ends_are_made_anew_in_the_background_by_one_that_stays() {
    let mut world = World::with_model(site(), google);
    world.env.remove("QUILLGATE_DEV_MODEL_ENDPOINT");
    world.now = day("2026-12-01");
    let route = |more: Value| {
        let mut fields = json!({"provider": "vertex", "region": "eu", "model": "gemini-3.5-flash-lite",
            "embeddingModel": "text-embedding-005", "key": crate::scenes::service_account()});
        fields.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        changed(fields)
    };
    world.view(ADMIN, route(json!({})));
    world.view(ADMIN, switch("project", "ITD", true));
    world.settle();
    world.view(ADMIN, json!({"type": "index.setEmbedding", "on": true}));
    world.settle();
    assert_eq!((&state(&mut world)["retires"], state(&mut world).get("instead")), (&Value::Null, None));

    // It ends on 2027-04-01, which is told 120 days before, with the one to choose; after it, it is gone.
    world.now = day("2026-12-02");
    let told = state(&mut world);
    assert_eq!((&told["retires"], &told["isGone"]), (&json!("2027-04-01"), &json!(false)));
    assert_eq!(told["instead"], "gemini-embedding-001");
    world.now = day("2027-04-02");
    let told = state(&mut world);
    assert_eq!((told.get("retires"), &told["isGone"]), (None, &json!(true)));
    assert_eq!(told["instead"], "gemini-embedding-001");

    // In good time the admin chooses it; what is there is read and embedded anew in events, and the page shows how far that is.
    world.now = day("2026-12-03");
    world.view(ADMIN, route(json!({"id": "r1", "embeddingModel": told["instead"]})));
    world.own("schedule", json!({"type": "sweep"}));
    let begun = state(&mut world);
    assert!(begun["done"].as_u64() < begun["total"].as_u64(), "{begun}");
    world.sent.clear();
    world.settle();
    let done = state(&mut world);
    assert_eq!((&done["model"], &done["lacks"]), (&json!("gemini-embedding-001"), &json!(0)), "{done}");
    assert_eq!((done["done"] == done["total"], &done["isGone"]), (true, &json!(false)), "{done}");
    assert_eq!((done.get("retires"), done.get("instead")), (None, None));
    let others = world.sent.iter().filter(|sent| sent["url"].as_str().unwrap().contains("text-embedding-005"));
    assert_eq!(others.count(), 0, "the old model was asked");
    assert!(is_nearest(&refined(&mut world, "hardcopy"), "ITD-2"));
}
