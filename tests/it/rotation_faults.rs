//! The sweep of a rotation, interrupted: every effect fails once, in three ways, and before every effect somebody else writes.
//! Whatever happens, everything ends under the new root, nothing that was written meanwhile is lost, and nothing deleted comes back.

use serde_json::json;

use crate::host::{Fault, World};
use crate::index::{ADMIN, WRITER, switch};
use crate::rotation::{
    OTHER_KEY, everything_opens, full, hourly, names, promote, save_key, save_set, stubbornly, under,
};

const FAULTS: [Fault; 3] = [Fault::Before, Fault::After, Fault::Crash];

/// A promoted world at the point where the sweep's first event is queued.
fn begun() -> World {
    let mut world = full();
    promote(&mut world);
    world.time = 50_000;
    world.own("schedule", json!({"type": "sweep"}));
    assert_eq!(world.queue.len(), 1);
    world
}

#[test]
fn whatever_fails_in_the_sweep_everything_ends_under_the_new_root() {
    let (before, mut reached) = (begun(), 0);
    let wanted = names(&before);
    for fault in FAULTS {
        for at in 1.. {
            let mut world = before.clone();
            let event = world.queue.remove(0);
            world.fault = Some((at, fault));
            let answer = world.consume(&event);
            if world.fault.take().is_some() {
                break;
            }
            if at % 2 == 0 && answer.is_none_or(|answer| answer["type"] == "fault") {
                // The platform delivers it again; else it is lost, and the hourly look notices.
                world.queue.insert(0, event);
            }
            stubbornly(&mut world);
            hourly(&mut world);
            hourly(&mut world);
            let when = format!("effect {at} failed {fault:?}");
            assert_eq!(under(&world, 1), [""; 0], "{when}");
            assert_eq!(names(&world), wanted, "{when}");
            if at % 16 == 0 {
                everything_opens(&mut world, &when);
            }
            reached += 1;
        }
    }
    assert!(reached > 120, "only {reached} effects were failed");
}

#[test]
fn whatever_fails_while_it_begins_it_begins() {
    let mut before = full();
    promote(&mut before);
    before.time = 50_000;
    for fault in FAULTS {
        for at in 1.. {
            let mut world = before.clone();
            world.fault = Some((at, fault));
            world.own("schedule", json!({"type": "sweep"}));
            if world.fault.take().is_some() {
                break;
            }
            stubbornly(&mut world);
            hourly(&mut world);
            assert_eq!(under(&world, 1), [""; 0], "effect {at} failed {fault:?}");
        }
    }
}

/// What somebody does meanwhile, and what must be so afterwards.
type Act = (&'static str, fn(&mut World), fn(&mut World, &str));

const ACTS: [Act; 5] = [
    (
        "another key is saved",
        |world| {
            let mut save = save_key(OTHER_KEY);
            save["id"] = json!("r1");
            world.view(ADMIN, save);
        },
        |world, when| {
            let view = world.view(ADMIN, json!({"type": "admin.testRoute", "id": "r1"}));
            assert_eq!(view["test"]["ok"], true, "{when}: {view}");
            assert!(world.credential.contains(OTHER_KEY), "{when}");
            assert_eq!(keys(world), 1, "{when}: the old key is gone");
        },
    ),
    (
        "the key is removed",
        |world| drop(world.view(ADMIN, json!({"type": "admin.removeRoute", "id": "r1"}))),
        |world, when| {
            assert_eq!(keys(world), 0, "{when}: it came back");
        },
    ),
    (
        "a set is saved",
        |world| drop(world.view(WRITER, save_set("meanwhile"))),
        |world, when| {
            let view = world.view(WRITER, json!({"type": "sets.list"}));
            assert_eq!(view["sets"][0]["name"], "meanwhile", "{when}: {view}");
            assert_eq!(view["sets"][1]["name"], "mine", "{when}: {view}");
        },
    ),
    (
        "a mask is switched",
        |world| {
            let call = json!({"type": "masking.setKind", "class": "public", "kind": "PHONE", "on": false});
            world.view(ADMIN, call);
        },
        |world, when| {
            let view = world.view(ADMIN, json!({"type": "masking.open"}));
            assert_eq!(view["classes"][0]["off"].as_array().unwrap().len(), 2, "{when}: {view}");
        },
    ),
    (
        "a project is switched off and what it had is deleted",
        |world| {
            world.view(ADMIN, switch("project", "ITD", false));
            world.queue.retain(|event| event["body"]["type"] != "rotate");
            stubbornly(world);
            world.own("schedule", json!({"type": "sweep"}));
        },
        |world, when| {
            hourly(world);
            hourly(world);
            let left: Vec<&String> = world.kv.keys().filter(|key| key.starts_with("index:")).collect();
            assert!(left.is_empty(), "{when}: {left:?}");
        },
    ),
];

fn keys(world: &World) -> usize {
    world.secrets.keys().filter(|name| name.starts_with("key:")).count()
}

#[test]
fn whatever_is_written_meanwhile_stays_written_and_what_is_deleted_stays_deleted() {
    let before = begun();
    for (name, act, check) in ACTS {
        let mut reached = 0;
        for at in 1.. {
            let mut world = before.clone();
            let event = world.queue.remove(0);
            world.meanwhile = Some((at, act));
            world.consume(&event);
            if world.meanwhile.take().is_some() {
                break;
            }
            stubbornly(&mut world);
            let when = format!("{name} before effect {at}");
            check(&mut world, &when);
            hourly(&mut world);
            assert_eq!(under(&world, 1), [""; 0], "{when}");
            reached += 1;
        }
        assert!(reached > 30, "{name}: only before {reached} effects");
    }
}

#[test]
fn two_sweeps_at_once_do_what_one_does() {
    let before = begun();
    for at in 1..40 {
        let mut world = before.clone();
        let event = world.queue.remove(0);
        world.meanwhile = Some((at, |world| drop(world.consume(&json!({"body": {"type": "rotate"}})))));
        world.consume(&event);
        stubbornly(&mut world);
        assert_eq!(under(&world, 1), [""; 0], "before effect {at}");
        assert_eq!(names(&world), names(&before), "before effect {at}");
    }
}
