//! Every effect of the index's background work fails once, in three ways: not done, done but the answer lost, done and the
//! invocation killed. Whatever fails, the events' retries and the hourly look end in an index that is whole, and no value is left
//! that nothing names.

use serde_json::{Value, json};

use crate::host::{Fault, World};
use crate::index::{ADMIN, WRITER, found, indexed, site, switch};

const FAULTS: [Fault; 3] = [Fault::Before, Fault::After, Fault::Crash];

/// Delivers events as the platform does: one that was killed or ended in a fault comes again.
fn stubbornly(world: &mut World) {
    for _ in 0..60 {
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

/// Hours later: whatever was lost is begun again, whatever is left over is deleted.
fn later(world: &mut World) {
    for _ in 0..2 {
        world.now += 2 * 3_600_000;
        world.time = 50_000;
        world.own("schedule", json!({"type": "sweep"}));
        stubbornly(world);
    }
}

fn is_whole(world: &mut World, when: &str) {
    assert_eq!(found(world, WRITER, "battery"), ["ITD-3"], "{when}");
    assert_eq!(found(world, WRITER, "paperclip"), ["ITD-2"], "{when}");
    assert_eq!(found(world, WRITER, "lessor"), ["8"], "{when}");
    assert!(!found(world, WRITER, "roller").contains(&"ITD-2".to_owned()), "{when}");
    let view = world.view(ADMIN, json!({"type": "index.open"}));
    for key in ["ITD", "OPS"] {
        let container = view["containers"].as_array().unwrap().iter().find(|c| c["key"] == key).unwrap();
        assert_eq!(container["state"], "ready", "{when}: {container}");
    }
    // Opting out lists what the index names for deletion: anything else would stay.
    world.view(ADMIN, switch("project", "ITD", false));
    world.view(ADMIN, switch("space", "OPS", false));
    stubbornly(world);
    later(world);
    let left: Vec<&String> = world.kv.keys().filter(|key| key.starts_with("index:")).collect();
    assert!(left.is_empty(), "{when}: {left:?}");
}

/// What is to be done when the fault hits, after everything before it went well.
type Scene = (&'static str, fn() -> (World, Value));

const SCENES: [Scene; 5] = [
    ("crawl", || {
        let mut world = World::new(changed());
        world.view(ADMIN, switch("space", "OPS", true));
        stubbornly(&mut world);
        world.view(ADMIN, switch("project", "ITD", true));
        let event = world.queue.remove(0);
        (world, event)
    }),
    ("change", || {
        let mut world = indexed(site());
        world.site = changed();
        world.own("event", json!({"type": "product.changed", "kind": "issue", "ids": ["ITD-2"]}));
        let event = world.queue.remove(0);
        (world, event)
    }),
    ("merge", || {
        let mut world = indexed(site());
        world.site = changed();
        for _ in 0..9 {
            world.own("event", json!({"type": "product.changed", "kind": "issue", "ids": ["ITD-2"]}));
        }
        let merges = |event: &Value| event["body"]["type"] == "merge";
        while !world.queue.iter().all(merges) {
            let at = world.queue.iter().position(|event| !merges(event)).unwrap();
            let event = world.queue.remove(at);
            world.consume(&event);
        }
        let event = world.queue.first().cloned().unwrap_or(json!({"body": {"type": "merge"}}));
        world.queue.clear();
        (world, event)
    }),
    ("texts written anew", || {
        let mut world = with_dead_texts();
        world.own("schedule", json!({"type": "index.reconcile"}));
        let event = world.queue.iter().find(|event| event["body"]["type"] == "merge").cloned().unwrap();
        world.queue.clear();
        (world, event)
    }),
    (DAMAGED, with_a_damaged_value),
];

const DAMAGED: &str = "merge with a value that does not open";

/// A world in which most of what a group of texts holds was replaced and merged away.
fn with_dead_texts() -> World {
    let mut world = unmerged();
    world.consume(&json!({"body": {"type": "merge"}}));
    world.queue.clear();
    world
}

/// A world with so many small segments that they are due to be merged.
fn unmerged() -> World {
    let mut world = indexed(site());
    world.site = changed();
    for at in 0..10 {
        let id = ["ITD-1", "ITD-2"][at % 2];
        world.own("event", json!({"type": "product.changed", "kind": "issue", "ids": [id]}));
        let event = world.queue.remove(0);
        world.consume(&event);
        world.queue.clear();
    }
    world
}

fn with_a_damaged_value() -> (World, Value) {
    let mut world = unmerged();
    // The first one: what the crawl wrote, ITD-3 in it.
    let values: Vec<String> =
        world.kv.keys().filter(|key| key.starts_with("index:") && key.ends_with(":s")).cloned().collect();
    for key in values {
        let mut damaged = world.clone();
        damaged.kv.get_mut(&key).unwrap().0.replace_range(40..44, "AAAA");
        if found(&mut damaged, WRITER, "battery").is_empty() {
            world = damaged;
            break;
        }
    }
    assert_eq!(found(&mut world, WRITER, "battery"), [""; 0]);
    (world, json!({"body": {"type": "merge"}}))
}

#[test]
fn a_value_that_does_not_open_holds_up_no_merge_and_the_next_night_brings_back_what_it_held() {
    let (mut world, event) = with_a_damaged_value();
    world.consume(&event);
    let lost: Vec<&Value> = world.logs.iter().filter(|line| line["code"] == "index-lost").collect();
    assert_eq!(lost.len(), 1, "{:?}", world.logs);
    assert_eq!(lost[0]["of"], 1);
    let code = |world: &mut World| {
        let view = world.view(ADMIN, json!({"type": "index.open"}));
        view["containers"].as_array().unwrap().iter().find(|c| c["key"] == "ITD").unwrap()["code"].clone()
    };
    assert_eq!(code(&mut world), "storage-unreadable");
    assert_eq!(found(&mut world, WRITER, "paperclip"), ["ITD-2"], "the others are there");
    world.own("schedule", json!({"type": "index.reconcile"}));
    stubbornly(&mut world);
    assert_eq!(found(&mut world, WRITER, "battery"), ["ITD-3"]);
    assert_eq!(code(&mut world), Value::Null);
    is_whole(&mut world, "after a damaged value");
}

#[test]
fn texts_most_of_which_are_dead_are_written_anew_in_the_night() {
    let mut world = with_dead_texts();
    let texts = |world: &World| {
        world.kv.keys().filter(|key| key.starts_with("index:") && key.contains(":x")).cloned().collect::<Vec<_>>()
    };
    let before = texts(&world);
    world.own("schedule", json!({"type": "index.reconcile"}));
    assert!(world.queue.iter().any(|event| event["body"]["type"] == "merge"), "{:?}", world.queue);
    stubbornly(&mut world);
    later(&mut world);
    let after = texts(&world);
    assert!(
        before.iter().any(|key| !after.contains(key)) && after.iter().any(|key| !before.contains(key)),
        "{before:?} {after:?}"
    );
    is_whole(&mut world, "after texts were written anew");
}

fn changed() -> crate::site::Site {
    site().issue("ITD-2", "Printer on floor 3 jams", "It was a paperclip.")
}

#[test]
fn whatever_fails_in_the_background_the_index_ends_whole_and_without_orphans() {
    for (name, scene) in SCENES {
        let mut reached = 0;
        let (before, event) = scene();
        for fault in FAULTS {
            for at in 1.. {
                let (mut world, event) = (before.clone(), event.clone());
                world.fault = Some((at, fault));
                let answer = world.consume(&event);
                if world.fault.take().is_some() {
                    break;
                }
                if answer.is_none_or(|answer| answer["type"] == "fault") {
                    world.now += 30_000;
                    world.queue.insert(0, event);
                }
                stubbornly(&mut world);
                later(&mut world);
                if name == DAMAGED {
                    // What was lost is read again by the nightly comparison alone.
                    world.own("schedule", json!({"type": "index.reconcile"}));
                    stubbornly(&mut world);
                }
                is_whole(&mut world, &format!("{name}: effect {at} failed {fault:?}"));
                reached += 1;
            }
        }
        assert!(reached > 20, "{name}: only {reached} effects were failed");
    }
}

#[test]
fn whatever_fails_while_an_admin_switches_it_is_on_or_off_in_the_end() {
    for on in [true, false] {
        let mut before = indexed(changed());
        if on {
            before.view(ADMIN, switch("project", "ITD", false));
            stubbornly(&mut before);
        }
        for fault in FAULTS {
            for at in 1.. {
                let mut world = before.clone();
                world.fault = Some((at, fault));
                world.page(ADMIN, switch("project", "ITD", on));
                if world.fault.take().is_some() {
                    break;
                }
                // The admin looks and does it again if it did not happen.
                world.view(ADMIN, switch("project", "ITD", on));
                stubbornly(&mut world);
                later(&mut world);
                let when = format!("on {on}: effect {at} failed {fault:?}");
                if on {
                    is_whole(&mut world, &when);
                } else {
                    assert_eq!(found(&mut world, WRITER, "battery"), [""; 0], "{when}");
                    assert_eq!(found(&mut world, WRITER, "lessor"), ["8"], "{when}");
                }
            }
        }
    }
}
