//! The admin's part: only admins, routes chosen and removed, keys write-only, settings of the first version.

use serde_json::{Value, json};

use crate::host::World;
use crate::main_job::{WRITER, site};

pub(crate) const ADMIN: &str = "acc-admin";
pub(crate) const KEY: &str = "sk-test-canary-0123456789abcdef";

pub(crate) fn world(model: fn(&Value) -> (u16, String)) -> World {
    let mut world = World::new(site());
    world.site.admins.insert(ADMIN.to_owned());
    world.model = model;
    world
}

pub(crate) fn save() -> Value {
    json!({"type": "admin.saveRoute", "provider": "openai", "model": "gpt-6-luna", "key": format!("  {KEY}\n")})
}

/// The same route again, with some fields changed.
pub(crate) fn changed(fields: Value) -> Value {
    let mut call = save();
    for (name, value) in fields.as_object().unwrap() {
        call[name] = value.clone();
    }
    call
}

/// Says of everything that it works, in the words of each provider.
pub(crate) fn works(_: &Value) -> (u16, String) {
    let answer = json!({"id": "gpt-6-luna", "object": "model", "totalTokens": 1, "input_tokens": 1,
        "access_token": "token-0", "expires_in": 3599, "token_type": "Bearer",
        "data": [{"index": 0, "embedding": [0.6, 0.8]}], "embeddings": [{"values": [0.6, 0.8]}],
        "predictions": [{"embeddings": {"values": [0.6, 0.8]}}],
        "choices": [{"finish_reason": "stop", "message": {"role": "assistant", "content": "pong"}}],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1}});
    (200, answer.to_string())
}

/// Names of the providers' keys in the secret store.
pub(crate) fn keys(world: &World) -> Vec<&String> {
    world.secrets.keys().filter(|name| name.starts_with("key:")).collect()
}

/// Everything that is stored, logged or recorded of the last call but what headers and the signer got.
pub(crate) fn kept(world: &World) -> String {
    let rows = [&world.jobs, &world.index, &world.masking, &world.models];
    format!("{:?}{:?}{}{}{}", world.kv, world.secrets, json!(rows), json!(world.logs), json!(world.queue))
}

#[test]
fn only_an_admin_sees_and_changes_the_routes() {
    let mut world = world(works);
    for call in [
        json!({"type": "admin.open"}),
        save(),
        json!({"type": "admin.testRoute"}),
        json!({"type": "admin.removeRoute", "id": "r1"}),
        json!({"type": "admin.choose", "mode": "extract"}),
    ] {
        let answer = world.page(WRITER, call).unwrap();
        assert_eq!(answer["code"], "admin-only");
    }
    assert_eq!(world.sent, Vec::<Value>::new());
}

/// Ledger: SO-13, ES-06.
#[test]
fn a_key_that_works_is_sealed_and_never_comes_back() {
    let mut world = world(works);
    let view = world.view(ADMIN, save());
    assert_eq!((&view["test"]["ok"], &view["test"]["kept"]), (&json!(true), &json!(true)), "{view}");
    let key = &view["routes"][0]["key"];
    assert_eq!((&key["last4"], &key["kind"], &key["version"]), (&json!("cdef"), &json!("api"), &json!(1)));
    assert_eq!((&key["savedBy"]["accountId"], key["fingerprint"].as_str().unwrap().len()), (&json!(ADMIN), 8));
    assert_eq!(view["route"]["provider"], "openai");
    for call in [
        json!({"type": "admin.open"}),
        json!({"type": "studio.open"}),
        json!({"type": "admin.testRoute", "id": "r1"}),
        json!({"type": "admin.choose", "mode": "extract"}),
        json!({"type": "admin.choose", "mode": "customer"}),
        changed(json!({"id": "r1", "key": null, "name": "Ours"})),
        json!({"type": "index.open"}),
        json!({"type": "masking.open"}),
        json!({"type": "admin.removeRoute", "id": "r1"}),
    ] {
        let view = world.view(ADMIN, call.clone());
        assert!(!view.to_string().contains("canary"), "{call}");
    }
    assert!(!kept(&world).contains("canary"));
}

#[test]
fn several_routes_stand_beside_each_other_and_one_is_chosen() {
    let mut world = world(works);
    world.view(ADMIN, save());
    let second =
        changed(json!({"provider": "gemini", "model": "gemini-3.5-flash-lite", "key": "AIzaCanary0123456789"}));
    let view = world.view(ADMIN, second);
    assert_eq!(view["routes"].as_array().unwrap().len(), 2);
    assert_eq!((&view["routes"][0]["isChosen"], &view["route"]["provider"]), (&json!(true), &json!("openai")));
    let view = world.view(ADMIN, json!({"type": "admin.choose", "mode": "customer", "id": "r2"}));
    assert_eq!((&view["routes"][1]["isChosen"], &view["route"]["provider"]), (&json!(true), &json!("gemini")));
    let view = world.view(ADMIN, json!({"type": "admin.choose", "mode": "extract"}));
    assert_eq!((&view["routes"][1]["isChosen"], &view["route"]["mode"]), (&json!(true), &json!("extract")));
    assert_eq!(
        world.page(ADMIN, json!({"type": "admin.choose", "mode": "customer", "id": "r9"})).unwrap()["code"],
        "no-route"
    );
}

#[test]
fn there_are_eight_routes_and_no_more_and_an_id_is_never_used_again() {
    let mut world = world(works);
    for _ in 0..8 {
        world.view(ADMIN, save());
    }
    let sent = world.sent.len();
    assert_eq!(world.page(ADMIN, save()).unwrap()["code"], "too-many-routes");
    assert_eq!(world.sent.len(), sent, "asked a provider for a route that could not be kept");
    world.view(ADMIN, json!({"type": "admin.removeRoute", "id": "r8"}));
    let view = world.view(ADMIN, save());
    assert_eq!((&view["routes"][7]["id"], keys(&world).len()), (&json!("r9"), 8));
}

#[test]
fn removing_the_route_in_use_leaves_no_route_and_no_fallback() {
    let mut world = world(works);
    world.view(ADMIN, save());
    world.view(ADMIN, save());
    let view = world.view(ADMIN, json!({"type": "admin.removeRoute", "id": "r1"}));
    assert_eq!((&view["mode"], view["routes"].as_array().unwrap().len()), (&json!("extract"), 1));
    assert_eq!(keys(&world), ["key:r2:1"]);
    assert_eq!(world.page(ADMIN, json!({"type": "admin.choose", "mode": "customer"})).unwrap()["code"], "no-route");
    assert_eq!(world.page(ADMIN, json!({"type": "admin.removeRoute", "id": "r1"})).unwrap()["code"], "not-found");
}

#[test]
fn removing_another_route_changes_nothing_of_what_is_used() {
    let mut world = world(works);
    world.view(ADMIN, save());
    world.view(ADMIN, save());
    let view = world.view(ADMIN, json!({"type": "admin.removeRoute", "id": "r2"}));
    assert_eq!((&view["mode"], &view["routes"][0]["isChosen"]), (&json!("customer"), &json!(true)));
    assert_eq!(keys(&world), ["key:r1:1"]);
}

#[test]
fn only_the_first_route_is_used_unasked() {
    let mut world = world(works);
    world.view(ADMIN, save());
    world.view(ADMIN, save());
    world.view(ADMIN, json!({"type": "admin.removeRoute", "id": "r1"}));
    let view = world.view(ADMIN, changed(json!({"id": "r2"})));
    assert_eq!(view["mode"], "extract", "a change of a route is no choice of it");
    let view = world.view(ADMIN, save());
    assert_eq!(view["mode"], "extract", "nor is another route");
    world.view(ADMIN, json!({"type": "admin.removeRoute", "id": "r2"}));
    world.view(ADMIN, json!({"type": "admin.removeRoute", "id": "r3"}));
    assert_eq!(world.view(ADMIN, save())["mode"], "customer");
}

#[test]
fn a_test_is_remembered_with_its_route() {
    let mut world = world(works);
    world.view(ADMIN, save());
    world.answers.push_back(Ok((401, r#"{"error":{"code":"invalid_api_key"}}"#.to_owned())));
    let view = world.view(ADMIN, json!({"type": "admin.testRoute", "id": "r1"}));
    assert_eq!((&view["test"]["ok"], &view["test"]["id"]), (&json!(false), &json!("r1")));
    let view = world.view(ADMIN, json!({"type": "admin.open"}));
    assert_eq!((&view["routes"][0]["tested"]["code"], &view["test"]), (&json!("model-auth"), &Value::Null));
}

/// Ledger: SO-28, ES-04.
#[test]
fn an_uninstall_erases_keys_first_and_everything_in_the_end() {
    let mut world = world(works);
    world.view(ADMIN, save());
    world.view(ADMIN, changed(json!({"provider": "vertex", "region": "eu", "model": "gemini-3.5-flash-lite", "key": crate::scenes::service_account()})));
    world.view(ADMIN, json!({"type": "admin.testRoute", "id": "r2"}));
    world.view(WRITER, crate::main_job::start(&crate::main_job::new_page(), "page", "extract"));
    world.time = 50_000;
    world.own("uninstall", json!({"type": "uninstall"})).unwrap();
    assert!(world.secrets.is_empty() && world.kv.is_empty() && world.jobs.is_empty() && world.models.is_empty());
    let deletions: Vec<&String> =
        world.performed.iter().filter(|kind| kind.ends_with("delete") || *kind == "transact").collect();
    assert_eq!(deletions[0], "secret-delete");
}
