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

const SCENES: [Scene; 3] = [
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
];

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
