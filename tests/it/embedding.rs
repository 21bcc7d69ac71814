//! Search by meaning, native: a provider that embeds words as directions, what reaches it, and what happens when it fails.

use serde_json::{Value, json};

use crate::host::World;
use crate::index::{ADMIN, WRITER, found, search, site, switch};
use crate::site::Site;

const NAME: &str = "Zdenka Kanarova";
const MAIL: &str = "zdenka.kanarova@example.com";
/// A quarter of an hour before the fake clock begins.
const TODAY: &str = "2027-01-15T07:45:00.000Z";

/// Words that mean the same, by coordinate.
const MEANINGS: [&[&str]; 4] = [
    &["vpn", "tunnel", "remote access"],
    &["printer", "jams", "paper", "hardcopy"],
    &["battery", "swells"],
    &["payroll"],
];

pub(crate) fn vector(text: &str, length: usize) -> Vec<f64> {
    let text = text.to_lowercase();
    let mut vector = vec![0.01; length];
    for (coordinate, words) in vector.iter_mut().zip(MEANINGS) {
        let count = words.iter().filter(|word| text.contains(*word)).count();
        *coordinate += f64::from(u32::try_from(count).unwrap());
    }
    vector
}

/// What a provider answers a request with: status and body.
type Answer = fn(&Value) -> (u16, String);

fn answer(request: &Value, length: usize) -> (u16, String) {
    let Some(texts) = request["input"].as_array() else { return (500, "{}".to_owned()) };
    let one =
        |(index, text): (usize, &Value)| json!({"index": index, "embedding": vector(text.as_str().unwrap(), length)});
    let data: Vec<Value> = texts.iter().enumerate().map(one).collect();
    (200, json!({"data": data, "usage": {"prompt_tokens": 1}}).to_string())
}

fn embeds(request: &Value) -> (u16, String) {
    answer(request, 16)
}

fn is_probe(request: &Value) -> bool {
    request["input"][0] == "The printer on the third floor is out of paper."
}

pub(crate) fn on() -> Value {
    json!({"type": "index.setEmbedding", "on": true, "model": "embedder"})
}

pub(crate) fn off() -> Value {
    json!({"type": "index.setEmbedding", "on": false})
}

/// ITD and OPS are indexed by words, beside a model that answers so.
fn indexed(site: Site, model: fn(&Value) -> (u16, String)) -> World {
    let mut world = World::with_model(site, model);
    world.view(ADMIN, switch("project", "ITD", true));
    world.view(ADMIN, switch("space", "OPS", true));
    world.settle();
    world
}

/// The same with vectors.
pub(crate) fn embedded(site: Site) -> World {
    let mut world = indexed(site, embeds);
    world.view(ADMIN, on());
    world.settle();
    world
}

pub(crate) fn refined(world: &mut World, text: &str) -> Value {
    world.site.own_search = false;
    let view = world.view(WRITER, json!({"type": "sources.search", "text": text, "kinds": [], "refine": true}));
    world.site.own_search = true;
    view
}

pub(crate) fn ids(view: &Value) -> Vec<&str> {
    view["hits"].as_array().unwrap().iter().map(|hit| hit["id"].as_str().unwrap()).collect()
}

/// Whether it is among the first two: a ticket and a page are about printers.
pub(crate) fn is_nearest(view: &Value, id: &str) -> bool {
    ids(view).iter().take(2).any(|found| *found == id)
}

pub(crate) fn state(world: &mut World) -> Value {
    world.view(ADMIN, json!({"type": "index.open"}))["embedding"].clone()
}

/// Ledger: ES-01.
#[test]
fn nothing_is_embedded_before_an_admin_switches_it_on_nor_after_it_is_off() {
    let mut world = indexed(site(), embeds);
    refined(&mut world, "hardcopy");
    assert_eq!(world.sent.len(), 0);
    assert_eq!(state(&mut world)["on"], false);
    assert_eq!(world.page(WRITER, on()).unwrap()["code"], "admin-only");
    assert_eq!(world.sent.len(), 0);
    world.view(ADMIN, on());
    world.settle();
    world.view(ADMIN, off());
    world.settle();
    world.sent.clear();
    let view = refined(&mut world, "hardcopy");
    assert_eq!((ids(&view).len(), view["index"].get("refines")), (0, None), "{view}");
    world.own("schedule", json!({"type": "index.reconcile"}));
    world.own("event", json!({"type": "product.changed", "kind": "issue", "ids": ["ITD-1"]}));
    world.settle();
    assert_eq!(world.sent.len(), 0);
}

#[test]
fn what_means_the_same_is_found_once_it_is_on() {
    let mut world = embedded(site());
    let view = search(&mut world, WRITER, "hardcopy");
    assert_eq!(ids(&view), [""; 0], "words alone do not find it");
    assert!(view["index"]["refines"]["provider"].is_string(), "{view}");
    let sent = world.sent.len();
    let view = refined(&mut world, "hardcopy");
    assert_eq!(world.sent.len(), sent + 1);
    assert!(is_nearest(&view, "ITD-2") && is_nearest(&view, "8"), "{view}");
    assert_eq!(view["hits"][0]["why"], json!([{"code": "similar"}]));
    assert_eq!(view["index"].get("unrefined"), None);
}

/// Ledger: SO-27.
#[test]
fn what_means_the_same_is_shown_to_whom_may_read_it_alone() {
    let mut world = embedded(site());
    let readers = ["acc-boss".to_owned(), crate::site::APP.to_owned()];
    world.site.readers.insert("ITD-2".to_owned(), readers.clone().into());
    world.site.pages.get_mut("8").unwrap().readers = readers.into();
    let view = refined(&mut world, "hardcopy");
    assert!(!ids(&view).contains(&"ITD-2") && !ids(&view).contains(&"8"), "{view}");
    assert!(!view.to_string().to_lowercase().contains("printer"), "{view}");
}

#[test]
fn switching_on_reads_everything_again_and_says_how_far_it_is() {
    let mut world = indexed(site(), embeds);
    let view = world.view(ADMIN, on());
    let embedding = &view["embedding"];
    assert_eq!(
        (embedding["on"].as_bool(), embedding["done"].as_u64(), embedding["total"].as_u64()),
        (Some(true), Some(0), Some(5))
    );
    let event = world.queue.remove(0);
    world.consume(&event);
    let embedding = state(&mut world);
    assert_eq!((embedding["done"].as_u64(), embedding["total"].as_u64()), (Some(3), Some(5)), "{embedding}");
    assert_eq!(search(&mut world, WRITER, "gateway")["index"]["state"], "ready", "words are found meanwhile");
    world.settle();
    let embedding = state(&mut world);
    assert_eq!((embedding["done"].as_u64(), embedding["lacks"].as_u64()), (Some(5), Some(0)));
    assert_eq!((embedding["model"].as_str(), embedding["dimensions"].as_u64()), (Some("embedder"), Some(16)));
}

#[test]
fn a_model_that_nobody_named_and_one_that_does_not_answer_are_not_switched_on() {
    let mut world = indexed(site(), |_| (404, "{}".to_owned()));
    let answer = world.page(ADMIN, json!({"type": "index.setEmbedding", "on": true})).unwrap();
    assert_eq!(
        (answer["code"].as_str(), answer["params"]["field"].as_str()),
        (Some("bad-input"), Some("model")),
        "{answer}"
    );
    assert_eq!(world.sent.len(), 0);
    assert_eq!(world.page(ADMIN, on()).unwrap()["code"], "model-not-found");
    assert!(world.queue.is_empty());
    assert_eq!(state(&mut world)["on"], false);
}

/// Ledger: SY-02.
#[test]
fn no_name_or_address_is_in_anything_that_is_sent() {
    let text = format!("{NAME} says the quetzalcoatlus printer jams. Write to {MAIL} or call +1 202 555 0143.");
    let page = format!(
        "<h2>Ask {NAME}</h2><p>The quetzalcoatlus page of <ac:link><ri:user ri:account-id=\"acc-z\"/></ac:link> {MAIL}.</p>"
    );
    let mut site = site().issue("ITD-5", &format!("{NAME} is stuck"), &text).page("20", "A page", &page);
    site.comment("ITD-5", &format!("{NAME}: still jams, {MAIL}"), None);
    site.issues.get_mut("ITD-5").unwrap()["reporter"] =
        json!({"accountId": "acc-z", "displayName": NAME, "emailAddress": MAIL});
    site.people.insert("acc-z".to_owned(), NAME.to_owned());
    let mut world = embedded(site);
    world.own("event", json!({"type": "product.changed", "kind": "issue", "ids": ["ITD-5"]}));
    world.settle();
    refined(&mut world, &format!("{NAME} {MAIL} quetzalcoatlus"));
    let sent = json!(world.sent).to_string();
    assert!(sent.contains("quetzalcoatlus printer") && sent.contains("[PERSON_"), "{sent}");
    for marker in [NAME, "Kanarova", "Zdenka", MAIL, "kanarova@", "555 01", "acc-z", "acc-anna"] {
        assert!(!sent.contains(marker), "{marker} was sent");
    }
}

#[test]
fn vectors_of_a_wrong_length_and_of_no_numbers_are_not_stored() {
    let wrong: [Answer; 4] = [
        |request| answer(request, if is_probe(request) { 16 } else { 15 }),
        |request| {
            let (status, body) = answer(request, 16);
            (status, if is_probe(request) { body } else { body.replace("0.01", "\"NaN\"") })
        },
        |request| {
            let (status, body) = answer(request, 16);
            (status, if is_probe(request) { body } else { body.replace("0.01", "1e300") })
        },
        |request| {
            let zeros: Vec<Value> =
                request["input"].as_array().unwrap().iter().map(|_| json!({"embedding": vec![0; 16]})).collect();
            if is_probe(request) { answer(request, 16) } else { (200, json!({"data": zeros}).to_string()) }
        },
    ];
    for model in wrong {
        let mut world = indexed(site(), model);
        world.view(ADMIN, on());
        world.settle();
        let embedding = state(&mut world);
        assert_eq!(embedding["code"], "model-malformed", "{embedding}");
        assert!(embedding["lacks"].as_u64() >= Some(5), "{embedding}");
        let view = search(&mut world, WRITER, "battery");
        assert_eq!((ids(&view), view["index"].get("refines")), (vec!["ITD-3"], None), "its words are found");
    }
}

#[test]
fn what_passes_by_itself_is_tried_again_and_then_left_for_the_night() {
    let mut world = indexed(site(), embeds);
    world.view(ADMIN, on());
    world.model = |_| (503, "{}".to_owned());
    let mut delays = Vec::new();
    while !world.queue.is_empty() {
        let event = world.queue.remove(0);
        let delay = event["delaySeconds"].as_u64();
        world.now += delay.unwrap_or_default() * 1_000;
        delays.extend(delay);
        world.consume(&event);
        assert!(delays.len() < 20);
    }
    // Asked three times at first; then the route rests, and whoever comes waits for the end of that.
    assert!(delays.contains(&5) && delays.iter().any(|delay| *delay > 20), "{delays:?}");
    assert!(world.sent.len() < 30, "{}", world.sent.len());
    world.now += 15 * 60_000;
    let embedding = state(&mut world);
    assert!(embedding["code"].is_string() && embedding["lacks"].as_u64() > Some(0), "{embedding}");
    assert_eq!(found(&mut world, WRITER, "battery"), ["ITD-3"]);
    world.model = embeds;
    world.own("schedule", json!({"type": "index.reconcile"}));
    world.settle();
    let embedding = state(&mut world);
    assert_eq!((embedding.get("code"), embedding["lacks"].as_u64()), (None, Some(0)), "{embedding}");
    assert!(is_nearest(&refined(&mut world, "hardcopy"), "ITD-2"));
}

#[test]
fn a_change_is_found_by_its_words_at_once_and_by_its_meaning_later() {
    let mut world = embedded(site());
    world.site = world.site.clone().issue("ITD-9", "Scanner", "The tortoise scanner eats paper.");
    world.model = |_| (503, "{}".to_owned());
    world.own("event", json!({"type": "product.changed", "kind": "issue", "ids": ["ITD-9"]}));
    let event = world.queue.remove(0);
    world.consume(&event);
    assert_eq!(found(&mut world, WRITER, "tortoise"), ["ITD-9"]);
    let again = world.queue.iter().find(|event| event["body"]["type"] == "changed").unwrap();
    assert_eq!((again["delaySeconds"].as_u64(), again["body"]["tries"].as_u64()), (Some(5), Some(1)));
    world.model = embeds;
    // The route rested for half a minute.
    world.now += 30_000;
    world.settle();
    assert!(ids(&refined(&mut world, "hardcopy")).contains(&"ITD-9"));
    assert_eq!(state(&mut world)["lacks"], 0);
}

#[test]
fn when_the_question_cannot_be_embedded_the_words_answer() {
    let mut world = embedded(site());
    let by_words = found(&mut world, WRITER, "gateway");
    let failures: [Answer; 4] = [
        |_| (503, "{}".to_owned()),
        |_| (401, "{}".to_owned()),
        |request| answer(request, 8),
        |_| (200, "nothing".to_owned()),
    ];
    for model in failures {
        world.model = model;
        world.now += 15 * 60_000;
        let view = refined(&mut world, "gateway");
        assert_eq!(ids(&view), by_words);
        assert!(view["index"]["unrefined"].as_str().unwrap().starts_with("model-"), "{view}");
    }
}

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
