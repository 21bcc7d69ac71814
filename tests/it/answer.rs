//! What a model answers through an API that is compatible with OpenAI's: what it says, and pages of bullets.
//! Which model says what is each test's own.

use serde_json::{Value, json};

/// These words, why they ended, and the tokens read and written.
pub(crate) fn said(content: &str, finish: &str, [read, written]: [u64; 2]) -> (u16, String) {
    let answer = json!({"choices": [{"finish_reason": finish, "message": {"role": "assistant", "content": content}}],
        "usage": {"prompt_tokens": read, "completion_tokens": written}});
    (200, answer.to_string())
}

/// A page of one section of bullets, each with the label of its source.
pub(crate) fn page(heading: &str, bullets: &[(&str, &str)]) -> String {
    let item = |(text, source): &(&str, &str)| json!({"kind": "bullet", "text": text, "refs": [source]});
    let items: Vec<Value> = bullets.iter().map(item).collect();
    json!({"title": null, "sections": [{"heading": heading, "items": items}]}).to_string()
}

/// The answer that is such a page.
pub(crate) fn drafted(heading: &str, bullets: &[(&str, &str)]) -> (u16, String) {
    said(&page(heading, bullets), "stop", [10, 10])
}
