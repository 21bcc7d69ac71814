//! The verb end to end: from a model's answer to ADF.
//! The rules of the check itself are tested in its room.

use super::*;
use serde_json::json;

fn answer(use_case: &str, output: &Value) -> Result<Value, CheckRefusal> {
    let line = json!({
        "id": 1, "useCase": use_case,
        "sources": [
            { "ref": "HADOOP-7", "format": "markdown", "body": "The upload fails since 3.4.1. See https://docs.example.com/a." },
            { "ref": "NOTES", "format": "storage", "body": "<p>Retries are set to <strong>5</strong>.</p>" },
        ],
        "modelOutput": output.to_string(),
    });
    check(serde_json::from_value(line).unwrap()).map(|out| serde_json::to_value(out).unwrap())
}

fn item(text: &str, reference: &str) -> Value {
    json!({ "kind": "bullet", "text": text, "refs": [reference] })
}

#[test]
fn writes_what_is_supported_and_says_what_is_not() {
    let output = json!({ "title": "T", "sections": [{ "heading": "Upload", "items": [
        item("The upload fails since 3.4.1.", "HADOOP-7"),
        item("Retries are set to 6.", "NOTES"),
        item("Retries are set to 5.", "S2"),
    ]}]});
    let out = answer("page", &output).unwrap();
    let adf = out["adf"].as_str().unwrap();
    assert!(
        adf.contains("The upload fails since 3.4.1.")
            && adf.contains("Retries are set to 5.")
            && !adf.contains("set to 6")
    );
    let found: Vec<_> = out["claims"]
        .as_array()
        .unwrap()
        .iter()
        .map(|claim| (claim["refs"][0].as_str(), claim["supported"].as_bool()))
        .collect();
    assert_eq!(found, [(Some("HADOOP-7"), Some(true)), (Some("NOTES"), Some(false)), (Some("NOTES"), Some(true))]);
    assert_eq!(out["dropped"], json!([{ "code": "unsupported" }]));
}

#[test]
fn makes_paragraphs_headings_lists_and_nothing_else() {
    let output = json!({ "sections": [{ "kind": "fix", "items": [item("The [upload](https://evil.example) fails. ![x](https://evil.example/x)", "HADOOP-7")] }] });
    let adf: Value = serde_json::from_str(answer("release-notes", &output).unwrap()["adf"].as_str().unwrap()).unwrap();
    let text = adf.to_string();
    assert!(!text.contains("evil.example") && !text.contains("\"marks\"") && text.contains("Bug fixes"), "{text}");
    let kinds: Vec<_> =
        adf["content"].as_array().unwrap().iter().map(|block| block["type"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["heading", "bulletList"]);
}

#[test]
fn refuses_what_it_cannot_read() {
    assert_eq!(answer("summary", &json!({ "items": [1] })).err().map(CheckRefusal::code), Some("malformed"));
    assert_eq!(answer("update", &json!({ "edits": [] })).err(), Some(CheckRefusal::UseCase));
    let line = json!({ "useCase": "summary", "sources": [{ "ref": "A", "format": "adf", "body": "no" }], "modelOutput": "{}" });
    assert_eq!(check(serde_json::from_value(line).unwrap()).err(), Some(CheckRefusal::Source));
}

#[test]
fn prints_a_schema_for_each_use_case() {
    assert_eq!(schemas().as_object().unwrap().keys().collect::<Vec<_>>(), ["page", "summary", "release-notes"]);
}
