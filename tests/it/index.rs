//! The index, native: switching on, crawling as the app, searching as a person, and what neither shows.

use serde_json::{Value, json};

use crate::host::World;
use crate::site::Site;

pub(crate) const ADMIN: &str = "acc-admin";
pub(crate) const WRITER: &str = "acc-writer";

/// A site with two projects and two spaces, of which one each is switched on.
pub(crate) fn site() -> Site {
    let mut site = Site::default()
        .issue(
            "ITD-1",
            "VPN drops after an hour",
            "The VPN tunnel drops after 60 minutes because the gateway closes idle tunnels.",
        )
        .issue("ITD-2", "Printer on floor 3 jams", "The printer jams with A5 paper. Tray 2 needs a new roller.")
        .issue("ITD-3", "Laptop battery swells", "The battery of the old laptop swells and lifts the keyboard.")
        .issue("HR-1", "Payroll run fails", "The payroll run fails for contractors.")
        .page("7", "Tunnel runbook", "<h2>Gateway</h2><p>Restart the gateway when idle tunnels pile up.</p>")
        .page(
            "8",
            "Leased printers",
            "<h2>Printers</h2><p>Printers are leased, rollers are replaced by the lessor.</p>",
        )
        .page("9", "Salaries", "<p>Payroll is run on the last Tuesday.</p>");
    site.pages.get_mut("9").unwrap().space = "11".to_owned();
    site.admins.insert(ADMIN.to_owned());
    site
}

pub(crate) fn switch(kind: &str, key: &str, on: bool) -> Value {
    json!({"type": "index.set", "kind": kind, "key": key, "on": on})
}

/// A world whose project ITD and space OPS are indexed.
pub(crate) fn indexed(site: Site) -> World {
    let mut world = World::new(site);
    world.view(ADMIN, switch("project", "ITD", true));
    world.view(ADMIN, switch("space", "OPS", true));
    world.settle();
    world
}

/// A search that the products' own search has no part in: its hits are the index's.
pub(crate) fn found(world: &mut World, user: &str, text: &str) -> Vec<String> {
    let view = search(world, user, text);
    ids(&view)
}

pub(crate) fn search(world: &mut World, user: &str, text: &str) -> Value {
    world.site.own_search = false;
    let view = world.view(user, json!({"type": "sources.search", "text": text, "kinds": []}));
    world.site.own_search = true;
    view
}

pub(crate) fn ids(view: &Value) -> Vec<String> {
    view["hits"].as_array().unwrap().iter().map(|hit| hit["id"].as_str().unwrap().to_owned()).collect()
}

pub(crate) fn container(view: &Value, key: &str) -> Value {
    view["containers"].as_array().unwrap().iter().find(|container| container["key"] == key).unwrap().clone()
}

/// Ledger: ES-01.
#[test]
fn nothing_is_read_as_the_app_or_stored_before_an_admin_switches_something_on() {
    let mut world = World::new(site());
    world.view(WRITER, json!({"type": "sources.search", "text": "vpn", "kinds": []}));
    world.own("event", json!({"type": "product.changed", "kind": "issue", "ids": ["ITD-1"]}));
    world.own("schedule", json!({"type": "index.reconcile"}));
    world.own("schedule", json!({"type": "sweep"}));
    world.settle();
    assert_eq!(world.as_app, 0);
    assert!(world.kv.is_empty() && world.index.is_empty() && world.queue.is_empty());
}

#[test]
fn only_an_admin_opens_and_changes_the_index() {
    let mut world = World::new(site());
    for call in [
        json!({"type": "index.open"}),
        switch("project", "ITD", true),
        json!({"type": "index.setLifetime", "days": 30}),
        json!({"type": "index.setEmbedding", "on": false}),
        json!({"type": "index.rebuild"}),
        json!({"type": "index.inspect", "kind": "issue", "id": "ITD-1"}),
        json!({"type": "index.recall"}),
    ] {
        let answer = world.page(WRITER, call.clone()).unwrap();
        assert_eq!(answer["code"], "admin-only", "{call}");
    }
    assert!(world.index.is_empty() && world.queue.is_empty());
}

#[test]
fn an_admin_sees_what_there_is_and_how_far_it_is() {
    let mut world = World::new(site());
    let view = world.view(ADMIN, json!({"type": "index.open"}));
    let keys: Vec<&str> = view["containers"].as_array().unwrap().iter().map(|c| c["key"].as_str().unwrap()).collect();
    assert_eq!(keys, ["ITD", "HR", "OPS", "HQ"]);
    assert!(view["containers"].as_array().unwrap().iter().all(|c| c["on"] == false && c["state"] == "off"));
    assert_eq!(view["ttlDays"], 90);
    let view = world.view(ADMIN, switch("project", "ITD", true));
    assert_eq!(container(&view, "ITD")["state"], "waiting");
    world.settle();
    let view = world.view(ADMIN, json!({"type": "index.open"}));
    let itd = container(&view, "ITD");
    assert_eq!(
        (itd["state"].as_str(), itd["documents"].as_u64(), itd["done"].as_u64()),
        (Some("ready"), Some(3), Some(3)),
        "{itd}"
    );
    assert_eq!(view["totals"]["documents"], 3);
    assert!(itd["indexedAt"].as_u64().is_some() && itd["excerpts"].as_u64() >= Some(3));
}

#[test]
fn words_of_a_text_find_it_with_a_snippet_of_what_it_says_now() {
    let mut world = indexed(site());
    let view = search(&mut world, WRITER, "idle tunnels");
    assert_eq!(ids(&view)[..2].iter().collect::<std::collections::BTreeSet<_>>().len(), 2, "{view}");
    let hit = view["hits"].as_array().unwrap().iter().find(|hit| hit["id"] == "ITD-1").unwrap();
    assert_eq!(hit["title"], "VPN drops after an hour");
    let marked: Vec<&str> = hit["snippet"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|part| part["hit"] == true)
        .map(|part| part["text"].as_str().unwrap())
        .collect();
    assert!(marked.contains(&"idle") && marked.contains(&"tunnels"), "{hit}");
    assert_eq!(view["index"]["state"], "ready");
    assert_eq!(view["index"]["containers"], 2);
    // The text as it is now, not as it was indexed.
    let text = "Nothing of that is so any more.";
    world.site = std::mem::take(&mut world.site).issue("ITD-1", "VPN is fine", text);
    let hit = search(&mut world, WRITER, "idle tunnels")["hits"]
        .as_array()
        .unwrap()
        .iter()
        .find(|hit| hit["id"] == "ITD-1")
        .cloned();
    assert!(hit.as_ref().is_none_or(|hit| hit.get("snippet").is_none() && hit["title"] == "VPN is fine"), "{hit:?}");
}

#[test]
fn a_hit_says_where_in_its_source_the_words_stand_and_leads_there() {
    let mut site = site();
    site.comment("ITD-3", "Its own sort.", None);
    site.comment("ITD-3", "It looks like a zeppelin.", Some(json!({"id": "10042"})));
    site.edit("8", |body| {
        format!("{body}<h3>Paper & trays</h3><p>None.</p><p local-id=\"p4\">A zeppelin of paper.</p>")
            .replace(" & ", " &amp; ")
    });
    let mut world = indexed(site);
    let view = search(&mut world, WRITER, "zeppelin");
    let spot = |id: &str| view["hits"].as_array().unwrap().iter().find(|hit| hit["id"] == id).unwrap()["spot"].clone();
    let url = "https://site.example/browse/ITD-3?focusedCommentId=10042";
    assert_eq!(spot("ITD-3"), json!({"field": "comment", "blocks": {"first": 0, "last": 0}, "url": url}));
    let heading = ["Printers", "Paper & trays"];
    let url = "https://site.example/wiki/pages/viewpage.action?pageId=8#Paper-%26-trays";
    assert_eq!(
        spot("8"),
        json!({"field": "body", "heading": heading, "blocks": {"first": 4, "last": 4, "id": "p4"}, "url": url})
    );
}

#[test]
fn the_products_own_search_adds_what_the_index_does_not_hold_and_nothing_twice() {
    let mut world = indexed(site());
    let view = world.view(WRITER, json!({"type": "sources.search", "text": "payroll", "kinds": []}));
    let all = ids(&view);
    assert!(all.contains(&"HR-1".to_owned()), "{all:?}");
    assert_eq!(all.iter().collect::<std::collections::BTreeSet<_>>().len(), all.len(), "{all:?}");
}

/// Ledger: SO-27.
#[test]
fn comments_for_some_readers_only_are_not_indexed() {
    let mut site = site();
    site.comment("ITD-1", "An open remark about quokkas.", None);
    site.comment(
        "ITD-1",
        "A remark about wombats for the developers.",
        Some(json!({"visibility": {"type": "role", "value": "Developers"}})),
    );
    site.comment("ITD-1", "An internal note about numbats.", Some(json!({"jsdPublic": false})));
    let mut world = indexed(site);
    assert_eq!(found(&mut world, WRITER, "quokkas"), ["ITD-1"]);
    assert_eq!(found(&mut world, WRITER, "wombats"), [""; 0]);
    assert_eq!(found(&mut world, WRITER, "numbats"), [""; 0]);
}

/// Ledger: SO-27.
#[test]
fn what_a_person_may_not_read_leaves_no_trace_in_the_answer() {
    let secret = "The takeover of Zanzibar is planned for May.";
    let with = |readers: bool| {
        let mut site =
            site().issue("ITD-9", "Project Zanzibar", secret).page("19", "Zanzibar plan", "<p>Zanzibar in May.</p>");
        if readers {
            site.readers.insert("ITD-9".to_owned(), [ADMIN.to_owned(), crate::site::APP.to_owned()].into());
            site.pages.get_mut("19").unwrap().readers = [ADMIN.to_owned(), crate::site::APP.to_owned()].into();
        }
        indexed(site)
    };
    let mut world = with(true);
    assert_eq!(found(&mut world, ADMIN, "zanzibar").len(), 2, "both are in the index");
    let answer = search(&mut world, WRITER, "zanzibar");
    // The very answer that words give which stand nowhere.
    let nowhere = search(&mut world, WRITER, "xylotomous");
    assert_eq!(answer, nowhere);
    let related = world.view(WRITER, json!({"type": "sources.related", "kind": "page", "id": "7"})).to_string();
    assert!(!related.to_lowercase().contains("zanzibar"));
    let refused = world.page(WRITER, json!({"type": "sources.related", "kind": "issue", "id": "ITD-9"})).unwrap();
    let missing = world.page(WRITER, json!({"type": "sources.related", "kind": "issue", "id": "ITD-99"})).unwrap();
    assert_eq!(refused, missing);
    let inspected = world.view(ADMIN, json!({"type": "index.inspect", "kind": "issue", "id": "ITD-9"}));
    assert_eq!(inspected["found"], true);
}

/// Ledger: SO-27.
#[test]
fn a_permission_taken_away_counts_at_once_and_for_that_person_alone() {
    let mut world = indexed(site());
    assert!(found(&mut world, WRITER, "battery").contains(&"ITD-3".to_owned()));
    world.site.readers.insert("ITD-3".to_owned(), ["acc-boss".to_owned()].into());
    assert_eq!(found(&mut world, WRITER, "battery"), [""; 0]);
    assert_eq!(found(&mut world, "acc-boss", "battery"), ["ITD-3"]);
    assert_eq!(found(&mut world, WRITER, "battery"), [""; 0], "no verdict of another's is remembered");
}

#[test]
fn related_is_like_the_document_and_leaves_it_out() {
    let mut world = indexed(site());
    let view = world.view(WRITER, json!({"type": "sources.related", "kind": "issue", "id": "ITD-1"}));
    let all = ids(&view);
    assert_eq!(all.first().map(String::as_str), Some("7"), "{view}");
    assert!(!all.contains(&"ITD-1".to_owned()));
}

#[test]
fn filters_and_named_containers_narrow_the_search() {
    let mut world = indexed(site());
    world.site.own_search = false;
    let within = |world: &mut World, kinds: Value, containers: Value| {
        ids(&world.view(
            WRITER,
            json!({"type": "sources.search", "text": "gateway", "kinds": kinds, "containers": containers}),
        ))
    };
    assert_eq!(within(&mut world, json!(["page"]), json!([])), ["7"]);
    assert_eq!(within(&mut world, json!(["issue"]), json!([])), ["ITD-1"]);
    assert_eq!(within(&mut world, json!([]), json!(["OPS"])), ["7"]);
    assert_eq!(within(&mut world, json!([]), json!(["HR"])), [""; 0]);
}

/// Ledger: SA-23, SO-25.
#[test]
fn nothing_of_an_indexed_document_is_stored_queued_or_logged_in_clear() {
    let canaries = ["quetzalcoatlus", "canary-title", "acc-anna", "canary-heading"];
    let site = site().issue("ITD-5", "canary-title stops", "The quetzalcoatlus server stops at noon.").page(
        "20",
        "canary-title page",
        "<h2>canary-heading</h2><p>The quetzalcoatlus flies.</p>",
    );
    let mut world = indexed(site);
    assert_eq!(found(&mut world, WRITER, "quetzalcoatlus").len(), 2);
    world.own("event", json!({"type": "product.changed", "kind": "issue", "ids": ["ITD-5"]}));
    let queued = json!(world.queue).to_string();
    world.settle();
    world.own("schedule", json!({"type": "index.reconcile"}));
    world.settle();
    let stored = format!("{:?}{:?}{}{}", world.kv, world.secrets, json!(world.index), json!(world.jobs));
    let logs = json!(world.logs).to_string();
    for canary in canaries {
        for (place, text) in [("storage", &stored), ("a log", &logs), ("an event", &queued)] {
            assert!(!text.contains(canary), "{canary} is in {place}");
        }
    }
    for id in ["ITD-5", "IT desk"] {
        assert!(!stored.contains(id) && !logs.contains(id), "{id} is in storage or a log");
    }
}

#[test]
fn a_query_that_cannot_be_read_and_one_of_a_megabyte_are_refused() {
    let mut world = indexed(site());
    let long = "word ".repeat(200_000);
    let answer = world.page(WRITER, json!({"type": "sources.search", "text": long, "kinds": []})).unwrap();
    assert_eq!((answer["type"].as_str(), answer["code"].as_str()), (Some("refused"), Some("bad-input")));
    for ids in [json!(["../x"]), json!([""]), json!(["ITD-1 OR 1=1"])] {
        let answer = world.own("event", json!({"type": "product.changed", "kind": "issue", "ids": ids})).unwrap();
        assert_eq!(answer["code"], "bad-input");
    }
}

#[test]
fn saved_sets_are_the_persons_own_and_hold_no_title() {
    let mut world = World::new(site());
    let save = json!({"type": "sets.save", "name": " Tunnels ", "sources": [{"kind": "issue", "id": "itd-1"}, {"kind": "page", "id": "7"}]});
    let view = world.view(WRITER, save.clone());
    assert_eq!(view["sets"][0]["name"], "Tunnels");
    assert_eq!(
        view["sets"][0]["sources"][0],
        json!({"kind": "issue", "id": "ITD-1", "key": "ITD-1", "title": "VPN drops after an hour"})
    );
    assert_eq!(world.view("acc-other", json!({"type": "sets.list"}))["sets"], json!([]));
    assert!(!format!("{:?}", world.kv).contains("VPN"));
    // A title is what the person may read now.
    world.site.readers.insert("ITD-1".to_owned(), ["acc-boss".to_owned()].into());
    let view = world.view(WRITER, json!({"type": "sets.list"}));
    assert_eq!(view["sets"][0]["sources"][0], json!({"kind": "issue", "id": "ITD-1", "key": "ITD-1"}));
    let again = world.view(WRITER, save);
    assert_eq!(again["sets"].as_array().unwrap().len(), 1, "one of the same name is replaced");
    let id = again["sets"][0]["id"].clone();
    assert_eq!(world.view(WRITER, json!({"type": "sets.remove", "id": id}))["sets"], json!([]));
}
