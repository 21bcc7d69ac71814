//! What does not parse, is too large, is gone or is not what was asked for: each ends in a code, and nothing is half written.

use serde_json::{Value, json};

use crate::host::World;
use crate::main_job::{WRITER, existing, new_page, site, start};

fn source_code(change: impl FnOnce(&mut World)) -> Value {
    let mut world = World::new(site());
    change(&mut world);
    let job = world.view(WRITER, start(&new_page(), "page", "extract"));
    assert_eq!(job["state"], "review", "the other source is enough: {job}");
    assert_eq!(job["sourceList"][0]["state"], "failed");
    job["sourceList"][0]["code"].clone()
}

fn described(world: &mut World, description: Value) {
    world.site.issues.get_mut("ITD-1").unwrap()["description"] = description;
}

#[test]
fn a_ticket_that_does_not_parse_is_named_and_left_out() {
    assert_eq!(source_code(|world| described(world, json!({"type": "doc", "content": 7}))), "unreadable");
    assert_eq!(source_code(|world| described(world, json!(["not a document"]))), "unreadable");
}

#[test]
fn a_ticket_of_many_megabytes_is_named_and_left_out() {
    let text = "word ".repeat(1_200_000);
    let body = json!({"type": "doc", "version": 1, "content": [{"type": "paragraph", "content": [{"type": "text", "text": text}]}]});
    assert_eq!(source_code(|world| described(world, body)), "too-large");
}

#[test]
fn a_deleted_ticket_is_named_and_left_out() {
    assert_eq!(
        source_code(|world| {
            world.site.issues.remove("ITD-1");
        }),
        "not-found"
    );
}

#[test]
fn sources_none_of_which_can_be_read_end_the_job_visibly() {
    let mut world = World::new(site());
    world.site.issues.clear();
    let job = world.view(WRITER, start(&new_page(), "page", "extract"));
    assert_eq!((job["state"].as_str(), job["problem"]["code"].as_str()), (Some("failed"), Some("no-sources-readable")));
}

#[test]
fn a_page_to_update_that_does_not_parse_is_refused_and_unchanged() {
    let mut world = World::new(site().page("8", "Broken", "<p>open"));
    let answer = world.page(WRITER, start(&json!({"type": "page", "pageId": "8"}), "update", "extract")).unwrap();
    assert_eq!(answer["code"], "unreadable", "{answer}");
    assert_eq!(world.site.pages["8"].versions.len(), 1);
}

#[test]
fn a_title_that_is_taken_is_refused_before_anything_is_read() {
    let mut world = World::new(site());
    let target = json!({"type": "new", "spaceId": "10", "title": "Runbook"});
    let answer = world.page(WRITER, start(&target, "page", "extract")).unwrap();
    assert_eq!(answer["code"], "title-taken");
    assert!(world.jobs.is_empty());
}

#[test]
fn a_page_the_user_may_not_edit_is_refused_before_anything_is_read() {
    let mut world = World::new(site());
    world.site.pages.get_mut("7").unwrap().editors.insert("acc-boss".to_owned());
    let answer = world.page(WRITER, start(&existing(), "update", "extract")).unwrap();
    assert_eq!(answer["code"], "no-permission");
    assert!(world.jobs.is_empty());
}

#[track_caller]
fn model_answers(model: fn(&Value) -> (u16, String), code: &str) {
    ends(World::with_model(site(), model), code);
}

/// A draft that fails says why, asks no more than a few times, and leaves nothing half-way.
#[track_caller]
fn ends(mut world: World, code: &str) {
    let job = world.view(WRITER, start(&new_page(), "page", "route"));
    let mut view = Value::Null;
    for _ in 0..4 {
        world.now += 120_000;
        world.deliver();
        view = world.view(WRITER, json!({"type": "job.get", "jobId": job["id"]}));
    }
    assert_eq!((view["state"].as_str(), view["problem"]["code"].as_str()), (Some("failed"), Some(code)), "{view}");
    // Three times in the first event, once in each of two later ones: the route rested between.
    assert!(world.sent.len() <= 5, "asked {} times", world.sent.len());
    assert!(!world.kv.keys().any(|key| key.starts_with("input:")), "the excerpts are kept");
}

fn said(content: &str, finish: &str) -> (u16, String) {
    crate::answer::said(content, finish, [1, 1])
}

#[test]
fn whatever_a_model_answers_wrong_ends_in_its_code() {
    model_answers(|_| said("Sure! Here is your page.", "stop"), "model-malformed");
    model_answers(|_| said(r#"{"sections":[{"heading":"x"}]}"#, "stop"), "model-malformed");
    model_answers(|_| said("", "content_filter"), "model-filtered");
    model_answers(|_| (200, "{".to_owned()), "model-malformed");
    // An answer that broke off, as a stream where none was asked for, or that is an error all the same.
    model_answers(|_| (200, said("{\"title\": \"Half", "length").1[..60].to_owned()), "model-malformed");
    model_answers(
        |_| (200, "data: {\"choices\":[{\"delta\":{\"content\":\"Half\"}}]}\n\ndata: {".to_owned()),
        "model-malformed",
    );
    model_answers(|_| (200, r#"{"error":{"code":"server_error","message":"m"}}"#.to_owned()), "model-server");
    model_answers(|_| (401, r#"{"error":{"code":"invalid_api_key"}}"#.to_owned()), "model-auth");
    model_answers(|_| (429, r#"{"error":{"code":"insufficient_quota"}}"#.to_owned()), "model-quota");
    model_answers(|_| (503, String::new()), "model-overloaded");
}

#[test]
fn an_answer_that_never_came_whole_ends_in_its_code() {
    for (failure, code) in [("too-large", "model-malformed"), ("timeout", "model-timeout"), ("network", "model-server")]
    {
        let mut world = World::with_model(site(), |_| said("unused", "stop"));
        world.answers = std::iter::repeat_n(Err(failure), 20).collect();
        ends(world, code);
    }
}
