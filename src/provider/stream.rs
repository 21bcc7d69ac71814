//! Streams of an answer in pieces: server-sent events (WHATWG HTML, 9.2), JSON lines, or a JSON list.
//! It folds the pieces into the one object that the same API answers without a stream, and judges only whether the end came.

use serde_json::{Map, Value, json};

use super::ModelError;
use super::reply::{BROKEN, Form};

/// The pieces in their order.
#[derive(Default)]
pub(super) struct Pieces {
    values: Vec<Value>,
    /// The stream said itself that it was over.
    is_done: bool,
    /// How many pieces came before one that cannot be read: behind it, text may be missing.
    sound: Option<usize>,
}

impl Pieces {
    fn broken(&mut self) {
        let read = self.values.len();
        self.sound.get_or_insert(read);
    }

    /// The pieces without a gap between them.
    fn gapless(&self) -> &[Value] {
        self.values.get(..self.sound.unwrap_or(self.values.len())).unwrap_or_default()
    }
}

/// Whether a body is a stream of events: no JSON begins like one.
pub(super) fn is_stream(body: &str) -> bool {
    let start = body.trim_start();
    ["data:", "event:", "id:", "retry:", ":"].iter().any(|field| start.starts_with(field))
}

/// Reads events.
pub(super) fn events(body: &str) -> Pieces {
    let mut pieces = Pieces::default();
    let mut name = "";
    let mut pending = String::new();
    for line in body.split(['\n', '\r']) {
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => name = value,
            "data" if value.trim() == "[DONE]" => {
                pieces.is_done = pieces.sound.is_none();
                break;
            }
            // The data of an event may go over several lines; servers that forget the empty line write one object a line.
            "data" if pending.is_empty() => match serde_json::from_str(value) {
                Ok(piece) => pieces.values.push(named(name, piece)),
                Err(_) => value.clone_into(&mut pending),
            },
            "data" => {
                pending.push('\n');
                pending.push_str(value);
            }
            "" => {
                match serde_json::from_str(&pending) {
                    _ if pending.is_empty() => {}
                    Ok(piece) => pieces.values.push(named(name, piece)),
                    Err(_) if name == "error" => pieces.values.push(json!({ "error": pending })),
                    Err(_) => pieces.broken(),
                }
                pending.clear();
                name = "";
            }
            _ => {}
        }
    }
    if !pending.is_empty() {
        pieces.broken();
    }
    pieces
}

/// An event that is called an error holds one, in whatever form.
fn named(name: &str, piece: Value) -> Value {
    if name == "error" && piece.get("error").is_none() { json!({ "error": piece }) } else { piece }
}

/// Pieces of a list.
pub(super) fn pieces(values: Vec<Value>) -> Pieces {
    Pieces { values, ..Pieces::default() }
}

/// Pieces that stand one on a line. None when the first line is no whole piece.
pub(super) fn lines(body: &str) -> Option<Pieces> {
    let lines = body.lines().map(str::trim).filter(|line| !line.is_empty());
    let values: Vec<Value> = lines.map_while(|line| serde_json::from_str(line).ok()).collect();
    values.first().is_some_and(Value::is_object).then_some(Pieces { values, ..Pieces::default() })
}

/// The object that the pieces are of.
///
/// # Errors
/// `malformed` when the end is missing.
pub(super) fn fold(form: Form, pieces: &Pieces) -> Result<Value, ModelError> {
    let error = |piece: &Value| match (piece.get("error"), piece.get("type").and_then(Value::as_str)) {
        (Some(error), _) if !error.is_null() => Some(error.clone()),
        (_, Some("error")) => Some(piece.clone()),
        _ => None,
    };
    if let Some(error) = pieces.values.iter().find_map(error) {
        return Ok(json!({ "error": error }));
    }
    match form {
        Form::Chat => chat(pieces.gapless(), pieces.is_done),
        // The last event has everything once more.
        Form::Responses => responses(&pieces.values),
        Form::Messages => messages(pieces.gapless()),
        Form::Gemini => gemini(pieces.gapless()),
    }
    .ok_or(BROKEN)
}

/// Chunks carry a `delta` of the message; the last ones the reason to end and the usage. Azure's first has no choice.
fn chat(values: &[Value], is_done: bool) -> Option<Value> {
    let (mut text, mut refusal) = (String::new(), String::new());
    let (mut finish, mut usage) = (Value::Null, Value::Null);
    for piece in values {
        keep(&mut usage, piece.get("usage"));
        let Some(choice) = piece.pointer("/choices/0") else { continue };
        if choice.get("index").and_then(Value::as_u64).is_some_and(|index| index > 0) {
            continue;
        }
        let delta = choice.get("delta").or_else(|| choice.get("message")).unwrap_or(choice);
        text.push_str(&spoken(delta.get("content").or_else(|| delta.get("text"))));
        refusal.push_str(&spoken(delta.get("refusal")));
        keep(&mut finish, choice.get("finish_reason"));
    }
    let is_whole = is_done || !finish.is_null();
    let refusal = if refusal.is_empty() { Value::Null } else { refusal.into() };
    is_whole.then(|| {
        json!({ "choices": [{ "message": { "content": text, "refusal": refusal }, "finish_reason": finish }], "usage": usage })
    })
}

/// Text, or a list of parts with text.
fn spoken(content: Option<&Value>) -> String {
    match content {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(parts)) => parts.iter().filter_map(|part| part.get("text")?.as_str()).collect(),
        _ => String::new(),
    }
}

/// The last event carries the whole response; items that it leaves out have come before it.
fn responses(values: &[Value]) -> Option<Value> {
    let kind = |value: &Value| value.get("type").and_then(Value::as_str).unwrap_or_default().to_owned();
    let is_end = |value: &&Value| {
        ["response.completed", "response.incomplete", "response.failed"].contains(&kind(value).as_str())
    };
    let mut response = values.iter().rfind(is_end)?.get("response")?.clone();
    if response.get("output").and_then(Value::as_array).is_none_or(Vec::is_empty) {
        let items = values.iter().filter(|value| kind(value) == "response.output_item.done");
        let items: Vec<Value> = items.filter_map(|value| value.get("item").cloned()).collect();
        response.as_object_mut()?.insert("output".to_owned(), Value::Array(items));
    }
    Some(response)
}

/// A message begins, its blocks grow, and a last delta has the reason to end and the usage. A message that begins anew takes
/// the place of the one before.
fn messages(values: &[Value]) -> Option<Value> {
    let (mut text, mut usage, mut stop) = (String::new(), Map::new(), Value::Null);
    for value in values {
        match value.get("type").and_then(Value::as_str) {
            Some("message_start") => {
                text.clear();
                usage = value.pointer("/message/usage").and_then(Value::as_object).cloned().unwrap_or_default();
            }
            Some("content_block_start") => text.push_str(&spoken(value.pointer("/content_block/text"))),
            Some("content_block_delta") => text.push_str(&spoken(value.pointer("/delta/text"))),
            Some("message_delta") => {
                keep(&mut stop, value.pointer("/delta/stop_reason"));
                let counted = value.get("usage").and_then(Value::as_object).into_iter().flatten();
                usage.extend(
                    counted.filter(|(_, count)| !count.is_null()).map(|(key, count)| (key.clone(), count.clone())),
                );
            }
            _ => {}
        }
    }
    let content = json!([{ "type": "text", "text": text }]);
    (!stop.is_null()).then(|| json!({ "content": content, "stop_reason": stop, "usage": usage }))
}

/// Every chunk is an answer of its own with some of the parts; the last has the reason to end.
fn gemini(values: &[Value]) -> Option<Value> {
    let mut parts = Vec::new();
    let (mut finish, mut usage, mut feedback) = (Value::Null, Value::Null, Value::Null);
    for value in values {
        keep(&mut usage, value.get("usageMetadata"));
        keep(&mut feedback, value.get("promptFeedback"));
        parts.extend(
            value.pointer("/candidates/0/content/parts").and_then(Value::as_array).into_iter().flatten().cloned(),
        );
        keep(&mut finish, value.pointer("/candidates/0/finishReason"));
    }
    if finish.is_null() {
        let blocked = feedback.get("blockReason").is_some();
        return blocked.then(|| json!({ "promptFeedback": feedback, "usageMetadata": usage }));
    }
    Some(json!({ "candidates": [{ "content": { "parts": parts }, "finishReason": finish }], "usageMetadata": usage }))
}

fn keep(kept: &mut Value, newer: Option<&Value>) {
    if let Some(newer) = newer.filter(|value| !value.is_null()) {
        *kept = newer.clone();
    }
}

#[cfg(test)]
mod tests;
