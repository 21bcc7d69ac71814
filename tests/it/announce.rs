//! Pages are told that something moved: when a request leaves, when a draft ends however it does, and with each task of a
//! comparison. A signal names a channel and nothing else.

use serde_json::{Value, json};

use crate::admin::ADMIN;
use crate::host::World;
use crate::main_job::{WRITER, new_page, start};
use crate::models::{connected, draft};

fn drafted(answers: Vec<Result<(u16, String), &'static str>>) -> (World, Value) {
    let mut world = connected();
    let job = world.view(WRITER, start(&new_page(), "page", "route"));
    assert!(world.announced.is_empty(), "whoever asks has the answer");
    world.answers = answers.into();
    world.deliver();
    (world, job)
}

#[test]
fn a_writer_is_told_when_the_request_leaves_and_when_the_draft_ends_whatever_its_end() {
    for answers in [vec![Ok(draft())], vec![Ok((401, "{}".to_owned()))], vec![Err("unknown")]] {
        let (world, job) = drafted(answers);
        let channel = format!("job-{}", job["id"].as_str().unwrap());
        assert_eq!(world.announced, [channel.as_str(); 2]);
    }
}

#[test]
fn a_signal_is_a_channel_and_nothing_else() {
    let (world, _) = drafted(vec![Ok(draft())]);
    let effects = world.wire.iter().filter_map(|line| line.pointer("/out/effects")?.as_array()).flatten();
    let signals: Vec<&Value> = effects.filter(|effect| effect["type"] == "realtime").collect();
    assert_eq!(signals.len(), 2);
    for signal in signals {
        let fields: Vec<&str> = signal.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(fields, ["id", "type", "channel", "timeoutMs"]);
    }
}

#[test]
fn an_admin_is_told_of_each_task_of_a_comparison() {
    let mut world = connected();
    world.model = |_| draft();
    let view = world.view(ADMIN, json!({"type": "models.bakeOff", "routes": ["r1", "r2"]}));
    world.settle();
    let total = usize::try_from(view["total"].as_u64().unwrap()).unwrap();
    assert_eq!(world.announced, vec!["bake-off"; total + 1]);
}
