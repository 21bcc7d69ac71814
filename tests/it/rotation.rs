//! A change of the root, step by step: readable, promoted, re-wrapped, raised. Whatever step a process is at, everything opens.

use std::collections::{BTreeMap, BTreeSet};

use quillgate::vault::Keyring;
use serde_json::{Value, json};

use crate::host::World;
use crate::index::{ADMIN, WRITER, found, site, switch};
use crate::main_job::{existing, new_page, start};

pub(crate) const KEY: &str = "sk-test-canary-0123456789abcdef";
pub(crate) const OTHER_KEY: &str = "sk-test-canary-fedcba9876543210";
const ROOT_2: &str = "ZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXp7fH1-f4CBgoM";

pub(crate) fn window(world: &mut World, window: &str) {
    world.env.insert("QUILLGATE_ROOT_2".to_owned(), ROOT_2.to_owned());
    world.env.insert("QUILLGATE_ROOT_WINDOW".to_owned(), window.to_owned());
}

/// The step after which records are sealed under the second root.
pub(crate) fn promote(world: &mut World) {
    window(world, "minimum=1 primary=2 readable=2");
}

/// The last step: the first root is not there any more.
fn raise(world: &mut World) {
    window(world, "minimum=2 primary=2 readable=2");
    world.env.remove("QUILLGATE_ROOT_1");
}

pub(crate) fn save_key(key: &str) -> Value {
    json!({"type": "admin.saveRoute", "provider": "openai", "model": "gpt-6-luna", "key": key})
}

pub(crate) fn save_set(name: &str) -> Value {
    json!({"type": "sets.save", "name": name, "sources": [{"kind": "issue", "id": "ITD-1"}]})
}

/// A world with a record of every class the catalogue knows.
pub(crate) fn full() -> World {
    let mut world = World::new(site());
    world.model = |_| (200, json!({"id": "gpt-6-luna", "object": "model"}).to_string());
    world.view(ADMIN, switch("project", "ITD", true));
    world.settle();
    world.view(ADMIN, save_key(KEY));
    world.view(WRITER, save_set("mine"));
    world.view(ADMIN, save_set("the admin's"));
    world.view(ADMIN, json!({"type": "masking.setKind", "class": "public", "kind": "EMAIL", "on": false}));
    world.view(ADMIN, json!({"type": "masking.try", "text": "Call anna@example.com.", "class": "confidential"}));
    let job = world.view(WRITER, start(&new_page(), "page", "extract"));
    world.view(WRITER, json!({"type": "publish", "jobId": job["id"], "hash": job["review"]["hash"]}));
    let mut other = start(&existing(), "update", "extract");
    other["requestId"] = json!("00000000-8b86-d011-b42d-00c04fc964ff");
    world.view(WRITER, other);
    world
}

/// Delivers events as the platform does: one that was killed or ended in a fault comes again.
pub(crate) fn stubbornly(world: &mut World) {
    for _ in 0..80 {
        let Some(event) = (!world.queue.is_empty()).then(|| world.queue.remove(0)) else { return };
        for _ in 0..5 {
            match world.consume(&event) {
                Some(answer) if answer["type"] != "fault" => break,
                _ => world.now += 30_000,
            }
        }
    }
    panic!("events without an end");
}

/// The hourly look, and what it begins.
pub(crate) fn hourly(world: &mut World) {
    world.now += 3_600_000;
    world.time = 50_000;
    world.own("schedule", json!({"type": "sweep"}));
    stubbornly(world);
}

fn is_short_lived(name: &str) -> bool {
    name.starts_with("draft:") || name.starts_with("input:")
}

/// Names of what is sealed under a root, but what is gone within a day.
pub(crate) fn under(world: &World, root: u32) -> Vec<String> {
    let sealed = world.sealed().into_iter().filter(|(name, _)| !is_short_lived(name));
    sealed.filter(|(_, value)| Keyring::root_of(value) == Ok(root)).map(|(name, _)| name).collect()
}

pub(crate) fn names(world: &World) -> BTreeSet<String> {
    let names = world.sealed().into_iter().map(|(name, _)| name);
    names.filter(|name| !is_short_lived(name) && name != "kept/rotation").collect()
}

/// What a user finds again whatever root is in use.
#[track_caller]
pub(crate) fn everything_opens(world: &mut World, when: &str) {
    let test = world.view(ADMIN, json!({"type": "admin.testRoute", "id": "r1"}));
    assert_eq!(test["test"]["ok"], true, "{when}: {test}");
    assert!(world.credential.contains(KEY), "{when}");
    assert_eq!(world.view(WRITER, json!({"type": "sets.list"}))["sets"][0]["name"], "mine", "{when}");
    assert_eq!(world.view(ADMIN, json!({"type": "sets.list"}))["sets"][0]["name"], "the admin's", "{when}");
    let masking = world.view(ADMIN, json!({"type": "masking.open"}));
    assert_eq!(masking["classes"][0]["off"], json!(["EMAIL"]), "{when}: {masking}");
    assert_eq!(found(world, WRITER, "battery"), ["ITD-3"], "{when}");
    assert_eq!(world.view(WRITER, json!({"type": "job.list"}))["jobs"].as_array().unwrap().len(), 2, "{when}");
    // The same request is the same job: ids hang on no root.
    let again = world.page(WRITER, start(&new_page(), "page", "extract")).unwrap();
    assert_eq!(again["view"]["state"], "published", "{when}: {again}");
}

/// Ledger: SA-20.
#[test]
fn a_rotation_moves_every_record_and_nobody_notices() {
    let mut world = full();
    let before: BTreeMap<String, String> = world.sealed().into_iter().collect();
    let expiries = world.kv.clone();
    assert_eq!((under(&world, 1).len(), under(&world, 2).len()), (names(&world).len(), 0));
    window(&mut world, "minimum=1 primary=1 readable=2");
    hourly(&mut world);
    assert!(under(&world, 2).is_empty(), "readable is not promoted");
    everything_opens(&mut world, "readable");
    promote(&mut world);
    everything_opens(&mut world, "promoted");
    hourly(&mut world);
    assert_eq!(under(&world, 1), [""; 0]);
    everything_opens(&mut world, "re-wrapped");
    for (name, value) in world.sealed().into_iter().filter(|(name, _)| name.starts_with("index:")) {
        assert_eq!(payload(&value), payload(&before[&name]), "{name}: the payload is the same bytes");
        let (ends, ended) = (world.kv[&name].1.unwrap(), expiries[&name].1.unwrap());
        assert!(ended.abs_diff(ends) < 2_000, "{name}: it ends when it did, within a second of either rounding");
    }
    assert!(!settled(&world));
    for _ in 0..26 {
        hourly(&mut world);
    }
    assert!(settled(&world), "a day later nothing of the first root is left");
    raise(&mut world);
    everything_opens(&mut world, "raised");
    hourly(&mut world);
    assert!(world.queue.is_empty());
}

fn settled(world: &World) -> bool {
    world.logs.iter().any(|line| line["code"] == "root-settled")
}

/// The bytes of an envelope after its data-key box.
fn payload(sealed: &str) -> Vec<u8> {
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let sextets: Vec<u32> = sealed
        .bytes()
        .map(|byte| u32::try_from(alphabet.iter().position(|one| *one == byte).unwrap()).unwrap())
        .collect();
    let bytes = sextets.chunks(4).flat_map(|four| {
        let word = four.iter().fold(0, |word, sextet| word << 6 | sextet) << (6 * (4 - four.len()));
        word.to_be_bytes()[1..four.len()].to_vec()
    });
    bytes.skip(17 + 112).collect()
}

#[test]
fn processes_of_two_neighbouring_steps_work_beside_each_other() {
    let steps = ["minimum=1 primary=1 readable=1", "minimum=1 primary=1 readable=2", "minimum=1 primary=2 readable=2"];
    for pair in steps.windows(2) {
        let mut world = full();
        for round in 0..4 {
            window(&mut world, pair[round % 2]);
            world.view(WRITER, save_set("mine"));
            world.view(ADMIN, json!({"type": "masking.setKind", "class": "public", "kind": "EMAIL", "on": false}));
            if round == 1 {
                hourly(&mut world);
            }
            everything_opens(&mut world, pair[round % 2]);
        }
    }
}

#[test]
fn what_an_old_process_writes_late_is_found_by_the_last_look() {
    let mut world = full();
    promote(&mut world);
    hourly(&mut world);
    window(&mut world, "minimum=1 primary=1 readable=2");
    world.view(WRITER, save_set("late"));
    promote(&mut world);
    assert!(!under(&world, 1).is_empty());
    for _ in 0..27 {
        hourly(&mut world);
    }
    assert_eq!(under(&world, 1), [""; 0]);
    assert!(settled(&world));
}

#[test]
fn a_promotion_that_is_taken_back_moves_everything_back() {
    let mut world = full();
    promote(&mut world);
    hourly(&mut world);
    window(&mut world, "minimum=1 primary=1 readable=2");
    hourly(&mut world);
    assert_eq!(under(&world, 2), [""; 0]);
    window(&mut world, "minimum=1 primary=1 readable=1");
    everything_opens(&mut world, "taken back");
}

#[test]
fn a_minimum_that_is_raised_too_early_hides_and_destroys_nothing() {
    let mut world = full();
    let before = world.sealed();
    raise(&mut world);
    let answer = world.page(WRITER, json!({"type": "sets.list"})).unwrap();
    assert_eq!(answer["code"], "no-root-key");
    hourly(&mut world);
    assert_eq!(world.sealed(), before);
    world.env.insert("QUILLGATE_ROOT_1".to_owned(), crate::keys::ROOT_1.to_owned());
    promote(&mut world);
    everything_opens(&mut world, "lowered again");
}

#[test]
fn a_record_that_was_damaged_before_holds_nothing_up() {
    let mut world = full();
    promote(&mut world);
    let sets: Vec<String> = world.kept.keys().filter(|key| key.starts_with("sets:")).cloned().collect();
    world.kept.get_mut(&sets[0]).unwrap()["body"] = json!("QUJD");
    for _ in 0..27 {
        hourly(&mut world);
    }
    assert!(settled(&world));
    assert_eq!(under(&world, 1), [""; 0]);
    assert_eq!(world.kept[&sets[0]]["body"], "QUJD", "it is left as it is");
}

#[test]
fn a_job_lives_no_longer_for_its_new_wrap() {
    let mut world = full();
    world.now += 80 * 24 * 3_600_000;
    promote(&mut world);
    world.time = 50_000;
    world.own("schedule", json!({"type": "sweep"}));
    let mut lives = Vec::new();
    while !world.queue.is_empty() {
        let event = world.queue.remove(0);
        world.consume(&event);
        let sets = world.wire.iter().filter_map(|line| line.pointer("/out/effects")?.as_array()).flatten();
        let sets = sets.filter_map(|effect| effect.pointer("/set/0")).filter(|set| set["entity"] == "job");
        lives.extend(sets.map(|set| set["ttlSeconds"].as_u64().unwrap()));
    }
    assert!(!lives.is_empty() && lives.iter().all(|life| *life <= 10 * 24 * 3_600), "{lives:?}");
}
