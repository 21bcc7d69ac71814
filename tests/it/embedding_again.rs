//! What is embedded again and what is not, native: only what changed is sent, and what is too long holds nothing up.
//! What is found by meaning is in `embedding`.

use serde_json::{Value, json};

use crate::embedding::{MAIL, NAME, TODAY, embedded, embeds, ids, indexed, on, refined, state};
use crate::host::World;
use crate::index::{ADMIN, site};
use crate::site::Site;

/// What was sent to be embedded since `from`, text by text.
fn sent_since(world: &World, from: usize) -> Vec<String> {
    let requests = world.sent.iter().skip(from).filter_map(|sent| {
        let body: Value = match &sent["body"] {
            Value::String(text) => serde_json::from_str(text).unwrap(),
            body => body.clone(),
        };
        body["input"].as_array().cloned()
    });
    requests.flatten().map(|text| text.as_str().unwrap().to_owned()).collect()
}

/// A page of sections, each an excerpt of its own.
fn sections(site: Site, title: &str, texts: [&str; 3]) -> Site {
    let [one, two, three] = texts;
    let body = format!(
        "<h2>First</h2><p>{one} {NAME} knows.</p><h2>Second</h2><p>{two}</p><h2>Third</h2><p>{three} Ask {MAIL}.</p>"
    );
    site.page("20", title, &body)
}

const SECTIONS: [&str; 3] = ["The tunnel drops.", "The printer jams.", "The battery swells."];

fn changed_page(world: &mut World) -> Vec<String> {
    let before = world.sent.len();
    world.own("event", json!({"type": "product.changed", "kind": "page", "ids": ["20"]}));
    world.settle();
    sent_since(world, before)
}

/// Ledger: SO-26.
#[test]
fn of_a_changed_document_only_the_excerpts_that_changed_are_sent_again() {
    let mut world = embedded(sections(site(), "Runbook", SECTIONS));
    assert_eq!(changed_page(&mut world), [""; 0], "nothing changed");
    world.site =
        sections(world.site.clone(), "Runbook", ["The tunnel drops.", "The hardcopy is torn.", "The battery swells."]);
    let sent = changed_page(&mut world);
    assert_eq!(sent.len(), 1, "{sent:?}");
    assert!(sent[0].contains("The hardcopy is torn."), "{sent:?}");
    // What was kept is found by its meaning still, and what changed by its new one.
    for text in ["remote access", "paper", "battery"] {
        assert!(ids(&refined(&mut world, text)).contains(&"20"), "{text}");
    }
    assert_eq!(state(&mut world)["lacks"], 0);
    // The title stands above every excerpt: with another one each is another text.
    world.site =
        sections(world.site.clone(), "Playbook", ["The tunnel drops.", "The hardcopy is torn.", "The battery swells."]);
    let sent = changed_page(&mut world);
    assert_eq!(sent.len(), 3, "{sent:?}");
}

#[test]
fn what_changed_on_the_day_it_was_read_is_compared_in_the_night_and_not_sent_again() {
    let mut world = embedded(sections(site(), "Runbook", SECTIONS));
    // Changed an hour ago: it may have changed once more since.
    world.site.pages.get_mut("20").unwrap().updated = TODAY.to_owned();
    world.own("event", json!({"type": "product.changed", "kind": "page", "ids": ["20"]}));
    world.settle();
    let before = world.sent.len();
    world.own("schedule", json!({"type": "index.reconcile"}));
    world.settle();
    assert_eq!(sent_since(&world, before), [""; 0]);
}

#[test]
fn an_excerpt_keeps_its_vector_when_segments_are_merged_and_documents_are_read_for_their_age() {
    let mut world = embedded(sections(site(), "Runbook", SECTIONS));
    for round in 0..12 {
        world.site = sections(
            world.site.clone(),
            "Runbook",
            ["The tunnel drops.", &format!("Round {round}."), "The battery swells."],
        );
        assert_eq!(changed_page(&mut world).len(), 1, "round {round}");
    }
    let before = world.sent.len();
    // Everything is read again before its time is over.
    world.now += 80 * 86_400_000;
    world.own("schedule", json!({"type": "index.reconcile"}));
    world.settle();
    assert_eq!(sent_since(&world, before), [""; 0]);
    world.now += 20 * 86_400_000;
    assert!(ids(&refined(&mut world, "remote access")).contains(&"20"));
}

#[test]
fn what_only_lacked_vectors_is_sent_and_nothing_beside_it() {
    let mut world = embedded(sections(site(), "Runbook", SECTIONS));
    world.model = |_| (503, "{}".to_owned());
    world.site =
        sections(world.site.clone(), "Runbook", ["The tunnel drops.", "The hardcopy is torn.", "The battery swells."]);
    world.own("event", json!({"type": "product.changed", "kind": "page", "ids": ["20"]}));
    while !world.queue.is_empty() {
        let event = world.queue.remove(0);
        world.now += event["delaySeconds"].as_u64().unwrap_or_default() * 1_000;
        world.consume(&event);
    }
    assert_eq!(state(&mut world)["lacks"], 1);
    world.model = embeds;
    world.now += 15 * 60_000;
    let before = world.sent.len();
    world.own("schedule", json!({"type": "index.reconcile"}));
    world.settle();
    let sent = sent_since(&world, before);
    assert_eq!(sent.len(), 1, "{sent:?}");
    assert!(sent[0].contains("The hardcopy is torn."));
    assert_eq!(state(&mut world)["lacks"], 0);
}

#[test]
fn under_another_model_everything_is_sent() {
    let mut world = embedded(sections(site(), "Runbook", SECTIONS));
    let before = world.sent.len();
    world.view(ADMIN, json!({"type": "index.setEmbedding", "on": true, "model": "another"}));
    world.settle();
    let sent = sent_since(&world, before);
    // Five documents of one excerpt, the page of three, and the text that tries the model out.
    assert_eq!(sent.len(), 5 + 3 + 1, "{sent:?}");
    let models: Vec<&Value> = world.sent.iter().skip(before).map(|sent| &sent["body"]["model"]).collect();
    assert!(json!(models).to_string().contains("another") || json!(world.sent).to_string().contains("another"));
}

/// The model takes no text of more than so many characters.
fn takes_little(request: &Value) -> (u16, String) {
    let too_long = |text: &Value| text.as_str().is_some_and(|text| text.chars().count() > 200);
    if request["input"].as_array().is_some_and(|texts| texts.iter().any(too_long)) {
        let error = json!({"error": {"code": "context_length_exceeded", "message": "too long"}});
        return (400, error.to_string());
    }
    embeds(request)
}

#[test]
fn an_excerpt_that_the_model_finds_too_long_is_embedded_by_its_beginning_and_holds_up_no_other() {
    let long = format!("{} {}", "The printer jams.", "Nothing more is to be said of it. ".repeat(20));
    let mut world =
        indexed(sections(site(), "Runbook", ["The tunnel drops.", &long, "The battery swells."]), takes_little);
    world.view(ADMIN, on());
    world.settle();
    let embedding = state(&mut world);
    assert_eq!((embedding["lacks"].as_u64(), embedding.get("code")), (Some(0), None), "{embedding}");
    for text in ["remote access", "hardcopy"] {
        assert!(ids(&refined(&mut world, text)).contains(&"20"), "{text}");
    }
    // It is not sent every night.
    let before = world.sent.len();
    world.now += 86_400_000;
    world.own("schedule", json!({"type": "index.reconcile"}));
    world.settle();
    assert_eq!(sent_since(&world, before), [""; 0]);
}
