//! The wire as it is: one recorded conversation for each call, input by input, in `tests/golden/wire`.
//! A change of the wire is a change of these files, and is seen in a review. New conversations are added; what is there
//! changes with the wire alone: `UPDATE_GOLDEN=1 cargo test --test it wire`. Sealed and random values are replaced.

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::admin::ADMIN;
use crate::host::World;
use crate::main_job::site;
use crate::scenes::{SCENES, Scene, model};

pub(crate) const INSTALLATION: &str = "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8";

#[test]
fn each_conversation_is_as_it_was_recorded() {
    for (name, scene) in SCENES {
        let recorded = written_out(&played(*scene));
        let file = folder().join(format!("{name}.json"));
        if std::env::var("UPDATE_GOLDEN").is_ok_and(|value| value == "1") {
            std::fs::write(&file, &recorded).unwrap();
        }
        let golden = std::fs::read_to_string(&file).unwrap_or_default();
        let differs = golden.lines().zip(recorded.lines()).position(|(one, other)| one != other);
        assert!(
            golden == recorded,
            "the wire of {name} is not as recorded, from line {:?} of {}; if that is meant: UPDATE_GOLDEN=1",
            differs.map(|line| line + 1),
            file.display()
        );
    }
}

#[test]
fn every_call_effect_and_answer_is_recorded() {
    let all: Vec<Value> = SCENES.iter().map(|(_, scene)| played(*scene)).collect();
    let lines = || all.iter().flat_map(|lines| lines.as_array().unwrap());
    let found = |pointer: &str| -> BTreeSet<String> {
        lines().filter_map(|line| line.pointer(pointer)?.as_str().map(str::to_owned)).collect()
    };
    assert_eq!(found("/in/call/type"), names(include_str!("../../src/protocol/call.rs"), "#[serde(rename = \""));
    assert_eq!(found("/out/answer/type"), words(&["ok", "refused", "rejected", "fault"]));
    let effects = lines().filter_map(|line| line.pointer("/out/effects")?.as_array()).flatten();
    let effects: BTreeSet<String> = effects.map(|effect| effect["type"].as_str().unwrap().to_owned()).collect();
    let known = [
        "product",
        "egress",
        "kv-get",
        "kv-set",
        "kv-delete",
        "kv-keys",
        "secret-get",
        "secret-set",
        "secret-delete",
        "entity-get",
        "entity-query",
        "transact",
        "queue-push",
        "realtime",
        "sign",
        "wait",
        "llm",
    ];
    assert_eq!(effects, words(&known));
}

#[test]
fn no_recording_is_of_a_call_that_is_gone() {
    let files = std::fs::read_dir(folder()).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    let scenes: BTreeSet<String> = SCENES.iter().map(|(name, _)| format!("{name}.json")).collect();
    assert_eq!(files.collect::<BTreeSet<_>>(), scenes);
}

fn played(scene: Scene) -> Value {
    let mut world = World::with_model(site(), model);
    world.site.admins.insert(ADMIN.to_owned());
    world.secrets.insert("inst".to_owned(), INSTALLATION.to_owned());
    // The keys of names are made by the first invocation, whichever it is.
    world.own("lifecycle", json!({"type": "lifecycle", "event": "upgraded"}));
    scene(&mut world);
    let mut lines = Value::Array(std::mem::take(&mut world.wire));
    without_chance(&mut lines);
    lines
}

/// Sealed values are long base64url without a space, and a secret that is made is random. Everything else is the same each
/// time, requests to a model too.
fn without_chance(value: &mut Value) {
    match value {
        Value::String(text) if text.starts_with("qgcanary") => "(random)".clone_into(text),
        Value::String(text) if is_sealed(text) => "(sealed)".clone_into(text),
        Value::Array(list) => list.iter_mut().for_each(without_chance),
        Value::Object(map) => {
            for (name, value) in map.iter_mut() {
                // Names made at random: of a comparison, a set, a segment.
                if ["run", "id", "segment"].contains(&name.as_str()) && value.as_str().is_some_and(is_random) {
                    *value = json!("(random)");
                }
                // The installation's secret, where a recording makes it.
                let is_made = |text: &str| text.len() == 43 && ![INSTALLATION, crate::keys::ROOT_1].contains(&text);
                if name == "value" && value.as_str().is_some_and(is_made) {
                    *value = json!("(random)");
                }
                // What was measured of a kind changes with each measurement.
                if name == "figure" {
                    *value = json!("(measured)");
                }
                if name == "key" && value.as_str().is_some_and(|key| key.starts_with("index:")) {
                    let part = value.as_str().and_then(|key| key.rsplit(':').next()).unwrap_or_default();
                    *value = json!(format!("index:(random):{part}"));
                }
            }
            if map.get("type").is_some_and(|kind| kind == "secret-set") {
                map.insert("value".to_owned(), json!("(sealed or random)"));
            }
            map.values_mut().for_each(without_chance);
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn is_random(text: &str) -> bool {
    text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn is_sealed(text: &str) -> bool {
    text.len() > 64 && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}

fn written_out(lines: &Value) -> String {
    format!("{}\n", serde_json::to_string_pretty(lines).unwrap())
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/wire")
}

fn words(list: &[&str]) -> BTreeSet<String> {
    list.iter().map(|word| (*word).to_owned()).collect()
}

/// What stands behind a mark in a source, up to the quote.
fn names(source: &str, mark: &str) -> BTreeSet<String> {
    source.split(mark).skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
}
