//! Search by meaning, native: a provider that embeds words as directions, what reaches it, and what happens when it fails.

use serde_json::{Value, json};

use crate::host::World;
use crate::index::{ADMIN, WRITER, found, search, site, switch};
use crate::site::Site;

pub(crate) const NAME: &str = "Zdenka Kanarova";
pub(crate) const MAIL: &str = "zdenka.kanarova@example.com";
/// A quarter of an hour before the fake clock begins.
pub(crate) const TODAY: &str = "2027-01-15T07:45:00.000Z";

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

/// The same; none for a request that asks for no vectors.
pub(crate) fn embeds_as_long_as(request: &Value, length: usize) -> Option<(u16, String)> {
    request["input"].as_array().map(|_| answer(request, length))
}

pub(crate) fn embeds(request: &Value) -> (u16, String) {
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
pub(crate) fn indexed(site: Site, model: fn(&Value) -> (u16, String)) -> World {
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
