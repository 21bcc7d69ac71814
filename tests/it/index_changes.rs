//! The index follows what it holds: changes, moves, comparisons, opting out, values that do not open.
//! What a person finds in it is in `index`.

use serde_json::json;

use crate::host::World;
use crate::index::{ADMIN, WRITER, container, found, ids, indexed, search, site, switch};

/// Ledger: SO-26.
#[test]
fn a_change_is_found_after_its_event_and_what_is_gone_is_not() {
    let mut world = indexed(site());
    world.site = std::mem::take(&mut world.site).issue("ITD-2", "Printer on floor 3 jams", "It was a paperclip.");
    world.own("event", json!({"type": "product.changed", "kind": "issue", "ids": ["ITD-2"]}));
    world.settle();
    assert_eq!(found(&mut world, WRITER, "paperclip"), ["ITD-2"]);
    assert!(!found(&mut world, WRITER, "roller").contains(&"ITD-2".to_owned()));
    world.site.pages.get_mut("8").unwrap().is_trashed = true;
    world.own("event", json!({"type": "product.changed", "kind": "page", "ids": ["8"]}));
    world.settle();
    assert_eq!(found(&mut world, ADMIN, "lessor"), [""; 0]);
    world.site.pages.get_mut("8").unwrap().is_trashed = false;
    world.own("event", json!({"type": "product.changed", "kind": "page", "ids": ["8"]}));
    world.settle();
    assert_eq!(found(&mut world, WRITER, "lessor"), ["8"]);
}

/// Ledger: SO-26.
#[test]
fn a_page_that_moves_out_of_what_is_switched_on_leaves_the_index() {
    let mut world = indexed(site());
    world.site.pages.get_mut("8").unwrap().space = "11".to_owned();
    world.own("event", json!({"type": "product.changed", "kind": "page", "ids": ["8"]}));
    world.settle();
    assert_eq!(found(&mut world, ADMIN, "lessor"), [""; 0]);
    let view = world.view(ADMIN, json!({"type": "index.inspect", "kind": "page", "id": "8"}));
    assert_eq!(view["found"], false);
}

#[test]
fn the_nightly_comparison_finds_what_no_event_told() {
    let mut world = indexed(site());
    world.now += 2 * 86_400_000;
    world.site =
        std::mem::take(&mut world.site).issue("ITD-4", "Scanner is slow", "The scanner crawls like a tortoise.");
    world.site.issues.remove("ITD-3");
    world.site.issues.get_mut("ITD-2").unwrap()["updated"] = json!("2027-01-17T10:00:00.000+0000");
    world.site.issues.get_mut("ITD-2").unwrap()["summary"] = json!("Printer eats staples");
    world.own("schedule", json!({"type": "index.reconcile"}));
    world.settle();
    assert_eq!(found(&mut world, WRITER, "tortoise"), ["ITD-4"]);
    assert_eq!(found(&mut world, WRITER, "staples"), ["ITD-2"]);
    let view = world.view(ADMIN, json!({"type": "index.open"}));
    assert_eq!(container(&view, "ITD")["documents"], 3);
    assert_eq!(found(&mut world, WRITER, "battery"), [""; 0]);
}

#[test]
fn a_comparison_of_what_did_not_change_reads_no_text() {
    let mut world = indexed(site());
    world.now += 2 * 86_400_000;
    world.own("schedule", json!({"type": "index.reconcile"}));
    world.settle();
    // Read once for having been indexed on the day it changed is not the case here: the fixture is older.
    let texts = world.wire.iter().filter_map(|line| line.pointer("/out/effects")?.as_array()).flatten();
    assert!(
        texts
            .filter(|effect| effect["path"]
                .as_str()
                .is_some_and(|p| p.contains("bulkfetch") || p.contains("body-format")))
            .count()
            == 0
    );
}

/// Ledger: ES-01.
#[test]
fn opting_out_is_invisible_at_once_and_leaves_no_value_of_it() {
    let mut world = indexed(site());
    world.view(ADMIN, switch("project", "ITD", false));
    assert_eq!(found(&mut world, WRITER, "battery"), [""; 0]);
    world.settle();
    assert_eq!(found(&mut world, WRITER, "gateway"), ["7"]);
    world.view(ADMIN, switch("space", "OPS", false));
    world.settle();
    world.now += 3 * 3_600_000;
    world.own("schedule", json!({"type": "index.reconcile"}));
    world.settle();
    let left: Vec<&String> = world.kv.keys().filter(|key| key.starts_with("index:")).collect();
    assert!(left.is_empty(), "{left:?}");
    let view = search(&mut world, WRITER, "gateway");
    assert_eq!(view["index"]["state"], "off");
}

/// Ledger: SO-26.
#[test]
fn a_container_closed_to_the_app_is_purged() {
    let mut world = indexed(site());
    world.site.closed.insert("ITD".to_owned());
    world.own("schedule", json!({"type": "index.reconcile"}));
    world.settle();
    assert_eq!(found(&mut world, WRITER, "battery"), [""; 0]);
    let view = world.view(ADMIN, json!({"type": "index.open"}));
    let itd = container(&view, "ITD");
    assert_eq!(
        (itd["state"].as_str(), itd["code"].as_str(), itd["documents"].as_u64()),
        (Some("failed"), Some("no-permission"), Some(0))
    );
    world.site.closed.clear();
    world.own("schedule", json!({"type": "index.reconcile"}));
    world.settle();
    assert_eq!(found(&mut world, WRITER, "battery"), ["ITD-3"]);
}

#[test]
fn a_long_container_is_read_in_steps_and_each_step_once() {
    let mut site = site();
    for number in 10..40 {
        site = site.issue(&format!("ITD-{number}"), "Sensor report", &format!("Sensor number{number} is stuck."));
    }
    site.list = 7;
    let mut world = World::new(site);
    world.view(ADMIN, switch("project", "ITD", true));
    // Time for one page of the list an event.
    world.long = 90_050;
    let mut delivered = 0;
    while !world.queue.is_empty() {
        let event = world.queue.remove(0);
        world.consume(&event);
        // Every event comes twice.
        world.consume(&event);
        delivered += 1;
        assert!(delivered < 100);
    }
    let view = world.view(ADMIN, json!({"type": "index.open"}));
    let itd = container(&view, "ITD");
    assert_eq!(
        (itd["state"].as_str(), itd["documents"].as_u64(), itd["done"].as_u64()),
        (Some("ready"), Some(33), Some(33)),
        "{itd}"
    );
    assert_eq!(found(&mut world, WRITER, "number17").first().map(String::as_str), Some("ITD-17"));
}

#[test]
fn an_index_that_does_not_open_leaves_the_products_search_and_is_built_again() {
    let mut world = indexed(site());
    let mut row = world.index["site"].clone();
    row["body"] = json!("QUJD");
    world.index.insert("site".to_owned(), row);
    let view = world.view(WRITER, json!({"type": "sources.search", "text": "battery", "kinds": []}));
    assert_eq!(view["index"]["state"], "unavailable");
    assert!(ids(&view).contains(&"ITD-3".to_owned()));
    world.now += 3_600_000;
    world.own("schedule", json!({"type": "sweep"}));
    world.settle();
    assert_eq!(found(&mut world, WRITER, "battery"), ["ITD-3"]);
}

/// Ledger: SO-28.
#[test]
fn an_uninstall_leaves_nothing_of_the_index() {
    let mut world = indexed(site());
    world.view(WRITER, json!({"type": "sets.save", "name": "a", "sources": [{"kind": "page", "id": "7"}]}));
    world.time = 50_000;
    world.own("uninstall", json!({"type": "uninstall"})).unwrap();
    assert!(
        world.kv.is_empty() && world.index.is_empty() && world.secrets.is_empty(),
        "{:?} {:?}",
        world.kv.keys(),
        world.index.keys()
    );
}

#[test]
fn a_value_that_does_not_open_leaves_the_other_containers_answering_and_is_read_again() {
    let mut world = indexed(site());
    // The values of one segment are another's: they do not open.
    let names: Vec<String> = world.kv.keys().filter(|key| key.ends_with(":s")).cloned().collect();
    assert!(names.len() >= 2, "each container has a segment of its own: {names:?}");
    let broken = names
        .iter()
        .find(|name| {
            let mut other = World::new(world.site.clone());
            (other.kv, other.index, other.secrets, other.now) =
                (world.kv.clone(), world.index.clone(), world.secrets.clone(), world.now);
            other.kv.get_mut(*name).unwrap().0 = "QUJD".to_owned();
            found(&mut other, WRITER, "battery").is_empty()
        })
        .unwrap()
        .clone();
    world.kv.get_mut(&broken).unwrap().0 = "QUJD".to_owned();
    let view = search(&mut world, WRITER, "lessor");
    assert_eq!((ids(&view), view["index"]["state"].as_str()), (vec!["8".to_owned()], Some("partial")));
    assert_eq!(view["index"]["partial"]["code"], "index-value-sealed");
    world.own("schedule", json!({"type": "index.reconcile"}));
    for _ in 0..6 {
        let Some(event) = (!world.queue.is_empty()).then(|| world.queue.remove(0)) else { break };
        if world.consume(&event).unwrap()["type"] == "fault" {
            world.queue.push(event);
        }
    }
    world.settle();
    assert_eq!(found(&mut world, WRITER, "battery"), ["ITD-3"]);
    assert_eq!(search(&mut world, WRITER, "lessor")["index"]["state"], "ready");
}
