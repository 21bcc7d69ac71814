//! The JSON schemas of a model's answer, one for each use case.
//! They do not say which sources or blocks exist: that is checked when the answer is read.
//!
//! Every object is closed and requires every property, which is what the strictest provider asks for. "None" is the empty
//! string. A schema does not change between requests, so providers can keep the compiled form.

use serde_json::{Value, json};

use super::task::UseCase;

/// The schema of the answer.
#[must_use]
pub fn schema(use_case: UseCase) -> Value {
    match use_case {
        UseCase::Page => {
            object(&[("title", string("Title of the page; empty for none")), ("sections", list(section()))])
        }
        UseCase::Summary => object(&[("items", list(item()))]),
        UseCase::ReleaseNotes => {
            let kind = json!({ "type": "string", "enum": RELEASE_SECTIONS });
            object(&[("sections", list(object(&[("kind", kind), ("items", list(item()))])))])
        }
        UseCase::Update => object(&[("edits", list(edit()))]),
    }
}

/// The schema's name, for providers that want one.
#[must_use]
pub fn name(use_case: UseCase) -> &'static str {
    match use_case {
        UseCase::Page => "page",
        UseCase::Update => "update",
        UseCase::Summary => "summary",
        UseCase::ReleaseNotes => "release-notes",
    }
}

/// The sections of release notes, in the order they are written.
pub(super) const RELEASE_SECTIONS: [&str; 6] = ["breaking", "security", "feature", "improvement", "fix", "other"];

fn section() -> Value {
    object(&[("heading", string("Heading of the section; empty for none")), ("items", list(item()))])
}

fn edit() -> Value {
    object(&[
        ("op", json!({ "type": "string", "enum": ["insert-after", "replace", "remove"] })),
        ("block", string("Label of a block of the page, such as B4, or start, or end")),
        ("heading", string("Heading to put before the items; empty for none")),
        ("items", list(item())),
        ("reason", string("Why, in one sentence for the reviewer")),
    ])
}

fn item() -> Value {
    object(&[
        ("kind", json!({ "type": "string", "enum": ["sentence", "bullet"] })),
        ("text", string("One statement in plain text, without links or markup")),
        ("refs", list(string("Label of a source that says so, such as S1"))),
    ])
}

fn object(properties: &[(&str, Value)]) -> Value {
    let names: Vec<&str> = properties.iter().map(|(name, _)| *name).collect();
    let fields: serde_json::Map<String, Value> =
        properties.iter().map(|(name, schema)| ((*name).to_owned(), schema.clone())).collect();
    json!({ "type": "object", "properties": fields, "required": names, "additionalProperties": false })
}

fn list(items: Value) -> Value {
    json!({ "type": "array", "items": items })
}

fn string(description: &str) -> Value {
    json!({ "type": "string", "description": description })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn closed(schema: &Value) -> bool {
        match schema.get("type").and_then(Value::as_str) {
            Some("object") => {
                let properties = schema["properties"].as_object().unwrap();
                schema["additionalProperties"] == json!(false)
                    && schema["required"] == json!(properties.keys().collect::<Vec<_>>())
                    && properties.values().all(closed)
            }
            Some("array") => closed(&schema["items"]),
            _ => true,
        }
    }

    #[test]
    fn every_object_is_closed_and_requires_all() {
        for use_case in [UseCase::Page, UseCase::Update, UseCase::Summary, UseCase::ReleaseNotes] {
            assert!(closed(&schema(use_case)), "{}", name(use_case));
        }
    }
}
