//! The admin's part: only admins, keys write-only, wrong keys not kept.

use serde_json::{Value, json};

use crate::host::World;
use crate::main_job::{WRITER, site};

const ADMIN: &str = "acc-admin";
const KEY: &str = "sk-test-canary-0123456789abcdef";

fn world(model: fn(&Value) -> (u16, String)) -> World {
    let mut world = World::new(site());
    world.site.admins.insert(ADMIN.to_owned());
    world.model = model;
    world
}

fn save() -> Value {
    json!({"type": "admin.saveKey", "provider": "openai", "model": "gpt-6-luna", "key": format!("  {KEY}\n")})
}

fn works(_: &Value) -> (u16, String) {
    (200, json!({"id": "gpt-6-luna", "object": "model"}).to_string())
}

/// Names of the providers' keys in the secret store.
fn keys(world: &World) -> Vec<&String> {
    world.secrets.keys().filter(|name| *name != "inst").collect()
}

#[test]
fn only_an_admin_sees_and_changes_the_route() {
    let mut world = world(works);
    for call in [
        json!({"type": "admin.open"}),
        save(),
        json!({"type": "admin.test"}),
        json!({"type": "admin.removeKey"}),
        json!({"type": "admin.setMode", "mode": "extract"}),
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
    assert_eq!(view["test"]["ok"], true, "{view}");
    assert_eq!(view["key"]["last4"], "cdef");
    assert_eq!(view["route"]["provider"], "openai");
    for call in ["admin.open", "studio.open", "admin.test"] {
        assert!(!world.view(ADMIN, json!({"type": call})).to_string().contains(KEY));
    }
    assert!(!format!("{:?}{:?}{}", world.kv, world.secrets, json!(world.logs)).contains(KEY));
}

#[test]
fn a_key_the_provider_refuses_is_not_kept() {
    let mut world = world(|_| {
        (401, r#"{"error":{"message":"Incorrect API key provided","type":"invalid_request_error","code":"invalid_api_key"}}"#.to_owned())
    });
    let view = world.view(ADMIN, save());
    assert_eq!(view["test"]["code"], "model-auth");
    assert_eq!(view.get("key"), None);
    assert_eq!(keys(&world), Vec::<&String>::new());
}

#[test]
fn removing_the_key_leaves_no_route_and_no_fallback() {
    let mut world = world(works);
    world.view(ADMIN, save());
    let view = world.view(ADMIN, json!({"type": "admin.removeKey"}));
    assert_eq!(view["mode"], "extract");
    assert_eq!(keys(&world), Vec::<&String>::new());
    let answer = world.page(ADMIN, json!({"type": "admin.setMode", "mode": "customer"})).unwrap();
    assert_eq!(answer["code"], "no-route");
}

#[test]
fn an_endpoint_that_is_not_public_https_is_refused() {
    let mut world = world(works);
    for endpoint in [
        "http://model.example/v1",
        "https://127.0.0.1/v1",
        "https://user:pw@model.example/v1",
        "https://169.254.169.254/latest",
    ] {
        let call = json!({"type": "admin.saveKey", "provider": "openai-compatible", "model": "m", "endpoint": endpoint, "key": KEY});
        let answer = world.page(ADMIN, call).unwrap();
        assert_eq!(answer["code"], "endpoint-not-allowed", "{endpoint}");
    }
    assert_eq!(world.sent, Vec::<Value>::new());
}

/// Ledger: SO-28.
#[test]
fn an_uninstall_erases_keys_first_and_everything_in_the_end() {
    let mut world = world(works);
    world.view(ADMIN, save());
    world.view(WRITER, crate::main_job::start(&crate::main_job::new_page(), "page", "extract"));
    world.time = 50_000;
    world.own("uninstall", json!({"type": "uninstall"})).unwrap();
    assert!(world.secrets.is_empty() && world.kv.is_empty() && world.jobs.is_empty() && world.models.is_empty());
    let deletions: Vec<&String> =
        world.performed.iter().filter(|kind| kind.ends_with("delete") || *kind == "transact").collect();
    assert_eq!(deletions[0], "secret-delete");
}

/// What the first version of the settings looked like in storage, with its one key.
fn world_of_the_first_settings() -> World {
    let mut world = world(works);
    let kept: Value = serde_json::from_str(include_str!("../golden/record/settings-1.json")).unwrap();
    for (name, value) in kept["secrets"].as_object().unwrap() {
        world.secrets.insert(name.clone(), value.as_str().unwrap().to_owned());
    }
    let settings = kept["kv"]["settings"].as_str().unwrap();
    world.kv.insert("settings".to_owned(), (settings.to_owned(), None));
    world
}

#[test]
fn settings_of_the_first_version_still_work() {
    let mut world = world_of_the_first_settings();
    let view = world.view(ADMIN, json!({"type": "admin.open"}));
    assert_eq!((&view["mode"], &view["route"]["provider"]), (&json!("customer"), &json!("openai")));
    let view = world.view(ADMIN, json!({"type": "admin.test"}));
    assert_eq!(view["test"]["ok"], true);
}

#[test]
fn settings_of_the_first_version_are_written_anew_and_nothing_of_them_stays() {
    let mut world = world_of_the_first_settings();
    world.view(ADMIN, save());
    assert!(!world.kv.contains_key("settings"));
    assert_eq!(keys(&world), ["key:r1:2"]);
    world.view(ADMIN, json!({"type": "admin.removeKey"}));
    assert_eq!(keys(&world), Vec::<&String>::new());
}
