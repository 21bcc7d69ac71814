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
            page(world, ADMIN, json!({"type": "admin.testRoute", "id": "r1"}))["view"]["test"].take()
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
    let ours = places(&world);
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
