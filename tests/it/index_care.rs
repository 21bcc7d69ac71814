//! The index as it lasts: lifetimes, what a crawl passes over, values that are damaged, what a dump of the store shows.
//! What a person finds in it is in `index`, what follows a change in `index_changes`.

use serde_json::{Value, json};

use crate::embedding::{embedded, is_nearest, on, refined};
use crate::host::World;
use crate::index::{ADMIN, WRITER, container, found, ids, indexed, search, site, switch};
use crate::site::Site;

const DAY: u64 = 86_400_000;

fn at_night(world: &mut World) {
    world.own("schedule", json!({"type": "index.reconcile"}));
    for _ in 0..400 {
        let Some(event) = (!world.queue.is_empty()).then(|| world.queue.remove(0)) else { return };
        for _ in 0..3 {
            match world.consume(&event) {
                Some(answer) if answer["type"] != "fault" => break,
                _ => world.now += 30_000,
            }
        }
    }
    panic!("events without an end: {:?}", world.queue);
}

fn values(world: &World) -> Vec<String> {
    world.kv.keys().filter(|key| key.starts_with("index:")).cloned().collect()
}

/// Days until each value of the index goes by itself.
fn lifetimes(world: &World) -> Vec<u64> {
    let expiry = |key: &String| world.kv[key].1.expect("every value has an end");
    values(world).iter().map(|key| (expiry(key) - world.now).div_ceil(DAY)).collect()
}

#[test]
fn what_was_not_read_again_is_gone_when_its_time_is_over_and_its_values_a_week_later() {
    let mut world = indexed(site());
    assert!(
        !lifetimes(&world).is_empty() && lifetimes(&world).iter().all(|days| *days == 97),
        "{:?}",
        lifetimes(&world)
    );
    world.now += 90 * DAY;
    assert_eq!(found(&mut world, WRITER, "battery"), ["ITD-3"]);
    world.now += DAY;
    assert_eq!(found(&mut world, WRITER, "battery"), [""; 0]);
    assert_eq!(found(&mut world, WRITER, "lessor"), [""; 0]);
    world.now += 7 * DAY;
    assert!(values(&world).iter().all(|key| world.kv[key].1.unwrap() <= world.now), "no value outlives its week");
}

#[test]
fn an_admin_sets_the_lifetime_between_a_day_and_a_year() {
    let mut world = World::new(site());
    for days in [0, 366, 65_536 + 30] {
        let answer = world.page(ADMIN, json!({"type": "index.setLifetime", "days": days})).unwrap();
        assert_eq!(
            (answer["code"].as_str(), answer["params"]["field"].as_str()),
            (Some("bad-input"), Some("days")),
            "{days}"
        );
    }
    for days in [1_u64, 365] {
        let view = world.view(ADMIN, json!({"type": "index.setLifetime", "days": days}));
        assert_eq!(view["ttlDays"], days);
        world.view(ADMIN, switch("project", "ITD", true));
        world.settle();
        assert!(lifetimes(&world).iter().all(|left| *left == days + 7), "{days}: {:?}", lifetimes(&world));
        world.view(ADMIN, switch("project", "ITD", false));
        world.settle();
    }
    world.view(ADMIN, json!({"type": "index.setLifetime", "days": 1}));
    world.view(ADMIN, switch("project", "ITD", true));
    world.settle();
    world.now += 2 * DAY;
    assert_eq!(found(&mut world, WRITER, "battery"), [""; 0]);
}

/// Ledger: SO-26.
#[test]
fn what_is_deleted_trashed_or_closed_to_the_app_leaves_with_its_event() {
    let mut world = indexed(site());
    let changed = |world: &mut World, kind: &str, id: &str| {
        world.own("event", json!({"type": "product.changed", "kind": kind, "ids": [id]}));
        world.settle();
        world.view(ADMIN, json!({"type": "index.inspect", "kind": kind, "id": id}))["found"].clone()
    };
    // Deleted: the product has it no more.
    let gone = world.site.issues.remove("ITD-3").unwrap();
    changed(&mut world, "issue", "ITD-3");
    world.site.issues.insert("ITD-3".to_owned(), gone);
    assert_eq!(found(&mut world, ADMIN, "battery"), [""; 0], "of the index nothing of it is left");
    // Trashed.
    world.site.pages.get_mut("8").unwrap().is_trashed = true;
    changed(&mut world, "page", "8");
    world.site.pages.get_mut("8").unwrap().is_trashed = false;
    assert_eq!(found(&mut world, ADMIN, "lessor"), [""; 0]);
    // Its permissions changed: the app may not read it any more, some people still do.
    world.site.pages.get_mut("7").unwrap().readers = [ADMIN.to_owned()].into();
    assert_eq!(changed(&mut world, "page", "7"), false);
    assert_eq!(found(&mut world, ADMIN, "gateway"), ["ITD-1"]);
    world.site.readers.insert("ITD-1".to_owned(), [ADMIN.to_owned()].into());
    assert_eq!(changed(&mut world, "issue", "ITD-1"), false);
    assert_eq!(found(&mut world, ADMIN, "gateway"), [""; 0]);
}

fn passed(world: &mut World, key: &str) -> Value {
    let view = world.view(ADMIN, json!({"type": "index.open"}));
    container(&view, key).get("passed").cloned().unwrap_or_default()
}

#[test]
fn a_body_that_cannot_be_read_and_one_of_fifty_megabytes_hold_up_no_crawl_and_are_counted() {
    let mut site = site()
        .page("21", "Broken tortoise", "<p>An open <b>tag & no end")
        .page("22", "Large", &format!("<p>{}</p>", "wombat ".repeat(50_000_000 / 7)))
        .page("23", "Behind them", "<p>The quokka is behind them.</p>");
    site.comment("ITD-2", "An open remark about numbats.", None);
    site.issues.get_mut("ITD-2").unwrap()["description"] = json!({"type": "paragraph", "content": 7});
    let mut world = indexed(site);
    let view = world.view(ADMIN, json!({"type": "index.open"}));
    assert_eq!(container(&view, "OPS")["state"], "ready");
    assert_eq!(found(&mut world, WRITER, "quokka"), ["23"]);
    assert_eq!(found(&mut world, WRITER, "lessor"), ["8"]);
    assert_eq!(found(&mut world, WRITER, "tortoise"), ["21"], "by its title");
    assert_eq!(found(&mut world, WRITER, "numbats"), ["ITD-2"], "by what of it can be read");
    let of_pages = json!([
        {"code": "body-unread", "count": 1, "atLeast": false},
        {"code": "document-too-large", "count": 1, "atLeast": false},
    ]);
    assert_eq!(passed(&mut world, "OPS"), of_pages);
    assert_eq!(passed(&mut world, "ITD"), json!([{"code": "body-unread", "count": 1, "atLeast": false}]));
    // However often it is compared, each counts once.
    world.now += 2 * DAY;
    at_night(&mut world);
    assert_eq!(passed(&mut world, "OPS"), of_pages);
    // What is mended, or gone, counts no more.
    world.site = world.site.clone().page("21", "Mended tortoise", "<p>It has an end.</p>");
    world.own("event", json!({"type": "product.changed", "kind": "page", "ids": ["21"]}));
    world.site.pages.remove("22");
    world.site = world.site.clone().issue("ITD-2", "Printer on floor 3 jams", "It was a paperclip.");
    world.own("event", json!({"type": "product.changed", "kind": "issue", "ids": ["ITD-2"]}));
    world.settle();
    at_night(&mut world);
    assert_eq!((passed(&mut world, "OPS"), passed(&mut world, "ITD")), (Value::Null, Value::Null));
}

/// Two containers in one segment of many values: enough words for that.
fn large() -> World {
    let mut random = crate::random::Xorshift::seeded(1);
    let mut word = || format!("w{:x}", random.next() % 1_000_000_000);
    let mut site: Site = site();
    for number in 100..200 {
        let text: String = (0..400).map(|_| word() + " ").collect();
        site = site.issue(&format!("ITD-{number}"), &format!("Issue {number} marsupial"), &text);
        let text: String = (0..400).map(|_| word() + " ").collect();
        site = site.page(&number.to_string(), &format!("Page {number} marsupial"), &format!("<p>{text}</p>"));
    }
    let mut world = indexed(site);
    // What was merged is deleted by the hourly look.
    world.now += 3_600_000;
    world.own("schedule", json!({"type": "sweep"}));
    world.settle();
    world
}

#[test]
fn a_damaged_value_of_a_large_segment_is_said_and_made_good_in_the_night() {
    let before = large();
    let named = |world: &World, kind: &str| -> Vec<String> {
        values(world)
            .into_iter()
            .filter(|key| key.rsplit(':').next().is_some_and(|name| name.starts_with(kind)))
            .collect()
    };
    assert!(named(&before, "s").is_empty() && named(&before, "t").len() > 1, "{:?}", values(&before));
    let segments: std::collections::BTreeSet<String> =
        named(&before, "t").iter().map(|key| key.rsplit_once(':').unwrap().0.to_owned()).collect();
    assert_eq!(segments.len(), 1, "both containers lie in one segment");
    let count = |world: &mut World| {
        world.site.own_search = false;
        let view = world.view(WRITER, json!({"type": "sources.search", "text": "marsupial", "kinds": []}));
        world.site.own_search = true;
        (ids(&view).len(), view["index"]["state"].clone())
    };
    assert_eq!(count(&mut before.clone()), (20, json!("ready")));
    let harm = |key: &str, is_gone: bool| {
        let mut world = before.clone();
        if is_gone {
            world.kv.remove(key);
        } else {
            world.kv.get_mut(key).unwrap().0.replace_range(60..64, "AAAA");
        }
        let (hits, state) = count(&mut world);
        assert!(hits == 20 || state == "partial", "{key}: {hits} hits, {state}");
        (world, state == "partial")
    };
    // The range of the query's own word, the documents, and a block of texts.
    let own = named(&before, "t").into_iter().find(|key| harm(key, true).1).expect("one range has the word");
    for (key, is_gone) in [(own, true), (named(&before, "d").remove(0), false), (named(&before, "x").remove(0), true)] {
        let mut world = harm(&key, is_gone).0;
        at_night(&mut world);
        at_night(&mut world);
        assert_eq!(count(&mut world), (20, json!("ready")), "{key}");
        assert_eq!(found(&mut world, WRITER, "battery"), ["ITD-3"], "{key}");
        assert_eq!(found(&mut world, WRITER, "lessor"), ["8"], "{key}");
        let view = world.view(ADMIN, json!({"type": "index.open"}));
        for (name, documents) in [("ITD", 103), ("OPS", 102)] {
            let container = container(&view, name);
            assert_eq!((&container["documents"], &container["state"]), (&json!(documents), &json!("ready")), "{key}");
        }
        world.now += 3_600_000;
        world.own("schedule", json!({"type": "sweep"}));
        world.settle();
        assert!(!values(&world).contains(&key) || is_gone, "{key} is still there");
    }
}

#[test]
fn copies_of_a_ticket_take_one_place_and_are_counted_on_it() {
    let text =
        "The VPN tunnel drops after 60 minutes because the gateway closes idle tunnels without any warning at all.";
    let mut site = site().issue("ITD-50", "VPN drops", text).issue("ITD-51", "VPN drops", text);
    site =
        site.page("50", "VPN drops", &format!("<p>{text}</p>")).issue("ITD-52", "Gateway is slow", "Idle it is slow.");
    let mut world = indexed(site);
    let view = search(&mut world, WRITER, "idle gateway without warning");
    let all = ids(&view);
    let copies = ["ITD-50", "ITD-51", "50"];
    assert_eq!(all.iter().filter(|id| copies.contains(&id.as_str())).count(), 1, "{all:?}");
    let kept =
        view["hits"].as_array().unwrap().iter().find(|hit| copies.contains(&hit["id"].as_str().unwrap())).unwrap();
    assert_eq!(kept["same"], 2, "{kept}");
    assert!(all.contains(&"ITD-52".to_owned()), "no copy took its place");
    // A copy that may not be read is not counted.
    world.site.readers.insert("ITD-51".to_owned(), ["acc-boss".to_owned()].into());
    let view = search(&mut world, WRITER, "idle gateway without warning");
    let kept =
        view["hits"].as_array().unwrap().iter().find(|hit| copies.contains(&hit["id"].as_str().unwrap())).unwrap();
    assert_eq!(kept["same"], 1, "{kept}");
}

/// Ledger: SO-02, IM-11.
#[test]
fn a_dump_of_the_store_shows_neither_text_nor_vector_and_no_changed_byte_opens() {
    let canary = "quetzalcoatlus";
    let site = site().issue("ITD-5", "canary-title stops", &format!("The {canary} printer jams."));
    let mut world = embedded(site);
    world.own("event", json!({"type": "product.changed", "kind": "issue", "ids": ["ITD-5"]}));
    world.settle();
    assert!(is_nearest(&refined(&mut world, "hardcopy quetzalcoatlus"), "ITD-5"));
    let vector = crate::embedding::vector(&format!("canary-title stops\n\nThe {canary} printer jams."), 16);
    let narrow: Vec<f32> = vector.iter().map(|x| format!("{x}").parse().unwrap()).collect();
    let little: Vec<u8> = narrow.iter().take(4).flat_map(|x| x.to_le_bytes()).collect();
    let big: Vec<u8> = narrow.iter().take(4).flat_map(|x| x.to_be_bytes()).collect();
    let clear = [canary.as_bytes(), b"canary-title", b"ITD-5", b"0.01,0.01", b"1.01,", &little, &big];
    let dump = world.sealed();
    assert!(dump.iter().any(|(name, _)| name.starts_with("index:")), "values are among them");
    for (name, value) in &dump {
        let bytes = from_base64(value);
        for secret in clear {
            let shows = |text: &[u8]| text.windows(secret.len()).any(|part| part == secret);
            assert!(!shows(name.as_bytes()) && !shows(value.as_bytes()) && !shows(&bytes), "{name}");
        }
    }
    // A value with one changed character is not another value: it is none, wherever the change is.
    let keys = values(&world);
    for at in (0..world.kv[&keys[0]].0.len()).step_by(97) {
        let mut changed = world.clone();
        for key in &keys {
            let value = &mut changed.kv.get_mut(key).unwrap().0;
            let at = at % value.len();
            let other = if value.as_bytes()[at] == b'A' { "B" } else { "A" };
            value.replace_range(at..=at, other);
        }
        let view = search(&mut changed, WRITER, "printer");
        assert_eq!((ids(&view).len(), view["index"]["state"].as_str()), (0, Some("partial")), "at {at}");
    }
}

/// The bytes of base64url without padding; whatever else comes out empty.
fn from_base64(text: &str) -> Vec<u8> {
    let digit = |c: u8| match c {
        b'A'..=b'Z' => Some(u32::from(c - b'A')),
        b'a'..=b'z' => Some(u32::from(c - b'a') + 26),
        b'0'..=b'9' => Some(u32::from(c - b'0') + 52),
        b'-' | b'+' => Some(62),
        b'_' | b'/' => Some(63),
        _ => None,
    };
    let digits: Vec<u32> = text.bytes().filter_map(digit).collect();
    let group = |four: &[u32]| {
        let bits = four.iter().fold(0, |bits, digit| bits << 6 | digit) << (6 * (4 - four.len()));
        bits.to_be_bytes()[1..four.len()].to_vec()
    };
    digits.chunks(4).flat_map(group).collect()
}

#[test]
fn vectors_stay_where_they_were_made_when_the_index_is_switched_off_and_on() {
    let mut world = embedded(site());
    world.view(ADMIN, switch("project", "ITD", false));
    world.settle();
    world.view(ADMIN, json!({"type": "index.setEmbedding", "on": false}));
    world.settle();
    let before = world.sent.len();
    world.view(ADMIN, on());
    world.settle();
    // Off kept no vector: all that is on is sent again, and nothing of what is off.
    let sent = json!(world.sent[before..]).to_string();
    assert!(sent.contains("leased") && !sent.contains("battery"), "{sent}");
}
