//! The admin's masking rules, whole: what a class passes, what a planted value holds back, what is refused, and that
//! nothing of a text is kept by it.

use serde_json::{Value, json};

use crate::admin::ADMIN;
use crate::answer;
use crate::host::World;
use crate::main_job::{WRITER, existing, new_page, start};
use crate::site::Site;

pub(crate) const MAIL: &str = "zdenka.kanarova@example.com";
pub(crate) const PHONE: &str = "+1 202 555 0143";

fn site() -> Site {
    let mut site = Site::default()
        .issue("ITD-1", "The server stops", &format!("Call {PHONE} or write to {MAIL} when the server stops."))
        .issue("ITD-2", "Again", "It stops again.")
        .issue("HR-1", "Payroll run fails", "The payroll run fails for contractors.")
        .page("7", "Runbook", "<h2>VPN</h2><p>The VPN is run by the network team.</p>");
    site.admins.insert(ADMIN.to_owned());
    site
}

fn model(_: &Value) -> (u16, String) {
    answer::drafted("Known", &[("It stops again.", "S2")])
}

pub(crate) fn world() -> World {
    World::with_model(site(), model)
}

pub(crate) fn off(class: &str, kind: &str) -> Value {
    json!({"type": "masking.setKind", "class": class, "kind": kind, "on": false})
}

pub(crate) fn classed(kind: &str, key: &str, class: &str) -> Value {
    json!({"type": "masking.setClass", "kind": kind, "key": key, "class": class})
}

/// The project and the space a draft is made of and for, in a class that passes these kinds.
fn open_class(world: &mut World, class: &str, kinds: &[&str]) {
    world.view(ADMIN, classed("project", "ITD", class));
    world.view(ADMIN, classed("space", "OPS", class));
    for kind in kinds {
        world.view(ADMIN, off(class, kind));
    }
}

/// Starts a draft by the model's route and delivers its event: the job.
pub(crate) fn drafted(world: &mut World, call: Value) -> Value {
    let job = world.view(WRITER, call);
    world.deliver();
    world.view(WRITER, json!({"type": "job.get", "jobId": job["id"]}))
}

pub(crate) fn sent(world: &World) -> String {
    json!(world.sent).to_string()
}

pub(crate) fn stored(world: &World) -> String {
    let rows = [&world.jobs, &world.index, &world.masking].map(|rows| json!(rows).to_string()).concat();
    format!("{:?}{:?}{rows}{}", world.kv, world.secrets, json!(world.queue))
}

/// Ledger: SY-02.
#[test]
fn every_kind_is_masked_until_an_admin_switches_it_off() {
    let mut world = world();
    let view = world.view(ADMIN, json!({"type": "masking.open"}));
    assert!(view["classes"].as_array().unwrap().iter().all(|class| class["off"] == json!([])), "{view}");
    assert_eq!(view["kinds"].as_array().unwrap().len(), 23);
    drafted(&mut world, start(&new_page(), "page", "route"));
    let sent = sent(&world);
    assert!(sent.contains("[EMAIL_1]") && sent.contains("[PHONE_1]") && !sent.contains(MAIL), "{sent}");
}

#[test]
fn what_a_class_passes_leaves_as_it_is_and_the_rest_is_masked() {
    let mut world = world();
    open_class(&mut world, "public", &["EMAIL"]);
    let job = drafted(&mut world, start(&new_page(), "page", "route"));
    assert_eq!(job["state"], "review", "{job}");
    let sent = sent(&world);
    assert!(sent.contains(MAIL) && !sent.contains(PHONE) && sent.contains("[PHONE_1]"), "{sent}");
    let masked: Vec<&Value> = job["masked"].as_array().unwrap().iter().map(|one| &one["kind"]).collect();
    assert!(!masked.contains(&&json!("EMAIL")) && masked.contains(&&json!("PHONE")), "{job}");
}

#[test]
fn a_source_of_a_stricter_class_masks_all_of_the_request() {
    let mut world = world();
    open_class(&mut world, "public", &["EMAIL"]);
    let mut call = start(&new_page(), "page", "route");
    call["sources"].as_array_mut().unwrap().push(json!({"kind": "issue", "id": "HR-1"}));
    drafted(&mut world, call);
    assert!(!sent(&world).contains(MAIL) && sent(&world).contains("[EMAIL_1]"));
}

#[test]
fn the_page_that_is_written_to_counts_as_a_source() {
    let mut world = world();
    world.view(ADMIN, classed("project", "ITD", "public"));
    world.view(ADMIN, off("public", "EMAIL"));
    drafted(&mut world, start(&existing(), "update", "route"));
    assert!(!sent(&world).contains(MAIL), "its space is confidential");
}

#[test]
fn a_class_that_is_taken_back_masks_again() {
    let mut world = world();
    open_class(&mut world, "public", &["EMAIL"]);
    world.view(ADMIN, json!({"type": "masking.setClass", "kind": "project", "key": "ITD"}));
    drafted(&mut world, start(&new_page(), "page", "route"));
    assert!(!sent(&world).contains(MAIL));
}

#[test]
fn a_preview_shows_the_bytes_of_the_draft_under_any_rules_and_other_rules_are_other_bytes() {
    let preview = |world: &mut World| {
        let call = start(&new_page(), "page", "route");
        let call = json!({"type": "draft.preview", "useCase": "page", "sources": call["sources"], "target": call["target"],
            "language": "source", "tone": "neutral"});
        world.view(WRITER, call)
    };
    let mut world = world();
    let before = preview(&mut world);
    open_class(&mut world, "public", &["EMAIL"]);
    world.view(
        ADMIN,
        json!({"type": "masking.addWord", "list": "deny", "text": "stops again", "match": "phrase", "kind": "SECRET"}),
    );
    let shown = preview(&mut world);
    assert_ne!(before["request"]["body"], shown["request"]["body"]);
    let mut call = start(&new_page(), "page", "route");
    call["previewed"] = shown["request"]["digest"].clone();
    let job = drafted(&mut world, call);
    assert_eq!(job["previewed"], "same", "{job}");
    let body: Value = serde_json::from_str(shown["request"]["body"].as_str().unwrap()).unwrap();
    assert_eq!(world.sent.last().unwrap()["body"], body);
    // A rule that changes no byte of these texts changes the fence: what was previewed was previewed under other rules.
    world.view(ADMIN, json!({"type": "masking.addWord", "list": "allow", "text": "Elsewhere", "match": "word"}));
    assert_ne!(preview(&mut world)["request"]["digest"], shown["request"]["digest"]);
}

#[test]
fn secrets_are_off_in_public_alone() {
    let mut world = world();
    for class in ["internal", "confidential", "restricted"] {
        for kind in ["SECRET", "URL_CREDENTIAL"] {
            let answer = world.page(ADMIN, off(class, kind)).unwrap();
            assert_eq!(
                (answer["code"].as_str(), answer["params"]["field"].as_str()),
                (Some("bad-input"), Some("class"))
            );
        }
    }
    assert_eq!(world.view(ADMIN, off("public", "SECRET"))["classes"][0]["off"], json!(["SECRET"]));
}

#[test]
fn a_planted_value_that_would_leave_unmasked_stops_the_request() {
    let mut world = world();
    let planted = world.view(ADMIN, json!({"type": "masking.plantCanary", "label": "In the vault"}));
    let value = planted["planted"]["value"].as_str().unwrap().to_owned();
    assert!(value.starts_with("qgcanary") && value.len() == 34, "{value}");
    world.site = std::mem::take(&mut world.site).issue("ITD-2", "Again", &format!("The key is {value} and it stops."));
    drafted(&mut world, start(&new_page(), "page", "route"));
    assert!(!sent(&world).contains("qgcanary"), "where secrets are masked, it is");
    assert_eq!(world.sent.len(), 1);
    open_class(&mut world, "public", &["SECRET"]);
    let mut call = start(&new_page(), "page", "route");
    call["requestId"] = json!("00000000-8b86-d011-b42d-00c04fc964ff");
    let job = drafted(&mut world, call);
    assert_eq!(
        (job["state"].as_str(), job["problem"]["code"].as_str()),
        (Some("failed"), Some("canary-found")),
        "{job}"
    );
    assert_eq!(world.sent.len(), 1, "nothing was sent");
    let view = world.view(ADMIN, json!({"type": "masking.open"}));
    assert_eq!(
        (view["canaries"][0]["seen"].as_u64(), view["report"]["blocked"].as_u64()),
        (Some(1), Some(1)),
        "{view}"
    );
    assert!(view["canaries"][0]["seenAt"].is_u64() && view.get("planted").is_none());
    let everything = format!("{}{}{view}", stored(&world), json!(world.logs));
    assert!(!everything.contains("qgcanary"), "the value is nowhere");
    world.view(ADMIN, json!({"type": "masking.removeCanary", "id": planted["planted"]["id"]}));
    call = start(&new_page(), "page", "route");
    call["requestId"] = json!("11111111-8b86-d011-b42d-00c04fc964ff");
    assert_eq!(drafted(&mut world, call)["state"], "review");
}

#[test]
fn rules_that_cannot_be_read_send_nothing() {
    let mut world = world();
    world.view(ADMIN, off("public", "EMAIL"));
    for damage in [|row: &mut Value| row["body"] = json!("AAAA"), |row: &mut Value| row["rev"] = json!(7)] {
        let mut world = world.clone();
        damage(world.masking.get_mut("policy").unwrap());
        let call = start(&new_page(), "page", "route");
        let job = drafted(&mut world, call.clone());
        assert_eq!(
            (job["state"].as_str(), job["problem"]["code"].as_str()),
            (Some("failed"), Some("masking-unreadable"))
        );
        let preview = json!({"type": "draft.preview", "useCase": "page", "sources": call["sources"], "target": call["target"],
            "language": "source", "tone": "neutral"});
        assert_eq!(world.page(WRITER, preview).unwrap()["code"], "masking-unreadable");
        assert_eq!(world.sent.len(), 0);
        let answer = world.page(ADMIN, off("public", "PHONE")).unwrap();
        assert_eq!(answer["code"], "storage-unreadable", "what does not open is not written over");
        let extract = world.view(WRITER, json!({"type": "issue.extract", "issueKey": "ITD-1"}));
        assert_eq!((extract.get("findings"), extract["sentences"].as_array().unwrap().is_empty()), (None, false));
        assert_eq!(world.page(WRITER, json!({"type": "masking.reset"})).unwrap()["code"], "admin-only");
        let view = world.view(ADMIN, json!({"type": "masking.reset"}));
        assert_eq!(
            (view["classes"][0]["off"].clone(), view["changes"][0]["what"].as_str()),
            (json!([]), Some("reset"))
        );
        let mut call = start(&new_page(), "page", "route");
        call["requestId"] = json!("22222222-8b86-d011-b42d-00c04fc964ff");
        assert_eq!(drafted(&mut world, call)["state"], "review");
    }
}

#[test]
fn rules_that_cannot_be_read_embed_nothing() {
    let embeds: fn(&Value) -> (u16, String) = |request| {
        let texts = request["input"].as_array().map_or(0, Vec::len);
        let data: Vec<Value> = (0..texts).map(|at| json!({"index": at, "embedding": [0.5, -0.5, 0.5]})).collect();
        (200, json!({"data": data}).to_string())
    };
    let mut world = World::with_model(site(), embeds);
    world.view(ADMIN, off("public", "EMAIL"));
    world.view(ADMIN, json!({"type": "index.set", "kind": "project", "key": "ITD", "on": true}));
    world.view(ADMIN, json!({"type": "index.setEmbedding", "on": true, "model": "embedder"}));
    world.sent.clear();
    let row = world.masking.clone();
    world.masking.get_mut("policy").unwrap()["body"] = json!("AAAA");
    world.settle();
    assert_eq!(sent(&world), "[]");
    world.masking = row;
    open_class(&mut world, "public", &["EMAIL"]);
    world.view(ADMIN, json!({"type": "index.rebuild"}));
    world.settle();
    assert!(
        sent(&world).contains(MAIL) && !sent(&world).contains(PHONE),
        "masked by the project's class: {}",
        sent(&world)
    );
    world.sent.clear();
    world
        .view(WRITER, json!({"type": "sources.search", "text": format!("server {MAIL}"), "kinds": [], "refine": true}));
    assert!(!world.sent.is_empty() && !sent(&world).contains(MAIL), "what is typed is of no class: {}", sent(&world));
}

#[test]
fn what_left_is_counted_by_day_and_kind() {
    let mut world = world();
    drafted(&mut world, start(&new_page(), "page", "route"));
    let report = world.view(ADMIN, json!({"type": "masking.open"}))["report"].clone();
    assert_eq!((report["requests"].as_u64(), report["blocked"].as_u64()), (Some(1), Some(0)), "{report}");
    assert_eq!((report["kinds"]["EMAIL"].as_u64(), report["kinds"]["PHONE"].as_u64()), (Some(1), Some(1)), "{report}");
    let days = report["days"].as_array().unwrap();
    assert_eq!((days.len(), days[6]["requests"].as_u64()), (7, Some(1)));
    world.now += 8 * 86_400_000;
    let report = world.view(ADMIN, json!({"type": "masking.open"}))["report"].clone();
    assert_eq!((report["requests"].as_u64(), &report["kinds"]), (Some(0), &json!({})));
}

/// Ledger: SY-26.
#[test]
fn a_ticket_says_what_is_in_it_by_kind_and_count_alone() {
    let mut site = site();
    site.comment("ITD-1", &format!("Again {PHONE}, and +44 20 7946 0777."), None);
    site.issues.get_mut("ITD-1").unwrap()["attachment"] =
        json!([{"id": "1", "filename": "export for bob.marsh@example.org.csv", "content": "https://site.example/1"}]);
    let mut world = World::new(site);
    let view = world.view(WRITER, json!({"type": "issue.extract", "issueKey": "ITD-1"}));
    assert_eq!((view["findings"]["EMAIL"].as_u64(), view["findings"]["PHONE"].as_u64()), (Some(2), Some(2)), "{view}");
    assert!(!view.to_string().contains("bob.marsh"), "{view}");
    assert_eq!(world.sent.len(), 0);
}
