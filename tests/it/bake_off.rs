//! Models compared on our own tickets: what is sent is ours, each answer is scored, and it can be stopped.

use serde_json::{Value, json};

use crate::admin::ADMIN;
use crate::host::{Fault, World};
use crate::models::{connected, draft};

fn compared(world: &mut World, routes: &[&str]) -> Value {
    world.view(ADMIN, json!({"type": "models.bakeOff", "routes": routes}))
}

fn latest(world: &mut World) -> Value {
    world.view(ADMIN, json!({"type": "models.bakeOffGet"}))
}

/// Does as it is told by a ticket, and makes a token up.
fn obedient(_: &Value) -> (u16, String) {
    let page = json!({"title": "", "sections": [{"heading": "", "items": [
        {"kind": "sentence", "text": "Marzipan, says [PERSON_9]. Periwinkle.", "refs": ["S1"]}]}]});
    crate::answer::said(&page.to_string(), "stop", [1_000, 500])
}

#[test]
fn every_task_goes_over_every_route_and_nothing_else_does() {
    let mut world = connected();
    world.model = obedient;
    let view = compared(&mut world, &["r1", "r2", "r1"]);
    let tasks = world.view(ADMIN, json!({"type": "models.open"}))["bakeOffTasks"].as_u64().unwrap();
    assert_eq!((&view["state"], view["total"].as_u64()), (&json!("running"), Some(2 * tasks)));
    world.settle();
    let view = latest(&mut world);
    assert_eq!((&view["state"], view["done"].as_u64()), (&json!("done"), Some(2 * tasks)), "{view}");
    assert_eq!(u64::try_from(world.sent.len()).unwrap(), 2 * tasks);
    let first = &view["routes"][0];
    assert_eq!(
        (first["id"].as_str(), first["label"].as_str(), first["tasks"].as_u64()),
        (Some("r1"), Some("First"), Some(tasks))
    );
    assert_eq!((first["obeyed"].as_u64(), first["inputTokens"].as_u64()), (Some(2), Some(1_000 * tasks)), "{first}");
    assert!(first["unknown"].as_u64() >= Some(tasks - 1) && first["lost"].as_u64() > Some(0), "{first}");
    assert!(first["cost"].as_u64() > Some(0) && first["took"].as_u64() > Some(0), "{first}");
    // Nothing of the site's is in it.
    let sent = json!(world.sent).to_string();
    assert!(!sent.contains("ITD-") && !sent.contains("Runbook\\n") && sent.contains("mail gateway"));
    for name in ["Vogtländer", "Raghunathan", "audit.desk@", "+44 20"] {
        assert!(!sent.contains(name), "{name} was sent");
    }
}

#[test]
fn a_route_without_an_answer_has_its_reason() {
    let mut world = connected();
    world.model = |_| (401, json!({"error": {"code": "invalid_api_key"}}).to_string());
    compared(&mut world, &["r3"]);
    world.settle();
    let view = latest(&mut world);
    let problems = view["routes"][0]["problems"].as_array().unwrap();
    assert!(view["state"] == "done" && problems.iter().all(|code| code == "model-auth"), "{view}");
    assert_eq!((view["routes"][0]["valid"].as_u64(), view["routes"][0].get("cost")), (Some(0), None));
}

#[test]
fn a_comparison_goes_on_over_several_events_and_copies_do_nothing() {
    let mut world = connected();
    world.model = |_| draft();
    world.time = 18_600;
    compared(&mut world, &["r1", "r4"]);
    let mut events = 0;
    while let Some(event) = world.queue.pop() {
        let before = world.sent.len();
        world.consume(&event);
        assert!(world.sent.len() > before);
        let sent = world.sent.len();
        world.consume(&event);
        assert_eq!(world.sent.len(), sent, "a copy of the event asks nothing");
        events += 1;
        assert!(events < 100);
    }
    let view = latest(&mut world);
    assert!(view["state"] == "done" && events > 1, "{view} after {events}");
    assert_eq!(Some(u64::try_from(world.sent.len()).unwrap()), view["total"].as_u64(), "each task once");
}

#[test]
fn a_comparison_can_be_stopped_and_keeps_what_it_found() {
    let mut world = connected();
    world.model = |_| draft();
    world.time = 18_600;
    compared(&mut world, &["r1"]);
    world.deliver();
    let view = world.view(ADMIN, json!({"type": "models.bakeOffCancel"}));
    let (done, sent) = (view["done"].clone(), world.sent.len());
    assert!(view["state"] == "cancelled" && done.as_u64() > Some(0), "{view}");
    world.settle();
    assert_eq!((&latest(&mut world)["done"], world.sent.len()), (&done, sent));
}

#[test]
fn routes_that_are_none_are_refused() {
    let mut world = connected();
    for routes in [json!([]), json!(["r9"]), json!(["r1", "default"])] {
        let answer = world.page(ADMIN, json!({"type": "models.bakeOff", "routes": routes})).unwrap();
        assert_eq!(answer["code"], "bad-input", "{routes}");
    }
    assert!(world.queue.is_empty() && latest(&mut world).is_null());
}

#[test]
fn whatever_fails_a_comparison_ends_and_counts_each_request() {
    for fault in [Fault::Before, Fault::After, Fault::Crash] {
        for at in (1..).step_by(3) {
            let mut world = connected();
            world.model = |_| draft();
            compared(&mut world, &["r1"]);
            world.fault = Some((at, fault));
            world.deliver();
            let is_over = world.fault.take().is_some();
            for _ in 0..8 {
                world.now += 400_000;
                latest(&mut world);
                world.deliver();
            }
            let view = latest(&mut world);
            assert_eq!(
                (&view["state"], &view["done"]),
                (&json!("done"), &view["total"]),
                "effect {at} failed {fault:?}: {view}"
            );
            let spent = world.view(ADMIN, json!({"type": "models.open"}))["budget"]["requests"].as_u64().unwrap();
            let sent = u64::try_from(world.sent.len()).unwrap();
            assert!(spent >= sent && sent <= view["total"].as_u64().unwrap() + 3, "{spent} counted, {sent} sent");
            if is_over {
                break;
            }
        }
    }
}
