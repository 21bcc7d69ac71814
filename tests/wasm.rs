//! The core as WebAssembly: what crosses the one door, in both directions.
//! The rules of the use cases are tested natively, in `tests/it`.

#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "an answer of another form should stop the test")]

use quillgate::wasm::Core;
use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

const CANARY: &str = "quetzalcoatlus";
const ROOT: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

fn step(core: &mut Core, input: &Value) -> Value {
    step_bytes(core, json!([[], input]).to_string().into_bytes(), 0)
}

fn step_bytes(core: &mut Core, input: Vec<u8>, head: usize) -> Value {
    serde_wasm_bindgen::from_value(core.step(input, head).ok().unwrap()).unwrap()
}

fn call(source: &str, call: &Value) -> Value {
    let page = source == "ui";
    json!({"type": "call", "now": 1_800_000_000_000_u64, "deadline": 1_800_000_020_000_u64, "call": call, "context": {
        "source": source, "product": page.then_some("confluence"), "cloudId": "cloud", "installationId": "inst",
        "environmentId": "env", "environmentType": "DEVELOPMENT", "accountId": page.then_some("acc-writer"),
        "siteUrl": page.then_some("https://site.example"), "moduleKey": null, "locale": null, "extension": {},
    }})
}

fn command(verb: &str, line: &Value) -> Value {
    step(&mut Core::new(), &call("local", &json!({"type": "command", "verb": verb, "line": line})))["answer"].clone()
}

fn outcome(id: &Value, outcome: &Value) -> Value {
    json!({"type": "outcome", "id": id, "now": 1_800_000_000_010_u64, "outcome": outcome})
}

/// Answers secrets as an installation that exists, until something else is asked for.
fn opened(core: &mut Core, asked: &Value) -> Vec<Value> {
    let mut waiting = step(core, &call("ui", asked))["effects"].as_array().unwrap().clone();
    let mut tokens = None;
    while waiting.iter().any(|effect| effect["type"] == "secret-get" || effect["type"] == "secret-set") {
        let mut next = Vec::new();
        for effect in waiting {
            let value = match effect["key"].as_str() {
                Some("QUILLGATE_ROOT_1" | "inst") => json!({"value": ROOT}),
                Some("name-keys") => tokens.clone().map_or(json!({}), |sealed| json!({"value": sealed})),
                _ => json!({}),
            };
            if effect["type"] == "secret-set" {
                tokens = Some(effect["value"].clone());
            }
            next.extend(step(core, &outcome(&effect["id"], &value))["effects"].as_array().unwrap().iter().cloned());
        }
        waiting = next;
    }
    waiting
}

#[wasm_bindgen_test]
fn a_call_begins_with_effects_of_the_documented_form() {
    let mut core = Core::new();
    let reply = step(&mut core, &call("ui", &json!({"type": "studio.open"})));
    assert!(reply.get("answer").is_none());
    let expected = json!([
        {"id": 1, "type": "secret-get", "source": "env", "key": "QUILLGATE_ROOT_WINDOW"},
        {"id": 2, "type": "secret-get", "source": "env", "key": "QUILLGATE_ROOT_1"},
        {"id": 3, "type": "secret-get", "source": "store", "key": "inst"},
        {"id": 4, "type": "secret-get", "source": "store", "key": "name-keys"},
    ]);
    assert_eq!(reply["effects"], expected);
}

#[wasm_bindgen_test]
fn a_draft_asks_for_its_sources_as_the_user() {
    let start = json!({
        "type": "draft.start", "requestId": "6f9619ff-8b86-d011-b42d-00c04fc964ff", "useCase": "page",
        "sources": [{"kind": "issue", "id": "ITD-1"}], "target": {"type": "new", "spaceId": "10", "title": "Notes"},
        "language": "source", "tone": "neutral", "engine": "extract",
    });
    let mut core = Core::new();
    let mut waiting = opened(&mut core, &start);
    while let Some(at) = waiting.iter().position(|effect| effect["type"] != "product") {
        let effect = waiting.remove(at);
        let reply = step(&mut core, &outcome(&effect["id"], &json!({})));
        assert!(reply.get("answer").is_none(), "{reply}");
        waiting.extend(reply["effects"].as_array().unwrap().iter().cloned());
    }
    for effect in &waiting {
        assert_eq!(effect["as"], "user");
        let path = effect["path"].as_str().unwrap();
        assert!(path.starts_with("/rest/api/3/") || path.starts_with("/wiki/"), "{path}");
    }
}

#[wasm_bindgen_test]
fn an_effect_that_fails_is_an_answer_with_a_code() {
    let mut core = Core::new();
    let reply = step(&mut core, &call("ui", &json!({"type": "studio.open"})));
    let failed =
        |effect: &Value| json!({"type": "failed", "id": effect["id"], "now": 1_800_000_000_010_u64, "code": "storage"});
    let mut last = Value::Null;
    for effect in reply["effects"].as_array().unwrap() {
        last = step(&mut core, &failed(effect));
    }
    assert_eq!(last["answer"], json!({"type": "fault", "code": "storage-unavailable"}));
}

#[wasm_bindgen_test]
fn a_conversation_that_is_over_says_so() {
    let mut core = Core::new();
    let local = call("local", &json!({"type": "command", "verb": "adf", "line": {"id": 1, "markdown": "a"}}));
    assert_eq!(step(&mut core, &local)["answer"]["type"], "ok");
    assert_eq!(step(&mut core, &local)["answer"], json!({"type": "fault", "code": "internal"}));
}

#[wasm_bindgen_test]
fn random_bytes_come_from_the_host() {
    let context = json!({"tenant": "t", "class": "c", "record": "r", "version": 1});
    let seal = || command("seal", &json!({"id": 1, "key": ROOT, "context": context, "plaintext": "aGVsbG8"}));
    let (one, two) = (seal()["view"]["envelope"].clone(), seal()["view"]["envelope"].clone());
    assert!(one.is_string() && one != two);
    for envelope in [one, two] {
        let line = json!({"id": 1, "key": ROOT, "context": context, "envelope": envelope});
        assert_eq!(command("open", &line)["view"]["plaintext"], "aGVsbG8");
    }
}

#[wasm_bindgen_test]
fn what_has_not_the_form_is_refused_without_echo() {
    let refused = json!({"type": "refused", "code": "bad-input", "params": {"field": "call"}});
    let mut inputs = vec![
        json!(null),
        json!(7),
        json!([]),
        json!(CANARY),
        json!({}),
        json!({"type": CANARY}),
        call("ui", &json!({"type": CANARY})),
        call("ui", &json!({"type": "studio.open", CANARY: 1})),
        call("ui", &json!({"type": "job.get"})),
        call("ui", &json!({"type": "job.get", "jobId": {"$": CANARY}})),
        call(CANARY, &json!({"type": "studio.open"})),
    ];
    for at in ["now", "deadline"] {
        let mut input = call("ui", &json!({"type": "studio.open"}));
        input[at] = json!(-1);
        inputs.push(input);
    }
    for at in ["/context", ""] {
        let mut input = call("ui", &json!({"type": "studio.open"}));
        input.pointer_mut(at).unwrap()[CANARY] = json!(1);
        inputs.push(input);
    }
    for input in inputs {
        let reply = step(&mut Core::new(), &input);
        assert_eq!(reply["answer"], refused, "{input}");
        assert!(!reply.to_string().contains(CANARY));
    }
}

#[wasm_bindgen_test]
fn an_outcome_of_another_form_is_a_fault_without_echo() {
    for wrong in [json!(null), json!({"value": {"$": CANARY}}), json!({"value": ROOT, CANARY: 1}), json!(CANARY)] {
        let mut core = Core::new();
        let reply = step(&mut core, &call("ui", &json!({"type": "studio.open"})));
        let mut last = Value::Null;
        for effect in reply["effects"].as_array().unwrap() {
            last = step(&mut core, &outcome(&effect["id"], &wrong));
        }
        assert_eq!(last["answer"]["type"], "fault", "{wrong}: {last}");
        assert!(!last.to_string().contains(CANARY));
    }
}

#[wasm_bindgen_test]
fn bytes_that_are_no_parcel_are_refused_without_echo() {
    let whole = json!([[], call("ui", &json!({"type": "studio.open"}))]).to_string();
    let cut = whole.get(..whole.len() - 1).unwrap();
    for (bytes, head) in [
        (b"".as_slice(), 0),
        (CANARY.as_bytes(), 0),
        (CANARY.as_bytes(), CANARY.len()),
        (b"[[],null]", 0),
        (b"\xff\xfe", 1),
        (whole.as_bytes(), 1),
        (whole.as_bytes(), usize::MAX),
        (cut.as_bytes(), 0),
    ] {
        let reply = step_bytes(&mut Core::new(), bytes.to_vec(), head);
        assert_eq!(reply["answer"]["code"], "bad-input");
        assert!(!reply.to_string().contains(CANARY));
    }
}

#[wasm_bindgen_test]
fn a_body_of_five_megabytes_is_answered() {
    let paragraph = "<p>The pump of hall 3 fails when pressure drops.</p>";
    let body = paragraph.repeat(5 * 1024 * 1024 / paragraph.len());
    let answer = command("markdown", &json!({"id": 1, "format": "storage", "body": body}));
    assert_eq!(answer["type"], "ok");
    let longer =
        command("markdown", &json!({"id": 1, "format": "storage", "body": format!("{body}{paragraph}{paragraph}")}));
    assert_eq!(longer["code"], "too-large");
}

#[wasm_bindgen_test]
fn deep_nesting_is_answered() {
    let list = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(step_bytes(&mut Core::new(), list.into_bytes(), 0)["answer"]["code"], "bad-input");
    for depth in [150, 100_000] {
        let storage = format!("{}{}", "<blockquote>".repeat(depth), "</blockquote>".repeat(depth));
        let adf = format!(
            r#"{{"version":1,"type":"doc","content":[{}{}]}}"#,
            r#"{"type":"blockquote","content":["#.repeat(depth),
            "]}".repeat(depth)
        );
        let markdown = format!("{}a", "> ".repeat(depth));
        for (format, body) in [("storage", storage), ("adf", adf), ("markdown", markdown)] {
            let answer = command("roundtrip", &json!({"id": 1, "format": format, "body": body}));
            assert!(answer["type"] == "ok" || answer["type"] == "rejected", "{format} {depth}");
        }
    }
}
