//! A marker in every field of the fixture: where it may appear is a rule, everywhere else it is a leak.

use serde_json::{Value, json};

use crate::host::World;
use crate::main_job::{WRITER, new_page, start};
use crate::site::Site;

const NAME: &str = "Zdenka Kanarova";
const MAIL: &str = "zdenka.kanarova@example.com";
const PHONE: &str = "+1 202 555 0143";
const WORD: &str = "quetzalcoatlus";

fn site() -> Site {
    let text = format!("{NAME} reported that the {WORD} server stops at noon. Call her at {PHONE} or write to {MAIL}.");
    let mut site = Site::default().issue("ITD-1", "The server stops", &text).issue("ITD-2", "Again", "It stops again.");
    for issue in site.issues.values_mut() {
        issue["reporter"] = json!({"accountId": "acc-z", "displayName": NAME, "emailAddress": MAIL});
    }
    site
}

fn echo(request: &Value) -> (u16, String) {
    // The model repeats the first sentence of the source it was shown, tokens and all.
    let prompt = request.to_string();
    let at = prompt.find(" reported that").unwrap_or_default();
    let person = prompt[..at]
        .rsplit(|c: char| !(c.is_ascii_uppercase() || c.is_ascii_digit() || "[]_.b".contains(c)))
        .next()
        .unwrap_or_default();
    let text = format!("{person} reported that the {WORD} server stops at noon.");
    crate::answer::drafted("Known", &[(&text, "S1")])
}

fn drafted() -> (World, Value) {
    let mut world = World::with_model(site(), echo);
    let job = world.view(WRITER, start(&new_page(), "page", "route"));
    world.deliver();
    let job = world.view(WRITER, json!({"type": "job.get", "jobId": job["id"]}));
    (world, job)
}

/// Ledger: SY-02.
#[test]
fn personal_data_does_not_reach_the_model() {
    let (world, _) = drafted();
    let sent = json!(world.sent).to_string();
    assert!(sent.contains(WORD), "the text itself was sent");
    for marker in [NAME, "Kanarova", "kanarova", "Zdenka", MAIL, PHONE, "555 01"] {
        assert!(!sent.contains(marker), "{marker} was sent");
    }
    assert!(sent.contains("[PERSON_1]") && sent.contains("[EMAIL_1]") && sent.contains("[PHONE_1]"));
}

/// Ledger: SY-25.
#[test]
fn the_answer_is_restored_on_this_side() {
    let (_, job) = drafted();
    let text = job["claims"][0]["text"].as_str().unwrap();
    assert_eq!(text, format!("{NAME} reported that the {WORD} server stops at noon."));
    assert_eq!(job["claims"][0]["supported"], true, "{job}");
}

/// Ledger: SO-25, IM-08, SA-23.
#[test]
fn nothing_of_it_is_stored_in_clear_or_queued_or_logged() {
    let (mut world, job) = drafted();
    world.view(WRITER, json!({"type": "publish", "jobId": job["id"], "hash": job["review"]["hash"]}));
    let stored =
        format!("{:?}{:?}{}{}", world.kv, world.secrets, json!([&world.jobs, &world.masking]), json!(world.queue));
    let logs = json!(world.logs).to_string();
    for marker in [NAME, "Kanarova", MAIL, PHONE, WORD, "acc-z", WRITER, "ITD-1", "Release notes", "site.example"] {
        assert!(!stored.contains(marker), "{marker} is stored in clear");
        assert!(!logs.contains(marker), "{marker} is in the log");
    }
}

/// Ledger: ES-27.
#[test]
fn nothing_of_it_is_in_an_error() {
    let mut world = World::new(site());
    let calls = [
        json!({"type": "publish", "jobId": format!("{WORD}{MAIL}"), "hash": "x"}),
        json!({"type": "issue.extract", "issueKey": WORD}),
        json!({"type": "history", "pageId": MAIL}),
        json!({"type": "admin.saveRoute", "provider": WORD, "model": MAIL, "key": PHONE}),
        json!({"type": "review.choose", "jobId": "0".repeat(32), "leftOut": [WORD]}),
    ];
    for call in calls {
        let answer = world.page(WRITER, call).unwrap().to_string();
        for marker in [WORD, MAIL, PHONE] {
            assert!(!answer.contains(marker), "{answer}");
        }
    }
}

/// Ledger: SA-23.
#[test]
fn swapped_and_rolled_back_records_do_not_open() {
    let mut world = World::new(crate::main_job::site());
    let job = world.view(WRITER, start(&new_page(), "page", "extract"));
    let id = job["id"].as_str().unwrap().to_owned();
    let old = world.jobs[&id].clone();
    let first = world.kv[&format!("draft:{id}")].clone();
    world.view(WRITER, json!({"type": "review.choose", "jobId": id, "leftOut": []}));
    // An older body under the newer revision.
    let mut mixed = world.jobs[&id].clone();
    mixed["body"] = old["body"].clone();
    world.jobs.insert(id.clone(), mixed);
    assert_eq!(world.page(WRITER, json!({"type": "job.get", "jobId": id})).unwrap()["code"], "storage-unreadable");
    world.jobs.insert(id.clone(), old);
    // A draft of another job.
    let mut other = start(&crate::main_job::existing(), "update", "extract");
    other["requestId"] = json!("00000000-8b86-d011-b42d-00c04fc964ff");
    let other = world.view(WRITER, other)["id"].as_str().unwrap().to_owned();
    world.kv.insert(format!("draft:{other}"), first);
    assert_eq!(world.page(WRITER, json!({"type": "job.get", "jobId": other})).unwrap()["code"], "storage-unreadable");
}

/// Fields a draft is made of.
const READ: [&str; 4] = ["canary-summary", "canary-description", "canary-comment", "canary-type"];
/// Fields that are nobody's business here.
const UNREAD: [&str; 8] = [
    "canary-status",
    "canary-priority",
    "canary-resolution",
    "canary-project",
    "canary-label",
    "canary-version",
    "canary-custom",
    "canary-created",
];

/// Ledger: SA-09.
#[test]
fn of_an_issue_only_the_listed_fields_reach_the_model_and_none_is_stored_in_clear() {
    let paragraph = |text: &str| json!({"type": "doc", "version": 1, "content": [{"type": "paragraph", "content": [{"type": "text", "text": text}]}]});
    let mut site = Site::default().issue("ITD-1", "x", "x");
    site.issues.insert(
        "ITD-1".to_owned(),
        json!({
            "summary": "canary-summary stops", "description": paragraph("The canary-description server stops."),
            "comment": {"comments": [{"author": {"accountId": "acc-canary", "displayName": "Canary Author"}, "body": paragraph("The canary-comment server too.")}]},
            "issuetype": {"name": "canary-type"}, "status": {"name": "canary-status"}, "priority": {"name": "canary-priority"},
            "resolution": {"name": "canary-resolution"}, "project": {"key": "ITD", "name": "canary-project"}, "labels": ["canary-label"],
            "fixVersions": [{"name": "canary-version"}], "customfield_1": "canary-custom", "created": "canary-created", "updated": "2026-11-01",
        }),
    );
    let mut world = World::with_model(site, echo);
    let mut call = start(&new_page(), "page", "route");
    call["sources"] = json!([{"kind": "issue", "id": "ITD-1"}]);
    world.view(WRITER, call);
    let queued = json!(world.queue).to_string();
    world.deliver();
    let sent = json!(world.sent).to_string();
    for marker in READ {
        assert!(sent.contains(marker), "{marker} was not sent");
    }
    for marker in UNREAD.iter().chain(&["Canary Author", "acc-canary"]) {
        assert!(!sent.contains(marker), "{marker} was sent");
    }
    let kept = format!(
        "{:?}{:?}{}{queued}{}",
        world.kv,
        world.secrets,
        json!([&world.jobs, &world.masking]),
        json!(world.logs)
    );
    assert!(!kept.to_lowercase().contains("canary"), "a field is kept in clear");
}
