//! Stored values put in each other's places, by whoever can write to storage: those of other records, classes, versions, providers and
//! tenants. None opens where it was not sealed for; what was there is missing or said to be unreadable, never replaced.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::host::World;
use crate::index::{ADMIN, WRITER, search};
use crate::rotation::{full, save_key, save_set};

/// Puts a sealed text in a place.
fn put(world: &mut World, name: &str, text: &str) {
    if let Some(secret) = name.strip_prefix("secret/") {
        world.secrets.insert(secret.to_owned(), text.to_owned());
        return;
    }
    match name.split_once('/') {
        Some((entity, key)) => {
            let rows = match entity {
                "job" => &mut world.jobs,
                "index" => &mut world.index,
                "masking" => &mut world.masking,
                "models" => &mut world.models,
                _ => &mut world.kept,
            };
            rows.get_mut(key).unwrap()["body"] = json!(text);
        }
        None => world.kv.get_mut(name).unwrap().0 = text.to_owned(),
    }
}

/// What a user sees of the record in a place, or why they do not. Looking changes nothing: a test of a key is written down elsewhere.
fn seen(world: &World, name: &str) -> Value {
    let world = &mut world.clone();
    let page = |world: &mut World, user: &str, call: Value| world.page(user, call).unwrap();
    let job = |world: &mut World, id: &str| page(world, WRITER, json!({"type": "job.get", "jobId": id}));
    match name.split_once(['/', ':']).unwrap_or((name, "")) {
        ("secret", key) if key.starts_with("key:") => {
            json!(["r1", "r2"].map(|id| {
                compared(page(world, ADMIN, json!({"type": "admin.testRoute", "id": id}))["view"]["test"].take())
            }))
        }
        ("secret", _) => page(world, ADMIN, json!({"type": "sets.list"})),
        ("models", "settings") => page(world, ADMIN, json!({"type": "admin.open"})),
        ("models", "state") => page(world, ADMIN, json!({"type": "models.health"})),
        ("models", _) => page(world, ADMIN, json!({"type": "models.bakeOffGet"})),
        ("kept", _) => {
            json!([page(world, ADMIN, json!({"type": "sets.list"})), page(world, WRITER, json!({"type": "sets.list"}))])
        }
        ("masking", _) => page(world, ADMIN, json!({"type": "masking.open"})),
        ("job", id) => job(world, id),
        ("draft", id) => job(world, id),
        ("index", "settings") => page(world, ADMIN, json!({"type": "index.open"})),
        // The index: its manifest and its values.
        _ => json!(
            ["battery", "printer", "tunnel", "\"lifts the keyboard\""]
                .map(|word| search(world, WRITER, word)["hits"].clone())
        ),
    }
}

/// Times pass, and ids made at random differ; neither is content.
fn compared(mut seen: Value) -> Value {
    if let Some(test) = seen.as_object_mut() {
        test.remove("latencyMs");
    }
    seen
}

/// The places of a world that a user can see into.
fn places(world: &World) -> BTreeMap<String, String> {
    world.sealed().into_iter().filter(|(name, _)| !name.starts_with("kept/rotation")).collect()
}

/// Ledger: ES-37.
#[test]
fn no_value_opens_in_the_place_of_another() {
    let mut world = full();
    // A second provider's key: those of two routes are never each other's.
    world.model = crate::admin::works;
    let claude = json!({"provider": "anthropic", "model": "claude-haiku-5-5", "key": "sk-ant-canary-0123456789"});
    assert_eq!(world.view(ADMIN, crate::admin::changed(claude))["test"]["kept"], true);
    let ours = places(&world);
    assert_eq!(ours.keys().filter(|name| name.starts_with("secret/key:")).count(), 2, "{:?}", ours.keys());
    let mut elsewhere = full();
    elsewhere.cloud = "elsewhere";
    let theirs: Vec<String> = places(&theirs_of(&world)).into_values().collect();
    let older: Vec<String> = places(&older_of(&world)).into_values().collect();
    let right: BTreeMap<&String, Value> = ours.keys().map(|name| (name, compared(seen(&world, name)))).collect();
    let mut tried = 0;
    for (name, own) in &ours {
        for text in ours.values().chain(&theirs).chain(&older).filter(|text| *text != own) {
            put(&mut world, name, text);
            let found = compared(seen(&world, name));
            let is_said = found.to_string().contains("-unreadable\"");
            // Of an index that is damaged nothing is found; what else is shown is what was shown without the record.
            assert!(is_said || is_less(&found, &right[name]), "{name}: {found}");
            put(&mut world, name, own);
            tried += 1;
        }
        assert_eq!(&compared(seen(&world, name)), &right[name], "{name}");
    }
    assert!(tried > 400, "only {tried} swaps");
}

/// Nothing is in `found` that was not in `right`, and something is missing.
fn is_less(found: &Value, right: &Value) -> bool {
    match (found, right) {
        (Value::Array(found), Value::Array(right)) if found.len() == right.len() => {
            let pairs = || found.iter().zip(right);
            pairs().all(|(one, other)| one == other || is_less(one, other)) && pairs().any(|(one, other)| one != other)
        }
        (Value::Array(found), Value::Array(right)) => {
            found.len() < right.len() && found.iter().all(|one| right.contains(one))
        }
        _ => false,
    }
}

/// The same installation's records on another site: same secrets, same ids, another tenant.
fn theirs_of(world: &World) -> World {
    let mut theirs = World::new(world.site.clone());
    theirs.cloud = "elsewhere";
    theirs.model = world.model;
    theirs.secrets.insert("inst".to_owned(), world.secrets["inst"].clone());
    theirs.view(ADMIN, save_key(crate::rotation::KEY));
    theirs.view(WRITER, save_set("mine"));
    theirs.view(ADMIN, json!({"type": "masking.setKind", "class": "public", "kind": "EMAIL", "on": false}));
    theirs.view(ADMIN, json!({"type": "index.set", "kind": "project", "key": "ITD", "on": true}));
    theirs.settle();
    theirs
}

/// The same records, one version later: what was there before is older now.
fn older_of(world: &World) -> World {
    let mut newer = world.clone();
    newer.view(ADMIN, save_key(crate::rotation::OTHER_KEY));
    newer.view(WRITER, save_set("mine"));
    newer.view(ADMIN, json!({"type": "masking.setKind", "class": "public", "kind": "PHONE", "on": false}));
    newer.view(ADMIN, json!({"type": "index.set", "kind": "space", "key": "OPS", "on": true}));
    newer.settle();
    newer
}

/// Puts back a part of what was stored.
type Part = fn(&mut World, &World);

/// Whoever can write to storage can put back what was there, record and revision together: nothing outside of it says that it is old.
/// That restores an earlier choice, and gives nobody a key: it is sent where it was saved for, and shown nowhere.
#[test]
fn what_is_put_back_whole_opens_and_gives_nobody_a_key() {
    let older = full();
    let newer = older_of(&older);
    let put_back: [Part; 6] = [
        |world, older| world.secrets.clone_from(&older.secrets),
        |world, older| world.models.clone_from(&older.models),
        |world, older| world.masking.clone_from(&older.masking),
        |world, older| (world.index, world.kv) = (older.index.clone(), older.kv.clone()),
        |world, older| world.jobs.clone_from(&older.jobs),
        |world, older| world.kept.clone_from(&older.kept),
    ];
    for chosen in 1..1_u32 << put_back.len() {
        let mut world = newer.clone();
        let parts = put_back.iter().enumerate().filter(|(at, _)| chosen >> at & 1 == 1);
        parts.for_each(|(_, put)| put(&mut world, &older));
        world.sent.clear();
        let mut told = Vec::new();
        for call in ["admin.open", "models.health", "masking.open", "index.open", "sets.list"] {
            told.push(world.page(ADMIN, json!({"type": call})).unwrap());
        }
        told.push(world.page(ADMIN, json!({"type": "admin.testRoute", "id": "r1"})).unwrap());
        assert!(!json!(told).to_string().contains("canary"), "{chosen:b}");
        for sent in &world.sent {
            assert!(sent["url"].as_str().unwrap().starts_with("https://api.openai.com/"), "{chosen:b}: {sent}");
            assert!(!sent["body"].to_string().contains("canary"), "{chosen:b}");
        }
    }
    let mut both = newer.clone();
    both.secrets.clone_from(&older.secrets);
    both.models.clone_from(&older.models);
    let view = both.view(ADMIN, json!({"type": "admin.testRoute", "id": "r1"}));
    assert_eq!(view["test"]["ok"], true, "the older key works where it was saved for: {view}");
}
