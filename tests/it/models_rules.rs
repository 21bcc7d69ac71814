//! The rules for models: which route stands in for which, where texts of a class may go, what a month may cost.

use serde_json::{Value, json};

use crate::admin::ADMIN;
use crate::main_job::{WRITER, new_page, start};
use crate::models::{
    another, begun, connected, drafted, error, health, hosts, rules, said, shown, state, with_fallback,
};

#[test]
fn limits_the_provider_tells_of_are_waited_for_before_anything_is_sent() {
    let mut world = connected();
    world.said = vec![json!(["x-ratelimit-remaining-requests", "0"]), json!(["x-ratelimit-reset-requests", "12s"])];
    let job = drafted(&mut world, Vec::new());
    assert_eq!((state(&job).0, world.waited.len()), ("review", 0));
    assert_eq!(health(&mut world, "r1")["remaining"]["requests"], 0);
    world.said.clear();
    let other = another(&mut world);
    world.deliver();
    assert_eq!(shown(&mut world, &other)["state"], "review");
    assert!(world.waited.iter().sum::<u64>() > 10_000, "{:?}", world.waited);
}

#[test]
fn a_route_stands_in_where_an_admin_allowed_it_and_the_writer_saw_it() {
    let mut world = with_fallback();
    let studio = world.view(WRITER, json!({"type": "studio.open"}));
    assert_eq!(studio["fallbacks"][0]["model"], "gpt-6-sol");
    let down = || Ok(error(503, ""));
    let job = drafted(&mut world, vec![down(), down(), down()]);
    assert_eq!(state(&job), ("review", ""), "{job}");
    assert_eq!(hosts(&world), ["gpt-6-luna", "gpt-6-luna", "gpt-6-luna", "gpt-6-sol"]);
    assert_eq!((&job["route"]["model"], &job["answered"]["model"]), (&json!("gpt-6-luna"), &json!("gpt-6-sol")));
    assert_eq!(job["fallbacks"][0]["model"], "gpt-6-sol");
    // While the first rests, the other is asked at once.
    let other = another(&mut world);
    world.deliver();
    assert_eq!(shown(&mut world, &other)["state"], "review");
    assert_eq!(hosts(&world).last().unwrap(), "gpt-6-sol");
}

#[test]
fn a_route_that_was_allowed_after_the_writer_looked_is_not_taken() {
    let mut world = connected();
    let job = begun(&mut world);
    world.view(ADMIN, json!({"type": "models.setFallback", "from": "r1", "to": "r2", "on": true}));
    let down = || Ok(error(503, ""));
    world.answers = vec![down(), down(), down()].into();
    world.deliver();
    assert_eq!(hosts(&world), ["gpt-6-luna"; 3]);
    assert_eq!(shown(&mut world, &job)["state"], "queued");
    let mut world = with_fallback();
    let job = begun(&mut world);
    world.view(ADMIN, json!({"type": "admin.choose", "mode": "customer", "id": "r2"}));
    world.deliver();
    assert_eq!((state(&shown(&mut world, &job)), world.sent.len()), (("failed", "no-route"), 0));
}

/// Ledger: SY-12, ES-29.
#[test]
fn nothing_stands_in_across_a_boundary_or_without_leave() {
    let mut world = connected();
    for (from, to) in [("r1", "r3"), ("r3", "r1"), ("r1", "r4"), ("r4", "r3")] {
        let call = json!({"type": "models.setFallback", "from": from, "to": to, "on": true});
        assert_eq!(world.page(ADMIN, call).unwrap()["code"], "other-boundary", "{from} {to}");
    }
    for (from, to) in [("r1", "r1"), ("r1", "r9"), ("default", "r1")] {
        let call = json!({"type": "models.setFallback", "from": from, "to": to, "on": true});
        assert_eq!(world.page(ADMIN, call).unwrap()["type"], "refused", "{from} {to}");
    }
    let down = || Ok(error(503, ""));
    drafted(&mut world, vec![down(), down(), down()]);
    world.time = 20_000;
    for _ in 0..6 {
        world.now += 20_000;
        world.deliver();
    }
    assert!(hosts(&world).iter().all(|model| model == "gpt-6-luna"), "{:?}", hosts(&world));
    let shown: Vec<Value> = rules(&mut world)["fallbacks"].as_array().unwrap().clone();
    assert_eq!(shown.len(), 2, "{shown:?}");
}

#[test]
fn what_was_held_back_goes_to_no_other_route() {
    for answer in [said("", "content_filter"), (400, json!({"error": {"code": "content_filter"}}).to_string())] {
        let mut world = with_fallback();
        let job = drafted(&mut world, vec![Ok(answer)]);
        assert_eq!((state(&job), hosts(&world)), (("failed", "model-filtered"), vec!["gpt-6-luna".to_owned()]));
        // Nor when the first one failed before.
        let mut world = with_fallback();
        let down = || Ok(error(503, ""));
        let refused = json!({"choices": [{"finish_reason": "stop", "message": {"role": "assistant", "refusal": "no", "content": null}}]});
        let job = drafted(&mut world, vec![down(), Ok((200, refused.to_string()))]);
        assert_eq!((state(&job), hosts(&world)), (("failed", "model-refused"), vec!["gpt-6-luna".to_owned(); 2]));
    }
}

/// Ledger: ES-31.
#[test]
fn texts_of_a_class_stay_where_an_admin_said() {
    let mut world = connected();
    let set = |boundaries: Value| json!({"type": "models.setClass", "class": "confidential", "boundaries": boundaries});
    // The project of the tickets has no class of its own: it counts as confidential.
    world.view(ADMIN, set(json!(["us", "atlassian"])));
    let preview = crate::preview::previewed_answer(&mut world, &start(&new_page(), "page", "route"));
    assert_eq!((&preview["code"], &preview["params"]["class"]), (&json!("class-boundary"), &json!("confidential")));
    let job = drafted(&mut world, Vec::new());
    assert_eq!((state(&job), world.sent.len()), (("failed", "class-boundary"), 0));
    assert!(!world.kv.keys().any(|key| key.starts_with("input:")), "the excerpts are kept");
    world.view(ADMIN, set(json!(["eu"])));
    let other = another(&mut world);
    world.deliver();
    assert_eq!(shown(&mut world, &other)["state"], "review");
    let view = world.view(ADMIN, set(Value::Null));
    assert!(view["classes"].as_array().unwrap().iter().all(|rule| rule.get("boundaries").is_none()));
    assert_eq!(world.page(ADMIN, set(json!(["EU"]))).unwrap()["code"], "bad-input");
    assert_eq!(world.page(WRITER, set(json!([]))).unwrap()["code"], "admin-only");
}

#[test]
fn a_month_that_is_used_up_is_said_so_and_nothing_is_sent() {
    let mut world = connected();
    drafted(&mut world, Vec::new());
    let budget = rules(&mut world)["budget"].clone();
    assert_eq!((&budget["spent"], &budget["requests"]), (&json!(120), &json!(1)), "{budget}");
    world.view(ADMIN, json!({"type": "models.setBudget", "monthlyTokens": 5_000}));
    let sent = world.sent.len();
    let preview = crate::preview::previewed_answer(&mut world, &start(&new_page(), "page", "route"));
    assert_eq!((&preview["code"], &preview["params"]["limit"]), (&json!("budget-spent"), &json!(5_000)), "{preview}");
    let other = another(&mut world);
    world.deliver();
    assert_eq!((state(&shown(&mut world, &other)), world.sent.len()), (("failed", "budget-spent"), sent));
    world.view(ADMIN, json!({"type": "models.setBudget", "monthlyTokens": null}));
    assert_eq!(world.page(WRITER, json!({"type": "models.setBudget"})).unwrap()["code"], "admin-only");
    let huge = json!({"type": "models.setBudget", "monthlyTokens": 10_u64.pow(15)});
    assert_eq!(world.page(ADMIN, huge).unwrap()["code"], "bad-input");
}

#[test]
fn only_an_admin_sees_and_changes_the_rules() {
    let mut world = connected();
    for call in [
        json!({"type": "models.open"}),
        json!({"type": "models.health"}),
        json!({"type": "models.setFallback", "from": "r1", "to": "r2", "on": true}),
        json!({"type": "models.bakeOff", "routes": ["r1"]}),
        json!({"type": "models.bakeOffGet"}),
        json!({"type": "models.bakeOffCancel"}),
    ] {
        assert_eq!(world.page(WRITER, call.clone()).unwrap()["code"], "admin-only", "{call}");
    }
    let run = json!({"type": "models.bakeOffRun", "run": "x", "step": 0});
    assert_eq!(world.page(ADMIN, run).unwrap()["code"], "not-allowed-here");
}
