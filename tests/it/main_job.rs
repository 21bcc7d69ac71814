//! The main job: tickets become a draft, a review, a version, and the version is taken back.

use serde_json::{Value, json};

use crate::host::World;
use crate::site::Site;

pub(crate) const WRITER: &str = "acc-writer";

pub(crate) fn site() -> Site {
    Site::default()
        .issue("ITD-1", "VPN drops after an hour", "The VPN drops after 60 minutes. The gateway closes idle tunnels. Raising the idle limit to 8 hours fixed it.")
        .issue("ITD-2", "Printer on floor 3 jams", "The printer on floor 3 jams with A5 paper. Tray 2 needs a new roller. The roller was replaced on Monday.")
        .page("7", "Runbook", "<h2>VPN</h2><p>The VPN is run by the network team.</p><h2>Printers</h2><p>Printers are leased.</p>")
}

pub(crate) fn start(target: &Value, use_case: &str, engine: &str) -> Value {
    json!({
        "type": "draft.start", "requestId": "6f9619ff-8b86-d011-b42d-00c04fc964ff", "useCase": use_case,
        "sources": [{"kind": "issue", "id": "ITD-1"}, {"kind": "issue", "id": "ITD-2"}],
        "target": target, "language": "source", "tone": "neutral", "engine": engine,
    })
}

pub(crate) fn new_page() -> Value {
    json!({"type": "new", "spaceId": "10", "title": "Release notes"})
}

pub(crate) fn existing() -> Value {
    json!({"type": "page", "pageId": "7"})
}

#[test]
fn a_page_is_drafted_without_a_model_published_and_taken_back() {
    let mut world = World::new(site());
    let job = world.view(WRITER, start(&new_page(), "page", "extract"));
    assert_eq!(job["state"], "review", "{job}");
    assert_eq!(world.sent, Vec::<Value>::new());
    let claims = job["claims"].as_array().unwrap();
    assert!(claims.len() >= 2);
    assert!(
        claims.iter().all(|claim| claim["supported"] == true && !claim["sources"].as_array().unwrap().is_empty()),
        "{claims:?}"
    );
    let published = world.view(WRITER, json!({"type": "publish", "jobId": job["id"], "hash": job["review"]["hash"]}));
    assert_eq!(published["state"], "published");
    let page = &world.site.pages[published["published"]["pageId"].as_str().unwrap()];
    assert!(page.versions[0].body.contains("https://site.example/browse/ITD-1"));
    let reverted = world.view(WRITER, json!({"type": "revert", "jobId": job["id"]}));
    assert_eq!(reverted["state"], "reverted");
    assert!(world.site.pages[published["published"]["pageId"].as_str().unwrap()].is_trashed);
}

#[test]
fn a_claim_says_in_which_block_of_which_source_its_quote_stands() {
    let mut world = World::new(site());
    world.site.comment("ITD-2", "Lubricate tray 9 every 14 days with graphite grease.", Some(json!({"id": "77"})));
    let job = world.view(WRITER, start(&new_page(), "page", "extract"));
    let claims = job["claims"].as_array().unwrap();
    for claim in claims {
        let at = usize::try_from(claim["spot"]["source"].as_u64().unwrap()).unwrap();
        assert!(claim["sources"].as_array().unwrap().contains(&json!(at)), "{claim}");
        assert!(claim["spot"]["url"].as_str().unwrap().starts_with(job["sourceList"][at]["url"].as_str().unwrap()));
    }
    let quoted = claims.iter().find(|claim| claim["quote"].as_str().unwrap().contains("graphite")).unwrap();
    assert_eq!((&quoted["spot"]["field"], &quoted["spot"]["blocks"]["first"]), (&json!("comment"), &json!(0)));
    assert_eq!(quoted["spot"]["url"], "https://site.example/browse/ITD-2?focusedCommentId=77");
}

/// Ledger: SO-21.
#[test]
fn a_page_is_updated_as_a_new_version_and_reverted_byte_for_byte() {
    let mut world = World::new(site());
    let before = world.site.pages["7"].versions[0].body.clone();
    let job = world.view(WRITER, start(&existing(), "update", "extract"));
    assert_eq!(job["review"]["baseVersion"], 1);
    assert_eq!(job["review"]["nextVersion"], 2);
    world.view(WRITER, json!({"type": "publish", "jobId": job["id"], "hash": job["review"]["hash"]}));
    let versions = &world.site.pages["7"].versions;
    assert_eq!(versions.len(), 2);
    assert!(versions[1].body.contains("<p>Printers are leased.</p>"));
    assert!(
        versions[1].message.contains("ITD-1") && versions[1].message.contains("extract"),
        "{}",
        versions[1].message
    );
    world.view(WRITER, json!({"type": "revert", "jobId": job["id"]}));
    let versions = &world.site.pages["7"].versions;
    assert_eq!(versions.len(), 3);
    assert_eq!(versions[2].body, before);
}

#[test]
fn a_block_that_a_model_rewrites_keeps_the_ids_of_the_page() {
    let body = "<h2>VPN</h2><p local-id=\"p-1\">The VPN is run by the network team.</p><ul local-id=\"l-1\"><li local-id=\"i-1\"><p local-id=\"p-2\">The VPN drops after 40 minutes.</p></li></ul>";
    let mut world = World::with_model(site().page("7", "Runbook", body), |_| {
        let item = |kind: &str, text: &str| json!({"kind": kind, "text": text, "refs": ["S1"]});
        let items =
            [item("sentence", "The gateway closes idle tunnels."), item("bullet", "The VPN drops after 60 minutes.")];
        let edit = json!({"op": "replace", "block": "B3", "heading": "", "items": items, "reason": "new"});
        crate::answer::said(&json!({"edits": [edit]}).to_string(), "stop", [10, 10])
    });
    let job = world.view(WRITER, start(&existing(), "update", "route"));
    world.deliver();
    let job = world.view(WRITER, json!({"type": "job.get", "jobId": job["id"]}));
    assert_eq!(job["review"]["leftOut"], json!([]), "{job}");
    world.view(WRITER, json!({"type": "publish", "jobId": job["id"], "hash": job["review"]["hash"]}));
    let written = &world.site.pages["7"].versions[1].body;
    let kept = "<ul local-id=\"l-1\"><li local-id=\"i-1\"><p local-id=\"p-2\">The VPN drops after 60 minutes.";
    assert!(written.contains(kept) && written.contains("<p>The gateway closes idle tunnels."), "{written}");
    assert!(written.contains("<p local-id=\"p-1\">The VPN is run by the network team.</p>"), "{written}");
}

#[test]
fn what_is_left_out_is_not_written() {
    let mut world = World::new(site());
    let job = world.view(WRITER, start(&existing(), "update", "extract"));
    let ids: Vec<Value> =
        job["review"]["rows"].as_array().unwrap().iter().filter_map(|row| row.get("id").cloned()).collect();
    assert!(!ids.is_empty());
    let chosen = world.view(WRITER, json!({"type": "review.choose", "jobId": job["id"], "leftOut": ids}));
    assert_ne!(chosen["review"]["hash"], job["review"]["hash"]);
    let answer =
        world.page(WRITER, json!({"type": "publish", "jobId": job["id"], "hash": chosen["review"]["hash"]})).unwrap();
    assert_eq!(answer["code"], "nothing-to-write");
    assert_eq!(world.site.pages["7"].versions.len(), 1);
}

/// Ledger: SO-20, SY-30.
#[test]
fn an_approval_for_other_bytes_is_refused() {
    let mut world = World::new(site());
    let job = world.view(WRITER, start(&existing(), "update", "extract"));
    let answer = world.page(WRITER, json!({"type": "publish", "jobId": job["id"], "hash": "0".repeat(64)})).unwrap();
    assert_eq!(answer["code"], "wrong-hash");
    assert_eq!(world.site.pages["7"].versions.len(), 1);
}

/// Ledger: SO-19.
#[test]
fn an_edit_before_publication_is_refused_reviewed_again_and_kept() {
    let mut world = World::new(site());
    let job = world.view(WRITER, start(&existing(), "update", "extract"));
    world.site.edit("7", |body| format!("<p>Written by hand.</p>{body}"));
    let answer =
        world.page(WRITER, json!({"type": "publish", "jobId": job["id"], "hash": job["review"]["hash"]})).unwrap();
    assert_eq!((answer["type"].as_str(), answer["code"].as_str()), (Some("refused"), Some("stale")));
    let again = world.view(WRITER, json!({"type": "job.get", "jobId": job["id"]}));
    assert_eq!(again["review"]["baseVersion"], 2);
    assert_eq!(again["problem"]["code"], "stale");
    world.view(WRITER, json!({"type": "publish", "jobId": job["id"], "hash": again["review"]["hash"]}));
    let last = world.site.pages["7"].versions.last().unwrap();
    assert!(last.body.starts_with("<p>Written by hand.</p>"));
    assert!(last.body.contains("ITD-1"));
}

/// Ledger: SO-21.
#[test]
fn an_edit_after_publication_is_shown_three_ways_and_kept() {
    let mut world = World::new(site());
    let job = world.view(WRITER, start(&existing(), "update", "extract"));
    world.view(WRITER, json!({"type": "publish", "jobId": job["id"], "hash": job["review"]["hash"]}));
    world.site.edit("7", |body| format!("{body}<p>Written by hand.</p>"));
    let shown = world.view(WRITER, json!({"type": "revert", "jobId": job["id"]}));
    assert_eq!(shown["state"], "published");
    assert_eq!(shown["conflict"]["currentVersion"], 3);
    assert_eq!(world.site.pages["7"].versions.len(), 3);
    world.view(WRITER, json!({"type": "revert", "jobId": job["id"], "hash": shown["conflict"]["hash"]}));
    let last = world.site.pages["7"].versions.last().unwrap();
    assert!(last.body.contains("<p>Written by hand.</p>"));
    assert!(!last.body.contains("ITD-1"), "{}", last.body);
}

/// Ledger: IM-24.
#[test]
fn a_second_click_starts_nothing_twice() {
    let mut world = World::new(site());
    let first = world.view(WRITER, start(&new_page(), "page", "extract"));
    let second = world.view(WRITER, start(&new_page(), "page", "extract"));
    assert_eq!(first["id"], second["id"]);
    assert_eq!(world.jobs.len(), 1);
}

/// Ledger: SY-30.
#[test]
fn a_job_of_another_writer_does_not_exist() {
    let mut world = World::new(site());
    let job = world.view(WRITER, start(&new_page(), "page", "extract"));
    for call in ["job.get", "draft.cancel", "draft.continue", "publish.resume"] {
        let answer = world.page("acc-other", json!({"type": call, "jobId": job["id"]})).unwrap();
        assert_eq!(answer["code"], "not-found", "{call}");
    }
}

#[test]
fn a_source_the_user_may_not_read_is_named_and_left_out() {
    let mut world = World::new(site());
    world.site.readers.insert("ITD-2".to_owned(), ["acc-boss".to_owned()].into());
    let job = world.view(WRITER, start(&new_page(), "page", "extract"));
    assert_eq!(job["sourceList"][1]["state"], "failed");
    assert_eq!(job["sourceList"][1]["code"], "not-found");
    assert!(!job.to_string().contains("roller"));
}

#[test]
fn a_model_drafts_in_an_event_and_its_claims_are_checked() {
    let mut world = World::with_model(site(), |_| {
        let bullets = [("The VPN drops after 60 minutes.", "S1"), ("The VPN drops after 90 minutes.", "S1")];
        crate::answer::drafted("Fixed", &bullets)
    });
    let job = world.view(WRITER, start(&new_page(), "page", "route"));
    assert_eq!(job["state"], "queued");
    assert_eq!(world.sent, Vec::<Value>::new(), "nothing leaves in the page's own call");
    world.deliver();
    let job = world.view(WRITER, json!({"type": "job.get", "jobId": job["id"]}));
    assert_eq!(job["state"], "review", "{job}");
    let supported: Vec<bool> =
        job["claims"].as_array().unwrap().iter().map(|claim| claim["supported"].as_bool().unwrap()).collect();
    assert_eq!(supported, [true, false]);
    assert_eq!(job["review"]["leftOut"].as_array().unwrap().len(), 1, "the unsupported claim starts left out");
    world.view(WRITER, json!({"type": "publish", "jobId": job["id"], "hash": job["review"]["hash"]}));
    let body = &world.site.pages.values().last().unwrap().versions[0].body.clone();
    assert!(world.site.pages.values().any(|page| page.versions[0].body.contains("60 minutes")), "{body}");
    assert!(!world.site.pages.values().any(|page| page.versions[0].body.contains("90 minutes")));
}

/// Ledger: IM-24.
#[test]
fn an_event_delivered_twice_asks_the_model_once() {
    let mut world =
        World::with_model(site(), |_| (401, r#"{"error":{"message":"no","code":"invalid_api_key"}}"#.to_owned()));
    let job = world.view(WRITER, start(&new_page(), "page", "route"));
    let copy = world.queue.clone();
    world.deliver();
    world.queue = copy;
    world.deliver();
    assert_eq!(world.sent.len(), 1);
    let job = world.view(WRITER, json!({"type": "job.get", "jobId": job["id"]}));
    assert_eq!((job["state"].as_str(), job["problem"]["code"].as_str()), (Some("failed"), Some("model-auth")));
}

#[test]
fn a_cancelled_draft_keeps_no_content() {
    let mut world = World::new(site());
    let job = world.view(WRITER, start(&new_page(), "page", "extract"));
    assert!(!world.kv.is_empty());
    let cancelled = world.view(WRITER, json!({"type": "draft.cancel", "jobId": job["id"]}));
    assert_eq!(cancelled["state"], "discarded");
    assert!(world.kv.is_empty());
}

#[test]
fn a_call_that_runs_out_of_time_says_still_reading_and_the_next_one_goes_on() {
    let mut world = World::new(site());
    world.time = 6_050;
    let job = world.view(WRITER, start(&new_page(), "page", "extract"));
    assert_eq!((job["state"].as_str(), job["stage"]["done"].as_u64()), (Some("reading"), Some(0)), "{job}");
    world.time = 20_000;
    let job = world.view(WRITER, json!({"type": "draft.continue", "jobId": job["id"]}));
    assert_eq!(job["state"], "review");
}

#[test]
fn sources_whose_excerpts_expired_before_all_were_read_are_read_again() {
    let mut world = World::new(site());
    let job = crate::scenes::many(&mut world);
    world.now += 16 * 60_000;
    let job = world.view(WRITER, json!({"type": "draft.continue", "jobId": job}));
    assert_eq!(job["state"], "review", "{job}");
    let cited = job["claims"].as_array().unwrap().iter().flat_map(|claim| claim["sources"].as_array().unwrap());
    let cited: std::collections::BTreeSet<u64> = cited.filter_map(Value::as_u64).collect();
    assert!(cited.contains(&0), "the first source was read before the break: {job}");
}
