//! Asking a model when it does not go well: waits and changes, routes that rest, routes that stand in, limits and the
//! month's tokens; and that nothing leaves which a rule keeps, nothing is asked twice for nothing, and nothing is uncounted.

use serde_json::{Value, json};

use crate::admin::{ADMIN, changed, works};
use crate::host::{Fault, World};
use crate::main_job::{WRITER, new_page, site, start};

/// A draft as a model writes it.
pub(crate) fn draft() -> (u16, String) {
    said(
        &json!({"title": "", "sections": [{"heading": "Fixed", "items": [
        {"kind": "bullet", "text": "The VPN drops after 60 minutes.", "refs": ["S1"]}]}]})
        .to_string(),
        "stop",
    )
}

pub(crate) fn said(content: &str, finish: &str) -> (u16, String) {
    crate::answer::said(content, finish, [100, 20])
}

pub(crate) fn error(status: u16, code: &str) -> (u16, String) {
    (status, json!({"error": {"code": code, "message": "no", "param": "reasoning_effort"}}).to_string())
}

/// Drafts what is a draft, and says yes to whoever tries a route out.
pub(crate) fn model(request: &Value) -> (u16, String) {
    if request.to_string().contains("# source S1, ") { draft() } else { works(request) }
}

/// r1 and r2 in the EU, r3 anywhere, r4 on a server of the customer's; r1 is used.
pub(crate) fn connected() -> World {
    let mut world = World::new(site());
    world.site.admins.insert(ADMIN.to_owned());
    world.model = model;
    for fields in [
        json!({"region": "eu", "name": "First"}),
        json!({"region": "eu", "model": "gpt-6-sol"}),
        json!({"model": "gpt-6-luna"}),
        json!({"provider": "openai-compatible", "model": "llama", "endpoint": "https://llm.example/v1"}),
    ] {
        let view = world.view(ADMIN, changed(fields));
        assert_eq!(view["test"]["ok"], true, "{view}");
    }
    world.view(ADMIN, json!({"type": "admin.choose", "mode": "customer", "id": "r1"}));
    world.time = 200_000;
    world.sent.clear();
    world
}

pub(crate) fn with_fallback() -> World {
    let mut world = connected();
    world.view(ADMIN, json!({"type": "models.setFallback", "from": "r1", "to": "r2", "on": true}));
    world
}

pub(crate) fn begun(world: &mut World) -> Value {
    world.view(WRITER, start(&new_page(), "page", "route"))
}

/// Another draft than the first.
pub(crate) fn another(world: &mut World) -> Value {
    let mut call = start(&json!({"type": "new", "spaceId": "10", "title": "Another"}), "page", "route");
    call["requestId"] = json!("00000000-8b86-d011-b42d-00c04fc964ff");
    world.view(WRITER, call)
}

pub(crate) fn shown(world: &mut World, job: &Value) -> Value {
    world.view(WRITER, json!({"type": "job.get", "jobId": job["id"]}))
}

/// A draft whose event is delivered once, after these answers.
pub(crate) fn drafted(world: &mut World, answers: Vec<Result<(u16, String), &'static str>>) -> Value {
    let job = begun(world);
    world.answers = answers.into();
    world.deliver();
    shown(world, &job)
}

pub(crate) fn state(job: &Value) -> (&str, &str) {
    (job["state"].as_str().unwrap(), job["problem"]["code"].as_str().unwrap_or_default())
}

pub(crate) fn rules(world: &mut World) -> Value {
    world.view(ADMIN, json!({"type": "models.open"}))
}

pub(crate) fn health(world: &mut World, id: &str) -> Value {
    let all = world.view(ADMIN, json!({"type": "models.health"}));
    all.as_array().unwrap().iter().find(|one| one["id"] == id).unwrap().clone()
}

pub(crate) fn hosts(world: &World) -> Vec<String> {
    let model = |sent: &Value| sent["body"]["model"].as_str().unwrap_or_default().to_owned();
    world.sent.iter().map(model).collect()
}

#[test]
fn what_passes_is_asked_again_after_a_wait_in_the_same_event() {
    let mut world = connected();
    let job = drafted(&mut world, vec![Ok(error(503, "")), Err("timeout")]);
    assert_eq!(state(&job), ("review", ""), "{job}");
    assert_eq!((world.sent.len(), world.waited.len()), (3, 2));
    assert!(world.waited.iter().all(|ms| *ms < 2_000), "{:?}", world.waited);
    assert_eq!(health(&mut world, "r1")["state"], "closed");
}

#[test]
fn what_the_provider_asks_to_wait_is_kept_or_left_to_a_later_event() {
    let mut world = connected();
    world.said = vec![json!(["retry-after", "7"])];
    let job = drafted(&mut world, vec![Ok(error(429, "rate_limit_exceeded"))]);
    assert_eq!(state(&job), ("review", ""), "{job}");
    assert!(world.waited.iter().sum::<u64>() >= 7_000, "{:?}", world.waited);
    let mut world = connected();
    world.said = vec![json!(["retry-after", "300"])];
    let job = drafted(&mut world, vec![Ok(error(429, "rate_limit_exceeded"))]);
    assert_eq!((state(&job), world.sent.len()), (("queued", "model-rate-limited"), 1), "{job}");
    assert!(world.queue[0]["delaySeconds"].as_u64() >= Some(300), "{:?}", world.queue);
}

#[test]
fn what_does_not_pass_is_asked_once() {
    for (answer, code) in [
        (error(401, "invalid_api_key"), "model-auth"),
        (error(403, ""), "model-permission"),
        (error(404, "model_not_found"), "model-not-found"),
        (error(429, "insufficient_quota"), "model-quota"),
        (error(400, "invalid_request_error"), "model-bad-request"),
        (said("", "content_filter"), "model-filtered"),
        (said("x", "length"), "model-too-long"),
    ] {
        let mut world = with_fallback();
        let job = drafted(&mut world, vec![Ok(answer)]);
        assert_eq!((state(&job), world.sent.len()), (("failed", code), 1), "{job}");
        assert!(world.waited.is_empty() && world.queue.is_empty());
    }
}

#[test]
fn an_answer_without_the_form_is_asked_for_once_more_with_a_word_on_it() {
    let mut world = connected();
    let job = drafted(&mut world, vec![Ok(said("Sure! Here it is.", "stop"))]);
    assert_eq!((state(&job), world.sent.len()), (("review", ""), 2), "{job}");
    let bodies: Vec<String> = world.sent.iter().map(|sent| sent["body"].to_string()).collect();
    assert!(!bodies[0].contains("none behind it") && bodies[1].contains("none behind it"));
    let mut world = connected();
    let job = drafted(&mut world, vec![Ok(said("Sure!", "stop")), Ok(said("Sure!", "stop"))]);
    assert_eq!((state(&job), world.sent.len()), (("failed", "model-malformed"), 2));
}

#[test]
fn an_empty_answer_is_asked_for_once_more() {
    let mut world = connected();
    let job = drafted(&mut world, vec![Ok(said("", "stop"))]);
    assert_eq!((state(&job), world.sent.len()), (("review", ""), 2), "{job}");
    let mut world = connected();
    let job = drafted(&mut world, vec![Ok(said(" \n", "stop")), Ok((200, "{".to_owned()))]);
    assert_eq!((state(&job), world.sent.len()), (("failed", "model-malformed"), 2));
}

#[test]
fn a_field_the_model_does_not_take_is_left_out_once() {
    let mut world = connected();
    let job = drafted(&mut world, vec![Ok(error(400, "unsupported_parameter"))]);
    assert_eq!((state(&job), world.sent.len()), (("review", ""), 2), "{job}");
    let has = |at: usize| world.sent[at]["body"].get("reasoning_effort").is_some();
    assert!(has(0) && !has(1), "{:?}", world.sent);
}

/// What a refused call taught is kept with the route: the next draft's first request is built without it.
#[test]
fn a_field_the_model_does_not_take_is_known_from_then_on() {
    let named = |field: &str| {
        Ok((400, json!({"error": {"code": "unsupported_parameter", "message": "no", "param": field}}).to_string()))
    };
    let mut world = connected();
    let job = drafted(&mut world, vec![named("reasoning_effort"), named("store"), named("response_format")]);
    assert_eq!((state(&job), world.sent.len()), (("review", ""), 4), "{job}");
    let fields = ["reasoning_effort", "store", "response_format"];
    let has = |sent: &Value| fields.map(|field| sent["body"].get(field).is_some());
    let seen: Vec<[bool; 3]> = world.sent.iter().map(has).collect();
    let (all, none) = ([true, true, true], [false, false, false]);
    assert_eq!(seen, [all, [false, true, true], [false, false, true], none]);

    world.sent.clear();
    another(&mut world);
    world.deliver();
    assert_eq!(world.sent.iter().map(has).collect::<Vec<_>>(), [none]);

    // The same field once more is the model's last word.
    let mut world = connected();
    let job = drafted(&mut world, vec![named("store"), named("store")]);
    assert_eq!((state(&job), world.sent.len()), (("failed", "model-bad-request"), 2), "{job}");
}

/// Whoever saves the route anew as another model's forgets what the one before did not take; a new name forgets nothing.
#[test]
fn what_was_learnt_is_of_one_model() {
    let mut world = connected();
    drafted(&mut world, vec![Ok(error(400, "unsupported_parameter"))]);
    for (fields, takes) in [(json!({"name": "Renamed"}), false), (json!({"model": "gpt-6-sol"}), true)] {
        let mut call = changed(json!({"region": "eu", "id": "r1"}));
        call.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        assert_eq!(world.view(ADMIN, call)["test"]["kept"], true);
        world.sent.clear();
        let job = world.view(WRITER, {
            let mut call =
                start(&json!({"type": "new", "spaceId": "10", "title": fields.to_string()}), "page", "route");
            call["requestId"] = json!(format!("0000000{}-8b86-d011-b42d-00c04fc964ff", u8::from(takes)));
            call
        });
        world.deliver();
        assert_eq!(state(&shown(&mut world, &job)).0, "review", "{fields}");
        assert_eq!(world.sent[0]["body"].get("reasoning_effort").is_some(), takes, "{fields}");
    }
}

#[test]
fn what_was_too_long_is_asked_for_once_more_at_half_the_length() {
    let mut world = connected();
    let job = drafted(&mut world, vec![Ok(error(400, "context_length_exceeded"))]);
    assert_eq!((state(&job), world.sent.len()), (("review", ""), 2), "{job}");
    let most = |at: usize| world.sent[at]["body"]["max_completion_tokens"].as_u64().unwrap();
    assert_eq!((most(0), most(1)), (8_192, 4_096));
    let mut world = connected();
    let long = || Ok(error(400, "context_length_exceeded"));
    let job = drafted(&mut world, vec![long(), long()]);
    assert_eq!((state(&job), world.sent.len()), (("failed", "model-too-long"), 2));
}

#[test]
fn a_route_that_failed_rests_for_everybody_and_one_request_tries_it() {
    let mut world = connected();
    let down = || Ok(error(503, ""));
    let job = drafted(&mut world, vec![down(), down(), down()]);
    assert_eq!((state(&job).0, world.sent.len()), ("queued", 3), "{job}");
    assert_eq!(
        (&health(&mut world, "r1")["state"], &health(&mut world, "r2")["state"]),
        (&json!("open"), &json!("closed"))
    );
    world.time = 20_000;
    let other = another(&mut world);
    world.deliver();
    assert_eq!(world.sent.len(), 3, "nobody asks it");
    assert_eq!(shown(&mut world, &other)["state"], "queued");
    world.now += 60_000;
    world.answers = vec![down()].into();
    world.deliver();
    assert_eq!(world.sent.len(), 4, "one request tries it, and it rests for longer");
    let until = health(&mut world, "r1")["until"].as_u64().unwrap();
    assert!((50_000..=61_000).contains(&(until - world.now)), "{}", until - world.now);
    world.now += 61_000;
    world.settle();
    let states = [state(&shown(&mut world, &job)).0.to_owned(), state(&shown(&mut world, &other)).0.to_owned()];
    assert_eq!(
        (states, health(&mut world, "r1")["state"].as_str()),
        ([(); 2].map(|()| "review".to_owned()), Some("closed"))
    );
}

#[test]
fn a_draft_given_up_while_a_request_waits_asks_no_more() {
    let mut world = with_fallback();
    world.is_given_up_while_waiting = true;
    let job = drafted(&mut world, vec![Ok(error(503, ""))]);
    assert_eq!((job["state"].as_str(), world.sent.len()), (Some("discarded"), 1), "{job}");
    assert!(world.queue.is_empty());
    assert_eq!(rules(&mut world)["budget"]["requests"], 2, "what was counted stays counted");
}

#[test]
fn whatever_fails_each_request_is_counted_and_the_row_stays() {
    for fault in [Fault::Before, Fault::After, Fault::Crash] {
        for at in 1.. {
            let mut world = with_fallback();
            let job = begun(&mut world);
            world.answers = vec![Ok(error(503, "")), Ok(said("Sure!", "stop"))].into();
            world.fault = Some((at, fault));
            world.deliver();
            let is_over = world.fault.take().is_some();
            let spent = rules(&mut world)["budget"].clone();
            let asked = u64::try_from(world.sent.len()).unwrap();
            assert!(spent["requests"].as_u64().unwrap() >= asked, "effect {at} failed {fault:?}: {spent} of {asked}");
            assert!(
                spent["requests"].as_u64().unwrap() <= asked + 1,
                "effect {at} failed {fault:?}: {spent} of {asked}"
            );
            for _ in 0..6 {
                world.now += 170_000;
                world.deliver();
                shown(&mut world, &job);
            }
            let job = shown(&mut world, &job);
            assert!(["review", "failed"].contains(&state(&job).0), "effect {at} failed {fault:?}: {job}");
            let spent = rules(&mut world)["budget"].clone();
            assert!(spent["requests"].as_u64().unwrap() >= u64::try_from(world.sent.len()).unwrap(), "{spent}");
            assert!(world.sent.len() <= 10, "asked {} times", world.sent.len());
            if is_over {
                break;
            }
        }
    }
}
